"""The public API's models of who calls, and of a person's account."""

from typing import Literal
from uuid import UUID

from tocsin.contracts.api import Answer, Input, Name
from tocsin.contracts.message import Instant
from tocsin.domain.permission import Access, Group, Role, TeamRole


class MyTeam(Answer):
    """A team that somebody is in."""

    id: UUID
    name: str
    role: TeamRole


class MyOrganization(Answer):
    """An organization that somebody is in, and what they are there."""

    id: UUID
    name: str
    role: Role
    teams: list[MyTeam]
    deletes_at: Instant | None = None


class Me(Answer):
    """Who calls. A person has an account and their organizations; a key or a visit to the demo has one organization.

    `refused_email` is a verified address of the sign-in that could not become the account's, because another has it.
    """

    kind: Literal["user", "api_key", "demo"]
    user_id: UUID | None = None
    name: str | None = None
    email: str | None = None
    refused_email: str | None = None
    access: Access = Access.WRITE
    groups: list[Group] | None = None
    organizations: list[MyOrganization]


class MeInput(Input):
    """What somebody changes of their account."""

    name: Name
