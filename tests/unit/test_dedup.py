"""The order of a dedup key's events, against a model that sees all of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tocsin.domain.dedup import EventAction, KeyState, Outcome, Position, fold, judge
from tocsin.domain.incident import Status

START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
EMPTY = KeyState(None, None, None)
TRIGGER, ACKNOWLEDGE, RESOLVE = EventAction.TRIGGER, EventAction.ACKNOWLEDGE, EventAction.RESOLVE


@dataclass(frozen=True)
class Request:
    """What one request says of the key: it is applied as a whole, and once."""

    number: int
    at: int
    actions: tuple[EventAction, ...]

    @property
    def events(self) -> list[tuple[EventAction, Position]]:
        return [(a, position(self.at, self.number, i)) for i, a in enumerate(self.actions)]


def position(at: int, request: int = 1, index: int = 0) -> Position:
    return Position(START + timedelta(milliseconds=at), UUID(int=request), index)


def requests(actions: Sequence[EventAction] = (TRIGGER, RESOLVE)) -> st.SearchStrategy[list[Request]]:
    one = st.tuples(st.integers(0, 3), st.lists(st.sampled_from(actions), min_size=1, max_size=3))
    return st.lists(one, min_size=1, max_size=5).map(
        lambda made: [Request(n, at, tuple(said)) for n, (at, said) in enumerate(made, start=1)]
    )


def run(batches: Sequence[Sequence[Request]]) -> tuple[KeyState, list[Outcome]]:
    """Apply batches as the service does: each event once, each batch folded."""
    state, outcomes, seen = EMPTY, [], set()
    for batch in batches:
        fresh = []
        for request in batch:
            if request.number not in seen:
                seen.add(request.number)
                fresh.extend(request.events)
        if fresh:
            steps = fold(state, fresh)
            state = steps[max(range(len(fresh)), key=lambda i: fresh[i][1].order)].state
            outcomes.extend(step.outcome for step in steps)
    return state, outcomes


def stays_open(all_requests: Sequence[Request]) -> bool:
    """The model: open while there is a trigger after which no resolve came.

    Of two requests in one millisecond neither is after the other, so the page wins; within one the index decides.
    """
    said = [event for request in all_requests for event in request.events]
    resolves = [p for action, p in said if action is RESOLVE]

    def is_after(resolve: Position, trigger: Position) -> bool:
        if resolve.received_at != trigger.received_at:
            return resolve.received_at > trigger.received_at
        return resolve.request_id == trigger.request_id and resolve.index > trigger.index

    return any(action is TRIGGER and not any(is_after(r, p) for r in resolves) for action, p in said)


def arranged(made: Sequence[Request], random: Random) -> list[list[Request]]:
    """The same requests in any order, some of them twice, in batches of any size."""
    order = [*made, *random.sample(made, random.randint(0, len(made)))]
    random.shuffle(order)
    batches: list[list[Request]] = []
    while order:
        size = random.randint(1, len(order))
        batches.append(order[:size])
        order = order[size:]
    return batches


@settings(max_examples=1500, deadline=None)
@given(requests(), st.randoms(use_true_random=False))
def test_any_order_repetition_and_batching_ends_open_or_closed_alike(made: list[Request], random: Random) -> None:
    state, _ = run(arranged(made, random))
    assert (state.open_status is not None) == stays_open(made)


@settings(max_examples=500, deadline=None)
@given(requests((TRIGGER, ACKNOWLEDGE, RESOLVE)), st.randoms(use_true_random=False))
def test_acknowledges_never_decide_whether_it_is_open(made: list[Request], random: Random) -> None:
    state, _ = run(arranged(made, random))
    assert (state.open_status is not None) == stays_open(made)


@settings(max_examples=500, deadline=None)
@given(requests(), st.randoms(use_true_random=False))
@example([Request(1, 0, (TRIGGER,))], Random(0))  # noqa: S311 - an order for a test
def test_the_newest_trigger_is_never_lost(made: list[Request], random: Random) -> None:
    newest = Request(99, 1 + max(r.at for r in made), (TRIGGER,))
    state, outcomes = run(arranged([*made, newest], random))
    assert state.open_status is Status.TRIGGERED
    assert Outcome.OPENED in outcomes


@settings(max_examples=500, deadline=None)
@given(requests(), st.randoms(use_true_random=False))
def test_the_newest_resolve_ends_it_whatever_comes_late(made: list[Request], random: Random) -> None:
    newest = Request(99, 1 + max(r.at for r in made), (RESOLVE,))
    state, outcomes = run(arranged([*made, newest], random))
    assert state.open_status is None
    assert outcomes.count(Outcome.OPENED) == outcomes.count(Outcome.RESOLVED)


@settings(max_examples=300, deadline=None)
@given(requests((TRIGGER, ACKNOWLEDGE, RESOLVE, EventAction.CHANGE)))
def test_a_fold_answers_every_event_in_the_order_it_was_given(made: list[Request]) -> None:
    events = [event for request in made for event in request.events]
    backwards = fold(EMPTY, events[::-1])
    assert len(backwards) == len(events)
    for (action, _), step in zip(events[::-1], backwards, strict=True):
        assert (step.outcome is Outcome.STORED) == (action is EventAction.CHANGE)


TRIGGERED = KeyState(position(5), None, Status.TRIGGERED)
ACKNOWLEDGED = KeyState(position(5), None, Status.ACKNOWLEDGED)
RESOLVED = KeyState(position(5), position(7), None)


@pytest.mark.parametrize(
    ("state", "action", "at", "outcome", "status"),
    [
        (EMPTY, TRIGGER, position(5), Outcome.OPENED, Status.TRIGGERED),
        (EMPTY, RESOLVE, position(5), Outcome.NO_OPEN_ALERT, None),
        (EMPTY, ACKNOWLEDGE, position(5), Outcome.NO_OPEN_ALERT, None),
        (TRIGGERED, TRIGGER, position(6), Outcome.COUNTED, Status.TRIGGERED),
        (TRIGGERED, TRIGGER, position(4), Outcome.COUNTED, Status.TRIGGERED),
        (TRIGGERED, RESOLVE, position(6), Outcome.RESOLVED, None),
        (TRIGGERED, RESOLVE, position(4), Outcome.STALE, Status.TRIGGERED),
        (TRIGGERED, RESOLVE, position(5, request=2), Outcome.STALE, Status.TRIGGERED),
        (TRIGGERED, RESOLVE, position(5, index=1), Outcome.RESOLVED, None),
        (TRIGGERED, ACKNOWLEDGE, position(6), Outcome.ACKNOWLEDGED, Status.ACKNOWLEDGED),
        (TRIGGERED, ACKNOWLEDGE, position(4), Outcome.STALE, Status.TRIGGERED),
        (TRIGGERED, ACKNOWLEDGE, position(5, request=2), Outcome.STALE, Status.TRIGGERED),
        (ACKNOWLEDGED, ACKNOWLEDGE, position(6), Outcome.ALREADY, Status.ACKNOWLEDGED),
        (ACKNOWLEDGED, TRIGGER, position(6), Outcome.COUNTED, Status.ACKNOWLEDGED),
        (ACKNOWLEDGED, RESOLVE, position(6), Outcome.RESOLVED, None),
        (RESOLVED, TRIGGER, position(6), Outcome.REOPENED_NOTHING, None),
        (RESOLVED, TRIGGER, position(7), Outcome.REOPENED_NOTHING, None),
        (RESOLVED, TRIGGER, position(7, request=2), Outcome.OPENED, Status.TRIGGERED),
        (RESOLVED, TRIGGER, position(7, index=1), Outcome.OPENED, Status.TRIGGERED),
        (RESOLVED, TRIGGER, position(8), Outcome.OPENED, Status.TRIGGERED),
        (RESOLVED, RESOLVE, position(8), Outcome.NO_OPEN_ALERT, None),
        (RESOLVED, ACKNOWLEDGE, position(8), Outcome.NO_OPEN_ALERT, None),
        (TRIGGERED, EventAction.CHANGE, position(8), Outcome.STORED, Status.TRIGGERED),
    ],
)
def test_what_one_event_does(
    state: KeyState, action: EventAction, at: Position, outcome: Outcome, status: Status | None
) -> None:
    step = judge(state, action, at)
    assert (step.outcome, step.state.open_status) == (outcome, status)


def test_a_resolve_is_remembered_even_when_nothing_is_open() -> None:
    overtaken = judge(judge(EMPTY, RESOLVE, position(9)).state, TRIGGER, position(8))
    assert (overtaken.outcome, overtaken.state.open_status) == (Outcome.REOPENED_NOTHING, None)


@pytest.mark.parametrize("numbers", [(1, 2), (2, 1)])
def test_a_trigger_of_another_request_in_the_same_millisecond_outlives_the_resolve(numbers: tuple[int, int]) -> None:
    both = {1: Request(1, 0, (TRIGGER, RESOLVE)), 2: Request(2, 0, (TRIGGER,))}
    one_by_one, _ = run([[both[n]] for n in numbers])
    together, _ = run([[both[n] for n in numbers]])
    assert (one_by_one.open_status, together.open_status) == (Status.TRIGGERED, Status.TRIGGERED)
