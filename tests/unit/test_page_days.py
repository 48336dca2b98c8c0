"""Bars of components: of several monitors, by word, and on days of 23, 24 and 25 hours."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tocsin.domain.page_days import PageDay, Word, beside, both, measured, told
from tocsin.domain.status_page import ComponentStatus
from tocsin.domain.uptime import Uptime, bounds

HOUR = 3_600
MAJOR, PARTIAL = ComponentStatus.MAJOR_OUTAGE, ComponentStatus.PARTIAL_OUTAGE
DEGRADED, OPERATIONAL = ComponentStatus.DEGRADED, ComponentStatus.OPERATIONAL
MAINTENANCE = ComponentStatus.MAINTENANCE
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
DAY = (NOON - timedelta(hours=12), NOON + timedelta(hours=12))
AFTER = NOON + timedelta(days=2)


def day(up: int = 0, degraded: int = 0, down: int = 0, maintenance: int = 0) -> Uptime:
    known = up + degraded + down + maintenance
    return Uptime(24 * HOUR, up, degraded, down, 24 * HOUR - known, maintenance)


@pytest.mark.parametrize(
    ("days", "chosen", "worst"),
    [
        ([day(up=86_400)], 0, OPERATIONAL),
        ([day(up=86_000, down=400)], 0, MAJOR),
        ([day(up=86_400), day(up=86_000, down=400)], 1, PARTIAL),
        ([day(up=86_300, down=100), day(up=86_000, down=400)], 1, MAJOR),
        ([day(up=86_400), day(up=80_000, degraded=6_400)], 0, DEGRADED),
        ([day(), day(up=10)], 1, OPERATIONAL),
        ([day(), day(maintenance=HOUR)], 1, None),
        ([day()], 0, None),
    ],
    ids=["up", "down", "one of two down", "both down", "degraded", "one unknown", "maintenance alone", "unknown"],
)
def test_of_several_monitors_the_worst_counts(days: list[Uptime], chosen: int, worst: ComponentStatus | None) -> None:
    assert measured(days) == PageDay(days[chosen], worst)


def test_by_word_each_second_is_what_the_worst_word_says() -> None:
    words = [
        Word(DEGRADED, NOON - timedelta(hours=2), NOON + timedelta(hours=2)),
        Word(MAJOR, NOON, NOON + timedelta(hours=1)),
        Word(MAINTENANCE, NOON + timedelta(hours=5), NOON + timedelta(hours=6)),
        Word(OPERATIONAL, NOON, None),
    ]
    found = told(DAY, words, NOON - timedelta(days=9), AFTER)
    assert found.uptime == Uptime(24 * HOUR, 19 * HOUR, 3 * HOUR, HOUR, 0, HOUR)
    assert found.worst is MAJOR


@pytest.mark.parametrize(
    ("alone", "left"),
    [
        ([], [(0, 10)]),
        ([(2, 4), (6, 8)], [(0, 2), (4, 6), (8, 10)]),
        ([(-2, 1), (9, None)], [(1, 9)]),
        ([(-2, 12)], []),
        ([(-3, -1), (0, 10), (11, 12)], []),
        ([(8, 12), (11, None)], [(0, 8)]),
    ],
    ids=["nothing", "between", "over both ends", "all", "just all", "past the end"],
)
def test_what_stands_alone_leaves_of_others_what_is_beside_it(
    alone: list[tuple[int, int | None]], left: list[tuple[int, int]]
) -> None:
    def word(status: ComponentStatus, begin: int, end: int | None) -> Word:
        return Word(status, NOON + timedelta(hours=begin), None if end is None else NOON + timedelta(hours=end))

    others = [word(OPERATIONAL, *times) for times in reversed(alone)]
    assert list(beside([word(MAJOR, 0, 10)], others)) == [word(MAJOR, *times) for times in left]


def test_what_goes_on_goes_on_beside_what_is_over() -> None:
    goes_on = Word(MAJOR, NOON, None)
    until = NOON + timedelta(hours=1)
    assert list(beside([goes_on], [Word(MAINTENANCE, NOON, until)])) == [Word(MAJOR, until, None)]
    assert list(beside([goes_on], [Word(MAINTENANCE, NOON, None)])) == []


def test_before_it_was_made_nothing_is_known_and_what_is_to_come_is_not_counted() -> None:
    made, now = NOON - timedelta(hours=10), NOON
    found = told(DAY, [Word(PARTIAL, NOON - timedelta(hours=1), None)], made, now)
    assert found.uptime == Uptime(24 * HOUR, up=9 * HOUR, down=HOUR, unknown=2 * HOUR)
    before = told((DAY[0] - timedelta(days=3), DAY[0] - timedelta(days=2)), [], made, now)
    assert (before.uptime.share, before.worst) == (None, None)


@pytest.mark.parametrize(
    ("zone", "at", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
        ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
        ("Asia/Kolkata", date(2026, 3, 29), 24),
    ],
    ids=["23 hours", "25 hours", "24.5 hours", "23.5 hours", "half-hour offset"],
)
def test_a_day_is_as_long_as_it_is(zone: str, at: date, hours: float) -> None:
    stretch = bounds(at, ZoneInfo(zone))
    later = stretch[1] + timedelta(days=2)
    found = told(stretch, [Word(MAJOR, stretch[0], stretch[0] + timedelta(hours=1))], stretch[0], later)
    assert found.uptime == Uptime(int(hours * HOUR), up=int((hours - 1) * HOUR), down=HOUR)


def test_a_measured_day_is_as_bad_as_the_public_was_told() -> None:
    up = measured([day(up=86_400)])
    bad = told(DAY, [Word(PARTIAL, NOON, None)], NOON - timedelta(days=9), AFTER)
    assert both(up, bad, was_told=True) == PageDay(up.uptime, PARTIAL)
    assert both(up, bad, was_told=False) == up
    nothing = told(DAY, [Word(MAINTENANCE, DAY[0], None)], NOON - timedelta(days=9), AFTER)
    assert both(up, nothing, was_told=True) == up
