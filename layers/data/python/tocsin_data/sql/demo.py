"""The demo, beneath organizations: who may see it, and all there is to see."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from psycopg.rows import class_row

from tocsin_data.db import Connection, Tx


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that was opened, or refused for what came within the hour: `refused_by` says whose count was full."""

    now: datetime
    org_id: UUID
    name: str
    expires_at: datetime | None
    refused_by: str | None
    room_at: datetime | None


def open_session(
    conn: Connection, token_hash: bytes, network: str, *, lasts: timedelta, of_network: int, of_all: int
) -> Opened | None:
    """Let a visitor in, unless more came within the hour than may; None without a demo."""
    with conn.cursor(row_factory=class_row(Opened)) as cur:
        cur.execute(
            """
            select app.clock() as now, org_id, name, expires_at, refused_by, room_at
            from app.open_demo(%s, %s, %s, %s, %s)
            """,
            (token_hash, network, lasts, of_network, of_all),
        )
        return cur.fetchone()


def planted_at(tx: Tx, org_id: UUID) -> datetime | None:
    """When the demo was last made anew; None if there is none."""
    row = tx.conn.execute("select app.demo_planted_at(%s)", (org_id,)).fetchone()
    return None if row is None else row[0]


def plant(tx: Tx, org_id: UUID, rows: Mapping[str, object]) -> None:
    """Make the demo anew from rows by table; no other organization can be touched by it."""
    tx.conn.execute("select app.plant_demo(%s, %s::jsonb)", (org_id, json.dumps(rows, default=str)))
