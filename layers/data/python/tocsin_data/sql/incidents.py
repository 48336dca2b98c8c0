"""Incidents, their alerts and their timeline."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from tocsin.domain.incident import Status
from tocsin_data.db import Tx


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


@dataclass(frozen=True, slots=True)
class OpenAlert:
    """An open alert and where its incident stands."""

    id: UUID
    org_id: UUID
    incident_id: UUID
    incident_status: str


@dataclass(frozen=True, slots=True)
class NewIncident:
    """An incident to open, with its first alert."""

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


@dataclass(frozen=True, slots=True)
class AlertCount:
    """Events to add to an alert; `expires_at` moves its expiry when given."""

    alert_id: UUID
    events: int
    last_event_at: datetime
    expires_at: datetime | None


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
            select id, org_id, number, service_id, title, severity, status, late, created_at
            from incident where org_id = any(%s) and id = %s for no key update
            """,
            (list(tx.orgs), incident_id),
        )
        return cur.fetchone()


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


def open_alerts_of(tx: Tx, incident_id: UUID) -> list[UUID]:
    """The open alerts of an incident."""
    rows = tx.conn.execute(
        "select id from alert where org_id = any(%s) and incident_id = %s and status = 'open'",
        (list(tx.orgs), incident_id),
    ).fetchall()
    return [row[0] for row in rows]


def insert(tx: Tx, rows: Sequence[NewIncident]) -> dict[UUID, int]:
    """Open incidents with their first alerts; answers the number each incident got."""
    answer = tx.conn.execute(
        """
        with t as (
            select * from unnest(
                %s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::boolean[],
                %s::uuid[], %s::boolean[], %s::text[], %s::text[], %s::timestamptz[]
            ) as t (id, org_id, service_id, title, severity, late, alert_id, alert_open, dedup_key, source, first_at)
        ),
        opened as (
            insert into incident (id, org_id, service_id, title, severity, status, late, created_at, updated_at)
            select id, org_id, service_id, title, severity, 'triggered', late, %s, %s from t
            returning id, number
        ),
        alerts as (
            insert into alert (
                id, org_id, service_id, incident_id, dedup_key, status, summary, source, severity,
                first_event_at, last_event_at, event_count, resolved_at
            )
            select alert_id, org_id, service_id, id, dedup_key, case when alert_open then 'open' else 'resolved' end,
                title, source, severity, first_at, first_at, 0, case when not alert_open then %s::timestamptz end
            from t
        )
        select id, number from opened
        """,
        (
            [r.id for r in rows],
            [r.org_id for r in rows],
            [r.service_id for r in rows],
            [r.title for r in rows],
            [r.severity for r in rows],
            [r.late for r in rows],
            [r.alert_id for r in rows],
            [r.alert_open for r in rows],
            [r.dedup_key for r in rows],
            [r.source for r in rows],
            [r.first_event_at for r in rows],
            tx.now,
            tx.now,
            tx.now,
        ),
    ).fetchall()
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


def count(tx: Tx, rows: Sequence[AlertCount]) -> None:
    """Add events to alerts."""
    tx.conn.execute(
        """
        update alert a set
            event_count = a.event_count + t.n,
            last_event_at = greatest(a.last_event_at, t.last_at),
            expires_at = coalesce(t.expires_at, a.expires_at)
        from unnest(%s::uuid[], %s::bigint[], %s::timestamptz[], %s::timestamptz[]) as t (id, n, last_at, expires_at)
        where a.org_id = any(%s) and a.id = t.id
        """,
        (
            [r.alert_id for r in rows],
            [r.events for r in rows],
            [r.last_event_at for r in rows],
            [r.expires_at for r in rows],
            list(tx.orgs),
        ),
    )


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


def set_status(tx: Tx, moves: Sequence[tuple[UUID, Status, Status, str]]) -> set[UUID]:
    """Move incidents (id, from, to, actor), guarded by the status they come from; answers those that moved."""
    ids, before, after, actors = zip(*moves, strict=True)
    rows = tx.conn.execute(
        """
        update incident i set
            status = t.status,
            updated_at = %(now)s,
            acknowledged_at = case t.status when 'acknowledged' then %(now)s when 'triggered' then null
                else i.acknowledged_at end,
            acknowledged_by = case t.status when 'acknowledged' then t.actor when 'triggered' then null
                else i.acknowledged_by end,
            resolved_at = case t.status when 'resolved' then %(now)s else i.resolved_at end,
            resolved_by = case t.status when 'resolved' then t.actor else i.resolved_by end
        from unnest(%(ids)s::uuid[], %(before)s::text[], %(after)s::text[], %(actors)s::text[])
            as t (id, was, status, actor)
        where i.org_id = any(%(orgs)s) and i.id = t.id and i.status = t.was
        returning i.id
        """,
        {
            "now": tx.now,
            "orgs": list(tx.orgs),
            "ids": list(ids),
            "before": list(before),
            "after": list(after),
            "actors": list(actors),
        },
    ).fetchall()
    return {row[0] for row in rows}


def append(tx: Tx, entries: Sequence[NewEntry]) -> None:
    """Append to timelines."""
    if not entries:
        return
    tx.conn.execute(
        """
        insert into timeline_entry (org_id, incident_id, at, kind, actor, data)
        select org_id, incident_id, %s, kind, actor, data::jsonb
        from unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::text[])
            with ordinality as t (org_id, incident_id, kind, actor, data, n)
        order by n
        """,
        (
            tx.now,
            [e.org_id for e in entries],
            [e.incident_id for e in entries],
            [e.kind for e in entries],
            [e.actor for e in entries],
            [json.dumps(e.data, default=str) for e in entries],
        ),
    )
