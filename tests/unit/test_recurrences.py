"""When windows are open: once and again, over clock changes, against a slow walk; and which recurrences are refused."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin_data.recurrences import Times, between, open_at, problems, upcoming

ZONES = ("Europe/Berlin", "Australia/Lord_Howe", "America/Santiago", "Asia/Kathmandu", "Africa/Casablanca", "UTC")


def local(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def daily(start: str, end: str, zone: str, rule: str = "FREQ=DAILY", **more: datetime) -> Times:
    return Times(local(start, zone), local(end, zone), zone, rule, **more)


def told(times: Times, after: str, count: int = 3) -> list[str]:
    at = datetime.fromisoformat(after).astimezone(UTC)
    return [f"{s:%m-%dT%H:%M}/{e:%m-%dT%H:%M}" for s, e in upcoming(times, at, count)]


def test_wall_clock_times_are_kept_over_a_clock_change() -> None:
    times = daily("2026-10-23T22:00", "2026-10-24T04:00", "Europe/Berlin")
    assert told(times, "2026-10-23T00:00+00:00") == [
        "10-23T20:00/10-24T02:00",
        "10-24T20:00/10-25T03:00",
        "10-25T21:00/10-26T03:00",
    ]


def test_a_time_that_comes_twice_is_first_as_start_and_last_as_end() -> None:
    twice = daily("2026-10-24T02:30", "2026-10-24T02:45", "Europe/Berlin")
    assert told(twice, "2026-10-25T00:00+00:00", 1) == ["10-25T00:30/10-25T01:45"]


def test_a_time_that_is_skipped_is_the_first_instant_after_the_gap() -> None:
    gap = daily("2026-03-28T02:30", "2026-03-28T05:00", "Europe/Berlin")
    assert told(gap, "2026-03-29T00:00+00:00", 1) == ["03-29T01:00/03-29T03:00"]
    howe = daily("2026-10-03T02:10", "2026-10-03T04:00", "Australia/Lord_Howe")
    assert told(howe, "2026-10-03T12:00+00:00", 1) == ["10-03T15:30/10-03T17:00"]


def test_intervals_are_half_open_and_end_when_somebody_ends_them() -> None:
    start = datetime(2026, 11, 21, 10, tzinfo=UTC)
    once = Times(start, start + timedelta(hours=1), "UTC")
    assert open_at(once, start - timedelta(microseconds=1)) is None
    assert open_at(once, start) == (start, start + timedelta(hours=1))
    assert open_at(once, start + timedelta(hours=1)) is None
    ended = start + timedelta(minutes=10)
    again = Times(start, start + timedelta(hours=1), "UTC", "FREQ=DAILY", ended_at=ended)
    assert open_at(again, start + timedelta(minutes=20)) is None
    assert open_at(again, start + timedelta(days=1)) is not None
    until = Times(start, start + timedelta(hours=1), "UTC", "FREQ=DAILY", recurs_until=start + timedelta(days=1))
    assert open_at(until, start + timedelta(days=1)) is None


@given(
    st.sampled_from(ZONES),
    st.integers(0, 60 * 24 * 360),
    st.integers(1, 30 * 60),
    st.sampled_from(["FREQ=DAILY", "FREQ=DAILY;INTERVAL=2", "FREQ=WEEKLY", "FREQ=MONTHLY"]),
    st.integers(0, 60 * 24 * 120),
)
def test_what_is_open_at_an_instant_is_among_what_comes(
    zone: str, start: int, minutes: int, rule: str, later: int
) -> None:
    starts_at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=start)
    times = Times(starts_at, starts_at + timedelta(minutes=minutes), zone, rule)
    at = starts_at + timedelta(minutes=later)
    coming = upcoming(times, at, 5)
    assert coming == sorted(coming)
    assert all(s < e and e > at for s, e in coming)
    found = [o for o in coming if o[0] <= at]
    assert open_at(times, at) == max(found, key=lambda o: o[1], default=None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "must be an RRULE of RFC 5545 with FREQ=DAILY, WEEKLY, MONTHLY, YEARLY, like FREQ=WEEKLY;BYDAY=SA"),
        ("FREQ=HOURLY", "must be an RRULE of RFC 5545 with FREQ=DAILY, WEEKLY, MONTHLY, YEARLY"),
        ("FREQ=DAILY;FREQ=DAILY", "must be an RRULE"),
        ("FREQ=DAILY;UNTIL=20270101", "has UNTIL; give recurs_until instead"),
        ("FREQ=DAILY;BYMONTH=2", "has BYMONTH, which FREQ=DAILY can't have here; COUNT, FREQ, INTERVAL are possible"),
        ("FREQ=WEEKLY;BYDAY=XX", "has BYDAY=XX, which is none"),
        ("FREQ=WEEKLY;BYDAY=1SA", "has numbered days, which are for FREQ=MONTHLY"),
        ("FREQ=DAILY;INTERVAL=0", "has INTERVAL=0, which is none"),
        ("FREQ=DAILY;INTERVAL=999", "has INTERVAL of 999; 366 at most"),
        ("FREQ=WEEKLY;BYDAY=SU", "happens on Sunday, 2026-11-22 first, but the window starts on Saturday, 2026-11-21"),
    ],
)
def test_a_recurrence_that_is_none_is_refused(text: str, reason: str) -> None:
    (found,) = problems(text, local("2026-11-21T10:00", "Europe/Berlin"), "Europe/Berlin")
    assert found.startswith(reason)


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY",
        "RRULE:freq=weekly;byday=sa,su",
        "FREQ=MONTHLY;BYDAY=3SA",
        "FREQ=MONTHLY;BYMONTHDAY=21",
        "FREQ=YEARLY",
    ],
)
def test_a_recurrence_may_begin_with_the_window(text: str) -> None:
    assert list(problems(text, local("2026-11-21T10:00", "Europe/Berlin"), "Europe/Berlin")) == []


@given(
    st.sampled_from(ZONES),
    st.sampled_from(["FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=MO,SA", "FREQ=MONTHLY;BYMONTHDAY=-1"]),
    st.integers(min_value=1, max_value=60),
    st.integers(min_value=0, max_value=90 * 24),
)
def test_what_was_open_between_two_instants_is_what_was_open_at_each(zone: str, rule: str, hours: int, at: int) -> None:
    start = local("2026-02-28T22:00", zone)
    times = Times(start, start + timedelta(hours=hours), zone, rule)
    since = start + timedelta(hours=at)
    until = since + timedelta(days=3)
    found = between(times, since, until)
    for step in range(0, 72 * 60, 37):
        instant = since + timedelta(minutes=step)
        assert any(begin <= instant < end for begin, end in found) == (open_at(times, instant) is not None)


def test_what_was_ended_early_was_open_until_then() -> None:
    zone = "UTC"
    ended = local("2026-03-03T10:30", zone)
    times = daily("2026-03-01T10:00", "2026-03-01T12:00", zone, ended_at=ended)
    found = between(times, local("2026-03-01T00:00", zone), local("2026-03-05T00:00", zone))
    assert [f"{s:%dT%H:%M}/{e:%H:%M}" for s, e in found] == [
        "01T10:00/12:00",
        "02T10:00/12:00",
        "03T10:00/10:30",
        "04T10:00/12:00",
    ]
    assert between(Times(times.starts_at, times.ends_at, zone), ended, ended + timedelta(days=9)) == []
