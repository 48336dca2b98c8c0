"""Requests for the adapters' tests, and what must hold of every answer and every accepted event."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from functions.ingest.exchange import Accepted, Answer, Reading, Request
from tocsin.contracts.events import EventsMessage, InboundEvent

NOW = datetime(2026, 11, 21, 5, 26, 31, 415000, tzinfo=UTC)
KEY = "A" * 32


def asked(
    path: str, body: object, *, method: str = "POST", headers: Mapping[str, str] | None = None, now: datetime = NOW
) -> Request:
    """A request; what is not bytes is sent as JSON."""
    return Request(
        request_id=uuid4(),
        received_at=now,
        method=method,
        path=path,
        headers={"content-type": "application/json"} if headers is None else headers,
        body=body if isinstance(body, bytes) else json.dumps(body).encode(),
    )


def accepted(reading: Reading, status: int) -> list[InboundEvent]:
    """The events of a reading that was accepted with this status."""
    assert isinstance(reading, Accepted)
    assert reading.answer.status == status
    return list(reading.events)


def answered(reading: Reading, status: int) -> Any:
    """The JSON of a reading's answer, which has this status and takes nothing in."""
    assert not (isinstance(reading, Accepted) and reading.events)
    assert reading.answer.status == status
    return json.loads(reading.answer.body)


def travels(events: list[InboundEvent], protocol: str = "any") -> EventsMessage:
    """Send events as the handler does and read them as process does; they must be storable."""
    sent = EventsMessage(request_id=uuid4(), received_at=NOW, protocol=protocol, key_hash="0" * 64, events=events)
    text = sent.to_json()
    text.encode("utf-8")
    read = EventsMessage.model_validate_json(text)
    for value in strings(json.loads(text)):
        assert "\x00" not in value
        assert not any(0xD800 <= ord(character) <= 0xDFFF for character in value)
    json.dumps(json.loads(text), allow_nan=False)
    return read


def strings(value: Any) -> Iterator[str]:
    """Every string in a JSON value, names included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from strings(item)


def well_formed(answer: Answer) -> None:
    """An answer that any client can read: never a 5xx, and JSON where there is a body."""
    assert 200 <= answer.status < 500
    if answer.body:
        assert answer.content_type in ("application/json", "application/problem+json")
        json.loads(answer.body)
