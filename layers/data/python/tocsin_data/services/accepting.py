"""Invitations accepted: only by who has verified the address that was invited."""

from typing import Final
from uuid import UUID

from tocsin.contracts.api_accounts import Membership
from tocsin_data.db import Database, Tx
from tocsin_data.services.actors import Actor, audit
from tocsin_data.sql import invitations
from tocsin_data.sql.invitations import HeldInvitation

SUBJECT: Final = "membership"


def accept_all(db: Database, user_id: UUID, email: str) -> list[UUID]:
    """Accept everything that waits for an address, at its registration; answers the organizations that were joined."""
    with db.outside_organizations() as conn:
        waiting = invitations.pending(conn, email)
    joined: list[UUID] = []
    for found in waiting:
        with db.one(found.org_id) as tx:
            held = invitations.lock(tx, found.id)
            if held is not None and is_open(tx, held) and held.email == email:
                join(tx, held, user_id, Actor("user", str(user_id)))
                joined.append(found.org_id)
    return joined


def is_open(tx: Tx, invitation: HeldInvitation) -> bool:
    """Whether an invitation can still be accepted."""
    return invitation.accepted_at is None and invitation.revoked_at is None and invitation.expires_at > tx.now


def join(tx: Tx, invitation: HeldInvitation, user_id: UUID, actor: Actor) -> None:
    """Use up an open invitation whose row is held, and write down that its person has joined."""
    if invitations.join(tx, invitation.id, user_id):
        made = Membership(user_id=user_id, role=invitation.role, invitation_id=invitation.id)
        audit(tx, actor, "membership.created", (SUBJECT, user_id), after=made)
