"""Services, integrations, routing keys and contact methods over the API."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from joserfc import jwe

from tests.support.api_host import Answered, ApiHost, api_host, seal_key
from tests.support.world import MAC_KEYS, World
from tocsin.contracts.events import EventsMessage
from tocsin.platform.sealing import ALGORITHMS
from tocsin.platform.tokens import Purpose, digest, verify
from tocsin_data.services.processing import Processed, process


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


def send(world: World, key: str) -> Processed:
    request = world.request(key=key)
    return process(world.database.enter("worker"), [request], key_budget_per_minute=6000)


def integrate(api: ApiHost, world: World) -> tuple[str, dict[str, Any]]:
    made = api.call("POST", "/v1/integrations", {"service_id": str(world.service_id), "name": "prometheus"})
    assert made.status == 201
    return f"/v1/integrations/{made.json['id']}", made.json["routing_key"]


def change(api: ApiHost, path: str, version: int, body: Any) -> Answered:
    return api.call("PATCH", path, body, headers={"If-Match": f'"{version}"'})


def test_the_life_of_a_service(api: ApiHost, world: World) -> None:
    made = api.call("POST", "/v1/services", {"name": " payments ", "policy_id": str(world.policy_id)})
    assert made.status == 201
    assert made.json["name"] == "payments"
    path = f"/v1/services/{made.json['id']}"
    assert api.call("GET", path).json == made.json
    changed = change(api, path, 1, {"name": "billing"})
    assert (changed.json["name"], changed.json["policy_id"]) == ("billing", str(world.policy_id))
    assert change(api, path, 2, {"policy_id": None}).json["policy_id"] is None
    assert change(api, path, 3, {}).status == 200
    assert [s["name"] for s in api.call("GET", "/v1/services").json["items"]] == ["billing", "checkout"]
    assert api.call("DELETE", path).status == 204
    for method in ("GET", "DELETE"):
        assert api.call(method, path).problem["code"] == "not_found"
    assert [s["name"] for s in api.call("GET", "/v1/services").json["items"]] == ["checkout"]
    assert api.call("POST", "/v1/services", {"name": "billing"}).status == 201
    actions = [entry[1] for entry in api.audited()]
    assert actions == ["service.created", "service.updated", "service.updated", "service.deleted", "service.created"]


def test_services_page_by_page(api: ApiHost) -> None:
    for name in ("b", "A ü", "c%"):
        api.call("POST", "/v1/services", {"name": name})
    found, cursor = [], None
    while True:
        query = {"limit": 1} | ({"cursor": cursor} if cursor else {})
        answer = api.call("GET", "/v1/services", query=query).json
        found += [s["name"] for s in answer["items"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            break
    assert sorted(found) == sorted(["b", "A ü", "c%", "checkout"])


def test_two_services_can_not_have_one_name(api: ApiHost) -> None:
    taken = api.call("POST", "/v1/services", {"name": "checkout"})
    assert (taken.status, taken.problem["code"]) == (409, "duplicate")
    other = api.call("POST", "/v1/services", {"name": "other"}).json["id"]
    assert change(api, f"/v1/services/{other}", 1, {"name": "checkout"}).problem["code"] == "duplicate"


def test_a_service_that_people_respond_to_stays(api: ApiHost, world: World) -> None:
    send(world, world.routing_key)
    refused = api.call("DELETE", f"/v1/services/{world.service_id}")
    assert (refused.status, refused.problem["code"]) == (409, "conflict")
    assert api.held("publications") == 0


def test_a_deleted_services_keys_are_refused_at_the_edge_too(api: ApiHost, world: World) -> None:
    assert api.call("DELETE", f"/v1/services/{world.service_id}").status == 204
    pages = {"document": "pages", "org_id": str(world.org_id)}
    assert api.sent("publications") == [{"document": "edge_state"}, {"document": "checks"}, pages]
    assert send(world, world.routing_key).refused == 1
    assert api.call("GET", f"/v1/integrations/{world.integration_id}").status == 404
    assert api.call("GET", "/v1/integrations").json["items"] == []


A_SERVICE_THAT_IS_NONE: list[tuple[Any, str]] = [
    ({}, "name"),
    ({"name": ""}, "name"),
    ({"name": " \t "}, "name"),
    ({"name": "x" * 201}, "name"),
    ({"name": 5}, "name"),
    ({"name": None}, "name"),
    ({"name": "a\x00"}, "name"),
    ({"name": "\udfff"}, "name"),
    ({"name": "x", "policy_id": "y"}, "policy_id"),
    ({"name": "x", "policy": "y"}, "policy"),
    ({"name": "x", "\ud800": "y"}, "body"),
    ([], "body"),
    ("null", "body"),
    ('"x"', "body"),
    (None, "body"),
]


def test_a_service_that_is_none(api: ApiHost) -> None:
    for body, field in A_SERVICE_THAT_IS_NONE:
        assert list(api.call("POST", "/v1/services", body).fields) == [field]


def test_a_service_keeps_its_name(api: ApiHost, world: World) -> None:
    refused = api.call("PATCH", f"/v1/services/{world.service_id}", {"name": None})
    assert refused.fields == {"body": "name must be a text of 1 to 200 characters"}


SETTINGS = {
    "urgency": "low",
    "runbook_url": "https://wiki.acme.example/checkout",
    "acknowledgement_timeout_seconds": 1800,
    "auto_resolve_seconds": 86_400,
    "reopen_window_seconds": 600,
}


def test_a_services_settings_are_changed_by_who_has_read_them(api: ApiHost, world: World) -> None:
    path = f"/v1/services/{world.service_id}"
    read = api.call("GET", path)
    assert (read.headers["ETag"], read.json["version"], read.json["urgency"]) == ('"1"', 1, "by_severity")
    assert api.call("PATCH", path, SETTINGS).problem["code"] == "version_required"
    changed = change(api, path, 1, SETTINGS)
    assert {name: changed.json[name] for name in SETTINGS} == SETTINGS
    assert (changed.headers["ETag"], changed.json["version"]) == ('"2"', 2)
    stale = change(api, path, 1, {"urgency": "high"})
    assert (stale.status, stale.problem["code"]) == (412, "stale_version")
    nothing = dict.fromkeys(["runbook_url", "acknowledgement_timeout_seconds", "auto_resolve_seconds"])
    assert change(api, path, 2, nothing).json["auto_resolve_seconds"] is None
    assert api.call("POST", "/v1/services", {"name": "set", **SETTINGS}).json["urgency"] == "low"


SETTINGS_THAT_ARE_NONE: list[tuple[dict[str, Any], str]] = [
    ({"urgency": "medium"}, "urgency"),
    ({"urgency": None}, "body"),
    ({"runbook_url": "ftp://x"}, "runbook_url"),
    ({"runbook_url": "javascript:alert(1)"}, "runbook_url"),
    ({"acknowledgement_timeout_seconds": 59}, "acknowledgement_timeout_seconds"),
    ({"acknowledgement_timeout_seconds": 604_801}, "acknowledgement_timeout_seconds"),
    ({"acknowledgement_timeout_seconds": "60"}, "acknowledgement_timeout_seconds"),
    ({"auto_resolve_seconds": 0}, "auto_resolve_seconds"),
    ({"auto_resolve_seconds": 2_592_001}, "auto_resolve_seconds"),
    ({"reopen_window_seconds": -1}, "reopen_window_seconds"),
    ({"reopen_window_seconds": None}, "body"),
]


def test_settings_that_are_none(api: ApiHost, world: World) -> None:
    for body, field in SETTINGS_THAT_ARE_NONE:
        assert list(change(api, f"/v1/services/{world.service_id}", 1, body).fields) == [field], body


def test_what_a_service_refers_to_must_be_there(api: ApiHost, world: World) -> None:
    for body in ({"policy_id": str(world.org_id)}, {"team_id": str(world.org_id)}):
        assert api.call("POST", "/v1/services", {"name": "x", **body}).problem["code"] == "not_found"


def test_a_services_events_and_what_became_of_them(api: ApiHost, world: World) -> None:
    send(world, world.routing_key)
    world.database.advance(timedelta(seconds=1))
    send(world, world.routing_key)
    path = f"/v1/services/{world.service_id}/events"
    first = api.call("GET", path, query={"limit": 1}).json
    (newest,) = first["items"]
    assert (newest["action"], newest["outcome"], newest["dedup_key"]) == ("trigger", "counted", "disk")
    rest = api.call("GET", path, query={"cursor": first["next_cursor"]}).json
    assert [e["outcome"] for e in rest["items"]] == ["opened"]
    assert rest["next_cursor"] is None
    assert newest["incident_id"] == rest["items"][0]["incident_id"]


def test_a_routing_key_is_shown_once(api: ApiHost, world: World) -> None:
    path, key = integrate(api, world)
    assert verify(Purpose.ROUTING, key["key"], MAC_KEYS) == key["key"]
    (kept,) = api.call("GET", f"{path}/keys").json["items"]
    assert kept == {name: value for name, value in key.items() if name != "key"}
    assert kept["hint"] == key["key"][-4:]
    hashes = world.database.rows("select key_hash from routing_key where id = %s", key["id"])
    assert hashes == [(digest(key["key"]),)]
    everything = json.dumps(world.database.rows("select before, after from audit_entry"), default=str)
    assert key["key"] not in everything
    assert send(world, key["key"]).opened == 1
    world.database.advance(timedelta(minutes=2))
    assert api.call("GET", f"{path}/keys").json["items"][0]["last_used_at"] is not None


def test_a_rotated_key_works_until_its_overlap_ends(api: ApiHost, world: World) -> None:
    path, old = integrate(api, world)
    made = api.call("POST", f"{path}/keys/{old['id']}/rotate", {"overlap_seconds": 3600})
    assert made.status == 201
    assert api.held("publications") == 0
    keys = {k["id"]: k for k in api.call("GET", f"{path}/keys").json["items"]}
    assert keys[old["id"]]["expires_at"] is not None
    assert keys[made.json["id"]]["expires_at"] is None
    for key in (old["key"], made.json["key"]):
        assert send(world, key).refused == 0
    world.database.advance(timedelta(hours=1, seconds=1))
    assert [send(world, key).refused for key in (old["key"], made.json["key"])] == [1, 0]


def test_a_rotation_overlaps_for_a_day_unless_told_otherwise(api: ApiHost, world: World) -> None:
    path, old = integrate(api, world)
    assert api.call("POST", f"{path}/keys/{old['id']}/rotate").status == 201
    hours = "select (expires_at - %s) from routing_key where id = %s"
    assert timedelta(0) <= timedelta(days=1) - world.database.rows(hours, world.now, old["id"])[0][0]
    again = api.call("POST", f"{path}/keys/{old['id']}/rotate")
    assert (again.status, again.problem["code"]) == (409, "conflict")


def test_a_rotation_without_overlap_ends_the_old_key_now(api: ApiHost, world: World) -> None:
    path, old = integrate(api, world)
    assert api.call("POST", f"{path}/keys/{old['id']}/rotate", {"overlap_seconds": 0}).status == 201
    assert api.sent("publications") == [{"document": "edge_state"}]
    assert send(world, old["key"]).refused == 1


AN_OVERLAP_THAT_IS_NONE: list[Any] = [-1, 2_592_001, "60", 1.5, True, None, 10**30]


def test_an_overlap_that_is_none(api: ApiHost, world: World) -> None:
    for overlap in AN_OVERLAP_THAT_IS_NONE:
        path, old = integrate(api, world)
        answer = api.call("POST", f"{path}/keys/{old['id']}/rotate", {"overlap_seconds": overlap})
        assert list(answer.fields) == ["overlap_seconds"]


def test_a_revoked_key_is_refused_at_once_counted_and_shown(api: ApiHost, world: World) -> None:
    path, key = integrate(api, world)
    revoked = api.call("POST", f"{path}/keys/{key['id']}/revoke")
    assert revoked.status == 200
    assert revoked.json["revoked_at"] is not None
    assert api.sent("publications") == [{"document": "edge_state"}]
    assert send(world, key["key"]).refused == 1
    (kept,) = api.call("GET", f"{path}/keys").json["items"]
    assert kept["refused_count"] == 1
    assert kept["last_refused_at"] is not None
    again = api.call("POST", f"{path}/keys/{key['id']}/revoke")
    assert (again.status, again.json["revoked_at"]) == (200, revoked.json["revoked_at"])
    assert [e[1] for e in api.audited()].count("routing_key.revoked") == 1
    more = api.call("POST", f"{path}/keys")
    assert more.status == 201
    assert send(world, more.json["key"]).refused == 0


def test_a_key_is_revoked_even_when_the_edge_can_not_be_told(api: ApiHost, world: World) -> None:
    path, key = integrate(api, world)
    api.break_queue("publications")
    assert api.call("POST", f"{path}/keys/{key['id']}/revoke").status == 200
    assert send(world, key["key"]).refused == 1


def test_a_deleted_integrations_keys_are_refused(api: ApiHost, world: World) -> None:
    path, key = integrate(api, world)
    names = [i["name"] for i in api.call("GET", "/v1/integrations").json["items"]]
    assert names == ["any", "prometheus"]
    assert api.call("DELETE", path).status == 204
    assert api.sent("publications") == [{"document": "edge_state"}]
    assert send(world, key["key"]).refused == 1
    for method, address in (("GET", path), ("DELETE", path), ("GET", f"{path}/keys"), ("POST", f"{path}/keys")):
        assert api.call(method, address).status == 404
    of_service = {"service_id": str(world.service_id), "limit": 1}
    listed = api.call("GET", "/v1/integrations", query=of_service).json
    assert ([i["name"] for i in listed["items"]], listed["next_cursor"]) == (["any"], None)


def test_an_integration_is_tested_on_the_way_of_every_event(api: ApiHost, world: World) -> None:
    path, key = integrate(api, world)
    answers = [api.call("POST", f"{path}/test", body) for body in (None, {"severity": "info"}, {"action": "resolve"})]
    assert [answer.status for answer in answers] == [202] * 3
    ids = [answer.json["event_id"] for answer in answers]
    messages = [EventsMessage.model_validate(body) for body in api.sent("events")]
    assert {message.key_hash for message in messages} == {digest(key["key"]).hex()}
    for message in sorted(messages, key=lambda sent: ids.index(str(sent.events[0].event_id))):
        process(world.database.enter("worker"), [message], key_budget_per_minute=6000)
    events = [api.call("GET", f"/v1/events/{found}").json for found in ids]
    assert [event["outcome"] for event in events] == ["opened", "counted", "resolved"]
    assert events[0]["summary"] == "Test of prometheus"
    assert events[0]["labels"] == {"test": "true"}
    assert ("integration.tested", "integration") in {(entry[1], entry[2]) for entry in api.audited()}


def test_an_integration_is_not_tested_without_a_key_or_a_queue(api: ApiHost, world: World) -> None:
    path, key = integrate(api, world)
    assert api.call("POST", f"{path}/test", {"severity": "dire"}).fields.keys() == {"severity"}
    assert api.call("POST", f"{path}/test", {"action": "change"}).fields.keys() == {"action"}
    assert api.call("POST", f"{path}/keys/{key['id']}/revoke").status == 200
    assert api.call("POST", f"{path}/test").problem["code"] == "conflict"
    assert api.call("POST", f"/v1/integrations/{world.service_id}/test").status == 404
    api.break_queue("events")
    refused = api.call("POST", f"/v1/integrations/{world.integration_id}/test").problem
    assert (refused["code"], "queue" in refused["detail"]) == ("queue_unavailable", False)


def test_a_key_of_another_integration_is_not_found(api: ApiHost, world: World) -> None:
    path, _ = integrate(api, world)
    _, other = integrate(api, world)
    for action in ("rotate", "revoke"):
        assert api.call("POST", f"{path}/keys/{other['id']}/{action}").problem["code"] == "not_found"


def opened(world: World, method_id: str) -> dict[str, str]:
    ((address, sealed),) = world.database.rows("select address, sealed from contact_method where id = %s", method_id)
    assert address is None
    return json.loads(jwe.decrypt_compact(sealed, seal_key(), algorithms=ALGORITHMS).plaintext)


def test_the_secrets_of_a_webhook_are_sealed_and_shown_once(api: ApiHost, world: World) -> None:
    path = f"/v1/users/{world.alice.user_id}/contact-methods"
    url = "https://hooks.example/page?key=s3cret"
    made = api.call("POST", path, {"channel": "webhook", "url": url})
    assert made.status == 201
    secret = made.json["secret"]
    assert secret.startswith("whsec_")
    assert made.json["label"] == "hooks.example"
    assert opened(world, made.json["id"]) == {"url": url, "secret": secret}
    slack = api.call("POST", path, {"channel": "slack", "url": url, "label": "team chat"})
    assert (slack.json["label"], slack.json["secret"]) == ("team chat", None)
    assert opened(world, slack.json["id"]) == {"url": url}
    listed = api.call("GET", path)
    assert [m["channel"] for m in listed.json["items"]] == ["email", "webhook", "slack"]
    audit = json.dumps(world.database.rows("select before, after from audit_entry"))
    for text in (listed.text, audit):
        assert secret not in text
        assert "s3cret" not in text


def test_a_contact_method_that_is_switched_off(api: ApiHost, world: World) -> None:
    path = f"/v1/users/{world.alice.user_id}/contact-methods"
    made = api.call("POST", path, {"channel": "email", "address": "alice@home.example"}).json
    assert (made["label"], made["secret"]) == ("alice@home.example", None)
    off = api.call("POST", f"{path}/{made['id']}/disable")
    assert (off.status, off.json["disabled_at"] is None) == (200, False)
    assert off.json["disabled_reason"].startswith("by api_key:")
    assert api.call("POST", f"{path}/{made['id']}/disable").json == off.json
    assert [e[1] for e in api.audited()] == ["contact_method.created", "contact_method.disabled"]
    bobs = f"/v1/users/{world.bob.user_id}/contact-methods/{made['id']}/disable"
    assert api.call("POST", bobs).problem["code"] == "not_found"


A_CONTACT_METHOD_THAT_IS_NONE: list[tuple[Any, str]] = [
    ({}, "channel"),
    ({"channel": "sms", "address": "+4912345"}, "channel"),
    ({"channel": None}, "channel"),
    ({"channel": ["email"]}, "channel"),
    ({"channel": "email"}, "address"),
    ({"channel": "email", "address": "alice"}, "address"),
    ({"channel": "email", "address": "a@b.c\r\nBcc: x@y.z"}, "address"),
    ({"channel": "email", "address": "a@acme.example", "url": "https://x"}, "url"),
    ({"channel": "webhook", "url": "file:///etc/passwd"}, "url"),
    ({"channel": "slack", "url": 5}, "url"),
    ({"channel": "slack", "url": "https://a.example", "label": ""}, "label"),
]


def test_a_contact_method_that_is_none(api: ApiHost, world: World) -> None:
    for body, field in A_CONTACT_METHOD_THAT_IS_NONE:
        path = f"/v1/users/{world.alice.user_id}/contact-methods"
        assert list(api.call("POST", path, body).fields) == [field]


def test_only_members_have_contact_methods(api: ApiHost, world: World) -> None:
    path = f"/v1/users/{world.org_id}/contact-methods"
    assert api.call("GET", path).problem["code"] == "not_found"
    body = {"channel": "email", "address": "a@acme.example"}
    assert api.call("POST", path, body).problem["code"] == "not_found"
