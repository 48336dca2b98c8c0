"""What taking steps leaves behind: escalations where they stand now, intents to page, and what timelines tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from tocsin.domain.live import Topic
from tocsin_data.db import Tx
from tocsin_data.sql.incidents import NewEntry
from tocsin_data.sql.recordset import recordset


@dataclass(frozen=True, slots=True)
class EscalationRow:
    """What an escalation is, or becomes; with `armed` its wake-up is on its way."""

    id: UUID
    org_id: UUID
    incident_id: UUID
    policy_id: UUID | None
    policy_version: int | None
    state: str
    generation: int
    round: int
    position: int
    next_at: datetime | None
    armed: bool
    retry: int = 0
    turns: Mapping[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True, slots=True)
class Intent:
    """An intent to page one person by one method, now or when `due_at` comes; the name is for the message, not stored.

    `unarmed` is one that is due beyond the reach of a queue's delay: the sweep sends its message.
    """

    id: UUID
    org_id: UUID
    incident_id: UUID
    escalation_id: UUID
    generation: int
    round: int
    position: int
    retry: int
    step_id: UUID | None
    target: str
    recipient_name: str | None
    contact_method_id: UUID | None
    destination_id: UUID | None
    channel: str
    address: str | None
    sealed: str | None
    rule: str
    due_at: datetime
    delayed_until: datetime | None
    unarmed: bool


WRITE: Final = """
with moved as (
    insert into escalation (
        id, org_id, incident_id, policy_id, policy_version, state, generation, round, position, retry, turns,
        next_at, armed_at, created_at, updated_at
    )
    select id, org_id, incident_id, policy_id, policy_version, state, generation, round, position, retry, turns,
        next_at, case when armed then %(now)s end, %(now)s, %(now)s
    from json_to_recordset(%(escalations)s) as t (
        id uuid, org_id uuid, incident_id uuid, policy_id uuid, policy_version integer, state text,
        generation integer, round integer, position integer, retry integer, turns jsonb, next_at timestamptz,
        armed boolean
    )
    on conflict on constraint escalation_pkey do update set
        policy_id = excluded.policy_id, policy_version = excluded.policy_version, state = excluded.state,
        generation = excluded.generation, round = excluded.round, position = excluded.position,
        retry = excluded.retry, turns = excluded.turns, held_at = null, held_by = null, held_next_at = null,
        next_at = excluded.next_at, armed_at = excluded.armed_at, updated_at = excluded.updated_at
    returning id, state
),
told as (
    insert into timeline_entry (org_id, incident_id, at, kind, actor, data)
    select org_id, incident_id, %(now)s, kind, actor, data
    from json_to_recordset(%(entries)s) as t (org_id uuid, incident_id uuid, kind text, actor text, data jsonb)
),
intended as (
    insert into notification (
        id, org_id, incident_id, escalation_id, generation, round, position, retry, step_id, target,
        contact_method_id, destination_id, channel, address, sealed, rule, state, due_at, delayed_until, unarmed,
        created_at
    )
    select id, org_id, incident_id, escalation_id, generation, round, position, retry, step_id, target,
        contact_method_id, destination_id, channel, address, sealed, rule, 'queued', due_at, delayed_until, unarmed,
        %(now)s
    from json_to_recordset(%(intents)s) as t (
        id uuid, org_id uuid, incident_id uuid, escalation_id uuid, generation integer, round integer,
        position integer, retry integer, step_id uuid, target text, contact_method_id uuid, destination_id uuid,
        channel text, address text, sealed text, rule text, due_at timestamptz, delayed_until timestamptz,
        unarmed boolean
    )
    on conflict on constraint notification_intent_key do nothing
    returning id, state
)
select id from intended where state = 'queued' union all select id from moved where state = 'waiting'
"""


def write(tx: Tx, rows: Sequence[EscalationRow], intents: Sequence[Intent], entries: Sequence[NewEntry]) -> set[UUID]:
    """Start escalations, or move those whose rows are held; answers the new intents to send, and who waits for a step.

    An intent that was written before, by whatever repeats, stays as it is. What a demo writes is not sent and waits
    for nothing.
    """
    for entry in entries:
        tx.note(entry.org_id, Topic.INCIDENTS, "incident", entry.incident_id)
    answer = tx.conn.execute(
        WRITE,
        {
            "now": tx.now,
            "escalations": recordset(rows),
            "intents": recordset(intents),
            "entries": recordset(entries),
        },
    ).fetchall()
    return {row[0] for row in answer}
