"""The bars of a component: what each calendar day was by its monitors, and by what the public was told.

Of several monitors a day is that of the one with the lowest uptime, whatever the others did: a component is as good as
the worst of its parts. A day on which all of them were down was a major outage, one on which some were a partial one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from tocsin.domain.component_status import badness
from tocsin.domain.status_page import ComponentStatus
from tocsin.domain.uptime import Interval, Uptime

FINAL_AFTER: Final = timedelta(days=1)
"""For so long after its end a day is corrected by what comes late; then it stays what was published."""
DOWN: Final = frozenset({ComponentStatus.MAJOR_OUTAGE, ComponentStatus.PARTIAL_OUTAGE})
ALONE: Final = frozenset({ComponentStatus.OPERATIONAL, ComponentStatus.MAINTENANCE})
"""What is told in the place of incidents, not beside them: that all is well, which only people say, and maintenance."""
_SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Word:
    """What the public was told from an instant on, until before another or until now."""

    status: ComponentStatus
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class PageDay:
    """A day of a component, and the worst that it was outside of maintenance; None where nothing is known."""

    uptime: Uptime
    worst: ComponentStatus | None


def measured(days: Sequence[Uptime]) -> PageDay:
    """One day of a component by that day of each of its monitors, of which there is at least one."""
    known = [day for day in days if day.share is not None]
    if not known:
        return PageDay(max(days, key=lambda day: day.maintenance), None)
    chosen = min(known, key=lambda day: (day.share or 0, -day.down))
    down = [day for day in known if day.down]
    if down:
        is_major = len(down) == len(known)
        return PageDay(chosen, ComponentStatus.MAJOR_OUTAGE if is_major else ComponentStatus.PARTIAL_OUTAGE)
    has_degraded = any(day.degraded for day in known)
    return PageDay(chosen, ComponentStatus.DEGRADED if has_degraded else ComponentStatus.OPERATIONAL)


def told(stretch: Interval, words: Iterable[Word], known_since: datetime, now: datetime) -> PageDay:
    """One day of a component by what the public was told of it; at each instant the worst of several words counts.

    From `known_since` on it was operational where nobody said otherwise. An outage, partial or not, counts as down.
    """
    starts_at, ends_at = (_whole(at) for at in stretch)
    over = min(ends_at, max(starts_at, _whole(now)))
    begin = min(over, max(starts_at, _whole(known_since)))
    parts = [
        (max(begin, _whole(w.starts_at)), min(over, _whole(w.ends_at or now)), w.status)
        for w in words
        if w.status is not ComponentStatus.OPERATIONAL
    ]
    parts = [part for part in parts if part[0] < part[1]]
    cuts = sorted({begin, over, *(at for part in parts for at in part[:2])})
    seconds = dict.fromkeys(ComponentStatus, 0)
    for left, right in pairwise(cuts):
        at_hand = [status for since, until, status in parts if since <= left and until >= right]
        seconds[max(at_hand, key=badness, default=ComponentStatus.OPERATIONAL)] += (right - left) // _SECOND
    uptime = Uptime(
        seconds=(ends_at - starts_at) // _SECOND,
        up=seconds[ComponentStatus.OPERATIONAL],
        degraded=seconds[ComponentStatus.DEGRADED],
        down=sum(seconds[status] for status in DOWN),
        unknown=(begin - starts_at) // _SECOND,
        maintenance=seconds[ComponentStatus.MAINTENANCE],
    )
    return PageDay(uptime, _worst_of(s for s, length in seconds.items() if length))


def beside(words: Iterable[Word], alone: Iterable[Word]) -> Iterator[Word]:
    """What is left of words where others stand alone; one that stands until now leaves nothing after it."""
    others = sorted(alone, key=lambda word: word.starts_at)
    for word in words:
        begin, is_over = word.starts_at, False
        for other in others:
            if word.ends_at is not None and other.starts_at >= word.ends_at:
                break
            if other.starts_at > begin:
                yield Word(word.status, begin, other.starts_at)
            is_over = other.ends_at is None
            if is_over:
                break
            begin = max(begin, other.ends_at or begin)
        if not is_over and (word.ends_at is None or begin < word.ends_at):
            yield Word(word.status, begin, word.ends_at)


def both(by_monitors: PageDay, by_word: PageDay, *, was_told: bool) -> PageDay:
    """A day that monitors have measured, and as bad at least as the public was told, where it was told anything."""
    if not was_told or by_word.worst is None:
        return by_monitors
    return PageDay(by_monitors.uptime, _worst_of(w for w in (by_monitors.worst, by_word.worst) if w is not None))


def _worst_of(statuses: Iterable[ComponentStatus]) -> ComponentStatus | None:
    some = [status for status in statuses if status is not ComponentStatus.MAINTENANCE]
    return max(some, key=badness, default=None)


def _whole(at: datetime) -> datetime:
    return at.replace(microsecond=0)
