"""Destinations over the API: their secrets go in and never come out."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.postgres import TestDatabase
from tests.support.world import World

PATH = "/v1/destinations"
URL = "https://hooks.acme.example/secret-path"
WEBHOOK = {"channel": "webhook", "name": "ops room", "url": URL}


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


def test_a_webhook_is_made_with_a_secret_shown_once(api: ApiHost, world: World) -> None:
    made = api.call("POST", PATH, WEBHOOK)
    assert (made.status, made.headers["ETag"], made.json["secret"][:6]) == (201, '"1"', "whsec_")
    found = api.call("GET", f"{PATH}/{made.json['id']}").json
    assert found == {name: value for name, value in made.json.items() if name != "secret"}
    everything = str(found) + str(api.call("GET", PATH).json)
    ((sealed,),) = world.database.rows("select sealed from destination")
    audit = str(world.database.rows("select before, after from audit_entry"))
    assert not any("secret-path" in text or "whsec_" in text for text in (everything, sealed, audit))


def test_a_destination_is_changed_by_who_read_it(api: ApiHost) -> None:
    made = api.call("POST", PATH, WEBHOOK | {"channel": "slack"}).json
    assert made["secret"] is None
    path = f"{PATH}/{made['id']}"
    assert api.call("PATCH", path, {"name": "x"}).problem["code"] == "version_required"
    changed = api.call("PATCH", path, {"name": "room two"}, headers={"if-match": '"1"'})
    assert (changed.status, changed.json["name"], changed.json["version"]) == (200, "room two", 2)
    assert api.call("PATCH", path, {"name": "x"}, headers={"if-match": '"1"'}).status == 412
    null = api.call("PATCH", path, {"url": None}, headers={"if-match": '"2"'})
    assert null.fields == {"body": "url can't be null; leave it out to keep it"}


def test_a_new_url_switches_it_on_again_with_a_new_secret(api: ApiHost, world: World) -> None:
    made = api.call("POST", PATH, WEBHOOK).json
    path = f"{PATH}/{made['id']}"
    off = api.call("POST", f"{path}/disable").json
    assert off["disabled_reason"].startswith("by api_key:")
    assert api.call("POST", f"{path}/disable").json == off
    on = api.call("PATCH", path, {"url": URL + "2"}, headers={"if-match": f'"{off["version"]}"'}).json
    assert (on["disabled_at"], on["disabled_reason"]) == (None, None)
    assert on["secret"] not in {None, made["secret"]}
    actions = [row[0] for row in world.database.rows("select action from audit_entry order by id")]
    assert actions == ["destination.created", "destination.disabled", "destination.updated"]


def test_a_destination_that_is_deleted_is_gone_and_its_name_is_free(api: ApiHost) -> None:
    made = api.call("POST", PATH, WEBHOOK).json
    assert api.call("POST", PATH, WEBHOOK).problem["code"] == "duplicate"
    assert api.call("DELETE", f"{PATH}/{made['id']}").status == 204
    for method in ("GET", "DELETE"):
        assert api.call(method, f"{PATH}/{made['id']}").problem["code"] == "not_found"
    assert api.call("GET", PATH).json["items"] == []
    assert api.call("POST", PATH, WEBHOOK).status == 201


def test_a_step_can_have_a_destination_and_keeps_it_when_it_is_gone(api: ApiHost) -> None:
    made = api.call("POST", PATH, WEBHOOK).json
    target = {"kind": "destination", "value": made["id"]}
    sent = {"name": "to the room", "steps": [{"targets": [target]}]}
    policy = api.call("POST", "/v1/escalation-policies", sent)
    assert policy.status == 201
    assert api.call("DELETE", f"{PATH}/{made['id']}").status == 204
    path = f"/v1/escalation-policies/{policy.json['id']}"
    assert api.call("PUT", path, sent | {"rounds": 2}, headers={"if-match": "1"}).status == 200
    assert list(api.call("POST", "/v1/escalation-policies", sent | {"name": "two"}).fields) == [
        "steps.0.targets.0.value"
    ]


A_DESTINATION_THAT_IS_NONE: list[tuple[dict[str, Any], str]] = [
    ({"channel": "email"}, "channel"),
    ({"url": "ftp://a.example"}, "url"),
    ({"url": None}, "url"),
    ({"name": ""}, "name"),
    ({"name": "\x00"}, "name"),
    ({"secret": "x"}, "secret"),
]


def test_a_destination_that_is_none(api: ApiHost) -> None:
    for changes, field in A_DESTINATION_THAT_IS_NONE:
        assert list(api.call("POST", PATH, WEBHOOK | changes).fields) == [field]


def test_another_organizations_destinations_are_not_there(
    api: ApiHost, database: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = api.call("POST", PATH, WEBHOOK).json
    with api_host(World(database, "Globex"), monkeypatch) as other:
        path = f"{PATH}/{made['id']}"
        assert other.call("GET", PATH).json["items"] == []
        for method, where, body in (
            ("GET", path, None),
            ("PATCH", path, {"name": "x"}),
            ("POST", f"{path}/disable", None),
            ("DELETE", path, None),
        ):
            assert other.call(method, where, body, headers={"if-match": '"1"'}).problem["code"] == "not_found"
        theirs = {"name": "x", "steps": [{"targets": [{"kind": "destination", "value": made["id"]}]}]}
        refused = other.call("POST", "/v1/escalation-policies", theirs)
        assert list(refused.fields) == ["steps.0.targets.0.value"]
