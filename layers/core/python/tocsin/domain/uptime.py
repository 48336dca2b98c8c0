"""Uptime: how much of a calendar day a monitor was what, counted from its spans, with maintenance left out.

A second is under maintenance, or else up, degraded, down or unknown; what no span covers is unknown. Uptime is
(up + degraded) / (up + degraded + down): neither maintenance nor what nobody knows is held for or against anybody.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tocsin.domain import wall_clock
from tocsin.domain.monitor import CheckStatus

type Interval = tuple[datetime, datetime]
"""From, and until before."""


@dataclass(frozen=True, slots=True)
class Span:
    """For how long a monitor was what; without an end, it still is."""

    status: CheckStatus
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Uptime:
    """Whole seconds of a stretch of time by what the monitor was then. `seconds` is the length of the stretch, of which
    the rest is yet to come.
    """

    seconds: int = 0
    up: int = 0
    degraded: int = 0
    down: int = 0
    unknown: int = 0
    maintenance: int = 0

    @property
    def share(self) -> float | None:
        """Uptime from 0 to 1; None when nothing is known of any second that counts."""
        known = self.up + self.degraded + self.down
        return (self.up + self.degraded) / known if known else None


def bounds(day: date, zone: ZoneInfo) -> Interval:
    """A calendar day: from the first instant at which clocks show its midnight, or more, to that of the next day.

    It has 24 hours, or 23, 25, 23.5 where clocks are changed, and none where a zone leaves the day out.
    """
    midnight = datetime.combine(day, time())
    return wall_clock.first(midnight, zone), wall_clock.first(midnight + timedelta(days=1), zone)


def last_days(count: int, zone: ZoneInfo, now: datetime) -> list[date]:
    """So many calendar days, today last."""
    today = wall_clock.wall(now, zone).date()
    return [today - timedelta(days=back) for back in reversed(range(count))]


def uptime(stretch: Interval, spans: Iterable[Span], maintenance: Iterable[Interval], now: datetime) -> Uptime:
    """What the seconds of a stretch were, as far as it is over by `now`.

    Instants are cut to whole seconds first, so that no second is counted twice or lost and the parts make up the whole.
    """
    starts_at, ends_at = _second(stretch[0]), _second(stretch[1])
    over = min(ends_at, max(starts_at, _second(now)))
    under = list(_joined(_cut(maintenance, starts_at, over)))
    seconds = dict.fromkeys(CheckStatus, 0)
    known = 0
    for span in spans:
        for part in _cut([(span.starts_at, span.ends_at or now)], starts_at, over):
            length = _length(part) - sum(_length(both) for both in _cut(under, *part))
            seconds[span.status] += length
            known += length
    excluded = sum(map(_length, under))
    return Uptime(
        seconds=_length((starts_at, ends_at)),
        up=seconds[CheckStatus.UP],
        degraded=seconds[CheckStatus.DEGRADED],
        down=seconds[CheckStatus.DOWN],
        unknown=seconds[CheckStatus.UNKNOWN] + _length((starts_at, over)) - excluded - known,
        maintenance=excluded,
    )


def total(days: Sequence[Uptime]) -> Uptime:
    """Several stretches as one: seconds are added, so that a short day weighs less."""
    return Uptime(
        seconds=sum(d.seconds for d in days),
        up=sum(d.up for d in days),
        degraded=sum(d.degraded for d in days),
        down=sum(d.down for d in days),
        unknown=sum(d.unknown for d in days),
        maintenance=sum(d.maintenance for d in days),
    )


def _cut(intervals: Iterable[Interval], starts_at: datetime, ends_at: datetime) -> Iterator[Interval]:
    """What of the intervals lies between two instants."""
    for begin, end in intervals:
        part = max(_second(begin), starts_at), min(_second(end), ends_at)
        if part[0] < part[1]:
            yield part


def _joined(intervals: Iterable[Interval]) -> Iterator[Interval]:
    """The same time without overlaps."""
    current: Interval | None = None
    for begin, end in sorted(intervals):
        if current is not None and begin <= current[1]:
            current = current[0], max(current[1], end)
            continue
        if current is not None:
            yield current
        current = begin, end
    if current is not None:
        yield current


def _second(at: datetime) -> datetime:
    return at.replace(microsecond=0)


def _length(interval: Interval) -> int:
    return (interval[1] - interval[0]) // timedelta(seconds=1)
