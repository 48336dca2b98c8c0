"""Reads of what monitors were, over a few results and over millions: what a monitor's page asks for, and what lists do.

Ten million results rather than the fifty of the target: planting those takes a quarter of an hour here. Each is found
through the index of one day, which has as many levels for a fifth of the rows.
"""

import time
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

import psycopg

from bench import rows
from bench.benchmark import Options, Outcome, percentile
from bench.reads import NO_FATES, planted
from local.postgres import PostgresServer
from tocsin.contracts.api_monitor_history import LatencyStep
from tocsin_data.db import Database
from tocsin_data.services import uptime_days
from tocsin_data.views import latencies, monitor_history

FEW: Final = 5
MONITORS: Final = 500
DAYS: Final = 14
CALLS: Final = 8
PAGE: Final = 50
ZONE: Final = "Europe/Berlin"
PLANT_MONITORS: Final = """
insert into monitor (
    org_id, service_id, name, kind, spec, severity, interval_seconds, timeout_seconds, regions, failures_to_down,
    successes_to_up, confirmation_seconds, recovery_seconds, created_at, created_by, updated_at
)
select %(org)s, %(service)s, %(name)s || n, 'http', '{}', 'error', 120, 5, '{eu-west-1,us-east-1}', 2, 2, 0, 0,
    now() - interval '1 year', 'bench', now() - interval '1 year'
from generate_series(1, %(count)s) n
returning id
"""
PLANT_DAY: Final = """
insert into check_result (
    org_id, monitor_id, region, tick, checked_at, status, latency_ms, timings, attempts, origin, monitor_version
)
select %(org)s, m, r, at, at, 'up', 80 + n %% 60, '{1.5,12,24,80}', 1, 'live', 1
from unnest(%(monitors)s::uuid[]) m, generate_series(0, 719) n,
    lateral (select date_trunc('day', now(), 'utc') - %(back)s * interval '1 day' + n * interval '2 min' as at) t,
    unnest('{eu-west-1,us-east-1}'::text[]) r
"""
PLANT_FIGURES: Final = """
with hours as (
    insert into check_rollup_hour (
        org_id, monitor_id, region, origin, hour, up, degraded, down, unknown, first_tick, last_tick, latency_sum_ms,
        latency_buckets, latency_counts
    )
    select %(org)s, m, r, 'live', at, 30, 0, 0, 0, at, at, 3000, '{110,112,114,116,118,120,122}', '{4,4,4,4,4,4,6}'
    from unnest(%(monitors)s::uuid[]) m, generate_series(2, 24 * 14) n,
        lateral (select date_trunc('hour', now(), 'utc') - n * interval '1 hour' as at) t,
        unnest('{eu-west-1,us-east-1}'::text[]) r
),
days as (
    insert into check_rollup_day (
        org_id, monitor_id, region, origin, day, up, degraded, down, unknown, first_tick, last_tick, latency_sum_ms,
        latency_buckets, latency_counts
    )
    select %(org)s, m, r, 'live', at::date, 720, 0, 0, 0, at, at, 72000, '{110,112,114,116,118,120,122}',
        '{100,100,100,100,100,100,120}'
    from unnest(%(monitors)s::uuid[]) m, generate_series(0, 364) n,
        lateral (select now() - n * interval '1 day' as at) t, unnest('{eu-west-1,us-east-1}'::text[]) r
)
insert into monitor_span (org_id, monitor_id, status, starts_at, ends_at)
select %(org)s, m, case n %% 2 when 0 then 'up' else 'down' end, now() - n * interval '12 hours',
    case when n > 1 then now() - (n - 1) * interval '12 hours' end
from unnest(%(monitors)s::uuid[]) m, generate_series(1, 730) n
"""


async def run(postgres: PostgresServer, options: Options) -> Outcome:
    """A monitor's page of history, asked for in full, over few results and over many."""
    with planted(postgres) as (conn, world, db):
        one, *_ = _plant(conn, world.org_id, world.service_ids[0], "Few ", FEW)
        few = [_asked(db, world.org_id, one) for _ in range(options.runs)]
        began = time.monotonic()
        _plant(conn, world.org_id, world.service_ids[0], "Many ", MONITORS)
        took = time.monotonic() - began
        _asked(db, world.org_id, one)
        full = [_asked(db, world.org_id, one) for _ in range(options.runs)]
        ((count,),) = conn.execute("select count(*) from check_result").fetchall()
    figures = [
        rows.figure("history.p95", full, f"{count:,} results"),
        rows.figure("history.ratio", [one / other for one, other in zip(full, few, strict=True)]),
    ]
    return Outcome(figures, NO_FATES, remarks=[f"{count:,} results of {DAYS} days planted in {took:.0f} s"])


def _plant(conn: psycopg.Connection[Any], org_id: UUID, service_id: UUID, name: str, count: int) -> list[UUID]:
    about: dict[str, Any] = {"org": org_id, "service": service_id, "name": name, "count": count}
    ids = [row[0] for row in conn.execute(PLANT_MONITORS, about).fetchall()]
    for back in range(DAYS):
        conn.execute(PLANT_DAY, {"org": org_id, "monitors": ids, "back": back})
        conn.commit()
    conn.execute(PLANT_FIGURES, {"org": org_id, "monitors": ids})
    conn.commit()
    conn.autocommit = True
    conn.execute("vacuum analyze")
    conn.autocommit = False
    return ids


def _asked(db: Database, org_id: UUID, monitor_id: UUID) -> float:
    """The p95 in milliseconds of the calls that a monitor's page makes, each several times."""
    everything = monitor_history.Wanted()
    down = monitor_history.Wanted(statuses=["down"], regions=["us-east-1"])
    by_hours, by_days = latencies.Wanted(step=LatencyStep.HOUR), latencies.Wanted()
    calls: list[Callable[[], object]] = [
        lambda: monitor_history.results(db, org_id, monitor_id, everything, past=None, limit=PAGE, with_excerpts=True),
        lambda: monitor_history.results(db, org_id, monitor_id, down, past=None, limit=PAGE, with_excerpts=False),
        lambda: latencies.latencies(db, org_id, monitor_id, by_hours),
        lambda: latencies.latencies(db, org_id, monitor_id, by_days),
        lambda: uptime_days.report(db, org_id, monitor_id, 90, ZONE),
        lambda: monitor_history.outages(db, org_id, monitor_id, past=None, limit=PAGE),
        lambda: monitor_history.regions(db, org_id, monitor_id),
        lambda: monitor_history.evidence(db, org_id, monitor_id),
    ]
    taken: list[float] = []
    for _ in range(CALLS):
        for call in calls:
            began = time.perf_counter()
            call()
            taken.append((time.perf_counter() - began) * 1000)
    return percentile(taken, 95)
