"""What people set of an incident without moving it, and what time has come for: snoozes, urgency, help, silence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class Silence:
    """When an unresolved incident last heard of its condition, and how long its service lets it be silent."""

    incident_id: UUID
    last_event_at: datetime
    auto_resolve_seconds: int | None


def snooze(tx: Tx, incident_id: UUID, until: datetime, time_zone: str | None, actor: str) -> None:
    """Snooze an incident whose row is held, and which a move has just quieted."""
    tx.conn.execute(
        """
        update incident set snoozed_until = %s, snoozed_by = %s, snooze_time_zone = %s, updated_at = %s
        where org_id = any(%s) and id = %s
        """,
        (until, actor, time_zone, tx.now, list(tx.orgs), incident_id),
    )


def change(tx: Tx, incident_id: UUID, urgency: str, runbook_url: str | None) -> None:
    """Write what somebody has set of an incident whose row is held."""
    tx.conn.execute(
        "update incident set urgency = %s, runbook_url = %s, updated_at = %s where org_id = any(%s) and id = %s",
        (urgency, runbook_url, tx.now, list(tx.orgs), incident_id),
    )


def add_responders(tx: Tx, incident_id: UUID, user_ids: Sequence[UUID], actor: str) -> list[UUID]:
    """Note who was called in to help with an incident whose row is held; answers those who had not been before."""
    rows = tx.conn.execute(
        """
        insert into incident_responder (org_id, incident_id, user_id, added_at, added_by)
        select %s, %s, t.user_id, %s, %s from unnest(%s::uuid[]) with ordinality as t (user_id, n) order by t.n
        on conflict on constraint incident_responder_pkey do nothing
        returning user_id
        """,
        (tx.org_id, incident_id, tx.now, actor, list(user_ids)),
    ).fetchall()
    return [row[0] for row in rows]


def silences(tx: Tx, incident_ids: Sequence[UUID]) -> list[Silence]:
    """How silent unresolved incidents are, whose rows are held; one without alerts counts from its opening."""
    with tx.conn.cursor(row_factory=class_row(Silence)) as cur:
        cur.execute(
            """
            select i.id as incident_id, s.auto_resolve_seconds,
                greatest(
                    i.created_at,
                    (select max(a.last_event_at) from alert a where a.org_id = i.org_id and a.incident_id = i.id)
                ) as last_event_at
            from incident i
            join service s on s.id = i.service_id
            where i.org_id = any(%s) and i.id = any(%s)
            """,
            (list(tx.orgs), list(incident_ids)),
        )
        return cur.fetchall()


def put_off(tx: Tx, incident_ids: Sequence[UUID], instants: Sequence[datetime | None]) -> None:
    """When to look again whether incidents, whose rows are held, are silent; None for never."""
    tx.conn.execute(
        """
        update incident i set auto_resolves_at = t.at
        from unnest(%s::uuid[], %s::timestamptz[]) as t (id, at)
        where i.org_id = any(%s) and i.id = t.id
        """,
        (list(incident_ids), list(instants), list(tx.orgs)),
    )


def open_alerts(tx: Tx, incident_ids: Sequence[UUID]) -> list[UUID]:
    """The open alerts of incidents."""
    rows = tx.conn.execute(
        "select id from alert where org_id = any(%s) and incident_id = any(%s) and status = 'open'",
        (list(tx.orgs), list(incident_ids)),
    ).fetchall()
    return [row[0] for row in rows]


def escalations_of(tx: Tx, incident_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The escalation of each incident that has one."""
    rows = tx.conn.execute(
        "select incident_id, id from escalation where org_id = any(%s) and incident_id = any(%s)",
        (list(tx.orgs), list(incident_ids)),
    ).fetchall()
    return {row[0]: row[1] for row in rows}
