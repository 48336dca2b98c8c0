"""The public API's models of accounts: organizations, members, teams, invitations, and who somebody is."""

from typing import Any
from uuid import UUID

from pydantic import model_validator

from tocsin.contracts.api import Answer, Email, Input, Name
from tocsin.contracts.api_incidents import PagingStop
from tocsin.contracts.message import Instant
from tocsin.domain.permission import Role, TeamRole


class Membership(Answer):
    """That somebody is a member, as the audit log keeps it."""

    user_id: UUID
    role: str
    invitation_id: UUID | None = None


# ── organizations ─────────────────────────────────────────────────────────────────────────────────────────────────────


class OrganizationInput(Input):
    """An organization to create; who creates it owns it."""

    name: Name
    fallback_email: Email | None = None


class OrganizationPatch(Input):
    """What to change of the organization; null takes the fallback away, what is left out stays."""

    name: Name | None = None
    fallback_email: Email | None = None

    @model_validator(mode="after")
    def _named(self) -> "OrganizationPatch":
        if "name" in self.model_fields_set and self.name is None:
            raise ValueError("name must be a text of 1 to 200 characters")
        return self


class OrganizationEnd(Input):
    """The organization's name, typed by who wants it deleted."""

    name: str


class Organization(Answer):
    """An organization. `fallback_email` is paged when nobody else is left; after `deletes_at` nothing of it is.

    With `paging_stop` nobody is paged for now: show it loudly.
    """

    id: UUID
    name: str
    fallback_email: str | None
    version: int
    created_at: Instant
    deletes_at: Instant | None
    is_demo: bool = False
    paging_stop: PagingStop | None = None


class ExportRecord(Answer):
    """One row of what an organization owns, without secrets."""

    resource: str
    data: dict[str, Any]


class ExportPage(Answer):
    """A part of an export."""

    items: list[ExportRecord]
    next_cursor: str | None


# ── members and teams ─────────────────────────────────────────────────────────────────────────────────────────────────


class MemberTeam(Answer):
    """A team somebody is in, and as what."""

    team_id: UUID
    name: str
    role: TeamRole


class Member(Answer):
    """Somebody who belongs to the organization."""

    user_id: UUID
    name: str
    email: str
    role: Role
    teams: list[MemberTeam]
    version: int
    created_at: Instant


class MemberPage(Answer):
    """Members by name."""

    items: list[Member]
    next_cursor: str | None


class MemberPatch(Input):
    """What a member is from now on."""

    role: Role


class TransferInput(Input):
    """Who owns the organization from now on; who hands it over stays as an admin."""

    user_id: UUID


class Removed(Answer):
    """Who has left or was removed, and which escalation policies name them: their pages go to the other targets."""

    member: Member
    policies: list[str]


class TeamInput(Input):
    """A team to create or rename."""

    name: Name


class TeamMember(Answer):
    """Somebody in a team."""

    user_id: UUID
    role: TeamRole


class TeamMemberInput(Input):
    """What somebody is in a team."""

    role: TeamRole = TeamRole.MEMBER


class Team(Answer):
    """Some members, who own services and policies and can be paged together."""

    id: UUID
    name: str
    version: int
    members: list[TeamMember]
    created_at: Instant


class TeamPage(Answer):
    """Teams by name."""

    items: list[Team]
    next_cursor: str | None
