"""The public API's models of what happened: incidents, their timelines and pages, and the events behind them."""

from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StrictInt, StringConstraints, model_validator

from tocsin.contracts.api import Answer, HttpUrl, Input, storable
from tocsin.contracts.message import GivenInstant, Instant
from tocsin.domain.incident import Severity, Status, Urgency

MAX_ASSIGNED: Final = 20
LONGEST_SNOOZE_SECONDS: Final = 2_592_000
NoteText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000), AfterValidator(storable)
]


class PagingStop(Answer):
    """That nobody in the organization is paged for now: why, by whom, and until when. Show it loudly."""

    ends_at: Instant
    started_at: Instant
    stopped_by: str
    stopped_by_name: str | None = None
    reason: str


class Incident(Answer):
    """What people respond to. `acknowledged_by` and the like are actors, kind:id; the names are for reading.

    Until `snoozed_until` it pages nobody, then from the first step again; likewise after `acknowledgement_ends_at`.
    At `auto_resolves_at` it is looked at whether events still come. `runbook_url` is its own, or else its service's.
    While it is muted, `muted_by` says by what: rule:<id>, maintenance_window:<id> or incident:<id>.
    """

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
    urgency: Urgency = Urgency.HIGH
    runbook_url: str | None = None
    snoozed_until: Instant | None = None
    snoozed_by: str | None = None
    snoozed_by_name: str | None = None
    snooze_time_zone: str | None = None
    acknowledgement_ends_at: Instant | None = None
    auto_resolves_at: Instant | None = None
    reopened_count: int = 0
    muted_by: str | None = None
    muted_until: Instant | None = None


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
    """Where an incident's escalation stands; `round` and `position`, from 0, name the next step to take.

    `retry`, from 0, is which repetition of that step comes next; `past_rounds` says that the fallback does. Held, it
    goes on when somebody lets it.
    """

    state: Literal["waiting", "held", "stopped", "exhausted"]
    policy_id: UUID | None
    policy_version: int | None
    round: int
    position: int
    next_at: Instant | None
    retry: int = 0
    held_at: Instant | None = None
    held_by: str | None = None
    held_by_name: str | None = None
    past_rounds: bool = False


class Responder(Answer):
    """Somebody who was called in to help, beside whom the escalation pages."""

    user_id: UUID
    name: str
    added_at: Instant
    added_by: str
    added_by_name: str | None = None


class LastMove(Answer):
    """The last thing somebody did to an incident that changed it, as its timeline tells it."""

    kind: str
    at: Instant
    actor: str
    actor_name: str | None = None


class IncidentDetail(Incident):
    """An incident with its alerts, its escalation, and who helps. With `paging_stop` nobody is paged for now."""

    alerts: list[Alert]
    escalation: Escalation | None
    responders: list[Responder]
    last_move: LastMove | None = None
    paging_stop: PagingStop | None = None


class IncidentPage(Answer):
    """Incidents, newest first. With `paging_stop` nobody is paged for any of them for now: show it loudly."""

    items: list[Incident]
    next_cursor: str | None
    paging_stop: PagingStop | None = None


class TimelineEntry(Answer):
    """One line of what happened to an incident; `target_name` is what the target in its data is called."""

    id: UUID
    at: Instant
    kind: str
    actor: str
    actor_name: str | None = None
    target_name: str | None = None
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
    """A page and its fate. `uncertain`: an attempt's outcome never came; `unclaimed`: sent without the claim's word.

    `position` is -1 for somebody who was called in to help, whom no step has paged. `retry` counts the repetitions of
    its step; `rule` is the notification rule it goes by, which has held it back until `delayed_until`.
    """

    id: UUID
    target: str
    target_name: str | None
    channel: str
    contact_method_id: UUID | None
    address: str | None
    destination_id: UUID | None
    step_id: UUID | None
    round: int
    position: int
    retry: int
    rule: str
    delayed_until: Instant | None
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


class SnoozeInput(Input):
    """Until when to page nobody: `until` as an instant, or as a local time with its `time_zone`; or for `seconds`.

    `instead_of` is the `snoozed_until` that this replaces, as it was read: without it, an incident that is snoozed
    stays snoozed as it is.
    """

    until: datetime | None = None
    time_zone: Annotated[str, Field(max_length=100)] | None = None
    seconds: Annotated[StrictInt, Field(ge=1, le=LONGEST_SNOOZE_SECONDS)] | None = None
    instead_of: GivenInstant | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> "SnoozeInput":
        if (self.until is None) == (self.seconds is None):
            raise ValueError("must have either until or seconds")
        if self.seconds is not None and self.time_zone is not None:
            raise ValueError("must have time_zone with until only")
        return self


class EscalateInput(Input):
    """The step to take now, from 0, as the incident's escalation was read: only if that is still the next one.

    Of two who ask at once for the step they both see, one takes it.
    """

    round: Annotated[StrictInt, Field(ge=0)] | None = None
    position: Annotated[StrictInt, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _both_or_none(self) -> "EscalateInput":
        if (self.round is None) != (self.position is None):
            raise ValueError("must have both round and position, or neither")
        return self


class RespondersInput(Input):
    """Members to call in: paged at once, beside the escalation."""

    user_ids: Annotated[list[UUID], Field(min_length=1, max_length=MAX_ASSIGNED)]


class IncidentPatch(Input):
    """What to change of an incident; what is left out stays, and null lets its service's runbook apply."""

    urgency: Urgency | None = None
    runbook_url: HttpUrl | None = None

    @model_validator(mode="after")
    def _urgent_or_not(self) -> "IncidentPatch":
        if "urgency" in self.model_fields_set and self.urgency is None:
            raise ValueError("urgency must be high or low")
        return self


class PagingStopInput(Input):
    """Why nobody is to be paged, and until when: within 24 hours."""

    reason: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), AfterValidator(storable)
    ]
    ends_at: GivenInstant


class Event(Answer):
    """One inbound message and what became of it; `outcome` is a stable word.

    It came by a key of an integration, or a monitor says it.
    """

    id: UUID
    integration_id: UUID | None
    routing_key_id: UUID | None
    monitor_id: UUID | None
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
