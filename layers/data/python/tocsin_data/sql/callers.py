"""Who calls: API keys, people and visitors of the demo, found across organizations before any is entered.

Each look-up counts the request in its minute.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from tocsin_data.db import Connection


@dataclass(frozen=True, slots=True)
class KeyCaller:
    """An API key, known or ended; `member_role` is what its person is in its organization, if it is a person's."""

    now: datetime
    api_key_id: UUID
    org_id: UUID
    user_id: UUID | None
    role: str
    access: str
    groups: Sequence[str] | None
    expires_at: datetime | None
    revoked_at: datetime | None
    member_role: str | None
    is_demo: bool
    deletes_at: datetime | None
    requests: int


@dataclass(frozen=True, slots=True)
class UserCaller:
    """A person, and what they are in the organization they named: nothing, if they are no member or named none."""

    now: datetime
    user_id: UUID
    email: str
    name: str
    signed_out_at: datetime | None
    org_id: UUID | None
    role: str | None
    is_demo: bool | None
    deletes_at: datetime | None
    requests: int


@dataclass(frozen=True, slots=True)
class DemoCaller:
    """A visitor of the demo."""

    now: datetime
    org_id: UUID
    expires_at: datetime
    requests: int


def api_key(conn: Connection, key_hash: bytes) -> KeyCaller | None:
    """Find an API key of any organization by hash."""
    with conn.cursor(row_factory=class_row(KeyCaller)) as cur:
        cur.execute(
            """
            select now, api_key_id, org_id, user_id, role, access, groups, expires_at, revoked_at, member_role, is_demo,
                deletes_at, requests
            from app.api_key_caller(%s)
            """,
            (key_hash,),
        )
        return cur.fetchone()


def user(conn: Connection, subject: str, org_id: UUID | None) -> UserCaller | None:
    """Find a person by who they are to the sign-in."""
    with conn.cursor(row_factory=class_row(UserCaller)) as cur:
        cur.execute(
            """
            select now, user_id, email, name, signed_out_at, org_id, role, is_demo, deletes_at, requests
            from app.user_caller(%s, %s)
            """,
            (subject, org_id),
        )
        return cur.fetchone()


def demo(conn: Connection, token_hash: bytes) -> DemoCaller | None:
    """Find a visitor of the demo by the hash of their token."""
    with conn.cursor(row_factory=class_row(DemoCaller)) as cur:
        cur.execute("select now, org_id, expires_at, requests from app.demo_caller(%s)", (token_hash,))
        return cur.fetchone()
