"""Heartbeats on a real PostgreSQL: who is paged when, whatever order their pings come in, and whatever breaks."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest

from tests.support.heartbeats import Beating, by_slug, kept, ping_key
from tests.support.threads import at_once
from tests.support.world import World
from tocsin.domain.permission import Role
from tocsin.platform.ids import new_id
from tocsin_data.services import heartbeat_states, monitors, pings
from tocsin_data.services.actors import Actor
from tocsin_data.services.memberships import By
from tocsin_data.sql import heartbeats

ADMIN = By(Actor("system", None), Role.ADMIN, None)


@pytest.fixture
def beating(world: World) -> Beating:
    return Beating(world)


def test_a_new_one_waits_for_its_first_ping_and_pages_nobody(beating: Beating) -> None:
    beating.advance(days=30)
    assert beating.sweep() == []
    assert beating.status == "unknown"
    assert beating.tell("log") == []
    assert (beating.status, beating.late_at) == ("unknown", None)


def test_a_missed_one_pages_once_and_comes_back_by_itself(beating: Beating, world: World) -> None:
    told_at = beating.now
    assert beating.tell(at=told_at) == []
    assert (beating.status, beating.late_at) == ("up", told_at + timedelta(minutes=65))
    beating.advance(minutes=64)
    assert beating.sweep() == []
    beating.advance(minutes=1)
    assert beating.sweep() == [world.alice.email]
    beating.advance(minutes=1)
    assert beating.sweep() == []
    assert beating.status == "down"
    assert beating.tell() == []
    assert beating.status == "up"
    titles = world.database.rows("select title, status, resolved_by from incident")
    words = f"backup {beating.key} is down: It should have reported by"
    assert [(title.startswith(words), *rest) for title, *rest in titles] == [
        (True, "resolved", f"monitor:{beating.monitor_id}")
    ]
    assert [status for status, _ in beating.spans()] == ["up", "down", "up"]
    assert beating.spans()[1][1] == told_at + timedelta(minutes=65)


def test_a_failure_pages_at_once(beating: Beating, world: World) -> None:
    beating.tell()
    assert beating.tell("fail", exit_status=3, body="disk full") == [world.alice.email]
    assert beating.tell("fail") == []
    ((detail, evidence),) = world.database.rows(
        "select detail->>'detail', (detail->'exit_status')::int from monitor_state"
    )
    assert (detail, evidence) == ("It reported the exit status 3.", 3)
    beating.advance(minutes=20)
    assert beating.sweep() == []
    assert beating.tell() == []
    assert beating.status == "up"


def test_a_run_that_does_not_end_pages(beating: Beating, world: World) -> None:
    run, other = uuid4(), uuid4()
    beating.tell()
    beating.advance(minutes=10)
    beating.tell("start", run_id=run)
    beating.advance(minutes=4)
    assert beating.tell("success", run_id=other) == []
    beating.advance(minutes=1)
    assert beating.sweep() == [world.alice.email]
    beating.advance(minutes=1)
    assert beating.tell("success", run_id=run) == []
    assert beating.status == "up"
    durations = [row[2] for row in kept(world, beating.monitor_id)]
    assert durations == [None, None, None, pytest.approx(360_000, abs=5_000)]


def test_pings_count_once_however_often_they_come(beating: Beating, world: World) -> None:
    ping = beating.made("fail")
    assert beating.take(ping, ping) == [world.alice.email]
    assert beating.take(ping) == []
    assert world.database.rows("select ping_count from heartbeat") == [(1,)]
    assert len(kept(world, beating.monitor_id)) == 1


@pytest.mark.parametrize("seed", range(4))
def test_late_doubled_and_out_of_order_pings_end_in_the_same_state(world: World, seed: int) -> None:
    orderly, mixed = Beating(world), Beating(world)
    random = Random(seed)  # noqa: S311 - an order, not a secret
    start, runs = orderly.now, [None, uuid4(), uuid4()]
    told = [
        (random.choice(["success", "start", "fail", "log"]), start + timedelta(seconds=n), random.choice(runs))
        for n in range(30)
    ]
    world.database.advance(timedelta(minutes=1))
    for action, at, run in told:
        orderly.tell(action, at=at, run_id=run)
    shuffled = [mixed.made(action, at=at, run_id=run) for action, at, run in told]
    again = [*shuffled, *random.sample(shuffled, 10)]
    random.shuffle(again)
    for n in range(0, len(again), 7):
        mixed.take(*again[n : n + 7])
    columns = "status, last_success_at, last_failure_at, runs_cleared_at, due_at, late_at"
    one, other = (
        world.database.rows(f"select {columns} from heartbeat where monitor_id = %s", b.monitor_id)  # noqa: S608 - our own names
        for b in (orderly, mixed)
    )
    assert one == other
    assert orderly.status == mixed.status


def test_only_the_last_hundred_are_kept(beating: Beating, world: World) -> None:
    start = beating.now
    for n in range(13):
        beating.take(
            *(beating.made("log", at=start + timedelta(seconds=10 * n + i), body=str(10 * n + i)) for i in range(10))
        )
    bodies = [row[3] for row in kept(world, beating.monitor_id)]
    assert bodies == [str(n) for n in range(30, 130)]


def test_what_it_does_not_take_is_kept_and_counts_for_nothing(world: World) -> None:
    beating = Beating(world, methods="post")
    beating.tell("fail", method="GET")
    assert beating.status == "unknown"
    beating.tell("success", method="POST")
    assert beating.status == "up"
    assert [row[:2] for row in kept(world, beating.monitor_id)] == [("fail", True), ("success", False)]


def test_a_paused_one_listens_and_says_nothing(beating: Beating, world: World) -> None:
    beating.tell()
    with world.database.admin() as conn:
        conn.execute("update monitor set paused_at = %s", (beating.now,))
    assert beating.tell("fail") == []
    beating.advance(hours=3)
    assert beating.sweep() == []
    assert beating.status == "up"
    assert world.database.rows("select ping_count from heartbeat") == [(2,)]


def test_pausing_one_that_is_down_ends_its_incident_and_counts_nothing_more(beating: Beating, world: World) -> None:
    beating.tell()
    assert beating.tell("fail") == [world.alice.email]
    monitors.pause_monitor(world.database.enter("app"), world.org_id, ADMIN, beating.monitor_id)
    beating.sweep()
    assert world.database.rows("select status from incident") == [("resolved",)]
    assert [status for status, _ in beating.spans()] == ["up", "down", "unknown"]
    monitors.resume_monitor(world.database.enter("app"), world.org_id, ADMIN, beating.monitor_id)
    assert beating.sweep() == []
    assert beating.status == "unknown"
    assert beating.tell("fail") == [world.alice.email]


def test_one_that_is_late_no_more_by_its_new_schedule_comes_back(beating: Beating, world: World) -> None:
    beating.tell()
    beating.advance(minutes=70)
    assert beating.sweep() == [world.alice.email]
    for seconds, status in ((3_900, "down"), (7_200, "up")):
        longer = "update monitor set spec = spec || jsonb_build_object('interval_seconds', %s::integer) returning 1"
        world.database.rows(longer, seconds)
        with beating.paging.app.one(world.org_id) as tx:
            heartbeat_states.count_anew(tx, [beating.monitor_id])
        assert beating.sweep() == []
        assert beating.status == status
        assert (beating.late_at is None) == (status == "down")


def test_by_cron_in_a_zone(world: World) -> None:
    beating = Beating(world, interval_seconds=None, cron="30 2 * * *", time_zone="Europe/Berlin", grace_seconds=600)
    beating.tell(at=beating.now)
    (local,) = world.database.rows(
        "select to_char(due_at at time zone 'Europe/Berlin', 'HH24:MI'), late_at - due_at from heartbeat"
    )
    assert local == ("02:30", timedelta(minutes=10))


def test_unknown_and_ended_keys_change_nothing(beating: Beating, world: World) -> None:
    other = beating.made().model_copy(update={"key_hash": "0" * 64})
    applied = pings.apply(beating.paging.worker, [other, beating.made()])
    assert (applied.unknown, applied.counted) == (1, 1)
    with world.database.admin() as conn:
        conn.execute("update monitor set deleted_at = %s", (beating.now,))
    applied = pings.apply(beating.paging.worker, [beating.made()])
    assert (applied.unknown, applied.counted) == (1, 0)


# ── slugs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_ping_key_finds_the_heartbeats_of_its_own_organization(world: World) -> None:
    ours, theirs = Beating(world, slug="backup"), Beating(World(world.database, "Other"), slug="backup")
    ours.take(by_slug(ping_key(world), "backup", ours.now))
    assert (ours.status, theirs.status) == ("up", "unknown")
    assert len(kept(world, theirs.monitor_id)) == 0


def test_a_slug_that_no_heartbeat_has_is_shown_with_its_key(world: World) -> None:
    beating = Beating(world, slug="backup")
    key = ping_key(world)
    applied = pings.apply(beating.paging.worker, [by_slug(key, "bakcup", beating.now, create=True)])
    assert (applied.unknown, applied.made) == (1, 0)
    assert world.database.rows("select unknown_slug, unknown_slug_at = last_used_at from ping_key") == [
        ("bakcup", True)
    ]


def test_a_ping_makes_a_heartbeat_where_its_key_may(world: World) -> None:
    beating = Beating(world)
    key = ping_key(world, service_id=world.service_id)
    first, second = (by_slug(key, "nightly", beating.now, create=True) for _ in range(2))
    applied = pings.apply(beating.paging.worker, [first, second])
    assert (applied.made, applied.counted) == (1, 2)
    assert pings.apply(beating.paging.worker, [by_slug(key, "nightly", beating.now, create=True)]).made == 0
    rows = world.database.rows(
        "select m.name, m.service_id, m.spec->>'interval_seconds', m.spec->>'grace_seconds', h.status, h.ping_count"
        " from monitor m join heartbeat h on h.monitor_id = m.id where h.slug = 'nightly'"
    )
    assert rows == [("nightly", world.service_id, "86400", "3600", "up", 3)]
    assert world.database.rows("select action from audit_entry") == [("monitor.created",)]


def test_two_at_once_make_one_heartbeat(world: World) -> None:
    beating = Beating(world)
    key = ping_key(world, service_id=world.service_id)
    told = [by_slug(key, "nightly", beating.now, create=True) for _ in range(4)]

    worker = world.database.enter("worker")
    at_once([worker], [lambda ping=ping: pings.apply(worker, [ping]) for ping in told])
    pings.apply(worker, told)  # the queue brings again what has lost the race
    assert world.database.rows("select slug, ping_count from heartbeat where slug is not null") == [("nightly", 4)]


def test_a_name_that_is_taken_is_no_obstacle(world: World) -> None:
    beating = Beating(world)
    with world.database.admin() as conn:
        conn.execute("update monitor set name = 'nightly'")
    key = ping_key(world, service_id=world.service_id)
    pings.apply(beating.paging.worker, [by_slug(key, "nightly", beating.now, create=True)])
    assert world.database.rows(
        "select m.name from monitor m join heartbeat h on h.monitor_id = m.id where h.slug = 'nightly'"
    ) == [("nightly (heartbeat)",)]
    with world.database.admin() as conn:
        conn.execute("update heartbeat set slug = null")
    pings.apply(beating.paging.worker, [by_slug(key, "nightly", beating.now, create=True)])
    assert world.database.rows(
        "select m.name from monitor m join heartbeat h on h.monitor_id = m.id where h.slug = 'nightly'"
    ) == [("nightly (heartbeat 2)",)]


# ── what breaks ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_after_an_outage_nobody_is_paged_for_pings_that_were_in_time(beating: Beating, world: World) -> None:
    """Ten minutes in which nothing inside ran; the ping came in the middle, and is read last of all."""
    beating.tell()
    beating.advance(minutes=58)
    beating.mark()
    in_time = beating.made(at=beating.now + timedelta(minutes=2))
    beating.advance(minutes=10)
    assert beating.sweep() == []
    beating.mark()
    assert beating.sweep() == []
    assert beating.take(in_time) == []
    beating.advance(minutes=4)
    beating.mark()
    assert beating.sweep() == []
    assert beating.status == "up"
    assert world.database.rows("select count(*) from incident") == [(0,)]


def test_after_an_outage_what_was_really_missed_is_told_in_the_end(beating: Beating, world: World) -> None:
    beating.tell()
    beating.advance(minutes=60)
    beating.mark()
    beating.advance(minutes=10)
    paged: list[list[str | None]] = []
    for _ in range(13):
        beating.advance(seconds=15)
        beating.mark()
        paged.append(beating.sweep())
    assert paged == [*[[]] * 12, [world.alice.email]]


def test_a_second_stretch_without_marks_does_not_end_the_wait_for_the_first(beating: Beating, world: World) -> None:
    beating.tell()
    beating.advance(minutes=64)
    beating.mark()
    beating.advance(minutes=3)
    beating.mark()
    beating.advance(seconds=50)
    beating.mark()
    assert beating.sweep() == []
    paged: list[list[str | None]] = []
    for _ in range(12):
        beating.advance(seconds=15)
        beating.mark()
        paged.append(beating.sweep())
    assert paged == [*[[]] * 11, [world.alice.email]]


def test_while_results_are_behind_nobody_is_taken_for_missed_until_a_quarter_of_an_hour(
    beating: Beating, world: World
) -> None:
    beating.tell()
    beating.advance(minutes=64)
    beating.mark()
    beating.advance(minutes=15, seconds=30)
    assert beating.sweep() == []
    beating.advance(minutes=1)
    assert beating.sweep() == [world.alice.email]


def test_a_mark_never_goes_back(beating: Beating) -> None:
    now = beating.now
    for marks in ([now], [now - timedelta(minutes=5)], []):
        pings.mark(beating.paging.worker, marks)
    with beating.paging.worker.many(()) as tx:
        assert heartbeats.results_through(tx) == now


def test_a_ping_and_the_sweep_at_once_agree(beating: Beating, world: World) -> None:
    beating.tell()
    beating.advance(minutes=65)
    ping, worker = beating.made(), beating.paging.worker
    found = [(world.org_id, beating.monitor_id)]
    calls: list[Callable[[], object]] = [
        lambda: pings.apply(worker, [ping]),
        lambda: heartbeat_states.expire(worker, found),
    ]
    assert not [answer for answer in at_once([worker], calls) if isinstance(answer, Exception)]
    assert beating.status == "up"
    assert beating.late_at == ping.received_at + timedelta(minutes=65)
    assert world.database.rows("select count(*) from incident where status <> 'resolved'") == [(0,)]


def test_hundreds_in_one_message(world: World) -> None:
    many = [Beating(world) for _ in range(20)]
    told = [b.made("success", ping_id=new_id()) for b in many for _ in range(10)]
    assert pings.apply(many[0].paging.worker, told).counted == 200
    assert {b.status for b in many} == {"up"}
