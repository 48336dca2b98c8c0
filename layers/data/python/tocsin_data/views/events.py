"""A service's events, what became of each, and why."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_event_rules import TracedEvent
from tocsin.contracts.api_incidents import Event
from tocsin.domain.dedup import Outcome
from tocsin.domain.labels import labels
from tocsin.errors import NotFound
from tocsin_data.db import Database
from tocsin_data.sql import catalog

REASONS: Final[dict[str, str]] = {
    Outcome.OPENED: "no alert with this dedup key was open, so it opened one",
    Outcome.COUNTED: "an alert with this dedup key was open; rules are asked only about what opens one",
    Outcome.REOPENED_NOTHING: "it was sent before the alert was resolved, so it opened nothing",
    Outcome.ACKNOWLEDGED: "it acknowledged the incident of the open alert",
    Outcome.RESOLVED: "it resolved the open alert",
    Outcome.ALREADY: "the incident had been acknowledged before",
    Outcome.STALE: "it was sent before the last trigger, so it changed nothing",
    Outcome.NO_OPEN_ALERT: "no alert with this dedup key was open",
    Outcome.STORED: "change events are kept, and page nobody",
    Outcome.REFUSED: "its routing key had been revoked or had expired when it came",
}
"""What each outcome means, as a trace says it."""


def get(db: Database, org_id: UUID, event_id: UUID) -> TracedEvent:
    """Read one event with each decision about it; raises NotFound."""
    with db.one(org_id) as tx:
        row = tx.conn.execute(
            """
            select to_jsonb(e) || jsonb_build_object(
                'incident_id', a.incident_id, 'severity', a.severity, 'source', a.source
            )
            from event e
            left join alert a on a.org_id = e.org_id and a.id = e.alert_id
            where e.org_id = %s and e.id = %s
            """,
            (org_id, event_id),
        ).fetchone()
    if row is None:
        raise NotFound(f"There is no event {event_id} in this organization.")
    found: dict[str, Any] = row[0]
    outcome = {"decision": "outcome", "outcome": found["outcome"], "reason": REASONS[found["outcome"]]}
    return TracedEvent.model_validate(
        {**found, "labels": labels(found["payload"]), "trace": [outcome, *(found["trace"] or [])]}
    )


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
                select e.id, e.integration_id, e.routing_key_id, e.monitor_id, e.alert_id, a.incident_id,
                    e.received_at, e.action, e.dedup_key, e.summary, e.outcome
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
