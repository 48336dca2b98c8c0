"""Wall-clock time and instants: what a time on the clock of a zone means where clocks are changed."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_NOT_PLACES: Final = ("posix/", "right/", "Factory", "localtime", "posixrules")
_SECOND: Final = timedelta(seconds=1)
_KEPT: Final = 8192
"""Schedules hand over at the same few times, and each is asked for again and again."""


def is_zone(name: str) -> bool:
    """Whether a name is one of the IANA time zone database, as Europe/Berlin or UTC are."""
    if not name or name.startswith(_NOT_PLACES):
        return False
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a folder, as America is, or a name without end
        return False
    return True


def wall(at: datetime, zone: ZoneInfo) -> datetime:
    """What the clocks of a zone show at an instant: a naive datetime."""
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


@lru_cache(maxsize=_KEPT)
def first(time: datetime, zone: ZoneInfo) -> datetime:
    """The first instant (UTC) at which the clocks of a zone show `time`, or show more because it is skipped."""
    earlier, later = _offsets(time, zone)
    if earlier < later:
        return _after_gap(time, zone, earlier, later)
    return (time - earlier).replace(tzinfo=UTC)


@lru_cache(maxsize=_KEPT)
def last(time: datetime, zone: ZoneInfo) -> datetime:
    """The last instant (UTC) at which the clocks of a zone show `time`, or show more because it is skipped."""
    earlier, later = _offsets(time, zone)
    if earlier < later:
        return _after_gap(time, zone, earlier, later)
    return (time - later).replace(tzinfo=UTC)


def _offsets(time: datetime, zone: ZoneInfo) -> tuple[timedelta, timedelta]:
    """The offsets of both readings of a time (PEP 495): equal; falling where it is repeated; rising where skipped."""
    aware = time.replace(tzinfo=zone, fold=0)
    return aware.utcoffset() or timedelta(), aware.replace(fold=1).utcoffset() or timedelta()


def _after_gap(time: datetime, zone: ZoneInfo, earlier: timedelta, later: timedelta) -> datetime:
    """The first instant after the gap that `time` falls into, to the second: clocks are not changed between seconds."""
    low = (time - later).replace(tzinfo=UTC)
    high = (time - earlier).replace(tzinfo=UTC)
    while high - low > _SECOND:
        middle = low + (high - low) // 2 // _SECOND * _SECOND
        if wall(middle, zone) > time:
            high = middle
        else:
            low = middle
    return high
