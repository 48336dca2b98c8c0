"""A service's events and what became of each."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_incidents import Event
from tocsin.errors import NotFound
from tocsin_data.db import Database
from tocsin_data.sql import catalog


def page(
    db: Database, org_id: UUID, service_id: UUID, *, before: tuple[datetime, UUID] | None, limit: int
) -> Sequence[Event]:
    """Events, newest first, from before a (received_at, id); raises NotFound."""
    received_at, event_id = before or (None, None)
    with db.one(org_id) as tx:
        if catalog.read(tx, service_id) is None:
            raise NotFound(f"There is no service {service_id} in this organization.")
        with tx.conn.cursor(row_factory=class_row(Event)) as cur:
            cur.execute(
                """
                select e.id, e.integration_id, e.routing_key_id, e.alert_id, a.incident_id, e.received_at, e.action,
                    e.dedup_key, e.summary, e.outcome
                from event e
                left join alert a on a.org_id = e.org_id and a.id = e.alert_id
                where e.org_id = %(org)s and e.service_id = %(service)s
                    and (
                        %(at)s::timestamptz is null
                        or (e.received_at, e.id) < (%(at)s::timestamptz, %(id)s::uuid)
                    )
                order by e.received_at desc, e.id desc limit %(limit)s
                """,
                {"org": org_id, "service": service_id, "at": received_at, "id": event_id, "limit": limit},
            )
            return cur.fetchall()
