"""A stop of all paging: its bounds, and that it holds everything back and changes nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.domain import paging_stop
from tocsin.errors import Invalid

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
AROUND = st.timedeltas(timedelta(days=-2), timedelta(days=2))


@given(AROUND)
def test_a_stop_ends_within_a_day_or_is_refused(ahead: timedelta) -> None:
    if timedelta(0) < ahead <= timedelta(hours=24):
        paging_stop.check(NOW + ahead, NOW)
        assert paging_stop.in_force(NOW + ahead, NOW)
        return
    with pytest.raises(Invalid) as refused:
        paging_stop.check(NOW + ahead, NOW)
    (problem,) = refused.value.problems
    assert problem.field == "ends_at"


@given(AROUND, AROUND)
def test_nothing_leaves_before_the_end_and_nothing_is_held_beyond_it(due: timedelta, end: timedelta) -> None:
    leaves = paging_stop.held_back(NOW + due, NOW + end)
    assert leaves == max(NOW + due, NOW + end)
    assert not paging_stop.in_force(NOW + end, leaves)
    assert paging_stop.held_back(NOW + due, None) == NOW + due


def test_without_a_stop_there_is_none() -> None:
    assert not paging_stop.in_force(None, NOW)
    assert not paging_stop.in_force(NOW, NOW)
