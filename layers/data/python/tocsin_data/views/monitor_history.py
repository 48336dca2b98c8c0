"""What monitors were: single results, outages, regions, and how much of it was really measured.

Everything is read through indexes by monitor and instant, so that it does not depend on how much is stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.rows import class_row, dict_row

from tocsin.contracts.api_monitor_history import (
    CheckRegions,
    Evidence,
    OriginEvidence,
    Outage,
    RegionState,
    RegionStates,
    ResultTimings,
    ShardHealth,
    StoredResult,
)
from tocsin.domain.evidence import is_public
from tocsin.domain.monitor import Origin
from tocsin.errors import NotFound
from tocsin_data.db import Database, Tx

UNSEEN: Final = frozenset({"command_id"})
EXCERPT: Final = "excerpt"
RESULTS: Final = """
select region, tick, checked_at, status, reason, latency_ms, timings, attempts, origin, monitor_version, evidence
from check_result
where org_id = %(org)s and monitor_id = %(monitor)s
    and tick >= %(since)s::timestamptz and tick <= %(at)s::timestamptz
    and (tick, region) < (%(at)s::timestamptz, %(name)s)
    and (%(regions)s::text[] is null or region = any(%(regions)s::text[]))
    and (%(statuses)s::text[] is null or status = any(%(statuses)s::text[]))
order by tick desc, region desc limit %(limit)s
"""
OUTAGES: Final = """
select s.id, s.starts_at, s.ends_at,
    extract(epoch from coalesce(s.ends_at, %(now)s) - s.starts_at)::integer as seconds, s.evidence,
    i.id as incident_id, i.number as incident_number
from (
    select id, starts_at, ends_at, evidence from monitor_span
    where org_id = %(org)s and monitor_id = %(monitor)s and status = 'down'
        and (starts_at, id) < (%(at)s::timestamptz, %(id)s::uuid)
    order by starts_at desc, id desc limit %(limit)s
) s
left join lateral (
    select a.incident_id from alert a
    where a.org_id = %(org)s and a.service_id = %(service)s and a.dedup_key = 'monitor:' || %(monitor)s::text
        and a.first_event_at >= s.starts_at - interval '1 hour'
        and a.first_event_at <= coalesce(s.ends_at, %(now)s) and coalesce(a.resolved_at, %(now)s) >= s.starts_at
    order by a.first_event_at desc limit 1
) a on true
left join incident i on i.org_id = %(org)s and i.id = a.incident_id
order by s.starts_at desc, s.id desc
"""
"""An alert is looked for in the hour before the outage as well: one may go on from an outage into the next."""
SHARDS: Final = """
with recursive below as (
    (select region, shard from shard_report where region < 'private:' order by region, shard limit 1)
    union all
    select n.region, n.shard from below s
    cross join lateral (
        select r.region, r.shard from shard_report r
        where (r.region, r.shard) > (s.region, s.shard) and r.region < 'private:'
        order by r.region, r.shard limit 1
    ) n
),
above as (
    (select region, shard from shard_report where region > 'private:g' order by region, shard limit 1)
    union all
    select n.region, n.shard from above s
    cross join lateral (
        select r.region, r.shard from shard_report r where (r.region, r.shard) > (s.region, s.shard)
        order by r.region, r.shard limit 1
    ) n
),
shard as (
    select region, shard from below
    union all
    select region, shard from above
    union all
    select 'private:' || p.id, 0 from private_location p where p.org_id = %(org)s
)
select s.region, c.status as region_status, s.shard, l.starts_at, l.ends_at, l.due, l.done, l.missed, l.blind_since,
    l.lateness_ms_p99, greatest(0, extract(epoch from %(now)s - l.ends_at))::integer as silent_seconds
from shard s
cross join lateral (
    select r.* from shard_report r where r.region = s.region and r.shard = s.shard order by r.starts_at desc limit 1
) l
left join check_region c on c.region = s.region
order by s.region, s.shard
"""
"""Shard by shard through the primary key, however many reports there are, and past private locations of others: these
are between `private:` and `private:g`, as their ids are hexadecimal.
"""
NEWEST: Final = ("infinity", "")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which results of a monitor a list shows; None shows all."""

    since: datetime | None = None
    until: datetime | None = None
    regions: Sequence[str] | None = None
    statuses: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What of a monitor its history depends on."""

    service_id: UUID
    name: str
    kind: str
    tags: list[str]
    regions: list[str]
    origin: str


def known(tx: Tx, monitor_id: UUID) -> Known:
    """The monitor; raises NotFound when there is none, or it was deleted."""
    with tx.conn.cursor(row_factory=class_row(Known)) as cur:
        cur.execute(
            """
            select service_id, name, kind, tags, regions, origin from monitor
            where org_id = %s and id = %s and deleted_at is null
            """,
            (tx.org_id, monitor_id),
        )
        found = cur.fetchone()
    if found is None:
        raise NotFound(f"There is no monitor {monitor_id} here.")
    return found


def results(
    db: Database,
    org_id: UUID,
    monitor_id: UUID,
    wanted: Wanted,
    *,
    past: tuple[datetime, str] | None,
    limit: int,
    with_excerpts: bool,
) -> list[StoredResult]:
    """Results, newest first, past a (tick, region); raises NotFound."""
    at, name = past or (wanted.until or NEWEST[0], NEWEST[1])
    with db.one(org_id) as tx:
        known(tx, monitor_id)
        with tx.conn.cursor(row_factory=dict_row) as cur:
            cur.execute(
                RESULTS,
                {
                    "org": org_id,
                    "monitor": monitor_id,
                    "since": wanted.since or "-infinity",
                    "at": at,
                    "name": name,
                    "regions": wanted.regions and list(wanted.regions),
                    "statuses": wanted.statuses and list(wanted.statuses),
                    "limit": limit,
                },
            )
            rows = cur.fetchall()
    omitted = UNSEEN if with_excerpts else UNSEEN | {EXCERPT}
    for row in rows:
        if row["timings"] is not None:
            row["timings"] = ResultTimings.model_validate(
                dict(zip(("dns", "connect", "tls", "first_byte"), row["timings"], strict=True))
            )
        if row["evidence"] is not None:
            row["evidence"] = {k: v for k, v in row["evidence"].items() if k not in omitted}
    return [StoredResult.model_validate(row) for row in rows]


def outages(
    db: Database, org_id: UUID, monitor_id: UUID, *, past: tuple[datetime, UUID] | None, limit: int
) -> list[Outage]:
    """Spans in which the monitor was down, newest first, past a (starts_at, id); raises NotFound."""
    at, span_id = past or ("infinity", UUID(int=0))
    with db.one(org_id) as tx:
        about = {"org": org_id, "monitor": monitor_id, "service": known(tx, monitor_id).service_id, "now": tx.now}
        with tx.conn.cursor(row_factory=class_row(Outage)) as cur:
            cur.execute(OUTAGES, {**about, "at": at, "id": span_id, "limit": limit})
            return cur.fetchall()


def regions(db: Database, org_id: UUID, monitor_id: UUID) -> RegionStates:
    """What the monitor is in each of its regions that has results; raises NotFound."""
    with db.one(org_id) as tx:
        names = known(tx, monitor_id).regions
        with tx.conn.cursor(row_factory=class_row(RegionState)) as cur:
            cur.execute(
                """
                select region, status, since, last_tick, last_status, last_reason, last_latency_ms, certificate
                from monitor_region where org_id = %s and monitor_id = %s and region = any(%s) order by region
                """,
                (org_id, monitor_id, names),
            )
            return RegionStates(items=cur.fetchall())


def check_regions(db: Database, org_id: UUID) -> CheckRegions:
    """The last report of every shard of the deployment's regions, and of the organization's own locations."""
    with db.one(org_id) as tx, tx.conn.cursor(row_factory=class_row(ShardHealth)) as cur:
        cur.execute(SHARDS, {"org": org_id, "now": tx.now})
        return CheckRegions(items=cur.fetchall())


def evidence(db: Database, org_id: UUID, monitor_id: UUID | None) -> Evidence:
    """How many results there are by origin, of one monitor, or all that are not deleted; raises NotFound."""
    with db.one(org_id) as tx:
        if monitor_id is not None:
            known(tx, monitor_id)
        rows = tx.conn.execute(
            """
            select e.origin, sum(e.results)::bigint, min(e.first_tick), max(e.last_tick)
            from check_evidence e join monitor m on m.org_id = e.org_id and m.id = e.monitor_id
            where e.org_id = %(org)s and m.deleted_at is null
                and (%(monitor)s::uuid is null or e.monitor_id = %(monitor)s::uuid)
            group by e.origin order by e.origin
            """,
            {"org": org_id, "monitor": monitor_id},
        ).fetchall()
    return Evidence(
        items=[
            OriginEvidence(
                origin=Origin(origin),
                is_public=is_public(Origin(origin)),
                results=count,
                first_tick=first,
                last_tick=last,
            )
            for origin, count, first, last in rows
        ]
    )
