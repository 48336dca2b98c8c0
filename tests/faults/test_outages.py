"""What goes away and comes back: the database, the queues, providers. Nothing accepted is lost meanwhile."""

import json
from datetime import timedelta
from functools import partial

import pytest

from tests.faults.conftest import Fated
from tests.support.doomed import Trap, at
from tests.support.http_api import http_event
from tests.support.mesh import Mesh, crash, restart
from tests.support.receiver import NO_ANSWER
from tests.support.world import StepSpec

BURST = 100
HALF = 10
SIDES = ("before the commit", "after the commit")


def post(mesh: Mesh, *dedup_keys: str) -> None:
    """Send triggers in PagerDuty's format through ingest, which accepts every one of them."""
    headers = {"content-type": "application/json"}
    bodies = [
        {
            "routing_key": mesh.world.routing_key,
            "event_action": "trigger",
            "dedup_key": key,
            "payload": {"summary": f"{key} is down", "source": "test", "severity": "critical"},
        }
        for key in dedup_keys
    ]
    answers = mesh.run("ingest", [http_event("POST", "/v2/enqueue", json.dumps(body), headers) for body in bodies])
    assert {answer["statusCode"] for answer in answers} == {202}
    mesh.accepted += len(answers)


# ── the database ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.fault("database down for a minute during a burst")
def test_the_database_is_down_before_a_burst_is_handled(mesh: Mesh, fate: Fated) -> None:
    server = mesh.world.database.server
    crash(server)
    post(mesh, *[f"host-{n}" for n in range(BURST)])
    assert mesh.step("events")
    server.start()
    mesh.settle()

    fate("before the burst is handled", due=BURST)


@pytest.mark.fault("database down for a minute during a burst")
def test_the_database_goes_down_in_mid_burst(mesh: Mesh, fate: Fated) -> None:
    server = mesh.world.database.server
    post(mesh, *[f"host-{n}" for n in range(3 * HALF)])
    assert mesh.step("events")
    assert mesh.step("events", point=at("process: before the commit"), action="wait", meanwhile=partial(crash, server))
    post(mesh, *[f"rack-{n}" for n in range(HALF)])
    for queue in ("events", "deliveries"):
        assert mesh.step(queue)
    server.start()
    mesh.settle()

    fate("in mid-burst", due=4 * HALF)


@pytest.mark.fault("database down for a minute during a burst")
def test_the_database_is_down_when_pages_are_due_and_they_go_out_unclaimed(mesh: Mesh, fate: Fated) -> None:
    mesh.trigger("a", "b", "c")
    mesh.drain("events")
    crash(mesh.world.database.server)
    mesh.step("deliveries")
    assert mesh.receiver.requests == []
    mesh.step("deliveries", seen_ago=timedelta(seconds=61))
    assert len(mesh.receiver.requests) == 3
    mesh.world.database.server.start()
    mesh.settle()

    fate("when pages are due", due=3, unclaimed=3)


@pytest.mark.fault("database down for a minute during a burst")
@pytest.mark.parametrize(
    ("first", "uncertain"),
    [("when outcomes are to be recorded", 0), ("when outcomes are to be recorded, the sweep coming first", 3)],
)
def test_the_database_is_down_when_outcomes_are_to_be_recorded(
    mesh: Mesh, fate: Fated, first: str, uncertain: int
) -> None:
    mesh.trigger("a", "b", "c")
    mesh.drain("events", "deliveries")
    crash(mesh.world.database.server)
    assert mesh.step("outcomes")
    mesh.world.database.server.start()
    if uncertain:
        mesh.sweep()
    mesh.settle()

    fate(first, due=3, uncertain=uncertain, repeated=uncertain)


@pytest.mark.fault("database restarted in mid-transaction")
@pytest.mark.parametrize("side", SIDES)
def test_the_database_restarts_under_process(mesh: Mesh, fate: Fated, side: str) -> None:
    point, again = at(f"process: {side}"), partial(restart, mesh.world.database.server)
    mesh.trigger("a", "b")
    assert mesh.step("events", point=point, action="wait", meanwhile=again)
    committed = 2 if point.after else 0
    assert mesh.world.database.rows("select count(*) from incident") == [(committed,)]
    mesh.settle()

    fate(point, due=2)


@pytest.mark.fault("database restarted in mid-transaction")
@pytest.mark.parametrize("side", SIDES)
def test_the_database_restarts_under_escalate(mesh: Mesh, fate: Fated, side: str) -> None:
    world, point = mesh.world, at(f"escalate: {side}")
    world.policy(
        [StepSpec([world.alice.target]), StepSpec([world.bob.target], timedelta(seconds=1))],
        round_delay=timedelta(hours=1),
    )
    mesh.trigger("a")
    mesh.drain("events", "deliveries", "outcomes")
    world.database.advance(timedelta(seconds=1))
    mesh.wait_for("escalations")
    mesh.step("escalations", point=point, action="wait", meanwhile=partial(restart, world.database.server))
    mesh.settle()

    fate(point, due=2)


@pytest.mark.fault("database restarted in mid-transaction")
@pytest.mark.parametrize(("side", "uncertain"), [(SIDES[0], 0), (SIDES[1], 2)])
def test_the_database_restarts_under_claim(mesh: Mesh, fate: Fated, side: str, uncertain: int) -> None:
    mesh.trigger("a", "b")
    mesh.drain("events")
    mesh.claim_trap = Trap(at(f"claim: {side}"), "wait"), partial(restart, mesh.world.database.server)
    mesh.step("deliveries")
    mesh.settle()

    if mesh.world.database.server.pooler is not None:
        # its caller's connection outlives the restart, and with it the answer that is lost otherwise
        uncertain = 0
    fate(*mesh.reached, due=2, uncertain=uncertain)


@pytest.mark.fault("database restarted in mid-transaction")
@pytest.mark.parametrize("side", SIDES)
def test_the_database_restarts_under_record(mesh: Mesh, fate: Fated, side: str) -> None:
    point, again = at(f"record: {side}"), partial(restart, mesh.world.database.server)
    mesh.trigger("a", "b")
    mesh.drain("events", "deliveries")
    mesh.step("outcomes", point=point, action="wait", meanwhile=again)
    mesh.settle()

    fate(point, due=2)


# ── the queues ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.fault("emulator killed and restarted with its queues empty")
@pytest.mark.parametrize(
    ("what", "handled", "due", "uncertain"),
    [
        ("pages on their way", ["events"], 6, 0),
        ("outcomes on their way", ["events", "deliveries"], 6, 3),
        ("a wake-up on its way", ["events", "deliveries", "outcomes"], 6, 0),
    ],
)
def test_the_emulator_is_killed(
    mesh: Mesh, fate: Fated, what: str, handled: list[str], due: int, uncertain: int
) -> None:
    world = mesh.world
    world.policy(
        [StepSpec([world.alice.target]), StepSpec([world.bob.target], timedelta(seconds=20))],
        round_delay=timedelta(hours=1),
    )
    mesh.trigger("a", "b", "c")
    mesh.drain(*handled)
    mesh.emulator.kill()
    mesh.emulator.start()
    mesh.make_queues()
    assert not mesh.drop(*mesh.urls)
    mesh.settle()

    fate(what, due=due, uncertain=uncertain, repeated=uncertain)


# ── providers ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.fault("provider in trouble")
@pytest.mark.parametrize(("status", "point"), [(429, "429 with Retry-After"), (500, "500")])
def test_a_provider_says_to_come_again(mesh: Mesh, fate: Fated, status: int, point: str) -> None:
    mesh.receiver.answers = [(status, {"retry-after": "7"} if status == 429 else {})]
    mesh.trigger("a")
    mesh.drain("events", "deliveries", "outcomes")
    wait = "select extract(epoch from due_at - finished.ended_at)::int from notification, notification_attempt finished"
    assert mesh.world.database.rows(wait) == [(7 if status == 429 else 2,)]
    mesh.settle()

    fate(point, due=1)


@pytest.mark.fault("provider in trouble")
def test_a_provider_does_not_answer_in_time(mesh: Mesh, fate: Fated) -> None:
    mesh.environment = {**mesh.environment, "ATTEMPT_TIMEOUT_SECONDS": "0.5"}
    mesh.receiver.answers = [(NO_ANSWER, {})]
    mesh.trigger("a")
    mesh.settle()

    states = mesh.world.database.rows("select state, reason from notification_attempt order by number")
    assert states == [("temporary", "timeout"), ("delivered", None)]
    fate("times out", due=1, uncertain=1, repeated=1)


@pytest.mark.fault("provider in trouble")
@pytest.mark.parametrize(("status", "switched_off"), [(410, 1), (404, 0)])
def test_a_provider_refuses_for_good_and_the_next_step_is_taken(
    mesh: Mesh, fate: Fated, status: int, switched_off: int
) -> None:
    world = mesh.world
    world.policy(
        [StepSpec([world.alice.target]), StepSpec([world.bob.target], timedelta(minutes=30))],
        round_delay=timedelta(hours=1),
    )
    mesh.receiver.answers = [(status, {})]
    mesh.trigger("a")
    mesh.settle()

    assert [r.path for r in mesh.receiver.requests] == ["/Alice", "/Bob"]
    assert world.database.rows("select count(*) from contact_method where disabled_at is not null") == [(switched_off,)]
    fate(str(status), due=2, refused=1)
