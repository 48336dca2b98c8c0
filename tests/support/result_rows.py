"""A row of one organization in each table of results and what they come to, for tests that walk all tables."""

from typing import Final

from tests.support.monitors import insert_monitor
from tests.support.world import World

ROWS: Final = """
with result as (
    insert into check_result (org_id, monitor_id, region, tick, checked_at, status, latency_ms, attempts, origin,
        monitor_version)
    values (%(org)s, %(monitor)s, 'eu-west-1', now(), now(), 'up', 12.5, 1, 'live', 1)
),
region as (
    insert into monitor_region (org_id, monitor_id, region, status, since, last_tick, last_status)
    values (%(org)s, %(monitor)s, 'eu-west-1', 'up', now(), now(), 'up')
),
state as (
    insert into monitor_state (org_id, monitor_id, status, since) values (%(org)s, %(monitor)s, 'up', now())
),
span as (
    insert into monitor_span (org_id, monitor_id, status, starts_at) values (%(org)s, %(monitor)s, 'up', now())
),
hour as (
    insert into check_rollup_hour (org_id, monitor_id, region, origin, hour, up, degraded, down, unknown,
        first_tick, last_tick, latency_sum_ms, latency_buckets, latency_counts)
    values (%(org)s, %(monitor)s, 'eu-west-1', 'live', date_trunc('hour', now()), 1, 0, 0, 0, now(), now(), 12.5,
        '{64}', '{1}')
),
day as (
    insert into check_rollup_day (org_id, monitor_id, region, origin, day, up, degraded, down, unknown,
        first_tick, last_tick, latency_sum_ms, latency_buckets, latency_counts)
    values (%(org)s, %(monitor)s, 'eu-west-1', 'live', now(), 1, 0, 0, 0, now(), now(), 12.5, '{64}', '{1}')
),
evidence as (
    insert into check_evidence (org_id, monitor_id, origin, results, first_tick, last_tick)
    values (%(org)s, %(monitor)s, 'live', 1, now(), now())
),
due as (
    insert into rollup_due (org_id, monitor_id, hour, marked_at)
    values (%(org)s, %(monitor)s, date_trunc('hour', now()), now())
)
insert into uptime_day (org_id, monitor_id, time_zone, day, seconds, up_seconds, degraded_seconds, down_seconds,
    unknown_seconds, maintenance_seconds, frozen_at)
values (%(org)s, %(monitor)s, 'UTC', '2026-01-05', 86400, 86400, 0, 0, 0, 0, now())
"""


def insert(world: World) -> None:
    """Insert the rows, of a monitor of their own."""
    monitor_id = insert_monitor(world)
    with world.database.admin() as conn:
        conn.execute(ROWS, {"org": world.org_id, "monitor": monitor_id})
