"""What monitors are in each region: read before anything is held, written where nothing has changed since."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from tocsin.domain.monitor import CheckStatus, Reason
from tocsin.domain.verdict import Seen
from tocsin_data.db import Tx
from tocsin_data.sql.recordset import recordset


@dataclass(frozen=True, slots=True)
class Known:
    """A monitor as it is read without holding it. `state_status` is none where it has no verdict yet."""

    monitor_id: UUID
    org_id: UUID
    regions: list[str]
    is_watched: bool
    interval_seconds: int
    state_status: str | None
    alerts: list[str]
    look_at: datetime | None


@dataclass(frozen=True, slots=True)
class Region:
    """What a monitor is in a region, and its newest result there."""

    monitor_id: UUID
    region: str
    status: str
    since: datetime
    last_tick: datetime
    last_status: str
    last_reason: str | None
    last_latency_ms: float | None
    ends_at: datetime | None

    @property
    def seen(self) -> Seen:
        """As the domain knows it."""
        reason = None if self.last_reason is None else Reason(self.last_reason)
        return Seen(CheckStatus(self.status), self.since, self.last_tick, reason, self.ends_at)


@dataclass(frozen=True, slots=True)
class NewRegion:
    """What a monitor is in a region from now on. With `expected` only if it still was that."""

    org_id: UUID
    monitor_id: UUID
    region: str
    status: str
    since: datetime
    last_tick: datetime
    last_status: str
    last_reason: str | None
    last_latency_ms: float | None
    certificate: dict[str, Any] | None
    expected: str | None


def known(
    tx: Tx, monitor_ids: Collection[UUID], regions: Collection[str]
) -> tuple[dict[UUID, Known], dict[UUID, dict[str, Region]]]:
    """Monitors of the transaction's organizations by id, and what they are in these regions."""
    rows = tx.conn.execute(
        """
        select m.id, m.org_id, m.regions, m.paused_at is null and m.deleted_at is null, m.interval_seconds,
            s.status, coalesce(s.alerts, '{}'), s.look_at,
            r.region, r.status, r.since, r.last_tick, r.last_status, r.last_reason, r.last_latency_ms,
            (r.certificate ->> 'not_after')::timestamptz
        from monitor m
        left join monitor_state s on s.org_id = m.org_id and s.monitor_id = m.id
        left join monitor_region r on r.org_id = m.org_id and r.monitor_id = m.id and r.region = any(%(regions)s)
        where m.org_id = any(%(orgs)s) and m.id = any(%(ids)s)
        """,
        {"orgs": list(tx.orgs), "ids": list(monitor_ids), "regions": list(regions)},
    ).fetchall()
    monitors: dict[UUID, Known] = {}
    found: dict[UUID, dict[str, Region]] = {}
    for row in rows:
        if row[0] not in monitors:
            monitors[row[0]] = Known(*row[:8])
        if row[8] is not None:
            found.setdefault(row[0], {})[row[8]] = Region(row[0], *row[8:])
    return monitors, found


def read(tx: Tx, monitor_ids: Collection[UUID]) -> dict[UUID, dict[str, Region]]:
    """What monitors are in each of their regions."""
    found: dict[UUID, dict[str, Region]] = {}
    with tx.conn.cursor(row_factory=class_row(Region)) as cur:
        cur.execute(
            """
            select monitor_id, region, status, since, last_tick, last_status, last_reason, last_latency_ms,
                (certificate ->> 'not_after')::timestamptz as ends_at
            from monitor_region where org_id = any(%s) and monitor_id = any(%s)
            """,
            (list(tx.orgs), list(monitor_ids)),
        )
        for row in cur.fetchall():
            found.setdefault(row.monitor_id, {})[row.region] = row
    return found


def write(tx: Tx, rows: Sequence[NewRegion]) -> set[tuple[UUID, str]]:
    """Write regions in one order everywhere; answers those that were written, the others are not as expected."""
    ordered = sorted(rows, key=lambda r: (r.monitor_id, r.region))
    written = tx.conn.execute(
        """
        with given as materialized (
            select * from json_to_recordset(%s) as t (
                org_id uuid, monitor_id uuid, region text, status text, since timestamptz, last_tick timestamptz,
                last_status text, last_reason text, last_latency_ms real, certificate jsonb, expected text
            )
        ),
        held as materialized (
            select r.monitor_id, r.region from monitor_region r
            join given g on g.monitor_id = r.monitor_id and g.region = r.region
            where r.org_id = any(%s) order by r.monitor_id, r.region for no key update of r
        ),
        changed as (
            update monitor_region r set
                status = g.status, since = g.since, last_tick = greatest(r.last_tick, g.last_tick),
                last_status = g.last_status, last_reason = g.last_reason,
                last_latency_ms = case when g.last_tick < r.last_tick then r.last_latency_ms else g.last_latency_ms end,
                certificate = case when g.last_tick < r.last_tick then r.certificate
                    else coalesce(g.certificate, r.certificate) end
            from given g join held h on h.monitor_id = g.monitor_id and h.region = g.region
            where r.org_id = g.org_id and r.monitor_id = g.monitor_id and r.region = g.region
                and (g.expected is null or (r.status = g.expected and r.last_status = g.expected))
            returning r.monitor_id, r.region
        ),
        made as (
            insert into monitor_region (
                org_id, monitor_id, region, status, since, last_tick, last_status, last_reason, last_latency_ms,
                certificate
            )
            select g.org_id, g.monitor_id, g.region, g.status, g.since, g.last_tick, g.last_status, g.last_reason,
                g.last_latency_ms, g.certificate
            from given g where g.expected is null
                and not exists (
                    select from monitor_region r where r.monitor_id = g.monitor_id and r.region = g.region
                )
            order by g.monitor_id, g.region
            on conflict on constraint monitor_region_pkey do nothing
            returning monitor_id, region
        )
        select monitor_id, region from changed union all select monitor_id, region from made
        """,
        (recordset(ordered), list(tx.orgs)),
    ).fetchall()
    return {(row[0], row[1]) for row in written}
