"""What a region makes of a monitor, by its results in the order of their ticks, however they came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tocsin.domain.monitor import CheckStatus, Reason
from tocsin.domain.verdict import Seen

ENOUGH: Final = 24
"""How many of its latest results tell what a region is; where they swing without end, what it was before stays."""

ONE_LOOK: Final = timedelta(seconds=5)
"""Results alike so close together tell of one moment: what was due just when somebody asked for it."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One result: when it was due, and how it ended."""

    tick: datetime
    status: CheckStatus
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Runs:
    """How many results in a row it takes to be worse, and to be better."""

    to_down: int
    to_up: int

    @property
    def looks_back(self) -> int:
        """How many results are to be read."""
        return max(ENOUGH, 3 * max(self.to_down, self.to_up))


def fold(runs: Runs, samples: Sequence[Sample], before: Seen | None = None) -> Seen:
    """What the region is after these results, one at least, oldest first and each tick once.

    Down and degraded take `to_down` results in a row that are no better; to come back takes `to_up` that are better;
    of what nothing is known yet, the first good one is enough. A result that can't tell makes the region unknown until
    the next one, and interrupts no row. Results alike within `ONE_LOOK` are one. `before` counts where there are more
    results than are looked at.
    """
    last = samples[-1]
    telling = _looks(samples)
    state, since = _told(runs, telling, before if len(samples) >= runs.looks_back else None)
    if last.status is CheckStatus.UNKNOWN:
        tells = (i for i, s in enumerate(reversed(samples)) if s.status is not CheckStatus.UNKNOWN)
        silent = len(samples) - next(tells, len(samples))
        return Seen(CheckStatus.UNKNOWN, samples[silent].tick, last.tick, last.reason)
    reason = last.reason if last.status is state else _latest_reason(telling, state)
    return Seen(state, since or samples[0].tick, last.tick, reason)


def _looks(samples: Sequence[Sample]) -> list[Sample]:
    """The results that tell, of those alike within one look the first."""
    looks: list[Sample] = []
    for sample in samples:
        if sample.status is CheckStatus.UNKNOWN:
            continue
        if looks and looks[-1].status is sample.status and sample.tick - looks[-1].tick < ONE_LOOK:
            continue
        looks.append(sample)
    return looks


def _told(runs: Runs, telling: Sequence[Sample], before: Seen | None) -> tuple[CheckStatus, datetime | None]:
    state, since = CheckStatus.UNKNOWN, None
    if before is not None and before.status is not CheckStatus.UNKNOWN:
        state, since = before.status, before.since
    for end in range(1, len(telling) + 1):
        becomes = _becomes(runs, state, telling[:end])
        if becomes is not None and becomes[0] is not state:
            state, since = becomes
    return state, since


def _becomes(runs: Runs, state: CheckStatus, so_far: Sequence[Sample]) -> tuple[CheckStatus, datetime] | None:
    """What it becomes with the last of these results, and since which tick; None if it stays what it is."""
    last = so_far[-1]
    if state is CheckStatus.UNKNOWN and last.status is not CheckStatus.DOWN:
        return last.status, last.tick
    bad, good = so_far[-runs.to_down :], so_far[-runs.to_up :]
    if len(bad) == runs.to_down:
        if all(s.status is CheckStatus.DOWN for s in bad):
            return CheckStatus.DOWN, bad[0].tick
        if state is not CheckStatus.DOWN and all(s.status is not CheckStatus.UP for s in bad):
            return CheckStatus.DEGRADED, bad[0].tick
    if len(good) == runs.to_up:
        if all(s.status is CheckStatus.UP for s in good):
            return CheckStatus.UP, good[0].tick
        if state is CheckStatus.DOWN and all(s.status is not CheckStatus.DOWN for s in good):
            return CheckStatus.DEGRADED, good[0].tick
    return None


def _latest_reason(telling: Sequence[Sample], state: CheckStatus) -> Reason | None:
    return next((s.reason for s in reversed(telling) if s.status is state), None)
