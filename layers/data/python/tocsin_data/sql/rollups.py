"""Rollups: which hours of which monitors are to be counted, and the counting of hours and days."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from tocsin.domain.latency_histogram import LEAST_MS, LN_GAMMA
from tocsin_data.db import Tx

type MonitorHour = tuple[UUID, UUID, datetime]
"""(org, monitor, the beginning of an hour of UTC)."""

HOURS: Final = """
with found as (
    select d.org_id, d.monitor_id, d.hour, r.region, r.origin, r.status, r.tick,
        case when r.status in ('up', 'degraded') then r.latency_ms::float8 end as latency_ms
    from unnest(%(orgs)s::uuid[], %(monitors)s::uuid[], %(hours)s::timestamptz[]) as d (org_id, monitor_id, hour)
    cross join lateral (
        select c.region, c.origin, c.status, c.tick, c.latency_ms from check_result c
        where c.org_id = d.org_id and c.monitor_id = d.monitor_id
            and c.tick >= d.hour and c.tick < d.hour + interval '1 hour'
        offset 0
    ) r
),
counted as (
    select org_id, monitor_id, hour, region, origin,
        count(*) filter (where status = 'up') as up, count(*) filter (where status = 'degraded') as degraded,
        count(*) filter (where status = 'down') as down, count(*) filter (where status = 'unknown') as unknown,
        min(tick) as first_tick, max(tick) as last_tick, coalesce(sum(latency_ms), 0) as latency_sum_ms
    from found group by 1, 2, 3, 4, 5
),
bucket as (
    select org_id, monitor_id, hour, region, origin,
        ceil(ln(greatest(latency_ms, %(least)s)) / %(ln_gamma)s)::smallint as bucket, count(*)::integer as count
    from found where latency_ms is not null group by 1, 2, 3, 4, 5, 6
),
histogram as (
    select org_id, monitor_id, hour, region, origin,
        array_agg(bucket order by bucket) as buckets, array_agg(count order by bucket) as counts
    from bucket group by 1, 2, 3, 4, 5
)
insert into check_rollup_hour (
    org_id, monitor_id, hour, region, origin, up, degraded, down, unknown, first_tick, last_tick, latency_sum_ms,
    latency_buckets, latency_counts
)
select c.org_id, c.monitor_id, c.hour, c.region, c.origin, c.up, c.degraded, c.down, c.unknown, c.first_tick,
    c.last_tick, c.latency_sum_ms, coalesce(h.buckets, '{}'), coalesce(h.counts, '{}')
from counted c left join histogram h using (org_id, monitor_id, hour, region, origin)
order by c.org_id, c.monitor_id, c.hour, c.region, c.origin
on conflict on constraint check_rollup_hour_pkey do update set
    up = excluded.up, degraded = excluded.degraded, down = excluded.down, unknown = excluded.unknown,
    first_tick = excluded.first_tick, last_tick = excluded.last_tick,
    latency_sum_ms = excluded.latency_sum_ms, latency_buckets = excluded.latency_buckets,
    latency_counts = excluded.latency_counts
"""
"""`offset 0` keeps the results of each hour a look-up in one day's index, whatever the planner thinks of arrays."""

DAYS: Final = """
with found as (
    select h.* from (
        select distinct org_id, monitor_id, date_trunc('day', hour, 'utc') as day
        from unnest(%(orgs)s::uuid[], %(monitors)s::uuid[], %(hours)s::timestamptz[]) as u (org_id, monitor_id, hour)
    ) d
    cross join lateral (
        select (d.day at time zone 'utc')::date as day, r.* from check_rollup_hour r
        where r.org_id = d.org_id and r.monitor_id = d.monitor_id
            and r.hour >= d.day and r.hour < d.day + interval '1 day'
        offset 0
    ) h
),
counted as (
    select org_id, monitor_id, day, region, origin, sum(up) as up, sum(degraded) as degraded, sum(down) as down,
        sum(unknown) as unknown, min(first_tick) as first_tick, max(last_tick) as last_tick,
        sum(latency_sum_ms) as latency_sum_ms
    from found group by 1, 2, 3, 4, 5
),
bucket as (
    select f.org_id, f.monitor_id, f.day, f.region, f.origin, b.bucket, sum(b.count)::integer as count
    from found f cross join lateral unnest(f.latency_buckets, f.latency_counts) as b (bucket, count)
    group by 1, 2, 3, 4, 5, 6
),
histogram as (
    select org_id, monitor_id, day, region, origin,
        array_agg(bucket order by bucket) as buckets, array_agg(count order by bucket) as counts
    from bucket group by 1, 2, 3, 4, 5
),
written as (
    insert into check_rollup_day (
        org_id, monitor_id, day, region, origin, up, degraded, down, unknown, first_tick, last_tick, latency_sum_ms,
        latency_buckets, latency_counts
    )
    select c.org_id, c.monitor_id, c.day, c.region, c.origin, c.up, c.degraded, c.down, c.unknown, c.first_tick,
        c.last_tick, c.latency_sum_ms, coalesce(h.buckets, '{}'), coalesce(h.counts, '{}')
    from counted c left join histogram h using (org_id, monitor_id, day, region, origin)
    order by c.org_id, c.monitor_id, c.day, c.region, c.origin
    on conflict on constraint check_rollup_day_pkey do update set
        up = excluded.up, degraded = excluded.degraded, down = excluded.down, unknown = excluded.unknown,
        first_tick = excluded.first_tick, last_tick = excluded.last_tick,
        latency_sum_ms = excluded.latency_sum_ms, latency_buckets = excluded.latency_buckets,
        latency_counts = excluded.latency_counts
    returning new.org_id, new.monitor_id, new.origin, new.first_tick, new.last_tick,
        new.up + new.degraded + new.down + new.unknown
        - coalesce(old.up + old.degraded + old.down + old.unknown, 0) as added
)
insert into check_evidence (org_id, monitor_id, origin, results, first_tick, last_tick)
select org_id, monitor_id, origin, sum(added), min(first_tick), max(last_tick) from written
group by org_id, monitor_id, origin order by org_id, monitor_id, origin
on conflict on constraint check_evidence_pkey do update set
    results = check_evidence.results + excluded.results,
    first_tick = least(check_evidence.first_tick, excluded.first_tick),
    last_tick = greatest(check_evidence.last_tick, excluded.last_tick)
"""


def queue(tx: Tx, closed_before: datetime, kept_since: datetime) -> int:
    """Queue the hours that have closed since the last time, for all monitors; answers how many."""
    row = tx.conn.execute("select app.queue_rollups(%s, %s)", (closed_before, kept_since)).fetchone()
    return 0 if row is None else row[0]


def mark_late(tx: Tx, found: Sequence[MonitorHour]) -> None:
    """Have hours counted again for results that came after they had closed."""
    orgs, monitors, hours = _columns(found)
    tx.conn.execute(
        """
        insert into rollup_due (org_id, monitor_id, hour, marked_at)
        select org_id, monitor_id, date_trunc('hour', hour, 'utc'), %(now)s
        from unnest(%(orgs)s::uuid[], %(monitors)s::uuid[], %(hours)s::timestamptz[]) as u (org_id, monitor_id, hour)
        where date_trunc('hour', hour, 'utc') < date_trunc('hour', %(now)s::timestamptz, 'utc')
        group by 1, 2, 3 order by 3, 2
        on conflict on constraint rollup_due_pkey do update set marked_at = excluded.marked_at
        """,
        {"now": tx.now, "orgs": orgs, "monitors": monitors, "hours": hours},
    )


def begin(tx: Tx) -> bool:
    """Count alone until the transaction ends; False where another transaction does."""
    row = tx.conn.execute("select pg_try_advisory_xact_lock(hashtextextended('rollups', 0))").fetchone()
    return row is not None and row[0]


def take(tx: Tx, monitor_ids: Sequence[UUID], hours_before: datetime, at_most: int) -> list[MonitorHour]:
    """Take hours of these monitors off the queue, the oldest first; those that somebody marks meanwhile stay.

    Only what a later statement reads is sure to have the results that a mark stands for: it is held until then.
    """
    return tx.conn.execute(
        """
        with taken as (
            select hour, monitor_id from rollup_due
            where monitor_id = any(%s) and hour < %s order by hour, monitor_id limit %s
            for update skip locked
        )
        delete from rollup_due d using taken t where d.hour = t.hour and d.monitor_id = t.monitor_id
        returning d.org_id, d.monitor_id, d.hour
        """,
        (list(monitor_ids), hours_before, at_most),
    ).fetchall()


def count_hours(tx: Tx, found: Sequence[MonitorHour]) -> None:
    """Count the results of these hours by region and origin, in the place of what was counted before."""
    orgs, monitors, hours = _columns(found)
    about = {"orgs": orgs, "monitors": monitors, "hours": hours, "least": LEAST_MS, "ln_gamma": LN_GAMMA}
    tx.conn.execute(HOURS, about)


def count_days(tx: Tx, found: Sequence[MonitorHour]) -> None:
    """Add up the days of UTC that these hours lie in, and what there is of each origin by what is new in them."""
    orgs, monitors, hours = _columns(found)
    tx.conn.execute(DAYS, {"orgs": orgs, "monitors": monitors, "hours": hours})


def _columns(found: Sequence[MonitorHour]) -> tuple[list[UUID], list[UUID], list[datetime]]:
    return [f[0] for f in found], [f[1] for f in found], [f[2] for f in found]


def means(tx: Tx, monitor_ids: Sequence[UUID], since: datetime) -> list[tuple[UUID, datetime, float | None]]:
    """The mean latency of monitors over all their regions, in milliseconds, of each hour counted since; None where
    nothing was answered.
    """
    return tx.conn.execute(
        """
        select r.monitor_id, r.hour, round((sum(r.latency_sum_ms) / nullif(sum(n.count), 0))::numeric, 1)::float8
        from monitor m
        join check_rollup_hour r on r.org_id = m.org_id and r.monitor_id = m.id and r.origin = m.origin
        cross join lateral (select sum(c) as count from unnest(r.latency_counts) c) n
        where m.org_id = %s and m.id = any(%s) and r.hour >= %s
        group by r.monitor_id, r.hour
        """,
        (tx.org_id, list(monitor_ids), since),
    ).fetchall()
