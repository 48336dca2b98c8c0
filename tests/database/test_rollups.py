"""Results are kept by day for some days; what they come to is counted once an hour has closed, and again when late."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
import pytest

from tests.support.monitors import insert_monitor
from tests.support.world import World
from tocsin.domain import latency_histogram
from tocsin_data.db import Database
from tocsin_data.services import storing, sweeping
from tocsin_data.sql import result_days, rollups

type Result = tuple[str, datetime, str, str, float | None]
"""Region, tick, status, origin, latency."""


@pytest.fixture
def worker(world: World) -> Database:
    return world.database.enter("worker")


def insert(world: World, monitor_id: UUID, results: Sequence[Result]) -> None:
    with world.database.admin() as conn, conn.cursor() as cur:
        cur.executemany(
            "insert into check_result (org_id, monitor_id, region, tick, checked_at, status, origin, latency_ms,"
            " attempts, monitor_version) values (%s, %s, %s, %s, %s, %s, %s, %s, 1, 1)",
            [(world.org_id, monitor_id, region, tick, tick, *rest) for region, tick, *rest in results],
        )


def closed_hour(world: World) -> datetime:
    return world.now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=2)


def many(hour: datetime, seed: int) -> list[Result]:
    chance = random.Random(seed)  # noqa: S311 - it is to be the same again
    found: list[Result] = []
    for region in ("eu-west-1", "us-east-1"):
        for minute in range(60):
            status = chance.choice(["up", "up", "up", "degraded", "down", "unknown"])
            latency = chance.lognormvariate(4, 1) if status != "unknown" else None
            found.append((region, hour + timedelta(minutes=minute), status, chance.choice(["live", "demo"]), latency))
    return found


def expected(results: Sequence[Result], region: str, origin: str) -> tuple[object, ...]:
    mine = [r for r in results if (r[0], r[3]) == (region, origin)]
    answered = [r[4] for r in mine if r[2] in {"up", "degraded"} and r[4] is not None]
    histogram = latency_histogram.of(answered)
    counts = (sum(r[2] == status for r in mine) for status in ("up", "degraded", "down", "unknown"))
    return (*counts, pytest.approx(sum(answered), rel=1e-4), list(histogram.buckets), list(histogram.counts))


def counted(world: World, monitor_id: UUID, hour: datetime) -> dict[tuple[str, str], tuple[object, ...]]:
    rows = world.database.rows(
        "select region, origin, up, degraded, down, unknown, latency_sum_ms, latency_buckets, latency_counts"
        " from check_rollup_hour where monitor_id = %s and hour = %s",
        monitor_id,
        hour,
    )
    return {row[:2]: row[2:] for row in rows}


def sweep(worker: Database) -> int:
    """Twice, as what one queues the next one counts."""
    return sum(sweeping.sweep(worker, lambda _: None).counted for _ in range(2))


def test_closed_hours_and_days_are_counted_as_the_rules_say(world: World, worker: Database) -> None:
    other = World(world.database, name="Other")
    hour = closed_hour(world)
    long_ago = hour - timedelta(days=1)
    results: list[tuple[World, UUID, list[Result]]] = []
    for seed, found in enumerate((world, other)):
        monitor_id = insert_monitor(found, created_at=long_ago)
        mine = many(hour, seed)
        results.append((found, monitor_id, mine))
        insert(found, monitor_id, [*mine, ("eu-west-1", hour - timedelta(seconds=1), "up", "live", 5)])
    with worker.many([world.org_id, other.org_id]) as tx:
        rollups.mark_late(tx, [(w.org_id, m, hour + timedelta(seconds=9)) for w, m, _ in results])
        rollups.mark_late(tx, [(w.org_id, m, hour - timedelta(hours=1)) for w, m, _ in results])
    assert sweep(worker) >= 4
    for found, monitor_id, mine in results:
        figures = counted(found, monitor_id, hour)
        assert figures == {key: expected(mine, *key) for key in figures}
        assert set(figures) == {(r, o) for r in ("eu-west-1", "us-east-1") for o in ("live", "demo")}
        days = found.database.rows(
            "select sum(up), sum(down), max(cardinality(latency_buckets)) > 5 from check_rollup_day where org_id = %s",
            found.org_id,
        )
        ups = sum(r[2] == "up" for r in mine) + 1
        assert days == [(ups, sum(r[2] == "down" for r in mine), True)]
        latencies = [r[4] for r in mine if r[2] in {"up", "degraded"}] + [5]
        both = found.database.rows(
            "select b, sum(n)::int from check_rollup_day d, unnest(latency_buckets, latency_counts) as u (b, n)"
            " where d.org_id = %s group by b order by b",
            found.org_id,
        )
        histogram = latency_histogram.of(latencies)
        assert both == list(zip(histogram.buckets, histogram.counts, strict=True))
        evidence = found.database.rows(
            "select origin, results, first_tick, last_tick from check_evidence where org_id = %s order by 1",
            found.org_id,
        )
        before = hour - timedelta(seconds=1)
        ticks = {origin: [r[1] for r in mine if r[3] == origin] for origin in ("demo", "live")}
        ticks["live"].append(before)
        assert evidence == [(origin, len(at), min(at), max(at)) for origin, at in ticks.items()]
    assert sweep(worker) == 0


def test_every_monitor_s_hours_are_queued_as_they_close(world: World, worker: Database) -> None:
    heartbeat = insert_monitor(world, kind="heartbeat")
    monitor_id = insert_monitor(world, created_at=world.now - timedelta(days=1))
    storing.turn_days(worker)
    queued = "select monitor_id, hour from rollup_due order by hour"
    first = world.database.rows(queued)
    storing.turn_days(worker)
    assert world.database.rows(queued) == first
    world.database.advance(timedelta(hours=3))
    storing.turn_days(worker)
    found = world.database.rows(queued)
    assert {row[0] for row in found} == {monitor_id}
    assert heartbeat not in {row[0] for row in found}
    hours = [row[1] for row in found]
    last = (world.now - storing.CLOSING).replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    assert hours == [last - timedelta(hours=n) for n in reversed(range(len(hours)))]
    assert len(hours) == 4


def test_a_late_result_has_its_hour_counted_again(world: World, worker: Database) -> None:
    monitor_id, hour = insert_monitor(world), closed_hour(world)
    insert(world, monitor_id, [("eu-west-1", hour, "up", "live", 10.0)])
    mark = [(world.org_id, monitor_id, hour)]
    with worker.many([world.org_id]) as tx:
        rollups.mark_late(tx, mark)
    sweep(worker)
    assert counted(world, monitor_id, hour)["eu-west-1", "live"][:4] == (1, 0, 0, 0)
    insert(world, monitor_id, [("eu-west-1", hour + timedelta(minutes=9), "down", "live", None)])
    with worker.many([world.org_id]) as tx:
        rollups.mark_late(tx, mark)
    sweep(worker)
    assert counted(world, monitor_id, hour)["eu-west-1", "live"][:4] == (1, 0, 1, 0)
    assert world.database.rows("select origin, results from check_evidence") == [("live", 2)]


def test_results_of_the_open_hour_mark_nothing(world: World, worker: Database) -> None:
    monitor_id = insert_monitor(world)
    with worker.many([world.org_id]) as tx:
        rollups.mark_late(tx, [(world.org_id, monitor_id, tx.now)])
    assert world.database.rows("select * from rollup_due") == []


def test_an_hour_that_somebody_marks_is_left_until_what_is_marked_can_be_seen(world: World, worker: Database) -> None:
    monitor_id, hour = insert_monitor(world), closed_hour(world)
    with worker.many([world.org_id]) as tx:
        rollups.mark_late(tx, [(world.org_id, monitor_id, hour)])
    with world.database.admin() as conn, conn.transaction():
        conn.execute("update rollup_due set marked_at = now()")
        assert storing.roll_up(worker, [(world.org_id, monitor_id)]) == 0
    assert storing.roll_up(worker, [(world.org_id, monitor_id)]) == 1


def test_while_another_sweep_counts_nothing_is_counted_and_nothing_lost(world: World, worker: Database) -> None:
    monitor_id, hour = insert_monitor(world), closed_hour(world)
    with worker.many([world.org_id]) as tx:
        rollups.mark_late(tx, [(world.org_id, monitor_id, hour)])
    with worker.many([world.org_id]) as tx:
        assert rollups.begin(tx)
        assert storing.roll_up(world.database.enter("worker"), [(world.org_id, monitor_id)]) == 0
    assert storing.roll_up(worker, [(world.org_id, monitor_id)]) == 1


def test_days_are_made_ahead_and_old_ones_dropped(world: World, worker: Database) -> None:
    monitor_id, today = insert_monitor(world), world.now.replace(hour=12)
    insert(world, monitor_id, [("eu-west-1", today, "up", "live", 1.0)])
    world.database.advance(timedelta(days=5))
    assert storing.turn_days(worker, kept_days=7) > 0
    assert world.database.rows("select count(*) from check_result") == [(1,)]
    insert(world, monitor_id, [("eu-west-1", today + timedelta(days=5 + storing.AHEAD_DAYS), "up", "live", 1.0)])
    assert storing.turn_days(worker, kept_days=7) == 0
    storing.turn_days(worker, kept_days=3)
    assert world.database.rows("select count(*) from check_result") == [(1,)]
    with worker.many(()) as tx:
        assert result_days.since(tx) == datetime.combine(world.now.date() - timedelta(days=3), datetime.min.time(), UTC)


def test_what_was_counted_stays_when_its_results_are_dropped(world: World, worker: Database) -> None:
    monitor_id, hour = insert_monitor(world), closed_hour(world)
    insert(world, monitor_id, [("eu-west-1", hour, "up", "live", 10.0)])
    with worker.many([world.org_id]) as tx:
        rollups.mark_late(tx, [(world.org_id, monitor_id, hour)])
    sweep(worker)
    world.database.advance(timedelta(days=20))
    storing.turn_days(worker)
    with worker.many([world.org_id]) as tx:
        rollups.mark_late(tx, [(world.org_id, monitor_id, hour)])
    sweep(worker)
    assert counted(world, monitor_id, hour)["eu-west-1", "live"][:4] == (1, 0, 0, 0)


def test_days_are_reached_through_the_table_alone(world: World) -> None:
    ((day,),) = world.database.rows(
        "select 'results.' || max(relname) from pg_class where relnamespace = 'results'::regnamespace and relkind = 'r'"
    )
    for role in ("app", "worker"):
        entered = world.database.enter(role).outside_organizations()
        with entered as conn, pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("select from " + day)
