"""Maintenance windows and silences: made, changed, ended early, cancelled. What they muted is looked at again then."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from tocsin.contracts.api_event_rules import MaintenanceWindow, Occurrence, WindowInput
from tocsin.domain.event_rule_check import is_zone
from tocsin.domain.maintenance import MAX_LABELS, MAX_LENGTH, MAX_MONITORS, MAX_SERVICES, WindowKind
from tocsin.errors import Conflict, FieldProblem, Invalid, NotFound, StaleVersion
from tocsin.platform.ids import new_id
from tocsin_data import recurrences
from tocsin_data.db import Database, Tx
from tocsin_data.recurrences import Times
from tocsin_data.services.actors import Actor, audit
from tocsin_data.sql import maintenance_windows, monitors, mutes, references
from tocsin_data.sql.maintenance_windows import WindowRow

SUBJECT: Final = "maintenance_window"
UPCOMING: Final = 3


def create_window(db: Database, org_id: UUID, actor: Actor, data: WindowInput) -> MaintenanceWindow:
    """Make a window; raises Invalid. Incidents that are open by then go on paging: it mutes what comes in."""
    with db.one(org_id) as tx:
        _check(tx, data, past=False)
        row = _row(data, _empty(tx, actor))
        maintenance_windows.write(tx, row)
        made = _answer(tx, row)
        audit(tx, actor, "maintenance_window.created", (SUBJECT, row.id), after=made)
        return made


def get_window(db: Database, org_id: UUID, window_id: UUID) -> MaintenanceWindow:
    """Read a window; raises NotFound."""
    with db.one(org_id) as tx:
        return _answer(tx, _found(maintenance_windows.read(tx, window_id), window_id))


def list_windows(
    db: Database, org_id: UUID, *, before: tuple[datetime, UUID] | None, limit: int
) -> list[MaintenanceWindow]:
    """Windows, those made last first, from before a (created_at, id)."""
    with db.one(org_id) as tx:
        return [_answer(tx, row) for row in maintenance_windows.page(tx, before, limit)]


def list_active(db: Database, org_id: UUID) -> list[MaintenanceWindow]:
    """All windows that are open now."""
    with db.one(org_id) as tx:
        found = (_answer(tx, row) for row in maintenance_windows.begun(tx))
        return [window for window in found if window.open is not None]


def update_window(
    db: Database, org_id: UUID, actor: Actor, window_id: UUID, data: WindowInput, *, version: int
) -> MaintenanceWindow:
    """Change the version the caller read; raises NotFound, StaleVersion, Conflict if it was cancelled, or Invalid."""
    with db.one(org_id) as tx:
        row = _hold(tx, window_id, version)
        _check(tx, data, past=True)
        return _change(tx, actor, row, _row(data, row), "updated")


def end_window(db: Database, org_id: UUID, actor: Actor, window_id: UUID) -> MaintenanceWindow:
    """End the occurrence that is open now; later ones stay. Raises NotFound, or Conflict if none is open."""
    with db.one(org_id) as tx:
        row = _hold(tx, window_id, None)
        if recurrences.open_at(_times(row), tx.now) is None:
            raise Conflict("The window is not open now; cancel it so that it never opens again.")
        return _change(tx, actor, row, replace(row, ended_at=tx.now), "ended")


def cancel_window(db: Database, org_id: UUID, actor: Actor, window_id: UUID) -> MaintenanceWindow:
    """End a window for good; raises NotFound, or Conflict if that was done before."""
    with db.one(org_id) as tx:
        row = _hold(tx, window_id, None)
        return _change(tx, actor, row, replace(row, cancelled_at=tx.now), "cancelled")


def keep(tx: Tx, actor: Actor, window_id: UUID | None, data: WindowInput) -> UUID:
    """Make a window, or write one anew unless somebody has cancelled it, within what it is kept in step with; answers
    its id. Raises Invalid.
    """
    row = None if window_id is None else maintenance_windows.lock(tx, window_id)
    if row is not None and row.cancelled_at is not None:
        return row.id
    _check(tx, data, past=True)
    if row is not None:
        after = _row(data, row)
        if after != row:
            _change(tx, actor, row, after, "updated")
        return row.id
    row = _row(data, _empty(tx, actor))
    maintenance_windows.write(tx, row)
    audit(tx, actor, "maintenance_window.created", (SUBJECT, row.id), after=_answer(tx, row))
    return row.id


def drop(tx: Tx, actor: Actor, window_id: UUID) -> None:
    """End a window for good that may still mute, within what it was kept in step with."""
    row = maintenance_windows.lock(tx, window_id)
    if row is not None and row.cancelled_at is None and row.ends_at > tx.now:
        _change(tx, actor, row, replace(row, cancelled_at=tx.now), "cancelled")


def _change(tx: Tx, actor: Actor, before: WindowRow, after: WindowRow, word: str) -> MaintenanceWindow:
    after = replace(after, version=before.version + 1)
    maintenance_windows.write(tx, after)
    mutes.look_again(tx, f"{SUBJECT}:{after.id}")
    made = _answer(tx, after)
    audit(tx, actor, f"maintenance_window.{word}", (SUBJECT, after.id), before=_answer(tx, before), after=made)
    return made


def _empty(tx: Tx, actor: Actor) -> WindowRow:
    return WindowRow(
        id=new_id(),
        kind="",
        name="",
        scope={},
        time_zone="",
        starts_at=tx.now,
        ends_at=tx.now,
        recurrence=None,
        recurs_until=None,
        ended_at=None,
        version=1,
        created_at=tx.now,
        created_by=str(actor),
        cancelled_at=None,
    )


def _row(data: WindowInput, row: WindowRow) -> WindowRow:
    return replace(
        row,
        kind=data.kind,
        name=data.name,
        scope={
            "service_ids": [str(i) for i in dict.fromkeys(data.service_ids)],
            "labels": data.labels,
            "monitor_ids": [str(i) for i in dict.fromkeys(data.monitor_ids)],
        },
        time_zone=data.time_zone,
        starts_at=_instant(data, data.starts_at),
        ends_at=_instant(data, data.ends_at),
        recurrence=data.recurrence,
        recurs_until=data.recurs_until,
    )


def _instant(data: WindowInput, at: datetime) -> datetime:
    """An instant as it is kept: recurrences are of whole seconds."""
    return at if data.recurrence is None else at.replace(microsecond=0)


def _check(tx: Tx, data: WindowInput, *, past: bool) -> None:
    known = references.services(tx, data.service_ids)
    problems = [
        FieldProblem(f"service_ids.{number}", "is not the id of a service of this organization")
        for number, service_id in enumerate(data.service_ids)
        if service_id not in known
    ]
    of_monitors = monitors.known(tx, data.monitor_ids)
    problems.extend(
        FieldProblem(f"monitor_ids.{number}", "is not the id of a monitor of this organization")
        for number, monitor_id in enumerate(data.monitor_ids)
        if monitor_id not in of_monitors
    )
    problems.extend(_scope_problems(data))
    problems.extend(_time_problems(tx, data, past=past))
    if problems:
        raise Invalid("The window can't be like this.", problems)


def _scope_problems(data: WindowInput) -> Iterator[FieldProblem]:
    if len(data.service_ids) > MAX_SERVICES:
        yield FieldProblem("service_ids", f"are {len(data.service_ids)}; {MAX_SERVICES} are possible")
    if len(data.labels) > MAX_LABELS:
        yield FieldProblem("labels", f"are {len(data.labels)}; {MAX_LABELS} are possible")
    if len(data.monitor_ids) > MAX_MONITORS:
        yield FieldProblem("monitor_ids", f"are {len(data.monitor_ids)}; {MAX_MONITORS} are possible")
    narrow = bool(data.service_ids or data.labels or data.monitor_ids)
    if narrow == data.everything:
        others = "service_ids, labels or monitor_ids"
        right = f"must be false beside {others}" if narrow else f"must be true, or give {others}"
        yield FieldProblem("everything", right)


def _time_problems(tx: Tx, data: WindowInput, *, past: bool) -> Iterator[FieldProblem]:
    if not is_zone(data.time_zone):
        yield FieldProblem("time_zone", "must be an IANA time zone, like Europe/Berlin")
    if data.ends_at <= data.starts_at:
        yield FieldProblem("ends_at", "must be after starts_at")
    elif data.ends_at - data.starts_at > MAX_LENGTH:
        yield FieldProblem("ends_at", f"must be at most {MAX_LENGTH.days} days after starts_at")
    elif data.recurrence is None and data.ends_at <= tx.now and not past:
        yield FieldProblem("ends_at", f"must be after now, which is {tx.now:%Y-%m-%dT%H:%M:%SZ}")
    if data.recurrence is None:
        if data.recurs_until is not None:
            yield FieldProblem("recurs_until", "is for windows with a recurrence")
        return
    if data.recurs_until is not None and data.recurs_until <= data.starts_at:
        yield FieldProblem("recurs_until", "must be after starts_at")
    if is_zone(data.time_zone):
        found = recurrences.problems(data.recurrence, data.starts_at, data.time_zone)
        yield from (FieldProblem("recurrence", reason) for reason in found)


def _times(row: WindowRow) -> Times:
    return Times(row.starts_at, row.ends_at, row.time_zone, row.recurrence, row.recurs_until, row.ended_at)


def _answer(tx: Tx, row: WindowRow) -> MaintenanceWindow:
    times = _times(row)
    live = row.cancelled_at is None
    now_open = recurrences.open_at(times, tx.now) if live else None
    upcoming = recurrences.upcoming(times, tx.now, UPCOMING + 1) if live else []
    ahead = [Occurrence(starts_at=s, ends_at=e) for s, e in upcoming if s > tx.now][:UPCOMING]
    return MaintenanceWindow(
        id=row.id,
        kind=WindowKind(row.kind),
        name=row.name,
        service_ids=[UUID(item) for item in row.scope["service_ids"]],
        labels=row.scope["labels"],
        monitor_ids=[UUID(item) for item in row.scope.get("monitor_ids", ())],
        everything=not any(row.scope.values()),
        time_zone=row.time_zone,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        recurrence=row.recurrence,
        recurs_until=row.recurs_until,
        ended_at=row.ended_at,
        cancelled_at=row.cancelled_at,
        created_at=row.created_at,
        created_by=row.created_by,
        version=row.version,
        open=None if now_open is None else Occurrence(starts_at=now_open[0], ends_at=now_open[1]),
        upcoming=ahead,
    )


def _hold(tx: Tx, window_id: UUID, version: int | None) -> WindowRow:
    row = _found(maintenance_windows.lock(tx, window_id), window_id)
    if version is not None and row.version != version:
        raise StaleVersion(f"The window is at version {row.version} by now; you have changed version {version}.")
    if row.cancelled_at is not None:
        raise Conflict(f"The window was cancelled at {row.cancelled_at:%Y-%m-%dT%H:%M:%SZ}; make another one.")
    return row


def _found(row: WindowRow | None, window_id: UUID) -> WindowRow:
    if row is None:
        raise NotFound(f"There is no maintenance window {window_id} in this organization.")
    return row
