"""Heartbeats over the API: their URLs and keys, what they were told, ping keys and beacons."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.heartbeats import kept
from tests.support.world import MAC_KEYS, World
from tocsin.contracts.checks import Ping, Visit
from tocsin.platform.ids import new_id
from tocsin.platform.tokens import Purpose, digest, verify, verify_uuid
from tocsin_data.services import beacons, pings
from tocsin_data.views import edge_state

BASE = "https://events.tocsin.example"


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


def made(api: ApiHost, **spec: object) -> dict[str, Any]:
    given = {"kind": "heartbeat", "interval_seconds": 3_600, **spec}
    body = {"name": f"backup {new_id()}", "service_id": str(api.world.service_id), "spec": given}
    answer = api.call("POST", "/v1/monitors", body)
    assert answer.status == 201, answer.json
    return answer.json


def key_of(url: str) -> str:
    return verify_uuid(url.removeprefix(f"{BASE}/ping/"), MAC_KEYS)


def tell(api: ApiHost, key: str, **fields: object) -> None:
    told = {"ping_id": new_id(), "received_at": api.world.now, "key_hash": digest(key).hex(), "action": "success"}
    pings.apply(api.world.database.enter("worker"), [Ping.model_validate({**told, **fields})])


def refused(api: ApiHost) -> list[str]:
    return edge_state.read(api.world.database.enter("worker"), budget_per_minute=600).revoked


def test_a_heartbeat_is_made_with_a_url_that_is_shown_once(api: ApiHost) -> None:
    found = made(api)
    key = key_of(found["ping_url"])
    assert found["ping_hint"] == key[-4:]
    read = api.call("GET", f"/v1/monitors/{found['id']}").json
    assert (read["status"], read["last_checked_at"]) == ("unknown", None)
    assert key not in str(read)
    tell(api, key, action="fail", exit_status=7, body="disk full", user_agent="curl/8.5.0")
    read = api.call("GET", f"/v1/monitors/{found['id']}").json
    assert read["status"] == "down"
    assert read["last_checked_at"] is not None
    (ping,) = api.call("GET", f"/v1/monitors/{found['id']}/pings").json["items"]
    assert (ping["action"], ping["exit_status"], ping["body"]) == ("fail", 7, "disk full")
    assert (ping["is_ignored"], ping["user_agent"], ping["run_id"]) == (False, "curl/8.5.0", None)


def test_pings_are_paged_newest_first(api: ApiHost) -> None:
    found = made(api)
    key, start = key_of(found["ping_url"]), api.world.now
    for n in range(5):
        tell(api, key, received_at=start + timedelta(seconds=n), body=str(n))
    path, bodies, cursor = f"/v1/monitors/{found['id']}/pings", list[str](), None
    while True:
        page = api.call("GET", path, query={"limit": 2, **({"cursor": cursor} if cursor else {})}).json
        bodies += [ping["body"] for ping in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert bodies == ["4", "3", "2", "1", "0"]


def test_a_new_url_takes_the_place_of_the_old_one(api: ApiHost) -> None:
    found = made(api)
    old = key_of(found["ping_url"])
    rotated = api.call("POST", f"/v1/monitors/{found['id']}/rotate-key").json
    new = key_of(rotated["ping_url"])
    assert new != old
    assert rotated["hint"] == new[-4:]
    assert refused(api) == [digest(old).hex()]
    assert [m["document"] for m in api.sent("publications")][-1] == "edge_state"
    tell(api, old)
    assert kept(api.world, found["id"]) == []
    tell(api, new)
    assert len(kept(api.world, found["id"])) == 1


def test_what_is_deleted_is_refused_and_its_slug_is_free(api: ApiHost) -> None:
    found = made(api, slug="backup")
    taken = api.call(
        "POST",
        "/v1/monitors",
        {"name": "two", "service_id": str(api.world.service_id), "spec": {**found["spec"], "slug": "backup"}},
    )
    assert (taken.status, taken.json["detail"]) == (409, "Another heartbeat of this organization has this slug.")
    assert api.call("DELETE", f"/v1/monitors/{found['id']}").status == 204
    assert refused(api) == [digest(key_of(found["ping_url"])).hex()]
    assert made(api, slug="backup")["slug"] == "backup"


def test_pausing_and_resuming_waits_for_the_first_ping_again(api: ApiHost) -> None:
    found = made(api)
    key = key_of(found["ping_url"])
    tell(api, key, action="fail")
    rows = "select h.status, h.late_at is null, h.last_failure_at is null from heartbeat h"
    assert api.call("POST", f"/v1/monitors/{found['id']}/pause").status == 200
    assert api.call("POST", f"/v1/monitors/{found['id']}/resume").status == 200
    assert api.world.database.rows(rows) == [("new", True, True)]
    tell(api, key)
    assert api.world.database.rows("select status, late_at is null from heartbeat") == [("up", False)]


def test_a_change_counts_the_deadline_anew(api: ApiHost) -> None:
    found = made(api)
    tell(api, key_of(found["ping_url"]))
    spec = {"kind": "heartbeat", "interval_seconds": 60, "grace_seconds": 30}
    body = {"name": found["name"], "service_id": found["service_id"], "spec": spec}
    version = {"if-match": f'"{found["version"]}"'}
    assert api.call("PUT", f"/v1/monitors/{found['id']}", body, headers=version).status == 200
    rows = api.world.database.rows("select due_at - last_success_at, late_at - due_at from heartbeat")
    assert rows == [(timedelta(seconds=60), timedelta(seconds=30))]


@pytest.mark.parametrize(
    ("spec", "field"),
    [
        ({"interval_seconds": None}, "spec.interval_seconds"),
        ({"cron": "* * * * *"}, "spec.interval_seconds"),
        ({"interval_seconds": None, "cron": "61 * * * *"}, "spec.cron"),
        ({"time_zone": "Mars/Olympus"}, "spec.time_zone"),
        ({"grace_seconds": 1}, "spec.grace_seconds"),
        ({"slug": "No Spaces"}, "spec.slug"),
        ({"methods": "get"}, "spec.methods"),
    ],
)
def test_what_can_be_no_heartbeat_is_said_field_by_field(api: ApiHost, spec: dict[str, object], field: str) -> None:
    given = {"kind": "heartbeat", "interval_seconds": 3_600, **spec}
    answer = api.call("POST", "/v1/monitors", {"name": "x", "service_id": str(api.world.service_id), "spec": given})
    assert answer.status == 422
    assert any(error["field"].endswith(field) and error["reason"] for error in answer.json["errors"]), answer.json


def test_ping_keys_are_shown_once_and_revoked_for_good(api: ApiHost) -> None:
    new = api.call("POST", "/v1/ping-keys", {"name": "cron of db-1", "service_id": str(api.world.service_id)})
    assert new.status == 201
    key = new.json["key"]
    assert verify(Purpose.PING_KEY, key, MAC_KEYS) == key
    assert new.json["ping_url"] == f"{BASE}/ping/{key}/{{slug}}"
    tell(api, key, slug="nightly")
    (listed,) = api.call("GET", "/v1/ping-keys").json["items"]
    assert (listed["hint"], listed["unknown_slug"], listed["revoked_at"]) == (key[-4:], "nightly", None)
    assert key not in str(listed)
    for _ in range(2):
        revoked = api.call("POST", f"/v1/ping-keys/{listed['id']}/revoke").json
        assert revoked["revoked_at"] is not None
    assert refused(api) == [digest(key).hex()]
    assert len([row for row in api.audited() if row[1] == "ping_key.revoked"]) == 1


def test_what_is_wrong_with_a_ping_key_is_said(api: ApiHost) -> None:
    other = World(api.world.database, "Other")
    answer = api.call("POST", "/v1/ping-keys", {"name": "x", "service_id": str(other.service_id)})
    assert (answer.status, answer.json["errors"]) == (
        422,
        [{"field": "service_id", "reason": "is not the id of a service of this organization"}],
    )
    assert api.call("POST", "/v1/ping-keys", {"name": " "}).status == 422


def test_nothing_of_another_organization_is_reached(api: ApiHost) -> None:
    found, page = made(api), api.call("POST", "/v1/ping-keys", {"name": "ours"}).json
    foreign = World(api.world.database, "Other").api_key("admin")
    monitor = f"/v1/monitors/{found['id']}"
    for method, path in (
        ("GET", f"{monitor}/pings"),
        ("POST", f"{monitor}/rotate-key"),
        ("GET", f"{monitor}/beacon"),
        ("PUT", f"{monitor}/beacon"),
        ("DELETE", f"{monitor}/beacon"),
        ("POST", f"/v1/ping-keys/{page['id']}/revoke"),
    ):
        assert api.call(method, path, key=foreign).status == 404, path
    assert api.call("GET", "/v1/ping-keys", key=foreign).json["items"] == []


def checked_page(api: ApiHost) -> dict[str, Any]:
    spec = {"kind": "http", "url": "https://shop.acme.example/"}
    body = {"name": "shop", "service_id": str(api.world.service_id), "spec": spec, "regions": ["eu-west-1"]}
    return api.call("POST", "/v1/monitors", body).json


def test_a_beacon_counts_visits_as_what_users_saw(api: ApiHost) -> None:
    world, page = api.world, checked_page(api)
    path = f"/v1/monitors/{page['id']}/beacon"
    assert api.call("GET", path).status == 404
    first = api.call("PUT", path, {"sample_percent": 25}).json
    made_anew = api.call("PUT", path).json
    old, key = (re.search("/b/([0-9A-Z]{32})[.]js[?]s=", b["snippet"])[1] for b in (first, made_anew))  # pyright: ignore[reportOptionalSubscript]
    assert made_anew["sample_percent"] == 10
    assert api.call("GET", f"/v1/monitors/{page['id']}").json["beacon_hint"] == made_anew["hint"]
    assert refused(api) == [digest(old).hex()]
    worker, now = world.database.enter("worker"), world.now
    told = [
        Visit(key_hash=digest(key).hex(), received_at=now, ok=ok, load_ms=ms)
        for ok, ms in ((True, 800.0), (True, 805.0), (True, None), (False, 3.0))
    ]
    gone = Visit(key_hash=digest(old).hex(), received_at=now, ok=True)
    assert beacons.count(worker, [*told, gone]) == 4
    assert beacons.count(worker, told[:1]) == 1, "without an id nobody can tell"
    rows = world.database.rows("select region, origin, up, down, latency_sum_ms, latency_counts from check_rollup_hour")
    assert rows == [("visitors", "live-user", 4, 1, 2405.0, [3])]
    assert api.call("DELETE", path).status == 204
    assert beacons.count(worker, told) == 0
    assert api.call("GET", f"/v1/monitors/{page['id']}").json["beacon_hint"] is None


def test_a_visit_that_a_queue_brings_twice_counts_once(api: ApiHost) -> None:
    world, page = api.world, checked_page(api)
    snippet = api.call("PUT", f"/v1/monitors/{page['id']}/beacon").json["snippet"]
    key_hash = digest(snippet.split("/b/")[1].split(".js")[0]).hex()
    worker, now = world.database.enter("worker"), world.now
    first, second, third = (
        Visit(visit_id=new_id(), key_hash=key_hash, received_at=now, ok=ok, load_ms=10.0) for ok in (True, True, False)
    )
    assert beacons.count(worker, [first, first]) == 1
    assert beacons.count(worker, [second, first]) == 1
    assert beacons.count(worker, [first, second]) == 0
    assert world.database.rows("select up, down from check_rollup_hour") == [(2, 0)]
    world.database.advance(beacons.REMEMBERED + timedelta(seconds=1))
    assert beacons.count(worker, [third]) == 1
    assert world.database.rows("select id from beacon_visit") == [(third.visit_id,)]


def test_only_a_page_has_visitors(api: ApiHost) -> None:
    assert api.call("PUT", f"/v1/monitors/{made(api)['id']}/beacon").status == 409
    page = checked_page(api)
    for wrong in (0, 101, "10", 1.5):
        assert api.call("PUT", f"/v1/monitors/{page['id']}/beacon", {"sample_percent": wrong}).status == 422
    assert api.call("POST", f"/v1/monitors/{page['id']}/rotate-key").status == 409
