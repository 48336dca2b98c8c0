"""What pages weigh on a person: by the hour of the local day, by night and at weekends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

HOURS: Final = 24
SATURDAY: Final = 6
"""By ISO 8601, where Monday is 1 and Sunday 7."""


@dataclass(frozen=True, slots=True)
class HourCount:
    """How many pages fell into one hour (0 to 23) of one ISO day of the week (1 to 7), in local time."""

    weekday: int
    hour: int
    pages: int


@dataclass(frozen=True, slots=True)
class Night:
    """The hours from `begins` until before `ends`, local; they may pass midnight. The same hour twice is no night."""

    begins: int
    ends: int

    def holds(self, hour: int) -> bool:
        """Whether an hour of the day is in it."""
        if self.begins <= self.ends:
            return self.begins <= hour < self.ends
        return hour >= self.begins or hour < self.ends


@dataclass(frozen=True, slots=True)
class Load:
    """Pages in all, by hour of the day, by night, at weekends, and those that were neither: `daytime`."""

    pages: int
    by_hour: Sequence[int]
    night: int
    weekend: int
    daytime: int


def load(counts: Iterable[HourCount], night: Night) -> Load:
    """Sum up one person's pages. A page on a Saturday night counts as both night and weekend."""
    by_hour = [0] * HOURS
    at_night = at_weekends = in_daytime = 0
    for count in counts:
        by_hour[count.hour] += count.pages
        is_night, is_weekend = night.holds(count.hour), count.weekday >= SATURDAY
        at_night += count.pages * is_night
        at_weekends += count.pages * is_weekend
        in_daytime += count.pages * (not is_night and not is_weekend)
    return Load(sum(by_hour), tuple(by_hour), at_night, at_weekends, in_daytime)
