"""The public API's models of accounts: organizations, members, teams, invitations, and who somebody is."""

from uuid import UUID

from tocsin.contracts.api import Answer


class Membership(Answer):
    """That somebody is a member, as the audit log keeps it."""

    user_id: UUID
    role: str
    invitation_id: UUID | None = None
