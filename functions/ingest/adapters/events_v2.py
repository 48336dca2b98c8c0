"""PagerDuty's Events API v2, to the letter: POST /v2/enqueue and /v2/change/enqueue.

Wire format: PagerDuty/developer-docs `docs/events-API-v2`, PagerDuty/api-schema `reference/events-v2`. Error texts are
those that clients of the original report, its misspelling included.
"""

from collections.abc import Mapping
from typing import Any, Final
from uuid import uuid4

from functions.ingest.body import Json, Malformed, cut, kind, parse
from functions.ingest.exchange import (
    Accepted,
    Answer,
    Reading,
    Refusal,
    Request,
    Settled,
    json_answer,
    retry_headers,
)
from tocsin.contracts.events import InboundEvent
from tocsin.domain.dedup import EventAction
from tocsin.domain.incident import Severity
from tocsin.platform.ids import new_id
from tocsin.platform.tokens import KEY_LENGTH

BODY_BYTES: Final = 512 * 1024
SUMMARY_LENGTH: Final = 1024
DEDUP_KEY_LENGTH: Final = 255
SOURCE_LENGTH: Final = 1024

ACTIONS: Final = {
    "trigger": EventAction.TRIGGER,
    "acknowledge": EventAction.ACKNOWLEDGE,
    "resolve": EventAction.RESOLVE,
}
SEVERITIES: Final = {severity.value: severity for severity in Severity}

_PAYLOAD_FIELDS: Final = ("timestamp", "component", "group", "class", "custom_details")


class EventsV2:
    """Alert events."""

    protocol = "events_v2"

    def read(self, request: Request, key: str | None) -> Reading:
        """One event; the routing key is in the body (`key` is never set for these paths)."""
        del key
        document = _document(request)
        if isinstance(document, Answer):
            return Settled(document)
        errors = _key_errors(document)
        action = ACTIONS.get(_text(document, "event_action"))
        if action is None:
            errors.append(_missing_or(document, "event_action", "'trigger', 'acknowledge' or 'resolve'"))
        dedup_key = _text(document, "dedup_key")
        errors += _dedup_errors(document, dedup_key, action)
        payload, payload_errors = _payload(document)
        errors += payload_errors
        if action is EventAction.TRIGGER and not payload_errors:
            errors += _alert_errors(payload)
        if errors or action is None:
            return Settled(_invalid(errors))
        dedup_key = dedup_key or uuid4().hex
        event = InboundEvent(
            event_id=new_id(),
            index=0,
            action=action,
            dedup_key=dedup_key,
            summary=cut(_text(payload, "summary"), SUMMARY_LENGTH) or None,
            source=cut(_text(payload, "source"), SOURCE_LENGTH) or None,
            severity=SEVERITIES.get(_text(payload, "severity"), Severity.ERROR),
            payload=_kept(document, payload),
        )
        answer = {"status": "success", "message": "Event processed", "dedup_key": dedup_key}
        return Accepted(_text(document, "routing_key"), [event], json_answer(202, answer))

    def refuse(self, refusal: Refusal, retry_after: int | None) -> Answer:
        """Refusals in the words of the original."""
        return _refuse(refusal, retry_after)


class ChangeEventsV2:
    """Change events: stored, never paged for."""

    protocol = "events_v2"

    def read(self, request: Request, key: str | None) -> Reading:
        """One change event."""
        del key
        document = _document(request)
        if isinstance(document, Answer):
            return Settled(document)
        payload, payload_errors = _payload(document)
        errors = _key_errors(document) + (payload_errors or _summary_errors(payload))
        if errors:
            return Settled(_invalid(errors))
        event = InboundEvent(
            event_id=new_id(),
            index=0,
            action=EventAction.CHANGE,
            summary=_text(payload, "summary"),
            source=cut(_text(payload, "source"), SOURCE_LENGTH) or None,
            severity=Severity.INFO,
            payload=_kept(document, payload),
        )
        answer = {"status": "success", "message": "Change event processed"}
        return Accepted(_text(document, "routing_key"), [event], json_answer(202, answer))

    def refuse(self, refusal: Refusal, retry_after: int | None) -> Answer:
        """Refusals in the words of the original."""
        return _refuse(refusal, retry_after)


def _document(request: Request) -> dict[str, Json] | Answer:
    """The body as an object, or the answer that says why it is none. The original asks for no Content-Type."""
    if request.method != "POST":
        return _refuse(Refusal.WRONG_METHOD, None)
    if len(request.body) > BODY_BYTES:
        return _refuse(Refusal.TOO_LARGE, None)
    try:
        document = parse(request.body)
    except Malformed as error:
        return _unrecognized(["JSON parse error", str(error)])
    if not isinstance(document, dict):
        return _unrecognized([f"the event must be an object, not {kind(document)}"])
    return document


def _key_errors(document: dict[str, Json]) -> list[str]:
    if document.get("routing_key") in (None, ""):
        return ["'routing_key' cannot be blank"]
    if len(_text(document, "routing_key")) != KEY_LENGTH:
        return [f"Length of 'routing_key' is incorrect (should be {KEY_LENGTH} characters)"]
    return []


def _dedup_errors(document: dict[str, Json], dedup_key: str, action: EventAction | None) -> list[str]:
    value = document.get("dedup_key")
    if value is not None and not isinstance(value, str):
        return [f"'dedup_key' is invalid (must be a string, not {kind(value)})"]
    if len(dedup_key) > DEDUP_KEY_LENGTH:
        return [_too_long("dedup_key", DEDUP_KEY_LENGTH)]
    if not dedup_key and action in (EventAction.ACKNOWLEDGE, EventAction.RESOLVE):
        return ["'dedup_key' is missing or blank"]
    return []


def _payload(document: dict[str, Json]) -> tuple[dict[str, Json], list[str]]:
    value = document.get("payload")
    if value is None or isinstance(value, dict):
        return value or {}, []
    return {}, [f"'payload' is invalid (must be an object, not {kind(value)})"]


def _alert_errors(payload: dict[str, Json]) -> list[str]:
    errors = _summary_errors(payload)
    source = payload.get("source")
    if not isinstance(source, str) or not source.strip():
        errors.append(_missing_or(payload, "source", "a string", "payload."))
    if _text(payload, "severity") not in SEVERITIES:
        allowed = "one of the following: 'critical', 'warning', 'error' or 'info'"
        errors.append(_missing_or(payload, "severity", allowed, "payload."))
    return errors


def _summary_errors(payload: dict[str, Json]) -> list[str]:
    summary = payload.get("summary")
    if not isinstance(summary, str) or not summary.strip():
        return [_missing_or(payload, "summary", "a string", "payload.")]
    return [_too_long("summary", SUMMARY_LENGTH)] if len(summary) > SUMMARY_LENGTH else []


def _missing_or(where: dict[str, Json], field: str, allowed: str, prefix: str = "") -> str:
    value = where.get(field)
    if value is None or (isinstance(value, str) and not value.strip()):
        return f"'{prefix}{field}' is missing or blank"
    return f"'{prefix}{field}' is invalid (must be {allowed})"


def _too_long(field: str, length: int) -> str:
    return f"'{field}' is too long (maiximum is {length} characters)"


def _text(where: dict[str, Json], field: str) -> str:
    value = where.get(field)
    return value if isinstance(value, str) else ""


def _kept(document: dict[str, Json], payload: dict[str, Json]) -> dict[str, Any]:
    """What people may want to read of it. Details come as object, list or text, and optionals as null, in the wild."""
    kept: dict[str, Any] = {name: document.get(name) for name in ("client", "client_url")}
    kept |= {name: payload.get(name) for name in _PAYLOAD_FIELDS}
    kept["links"] = _entries(document, "links", "href", "text")
    kept["images"] = _entries(document, "images", "src", "href", "alt")
    return {name: value for name, value in kept.items() if value not in (None, "", [], {})}


def _entries(document: dict[str, Json], field: str, required: str, *optional: str) -> list[dict[str, str]]:
    """The links or images that lead somewhere: Alertmanager sends links with an empty href."""
    value = document.get(field)
    entries = [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
    return [
        {name: text for name in (required, *optional) if (text := _text(entry, name))}
        for entry in entries
        if _text(entry, required)
    ]


def _invalid(errors: list[str]) -> Answer:
    return _error(400, "invalid event", "Event object is invalid", errors)


def _unrecognized(errors: list[str]) -> Answer:
    return _error(400, "Unrecognized object", "Event object format is unrecognized", errors)


def _error(status: int, word: str, message: str, errors: list[str], headers: Mapping[str, str] | None = None) -> Answer:
    return json_answer(status, {"status": word, "message": message, "errors": errors}, headers)


def _refuse(refusal: Refusal, retry_after: int | None) -> Answer:
    match refusal:
        case Refusal.UNKNOWN_KEY | Refusal.REVOKED_KEY:
            return _invalid(["Invalid routing key"])
        case Refusal.TOO_LARGE:
            return _invalid(["Event size is too large (maximum is 512 KB)"])
        case Refusal.OVER_BUDGET:
            message = "Requests for this service are arriving too quickly.  Please retry later."
            return _error(429, "throttle exceeded", message, ["Enhance Your Calm."], retry_headers(retry_after))
        case Refusal.WRONG_METHOD:
            return _error(405, "invalid method", "Events are sent by POST.", [], {"Allow": "POST"})
        case Refusal.UNAVAILABLE:
            message = "The event was not accepted because it can't be made durable now. Please retry later."
            return _error(503, "unavailable", message, [], retry_headers(retry_after))
