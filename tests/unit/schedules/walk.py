"""A slow second opinion on schedules: it looks at the clock on the wall every minute, and remembers what it saw.

It shares no arithmetic with the rules: a turn begins when the clock first shows its time or more, hours end when the
clock shows their end for the last time. Only layers whose order was never edited are walked.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import accumulate
from uuid import UUID
from zoneinfo import ZoneInfo

from tocsin.domain.restriction import Restriction
from tocsin.domain.rotation import Layer
from tocsin.domain.schedule import Override, OverrideKind, Schedule, Version

MINUTE = timedelta(minutes=1)
BEFORE = timedelta(days=12)
AFTER = timedelta(days=5)


@dataclass(frozen=True)
class Clock:
    """What a clock on the wall shows, a minute after the other, around an instant."""

    zone: str
    around: datetime

    @cached_property
    def minutes(self) -> list[datetime]:
        """The instants."""
        start = self.around - BEFORE
        return [start + number * MINUTE for number in range((BEFORE + AFTER) // MINUTE)]

    @cached_property
    def shown(self) -> list[datetime]:
        """What the clock shows at each."""
        zone = ZoneInfo(self.zone)
        return [at.astimezone(zone).replace(tzinfo=None, fold=0) for at in self.minutes]

    @cached_property
    def highest(self) -> list[datetime]:
        """The most it has shown until then."""
        return list(accumulate(self.shown, max))

    @cached_property
    def lowest(self) -> list[datetime]:
        """The least it shows from then on."""
        return list(accumulate(reversed(self.shown), min))[::-1]

    def first(self, time: datetime) -> int:
        """The minute in which the clock first shows a time, or more."""
        return bisect_left(self.highest, time)

    def last(self, time: datetime) -> int:
        """The last minute in which the clock shows a time; where it never does, the first after it."""
        minute = bisect_right(self.lowest, time) - 1
        return minute if minute >= 0 and self.shown[minute] == time else minute + 1


@lru_cache(maxsize=64)
def clock(zone: str, around: datetime) -> Clock:
    """The clock of a zone around an instant."""
    return Clock(zone, around)


def walked(schedule: Schedule, around: datetime) -> list[tuple[datetime, UUID | None]]:
    """Who is on call in each minute around an instant."""
    instants = clock("UTC", around).minutes
    found: list[UUID | None] = [None] * len(instants)
    for version in sorted(schedule.versions, key=lambda version: version.version):
        who = _layered(version.layers, clock(version.zone, around))
        found = [new if at >= version.effective_at else old for at, old, new in zip(instants, found, who, strict=True)]
    for kind in (OverrideKind.TEMPORARY, OverrideKind.OVERRIDE):
        laid = [override for override in schedule.overrides if override.kind is kind]
        for override in sorted(laid, key=lambda override: (override.created_at, override.override_id)):
            who = _laid(override, schedule.versions, around)
            found = [new if _holds(override, at) else old for at, old, new in zip(instants, found, who, strict=True)]
    return list(zip(instants, found, strict=True))


def _holds(override: Override, at: datetime) -> bool:
    cancelled = override.cancelled_at is not None and at >= override.cancelled_at
    return override.created_at <= at and override.starts_at <= at < override.ends_at and not cancelled


def _laid(override: Override, versions: Sequence[Version], around: datetime) -> list[UUID | None]:
    if override.kind is OverrideKind.OVERRIDE:
        return [override.user_id] * ((BEFORE + AFTER) // MINUTE)
    since = max(override.starts_at, override.created_at)
    holding = [version for version in versions if version.effective_at <= since]
    zone = override.zone or (holding[-1].zone if holding else "UTC")
    return _layered(override.layers or (), clock(zone, around))


def _layered(layers: Sequence[Layer], on_wall: Clock) -> list[UUID | None]:
    found: list[UUID | None] = [None] * len(on_wall.minutes)
    for layer in layers:
        found = [over or under for over, under in zip(turns_seen(layer, on_wall), found, strict=True)]
    return found


def turns_seen(layer: Layer, on_wall: Clock) -> Iterator[UUID | None]:
    """Who has the layer in each minute: hands over whenever the clock first shows the time to."""
    length = timedelta(**{layer.unit.value: layer.length})
    handoff = datetime.combine(layer.starts_on, layer.handoff)
    turn = layer.anchor_index - 1
    held = restrictions_hold(layer.restrictions, on_wall)
    begun = False
    for minute, (at, shown) in enumerate(zip(on_wall.minutes, on_wall.shown, strict=True)):
        while shown >= handoff:
            begun, turn, handoff = True, turn + 1, handoff + length
        ended = layer.ends_at is not None and at >= layer.ends_at
        holds = begun and not ended and held[minute]
        yield layer.participants[turn % len(layer.participants)] if holds else None


def restrictions_hold(restrictions: Sequence[Restriction], on_wall: Clock) -> list[bool]:
    """In which minutes the restrictions hold."""
    held = [not restrictions] * len(on_wall.minutes)
    day = on_wall.shown[0].date() - timedelta(days=8)
    while day <= on_wall.shown[-1].date():
        for restriction in restrictions:
            if restriction.start_day not in (None, day.weekday()):
                continue
            start = datetime.combine(day, restriction.start)
            end = datetime.combine(day, restriction.end)
            while end <= start or restriction.end_day not in (None, end.weekday()):
                end += timedelta(days=1)
            opened, closed = on_wall.first(start), on_wall.last(end)
            held[opened:closed] = [True] * len(held[opened:closed])
        day += timedelta(days=1)
    return held


def instant(text: str) -> datetime:
    """An instant, written as UTC without saying so."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
