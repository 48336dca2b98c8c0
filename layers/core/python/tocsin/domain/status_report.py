"""A status report's life: who sees it, which status may follow which, what its updates make of it, what the clock does.

Time is an argument; what a change makes of a report is told by all of its updates, never by the last alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from tocsin.domain.status_page import (
    IMPACTS,
    OF_INCIDENTS,
    OF_MAINTENANCE,
    OVER,
    ComponentStatus,
    Impact,
    ReportKind,
    ReportStatus,
    statuses_of,
    worst,
)
from tocsin.errors import Conflict

MAX_TITLE: Final = 200
MAX_BODY: Final = 20_000
MAX_UPDATES: Final = 200
MAX_COMPONENTS: Final = 500
MAX_MAINTENANCE: Final = timedelta(days=90)
SKEW: Final = timedelta(minutes=1)
"""By how much a caller's clock may be ahead."""


class State(StrEnum):
    """Who sees a report: members alone, everybody, or nobody who doesn't look for it."""

    DRAFT = "draft"
    PUBLISHED = "published"
    DISCARDED = "discarded"


class Act(StrEnum):
    """What can be done to a report as a whole."""

    EDIT = "edit"
    UPDATE = "update"
    PUBLISH = "publish"
    DISCARD = "discard"
    RESTORE = "restore"


MOVES: Final[Mapping[tuple[State, Act], State]] = {
    (State.DRAFT, Act.EDIT): State.DRAFT,
    (State.DRAFT, Act.PUBLISH): State.PUBLISHED,
    (State.DRAFT, Act.DISCARD): State.DISCARDED,
    (State.PUBLISHED, Act.EDIT): State.PUBLISHED,
    (State.PUBLISHED, Act.UPDATE): State.PUBLISHED,
    (State.DISCARDED, Act.RESTORE): State.DRAFT,
}
"""What is not here is refused: what the public has read is deleted, and never becomes a draft again."""

_OPEN_INCIDENT: Final = frozenset(OF_INCIDENTS) - {ReportStatus.POSTMORTEM}
_RUNNING: Final = frozenset({ReportStatus.IN_PROGRESS, ReportStatus.VERIFYING, ReportStatus.COMPLETED})
FIRST: Final[Mapping[ReportKind, frozenset[ReportStatus]]] = {
    ReportKind.INCIDENT: _OPEN_INCIDENT,
    ReportKind.MAINTENANCE: frozenset(OF_MAINTENANCE),
}
"""What a report may begin with: one that is written afterwards begins with its end."""
FOLLOWING: Final[Mapping[ReportStatus, frozenset[ReportStatus]]] = {
    ReportStatus.INVESTIGATING: _OPEN_INCIDENT,
    ReportStatus.IDENTIFIED: _OPEN_INCIDENT,
    ReportStatus.MONITORING: _OPEN_INCIDENT,
    ReportStatus.RESOLVED: frozenset(OF_INCIDENTS),
    ReportStatus.POSTMORTEM: frozenset({ReportStatus.POSTMORTEM}),
    ReportStatus.SCHEDULED: frozenset(OF_MAINTENANCE) - {ReportStatus.VERIFYING},
    ReportStatus.IN_PROGRESS: _RUNNING,
    ReportStatus.VERIFYING: _RUNNING,
    ReportStatus.COMPLETED: frozenset({ReportStatus.COMPLETED, ReportStatus.IN_PROGRESS}),
}
"""What an update may say after which. A report that was over and says otherwise is open again."""


class WrongState(Conflict):
    """The report is in a state in which this can't be done to it."""

    code = "wrong_report_state"

    def __init__(self, state: State, act: Act) -> None:
        right = {
            Act.PUBLISH: "publish a draft",
            Act.DISCARD: "discard a draft, and delete what is published",
            Act.RESTORE: "restore what was discarded",
            Act.UPDATE: "publish it first" if state is State.DRAFT else "restore and publish it first",
            Act.EDIT: "restore it first",
        }
        super().__init__(f"The report is {state}: {right[act]}.")
        self.state = state
        self.act = act


def moved(state: State, act: Act) -> State:
    """The state that an act leads to; raises WrongState when it leads nowhere."""
    try:
        return MOVES[state, act]
    except KeyError:
        raise WrongState(state, act) from None


def misplaced(kind: ReportKind, before: ReportStatus | None, status: ReportStatus) -> str | None:
    """Why an update can't have a status after another, or as the first, with what would be right; none if it can."""
    right = FIRST[kind] if before is None else FOLLOWING[before]
    if status in right:
        return None
    words = ", ".join(one.value for one in statuses_of(kind) if one in right)
    if status not in statuses_of(kind):
        return f"{status} is not of {kind}; must be one of {words}"
    return f"must be one of {words}" if before is None else f"can't follow {before}; must be one of {words}"


@dataclass(frozen=True, slots=True)
class Said:
    """An update as far as the clock is concerned."""

    status: ReportStatus
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What its updates make of a report: where it stands, since when it is watched, and since when it is over."""

    status: ReportStatus
    monitoring_at: datetime | None = None
    resolved_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Whether it needs nobody any more."""
        return self.status in OVER


_WATCHED: Final = frozenset({ReportStatus.MONITORING, ReportStatus.VERIFYING})


def standing(updates: Sequence[Said]) -> Standing:
    """What updates, the oldest first, make of a report; there is at least one.

    An earlier status again takes back what followed: `monitoring_at` and `resolved_at` are those of the last stretch.
    """
    monitoring_at: datetime | None = None
    resolved_at: datetime | None = None
    for update in updates:
        if update.status in OVER:
            resolved_at = resolved_at or update.at
        elif update.status in _WATCHED:
            monitoring_at, resolved_at = monitoring_at or update.at, None
        else:
            monitoring_at = resolved_at = None
    return Standing(updates[-1].status, monitoring_at, resolved_at)


def impact_of(kind: ReportKind, statuses: Iterable[ComponentStatus], before: Impact = Impact.NONE) -> Impact:
    """How bad a report is by what it says of components: it never becomes less while the report is told."""
    if kind is ReportKind.MAINTENANCE:
        return Impact.MAINTENANCE
    return worst([before, *(IMPACTS[status] for status in statuses)])


def affected[Id](
    kind: ReportKind,
    before: Mapping[Id, ComponentStatus],
    given: Mapping[Id, ComponentStatus],
    status: ReportStatus,
    *,
    restored: Mapping[Id, ComponentStatus],
) -> dict[Id, ComponentStatus]:
    """What a report says of components after an update: what the update gives, else what was said before.

    One that ends lets what nothing is given of be operational; one that opens again says of it what it said until its
    end, `restored`. Maintenance says the same of all: under maintenance while it runs.
    """
    if kind is ReportKind.MAINTENANCE:
        running = status in {ReportStatus.IN_PROGRESS, ReportStatus.VERIFYING}
        word = ComponentStatus.MAINTENANCE if running else ComponentStatus.OPERATIONAL
        return dict.fromkeys([*before, *given], word)
    if status in OVER:
        return {**dict.fromkeys(before, ComponentStatus.OPERATIONAL), **given}
    return {**before, **restored, **given}


def out_of_order(at: datetime, after: datetime | None, before: datetime | None, now: datetime) -> str | None:
    """Why an update can't be shown as of an instant, between its neighbours; none if it can."""
    if at > now + SKEW:
        return f"must not be after now, which is {now:%Y-%m-%dT%H:%M:%SZ}"
    if after is not None and at < after:
        return (
            f"must not be before {after:%Y-%m-%dT%H:%M:%SZ}, when the report begins or the update before it was shown"
        )
    if before is not None and at > before:
        return f"must not be after {before:%Y-%m-%dT%H:%M:%SZ}, when the update after it was shown"
    return None


def misscheduled(starts_at: datetime, ends_at: datetime) -> str | None:
    """Why maintenance can't end then; none if it can."""
    if ends_at <= starts_at:
        return "must be after scheduled_for"
    if ends_at - starts_at > MAX_MAINTENANCE:
        return f"must be at most {MAX_MAINTENANCE.days} days after scheduled_for"
    return None


@dataclass(frozen=True, slots=True)
class Planned:
    """Maintenance as the clock sees it; `last_at` is when its last update was shown."""

    state: State
    status: ReportStatus
    scheduled_for: datetime
    scheduled_until: datetime
    is_moved_by_schedule: bool
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Start:
    """It begins, as of an instant."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Complete:
    """It ends, as of an instant."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing is due before an instant."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Leave:
    """The clock never moves it as it is; says why."""

    reason: str


type ByClock = Start | Complete | Wait | Leave


def by_clock(planned: Planned, now: datetime) -> ByClock:
    """What the clock does to maintenance: it begins and ends as it was announced, unless people move it."""
    if planned.state is not State.PUBLISHED:
        return Leave(f"it is {planned.state}")
    if not planned.is_moved_by_schedule:
        return Leave("people move it")
    if planned.status is ReportStatus.SCHEDULED:
        due, move = planned.scheduled_for, Start
    elif planned.status is ReportStatus.IN_PROGRESS:
        due, move = planned.scheduled_until, Complete
    else:
        return Leave(f"it is {planned.status}")
    return Wait(due) if due > now else move(max(due, planned.last_at))
