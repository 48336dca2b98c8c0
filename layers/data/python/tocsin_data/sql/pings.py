"""Pings: the organizations and heartbeats they are for, and the last hundred of each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_heartbeats import Ping
from tocsin_data.db import Connection, Tx
from tocsin_data.sql.recordset import recordset

KEPT: Final = 100
"""How many pings of a heartbeat are kept; a few more until they are next counted."""
type Asked = tuple[bytes, str | None]
"""A key's hash, and the slug that came with it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ping leads: to a heartbeat or, with a ping key, to a slug that no heartbeat has."""

    org_id: UUID
    monitor_id: UUID | None
    ping_key_id: UUID | None
    service_id: UUID | None


@dataclass(frozen=True, slots=True)
class NewPing:
    """A ping to keep."""

    id: UUID
    org_id: UUID
    monitor_id: UUID
    received_at: datetime
    action: str
    is_ignored: bool
    exit_status: int | None
    run_id: UUID | None
    method: str
    user_agent: str | None
    duration_ms: float | None
    body: str | None


def enter(conn: Connection, asked: Sequence[Asked]) -> tuple[datetime, dict[Asked, Place]]:
    """Enter the organizations of these keys; answers its now, and where each leads. Unknown ones are left out."""
    rows = conn.execute(
        "select * from app.enter_by_pings(%s, %s)", ([key for key, _ in asked], [slug for _, slug in asked])
    ).fetchall()
    return rows[0][0], {(row[1], row[2]): Place(*row[3:]) for row in rows if row[1] is not None}


def insert(tx: Tx, pings: Sequence[NewPing]) -> set[UUID]:
    """Keep pings; answers the ids of those that were not there."""
    rows = tx.conn.execute(
        """
        insert into ping (
            id, org_id, monitor_id, received_at, action, is_ignored, exit_status, run_id, method, user_agent,
            duration_ms, body
        )
        select * from json_to_recordset(%s) as t (
            id uuid, org_id uuid, monitor_id uuid, received_at timestamptz, action text, is_ignored boolean,
            exit_status integer, run_id uuid, method text, user_agent text, duration_ms real, body text
        )
        on conflict on constraint ping_pkey do nothing
        returning id
        """,
        (recordset(pings),),
    ).fetchall()
    return {row[0] for row in rows}


def trim(tx: Tx, monitor_ids: Collection[UUID]) -> None:
    """Forget all but the last pings of heartbeats that are held."""
    tx.conn.execute(
        """
        delete from ping p using (
            select id, row_number() over (partition by monitor_id order by received_at desc, id desc) as place
            from ping where org_id = any(%(orgs)s) and monitor_id = any(%(ids)s)
        ) o
        where p.id = o.id and o.place > %(kept)s
        """,
        {"orgs": list(tx.orgs), "ids": list(monitor_ids), "kept": KEPT},
    )


def page(tx: Tx, monitor_id: UUID, after: tuple[datetime, UUID] | None, limit: int) -> Sequence[Ping]:
    """Pings of a heartbeat, newest first, from past an (instant, id)."""
    at, ping_id = after or (None, None)
    with tx.conn.cursor(row_factory=class_row(Ping)) as cur:
        cur.execute(
            """
            select id, received_at, action, is_ignored, exit_status, run_id, method, user_agent,
                duration_ms::text::double precision as duration_ms, body
            from ping
            where org_id = %(org)s and monitor_id = %(monitor)s
                and (%(at)s::timestamptz is null or (received_at, id) < (%(at)s::timestamptz, %(id)s::uuid))
            order by received_at desc, id desc limit %(limit)s
            """,
            {"org": tx.org_id, "monitor": monitor_id, "at": at, "id": ping_id, "limit": limit},
        )
        return cur.fetchall()
