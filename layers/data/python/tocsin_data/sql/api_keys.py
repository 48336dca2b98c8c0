"""API keys: who holds one may act for its organization within its role."""

from dataclasses import dataclass
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api import ApiKey
from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class NewKeyRow:
    """An API key to create."""

    id: UUID
    user_id: UUID | None
    name: str
    key_hash: bytes
    hint: str
    role: str


def insert(tx: Tx, row: NewKeyRow) -> ApiKey:
    """Create an API key."""
    with tx.conn.cursor(row_factory=class_row(ApiKey)) as cur:
        cur.execute(
            """
            insert into api_key (id, org_id, user_id, name, key_hash, hint, role, created_at)
            values (%s, %s, %s, %s, %s, %s, %s, %s)
            returning id, name, role, user_id, hint, created_at, revoked_at
            """,
            (row.id, tx.org_id, row.user_id, row.name, row.key_hash, row.hint, row.role, tx.now),
        )
        (made,) = cur.fetchall()
        return made


def lock(tx: Tx, key_id: UUID) -> ApiKey | None:
    """Read one API key and hold its row."""
    with tx.conn.cursor(row_factory=class_row(ApiKey)) as cur:
        cur.execute(
            """
            select id, name, role, user_id, hint, created_at, revoked_at
            from api_key where org_id = %s and id = %s for no key update
            """,
            (tx.org_id, key_id),
        )
        return cur.fetchone()


def revoke(tx: Tx, key_id: UUID) -> None:
    """End a key whose row is held."""
    tx.conn.execute("update api_key set revoked_at = %s where org_id = %s and id = %s", (tx.now, tx.org_id, key_id))
