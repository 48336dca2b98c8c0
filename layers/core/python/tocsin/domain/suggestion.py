"""What an incident does to status pages by itself: the decision for one incident and one page, with its reason."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tocsin.domain.incident import Severity
from tocsin.domain.status_page import Automatic, ComponentStatus
from tocsin.domain.status_report import State

REUSED_FOR: Final = timedelta(minutes=30)
"""For how long after its end a report that was told by itself is taken up again: what flaps is one story."""
QUIET_FOR: Final = timedelta(minutes=5)
"""How soon after its last update a report that is told by itself doesn't tell of more; its components move at once."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """An open incident as far as the public is concerned: by `component_ids` it is felt."""

    incident_id: UUID
    severity: Severity
    is_muted: bool
    is_late: bool
    component_ids: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Told:
    """A report of the page that names a component of the trouble, or is of its incident.

    `is_automatic` says that no person has had a hand in it; `ended_at` is when it was over, or discarded.
    """

    report_id: UUID
    state: State
    is_over: bool
    is_automatic: bool
    incident_id: UUID | None
    component_ids: frozenset[UUID]
    ended_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it is still told, or waits to be published."""
        return self.state is not State.DISCARDED and not self.is_over


@dataclass(frozen=True, slots=True)
class Draft:
    """Suggest a report."""


@dataclass(frozen=True, slots=True)
class Publish:
    """Publish a report."""


@dataclass(frozen=True, slots=True)
class Extend:
    """Let an open report tell of it too."""

    report_id: UUID


@dataclass(frozen=True, slots=True)
class Resume:
    """Take up a report again that was over, or was withdrawn."""

    report_id: UUID


@dataclass(frozen=True, slots=True)
class Resolve:
    """Say that it is over."""


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take back a suggestion that nobody has taken up."""


@dataclass(frozen=True, slots=True)
class GoOn:
    """Let the report go on, for its incident or another that its components feel, as bad as it is by now."""

    incident_id: UUID


@dataclass(frozen=True, slots=True)
class Nothing:
    """Do nothing; says why."""

    reason: str


type AtOpening = Draft | Publish | Extend | Resume | Nothing
type AtEnd = Resolve | Withdraw | GoOn | Nothing


def at_opening(automatic: Automatic, trouble: Trouble, told: Sequence[Told], now: datetime) -> AtOpening:
    """What becomes of a page when an incident is open. `told` are its reports, the newest first."""
    silent = _silent(automatic, trouble)
    if silent is not None:
        return Nothing(silent)
    own = next((one for one in told if one.incident_id == trouble.incident_id), None)
    if own is not None and not own.is_automatic:
        return Nothing("people have its report in hand")
    if own is not None:
        return Extend(own.report_id) if own.is_open else Resume(own.report_id)
    near = [one for one in told if one.component_ids & trouble.component_ids]
    if any(one.is_open and not one.is_automatic for one in near):
        return Nothing("people tell of it already")
    running = next((one for one in near if one.is_open), None)
    if running is not None:
        return Extend(running.report_id)
    recent = [one for one in near if one.ended_at is not None and now - one.ended_at < REUSED_FOR]
    if any(not one.is_automatic and one.state is State.DISCARDED for one in recent):
        return Nothing("somebody has just discarded such a suggestion")
    again = next((one for one in recent if one.is_automatic and _fits(automatic, one)), None)
    if again is not None:
        return Resume(again.report_id)
    return Publish() if automatic is Automatic.PUBLISH else Draft()


def at_end(own: Told, felt: Collection[UUID]) -> AtEnd:
    """What becomes of a report when an incident is over that it may tell of; `felt` are those that its components feel
    by now.
    """
    if not own.is_automatic:
        return Nothing("people have it in hand")
    if not own.is_open:
        return Nothing("it is over")
    if felt:
        incident_id = own.incident_id
        return GoOn(min(felt) if incident_id is None or incident_id not in felt else incident_id)
    return Withdraw() if own.state is State.DRAFT else Resolve()


def _silent(automatic: Automatic, trouble: Trouble) -> str | None:
    if automatic is Automatic.OFF:
        return "the page does nothing by itself"
    if trouble.is_muted:
        return "the incident is muted"
    if trouble.severity is Severity.INFO:
        return "the incident only informs"
    if trouble.is_late:
        return "the incident came late"
    if not trouble.component_ids:
        return "no component feels it"
    return None


def _fits(automatic: Automatic, told: Told) -> bool:
    """Whether it can be taken up again as the page now is: a suggestion as one, a published report as one."""
    return (told.state is State.PUBLISHED) == (automatic is Automatic.PUBLISH)


def felt_by_monitors(down: int, watched: int) -> ComponentStatus:
    """What monitors of which some are down say of a component."""
    if down <= 0:
        return ComponentStatus.OPERATIONAL
    return ComponentStatus.MAJOR_OUTAGE if down >= watched else ComponentStatus.PARTIAL_OUTAGE
