"""The public API's models: what a caller sends and what it is answered. Answers only ever gain fields."""

from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictInt, StringConstraints, model_validator

from tocsin.contracts.message import Instant
from tocsin.domain.address import is_email, is_http_url
from tocsin.domain.dedup import EventAction
from tocsin.domain.incident import Severity, UrgencySetting

DAY_SECONDS: Final = 86_400
MAX_OVERLAP_SECONDS: Final = 2_592_000
MAX_TIMEOUT_SECONDS: Final = 604_800
MAX_SILENCE_SECONDS: Final = 2_592_000
MAX_REOPEN_SECONDS: Final = 604_800


def storable(text: str) -> str:
    """Refuse what PostgreSQL can't keep in a text."""
    if "\x00" in text:
        raise ValueError("must not contain U+0000, which can't be stored")
    return text


def _email(text: str) -> str:
    if not is_email(text):
        raise ValueError("must be an e-mail address, like ops@example.com")
    return text


def _http_url(text: str) -> str:
    if not is_http_url(text):
        raise ValueError("must be an absolute http or https URL of at most 2048 ASCII characters")
    return text


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(storable)]
Email = Annotated[str, AfterValidator(_email)]
HttpUrl = Annotated[str, AfterValidator(_http_url)]
Seconds = Annotated[StrictInt, Field(description="A duration in whole seconds.")]


class Input(BaseModel):
    """What a caller sends; a field we don't know is an error, since it would do nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Answer(BaseModel):
    """What a caller is answered."""

    model_config = ConfigDict(frozen=True)


class ProblemField(Answer):
    """One field that is wrong, and what would be right."""

    field: str
    reason: str


class Problem(Answer):
    """Why a request was refused (RFC 9457). `code` is stable; `errors` name the fields that are wrong.

    `request_id` is that of X-Request-Id: say it when you ask somebody for help.
    """

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[ProblemField] | None = None
    request_id: str | None = None


# ── services ─────────────────────────────────────────────────────────────────────────────────────────────────────────


AcknowledgementTimeout = Annotated[
    StrictInt,
    Field(ge=60, le=MAX_TIMEOUT_SECONDS, description="So long after an acknowledge it pages again. Null: never."),
]
AutoResolve = Annotated[
    StrictInt,
    Field(ge=60, le=MAX_SILENCE_SECONDS, description="So long after its last event it resolves itself. Null: never."),
]
ReopenWindow = Annotated[
    StrictInt,
    Field(ge=0, le=MAX_REOPEN_SECONDS, description="So soon after a resolve a trigger opens the same incident again."),
]


class ServiceInput(Input):
    """A service to create. Without a policy its incidents page nobody but the organization's fallback contact.

    Durations are in whole seconds.
    """

    name: Name
    policy_id: UUID | None = None
    team_id: UUID | None = None
    urgency: UrgencySetting = UrgencySetting.BY_SEVERITY
    runbook_url: HttpUrl | None = None
    acknowledgement_timeout_seconds: AcknowledgementTimeout | None = None
    auto_resolve_seconds: AutoResolve | None = None
    reopen_window_seconds: ReopenWindow = 0


class ServicePatch(Input):
    """What to change of a service; null takes policy, team, runbook or timeout away, what is left out stays."""

    name: Name | None = None
    policy_id: UUID | None = None
    team_id: UUID | None = None
    urgency: UrgencySetting | None = None
    runbook_url: HttpUrl | None = None
    acknowledgement_timeout_seconds: AcknowledgementTimeout | None = None
    auto_resolve_seconds: AutoResolve | None = None
    reopen_window_seconds: ReopenWindow | None = None

    @model_validator(mode="after")
    def _not_without(self) -> "ServicePatch":
        for name, right in (
            ("name", "a text of 1 to 200 characters"),
            ("urgency", "by_severity, high or low"),
            ("reopen_window_seconds", "a number, 0 for never"),
        ):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(f"{name} must be {right}")
        return self


class Service(Answer):
    """What incidents are about; send the version as If-Match to change it. Durations are in whole seconds."""

    id: UUID
    name: str
    policy_id: UUID | None
    team_id: UUID | None
    created_at: Instant
    urgency: UrgencySetting
    runbook_url: str | None
    acknowledgement_timeout_seconds: int | None
    auto_resolve_seconds: int | None
    reopen_window_seconds: int
    version: int


class ServicePage(Answer):
    """Services by name."""

    items: list[Service]
    next_cursor: str | None


# ── integrations and routing keys ─────────────────────────────────────────────────────────────────────────────────────


class IntegrationInput(Input):
    """A way in to a service."""

    service_id: UUID
    name: Name


class Integration(Answer):
    """A way in to a service; its routing keys speak every inbound protocol."""

    id: UUID
    service_id: UUID
    name: str
    created_at: Instant


class IntegrationPage(Answer):
    """Integrations by name."""

    items: list[Integration]
    next_cursor: str | None


class RoutingKey(Answer):
    """What is kept of a routing key; events that came in after its end are counted as refused."""

    id: UUID
    integration_id: UUID
    hint: str
    created_at: Instant
    expires_at: Instant | None
    revoked_at: Instant | None
    last_used_at: Instant | None
    refused_count: int
    last_refused_at: Instant | None


class NewRoutingKey(RoutingKey):
    """A routing key just made; `key` is shown this once."""

    key: str


class RoutingKeyList(Answer):
    """All routing keys of an integration, newest first."""

    items: list[RoutingKey]


class NewIntegration(Integration):
    """An integration just made, with its first routing key."""

    routing_key: NewRoutingKey


class IntegrationTestInput(Input):
    """An event to come by an integration, as if its tool had sent it."""

    action: Literal[EventAction.TRIGGER, EventAction.RESOLVE] = EventAction.TRIGGER
    severity: Severity = Severity.CRITICAL


class IntegrationTest(Answer):
    """An event that is on its way; once it has been processed, it is found by its id."""

    event_id: UUID
    dedup_key: str


class RotateInput(Input):
    """How long the old key goes on working beside the new one."""

    overlap_seconds: Annotated[StrictInt, Field(ge=0, le=MAX_OVERLAP_SECONDS)] = DAY_SECONDS
