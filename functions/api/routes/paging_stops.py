"""The stop of all paging of an organization: begun with a reason and an end, and taken back."""

from http import HTTPStatus
from typing import Final

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api.session import enter
from tocsin.contracts.api_incidents import PagingStop, PagingStopInput
from tocsin.domain.permission import Permission
from tocsin_data.services import paging_stops

router = APIGatewayHttpRouter()
TAGS: Final = ["organization"]


@router.put(
    "/v1/organization/paging-stop",
    summary="Page nobody in the organization until an instant; what is due meanwhile waits",
    tags=TAGS,
    operation_id="stopPaging",
)
def stop_paging(data: PagingStopInput) -> PagingStop:
    """Stop all paging, or give the stop another end and reason."""
    session = enter(Permission.WRITE_ORGANIZATION)
    return paging_stops.stop_paging(session.db, session.org_id, session.actor, data)


@router.delete(
    "/v1/organization/paging-stop",
    summary="Let paging go on; what has waited goes out if it is still wanted",
    tags=TAGS,
    operation_id="resumePaging",
    responses={HTTPStatus.NO_CONTENT.value: {"description": "Paging goes on"}},
)
def resume_paging() -> Response[None]:
    """Take the stop back."""
    session = enter(Permission.WRITE_ORGANIZATION)
    session.send(paging_stops.resume_paging(session.db, session.org_id, session.actor))
    return Response(status_code=HTTPStatus.NO_CONTENT.value)
