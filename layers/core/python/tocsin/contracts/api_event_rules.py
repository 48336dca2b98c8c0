"""The public API's models of event processing: rules, windows that mute, dependencies, and what became of an event."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from tocsin.contracts.api import Answer, Input, Name, Seconds, storable
from tocsin.contracts.api_incidents import Event
from tocsin.contracts.message import GivenInstant, Instant
from tocsin.domain.dedup import EventAction
from tocsin.domain.incident import Severity, Urgency
from tocsin.domain.maintenance import WindowKind

Text = Annotated[str, Field(max_length=1_000), AfterValidator(storable)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(storable)]
Source = Annotated[
    str,
    Field(max_length=10_000, description="A condition in CEL over event, labels, service, integration and now."),
    AfterValidator(storable),
]
Zone = Annotated[
    str, Field(max_length=64, description="A zone by its IANA name, like Europe/Berlin."), AfterValidator(storable)
]


# ── rules ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


class GroupingInput(Input):
    """Alerts whose labels `by` are equal join one incident, until so long after it was opened."""

    by: Annotated[list[Label], Field(max_length=20)] = Field(default_factory=list[str])
    window_seconds: Seconds


class ActionsInput(Input):
    """What a rule does to the event it matches; what is left out stays as it is."""

    service_id: UUID | None = None
    policy_id: UUID | None = None
    severity: Severity | None = None
    urgency: Urgency | None = None
    suppress: bool = False
    hold_seconds: Seconds | None = None
    group: GroupingInput | None = None


class RuleInput(Input):
    """A rule. Without a condition it matches every event; one that `continues` lets the rules after it be asked too."""

    rule_id: UUID | None = None
    name: Name
    condition: Source | None = None
    actions: ActionsInput = ActionsInput()
    continues: bool = False


class EventRulesInput(Input):
    """All rules of an organization or a service, in order. `time_zone` is what `now` is told in."""

    time_zone: Zone = "UTC"
    rules: Annotated[list[RuleInput], Field(max_length=1_000)]


class Grouping(Answer):
    """Which alerts join one incident, and for how long."""

    by: list[str]
    window_seconds: int


class RuleActions(Answer):
    """What a rule does to the event it matches."""

    service_id: UUID | None = None
    policy_id: UUID | None = None
    severity: Severity | None = None
    urgency: Urgency | None = None
    suppress: bool = False
    hold_seconds: int | None = None
    group: Grouping | None = None


class EventRule(Answer):
    """A rule; `rule_id` stays the same from version to version."""

    rule_id: UUID
    name: str
    condition: str | None
    actions: RuleActions
    continues: bool


class EventRules(Answer):
    """Rules in order, in a version; send it as If-Match to change them. Without a service they are the organization's.

    Rules that nobody has ever written are in version 1.
    """

    service_id: UUID | None
    version: int
    time_zone: str
    rules: list[EventRule]
    updated_at: Instant | None
    updated_by: str | None


class EventRulesVersions(Answer):
    """Versions of rules, the newest first."""

    items: list[EventRules]
    next_before: int | None


class EventExample(Input):
    """An event as rules see it."""

    action: EventAction = EventAction.TRIGGER
    summary: Text | None = None
    source: Text | None = None
    severity: Severity = Severity.ERROR
    dedup_key: Annotated[str, StringConstraints(min_length=1, max_length=255), AfterValidator(storable)] = "example"
    protocol: Text = "events_v2"
    labels: Annotated[dict[Label, Text], Field(max_length=64)] = Field(default_factory=dict[str, str])


class EventRulesTest(Input):
    """An example to ask rules about. `rules` are tried in the place of those that are saved."""

    event: EventExample
    integration_id: UUID | None = None
    at: GivenInstant | None = None
    rules: EventRulesInput | None = None


class OrganizationRulesTest(EventRulesTest):
    """An example that comes to a service, to ask the organization's rules about."""

    service_id: UUID


class EventDecision(Answer):
    """What would become of an event that opens an incident, and why: each decision in turn, with the rules' version."""

    service_id: UUID
    policy_id: UUID | None
    severity: Severity
    urgency: Urgency | None
    muted_by: str | None
    muted_until: Instant | None
    hold_seconds: int | None
    group_key: str | None
    trace: list[dict[str, Any]]


class TracedEvent(Event):
    """One inbound message, what became of it and why: each decision in turn, with the version of the rules."""

    service_id: UUID
    severity: str | None
    source: str | None
    labels: dict[str, str]
    trace: list[dict[str, Any]]


# ── maintenance windows ───────────────────────────────────────────────────────────────────────────────────────────────


class WindowInput(Input):
    """A time in which what it covers is seen, but pages nobody. It covers these services (none named: all) as far as
    an incident has all of these labels and comes from one of these monitors (none named: from anywhere); one of the
    three must be given, or `everything`.

    A window that recurs (RFC 5545 RRULE) keeps its local times in its zone; starts_at and ends_at are the first one.
    """

    kind: WindowKind = WindowKind.MAINTENANCE
    name: Name
    service_ids: Annotated[list[UUID], Field(max_length=1_000)] = Field(default_factory=list[UUID])
    labels: Annotated[dict[Label, Text], Field(max_length=100)] = Field(default_factory=dict[str, str])
    monitor_ids: Annotated[list[UUID], Field(max_length=1_000)] = Field(default_factory=list[UUID])
    everything: bool = False
    time_zone: Zone = "UTC"
    starts_at: GivenInstant
    ends_at: GivenInstant
    recurrence: Annotated[str, Field(max_length=1_000), AfterValidator(storable)] | None = None
    recurs_until: GivenInstant | None = None


class Occurrence(Answer):
    """One time that a window is open: from, and until before."""

    starts_at: Instant
    ends_at: Instant


class MaintenanceWindow(Answer):
    """A window; `open` is the occurrence that is open now, `upcoming` the next ones. Send its version as If-Match."""

    id: UUID
    kind: WindowKind
    name: str
    service_ids: list[UUID]
    labels: dict[str, str]
    monitor_ids: list[UUID] = Field(default_factory=list[UUID])
    everything: bool
    time_zone: str
    starts_at: Instant
    ends_at: Instant
    recurrence: str | None
    recurs_until: Instant | None
    ended_at: Instant | None
    cancelled_at: Instant | None
    created_at: Instant
    created_by: str
    version: int
    open: Occurrence | None
    upcoming: list[Occurrence]


class WindowPage(Answer):
    """Windows, those made last first."""

    items: list[MaintenanceWindow]
    next_cursor: str | None


class ActiveWindows(Answer):
    """All windows that are open now."""

    items: list[MaintenanceWindow]


# ── dependencies ──────────────────────────────────────────────────────────────────────────────────────────────────────


class DependenciesInput(Input):
    """All services that a service depends on."""

    depends_on: Annotated[list[UUID], Field(max_length=1_000)]


class DependencyService(Answer):
    """A service at the other end."""

    id: UUID
    name: str


class Dependencies(Answer):
    """What a service depends on: while one of these has an open incident of its own, it stays quiet. And who on it."""

    depends_on: list[DependencyService]
    dependents: list[DependencyService]
