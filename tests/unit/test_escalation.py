"""How an escalation walks its policy, against an oracle that tells the whole walk from the rules."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
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
    Prospect,
    Target,
    TargetKind,
    Wait,
    advance,
    after,
    after_acknowledgement,
    after_failure,
    delay_before,
    first_due,
    in_turn,
    is_fallback,
    past_retries,
    step_at,
    timer_delay,
    transfer,
)
from tocsin.domain.step_condition import Conditions, While

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
type Look = Callable[[PolicyStep], Prospect]
type Taken = list[tuple[int, int, int, int, bool]]
FALLBACK = (Target(TargetKind.EMAIL, "boss@x.example"),)
LOUD = Conditions(until=While.NOT_RESOLVED)
ALL: Look = lambda _step: Prospect(True)  # noqa: E731 - a name for a predicate
NONE: Look = lambda _step: Prospect(False)  # noqa: E731


def plan(*delays: int, rounds: int = 1, round_delay: int = 60) -> Plan:
    steps = [
        PolicyStep(UUID(int=i + 1), timedelta(seconds=s), (Target(TargetKind.EMAIL, f"{i}@x.example"),))
        for i, s in enumerate(delays)
    ]
    return Plan(tuple(steps), rounds, timedelta(seconds=round_delay))


def with_steps(found: Plan, change: Callable[[int, PolicyStep], PolicyStep]) -> Plan:
    return replace(found, steps=tuple(change(i, step) for i, step in enumerate(found.steps)))


def reaching(*positions: int) -> Look:
    """Steps reach by their positions, the fallback at -1."""
    return lambda step: Prospect(step.step_id.int - 1 in positions)


def walk(
    found: Plan, look: Look, acknowledged_after: int | None = None
) -> tuple[list[tuple[int, int, int, int, bool]], int]:
    """Follow an escalation to its end with every wake-up on time: (second, round, position, retry, reached), the end.

    An acknowledgement comes before what is due at its second.
    """
    taken: Taken = []
    following: Wait | Exhausted | None = first_due(found, NOW)
    now, acknowledged = NOW, False
    for _ in range(3000):
        if isinstance(following, Wait) and not acknowledged and acknowledged_after is not None:
            at = NOW + timedelta(seconds=acknowledged_after)
            if following.until >= at:
                acknowledged = True
                following = after_acknowledgement(found, following.cursor, following.until, at)
        if following is None or isinstance(following, Exhausted):
            return taken, round((now - NOW).total_seconds())
        now = following.until
        pages, following = advance(found, following.cursor, now, look, acknowledged=acknowledged)
        second = round((now - NOW).total_seconds())
        taken.extend((second, p.cursor.round, p.cursor.position, p.cursor.retry, p.reaches) for p in pages)
    raise AssertionError("the walk does not end")


def oracle(found: Plan, look: Look) -> tuple[Taken, int]:
    """The same, told from the rules alone, one step of one round after the other.

    Whoever was paged at this very instant has the whole of the next delay; when nobody was, there is nothing to
    wait for. A step that reaches nobody is not repeated. A round in which nobody was reached at all is the last.
    """
    second = round(found.steps[0].delay.total_seconds()) if found.steps else 0
    taken: Taken = []
    for number in range(found.rounds if found.steps else 0):
        for position, step in enumerate(found.steps):
            reached = look(step).reaches and look(step).unmet is None
            last = position + 1 == len(found.steps)
            for retry in range(1 + (step.retries if reached else 0)):
                taken.append((second, number, position, retry, reached))
                if any(t[4] for t in taken if t[0] == second):
                    if reached and retry < step.retries:
                        wait = step.retry_interval
                    else:
                        wait = found.steps[position + 1].delay if not last else found.round_delay
                        if last and number + 1 < found.rounds:
                            wait += found.steps[0].delay
                        if last and not any(t[4] for t in taken if t[1] == number):
                            wait = timedelta(0)
                    second += round(wait.total_seconds())
        if not any(t[4] for t in taken if t[1] == number):
            break
    if found.fallback:
        reached = look(PolicyStep(UUID(int=0), timedelta(0), found.fallback)).reaches
        taken.append((second, found.rounds, 0, 0, reached))
        if any(t[4] for t in taken if t[0] == second):
            second += round(found.round_delay.total_seconds())
    return taken, second


delays = st.sampled_from([0, 0, 1, 30, 900, 3600])


@st.composite
def steps(draw: st.DrawFn, number: int) -> PolicyStep:
    retries = draw(st.sampled_from([0, 0, 1, 3]))
    return PolicyStep(
        UUID(int=number + 1),
        timedelta(seconds=draw(delays)),
        (Target(TargetKind.EMAIL, f"{number}@x.example"),),
        retries,
        timedelta(seconds=draw(st.sampled_from([0, 30, 300])) if retries else 0),
        conditions=draw(st.sampled_from([Conditions(), LOUD])),
    )


@st.composite
def _plans(draw: st.DrawFn) -> Plan:
    found = tuple(draw(steps(number)) for number in range(draw(st.integers(0, 4))))
    fallback = draw(st.sampled_from([(), FALLBACK]))
    return Plan(found, draw(st.integers(1, 4)), timedelta(seconds=draw(delays)), fallback)


plans = _plans()
subsets = st.sets(st.integers(-1, 3))


@settings(max_examples=2000, deadline=None)
@given(plans, subsets)
def test_the_walk_is_the_oracles(found: Plan, reached: set[int]) -> None:
    assert walk(found, reaching(*reached)) == oracle(found, reaching(*reached))


@settings(max_examples=500, deadline=None)
@given(plans, subsets)
def test_steps_are_taken_once_in_order_and_none_is_left_out(found: Plan, reached: set[int]) -> None:
    taken, _ = walk(found, reaching(*reached))
    cursors = [(number, position) for _, number, position, retry, _ in taken if retry == 0 and number < found.rounds]
    every = [(number, position) for number in range(found.rounds) for position in range(len(found.steps))]
    assert cursors == every[: len(cursors)]
    assert len(cursors) == len(every) or not any(reached & {p} for _, p in every)
    repeated = [(number, position, retry) for _, number, position, retry, _ in taken]
    assert len(repeated) == len(set(repeated))
    assert [c[0] for c in repeated if c[0] == found.rounds] == ([found.rounds] if found.fallback else [])


@settings(max_examples=500, deadline=None)
@given(plans, subsets, st.integers(0, 4), st.integers(0, 4), st.integers(0, 3))
def test_from_any_cursor_it_answers_what_it_took_and_what_comes_next(
    found: Plan, reached: set[int], number: int, position: int, retry: int
) -> None:
    cursor = Cursor(number, position, retry)
    pages, following = advance(found, cursor, NOW, reaching(*reached))
    expected = cursor
    for page in pages:
        at_end = is_fallback(found, page.cursor) and not is_fallback(found, expected)
        expected = page.cursor if at_end else expected
        assert page == Page(expected, page.step, (page.step.step_id.int - 1) in reached)
        assert page.step == step_at(found, expected)
        expected = after(found, expected if page.reaches else past_retries(found, expected))
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
    each_round = sum(step.retries + 1 for step in found.steps)
    assert len(taken) == found.rounds * each_round + len(found.fallback)
    end = Cursor(found.rounds, len(found.fallback))
    pages, following = advance(found, end, NOW, ALL)
    assert (list(pages), following) == ([], Exhausted(end))


@settings(max_examples=1000, deadline=None)
@given(plans, st.integers(0, 20_000))
def test_what_goes_on_after_an_acknowledgement_does_so_at_the_instants_it_would_have_had(
    found: Plan, acknowledged_after: int
) -> None:
    assume(found.steps)
    plain, _ = walk(found, ALL)
    taken, _ = walk(found, ALL, acknowledged_after)
    loud = {i for i, step in enumerate(found.steps) if step.conditions.until is While.NOT_RESOLVED}
    before = [t for t in plain if t[0] < acknowledged_after]
    then = [t for t in plain if t[0] >= acknowledged_after and t[2] in loud and t[1] < found.rounds]
    assert taken == before + then


@settings(max_examples=300, deadline=None)
@given(plans, subsets, st.integers(0, 3), st.integers(0, 3), st.integers(0, 3))
def test_once_acknowledged_nobody_is_paged_for_an_acknowledgement(
    found: Plan, reached: set[int], number: int, position: int, retry: int
) -> None:
    pages, following = advance(found, Cursor(number, position, retry), NOW, reaching(*reached), acknowledged=True)
    assert all(page.step.conditions.until is While.NOT_RESOLVED for page in pages)
    if isinstance(following, Wait):
        step = step_at(found, following.cursor)
        assert step is not None
        assert step.conditions.until is While.NOT_RESOLVED


@settings(max_examples=500, deadline=None)
@given(plans, plans, st.integers(0, 4), st.integers(0, 3), st.integers(0, 3), st.randoms())
def test_a_move_to_another_version_ends_at_a_step_that_it_has(
    old: Plan, new: Plan, number: int, position: int, retry: int, random: Random
) -> None:
    assume(old.steps and new.steps and number <= old.rounds)
    shuffled = list(new.steps)
    random.shuffle(shuffled)
    new = replace(new, steps=tuple(shuffled))
    cursor = Cursor(number, min(position, len(old.steps) - 1), 0) if number < old.rounds else Cursor(number, 0)
    cursor = replace(cursor, retry=min(retry, step.retries if (step := step_at(old, cursor)) else 0))
    moved = transfer(old, new, cursor)
    if moved.round >= new.rounds:
        assert (moved.position, moved.retry) == (0, 0)
        return
    here = new.steps[moved.position]
    assert moved.retry <= here.retries
    if number < old.rounds:
        theirs = {s.step_id: i for i, s in enumerate(new.steps)}
        rest = [s.step_id for s in old.steps[cursor.position :] if s.step_id in theirs]
        same = old.steps[cursor.position].step_id
        if rest and not (rest[0] == same and cursor.retry > new.steps[theirs[same]].retries):
            assert here.step_id == rest[0]


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


def test_a_step_pages_again_until_the_next_is_waited_for() -> None:
    found = with_steps(
        plan(0, 600), lambda i, step: replace(step, retries=2 - 2 * i, retry_interval=timedelta(seconds=120))
    )
    assert walk(found, ALL)[0] == [
        (0, 0, 0, 0, True),
        (120, 0, 0, 1, True),
        (240, 0, 0, 2, True),
        (840, 0, 1, 0, True),
    ]


def test_a_step_all_of_whose_pages_failed_is_not_repeated() -> None:
    found = with_steps(plan(0, 600), lambda _i, step: replace(step, retries=2))
    assert after_failure(found, Cursor(0, 0, 1)) == Cursor(0, 1)
    assert after_failure(found, Cursor(0, 1, 2)) == Cursor(1, 0)
    assert after_failure(found, Cursor(0, 1)) == Cursor(0, 1)


def test_a_step_whose_conditions_do_not_hold_is_passed_at_once_and_says_why() -> None:
    look: Look = lambda step: Prospect(True, "it is Sunday" if step.step_id.int == 1 else None)  # noqa: E731
    pages, following = advance(plan(0, 600, 600), START, NOW, look)
    assert [(p.reaches, p.unmet) for p in pages] == [(False, "it is Sunday"), (True, None)]
    assert following == Wait(Cursor(0, 2), NOW + timedelta(seconds=600))


def test_the_policys_fallback_comes_after_the_rounds_and_before_the_end() -> None:
    found = replace(plan(0, rounds=2, round_delay=300), fallback=FALLBACK)
    taken, end = walk(found, ALL)
    assert [(t[0], t[1]) for t in taken] == [(0, 0), (300, 1), (600, 2)]
    assert end == 900
    assert walk(found, NONE) == ([(0, 0, 0, 0, False), (0, 2, 0, 0, False)], 0)


def test_turns_go_round() -> None:
    targets = tuple(Target(TargetKind.EMAIL, f"{i}@x.example") for i in range(3))
    step = replace(plan(0).steps[0], targets=targets, round_robin=True)
    for turn in range(7):
        one_by_one = [target for candidate in in_turn(step, turn) for target in candidate.targets]
        assert one_by_one == [targets[(turn + i) % 3] for i in range(3)]


def test_a_move_to_another_version_stays_at_its_step_or_goes_to_the_next_that_exists() -> None:
    old = with_steps(plan(0, 60, 60, rounds=2), lambda _i, step: replace(step, retries=2))
    first, second, third = old.steps
    assert transfer(old, replace(old, steps=(third, second, first)), Cursor(0, 2, 1)) == Cursor(0, 0, 1)
    assert transfer(old, replace(old, steps=(first, third)), Cursor(1, 1)) == Cursor(1, 1)
    assert transfer(old, replace(old, steps=(first,)), Cursor(0, 1)) == Cursor(1, 0)
    assert transfer(old, replace(old, steps=(first,)), Cursor(1, 1)) == Cursor(2, 0)
    assert transfer(old, replace(old, rounds=3), Cursor(2, 0)) == Cursor(2, 0)
    once = with_steps(old, lambda _i, step: replace(step, retries=0))
    assert transfer(old, once, Cursor(0, 1, 2)) == Cursor(0, 2)
