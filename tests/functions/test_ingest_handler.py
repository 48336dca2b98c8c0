"""The ingest function behind API Gateway's events: durable before it is answered, refused in each protocol's words."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.http_api import http_event
from tests.support.ingest_host import MAC_KEYS, Aws, IngestHost, aws_in_process
from tocsin.contracts.events import EventsMessage
from tocsin.platform import tokens


@pytest.fixture(scope="module")
def aws() -> Iterator[Aws]:
    with aws_in_process() as found:
        yield found


@pytest.fixture
def host(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> IngestHost:
    return IngestHost(aws, monkeypatch)


def trigger(key: str, **changes: Any) -> dict[str, Any]:
    payload = {"summary": "disk full", "source": "db-1", "severity": "critical"}
    return {"routing_key": key, "event_action": "trigger", "dedup_key": "d", "payload": payload, **changes}


def alerts(count: int = 1, **changes: Any) -> list[dict[str, Any]]:
    return [{"labels": {"alertname": "A", "n": str(i)}, **changes} for i in range(count)]


def requests_with(key: str) -> dict[str, tuple[str, Any, dict[str, str]]]:
    """One good request of every protocol and every place for its key."""
    by_header = {"content-type": "application/json", "authorization": f"Bearer {key}"}
    plain = {"content-type": "application/json"}
    webhook = {"version": "4", "status": "firing", "alerts": [{"status": "firing", "labels": {"alertname": "A"}}]}
    return {
        "events_v2": ("/v2/enqueue", trigger(key), plain),
        "change": ("/v2/change/enqueue", {"routing_key": key, "payload": {"summary": "s"}}, plain),
        "events_v1": (
            "/generic/2010-04-15/create_event.json",
            {"service_key": key, "event_type": "trigger", "description": "d"},
            plain,
        ),
        "webhook": (f"/v1/integrations/alertmanager/{key}", webhook, plain),
        "webhook by header": ("/v1/integrations/alertmanager", webhook, by_header),
        "api": (f"/alertmanager/{key}/api/v2/alerts", alerts(), plain),
        "api by header": ("/api/v2/alerts", alerts(), by_header),
        "api by header and prefix": ("/alertmanager/api/v2/alerts", alerts(), by_header),
        "generic": (f"/v1/events/{key}", {"summary": "s"}, plain),
        "generic by header": ("/v1/events", {"summary": "s"}, by_header),
    }


PROTOCOLS = list(requests_with(""))
REFUSED_STATUS = {"events_v2": 400, "change": 400, "events_v1": 400}


@pytest.mark.parametrize("name", PROTOCOLS)
def test_one_request_is_one_message_in_the_queue(host: IngestHost, name: str) -> None:
    path, body, headers = requests_with(host.routing_key)[name]
    answer = host.send(path, body, headers=headers, time_epoch_ms=1_795_239_618_734)
    assert answer.status in (200, 202)
    (raw,) = host.raw_messages()
    message = EventsMessage.model_validate_json(raw["Body"])
    key_hash = tokens.digest(host.routing_key).hex()
    assert message.key_hash == key_hash
    assert raw["Attributes"]["MessageGroupId"] == key_hash[:32]
    assert message.received_at == datetime(2026, 11, 21, 5, 40, 18, 734000, tzinfo=UTC)
    assert len(message.events) == 1
    assert host.routing_key not in raw["Body"]


@pytest.mark.parametrize("name", PROTOCOLS)
@pytest.mark.parametrize("key", ["", "0" * 32, "A" * 32, "ä" * 32, "A\x00" * 16])
def test_a_key_that_was_not_issued_here_is_refused(host: IngestHost, name: str, key: str) -> None:
    path, body, headers = requests_with(key)[name]
    expected = 404 if name == "api" and not key else REFUSED_STATUS.get(name, 401)
    assert host.send(path, body, headers=headers).status == expected
    assert host.messages() == []


def test_an_api_key_opens_nothing_here(host: IngestHost) -> None:
    key = tokens.issue(tokens.Purpose.API, MAC_KEYS)
    assert host.send("/v2/enqueue", trigger(key)).json["errors"] == ["Invalid routing key"]
    assert host.messages() == []


def test_a_key_is_known_in_any_case_of_letters(host: IngestHost) -> None:
    assert host.send("/v2/enqueue", trigger(host.routing_key.lower())).status == 202
    (message,) = host.messages()
    assert message.key_hash == tokens.digest(host.routing_key).hex()


def test_trouble_with_the_key_is_told_before_trouble_with_the_body(host: IngestHost) -> None:
    for path in ("/v1/events/", "/v1/integrations/alertmanager/", "/alertmanager/%s/api/v2/alerts"):
        wrong = path % "nonsense" if "%" in path else path + "nonsense"
        right = path % host.routing_key if "%" in path else path + host.routing_key
        assert host.send(wrong, b"{").status == 401
        assert host.send(right, b"{").status == 400


def test_base64_bodies_are_read(host: IngestHost) -> None:
    body = json.dumps(trigger(host.routing_key)).encode()
    event = http_event("POST", "/v2/enqueue", body, {"content-type": "application/octet-stream"})
    assert event["isBase64Encoded"] is True
    assert host.invoke(event, None)["statusCode"] == 202
    assert len(host.messages()) == 1
    event["body"] = "abc"  # badly padded
    assert host.invoke(event, None)["statusCode"] == 400


def test_a_body_that_is_no_unicode_is_refused(host: IngestHost) -> None:
    event = http_event("POST", "/v2/enqueue", b"{}", {"content-type": "application/json"})
    event["body"] = '{"a": "\ud800"}'
    answer = host.invoke(event, None)
    assert answer["statusCode"] == 400
    assert "not valid UTF-8" in answer["body"]


def test_a_stage_in_the_path_and_a_trailing_slash_do_not_matter(host: IngestHost) -> None:
    assert host.send("/v2/enqueue/", trigger(host.routing_key)).status == 202
    assert host.send("/v2/enqueue", trigger(host.routing_key), stage="prod").status == 202
    assert len(host.messages()) == 2


@pytest.mark.parametrize("path", ["/", "/v2", "/v2/enqueue/x", "/alertmanager/a/b/api/v2/alerts", "/v1/events/a/b"])
def test_nothing_listens_elsewhere(host: IngestHost, path: str) -> None:
    answer = host.send(path, b"{}")
    assert answer.status == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_health_and_status_need_no_key(host: IngestHost) -> None:
    for path in ("/-/healthy", "/-/ready", f"/alertmanager/{host.routing_key}/-/ready"):
        answer = host.send(path, method="GET", headers={})
        assert (answer.status, answer.text) == (200, "OK")
    assert host.send("/api/v2/status", method="GET", headers={}).json["cluster"] == {"status": "disabled", "peers": []}


def test_an_empty_batch_is_answered_and_sends_nothing(host: IngestHost) -> None:
    answer = host.send(f"/alertmanager/{host.routing_key}/api/v2/alerts", [])
    assert (answer.status, answer.text) == (200, "")
    assert host.messages() == []


def test_valid_alerts_of_a_bad_batch_are_in_the_queue_when_it_is_refused(host: IngestHost) -> None:
    batch = [*alerts(2), {"labels": {}}]
    answer = host.send(f"/alertmanager/{host.routing_key}/api/v2/alerts", batch)
    assert (answer.status, answer.json) == (400, "alert 2: at least one label pair required")
    (message,) = host.messages()
    assert len(message.events) == 2


@pytest.mark.parametrize("name", PROTOCOLS)
def test_nothing_is_said_accepted_while_the_queue_cannot_be_reached(host: IngestHost, name: str) -> None:
    path, body, headers = requests_with(host.routing_key)[name]
    host.sqs.delete_queue(QueueUrl=host.queue_url)
    answer = host.send(path, body, headers=headers)
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "5"
    assert "accepted" not in answer.text.replace("not accepted", "").replace("Nothing was accepted", "")
    json.loads(answer.text)


@pytest.mark.parametrize("secret", ["not json", "{}", '{"current": "B", "keys": {}}'])
def test_mac_keys_that_cannot_be_read_are_a_503_in_the_protocols_shape(host: IngestHost, secret: str) -> None:
    host.secrets.put_secret_value(SecretId=host.secret_arn, SecretString=secret)
    host.cold_start()
    answer = host.send("/v2/enqueue", trigger(host.routing_key))
    assert (answer.status, answer.json["status"]) == (503, "unavailable")
    assert host.messages() == []


def test_a_webhook_of_megabytes_sheds_details_and_keeps_every_page(host: IngestHost) -> None:
    group = {
        "status": "firing",
        "alerts": [
            {
                "status": "firing",
                "fingerprint": str(i),
                "labels": {"alertname": "A", "n": str(i)},
                "annotations": {"summary": f"alert {i}", "description": "ü" * 20_000},
            }
            for i in range(120)
        ],
    }
    assert host.send(f"/v1/integrations/alertmanager/{host.routing_key}", group).status == 200
    (raw,) = host.raw_messages()
    assert len(raw["Body"].encode()) <= 1_048_576
    events = EventsMessage.model_validate_json(raw["Body"]).events
    assert [event.summary for event in events] == [f"alert {i}" for i in range(120)]
    assert any(event.payload.get("truncated") for event in events)


def test_custom_details_that_grow_when_normalised_are_shed(host: IngestHost) -> None:
    # 1e15 takes 4 bytes when sent and 18 when written out again
    payload = {"summary": "s", "source": "s", "severity": "info", "custom_details": ["NUMBERS"]}
    body = json.dumps(trigger(host.routing_key, payload=payload)).replace('"NUMBERS"', ",".join(["1e15"] * 100_000))
    assert len(body) < 512 * 1024
    assert host.send("/v2/enqueue", body).status == 202
    (message,) = host.messages()
    assert message.events[0].payload["truncated"] is True


@pytest.mark.parametrize("count", [4_090, 6_000])
def test_more_alerts_than_a_message_holds_are_refused_whole(host: IngestHost, count: int) -> None:
    answer = host.send(f"/alertmanager/{host.routing_key}/api/v2/alerts", alerts(count))
    assert answer.status == 413
    assert isinstance(answer.json, str)
    assert host.messages() == []


HOSTILE = {
    "ten megabytes": b'"' + b"x" * (10 * 1024 * 1024 - 2) + b'"',
    "ten megabytes of nesting": b"[" * (10 * 1024 * 1024),
    "invalid utf-8": b'{"summary": "\xff\xfe"}',
    "nothing": b"",
    "null": b"null",
    "infinity": b'{"a": Infinity}',
    "a number of 5,000 digits": b"9" * 5_000,
    "millions of nulls": b"[" + b"null," * 2_000_000 + b"null]",
    "millions of null alerts": b'{"alerts": [' + b"null," * 2_000_000 + b"null]}",
    "a million alerts": b"[" + b'{"labels":{"a":"b"}},' * 450_000 + b"null]",
    "thousands of bad alerts": b"[" + b"{}," * 4_000 + b"{}]",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("protocol", [name for name in PROTOCOLS if "header" not in name])
def test_hostile_bodies_are_refused_precisely(host: IngestHost, protocol: str, name: str) -> None:
    path, _, headers = requests_with(host.routing_key)[protocol]
    answer = host.send(path, HOSTILE[name], headers=headers)
    assert answer.status in (400, 413)
    assert json.loads(answer.text)
    assert len(answer.text) < 10_000
    assert host.messages() == []


def test_what_postgresql_refuses_does_not_travel(host: IngestHost) -> None:
    body = json.dumps(
        trigger(host.routing_key, dedup_key="a\x00b", client="\ud800", payload={
            "summary": "s\x00", "source": "\udfff", "severity": "info",
            "custom_details": {"k\x00": ["\udc00", 10**400]},
        })
    )  # fmt: skip
    assert host.send("/v2/enqueue", body).status == 202
    (raw,) = host.raw_messages()
    (event,) = EventsMessage.model_validate_json(raw["Body"]).events
    assert (event.dedup_key, event.summary, event.source) == ("a\ufffdb", "s\ufffd", "\ufffd")
    assert event.payload == {"client": "\ufffd", "custom_details": {"k\ufffd": ["\ufffd", "1" + "0" * 400]}}


def test_the_log_line_of_a_request_tells_neither_key_nor_payload(
    host: IngestHost, caplog: pytest.LogCaptureFixture
) -> None:
    payload = {"summary": "xyzzy", "source": "s", "severity": "info"}
    host.send("/v2/enqueue", trigger(host.routing_key, payload=payload))
    host.send("/v2/enqueue", b"{")
    records = [record for record in caplog.records if record.name == "ingest"]
    lines = [vars(record) for record in records if record.getMessage() == "request"]
    assert [(line["protocol"], line["outcome"], line["events"], line["status"]) for line in lines] == [
        ("events_v2", "accepted", 1, 202),
        ("events_v2", "settled", 0, 400),
    ]
    assert lines[0]["key_hint"] == host.routing_key[-4:]
    logged = str([vars(record) for record in records])
    assert host.routing_key not in logged
    assert "xyzzy" not in logged


FIELDS = [
    "routing_key", "event_action", "dedup_key", "payload", "summary", "source", "severity", "custom_details", "links",
    "images", "href", "src", "client", "service_key", "event_type", "incident_key", "description", "details", "alerts",
    "labels", "annotations", "status", "startsAt", "endsAt", "fingerprint", "truncatedAlerts", "alertname", "action",
    "id", "priority", "host", "title",
]  # fmt: skip
WORDS = ["trigger", "resolve", "acknowledge", "firing", "resolved", "critical", "info", "ok", "KEY", "\x00", "\ud800"]
leaves = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.sampled_from(WORDS)
    | st.datetimes().map(lambda at: at.isoformat() + "Z")
)  # fmt: skip
names = st.sampled_from(FIELDS) | st.text(max_size=5)
documents = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=8), max_leaves=30
)


@pytest.mark.parametrize("protocol", PROTOCOLS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=200) | documents)
def test_any_body_gets_an_answer_and_what_is_accepted_is_storable(
    host: IngestHost, protocol: str, body: bytes | Any
) -> None:
    path, good, headers = requests_with(host.routing_key)[protocol]
    if isinstance(body, dict) and isinstance(good, dict):
        body = good | body
    raw = body if isinstance(body, bytes) else json.dumps(body).replace('"KEY"', f'"{host.routing_key}"').encode()
    answer = host.send(path, raw, headers=headers)
    assert 200 <= answer.status < 500
    if answer.text:
        json.loads(answer.text)
    sent = host.raw_messages()
    if answer.status < 300:
        assert len(sent) == (0 if '"events":0' in answer.text or raw == b"[]" else 1)
    for message in sent:
        text = message["Body"]
        EventsMessage.model_validate_json(text)
        assert "\x00" not in text
        assert "\\u0000" not in text
        text.encode("utf-8")
        json.dumps(json.loads(text), allow_nan=False).encode("utf-8")
