"""The updates of a published report by hand: added, mended, taken away."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from tocsin.contracts.api_status_reports import StatusReport, UpdateInput, UpdatePatch
from tocsin.domain.status_page import ComponentStatus, ReportStatus
from tocsin.domain.status_report import MAX_UPDATES, Act, State, moved, out_of_order
from tocsin.errors import Conflict, NotFound
from tocsin_data.db import Database, Tx
from tocsin_data.services.actors import Actor
from tocsin_data.services.report_checks import Checks
from tocsin_data.services.report_writing import Report, Saying, hold, say, settle
from tocsin_data.sql import status_updates
from tocsin_data.sql.status_updates import UpdateRow


def add_update(
    db: Database, org_id: UUID, actor: Actor, report_id: UUID, data: UpdateInput, *, version: int
) -> StatusReport:
    """Tell what is new to the version the caller read; raises NotFound, StaleVersion, Conflict or Invalid."""
    with db.one(org_id) as tx:
        before = hold(tx, report_id, version)
        moved(State(before.row.state), Act.UPDATE)
        if len(before.updates) >= MAX_UPDATES:
            raise Conflict(f"The report has {MAX_UPDATES} updates, which is the most; make another report.")
        checks = Checks(tx, before.row.status_page_id)
        status = data.status or before.status
        checks.status(before.kind, before.status, status)
        given = checks.components(data.components, before.names)
        last = before.updates[-1].display_at
        at = data.display_at or max(tx.now, last)
        checks.add("display_at", out_of_order(at, last, None, max(tx.now, last)))
        checks.done()
        saying = Saying(status, data.body, at, data.tells_subscribers, given, checks.names)
        return settle(tx, actor, "update_added", before, _unclocked(tx, say(tx, actor, before, saying)))


def edit_update(
    db: Database,
    org_id: UUID,
    actor: Actor,
    report_id: UUID,
    update_id: UUID,
    data: UpdatePatch,
    *,
    version: int,
) -> StatusReport:
    """Mend the text of an update, or as of when it is shown, between its neighbours; raises NotFound, StaleVersion,
    WrongState or Invalid.
    """
    with db.one(org_id) as tx:
        before = hold(tx, report_id, version)
        moved(State(before.row.state), Act.EDIT)
        place = _place(before, update_id)
        update = before.updates[place]
        at = data.display_at or update.display_at
        if data.display_at is not None:
            checks = Checks(tx, before.row.status_page_id)
            earliest = before.updates[place - 1].display_at if place else _beginning(before)
            latest = before.updates[place + 1].display_at if place + 1 < len(before.updates) else None
            checks.add("display_at", out_of_order(at, earliest, latest, tx.now))
            checks.done()
        mended = replace(update, body=data.body or update.body, display_at=at, updated_at=tx.now)
        status_updates.save(tx, mended)
        updates = [*before.updates[:place], mended, *before.updates[place + 1 :]]
        return settle(tx, actor, "update_edited", before, replace(before, updates=updates))


def delete_update(
    db: Database, org_id: UUID, actor: Actor, report_id: UUID, update_id: UUID, *, version: int
) -> StatusReport:
    """Take an update away, and what the last one said of components; raises NotFound, StaleVersion or Conflict."""
    with db.one(org_id) as tx:
        before = hold(tx, report_id, version)
        moved(State(before.row.state), Act.UPDATE)
        place = _place(before, update_id)
        if len(before.updates) == 1:
            raise Conflict("A report has at least one update; delete the report instead.")
        after = replace(before, updates=[u for u in before.updates if u.id != update_id])
        if place == len(before.updates) - 1:
            after = _taken_back(after, before.updates[place])
        status_updates.delete(tx, update_id)
        return settle(tx, actor, "update_deleted", before, _unclocked(tx, after))


def _place(report: Report, update_id: UUID) -> int:
    for place, update in enumerate(report.updates):
        if update.id == update_id:
            return place
    raise NotFound(f"The report has no update {update_id}.")


def _beginning(report: Report) -> datetime | None:
    return None if report.row.scheduled_for is not None else report.row.started_at


def _unclocked(tx: Tx, report: Report) -> Report:
    """The report, moved by people alone where they say past its planned end that it is under way: the clock would end
    it at once.
    """
    ends_at = report.row.scheduled_until
    if ends_at is None or ends_at > tx.now or report.updates[-1].status != ReportStatus.IN_PROGRESS:
        return report
    return replace(report, row=replace(report.row, is_moved_by_schedule=False))


def _taken_back(report: Report, update: UpdateRow) -> Report:
    """The report without what its last update said of components."""
    components = dict(report.components)
    for one in update.affected:
        if one.component_id in components:
            components[one.component_id] = (components[one.component_id][0], ComponentStatus(one.old_status))
    return replace(report, components=components)
