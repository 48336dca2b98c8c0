"""Incidents, their alerts and their timeline."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.delivery import DeliveryIncident
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


@dataclass(frozen=True, slots=True)
class OpenAlert:
    """An open alert and where its incident stands."""

    id: UUID
    org_id: UUID
    incident_id: UUID
    incident_status: str


@dataclass(frozen=True, slots=True)
class NewIncident:
    """An incident to open, with its first alert and what that counts; `actor` (kind:id) triggered it."""

    id: UUID
    org_id: UUID
    service_id: UUID
    title: str
    severity: str
    late: bool
    alert_id: UUID
    alert_open: bool
    dedup_key: str
    source: str | None
    first_event_at: datetime
    last_event_at: datetime
    event_count: int
    expires_at: datetime | None
    actor: str


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
    with tx.conn.cursor(row_factory=class_row(Incident)) as cur:
        cur.execute(
            """
            select id, org_id, number, service_id, title, severity, status, late, created_at, urgency
            from incident where org_id = any(%s) and id = %s for no key update
            """,
            (list(tx.orgs), incident_id),
        )
        return cur.fetchone()


def describe(tx: Tx, incident_id: UUID) -> DeliveryIncident:
    """What a page says about an incident whose row is held."""
    with tx.conn.cursor(row_factory=class_row(DeliveryIncident)) as cur:
        cur.execute(
            """
            select i.id as incident_id, i.number, i.title, i.severity, i.late, i.created_at,
                (select a.source from alert a where a.org_id = i.org_id and a.incident_id = i.id
                    order by a.first_event_at limit 1) as source,
                s.name as service_name, o.name as organization_name
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
            select a.id, a.org_id, a.incident_id, i.status as incident_status
            from alert a
            join incident i on i.id = a.incident_id
            where a.org_id = any(%s) and a.id = any(%s) and a.status = 'open'
            order by i.id
            for no key update of i
            """,
            (list(tx.orgs), list(alert_ids)),
        )
        return {row.id: row for row in cur}


OPEN: Final = """
with t as (
    select * from json_to_recordset(%(rows)s) as t (
        id uuid, org_id uuid, service_id uuid, title text, severity text, late boolean, actor text,
        alert_id uuid, alert_open boolean, dedup_key text, source text, first_event_at timestamptz,
        last_event_at timestamptz, event_count bigint, expires_at timestamptz
    )
),
opened as (
    insert into incident (id, org_id, service_id, title, severity, status, late, created_at, updated_at)
    select id, org_id, service_id, title, severity, 'triggered', late, %(now)s, %(now)s from t
    returning id, number
),
alerts as (
    insert into alert (
        id, org_id, service_id, incident_id, dedup_key, status, summary, source, severity,
        first_event_at, last_event_at, event_count, expires_at, resolved_at
    )
    select alert_id, org_id, service_id, id, dedup_key, case when alert_open then 'open' else 'resolved' end,
        title, source, severity, first_event_at, last_event_at, event_count, expires_at,
        case when not alert_open then %(now)s::timestamptz end
    from t
),
told as (
    insert into timeline_entry (org_id, incident_id, at, kind, actor, data)
    select t.org_id, t.id, %(now)s, 'triggered', t.actor,
        jsonb_build_object('number', opened.number, 'dedup_key', t.dedup_key, 'late', t.late)
    from t join opened on opened.id = t.id
)
select id, number from opened
"""


def insert(tx: Tx, rows: Sequence[NewIncident]) -> dict[UUID, int]:
    """Open incidents with their first alerts, and tell it in their timelines; answers each incident's number."""
    answer = tx.conn.execute(OPEN, {"now": tx.now, "rows": recordset(rows)}).fetchall()
    return {row[0]: row[1] for row in answer}


def late_speakers(tx: Tx, service_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """For each service the late incident, opened in the last 15 minutes, whose page speaks for late ones after it.

    Concurrent batches of a service are serialised until they commit, so that they agree on one.
    """
    tx.conn.execute(
        "select pg_advisory_xact_lock(hashtextextended('late:' || id::text, 0)) from unnest(%s::uuid[]) as t (id)",
        (sorted(set(service_ids)),),
    )
    rows = tx.conn.execute(
        """
        select distinct on (i.service_id) i.service_id, i.id
        from incident i
        join escalation e on e.org_id = i.org_id and e.incident_id = i.id
        where i.org_id = any(%s) and i.service_id = any(%s) and i.late and i.status <> 'resolved'
            and i.created_at > %s - interval '15 minutes'
        order by i.service_id, i.created_at
        """,
        (list(tx.orgs), list(service_ids), tx.now),
    ).fetchall()
    return {row[0]: row[1] for row in rows}


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
    tx.conn.execute(
        """
        insert into timeline_entry (org_id, incident_id, at, kind, actor, data)
        select org_id, incident_id, %s, kind, actor, data
        from json_to_recordset(%s) as t (org_id uuid, incident_id uuid, kind text, actor text, data jsonb)
        """,
        (tx.now, recordset(entries)),
    )
