"""A report drafted from an incident by a person: in words for the public, of the components that feel it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from tocsin.contracts.api_status_reports import DraftInput, StatusReport
from tocsin.domain.component_status import OF_SEVERITY, worst_status
from tocsin.domain.incident import Severity
from tocsin.domain.report_words import OPENED, RESOLVED, Words, opened
from tocsin.domain.status_page import ComponentStatus, ReportKind, ReportStatus
from tocsin.domain.suggestion import felt_by_monitors
from tocsin.errors import FieldProblem, Invalid, NotFound
from tocsin_data.db import Database, Tx
from tocsin_data.services.actors import Actor
from tocsin_data.services.report_writing import Saying, answer, hold
from tocsin_data.services.status_reports import blank, page_found, write_new
from tocsin_data.sql import report_matches, status_reports, status_templates
from tocsin_data.sql.report_matches import Behind
from tocsin_data.sql.status_reports import IncidentRow, PageRow


def draft_report(
    db: Database, org_id: UUID, actor: Actor, incident_id: UUID, data: DraftInput
) -> tuple[StatusReport, bool]:
    """Draft the report of an incident, or answer the one that the page has of it; whether it was made.

    Raises NotFound, or Invalid where it must be said which page.
    """
    with db.one(org_id) as tx:
        incident = status_reports.incident_of(tx, incident_id)
        if incident is None:
            raise NotFound(f"There is no incident {incident_id} in this organization.")
        behind = report_matches.behind(tx, incident_id)
        page = _page(tx, data.status_page_id, behind)
        report_matches.hold_pages(tx, [page.id])
        there = report_matches.report_of(tx, page.id, incident_id)
        if there is not None:
            return answer(hold(tx, there)), False
        words, status = _words(tx, page, data.template_id, incident, [one for one in behind if one.page_id == page.id])
        at = min(incident.resolved_at or tx.now, tx.now)
        row = replace(
            blank(tx, actor, page, ReportKind.INCIDENT, words.title),
            incident_id=incident_id,
            started_at=min(incident.created_at, at),
        )
        given = {one.component_id: _status(incident, one) for one in behind if one.page_id == page.id}
        names = {one.component_id: one.component_name for one in behind}
        return write_new(tx, actor, row, Saying(status, words.body, at, True, given, names)), True


def _page(tx: Tx, page_id: UUID | None, behind: Sequence[Behind]) -> PageRow:
    """The page that was named, else the only one that feels the incident, else the only one."""
    if page_id is not None:
        return page_found(tx, page_id)
    pages = status_reports.pages(tx)
    if not pages:
        raise NotFound("There is no status page in this organization; create one first.")
    felt = {one.page_id for one in behind}
    fitting = [page for page in pages if page.id in felt] or pages
    if len(fitting) > 1:
        named = ", ".join(f"{page.name} ({page.id})" for page in fitting[:5])
        problem = FieldProblem("status_page_id", f"must say which page: {named}")
        raise Invalid("There are several status pages.", [problem])
    return fitting[0]


def _words(
    tx: Tx, page: PageRow, template_id: UUID | None, incident: IncidentRow, behind: Sequence[Behind]
) -> tuple[Words, ReportStatus]:
    statuses: Mapping[UUID, ComponentStatus] = {one.component_id: _status(incident, one) for one in behind}
    words, status = OPENED[worst_status(statuses.values())], ReportStatus.INVESTIGATING
    templates = status_templates.of_page(tx, page.id)
    used_when = "opened" if incident.resolved_at is None else "resolved"
    if incident.resolved_at is not None:
        words, status = Words(words.title, RESOLVED), ReportStatus.RESOLVED
    chosen = next((one for one in templates if one.used_when == used_when), None)
    if template_id is not None:
        chosen = next((one for one in templates if one.id == template_id and one.kind is ReportKind.INCIDENT), None)
        if chosen is None:
            problem = FieldProblem("template_id", "is not the id of a template of this page for reports of incidents")
            raise Invalid("The report can't be drafted like this.", [problem])
    if chosen is not None:
        words, status = Words(chosen.title, chosen.body), chosen.status
    return opened(words, [one.component_name for one in behind], page.name), status


def _status(incident: IncidentRow, behind: Behind) -> ComponentStatus:
    """What an incident says of a component; one that is over says that it is operational."""
    if incident.resolved_at is not None:
        return ComponentStatus.OPERATIONAL
    said = [OF_SEVERITY[Severity(incident.severity)]] if behind.by_service else []
    return worst_status([*said, felt_by_monitors(behind.down, behind.watched)])
