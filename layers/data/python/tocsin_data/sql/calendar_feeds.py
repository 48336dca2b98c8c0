"""Calendars that follow a schedule by a secret address."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_schedules import CalendarFeed
from tocsin_data.db import Connection, Tx


@dataclass(frozen=True, slots=True)
class Followed:
    """What a token is for."""

    org_id: UUID
    id: UUID
    schedule_id: UUID
    user_id: UUID | None


def insert(tx: Tx, feed: CalendarFeed, token_hash: bytes) -> None:
    """Write a new one."""
    tx.conn.execute(
        """
        insert into calendar_feed (id, org_id, schedule_id, user_id, token_hash, created_at, created_by)
        values (%s, %s, %s, %s, %s, %s, %s)
        """,
        (feed.id, tx.org_id, feed.schedule_id, feed.user_id, token_hash, tx.now, feed.created_by),
    )


def of_schedule(tx: Tx, schedule_id: UUID) -> Sequence[CalendarFeed]:
    """Those of a schedule, oldest first."""
    with tx.conn.cursor(row_factory=class_row(CalendarFeed)) as cur:
        cur.execute(
            """
            select id, schedule_id, user_id, created_by, created_at, last_used_at, revoked_at
            from calendar_feed where org_id = %s and schedule_id = %s order by created_at, id
            """,
            (tx.org_id, schedule_id),
        )
        return cur.fetchall()


def lock(tx: Tx, schedule_id: UUID, feed_id: UUID) -> CalendarFeed | None:
    """Read one of a schedule and hold its row."""
    with tx.conn.cursor(row_factory=class_row(CalendarFeed)) as cur:
        cur.execute(
            """
            select id, schedule_id, user_id, created_by, created_at, last_used_at, revoked_at
            from calendar_feed where org_id = %s and schedule_id = %s and id = %s for no key update
            """,
            (tx.org_id, schedule_id, feed_id),
        )
        return cur.fetchone()


def renew(tx: Tx, feed_id: UUID, token_hash: bytes) -> None:
    """Give one whose row is held another token."""
    tx.conn.execute(
        "update calendar_feed set token_hash = %s where org_id = %s and id = %s", (token_hash, tx.org_id, feed_id)
    )


def revoke(tx: Tx, feed_id: UUID) -> None:
    """End one whose row is held."""
    tx.conn.execute(
        "update calendar_feed set revoked_at = %s where org_id = %s and id = %s", (tx.now, tx.org_id, feed_id)
    )


def follow(conn: Connection, token_hash: bytes) -> Followed | None:
    """What a token is for, in whichever organization; nothing once it is revoked, or whose it is has left."""
    with conn.cursor(row_factory=class_row(Followed)) as cur:
        cur.execute("select * from app.resolve_calendar_feed(%s)", (token_hash,))
        return cur.fetchone()


def touch(tx: Tx, feed_id: UUID) -> None:
    """Note that one is in use, once an hour."""
    tx.conn.execute(
        """
        update calendar_feed set last_used_at = %(now)s
        where org_id = %(org)s and id = %(id)s
            and (last_used_at is null or last_used_at < %(now)s::timestamptz - interval '1 hour')
        """,
        {"now": tx.now, "org": tx.org_id, "id": feed_id},
    )
