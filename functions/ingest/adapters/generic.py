"""Generic JSON, our own: POST /v1/events/{key}, one event or a list (manual: docs/integrations/generic-json.md)."""

from http import HTTPStatus
from typing import Final
from uuid import uuid4

from functions.ingest.adapters.alerts import SEVERITIES
from functions.ingest.body import Json, Malformed, cut, kind, parse
from functions.ingest.credentials import key_of
from functions.ingest.exchange import MOST_PROBLEMS, Accepted, Answer, Reading, Refusal, Request, Settled, json_answer
from functions.ingest.problems import malformed, problem, refused
from tocsin.contracts.events import InboundEvent
from tocsin.domain.dedup import EventAction
from tocsin.domain.incident import Severity
from tocsin.errors import FieldProblem
from tocsin.platform.ids import new_id

EVENTS: Final = 1000
SUMMARY_LENGTH: Final = 1024
DEDUP_KEY_LENGTH: Final = 255
SOURCE_LENGTH: Final = 1024

# In the order in which they are looked for; what is not taken is kept among the details.
SUMMARY_FIELDS: Final = ("summary", "title", "message")
ACTION_FIELDS: Final = ("action", "status")
DEDUP_FIELDS: Final = ("dedup_key", "id", "alias")
SEVERITY_FIELDS: Final = ("severity", "priority")
SOURCE_FIELDS: Final = ("source", "host")

ACTIONS: Final[dict[str, EventAction]] = {
    **dict.fromkeys(
        ("trigger", "triggered", "firing", "alerting", "alarm", "problem", "open", "down"), EventAction.TRIGGER
    ),
    **dict.fromkeys(("acknowledge", "acknowledged", "ack"), EventAction.ACKNOWLEDGE),
    **dict.fromkeys(
        ("resolve", "resolved", "ok", "recovery", "recovered", "close", "closed", "up"), EventAction.RESOLVE
    ),
}


class Generic:
    """Whatever can send JSON."""

    protocol = "generic"

    def read(self, request: Request, key: str | None) -> Reading:
        """One event or a list; all of them are accepted, or none with every reason."""
        if request.method != "POST":
            return Settled(refused(Refusal.WRONG_METHOD, None))
        routing_key = key_of(request, key)
        try:
            document = parse(request.body)
        except Malformed as error:
            return Settled(malformed(request.media_type, str(error)), routing_key)
        items = document if isinstance(document, list) else [document]
        if not 0 < len(items) <= EVENTS:
            wrong = FieldProblem("", f"must be an event or a list of 1 to {EVENTS} events, not of {len(items)}")
            return Settled(_invalid([wrong]), routing_key)
        events: list[InboundEvent] = []
        problems: list[FieldProblem] = []
        for index, item in enumerate(items):
            event = _Event(f"[{index}]" if isinstance(document, list) else "")
            events += event.read(item, index)
            problems += event.problems
        if problems:
            return Settled(_invalid(problems), routing_key)
        answer = {
            "status": "accepted",
            "request_id": str(request.request_id),
            "events": [{"action": event.action, "dedup_key": event.dedup_key} for event in events],
        }
        return Accepted(routing_key, events, json_answer(202, answer))

    def refuse(self, refusal: Refusal, retry_after: int | None) -> Answer:
        """Refusals as problem documents."""
        return refused(refusal, retry_after)


def _invalid(problems: list[FieldProblem]) -> Answer:
    detail = "Nothing was accepted."
    if len(problems) > MOST_PROBLEMS:
        detail += f" The first {MOST_PROBLEMS} of {len(problems)} problems are listed."
    return problem(HTTPStatus.BAD_REQUEST, "invalid", detail, problems[:MOST_PROBLEMS])


class _Event:
    """Reads one event, collecting what is wrong with it."""

    def __init__(self, where: str) -> None:
        self.problems: list[FieldProblem] = []
        self._where = where
        self._rest: dict[str, Json] = {}

    def read(self, item: Json, index: int) -> list[InboundEvent]:
        """The event, or none when there are problems."""
        if not isinstance(item, dict):
            self._wrong("", f"must be an object, not {kind(item)}")
            return []
        self._rest = dict(item)
        action = self._word(ACTION_FIELDS, ACTIONS, EventAction.TRIGGER)
        severity = self._word(SEVERITY_FIELDS, SEVERITIES, Severity.ERROR)
        summary = self._summary(action)
        dedup_key = self._dedup_key(action)
        source = self._text(SOURCE_FIELDS)
        links = self._links()
        if self.problems:
            return []
        payload = {"links": links, "details": self._details()}
        return [
            InboundEvent(
                event_id=new_id(),
                index=index,
                action=action,
                dedup_key=dedup_key,
                summary=summary,
                source=cut(source, SOURCE_LENGTH) or None,
                severity=severity,
                payload={name: value for name, value in payload.items() if value},
            )
        ]

    def _wrong(self, field: str, reason: str) -> None:
        self.problems.append(FieldProblem(".".join(part for part in (self._where, field) if part), reason))

    def _take(self, fields: tuple[str, ...]) -> tuple[str, Json]:
        """The first of the fields that says something; null and blank say nothing."""
        for field in fields:
            value = self._rest.get(field)
            if value is not None and not (isinstance(value, str) and not value.strip()):
                del self._rest[field]
                return field, value
        return fields[0], None

    def _text(self, fields: tuple[str, ...]) -> str:
        field, value = self._take(fields)
        if value is None:
            return ""
        if not isinstance(value, str):
            self._wrong(field, f"must be a string, not {kind(value)}")
            return ""
        return value.strip()

    def _word[T](self, fields: tuple[str, ...], words: dict[str, T], default: T) -> T:
        field, value = self._take(fields)
        if value is None:
            return default
        found = words.get(value.strip().lower()) if isinstance(value, str) else None
        if found is None:
            given = f'"{cut(value, 50)}"' if isinstance(value, str) else kind(value)
            self._wrong(field, f"must be one of {', '.join(words)}, not {given}")
            return default
        return found

    def _summary(self, action: EventAction) -> str | None:
        summary = self._text(SUMMARY_FIELDS)
        if not summary and action is EventAction.TRIGGER and not self.problems:
            self._wrong("summary", "is required to trigger: a string that says what is wrong")
        if len(summary) > SUMMARY_LENGTH:
            self._rest["full_summary"] = summary
        return cut(summary, SUMMARY_LENGTH) or None

    def _dedup_key(self, action: EventAction) -> str:
        field, value = self._take(DEDUP_FIELDS)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is None:
            if action is not EventAction.TRIGGER:
                self._wrong(field, f"is required to {action}: the key that its trigger was sent with or answered")
            return uuid4().hex
        if not isinstance(value, str):
            self._wrong(field, f"must be a string or an integer, not {kind(value)}")
            return ""
        if len(value) > DEDUP_KEY_LENGTH:
            self._wrong(field, f"must have at most {DEDUP_KEY_LENGTH} characters, not {len(value)}")
        return value

    def _links(self) -> list[Json]:
        value = self._rest.pop("links", None)
        if value is None:
            return []
        if not isinstance(value, list):
            self._wrong("links", f"must be a list, not {kind(value)}")
            return []
        return [link for position, entry in enumerate(value) if (link := self._link(entry, position))]

    def _link(self, entry: Json, position: int) -> dict[str, Json] | None:
        if isinstance(entry, str):
            entry = {"href": entry}
        href = (entry.get("href") or entry.get("url")) if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not isinstance(href, str):
            self._wrong(f"links[{position}]", "must be a URL or an object with href (a URL) and text")
            return None
        text = entry.get("text")
        return {"href": href, "text": text} if isinstance(text, str) and text else {"href": href}

    def _details(self) -> Json:
        """Everything that was not understood otherwise, with the sender's own details in it."""
        given = self._rest.pop("details", None)
        if isinstance(given, dict):
            return {**self._rest, **given}
        return {**self._rest, "details": given} if given is not None else dict(self._rest)
