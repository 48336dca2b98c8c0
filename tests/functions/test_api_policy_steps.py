"""Single steps of policies over the API, versions and what changed in them, and what a stale edit is told."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.postgres import TestDatabase
from tests.support.world import World

PATH = "/v1/escalation-policies"
MAIL = {"kind": "email", "value": "ops@acme.example"}
FIRST = {"if-match": '"1"'}


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


@pytest.fixture
def policy(api: ApiHost, world: World) -> dict[str, Any]:
    steps = [{"delay_seconds": 60 * n, "targets": [world.alice.target]} for n in range(3)]
    return api.call("POST", PATH, {"name": "primary", "steps": steps}).json


def ids(policy: dict[str, Any]) -> list[str]:
    return [step["step_id"] for step in policy["steps"]]


def test_a_step_has_repetitions_turns_and_conditions(api: ApiHost, world: World) -> None:
    conditions = {
        "severities": ["critical"],
        "urgencies": ["high"],
        "times": [{"days": ["monday", "friday"], "starts": "09:00", "ends": "17:30"}],
        "while": "not_resolved",
    }
    step = {
        "delay_seconds": 0, "targets": [world.alice.target, MAIL], "retries": 3, "retry_interval_seconds": 120,
        "round_robin": True, "conditions": conditions,
    }  # fmt: skip
    sent = {"name": "all of it", "time_zone": "Europe/Berlin", "fallback": [MAIL], "steps": [step]}
    made = api.call("POST", PATH, sent)
    assert made.status == 201
    answered = made.json["steps"][0]
    assert answered["conditions"] == conditions
    assert [answered[name] for name in ("retries", "retry_interval_seconds", "round_robin")] == [3, 120, True]
    assert (made.json["time_zone"], made.json["fallback"]) == ("Europe/Berlin", [MAIL | {"who": None}])
    again = api.call("PUT", f"{PATH}/{made.json['id']}", sent | {"steps": [answered]}, headers=FIRST)
    assert (again.status, again.json["steps"]) == (200, [answered])


def test_a_step_can_be_put_in_anywhere(api: ApiHost, policy: dict[str, Any]) -> None:
    steps = f"{PATH}/{policy['id']}/steps"
    made = api.call("POST", steps, {"delay_seconds": 5, "targets": [MAIL], "position": 1}, headers=FIRST)
    assert (made.status, made.headers["ETag"]) == (201, '"2"')
    assert [s for s in ids(made.json) if s in ids(policy)] == ids(policy)
    assert made.json["steps"][1]["delay_seconds"] == 5
    last = api.call("POST", steps, {"delay_seconds": 6, "targets": [MAIL]}, headers={"if-match": '"2"'})
    assert [s["delay_seconds"] for s in last.json["steps"]] == [0, 5, 60, 120, 6]
    beyond = api.call("POST", steps, {"targets": [MAIL], "position": 6}, headers={"if-match": '"3"'})
    assert beyond.fields == {"position": "is 6; 0 to 5 are possible"}


def test_a_step_is_changed_in_what_is_said_and_nothing_else(api: ApiHost, policy: dict[str, Any]) -> None:
    first, second, _ = ids(policy)
    path = f"{PATH}/{policy['id']}/steps/{second}"
    made = api.call("PATCH", path, {"retries": 2, "retry_interval_seconds": 60}, headers=FIRST).json
    assert made["steps"][1] == policy["steps"][1] | {"retries": 2, "retry_interval_seconds": 60}
    assert (made["steps"][0], made["updated_by"][:8]) == (policy["steps"][0], "api_key:")
    version = {"if-match": '"2"'}
    assert api.call("PATCH", path, {}, headers=version).fields == {"body": "must change something"}
    null = api.call("PATCH", path, {"targets": None}, headers=version)
    assert null.fields == {"body": "targets can't be null; leave it out to keep it"}
    wrong = api.call("PATCH", path, {"delay_seconds": 2_592_001}, headers=version)
    assert list(wrong.fields) == ["steps.1.delay_seconds"]
    gone = api.call("PATCH", f"{PATH}/{policy['id']}/steps/{uuid4()}", {"retries": 0}, headers=version)
    assert gone.problem["code"] == "not_found"
    assert api.call("GET", f"{PATH}/{policy['id']}").json["version"] == 2
    assert first == made["steps"][0]["step_id"]


@pytest.mark.parametrize(
    ("moved", "position", "order"), [(0, 2, [1, 2, 0]), (2, 0, [2, 0, 1]), (1, 1, [0, 1, 2]), (0, 1, [1, 0, 2])]
)
def test_a_step_can_stand_anywhere(
    api: ApiHost, policy: dict[str, Any], moved: int, position: int, order: list[int]
) -> None:
    before = ids(policy)
    path = f"{PATH}/{policy['id']}/steps/{before[moved]}/move"
    made = api.call("POST", path, {"position": position}, headers=FIRST)
    assert [before.index(step) for step in ids(made.json)] == order
    beyond = api.call("POST", path, {"position": 3}, headers={"if-match": '"2"'})
    assert beyond.fields == {"position": "is 3; 0 to 2 are possible"}


def test_a_step_is_copied_and_taken_out(api: ApiHost, policy: dict[str, Any]) -> None:
    first, second, third = ids(policy)
    steps = f"{PATH}/{policy['id']}/steps"
    copied = api.call("POST", f"{steps}/{second}/duplicate", {}, headers=FIRST)
    assert copied.status == 201
    copy = copied.json["steps"][2]
    assert copy["step_id"] not in ids(policy)
    assert {**copy, "step_id": second} == policy["steps"][1]
    for version, step in ((2, first), (3, copy["step_id"]), (4, third)):
        left = api.call("DELETE", f"{steps}/{step}", headers={"if-match": f'"{version}"'})
    assert ids(left.json) == [second]
    last = api.call("DELETE", f"{steps}/{second}", headers={"if-match": '"5"'})
    assert last.fields == {"steps": "are 0; 1 to 100 are possible"}


def test_a_hundred_steps_and_no_more(api: ApiHost, policy: dict[str, Any]) -> None:
    steps = [{"delay_seconds": 2_592_000, "targets": [MAIL]}] * 100
    full = api.call("PUT", f"{PATH}/{policy['id']}", {"name": "full", "steps": steps}, headers=FIRST)
    assert (full.status, len(full.json["steps"])) == (200, 100)
    more = api.call("POST", f"{PATH}/{policy['id']}/steps", {"targets": [MAIL]}, headers={"if-match": '"2"'})
    assert more.fields == {"steps": "are 101; 1 to 100 are possible"}


def test_every_change_of_a_step_needs_the_version_that_was_read(api: ApiHost, policy: dict[str, Any]) -> None:
    step = f"{PATH}/{policy['id']}/steps/{ids(policy)[0]}"
    calls: list[tuple[str, str, dict[str, Any] | None]] = [
        ("POST", f"{PATH}/{policy['id']}/steps", {"targets": [MAIL]}),
        ("PATCH", step, {"retries": 0}),
        ("DELETE", step, None),
        ("POST", f"{step}/move", {"position": 1}),
        ("POST", f"{step}/duplicate", {}),
    ]
    for method, path, body in calls:
        assert api.call(method, path, body).problem["code"] == "version_required"
        assert api.call(method, path, body, headers={"if-match": '"9"'}).problem["code"] == "stale_version"


def test_a_stale_edit_is_told_what_has_changed_and_by_whom(api: ApiHost, policy: dict[str, Any]) -> None:
    first, second, third = ids(policy)
    steps = f"{PATH}/{policy['id']}/steps"
    api.call("DELETE", f"{steps}/{first}", headers=FIRST)
    api.call("POST", steps, {"delay_seconds": 9, "targets": [MAIL], "position": 0}, headers={"if-match": "2"})
    api.call("PATCH", f"{steps}/{second}", {"round_robin": True}, headers={"if-match": "3"})
    api.call("POST", f"{steps}/{third}/move", {"position": 0}, headers={"if-match": "4"})
    stale = api.call("DELETE", f"{steps}/{third}", headers=FIRST)

    assert (stale.status, stale.problem["code"]) == (412, "stale_version")
    told = stale.problem["changes"]
    assert [(v["version"], [c["kind"] for c in v["changes"]]) for v in told] == [
        (2, ["step_removed"]),
        (3, ["step_added"]),
        (4, ["step_changed"]),
        (5, ["step_moved"]),
    ]
    assert told[0]["changes"][0]["step_id"] == first
    assert told[2]["changes"][0]["text"] == "of step 2 round_robin changed"
    assert {v["created_by"][:8] for v in told} == {"api_key:"}
    assert "in version 2, by API key test, step 1 was removed" in stale.problem["detail"]
    ahead = api.call("DELETE", f"{steps}/{third}", headers={"if-match": "7"})
    assert ahead.problem["detail"].endswith("there is no version 7 yet.")


def test_versions_are_listed_and_can_be_read(api: ApiHost, policy: dict[str, Any]) -> None:
    path = f"{PATH}/{policy['id']}"
    for version in range(1, 4):
        patch = {"delay_seconds": version}
        api.call("PATCH", f"{path}/steps/{ids(policy)[1]}", patch, headers={"if-match": f'"{version}"'})
    newest = api.call("GET", f"{path}/versions", query={"limit": 2}).json
    assert [(v["version"], v["is_current"]) for v in newest["items"]] == [(4, True), (3, False)]
    older = api.call("GET", f"{path}/versions", query={"before": newest["next_before"]}).json
    assert [(v["version"], len(v["changes"])) for v in older["items"]] == [(2, 1), (1, 0)]
    assert older["next_before"] is None
    assert older["items"][0]["changes"][0]["fields"] == ["delay_seconds"]
    then = api.call("GET", f"{path}/versions/1").json
    assert then["steps"] == policy["steps"]
    assert api.call("GET", f"{path}/versions/5").problem["code"] == "not_found"
    assert api.call("GET", f"{PATH}/{uuid4()}/versions").problem["code"] == "not_found"


def test_a_policy_is_copied_with_steps_of_its_own(api: ApiHost, policy: dict[str, Any]) -> None:
    made = api.call("POST", f"{PATH}/{policy['id']}/duplicate", {"name": "copy"})
    assert (made.status, made.json["name"], made.json["version"]) == (201, "copy", 1)
    assert not set(ids(made.json)) & set(ids(policy))
    assert [s["delay_seconds"] for s in made.json["steps"]] == [0, 60, 120]
    assert api.call("POST", f"{PATH}/{policy['id']}/duplicate", {"name": "copy"}).problem["code"] == "duplicate"
    assert api.call("POST", f"{PATH}/{uuid4()}/duplicate", {"name": "x"}).problem["code"] == "not_found"


def test_who_has_left_does_not_stand_in_the_way_of_a_change(api: ApiHost, policy: dict[str, Any], world: World) -> None:
    world.database.rows("delete from membership where user_id = %s returning 1", world.alice.user_id)
    step = f"{PATH}/{policy['id']}/steps/{ids(policy)[1]}"
    assert api.call("PATCH", step, {"retries": 1, "retry_interval_seconds": 60}, headers=FIRST).status == 200
    new = {"targets": [world.alice.target | {"value": str(uuid4())}]}
    assert list(api.call("PATCH", step, new, headers={"if-match": "2"}).fields) == ["steps.1.targets.0.value"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"conditions": {"severities": ["awful"]}}, "conditions.severities.0"),
        ({"conditions": {"times": [{"days": ["caturday"]}]}}, "conditions.times.0.days.0"),
        ({"conditions": {"times": [{"starts": "25:00"}]}}, "steps.3.conditions.times.0.starts"),
        ({"conditions": {"while": "always"}}, "conditions.while"),
        ({"conditions": {"until": "not_resolved"}}, "conditions.until"),
        ({"retries": True}, "retries"),
        ({"retries": 21, "retry_interval_seconds": 60}, "steps.3.retries"),
        ({"retries": 1, "retry_interval_seconds": 1}, "steps.3.retry_interval_seconds"),
        ({"targets": [{"kind": "schedule", "value": str(uuid4())}]}, "steps.3.targets.0.value"),
        ({"targets": [{"kind": "destination", "value": "x"}]}, "steps.3.targets.0.value"),
        ({"targets": [MAIL | {"who": "next"}]}, "steps.3.targets.0.who"),
        ({"position": -1}, "position"),
    ],
)
def test_a_step_that_is_none(api: ApiHost, policy: dict[str, Any], changes: dict[str, Any], field: str) -> None:
    step = {"delay_seconds": 1, "targets": [MAIL], **changes}
    assert list(api.call("POST", f"{PATH}/{policy['id']}/steps", step, headers=FIRST).fields) == [field]


def test_another_organizations_steps_are_not_there(
    policy: dict[str, Any], database: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    with api_host(World(database, "Globex"), monkeypatch) as other:
        path = f"{PATH}/{policy['id']}"
        for method, where, body in (
            ("POST", f"{path}/steps", {"targets": [MAIL]}),
            ("DELETE", f"{path}/steps/{ids(policy)[0]}", None),
            ("POST", f"{path}/duplicate", {"name": "theirs"}),
            ("GET", f"{path}/versions", None),
            ("GET", f"{path}/versions/1", None),
        ):
            assert other.call(method, where, body, headers=FIRST).problem["code"] == "not_found"
