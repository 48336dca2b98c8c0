"""process: batches of requests as SQS brings them, good ones, poison ones, and when something is down."""

from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest

from functions.process.handler import handler as process
from functions.sweep.handler import handler as sweep
from tests.support.inside import SCHEDULED, Inside, failures, inside, sqs_event
from tests.support.world import MAC_KEYS, StepSpec, World
from tocsin.contracts.delivery import DeliveryMessage
from tocsin.contracts.edge import PublishRequest
from tocsin.contracts.wakeup import WakeUp
from tocsin.platform.tokens import Purpose, issue

MALFORMED = [
    "",
    "not json",
    "null",
    "[]",
    "{}",
    '{"request_id": 1}',
    '{"events": []',
    "[" * 5000,
    '{"events": ' + "[" * 3000 + "]" * 3000 + "}",
    "\x00",
]


@pytest.fixture
def surroundings(world: World, monkeypatch: pytest.MonkeyPatch) -> Generator[Inside]:
    with inside(world.database, monkeypatch) as found:
        yield found


def test_pages_and_wake_ups_leave_as_their_contracts_say(surroundings: Inside, world: World) -> None:
    world.policy([StepSpec([world.alice.target]), StepSpec([world.bob.target], timedelta(minutes=10))])
    assert failures(process(sqs_event(world.request(), world.request(world.event(dedup_key="k2"))), None)) == []

    sent = surroundings.sent("deliveries")
    pages = [DeliveryMessage.model_validate_json(s.body) for s in sent]
    assert [(p.address, p.incident.title) for p in pages] == [(world.alice.email, "disk full")] * 2
    assert {(s.delay, s.group) for s in sent} == {(0, str(world.org_id))}
    wake_ups = surroundings.sent("escalations")
    assert {(s.delay, s.group) for s in wake_ups} == {(600, str(world.org_id))}
    assert {(w.generation, w.round, w.position) for w in (WakeUp.model_validate_json(s.body) for s in wake_ups)} == {
        (0, 0, 1)
    }
    assert surroundings.sent("publications") == []


def test_a_wait_beyond_a_queues_reach_sends_no_wake_up(surroundings: Inside, world: World) -> None:
    process(sqs_event(world.request()), None)
    assert surroundings.sent("escalations") == []


@pytest.mark.usefixtures("surroundings")
@pytest.mark.parametrize("body", MALFORMED)
def test_what_is_not_a_request_is_kept_with_its_reason_and_fails_nobody_else(world: World, body: str) -> None:
    assert failures(process(sqs_event(world.request(), body, world.request()), None)) == []
    rows = world.database.rows("select queue, message_id, reason, body from rejected_message")
    assert rows == [("events", "m1", "malformed", body.replace("\x00", "\ufffd")[:4000])]
    assert world.database.rows("select event_count from alert") == [(2,)]
    process(sqs_event(world.request(), body), None)
    assert len(world.database.rows("select from rejected_message")) == 1


def test_what_postgres_can_never_hold_is_kept_apart_and_the_rest_is_done(surroundings: Inside, world: World) -> None:
    poison = world.request(world.event(summary="a\x00b"))
    far = world.request(world.event().model_copy(update={"index": 2**40}))
    good = [world.request() for _ in range(4)]
    event = sqs_event(good[0], poison, good[1], good[2], far, good[3])
    assert failures(process(event, None)) == []

    assert world.database.rows("select message_id, reason from rejected_message order by 1") == [
        ("m1", "unstorable"),
        ("m4", "unstorable"),
    ]
    assert world.database.rows("select event_count from alert") == [(4,)]
    assert len(surroundings.sent("deliveries")) == 1


def test_without_a_database_everything_comes_back_and_nothing_is_lost(
    surroundings: Inside, world: World, tmp_path: Path
) -> None:
    event = sqs_event(world.request(), "not json", world.request(world.event(dedup_key="k2")))
    surroundings.lose_the_database(tmp_path)
    assert sorted(failures(process(event, None))) == ["m0", "m1", "m2"]
    assert surroundings.given == []

    surroundings.find_the_database()
    assert failures(process(event, None)) == []
    assert world.database.rows("select count(*) from incident") == [(2,)]
    assert world.database.rows("select count(*) from rejected_message") == [(1,)]
    assert len(surroundings.sent("deliveries")) == 2


@pytest.mark.usefixtures("surroundings")
def test_a_connection_that_was_cut_costs_one_round_at_most(world: World) -> None:
    process(sqs_event(world.request()), None)
    world.database.rows(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'worker' and datname = %s",
        world.database.name,
    )
    event = sqs_event(world.request(), world.request())
    assert failures(process(event, None)) in ([], ["m0", "m1"])
    assert failures(process(event, None)) == []
    assert world.database.rows("select event_count from alert") == [(3,)]


def test_without_queues_the_message_is_done_and_the_sweep_sends_its_page(surroundings: Inside, world: World) -> None:
    world.policy([StepSpec([world.alice.target]), StepSpec([world.bob.target], timedelta(minutes=30))])
    surroundings.lose_the_queues()
    assert failures(process(sqs_event(world.request()), None)) == []
    assert world.database.rows("select state from notification") == [("queued",)]
    assert surroundings.sent("deliveries") == []

    surroundings.find_the_queues()
    world.database.advance(timedelta(seconds=21))
    sweep(SCHEDULED, None)
    (page,) = surroundings.messages("deliveries", DeliveryMessage)
    assert page.address == world.alice.email


def test_a_message_that_comes_again_sends_nothing_again(surroundings: Inside, world: World) -> None:
    event = sqs_event(world.request())
    process(event, None)
    assert len(surroundings.sent("deliveries")) == 1
    process(event, None)
    assert surroundings.sent("deliveries") == []


def test_a_key_that_is_refused_asks_for_the_edge_state(surroundings: Inside, world: World) -> None:
    world.database.rows("update routing_key set revoked_at = now() - interval '1 s' returning id")
    assert failures(process(sqs_event(world.request(), world.request()), None)) == []
    assert surroundings.messages("publications", PublishRequest) == [PublishRequest(document="edge_state")]
    assert surroundings.sent("deliveries") == []


def test_a_key_of_nobody_is_kept_with_its_reason(surroundings: Inside, world: World) -> None:
    stranger = world.request(key=issue(Purpose.ROUTING, MAC_KEYS))
    assert failures(process(sqs_event(stranger, world.request()), None)) == []
    assert world.database.rows("select reason, message_id from rejected_message") == [
        ("unknown_key", str(stranger.request_id))
    ]
    assert len(surroundings.sent("deliveries")) == 1


def test_a_batch_of_many_pages_is_sent_in_batches_of_ten(surroundings: Inside, world: World) -> None:
    messages = [world.request(*[world.event(dedup_key=f"{n}-{i}", index=i) for i in range(5)]) for n in range(5)]
    assert failures(process(sqs_event(*messages), None)) == []
    pages = surroundings.messages("deliveries", DeliveryMessage)
    assert len({page.notification_id for page in pages}) == len(pages) == 25
