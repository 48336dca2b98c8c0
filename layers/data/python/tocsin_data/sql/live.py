"""Tickets, connections and changes of those who watch an organization; reached by functions of the database alone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from tocsin.domain.live import Change, Entry
from tocsin_data.db import Connection, Tx


@dataclass(frozen=True, slots=True)
class NewTicket:
    """A ticket to be kept, by the hash of it: whose it is, and what its connection may be told until when."""

    token_hash: bytes
    org_id: UUID
    user_id: UUID | None
    api_key_id: UUID | None
    role: str
    allowed: Sequence[str]
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Heard:
    """A connection that is known: how far changes are counted, what it is told of, and why it is to be closed."""

    sequence: int
    topics: list[str]
    closing: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """How far changes are counted, and one of them, if there is any."""

    sequence: int
    is_reset: bool
    topic: str | None
    kind: str | None
    subject_id: str | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Ended:
    """A connection to be closed, and why."""

    connection_id: str
    reason: str


def open_ticket(conn: Connection, ticket: NewTicket, lasts: timedelta) -> datetime:
    """Keep a ticket; answers until when it can be used."""
    row = conn.execute(
        "select expires_at from app.open_live_ticket(%s, %s, %s, %s, %s, %s, %s, %s)",
        (
            ticket.token_hash,
            ticket.org_id,
            ticket.user_id,
            ticket.api_key_id,
            ticket.role,
            list(ticket.allowed),
            ticket.ends_at,
            lasts,
        ),
    ).fetchone()
    if row is None:
        raise TypeError("a ticket was kept without an instant")
    return row[0]


def connect(conn: Connection, token_hash: bytes, connection_id: str, most_of_one: int, most_visitors: int) -> Entry:
    """Use a ticket up; answers whether it opens a connection."""
    row = conn.execute(
        "select app.open_live(%s, %s, %s, %s)", (token_hash, connection_id, most_of_one, most_visitors)
    ).fetchone()
    return Entry.REFUSED if row is None else Entry(row[0])


def hear(conn: Connection, connection_id: str, topics: Sequence[str] | None) -> Heard | None:
    """A connection is there, and wants these topics if any are given; None for one that is not known."""
    with conn.cursor(row_factory=class_row(Heard)) as cur:
        cur.execute(
            "select sequence, topics, closing from app.hear_live(%s, %s)",
            (connection_id, None if topics is None else list(topics)),
        )
        return cur.fetchone()


def disconnect(conn: Connection, connection_ids: Collection[str]) -> None:
    """Forget connections that are there no more."""
    conn.execute("select app.disconnect_live(%s)", (list(connection_ids),))


def watched(conn: Connection, org_ids: Collection[UUID]) -> set[UUID]:
    """Those of these organizations whose changes are noted."""
    rows = conn.execute("select org_id from app.watched(%s)", (list(org_ids),)).fetchall()
    return {row[0] for row in rows}


def note(conn: Connection, org_id: UUID, changes: Sequence[Change]) -> dict[str, Any] | None:
    """Note what has changed in an organization, where somebody watches; answers what is to be told, if anything."""
    row = conn.execute(
        "select app.note_changes(%s, %s, %s, %s)",
        (org_id, [c.topic.value for c in changes], [c.kind for c in changes], [c.id for c in changes]),
    ).fetchone()
    return None if row is None else row[0]


def take_hints(conn: Connection, org_id: UUID) -> dict[str, Any] | None:
    """What was kept since somebody was last told."""
    row = conn.execute("select app.take_hints(%s)", (org_id,)).fetchone()
    return None if row is None else row[0]


def changes(conn: Connection, org_id: UUID, after: int | None, topics: Collection[str], at_most: int) -> list[Row]:
    """What has changed after a number, oldest first; a row without a change where nothing has."""
    with conn.cursor(row_factory=class_row(Row)) as cur:
        cur.execute(
            "select sequence, is_reset, topic, kind, subject_id, at from app.live_changes(%s, %s, %s, %s)",
            (org_id, after, list(topics), at_most),
        )
        return cur.fetchall()


def take_closing(conn: Connection, at_most: int) -> list[Ended]:
    """Connections to be closed, of any organization, that nobody was asked to close lately."""
    with conn.cursor(row_factory=class_row(Ended)) as cur:
        cur.execute("select connection_id, reason from app.take_closing_live(%s)", (at_most,))
        return cur.fetchall()


def tend(tx: Tx, silent_before: datetime, forget_before: datetime) -> list[UUID]:
    """Close what has expired or fallen silent, forget old changes; answers whose watchers still wait to be told."""
    rows = tx.conn.execute("select org_id from app.tend_live(%s, %s)", (silent_before, forget_before)).fetchall()
    return [row[0] for row in rows]
