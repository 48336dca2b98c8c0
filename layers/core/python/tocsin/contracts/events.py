"""ingest → process: one inbound request as a list of normalised events."""

from typing import Any
from uuid import UUID

from pydantic import Field

from tocsin.contracts.message import Instant, Message
from tocsin.domain.dedup import EventAction
from tocsin.domain.incident import Severity


class InboundEvent(Message):
    """One event, whatever protocol it came by. `payload` keeps what people may want to read of it."""

    event_id: UUID
    index: int = Field(ge=0)
    action: EventAction
    dedup_key: str | None = Field(default=None, min_length=1, max_length=255)
    summary: str | None = Field(default=None, max_length=1024)
    source: str | None = None
    severity: Severity = Severity.ERROR
    expires_at: Instant | None = None
    payload: dict[str, Any] = Field(default_factory=dict)


class EventsMessage(Message):
    """One request = one message. `key_hash` is the hex SHA-256 of the routing key."""

    request_id: UUID
    received_at: Instant
    protocol: str
    key_hash: str = Field(pattern=r"^[0-9a-f]{64}$")
    events: list[InboundEvent] = Field(min_length=1)
