"""When a step pages: severities, urgencies, and hours of the week against a walk through every minute of one."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.domain.step_condition import (
    ALWAYS,
    DAY,
    DAYS,
    Circumstances,
    Conditions,
    Times,
    clock,
    is_zone,
    minute,
    told,
    unmet,
)

MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
OFFICE = Times(DAYS[:5], 9 * 60, 17 * 60 + 30)


def at(now: datetime, severity: str = "error", urgency: str = "high") -> Circumstances:
    return Circumstances(severity, urgency, now)


minutes = st.integers(0, DAY - 1)
times = st.builds(Times, st.lists(st.sampled_from(DAYS), min_size=1, unique=True).map(tuple), minutes, minutes)


@settings(max_examples=200, deadline=None)
@given(times, st.integers(0, 7 * DAY - 1))
def test_hours_are_those_a_walk_from_their_starts_comes_through(found: Times, place: int) -> None:
    length = (found.ends - found.starts) % DAY or DAY
    inside = {
        (DAYS.index(day) * DAY + found.starts + passed) % (7 * DAY) for day in found.days for passed in range(length)
    }
    assert found.hold(MONDAY + timedelta(minutes=place)) == (place in inside)


def test_nothing_asked_is_always_met() -> None:
    assert unmet(ALWAYS, at(MONDAY), "UTC") is None


def test_each_condition_says_why_it_does_not_hold() -> None:
    night = MONDAY + timedelta(hours=3)
    assert unmet(Conditions(severities=("critical", "error")), at(MONDAY, "info"), "UTC") == (
        "the severity is info; the step is for critical or error"
    )
    assert unmet(Conditions(urgencies=("high",)), at(MONDAY, urgency="low"), "UTC") == (
        "the urgency is low; the step is for high"
    )
    assert unmet(Conditions(times=(OFFICE,)), at(night), "Asia/Kathmandu") == (
        "it is Monday 08:45 (Asia/Kathmandu); the step is for Monday to Friday 09:00-17:30"
    )
    assert unmet(Conditions(("error",), ("high",), (OFFICE,)), at(MONDAY + timedelta(hours=9)), "UTC") is None


def test_the_clock_on_the_wall_counts_before_and_after_a_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    for day in (datetime(2026, 10, 23, tzinfo=berlin), datetime(2026, 10, 26, tzinfo=berlin)):
        opens = day.replace(hour=9).astimezone(UTC)
        assert unmet(Conditions(times=(OFFICE,)), at(opens), "Europe/Berlin") is None
        assert unmet(Conditions(times=(OFFICE,)), at(opens - timedelta(minutes=1)), "Europe/Berlin") is not None


def test_a_zone_that_is_lost_is_taken_for_utc() -> None:
    assert unmet(Conditions(times=(OFFICE,)), at(MONDAY + timedelta(hours=9)), "Mars/Olympus") is None


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (OFFICE, "Monday to Friday 09:00-17:30"),
        (Times(DAYS, 0, 0), "every day"),
        (Times(("sunday", "saturday"), 22 * 60, 6 * 60), "Saturday, Sunday 22:00-06:00"),
    ],
)
def test_hours_in_words(found: Times, said: str) -> None:
    assert told(found) == said


@given(minutes)
def test_a_clock_is_read_as_it_is_written(found: int) -> None:
    assert minute(clock(found)) == found


@pytest.mark.parametrize("text", ["", "9:00", "24:00", "09:60", "09-00", "0900", "09:00:00", "\u0660\u0669:00"])
def test_no_clock(text: str) -> None:
    assert minute(text) is None


@pytest.mark.parametrize("name", ["Europe/Berlin", "UTC", "Australia/Lord_Howe"])
def test_a_zone(name: str) -> None:
    assert is_zone(name)


@pytest.mark.parametrize("name", ["", "Europe", "Mars/Olympus", "../etc/passwd", "\x00", "/etc/localtime"])
def test_no_zone(name: str) -> None:
    assert not is_zone(name)
