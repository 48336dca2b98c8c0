"""What a rehearsal has written so far, and when time has something to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_simulations import SimulatedPage, SimulatedTimelineEntry
from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class Stage:
    """The service that events come to, and an integration of it that is in use, if it has one."""

    service_id: UUID
    integration_id: UUID | None


@dataclass(frozen=True, slots=True)
class Ahead:
    """When time does something to an incident next: to its escalation, to itself, to its alerts or pages.

    `stopped_until` is the end of a stop of all paging, where a step waits for it.
    """

    incident_id: UUID
    escalation_id: UUID | None
    step_at: datetime | None
    snoozed_until: datetime | None
    acknowledgement_ends_at: datetime | None
    auto_resolves_at: datetime | None
    muted_until: datetime | None
    alert_ids: list[UUID]
    alert_expires_at: datetime | None
    page_due_at: datetime | None
    stopped_until: datetime | None

    def after(self, now: datetime) -> list[datetime]:
        """The instants that are still to come."""
        own = (self.snoozed_until, self.acknowledgement_ends_at, self.auto_resolves_at, self.muted_until)
        every = (*own, self.step_at, self.alert_expires_at, self.page_due_at, self.stopped_until)
        return [at for at in every if at is not None and at > now]


def stage(tx: Tx, service_id: UUID, integration_id: UUID | None) -> Stage | None:
    """A service and one of its integrations, the oldest unless one is named; None where there is no such thing."""
    with tx.conn.cursor(row_factory=class_row(Stage)) as cur:
        cur.execute(
            """
            select s.id as service_id, i.id as integration_id
            from service s
            left join integration i on i.org_id = s.org_id and i.service_id = s.id and i.deleted_at is null
                and (%(integration)s::uuid is null or i.id = %(integration)s::uuid)
            where s.org_id = %(org)s and s.id = %(service)s and s.deleted_at is null
            order by i.created_at, i.id limit 1
            """,
            {"org": tx.org_id, "service": service_id, "integration": integration_id},
        )
        return cur.fetchone()


def events(tx: Tx, event_ids: Sequence[UUID]) -> dict[UUID, tuple[str, UUID | None, list[dict[str, Any]] | None]]:
    """Outcome, incident and trace of events by id."""
    rows = tx.conn.execute(
        """
        select e.id, e.outcome, a.incident_id, e.trace
        from event e left join alert a on a.org_id = e.org_id and a.id = e.alert_id
        where e.org_id = %s and e.id = any(%s)
        """,
        (tx.org_id, list(event_ids)),
    ).fetchall()
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def ahead(tx: Tx, incident_ids: Sequence[UUID]) -> Sequence[Ahead]:
    """What time has in store for these incidents."""
    with tx.conn.cursor(row_factory=class_row(Ahead)) as cur:
        cur.execute(
            """
            select i.id as incident_id, e.id as escalation_id,
                case e.state when 'waiting' then e.next_at end as step_at,
                i.snoozed_until, i.acknowledgement_ends_at, i.auto_resolves_at, i.muted_until,
                coalesce(a.ids, '{}') as alert_ids, a.expires_at as alert_expires_at, n.due_at as page_due_at,
                case when e.next_at is not null then o.paging_stopped_until end as stopped_until
            from incident i
            join organization o on o.id = i.org_id
            left join escalation e on e.org_id = i.org_id and e.incident_id = i.id
            left join lateral (
                select array_agg(id) as ids, min(expires_at) as expires_at from alert
                where org_id = i.org_id and incident_id = i.id and status = 'open' and expires_at is not null
            ) a on true
            left join lateral (
                select min(due_at) as due_at from notification
                where org_id = i.org_id and incident_id = i.id and state = 'queued' and due_at > %(now)s
            ) n on true
            where i.org_id = %(org)s and i.id = any(%(ids)s)
            """,
            {"now": tx.now, "org": tx.org_id, "ids": list(incident_ids)},
        )
        return cur.fetchall()


def due_pages(tx: Tx, incident_ids: Sequence[UUID]) -> list[UUID]:
    """The pages about these incidents that are to go out now."""
    rows = tx.conn.execute(
        """
        select id from notification
        where org_id = %s and incident_id = any(%s) and state = 'queued' and due_at <= %s
        order by id
        """,
        (tx.org_id, list(incident_ids), tx.now),
    ).fetchall()
    return [row[0] for row in rows]


def pages(tx: Tx, incident_ids: Sequence[UUID]) -> list[SimulatedPage]:
    """The pages that this transaction has written, as they go out."""
    with tx.conn.cursor(row_factory=class_row(SimulatedPage)) as cur:
        cur.execute(
            """
            select n.incident_id, n.created_at as decided_at, n.due_at, a.started_at as sent_at, n.target,
                coalesce(u.name, d.name) as name, n.channel, n.contact_method_id, n.destination_id, n.address, n.rule,
                n.round, n.position, n.retry, n.step_id, n.reason,
                case n.state when 'delivered' then 'sent' when 'cancelled' then 'cancelled' when 'failed' then 'failed'
                    else 'waiting' end as fate
            from notification n
            left join notification_attempt a
                on a.org_id = n.org_id and a.notification_id = n.id and a.state = 'delivered'
            left join user_account u on n.target = 'user:' || u.id
            left join destination d on d.org_id = n.org_id and d.id = n.destination_id
            where n.org_id = %s and n.incident_id = any(%s) and n.xmin = pg_current_xact_id()::xid
            order by coalesce(a.started_at, n.due_at), n.created_at, n.round, n.position, n.retry, n.target,
                n.channel, n.id
            """,
            (tx.org_id, list(incident_ids)),
        )
        return cur.fetchall()


def timeline(tx: Tx, incident_ids: Sequence[UUID]) -> list[SimulatedTimelineEntry]:
    """What this transaction has told of these incidents, in order."""
    with tx.conn.cursor(row_factory=class_row(SimulatedTimelineEntry)) as cur:
        cur.execute(
            """
            select id, incident_id, at, kind, actor, data from timeline_entry
            where org_id = %s and incident_id = any(%s) and xmin = pg_current_xact_id()::xid
            order by at, id
            """,
            (tx.org_id, list(incident_ids)),
        )
        return cur.fetchall()
