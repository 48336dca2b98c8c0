"""Look-ups across organizations for the sweep: only ids leave them; what is done is done inside an organization."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
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


class Due(StrEnum):
    """What there may be to do, by the name of the look-up in the database that finds it, the oldest first."""

    ESCALATIONS = "due_escalations"
    """Whose step was due."""
    SILENT_NOTIFICATIONS = "silent_notifications"
    """Claimed, and of which no outcome has come."""
    UNSENT_NOTIFICATIONS = "unsent_notifications"
    """Queued."""
    EXPIRED_ALERTS = "expired_alerts"
    """Open, and not refreshed in time."""
    MUTED_INCIDENTS = "muted_incidents"
    """To be looked at again."""
    UNSENT_MAILS = "unsent_mails"
    """Queued."""
    UNARMED_ESCALATIONS = "unarmed_escalations"
    """With a step to come, and no wake-up on its way."""
    UNARMED_NOTIFICATIONS = "unarmed_notifications"
    """Queued, and held back by a rule beyond the reach of a queue."""
    LATE_HEARTBEATS = "late_heartbeats"
    """That should have been heard, as far as what they were told has been read."""
    MONITORS = "due_monitors"
    """That time alone, or a person, may have changed."""
    ENDED_SNOOZES = "ended_snoozes"
    """Incidents whose snooze is over."""
    FORGOTTEN_ACKNOWLEDGEMENTS = "forgotten_acknowledgements"
    """Acknowledged incidents that their service takes for forgotten."""
    SILENT_INCIDENTS = "silent_incidents"
    """To be looked at for whether events still come."""
    HANDOFFS = "due_handoffs"
    """Schedules in which who is on call is to be looked at."""
    ROLLUPS = "due_rollups"
    """Hours to be counted: `at` is the hour, `id` the monitor."""
    STATUS_REPORTS = "due_status_reports"
    """Published maintenance that was to begin, or to end."""
    UNTOLD_UPDATES = "untold_updates"
    """Published updates of status reports that not all subscribers have been told of."""
    FORGOTTEN_SUBSCRIBERS = "forgotten_subscribers"
    """Of whom nothing is kept any longer."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One look-up: what is due before an instant, of that what comes after a row, if one is given."""

    look_up: Due
    before: datetime
    after: Found | None = None


@dataclass(frozen=True, slots=True)
class Chores:
    """What else there is to do, all of which is seldom; and whether any heartbeat waits to be heard by an instant."""

    has_deadlines: bool
    days_turn: bool
    regions_fall_silent: bool
    organizations_end: bool


@dataclass(frozen=True, slots=True)
class PageChores:
    """Whether mails to subscribers wait to be sent, or ended so long ago that they are forgotten."""

    mails_wait: bool
    mails_are_old: bool


def due(tx: Tx, wanted: Sequence[Wanted], at_most: int) -> list[list[Found]]:
    """The rows that each of these look-ups finds, in their order, of each at most so many."""
    found: list[list[Found]] = [[] for _ in wanted]
    rows = tx.conn.execute(
        """
        select w.place, f.org_id, f.id, f.at
        from unnest(%(look_ups)s::text[], %(befores)s::timestamptz[], %(ats)s::timestamptz[], %(ids)s::uuid[])
            with ordinality as w (look_up, before, after_at, after_id, place)
        cross join lateral app.due(
            w.look_up, w.before, coalesce(w.after_at, '-infinity'),
            coalesce(w.after_id, '00000000-0000-0000-0000-000000000000'), %(at_most)s
        ) f
        order by w.place, f.at, f.id
        """,
        {
            "look_ups": [one.look_up.value for one in wanted],
            "befores": [one.before for one in wanted],
            "ats": [None if one.after is None else one.after.at for one in wanted],
            "ids": [None if one.after is None else one.after.id for one in wanted],
            "at_most": at_most,
        },
    )
    for place, org_id, row_id, at in rows:
        found[int(place) - 1].append(Found(org_id, row_id, at))
    return found


def chores(tx: Tx, days: tuple[date, date], closed_before: datetime, silent_after: timedelta) -> Chores:
    """What else there is to do: results are to be kept of the days from one to another, hours that ended before an
    instant have closed, and a region is silent without reports for so long.
    """
    with tx.conn.cursor(row_factory=class_row(Chores)) as cur:
        cur.execute("select * from app.chores(%s, %s, %s, %s, %s)", (tx.now, *days, closed_before, silent_after))
        (row,) = cur.fetchall()
        return row


def page_chores(tx: Tx, told_after: datetime, ended_before: datetime) -> PageChores:
    """What there is to do about mails to subscribers: of tellings begun lately, and of mails that ended long ago."""
    with tx.conn.cursor(row_factory=class_row(PageChores)) as cur:
        cur.execute("select * from app.page_chores(%s, %s, %s)", (tx.now, told_after, ended_before))
        (row,) = cur.fetchall()
        return row


def unsent_report_mails(tx: Tx, due_before: datetime, told_after: datetime, at_most: int) -> list[Found]:
    """What subscribers are to be told by this instant, of updates whose telling began lately; organizations in turn."""
    with tx.conn.cursor(row_factory=class_row(Found)) as cur:
        cur.execute("select * from app.unsent_report_mails(%s, %s, %s)", (due_before, told_after, at_most))
        return cur.fetchall()


def forget_report_mails(tx: Tx, ended_before: datetime, at_most: int) -> int:
    """Forget so many of the single mails to subscribers that ended before an instant; answers how many there were."""
    row = tx.conn.execute("select app.forget_report_mails(%s, %s)", (ended_before, at_most)).fetchone()
    return 0 if row is None else row[0]


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
