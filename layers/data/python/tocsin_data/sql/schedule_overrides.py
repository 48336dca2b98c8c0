"""What is laid over schedules for a while: overrides, and temporary schedules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class OverrideRow:
    """An override as it is stored; a temporary schedule has layers and a zone of its own."""

    id: UUID
    schedule_id: UUID
    kind: str
    name: str | None
    user_id: UUID | None
    layers: Sequence[Mapping[str, Any]] | None
    time_zone: str | None
    starts_at: datetime
    ends_at: datetime
    version: int
    created_at: datetime
    created_by: str
    cancelled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Content:
    """What can be changed of one."""

    name: str | None
    user_id: UUID | None
    layers: Sequence[Mapping[str, Any]] | None
    time_zone: str | None
    starts_at: datetime
    ends_at: datetime


def insert(tx: Tx, schedule_id: UUID, override_id: UUID, kind: str, content: Content, created_by: str) -> None:
    """Write a new one."""
    tx.conn.execute(
        """
        insert into schedule_override
            (id, org_id, schedule_id, kind, name, user_id, layers, time_zone, starts_at, ends_at, created_at,
            updated_at, created_by)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        (
            override_id,
            tx.org_id,
            schedule_id,
            kind,
            content.name,
            content.user_id,
            None if content.layers is None else Jsonb(list(content.layers)),
            content.time_zone,
            content.starts_at,
            content.ends_at,
            tx.now,
            tx.now,
            created_by,
        ),
    )


def read(tx: Tx, schedule_id: UUID, override_id: UUID) -> OverrideRow | None:
    """Read one of a schedule."""
    with tx.conn.cursor(row_factory=class_row(OverrideRow)) as cur:
        cur.execute(
            """
            select id, schedule_id, kind, name, user_id, layers, time_zone, starts_at, ends_at, version, created_at,
                created_by, cancelled_at
            from schedule_override where org_id = %s and schedule_id = %s and id = %s
            """,
            (tx.org_id, schedule_id, override_id),
        )
        return cur.fetchone()


def page(
    tx: Tx, schedule_id: UUID, ends_after: datetime | None, before: tuple[datetime, UUID] | None, limit: int
) -> Sequence[OverrideRow]:
    """Those of a schedule, newest first, from before a (created_at, id); with `ends_after` what is over is left out."""
    at, override_id = before or (None, None)
    with tx.conn.cursor(row_factory=class_row(OverrideRow)) as cur:
        cur.execute(
            """
            select id, schedule_id, kind, name, user_id, layers, time_zone, starts_at, ends_at, version, created_at,
                created_by, cancelled_at
            from schedule_override
            where org_id = %(org)s and schedule_id = %(schedule)s
                and (%(ends_after)s::timestamptz is null or (ends_at > %(ends_after)s and cancelled_at is null))
                and (%(at)s::timestamptz is null or (created_at, id) < (%(at)s::timestamptz, %(id)s::uuid))
            order by created_at desc, id desc limit %(limit)s
            """,
            {
                "org": tx.org_id,
                "schedule": schedule_id,
                "ends_after": ends_after,
                "at": at,
                "id": override_id,
                "limit": limit,
            },
        )
        return cur.fetchall()


def waiting(tx: Tx, schedule_id: UUID) -> int:
    """How many of a schedule are not over."""
    rows = tx.conn.execute(
        """
        select count(*) from schedule_override
        where org_id = %s and schedule_id = %s and ends_at > %s and cancelled_at is null
        """,
        (tx.org_id, schedule_id, tx.now),
    ).fetchall()
    return rows[0][0]


def change(tx: Tx, override_id: UUID, content: Content) -> None:
    """Write what one of a schedule, whose row is held, is by now."""
    tx.conn.execute(
        """
        update schedule_override
        set name = %s, user_id = %s, layers = %s, time_zone = %s, starts_at = %s, ends_at = %s, updated_at = %s,
            version = version + 1
        where org_id = %s and id = %s
        """,
        (
            content.name,
            content.user_id,
            None if content.layers is None else Jsonb(list(content.layers)),
            content.time_zone,
            content.starts_at,
            content.ends_at,
            tx.now,
            tx.org_id,
            override_id,
        ),
    )


def cancel(tx: Tx, override_id: UUID) -> None:
    """Let one of a schedule, whose row is held, hold no more from now on."""
    tx.conn.execute(
        """
        update schedule_override set cancelled_at = %s, updated_at = %s, version = version + 1
        where org_id = %s and id = %s
        """,
        (tx.now, tx.now, tx.org_id, override_id),
    )
