"""The audit log: who changed what, from what to what. Append-only."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tocsin.domain.live import OF_SUBJECTS
from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class NewAuditEntry:
    """One change. `before` and `after` hold what can be read of the thing, never a secret."""

    actor_kind: str
    actor_id: str | None
    action: str
    subject_kind: str
    subject_id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    request_id: str | None
    source_address: str | None


def has(tx: Tx, action: str, actor_kind: str, actor_id: str | None, *, since: datetime) -> bool:
    """Whether somebody has done this since an instant."""
    rows = tx.conn.execute(
        """
        select exists (
            select from audit_entry
            where org_id = %s and at >= %s and action = %s and actor_kind = %s and actor_id is not distinct from %s
        )
        """,
        (tx.org_id, since, action, actor_kind, actor_id),
    ).fetchall()
    return bool(rows[0][0])


def append(tx: Tx, entry: NewAuditEntry) -> None:
    """Append to the audit log of the transaction's organization; who watches is told, where it is of a topic."""
    topic = OF_SUBJECTS.get(entry.subject_kind)
    if topic is not None:
        tx.note(tx.org_id, topic, entry.subject_kind, entry.subject_id)
    tx.conn.execute(
        """
        insert into audit_entry (
            org_id, at, actor_kind, actor_id, action, subject_kind, subject_id, before, after, request_id,
            source_address
        )
        values (%s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s::jsonb, %s, %s)
        """,
        (
            tx.org_id,
            tx.now,
            entry.actor_kind,
            entry.actor_id,
            entry.action,
            entry.subject_kind,
            entry.subject_id,
            None if entry.before is None else json.dumps(entry.before),
            None if entry.after is None else json.dumps(entry.after),
            entry.request_id,
            entry.source_address,
        ),
    )
