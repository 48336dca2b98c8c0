"""The updates of status reports, and the words they begin with."""

from http import HTTPStatus
from typing import Final
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api import muting
from functions.api.session import enter
from functions.api.versions import IfMatch, expected, versioned
from tocsin.contracts.api_status_reports import (
    ReportTemplate,
    ReportTemplates,
    StatusReport,
    TemplateInput,
    UpdateInput,
    UpdatePatch,
)
from tocsin.domain.permission import Permission
from tocsin_data.services import report_templates, report_updates

router = APIGatewayHttpRouter()
TAGS: Final = ["status reports"]
READ: Final = Permission.READ_STATUS_PAGES
REPORT: Final = Permission.REPORT_STATUS


@router.post(
    "/v1/status-reports/<report_id>/updates",
    summary="Tell the public what is new",
    tags=TAGS,
    operation_id="addStatusUpdate",
    status_code=HTTPStatus.CREATED.value,
)
def add_update(report_id: UUID, data: UpdateInput, if_match: IfMatch = None) -> Response[StatusReport]:
    """Add an update to the version that was read."""
    session = enter(REPORT)
    muting.demand(session, report_id, data)
    version = expected(if_match)
    made = report_updates.add_update(session.db, session.org_id, session.actor, report_id, data, version=version)
    session.publish_pages()
    return versioned(made, HTTPStatus.CREATED)


@router.route(
    "/v1/status-reports/<report_id>/updates/<update_id>",
    method="PATCH",
    summary="Mend the text of an update, or as of when it is shown",
    tags=TAGS,
    operation_id="editStatusUpdate",
)
def edit_update(
    report_id: UUID, update_id: UUID, data: UpdatePatch, if_match: IfMatch = None
) -> Response[StatusReport]:
    """Mend an update of the version that was read."""
    session = enter(REPORT)
    version = expected(if_match)
    db, org_id, actor = session.db, session.org_id, session.actor
    made = report_updates.edit_update(db, org_id, actor, report_id, update_id, data, version=version)
    session.publish_pages()
    return versioned(made)


@router.delete(
    "/v1/status-reports/<report_id>/updates/<update_id>",
    summary="Take an update away; what the last one said of components is taken back",
    tags=TAGS,
    operation_id="deleteStatusUpdate",
)
def delete_update(report_id: UUID, update_id: UUID, if_match: IfMatch = None) -> Response[StatusReport]:
    """Delete an update of the version that was read."""
    session = enter(REPORT)
    muting.demand(session, report_id)
    version = expected(if_match)
    made = report_updates.delete_update(
        session.db, session.org_id, session.actor, report_id, update_id, version=version
    )
    session.publish_pages()
    return versioned(made)


@router.get(
    "/v1/status-pages/<page_id>/templates",
    summary="List the words that reports of a page begin with, by name",
    tags=TAGS,
    operation_id="listReportTemplates",
)
def list_templates(page_id: UUID) -> ReportTemplates:
    """Answer all templates of a page."""
    session = enter(READ)
    return report_templates.list_templates(session.db, session.org_id, page_id)


@router.post(
    "/v1/status-pages/<page_id>/templates",
    summary="Make a template, for people or for what a page says by itself",
    tags=TAGS,
    operation_id="createReportTemplate",
    status_code=HTTPStatus.CREATED.value,
)
def create_template(page_id: UUID, data: TemplateInput) -> Response[ReportTemplate]:
    """Make a template in version 1."""
    session = enter(REPORT)
    made = report_templates.create_template(session.db, session.org_id, session.actor, page_id, data)
    return versioned(made, HTTPStatus.CREATED)


@router.get(
    "/v1/status-report-templates/<template_id>",
    summary="Get a template; its version is in the ETag too",
    tags=TAGS,
    operation_id="getReportTemplate",
)
def get_template(template_id: UUID) -> Response[ReportTemplate]:
    """Answer one template."""
    session = enter(READ)
    return versioned(report_templates.get_template(session.db, session.org_id, template_id))


@router.put(
    "/v1/status-report-templates/<template_id>",
    summary="Change a template",
    tags=TAGS,
    operation_id="updateReportTemplate",
)
def update_template(template_id: UUID, data: TemplateInput, if_match: IfMatch = None) -> Response[ReportTemplate]:
    """Change the version that was read."""
    session = enter(REPORT)
    version = expected(if_match)
    made = report_templates.update_template(
        session.db, session.org_id, session.actor, template_id, data, version=version
    )
    return versioned(made)


@router.delete(
    "/v1/status-report-templates/<template_id>",
    summary="Delete a template",
    tags=TAGS,
    operation_id="deleteReportTemplate",
    responses={HTTPStatus.NO_CONTENT.value: {"description": "Deleted"}},
)
def delete_template(template_id: UUID) -> Response[None]:
    """Delete a template."""
    session = enter(REPORT)
    report_templates.delete_template(session.db, session.org_id, session.actor, template_id)
    return Response(status_code=HTTPStatus.NO_CONTENT.value)
