"""Alertmanager's webhook, version 4."""

import json
from typing import Any

import pytest

from functions.ingest.adapters.alertmanager_webhook import AlertmanagerWebhook
from functions.ingest.adapters.alerts import identity
from functions.ingest.exchange import MOST_ALERTS, Accepted, Refusal
from tests.unit.ingest.asked import KEY, accepted, answered, asked, travels
from tocsin.domain.dedup import EventAction
from tocsin.domain.incident import Severity

PATH = "/v1/integrations/alertmanager"


def read(group: Any, **request: Any) -> Any:
    return AlertmanagerWebhook().read(asked(PATH, group, **request), KEY)


def group(*alerts: Any, **changes: Any) -> dict[str, Any]:
    return {
        "version": "4",
        "groupKey": '{}:{alertname="Disk"}',
        "truncatedAlerts": 0,
        "status": "firing",
        "receiver": "tocsin",
        "groupLabels": {"alertname": "Disk"},
        "commonLabels": {},
        "commonAnnotations": {},
        "externalURL": "http://alertmanager:9093",
        "notification_reason": "a field of newer versions",
        "alerts": list(alerts),
        **changes,
    }


def alert(**changes: Any) -> dict[str, Any]:
    return {
        "status": "firing",
        "labels": {"alertname": "Disk", "instance": "db-1", "severity": "page"},
        "annotations": {"summary": "Disk is full"},
        "startsAt": "2026-11-21T05:00:00Z",
        "endsAt": "0001-01-01T00:00:00Z",
        "generatorURL": "http://prometheus/graph",
        "fingerprint": "c6e3a1f2b4d59687",
        **changes,
    }


def test_what_grafana_sends_is_read_alike() -> None:
    """The body of Grafana's webhook contact point, as its manual shows it."""
    sent = {
        "receiver": "tocsin",
        "status": "firing",
        "orgId": 1,
        "alerts": [
            {
                "status": "firing",
                "labels": {"alertname": "High memory usage", "team": "blue", "zone": "us-1"},
                "annotations": {"summary": "This alert was triggered for zone us-1"},
                "startsAt": "2021-10-12T09:51:03.157076+02:00",
                "endsAt": "0001-01-01T00:00:00Z",
                "generatorURL": "https://play.example/alerting/1afz29v7z/edit",
                "fingerprint": "c6eadffa33fcdf37",
                "silenceURL": "https://play.example/alerting/silence/new",
                "dashboardURL": "",
                "panelURL": "",
                "values": {"B": 44.23943737541908, "C": 1},
            }
        ],
        "groupLabels": {},
        "commonLabels": {"team": "blue"},
        "commonAnnotations": {},
        "externalURL": "https://play.example/",
        "version": "1",
        "groupKey": "{}:{}",
        "truncatedAlerts": 0,
        "title": "[FIRING:1] (blue)",
        "state": "alerting",
        "message": "**Firing**",
    }
    (event,) = travels(accepted(read(sent), 200)).events
    assert (event.action, event.dedup_key) == (EventAction.TRIGGER, "c6eadffa33fcdf37")
    assert (event.summary, event.severity) == ("This alert was triggered for zone us-1", Severity.ERROR)
    assert event.payload["labels"] == {"alertname": "High memory usage", "team": "blue", "zone": "us-1"}


def test_each_alert_is_an_event_by_its_own_status() -> None:
    reading = read(group(alert(), alert(status="resolved", fingerprint="b"), status="resolved"))
    first, second = travels(accepted(reading, 200)).events
    assert (first.action, first.dedup_key) == (EventAction.TRIGGER, "c6e3a1f2b4d59687")
    assert (second.action, second.dedup_key) == (EventAction.RESOLVE, "b")
    assert (first.summary, first.source, first.severity) == ("Disk is full", "db-1", Severity.CRITICAL)
    assert first.expires_at is None
    assert first.payload == {
        "labels": {"alertname": "Disk", "instance": "db-1", "severity": "page"},
        "annotations": {"summary": "Disk is full"},
        "startsAt": "2026-11-21T05:00:00Z",
        "endsAt": "0001-01-01T00:00:00Z",
        "generatorURL": "http://prometheus/graph",
        "fingerprint": "c6e3a1f2b4d59687",
        "receiver": "tocsin",
        "externalURL": "http://alertmanager:9093",
    }
    assert isinstance(reading, Accepted)
    assert reading.key == KEY
    assert json.loads(reading.answer.body)["events"] == 2


@pytest.mark.parametrize("fingerprint", [None, "", 7, "f" * 256])
def test_without_a_usable_fingerprint_the_labels_are_the_identity(fingerprint: Any) -> None:
    (event,) = accepted(read(group(alert(fingerprint=fingerprint))), 200)
    assert event.dedup_key == identity(alert()["labels"])


@pytest.mark.parametrize(
    ("word", "severity"),
    [
        ("critical", Severity.CRITICAL),
        ("PAGE", Severity.CRITICAL),
        ("p2", Severity.ERROR),
        ("warn", Severity.WARNING),
        ("none", Severity.INFO),
        ("whatever", Severity.ERROR),
        ("", Severity.ERROR),
    ],
)
def test_severity_is_by_label_and_an_unknown_word_pages(word: str, severity: Severity) -> None:
    (event,) = accepted(read(group(alert(labels={"alertname": "A", "severity": word}))), 200)
    assert event.severity is severity


def test_alerts_that_alertmanager_kept_back_are_noted() -> None:
    (event,) = accepted(read(group(alert(), truncatedAlerts=12)), 200)
    assert event.payload["truncatedAlerts"] == 12


def test_the_status_of_the_group_stands_in_for_a_missing_one() -> None:
    bare = {"labels": {"alertname": "A"}}
    (resolved,) = accepted(read(group(bare, status="resolved")), 200)
    assert resolved.action is EventAction.RESOLVE
    (firing,) = accepted(read({"alerts": [bare]}), 200)
    assert firing.action is EventAction.TRIGGER


def test_an_alert_that_cannot_be_read_does_not_cost_the_others() -> None:
    bad = [alert(status="odd"), 7, alert(labels={"a": None}), alert(labels={}, fingerprint=None), alert(labels="x")]
    reading = read(group(alert(), *bad, alert(fingerprint="z")))
    assert [event.dedup_key for event in accepted(reading, 400)] == ["c6e3a1f2b4d59687", "z"]
    assert isinstance(reading, Accepted)
    problem = json.loads(reading.answer.body)
    assert problem["detail"] == "2 of 7 alerts were accepted."
    assert problem["errors"] == [
        {"field": "alerts[1]", "reason": 'status must be "firing" or "resolved"'},
        {"field": "alerts[2]", "reason": "must be an object, not a number"},
        {"field": "alerts[3]", "reason": "labels.a must be a string, not null"},
        {"field": "alerts[4]", "reason": "labels or a fingerprint are needed to tell it from other alerts"},
        {"field": "alerts[5]", "reason": "labels must be an object of strings, not a string"},
    ]


def test_more_alerts_than_fit_into_a_message_are_not_even_read() -> None:
    assert answered(read(group(*[None] * (MOST_ALERTS + 1))), 413)["code"] == "too_large"
    assert len(answered(read(group(*[None] * MOST_ALERTS)), 400)["errors"]) == 20


@pytest.mark.parametrize("body", [b"[]", b"{}", b"null", b'{"alerts": {}}'])
def test_json_that_is_no_webhook_is_told_so(body: bytes) -> None:
    assert answered(read(body), 400)["errors"][0]["field"] == "alerts"


def test_a_body_that_is_not_json_is_told_by_its_content_type() -> None:
    assert answered(read(b"<xml/>", headers={"content-type": "text/xml"}), 415)["code"] == "not_json"
    assert answered(read(b"{"), 400)["code"] == "not_json"
    accepted(read(group(alert()), headers={"content-type": "text/plain"}), 200)


def test_refusals() -> None:
    adapter = AlertmanagerWebhook()
    away = adapter.refuse(Refusal.UNAVAILABLE, 5)
    assert (away.status, away.headers["Retry-After"]) == (503, "5")
    unknown = adapter.refuse(Refusal.UNKNOWN_KEY, None)
    assert unknown.status == 401
    assert "WWW-Authenticate" in unknown.headers
    assert adapter.refuse(Refusal.OVER_BUDGET, 3).status == 429
    assert answered(adapter.read(asked(PATH, b"", method="GET"), KEY), 405)["code"] == "wrong_method"
