"""Alertmanager's API v2 as Prometheus and amtool use it; answers as Alertmanager 0.25 gives them."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest

from functions.ingest.adapters.alertmanager_api import AlertmanagerApi
from functions.ingest.exchange import MOST_ALERTS, Accepted, Refusal
from tests.unit.ingest.asked import KEY, NOW, accepted, answered, asked, travels
from tocsin.contracts.events import InboundEvent
from tocsin.domain.dedup import EventAction
from tocsin.domain.incident import Severity

PATH = "/api/v2/alerts"


def read(batch: Any, **request: Any) -> Any:
    return AlertmanagerApi().read(asked(PATH, batch, **request), KEY)


def events_of(batch: Any, status: int = 200) -> list[InboundEvent]:
    return travels(accepted(read(batch), status)).events


def alert(**changes: Any) -> dict[str, Any]:
    return {"labels": {"alertname": "HighLoad", "instance": "web-1:9100", "severity": "warning"}, **changes}


def iso(delta: timedelta) -> str:
    return (NOW + delta).isoformat().replace("+00:00", "Z")


def test_a_firing_alert_expires_at_its_end() -> None:
    (event,) = events_of(
        [
            alert(
                annotations={"summary": "Load is high", "runbook": "https://runbook"},
                startsAt=iso(timedelta(minutes=-1)),
                endsAt=iso(timedelta(minutes=4)),
                generatorURL="http://prometheus/graph?g0",
            )
        ]
    )
    assert event.action is EventAction.TRIGGER
    assert event.expires_at == NOW + timedelta(minutes=4)
    assert (event.summary, event.source, event.severity) == ("Load is high", "web-1:9100", Severity.WARNING)
    assert event.payload["labels"]["alertname"] == "HighLoad"
    assert event.payload["annotations"]["runbook"] == "https://runbook"
    assert event.payload["generatorURL"] == "http://prometheus/graph?g0"


def test_success_is_200_and_empty() -> None:
    for batch in ([], [alert()]):
        reading = read(batch)
        assert isinstance(reading, Accepted)
        assert (reading.answer.status, reading.answer.body) == (200, "")


@pytest.mark.parametrize("unset", [{}, {"endsAt": None}, {"endsAt": ""}, {"endsAt": "0001-01-01T00:00:00.000Z"}])
def test_an_unset_end_is_five_minutes_from_now(unset: dict[str, Any]) -> None:
    (event,) = events_of([alert(**unset)])
    assert event.action is EventAction.TRIGGER
    assert event.expires_at == NOW + timedelta(minutes=5)


@pytest.mark.parametrize("ends", [timedelta(), timedelta(seconds=-1), timedelta(days=-10_000)])
def test_an_end_that_is_not_in_the_future_resolves(ends: timedelta) -> None:
    (event,) = events_of([alert(endsAt=iso(ends))])
    assert event.action is EventAction.RESOLVE
    assert event.expires_at is None


def test_an_alert_is_its_full_label_set() -> None:
    labels = {"alertname": "A", "b": "2", "a": "1"}
    same = events_of(
        [
            {"labels": labels},
            {"labels": dict(reversed(labels.items())), "annotations": {"x": "y"}},
            {"labels": {**labels, "empty": ""}},
        ]
    )
    assert len({event.dedup_key for event in same}) == 1
    assert len(same[0].dedup_key or "") == 64
    assert [event.index for event in same] == [0, 1, 2]
    (other,) = events_of([{"labels": {**labels, "c": "3"}}])
    assert other.dedup_key != same[0].dedup_key


def test_what_a_page_says_without_a_summary() -> None:
    said = [
        event.summary
        for event in events_of(
            [
                alert(annotations={"description": " Long story "}),
                alert(),
                {"labels": {"b": "2", "a": "1"}},
                alert(annotations={"summary": "s" * 5000}),
            ]
        )
    ]
    assert said[:3] == ["Long story", "HighLoad", "a=1, b=2"]
    assert len(said[3] or "") == 1024


def test_valid_alerts_of_a_bad_batch_are_kept_and_the_bad_ones_named() -> None:
    batch = [
        alert(),
        {"labels": {}},
        {"labels": {"": "x"}},
        {"annotations": {}},
        {"labels": {"a": 1}},
        None,
        alert(startsAt="yesterday"),
        alert(startsAt=iso(timedelta()), endsAt=iso(timedelta(hours=-1))),
        alert(annotations=[]),
        alert(endsAt=7),
        alert(endsAt="9999-12-31T23:59:59-23:59"),
        {"labels": {"alertname": "Last"}},
    ]
    reading = read(batch)
    assert [event.summary for event in accepted(reading, 400)] == ["HighLoad", "Last"]
    assert [event.index for event in accepted(reading, 400)] == [0, 1]
    assert isinstance(reading, Accepted)
    assert json.loads(reading.answer.body).split("; ") == [
        "alert 1: at least one label pair required",
        'alert 2: invalid label set: invalid name ""',
        "alert 3: labels in body is required",
        "alert 4: labels.a must be a string, not a number",
        "alert 5: an alert must be an object, not null",
        'alert 6: startsAt must be a time in RFC 3339, not "yesterday"',
        "alert 7: start time must be before end time",
        "alert 8: annotations must be an object of strings, not a list",
        "alert 9: endsAt must be a time in RFC 3339, not a number",
        'alert 10: endsAt must be a time in RFC 3339, not "9999-12-31T23:59:59-23:59"',
    ]


def test_more_alerts_than_fit_into_a_message_are_not_even_read() -> None:
    assert isinstance(answered(read([None] * (MOST_ALERTS + 1)), 413), str)
    reading = read([None] * MOST_ALERTS)
    assert json.loads(reading.answer.body).endswith("; and 4076 more")


def test_a_long_source_is_cut() -> None:
    (event,) = events_of([{"labels": {"instance": "i" * 5000}}])
    assert event.source == "i" * 1023 + "…"


@pytest.mark.parametrize("body", [b"", b"xx", b"{}", b"[" * 200_000, b'[{"labels": NaN}]', b"\xff"])
def test_a_body_that_cannot_be_read_is_400_in_the_originals_shape(body: bytes) -> None:
    answer = answered(read(body), 400)
    assert answer["code"] == 400
    assert answer["message"].startswith('parsing alerts body from "" failed, because ')


def test_only_json_is_taken() -> None:
    for headers, named in (({"content-type": "text/plain"}, "text/plain"), ({}, "application/octet-stream")):
        answer = answered(read([alert()], headers=headers), 415)
        assert answer == {
            "code": 415,
            "message": f'unsupported media type "{named}", only [application/json] are allowed',
        }
    accepted(read([alert()], headers={"content-type": "application/json; charset=utf-8"}), 200)


def test_instants_with_nanoseconds_and_offsets_are_understood() -> None:
    (event,) = events_of([alert(endsAt="2026-11-21T07:26:31.415123456+01:00")])
    assert event.expires_at is not None
    assert event.expires_at.isoformat() == "2026-11-21T06:26:31.415123+00:00"


@pytest.mark.parametrize(
    ("authorization", "key"),
    [
        (f"Bearer {KEY}", KEY),
        ("Basic " + base64.b64encode(f"prometheus:{KEY}".encode()).decode(), KEY),
        ("Basic " + base64.b64encode(f"{KEY}:".encode()).decode(), KEY),
        ("Basic !!!", ""),
        ("Basic " + base64.b64encode(b"\xff\xff").decode(), ""),
        ("Digest x", ""),
        ("", ""),
    ],
)
def test_the_key_may_come_in_authorization(authorization: str, key: str) -> None:
    headers = {"content-type": "application/json", "authorization": authorization}
    reading = AlertmanagerApi().read(asked(PATH, [alert()], headers=headers), None)
    assert isinstance(reading, Accepted)
    assert reading.key == key


def test_status_has_every_field_the_schema_requires() -> None:
    status = answered(AlertmanagerApi().read(asked("/api/v2/status", b"", method="GET"), None), 200)
    assert set(status) == {"cluster", "config", "uptime", "versionInfo"}
    assert set(status["versionInfo"]) == {"version", "revision", "branch", "buildUser", "buildDate", "goVersion"}
    assert status["cluster"]["status"] == "disabled"
    assert status["config"]["original"] == ""
    assert status["uptime"] == "2026-11-21T05:26:31.415Z"


@pytest.mark.parametrize("path", ["/-/healthy", "/-/ready", "/alertmanager/key/-/ready"])
def test_health_needs_no_key(path: str) -> None:
    reading = AlertmanagerApi().read(asked(path, b"", method="GET"), None)
    assert not isinstance(reading, Accepted)
    assert reading.key is None
    assert (reading.answer.status, reading.answer.body) == (200, "OK")


@pytest.mark.parametrize(("path", "method", "allowed"), [(PATH, "GET", "POST"), ("/api/v2/status", "POST", "GET")])
def test_other_methods_are_refused_as_the_original_does(path: str, method: str, allowed: str) -> None:
    reading = AlertmanagerApi().read(asked(path, b"", method=method), None)
    assert answered(reading, 405) == {"code": 405, "message": f"method {method} is not allowed, but [{allowed}] are"}
    assert reading.answer.headers["Allow"] == allowed


def test_refusals_are_a_json_string() -> None:
    adapter = AlertmanagerApi()
    statuses = {
        Refusal.UNKNOWN_KEY: 401,
        Refusal.REVOKED_KEY: 403,
        Refusal.OVER_BUDGET: 429,
        Refusal.TOO_LARGE: 413,
        Refusal.UNAVAILABLE: 503,
    }
    for reason, status in statuses.items():
        answer = adapter.refuse(reason, 7)
        assert answer.status == status
        assert isinstance(json.loads(answer.body), str)
        assert answer.headers["Retry-After"] == "7"
