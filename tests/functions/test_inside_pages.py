"""escalate, claim, record, sweep and publish behind Lambda's events."""

import json
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from functions.claim.handler import handler as claim
from functions.escalate.handler import handler as escalate
from functions.process.handler import handler as process
from functions.publish.handler import handler as publish
from functions.record.handler import handler as record
from functions.sweep.handler import handler as sweep
from tests.support.inside import BUCKET, SCHEDULED, Inside, failures, inside, sqs_event
from tests.support.world import MAC_KEYS, StepSpec, World
from tocsin.contracts.delivery import (
    ClaimItem,
    ClaimReply,
    ClaimRequest,
    DeliveryMessage,
    OutcomeMessage,
    Result,
    Verdict,
)
from tocsin.contracts.edge import EDGE_STATE_KEY, EdgeState, PublishRequest
from tocsin.contracts.wakeup import WakeUp
from tocsin.errors import DatabaseUnavailable
from tocsin.platform.tokens import Purpose, digest, issue


@pytest.fixture
def surroundings(world: World, monkeypatch: pytest.MonkeyPatch) -> Generator[Inside]:
    world.policy([StepSpec([world.alice.target]), StepSpec([world.bob.target], timedelta(minutes=10))])
    with inside(world.database, monkeypatch) as found:
        yield found


def opened(surroundings: Inside, world: World) -> tuple[DeliveryMessage, WakeUp]:
    """A fresh incident's page and wake-up, as they left."""
    process(sqs_event(world.request(world.event(dedup_key=uuid4().hex))), None)
    (page,) = surroundings.messages("deliveries", DeliveryMessage)
    (wake_up,) = surroundings.messages("escalations", WakeUp)
    return page, wake_up


def asked(*pages: DeliveryMessage) -> dict[str, Any]:
    items = [ClaimItem(org_id=p.org_id, notification_id=p.notification_id) for p in pages]
    return ClaimRequest(claims=items).model_dump(mode="json")


def claimed(page: DeliveryMessage) -> UUID | None:
    (answer,) = ClaimReply.model_validate(claim(asked(page), None)).answers
    return answer.attempt_id


def outcome(world: World, page: DeliveryMessage, result: Result, **more: object) -> OutcomeMessage:
    return OutcomeMessage(org_id=page.org_id, notification_id=page.notification_id, result=result, at=world.now, **more)


def test_a_wake_up_pages_the_next_step_and_sends_the_one_after(surroundings: Inside, world: World) -> None:
    _, wake_up = opened(surroundings, world)
    world.database.advance(timedelta(minutes=10))
    assert failures(escalate(sqs_event(wake_up), None)) == []

    (page,) = surroundings.messages("deliveries", DeliveryMessage)
    assert page.address == world.bob.email
    (following,) = surroundings.sent("escalations")
    assert following.delay == 300
    assert WakeUp.model_validate_json(following.body).round == 1


def test_an_early_wake_up_is_sent_again_with_the_remainder_rounded_up(surroundings: Inside, world: World) -> None:
    _, wake_up = opened(surroundings, world)
    world.database.advance(timedelta(minutes=4))
    assert failures(escalate(sqs_event(wake_up), None)) == []
    (again,) = surroundings.sent("escalations")
    assert 300 < again.delay <= 360
    assert surroundings.sent("deliveries") == []


@pytest.mark.parametrize(
    "changes", [{"generation": 7}, {"round": 1}, {"position": 0}, {"escalation_id": uuid4()}, {"org_id": uuid4()}]
)
def test_a_wake_up_that_names_something_else_does_nothing(
    surroundings: Inside, world: World, changes: dict[str, Any]
) -> None:
    _, wake_up = opened(surroundings, world)
    world.database.advance(timedelta(minutes=10))
    assert failures(escalate(sqs_event(wake_up.model_copy(update=changes)), None)) == []
    assert surroundings.given == []


@pytest.mark.parametrize(
    ("handler", "queue"), [(escalate, "escalations"), (record, "outcomes"), (publish, "publications")]
)
def test_poison_is_kept_by_every_function_and_comes_back_without_a_database(
    surroundings: Inside, world: World, tmp_path: Path, handler: Any, queue: str
) -> None:
    event = sqs_event("{", '{"document": 5, "org_id": 1}', queue=queue)
    surroundings.lose_the_database(tmp_path)
    assert failures(handler(event, None)) == ["m0", "m1"]
    surroundings.find_the_database()
    assert failures(handler(event, None)) == []
    assert world.database.rows("select queue, message_id, reason from rejected_message order by 2") == [
        (queue, "m0", "malformed"),
        (queue, "m1", "malformed"),
    ]


def test_without_a_database_wake_ups_and_outcomes_come_back(surroundings: Inside, world: World, tmp_path: Path) -> None:
    page, wake_up = opened(surroundings, world)
    delivered = outcome(world, page, Result.DELIVERED)
    surroundings.lose_the_database(tmp_path)
    assert failures(escalate(sqs_event(wake_up, wake_up), None)) == ["m0", "m1"]
    assert failures(record(sqs_event(delivered), None)) == ["m0"]
    assert failures(publish(sqs_event(PublishRequest()), None)) == ["m0"]
    with pytest.raises(DatabaseUnavailable):
        claim(asked(page), None)
    with pytest.raises(DatabaseUnavailable):
        sweep({"Records": []}, None)


def test_a_claim_answers_in_order_and_as_json(surroundings: Inside, world: World) -> None:
    first, _ = opened(surroundings, world)
    second, _ = opened(surroundings, world)
    stranger = first.model_copy(update={"notification_id": uuid4()})
    raw = claim(asked(first, stranger, second, first), None)
    answers = ClaimReply.model_validate_json(json.dumps(raw)).answers

    assert [a.notification_id for a in answers] == [
        first.notification_id,
        stranger.notification_id,
        second.notification_id,
        first.notification_id,
    ]
    assert [a.verdict for a in answers] == [Verdict.GO, Verdict.STOP, Verdict.GO, Verdict.STOP]
    assert answers[0].link_token is not None
    assert answers[0].link_token != answers[2].link_token
    assert "null" not in json.dumps(raw)


def test_a_claim_of_another_organizations_page_is_a_stop(surroundings: Inside, world: World) -> None:
    page, _ = opened(surroundings, world)
    other = World(world.database, name="Other")
    assert claimed(page.model_copy(update={"org_id": other.org_id})) is None
    assert claimed(page) is not None


def test_a_temporary_failure_is_tried_again_after_its_delay(surroundings: Inside, world: World) -> None:
    page, _ = opened(surroundings, world)
    failed = outcome(world, page, Result.TEMPORARY, attempt_id=claimed(page), retry_after_seconds=120)
    assert failures(record(sqs_event(failed), None)) == []
    (again,) = surroundings.sent("deliveries")
    assert again.delay == 120
    assert DeliveryMessage.model_validate_json(again.body) == page


def test_a_permanent_failure_pages_the_next_step_now(surroundings: Inside, world: World) -> None:
    page, _ = opened(surroundings, world)
    failed = outcome(world, page, Result.PERMANENT, attempt_id=claimed(page), reason="rejected_address")
    assert failures(record(sqs_event(failed, failed), None)) == []
    (following,) = surroundings.messages("deliveries", DeliveryMessage)
    assert following.address == world.bob.email
    assert [s.delay for s in surroundings.sent("escalations")] == [300]


def test_an_outcome_of_a_page_that_is_not_there_is_done_with(surroundings: Inside, world: World) -> None:
    page, _ = opened(surroundings, world)
    stranger = page.model_copy(update={"notification_id": uuid4()})
    assert failures(record(sqs_event(outcome(world, stranger, Result.DELIVERED)), None)) == []


def test_the_schedule_sweeps_and_sends_its_echoes(surroundings: Inside, world: World) -> None:
    opened(surroundings, world)
    world.database.advance(timedelta(minutes=10, seconds=4))
    assert sweep(SCHEDULED, None) == {"batchItemFailures": []}

    assert [(s.body, s.delay) for s in surroundings.sent("sweeps")] == [("{}", 15), ("{}", 30), ("{}", 45)]
    assert world.bob.email in {p.address for p in surroundings.messages("deliveries", DeliveryMessage)}
    ((counts,),) = world.database.rows("select counts from sweep_run")
    assert (counts["overdue"], counts["resent"]) == (1, 1)


def test_an_echo_sweeps_and_sends_none(surroundings: Inside, world: World) -> None:
    assert sweep(sqs_event("{}", queue="sweeps"), None) == {"batchItemFailures": []}
    assert surroundings.given == []
    assert world.database.rows("select count(*) from sweep_run") == [(1,)]


def test_the_sweep_takes_a_step_even_when_it_cannot_say_so(surroundings: Inside, world: World) -> None:
    opened(surroundings, world)
    world.database.advance(timedelta(minutes=10, seconds=4))
    surroundings.lose_the_queues()
    sweep(sqs_event("{}", queue="sweeps"), None)
    assert world.database.rows("select count(*) from notification where state = 'queued'") == [(2,)]
    sweep(SCHEDULED, None)

    surroundings.find_the_queues()
    world.database.advance(timedelta(seconds=21))
    sweep(SCHEDULED, None)
    pages = surroundings.messages("deliveries", DeliveryMessage)
    assert {p.address for p in pages} == {world.alice.email, world.bob.email}


def test_publish_writes_what_the_edge_must_refuse(surroundings: Inside, world: World) -> None:
    keys = {name: issue(Purpose.ROUTING, MAC_KEYS) for name in ("revoked", "expired", "expiring", "busy", "calm")}
    for key in keys.values():
        world.add_key(key)
    hashes = {name: digest(key) for name, key in keys.items()}
    world.database.advance(timedelta(seconds=61 - world.now.second))
    use = "insert into routing_key_usage select org_id, id, date_trunc('minute', app.clock() - %s), s, 3000"
    of = " from routing_key, generate_series(0, 1) s where key_hash = %s returning 1"
    world.database.rows(use + of, timedelta(0), hashes["busy"])
    world.database.rows(use + of, timedelta(minutes=1), hashes["calm"])
    end = "update routing_key set revoked_at = %s, expires_at = %s where key_hash = %s returning id"
    world.database.rows(end, world.now, None, hashes["revoked"])
    world.database.rows(end, None, world.now, hashes["expired"])
    world.database.rows(end, None, world.now + timedelta(hours=1), hashes["expiring"])
    assert failures(publish(sqs_event(PublishRequest(), "{}", queue="publications"), None)) == []

    raw = surroundings.edge_state()
    state = EdgeState.model_validate(raw)
    assert state.revoked == sorted(hashes[name].hex() for name in ("revoked", "expired"))
    assert set(state.over_budget) == {hashes["busy"].hex()}
    (until,) = state.over_budget.values()
    assert state.written_at < until <= state.written_at + timedelta(minutes=1)
    assert (until.second, until.microsecond) == (0, 0)


def test_an_older_edge_state_is_never_written_over_a_newer_one(surroundings: Inside, world: World) -> None:
    newer = EdgeState(written_at=world.now + timedelta(minutes=5), revoked_certificates=["ab"]).to_json()
    surroundings.s3.put_object(Bucket=BUCKET, Key=EDGE_STATE_KEY, Body=newer, ContentType="application/json")
    assert failures(publish(sqs_event(PublishRequest()), None)) == []
    assert surroundings.edge_state()["revoked_certificates"] == ["ab"]
    world.database.advance(timedelta(minutes=6))
    assert failures(publish(sqs_event(PublishRequest()), None)) == []
    assert surroundings.edge_state()["revoked_certificates"] == []
    before = surroundings.edge_state()
    world.database.advance(timedelta(minutes=6))
    publish(sqs_event(PublishRequest()), None)
    assert surroundings.edge_state() == before, "what has not changed is not written again"


def test_an_edge_that_cannot_be_written_is_tried_again(surroundings: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDGE_BUCKET", "no-such-bucket")
    assert failures(publish(sqs_event(PublishRequest()), None)) == ["m0"]
    monkeypatch.setenv("EDGE_BUCKET", "tocsin-edge")
    assert failures(publish(sqs_event(PublishRequest()), None)) == []
    assert surroundings.edge_state()["revoked"] == []
