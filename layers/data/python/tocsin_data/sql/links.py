"""Links from notifications, by the hash of their token; reached by a function of the database alone."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from tocsin_data.db import Connection


@dataclass(frozen=True, slots=True)
class Issued:
    """A link that was issued, what it stands for, until when, and the instant it was looked up."""

    org_id: UUID
    incident_id: UUID
    notification_id: UUID
    target: str
    expires_at: datetime | None
    now: datetime


def resolve(conn: Connection, token_hash: bytes) -> Issued | None:
    """Find a link, of whatever organization."""
    with conn.cursor(row_factory=class_row(Issued)) as cur:
        cur.execute(
            """
            select org_id, incident_id, notification_id, target, expires_at, app.clock() as now
            from app.resolve_link(%s)
            """,
            (token_hash,),
        )
        return cur.fetchone()
