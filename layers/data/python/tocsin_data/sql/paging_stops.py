"""An organization's stop of all paging: the one that is in force, and what it tells open incidents."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from tocsin.contracts.api_incidents import PagingStop
from tocsin.domain.live import ALL, Topic
from tocsin_data.db import Tx
from tocsin_data.sql import actor_names


def read(tx: Tx) -> PagingStop | None:
    """The stop that is in force in the organization, with a name for who stopped it."""
    with tx.conn.cursor(row_factory=class_row(PagingStop)) as cur:
        cur.execute(
            """
            select paging_stopped_until as ends_at, paging_stopped_at as started_at, paging_stopped_by as stopped_by,
                paging_stop_reason as reason
            from organization where id = %s and paging_stopped_until > %s
            """,
            (tx.org_id, tx.now),
        )
        stop = cur.fetchone()
    if stop is None:
        return None
    return stop.model_copy(update={"stopped_by_name": actor_names.names(tx, [stop.stopped_by]).get(stop.stopped_by)})


def write(tx: Tx, stop: PagingStop) -> None:
    """Begin a stop, or put another in its place; the organization's row is held."""
    tx.conn.execute(
        """
        update organization set paging_stopped_until = %s, paging_stopped_at = %s, paging_stopped_by = %s,
            paging_stop_reason = %s
        where id = %s
        """,
        (stop.ends_at, stop.started_at, stop.stopped_by, stop.reason, tx.org_id),
    )


def end(tx: Tx, at: datetime) -> None:
    """Let the stop end at an instant; the organization's row is held."""
    tx.conn.execute("update organization set paging_stopped_until = %s where id = %s", (at, tx.org_id))


def tell(tx: Tx, kind: str, actor: str, data: Mapping[str, object]) -> None:
    """Write a line into the timeline of every incident that is not resolved."""
    tx.note(tx.org_id, Topic.INCIDENTS, "incident", ALL)
    tx.conn.execute(
        """
        insert into timeline_entry (org_id, incident_id, at, kind, actor, data)
        select org_id, id, %s, %s, %s, %s from incident where org_id = %s and status <> 'resolved'
        """,
        (tx.now, kind, actor, Jsonb(dict(data)), tx.org_id),
    )


def waiting_pages(tx: Tx, at_most: int) -> list[UUID]:
    """Pages that are due and have been waiting, the oldest first."""
    rows = tx.conn.execute(
        """
        select id from notification where org_id = %s and state = 'queued' and due_at <= %s
        order by due_at, id limit %s
        """,
        (tx.org_id, tx.now, at_most),
    ).fetchall()
    return [row[0] for row in rows]
