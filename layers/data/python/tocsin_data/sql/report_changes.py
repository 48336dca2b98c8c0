"""What the audit log has of a status report since a version of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class Entry:
    """A change: who, what, and the report before and after."""

    at: datetime
    actor: str
    action: str
    before: dict[str, Any] | None
    after: dict[str, Any]


def since(tx: Tx, report_id: UUID, version: int, at_most: int) -> Sequence[Entry]:
    """The last changes that made later versions than one, the oldest first."""
    with tx.conn.cursor(row_factory=class_row(Entry)) as cur:
        cur.execute(
            """
            select at, concat_ws(':', actor_kind, actor_id) as actor, action, before, after from audit_entry
            where org_id = %s and subject_kind = 'status_report' and subject_id = %s
                and (after ->> 'version')::integer > %s
            order by at desc, id desc limit %s
            """,
            (tx.org_id, str(report_id), version, at_most),
        )
        return cur.fetchall()[::-1]
