"""The way in: what every inbound protocol sends, durable in the events queue before it is answered."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from pydantic import PositiveInt

from functions.ingest import pinging
from functions.ingest.admission import SERVICE, gate
from functions.ingest.exchange import Accepted, Adapter, Answer, Refusal, Request
from functions.ingest.gateway import request_of, response_of
from functions.ingest.problems import problem
from functions.ingest.routes import find
from functions.ingest.sizing import TooLarge, fitted
from tocsin.contracts.events import EventsMessage
from tocsin.errors import MalformedKey, QueueUnavailable
from tocsin.platform import clock, logs, queues, secret_store, settings, tokens

RETRY_SECONDS: Final = 5
GROUP_LENGTH: Final = 32
PROBES: Final = "/v1/probes/"
REGIONS: Final = "/v1/regions/"
"""What begins with them comes from private probes and from regions, behind mutual TLS."""
SUBSCRIBERS: Final = "/s/"
"""What begins with it comes from subscribers of status pages, by forms and links."""


class Settings(settings.Settings):
    """`key_budget_per_minute` counts requests of one routing key."""

    events_queue_url: str
    mac_keys_secret_arn: str
    edge_bucket: str
    key_budget_per_minute: PositiveInt


@dataclass(slots=True)
class Entry:
    """The line that is logged for an invocation."""

    protocol: str = "none"
    outcome: str = "not_found"
    events: int = 0
    key_hint: str | None = None


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer one request of API Gateway's HTTP API (payload format 2.0)."""
    request = request_of(event)
    if request.path.startswith(PROBES):
        # what it brings takes a while to load, which no sender of events should wait for
        from functions.ingest import probes

        return probes.respond(event, request)
    if request.path.startswith(REGIONS):
        from functions.ingest import regions

        return regions.respond(event, request)
    if request.path.startswith(SUBSCRIBERS):
        from functions.ingest import subscribing

        return response_of(subscribing.respond(event, request))
    if (ping := pinging.find(request.path)) is not None:
        return response_of(pinging.respond(request, ping))
    entry = Entry()
    answer = _respond(request, entry)
    extra = {
        "request_id": str(request.request_id),
        "protocol": entry.protocol,
        "outcome": entry.outcome,
        "status": answer.status,
        "events": entry.events,
        "key_hint": entry.key_hint,
        "bytes": len(request.body),
    }
    logs.logger(SERVICE).info("request", extra=extra)
    logs.count(SERVICE, "EventsAccepted", entry.events)
    logs.count(SERVICE, "RequestsRefused", int(answer.status >= HTTPStatus.BAD_REQUEST))
    logs.flush(SERVICE)
    return response_of(answer)


def _respond(request: Request, entry: Entry) -> Answer:
    found = find(request.path)
    if found is None:
        return problem(HTTPStatus.NOT_FOUND, "not_found", "Nothing is listening at this path.")
    adapter, key_in_path = found
    entry.protocol = adapter.protocol
    try:
        return _admitted(adapter, request, key_in_path, entry)
    except Exception:  # noqa: BLE001 - the edge of the process: whatever it was, the sender is told to try again
        logs.logger(SERVICE).exception("request failed")
        return _refused(adapter, Refusal.UNAVAILABLE, RETRY_SECONDS, entry)


def _admitted(adapter: Adapter, request: Request, key_in_path: str | None, entry: Entry) -> Answer:
    """Check the key where there is one, then take in what was read."""
    reading = adapter.read(request, key_in_path)
    if reading.key is None:
        entry.outcome = "settled"
        return reading.answer
    config = settings.load(Settings)
    keys = secret_store.mac_keys(config.mac_keys_secret_arn)
    try:
        key = tokens.verify(tokens.Purpose.ROUTING, reading.key, keys)
    except MalformedKey:
        return _refused(adapter, Refusal.UNKNOWN_KEY, None, entry)
    entry.key_hint = tokens.hint(key)
    key_hash = tokens.digest(key).hex()
    turned = gate(config.edge_bucket, config.key_budget_per_minute).judge(key_hash, clock.now())
    if turned is not None:
        return _refused(adapter, turned.refusal, turned.retry_after, entry)
    if not isinstance(reading, Accepted) or not reading.events:
        entry.outcome = "settled"
        return reading.answer
    return _taken_in(adapter, request, reading, key_hash, entry)


def _taken_in(adapter: Adapter, request: Request, reading: Accepted, key_hash: str, entry: Entry) -> Answer:
    """Make the events durable; only then answer."""
    message = EventsMessage(
        request_id=request.request_id,
        received_at=request.received_at,
        protocol=adapter.protocol,
        key_hash=key_hash,
        events=list(reading.events),
    )
    try:
        body = fitted(message)
    except TooLarge:
        return _refused(adapter, Refusal.TOO_LARGE, None, entry)
    try:
        queues.send(
            settings.load(Settings).events_queue_url, [queues.Outgoing(body=body, group=key_hash[:GROUP_LENGTH])]
        )
    except QueueUnavailable as error:
        logs.logger(SERVICE).error("events queue not reached", extra={"reason": str(error)[:300]})
        return _refused(adapter, Refusal.UNAVAILABLE, RETRY_SECONDS, entry)
    entry.outcome, entry.events = "accepted", len(message.events)
    return reading.answer


def _refused(adapter: Adapter, refusal: Refusal, retry_after: int | None, entry: Entry) -> Answer:
    entry.outcome = refusal.value
    return adapter.refuse(refusal, retry_after)
