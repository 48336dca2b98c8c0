"""What regions and private locations check, of all organizations."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class Checked:
    """A monitor that is checked, as a check needs it."""

    id: UUID
    org_id: UUID
    version: int
    interval_seconds: int
    timeout_seconds: float
    spec: dict[str, Any]
    sealed: str | None
    origin: str
    regions: list[str]


def monitors(tx: Tx, *, with_demo: bool) -> list[Checked]:
    """All that is checked, by id; what is paused, deleted or a heartbeat is not."""
    with tx.conn.cursor(row_factory=class_row(Checked)) as cur:
        cur.execute(
            """
            select id, org_id, version, interval_seconds, timeout_seconds, spec, sealed, origin, regions
            from app.check_monitors(%s)
            """,
            (with_demo,),
        )
        return cur.fetchall()


def locations(tx: Tx, *, with_demo: bool) -> list[UUID]:
    """Private locations, also those that are gone for less than a day."""
    return [row[0] for row in tx.conn.execute("select id from app.check_locations(%s)", (with_demo,)).fetchall()]
