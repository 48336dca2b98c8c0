"""Analytics of a month reads that month: no table that grows for ever is read from its beginning to its end."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from tests.support import postgres
from tests.support.postgres import TestServer
from tests.support.world import World
from tocsin_data.db import Database
from tocsin_data.views import analytics

pytestmark = pytest.mark.xdist_group("analytics plans")
"""In one process, which fills the tables once."""
INCIDENTS = 100_000
NOW = datetime(2026, 3, 1, tzinfo=UTC)
GROWING = {"incident", "notification", "event", "alert"}
LARGE = """
set session_replication_role = replica;
insert into incident (id, org_id, service_id, title, severity, status, created_at, updated_at, acknowledged_at,
    resolved_at, resolved_by)
select md5('i' || n)::uuid, org, service, 'x', 'error', 'resolved', at, at, at + interval '3 min', at + interval '1 h',
    'user:1'
from (
    select n, %(now)s::timestamptz - n * interval '6 min' as at,
        case when n %% 2 = 0 then %(mine)s::uuid else %(other)s::uuid end as org,
        case when n %% 2 = 0 then %(service)s::uuid else %(other)s::uuid end as service
    from generate_series(1, %(incidents)s) n
) t;
insert into notification (org_id, incident_id, escalation_id, generation, round, position, target, channel, state,
    attempts, due_at, created_at)
select org_id, id, id, 0, 0, 0, 'user:' || %(user)s, 'email', 'delivered', 1, created_at, created_at from incident;
insert into alert (org_id, service_id, incident_id, dedup_key, status, summary, severity, first_event_at, last_event_at,
    event_count)
select org_id, service_id, id, id::text, 'resolved', 'x', 'error', created_at, created_at, 1 from incident;
insert into event (id, org_id, service_id, integration_id, routing_key_id, request_id, index, received_at, action,
    outcome, payload)
select id, org_id, service_id, id, id, id, 0, created_at, 'trigger', 'opened', '{}' from incident;
set session_replication_role = default;
analyze incident, notification, alert, event, service;
"""
"""Half of it belongs to another organization; an incident every six minutes, so a month has 3,600 of ours."""


@pytest.fixture(scope="module")
def large(postgres_server: TestServer) -> Iterator[World]:
    database = postgres.clone(postgres_server)
    world = World(database)
    about = {
        "now": NOW,
        "mine": world.org_id,
        "other": UUID(int=1),
        "service": world.service_id,
        "incidents": INCIDENTS,
        "user": str(world.alice.user_id),
    }
    with database.admin() as conn, psycopg.ClientCursor(conn) as cursor:
        cursor.execute(LARGE, about)
    yield world
    database.close()


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", []):
        yield from nodes(child)


@pytest.mark.parametrize("of_one_service", [False, True])
@pytest.mark.parametrize("statement", [analytics.RESPONSE_TIMES, analytics.PAGES, analytics.NOISE])
def test_no_table_is_read_from_end_to_end(large: World, statement: str, *, of_one_service: bool) -> None:
    db = large.database.enter("app")
    about = {
        "org": large.org_id,
        "since": NOW - timedelta(days=30),
        "until": NOW,
        "services": [large.service_id] if of_one_service else None,
        "unit": "week",
        "step": "1 week",
        "zone": "Europe/Berlin",
    }
    with db.one(large.org_id) as tx:
        row = tx.conn.execute("explain (format json) " + statement, about).fetchone()
    assert row is not None
    read_whole = [n["Relation Name"] for n in nodes(row[0][0]["Plan"]) if n["Node Type"] == "Seq Scan"]
    assert not GROWING & set(read_whole), read_whole


def test_the_figures_are_right_all_the_same(large: World) -> None:
    db: Database = large.database.enter("app")
    wanted = analytics.Wanted(NOW - timedelta(days=30), NOW)
    (noise,) = analytics.service_noise(db, large.org_id, wanted).items
    assert (noise.events, noise.alerts, noise.incidents, noise.pages) == (3600, 3600, 3600, 3600)
    assert (noise.unacknowledged, noise.auto_resolved) == (0, 0)
