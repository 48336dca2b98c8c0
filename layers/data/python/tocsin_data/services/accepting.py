"""Invitations accepted or declined: only by who has verified the address that was invited."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID, uuid4

from tocsin.contracts.api_access import Joined, ReceivedInvitation
from tocsin.contracts.api_accounts import Membership
from tocsin.domain.permission import Role
from tocsin.errors import InvitationForAnother, InvitationUnusable, Unavailable
from tocsin.platform import logs
from tocsin.platform.tokens import digest
from tocsin_data.db import Database, Tx
from tocsin_data.services.actors import Actor, audit
from tocsin_data.services.contact_methods import make_reachable
from tocsin_data.sql import invitations
from tocsin_data.sql.invitations import HeldInvitation

SUBJECT: Final = "membership"
INVITATION: Final = "invitation"
UNUSABLE: Final = (
    "This invitation can't be used: it was never made, or it has expired, was revoked, or has been accepted."
    " Ask whoever invited you for another."
)


def accept_all(db: Database, user_id: UUID, email: str) -> list[UUID]:
    """Accept everything that waits for an address, at its registration; answers the organizations that were joined.

    What can't be accepted now goes on waiting for its person, who can accept it later.
    """
    with db.outside_organizations() as conn:
        waiting = invitations.pending(conn, email)
    joined: list[UUID] = []
    for found in waiting:
        try:
            _accept(db, (found.org_id, found.id), user_id, email, Actor("user", str(user_id)))
        except InvitationUnusable:
            continue
        except Unavailable as error:
            detail = {"invitation_id": str(found.id), "code": error.code}
            logs.logger("registration").error("invitation left waiting", extra=detail)
            continue
        joined.append(found.org_id)
    return joined


def waiting(db: Database, email: str) -> Sequence[ReceivedInvitation]:
    """What waits for an address, oldest first."""
    with db.outside_organizations() as conn:
        return [
            ReceivedInvitation(
                id=found.id,
                org_id=found.org_id,
                organization_name=found.org_name,
                role=Role(found.role),
                expires_at=found.expires_at,
            )
            for found in invitations.pending(conn, email)
        ]


def accept(db: Database, user_id: UUID, email: str, actor: Actor, invitation_id: UUID) -> Joined:
    """Accept an invitation that waits for an address of one's own; raises InvitationUnusable."""
    return _accept(db, _place(db, email, invitation_id), user_id, email, actor)


def accept_by_token(db: Database, user_id: UUID, email: str, actor: Actor, token: str) -> Joined:
    """Accept the invitation of a token; raises InvitationUnusable, and InvitationForAnother for another's address.

    A token nobody was ever sent takes the same statements as one that has ended.
    """
    with db.outside_organizations() as conn:
        place = invitations.resolve(conn, digest(token))
    return _accept(db, place or (uuid4(), uuid4()), user_id, email, actor)


def decline(db: Database, email: str, actor: Actor, invitation_id: UUID) -> None:
    """Turn down an invitation that waits for an address of one's own; raises InvitationUnusable."""
    org_id, _ = _place(db, email, invitation_id)
    with db.one(org_id) as tx:
        held = invitations.lock(tx, invitation_id)
        if held is None or not is_open(tx, held) or held.email != email:
            raise InvitationUnusable(UNUSABLE)
        before = invitations.read(tx, held.id)
        invitations.revoke(tx, held.id)
        after = invitations.read(tx, held.id)
        audit(tx, actor, "invitation.declined", (INVITATION, held.id), before=before, after=after)


def is_open(tx: Tx, invitation: HeldInvitation) -> bool:
    """Whether an invitation can still be accepted, its organization going on."""
    return (
        invitation.accepted_at is None
        and invitation.revoked_at is None
        and invitation.expires_at > tx.now
        and invitation.deletes_at is None
    )


def _place(db: Database, email: str, invitation_id: UUID) -> tuple[UUID, UUID]:
    with db.outside_organizations() as conn:
        places = {found.id: (found.org_id, found.id) for found in invitations.pending(conn, email)}
    return places.get(invitation_id, (uuid4(), invitation_id))


def _accept(db: Database, place: tuple[UUID, UUID], user_id: UUID, email: str, actor: Actor) -> Joined:
    org_id, invitation_id = place
    with db.one(org_id) as tx:
        held = invitations.lock(tx, invitation_id)
        role = invitations.role_of(tx, user_id)
        if held is not None and held.accepted_by == user_id and role is not None:
            return Joined(org_id=org_id, user_id=user_id, role=role)
        if held is None or not is_open(tx, held):
            raise InvitationUnusable(UNUSABLE)
        if held.email != email:
            raise InvitationForAnother(
                "This invitation is for another e-mail address than the one you have verified. Sign in with that one,"
                " or ask to be invited by yours."
            )
        _join(tx, held, user_id, actor)
        return Joined(org_id=org_id, user_id=user_id, role=role or Role(held.role))


def _join(tx: Tx, held: HeldInvitation, user_id: UUID, actor: Actor) -> None:
    """Use up an open invitation whose row is held, and write down who has joined by it."""
    before = invitations.read(tx, held.id)
    has_joined = invitations.join(tx, held.id, user_id)
    after = invitations.read(tx, held.id)
    audit(tx, actor, "invitation.accepted", (INVITATION, held.id), before=before, after=after)
    if has_joined:
        made = Membership(user_id=user_id, role=held.role, invitation_id=held.id)
        audit(tx, actor, "membership.created", (SUBJECT, user_id), after=made)
        make_reachable(tx, actor, user_id)
