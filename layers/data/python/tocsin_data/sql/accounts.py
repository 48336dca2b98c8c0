"""Accounts of people, beneath and beyond organizations."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from tocsin_data.db import Connection, Tx


@dataclass(frozen=True, slots=True)
class Registered:
    """An account, and whose it is by the sign-in."""

    user_id: UUID
    subject: str | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class Belonging:
    """What somebody is in an organization; `teams` are of id, name and role."""

    id: UUID
    name: str
    role: str
    deletes_at: datetime | None
    teams: list[dict[str, Any]]


def register(conn: Connection, subject: str, email: str, name: str) -> Registered | None:
    """Make the account of an address, or link the one that nobody has signed in to; None when it has been deleted."""
    with conn.cursor(row_factory=class_row(Registered)) as cur:
        cur.execute("select user_id, subject, is_new from app.register_user(%s, %s, %s)", (subject, email, name))
        return cur.fetchone()


def is_known(conn: Connection, email: str) -> bool:
    """Whether somebody signs in with an address, in its canonical form."""
    found = conn.execute("select app.is_known_address(%s)", (email,)).fetchone()
    return found is not None and bool(found[0])


def person(tx: Tx, user_id: UUID) -> tuple[str, str] | None:
    """What the person that the transaction acts as is called, and their address."""
    return tx.conn.execute("select name, email from user_account where id = %s", (user_id,)).fetchone()


def organizations(tx: Tx) -> Sequence[Belonging]:
    """The organizations of the person that the transaction acts as, by name."""
    with tx.conn.cursor(row_factory=class_row(Belonging)) as cur:
        return cur.execute("select id, name, role, deletes_at, teams from app.my_organizations()").fetchall()


def organization(tx: Tx) -> tuple[UUID, str, datetime | None] | None:
    """The id and name of the transaction's organization, and when it ends."""
    return tx.conn.execute("select id, name, deletes_at from organization where id = %s", (tx.org_id,)).fetchone()


def rename(tx: Tx, name: str) -> str | None:
    """Give the person another name; answers the one before."""
    row = tx.conn.execute("select app.rename_self(%s)", (name,)).fetchone()
    return None if row is None else row[0]


def move(tx: Tx, email: str) -> bool:
    """Give the person another address; False when it is another account's."""
    row = tx.conn.execute("select app.move_self(%s)", (email,)).fetchone()
    return row is not None and bool(row[0])


def sign_out(tx: Tx) -> None:
    """End the tokens that the person has been given until now."""
    tx.conn.execute("select app.sign_self_out()")


def left_without_owner(tx: Tx) -> Sequence[tuple[UUID, str]]:
    """The organizations that would have no owner without the person, held still until the transaction ends."""
    return tx.conn.execute("select org_id, name from app.left_without_owner()").fetchall()


def delete(tx: Tx) -> None:
    """End the person's memberships and keys, and forget who they were."""
    tx.conn.execute("select app.delete_self()")


def tell(
    tx: Tx, action: str, changed: tuple[dict[str, Any], dict[str, Any]] | None, origin: tuple[str | None, str | None]
) -> None:
    """Write what the person did into the audit log of each of their organizations: before and after, and by which
    request from which address.
    """
    before, after = (None, None) if changed is None else (json.dumps(changed[0]), json.dumps(changed[1]))
    tx.conn.execute("select app.tell_of_self(%s, %s::jsonb, %s::jsonb, %s, %s)", (action, before, after, *origin))
