"""Words to begin status reports with: made, changed and deleted by people, used by themselves where they say so."""

from uuid import UUID

from tocsin.contracts.api_status_reports import ReportTemplate, ReportTemplates, TemplateInput
from tocsin.domain.report_words import PLACES, unknown_places
from tocsin.domain.status_page import OVER, ReportKind, ReportStatus
from tocsin.domain.status_report import FIRST, FOLLOWING
from tocsin.errors import Conflict, FieldProblem, Invalid, NotFound, StaleVersion
from tocsin.platform.ids import new_id
from tocsin_data.db import Database, Tx
from tocsin_data.services.actors import Actor, audit
from tocsin_data.services.status_reports import page_found
from tocsin_data.sql import status_templates

SUBJECT = "status_report_template"
MOST = 100


def list_templates(db: Database, org_id: UUID, page_id: UUID) -> ReportTemplates:
    """All templates of a page, by name; raises NotFound."""
    with db.one(org_id) as tx:
        page_found(tx, page_id)
        return ReportTemplates(items=list(status_templates.of_page(tx, page_id)))


def get_template(db: Database, org_id: UUID, template_id: UUID) -> ReportTemplate:
    """Read a template; raises NotFound."""
    with db.one(org_id) as tx:
        return found(status_templates.read(tx, template_id), template_id)


def create_template(db: Database, org_id: UUID, actor: Actor, page_id: UUID, data: TemplateInput) -> ReportTemplate:
    """Make a template; raises NotFound, Invalid, Duplicate for its name, or Conflict beyond the most."""
    with db.one(org_id) as tx:
        page_found(tx, page_id)
        if len(status_templates.of_page(tx, page_id)) >= MOST:
            raise Conflict(f"The page has {MOST} templates, which is the most; delete one first.")
        made = _checked(
            ReportTemplate(
                id=new_id(),
                status_page_id=page_id,
                version=1,
                created_at=tx.now,
                updated_at=tx.now,
                **data.model_dump(),
            )
        )
        return _write(tx, actor, None, made)


def update_template(
    db: Database, org_id: UUID, actor: Actor, template_id: UUID, data: TemplateInput, *, version: int
) -> ReportTemplate:
    """Change the version the caller read; raises NotFound, StaleVersion, Invalid or Duplicate."""
    with db.one(org_id) as tx:
        before = found(status_templates.lock(tx, template_id), template_id)
        if before.version != version:
            raise StaleVersion(
                f"The template is at version {before.version} by now; you have changed version {version}."
            )
        changed = {**data.model_dump(), "version": before.version + 1, "updated_at": tx.now}
        return _write(tx, actor, before, _checked(before.model_copy(update=changed)))


def delete_template(db: Database, org_id: UUID, actor: Actor, template_id: UUID) -> None:
    """Delete a template; raises NotFound."""
    with db.one(org_id) as tx:
        before = found(status_templates.lock(tx, template_id), template_id)
        status_templates.delete(tx, template_id)
        audit(tx, actor, f"{SUBJECT}.deleted", (SUBJECT, template_id), before=before)


def found(template: ReportTemplate | None, template_id: UUID) -> ReportTemplate:
    """The template; raises NotFound where there is none."""
    if template is None:
        raise NotFound(f"There is no template {template_id} of status reports in this organization.")
    return template


def _write(tx: Tx, actor: Actor, before: ReportTemplate | None, after: ReportTemplate) -> ReportTemplate:
    status_templates.write(tx, after)
    word = "created" if before is None else "updated"
    audit(tx, actor, f"{SUBJECT}.{word}", (SUBJECT, after.id), before=before, after=after)
    return after


def _checked(template: ReportTemplate) -> ReportTemplate:
    problems = [
        FieldProblem(field, f"has {{{place}}}, which nothing is filled in for; there is {_places()}")
        for field, text in (("title", template.title), ("body", template.body))
        for place in unknown_places(text)
    ]
    of_kind = {status for first in FIRST[template.kind] for status in FOLLOWING[first]} | FIRST[template.kind]
    right = of_kind
    if template.used_when is not None:
        right = {status for status in of_kind if _fits(status, template.used_when)}
        if template.kind is not ReportKind.INCIDENT:
            problems.append(FieldProblem("used_when", "is for reports of incidents"))
    if template.status not in right:
        words = ", ".join(sorted(right))
        problems.append(FieldProblem("status", f"must be one of {words}"))
    if problems:
        raise Invalid("The template can't be like this.", problems)
    return template


def _fits(status: ReportStatus, used_when: str) -> bool:
    """Whether a report can say by itself that it begins, or ends, with a status."""
    if status in OVER:
        return used_when == "resolved" and status is ReportStatus.RESOLVED
    return used_when == "opened"


def _places() -> str:
    return " and ".join(f"{{{place}}}" for place in PLACES)
