"""How fast monitors answered: percentiles by region and step, from hours and days that were counted, and from single
results since.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_monitor_history import Latency, LatencyReport, LatencyStep
from tocsin.domain import latency_histogram
from tocsin.domain.latency_histogram import LEAST_MS, LN_GAMMA, Histogram
from tocsin.domain.monitor import Origin
from tocsin.domain.window import window
from tocsin.errors import FieldProblem, Invalid
from tocsin_data.db import Database, Tx
from tocsin_data.views.monitor_history import known

LONGEST_BY_HOURS: Final = timedelta(days=14)
UNCOUNTED: Final = timedelta(hours=6)
"""How far back single results stand in for hours that have not been counted; what is older waits for the sweep."""
LENGTHS: Final = {LatencyStep.HOUR: timedelta(hours=1), LatencyStep.DAY: timedelta(days=1)}
COUNTED_HOURS: Final = """
select region, hour as starts_at, up, degraded, down, unknown, latency_sum_ms, latency_buckets, latency_counts
from check_rollup_hour
where org_id = %(org)s and monitor_id = %(monitor)s and hour >= %(since)s and hour < %(until)s
    and origin = %(origin)s and (%(regions)s::text[] is null or region = any(%(regions)s::text[]))
"""
COUNTED_DAYS: Final = """
select region, day::timestamp at time zone 'utc' as starts_at, up, degraded, down, unknown, latency_sum_ms,
    latency_buckets, latency_counts
from check_rollup_day
where org_id = %(org)s and monitor_id = %(monitor)s
    and day >= (%(since)s at time zone 'utc')::date and day < (%(until)s at time zone 'utc')::date
    and origin = %(origin)s and (%(regions)s::text[] is null or region = any(%(regions)s::text[]))
"""
SINGLE: Final = """
with found as (
    select region, status, date_trunc(%(unit)s, tick, 'utc') as starts_at,
        case when status in ('up', 'degraded') then latency_ms::float8 end as latency_ms
    from check_result
    where org_id = %(org)s and monitor_id = %(monitor)s and tick >= %(from)s and tick < %(until)s
        and origin = %(origin)s and (%(regions)s::text[] is null or region = any(%(regions)s::text[]))
),
bucket as (
    select region, starts_at, array_agg(bucket order by bucket) as buckets, array_agg(count order by bucket) as counts
    from (
        select region, starts_at, ceil(ln(greatest(latency_ms, %(least)s)) / %(ln_gamma)s)::smallint as bucket,
            count(*)::integer as count
        from found where latency_ms is not null group by 1, 2, 3
    ) b
    group by 1, 2
)
select f.region, f.starts_at, f.up, f.degraded, f.down, f.unknown, f.latency_sum_ms,
    coalesce(b.buckets, '{}') as latency_buckets, coalesce(b.counts, '{}') as latency_counts
from (
    select region, starts_at, count(*) filter (where status = 'up') as up,
        count(*) filter (where status = 'degraded') as degraded, count(*) filter (where status = 'down') as down,
        count(*) filter (where status = 'unknown') as unknown, coalesce(sum(latency_ms), 0) as latency_sum_ms
    from found group by 1, 2
) f
left join bucket b on b.region = f.region and b.starts_at = f.starts_at
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look at: a span of time, by default the last 30 days or, by hours, the last one; results of one origin;
    some regions, or all.
    """

    since: datetime | None = None
    until: datetime | None = None
    step: LatencyStep = LatencyStep.DAY
    origin: Origin = Origin.LIVE
    regions: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of a region in a step."""

    region: str
    starts_at: datetime
    up: int
    degraded: int
    down: int
    unknown: int
    latency_sum_ms: float
    latency_buckets: list[int]
    latency_counts: list[int]


def latencies(db: Database, org_id: UUID, monitor_id: UUID, wanted: Wanted) -> LatencyReport:
    """Latencies of a monitor by region: of the window, widened to whole steps, and of each step; raises NotFound and
    Invalid.
    """
    with db.one(org_id) as tx:
        known(tx, monitor_id)
        since, until = _window(tx, wanted)
        about: dict[str, Any] = {
            "org": org_id,
            "monitor": monitor_id,
            "since": since,
            "until": until,
            "origin": wanted.origin,
            "regions": wanted.regions and list(wanted.regions),
        }
        about |= {"unit": wanted.step, "least": LEAST_MS, "ln_gamma": LN_GAMMA}
        about["from"] = max(since, _counted_before(tx, monitor_id, wanted.origin))
        with tx.conn.cursor(row_factory=class_row(Counted)) as cur:
            cur.execute(COUNTED_DAYS if wanted.step is LatencyStep.DAY else COUNTED_HOURS, about)
            counted = cur.fetchall()
            cur.execute(SINGLE, about)
            counted += cur.fetchall()
    by_step: dict[tuple[datetime, str], list[Counted]] = defaultdict(list)
    by_region: dict[str, list[Counted]] = defaultdict(list)
    for row in counted:
        by_step[row.starts_at, row.region].append(row)
        by_region[row.region].append(row)
    length = LENGTHS[wanted.step]
    return LatencyReport(
        starts_at=since,
        ends_at=until,
        step=wanted.step,
        origin=wanted.origin,
        totals=[_latency(region, (since, until), rows) for region, rows in sorted(by_region.items())],
        items=[_latency(region, (at, at + length), rows) for (at, region), rows in sorted(by_step.items())],
    )


def _window(tx: Tx, wanted: Wanted) -> tuple[datetime, datetime]:
    """The whole steps that a window touches."""
    length = LENGTHS[wanted.step]
    given = wanted.since
    if given is None and wanted.step is LatencyStep.HOUR:
        given = (wanted.until or tx.now) - timedelta(days=1)
    since, until = window(given, wanted.until, tx.now)
    if wanted.step is LatencyStep.HOUR and until - since > LONGEST_BY_HOURS:
        longest = LONGEST_BY_HOURS.days
        problem = FieldProblem("query.from", f"is more than {longest} days before the end; ask for step=day")
        raise Invalid("The window is too long to be told by hours.", [problem])
    floor = _floor(until, wanted.step)
    return _floor(since, wanted.step), floor if floor == until else floor + length


def _floor(at: datetime, step: LatencyStep) -> datetime:
    hour = at.replace(minute=0, second=0, microsecond=0)
    return hour if step is LatencyStep.HOUR else hour.replace(hour=0)


def _counted_before(tx: Tx, monitor_id: UUID, origin: Origin) -> datetime:
    """From when on single results are all there is: no hour since has been counted."""
    row = tx.conn.execute(
        """
        select max(hour) from check_rollup_hour where org_id = %s and monitor_id = %s and origin = %s and hour >= %s
        """,
        (tx.org_id, monitor_id, origin, tx.now - UNCOUNTED),
    ).fetchone()
    last: datetime | None = None if row is None else row[0]
    oldest = _floor(tx.now - UNCOUNTED, LatencyStep.HOUR)
    return oldest if last is None else max(oldest, last + timedelta(hours=1))


def _latency(region: str, step: tuple[datetime, datetime], rows: Iterable[Counted]) -> Latency:
    rows = list(rows)
    histogram = latency_histogram.merge(Histogram(tuple(r.latency_buckets), tuple(r.latency_counts)) for r in rows)
    p50, p90, p95, p99 = (None if p is None else round(p, 3) for p in latency_histogram.percentiles(histogram))
    total, count = sum(r.latency_sum_ms for r in rows), histogram.count
    return Latency(
        region=region,
        starts_at=step[0],
        ends_at=step[1],
        up=sum(r.up for r in rows),
        degraded=sum(r.degraded for r in rows),
        down=sum(r.down for r in rows),
        unknown=sum(r.unknown for r in rows),
        mean_ms=round(total / count, 3) if count else None,
        p50_ms=p50,
        p90_ms=p90,
        p95_ms=p95,
        p99_ms=p99,
    )
