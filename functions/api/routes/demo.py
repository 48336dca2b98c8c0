"""The way into the demo: needs no key, and is given to anybody a few times an hour."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api.gateway import DEMO_SESSIONS
from functions.api.session import CURRENT
from tocsin.contracts.api_demo import DemoSession
from tocsin.errors import NoDemo
from tocsin_data.services import demo

router = APIGatewayHttpRouter()


@router.post(
    DEMO_SESSIONS,
    summary="Open a visit to the demo; needs no key",
    tags=["demo"],
    operation_id="openDemoSession",
    security=[{}],
    status_code=HTTPStatus.CREATED.value,
)
def open_session() -> Response[DemoSession]:
    """Answer a token that reads the demo for an hour, as its owners would, and changes nothing."""
    visit = CURRENT.get()
    if not visit.settings.demo:
        raise NoDemo
    source_address = str(router.current_event.raw_event["requestContext"]["http"]["sourceIp"])
    opened = demo.open_session(visit.db, source_address, mac_keys=visit.settings.mac_keys())
    return Response(status_code=HTTPStatus.CREATED.value, content_type="application/json", body=opened)
