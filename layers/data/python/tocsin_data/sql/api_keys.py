"""API keys: who holds one may act for its organization within its role and scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_access import ApiKey
from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class NewKeyRow:
    """An API key to create; no groups means all of them."""

    id: UUID
    user_id: UUID | None
    name: str
    key_hash: bytes
    hint: str
    role: str
    access: str
    groups: Sequence[str] | None
    expires_at: datetime | None
    created_by: str


def insert(tx: Tx, row: NewKeyRow) -> ApiKey:
    """Create an API key."""
    with tx.conn.cursor(row_factory=class_row(ApiKey)) as cur:
        cur.execute(
            """
            insert into api_key (
                id, org_id, user_id, name, key_hash, hint, role, access, groups, expires_at, created_by, created_at
            )
            values (%s, %s, %s, %s, %s, %s, %s, %s, %s::text[], %s, %s, %s)
            returning id, name, role, access, groups, user_id, hint, created_by, created_at, expires_at, last_used_at,
                revoked_at
            """,
            (
                row.id,
                tx.org_id,
                row.user_id,
                row.name,
                row.key_hash,
                row.hint,
                row.role,
                row.access,
                None if row.groups is None else list(row.groups),
                row.expires_at,
                row.created_by,
                tx.now,
            ),
        )
        (made,) = cur.fetchall()
        return made


def read(tx: Tx, key_id: UUID) -> ApiKey | None:
    """Read one API key."""
    with tx.conn.cursor(row_factory=class_row(ApiKey)) as cur:
        cur.execute(
            """
            select id, name, role, access, groups, user_id, hint, created_by, created_at, expires_at, last_used_at,
                revoked_at
            from api_key where org_id = %s and id = %s
            """,
            (tx.org_id, key_id),
        )
        return cur.fetchone()


def lock(tx: Tx, key_id: UUID) -> ApiKey | None:
    """Read one API key and hold its row."""
    with tx.conn.cursor(row_factory=class_row(ApiKey)) as cur:
        cur.execute(
            """
            select id, name, role, access, groups, user_id, hint, created_by, created_at, expires_at, last_used_at,
                revoked_at
            from api_key where org_id = %s and id = %s for no key update
            """,
            (tx.org_id, key_id),
        )
        return cur.fetchone()


def page(tx: Tx, user_id: UUID | None, before: tuple[datetime, UUID] | None, limit: int) -> Sequence[ApiKey]:
    """API keys, newest first, of one person or all of the organization, from before a (created_at, id)."""
    created_at, key_id = before or (None, None)
    with tx.conn.cursor(row_factory=class_row(ApiKey)) as cur:
        cur.execute(
            """
            select id, name, role, access, groups, user_id, hint, created_by, created_at, expires_at, last_used_at,
                revoked_at
            from api_key
            where org_id = %(org)s
                and (%(user)s::uuid is null or user_id = %(user)s::uuid)
                and (%(at)s::timestamptz is null or (created_at, id) < (%(at)s::timestamptz, %(id)s::uuid))
            order by created_at desc, id desc limit %(limit)s
            """,
            {"org": tx.org_id, "user": user_id, "at": created_at, "id": key_id, "limit": limit},
        )
        return cur.fetchall()


def expire(tx: Tx, key_id: UUID, expires_at: datetime) -> None:
    """Write when a key whose row is held ends by itself."""
    tx.conn.execute("update api_key set expires_at = %s where org_id = %s and id = %s", (expires_at, tx.org_id, key_id))


def revoke(tx: Tx, key_id: UUID) -> None:
    """End a key whose row is held."""
    tx.conn.execute("update api_key set revoked_at = %s where org_id = %s and id = %s", (tx.now, tx.org_id, key_id))


def revoke_of(tx: Tx, user_id: UUID) -> Sequence[ApiKey]:
    """End the personal keys of somebody; answers those that had not been revoked, as they are now, oldest first."""
    with tx.conn.cursor(row_factory=class_row(ApiKey)) as cur:
        cur.execute(
            """
            with ended as (
                update api_key set revoked_at = %(now)s
                where org_id = %(org)s and user_id = %(user)s and revoked_at is null
                returning id, name, role, access, groups, user_id, hint, created_by, created_at, expires_at,
                    last_used_at, revoked_at
            )
            select id, name, role, access, groups, user_id, hint, created_by, created_at, expires_at, last_used_at,
                revoked_at
            from ended order by created_at, id
            """,
            {"now": tx.now, "org": tx.org_id, "user": user_id},
        )
        return cur.fetchall()
