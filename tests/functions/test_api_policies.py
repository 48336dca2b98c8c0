"""Escalation policies over the API: versions, and nobody's change lost."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.world import World

PATH = "/v1/escalation-policies"
MAIL = {"kind": "email", "value": "ops@acme.example"}


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


def draft(world: World, **changes: Any) -> dict[str, Any]:
    steps = [{"targets": [world.alice.target, MAIL]}, {"delay_seconds": 300, "targets": [world.bob.target]}]
    return {"name": "primary", "rounds": 2, "round_delay_seconds": 600, "steps": steps, **changes}


def test_a_policy_is_made_and_read_with_its_version(api: ApiHost, world: World) -> None:
    made = api.call("POST", PATH, draft(world))
    assert (made.status, made.json["version"], made.headers["ETag"]) == (201, 1, '"1"')
    assert [s["delay_seconds"] for s in made.json["steps"]] == [0, 300]
    assert made.json["steps"][0]["targets"] == [world.alice.target | {"who": None}, MAIL | {"who": None}]
    found = api.call("GET", f"{PATH}/{made.json['id']}")
    assert (found.status, found.headers["ETag"], found.json) == (200, '"1"', made.json)
    listed = api.call("GET", PATH, query={"limit": 1}).json
    rest = api.call("GET", PATH, query={"cursor": listed["next_cursor"]}).json
    assert {p["id"] for p in listed["items"] + rest["items"]} == {made.json["id"], str(world.policy_id)}


def test_an_edit_makes_a_version_and_steps_keep_their_ids(api: ApiHost, world: World) -> None:
    made = api.call("POST", PATH, draft(world)).json
    path = f"{PATH}/{made['id']}"
    first, second = made["steps"]
    steps = [second, {"delay_seconds": 60, "targets": [MAIL]}]
    answer = api.call("PUT", path, draft(world, steps=steps, name="renamed"), headers={"if-match": '"1"'})
    assert (answer.status, answer.json["version"], answer.headers["ETag"]) == (200, 2, '"2"')
    assert answer.json["name"] == "renamed"
    kept, new = answer.json["steps"]
    assert kept == second
    assert new["step_id"] not in {first["step_id"], second["step_id"]}
    versions = world.database.rows(
        "select version, count(*) from escalation_policy_step where policy_id = %s group by 1 order by 1", made["id"]
    )
    assert versions == [(1, 2), (2, 2)]
    gone = draft(world, steps=[first])
    answer = api.call("PUT", path, gone, headers={"if-match": "2"})
    assert answer.fields == {"steps.0.step_id": "names no step of this policy; leave it out for a new step"}


def test_a_change_to_what_has_changed_is_refused(api: ApiHost, world: World) -> None:
    path = f"{PATH}/{api.call('POST', PATH, draft(world)).json['id']}"
    assert api.call("PUT", path, draft(world), headers={"if-match": '"1"'}).status == 200
    stale = api.call("PUT", path, draft(world), headers={"if-match": '"1"'})
    assert (stale.status, stale.problem["code"]) == (412, "stale_version")
    assert "version 2" in stale.problem["detail"]
    without = api.call("PUT", path, draft(world))
    assert (without.status, without.problem["code"]) == (428, "version_required")
    assert api.call("GET", path).json["version"] == 2


AN_IF_MATCH_THAT_IS_NO_VERSION: list[str] = ["", "*", "x", "0", "-1", '"1', "1, 2", "9" * 40, "\x00"]


def test_an_if_match_that_is_no_version(api: ApiHost, world: World) -> None:
    for version in AN_IF_MATCH_THAT_IS_NO_VERSION:
        answer = api.call("PUT", f"{PATH}/{world.policy_id}", draft(world), headers={"if-match": version})
        assert list(answer.fields) == ["header.If-Match"]


def test_every_problem_of_a_policy_is_told(api: ApiHost, world: World) -> None:
    steps = [
        {"delay_seconds": -1, "targets": []},
        {"delay_seconds": 60, "targets": [{"kind": "user", "value": str(uuid4())}, {"kind": "fax", "value": "1"}]},
    ]
    answer = api.call("POST", PATH, draft(world, rounds=11, round_delay_seconds=10**12, steps=steps))
    assert set(answer.fields) == {
        "rounds",
        "round_delay_seconds",
        "steps.0.delay_seconds",
        "steps.0.targets",
        "steps.1.targets.0.value",
        "steps.1.targets.1.kind",
    }
    assert world.database.rows("select count(*) from escalation_policy where name = 'primary'") == [(0,)]


A_POLICY_THAT_IS_NONE: list[tuple[dict[str, Any], str]] = [
    ({"steps": []}, "steps"),
    ({"steps": None}, "steps"),
    ({"steps": "x"}, "steps"),
    ({"steps": [5]}, "steps.0"),
    ({"steps": [{}]}, "steps.0.targets"),
    ({"steps": [{"targets": [MAIL], "wait": 5}]}, "steps.0.wait"),
    ({"steps": [{"targets": [MAIL], "delay_seconds": "5"}]}, "steps.0.delay_seconds"),
    ({"steps": [{"targets": [MAIL], "delay_seconds": True}]}, "steps.0.delay_seconds"),
    ({"steps": [{"targets": [{"kind": "email", "value": None}]}]}, "steps.0.targets.0.value"),
    ({"steps": [{"targets": [{"kind": "email", "value": "a\x00@b.example"}]}]}, "steps.0.targets.0.value"),
    ({"rounds": 1.5}, "rounds"),
    ({"name": "\x00"}, "name"),
]


def test_a_policy_that_is_none(api: ApiHost, world: World) -> None:
    for changes, field in A_POLICY_THAT_IS_NONE:
        assert list(api.call("POST", PATH, draft(world, **changes)).fields) == [field]


def test_teams_are_targets_too(api: ApiHost, world: World) -> None:
    team = world.team("ops", [world.alice])
    made = api.call("POST", PATH, draft(world, steps=[{"targets": [team]}], team_id=team["value"]))
    assert (made.json["steps"][0]["targets"], made.json["team_id"]) == ([team | {"who": None}], team["value"])
    gone = draft(world, name="other", team_id=str(uuid4()))
    assert api.call("POST", PATH, gone).problem["code"] == "not_found"


def test_a_policy_in_use_can_not_be_deleted(api: ApiHost, world: World) -> None:
    path = f"{PATH}/{world.policy_id}"
    refused = api.call("DELETE", path)
    assert (refused.status, refused.problem["code"]) == (409, "conflict")
    assert "checkout" in refused.problem["detail"]
    service = f"/v1/services/{world.service_id}"
    assert api.call("PATCH", service, {"policy_id": None}, headers={"if-match": "1"}).status == 200
    assert api.call("DELETE", path).status == 204
    for method in ("GET", "DELETE"):
        assert api.call(method, path).problem["code"] == "not_found"
    again = {"policy_id": str(world.policy_id)}
    assert api.call("PATCH", service, again, headers={"if-match": "2"}).problem["code"] == "not_found"


def test_two_policies_can_not_have_one_name(api: ApiHost, world: World) -> None:
    first = api.call("POST", PATH, draft(world)).json["id"]
    assert api.call("POST", PATH, draft(world)).problem["code"] == "duplicate"
    assert api.call("PUT", f"{PATH}/{world.policy_id}", draft(world), headers={"if-match": "1"}).status == 409
    assert api.call("PUT", f"{PATH}/{first}", draft(world), headers={"if-match": "1"}).status == 200


def test_what_a_policy_was_is_in_the_audit_log(api: ApiHost, world: World) -> None:
    made = api.call("POST", PATH, draft(world)).json
    api.call("PUT", f"{PATH}/{made['id']}", draft(world, rounds=1), headers={"if-match": "1"})
    ((before, after, request_id, address),) = world.database.rows(
        "select before, after, request_id, source_address from audit_entry where action = 'escalation_policy.updated'"
    )
    assert before == made
    assert (after["rounds"], after["version"]) == (1, 2)
    assert request_id
    assert address == "203.0.113.7"
