"""The way to be told of changes over a WebSocket, and what has changed for those whom a message did not reach."""

from http import HTTPStatus
from typing import Annotated, Final

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api.gateway import LIVE_TICKETS
from functions.api.session import enter_without_organization
from tocsin.contracts.api_live import LiveChanges, LiveTicket
from tocsin.errors import NotFound
from tocsin_data.services import live

router = APIGatewayHttpRouter()
TAGS: Final = ["live"]
MOST: Final = 2**62


@router.post(
    LIVE_TICKETS,
    summary="Get a ticket for one WebSocket connection, which tells what changes in the organization",
    description="Connect to the url within a minute; it works once. What is told says which thing has changed, never"
    " how: read it by its route. The connection ends with the token, key or visit that asked for it, or after two"
    " hours; whoever may read anything may ask, visitors of the demo too.",
    tags=TAGS,
    operation_id="openLiveTicket",
    status_code=HTTPStatus.CREATED.value,
)
def open_ticket() -> Response[LiveTicket]:
    """Answer a ticket, this once."""
    session = enter_without_organization()
    org_id, _ = session.org_id, session.role
    url = session.settings.live_url
    if url is None:
        raise NotFound("There is no WebSocket here; ask GET /v1/live/changes now and then.")
    ticket = live.open_ticket(session.db, session.caller, org_id, url=url)
    return Response(status_code=HTTPStatus.CREATED.value, content_type="application/json", body=ticket)


@router.get(
    "/v1/live/changes",
    summary="List what has changed after a number, of what you may read; each thing once",
    description="Without after nothing is listed: the answer is the number to begin with. Numbers are the"
    " organization's, and those of what you may not read are passed over.",
    tags=TAGS,
    operation_id="listLiveChanges",
)
def list_changes(
    after: Annotated[
        int | None, Query(ge=0, le=MOST, description="The sequence of the last answer, or of the last message.")
    ] = None,
) -> LiveChanges:
    """Answer which things have changed, and how far that is."""
    session = enter_without_organization()
    org_id, _ = session.org_id, session.role
    return live.changes(session.db, org_id, after, live.topics_of(session.caller))
