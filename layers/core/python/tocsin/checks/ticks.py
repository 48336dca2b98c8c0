"""Which checks are due in a window of time: every grid instant of every monitor, in exactly one window.

A window holds the checks whose own instant, grid and phase together, lies in it; its start belongs to it, its end to
the next. So consecutive windows share nothing out twice and leave nothing out, and a monitor that is edited between
two of them changes its own checks only.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tocsin.contracts.checks import CheckMonitor
from tocsin.domain.monitor import EPOCH, phase

MILLISECOND: Final = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Due:
    """A check and when it begins; `due_at` is what its result calls its tick."""

    due_at: datetime
    monitor: CheckMonitor

    def is_missed(self, now: datetime) -> bool:
        """Whether the next check of the monitor is due by now, so that this one would tell nothing more."""
        return now - self.due_at >= timedelta(seconds=self.monitor.interval_seconds)


def due(
    monitors: Iterable[CheckMonitor], region: str, spread_seconds: float, starts_at: datetime, ends_at: datetime
) -> list[Due]:
    """The checks of a region in a window, in the order in which they begin."""
    found = [
        Due(at, monitor)
        for monitor in monitors
        for at in _instants(monitor, region, spread_seconds, starts_at, ends_at)
    ]
    return sorted(found, key=lambda one: one.due_at)


def timely(dues: Sequence[Due], now: datetime) -> list[Due]:
    """Those of a late start that are still worth their check; the others are missed."""
    return [one for one in dues if not one.is_missed(now)]


def _instants(
    monitor: CheckMonitor, region: str, spread_seconds: float, starts_at: datetime, ends_at: datetime
) -> Iterator[datetime]:
    interval = timedelta(seconds=monitor.interval_seconds)
    # whole milliseconds are enough to spread by, and shorter to write
    offset = phase(monitor.monitor_id, region, monitor.interval_seconds, spread_seconds) // MILLISECOND * MILLISECOND
    passed = -((EPOCH + offset - starts_at) // interval)  # whole intervals up to the first instant not before the start
    at = EPOCH + offset + passed * interval
    while at < ends_at:
        yield at
        at += interval
