"""Invitations: who may join an organization, as what, by which address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_access import Invitation, InvitedTeamInput
from tocsin.domain.permission import Role
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
    """An invitation whose row is held; `deletes_at` is when its organization ends, if it does."""

    id: UUID
    email: str
    role: str
    version: int
    sent_at: datetime
    expires_at: datetime
    accepted_at: datetime | None
    accepted_by: UUID | None
    revoked_at: datetime | None
    deletes_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """An invitation to create."""

    id: UUID
    email: str
    role: Role
    token_hash: bytes
    invited_by: str
    expires_at: datetime


def pending(conn: Connection, email: str) -> Sequence[PendingInvitation]:
    """The invitations of an address in its canonical form, oldest first."""
    with conn.cursor(row_factory=class_row(PendingInvitation)) as cur:
        cur.execute("select org_id, id, org_name, role, expires_at from app.pending_invitations(%s)", (email,))
        return cur.fetchall()


def resolve(conn: Connection, token_hash: bytes) -> tuple[UUID, UUID] | None:
    """The (organization, invitation) of a token, whatever has become of it."""
    row = conn.execute("select org_id, id from app.resolve_invitation(%s)", (token_hash,)).fetchone()
    return None if row is None else (row[0], row[1])


def lock(tx: Tx, invitation_id: UUID) -> HeldInvitation | None:
    """Read an invitation and hold its row."""
    with tx.conn.cursor(row_factory=class_row(HeldInvitation)) as cur:
        cur.execute(
            """
            select i.id, i.email, i.role, i.version, i.sent_at, i.expires_at, i.accepted_at, i.accepted_by,
                i.revoked_at, o.deletes_at
            from invitation i
            join organization o on o.id = i.org_id
            where i.org_id = %s and i.id = %s
            for no key update of i
            """,
            (tx.org_id, invitation_id),
        )
        return cur.fetchone()


def waiting(tx: Tx, email: str) -> HeldInvitation | None:
    """The invitation of an address that nobody has accepted or revoked, expired or not; its row is held."""
    row = tx.conn.execute(
        """
        select id from invitation
        where org_id = %s and email = %s and accepted_at is null and revoked_at is null
        for no key update
        """,
        (tx.org_id, email),
    ).fetchone()
    return None if row is None else lock(tx, row[0])


def hold_organization(tx: Tx) -> str | None:
    """The name of an organization that goes on; who invites in it takes turns."""
    row = tx.conn.execute(
        "select name from organization where id = %s and deletes_at is null for no key update", (tx.org_id,)
    ).fetchone()
    return None if row is None else row[0]


def is_member(tx: Tx, email: str) -> bool:
    """Whether an address is that of a member."""
    row = tx.conn.execute(
        """
        select 1 from membership m
        join user_account u on u.id = m.user_id and u.email = %s
        where m.org_id = %s
        """,
        (email, tx.org_id),
    ).fetchone()
    return row is not None


def insert(tx: Tx, new: NewInvitation, teams: Sequence[InvitedTeamInput]) -> None:
    """Create an invitation with its teams."""
    tx.conn.execute(
        """
        insert into invitation (id, org_id, email, role, token_hash, invited_by, created_at, sent_at, expires_at)
        values (%(id)s, %(org)s, %(email)s, %(role)s, %(hash)s, %(by)s, %(now)s, %(now)s, %(expires)s)
        """,
        {
            "id": new.id,
            "org": tx.org_id,
            "email": new.email,
            "role": new.role,
            "hash": new.token_hash,
            "by": new.invited_by,
            "now": tx.now,
            "expires": new.expires_at,
        },
    )
    _insert_teams(tx, new.id, teams)


def read(tx: Tx, invitation_id: UUID) -> Invitation | None:
    """Read one invitation."""
    found = _read(tx, [invitation_id])
    return found[0] if found else None


def page(tx: Tx, status: str | None, before: tuple[datetime, UUID] | None, limit: int) -> Sequence[Invitation]:
    """Invitations, newest first, from before a (created_at, id)."""
    created_at, invitation_id = before or (None, None)
    rows = tx.conn.execute(
        """
        select id from invitation
        where org_id = %(org)s
            and (%(at)s::timestamptz is null or (created_at, id) < (%(at)s::timestamptz, %(id)s::uuid))
            and (%(status)s::text is null or %(status)s::text = case
                when accepted_at is not null then 'accepted'
                when revoked_at is not null then 'revoked'
                when expires_at <= %(now)s then 'expired'
                else 'pending'
            end)
        order by created_at desc, id desc limit %(limit)s
        """,
        {
            "org": tx.org_id,
            "at": created_at,
            "id": invitation_id,
            "status": status,
            "now": tx.now,
            "limit": limit,
        },
    ).fetchall()
    return _read(tx, [row[0] for row in rows])


def change(tx: Tx, invitation_id: UUID, role: Role, teams: Sequence[InvitedTeamInput] | None) -> None:
    """Write what an invitation whose row is held is for; None leaves its teams."""
    tx.conn.execute(
        "update invitation set role = %s, version = version + 1 where org_id = %s and id = %s",
        (role, tx.org_id, invitation_id),
    )
    if teams is not None:
        tx.conn.execute(
            "delete from invitation_team where org_id = %s and invitation_id = %s", (tx.org_id, invitation_id)
        )
        _insert_teams(tx, invitation_id, teams)


def renew(tx: Tx, invitation_id: UUID, token_hash: bytes, expires_at: datetime) -> None:
    """Give an invitation whose row is held another token; the one before is worth nothing from now on."""
    tx.conn.execute(
        """
        update invitation set token_hash = %s, sent_at = %s, expires_at = %s, version = version + 1
        where org_id = %s and id = %s
        """,
        (token_hash, tx.now, expires_at, tx.org_id, invitation_id),
    )


def revoke(tx: Tx, invitation_id: UUID) -> None:
    """End an invitation whose row is held."""
    tx.conn.execute(
        "update invitation set revoked_at = %s, version = version + 1 where org_id = %s and id = %s",
        (tx.now, tx.org_id, invitation_id),
    )


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
        with still as materialized (
            select i.org_id, i.team_id, i.role from invitation_team i
            join team t on t.org_id = i.org_id and t.id = i.team_id
            where i.org_id = %(org)s and i.invitation_id = %(id)s
            for key share of t
        )
        insert into team_member (org_id, team_id, user_id, role)
        select org_id, team_id, %(user)s, role from still
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


def role_of(tx: Tx, user_id: UUID) -> Role | None:
    """What somebody is in the organization; None for who is no member."""
    row = tx.conn.execute(
        "select role from membership where org_id = %s and user_id = %s", (tx.org_id, user_id)
    ).fetchone()
    return None if row is None else Role(row[0])


def _insert_teams(tx: Tx, invitation_id: UUID, teams: Sequence[InvitedTeamInput]) -> None:
    tx.conn.execute(
        """
        insert into invitation_team (org_id, invitation_id, team_id, role)
        select %s, %s, team_id, role from unnest(%s::uuid[], %s::text[]) as t (team_id, role)
        """,
        (tx.org_id, invitation_id, [team.team_id for team in teams], [team.role for team in teams]),
    )


def _read(tx: Tx, ids: Sequence[UUID]) -> Sequence[Invitation]:
    with tx.conn.cursor(row_factory=class_row(Invitation)) as cur:
        cur.execute(
            """
            select i.id, i.email, i.role, i.invited_by, i.version, i.created_at, i.sent_at, i.expires_at,
                i.accepted_at, i.accepted_by, i.revoked_at,
                case
                    when i.accepted_at is not null then 'accepted'
                    when i.revoked_at is not null then 'revoked'
                    when i.expires_at <= %(now)s then 'expired'
                    else 'pending'
                end as status,
                (
                    select coalesce(
                        jsonb_agg(jsonb_build_object('team_id', t.team_id, 'role', t.role) order by t.team_id), '[]'
                    )
                    from invitation_team t where t.org_id = i.org_id and t.invitation_id = i.id
                ) as teams
            from invitation i
            where i.org_id = %(org)s and i.id = any(%(ids)s)
            order by i.created_at desc, i.id desc
            """,
            {"org": tx.org_id, "ids": list(ids), "now": tx.now},
        )
        return cur.fetchall()
