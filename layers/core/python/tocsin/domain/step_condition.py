"""When a step of an escalation pages: for which incidents, at which times of the week, until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY: Final = 1440
"""Minutes of a day."""


class While(StrEnum):
    """Until when a step pages."""

    NOT_ACKNOWLEDGED = "not_acknowledged"
    NOT_RESOLVED = "not_resolved"


@dataclass(frozen=True, slots=True)
class Times:
    """Hours of days, by the clock on the wall: from the minute `starts` of each of the `days` to before `ends`.

    Minutes count from midnight. What ends no later than it starts goes on into the next day; the same minute twice is
    a whole day.
    """

    days: tuple[str, ...]
    starts: int
    ends: int

    def hold(self, local: datetime) -> bool:
        """Whether a local time lies in them."""
        minute = local.hour * 60 + local.minute
        today, yesterday = DAYS[local.weekday()], DAYS[(local.weekday() - 1) % 7]
        if self.starts < self.ends:
            return today in self.days and self.starts <= minute < self.ends
        return (today in self.days and minute >= self.starts) or (yesterday in self.days and minute < self.ends)


@dataclass(frozen=True, slots=True)
class Conditions:
    """What must hold for a step to page; an empty list leaves everything in."""

    severities: tuple[str, ...] = ()
    urgencies: tuple[str, ...] = ()
    times: tuple[Times, ...] = ()
    until: While = While.NOT_ACKNOWLEDGED


ALWAYS: Final = Conditions()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a step finds when it is due."""

    severity: str
    urgency: str
    now: datetime


def unmet(conditions: Conditions, found: Circumstances, time_zone: str) -> str | None:
    """Why a step does not page now, or None when it does."""
    if conditions.severities and found.severity not in conditions.severities:
        return f"the severity is {found.severity}; the step is for {_either(conditions.severities)}"
    if conditions.urgencies and found.urgency not in conditions.urgencies:
        return f"the urgency is {found.urgency}; the step is for {_either(conditions.urgencies)}"
    if conditions.times:
        local = found.now.astimezone(_zone(time_zone))
        if not any(times.hold(local) for times in conditions.times):
            said = f"{DAYS[local.weekday()].capitalize()} {local:%H:%M}"
            return f"it is {said} ({time_zone}); the step is for {'; '.join(map(told, conditions.times))}"
    return None


def told(times: Times) -> str:
    """Times in words, as `Monday to Friday 09:00-17:30`."""
    days = "every day" if len(times.days) == len(DAYS) else _days(times.days)
    return days if times.starts == times.ends == 0 else f"{days} {clock(times.starts)}-{clock(times.ends)}"


def is_zone(name: str) -> bool:
    """Whether a name is that of a time zone, like Europe/Berlin."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        # ZoneInfo raises all three: unknown, malformed, and a folder of the database.
        return False
    return True


def minute(text: str) -> int | None:
    """The minute of a day that a clock shows at `HH:MM`, or None for what is none."""
    hours, colon, minutes = text.partition(":")
    if not (colon and len(hours) == len(minutes) == 2 and text.isascii() and (hours + minutes).isdigit()):
        return None
    found = int(hours) * 60 + int(minutes)
    return found if int(minutes) < 60 and found < DAY else None


def clock(found: int) -> str:
    """The minute of a day as a clock shows it."""
    return str(timedelta(minutes=found))[:-3].zfill(5)


def _days(days: Sequence[str]) -> str:
    places = sorted(DAYS.index(day) for day in days)
    if len(places) > 2 and places == list(range(places[0], places[-1] + 1)):
        return f"{DAYS[places[0]].capitalize()} to {DAYS[places[-1]].capitalize()}"
    return ", ".join(DAYS[place].capitalize() for place in places)


def _either(values: Sequence[str]) -> str:
    return " or ".join(values)


def _zone(name: str) -> tzinfo:
    """The zone; UTC for one that the zone database has meanwhile lost, since a step must not fail for it."""
    return ZoneInfo(name) if is_zone(name) else UTC
