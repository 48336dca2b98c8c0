"""The public API's models of who is let in, and of what was done: invitations, API keys, the audit log."""

from enum import StrEnum
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import AfterValidator, Field, StrictInt, model_validator

from tocsin.contracts.api import DAY_SECONDS, Answer, Input, Name, storable
from tocsin.contracts.message import GivenInstant, Instant
from tocsin.domain.address import EMAIL_LENGTH
from tocsin.domain.permission import Access, Group, Role, TeamRole

HOUR_SECONDS: Final = 3_600
INVITED_TEAMS: Final = 50
TOKEN_LENGTH: Final = 200

Lifetime = Annotated[
    StrictInt,
    Field(ge=HOUR_SECONDS, le=30 * DAY_SECONDS, description="How long it can be accepted, in whole seconds."),
]

# ── invitations ───────────────────────────────────────────────────────────────────────────────────────────────────────


class InvitationStatus(StrEnum):
    """What has become of an invitation."""

    PENDING = "pending"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    REVOKED = "revoked"


class InvitedTeam(Answer):
    """A team somebody joins by an invitation, as what."""

    team_id: UUID
    role: TeamRole


class InvitedTeamInput(Input):
    """A team to join by an invitation, as what."""

    team_id: UUID
    role: TeamRole = TeamRole.MEMBER


def _once(teams: list[InvitedTeamInput]) -> list[InvitedTeamInput]:
    if len({team.team_id for team in teams}) < len(teams):
        raise ValueError("must name each team once")
    return teams


InvitedTeams = Annotated[list[InvitedTeamInput], Field(max_length=INVITED_TEAMS), AfterValidator(_once)]


class InvitationInput(Input):
    """Somebody to invite, by any e-mail address; an international domain is kept in its ASCII form."""

    email: Annotated[str, Field(max_length=EMAIL_LENGTH), AfterValidator(storable)]
    role: Role
    teams: InvitedTeams = Field(default_factory=list[InvitedTeamInput])
    expires_in_seconds: Lifetime = 7 * DAY_SECONDS


class InvitationUpdate(Input):
    """What to change of an invitation that waits; what is left out stays."""

    role: Role | None = None
    teams: InvitedTeams | None = None

    @model_validator(mode="after")
    def _something(self) -> "InvitationUpdate":
        if self.role is None and self.teams is None:
            raise ValueError("must name a role or teams")
        return self


class ResendInput(Input):
    """How long a fresh invitation can be accepted."""

    expires_in_seconds: Lifetime = 7 * DAY_SECONDS


class Invitation(Answer):
    """An invitation; `version` is what If-Match is compared with. Its token goes by mail alone."""

    id: UUID
    email: str
    role: Role
    teams: list[InvitedTeam]
    status: InvitationStatus
    invited_by: str
    version: int
    created_at: Instant
    sent_at: Instant
    expires_at: Instant
    accepted_at: Instant | None
    accepted_by: UUID | None
    revoked_at: Instant | None


class InvitationPage(Answer):
    """Invitations, newest first."""

    items: list[Invitation]
    next_cursor: str | None = None


class ReceivedInvitation(Answer):
    """An invitation as the invited person sees it."""

    id: UUID
    org_id: UUID
    organization_name: str
    role: Role
    expires_at: Instant


class ReceivedInvitationList(Answer):
    """The invitations that wait for somebody, oldest first."""

    items: list[ReceivedInvitation]


class AcceptInput(Input):
    """The token that came by mail."""

    token: Annotated[str, Field(min_length=1, max_length=TOKEN_LENGTH), AfterValidator(storable)]


class Joined(Answer):
    """What somebody is in an organization by now; who was a member before keeps their role."""

    org_id: UUID
    user_id: UUID
    role: Role


# ── API keys ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _some(groups: list[Group] | None) -> list[Group] | None:
    return None if groups is None else sorted(set(groups))


class ApiKeyInput(Input):
    """An API key to create: what its role allows, narrowed to reading and to some groups of resources.

    A personal key acts as the person who makes it, and never may more than they may; another is the organization's.
    """

    name: Name
    role: Role
    access: Access = Access.WRITE
    groups: Annotated[list[Group] | None, Field(min_length=1), AfterValidator(_some)] = None
    expires_at: GivenInstant | None = None
    personal: bool = False


class ApiKey(Answer):
    """What is kept of an API key; `groups` are null for all. `last_used_at` is good to a minute."""

    id: UUID
    name: str
    role: Role
    access: Access
    groups: list[Group] | None
    user_id: UUID | None
    hint: str
    created_by: str | None
    created_at: Instant
    expires_at: Instant | None
    last_used_at: Instant | None
    revoked_at: Instant | None


class NewApiKey(ApiKey):
    """An API key just made; `key` is shown this once."""

    key: str


class ApiKeyPage(Answer):
    """API keys, newest first."""

    items: list[ApiKey]
    next_cursor: str | None = None


# ── the audit log ─────────────────────────────────────────────────────────────────────────────────────────────────────


class AuditEntry(Answer):
    """One change: who, what, from where, and what could be read of its subject before and after."""

    id: UUID
    at: Instant
    actor_kind: str
    actor_id: str | None
    action: str
    subject_kind: str
    subject_id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    request_id: str | None
    source_address: str | None


class Exported(Answer):
    """What the audit log tells of an export: by which filter and in which format, as they were asked for."""

    asked: dict[str, str]


class AuditEntryPage(Answer):
    """Changes, newest first."""

    items: list[AuditEntry]
    next_cursor: str | None = None
