"""Moves of incidents, and what ends with them: the escalations that run, and every page that has not left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from tocsin.domain.incident import Status
from tocsin.domain.live import Topic
from tocsin_data.db import Tx
from tocsin_data.sql.incidents import NewEntry
from tocsin_data.sql.recordset import recordset


@dataclass(frozen=True, slots=True)
class Move:
    """From one status to another, or to the same when it only begins anew. `actor` is kind:id."""

    incident_id: UUID
    was: Status
    status: Status
    actor: str


@dataclass(frozen=True, slots=True)
class Made:
    """The incidents that moved; and of those just acknowledged the escalations with steps that page until they are
    resolved, each with the instant its next step would have had.
    """

    moved: set[UUID]
    going_on: dict[UUID, datetime]


MOVE: Final = """
with t as (
    select * from json_to_recordset(%(moves)s) as t (incident_id uuid, was text, status text, actor text)
),
moved as (
    update incident i set
        status = t.status,
        updated_at = %(now)s,
        acknowledged_at = case when t.status = t.was then i.acknowledged_at when t.status = 'acknowledged' then %(now)s
            when t.status = 'resolved' then i.acknowledged_at end,
        acknowledged_by = case when t.status = t.was then i.acknowledged_by when t.status = 'acknowledged' then t.actor
            when t.status = 'resolved' then i.acknowledged_by end,
        acknowledgement_ends_at = case when t.status = 'acknowledged' and t.was <> t.status then
            %(now)s + (
                select make_interval(secs => s.acknowledgement_timeout_seconds) from service s where s.id = i.service_id
            ) end,
        resolved_at = case t.status when 'resolved' then %(now)s end,
        resolved_by = case t.status when 'resolved' then t.actor end,
        reopened_count = i.reopened_count + (t.was = 'resolved')::integer,
        auto_resolves_at = case when t.status = 'resolved' then null when t.was = 'resolved' then
            %(now)s + (select make_interval(secs => s.auto_resolve_seconds) from service s where s.id = i.service_id)
            else i.auto_resolves_at end,
        snoozed_until = null,
        snoozed_by = null,
        snooze_time_zone = null
    from t
    where i.org_id = any(%(orgs)s) and i.id = t.incident_id and i.status = t.was
    returning i.id
),
held as (
    select e.id from escalation e
    where e.org_id = any(%(orgs)s) and e.incident_id = any(%(ids)s)
    order by e.id for no key update
),
stopped as (
    update escalation e set
        state = 'stopped', generation = e.generation + 1, next_at = null, armed_at = null, held_at = null,
        held_by = null, held_next_at = null, updated_at = %(now)s
    from held where e.id = held.id
    returning e.id, e.incident_id, coalesce(old.next_at, old.held_next_at + (%(now)s - old.held_at)) as until,
        e.direct_targets is null and exists (
            select from escalation_policy_step s
            where s.policy_id = e.policy_id and s.version = e.policy_version
                and s.conditions ->> 'while' = 'not_resolved'
        ) as goes_on
),
told as (
    insert into timeline_entry (org_id, incident_id, at, kind, actor, data)
    select org_id, incident_id, %(now)s, kind, actor, data
    from json_to_recordset(%(entries)s) as t (org_id uuid, incident_id uuid, kind text, actor text, data jsonb)
)
select m.id, s.id as escalation_id, s.until
from moved m
join t on t.incident_id = m.id
left join stopped s on s.incident_id = m.id and s.goes_on and t.status = 'acknowledged' and t.was = 'triggered'
"""
CANCEL: Final = """
with held as (
    select id from notification
    where org_id = any(%(orgs)s) and incident_id = any(%(ids)s) and state = 'queued'
    order by escalation_id, id for no key update
)
update notification n set state = 'cancelled', finished_at = %(now)s, reason = 'incident_moved_on'
from held where n.id = held.id and n.state = 'queued'
"""


def make(tx: Tx, moves: Sequence[Move], entries: Sequence[NewEntry]) -> Made:
    """Move incidents, guarded by the status they come from, and tell it.

    Whatever moves an incident ends its snooze, and begins or ends the time that its service gives an acknowledgement.
    Raises the generation of what runs for them, and then cancels their pages, read anew: a step that was being taken
    has written its own by then. Locks escalations by id, then notifications by escalation and id, as everything does.
    """
    about = {"now": tx.now, "orgs": list(tx.orgs), "ids": [m.incident_id for m in moves]}
    for entry in entries:
        tx.note(entry.org_id, Topic.INCIDENTS, "incident", entry.incident_id)
    rows = tx.conn.execute(MOVE, {**about, "moves": recordset(moves), "entries": recordset(entries)}).fetchall()
    tx.conn.execute(CANCEL, about)
    going_on = {row[1]: row[2] for row in rows if row[2] is not None}
    return Made({row[0] for row in rows}, going_on)


def write(tx: Tx, moves: Sequence[Move], entries: Sequence[NewEntry]) -> set[UUID]:
    """Move incidents of which nothing goes on; answers those that moved."""
    return make(tx, moves, entries).moved
