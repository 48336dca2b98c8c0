"""Maintenance windows and silences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from tocsin.domain.maintenance import Scope
from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class WindowRow:
    """A window; `scope` is {"service_ids": […], "labels": {…}}."""

    id: UUID
    kind: str
    name: str
    scope: dict[str, Any]
    time_zone: str
    starts_at: datetime
    ends_at: datetime
    recurrence: str | None
    recurs_until: datetime | None
    ended_at: datetime | None
    version: int
    created_at: datetime
    created_by: str
    cancelled_at: datetime | None


def scope(stored: Mapping[str, Any]) -> Scope:
    """A window's scope from the form it is stored in."""
    services = frozenset(UUID(item) for item in stored["service_ids"])
    return Scope(services, stored["labels"], frozenset(stored.get("monitor_ids", ())))


def write(tx: Tx, row: WindowRow) -> None:
    """Make a window, or write one whose row is held."""
    tx.conn.execute(
        """
        insert into maintenance_window (
            id, org_id, kind, name, scope, time_zone, starts_at, ends_at, recurrence, recurs_until, ended_at, version,
            created_at, created_by, cancelled_at
        )
        values (
            %(id)s, %(org)s, %(kind)s, %(name)s, %(scope)s, %(time_zone)s, %(starts_at)s, %(ends_at)s, %(recurrence)s,
            %(recurs_until)s, %(ended_at)s, %(version)s, %(created_at)s, %(created_by)s, %(cancelled_at)s
        )
        on conflict on constraint maintenance_window_pkey do update set
            kind = excluded.kind, name = excluded.name, scope = excluded.scope, time_zone = excluded.time_zone,
            starts_at = excluded.starts_at, ends_at = excluded.ends_at, recurrence = excluded.recurrence,
            recurs_until = excluded.recurs_until, ended_at = excluded.ended_at, version = excluded.version,
            cancelled_at = excluded.cancelled_at
        """,
        {
            "id": row.id,
            "org": tx.org_id,
            "kind": row.kind,
            "name": row.name,
            "scope": Jsonb(row.scope),
            "time_zone": row.time_zone,
            "starts_at": row.starts_at,
            "ends_at": row.ends_at,
            "recurrence": row.recurrence,
            "recurs_until": row.recurs_until,
            "ended_at": row.ended_at,
            "version": row.version,
            "created_at": row.created_at,
            "created_by": row.created_by,
            "cancelled_at": row.cancelled_at,
        },
    )


def lock(tx: Tx, window_id: UUID) -> WindowRow | None:
    """Read one window and hold its row."""
    with tx.conn.cursor(row_factory=class_row(WindowRow)) as cur:
        cur.execute(
            """
            select id, kind, name, scope, time_zone, starts_at, ends_at, recurrence, recurs_until, ended_at, version,
                created_at, created_by, cancelled_at
            from maintenance_window where org_id = %s and id = %s for no key update
            """,
            (tx.org_id, window_id),
        )
        return cur.fetchone()


def page(tx: Tx, before: tuple[datetime, UUID] | None, limit: int) -> Sequence[WindowRow]:
    """Windows, those made last first, from before a (created_at, id)."""
    created_at, window_id = before or (None, None)
    with tx.conn.cursor(row_factory=class_row(WindowRow)) as cur:
        cur.execute(
            """
            select id, kind, name, scope, time_zone, starts_at, ends_at, recurrence, recurs_until, ended_at, version,
                created_at, created_by, cancelled_at
            from maintenance_window
            where org_id = %(org)s
                and (%(at)s::timestamptz is null or (created_at, id) < (%(at)s::timestamptz, %(id)s::uuid))
            order by created_at desc, id desc limit %(limit)s
            """,
            {"org": tx.org_id, "at": created_at, "id": window_id, "limit": limit},
        )
        return cur.fetchall()


def read(tx: Tx, window_id: UUID) -> WindowRow | None:
    """Read one window."""
    with tx.conn.cursor(row_factory=class_row(WindowRow)) as cur:
        cur.execute(
            """
            select id, kind, name, scope, time_zone, starts_at, ends_at, recurrence, recurs_until, ended_at, version,
                created_at, created_by, cancelled_at
            from maintenance_window where org_id = %s and id = %s
            """,
            (tx.org_id, window_id),
        )
        return cur.fetchone()


def begun(tx: Tx) -> Sequence[WindowRow]:
    """Windows that have begun once and are not over for good."""
    with tx.conn.cursor(row_factory=class_row(WindowRow)) as cur:
        cur.execute(
            """
            select id, kind, name, scope, time_zone, starts_at, ends_at, recurrence, recurs_until, ended_at, version,
                created_at, created_by, cancelled_at
            from maintenance_window
            where org_id = %(org)s and cancelled_at is null and starts_at <= %(now)s
                and (recurrence is not null or ends_at > %(now)s)
            order by starts_at, id
            """,
            {"org": tx.org_id, "now": tx.now},
        )
        return cur.fetchall()
