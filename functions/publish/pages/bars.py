"""A component's days as a drawing of a few paths, and as words: runs of days that were alike.

Ninety rectangles a component would be most of a page's bytes. A run of days is one stroke instead, and its dashes are
the days (`stroke-dasharray` in the style sheet); a path holds all runs of one state. What a day was is told in words
beside it: only days that were not wholly operational have any, since that is what the others were.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from functions.publish.pages.words import Words
from tocsin.contracts.page_snapshot import DayBar
from tocsin.domain.status_page import ComponentStatus

DAYS: Final = 90
DAY: Final = timedelta(days=1)
UNKNOWN: Final = "unknown"
STATES: Final = (*(status.value for status in ComponentStatus), UNKNOWN)
NAMES: Final = {status: status.value for status in ComponentStatus}
PROBLEMS: Final = frozenset({ComponentStatus.DEGRADED, ComponentStatus.PARTIAL_OUTAGE, ComponentStatus.MAJOR_OUTAGE})
WORTH_TELLING: Final = 3_600
"""From how many seconds without data on an operational day those are told."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """All runs of one state: the data of a path, a day a unit wide, today at the right edge."""

    state: str
    path: str


@dataclass(frozen=True, slots=True)
class Run:
    """Days in a row that were alike, with what was alike about them in words."""

    first: date
    last: date
    state: str
    uptime: float | None
    details: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is shown of a component's last DAYS days, made once for every document that shows it.

    `summary` is what the bars say to who does not see them, `strokes` are their paths in the order of STATES, `runs`
    come newest first.
    """

    summary: str
    strokes: Sequence[Stroke]
    runs: Sequence[Run]

    @property
    def notable(self) -> list[Run]:
        """What is to be told of days that were not wholly operational, newest first."""
        return [run for run in self.runs if run.state != ComponentStatus.OPERATIONAL or run.details]


def draw(days: Sequence[DayBar], words: Words) -> Drawing:
    """A component's days."""
    states = _shown(days)
    return Drawing(_summary(states, words), _strokes(states), list(_merged(days, words)))


def state_of(day: DayBar) -> str:
    """The one thing that a day's bar shows."""
    if day.worst is not None and day.worst in PROBLEMS:
        return NAMES[day.worst]
    if day.maintenance_seconds > 0 or day.worst is ComponentStatus.MAINTENANCE:
        return NAMES[ComponentStatus.MAINTENANCE]
    return UNKNOWN if day.worst is None else NAMES[day.worst]


def _strokes(states: Sequence[str]) -> list[Stroke]:
    """The paths of a component's bars, in the order of STATES, without those that no day has."""
    runs: dict[str, list[str]] = {}
    start = 0
    for place in range(1, DAYS + 1):
        if place == DAYS or states[place] != states[start]:
            runs.setdefault(states[start], []).append(f"M{start} .5h{place - start}")
            start = place
    return [Stroke(state, "".join(runs[state])) for state in STATES if state in runs]


def _summary(states: Sequence[str], words: Words) -> str:
    """What a bar says to who does not see it."""
    counts = [(state, states.count(state)) for state in STATES]
    parts = [words(f"component.bars.{state}", count=count) for state, count in counts if count]
    return words("component.bars", days=DAYS, parts=words.list(parts))


def _merged(days: Sequence[DayBar], words: Words) -> Iterator[Run]:
    first = last = None
    alike: tuple[str, float | None, str] = UNKNOWN, None, ""
    for day in reversed(days[-DAYS:]):
        this = state_of(day), day.uptime, _details(day, words)
        if first is None or last is None or this != alike or first - day.day != DAY:
            if first is not None and last is not None:
                yield Run(first, last, *alike)
            alike, last = this, day.day
        first = day.day
    if first is not None and last is not None:
        yield Run(first, last, *alike)


def _details(day: DayBar, words: Words) -> str:
    down, degraded, maintenance, unknown = (
        day.down_seconds,
        day.degraded_seconds,
        day.maintenance_seconds,
        day.unknown_seconds,
    )
    if not (down or degraded or maintenance or unknown) or (day.worst is None and maintenance == 0):
        return ""
    told = [
        ("day.down", down, 1),
        ("day.degraded", degraded, 1),
        ("day.maintenance", maintenance, 1),
        ("day.unknown", unknown, WORTH_TELLING),
    ]
    return words.list([words(key, duration=words.duration(length)) for key, length, least in told if length >= least])


def _shown(days: Sequence[DayBar]) -> list[str]:
    """The states of the last DAYS days up to the newest; a day that is missing is unknown."""
    states = [UNKNOWN] * DAYS
    for day in days[-DAYS:]:
        place = DAYS - 1 - (days[-1].day - day.day).days
        if 0 <= place < DAYS:
            states[place] = state_of(day)
    return states
