"""Days of uptime: corrected by what comes late until they are published, and never after."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from psycopg.types.json import Jsonb

from tests.support.monitors import insert_monitor
from tests.support.world import World
from tocsin.domain.uptime import Uptime
from tocsin.errors import Conflict
from tocsin_data.db import Database
from tocsin_data.services import storing, uptime_days
from tocsin_data.sql import rollups

ZONE = "Europe/Berlin"
HOUR = 3_600


@pytest.fixture
def app(world: World) -> Database:
    return world.database.enter("app")


def midnight(world: World) -> datetime:
    return world.now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=2)


def span(world: World, monitor_id: UUID, status: str, since: datetime, until: datetime | None) -> None:
    world.database.rows(
        "insert into monitor_span (org_id, monitor_id, status, starts_at, ends_at) values (%s, %s, %s, %s, %s)"
        " returning id",
        world.org_id,
        monitor_id,
        status,
        since,
        until,
    )


def window(world: World, since: datetime, until: datetime, **columns: object) -> None:
    values = {
        "org_id": world.org_id,
        "kind": "maintenance",
        "name": "work",
        "scope": {"service_ids": [], "labels": {}},
        "time_zone": "UTC",
        "starts_at": since,
        "ends_at": until,
        "version": 1,
        "created_at": since - timedelta(days=30),
        "created_by": "test",
        "id": uuid4(),
        **columns,
    }
    with world.database.admin() as conn:
        conn.execute(
            "insert into maintenance_window select * from jsonb_populate_record(null::maintenance_window, %s)",
            (Jsonb({k: str(v) if isinstance(v, datetime | UUID) else v for k, v in values.items()}),),
        )


def freeze(
    app: Database, world: World, monitor_ids: Sequence[UUID], day: date, zone: str = "UTC"
) -> dict[UUID, Uptime]:
    with app.one(world.org_id) as tx:
        return dict(uptime_days.freeze(tx, monitor_ids, zone, day))


def counted(app: Database, world: World, monitor_id: UUID, day: date, zone: str = "UTC") -> tuple[int, int, int, bool]:
    found = uptime_days.report(app, world.org_id, monitor_id, 10, zone).items
    (row,) = [item for item in found if item.day == day]
    return row.up_seconds, row.down_seconds, row.maintenance_seconds, row.is_frozen


def test_a_day_is_corrected_until_it_is_frozen_and_never_after(app: Database, world: World) -> None:
    monitor_id, start = insert_monitor(world), midnight(world)
    day = start.date()
    span(world, monitor_id, "up", start, start + timedelta(hours=20))
    assert counted(app, world, monitor_id, day) == (20 * HOUR, 0, 0, False)
    span(world, monitor_id, "down", start + timedelta(hours=20), start + timedelta(hours=22))
    assert counted(app, world, monitor_id, day) == (20 * HOUR, 2 * HOUR, 0, False)
    assert freeze(app, world, [monitor_id], day)[monitor_id].down == 2 * HOUR
    span(world, monitor_id, "down", start + timedelta(hours=22), start + timedelta(hours=24))
    window(world, start, start + timedelta(hours=1))
    assert counted(app, world, monitor_id, day) == (20 * HOUR, 2 * HOUR, 0, True)
    assert freeze(app, world, [monitor_id], day)[monitor_id].down == 2 * HOUR
    assert counted(app, world, monitor_id, day + timedelta(days=1))[3] is False
    assert counted(app, world, monitor_id, day, ZONE)[3] is False


def test_several_monitors_are_frozen_at_once_and_those_of_others_are_not(app: Database, world: World) -> None:
    other = World(world.database, name="Other")
    mine, theirs = [insert_monitor(world) for _ in range(3)], insert_monitor(other)
    start = midnight(world)
    for n, monitor_id in enumerate(mine):
        span(world, monitor_id, "degraded", start + timedelta(hours=n), None)
    found = freeze(app, world, [*mine, theirs, uuid4()], start.date())
    assert [found[monitor_id].degraded for monitor_id in mine] == [24 * HOUR, 23 * HOUR, 22 * HOUR]
    assert set(found) == set(mine)
    assert world.database.rows("select distinct org_id from uptime_day") == [(world.org_id,)]


def test_a_day_that_is_not_over_can_not_be_frozen(app: Database, world: World) -> None:
    monitor_id, today = insert_monitor(world), world.now.date()
    with pytest.raises(Conflict, match="is not over in UTC"):
        freeze(app, world, [monitor_id], today)
    assert world.database.rows("select * from uptime_day") == []


def test_maintenance_counts_from_when_it_was_announced_until_it_was_called_off(app: Database, world: World) -> None:
    start = midnight(world)
    day = start.date()

    def at(hours: float) -> datetime:
        return start + timedelta(hours=hours)

    monitor_id = insert_monitor(world)
    span(world, monitor_id, "down", start, None)
    window(world, at(0), at(4), created_at=at(1))
    window(world, at(6), at(10), cancelled_at=at(8))
    window(world, at(12), at(16), ended_at=at(13))
    window(world, at(18), at(20), cancelled_at=at(17))
    assert counted(app, world, monitor_id, day)[2] == (3 + 2 + 1) * HOUR


def test_maintenance_that_comes_again_counts_each_time(app: Database, world: World) -> None:
    start = midnight(world)
    monitor_id, tagged = insert_monitor(world), insert_monitor(world, name="tagged")
    for found in (monitor_id, tagged):
        span(world, found, "up", start - timedelta(days=9), None)
    first = start - timedelta(days=5)
    window(
        world,
        first,
        first + timedelta(hours=2),
        recurrence="FREQ=DAILY",
        ended_at=start + timedelta(days=1, hours=1),
        scope={"service_ids": [str(world.service_id)], "labels": {"monitor": "tagged"}},
    )
    days = [start.date() + timedelta(days=n) for n in range(2)]
    assert [counted(app, world, tagged, day)[2] for day in days] == [2 * HOUR, HOUR]
    assert [counted(app, world, monitor_id, day)[2] for day in days] == [0, 0]


def test_a_window_of_one_monitor_leaves_the_others_alone(app: Database, world: World) -> None:
    start = midnight(world)
    mine, beside = insert_monitor(world), insert_monitor(world)
    for found in (mine, beside):
        span(world, found, "down", start, None)
    window(
        world,
        start,
        start + timedelta(hours=2),
        scope={"service_ids": [], "labels": {}, "monitor_ids": [str(mine)]},
    )
    assert [counted(app, world, found, start.date())[2] for found in (mine, beside)] == [2 * HOUR, 0]


def test_what_there_is_no_time_to_judge_anew_is_judged_by_the_next_sweep(
    app: Database, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = midnight(world)
    monitor_id = insert_monitor(world, regions=["eu-west-1"], created_at=start - timedelta(days=1))
    span(world, monitor_id, "unknown", start, start + timedelta(hours=2))
    ticks = [start + timedelta(minutes=minute) for minute in range(60)]
    with world.database.admin() as conn, conn.cursor() as cur:
        cur.executemany(
            "insert into check_result (org_id, monitor_id, region, tick, checked_at, status, attempts, origin,"
            " monitor_version) values (%s, %s, 'eu-west-1', %s, %s, 'up', 1, 'live', 1)",
            [(world.org_id, monitor_id, tick, tick) for tick in ticks],
        )
    worker = world.database.enter("worker")
    with worker.many([world.org_id]) as tx:
        rollups.mark_late(tx, [(world.org_id, monitor_id, start)])
    with monkeypatch.context() as patched:
        patched.setattr(storing, "FILLING_SECONDS", 0)
        storing.roll_up(worker, [(world.org_id, monitor_id)])
    assert counted(app, world, monitor_id, start.date())[0] == 0
    storing.roll_up(worker, [(world.org_id, monitor_id)])
    assert counted(app, world, monitor_id, start.date())[0] == HOUR + 3 * 60


def test_late_results_fill_what_was_unknown_and_leave_what_was_told(app: Database, world: World) -> None:
    start = midnight(world)
    day = start.date()
    monitor_id = insert_monitor(world, regions=["eu-west-1"], created_at=start - timedelta(days=1))
    span(world, monitor_id, "up", start, start + timedelta(hours=8))
    span(world, monitor_id, "unknown", start + timedelta(hours=8), start + timedelta(hours=10))
    span(world, monitor_id, "down", start + timedelta(hours=10), start + timedelta(hours=11))
    span(world, monitor_id, "up", start + timedelta(hours=11), start + timedelta(hours=24))
    assert counted(app, world, monitor_id, day) == (21 * HOUR, HOUR, 0, False)
    worker = world.database.enter("worker")

    def arrive(first: int, last: int, status: str) -> None:
        ticks = [start + timedelta(minutes=minute) for minute in range(first, last)]
        with world.database.admin() as conn, conn.cursor() as cur:
            cur.executemany(
                "insert into check_result (org_id, monitor_id, region, tick, checked_at, status, attempts, origin,"
                " monitor_version) values (%s, %s, 'eu-west-1', %s, %s, %s, 1, 'live', 1)",
                [(world.org_id, monitor_id, tick, tick, status) for tick in ticks],
            )
        with worker.many([world.org_id]) as tx:
            rollups.mark_late(tx, [(world.org_id, monitor_id, tick) for tick in ticks])
        storing.roll_up(worker, [(world.org_id, monitor_id)])

    arrive(8 * 60, 9 * 60, "up")
    stale = timedelta(minutes=4) - timedelta(minutes=1)
    assert counted(app, world, monitor_id, day) == (22 * HOUR + stale.total_seconds(), HOUR, 0, False)
    arrive(9 * 60, 9 * 60 + 30, "down")
    arrive(9 * 60 + 30, 11 * 60, "up")
    assert counted(app, world, monitor_id, day) == (22.5 * HOUR, 1.5 * HOUR, 0, False)
    spans = world.database.rows(
        "select status, extract(epoch from ends_at - starts_at)::int / 60 from monitor_span where monitor_id = %s"
        " order by starts_at",
        monitor_id,
    )
    assert spans == [("up", 480), ("up", 60), ("down", 30), ("up", 30), ("down", 60), ("up", 780)]
    assert freeze(app, world, [monitor_id], day)[monitor_id].down == 1.5 * HOUR
