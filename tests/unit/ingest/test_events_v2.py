"""PagerDuty's Events API v2: what the documents say, what the original answers, what the wild sends."""

import json
from typing import Any

import pytest

from functions.ingest.adapters.events_v2 import ChangeEventsV2, EventsV2
from functions.ingest.exchange import Accepted, Refusal
from tests.unit.ingest.asked import KEY, accepted, answered, asked, travels
from tocsin.contracts.events import InboundEvent
from tocsin.domain.dedup import EventAction
from tocsin.domain.incident import Severity

ENQUEUE = "/v2/enqueue"
CHANGE = "/v2/change/enqueue"


def trigger(**changes: Any) -> dict[str, Any]:
    payload = {"summary": "disk full", "source": "db-1", "severity": "critical"}
    return {"routing_key": KEY, "event_action": "trigger", "payload": payload, **changes}


def with_payload(**changes: Any) -> dict[str, Any]:
    document = trigger()
    document["payload"] |= changes
    return document


def read(document: Any) -> Any:
    return EventsV2().read(asked(ENQUEUE, document), None)


def one(document: Any) -> InboundEvent:
    (event,) = travels(accepted(read(document), 202)).events
    return event


def errors(document: Any) -> list[str]:
    answer = answered(read(document), 400)
    assert answer["status"] == "invalid event"
    assert answer["message"] == "Event object is invalid"
    return answer["errors"]


def test_the_example_of_the_documentation() -> None:
    document = {
        "payload": {
            "summary": "DISK at 99% on machine prod-datapipe03.example.com",
            "timestamp": "2015-07-17T08:42:58.315+0000",
            "severity": "critical",
            "source": "prod-datapipe03.example.com",
            "component": "mysql",
            "group": "prod-datapipe",
            "class": "disk",
            "custom_details": {"free space": "1%", "ping time": "1500ms", "load avg": 0.75},
        },
        "routing_key": KEY,
        "dedup_key": "srv01/mysql",
        "event_action": "trigger",
        "client": "Sample Monitoring Service",
        "client_url": "https://monitoring.example.com",
        "links": [{"href": "http://example.com", "text": "An example link."}],
        "images": [{"src": "https://example.com/a.png", "href": "https://example.com", "alt": "An image"}],
    }
    reading = read(document)
    assert isinstance(reading, Accepted)
    assert reading.key == KEY
    assert reading.answer.status == 202
    assert json.loads(reading.answer.body) == {
        "status": "success",
        "message": "Event processed",
        "dedup_key": "srv01/mysql",
    }
    event = one(document)
    assert event.action is EventAction.TRIGGER
    assert event.dedup_key == "srv01/mysql"
    assert event.summary == document["payload"]["summary"]
    assert event.source == "prod-datapipe03.example.com"
    assert event.severity is Severity.CRITICAL
    assert event.payload == {
        "timestamp": "2015-07-17T08:42:58.315+0000",
        "component": "mysql",
        "group": "prod-datapipe",
        "class": "disk",
        "custom_details": {"free space": "1%", "ping time": "1500ms", "load avg": 0.75},
        "client": "Sample Monitoring Service",
        "client_url": "https://monitoring.example.com",
        "links": document["links"],
        "images": document["images"],
    }


@pytest.mark.parametrize("action", ["acknowledge", "resolve"])
def test_acknowledge_and_resolve_need_no_payload(action: str) -> None:
    event = one({"routing_key": KEY, "event_action": action, "dedup_key": "d"})
    assert event.action == action
    assert event.dedup_key == "d"
    assert errors({"routing_key": KEY, "event_action": action}) == ["'dedup_key' is missing or blank"]
    assert errors({"routing_key": KEY, "event_action": action, "dedup_key": ""}) == ["'dedup_key' is missing or blank"]


@pytest.mark.parametrize("absent", [{}, {"dedup_key": None}, {"dedup_key": ""}])
def test_a_dedup_key_is_made_for_a_trigger_and_answered(absent: dict[str, Any]) -> None:
    reading = read(trigger(**absent))
    (event,) = accepted(reading, 202)
    assert isinstance(reading, Accepted)
    assert json.loads(reading.answer.body)["dedup_key"] == event.dedup_key
    assert len(event.dedup_key or "") == 32
    assert one(trigger(**absent)).dedup_key != event.dedup_key


def test_a_keyless_empty_event_is_told_what_is_missing() -> None:
    assert errors({}) == ["'routing_key' cannot be blank", "'event_action' is missing or blank"]


@pytest.mark.parametrize(
    ("document", "error"),
    [
        (trigger(routing_key="short"), "Length of 'routing_key' is incorrect (should be 32 characters)"),
        (trigger(routing_key=["x"]), "Length of 'routing_key' is incorrect (should be 32 characters)"),
        (trigger(routing_key=None), "'routing_key' cannot be blank"),
        (
            trigger(event_action="Trigger"),
            "'event_action' is invalid (must be 'trigger', 'acknowledge' or 'resolve')",
        ),
        (trigger(dedup_key="d" * 256), "'dedup_key' is too long (maiximum is 255 characters)"),
        (trigger(dedup_key=7), "'dedup_key' is invalid (must be a string, not a number)"),
        (trigger(payload="disk full"), "'payload' is invalid (must be an object, not a string)"),
        (with_payload(summary="s" * 1025), "'summary' is too long (maiximum is 1024 characters)"),
        (with_payload(summary=" "), "'payload.summary' is missing or blank"),
        (with_payload(summary=["s"]), "'payload.summary' is invalid (must be a string)"),
        (with_payload(source=None), "'payload.source' is missing or blank"),
        (with_payload(source=4), "'payload.source' is invalid (must be a string)"),
        (with_payload(severity=None), "'payload.severity' is missing or blank"),
        (
            with_payload(severity="fatal"),
            "'payload.severity' is invalid (must be one of the following: 'critical', 'warning', 'error' or 'info')",
        ),
    ],
)
def test_each_broken_rule_is_named(document: dict[str, Any], error: str) -> None:
    assert errors(document) == [error]


def test_a_trigger_without_payload_is_told_all_three_fields() -> None:
    for absent in ({"payload": None}, {"payload": {}}):
        assert errors(trigger(**absent)) == [
            "'payload.summary' is missing or blank",
            "'payload.source' is missing or blank",
            "'payload.severity' is missing or blank",
        ]


def test_limits_count_characters_not_bytes() -> None:
    event = one(with_payload(summary="é" * 1024) | {"dedup_key": "ü" * 255})
    assert event.summary == "é" * 1024
    assert event.dedup_key == "ü" * 255


def test_what_has_no_documented_limit_is_cut() -> None:
    event = one(with_payload(source="h" * 5000))
    assert event.source == "h" * 1023 + "…"
    resolve = with_payload(summary="s" * 5000) | {"event_action": "resolve", "dedup_key": "d"}
    assert one(resolve).summary == "s" * 1023 + "…"


@pytest.mark.parametrize("details", [{"a": [1, None]}, "text", ["a", {"b": 1}], 0])
def test_custom_details_of_any_kind_are_kept(details: Any) -> None:
    assert one(with_payload(custom_details=details)).payload["custom_details"] == details


def test_optionals_may_be_null_and_links_lead_nowhere() -> None:
    document = trigger(
        client=None,
        client_url=None,
        links=[{"href": "", "text": "Alertmanager"}, {"href": None}, "x", {"href": "https://a", "text": None}],
        images=None,
        dedup_key=None,
    )
    document["payload"] |= dict.fromkeys(("timestamp", "component", "group", "class", "custom_details"))
    assert one(document).payload == {"links": [{"href": "https://a"}]}


def test_a_timestamp_is_only_text() -> None:
    for timestamp in ("0000-00-00", "99999999-01-01T00:00:00Z", "yesterday"):
        assert one(with_payload(timestamp=timestamp)).payload["timestamp"] == timestamp


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "the body is empty"),
        (b"{", "Expecting property name"),
        (b'{"payload": NaN}', "NaN is not a JSON number"),
        (b'{"a": "\xff\xfe"}', "not valid UTF-8"),
        (b"[" * 100_000, "nested deeper"),
        (b"routing_key=" + KEY.encode(), "Expecting value"),
    ],
)
def test_what_is_not_json_gets_the_originals_parse_error(body: bytes, reason: str) -> None:
    answer = answered(EventsV2().read(asked(ENQUEUE, body), None), 400)
    assert answer["status"] == "Unrecognized object"
    assert answer["message"] == "Event object format is unrecognized"
    assert answer["errors"][0] == "JSON parse error"
    assert reason in answer["errors"][1]


@pytest.mark.parametrize("body", [b"[]", b"null", b"7", b'"x"'])
def test_json_that_is_no_object_is_unrecognized(body: bytes) -> None:
    assert "must be an object" in answered(EventsV2().read(asked(ENQUEUE, body), None), 400)["errors"][0]


def test_a_body_may_have_512_kilobytes_and_no_more() -> None:
    document = json.dumps(trigger()).encode()
    full = document + b" " * (512 * 1024 - len(document))
    accepted(EventsV2().read(asked(ENQUEUE, full), None), 202)
    for body in (full + b" ", b"x" * 10 * 1024 * 1024):
        answer = answered(EventsV2().read(asked(ENQUEUE, body), None), 400)
        assert answer["errors"] == ["Event size is too large (maximum is 512 KB)"]


@pytest.mark.parametrize("content_type", ["", "text/plain", "application/x-www-form-urlencoded"])
def test_the_content_type_is_not_asked_for(content_type: str) -> None:
    request = asked(ENQUEUE, trigger(), headers={"content-type": content_type} if content_type else {})
    accepted(EventsV2().read(request, None), 202)


def test_events_are_posted() -> None:
    reading = EventsV2().read(asked(ENQUEUE, b"", method="GET"), None)
    answered(reading, 405)
    assert reading.answer.headers["Allow"] == "POST"


def test_refusals_are_in_the_originals_words() -> None:
    adapter = EventsV2()
    for reason in (Refusal.UNKNOWN_KEY, Refusal.REVOKED_KEY):
        answer = adapter.refuse(reason, None)
        assert (answer.status, json.loads(answer.body)["errors"]) == (400, ["Invalid routing key"])
    over = adapter.refuse(Refusal.OVER_BUDGET, 12)
    assert (over.status, over.headers["Retry-After"]) == (429, "12")
    assert json.loads(over.body)["status"] == "throttle exceeded"
    away = adapter.refuse(Refusal.UNAVAILABLE, 5)
    assert (away.status, away.headers["Retry-After"]) == (503, "5")


def test_a_change_event_is_taken_in_without_a_dedup_key() -> None:
    document = {
        "routing_key": KEY,
        "payload": {"summary": "Build Success", "timestamp": "2020-07-17T08:42:58.315+0000", "source": "ci"},
        "links": [{"href": "https://acme.example/build/2", "text": "View more"}],
    }
    reading = ChangeEventsV2().read(asked(CHANGE, document), None)
    (event,) = travels(accepted(reading, 202)).events
    assert event.action is EventAction.CHANGE
    assert event.dedup_key is None
    assert event.summary == "Build Success"
    assert event.payload["links"] == document["links"]
    assert json.loads(reading.answer.body) == {"status": "success", "message": "Change event processed"}


@pytest.mark.parametrize(
    ("document", "error"),
    [
        ({"routing_key": KEY}, "'payload.summary' is missing or blank"),
        ({"routing_key": KEY, "payload": []}, "'payload' is invalid (must be an object, not a list)"),
        ({"payload": {"summary": "s"}}, "'routing_key' cannot be blank"),
        (
            {"routing_key": KEY, "payload": {"summary": "s" * 1025}},
            "'summary' is too long (maiximum is 1024 characters)",
        ),
    ],
)
def test_a_change_event_is_checked(document: dict[str, Any], error: str) -> None:
    assert answered(ChangeEventsV2().read(asked(CHANGE, document), None), 400)["errors"] == [error]
