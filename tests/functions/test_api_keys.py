"""API keys over the API: never more than their maker, narrowed, rotated, ended at once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.signed_in import SignedIn, member
from tests.support.world import World

PATH = "/v1/api-keys"
POLICIES = "/v1/escalation-policies"


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


def made(api: ApiHost, by: SignedIn | None = None, **wanted: Any) -> Any:
    body = {"name": "ci", "role": "responder", **wanted}
    answer = api.call("POST", PATH, body) if by is None else by.call("POST", PATH, body)
    assert answer.status == 201, answer.text
    return answer.json


def test_a_key_is_shown_once_and_kept_as_a_hash(api: ApiHost, world: World) -> None:
    key = made(api)
    assert (key["hint"], len(key["key"]), key["last_used_at"]) == (key["key"][-4:], 32, None)
    assert api.call("GET", "/v1/incidents", key=key["key"]).status == 200
    found = api.call("GET", f"{PATH}/{key['id']}").json
    assert found["last_used_at"] is not None
    assert "key" not in found
    everything = str(world.database.rows("select k::text from api_key k union all select a::text from audit_entry a"))
    assert key["key"] not in everything


@pytest.mark.parametrize("role", ["admin", "responder"])
def test_nobody_makes_a_key_that_may_more_than_they(api: ApiHost, world: World, role: str) -> None:
    person = member(api, world.person("Dora", role=role))
    above = {"name": "x", "role": "owner", "personal": True}
    assert person.call("POST", PATH, above).problem["code"] == "forbidden"
    owners = world.database.rows("select count(*) from api_key where role = 'owner'")
    assert owners == [(0,)]


def test_a_scoped_key_makes_no_wider_one(api: ApiHost) -> None:
    narrow = made(api, role="admin", groups=["keys", "services"])["key"]
    for wider in ({}, {"groups": ["keys", "members"]}):
        answer = api.call("POST", PATH, {"name": "x", "role": "viewer", **wider}, key=narrow)
        assert answer.problem["code"] == "forbidden"
    within = {"name": "x", "role": "viewer", "groups": ["services"], "access": "read"}
    assert api.call("POST", PATH, within, key=narrow).status == 201
    reader = made(api, role="admin", access="read")["key"]
    assert api.call("POST", PATH, within, key=reader).problem["code"] == "forbidden"


def test_a_key_does_what_its_scope_says(api: ApiHost) -> None:
    key = made(api, role="admin", access="read", groups=["policies", "policies"])
    assert key["groups"] == ["policies"]
    assert api.call("GET", POLICIES, key=key["key"]).status == 200
    assert api.call("GET", "/v1/services", key=key["key"]).problem["code"] == "forbidden"
    refused = api.call("POST", POLICIES, {"name": "x", "steps": []}, key=key["key"])
    assert refused.status in {403, 422}
    assert made(api, role="viewer", groups=None)["groups"] is None


def test_a_responder_has_personal_keys_and_sees_no_others(api: ApiHost, world: World) -> None:
    bob = member(api, world.bob)
    of_all = made(api)
    organizations = bob.call("POST", PATH, {"name": "x", "role": "viewer"})
    assert (organizations.status, organizations.problem["code"]) == (403, "forbidden")
    mine = made(api, bob, personal=True)
    assert mine["user_id"] == str(world.bob.user_id)
    assert [key["id"] for key in bob.call("GET", PATH).json["items"]] == [mine["id"]]
    for method, path, body in (
        ("GET", "", None),
        ("POST", "/rotate", {}),
        ("POST", "/revoke", None),
    ):
        refused = bob.call(method, f"{PATH}/{of_all['id']}{path}", body)
        assert refused.problem["code"] == "not_found"
    assert {key["id"] for key in api.call("GET", PATH).json["items"]} >= {mine["id"], of_all["id"]}
    personal_again = api.call("POST", PATH, {"name": "x", "role": "viewer", "personal": True}, key=mine["key"])
    assert personal_again.json["user_id"] == str(world.bob.user_id)
    none = api.call("POST", PATH, {"name": "x", "role": "viewer", "personal": True})
    assert none.problem["code"] == "forbidden"


def test_a_personal_key_ends_with_its_person_and_sinks_with_their_role(api: ApiHost, world: World) -> None:
    dora = world.person("Dora", role="admin")
    key = made(api, member(api, dora), role="admin", personal=True)["key"]
    assert api.call("GET", "/v1/audit-entries", key=key).status == 200
    world.database.rows("update membership set role = 'viewer' where user_id = %s returning role", dora.user_id)
    assert api.call("GET", "/v1/audit-entries", key=key).problem["code"] == "forbidden"
    world.database.rows("delete from membership where user_id = %s returning role", dora.user_id)
    assert api.call("GET", "/v1/incidents", key=key).status == 401


@pytest.mark.parametrize("is_removed", [True, False])
def test_a_personal_key_stays_ended_when_its_person_joins_again(api: ApiHost, world: World, is_removed: bool) -> None:
    person = world.person("Dora")
    dora, path = member(api, person), "/v1/incidents"
    mine, ended, of_all = made(api, dora, personal=True), made(api, dora, personal=True), made(api)
    api.call("POST", f"{PATH}/{ended['id']}/revoke")
    other = World(world.database, name="Other")
    elsewhere = made(api, member(api, other.person("Eve"), other.org_id), personal=True)["key"]
    known = len(api.audited())
    if is_removed:
        assert api.call("DELETE", f"/v1/members/{person.user_id}").status == 200
    else:
        assert dora.call("POST", "/v1/organization/leave").status == 200
    world.database.rows(
        "insert into membership (org_id, user_id, role, created_at) values (%s, %s, 'admin', now()) returning role",
        world.org_id,
        person.user_id,
    )
    assert api.call("GET", path, key=mine["key"]).problem["detail"] == "This API key has been revoked."
    assert [api.call("GET", path, key=key).status for key in (of_all["key"], elsewhere)] == [200, 200]
    how = "membership.removed" if is_removed else "membership.left"
    assert [entry[1] for entry in api.audited()][known:] == [how, "api_key.revoked"]
    told = world.database.rows("select subject_id from audit_entry where action = 'api_key.revoked' order by at, id")
    assert told == [(ended["id"],), (mine["id"],)]


def test_a_key_does_not_outlive_the_one_it_is_made_with(api: ApiHost, world: World) -> None:
    ends, later = ((world.now + timedelta(hours=hours)).isoformat() for hours in (1, 2))
    brief = made(api, role="admin", expires_at=ends)
    for wanted, name in (({}, "same"), ({"expires_at": ends}, "said"), ({"expires_at": None}, "never")):
        answer = api.call("POST", PATH, {"name": name, "role": "viewer", **wanted}, key=brief["key"])
        assert (answer.status, answer.json["expires_at"]) == (201, brief["expires_at"])
    refused = api.call("POST", PATH, {"name": "x", "role": "viewer", "expires_at": later}, key=brief["key"])
    assert refused.fields["expires_at"].startswith("must not be after ")
    lasting = made(api)
    stopped = api.call("POST", f"{PATH}/{lasting['id']}/rotate", {}, key=brief["key"])
    assert (stopped.status, stopped.problem["code"]) == (403, "forbidden")
    assert api.call("GET", f"{PATH}/{lasting['id']}").json["expires_at"] is None
    again = api.call("POST", f"{PATH}/{brief['id']}/rotate", {"overlap_seconds": 60}, key=brief["key"]).json
    assert again["expires_at"] == brief["expires_at"]
    leftover = api.call("POST", f"{PATH}/{again['id']}/rotate", {}, key=brief["key"])
    assert leftover.problem["code"] == "forbidden"


def test_a_viewer_has_no_keys(api: ApiHost, world: World) -> None:
    vera = member(api, world.person("Vera", role="viewer"))
    assert vera.call("GET", PATH).problem["code"] == "forbidden"
    assert vera.call("POST", PATH, {"name": "x", "role": "viewer", "personal": True}).status == 403


def test_a_rotated_key_works_for_its_overlap(api: ApiHost, world: World) -> None:
    old = made(api, groups=["incidents"], access="read")
    new = api.call("POST", f"{PATH}/{old['id']}/rotate", {"overlap_seconds": 60}).json
    same = ("name", "role", "access", "groups", "user_id")
    assert [new[f] for f in same] == [old[f] for f in same]
    assert new["expires_at"] is None
    for key in (old["key"], new["key"]):
        assert api.call("GET", "/v1/incidents", key=key).status == 200
    world.database.rows(
        "update api_key set expires_at = expires_at - interval '61 seconds' where id = %s returning id", old["id"]
    )
    assert api.call("GET", "/v1/incidents", key=old["key"]).status == 401
    assert api.call("GET", "/v1/incidents", key=new["key"]).status == 200
    assert api.call("POST", f"{PATH}/{old['id']}/rotate", {}).problem["code"] == "conflict"
    assert [row[1] for row in api.audited()] == ["api_key.created", "api_key.created", "api_key.rotated"]


def test_a_key_that_is_to_end_stays_so_when_it_is_rotated(api: ApiHost, world: World) -> None:
    ends = (world.now + timedelta(hours=1)).isoformat()
    old = made(api, expires_at=ends)
    new = api.call("POST", f"{PATH}/{old['id']}/rotate", {"overlap_seconds": 86_400}).json
    assert new["expires_at"] == old["expires_at"]
    assert api.call("GET", f"{PATH}/{old['id']}").json["expires_at"] == old["expires_at"]


def test_a_revoked_key_is_refused_from_then_on(api: ApiHost) -> None:
    key = made(api)
    revoked = api.call("POST", f"{PATH}/{key['id']}/revoke")
    assert revoked.json["revoked_at"] is not None
    assert api.call("GET", "/v1/incidents", key=key["key"]).status == 401
    assert api.call("POST", f"{PATH}/{key['id']}/revoke").json == revoked.json
    assert api.call("POST", f"{PATH}/{key['id']}/rotate", {}).problem["code"] == "conflict"


def test_an_admin_does_not_end_or_take_over_an_owners_key(api: ApiHost, world: World) -> None:
    owners = api.call("POST", PATH, {"name": "x", "role": "owner"}, key=world.api_key("owner")).json
    for verb in ("rotate", "revoke"):
        assert api.call("POST", f"{PATH}/{owners['id']}/{verb}", {}).problem["code"] == "forbidden"


def test_another_organizations_keys_are_not_there(api: ApiHost, world: World) -> None:
    other = World(world.database, name="Other").api_key("owner")
    key = made(api)
    assert api.call("GET", f"{PATH}/{key['id']}", key=other).problem["code"] == "not_found"
    for verb in ("rotate", "revoke"):
        assert api.call("POST", f"{PATH}/{key['id']}/{verb}", {}, key=other).problem["code"] == "not_found"
        assert api.call("POST", f"{PATH}/{uuid4()}/{verb}", {}).problem["code"] == "not_found"
    assert key["id"] not in api.call("GET", PATH, key=other).text


def test_keys_come_in_pages(api: ApiHost) -> None:
    ids = [made(api)["id"] for _ in range(3)]
    first = api.call("GET", PATH, query={"limit": 2}).json
    rest = api.call("GET", PATH, query={"limit": 2, "cursor": first["next_cursor"]}).json
    assert [key["id"] for key in first["items"] + rest["items"]][:3] == ids[::-1]


A_KEY_THAT_IS_NONE: list[tuple[dict[str, Any], str]] = [
    ({"name": ""}, "name"),
    ({"role": "root"}, "role"),
    ({"access": "all"}, "access"),
    ({"groups": []}, "groups"),
    ({"groups": ["x"]}, "groups.0"),
    ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
    ({"expires_at": "2099-01-01T00:00:00"}, "expires_at"),
    ({"user_id": str(uuid4())}, "user_id"),
]


def test_a_key_that_is_none(api: ApiHost) -> None:
    for changes, field in A_KEY_THAT_IS_NONE:
        assert list(api.call("POST", PATH, {"name": "x", "role": "viewer", **changes}).fields) == [field], changes
