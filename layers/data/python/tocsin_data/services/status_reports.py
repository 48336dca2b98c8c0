"""Status reports by hand: written as drafts or published at once, edited, published, discarded, deleted."""

from dataclasses import replace
from uuid import UUID

from tocsin.contracts.api_status_reports import (
    MaintenanceInput,
    PublishInput,
    ReportInput,
    ReportPatch,
    StatusReport,
)
from tocsin.domain.status_page import ComponentStatus, Impact, ReportKind, ReportStatus
from tocsin.domain.status_report import Act, State, moved, out_of_order
from tocsin.errors import NotFound
from tocsin.platform.ids import new_id
from tocsin_data.db import Database, Tx
from tocsin_data.services.actors import Actor
from tocsin_data.services.report_checks import Checks
from tocsin_data.services.report_writing import Report, Saying, answer, held, hold, resay, say, settle
from tocsin_data.sql import status_reports, status_updates
from tocsin_data.sql.status_reports import PageRow, ReportRow


def create_report(db: Database, org_id: UUID, actor: Actor, page_id: UUID, data: ReportInput) -> StatusReport:
    """Write a report of an incident with its first update; raises NotFound or Invalid with every problem."""
    with db.one(org_id) as tx:
        page = page_found(tx, page_id)
        checks = Checks(tx, page.id)
        checks.status(ReportKind.INCIDENT, None, data.status)
        given = checks.components(data.components)
        display_at = data.display_at or max(tx.now, data.started_at or tx.now)
        started_at = data.started_at or display_at
        checks.times(started_at, display_at)
        if data.incident_id is not None and status_reports.incident_of(tx, data.incident_id) is None:
            checks.add("incident_id", "is not the id of an incident of this organization")
        checks.done()
        row = replace(
            blank(tx, actor, page, ReportKind.INCIDENT, data.title),
            state=data.state,
            incident_id=data.incident_id,
            started_at=started_at,
            impact=data.impact or Impact.NONE,
            is_impact_given=data.impact is not None,
        )
        saying = Saying(data.status, data.body, display_at, data.tells_subscribers, given, checks.names)
        return write_new(tx, actor, row, saying)


def schedule_maintenance(
    db: Database, org_id: UUID, actor: Actor, page_id: UUID, data: MaintenanceInput
) -> StatusReport:
    """Announce maintenance, or tell of what there was; raises NotFound or Invalid with every problem."""
    with db.one(org_id) as tx:
        page = page_found(tx, page_id)
        checks = Checks(tx, page.id)
        checks.status(ReportKind.MAINTENANCE, None, data.status)
        given = checks.component_ids(data.component_ids)
        display_at = data.display_at or tx.now
        checks.add("display_at", out_of_order(display_at, None, None, tx.now))
        checks.schedule(data.scheduled_for, data.scheduled_until, data.status, mutes=data.mutes)
        checks.done()
        row = replace(
            blank(tx, actor, page, ReportKind.MAINTENANCE, data.title),
            state=data.state,
            impact=Impact.MAINTENANCE,
            scheduled_for=data.scheduled_for,
            scheduled_until=data.scheduled_until,
            is_moved_by_schedule=data.moves_by_schedule,
            mutes=data.mutes,
            started_at=data.scheduled_for,
        )
        saying = Saying(data.status, data.body, display_at, data.tells_subscribers, given, checks.names)
        return write_new(tx, actor, row, saying)


def get_report(db: Database, org_id: UUID, report_id: UUID) -> StatusReport:
    """Read a report; raises NotFound."""
    with db.one(org_id) as tx:
        row = status_reports.read(tx, report_id)
        if row is None:
            raise NotFound(f"There is no status report {report_id} in this organization.")
        return answer(held(tx, row))


def is_muting(db: Database, org_id: UUID, report_id: UUID) -> bool:
    """Whether there is a report, and it keeps windows that mute."""
    with db.one(org_id) as tx:
        row = status_reports.read(tx, report_id)
        return row is not None and row.mutes


def edit_report(
    db: Database, org_id: UUID, actor: Actor, report_id: UUID, data: ReportPatch, *, version: int
) -> StatusReport:
    """Change the version the caller read; raises NotFound, StaleVersion, WrongState or Invalid."""
    with db.one(org_id) as tx:
        before = hold(tx, report_id, version)
        moved(State(before.row.state), Act.EDIT)
        checks = Checks(tx, before.row.status_page_id)
        row = _edited(before.row, data)
        after = replace(before, row=_rescheduled(checks, before, row, data))
        if data.components is not None:
            given = checks.components(data.components, before.names)
            after = _named(after, given, checks)
        if before.row.state == State.DRAFT:
            after = _redrafted(tx, checks, after, data)
        else:
            _refuse_drafts_fields(checks, data)
            if data.started_at is not None:
                first = before.updates[0].display_at
                checks.add("started_at", out_of_order(data.started_at, None, first, tx.now))
        checks.done()
        return settle(tx, actor, "updated", before, after)


def publish_report(
    db: Database, org_id: UUID, actor: Actor, report_id: UUID, data: PublishInput, *, version: int
) -> StatusReport:
    """Let everybody see a draft in the version the caller read; raises NotFound, StaleVersion, WrongState or Invalid.

    It is told as of now, unless the draft says as of when.
    """
    with db.one(org_id) as tx:
        before = hold(tx, report_id, version)
        state = moved(State(before.row.state), Act.PUBLISH)
        row = before.row
        if row.scheduled_for is not None and row.scheduled_until is not None:
            checks = Checks(tx, row.status_page_id)
            checks.schedule(row.scheduled_for, row.scheduled_until, before.status, mutes=row.mutes)
            checks.done()
        return settle(tx, actor, "published", before, published(tx, before, state, data.tells_subscribers))


def discard_report(db: Database, org_id: UUID, actor: Actor, report_id: UUID) -> StatusReport:
    """Put a draft aside; raises NotFound or WrongState."""
    return _move(db, org_id, actor, report_id, Act.DISCARD)


def restore_report(db: Database, org_id: UUID, actor: Actor, report_id: UUID) -> StatusReport:
    """Make a draft again of what was discarded; raises NotFound or WrongState."""
    return _move(db, org_id, actor, report_id, Act.RESTORE)


def delete_report(db: Database, org_id: UUID, actor: Actor, report_id: UUID) -> None:
    """Delete a report, wherever it was seen; raises NotFound."""
    with db.one(org_id) as tx:
        before = hold(tx, report_id)
        settle(tx, actor, "deleted", before, replace(before, row=replace(before.row, deleted_at=tx.now)))


def page_found(tx: Tx, page_id: UUID) -> PageRow:
    """The page of reports; raises NotFound."""
    page = status_reports.page_of(tx, page_id)
    if page is None:
        raise NotFound(f"There is no status page {page_id} in this organization.")
    return page


def blank(tx: Tx, actor: Actor, page: PageRow, kind: ReportKind, title: str) -> ReportRow:
    """A draft of which nothing is said yet."""
    first = ReportStatus.SCHEDULED if kind is ReportKind.MAINTENANCE else ReportStatus.INVESTIGATING
    return ReportRow(
        id=new_id(),
        status_page_id=page.id,
        kind=kind,
        state=State.DRAFT,
        title=title,
        status=first,
        impact=Impact.NONE,
        incident_id=None,
        suggested_by=None,
        scheduled_for=None,
        scheduled_until=None,
        is_moved_by_schedule=True,
        is_automatic=False,
        is_impact_given=False,
        mutes=False,
        window_ids=[],
        started_at=tx.now,
        monitoring_at=None,
        resolved_at=None,
        sequence=0,
        version=0,
        created_at=tx.now,
        created_by=str(actor),
        updated_at=tx.now,
        published_at=None,
        deleted_at=None,
    )


def write_new(tx: Tx, actor: Actor, row: ReportRow, saying: Saying) -> StatusReport:
    """Write a report with its first update."""
    if row.state == State.PUBLISHED:
        row = replace(row, published_at=tx.now)
    status_reports.write(tx, row)
    report = say(tx, actor, Report(row, [], {}), saying)
    return settle(tx, actor, "created", None, report)


def published(tx: Tx, before: Report, state: State, tells_subscribers: bool | None) -> Report:
    """A draft as everybody sees it from now on."""
    first, *rest = before.updates
    at = tx.now if first.display_at == before.row.created_at else first.display_at
    tells = first.tells_subscribers if tells_subscribers is None else tells_subscribers
    first = replace(first, display_at=at, tells_subscribers=tells, updated_at=tx.now)
    status_updates.save(tx, first)
    return replace(before, row=replace(before.row, state=state, published_at=tx.now), updates=[first, *rest])


def _move(db: Database, org_id: UUID, actor: Actor, report_id: UUID, act: Act) -> StatusReport:
    with db.one(org_id) as tx:
        before = hold(tx, report_id)
        row = replace(before.row, state=moved(State(before.row.state), act))
        return settle(tx, actor, "discarded" if act is Act.DISCARD else "restored", before, replace(before, row=row))


def _edited(row: ReportRow, data: ReportPatch) -> ReportRow:
    if data.title is not None:
        row = replace(row, title=data.title)
    if "impact" in data.model_fields_set and row.kind == ReportKind.INCIDENT:
        row = replace(row, impact=data.impact or Impact.NONE, is_impact_given=data.impact is not None)
    if data.started_at is not None:
        row = replace(row, started_at=data.started_at)
    return row


def _rescheduled(checks: Checks, report: Report, row: ReportRow, data: ReportPatch) -> ReportRow:
    """The row with what is to change of its schedule, which only maintenance has."""
    fields = {"scheduled_for", "scheduled_until", "moves_by_schedule", "mutes"} & data.model_fields_set
    if row.scheduled_for is None or row.scheduled_until is None:
        for field in sorted(fields):
            checks.add(field, "is for maintenance")
        return row
    for field in sorted({"impact", "started_at"} & data.model_fields_set):
        checks.add(field, "is for reports of incidents; of maintenance it follows from its schedule and updates")
    if not fields:
        return row
    starts_at, ends_at = data.scheduled_for or row.scheduled_for, data.scheduled_until or row.scheduled_until
    mutes = row.mutes if data.mutes is None else data.mutes
    checks.schedule(starts_at, ends_at, data.status or report.status, mutes=mutes and data.mutes is not None)
    moves = row.is_moved_by_schedule if data.moves_by_schedule is None else data.moves_by_schedule
    return replace(row, scheduled_for=starts_at, scheduled_until=ends_at, is_moved_by_schedule=moves, mutes=mutes)


def _named(report: Report, given: dict[UUID, ComponentStatus], checks: Checks) -> Report:
    """The report naming just these components; what maintenance says of them follows from how far it has come."""
    words = given
    if report.kind is ReportKind.MAINTENANCE:
        running = report.status in {ReportStatus.IN_PROGRESS, ReportStatus.VERIFYING}
        word = ComponentStatus.MAINTENANCE if running else ComponentStatus.OPERATIONAL
        words = dict.fromkeys(given, word)
    names = {**report.names, **checks.names}
    return replace(report, components={one: (names[one], status) for one, status in words.items() if one in names})


def _redrafted(tx: Tx, checks: Checks, report: Report, data: ReportPatch) -> Report:
    """A draft with its only update written anew, as if it had been written like this."""
    update = report.updates[0]
    status = data.status or ReportStatus(update.status)
    checks.status(report.kind, None, status)
    display_at = data.display_at or update.display_at
    if report.kind is ReportKind.INCIDENT:
        checks.times(report.row.started_at, display_at)
    else:
        checks.add("display_at", out_of_order(display_at, None, None, tx.now))
    checks.done()
    given, names = report.statuses, report.names
    saying = Saying(status, data.body or update.body, display_at, update.tells_subscribers, given, names)
    fresh = resay(tx, report, saying)
    kept = report.row.impact if report.row.is_impact_given else Impact.NONE
    return replace(fresh, row=replace(fresh.row, impact=kept))


def _refuse_drafts_fields(checks: Checks, data: ReportPatch) -> None:
    for field in ("status", "body", "display_at"):
        if field in data.model_fields_set:
            checks.add(field, "is for drafts; of a published report write an update, or change the text of one")
