"""Status reports: what the public is told of incidents and of maintenance."""

from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api import cursors, muting
from functions.api.queries import FILTER, FILTERS, Cursor, Limit
from functions.api.session import Session, enter
from functions.api.versions import IfMatch, expected, versioned
from tocsin.contracts.api_status_reports import (
    MaintenanceInput,
    PublishInput,
    ReportInput,
    ReportPatch,
    StatusReport,
    StatusReportPage,
)
from tocsin.domain.permission import Permission
from tocsin.domain.status_page import ReportKind, ReportStatus
from tocsin.domain.status_report import State
from tocsin_data.services import status_reports
from tocsin_data.views import status_reports as listed
from tocsin_data.views.status_reports import Wanted

router = APIGatewayHttpRouter()
TAGS: Final = ["status reports"]
READ: Final = Permission.READ_STATUS_PAGES
REPORT: Final = Permission.REPORT_STATUS


@router.get(
    "/v1/status-pages/<page_id>/reports",
    summary="List a page's status reports, those that began last first; without a state, drafts and published ones",
    tags=TAGS,
    operation_id="listStatusReports",
)
def list_reports(
    page_id: UUID,
    kind: Annotated[ReportKind | None, FILTER] = None,
    state: Annotated[list[State] | None, FILTERS] = None,
    status: Annotated[list[ReportStatus] | None, FILTERS] = None,
    component_id: Annotated[UUID | None, FILTER] = None,
    incident_id: Annotated[UUID | None, FILTER] = None,
    limit: Limit = cursors.DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> StatusReportPage:
    """Answer a page of reports."""
    session = enter(READ)
    wanted = Wanted(kind, state, status, component_id, incident_id)
    before = cursors.instant(cursor)
    found = listed.page(session.db, session.org_id, page_id, wanted, before=before, limit=limit + 1)
    items, following = cursors.cut(found, limit, lambda r: (r.started_at, r.id))
    return StatusReportPage(items=items, next_cursor=following)


@router.post(
    "/v1/status-pages/<page_id>/reports",
    summary="Write a status report with its first update, as a draft or for the public at once",
    tags=TAGS,
    operation_id="createStatusReport",
    status_code=HTTPStatus.CREATED.value,
)
def create_report(page_id: UUID, data: ReportInput) -> Response[StatusReport]:
    """Write a report in version 1."""
    session = enter(REPORT)
    made = status_reports.create_report(session.db, session.org_id, session.actor, page_id, data)
    return _told(session, made, HTTPStatus.CREATED)


@router.post(
    "/v1/status-pages/<page_id>/maintenance",
    summary="Announce maintenance, which then begins and ends by itself; with `mutes`, it pages nobody meanwhile",
    tags=TAGS,
    operation_id="scheduleMaintenance",
    status_code=HTTPStatus.CREATED.value,
)
def schedule_maintenance(page_id: UUID, data: MaintenanceInput) -> Response[StatusReport]:
    """Write a report of maintenance in version 1."""
    session = enter(REPORT)
    if data.mutes:
        enter(Permission.WRITE_MAINTENANCE)
    made = status_reports.schedule_maintenance(session.db, session.org_id, session.actor, page_id, data)
    return _told(session, made, HTTPStatus.CREATED)


@router.get(
    "/v1/status-reports/<report_id>",
    summary="Get a status report with its updates; its version is in the ETag too",
    tags=TAGS,
    operation_id="getStatusReport",
)
def get_report(report_id: UUID) -> Response[StatusReport]:
    """Answer one report."""
    session = enter(READ)
    return versioned(status_reports.get_report(session.db, session.org_id, report_id))


@router.route(
    "/v1/status-reports/<report_id>",
    method="PATCH",
    summary="Change a status report; who comes second is told what they have missed",
    tags=TAGS,
    operation_id="updateStatusReport",
)
def update_report(report_id: UUID, data: ReportPatch, if_match: IfMatch = None) -> Response[StatusReport]:
    """Change the version that was read."""
    session = enter(REPORT)
    muting.demand(session, report_id, data)
    version = expected(if_match)
    made = status_reports.edit_report(session.db, session.org_id, session.actor, report_id, data, version=version)
    return _told(session, made)


@router.delete(
    "/v1/status-reports/<report_id>",
    summary="Delete a status report, also from what the public sees",
    tags=TAGS,
    operation_id="deleteStatusReport",
    responses={HTTPStatus.NO_CONTENT.value: {"description": "Deleted"}},
)
def delete_report(report_id: UUID) -> Response[None]:
    """Delete a report."""
    session = enter(REPORT)
    muting.demand(session, report_id)
    status_reports.delete_report(session.db, session.org_id, session.actor, report_id)
    session.publish_pages()
    return Response(status_code=HTTPStatus.NO_CONTENT.value)


@router.post(
    "/v1/status-reports/<report_id>/publish",
    summary="Let everybody see a draft",
    tags=TAGS,
    operation_id="publishStatusReport",
)
def publish_report(report_id: UUID, data: PublishInput, if_match: IfMatch = None) -> Response[StatusReport]:
    """Publish the version that was read."""
    session = enter(REPORT)
    muting.demand(session, report_id)
    version = expected(if_match)
    made = status_reports.publish_report(session.db, session.org_id, session.actor, report_id, data, version=version)
    return _told(session, made)


@router.post(
    "/v1/status-reports/<report_id>/discard",
    summary="Put a draft aside",
    tags=TAGS,
    operation_id="discardStatusReport",
)
def discard_report(report_id: UUID) -> Response[StatusReport]:
    """Discard a draft."""
    session = enter(REPORT)
    return versioned(status_reports.discard_report(session.db, session.org_id, session.actor, report_id))


@router.post(
    "/v1/status-reports/<report_id>/restore",
    summary="Make a draft again of what was discarded",
    tags=TAGS,
    operation_id="restoreStatusReport",
)
def restore_report(report_id: UUID) -> Response[StatusReport]:
    """Restore a draft."""
    session = enter(REPORT)
    return versioned(status_reports.restore_report(session.db, session.org_id, session.actor, report_id))


def _told(session: Session, report: StatusReport, status: HTTPStatus = HTTPStatus.OK) -> Response[StatusReport]:
    """The answer; what the public can see is written anew."""
    if report.state is State.PUBLISHED:
        session.publish_pages()
    return versioned(report, status)
