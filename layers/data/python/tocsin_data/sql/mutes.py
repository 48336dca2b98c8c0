"""What mutes incidents, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class Muted:
    """What mutes an incident, whose labels decide what else does."""

    incident_id: UUID
    muted_by: str | None
    muted_until: datetime | None
    labels: dict[str, str]


def read(tx: Tx, incident_ids: Sequence[UUID]) -> list[Muted]:
    """Read what mutes incidents whose rows are held."""
    with tx.conn.cursor(row_factory=class_row(Muted)) as cur:
        cur.execute(
            """
            select id as incident_id, muted_by, muted_until, labels from incident
            where org_id = any(%s) and id = any(%s) order by id
            """,
            (list(tx.orgs), list(incident_ids)),
        )
        return cur.fetchall()


def look_again(tx: Tx, muted_by: str) -> int:
    """Have the sweep look at once at what is muted by this; answers how many incidents."""
    return tx.conn.execute(
        """
        update incident set muted_until = %s
        where org_id = any(%s) and id in (
            select id from incident where org_id = any(%s) and muted_by = %s and muted_until > %s order by id
            for no key update
        )
        """,
        (tx.now, list(tx.orgs), list(tx.orgs), muted_by, tx.now),
    ).rowcount
