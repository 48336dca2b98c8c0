"""Look-ups across organizations for the sweep: only ids leave them; what is done is done inside an organization."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class Found:
    """A row that is due, of any organization, and the instant it stands at in the order of its look-up."""

    org_id: UUID
    id: UUID
    at: datetime


FIRST: Final = ("-infinity", UUID(int=0))
"""Before every row."""


def due_escalations(tx: Tx, due_before: datetime, at_most: int, after: Found | None) -> list[Found]:
    """Escalations whose step was due before this instant, the oldest first."""
    with tx.conn.cursor(row_factory=class_row(Found)) as cur:
        cur.execute("select * from app.due_escalations(%s, %s, %s, %s)", (due_before, *_place(after), at_most))
        return cur.fetchall()


def unarmed_escalations(tx: Tx, due_before: datetime, at_most: int, after: Found | None) -> list[Found]:
    """Escalations due before this instant that have no wake-up on its way."""
    with tx.conn.cursor(row_factory=class_row(Found)) as cur:
        cur.execute("select * from app.unarmed_escalations(%s, %s, %s, %s)", (due_before, *_place(after), at_most))
        return cur.fetchall()


def unarmed_notifications(tx: Tx, due_before: datetime, at_most: int, after: Found | None) -> list[Found]:
    """Queued notifications due before this instant that a rule held back beyond the reach of a queue."""
    with tx.conn.cursor(row_factory=class_row(Found)) as cur:
        cur.execute("select * from app.unarmed_notifications(%s, %s, %s, %s)", (due_before, *_place(after), at_most))
        return cur.fetchall()


def unsent_notifications(tx: Tx, due_before: datetime, at_most: int, after: Found | None) -> list[Found]:
    """Queued notifications that were due before this instant."""
    with tx.conn.cursor(row_factory=class_row(Found)) as cur:
        cur.execute("select * from app.unsent_notifications(%s, %s, %s, %s)", (due_before, *_place(after), at_most))
        return cur.fetchall()


def unsent_mails(tx: Tx, due_before: datetime, at_most: int, after: Found | None) -> list[Found]:
    """Queued mails that were due before this instant."""
    with tx.conn.cursor(row_factory=class_row(Found)) as cur:
        cur.execute("select * from app.unsent_mails(%s, %s, %s, %s)", (due_before, *_place(after), at_most))
        return cur.fetchall()


def silent_notifications(tx: Tx, claimed_before: datetime, at_most: int, after: Found | None) -> list[Found]:
    """Notifications claimed before this instant whose outcome has not come."""
    with tx.conn.cursor(row_factory=class_row(Found)) as cur:
        cur.execute("select * from app.silent_notifications(%s, %s, %s, %s)", (claimed_before, *_place(after), at_most))
        return cur.fetchall()


def expired_alerts(tx: Tx, expired_before: datetime, at_most: int, after: Found | None) -> list[Found]:
    """Open alerts that were to be refreshed before this instant."""
    with tx.conn.cursor(row_factory=class_row(Found)) as cur:
        cur.execute("select * from app.expired_alerts(%s, %s, %s, %s)", (expired_before, *_place(after), at_most))
        return cur.fetchall()


def muted_incidents(tx: Tx, due_before: datetime, at_most: int, after: Found | None) -> list[Found]:
    """Muted incidents that were to be looked at again by this instant."""
    with tx.conn.cursor(row_factory=class_row(Found)) as cur:
        cur.execute("select * from app.muted_incidents(%s, %s, %s, %s)", (due_before, *_place(after), at_most))
        return cur.fetchall()


def ended_snoozes(tx: Tx, due_before: datetime, at_most: int, after: Found | None) -> list[Found]:
    """Incidents whose snooze was over by this instant."""
    with tx.conn.cursor(row_factory=class_row(Found)) as cur:
        cur.execute("select * from app.ended_snoozes(%s, %s, %s, %s)", (due_before, *_place(after), at_most))
        return cur.fetchall()


def forgotten_acknowledgements(tx: Tx, due_before: datetime, at_most: int, after: Found | None) -> list[Found]:
    """Acknowledged incidents that their service took for forgotten by this instant."""
    with tx.conn.cursor(row_factory=class_row(Found)) as cur:
        cur.execute(
            "select * from app.forgotten_acknowledgements(%s, %s, %s, %s)", (due_before, *_place(after), at_most)
        )
        return cur.fetchall()


def silent_incidents(tx: Tx, due_before: datetime, at_most: int, after: Found | None) -> list[Found]:
    """Incidents that were to be looked at by this instant for whether events still come."""
    with tx.conn.cursor(row_factory=class_row(Found)) as cur:
        cur.execute("select * from app.silent_incidents(%s, %s, %s, %s)", (due_before, *_place(after), at_most))
        return cur.fetchall()


def due_handoffs(tx: Tx, due_before: datetime, at_most: int, after: Found | None) -> list[Found]:
    """Schedules in which who is on call is to be looked at before this instant."""
    with tx.conn.cursor(row_factory=class_row(Found)) as cur:
        cur.execute("select * from app.due_handoffs(%s, %s, %s, %s)", (due_before, *_place(after), at_most))
        return cur.fetchall()


def finish(tx: Tx, counts: dict[str, int]) -> None:
    """Note that a sweep has run, and forget bookkeeping that has served its purpose."""
    tx.conn.execute(
        """
        with run as (
            insert into sweep_run (started_at, counts) values (%(now)s, %(counts)s)
            on conflict on constraint sweep_run_pkey do nothing
        )
        select app.forget(%(now)s), app.forget_requests(%(now)s - interval '24 hours')
        """,
        {"now": tx.now, "counts": Jsonb(counts)},
    )


def _place(after: Found | None) -> tuple[datetime | str, UUID]:
    return FIRST if after is None else (after.at, after.id)


@dataclass(frozen=True, slots=True)
class Piece:
    """What was deleted of an organization whose grace has passed; `ended` when that was the rest of it."""

    rows: int
    ended: bool


def end_organizations(tx: Tx, at_most: int) -> Piece | None:
    """Delete so many rows of an organization whose grace has passed, with itself at the end; None if there is none."""
    with tx.conn.cursor(row_factory=class_row(Piece)) as cur:
        cur.execute("select rows, ended from app.end_organizations(%s, %s)", (tx.now, at_most))
        return cur.fetchone()
