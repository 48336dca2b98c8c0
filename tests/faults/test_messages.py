"""Messages that are lost, come three times, or come from another version or another clock."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from tests.faults.conftest import Fated
from tests.support.doomed import Point, Trap, at
from tests.support.mesh import Mesh, crash
from tests.support.threads import until_waiting
from tests.support.world import StepSpec, World

MINUTE = timedelta(minutes=1)


def second_step(world: World, *afters: timedelta) -> None:
    """Alice, then Bob each time, so long after the one before."""
    following = [StepSpec([world.bob.target], after) for after in afters]
    world.policy([StepSpec([world.alice.target]), *following], round_delay=timedelta(hours=1))


# ── lost ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.fault("wake-up message lost")
@pytest.mark.parametrize("lost", ["sent by process", "refused by the queue"])
def test_a_wake_up_is_lost(mesh: Mesh, fate: Fated, lost: str) -> None:
    second_step(mesh.world, timedelta(seconds=20))
    mesh.trigger("a", "b")
    if lost == "refused by the queue":
        mesh.step("events", point=Point("process", "sending wake-ups", "escalations"), action="refuse")
    else:
        mesh.step("events")
        assert mesh.drop("escalations") == ["escalations"]
    mesh.drain("deliveries", "outcomes")
    mesh.world.database.advance(timedelta(seconds=20))
    mesh.sweep()
    mesh.drain("deliveries")
    assert [r.path for r in mesh.receiver.requests] == ["/Alice"] * 2 + ["/Bob"] * 2, "one sweep makes it good"
    mesh.settle()

    fate(lost, due=4)


@pytest.mark.fault("wake-up message lost")
def test_the_next_wake_up_is_lost(mesh: Mesh, fate: Fated) -> None:
    second_step(mesh.world, timedelta(seconds=1), timedelta(seconds=20))
    mesh.trigger("a")
    mesh.drain("events", "deliveries", "outcomes")
    mesh.world.database.advance(timedelta(seconds=1))
    mesh.wait_for("escalations")
    assert mesh.step("escalations")
    assert mesh.drop("escalations") == ["escalations"]
    mesh.settle()

    fate("sent by escalate", due=3)


@pytest.mark.fault("wake-up message lost")
def test_a_wake_up_that_the_sweep_armed_is_lost(mesh: Mesh, fate: Fated) -> None:
    second_step(mesh.world, timedelta(minutes=16))
    mesh.trigger("a")
    mesh.drain("events", "deliveries", "outcomes")
    assert mesh.drop("escalations") == []
    mesh.world.database.advance(MINUTE)
    mesh.sweep()
    assert mesh.drop("escalations") == ["escalations"]
    mesh.world.database.advance(15 * MINUTE)
    mesh.settle()

    fate("armed by the sweep", due=2)


@pytest.mark.fault("outcome lost")
@pytest.mark.parametrize("lost", ["refused by the queue", "dropped by the queue"])
def test_outcomes_are_lost(mesh: Mesh, fate: Fated, lost: str) -> None:
    mesh.trigger("a", "b", "c")
    mesh.drain("events")
    if lost == "refused by the queue":
        mesh.step("deliveries", point=Point("notify", "telling the outcomes", "outcomes"), action="refuse")
    else:
        mesh.step("deliveries")
        assert mesh.drop("outcomes") == ["outcomes"]
    mesh.settle()

    fate(lost, due=3, uncertain=3, repeated=3)


# ── three times ──────────────────────────────────────────────────────────────────────────────────────────────────────


def in_one_batch(mesh: Mesh, record: dict[str, Any]) -> None:
    copies = [{**record, "messageId": f"{record['messageId']}-{n}"} for n in range(3)]
    assert mesh.run("escalate", {"Records": copies}) == {"batchItemFailures": []}


def one_after_the_other(mesh: Mesh, record: dict[str, Any]) -> None:
    for _ in range(3):
        assert mesh.run("escalate", {"Records": [record]}) == {"batchItemFailures": []}


def at_the_same_time(mesh: Mesh, record: dict[str, Any]) -> None:
    """The first is held before its commit until the other two wait for it."""
    with ThreadPoolExecutor(2) as pool:
        others: list[Any] = []

        def start_others() -> None:
            others.extend(pool.submit(mesh.run, "escalate", {"Records": [record]}) for _ in range(2))
            until_waiting(mesh.world.database, 2)

        trap = Trap(at("escalate: before the commit"), "wait")
        answers = [mesh.run("escalate", {"Records": [record]}, trap, start_others)]
        answers += [other.result() for other in others]
    assert answers == [{"batchItemFailures": []}] * 3


@pytest.mark.fault("wake-up delivered three times")
@pytest.mark.parametrize(
    ("how", "deliver"),
    [
        ("in one batch", in_one_batch),
        ("one after the other", one_after_the_other),
        ("at the same time", at_the_same_time),
    ],
)
def test_a_wake_up_comes_three_times(
    mesh: Mesh, fate: Fated, how: str, deliver: Callable[[Mesh, dict[str, Any]], None]
) -> None:
    second_step(mesh.world, timedelta(seconds=1), timedelta(minutes=10))
    mesh.trigger("a")
    mesh.drain("events", "deliveries", "outcomes")
    mesh.world.database.advance(timedelta(seconds=1))
    mesh.wait_for("escalations")
    (record,) = mesh.receive("escalations")
    deliver(mesh, record)
    mesh.finish("escalations", [record], {"batchItemFailures": []})
    mesh.settle()

    fate(how, due=2)


@pytest.mark.fault("queue redelivers everything")
@pytest.mark.parametrize("queue", ["events", "deliveries", "outcomes", "escalations"])
def test_a_queue_delivers_everything_again(mesh: Mesh, fate: Fated, queue: str) -> None:
    second_step(mesh.world, timedelta(seconds=1))
    mesh.trigger("a", "b", "c")
    for earlier in ("events", "deliveries", "outcomes"):
        if earlier == queue:
            break
        mesh.drain(earlier)
    if queue == "escalations":
        mesh.world.database.advance(timedelta(seconds=1))
        mesh.wait_for(queue)
    records = mesh.receive(queue)
    assert len(records) == 3
    functions = {"events": "process", "deliveries": "notify", "outcomes": "record", "escalations": "escalate"}
    for _ in range(3):
        assert mesh.run(functions[queue], {"Records": records}) == {"batchItemFailures": []}
    mesh.finish(queue, records, {"batchItemFailures": []})
    mesh.settle()
    mesh.put(queue, [record["body"] for record in records])
    mesh.settle()

    fate(queue, due=6)


@pytest.mark.fault("queue redelivers everything")
def test_a_page_comes_twice_in_a_batch_while_claim_is_away(mesh: Mesh, fate: Fated) -> None:
    mesh.trigger("a", "b")
    mesh.drain("events")
    crash(mesh.world.database.server)
    records = mesh.receive("deliveries", seen_ago=timedelta(seconds=61))
    copies = [{**record, "messageId": f"{record['messageId']}-again"} for record in records]
    answer = mesh.run("notify", {"Records": [*records, *copies]})
    assert answer == {"batchItemFailures": []}
    mesh.finish("deliveries", records, answer)
    mesh.world.database.server.start()
    mesh.settle()

    fate("deliveries twice in a batch, claim away", due=2, unclaimed=2)


# ── from another clock, another version ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.fault("clock skew of 2 minutes between functions")
@pytest.mark.parametrize("minutes", [-2, 2])
def test_the_gateways_clock_is_off(mesh: Mesh, fate: Fated, minutes: int) -> None:
    world = mesh.world
    for key in ("a", "b"):
        mesh.put("events", [world.request(world.event(dedup_key=key), at=world.now + minutes * MINUTE).to_json()])
    mesh.accepted += 2
    mesh.settle()

    assert world.database.rows("select bool_or(late) from incident") == [(False,)]
    fate(f"ingest {minutes:+d} minutes", due=2)


@pytest.mark.fault("clock skew of 2 minutes between functions")
@pytest.mark.parametrize(("minutes", "unclaimed"), [(-2, 0), (2, 1)])
def test_notifys_clock_is_off_while_claim_is_away(mesh: Mesh, fate: Fated, minutes: int, unclaimed: int) -> None:
    mesh.environment = {**mesh.environment, "TEST_SKEW_SECONDS": str(60 * minutes)}
    mesh.trigger("a")
    mesh.drain("events")
    crash(mesh.world.database.server)
    mesh.step("deliveries", seen_ago=timedelta(seconds=30))
    mesh.world.database.server.start()
    mesh.settle()

    fate(f"notify {minutes:+d} minutes", due=1, unclaimed=unclaimed)


OPTIONAL = {
    "events": ["severity", "payload", "source"],
    "deliveries": ["source", "late", "recipient_name"],
    "claim": ["reason", "attempt", "link_token"],
    "outcomes": ["detail", "provider_id"],
}
"""What a version that knew less would leave out of each message."""


def newer(message: Any) -> Any:
    """The same from a version that says more, at every level."""
    if isinstance(message, dict):
        return {**{name: newer(value) for name, value in message.items()}, "from_a_later_version": {"any": ["thing"]}}
    return [newer(item) for item in message] if isinstance(message, list) else message


def older(message: Any, without: list[str]) -> Any:
    """The same from a version that says less."""
    if isinstance(message, dict):
        return {name: older(value, without) for name, value in message.items() if name not in without}
    return [older(item, without) for item in message] if isinstance(message, list) else message


@pytest.mark.fault("old and new version side by side")
@pytest.mark.parametrize(
    ("age", "message"),
    [(age, m) for age in ("newer", "older") for m in (*OPTIONAL, "escalations") if age == "newer" or m in OPTIONAL],
)
def test_the_sender_is_of_another_version(mesh: Mesh, fate: Fated, age: str, message: str) -> None:
    second_step(mesh.world, timedelta(seconds=1))
    changed: list[bool] = []

    def rewrite(queue: str, body: dict[str, Any]) -> dict[str, Any]:
        if queue != message:
            return body
        written = newer(body) if age == "newer" else older(body, OPTIONAL[queue])
        changed.append(written != body)
        return written

    mesh.rewrite = rewrite
    mesh.trigger("a", "b")
    mesh.drain("events", "deliveries", "outcomes")
    mesh.world.database.advance(timedelta(seconds=1))
    mesh.wait_for("escalations")
    mesh.settle()

    assert any(changed)
    fate(f"{age} {message}", due=4)
