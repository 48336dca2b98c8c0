"""Monitors as a document: taken out with everything by name, and brought in again, there or elsewhere."""

from typing import Annotated, Final

from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api.session import enter, enter_as_lead
from tocsin.contracts.api_monitors import ImportReport, MonitorsDocument
from tocsin.domain.permission import Permission
from tocsin_data.services import monitor_documents

router = APIGatewayHttpRouter()
TAGS: Final = ["monitors"]
READ: Final = Permission.READ_MONITORS
DRY_RUN: Final = Query(description="Only tell what would change.")
TAG: Final = Query(description="Only those with one of these tags; repeat it for several.")


@router.get(
    "/v1/monitors/export",
    summary="Export all monitors with everything by name; secrets are named and not told",
    tags=TAGS,
    operation_id="exportMonitors",
)
def export_monitors(tag: Annotated[list[str] | None, TAG] = None) -> MonitorsDocument:
    """Answer a document that importMonitors takes."""
    session = enter(READ)
    return monitor_documents.export(session.db, session.org_id, tag)


@router.post(
    "/v1/monitors/import",
    summary="Import monitors by their names: all of them or none; what is as it should be stays untouched",
    tags=TAGS,
    operation_id="importMonitors",
)
def import_monitors(data: MonitorsDocument, dry_run: Annotated[bool, DRY_RUN] = False) -> ImportReport:
    """Create and change monitors as a document says; leads may, for their team."""
    session = enter_as_lead(READ, Permission.WRITE_MONITORS)
    bounds = session.settings.monitor_bounds()
    report = monitor_documents.bring_in(session.db, session.org_id, session.by, data, bounds, dry_run=dry_run)
    if report.created or report.updated:
        session.publish_checks()
    if report.updated:
        session.publish_pages()
    return report
