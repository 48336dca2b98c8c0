"""Until when an incident is snoozed: an instant, a local time in a zone, or so long from now."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from tocsin.errors import FieldProblem, Invalid

LONGEST: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Snooze:
    """Its end, and the zone it was said in, if in one."""

    until: datetime
    time_zone: str | None = None


def until(at: datetime, time_zone: str | None, now: datetime) -> Snooze:
    """A snooze until an instant, or until a local time (without an offset) in an IANA zone; raises Invalid.

    A local time that comes twice as clocks go back is its first; one that they skip is the first instant after.
    """
    zone = None if time_zone is None else _zone(time_zone)
    if at.tzinfo is not None:
        return _checked(_utc(at), time_zone, now, "until")
    if zone is None:
        raise _invalid("time_zone", "must be given with a local time, like Europe/Berlin; or give until an offset")
    return _checked(_instant(at, zone), time_zone, now, "until")


def lasting(duration: timedelta, now: datetime) -> Snooze:
    """A snooze that begins now; raises Invalid."""
    return _checked(now + duration, None, now, "seconds")


def _checked(at: datetime, time_zone: str | None, now: datetime, field: str) -> Snooze:
    if at <= now:
        raise _invalid(field, f"must be after now, which is {now:%Y-%m-%dT%H:%M:%SZ}")
    if at > now + LONGEST:
        raise _invalid(field, f"must end within {LONGEST.days} days")
    return Snooze(at, time_zone)


def _utc(at: datetime) -> datetime:
    try:
        return at.astimezone(UTC)
    except OverflowError as error:
        raise _invalid("until", f"must end within {LONGEST.days} days") from error


def _instant(local: datetime, zone: ZoneInfo) -> datetime:
    try:
        first = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
        if first.astimezone(zone).replace(tzinfo=None) == local.replace(fold=0):
            return first
        # In a gap, fold 0 counts by the offset before it and fold 1 by the one after: the gap ends between the two.
        early, late = local.replace(tzinfo=zone, fold=1).astimezone(UTC), first
        while late - early > timedelta(microseconds=1):
            middle = early + (late - early) / 2
            offset_of_late = late.astimezone(zone).utcoffset()
            early, late = (early, middle) if middle.astimezone(zone).utcoffset() == offset_of_late else (middle, late)
    except OverflowError as error:
        raise _invalid("until", f"must end within {LONGEST.days} days") from error
    return late


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError) as error:
        raise _invalid("time_zone", "must be an IANA time zone, like Europe/Berlin") from error
    except KeyError as error:
        raise _invalid("time_zone", "must be an IANA time zone that exists, like Europe/Berlin") from error


def _invalid(field: str, reason: str) -> Invalid:
    return Invalid("The incident can't be snoozed like this.", [FieldProblem(field, reason)])
