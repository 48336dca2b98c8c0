"""Generic JSON: the mapping that docs/integrations/generic-json.md promises."""

import json
import re
from typing import Any

import pytest

from functions.ingest.adapters.generic import Generic
from functions.ingest.exchange import Accepted
from tests.unit.ingest.asked import KEY, accepted, answered, asked, travels
from tocsin.contracts.events import InboundEvent
from tocsin.domain.dedup import EventAction
from tocsin.domain.incident import Severity

PATH = "/v1/events"


def read(document: Any, **request: Any) -> Any:
    return Generic().read(asked(PATH, document, **request), KEY)


def one(document: Any) -> InboundEvent:
    (event,) = travels(accepted(read(document), 202)).events
    return event


def errors(document: Any) -> list[dict[str, str]]:
    answer = answered(read(document), 400)
    assert answer["code"] == "invalid"
    return answer["errors"]


def test_a_summary_is_enough() -> None:
    reading = read({"summary": "backup failed"})
    (event,) = accepted(reading, 202)
    assert (event.action, event.summary, event.severity) == (EventAction.TRIGGER, "backup failed", Severity.ERROR)
    assert isinstance(reading, Accepted)
    assert reading.key == KEY
    answer = json.loads(reading.answer.body)
    assert answer["status"] == "accepted"
    assert answer["events"] == [{"action": "trigger", "dedup_key": event.dedup_key}]


def test_everything_is_mapped_or_kept() -> None:
    event = one(
        {
            "title": "Backup failed",
            "message": "exit status 3",
            "status": "Firing",
            "id": 4711,
            "priority": "P1",
            "host": "db-1",
            "links": ["https://a", {"url": "https://b", "text": "log"}],
            "details": {"took": "3 h"},
            "job": "nightly",
        }
    )
    assert event.action is EventAction.TRIGGER
    assert event.summary == "Backup failed"
    assert event.dedup_key == "4711"
    assert event.severity is Severity.CRITICAL
    assert event.source == "db-1"
    assert event.payload == {
        "links": [{"href": "https://a"}, {"href": "https://b", "text": "log"}],
        "details": {"message": "exit status 3", "job": "nightly", "took": "3 h"},
    }


def test_details_that_are_no_object_stay_beside_the_rest() -> None:
    assert one({"summary": "s", "details": ["a"], "x": 1}).payload == {"details": {"details": ["a"], "x": 1}}


@pytest.mark.parametrize(
    ("word", "action"),
    [("alerting", "trigger"), ("ACK", "acknowledge"), ("ok", "resolve"), ("resolved", "resolve"), ("up", "resolve")],
)
def test_actions_have_many_names(word: str, action: str) -> None:
    for field in ("action", "status"):
        assert one({field: word, "dedup_key": "d", "summary": "s"}).action == action


def test_a_list_is_many_events_in_order() -> None:
    events = accepted(read([{"summary": "a", "id": "1"}, {"status": "ok", "id": "1"}]), 202)
    assert [(event.index, event.action, event.dedup_key) for event in events] == [
        (0, "trigger", "1"),
        (1, "resolve", "1"),
    ]


def test_a_long_summary_is_cut_and_kept_whole_among_the_details() -> None:
    event = one({"summary": "s" * 3000})
    assert event.summary == "s" * 1023 + "…"
    assert event.payload["details"]["full_summary"] == "s" * 3000


def test_a_long_source_is_cut() -> None:
    assert one({"summary": "s", "source": "h" * 5000}).source == "h" * 1023 + "…"


def test_blank_and_null_fields_say_nothing() -> None:
    event = one({"summary": " ", "title": None, "message": "m", "severity": None, "dedup_key": "", "source": ""})
    assert event.summary == "m"
    assert event.dedup_key


@pytest.mark.parametrize(
    ("document", "field", "reason"),
    [
        ({}, "summary", "is required to trigger"),
        ({"summary": 7}, "summary", "must be a string, not a number"),
        ({"title": {"a": 1}}, "title", "must be a string, not an object"),
        ({"summary": "s", "action": "explode"}, "action", 'must be one of trigger, .* not "explode"'),
        ({"summary": "s", "status": 1}, "status", "must be one of .* not a number"),
        ({"summary": "s", "severity": "spicy"}, "severity", 'must be one of critical, .* not "spicy"'),
        ({"status": "ok"}, "dedup_key", "is required to resolve"),
        ({"action": "ack"}, "dedup_key", "is required to acknowledge"),
        ({"summary": "s", "alias": "x" * 256}, "alias", "at most 255 characters, not 256"),
        ({"summary": "s", "id": True}, "id", "must be a string or an integer, not a boolean"),
        ({"summary": "s", "id": 1.5}, "id", "must be a string or an integer, not a number"),
        ({"summary": "s", "host": ["a"]}, "host", "must be a string, not a list"),
        ({"summary": "s", "links": "https://a"}, "links", "must be a list, not a string"),
        ({"summary": "s", "links": [{"text": "x"}]}, "links[0]", "must be a URL or an object with href"),
        ([], "", "a list of 1 to 1000 events, not of 0"),
        ("text", "", "must be an object, not a string"),
        ([{"summary": "s"}, 7], "[1]", "must be an object, not a number"),
        ([{"summary": "s"}, {"summary": 7}], "[1].summary", "must be a string, not a number"),
    ],
)
def test_every_error_names_field_reason_and_what_would_be_right(document: Any, field: str, reason: str) -> None:
    (error,) = errors(document)
    assert error["field"] == field

    assert re.search(reason, error["reason"])


def test_all_problems_are_told_at_once_and_nothing_is_accepted() -> None:
    found = errors([{"summary": "fine"}, {"severity": "x", "status": "y", "links": 1}])
    assert [error["field"] for error in found] == ["[1].status", "[1].severity", "[1].links"]
    assert len(errors([{}] * 500)) == 20
    assert errors([{"summary": "s"}] * 1001)[0]["reason"].endswith("not of 1001")


def test_the_content_type_only_explains_what_is_not_json() -> None:
    accepted(read({"summary": "s"}, headers={"content-type": "application/x-www-form-urlencoded"}), 202)
    accepted(read({"summary": "s"}, headers={}), 202)
    answer = answered(read(b"summary=x", headers={"content-type": "application/x-www-form-urlencoded"}), 415)
    assert "application/x-www-form-urlencoded" in answer["detail"]
    assert answered(read(b'{"summary": }'), 400)["detail"].startswith("The body must be JSON: ")
    assert answered(read(b"", method="GET"), 405)["code"] == "wrong_method"
