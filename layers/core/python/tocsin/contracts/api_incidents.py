"""The public API's models of what happened: incidents, their timelines and pages, and the events behind them."""

from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from tocsin.contracts.api import Answer, Input, storable
from tocsin.contracts.message import Instant
from tocsin.domain.incident import Severity, Status

MAX_ASSIGNED: Final = 20
NoteText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000), AfterValidator(storable)
]


class Incident(Answer):
    """What people respond to. `acknowledged_by` and `resolved_by` are actors, kind:id; the names are for reading."""

    id: UUID
    number: int
    service_id: UUID
    service_name: str
    title: str
    severity: Severity
    status: Status
    late: bool
    created_at: Instant
    updated_at: Instant
    acknowledged_at: Instant | None
    acknowledged_by: str | None
    acknowledged_by_name: str | None = None
    resolved_at: Instant | None
    resolved_by: str | None
    resolved_by_name: str | None = None


class Alert(Answer):
    """A deduplicated condition and how many events told of it."""

    id: UUID
    dedup_key: str
    status: Literal["open", "resolved"]
    summary: str
    source: str | None
    severity: Severity
    first_event_at: Instant
    last_event_at: Instant
    event_count: int
    resolved_at: Instant | None


class Escalation(Answer):
    """Where an incident's escalation stands; `round` and `position`, from 0, name the next step to take."""

    state: Literal["waiting", "stopped", "exhausted"]
    policy_id: UUID | None
    policy_version: int | None
    round: int
    position: int
    next_at: Instant | None


class IncidentDetail(Incident):
    """An incident with its alerts and its escalation."""

    alerts: list[Alert]
    escalation: Escalation | None


class IncidentPage(Answer):
    """Incidents, newest first."""

    items: list[Incident]
    next_cursor: str | None


class TimelineEntry(Answer):
    """One line of what happened to an incident."""

    id: UUID
    at: Instant
    kind: str
    actor: str
    actor_name: str | None = None
    data: dict[str, object]


class TimelinePage(Answer):
    """A timeline, oldest entry first."""

    items: list[TimelineEntry]
    next_cursor: str | None


class Attempt(Answer):
    """One provider call. `already_going_out`: it had been claimed when the incident was acknowledged or resolved."""

    number: int
    state: Literal["claimed", "delivered", "temporary", "permanent", "uncertain"]
    unclaimed: bool
    already_going_out: bool
    started_at: Instant
    ended_at: Instant | None
    reason: str | None
    detail: str | None
    provider_id: str | None


class Notification(Answer):
    """A page and its fate. `uncertain`: an attempt's outcome never came; `unclaimed`: sent without the claim's word."""

    id: UUID
    target: str
    channel: str
    contact_method_id: UUID | None
    address: str | None
    round: int
    position: int
    state: Literal["queued", "claimed", "delivered", "failed", "cancelled"]
    reason: str | None
    uncertain: bool
    unclaimed: bool
    created_at: Instant
    due_at: Instant
    finished_at: Instant | None
    attempts: list[Attempt]


class NotificationPage(Answer):
    """Notifications, oldest first."""

    items: list[Notification]
    next_cursor: str | None


class NoteInput(Input):
    """A note for an incident's timeline."""

    text: NoteText


class ReassignInput(Input):
    """Whom to page instead: people of the organization, or an escalation policy from its start; one of the two."""

    user_ids: Annotated[list[UUID], Field(min_length=1, max_length=MAX_ASSIGNED)] | None = None
    policy_id: UUID | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> "ReassignInput":
        if (self.user_ids is None) == (self.policy_id is None):
            raise ValueError("must have either user_ids or policy_id")
        return self


class Event(Answer):
    """One inbound message and what became of it; `outcome` is a stable word."""

    id: UUID
    integration_id: UUID
    routing_key_id: UUID
    alert_id: UUID | None
    incident_id: UUID | None
    received_at: Instant
    action: Literal["trigger", "acknowledge", "resolve", "change"]
    dedup_key: str | None
    summary: str | None
    outcome: str


class EventPage(Answer):
    """Events, newest first."""

    items: list[Event]
    next_cursor: str | None
