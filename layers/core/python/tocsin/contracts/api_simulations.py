"""The public API's models of simulations: which events come when, and what would then happen."""

from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from tocsin.contracts.api import Answer, Input, Seconds, storable
from tocsin.contracts.api_incidents import IncidentDetail, TimelineEntry
from tocsin.contracts.message import GivenInstant, Instant
from tocsin.domain.dedup import EventAction
from tocsin.domain.incident import Severity

MAX_EVENTS: Final = 20
MAX_LABELS: Final = 64
MAX_AFTER_SECONDS: Final = 2_678_400
Text = Annotated[str, StringConstraints(min_length=1, max_length=1024), AfterValidator(storable)]
Label = Annotated[str, StringConstraints(max_length=1000), AfterValidator(storable)]


class SimulatedEventInput(Input):
    """One event. `labels` are what rules see as labels; without a dedup_key the events of a simulation share one."""

    action: EventAction = EventAction.TRIGGER
    summary: Text = "a simulated event"
    severity: Severity = Severity.ERROR
    source: Text | None = None
    dedup_key: Annotated[str, StringConstraints(min_length=1, max_length=255), AfterValidator(storable)] | None = None
    labels: Annotated[dict[Label, Label], Field(max_length=MAX_LABELS, default_factory=dict)]
    after_seconds: Annotated[Seconds, Field(ge=0, le=MAX_AFTER_SECONDS)] = 0


class SimulationInput(Input):
    """Events that come to a service from `at` on, which is now unless given, and until when to look.

    `until` is 7 days after `at` unless given, and at most 31. Nobody responds, and every page arrives.
    """

    service_id: UUID
    integration_id: UUID | None = None
    at: GivenInstant | None = None
    until: GivenInstant | None = None
    events: Annotated[list[SimulatedEventInput], Field(min_length=1, max_length=MAX_EVENTS)]


class SimulatedEvent(Answer):
    """What would become of one event. `trace` are the decisions about it, each with its reason and rules' version."""

    at: Instant
    action: EventAction
    outcome: str
    incident_id: UUID | None
    trace: list[dict[str, object]]


class SimulatedPage(Answer):
    """One message to one person, and its fate: sent at `sent_at`, cancelled as `reason` says, or still waiting.

    `retry` counts the repetitions of a step; `round`, `position` and `retry` are those of the escalation, from 0. A
    page without `step_id` is the fallback's, or to somebody who was called in.
    """

    incident_id: UUID
    decided_at: Instant
    due_at: Instant
    sent_at: Instant | None
    target: str
    name: str | None
    channel: str
    contact_method_id: UUID | None
    destination_id: UUID | None
    address: str | None
    rule: str
    round: int
    position: int
    retry: int
    step_id: UUID | None
    fate: Literal["sent", "cancelled", "failed", "waiting"]
    reason: str | None


class SimulatedTimelineEntry(TimelineEntry):
    """A line of the timeline of one of the incidents."""

    incident_id: UUID


class Simulation(Answer):
    """What would happen; nothing of it has, and its ids name nothing afterwards.

    `ended`: nothing more was to come (`settled`), `until` was reached first, or 200 instants were (`limit`).
    """

    at: Instant
    until: Instant
    ended: Literal["settled", "until", "limit"]
    instants: int
    events: list[SimulatedEvent]
    incidents: list[IncidentDetail]
    pages: list[SimulatedPage]
    timeline: list[SimulatedTimelineEntry]
