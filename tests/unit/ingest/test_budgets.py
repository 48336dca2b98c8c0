"""The token bucket of a key, with time as an argument."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from functions.ingest.admission import Budgets

START = datetime(2026, 1, 1, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def test_a_full_minute_may_come_at_once_and_then_waits() -> None:
    budgets = Budgets(per_minute=120)
    assert [budgets.take("k", START) for _ in range(120)] == [0] * 120
    assert budgets.take("k", START) == 1
    assert budgets.take("k", after(0.5)) == 0
    assert budgets.take("k", after(0.5)) == 1


def test_the_wait_it_names_is_long_enough() -> None:
    budgets = Budgets(per_minute=7)
    for _ in range(7):
        budgets.take("k", START)
    wait = budgets.take("k", START)
    assert wait == 9
    assert budgets.take("k", after(wait)) == 0


def test_keys_do_not_share_a_budget() -> None:
    budgets = Budgets(per_minute=1)
    assert budgets.take("a", START) == 0
    assert budgets.take("b", START) == 0
    assert budgets.take("a", START) == 60


def test_a_clock_that_goes_back_takes_nothing_away() -> None:
    budgets = Budgets(per_minute=60)
    assert budgets.take("k", after(100)) == 0
    assert [budgets.take("k", START) for _ in range(59)] == [0] * 59
    assert budgets.take("k", START) == 1
    assert budgets.take("k", after(101)) == 0


def test_the_table_forgets_the_key_least_lately_used() -> None:
    budgets = Budgets(per_minute=1, max_keys=2)
    for key in ("a", "b", "a", "c"):
        budgets.take(key, START)
    assert len(budgets) == 2
    assert budgets.take("a", START) == 60
    assert budgets.take("b", START) == 0


@given(
    per_minute=st.integers(min_value=1, max_value=1000),
    gaps=st.lists(st.floats(min_value=0, max_value=30), min_size=1, max_size=200),
)
def test_no_window_lets_through_more_than_the_capacity_and_its_refill(per_minute: int, gaps: list[float]) -> None:
    budgets, at, passed = Budgets(per_minute), 0.0, []
    for gap in gaps:
        at += gap
        wait = budgets.take("k", after(at))
        assert 0 <= wait <= 60
        if wait == 0:
            passed.append(at)
    for first, start in enumerate(passed):
        for last in range(first, len(passed)):
            allowed = per_minute + (passed[last] - start) * per_minute / 60
            assert last - first + 1 <= allowed + 1e-3


@given(keys=st.lists(st.integers(min_value=0, max_value=50)), limit=st.integers(min_value=1, max_value=10))
def test_the_table_is_bounded(keys: list[int], limit: int) -> None:
    budgets = Budgets(per_minute=10, max_keys=limit)
    for key in keys:
        budgets.take(str(key), START)
        assert len(budgets) <= limit
