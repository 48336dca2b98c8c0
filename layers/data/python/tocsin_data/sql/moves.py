"""Moves of incidents, and what ends with them: the escalations that run, and every page that has not left."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from tocsin.domain.incident import Status
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


MOVE: Final = """
with t as (
    select * from json_to_recordset(%(moves)s) as t (incident_id uuid, was text, status text, actor text)
),
moved as (
    update incident i set
        status = t.status,
        updated_at = %(now)s,
        acknowledged_at = case t.status when 'acknowledged' then %(now)s when 'triggered' then null
            else i.acknowledged_at end,
        acknowledged_by = case t.status when 'acknowledged' then t.actor when 'triggered' then null
            else i.acknowledged_by end,
        resolved_at = case t.status when 'resolved' then %(now)s else i.resolved_at end,
        resolved_by = case t.status when 'resolved' then t.actor else i.resolved_by end
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
        state = 'stopped', generation = e.generation + 1, next_at = null, armed_at = null, updated_at = %(now)s
    from held where e.id = held.id
),
told as (
    insert into timeline_entry (org_id, incident_id, at, kind, actor, data)
    select org_id, incident_id, %(now)s, kind, actor, data
    from json_to_recordset(%(entries)s) as t (org_id uuid, incident_id uuid, kind text, actor text, data jsonb)
)
select id from moved
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


def write(tx: Tx, moves: Sequence[Move], entries: Sequence[NewEntry]) -> set[UUID]:
    """Move incidents, guarded by the status they come from, and tell it; answers those that moved.

    Raises the generation of what runs for them, and then cancels their pages, read anew: a step that was being taken
    has written its own by then. Locks escalations by id, then notifications by escalation and id, as everything does.
    """
    about = {"now": tx.now, "orgs": list(tx.orgs), "ids": [m.incident_id for m in moves]}
    rows = tx.conn.execute(MOVE, {**about, "moves": recordset(moves), "entries": recordset(entries)}).fetchall()
    tx.conn.execute(CANCEL, about)
    return {row[0] for row in rows}
