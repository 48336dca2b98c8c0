"""Incidents as the API and the link page show them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_incidents import (
    Alert,
    Attempt,
    Escalation,
    Incident,
    IncidentDetail,
    Notification,
    TimelineEntry,
)
from tocsin.domain.incident import Status
from tocsin.errors import NotFound
from tocsin_data.db import Database, Tx
from tocsin_data.views import actor_names


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which incidents to list, in which order; nothing given means all, newest first."""

    statuses: Collection[Status] | None = None
    service_id: UUID | None = None
    oldest_first: bool = False


_NEWEST_FIRST: Final = """
select i.id, i.number, i.service_id, s.name as service_name, i.title, i.severity, i.status, i.late,
    i.created_at, i.updated_at, i.acknowledged_at, i.acknowledged_by, i.resolved_at, i.resolved_by
from incident i
join service s on s.org_id = i.org_id and s.id = i.service_id
where i.org_id = %(org)s
    and (%(statuses)s::text[] is null or i.status = any(%(statuses)s::text[]))
    and (%(service)s::uuid is null or i.service_id = %(service)s::uuid)
    and (%(at)s::timestamptz is null or (i.created_at, i.id) < (%(at)s::timestamptz, %(id)s::uuid))
order by i.created_at desc, i.id desc limit %(limit)s
"""
_OLDEST_FIRST: Final = """
select i.id, i.number, i.service_id, s.name as service_name, i.title, i.severity, i.status, i.late,
    i.created_at, i.updated_at, i.acknowledged_at, i.acknowledged_by, i.resolved_at, i.resolved_by
from incident i
join service s on s.org_id = i.org_id and s.id = i.service_id
where i.org_id = %(org)s
    and (%(statuses)s::text[] is null or i.status = any(%(statuses)s::text[]))
    and (%(service)s::uuid is null or i.service_id = %(service)s::uuid)
    and (%(at)s::timestamptz is null or (i.created_at, i.id) > (%(at)s::timestamptz, %(id)s::uuid))
order by i.created_at, i.id limit %(limit)s
"""


def page(
    db: Database, org_id: UUID, wanted: Wanted, *, past: tuple[datetime, UUID] | None, limit: int
) -> Sequence[Incident]:
    """Incidents in the order that is wanted, from past a (created_at, id)."""
    created_at, incident_id = past or (None, None)
    with db.one(org_id) as tx:
        with tx.conn.cursor(row_factory=class_row(Incident)) as cur:
            cur.execute(
                _OLDEST_FIRST if wanted.oldest_first else _NEWEST_FIRST,
                {
                    "org": org_id,
                    "statuses": None if wanted.statuses is None else [s.value for s in wanted.statuses],
                    "service": wanted.service_id,
                    "at": created_at,
                    "id": incident_id,
                    "limit": limit,
                },
            )
            found = cur.fetchall()
        return _named(tx, found)


def get(db: Database, org_id: UUID, incident_id: UUID) -> IncidentDetail:
    """One incident with its alerts and its escalation; raises NotFound."""
    with db.one(org_id) as tx:
        (incident,) = _named(tx, [_read(tx, incident_id)])
        return IncidentDetail(
            **incident.model_dump(), alerts=_alerts(tx, incident_id), escalation=_escalation(tx, incident_id)
        )


def timeline(
    db: Database, org_id: UUID, incident_id: UUID, *, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[TimelineEntry]:
    """What happened to an incident, oldest first, from past an (at, id); raises NotFound."""
    at, entry_id = after or (None, None)
    with db.one(org_id) as tx:
        _read(tx, incident_id)
        with tx.conn.cursor(row_factory=class_row(TimelineEntry)) as cur:
            cur.execute(
                """
                select id, at, kind, actor, data from timeline_entry
                where org_id = %(org)s and incident_id = %(incident)s
                    and (%(at)s::timestamptz is null or (at, id) > (%(at)s::timestamptz, %(id)s::uuid))
                order by at, id limit %(limit)s
                """,
                {"org": org_id, "incident": incident_id, "at": at, "id": entry_id, "limit": limit},
            )
            found = cur.fetchall()
        names = actor_names.names(tx, [entry.actor for entry in found])
        return [entry.model_copy(update={"actor_name": names.get(entry.actor)}) for entry in found]


def notifications(
    db: Database, org_id: UUID, incident_id: UUID, *, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[Notification]:
    """An incident's pages and the fate of each, oldest first, from past a (created_at, id); raises NotFound."""
    created_at, notification_id = after or (None, None)
    with db.one(org_id) as tx:
        incident = _read(tx, incident_id)
        rows = tx.conn.execute(
            """
            select id, target, channel, contact_method_id, address, round, position, state, reason,
                uncertain_count, created_at, due_at, finished_at
            from notification
            where org_id = %(org)s and incident_id = %(incident)s
                and (%(at)s::timestamptz is null or (created_at, id) > (%(at)s::timestamptz, %(id)s::uuid))
            order by created_at, id limit %(limit)s
            """,
            {"org": org_id, "incident": incident_id, "at": created_at, "id": notification_id, "limit": limit},
        ).fetchall()
        attempts = _attempts(tx, [row[0] for row in rows], _left_alone_at(incident))
    return [
        Notification(
            id=row[0],
            target=row[1],
            channel=row[2],
            contact_method_id=row[3],
            address=row[4],
            round=row[5],
            position=row[6],
            state=row[7],
            reason=row[8],
            uncertain=row[9] > 0,
            unclaimed=any(attempt.unclaimed for attempt in attempts.get(row[0], [])),
            created_at=row[10],
            due_at=row[11],
            finished_at=row[12],
            attempts=attempts.get(row[0], []),
        )
        for row in rows
    ]


def _read(tx: Tx, incident_id: UUID) -> Incident:
    with tx.conn.cursor(row_factory=class_row(Incident)) as cur:
        cur.execute(
            """
            select i.id, i.number, i.service_id, s.name as service_name, i.title, i.severity, i.status, i.late,
                i.created_at, i.updated_at, i.acknowledged_at, i.acknowledged_by, i.resolved_at, i.resolved_by
            from incident i
            join service s on s.org_id = i.org_id and s.id = i.service_id
            where i.org_id = %s and i.id = %s
            """,
            (tx.org_id, incident_id),
        )
        found = cur.fetchone()
    if found is None:
        raise NotFound(f"There is no incident {incident_id} in this organization.")
    return found


def _named(tx: Tx, incidents: Sequence[Incident]) -> list[Incident]:
    names = actor_names.names(tx, [a for i in incidents for a in (i.acknowledged_by, i.resolved_by)])
    return [
        incident.model_copy(
            update={
                "acknowledged_by_name": names.get(incident.acknowledged_by or ""),
                "resolved_by_name": names.get(incident.resolved_by or ""),
            }
        )
        for incident in incidents
    ]


def _alerts(tx: Tx, incident_id: UUID) -> list[Alert]:
    with tx.conn.cursor(row_factory=class_row(Alert)) as cur:
        cur.execute(
            """
            select id, dedup_key, status, summary, source, severity, first_event_at, last_event_at, event_count,
                resolved_at
            from alert where org_id = %s and incident_id = %s order by first_event_at, id
            """,
            (tx.org_id, incident_id),
        )
        return cur.fetchall()


def _escalation(tx: Tx, incident_id: UUID) -> Escalation | None:
    with tx.conn.cursor(row_factory=class_row(Escalation)) as cur:
        cur.execute(
            """
            select state, policy_id, policy_version, round, position, next_at
            from escalation where org_id = %s and incident_id = %s
            """,
            (tx.org_id, incident_id),
        )
        return cur.fetchone()


def _left_alone_at(incident: Incident) -> datetime | None:
    """The instant from which nobody was to be paged any more."""
    return min((at for at in (incident.acknowledged_at, incident.resolved_at) if at is not None), default=None)


def _attempts(tx: Tx, notification_ids: Sequence[UUID], left_alone_at: datetime | None) -> dict[UUID, list[Attempt]]:
    rows = tx.conn.execute(
        """
        select notification_id, number, state, unclaimed, started_at, ended_at, reason, detail, provider_id,
            coalesce(started_at <= %s and coalesce(ended_at, 'infinity') > %s, false)
        from notification_attempt where org_id = %s and notification_id = any(%s)
        order by notification_id, number
        """,
        (left_alone_at, left_alone_at, tx.org_id, list(notification_ids)),
    ).fetchall()
    found: dict[UUID, list[Attempt]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(
            Attempt(
                number=row[1],
                state=row[2],
                unclaimed=row[3],
                started_at=row[4],
                ended_at=row[5],
                reason=row[6],
                detail=row[7],
                provider_id=row[8],
                already_going_out=row[9],
            )
        )
    return found
