"""Uptime of calendar days: of every length that days have, maintenance apart, and no second counted twice or lost."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.domain.monitor import CheckStatus
from tocsin.domain.uptime import Interval, Span, Uptime, bounds, last_days, total, uptime

UP, DEGRADED, DOWN, UNKNOWN = CheckStatus.UP, CheckStatus.DEGRADED, CheckStatus.DOWN, CheckStatus.UNKNOWN
DAY = datetime(2026, 3, 10, tzinfo=UTC)
LATER = DAY + timedelta(days=5)
HOUR = 3_600


def at(hours: float) -> datetime:
    return DAY + timedelta(hours=hours)


LENGTHS: list[tuple[str, date, float]] = [
    ("UTC", date(2026, 3, 10), 24),
    ("Europe/Berlin", date(2026, 3, 29), 23),
    ("Europe/Berlin", date(2026, 10, 25), 25),
    ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
    ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
    ("America/Havana", date(2026, 3, 8), 23),
    ("America/Havana", date(2026, 11, 1), 25),
    ("Asia/Kathmandu", date(2026, 3, 10), 24),
    ("Pacific/Apia", date(2011, 12, 30), 0),
]
"""Clocks that change at night, at midnight, by half an hour; and a day that Samoa never had."""


@pytest.mark.parametrize(("zone", "day", "hours"), LENGTHS)
def test_a_day_is_as_long_as_it_is_there(zone: str, day: date, hours: float) -> None:
    starts_at, ends_at = bounds(day, ZoneInfo(zone))
    assert (ends_at - starts_at) / timedelta(hours=1) == hours
    assert bounds(day + timedelta(days=1), ZoneInfo(zone))[0] == ends_at
    found = uptime((starts_at, ends_at), [Span(UP, starts_at - timedelta(days=9), None)], [], LATER + timedelta(999))
    assert found == Uptime(seconds=int(hours * HOUR), up=int(hours * HOUR))


def test_maintenance_is_counted_once_and_only_there() -> None:
    spans = [Span(UP, at(-5), at(6)), Span(DOWN, at(6), at(8)), Span(DEGRADED, at(8), at(9)), Span(UP, at(9), None)]
    windows = [(at(7), at(7.5)), (at(7.25), at(10)), (at(-3), at(1)), (at(30), at(31))]
    found = uptime((DAY, at(24)), spans, windows, LATER)
    assert found == Uptime(seconds=24 * HOUR, up=19 * HOUR, down=HOUR, maintenance=4 * HOUR)
    assert found.share == 19 / 20


def test_what_nobody_knows_is_neither_up_nor_down() -> None:
    found = uptime((DAY, at(24)), [Span(UNKNOWN, at(2), at(4)), Span(UP, at(4), at(5))], [], LATER)
    assert found == Uptime(seconds=24 * HOUR, up=HOUR, unknown=23 * HOUR)
    assert found.share == 1
    assert uptime((DAY, at(24)), [], [], LATER).share is None
    assert uptime((DAY, at(24)), [Span(DOWN, at(0), None)], [(DAY, at(24))], LATER).share is None


def test_a_day_is_counted_as_far_as_it_is_over() -> None:
    found = uptime((DAY, at(24)), [Span(DOWN, at(1), None)], [(at(0), at(9))], at(2))
    assert found == Uptime(seconds=24 * HOUR, maintenance=2 * HOUR)
    assert uptime((DAY, at(24)), [Span(DOWN, at(1), None)], [], at(-1)) == Uptime(seconds=24 * HOUR)


def test_days_are_added_by_their_seconds() -> None:
    days = [Uptime(seconds=10, up=10), Uptime(seconds=30, down=10, up=10, maintenance=5, unknown=4, degraded=1)]
    assert total(days) == Uptime(seconds=40, up=20, down=10, maintenance=5, unknown=4, degraded=1)
    assert total([]).share is None


def test_today_is_the_last_day_and_is_todays_in_the_zone() -> None:
    now = datetime(2026, 3, 10, 23, 30, tzinfo=UTC)
    assert last_days(2, ZoneInfo("UTC"), now) == [date(2026, 3, 9), date(2026, 3, 10)]
    assert last_days(1, ZoneInfo("Asia/Tokyo"), now) == [date(2026, 3, 11)]


INSTANTS = st.timedeltas(timedelta(days=-1), timedelta(days=2)).map(lambda since: DAY + since)
INTERVALS = st.lists(st.tuples(INSTANTS, INSTANTS).map(lambda pair: (min(pair), max(pair))), max_size=6)


@given(st.lists(INSTANTS, min_size=2, max_size=8, unique=True), st.data(), INTERVALS, INSTANTS)
def test_the_parts_make_up_the_whole(
    turns: list[datetime], data: st.DataObject, windows: list[Interval], now: datetime
) -> None:
    turns.sort()
    statuses = data.draw(st.lists(st.sampled_from(CheckStatus), min_size=len(turns), max_size=len(turns)))
    spans = [Span(s, a, b) for s, a, b in zip(statuses, turns, [*turns[1:], None], strict=True)]
    found = uptime((DAY, at(24)), spans, windows, now)
    over = min(max(now.replace(microsecond=0), DAY), at(24)) - DAY
    parts = [found.up, found.degraded, found.down, found.unknown, found.maintenance]
    assert sum(parts) == over.total_seconds()
    assert min(parts) >= 0
    halves = [uptime(half, spans, windows, now) for half in [(DAY, at(11.5)), (at(11.5), at(24))]]
    assert total(halves) == found
