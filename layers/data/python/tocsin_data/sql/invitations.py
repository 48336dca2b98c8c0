"""Invitations: who may join an organization, as what, by which address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from tocsin_data.db import Connection, Tx


@dataclass(frozen=True, slots=True)
class PendingInvitation:
    """An invitation that can be accepted now, of any organization."""

    org_id: UUID
    id: UUID
    org_name: str
    role: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class HeldInvitation:
    """An invitation whose row is held."""

    id: UUID
    email: str
    role: str
    expires_at: datetime
    accepted_at: datetime | None
    accepted_by: UUID | None
    revoked_at: datetime | None


def pending(conn: Connection, email: str) -> Sequence[PendingInvitation]:
    """The invitations of an address in its canonical form, oldest first."""
    with conn.cursor(row_factory=class_row(PendingInvitation)) as cur:
        cur.execute("select org_id, id, org_name, role, expires_at from app.pending_invitations(%s)", (email,))
        return cur.fetchall()


def lock(tx: Tx, invitation_id: UUID) -> HeldInvitation | None:
    """Read an invitation and hold its row."""
    with tx.conn.cursor(row_factory=class_row(HeldInvitation)) as cur:
        cur.execute(
            """
            select id, email, role, expires_at, accepted_at, accepted_by, revoked_at
            from invitation where org_id = %s and id = %s for no key update
            """,
            (tx.org_id, invitation_id),
        )
        return cur.fetchone()


def join(tx: Tx, invitation_id: UUID, user_id: UUID) -> bool:
    """Make somebody a member as their invitation, whose row is held, says; teams that are gone by now are left out.

    Answers False for who is a member already: they keep their role, and the invitation is used up.
    """
    joined = tx.conn.execute(
        """
        insert into membership (org_id, user_id, role, created_at)
        select org_id, %(user)s, role, %(now)s from invitation where org_id = %(org)s and id = %(id)s
        on conflict on constraint membership_pkey do nothing
        """,
        {"org": tx.org_id, "id": invitation_id, "user": user_id, "now": tx.now},
    ).rowcount
    tx.conn.execute(
        """
        insert into team_member (org_id, team_id, user_id, role)
        select org_id, team_id, %(user)s, role from invitation_team
        where org_id = %(org)s and invitation_id = %(id)s
        on conflict on constraint team_member_pkey do nothing
        """,
        {"org": tx.org_id, "id": invitation_id, "user": user_id},
    )
    tx.conn.execute(
        """
        update invitation set accepted_at = %(now)s, accepted_by = %(user)s, version = version + 1
        where org_id = %(org)s and id = %(id)s
        """,
        {"org": tx.org_id, "id": invitation_id, "user": user_id, "now": tx.now},
    )
    return joined == 1
