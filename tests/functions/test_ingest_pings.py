"""Pings by the URLs of healthchecks.io, Uptime Kuma and Gatus, and beacons: each in its protocol's own words."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from functions.ingest.adapters.beacon import SCRIPT
from tests.support.ingest_host import MAC_KEYS, Aws, IngestHost, aws_in_process
from tocsin.contracts.checks import Ping
from tocsin.contracts.edge import EdgeState
from tocsin.platform.tokens import Purpose, digest, issue, issue_uuid

NOTHING: dict[str, str] = {}


@pytest.fixture(scope="module")
def aws() -> Iterator[Aws]:
    with aws_in_process() as found:
        yield found


@pytest.fixture
def host(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> IngestHost:
    return IngestHost(aws, monkeypatch)


def pings(host: IngestHost) -> list[Ping]:
    return [ping for message in host.told() for ping in message.pings]


def hashed(key: str) -> str:
    return digest(key).hex()


@pytest.mark.parametrize("method", ["HEAD", "GET", "POST", "PUT"])
@pytest.mark.parametrize(
    ("path", "action", "status"),
    [
        ("", "success", None),
        ("/", "success", None),
        ("/start", "start", None),
        ("/fail", "fail", None),
        ("/log", "log", None),
        ("/0", "success", 0),
        ("/1", "fail", 1),
        ("/255", "fail", 255),
    ],
)
def test_a_heartbeats_own_url(host: IngestHost, method: str, path: str, action: str, status: int | None) -> None:
    key = issue_uuid(MAC_KEYS)
    answer = host.send(f"/ping/{key.upper()}{path}", method=method, headers=NOTHING, time_epoch_ms=1_700_000_000_123)
    assert (answer.status, answer.text) == (200, "OK")
    assert answer.headers["Ping-Body-Limit"] == "10000"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    (ping,) = pings(host)
    assert (ping.key_hash, ping.slug, ping.action, ping.exit_status) == (hashed(key), None, action, status)
    assert (ping.method, ping.body) == (method, None)
    assert ping.received_at == datetime.fromtimestamp(1_700_000_000.123, UTC)


def test_what_a_ping_carries(host: IngestHost) -> None:
    key, run = issue_uuid(MAC_KEYS), uuid4()
    body = b"line\x00 one \xff" + b"x" * 20_000
    host.send(f"/ping/{key}/3", body, headers={"user-agent": "curl/8.5.0"}, query=f"rid={run}")
    (ping,) = pings(host)
    assert (ping.run_id, ping.user_agent, ping.exit_status) == (run, "curl/8.5.0", 3)
    assert ping.body is not None
    assert ping.body.startswith("line\ufffd one \ufffd")
    assert len(ping.body) == 10_000


def test_a_ping_key_with_a_slug(host: IngestHost) -> None:
    key = issue(Purpose.PING_KEY, MAC_KEYS)
    for path in ("", "/start", "/7"):
        answer = host.send(f"/ping/{key}/nightly-backup{path}", headers=NOTHING, method="GET", query="create=1")
        assert (answer.status, answer.text) == (200, "OK")
    found = pings(host)
    assert sorted(p.action for p in found) == ["fail", "start", "success"]
    assert {(p.key_hash, p.slug, p.create) for p in found} == {(hashed(key), "nightly-backup", True)}


@pytest.mark.parametrize(
    ("path", "query", "status", "text"),
    [
        ("/ping/{other}", "", 404, "not found"),
        ("/ping/{key}x", "", 400, "invalid url format"),
        ("/ping/{key}/256", "", 400, "invalid url format"),
        ("/ping/{key}/{many}", "", 400, "invalid url format"),
        ("/ping/{key}/-1", "", 400, "invalid url format"),
        ("/ping/{key}/\u0661", "", 400, "invalid url format"),
        ("/ping/{key}/stop", "", 400, "invalid url format"),
        ("/ping/{key}/start/now", "", 400, "invalid url format"),
        ("/ping/{key}", "rid=", 400, "invalid uuid format"),
        ("/ping/{key}", "rid=1234", 400, "invalid uuid format"),
        ("/ping/{ping_key}", "", 400, "invalid url format"),
        ("/ping/{ping_key}/Slug", "", 404, "not found"),
        ("/ping/{ping_key}/slug/stop", "", 400, "invalid url format"),
        ("/ping/nobodys-key/slug", "", 404, "not found"),
        ("/ping/{routing}/slug", "", 404, "not found"),
    ],
)
def test_what_is_no_ping_is_refused_in_the_words_of_the_original(
    host: IngestHost, path: str, query: str, status: int, text: str
) -> None:
    key, ping_key = issue_uuid(MAC_KEYS), issue(Purpose.PING_KEY, MAC_KEYS)
    url = path.format(key=key, other=uuid4(), ping_key=ping_key, routing=host.routing_key, many="1" * 5_000)
    answer = host.send(url, method="GET", headers=NOTHING, query=query)
    assert (answer.status, answer.text) == (status, text)
    assert host.told() == []


def test_a_browser_may_ask_first(host: IngestHost) -> None:
    answer = host.send(f"/ping/{issue_uuid(MAC_KEYS)}", method="OPTIONS", headers=NOTHING)
    assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (204, "*")
    assert host.told() == []


def test_keys_that_have_ended_are_not_found(host: IngestHost) -> None:
    own, ping_key = issue_uuid(MAC_KEYS), issue(Purpose.PING_KEY, MAC_KEYS)
    host.publish_edge(EdgeState(written_at=datetime.now(UTC), revoked=[hashed(own), hashed(ping_key)]))
    assert host.send(f"/ping/{own}", method="GET", headers=NOTHING).status == 404
    assert host.send(f"/ping/{ping_key}/slug", method="GET", headers=NOTHING).status == 404
    assert host.send(f"/api/push/{own}", method="GET", headers=NOTHING).json["ok"] is False
    assert host.told() == []


def test_more_than_one_a_second_of_one_heartbeat_is_not_recorded(host: IngestHost) -> None:
    own, ping_key = issue_uuid(MAC_KEYS), issue(Purpose.PING_KEY, MAC_KEYS)
    said = [host.send(f"/ping/{own}", method="GET", headers=NOTHING).text for _ in range(62)]
    assert said[:60] == ["OK"] * 60
    assert said[61] == "OK (rate limited)"
    assert host.send(f"/api/push/{own}", method="GET", headers=NOTHING).status == 429
    for slug in ("one", "two"):
        texts = [host.send(f"/ping/{ping_key}/{slug}", method="GET", headers=NOTHING).text for _ in range(60)]
        assert texts == ["OK"] * 60
    # one more where a second has passed meanwhile
    assert said.count("OK") in (60, 61)
    assert len(pings(host)) == said.count("OK") + 120


def test_what_cannot_be_made_durable_is_not_answered_with_success(
    host: IngestHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESULTS_QUEUE_URL", host.results_url + "-gone")
    own = issue_uuid(MAC_KEYS)
    answer = host.send(f"/ping/{own}", method="GET", headers=NOTHING)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert host.send(f"/api/push/{own}", method="GET", headers=NOTHING).status == 503
    bearer = {"authorization": f"Bearer {own}"}
    assert host.send("/api/v1/endpoints/a_b/external", query="success=true", headers=bearer).status == 503
    beacon = issue(Purpose.BEACON, MAC_KEYS)
    assert host.send(f"/b/{beacon}", b"ok=1", headers={"content-type": "text/plain"}).status == 503


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_uptime_kumas_push_url(host: IngestHost, method: str) -> None:
    key = issue_uuid(MAC_KEYS)
    for query in ("status=up&msg=OK&ping=", "status=down&msg=disk+full&ping=12.5", ""):
        answer = host.send(f"/api/push/{UUID(key).hex}", method=method, headers=NOTHING, query=query)
        assert (answer.status, answer.json) == (200, {"ok": True})
    found = sorted(pings(host), key=lambda p: (p.action, p.body or ""))
    assert {p.key_hash for p in found} == {hashed(key)}
    assert [(p.action, p.body, p.duration_ms) for p in found] == [
        ("fail", "disk full", 12.5),
        ("success", None, None),
        ("success", "OK", None),
    ]
    refused = host.send("/api/push/abcdefghij0123456789abcdefghij01", method=method, headers=NOTHING)
    assert (refused.status, refused.json) == (404, {"ok": False, "msg": "Monitor not found or not active."})


@pytest.mark.parametrize("ping", ["nan", "inf", "-1", "1e30", "abc"])
def test_a_push_counts_whatever_its_ping_is(host: IngestHost, ping: str) -> None:
    host.send(f"/api/push/{issue_uuid(MAC_KEYS)}", method="GET", headers=NOTHING, query=f"ping={ping}")
    assert [p.duration_ms for p in pings(host)] == [None]


def test_gatus_external_endpoints(host: IngestHost) -> None:
    own, ping_key = issue_uuid(MAC_KEYS), issue(Purpose.PING_KEY, MAC_KEYS)
    path = "/api/v1/endpoints/core_nightly-backup/external"
    by_own = host.send(path, query="success=true&duration=1m1.5s", headers={"authorization": f"Bearer {own}"})
    by_slug = host.send(path, query="success=false&error=no+space", headers={"authorization": f"Bearer {ping_key}"})
    assert [(a.status, a.text) for a in (by_own, by_slug)] == [(200, ""), (200, "")]
    first, second = sorted(pings(host), key=lambda p: p.action, reverse=True)
    assert (first.key_hash, first.slug, first.action, first.duration_ms) == (hashed(own), None, "success", 61_500)
    assert (second.key_hash, second.slug, second.action, second.body) == (
        hashed(ping_key),
        "core_nightly-backup",
        "fail",
        "no space",
    )


@pytest.mark.parametrize(
    ("query", "authorization", "status", "text"),
    [
        ("", "Bearer {own}", 400, "missing or invalid success query parameter"),
        ("success=yes", "Bearer {own}", 400, "missing or invalid success query parameter"),
        ("success=true", "", 401, "invalid Authorization header"),
        ("success=true", "Basic abc", 401, "invalid Authorization header"),
        ("success=true", "Bearer ", 401, "bearer token must not be empty"),
        ("success=true", "Bearer {other}", 401, "invalid token"),
        ("success=true", "Bearer NOBODY", 401, "invalid token"),
        ("success=true&duration=ten", "Bearer {own}", 400, "invalid duration: ten"),
        ("success=true&duration=10", "Bearer {own}", 400, "invalid duration: 10"),
    ],
)
def test_what_gatus_refuses(host: IngestHost, query: str, authorization: str, status: int, text: str) -> None:
    headers = {"authorization": authorization.format(own=issue_uuid(MAC_KEYS), other=uuid4())}
    answer = host.send("/api/v1/endpoints/core_backup/external", query=query, headers=headers)
    assert (answer.status, answer.text) == (status, text)
    assert host.told() == []


def test_a_beacon_tells_whether_and_how_fast_a_page_loaded_and_nothing_else(host: IngestHost) -> None:
    key = issue(Purpose.BEACON, MAC_KEYS)
    plain = {
        "content-type": "text/plain;charset=UTF-8",
        "user-agent": "Mozilla/5.0",
        "referer": "https://shop.example/me",
    }
    for body in (b"ok=1&ms=840", b"ok=0&ms=0", b"ok=1&ms=nonsense"):
        answer = host.send(f"/b/{key}", body, headers=plain)
        assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (204, "*")
    messages = host.told()
    visits = [visit for message in messages for visit in message.visits]
    assert sorted((v.ok, v.load_ms or 0) for v in visits) == [(False, 0), (True, 0), (True, 840)]
    assert {v.key_hash for v in visits} == {hashed(key)}
    assert len({v.visit_id for v in visits} - {None}) == len(visits)
    text = "".join(message.to_json() for message in messages)
    assert not any(word in text for word in ("203.0.113", "Mozilla", "shop.example"))
    for body in (b"", b"ok=2", b"\xff" * 300):
        assert host.send(f"/b/{key}", body, headers=plain).status == 400
    assert host.send(f"/b/{issue(Purpose.PING_KEY, MAC_KEYS)}", b"ok=1", headers=plain).status == 404
    assert host.send(f"/b/{key}", method="GET", headers=NOTHING).status == 405


def test_the_script_is_small_and_cached(host: IngestHost) -> None:
    answer = host.send(f"/b/{issue(Purpose.BEACON, MAC_KEYS)}.js", method="GET", headers=NOTHING, query="s=10")
    assert (answer.status, answer.text) == (200, SCRIPT)
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "max-age=86400" in answer.headers["Cache-Control"]
    assert len(SCRIPT.encode()) < 1_000


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["/ping/", "/api/push/", "/api/v1/endpoints/", "/b/"]),
    st.text(max_size=60),
    st.sampled_from(["", "/start", "/external", ".js"]),
    st.text(max_size=30),
    st.binary(max_size=60),
    st.sampled_from(["GET", "POST", "HEAD"]),
)
def test_whatever_comes_is_answered_and_never_breaks(
    host: IngestHost, start: str, path: str, end: str, query: str, body: bytes, method: str
) -> None:
    headers = {"authorization": f"Bearer {query}"}
    answer = host.send(start + path + end, body, method=method, headers=headers, query=query)
    assert answer.status < 500
