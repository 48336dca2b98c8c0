"""Accounts of people, beneath and beyond organizations."""

from dataclasses import dataclass
from uuid import UUID

from psycopg.rows import class_row

from tocsin_data.db import Connection


@dataclass(frozen=True, slots=True)
class Registered:
    """An account, and whose it is by the sign-in."""

    user_id: UUID
    subject: str | None
    is_new: bool


def register(conn: Connection, subject: str, email: str, name: str) -> Registered:
    """Make the account of an address, or link the one that nobody has signed in to."""
    with conn.cursor(row_factory=class_row(Registered)) as cur:
        cur.execute("select user_id, subject, is_new from app.register_user(%s, %s, %s)", (subject, email, name))
        (made,) = cur.fetchall()
        return made
