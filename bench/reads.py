"""Reads over much data: who is on call in a thousand schedules, reports and lists over a million incidents."""

import datetime as dt
import json
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, Final
from uuid import UUID, uuid4

import psycopg

from bench import rows
from bench.benchmark import Options, Outcome, percentile
from bench.fates import Fates
from bench.host import fresh
from bench.plan import DATABASE
from bench.world import Keys, World, plant
from local.postgres import PostgresServer
from tocsin.contracts.api_analytics import Interval
from tocsin.domain import schedule_document
from tocsin.domain.page_load import Night
from tocsin.domain.rotation import Layer, Unit
from tocsin_data.db import Database, DatabaseSettings, database
from tocsin_data.services import on_call
from tocsin_data.views import analytics, incidents

SCHEDULES: Final = 1_000
INCIDENTS: Final = 1_000_000
FEW: Final = 1_000
CALLS: Final = 20
PAGE: Final = 50
NO_FATES: Final = Fates(
    accepted=0,
    refused=0,
    recorded=0,
    incidents=0,
    paged=0,
    repeated=0,
    uncertain=0,
    unclaimed=0,
    stopped=0,
    lost=0,
    states={},
)
"""Nothing is sent here."""
PLANT_SCHEDULES: Final = """
with made as (
    insert into schedule (org_id, name, current_version, created_at)
    select %(org)s, 'Schedule ' || n, 1, now() from generate_series(1, %(count)s) n
    returning id
)
insert into schedule_version (org_id, schedule_id, version, effective_at, time_zone, layers, created_at, created_by)
select %(org)s, id, 1, '2020-01-06', %(zone)s, %(layers)s, now(), 'system:bench' from made
"""
PLANT_YEAR: Final = """
with made as (
    insert into incident (
        org_id, service_id, title, severity, status, created_at, updated_at, acknowledged_at, acknowledged_by,
        resolved_at, resolved_by
    )
    select %(org)s, (%(services)s::uuid[])[1 + n %% cardinality(%(services)s::uuid[])], 'Incident ' || n, 'error',
        'resolved', at, at, case when n %% 3 > 0 then at + make_interval(secs => n %% 1000) end,
        case when n %% 3 > 0 then 'user:' || %(user)s end, at + make_interval(secs => 1000 + n %% 5000), 'system:bench'
    from (select n, now() - n * interval '1 year' / %(count)s as at from generate_series(1, %(count)s) n) t
    returning id, service_id, created_at
),
alerts as (
    insert into alert (
        org_id, service_id, incident_id, dedup_key, status, summary, severity, first_event_at, last_event_at,
        event_count, resolved_at
    )
    select %(org)s, service_id, id, id::text, 'resolved', 'x', 'error', created_at, created_at, 1, created_at from made
),
walks as (
    insert into escalation (
        id, org_id, incident_id, state, generation, round, position, created_at, updated_at
    )
    select id, %(org)s, id, 'stopped', 1, 0, 1, created_at, created_at from made
    returning id, created_at
)
insert into notification (
    org_id, incident_id, escalation_id, generation, round, position, target, channel, state, attempts, due_at,
    created_at, finished_at
)
select %(org)s, id, id, 0, 0, 0, 'user:' || %(user)s, 'webhook', 'delivered', 1, created_at, created_at, created_at
from walks
"""


async def who_is_on_call(postgres: PostgresServer, options: Options) -> Outcome:
    """Who is on call now and next in every schedule, rows read and rules applied."""
    with planted(postgres) as (conn, world, db):
        people = [row[0] for row in conn.execute("select user_id from membership").fetchall()]
        layers = schedule_document.written([_layer(Unit.DAYS, people), _layer(Unit.WEEKS, people[::-1])])
        conn.execute(
            PLANT_SCHEDULES,
            {"org": world.org_id, "count": SCHEDULES, "zone": "Europe/Berlin", "layers": json.dumps(layers)},
        )
        conn.commit()
        ids = [row[0] for row in conn.execute("select id from schedule").fetchall()]

        def ask() -> None:
            with db.one(world.org_id) as tx:
                if len(on_call.on_call_now(tx, ids)) != SCHEDULES:
                    raise ValueError("not every schedule was answered")

        ask()
        figures = [rows.figure("on_call.thousand", [_milliseconds(ask) for _ in range(options.runs)])]
    return Outcome(figures, NO_FATES)


async def a_million(postgres: PostgresServer, options: Options) -> Outcome:
    """Reports over a month, and a page of the list, over few incidents and then over a million."""
    with planted(postgres) as (conn, world, db):
        wanted, night = analytics.Wanted(), Night(22, 7)
        month: dict[str, Callable[[], object]] = {
            "response": lambda: analytics.response_times(db, world.org_id, wanted, Interval.DAY, "Europe/Berlin"),
            "load": lambda: analytics.page_load(db, world.org_id, wanted, night, "Europe/Berlin"),
            "noise": lambda: analytics.service_noise(db, world.org_id, wanted),
        }

        def listed() -> float:
            return percentile([_milliseconds(lambda: _page(db, world.org_id)) for _ in range(CALLS)], 95)

        ((user_id,),) = conn.execute("select user_id from membership limit 1").fetchall()
        about = {"org": world.org_id, "services": list(world.service_ids), "user": str(user_id)}
        conn.execute(PLANT_YEAR, {**about, "count": FEW})
        conn.commit()
        listed()
        few = [listed() for _ in range(options.runs)]
        began = time.monotonic()
        conn.execute(PLANT_YEAR, {**about, "count": INCIDENTS})
        conn.commit()
        conn.autocommit = True
        conn.execute("vacuum analyze")
        remark = f"{INCIDENTS:,} incidents with alerts and notifications planted in {time.monotonic() - began:.0f} s"
        listed()
        full = [listed() for _ in range(options.runs)]
        figures = [rows.figure("million.list.p95", full), rows.figure("million.list.ratio", _ratios(full, few))]
        for name, ask in month.items():
            ask()
            figures.append(rows.figure(f"million.{name}", [_milliseconds(ask) for _ in range(options.runs)]))
    return Outcome(figures, NO_FATES, remarks=[remark])


@contextmanager
def planted(postgres: PostgresServer) -> Generator[tuple[psycopg.Connection[Any], World, Database]]:
    """A fresh database with one organization, seen from above and as the API sees it."""
    fresh(postgres)
    db = database(DatabaseSettings(db_host=str(postgres.host), db_name=DATABASE, db_user="app"))
    try:
        with psycopg.connect(postgres.conninfo("postgres", DATABASE)) as conn:
            world = plant(conn, Keys.make(), 1, 60)
            conn.commit()
            yield conn, world, db
    finally:
        db.close()


def _layer(unit: Unit, people: list[UUID]) -> Layer:
    return Layer(uuid4(), unit.value, unit, 1, dt.time(9), dt.date(2020, 1, 6), 0, tuple(people))


def _page(db: Database, org_id: UUID) -> None:
    incidents.page(db, org_id, incidents.Wanted(), past=None, limit=PAGE)


def _milliseconds(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


def _ratios(full: list[float], few: list[float]) -> list[float]:
    return [one / other for one, other in zip(full, few, strict=True)]
