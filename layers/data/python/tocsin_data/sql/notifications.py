"""Notifications, the outbox: intents, claims, attempts and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from tocsin.domain.live import Topic
from tocsin_data.db import Tx
from tocsin_data.sql.incidents import NewEntry
from tocsin_data.sql.recordset import recordset


@dataclass(frozen=True, slots=True)
class Notification:
    """A notification's row as decisions need it; `superseded` when its generation is over: nobody wants it any more.

    `wanted_at` is when it was to go out: when it was written, or when its rule let it.
    """

    id: UUID
    org_id: UUID
    incident_id: UUID
    escalation_id: UUID
    generation: int
    round: int
    position: int
    target: str
    channel: str
    contact_method_id: UUID | None
    destination_id: UUID | None
    state: str
    attempts: int
    uncertain_count: int
    wanted_at: datetime
    claimed_at: datetime | None
    superseded: bool


@dataclass(frozen=True, slots=True)
class Sendable:
    """Everything a delivery says, read anew from the rows."""

    id: UUID
    org_id: UUID
    step_id: UUID | None
    round: int
    position: int
    retry: int
    target: str
    channel: str
    address: str | None
    sealed: str | None
    due_at: datetime
    incident_id: UUID
    number: int
    title: str
    severity: str
    late: bool
    created_at: datetime
    source: str | None
    service_name: str
    organization_name: str
    runbook_url: str | None
    recipient_name: str | None


@dataclass(frozen=True, slots=True)
class AttemptEnd:
    """How an attempt ended; without an id it is one that was sent unclaimed."""

    notification_id: UUID
    org_id: UUID
    attempt_id: UUID | None
    number: int
    state: str
    unclaimed: bool
    reason: str | None
    detail: str | None
    provider_id: str | None
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class Move:
    """What a notification becomes; `due_at` is when it may be tried (again)."""

    id: UUID
    state: str
    due_at: datetime | None
    reason: str | None
    attempts: int
    uncertain_count: int


def sendable(tx: Tx, ids: Sequence[UUID]) -> list[Sendable]:
    """Read what is needed to send these notifications, those that are queued."""
    with tx.conn.cursor(row_factory=class_row(Sendable)) as cur:
        cur.execute(
            """
            select n.id, n.org_id, n.step_id, n.round, n.position, n.retry, n.target, n.channel, n.address,
                n.sealed, n.due_at, i.id as incident_id, i.number, i.title, i.severity, i.late, i.created_at,
                (select a.source from alert a where a.org_id = i.org_id and a.incident_id = i.id
                    order by a.first_event_at limit 1) as source,
                s.name as service_name, o.name as organization_name,
                coalesce(i.runbook_url, s.runbook_url) as runbook_url,
                coalesce(
                    (select u.name from user_account u where n.target = 'user:' || u.id::text),
                    (select d.name from destination d where d.org_id = n.org_id and d.id = n.destination_id)
                ) as recipient_name
            from notification n
            join incident i on i.id = n.incident_id
            join service s on s.id = i.service_id
            join organization o on o.id = n.org_id
            where n.org_id = any(%s) and n.id = any(%s) and n.state = 'queued'
            order by n.id
            """,
            (list(tx.orgs), list(ids)),
        )
        return cur.fetchall()


LOCKED: Final = """
select n.id, n.org_id, n.incident_id, n.escalation_id, n.generation, n.round, n.position, n.target,
    n.channel, n.contact_method_id, n.destination_id, n.state, n.attempts, n.uncertain_count,
    greatest(coalesce(n.delayed_until, n.created_at), o.paging_stopped_until) as wanted_at, n.claimed_at,
    e.generation <> n.generation as superseded
from notification n
join escalation e on e.id = n.escalation_id
join organization o on o.id = n.org_id
where n.org_id = any(%s) and n.id = any(%s)
order by n.escalation_id, n.id
"""


def lock(tx: Tx, ids: Sequence[UUID]) -> dict[UUID, Notification]:
    """Read notifications and hold their rows, in one order everywhere; their escalations can't move on meanwhile."""
    with tx.conn.cursor(row_factory=class_row(Notification)) as cur:
        cur.execute(LOCKED + "for share of e for no key update of n", (list(tx.orgs), list(ids)))
        return {row.id: row for row in cur}


def lock_to_move_on(tx: Tx, ids: Sequence[UUID]) -> dict[UUID, Notification]:
    """The same for a transaction that may itself move their escalations on: it holds those as well."""
    with tx.conn.cursor(row_factory=class_row(Notification)) as cur:
        cur.execute(LOCKED + "for no key update of e, n", (list(tx.orgs), list(ids)))
        return {row.id: row for row in cur}


def end_attempts(tx: Tx, ends: Sequence[AttemptEnd]) -> dict[UUID, int]:
    """Write how attempts ended, each once; answers the notifications whose attempt was open until now, and its number.

    One given up as uncertain that reports after all is corrected; one sent unclaimed is known by its instant.
    """
    rows = tx.conn.execute(
        """
        with t as (
            select * from json_to_recordset(%(ends)s) as t (
                org_id uuid, notification_id uuid, attempt_id uuid, number integer, state text, ended_at timestamptz,
                reason text, detail text, provider_id text
            )
        ),
        ended as (
            update notification_attempt a set state = t.state, ended_at = t.ended_at, reason = t.reason,
                detail = t.detail, provider_id = t.provider_id
            from t
            where a.org_id = any(%(orgs)s) and a.id = t.attempt_id and a.state in ('claimed', 'uncertain')
            returning a.notification_id, a.number
        ),
        unclaimed as (
            insert into notification_attempt (
                org_id, notification_id, number, state, unclaimed, started_at, ended_at, reason, detail, provider_id
            )
            select org_id, notification_id, number, state, true, ended_at, ended_at, reason, detail, provider_id
            from t
            where attempt_id is null and not exists (
                select from notification_attempt a
                where a.notification_id = t.notification_id and a.unclaimed and a.ended_at = t.ended_at
            )
            on conflict on constraint notification_attempt_number_key do nothing
            returning notification_id, number
        )
        select notification_id, number from ended union all select notification_id, number from unclaimed
        """,
        {"orgs": list(tx.orgs), "ends": recordset(ends)},
    ).fetchall()
    return {row[0]: row[1] for row in rows}


def return_attempts(tx: Tx, ids: Sequence[UUID], reason: str) -> None:
    """Close all attempts that went out, of notifications whose mail has come back."""
    tx.conn.execute(
        """
        update notification_attempt set state = 'permanent', ended_at = %s, reason = %s
        where org_id = any(%s) and notification_id = any(%s) and state in ('claimed', 'delivered', 'uncertain')
        """,
        (tx.now, reason, list(tx.orgs), list(ids)),
    )


def mark_uncertain(tx: Tx, ids: Sequence[UUID]) -> None:
    """Close the open attempts of notifications whose outcome never came."""
    tx.conn.execute(
        """
        update notification_attempt set state = 'uncertain', ended_at = %s, reason = 'no_outcome'
        where org_id = any(%s) and notification_id = any(%s) and state = 'claimed'
        """,
        (tx.now, list(tx.orgs), list(ids)),
    )


def move(tx: Tx, moves: Sequence[Move], entries: Sequence[NewEntry]) -> None:
    """Write what notifications become, and tell it in timelines; their rows are held."""
    if not moves:
        return
    for entry in entries:
        tx.note(entry.org_id, Topic.INCIDENTS, "incident", entry.incident_id)
    tx.conn.execute(
        """
        with told as (
            insert into timeline_entry (org_id, incident_id, at, kind, actor, data)
            select org_id, incident_id, %(now)s, kind, actor, data
            from json_to_recordset(%(entries)s) as t (org_id uuid, incident_id uuid, kind text, actor text, data jsonb)
        )
        update notification n set
            state = t.state, due_at = coalesce(t.due_at, n.due_at), reason = t.reason,
            attempts = t.attempts, uncertain_count = t.uncertain_count,
            claimed_at = case when t.state = 'queued' then null else n.claimed_at end,
            finished_at = case when t.state = 'queued' then null else %(now)s end
        from json_to_recordset(%(moves)s) as t (
            id uuid, state text, due_at timestamptz, reason text, attempts integer, uncertain_count integer
        )
        where n.org_id = any(%(orgs)s) and n.id = t.id
        """,
        {"now": tx.now, "orgs": list(tx.orgs), "moves": recordset(moves), "entries": recordset(entries)},
    )


@dataclass(frozen=True, slots=True)
class AfterFailures:
    """What failures leave of escalations: those whose latest steps reached nobody, and pages that are due now."""

    silent: set[UUID]
    brought_forward: list[UUID]


AFTER_FAILURES: Final = """
with next as (
    select l.id from notification l
    join escalation e on e.id = l.escalation_id and e.generation = l.generation
    where e.org_id = any(%(orgs)s) and e.id = any(%(ids)s) and l.state = 'queued' and l.delayed_until > %(now)s
        and (
            select bool_and(b.state = 'failed') from notification b
            where b.escalation_id = l.escalation_id and b.generation = l.generation and b.round = l.round
                and b.step_id is not distinct from l.step_id and b.retry = l.retry and b.target = l.target
                and coalesce(b.delayed_until, b.created_at) < l.delayed_until
        )
),
brought as (
    update notification n set due_at = %(now)s, delayed_until = %(now)s, unarmed = false
    from next where n.id = next.id
    returning n.id, n.org_id, n.incident_id, n.channel, n.target
),
told as (
    insert into timeline_entry (org_id, incident_id, at, kind, actor, data)
    select org_id, incident_id, %(now)s, 'notification_brought_forward', %(actor)s, jsonb_build_object(
        'channel', channel, 'target', target, 'reason', 'everything before it has failed'
    )
    from brought
)
select e.id as silent, null::uuid as brought_forward from escalation e
where e.org_id = any(%(orgs)s) and e.id = any(%(ids)s) and e.state = 'waiting'
    and (
        select bool_and(n.state = 'failed') from notification n
        where n.escalation_id = e.id and n.generation = e.generation and n.position >= 0
            and n.created_at = (
                select max(l.created_at) from notification l
                where l.escalation_id = e.id and l.generation = e.generation and l.position >= 0
            )
    )
union all select null, id from brought
"""


def after_failures(tx: Tx, escalation_ids: Sequence[UUID], actor: str) -> AfterFailures:
    """Make those pages due now whose rule held them back for others that have all failed; their escalations are held.

    Silent are escalations all of whose latest pages have failed: nobody was reached by the steps last taken together.
    Whoever was called in beside the steps (position -1) doesn't count.
    """
    rows = tx.conn.execute(
        AFTER_FAILURES, {"now": tx.now, "orgs": list(tx.orgs), "ids": list(escalation_ids), "actor": actor}
    ).fetchall()
    return AfterFailures({row[0] for row in rows if row[0]}, [row[1] for row in rows if row[1]])


def arm(tx: Tx, ids: Sequence[UUID], due_before: datetime) -> list[UUID]:
    """Mark queued notifications that have come within a queue's reach as having a message on its way; answers which."""
    rows = tx.conn.execute(
        """
        with held as (
            select id from notification
            where org_id = any(%s) and id = any(%s) and state = 'queued' and unarmed and due_at <= %s
            order by escalation_id, id for no key update skip locked
        )
        update notification n set unarmed = false from held h where n.id = h.id returning n.id
        """,
        (list(tx.orgs), list(ids), due_before),
    ).fetchall()
    return [row[0] for row in rows]


def unreachable(tx: Tx, ids: Sequence[UUID]) -> list[tuple[UUID, str]]:
    """Queued notifications whose contact method or destination is gone or switched off by now, with the reason."""
    rows = tx.conn.execute(
        """
        select n.id, 'contact_method' as what, c.id is null as gone
        from notification n
        left join contact_method c on c.org_id = n.org_id and c.id = n.contact_method_id and c.removed_at is null
        where n.org_id = any(%(orgs)s) and n.id = any(%(ids)s) and n.state = 'queued'
            and n.contact_method_id is not null and (c.id is null or c.disabled_at is not null)
        union all
        select n.id, 'destination', d.id is null
        from notification n
        left join destination d on d.org_id = n.org_id and d.id = n.destination_id and d.deleted_at is null
        where n.org_id = any(%(orgs)s) and n.id = any(%(ids)s) and n.state = 'queued'
            and n.destination_id is not null and (d.id is null or d.disabled_at is not null)
        """,
        {"orgs": list(tx.orgs), "ids": list(ids)},
    ).fetchall()
    return [(row[0], f"{row[1]}_{'removed' if row[2] else 'disabled'}") for row in rows]


def disable_method(tx: Tx, contact_method_ids: Sequence[UUID], reason: str) -> None:
    """Switch off contact methods that have said they are gone for good."""
    tx.conn.execute(
        """
        update contact_method set disabled_at = %s, disabled_reason = %s
        where org_id = any(%s) and id = any(%s) and disabled_at is null
        """,
        (tx.now, reason, list(tx.orgs), list(contact_method_ids)),
    )


def touch(tx: Tx, ids: Sequence[UUID], due_before: datetime) -> list[UUID]:
    """Push back when the sweep looks again at those still overdue, because it sends them anew; answers which."""
    rows = tx.conn.execute(
        """
        update notification set due_at = %s, unarmed = false
        where org_id = any(%s) and id = any(%s) and state = 'queued' and due_at <= %s
        returning id
        """,
        (tx.now, list(tx.orgs), list(ids), due_before),
    ).fetchall()
    return [row[0] for row in rows]
