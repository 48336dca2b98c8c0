"""Incidents, their alerts and their timeline."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.delivery import DeliveryIncident
from tocsin.domain.live import Topic
from tocsin_data.db import Tx
from tocsin_data.sql.recordset import recordset


@dataclass(frozen=True, slots=True)
class Incident:
    """What a move of an incident needs to know."""

    id: UUID
    org_id: UUID
    number: int
    service_id: UUID
    title: str
    severity: str
    status: str
    late: bool
    created_at: datetime
    urgency: str
    runbook_url: str | None
    resolved_at: datetime | None
    snoozed_until: datetime | None
    acknowledgement_ends_at: datetime | None
    muted_by: str | None


@dataclass(frozen=True, slots=True)
class OpenAlert:
    """An open alert, and of which service its incident is and where it stands."""

    id: UUID
    org_id: UUID
    service_id: UUID
    incident_id: UUID
    incident_status: str


@dataclass(frozen=True, slots=True)
class NewEntry:
    """One line of an incident's timeline. `actor` is kind:id."""

    org_id: UUID
    incident_id: UUID
    kind: str
    actor: str
    data: dict[str, Any] = field(default_factory=dict[str, Any])


def lock(tx: Tx, incident_id: UUID) -> Incident | None:
    """Read one incident and hold its row until the transaction ends."""
    return next(iter(lock_several(tx, [incident_id])), None)


def lock_several(tx: Tx, incident_ids: Sequence[UUID]) -> list[Incident]:
    """Read incidents and hold their rows until the transaction ends, in one order everywhere."""
    with tx.conn.cursor(row_factory=class_row(Incident)) as cur:
        cur.execute(
            """
            select id, org_id, number, service_id, title, severity, status, late, created_at, urgency, runbook_url,
                resolved_at, snoozed_until, acknowledgement_ends_at, muted_by
            from incident where org_id = any(%s) and id = any(%s) order by id for no key update
            """,
            (list(tx.orgs), list(incident_ids)),
        )
        return cur.fetchall()


def describe(tx: Tx, incident_id: UUID) -> DeliveryIncident:
    """What a page says about an incident whose row is held."""
    with tx.conn.cursor(row_factory=class_row(DeliveryIncident)) as cur:
        cur.execute(
            """
            select i.id as incident_id, i.number, i.title, i.severity, i.late, i.created_at,
                (select a.source from alert a where a.org_id = i.org_id and a.incident_id = i.id
                    order by a.first_event_at limit 1) as source,
                s.name as service_name, o.name as organization_name,
                coalesce(i.runbook_url, s.runbook_url) as runbook_url
            from incident i
            join service s on s.id = i.service_id
            join organization o on o.id = i.org_id
            where i.org_id = any(%s) and i.id = %s
            """,
            (list(tx.orgs), incident_id),
        )
        (found,) = cur.fetchall()
        return found


def lock_open_alerts(tx: Tx, alert_ids: Sequence[UUID]) -> dict[UUID, OpenAlert]:
    """Read open alerts and hold their incidents, in one order everywhere."""
    with tx.conn.cursor(row_factory=class_row(OpenAlert)) as cur:
        cur.execute(
            """
            select a.id, a.org_id, i.service_id, a.incident_id, i.status as incident_status
            from alert a
            join incident i on i.id = a.incident_id
            where a.org_id = any(%s) and a.id = any(%s) and a.status = 'open'
            order by i.id
            for no key update of i
            """,
            (list(tx.orgs), list(alert_ids)),
        )
        return {row.id: row for row in cur}


def resolve_alerts(tx: Tx, alert_ids: Sequence[UUID]) -> list[UUID]:
    """Resolve open alerts; answers the incidents that have none left."""
    rows = tx.conn.execute(
        """
        with done as (
            update alert set status = 'resolved', resolved_at = %s
            where org_id = any(%s) and id = any(%s) and status = 'open'
            returning incident_id, id
        )
        select distinct d.incident_id from done d
        where not exists (
            select from alert a
            where a.incident_id = d.incident_id and a.status = 'open' and a.id not in (select id from done)
        )
        """,
        (tx.now, list(tx.orgs), list(alert_ids)),
    ).fetchall()
    return [row[0] for row in rows]


def append(tx: Tx, entries: Sequence[NewEntry]) -> None:
    """Append to timelines."""
    if not entries:
        return
    for entry in entries:
        tx.note(entry.org_id, Topic.INCIDENTS, "incident", entry.incident_id)
    tx.conn.execute(
        """
        insert into timeline_entry (org_id, incident_id, at, kind, actor, data)
        select org_id, incident_id, %s, kind, actor, data
        from json_to_recordset(%s) as t (org_id uuid, incident_id uuid, kind text, actor text, data jsonb)
        """,
        (tx.now, recordset(entries)),
    )
