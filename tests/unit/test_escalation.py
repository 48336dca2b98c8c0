"""How an escalation walks its policy, against an oracle that tells the whole walk from the rules."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tocsin.domain.escalation import (
    START,
    TIMER_REACH,
    Cursor,
    Exhausted,
    Page,
    Plan,
    PolicyStep,
    Target,
    TargetKind,
    Wait,
    advance,
    after,
    delay_before,
    first_due,
    step_at,
    timer_delay,
)

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ALL: Callable[[PolicyStep], bool] = lambda _step: True  # noqa: E731 - a name for a predicate
NONE: Callable[[PolicyStep], bool] = lambda _step: False  # noqa: E731


def plan(*delays: int, rounds: int = 1, round_delay: int = 60) -> Plan:
    steps = [
        PolicyStep(UUID(int=i + 1), timedelta(seconds=s), (Target(TargetKind.EMAIL, f"{i}@x.example"),))
        for i, s in enumerate(delays)
    ]
    return Plan(tuple(steps), rounds, timedelta(seconds=round_delay))


def reaching(*positions: int) -> Callable[[PolicyStep], bool]:
    return lambda step: step.step_id.int - 1 in positions


def walk(found: Plan, reaches: Callable[[PolicyStep], bool]) -> tuple[list[tuple[int, int, int, bool]], int]:
    """Follow an escalation to its end with every wake-up on time: (second, round, position, reached), and the end."""
    first = first_due(found, NOW)
    taken: list[tuple[int, int, int, bool]] = []
    following: Wait | Exhausted = first
    now = NOW
    for _ in range(1000):
        if isinstance(following, Exhausted):
            return taken, round((now - NOW).total_seconds())
        now = following.until
        pages, following = advance(found, following.cursor, now, reaches)
        second = round((now - NOW).total_seconds())
        taken.extend((second, p.cursor.round, p.cursor.position, p.reaches) for p in pages)
    raise AssertionError("the walk does not end")


def oracle(found: Plan, reaches: Callable[[PolicyStep], bool]) -> tuple[list[tuple[int, int, int, bool]], int]:
    """The same, told from the rules alone, one step of one round after the other.

    Whoever was paged at this very instant has the whole of the next delay; when nobody was, there is nothing to
    wait for. A round in which nobody was reached at all is the last.
    """
    second = round(found.steps[0].delay.total_seconds()) if found.steps else 0
    taken: list[tuple[int, int, int, bool]] = []
    for number in range(found.rounds if found.steps else 0):
        for position, step in enumerate(found.steps):
            taken.append((second, number, position, reaches(step)))
            last = position + 1 == len(found.steps)
            if last and not any(t[3] for t in taken if t[1] == number):
                return taken, second
            if any(t[3] for t in taken if t[0] == second):
                wait = found.steps[position + 1].delay if not last else found.round_delay
                if last and number + 1 < found.rounds:
                    wait += found.steps[0].delay
                second += round(wait.total_seconds())
    return taken, second


delays = st.sampled_from([0, 0, 1, 30, 900, 3600])
plans = st.builds(
    lambda steps, rounds, wait: plan(*steps, rounds=rounds, round_delay=wait),
    st.lists(delays, max_size=4),
    st.integers(1, 4),
    delays,
)
subsets = st.sets(st.integers(0, 3))


@settings(max_examples=2000, deadline=None)
@given(plans, subsets)
def test_the_walk_is_the_oracles(found: Plan, reached: set[int]) -> None:
    assert walk(found, reaching(*reached)) == oracle(found, reaching(*reached))


@settings(max_examples=500, deadline=None)
@given(plans, subsets)
def test_steps_are_taken_once_in_order_and_none_is_left_out(found: Plan, reached: set[int]) -> None:
    taken, _ = walk(found, reaching(*reached))
    cursors = [(number, position) for _, number, position, _ in taken]
    every = [(number, position) for number in range(found.rounds) for position in range(len(found.steps))]
    assert cursors == every[: len(cursors)]
    assert len(cursors) == len(every) or not any(reached & {p} for _, p in every)


@settings(max_examples=500, deadline=None)
@given(plans, subsets, st.integers(0, 4), st.integers(0, 4))
def test_from_any_cursor_it_answers_what_it_took_and_what_comes_next(
    found: Plan, reached: set[int], number: int, position: int
) -> None:
    cursor = Cursor(number, position)
    pages, following = advance(found, cursor, NOW, reaching(*reached))
    expected = cursor
    for page in pages:
        assert page == Page(expected, page.step, (page.step.step_id.int - 1) in reached)
        assert page.step is step_at(found, expected)
        expected = after(found, expected)
    if isinstance(following, Wait):
        assert following.cursor == expected
        assert following.until > NOW
        assert any(page.reaches for page in pages)
    else:
        assert step_at(found, following.cursor) is None


@settings(max_examples=300, deadline=None)
@given(plans)
def test_exhausted_exactly_when_nothing_is_left(found: Plan) -> None:
    assume(found.steps)
    taken, _ = walk(found, ALL)
    assert len(taken) == found.rounds * len(found.steps)
    pages, following = advance(found, Cursor(found.rounds, 0), NOW, ALL)
    assert (list(pages), following) == ([], Exhausted(Cursor(found.rounds, 0)))


def test_a_plan_without_steps_is_exhausted_from_the_start() -> None:
    assert first_due(plan(rounds=3), NOW) == Exhausted(Cursor(3, 0))
    assert advance(plan(rounds=3), START, NOW, ALL) == ([], Exhausted(START))


def test_no_delay_anywhere_ends_in_one_breath() -> None:
    found = plan(0, 0, rounds=3, round_delay=0)
    pages, following = advance(found, START, NOW, ALL)
    assert [(p.cursor.round, p.cursor.position) for p in pages] == [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)]
    assert following == Exhausted(Cursor(3, 0))


def test_nobody_reachable_ends_after_one_round_at_once() -> None:
    pages, following = advance(plan(0, 600, 600, rounds=5), START, NOW, NONE)
    assert [p.cursor for p in pages] == [Cursor(0, 0), Cursor(0, 1), Cursor(0, 2)]
    assert following == Exhausted(Cursor(5, 0))


def test_a_step_that_reaches_nobody_is_passed_without_its_delay() -> None:
    pages, following = advance(plan(0, 600, 600), START, NOW, reaching(1, 2))
    assert [(p.cursor.position, p.reaches) for p in pages] == [(0, False), (1, True)]
    assert following == Wait(Cursor(0, 2), NOW + timedelta(seconds=600))


def test_somebody_paged_in_the_same_breath_keeps_the_delay_that_follows() -> None:
    pages, following = advance(plan(0, 0, 1800), START, NOW, reaching(0, 2))
    assert [(p.cursor.position, p.reaches) for p in pages] == [(0, True), (1, False)]
    assert following == Wait(Cursor(0, 2), NOW + timedelta(seconds=1800))


def test_rounds_are_apart_even_when_the_last_step_reaches_nobody() -> None:
    pages, following = advance(plan(0, 0, rounds=10, round_delay=300), START, NOW, reaching(0))
    assert [(p.cursor.position, p.reaches) for p in pages] == [(0, True), (1, False)]
    assert following == Wait(Cursor(1, 0), NOW + timedelta(seconds=300))


def test_the_first_delay_comes_again_with_every_round() -> None:
    found = plan(120, rounds=2, round_delay=300)
    assert delay_before(found, START) == timedelta(seconds=120)
    assert delay_before(found, Cursor(1, 0)) == timedelta(seconds=420)
    assert delay_before(found, Cursor(2, 0)) == timedelta(seconds=300)
    assert [second for second, *_ in walk(found, ALL)[0]] == [120, 540]
    assert walk(found, ALL)[1] == 840


@pytest.mark.parametrize(
    ("remaining", "delay"),
    [
        (timedelta(0), 0),
        (timedelta(seconds=-5), 0),
        (timedelta(microseconds=-1), 0),
        (timedelta(microseconds=1), 1),
        (timedelta(seconds=1), 1),
        (timedelta(seconds=1, microseconds=1), 2),
        (timedelta(seconds=899, microseconds=1), 900),
        (TIMER_REACH, 900),
        (TIMER_REACH + timedelta(microseconds=1), None),
        (timedelta(days=30), None),
    ],
)
def test_a_timer_is_rounded_up_and_has_a_reach(remaining: timedelta, delay: int | None) -> None:
    assert timer_delay(NOW, NOW + remaining) == delay


@given(st.timedeltas(min_value=timedelta(days=-1), max_value=timedelta(days=1)))
def test_a_timer_is_never_early_and_less_than_a_second_late(remaining: timedelta) -> None:
    delay = timer_delay(NOW, NOW + remaining)
    if delay is None:
        assert remaining > TIMER_REACH
    else:
        assert 0 <= delay <= 900
        lateness = timedelta(seconds=delay) - max(remaining, timedelta(0))
        assert timedelta(0) <= lateness < timedelta(seconds=1)
