"""What a batch of events works on: each event with the key it came by, the alerts they belong to, their incidents."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from uuid import UUID

from tocsin.contracts.events import EventsMessage, InboundEvent
from tocsin.domain.dedup import Position
from tocsin.domain.event_rule import Decision, Facts, Group, Line
from tocsin.domain.incident import Status
from tocsin.domain.labels import labels
from tocsin_data.db import Tx
from tocsin_data.sql import events
from tocsin_data.sql.judgements import AlertCount
from tocsin_data.sql.openings import NewAlert
from tocsin_data.sql.routing_keys import ResolvedKey

LATE_AFTER: Final = timedelta(hours=1)
"""A trigger older than this has come back from a dead-letter queue; its incident is marked late."""
type Lane = tuple[UUID, str]


@dataclass(frozen=True, slots=True)
class Item:
    """An event with the key and the request it came by; of a monitor, its id stands in the place of a key."""

    key: ResolvedKey
    message: EventsMessage
    event: InboundEvent
    monitor_id: UUID | None = None
    group: Group | None = None
    """The incident it joins, unless a rule groups it."""

    @classmethod
    def of_monitor(
        cls, ids: tuple[UUID, UUID, UUID], message: EventsMessage, event: InboundEvent, group: Group | None = None
    ) -> "Item":
        """What a monitor says; `ids` are its organization's, its service's and its own."""
        org_id, service_id, monitor_id = ids
        key = ResolvedKey(b"", monitor_id, org_id, monitor_id, service_id, None, None)
        return cls(key, message, event, monitor_id, group)

    @property
    def position(self) -> Position:
        """Where it stands in the order of its dedup key."""
        return Position(self.message.received_at, self.message.request_id, self.event.index)

    @property
    def lane(self) -> Lane:
        """What its order is kept by: service and dedup key."""
        return self.key.service_id, self.event.dedup_key or str(self.event.event_id)

    @property
    def actor(self) -> str:
        """Who it comes from, as timelines name it."""
        return f"monitor:{self.monitor_id}" if self.monitor_id else f"integration:{self.key.integration_id}"

    def is_late(self, tx: Tx) -> bool:
        """Whether it comes long after it was received."""
        return tx.now - self.message.received_at > LATE_AFTER

    def facts(self, names: tuple[str, str]) -> Facts:
        """What rules can know of it; `names` are those of its integration, or its monitor, and service."""
        event, key = self.event, self.key
        return Facts(
            summary=event.summary,
            source=event.source,
            severity=event.severity,
            dedup_key=self.lane[1],
            action=event.action,
            protocol=self.message.protocol,
            labels=labels(event.payload),
            service=(key.service_id, names[1]),
            integration=(key.integration_id, names[0]),
        )

    def stored(self, outcome: str, alert_id: UUID | None, trace: tuple[Line, ...] = ()) -> events.NewEvent:
        """The row it becomes."""
        event, key = self.event, self.key
        return events.NewEvent(
            id=event.event_id,
            org_id=key.org_id,
            service_id=key.service_id,
            integration_id=None if self.monitor_id else key.integration_id,
            routing_key_id=None if self.monitor_id else key.routing_key_id,
            alert_id=alert_id,
            request_id=self.message.request_id,
            index=event.index,
            received_at=self.message.received_at,
            action=event.action,
            dedup_key=event.dedup_key,
            summary=event.summary,
            outcome=outcome,
            payload={**event.payload, "protocol": self.message.protocol},
            trace=list(trace) or None,
            monitor_id=self.monitor_id,
        )


@dataclass(slots=True)
class Case:
    """An incident as this batch finds it or opens it: where it stood, where it stands, its alerts here."""

    org_id: UUID
    service_id: UUID
    incident_id: UUID
    found: Status
    status: Status
    decision: Decision | None = None
    opening: "Alert | None" = None
    alerts: list["Alert"] = field(default_factory=list["Alert"])
    actor: str = ""
    reopened: bool = False

    @property
    def is_starting(self) -> bool:
        """Whether its escalation is to begin, unless something mutes it."""
        return self.opening is not None or self.reopened

    @property
    def is_news(self) -> bool:
        """Whether it is something else than the batch found."""
        return self.is_starting or self.has_new_open_alert or self.status is not self.found

    @property
    def has_new_open_alert(self) -> bool:
        """Whether an alert that this batch has brought is open in the end."""
        return any(alert.opening is not None and not alert.resolved for alert in self.alerts)


@dataclass(slots=True)
class Alert:
    """An alert as this batch finds it or opens it, with the events it counts; `opening` is the event that opened it."""

    id: UUID
    case: Case
    opening: Item | None = None
    events: list[Item] = field(default_factory=list[Item])
    resolved: bool = False

    def count(self) -> AlertCount:
        """What its events add to it."""
        expiries = [i.event.expires_at for i in self.events if i.event.expires_at is not None]
        last = max(i.message.received_at for i in self.events)
        return AlertCount(self.id, len(self.events), last, max(expiries, default=None))

    def new(self, opening: Item) -> NewAlert:
        """The row it becomes."""
        counted = self.count()
        return NewAlert(
            alert_id=self.id,
            org_id=opening.key.org_id,
            alert_service_id=opening.key.service_id,
            incident_id=self.case.incident_id,
            alert_open=not self.resolved,
            dedup_key=opening.lane[1],
            summary=opening.event.summary or "(no summary)",
            source=opening.event.source,
            alert_severity=opening.event.severity,
            first_event_at=opening.message.received_at,
            last_event_at=counted.last_event_at,
            event_count=counted.events,
            expires_at=counted.expires_at,
        )
