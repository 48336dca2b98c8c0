"""What responders tell the public of an incident: a report drafted from it."""

from http import HTTPStatus
from typing import Final
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api.session import enter
from functions.api.versions import versioned
from tocsin.contracts.api_status_reports import DraftInput, StatusReport
from tocsin.domain.permission import Permission
from tocsin_data.services import report_drafts

router = APIGatewayHttpRouter()
TAGS: Final = ["status reports"]


@router.post(
    "/v1/incidents/<incident_id>/status-report",
    summary="Draft what the public is told of an incident, or get what there is of it already (then 200)",
    tags=TAGS,
    operation_id="draftStatusReport",
    status_code=HTTPStatus.CREATED.value,
)
def draft_report(incident_id: UUID, data: DraftInput) -> Response[StatusReport]:
    """Draft a report; nobody outside sees it until it is published."""
    session = enter(Permission.REPORT_STATUS)
    enter(Permission.READ_INCIDENTS)
    report, is_new = report_drafts.draft_report(session.db, session.org_id, session.actor, incident_id, data)
    return versioned(report, HTTPStatus.CREATED if is_new else HTTPStatus.OK)
