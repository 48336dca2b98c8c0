"""Heartbeats: when they should hear again, what they are by then, and that the order of pings does not matter."""

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tocsin.domain import heartbeat
from tocsin.domain.heartbeat import (
    MAX_RUNS,
    Action,
    Judgement,
    Memory,
    Signal,
    State,
    Timetable,
    hear,
    judge,
    next_due,
)
from tocsin.domain.monitor import Reason

T0 = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOURLY = Timetable(grace=timedelta(minutes=5), interval=timedelta(hours=1))
ONE, TWO = UUID(int=1), UUID(int=2)


def at(minutes: float) -> datetime:
    return T0 + timedelta(minutes=minutes)


def told(*signals: Signal, counts_from: datetime = T0) -> Memory:
    return hear(Memory(counts_from), signals)


def success(minutes: float, run: UUID | None = None) -> Signal:
    return Signal(at(minutes), Action.SUCCESS, run)


def start(minutes: float, run: UUID | None = None) -> Signal:
    return Signal(at(minutes), Action.START, run)


def fail(minutes: float, run: UUID | None = None, status: int | None = None) -> Signal:
    return Signal(at(minutes), Action.FAIL, run, status)


def log(minutes: float) -> Signal:
    return Signal(at(minutes), Action.LOG)


def judged(memory: Memory, minutes: float) -> tuple[State, Reason | None]:
    found = judge(HOURLY, memory, at(minutes))
    return found.state, found.reason


def test_a_new_one_waits_for_its_first_ping_and_is_never_late() -> None:
    assert judge(HOURLY, told(), at(1_000_000)) == Judgement(State.NEW)
    assert judge(HOURLY, told(log(1)), at(1_000_000)) == Judgement(State.NEW)


def test_it_is_up_until_the_interval_and_the_grace_have_passed() -> None:
    memory = told(success(10))
    assert judge(HOURLY, memory, at(10)) == Judgement(State.UP, at(10), due_at=at(70), late_at=at(75))
    assert judged(memory, 74.99) == (State.UP, None)
    missed = judge(HOURLY, memory, at(75))
    assert (missed.state, missed.since, missed.reason) == (State.DOWN, at(75), Reason.HEARTBEAT_MISSED)
    assert missed.detail == "It should have reported by 2026-03-01 13:10:00 UTC, or within 300 s after that."
    assert judged(told(success(10), success(80)), 80) == (State.UP, None)


def test_a_failure_is_down_at_once_until_a_later_success() -> None:
    memory = told(success(10), fail(11, status=3))
    found = judge(HOURLY, memory, at(11))
    assert (found.state, found.since, found.reason) == (State.DOWN, at(11), Reason.HEARTBEAT_FAILED)
    assert found.detail == "It reported the exit status 3."
    assert judge(HOURLY, told(fail(11)), at(11)).detail == "It reported a failure."
    assert judged(told(success(10), fail(11), success(12)), 12) == (State.UP, None)
    assert judged(told(success(10), fail(12), success(11)), 12)[0] is State.DOWN
    assert judged(told(success(11), fail(11)), 12)[0] is State.DOWN


def test_a_run_must_end_within_the_grace() -> None:
    memory = told(success(0), start(10))
    assert judge(HOURLY, memory, at(10)).late_at == at(15)
    found = judge(HOURLY, memory, at(15))
    assert (found.state, found.since, found.reason) == (State.DOWN, at(15), Reason.RUN_TOO_LONG)
    assert judged(told(start(10)), 14) == (State.NEW, None)
    assert judged(told(start(10)), 15) == (State.DOWN, Reason.RUN_TOO_LONG)
    assert judged(told(start(10), success(14)), 20) == (State.UP, None)


def test_a_success_of_another_run_does_not_end_an_open_one() -> None:
    assert judged(told(start(10, ONE), success(11, TWO)), 12) == (State.UP, None)
    assert judged(told(start(10, ONE), success(11, TWO)), 15) == (State.DOWN, Reason.RUN_TOO_LONG)
    assert judged(told(start(10), success(11, TWO)), 15) == (State.DOWN, Reason.RUN_TOO_LONG)
    assert judged(told(start(10, ONE), success(11, ONE)), 15) == (State.UP, None)
    assert judged(told(start(10, ONE), success(11)), 15) == (State.UP, None)
    assert judged(told(start(10, ONE), fail(11, TWO), success(12, TWO)), 15) == (State.UP, None)


def test_a_run_that_was_killed_is_given_up_once_a_later_one_has_ended() -> None:
    killed = [start(10, ONE), start(14, TWO), success(14.5, TWO)]
    assert judged(told(*killed), 16) == (State.DOWN, Reason.RUN_TOO_LONG)
    assert judged(told(*killed, start(70, UUID(int=3)), success(71, UUID(int=3))), 72) == (State.UP, None)


def test_how_long_a_run_took() -> None:
    memory = told(start(10, ONE), success(12, ONE))
    assert heartbeat.took(memory, success(12, ONE)) == timedelta(minutes=2)
    for other in (success(12), success(9, ONE), start(10, ONE), log(12)):
        assert heartbeat.took(memory, other) is None


def test_what_came_before_it_was_resumed_counts_no_more() -> None:
    assert judge(HOURLY, told(success(1), fail(2), start(3), counts_from=at(4)), at(500)) == Judgement(State.NEW)


signals = st.lists(
    st.builds(
        Signal,
        st.integers(0, 120).map(at),
        st.sampled_from(Action),
        st.sampled_from([None, ONE, TWO, UUID(int=3)]),
        st.sampled_from([None, 1, 255]),
    ),
    max_size=12,
)


@given(signals, st.integers(0, 2**32), st.integers(0, 400))
def test_late_doubled_and_out_of_order_pings_end_in_the_same_state(
    given_signals: list[Signal], seed: int, minutes: int
) -> None:
    memory = told(*given_signals)
    other = [*given_signals, *given_signals[:3]]
    Random(seed).shuffle(other)  # noqa: S311 - an order, not a secret
    assert told(*other) == memory or set(told(*other).runs) == set(memory.runs)
    assert judge(HOURLY, told(*other), at(minutes)) == judge(HOURLY, memory, at(minutes))


@given(signals, st.integers(0, 400))
def test_it_changes_by_itself_only_at_the_instant_that_it_names(given_signals: list[Signal], minutes: int) -> None:
    memory = told(*given_signals)
    now = max([at(minutes), *(s.at for s in given_signals)])
    found = judge(HOURLY, memory, now)
    if found.state is State.DOWN or found.late_at is None:
        assert judge(HOURLY, memory, at(1_000_000)).state is found.state
    else:
        assert judge(HOURLY, memory, found.late_at - timedelta(seconds=1)).state is found.state
        after = judge(HOURLY, memory, found.late_at)
        assert (after.state, after.since) == (State.DOWN, found.late_at)


@given(signals)
def test_logs_change_nothing(given_signals: list[Signal]) -> None:
    assert told(*given_signals) == told(*(s for s in given_signals if s.action is not Action.LOG))


def test_what_is_remembered_is_bounded_and_forgets_runs_that_are_over_first() -> None:
    runs = [s for i in range(200) for s in (start(i, UUID(int=i)), success(i + 0.5, UUID(int=i)))]
    memory = told(start(0, UUID(int=1000)), *runs)
    assert len(memory.runs) == MAX_RUNS
    assert any(r.run_id == UUID(int=1000) for r in memory.runs)
    assert hear(memory, [start(3, UUID(int=3))]) == memory
    assert len(told(*(start(i, UUID(int=i)) for i in range(200))).runs) == MAX_RUNS


def test_a_cron_expression_that_never_comes_is_never_late() -> None:
    leap = Timetable(timedelta(days=365), cron=lambda _: None)
    assert next_due(leap, T0) > T0
    assert judge(leap, told(success(0)), at(10)).state is State.UP
