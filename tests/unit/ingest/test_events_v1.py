"""PagerDuty's Events API v1, as far as old tools use it."""

import json
from typing import Any

import pytest

from functions.ingest.adapters.events_v1 import EventsV1
from functions.ingest.exchange import Accepted, Refusal
from tests.unit.ingest.asked import KEY, accepted, answered, asked, travels

PATH = "/generic/2010-04-15/create_event.json"


def read(document: Any) -> Any:
    return EventsV1().read(asked(PATH, document), None)


def test_a_trigger_is_answered_with_its_incident_key() -> None:
    document = {
        "service_key": KEY,
        "event_type": "trigger",
        "incident_key": "srv01/HTTP",
        "description": "FAILURE for production/HTTP",
        "client": "Sample",
        "client_url": "https://monitoring.example.com",
        "details": {"ping time": "1500ms"},
    }
    reading = read(document)
    (event,) = travels(accepted(reading, 200)).events
    assert isinstance(reading, Accepted)
    assert reading.key == KEY
    assert json.loads(reading.answer.body) == {
        "status": "success",
        "message": "Event processed",
        "incident_key": "srv01/HTTP",
    }
    assert (event.action, event.dedup_key, event.summary) == ("trigger", "srv01/HTTP", document["description"])
    assert event.payload["details"] == {"ping time": "1500ms"}


def test_an_incident_key_is_made_for_a_trigger() -> None:
    (event,) = accepted(read({"service_key": KEY, "event_type": "trigger", "description": "x" * 2000}), 200)
    assert len(event.dedup_key or "") == 32
    assert len(event.summary or "") == 1024


@pytest.mark.parametrize(
    ("document", "error"),
    [
        ({"service_key": "x"}, "Service key is the wrong length (should be 32 characters)"),
        ({"event_type": "start"}, "Event type must be one of: trigger, acknowledge, resolve"),
        ({"description": " "}, "Description is missing or blank"),
        ({"event_type": "resolve"}, "Incident key is required to acknowledge or resolve"),
        ({"incident_key": 4}, "Incident key must be a string, not a number"),
        ({"incident_key": "x" * 256}, "Incident key is too long (maximum is 255 characters)"),
    ],
)
def test_each_broken_rule_is_named(document: dict[str, Any], error: str) -> None:
    answer = answered(read({"service_key": KEY, "event_type": "trigger", "description": "d", **document}), 400)
    assert answer["errors"] == [error]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"x" * 600_000])
def test_what_is_no_event_is_refused(body: bytes) -> None:
    assert answered(EventsV1().read(asked(PATH, body), None), 400)["status"] == "invalid event"


def test_refusals() -> None:
    adapter = EventsV1()
    assert adapter.refuse(Refusal.OVER_BUDGET, 3).status == 403
    assert adapter.refuse(Refusal.OVER_BUDGET, 3).headers["Retry-After"] == "3"
    assert adapter.refuse(Refusal.UNKNOWN_KEY, None).status == 400
    assert adapter.refuse(Refusal.UNAVAILABLE, 5).status == 503
    assert adapter.read(asked(PATH, b"", method="PUT"), None).answer.headers["Allow"] == "POST"
