"""Look-ups across organizations for the sweep: only ids leave them; what is done is done inside an organization."""

from datetime import datetime
from uuid import UUID

from psycopg.types.json import Jsonb

from tocsin_data.db import Tx

type Found = tuple[UUID, UUID]
"""(org, id)."""


def due_escalations(tx: Tx, due_before: datetime, at_most: int) -> list[Found]:
    """Escalations whose step was due before this instant, the oldest first."""
    rows = tx.conn.execute("select org_id, id from app.due_escalations(%s, %s)", (due_before, at_most)).fetchall()
    return [(row[0], row[1]) for row in rows]


def unarmed_escalations(tx: Tx, due_before: datetime, at_most: int) -> list[Found]:
    """Escalations due before this instant that have no wake-up on its way."""
    rows = tx.conn.execute("select org_id, id from app.unarmed_escalations(%s, %s)", (due_before, at_most)).fetchall()
    return [(row[0], row[1]) for row in rows]


def unsent_notifications(tx: Tx, due_before: datetime, at_most: int) -> list[Found]:
    """Queued notifications that were due before this instant."""
    rows = tx.conn.execute("select org_id, id from app.unsent_notifications(%s, %s)", (due_before, at_most)).fetchall()
    return [(row[0], row[1]) for row in rows]


def silent_notifications(tx: Tx, claimed_before: datetime, at_most: int) -> list[Found]:
    """Notifications claimed before this instant whose outcome has not come."""
    rows = tx.conn.execute(
        "select org_id, id from app.silent_notifications(%s, %s)", (claimed_before, at_most)
    ).fetchall()
    return [(row[0], row[1]) for row in rows]


def expired_alerts(tx: Tx, expired_before: datetime, at_most: int) -> list[Found]:
    """Open alerts that were to be refreshed before this instant."""
    rows = tx.conn.execute("select org_id, id from app.expired_alerts(%s, %s)", (expired_before, at_most)).fetchall()
    return [(row[0], row[1]) for row in rows]


def finish(tx: Tx, counts: dict[str, int]) -> None:
    """Note that a sweep has run, and forget bookkeeping that has served its purpose."""
    tx.conn.execute(
        "insert into sweep_run (started_at, counts) values (%s, %s)"
        " on conflict on constraint sweep_run_pkey do nothing",
        (tx.now, Jsonb(counts)),
    )
    tx.conn.execute("select app.forget(%s)", (tx.now,))
