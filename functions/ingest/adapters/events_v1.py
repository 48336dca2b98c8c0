"""PagerDuty's Events API v1, still sent by old tools: POST /generic/2010-04-15/create_event.json."""

from typing import Final
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
from tocsin.platform.ids import new_id
from tocsin.platform.tokens import KEY_LENGTH

BODY_BYTES: Final = 512 * 1024
DESCRIPTION_LENGTH: Final = 1024
INCIDENT_KEY_LENGTH: Final = 255

ACTIONS: Final = {
    "trigger": EventAction.TRIGGER,
    "acknowledge": EventAction.ACKNOWLEDGE,
    "resolve": EventAction.RESOLVE,
}

_STATUSES: Final[dict[Refusal, tuple[int, str, str]]] = {
    Refusal.WRONG_METHOD: (405, "invalid method", "Events are sent by POST."),
    # v1 says 403 where v2 says 429
    Refusal.OVER_BUDGET: (403, "throttle exceeded", "Requests for this service are arriving too quickly."),
    Refusal.UNAVAILABLE: (503, "unavailable", "The event can't be made durable now. Please retry later."),
}


class EventsV1:
    """Events with a `service_key`."""

    protocol = "events_v1"

    def read(self, request: Request, key: str | None) -> Reading:
        """One event; the key is in the body (`key` is never set for this path)."""
        del key
        if request.method != "POST":
            return Settled(self.refuse(Refusal.WRONG_METHOD, None))
        if len(request.body) > BODY_BYTES:
            return Settled(self.refuse(Refusal.TOO_LARGE, None))
        try:
            document = parse(request.body)
        except Malformed as error:
            return Settled(_invalid([f"JSON parse error: {error}"]))
        if not isinstance(document, dict):
            return Settled(_invalid([f"the event must be an object, not {kind(document)}"]))
        action = ACTIONS.get(_text(document, "event_type"))
        errors = _errors(document, action)
        if errors or action is None:
            return Settled(_invalid(errors))
        incident_key = _text(document, "incident_key") or uuid4().hex
        event = InboundEvent(
            event_id=new_id(),
            index=0,
            action=action,
            dedup_key=incident_key,
            summary=cut(_text(document, "description"), DESCRIPTION_LENGTH) or None,
            source=cut(_text(document, "client"), DESCRIPTION_LENGTH) or None,
            payload={
                name: value
                for name in ("details", "client", "client_url", "contexts")
                if (value := document.get(name)) not in (None, "", [], {})
            },
        )
        answer = {"status": "success", "message": "Event processed", "incident_key": incident_key}
        return Accepted(_text(document, "service_key"), [event], json_answer(200, answer))

    def refuse(self, refusal: Refusal, retry_after: int | None) -> Answer:
        """Refusals in the words of the original."""
        if refusal in (Refusal.UNKNOWN_KEY, Refusal.REVOKED_KEY):
            return _invalid(["Service key is invalid"])
        if refusal is Refusal.TOO_LARGE:
            return _invalid(["Event size is too large (maximum is 512 KB)"])
        status, word, message = _STATUSES[refusal]
        headers = {"Allow": "POST"} if refusal is Refusal.WRONG_METHOD else retry_headers(retry_after)
        return json_answer(status, {"status": word, "message": message, "errors": []}, headers)


def _errors(document: dict[str, Json], action: EventAction | None) -> list[str]:
    errors: list[str] = []
    if len(_text(document, "service_key")) != KEY_LENGTH:
        errors.append(f"Service key is the wrong length (should be {KEY_LENGTH} characters)")
    if action is None:
        errors.append("Event type must be one of: trigger, acknowledge, resolve")
    incident_key = document.get("incident_key")
    if incident_key is not None and not isinstance(incident_key, str):
        errors.append(f"Incident key must be a string, not {kind(incident_key)}")
    elif len(incident_key or "") > INCIDENT_KEY_LENGTH:
        errors.append(f"Incident key is too long (maximum is {INCIDENT_KEY_LENGTH} characters)")
    elif not incident_key and action in (EventAction.ACKNOWLEDGE, EventAction.RESOLVE):
        errors.append("Incident key is required to acknowledge or resolve")
    if action is EventAction.TRIGGER and not _text(document, "description").strip():
        errors.append("Description is missing or blank")
    return errors


def _text(document: dict[str, Json], field: str) -> str:
    value = document.get(field)
    return value if isinstance(value, str) else ""


def _invalid(errors: list[str]) -> Answer:
    return json_answer(400, {"status": "invalid event", "message": "Event object is invalid", "errors": errors})
