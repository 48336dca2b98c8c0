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
    LastMove,
    Notification,
    PagingStop,
    Responder,
    TimelineEntry,
)
from tocsin.domain.incident import Status, Urgency
from tocsin.errors import NotFound
from tocsin_data.db import Database, Tx
from tocsin_data.sql import actor_names, paging_stops


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which incidents to list, in which order; nothing given means all, newest first."""

    statuses: Collection[Status] | None = None
    service_id: UUID | None = None
    oldest_first: bool = False
    urgency: Urgency | None = None
    snoozed: bool | None = None
    muted: bool | None = None
    of_user: UUID | None = None
    """Only what this member has acknowledged, was assigned, has been paged for, or was called in to help with."""


MOVES: Final = (
    "acknowledged",
    "unacknowledged",
    "acknowledgement_forgotten",
    "resolved",
    "reopened",
    "reassigned",
    "snoozed",
    "unsnoozed",
    "snooze_ended",
    "urgency_set",
    "escalated",
    "escalation_held",
    "escalation_resumed",
)
"""The timeline's words for what changes an incident, and somebody else may have been quicker with."""
_NEWEST_FIRST: Final = """
select i.id, i.number, i.service_id, s.name as service_name, i.title, i.severity, i.status, i.late,
    i.created_at, i.updated_at, i.acknowledged_at, i.acknowledged_by, i.resolved_at, i.resolved_by,
    i.urgency, coalesce(i.runbook_url, s.runbook_url) as runbook_url, i.snoozed_until, i.snoozed_by, i.snooze_time_zone,
    i.acknowledgement_ends_at, i.auto_resolves_at, i.reopened_count, i.muted_by, i.muted_until
from incident i
join service s on s.org_id = i.org_id and s.id = i.service_id
where i.org_id = %(org)s
    and (%(statuses)s::text[] is null or i.status = any(%(statuses)s::text[]))
    and (%(service)s::uuid is null or i.service_id = %(service)s::uuid)
    and (%(urgency)s::text is null or i.urgency = %(urgency)s::text)
    and (%(snoozed)s::boolean is null or (i.snoozed_until is not null) = %(snoozed)s::boolean)
    and (%(muted)s::boolean is null or (i.muted_by is not null) = %(muted)s::boolean)
    and (
        %(user)s::uuid is null
        or i.acknowledged_by in ('user:' || %(user)s::uuid, 'link:user:' || %(user)s::uuid)
        or exists (select from incident_responder r where r.incident_id = i.id and r.user_id = %(user)s::uuid)
        or exists (
            select from escalation e join notification n on n.escalation_id = e.id and n.generation = e.generation
            where e.org_id = i.org_id and e.incident_id = i.id and n.target = 'user:' || %(user)s::uuid
        )
    )
    and (%(at)s::timestamptz is null or (i.created_at, i.id) < (%(at)s::timestamptz, %(id)s::uuid))
order by i.created_at desc, i.id desc limit %(limit)s
"""
_OLDEST_FIRST: Final = """
select i.id, i.number, i.service_id, s.name as service_name, i.title, i.severity, i.status, i.late,
    i.created_at, i.updated_at, i.acknowledged_at, i.acknowledged_by, i.resolved_at, i.resolved_by,
    i.urgency, coalesce(i.runbook_url, s.runbook_url) as runbook_url, i.snoozed_until, i.snoozed_by, i.snooze_time_zone,
    i.acknowledgement_ends_at, i.auto_resolves_at, i.reopened_count, i.muted_by, i.muted_until
from incident i
join service s on s.org_id = i.org_id and s.id = i.service_id
where i.org_id = %(org)s
    and (%(statuses)s::text[] is null or i.status = any(%(statuses)s::text[]))
    and (%(service)s::uuid is null or i.service_id = %(service)s::uuid)
    and (%(urgency)s::text is null or i.urgency = %(urgency)s::text)
    and (%(snoozed)s::boolean is null or (i.snoozed_until is not null) = %(snoozed)s::boolean)
    and (%(muted)s::boolean is null or (i.muted_by is not null) = %(muted)s::boolean)
    and (
        %(user)s::uuid is null
        or i.acknowledged_by in ('user:' || %(user)s::uuid, 'link:user:' || %(user)s::uuid)
        or exists (select from incident_responder r where r.incident_id = i.id and r.user_id = %(user)s::uuid)
        or exists (
            select from escalation e join notification n on n.escalation_id = e.id and n.generation = e.generation
            where e.org_id = i.org_id and e.incident_id = i.id and n.target = 'user:' || %(user)s::uuid
        )
    )
    and (%(at)s::timestamptz is null or (i.created_at, i.id) > (%(at)s::timestamptz, %(id)s::uuid))
order by i.created_at, i.id limit %(limit)s
"""


def page(
    db: Database, org_id: UUID, wanted: Wanted, *, past: tuple[datetime, UUID] | None, limit: int
) -> tuple[Sequence[Incident], PagingStop | None]:
    """Incidents in the order that is wanted, from past a (created_at, id), and the stop of paging that is in force."""
    created_at, incident_id = past or (None, None)
    with db.one(org_id) as tx:
        with tx.conn.cursor(row_factory=class_row(Incident)) as cur:
            cur.execute(
                _OLDEST_FIRST if wanted.oldest_first else _NEWEST_FIRST,
                {
                    "org": org_id,
                    "statuses": None if wanted.statuses is None else [s.value for s in wanted.statuses],
                    "service": wanted.service_id,
                    "urgency": wanted.urgency and wanted.urgency.value,
                    "snoozed": wanted.snoozed,
                    "muted": wanted.muted,
                    "user": wanted.of_user,
                    "at": created_at,
                    "id": incident_id,
                    "limit": limit,
                },
            )
            found = cur.fetchall()
        return _named(tx, found), paging_stops.read(tx)


def get(db: Database, org_id: UUID, incident_id: UUID) -> IncidentDetail:
    """One incident with its alerts and its escalation; raises NotFound."""
    with db.one(org_id) as tx:
        (incident,) = _named(tx, [_read(tx, incident_id)])
        people = _responders(tx, incident_id)
        escalation, move = _escalation(tx, incident_id), _last_move(tx, incident_id)
        held_by = escalation.held_by if escalation else None
        names = actor_names.names(tx, [held_by, move.actor if move else None, *[r.added_by for r in people]])
        return IncidentDetail(
            **incident.model_dump(),
            alerts=_alerts(tx, incident_id),
            escalation=escalation and escalation.model_copy(update={"held_by_name": names.get(held_by or "")}),
            responders=[r.model_copy(update={"added_by_name": names.get(r.added_by)}) for r in people],
            last_move=move and move.model_copy(update={"actor_name": names.get(move.actor)}),
            paging_stop=paging_stops.read(tx),
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
        targets = {entry.id: str(entry.data["target"]) for entry in found if "target" in entry.data}
        names = actor_names.names(tx, [*(entry.actor for entry in found), *targets.values()])
        return [
            entry.model_copy(
                update={"actor_name": names.get(entry.actor), "target_name": names.get(targets.get(entry.id, ""))}
            )
            for entry in found
        ]


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
                uncertain_count, created_at, due_at, finished_at, destination_id, step_id, retry, rule, delayed_until
            from notification
            where org_id = %(org)s and incident_id = %(incident)s
                and (%(at)s::timestamptz is null or (created_at, id) > (%(at)s::timestamptz, %(id)s::uuid))
            order by created_at, id limit %(limit)s
            """,
            {"org": org_id, "incident": incident_id, "at": created_at, "id": notification_id, "limit": limit},
        ).fetchall()
        attempts = _attempts(tx, [row[0] for row in rows], _left_alone_at(incident))
        names = actor_names.names(tx, [row[1] for row in rows])
    return [
        Notification(
            id=row[0],
            target=row[1],
            target_name=names.get(row[1]),
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
            destination_id=row[13],
            step_id=row[14],
            retry=row[15],
            rule=row[16],
            delayed_until=row[17],
            attempts=attempts.get(row[0], []),
        )
        for row in rows
    ]


def _read(tx: Tx, incident_id: UUID) -> Incident:
    with tx.conn.cursor(row_factory=class_row(Incident)) as cur:
        cur.execute(
            """
            select i.id, i.number, i.service_id, s.name as service_name, i.title, i.severity, i.status, i.late,
                i.created_at, i.updated_at, i.acknowledged_at, i.acknowledged_by, i.resolved_at, i.resolved_by,
                i.urgency, coalesce(i.runbook_url, s.runbook_url) as runbook_url, i.snoozed_until, i.snoozed_by,
                i.snooze_time_zone, i.acknowledgement_ends_at, i.auto_resolves_at, i.reopened_count, i.muted_by,
                i.muted_until
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
    actors = [a for i in incidents for a in (i.acknowledged_by, i.resolved_by, i.snoozed_by)]
    names = actor_names.names(tx, actors)
    return [
        incident.model_copy(
            update={
                "acknowledged_by_name": names.get(incident.acknowledged_by or ""),
                "resolved_by_name": names.get(incident.resolved_by or ""),
                "snoozed_by_name": names.get(incident.snoozed_by or ""),
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
            select e.state, e.policy_id, e.policy_version, e.round, e.position, e.next_at, e.retry, e.held_at,
                e.held_by, e.round >= coalesce(v.rounds, 1) as past_rounds
            from escalation e
            left join escalation_policy_version v
                on v.org_id = e.org_id and v.policy_id = e.policy_id and v.version = e.policy_version
            where e.org_id = %s and e.incident_id = %s
            """,
            (tx.org_id, incident_id),
        )
        return cur.fetchone()


def _responders(tx: Tx, incident_id: UUID) -> list[Responder]:
    with tx.conn.cursor(row_factory=class_row(Responder)) as cur:
        cur.execute(
            """
            select r.user_id, u.name, r.added_at, r.added_by
            from incident_responder r join user_account u on u.id = r.user_id
            where r.org_id = %s and r.incident_id = %s order by r.added_at, r.user_id
            """,
            (tx.org_id, incident_id),
        )
        return cur.fetchall()


def _last_move(tx: Tx, incident_id: UUID) -> LastMove | None:
    with tx.conn.cursor(row_factory=class_row(LastMove)) as cur:
        cur.execute(
            """
            select kind, at, actor from timeline_entry
            where org_id = %s and incident_id = %s and kind = any(%s) order by at desc, id desc limit 1
            """,
            (tx.org_id, incident_id, list(MOVES)),
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
