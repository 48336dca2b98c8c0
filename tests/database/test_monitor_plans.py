"""What is asked of a monitor's history reads that monitor's rows: no table of results is read from end to end."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.support import postgres
from tests.support.monitors import insert_monitor
from tests.support.postgres import TestServer
from tests.support.world import World
from tocsin.domain.latency_histogram import LEAST_MS, LN_GAMMA
from tocsin_data.sql import rollups
from tocsin_data.views import latencies, monitor_history

pytestmark = pytest.mark.xdist_group("monitor plans")
"""In one process, which fills the tables once."""
MONITORS = 40
LARGE = """
set session_replication_role = replica;
insert into check_result (org_id, monitor_id, region, tick, checked_at, status, latency_ms, attempts, origin,
    monitor_version)
select %(org)s, m, region, at, at, 'up', 20 + n %% 50, 1, 'live', 1
from unnest(%(monitors)s::uuid[]) m, unnest('{eu-west-1,us-east-1}'::text[]) region,
    generate_series(1, 500) n, lateral (select %(now)s::timestamptz - n * interval '10 minutes' as at) t;
insert into check_rollup_hour (org_id, monitor_id, region, origin, hour, up, degraded, down, unknown, first_tick,
    last_tick, latency_sum_ms, latency_buckets, latency_counts)
select %(org)s, m, region, 'live', at, 6, 0, 0, 0, at, at, 60, '{70}', '{6}'
from unnest(%(monitors)s::uuid[]) m, unnest('{eu-west-1,us-east-1}'::text[]) region,
    generate_series(0, 400) n,
    lateral (select date_trunc('hour', %(now)s::timestamptz, 'utc') - n * interval '1 hour' as at) t;
insert into monitor_span (org_id, monitor_id, status, starts_at, ends_at)
select %(org)s, m, case n %% 2 when 0 then 'up' else 'down' end, %(now)s::timestamptz - n * interval '1 hour',
    %(now)s::timestamptz - (n - 1) * interval '1 hour'
from unnest(%(monitors)s::uuid[]) m, generate_series(1, 300) n;
insert into shard_report (region, shard, starts_at, ends_at, due, done, missed, received_at)
select 'eu-west-1', n %% 2, at, at + interval '1 minute', 10, 10, 0, at
from generate_series(1, 10000) n, lateral (select %(now)s::timestamptz - n * interval '1 minute' as at) t;
set session_replication_role = default;
analyze check_result, check_rollup_hour, monitor_span, shard_report;
"""


class Large:
    """Forty monitors with some days of results, and one of them to ask for."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.now = datetime.now(UTC)
        self.monitor_id = insert_monitor(world)
        monitors = [self.monitor_id, *(uuid4() for _ in range(MONITORS - 1))]
        with world.database.admin() as conn, psycopg.ClientCursor(conn) as cursor:
            cursor.execute(LARGE, {"org": world.org_id, "monitors": monitors, "now": self.now})

    @property
    def about(self) -> dict[str, Any]:
        """Every parameter that the statements have."""
        hour = self.now.replace(minute=0, second=0, microsecond=0)
        return {
            "org": self.world.org_id,
            "monitor": self.monitor_id,
            "service": self.world.service_id,
            "now": self.now,
            "since": hour - timedelta(days=2),
            "until": self.now,
            "from": hour - timedelta(hours=2),
            "at": self.now,
            "name": "zz",
            "id": UUID(int=2**128 - 1),
            "regions": None,
            "statuses": None,
            "origin": "live",
            "unit": "hour",
            "limit": 51,
            "least": LEAST_MS,
            "ln_gamma": LN_GAMMA,
            "orgs": [self.world.org_id],
            "monitors": [self.monitor_id],
            "hours": [hour - timedelta(hours=5)],
        }


@pytest.fixture(scope="module")
def large(postgres_server: TestServer) -> Iterator[Large]:
    database = postgres.clone(postgres_server)
    yield Large(World(database))
    database.close()


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", []):
        yield from nodes(child)


STATEMENTS = {
    "results": ("app", monitor_history.RESULTS, 500),
    "outages": ("app", monitor_history.OUTAGES, 400),
    "shards": ("app", monitor_history.SHARDS, 10),
    "hours": ("app", latencies.COUNTED_HOURS, 200),
    "single results": ("app", latencies.SINGLE, 100),
    "counting of hours": ("worker", rollups.HOURS, 100),
}
"""As whom, what, and how many rows it may look at in all tables together."""


@pytest.mark.parametrize("name", STATEMENTS)
def test_only_the_rows_of_the_monitor_are_read(large: Large, name: str) -> None:
    role, statement, most = STATEMENTS[name]
    scans = scanned(large, role, statement, large.about)
    assert sum(count for _, count in scans) <= most, scans


def test_failures_are_found_without_reading_what_went_well(large: Large) -> None:
    about = large.about | {"statuses": ["down", "degraded"], "since": "-infinity"}
    scans = scanned(large, "app", monitor_history.RESULTS, about)
    # a day that has just begun, or of which little is left, is a few pages, which are read as they are
    assert sum(count for _, count in scans) <= 400, scans


def scanned(large: Large, role: str, statement: str, about: dict[str, Any]) -> list[tuple[str, float]]:
    """Which tables a statement reads, and how many rows of each it looks at."""
    db = large.world.database.enter(role)
    entered = db.one(large.world.org_id) if role == "app" else db.many([large.world.org_id])
    with entered as tx:
        row = tx.conn.execute("explain (analyze, timing off, format json) " + statement, about).fetchone()
    assert row is not None
    return [
        (node["Relation Name"], (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"])
        for node in nodes(row[0][0]["Plan"])
        if "Relation Name" in node
    ]
