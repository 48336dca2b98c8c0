"""One request = one message within the queue's size: details are shed before a page is lost."""

import json
from collections.abc import Iterator
from typing import Final

from functions.ingest.body import Json
from tocsin.contracts.events import EventsMessage, InboundEvent
from tocsin.platform.queues import MAX_BYTES

KEPT_TEXT: Final = 200
_WORTH_CUTTING: Final = 2 * KEPT_TEXT
_DROPPED: Final[dict[str, Json]] = {"truncated": True}


class TooLarge(Exception):
    """The message does not fit even without any detail."""


def fitted(message: EventsMessage, limit: int = MAX_BYTES) -> str:
    """The message as JSON of at most `limit` bytes.

    Where it does not fit, details of payloads are cut, the largest first, then whole payloads dropped; an event so
    cut says `truncated: true` in its payload. Raises TooLarge when that does not suffice.
    """
    body = message.to_json()
    if (excess := _size(body) - limit) <= 0:
        return body
    for shed in (_cut_details, _drop_payloads, _drop_every_payload):
        message = message.model_copy(update={"events": shed(message.events, excess)})
        body = message.to_json()
        if (excess := _size(body) - limit) <= 0:
            return body
    raise TooLarge


def _size(text: str) -> int:
    return len(text.encode())


def _json_size(value: Json) -> int:
    return _size(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _cut_details(events: list[InboundEvent], excess: int) -> list[InboundEvent]:
    """Cut single values, at most two levels down, until the excess is gone."""
    payloads = [_copy(event.payload) for event in events]
    places = [
        (_json_size(part[name]), i, part, name) for i, payload in enumerate(payloads) for part, name in _places(payload)
    ]
    places.sort(key=lambda place: -place[0])
    touched: set[int] = set()
    for size, i, part, name in places:
        if excess <= 0 or size <= _WORTH_CUTTING:
            break
        if i not in touched:
            touched.add(i)
            payloads[i]["truncated"] = True
            excess += len(',"truncated":true')
        part[name] = _shortened(part[name])
        excess -= size - _json_size(part[name])
    return [
        event.model_copy(update={"payload": payloads[i]}) if i in touched else event for i, event in enumerate(events)
    ]


def _copy(payload: dict[str, Json]) -> dict[str, Json]:
    return {name: dict(value) if isinstance(value, dict) else value for name, value in payload.items()}


def _places(payload: dict[str, Json]) -> Iterator[tuple[dict[str, Json], str]]:
    """Every value that may be cut: the entries of objects, and what is not an object."""
    for name, value in payload.items():
        if isinstance(value, dict):
            for inner in value:
                yield value, inner
        else:
            yield payload, name


def _shortened(value: Json) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text[:KEPT_TEXT] + "…"


def _drop_payloads(events: list[InboundEvent], excess: int) -> list[InboundEvent]:
    """Drop whole payloads, the largest first, until the excess is gone as far as one can reckon."""
    sizes = [_json_size(event.payload) for event in events]
    dropped: set[int] = set()
    for i in sorted(range(len(events)), key=lambda i: -sizes[i]):
        if excess <= 0:
            break
        dropped.add(i)
        excess -= sizes[i] - _json_size(_DROPPED)
    return [_bare(event) if i in dropped else event for i, event in enumerate(events)]


def _drop_every_payload(events: list[InboundEvent], _excess: int) -> list[InboundEvent]:
    return [_bare(event) for event in events]


def _bare(event: InboundEvent) -> InboundEvent:
    return event.model_copy(update={"payload": dict(_DROPPED)}) if event.payload else event
