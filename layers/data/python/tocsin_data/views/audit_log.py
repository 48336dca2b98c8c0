"""The audit log as it is read: newest first, by who, what, to what, when, and by which request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_access import AuditEntry
from tocsin_data.db import Database


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are asked for; None for all. `since` is within, `until` without."""

    actor_kind: str | None = None
    actor_id: str | None = None
    action: str | None = None
    subject_kind: str | None = None
    subject_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    request_id: str | None = None


def page(
    db: Database, org_id: UUID, wanted: Wanted, *, before: tuple[datetime, UUID] | None, limit: int
) -> Sequence[AuditEntry]:
    """Entries, newest first, from before an (at, id)."""
    at, entry_id = before or (None, None)
    with db.one(org_id) as tx, tx.conn.cursor(row_factory=class_row(AuditEntry)) as cur:
        cur.execute(
            """
            select id, at, actor_kind, actor_id, action, subject_kind, subject_id, before, after, request_id,
                source_address
            from audit_entry
            where org_id = %(org)s
                and (%(actor_kind)s::text is null or actor_kind = %(actor_kind)s::text)
                and (%(actor_id)s::text is null or actor_id = %(actor_id)s::text)
                and (%(action)s::text is null or action = %(action)s::text)
                and (%(subject_kind)s::text is null or subject_kind = %(subject_kind)s::text)
                and (%(subject_id)s::text is null or subject_id = %(subject_id)s::text)
                and (%(since)s::timestamptz is null or at >= %(since)s::timestamptz)
                and (%(until)s::timestamptz is null or at < %(until)s::timestamptz)
                and (%(request_id)s::text is null or request_id = %(request_id)s::text)
                and (%(at)s::timestamptz is null or (at, id) < (%(at)s::timestamptz, %(id)s::uuid))
            order by at desc, id desc limit %(limit)s
            """,
            {
                "org": org_id,
                "actor_kind": wanted.actor_kind,
                "actor_id": wanted.actor_id,
                "action": wanted.action,
                "subject_kind": wanted.subject_kind,
                "subject_id": wanted.subject_id,
                "since": wanted.since,
                "until": wanted.until,
                "request_id": wanted.request_id,
                "at": at,
                "id": entry_id,
                "limit": limit,
            },
        )
        return cur.fetchall()
