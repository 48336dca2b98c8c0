"""A status report's life as pure rules: total tables, updates in any order, the clock, order of times."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.domain.status_page import OVER, ComponentStatus, Impact, ReportKind, ReportStatus, statuses_of
from tocsin.domain.status_report import (
    FIRST,
    FOLLOWING,
    MAX_MAINTENANCE,
    MOVES,
    Act,
    Complete,
    Leave,
    Planned,
    Said,
    Standing,
    Start,
    State,
    Wait,
    WrongState,
    affected,
    by_clock,
    impact_of,
    misplaced,
    misscheduled,
    moved,
    out_of_order,
    standing,
)

NOW = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
R, C = ReportStatus, ComponentStatus
COMPONENTS = st.dictionaries(st.integers(0, 5), st.sampled_from(list(C)))


@st.composite
def lives(draw: st.DrawFn) -> tuple[ReportKind, list[Said]]:
    """A kind, and updates that may follow one another."""
    kind = draw(st.sampled_from(list(ReportKind)))
    at = NOW
    found = [Said(draw(st.sampled_from(sorted(FIRST[kind]))), at)]
    for _ in range(draw(st.integers(0, 8))):
        at += draw(st.integers(0, 90)) * MINUTE
        found.append(Said(draw(st.sampled_from(sorted(FOLLOWING[found[-1].status]))), at))
    return kind, found


@pytest.mark.parametrize(("state", "act"), list(product(State, Act)))
def test_every_state_has_an_answer_for_every_act(state: State, act: Act) -> None:
    if (state, act) in MOVES:
        assert moved(state, act) is MOVES[state, act]
    else:
        with pytest.raises(WrongState) as refused:
            moved(state, act)
        assert str(refused.value).startswith(f"The report is {state}: ")


def test_what_the_public_has_read_never_becomes_a_draft() -> None:
    reached, before = {State.PUBLISHED}, set[State]()
    while reached != before:
        before, reached = reached, reached | {to for (start, _), to in MOVES.items() if start in reached}
    assert reached == {State.PUBLISHED}


@pytest.mark.parametrize(("kind", "status"), list(product(ReportKind, ReportStatus)))
def test_every_status_has_its_followers_of_its_own_kind(kind: ReportKind, status: ReportStatus) -> None:
    right = {one for one in ReportStatus if misplaced(kind, status, one) is None}
    if status in statuses_of(kind):
        assert status in right
        assert right <= set(statuses_of(kind))
    firsts = {one for one in ReportStatus if misplaced(kind, None, one) is None}
    assert firsts == FIRST[kind] <= set(statuses_of(kind))


def test_why_a_status_is_out_of_place_says_what_would_be_right() -> None:
    assert misplaced(ReportKind.MAINTENANCE, R.SCHEDULED, R.VERIFYING) == (
        "can't follow scheduled; must be one of scheduled, in_progress, completed"
    )
    assert misplaced(ReportKind.MAINTENANCE, None, R.RESOLVED) == (
        "resolved is not of maintenance; must be one of scheduled, in_progress, verifying, completed"
    )
    assert misplaced(ReportKind.INCIDENT, None, R.POSTMORTEM) == (
        "must be one of investigating, identified, monitoring, resolved"
    )


@given(lives())
def test_a_report_stands_where_its_last_update_says(life: tuple[ReportKind, list[Said]]) -> None:
    _, updates = life
    found = standing(updates)
    assert found.status is updates[-1].status
    assert found.is_over == (found.resolved_at is not None) == (updates[-1].status in OVER)
    instants = {update.at for update in updates}
    assert {found.resolved_at, found.monitoring_at} - {None} <= instants
    if found.resolved_at is not None and found.monitoring_at is not None:
        assert found.monitoring_at <= found.resolved_at


@given(lives(), st.integers(0, 90))
def test_saying_the_same_again_moves_nothing(life: tuple[ReportKind, list[Said]], minutes: int) -> None:
    _, updates = life
    again = Said(updates[-1].status, updates[-1].at + minutes * MINUTE)
    assert standing([*updates, again]) == standing(updates)


@given(lives())
def test_what_is_open_again_forgets_its_end(life: tuple[ReportKind, list[Said]]) -> None:
    kind, updates = life
    back = R.INVESTIGATING if kind is ReportKind.INCIDENT else R.IN_PROGRESS
    assert standing([*updates, Said(back, updates[-1].at)]) == Standing(back)


@given(st.sampled_from(list(ReportKind)), COMPONENTS, COMPONENTS, COMPONENTS, st.sampled_from(list(R)))
def test_what_a_report_says_of_components(
    kind: ReportKind, before: dict[int, C], said: dict[int, C], restored: dict[int, C], status: R
) -> None:
    after = affected(kind, before, said, status, restored=restored)
    assert set(before) | set(said) <= set(after)
    if kind is ReportKind.MAINTENANCE:
        running = status in {R.IN_PROGRESS, R.VERIFYING}
        assert set(after.values()) <= {C.MAINTENANCE if running else C.OPERATIONAL}
        return
    assert {one: after[one] for one in said} == said
    if status in OVER:
        assert {after[one] for one in set(before) - set(said)} <= {C.OPERATIONAL}


@given(st.lists(st.sampled_from(list(C))), st.lists(st.sampled_from(list(C))))
def test_an_impact_never_falls(first: list[C], then: list[C]) -> None:
    order = list(Impact)
    before = impact_of(ReportKind.INCIDENT, first)
    after = impact_of(ReportKind.INCIDENT, then, before)
    assert order.index(after) >= order.index(before)
    assert impact_of(ReportKind.MAINTENANCE, then) is Impact.MAINTENANCE


@given(
    st.sampled_from(list(State)),
    st.sampled_from(statuses_of(ReportKind.MAINTENANCE)),
    st.booleans(),
    st.integers(-300, 300),
    st.integers(1, 300),
    st.integers(-300, 300),
)
def test_the_clock_moves_what_was_announced(
    state: State, status: R, moves: bool, starts: int, lasts: int, told: int
) -> None:
    plan = Planned(
        state=state,
        status=status,
        scheduled_for=NOW + starts * MINUTE,
        scheduled_until=NOW + (starts + lasts) * MINUTE,
        is_moved_by_schedule=moves,
        last_at=NOW + min(told, 0) * MINUTE,
    )
    match by_clock(plan, NOW):
        case Start(at):
            assert status is R.SCHEDULED
            assert plan.scheduled_for <= NOW
            assert max(plan.scheduled_for, plan.last_at) == at <= NOW
        case Complete(at):
            assert status is R.IN_PROGRESS
            assert plan.scheduled_until <= NOW
            assert max(plan.scheduled_until, plan.last_at) == at <= NOW
        case Wait(until):
            assert until > NOW
        case Leave(reason):
            assert reason
            assert state is not State.PUBLISHED or not moves or status in {R.VERIFYING, R.COMPLETED}


def test_what_is_late_begins_and_then_ends() -> None:
    plan = Planned(State.PUBLISHED, R.SCHEDULED, NOW - 9 * MINUTE, NOW - 5 * MINUTE, True, NOW - 20 * MINUTE)
    begun = by_clock(plan, NOW)
    assert begun == Start(NOW - 9 * MINUTE)
    running = Planned(State.PUBLISHED, R.IN_PROGRESS, plan.scheduled_for, plan.scheduled_until, True, begun.at)
    assert by_clock(running, NOW) == Complete(NOW - 5 * MINUTE)


@given(st.integers(-9, 9), st.none() | st.integers(-9, 9), st.none() | st.integers(-9, 9))
def test_times_are_in_order(at: int, after: int | None, before: int | None) -> None:
    instants = [None if one is None else NOW + one * MINUTE for one in (after, before)]
    wrong = out_of_order(NOW + at * MINUTE, *instants, NOW)
    fits = at <= 1 and (after is None or at >= after) and (before is None or at <= before)
    assert (wrong is None) == fits


def test_maintenance_lasts_a_while_and_not_for_ever() -> None:
    assert misscheduled(NOW, NOW) == "must be after scheduled_for"
    assert misscheduled(NOW, NOW + MAX_MAINTENANCE) is None
    assert misscheduled(NOW, NOW + MAX_MAINTENANCE + MINUTE) == "must be at most 90 days after scheduled_for"
