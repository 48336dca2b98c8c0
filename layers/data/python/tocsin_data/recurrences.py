"""When a window is open: once, or again by an RFC 5545 RRULE of local times in a zone.

An occurrence keeps its wall-clock times over clock changes: it starts at the first occurrence of its local time and
ends at the last; a time that clocks skip is the first instant after the gap. Intervals are half-open.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

MAX_TEXT: Final = 200
MAX_COUNT: Final = 1_000
MAX_INTERVAL: Final = 366
PARTS: Final[dict[str, frozenset[str]]] = {
    "DAILY": frozenset({"FREQ", "INTERVAL", "COUNT"}),
    "WEEKLY": frozenset({"FREQ", "INTERVAL", "COUNT", "BYDAY", "WKST"}),
    "MONTHLY": frozenset({"FREQ", "INTERVAL", "COUNT", "BYDAY", "BYMONTHDAY"}),
    "YEARLY": frozenset({"FREQ", "INTERVAL", "COUNT"}),
}
"""What each frequency may be narrowed by: whatever is possible here comes again, so that looking for it ends."""
_DAY: Final = "(?:MO|TU|WE|TH|FR|SA|SU)"
_FORMS: Final = {
    "FREQ": re.compile("|".join(PARTS)),
    "INTERVAL": re.compile(r"[1-9]\d{0,2}"),
    "COUNT": re.compile(r"[1-9]\d{0,3}"),
    "BYDAY": re.compile(rf"(?:[+-]?[1-5])?{_DAY}(?:,(?:[+-]?[1-5])?{_DAY})*"),
    "BYMONTHDAY": re.compile(r"-?(?:[1-9]|[12]\d|3[01])(?:,-?(?:[1-9]|[12]\d|3[01]))*"),
    "WKST": re.compile(_DAY),
}


@dataclass(frozen=True, slots=True)
class Times:
    """When a window is: its first occurrence, and by which rule it comes again, until before which instant."""

    starts_at: datetime
    ends_at: datetime
    zone: str
    recurrence: str | None = None
    recurs_until: datetime | None = None
    ended_at: datetime | None = None
    """An occurrence that began before is over since then."""


type Occurrence = tuple[datetime, datetime]
"""From, and until before."""


def problems(text: str, starts_at: datetime, zone: str) -> Iterator[str]:
    """What is wrong with a recurrence; nothing when windows may have it."""
    parts = _parts(text)
    frequency = parts.get("FREQ", "")
    if len(text) > MAX_TEXT or not parts or frequency not in PARTS:
        yield f"must be an RRULE of RFC 5545 with FREQ={', '.join(PARTS)}, like FREQ=WEEKLY;BYDAY=SA"
        return
    for name, value in parts.items():
        if name == "UNTIL":
            yield "has UNTIL; give recurs_until instead"
        elif name not in PARTS[frequency]:
            known = ", ".join(sorted(PARTS[frequency]))
            yield f"has {name}, which FREQ={frequency} can't have here; {known} are possible"
        elif not _FORMS[name].fullmatch(value):
            yield f"has {name}={value}, which is none"
    wide = (("COUNT", MAX_COUNT), ("INTERVAL", MAX_INTERVAL))
    beyond = [f"{name} of {parts[name]}; {most} at most" for name, most in wide if _number(parts.get(name)) > most]
    if frequency == "WEEKLY" and re.search(r"\d", parts.get("BYDAY", "")):
        beyond.append("numbered days, which are for FREQ=MONTHLY")
    yield from (f"has {what}" for what in beyond)
    if beyond or set(parts) - PARTS[frequency] or not all(_FORMS[n].fullmatch(v) for n, v in parts.items()):
        return
    local = _local(starts_at, zone)
    first = next(iter(_rule(_canonical(text), local)), None)
    if first != local:
        found = "never" if first is None else f"on {first:%A, %Y-%m-%d}"
        yield f"happens {found} first, but the window starts on {local:%A, %Y-%m-%d}; start it with an occurrence"


def open_at(times: Times, at: datetime) -> Occurrence | None:
    """The occurrence that an instant lies in; of several the one that ends last."""
    if times.recurrence is None:
        once = (times.starts_at, times.ends_at)
        return once if times.starts_at <= at < times.ends_at and not _is_over(times, once) else None
    found = [o for o in _around(times, at) if o[0] <= at < o[1]]
    return max(found, key=lambda o: o[1], default=None)


def upcoming(times: Times, after: datetime, at_most: int) -> list[Occurrence]:
    """The occurrences that have not ended by an instant, in order."""
    if times.recurrence is None:
        once = (times.starts_at, times.ends_at)
        return [once] if times.ends_at > after and not _is_over(times, once) else []
    local, length = _local_times(times)
    rule = _rule(_canonical(times.recurrence), local)
    starts = rule.xafter(_local(after, times.zone) - length - timedelta(days=1), inc=True)
    found: list[Occurrence] = []
    for start in starts:
        occurrence = _occurrence(times, start, length)
        if len(found) == at_most or (times.recurs_until is not None and occurrence[0] >= times.recurs_until):
            break
        if occurrence[1] > after and not _is_over(times, occurrence):
            found.append(occurrence)
    return found


def between(times: Times, since: datetime, until: datetime) -> list[Occurrence]:
    """When a window was open between two instants: occurrences that touch them, cut where the window was ended."""
    if times.recurrence is None:
        found = [(times.starts_at, times.ends_at)]
    else:
        local, length = _local_times(times)
        rule = _rule(_canonical(times.recurrence), local)
        first, last = (
            _local(since, times.zone) - length - timedelta(days=1),
            _local(until, times.zone) + timedelta(days=1),
        )
        found = [_occurrence(times, start, length) for start in rule.between(first, last, inc=True)]
        if times.recurs_until is not None:
            found = [occurrence for occurrence in found if occurrence[0] < times.recurs_until]
    ended_at = times.ended_at
    if ended_at is not None:
        found = [(begin, min(end, ended_at) if begin < ended_at else end) for begin, end in found]
    return [(begin, end) for begin, end in found if begin < until and end > since and begin < end]


def _around(times: Times, at: datetime) -> Iterator[Occurrence]:
    local, length = _local_times(times)
    day = _local(at, times.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    for start in _starts(_canonical(times.recurrence or ""), local, day, length):
        occurrence = _occurrence(times, start, length)
        if not _is_over(times, occurrence):
            yield occurrence


@lru_cache(maxsize=1024)
def _starts(text: str, first: datetime, day: datetime, length: timedelta) -> tuple[datetime, ...]:
    """Local starts of what may be open on a day. Kept, since a rule is walked from its beginning."""
    return tuple(_rule(text, first).between(day - length - timedelta(days=1), day + timedelta(days=2), inc=True))


def _occurrence(times: Times, start: datetime, length: timedelta) -> Occurrence:
    zone = ZoneInfo(times.zone)
    return _instant(start, zone, fold=0), _instant(start + length, zone, fold=1)


def _is_over(times: Times, occurrence: Occurrence) -> bool:
    if times.ended_at is not None and occurrence[0] < times.ended_at:
        return True
    return times.recurs_until is not None and occurrence[0] >= times.recurs_until


def _local_times(times: Times) -> tuple[datetime, timedelta]:
    start = _local(times.starts_at, times.zone)
    return start, _local(times.ends_at, times.zone) - start


def _local(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0, microsecond=0)


def _instant(local: datetime, zone: ZoneInfo, *, fold: int) -> datetime:
    at = local.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None, fold=0) == local:
        return at
    # In a gap, fold 1 counts by the offset after it and fold 0 by the one before: the gap ends between the two.
    early, late = (local.replace(tzinfo=zone, fold=f).astimezone(UTC) for f in (1, 0))
    after = late.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) // 2
        early, late = (early, middle) if middle.astimezone(zone).utcoffset() == after else (middle, late)
    return late.replace(microsecond=0)


def _rule(text: str, first: datetime) -> rrule:
    return rrulestr(text, dtstart=first)


def _canonical(text: str) -> str:
    return text.strip().upper().removeprefix("RRULE:")


def _parts(text: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in _canonical(text).rstrip(";").split(";")]
    names = [name for name, _, _ in pairs]
    if len(set(names)) != len(names) or not all(separator for _, separator, _ in pairs):
        return {}
    return {name: value for name, _, value in pairs}


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0
