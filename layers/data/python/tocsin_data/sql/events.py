"""Events, stored once by their id, and the messages that could never be accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tocsin_data.db import Tx
from tocsin_data.sql.recordset import recordset


@dataclass(frozen=True, slots=True)
class NewEvent:
    """One event with its outcome, as it is stored."""

    id: UUID
    org_id: UUID
    service_id: UUID
    integration_id: UUID | None
    routing_key_id: UUID | None
    alert_id: UUID | None
    request_id: UUID
    index: int
    received_at: datetime
    action: str
    dedup_key: str | None
    summary: str | None
    outcome: str
    payload: dict[str, Any]
    trace: list[dict[str, Any]] | None = None
    monitor_id: UUID | None = None
    """In the place of an integration and its key, where a monitor says so."""


def insert(tx: Tx, new: Sequence[NewEvent]) -> set[UUID]:
    """Store events, in one order everywhere; answers those that are new, the others stay as they are."""
    ordered = sorted(new, key=lambda e: e.id)
    rows = tx.conn.execute(
        """
        insert into event (
            id, org_id, service_id, integration_id, routing_key_id, alert_id, request_id, index, received_at,
            action, dedup_key, summary, outcome, payload, trace, monitor_id
        )
        select * from json_to_recordset(%s) as t (
            id uuid, org_id uuid, service_id uuid, integration_id uuid, routing_key_id uuid, alert_id uuid,
            request_id uuid, index integer, received_at timestamptz, action text, dedup_key text, summary text,
            outcome text, payload jsonb, trace jsonb, monitor_id uuid
        )
        on conflict on constraint event_pkey do nothing
        returning id
        """,
        (recordset(ordered),),
    ).fetchall()
    return {row[0] for row in rows}


def reject(tx: Tx, *, queue: str, message_id: str, reason: str, detail: str, body: str) -> None:
    """Keep a message that can never be accepted, once, cut to what a person may want to read."""
    tx.conn.execute(
        """
        insert into rejected_message (at, queue, message_id, reason, detail, body) values (%s, %s, %s, %s, %s, %s)
        on conflict on constraint rejected_message_message_key do nothing
        """,
        (tx.now, queue, message_id, reason, detail[:2000], body[:4000]),
    )
