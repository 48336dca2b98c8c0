"""Monitors: made, changed, paused, taken out of use. What regions check is published once that has committed."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from tocsin.contracts.api_monitors import Monitor, MonitorConfig, MonitorCopy, MonitorInput, NewMonitor
from tocsin.contracts.monitor_spec import HeartbeatSpec
from tocsin.domain.monitor import MonitorKind
from tocsin.domain.permission import Permission
from tocsin.errors import Conflict, NotFound, StaleVersion
from tocsin.platform.ids import new_id
from tocsin_data.db import Database, Tx
from tocsin_data.services import heartbeats, monitor_content, owning
from tocsin_data.services.actors import Actor, audit
from tocsin_data.services.memberships import By
from tocsin_data.services.monitor_content import Bounds
from tocsin_data.sql import monitors
from tocsin_data.sql.monitors import Filters, Row

SUBJECT: Final = "monitor"
WRITE: Final = Permission.WRITE_MONITORS


def create_monitor(db: Database, org_id: UUID, by: By, data: MonitorInput, bounds: Bounds) -> NewMonitor:
    """Create a monitor; raises Forbidden, Invalid with every problem, Duplicate for its name, Conflict at the limit."""
    with db.one(org_id) as tx:
        return create(tx, by, data, bounds)


def copy_monitor(db: Database, org_id: UUID, by: By, monitor_id: UUID, data: MonitorCopy, bounds: Bounds) -> NewMonitor:
    """Create a monitor like another, with its secrets: only for who may change that one, and could send these anywhere.

    Raises NotFound, Forbidden, Duplicate or Conflict.
    """
    with db.one(org_id) as tx:
        like = hold(tx, by, monitor_id)
        owning.demand(tx, by, WRITE, data.team_id)
        given = as_input(_found(tx, monitor_id)).model_copy(update={"name": data.name, "team_id": data.team_id})
        return create(tx, by, given, bounds, like=like, paused=data.paused)


def get_monitor(db: Database, org_id: UUID, monitor_id: UUID) -> Monitor:
    """Read a monitor with what it is now; raises NotFound."""
    with db.one(org_id) as tx:
        return _found(tx, monitor_id)


def list_monitors(
    db: Database, org_id: UUID, filters: Filters, *, after: tuple[str, UUID] | None, limit: int
) -> Sequence[Monitor]:
    """Monitors by name with what they are now, from past a (name, id)."""
    with db.one(org_id) as tx:
        return monitors.page(tx, filters, after, limit)


def update_monitor(
    db: Database, org_id: UUID, by: By, monitor_id: UUID, data: MonitorInput, bounds: Bounds, *, version: int
) -> Monitor:
    """Change the version the caller read; raises NotFound, Forbidden, StaleVersion, Invalid or Duplicate."""
    with db.one(org_id) as tx:
        row = hold(tx, by, monitor_id)
        before = _found(tx, monitor_id)
        if before.version != version:
            raise StaleVersion(f"The monitor is at version {before.version} by now; you have changed {version}.")
        return rewrite(tx, by, row, before, data, bounds)


def pause_monitor(db: Database, org_id: UUID, by: By, monitor_id: UUID) -> Monitor:
    """Check it no more for now; one that is paused stays as it is. Raises NotFound or Forbidden."""
    return _set_paused(db, org_id, by, monitor_id, paused=True)


def resume_monitor(db: Database, org_id: UUID, by: By, monitor_id: UUID) -> Monitor:
    """Check it again; one that is not paused stays as it is. Raises NotFound or Forbidden."""
    return _set_paused(db, org_id, by, monitor_id, paused=False)


def delete_monitor(db: Database, org_id: UUID, by: By, monitor_id: UUID) -> bool:
    """Take a monitor out of use; whether a key ended with it, which the edge is to refuse.

    Raises NotFound or Forbidden.
    """
    with db.one(org_id) as tx:
        hold(tx, by, monitor_id)
        return _delete(tx, by.actor, [monitor_id])


def delete_of_service(tx: Tx, actor: Actor, service_id: UUID) -> int:
    """Take the monitors of a service out of use with it; answers how many."""
    held = monitors.lock_of_service(tx, service_id)
    _delete(tx, actor, held)
    return len(held)


def create(
    tx: Tx, by: By, data: MonitorInput, bounds: Bounds, *, like: Row | None = None, paused: bool = False
) -> NewMonitor:
    """Create a monitor, its secrets those of `like` unless others are given; as `create_monitor` raises."""
    owning.demand(tx, by, WRITE, data.team_id)
    if monitors.count(tx) >= bounds.most:
        raise Conflict(f"The organization has {bounds.most} monitors, as many as it may; delete one first.")
    row = monitor_content.checked(tx, bounds, new_id(), data, like)
    monitors.insert(tx, row, paused_by=str(by.actor) if paused else None, created_by=str(by.actor))
    ping_url = None
    if isinstance(data.spec, HeartbeatSpec):
        ping_url = heartbeats.url(bounds.ping_base, heartbeats.begin(tx, row.id, data.spec, bounds.mac_keys()))
        if paused:
            heartbeats.pause(tx, row.id)
    else:
        monitors.look_again(tx, row.id)
    made = _found(tx, row.id)
    audit(tx, by.actor, "monitor.created", (SUBJECT, made.id), after=_config(made))
    return NewMonitor(**made.model_dump(), ping_url=ping_url)


def rewrite(tx: Tx, by: By, row: Row, before: Monitor, data: MonitorInput, bounds: Bounds) -> Monitor:
    """Write the next version of a monitor that is held, unless nothing of it changes; raises Forbidden, Invalid or
    Duplicate.
    """
    if data.team_id != row.team_id:
        owning.demand(tx, by, WRITE, data.team_id)
    after = monitor_content.checked(tx, bounds, row.id, data, row)
    if after == row:
        return before
    monitors.update(tx, after)
    if isinstance(data.spec, HeartbeatSpec):
        heartbeats.amend(tx, row.id, data.spec)
    else:
        monitors.look_again(tx, row.id)
    made = _found(tx, row.id)
    audit(tx, by.actor, "monitor.updated", (SUBJECT, row.id), before=_config(before), after=_config(made))
    return made


def hold(tx: Tx, by: By, monitor_id: UUID) -> Row:
    """Hold a monitor that somebody may change; raises NotFound or Forbidden."""
    row = monitors.lock(tx, monitor_id)
    if row is None:
        raise _missing(monitor_id)
    owning.demand(tx, by, WRITE, row.team_id)
    return row


def set_paused(tx: Tx, by: By, before: Monitor, *, paused: bool) -> Monitor:
    """Pause a monitor that is held, or let it go on, unless that is how it is."""
    if (before.paused_at is not None) == paused:
        return before
    monitors.set_paused(tx, before.id, str(by.actor) if paused else None)
    monitors.look_again(tx, before.id)
    if before.kind is MonitorKind.HEARTBEAT and paused:
        heartbeats.pause(tx, before.id)
    elif before.kind is MonitorKind.HEARTBEAT:
        heartbeats.resume(tx, before.id)
    after = _found(tx, before.id)
    word = "monitor.paused" if paused else "monitor.resumed"
    audit(tx, by.actor, word, (SUBJECT, before.id), before=_config(before), after=_config(after))
    return after


def as_input(monitor: Monitor) -> MonitorInput:
    """A monitor as one would send it to leave it as it is."""
    return MonitorInput(
        name=monitor.name,
        description=monitor.description,
        service_id=monitor.service_id,
        team_id=monitor.team_id,
        group_id=monitor.group_id,
        tags=monitor.tags,
        severity=monitor.severity,
        spec=monitor.spec,
        regions=monitor.regions,
        interval_seconds=monitor.interval_seconds,
        timeout_seconds=monitor.timeout_seconds,
        quorum=monitor.quorum,
        failures_to_down=monitor.failures_to_down,
        successes_to_up=monitor.successes_to_up,
        confirmation_seconds=monitor.confirmation_seconds,
        recovery_seconds=monitor.recovery_seconds,
    )


def _set_paused(db: Database, org_id: UUID, by: By, monitor_id: UUID, *, paused: bool) -> Monitor:
    with db.one(org_id) as tx:
        hold(tx, by, monitor_id)
        return set_paused(tx, by, _found(tx, monitor_id), paused=paused)


def _delete(tx: Tx, actor: Actor, ids: Sequence[UUID]) -> bool:
    for before in monitors.read(tx, ids):
        audit(tx, actor, "monitor.deleted", (SUBJECT, before.id), before=_config(before))
        monitors.look_again(tx, before.id)
    monitors.delete(tx, ids)
    return heartbeats.end(tx, ids)


def _config(monitor: Monitor) -> MonitorConfig:
    return MonitorConfig(**{name: getattr(monitor, name) for name in MonitorConfig.model_fields})


def _found(tx: Tx, monitor_id: UUID) -> Monitor:
    found = monitors.read(tx, [monitor_id])
    if not found:
        raise _missing(monitor_id)
    return found[0]


def _missing(monitor_id: UUID) -> NotFound:
    return NotFound(f"There is no monitor {monitor_id} in this organization.")
