"""Outcomes are applied once and in sense, however often, together or late they come."""

from uuid import UUID

import pytest

from tests.support.world import StepSpec, World
from tocsin.contracts.delivery import ClaimAnswer, ClaimItem, DeliveryMessage, OutcomeMessage, Result, Verdict
from tocsin.domain.notification import CLAIM_SILENCE
from tocsin_data.services import claiming, recording, sweeping
from tocsin_data.services.processing import process
from tocsin_data.services.recording import Recorded


class Sent:
    """One page on its way, and what becomes of it."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.policy([StepSpec([world.alice.target])])
        self.worker = world.database.enter("worker")
        done = process(self.worker, [world.request()], key_budget_per_minute=6000)
        ((self.page, _),) = done.leaving.deliveries
        self.again: list[DeliveryMessage] = []

    def claim(self) -> ClaimAnswer:
        item = ClaimItem(org_id=self.page.org_id, notification_id=self.page.notification_id)
        (answer,) = claiming.claim(self.worker, [item])
        return answer

    def outcome(self, result: Result, attempt_id: UUID | None = None, **more: object) -> OutcomeMessage:
        return OutcomeMessage(
            org_id=self.page.org_id,
            notification_id=self.page.notification_id,
            attempt_id=attempt_id,
            unclaimed=attempt_id is None,
            result=result,
            at=self.world.now,
            **more,
        )

    def record(self, *outcomes: OutcomeMessage) -> Recorded:
        recorded = recording.record(self.worker, outcomes)
        self.again.extend(page for page, _ in recorded.leaving.deliveries)
        return recorded

    def sweep(self) -> None:
        sweeping.sweep(self.worker, lambda leaving: self.again.extend(page for page, _ in leaving.deliveries))

    def state(self) -> tuple:
        (row,) = self.world.database.rows("select state, attempts, reason from notification")
        return row

    def attempts(self) -> list[tuple]:
        return self.world.database.rows("select number, state, unclaimed from notification_attempt order by number")


@pytest.fixture
def sent(world: World) -> Sent:
    return Sent(world)


@pytest.mark.parametrize("result", Result)
def test_an_unclaimed_outcome_that_comes_again_changes_nothing(sent: Sent, result: Result) -> None:
    outcome = sent.outcome(result)
    sent.record(outcome)
    before = (sent.state(), sent.attempts(), len(sent.again), told(sent))
    sent.record(outcome, outcome)
    sent.record(outcome)
    assert (sent.state(), sent.attempts(), len(sent.again), told(sent)) == before
    assert len(sent.attempts()) == 1


def test_two_unclaimed_sends_are_two_attempts(sent: Sent) -> None:
    first = sent.outcome(Result.TEMPORARY)
    sent.record(first)
    sent.record(sent.outcome(Result.DELIVERED).model_copy(update={"at": first.at + CLAIM_SILENCE}))
    assert sent.attempts() == [(1, "temporary", True), (2, "delivered", True)]
    assert sent.state() == ("delivered", 2, None)


@pytest.mark.parametrize("delivered_first", [True, False])
@pytest.mark.parametrize("other", [Result.TEMPORARY, Result.PERMANENT])
def test_a_delivery_outweighs_a_failure_of_the_same_page_in_one_batch(
    sent: Sent, other: Result, *, delivered_first: bool
) -> None:
    first = sent.claim()
    sent.world.database.advance(CLAIM_SILENCE)
    sent.sweep()
    second = sent.claim()
    outcomes = [sent.outcome(Result.DELIVERED, second.attempt_id), sent.outcome(other, first.attempt_id)]
    sent.again.clear()
    sent.record(*(outcomes if delivered_first else outcomes[::-1]))
    assert sent.state()[0] == "delivered"
    assert sent.again == []


@pytest.mark.parametrize("result", [Result.TEMPORARY, Result.PERMANENT])
def test_a_late_failure_of_an_older_attempt_leaves_the_one_in_flight_alone(sent: Sent, result: Result) -> None:
    first = sent.claim()
    sent.world.database.advance(CLAIM_SILENCE)
    sent.sweep()
    second = sent.claim()
    assert (second.verdict, second.attempt) == (Verdict.GO, 2)
    sent.again.clear()
    sent.record(sent.outcome(result, first.attempt_id))

    assert sent.attempts() == [(1, result.value, False), (2, "claimed", False)]
    assert sent.state()[:2] == ("claimed", 2)
    assert sent.again == []
    sent.record(sent.outcome(Result.DELIVERED, second.attempt_id))
    assert sent.state()[:2] == ("delivered", 2)


def test_a_late_delivery_of_an_older_attempt_is_believed(sent: Sent) -> None:
    first = sent.claim()
    sent.world.database.advance(CLAIM_SILENCE)
    sent.sweep()
    sent.record(sent.outcome(Result.DELIVERED, first.attempt_id))
    assert sent.state()[0] == "delivered"
    assert sent.claim().verdict is Verdict.ALREADY_SENT


def test_a_wish_beyond_all_measure_gives_up(sent: Sent) -> None:
    answer = sent.claim()
    sent.record(sent.outcome(Result.TEMPORARY, answer.attempt_id, retry_after_seconds=10**18))
    assert sent.state() == ("failed", 1, "retry_after_too_long")


def test_what_a_provider_says_never_keeps_its_outcome_out(sent: Sent) -> None:
    answer, text = sent.claim(), "a\x00b"
    sent.record(sent.outcome(Result.DELIVERED, answer.attempt_id, detail=text, reason=text, provider_id=text))
    assert sent.state()[0] == "delivered"


def told(sent: Sent) -> int:
    return sent.world.database.rows("select count(*) from timeline_entry")[0][0]
