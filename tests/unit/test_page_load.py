"""What pages weigh: every page counts once an hour, and is by night, at a weekend, both, or neither."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.domain.page_load import HourCount, Night, load
from tocsin.domain.window import LONGEST, window
from tocsin.errors import Invalid

HOURS = st.integers(0, 23)
COUNTS = st.lists(st.builds(HourCount, st.integers(1, 7), HOURS, st.integers(0, 50)))
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@given(COUNTS, HOURS, HOURS)
def test_hours_add_up_and_daytime_is_the_rest(counts: list[HourCount], begins: int, ends: int) -> None:
    night = Night(begins, ends)
    found = load(counts, night)
    assert found.pages == sum(found.by_hour) == sum(c.pages for c in counts)
    both = sum(c.pages for c in counts if night.holds(c.hour) and c.weekday >= 6)
    assert found.daytime + found.night + found.weekend - both == found.pages


@given(HOURS, HOURS)
def test_a_night_and_the_day_beside_it_share_no_hour(begins: int, ends: int) -> None:
    night, day = Night(begins, ends), Night(ends, begins)
    for hour in range(24):
        assert not (night.holds(hour) and day.holds(hour))
        assert begins == ends or night.holds(hour) or day.holds(hour)


def test_a_saturday_night_is_both() -> None:
    found = load([HourCount(6, 23, 2), HourCount(1, 6, 1), HourCount(1, 7, 4)], Night(22, 7))
    assert (found.night, found.weekend, found.daytime) == (3, 2, 4)


def test_a_window_has_a_usual_length_and_a_longest() -> None:
    assert window(None, None, NOW) == (NOW - timedelta(days=30), NOW)
    assert window(NOW - LONGEST, NOW, NOW) == (NOW - LONGEST, NOW)
    earliest = datetime.min.replace(tzinfo=UTC)
    for since, until in ((NOW, NOW), (NOW - LONGEST - timedelta(seconds=1), NOW), (None, earliest)):
        with pytest.raises(Invalid) as refused:
            window(since, until, NOW)
        assert refused.value.problems[0].reason.startswith("must be")
