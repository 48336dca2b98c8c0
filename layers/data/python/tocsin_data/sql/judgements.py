"""What a batch of judged events leaves behind: their rows, where their dedup keys stand, what their alerts count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self
from uuid import UUID

from tocsin.domain.dedup import KeyState
from tocsin_data.db import Tx
from tocsin_data.sql.dedup_keys import DedupKey
from tocsin_data.sql.events import NewEvent
from tocsin_data.sql.recordset import recordset


@dataclass(frozen=True, slots=True)
class Advance:
    """What a dedup key's row becomes."""

    service_id: UUID
    dedup_key: str
    open_alert_id: UUID | None
    last_alert_id: UUID | None
    triggered_at: datetime | None
    triggered_request_id: UUID | None
    triggered_index: int | None
    resolved_at: datetime | None
    resolved_request_id: UUID | None
    resolved_index: int | None

    @classmethod
    def to(cls, row: DedupKey, open_alert_id: UUID | None, last_alert_id: UUID | None, state: KeyState) -> Self:
        """From where a row stands to what the last of its events leaves behind."""
        triggered, resolved = state.triggered_through, state.resolved_through
        return cls(
            row.service_id,
            row.dedup_key,
            open_alert_id,
            last_alert_id,
            triggered_at=triggered and triggered.received_at,
            triggered_request_id=triggered and triggered.request_id,
            triggered_index=None if triggered is None else triggered.index,
            resolved_at=resolved and resolved.received_at,
            resolved_request_id=resolved and resolved.request_id,
            resolved_index=None if resolved is None else resolved.index,
        )


@dataclass(frozen=True, slots=True)
class AlertCount:
    """Events to add to an alert; `expires_at` moves its expiry when given."""

    alert_id: UUID
    events: int
    last_event_at: datetime
    expires_at: datetime | None


WRITE: Final = """
with advanced as (
    update dedup_key k set
        open_alert_id = t.open_alert_id, last_alert_id = coalesce(t.last_alert_id, k.last_alert_id),
        triggered_at = t.triggered_at,
        triggered_request_id = t.triggered_request_id, triggered_index = t.triggered_index,
        resolved_at = t.resolved_at, resolved_request_id = t.resolved_request_id, resolved_index = t.resolved_index
    from json_to_recordset(%(advances)s) as t (
        service_id uuid, dedup_key text, open_alert_id uuid, last_alert_id uuid,
        triggered_at timestamptz, triggered_request_id uuid, triggered_index integer,
        resolved_at timestamptz, resolved_request_id uuid, resolved_index integer
    )
    where k.org_id = any(%(orgs)s) and k.service_id = t.service_id and k.dedup_key = t.dedup_key
),
counted as (
    update alert a set
        event_count = a.event_count + t.events,
        last_event_at = greatest(a.last_event_at, t.last_event_at),
        expires_at = coalesce(t.expires_at, a.expires_at)
    from json_to_recordset(%(counts)s)
        as t (alert_id uuid, events bigint, last_event_at timestamptz, expires_at timestamptz)
    where a.org_id = any(%(orgs)s) and a.id = t.alert_id
)
insert into event (
    id, org_id, service_id, integration_id, routing_key_id, alert_id, request_id, index, received_at,
    action, dedup_key, summary, outcome, payload, trace, monitor_id
)
select * from json_to_recordset(%(events)s) as t (
    id uuid, org_id uuid, service_id uuid, integration_id uuid, routing_key_id uuid, alert_id uuid, request_id uuid,
    index integer, received_at timestamptz, action text, dedup_key text, summary text, outcome text, payload jsonb,
    trace jsonb, monitor_id uuid
)
on conflict on constraint event_pkey do nothing
"""


def write(tx: Tx, events: Sequence[NewEvent], advances: Sequence[Advance], counts: Sequence[AlertCount]) -> None:
    """Write everything, events in one order everywhere; the keys' rows and the alerts' incidents are held."""
    ordered = sorted(events, key=lambda e: e.id)
    tx.conn.execute(
        WRITE,
        {
            "orgs": list(tx.orgs),
            "events": recordset(ordered),
            "advances": recordset(advances),
            "counts": recordset(counts),
        },
    )
