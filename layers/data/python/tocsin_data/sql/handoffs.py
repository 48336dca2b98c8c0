"""Handoffs that are to be told, whom of, and that they were."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from tocsin.domain.live import Topic
from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class Due:
    """A schedule whose row is held, and since when nobody has looked who is on call in it."""

    org_id: UUID
    id: UUID
    organization_name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """That the turn of somebody in a schedule starts or ends at an instant."""

    org_id: UUID
    schedule_id: UUID
    user_id: UUID
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """A member of an organization, and whether they want to be told."""

    org_id: UUID
    user_id: UUID
    name: str
    email: str
    is_told: bool


def take(tx: Tx, schedule_ids: Collection[UUID]) -> Sequence[Due]:
    """Hold those of some schedules that are still due and that nobody else holds."""
    with tx.conn.cursor(row_factory=class_row(Due)) as cur:
        cur.execute(
            """
            select s.org_id, s.id, o.name as organization_name, s.next_handoff_at as since
            from schedule s join organization o on o.id = s.org_id
            where s.org_id = any(%s) and s.id = any(%s) and s.next_handoff_at <= %s and s.deleted_at is null
            order by s.id for no key update of s skip locked
            """,
            (list(tx.orgs), list(schedule_ids), tx.now),
        )
        return cur.fetchall()


def look_at(tx: Tx, instants: Collection[tuple[UUID, datetime]]) -> None:
    """Write when to look again at schedules whose rows are held."""
    tx.conn.execute(
        """
        update schedule set next_handoff_at = n.at
        from unnest(%s::uuid[], %s::timestamptz[]) as n (id, at)
        where schedule.org_id = any(%s) and schedule.id = n.id
        """,
        ([schedule_id for schedule_id, _ in instants], [at for _, at in instants], list(tx.orgs)),
    )


def people(tx: Tx, user_ids: Collection[UUID]) -> Sequence[Person]:
    """Those of some users who are members, in each organization of the transaction that they are in."""
    with tx.conn.cursor(row_factory=class_row(Person)) as cur:
        cur.execute(
            """
            select m.org_id, m.user_id, u.name, u.email, m.handoff_notices as is_told
            from membership m join user_account u on u.id = m.user_id
            where m.org_id = any(%s) and m.user_id = any(%s)
            """,
            (list(tx.orgs), list(user_ids)),
        )
        return cur.fetchall()


def note(tx: Tx, notices: Sequence[Notice]) -> set[tuple[UUID, UUID, str, datetime]]:
    """Note what is told; answers (schedule, user, kind, instant) of what was not noted before."""
    for notice in notices:
        tx.note(notice.org_id, Topic.ON_CALL, "schedule", notice.schedule_id)
    rows = tx.conn.execute(
        """
        insert into handoff_notice (org_id, schedule_id, user_id, kind, at, created_at)
        select n.org_id, n.schedule_id, n.user_id, n.kind, n.at, %s
        from unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::timestamptz[])
            as n (org_id, schedule_id, user_id, kind, at)
        on conflict on constraint handoff_notice_pkey do nothing
        returning schedule_id, user_id, kind, at
        """,
        (
            tx.now,
            [notice.org_id for notice in notices],
            [notice.schedule_id for notice in notices],
            [notice.user_id for notice in notices],
            [notice.kind for notice in notices],
            [notice.at for notice in notices],
        ),
    ).fetchall()
    return {(row[0], row[1], row[2], row[3]) for row in rows}
