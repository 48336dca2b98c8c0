"""Beacons: pages that tell of their visitors' luck, unnamed. Visits become counts at once, of origin `live-user`."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tocsin.contracts.api_heartbeats import Beacon, BeaconInput, NewBeacon
from tocsin.contracts.checks import Visit
from tocsin.domain import latency_histogram
from tocsin.domain.monitor import MonitorKind, Origin
from tocsin.domain.permission import Permission
from tocsin.errors import Conflict, NotFound
from tocsin.platform.tokens import MacKeys, Purpose, digest, hint, issue
from tocsin_data.db import Connection, Database, Tx
from tocsin_data.services import owning
from tocsin_data.services.actors import audit
from tocsin_data.services.memberships import By
from tocsin_data.sql import beacons, monitors, rollups
from tocsin_data.sql.beacons import VisitedHour

SUBJECT: Final = "monitor"
REGION: Final = "visitors"
"""What stands in the place of a region: of where visitors are, nothing is known."""
REMEMBERED: Final = timedelta(hours=1)
"""For how long a visit that was counted is known again: a queue brings a message twice within minutes."""
type Hour = tuple[UUID, UUID, datetime]


def snippet(base: str, key: str, sample_percent: int) -> str:
    """What goes into a page; `base` is where tools send to."""
    return (
        f'<script async src="{base.rstrip("/")}/b/{key}.js?s={sample_percent}" referrerpolicy="no-referrer"></script>'
    )


def set_beacon(
    db: Database, org_id: UUID, by: By, monitor_id: UUID, data: BeaconInput, *, mac_keys: MacKeys, base: str
) -> NewBeacon:
    """Give a monitor a beacon, in the place of any that it has; raises NotFound, Forbidden, or Conflict unless it is
    one of a page.
    """
    with db.one(org_id) as tx:
        kind = _hold(tx, by, monitor_id)
        if kind != MonitorKind.HTTP:
            raise Conflict("Only a monitor of kind http has visitors that could tell how it is.")
        key = issue(Purpose.BEACON, mac_keys)
        made = beacons.put(tx, monitor_id, digest(key), hint(key), data.sample_percent)
        audit(tx, by.actor, "monitor.beacon_set", (SUBJECT, monitor_id), after=made)
        return NewBeacon(**made.model_dump(), snippet=snippet(base, key, data.sample_percent))


def get_beacon(db: Database, org_id: UUID, monitor_id: UUID) -> Beacon:
    """Read the beacon of a monitor; raises NotFound where it has none."""
    with db.one(org_id) as tx:
        return _found(tx, monitor_id)


def remove_beacon(db: Database, org_id: UUID, by: By, monitor_id: UUID) -> None:
    """Take a monitor's beacon away; what it has told stays counted. Raises NotFound or Forbidden."""
    with db.one(org_id) as tx:
        _hold(tx, by, monitor_id)
        before = _found(tx, monitor_id)
        beacons.end(tx, monitor_id)
        audit(tx, by.actor, "monitor.beacon_removed", (SUBJECT, monitor_id), before=before)


def count(db: Database, visits: Sequence[Visit]) -> int:
    """Count visits by hour, and keep nothing else of them but their ids for a while; answers how many.

    One that comes again within REMEMBERED, as a queue may bring it, is not counted again.
    """
    hashes = sorted({bytes.fromhex(visit.key_hash) for visit in visits})
    with db.found(lambda conn: _enter(conn, hashes)) as (tx, known):
        hours: defaultdict[Hour, list[Visit]] = defaultdict(list)
        for visit in _new(tx, [v for v in visits if bytes.fromhex(v.key_hash) in known]):
            hour = visit.received_at.replace(minute=0, second=0, microsecond=0)
            hours[(*known[bytes.fromhex(visit.key_hash)], hour)].append(visit)
        if hours:
            beacons.count(tx, [_counted(hour, told) for hour, told in hours.items()])
            rollups.mark_late(tx, list(hours))
        return sum(len(told) for told in hours.values())


def _new(tx: Tx, visits: Sequence[Visit]) -> list[Visit]:
    """Those that have not been counted before; one without an id is always new."""
    by_id = {visit.visit_id: visit for visit in visits if visit.visit_id is not None}
    new = beacons.remember(tx, by_id.keys(), tx.now - REMEMBERED) if by_id else set[UUID]()
    return [visit for visit in visits if visit.visit_id is None] + [v for i, v in by_id.items() if i in new]


def _enter(conn: Connection, hashes: Sequence[bytes]) -> tuple[datetime, set[UUID], dict[bytes, tuple[UUID, UUID]]]:
    now, known = beacons.enter(conn, hashes)
    return now, {org_id for org_id, _ in known.values()}, known


def _counted(hour: Hour, told: Sequence[Visit]) -> VisitedHour:
    loads = [visit.load_ms for visit in told if visit.ok and visit.load_ms is not None]
    histogram = latency_histogram.of(loads)
    return VisitedHour(
        org_id=hour[0],
        monitor_id=hour[1],
        region=REGION,
        origin=Origin.LIVE_USER,
        hour=hour[2],
        up=sum(visit.ok for visit in told),
        down=sum(not visit.ok for visit in told),
        first_tick=min(visit.received_at for visit in told),
        last_tick=max(visit.received_at for visit in told),
        latency_sum_ms=sum(loads),
        latency_buckets=list(histogram.buckets),
        latency_counts=list(histogram.counts),
    )


def _hold(tx: Tx, by: By, monitor_id: UUID) -> str:
    held = monitors.lock(tx, monitor_id)
    if held is None:
        raise NotFound(f"There is no monitor {monitor_id} in this organization.")
    owning.demand(tx, by, Permission.WRITE_MONITORS, held.team_id)
    return held.kind


def _found(tx: Tx, monitor_id: UUID) -> Beacon:
    found = beacons.read(tx, monitor_id)
    if found is None:
        raise NotFound(f"The monitor {monitor_id} has no beacon, or there is no such monitor in this organization.")
    return found
