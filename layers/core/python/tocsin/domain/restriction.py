"""Hours of the day or of the week: when a layer, or anything else that is not always on, counts."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from tocsin.domain import wall_clock

MINUTES_OF_DAY: Final = 1_440
MINUTES_OF_WEEK: Final = 10_080
DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONDAY: Final = datetime(1970, 1, 5)  # noqa: DTZ001 - a time on the wall, of no zone
_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Restriction:
    """Hours of each day; or, with both days (0 is Monday), hours of the week from one to the other.

    An end that is not after the start lies on the next day, or in the next week.
    """

    start: time
    end: time
    start_day: int | None = None
    end_day: int | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """One time a restriction holds, half-open. `label` names it by its day, whatever hours it has that day."""

    starts_at: datetime
    ends_at: datetime
    label: str


type Mask = tuple[tuple[int, int], ...]
"""When in the week restrictions hold: (first minute, length), sorted, apart from each other."""


def covers(restrictions: Sequence[Restriction], zone: ZoneInfo, at: datetime) -> bool:
    """Whether an instant lies in one of the restrictions; without any, every instant does."""
    found = mask(tuple(restrictions))
    return found is None or next(windows(found, zone, at)).starts_at <= at


def spans(restriction: Restriction) -> list[tuple[int, int]]:
    """The minutes of the week that a restriction holds: (first minute, length), the last one perhaps over its end."""
    start, end = _minutes(restriction.start), _minutes(restriction.end)
    if restriction.start_day is None or restriction.end_day is None:
        length = (end - start) % MINUTES_OF_DAY or MINUTES_OF_DAY
        return [(day * MINUTES_OF_DAY + start, length) for day in range(7)]
    start += restriction.start_day * MINUTES_OF_DAY
    end += restriction.end_day * MINUTES_OF_DAY
    return [(start, (end - start) % MINUTES_OF_WEEK or MINUTES_OF_WEEK)]


def minutes(restriction: Restriction) -> int:
    """The minutes of the week that a restriction holds, as a number with a byte for each, the first one highest."""
    held = bytearray(MINUTES_OF_WEEK)
    for start, length in spans(restriction):
        end = min(start + length, MINUTES_OF_WEEK)
        held[start:end] = b"\1" * (end - start)
        wrapped = start + length - end
        held[:wrapped] = b"\1" * wrapped
    return int.from_bytes(held)


@lru_cache(maxsize=1024)
def mask(restrictions: tuple[Restriction, ...]) -> Mask | None:
    """The restrictions put together, touching ones joined; None when they hold all week, or there are none."""
    number = 0
    for restriction in restrictions:
        number |= minutes(restriction)
    held = number.to_bytes(MINUTES_OF_WEEK)
    free = held.find(0)
    if not restrictions or free < 0:
        return None
    turned = held[free:] + held[:free]  # begins where nothing holds, so that nothing runs over its end
    found: list[tuple[int, int]] = []
    start = turned.find(1)
    while start >= 0:
        end = turned.find(0, start)
        end = MINUTES_OF_WEEK if end < 0 else end
        found.append(((start + free) % MINUTES_OF_WEEK, end - start))
        start = turned.find(1, end)
    return tuple(sorted(found))


def windows(held: Mask, zone: ZoneInfo, since: datetime) -> Iterator[Window]:
    """The windows that end after `since`, in order, without end: each from the first to the last occurrence.

    Where clocks are put back, a window ends at the latest when the next one starts.
    """
    number = _begun(held, zone, since)
    starts_at = wall_clock.first(_start(held, number), zone)
    while True:
        length = held[number % len(held)][1]
        following = wall_clock.first(_start(held, number + 1), zone)
        ends_at = min(wall_clock.last(_start(held, number) + length * _MINUTE, zone), following)
        if starts_at < ends_at and since < ends_at:
            yield Window(starts_at, ends_at, _label(held, number))
        number, starts_at = number + 1, following


def _begun(held: Mask, zone: ZoneInfo, at: datetime) -> int:
    """The number of the last window that has started, counted from a Monday long ago."""
    week, minute = divmod((wall_clock.wall(at, zone) - _MONDAY) // _MINUTE, MINUTES_OF_WEEK)
    number = week * len(held) + bisect_right(held, minute, key=_first_minute) - 1
    while wall_clock.first(_start(held, number + 1), zone) <= at:
        number += 1
    return number


def _first_minute(span: tuple[int, int]) -> int:
    return span[0]


def _start(held: Mask, number: int) -> datetime:
    week, index = divmod(number, len(held))
    return _MONDAY + timedelta(weeks=week, minutes=held[index][0])


def _label(held: Mask, number: int) -> str:
    """The day a window starts on, and which one of that day it is."""
    index = number % len(held)
    day = held[index][0] // MINUTES_OF_DAY
    of_day = sum(1 for start, _ in held[:index] if start // MINUTES_OF_DAY == day)
    return f"{_start(held, number).date().isoformat()}.{of_day}"


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
