"""Heartbeats as people have them: begun with their monitor, with a key of their own that can be put anew."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tocsin.contracts.api_heartbeats import Ping, PingUrl
from tocsin.contracts.monitor_spec import HeartbeatSpec
from tocsin.domain.permission import Permission
from tocsin.errors import Conflict, Duplicate, NotFound
from tocsin.platform.tokens import MacKeys, digest, hint, issue_uuid
from tocsin_data.db import Database, Tx
from tocsin_data.services import heartbeat_states, owning
from tocsin_data.services.actors import audit
from tocsin_data.services.memberships import By
from tocsin_data.sql import heartbeats, monitor_states, monitors, pings

SUBJECT: Final = "monitor"
WRITE: Final = Permission.WRITE_MONITORS
SKEW: Final = timedelta(minutes=1)
"""How far the clock of the gateway, which says when a ping was received, may be behind the database's."""


def url(base: str, key: str) -> str:
    """Where a heartbeat with this key reports to; `base` is where tools send to."""
    return f"{base.rstrip('/')}/ping/{key}"


def begin(tx: Tx, monitor_id: UUID, spec: HeartbeatSpec, mac_keys: MacKeys) -> str:
    """Let a monitor that was just made be told how it is; answers its key, of which only the hash is kept.

    Raises Duplicate for its slug.
    """
    key = issue_uuid(mac_keys)
    if not heartbeats.insert(tx, tx.org_id, monitor_id, (digest(key), hint(key)), spec.slug, tx.now - SKEW):
        raise Duplicate("Another heartbeat of this organization has this slug.")
    return key


def amend(tx: Tx, monitor_id: UUID, spec: HeartbeatSpec) -> None:
    """Count its deadline anew once its monitor has been changed; what is late by then, the sweep tells.

    Raises Duplicate for its slug.
    """
    heartbeats.set_slug(tx, monitor_id, spec.slug)
    heartbeat_states.count_anew(tx, [monitor_id])


def pause(tx: Tx, monitor_id: UUID) -> None:
    """Have no deadline, once its monitor has been paused."""
    heartbeat_states.count_anew(tx, [monitor_id])


def resume(tx: Tx, monitor_id: UUID) -> None:
    """Wait for the first ping again, once its monitor goes on: what was told before the pause says nothing now."""
    monitor_states.hold(tx, [monitor_id])
    heartbeats.start_anew(tx, monitor_id)


def end(tx: Tx, monitor_ids: Collection[UUID]) -> bool:
    """End the keys of monitors that are taken out of use; whether there were any, which the edge is to refuse."""
    return heartbeats.end(tx, monitor_ids) > 0


def rotate_key(db: Database, org_id: UUID, by: By, monitor_id: UUID, *, mac_keys: MacKeys, base: str) -> PingUrl:
    """Put a new key in the place of a heartbeat's, which is refused from now on; raises NotFound, Forbidden, or
    Conflict for a monitor that is no heartbeat.
    """
    with db.one(org_id) as tx:
        held = monitors.lock(tx, monitor_id)
        if held is None:
            raise _missing(monitor_id)
        owning.demand(tx, by, WRITE, held.team_id)
        if not heartbeats.lock(tx, [monitor_id]):
            raise Conflict("This monitor is no heartbeat: it is checked, and reports to no URL.")
        key = issue_uuid(mac_keys)
        heartbeats.set_key(tx, monitor_id, digest(key), hint(key))
        audit(tx, by.actor, "monitor.key_rotated", (SUBJECT, monitor_id))
        return PingUrl(ping_url=url(base, key), hint=hint(key))


def list_pings(
    db: Database, org_id: UUID, monitor_id: UUID, *, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[Ping]:
    """The last pings of a heartbeat, newest first; raises NotFound."""
    with db.one(org_id) as tx:
        if not monitors.known(tx, [monitor_id]):
            raise _missing(monitor_id)
        return pings.page(tx, monitor_id, after, limit)


def _missing(monitor_id: UUID) -> NotFound:
    return NotFound(f"There is no monitor {monitor_id} in this organization.")
