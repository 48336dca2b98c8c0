"""Incidents opened by events, and alerts that join those there are: what is held before, and what is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from tocsin.domain.live import Topic
from tocsin_data.db import Tx
from tocsin_data.sql.recordset import recordset


@dataclass(frozen=True, slots=True)
class NewAlert:
    """An alert to open; its service is the one the event came to, whatever its incident's is."""

    alert_id: UUID
    org_id: UUID
    alert_service_id: UUID
    incident_id: UUID
    alert_open: bool
    dedup_key: str
    summary: str
    source: str | None
    alert_severity: str
    first_event_at: datetime
    last_event_at: datetime
    event_count: int
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewIncident:
    """An incident to open; `actor` (kind:id) triggered it. Without an urgency it has that of its service."""

    id: UUID
    org_id: UUID
    service_id: UUID
    title: str
    severity: str
    urgency: str | None
    late: bool
    dedup_key: str
    actor: str
    labels: dict[str, str]
    muted_by: str | None
    muted_until: datetime | None
    group_key: str | None
    group_ends_at: datetime | None
    routed_policy_id: UUID | None


@dataclass(frozen=True, slots=True)
class Quiet:
    """What mutes an incident from now on, or nothing."""

    incident_id: UUID
    muted_by: str | None
    muted_until: datetime | None


@dataclass(frozen=True, slots=True)
class Rerouted:
    """The policy that a rule has chosen for an incident that opens again, or none."""

    incident_id: UUID
    policy_id: UUID | None


@dataclass(frozen=True, slots=True)
class Opened:
    """What an incident has been given as it was opened."""

    id: UUID
    number: int
    urgency: str
    is_demo: bool


@dataclass(frozen=True, slots=True)
class Held:
    """An incident that events may belong to; its row is held."""

    id: UUID
    org_id: UUID
    service_id: UUID
    status: str
    group_key: str | None
    group_is_open: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """An open incident of a service with this group key, if there is one."""

    service_id: UUID
    group_key: str


OPEN: Final = """
with t as (
    select * from json_to_recordset(%(rows)s) as t (
        id uuid, org_id uuid, service_id uuid, title text, severity text, urgency text, late boolean, dedup_key text,
        actor text, labels jsonb, muted_by text, muted_until timestamptz, group_key text, group_ends_at timestamptz,
        routed_policy_id uuid
    )
),
opened as (
    insert into incident (
        id, org_id, service_id, title, severity, urgency, status, late, labels, muted_by, muted_until, group_key,
        group_ends_at, routed_policy_id, auto_resolves_at, created_at, updated_at
    )
    select t.id, t.org_id, t.service_id, t.title, t.severity,
        coalesce(t.urgency, case
            when s.urgency <> 'by_severity' then s.urgency
            when t.severity in ('critical', 'error') then 'high'
            else 'low'
        end),
        'triggered', t.late, t.labels, t.muted_by, t.muted_until, t.group_key, t.group_ends_at, t.routed_policy_id,
        %(now)s + make_interval(secs => s.auto_resolve_seconds), %(now)s, %(now)s
    from t join service s on s.org_id = t.org_id and s.id = t.service_id
    returning id, number, urgency, org_id
),
alerts as (
    insert into alert (
        id, org_id, service_id, incident_id, dedup_key, status, summary, source, severity,
        first_event_at, last_event_at, event_count, expires_at, resolved_at
    )
    select alert_id, org_id, alert_service_id, incident_id, dedup_key,
        case when alert_open then 'open' else 'resolved' end, summary, source, alert_severity, first_event_at,
        last_event_at, event_count, expires_at, case when not alert_open then %(now)s::timestamptz end
    from json_to_recordset(%(alerts)s) as t (
        alert_id uuid, org_id uuid, alert_service_id uuid, incident_id uuid, alert_open boolean, dedup_key text,
        summary text, source text, alert_severity text, first_event_at timestamptz, last_event_at timestamptz,
        event_count bigint, expires_at timestamptz
    )
),
told as (
    insert into timeline_entry (org_id, incident_id, at, kind, actor, data)
    select t.org_id, t.id, %(now)s, 'triggered', t.actor,
        jsonb_build_object('number', opened.number, 'dedup_key', t.dedup_key, 'late', t.late)
    from t join opened on opened.id = t.id
)
select n.id, n.number, n.urgency, o.is_demo from opened n join organization o on o.id = n.org_id
"""


def write(tx: Tx, incidents: Sequence[NewIncident], alerts: Sequence[NewAlert]) -> dict[UUID, Opened]:
    """Open incidents and tell it in their timelines; write alerts, of these or of incidents whose rows are held."""
    for incident in incidents:
        tx.note(incident.org_id, Topic.INCIDENTS, "incident", incident.id)
    with tx.conn.cursor(row_factory=class_row(Opened)) as cur:
        cur.execute(OPEN, {"now": tx.now, "rows": recordset(incidents), "alerts": recordset(alerts)})
        return {row.id: row for row in cur}


def quiet(tx: Tx, rows: Sequence[Quiet]) -> None:
    """Mute incidents whose rows are held, or let them be heard again."""
    tx.conn.execute(
        """
        update incident i set muted_by = t.muted_by, muted_until = t.muted_until
        from json_to_recordset(%s) as t (incident_id uuid, muted_by text, muted_until timestamptz)
        where i.org_id = any(%s) and i.id = t.incident_id
        """,
        (recordset(rows), list(tx.orgs)),
    )


def reroute(tx: Tx, rows: Sequence[Rerouted]) -> None:
    """Let rules choose the policy of incidents whose rows are held, or the service again."""
    tx.conn.execute(
        """
        update incident i set routed_policy_id = t.policy_id
        from json_to_recordset(%s) as t (incident_id uuid, policy_id uuid)
        where i.org_id = any(%s) and i.id = t.incident_id
        """,
        (recordset(rows), list(tx.orgs)),
    )


def routed(tx: Tx, incident_ids: Sequence[UUID]) -> dict[UUID, tuple[UUID, int]]:
    """The current version of the policy that a rule has chosen for each of these incidents, where it is still there."""
    rows = tx.conn.execute(
        """
        select i.id, p.id, p.current_version from incident i
        join escalation_policy p on p.org_id = i.org_id and p.id = i.routed_policy_id and p.deleted_at is null
        where i.org_id = any(%s) and i.id = any(%s)
        """,
        (list(tx.orgs), list(incident_ids)),
    ).fetchall()
    return {row[0]: (row[1], row[2]) for row in rows}


def hold_groups(tx: Tx, keys: Sequence[str]) -> None:
    """Let nobody else open an incident of these groups until the transaction ends."""
    tx.conn.execute(
        "select pg_advisory_xact_lock(hashtextextended('group:' || key, 0)) from unnest(%s::text[]) as t (key)",
        (sorted(set(keys)),),
    )


def hold(tx: Tx, alerts: Sequence[UUID], incidents: Sequence[UUID], groups: Sequence[Wanted]) -> list[Held]:
    """Hold the incidents of open alerts, these incidents, and the open ones of groups, in one order everywhere."""
    with tx.conn.cursor(row_factory=class_row(Held)) as cur:
        cur.execute(
            """
            select i.id, i.org_id, i.service_id, i.status, i.group_key,
                coalesce(i.group_ends_at > %(now)s, false) as group_is_open
            from incident i
            where i.org_id = any(%(orgs)s) and i.id in (
                select a.incident_id from alert a
                where a.org_id = any(%(orgs)s) and a.id = any(%(alerts)s) and a.status = 'open'
                union all
                select unnest(%(incidents)s::uuid[])
                union all
                select g.id
                from json_to_recordset(%(groups)s) as t (service_id uuid, group_key text)
                join incident g on g.org_id = any(%(orgs)s) and g.service_id = t.service_id
                    and g.group_key = t.group_key and g.status <> 'resolved' and g.group_ends_at > %(now)s
            )
            order by i.id
            for no key update of i
            """,
            {
                "orgs": list(tx.orgs),
                "now": tx.now,
                "alerts": list(alerts),
                "incidents": list(incidents),
                "groups": recordset(groups),
            },
        )
        return cur.fetchall()


def incidents_of(tx: Tx, alerts: Sequence[UUID]) -> dict[UUID, UUID]:
    """The incident of each of these open alerts, whose dedup keys are held."""
    rows = tx.conn.execute(
        "select id, incident_id from alert where org_id = any(%s) and id = any(%s) and status = 'open'",
        (list(tx.orgs), list(alerts)),
    ).fetchall()
    return {row[0]: row[1] for row in rows}


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
