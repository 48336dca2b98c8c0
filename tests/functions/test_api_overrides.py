"""Overrides and temporary schedules over the API: who may make them, who wins, and that the past stays."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.functions.test_api_schedules import draft, layer
from tests.support.api_host import ApiHost, api_host
from tests.support.signed_in import member
from tests.support.world import Person, World

NOBODY = None


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


@pytest.fixture
def schedule(api: ApiHost, world: World) -> str:
    """Where Alice is always on call."""
    return f"/v1/schedules/{api.call('POST', '/v1/schedules', draft(layer(world.alice))).json['id']}"


def override(world: World, person: Person | None, since: float, until: float, **changes: Any) -> dict[str, Any]:
    """From and to so many hours from now."""
    return {
        "user_id": None if person is None else str(person.user_id),
        "starts_at": (world.now + timedelta(hours=since)).isoformat(),
        "ends_at": (world.now + timedelta(hours=until)).isoformat(),
        **changes,
    }


def on_call(api: ApiHost) -> str | None:
    (found,) = api.call("GET", "/v1/on-call").json["items"]
    return found["now"] and found["now"]["user_name"]


def test_of_overlapping_overrides_the_one_made_last_wins(api: ApiHost, world: World, schedule: str) -> None:
    carol = world.person("Carol")
    made = api.call("POST", f"{schedule}/overrides", override(world, world.bob, 0, 4, name="dentist"))
    assert (made.status, made.headers["ETag"], made.json["kind"]) == (201, '"1"', "override")
    assert on_call(api) == "Bob"
    world.database.advance(timedelta(minutes=1))
    assert api.call("POST", f"{schedule}/overrides", override(world, carol, 0, 1)).status == 201
    assert on_call(api) == "Carol"
    found = api.call("GET", f"{schedule}/shifts").json["items"]
    assert [s["user_name"] for s in found[:3]] == ["Carol", "Bob", "Alice"]
    assert found[1]["reason"] == {"kind": "override", "id": made.json["id"], "name": "dentist", "version": None}
    world.database.advance(timedelta(hours=2))
    assert on_call(api) == "Bob"
    world.database.advance(timedelta(minutes=1))
    assert api.call("POST", f"{schedule}/overrides", override(world, NOBODY, 0, 1)).status == 201
    (found,) = api.call("GET", "/v1/on-call").json["items"]
    assert (found["now"]["user_id"], found["now"]["reason"]["kind"]) == (None, "override")
    world.database.advance(timedelta(hours=3))
    assert on_call(api) == "Alice"


def test_a_temporary_schedule_lies_below_overrides_and_over_layers(api: ApiHost, world: World, schedule: str) -> None:
    holidays = {
        "kind": "temporary",
        "name": "holidays",
        "layers": [layer(world.bob, name="volunteers")],
        "time_zone": "UTC",
        "ends_at": (world.now + timedelta(days=10)).isoformat(),
    }
    made = api.call("POST", f"{schedule}/overrides", holidays)
    assert (made.status, made.json["layers"][0]["name"], on_call(api)) == (201, "volunteers", "Bob")
    assert api.call("GET", f"{schedule}/shifts").json["items"][0]["reason"]["kind"] == "temporary"
    assert api.call("POST", f"{schedule}/overrides", override(world, world.alice, 0, 1)).status == 201
    assert on_call(api) == "Alice"
    world.database.advance(timedelta(days=11))
    assert on_call(api) == "Alice"


def test_what_has_begun_is_changed_in_its_end_alone(api: ApiHost, world: World, schedule: str) -> None:
    made = api.call("POST", f"{schedule}/overrides", override(world, world.bob, 1, 4)).json
    path = f"{schedule}/overrides/{made['id']}"
    changed = api.call("PUT", path, override(world, world.alice, 2, 5), headers={"if-match": '"1"'})
    assert (changed.status, changed.json["version"], changed.json["created_at"]) == (200, 2, made["created_at"])
    stale = api.call("PUT", path, override(world, world.bob, 2, 5), headers={"if-match": '"1"'})
    assert (stale.status, stale.problem["code"]) == (412, "stale_version")
    assert api.call("PUT", path, override(world, world.bob, 2, 5)).problem["code"] == "version_required"
    world.database.advance(timedelta(hours=3))
    refused = api.call("PUT", path, override(world, world.bob, 0, 5), headers={"if-match": '"2"'})
    assert refused.status == 409
    assert "make another" in refused.problem["detail"]
    longer = api.call("PUT", path, override(world, world.alice, 0, 9), headers={"if-match": '"2"'})
    assert (longer.status, longer.json["starts_at"]) == (200, changed.json["starts_at"])
    world.database.advance(timedelta(hours=10))
    over = api.call("PUT", path, override(world, world.alice, 0, 9), headers={"if-match": '"3"'})
    assert (over.status, api.call("POST", f"{path}/cancel").status) == (409, 409)


def test_what_is_cancelled_holds_no_more_and_was_true_before(api: ApiHost, world: World, schedule: str) -> None:
    made = api.call("POST", f"{schedule}/overrides", override(world, world.bob, 0, 4)).json
    start = world.now
    world.database.advance(timedelta(hours=1))
    gone = api.call("POST", f"{schedule}/overrides/{made['id']}/cancel")
    assert gone.json["cancelled_at"]
    assert api.call("POST", f"{schedule}/overrides/{made['id']}/cancel").json == gone.json
    assert on_call(api) == "Alice"
    past = api.call("GET", f"{schedule}/shifts", query={"since": start.isoformat()}).json["items"]
    assert [s["user_name"] for s in past[:2]] == ["Bob", "Alice"]
    assert api.call("GET", f"{schedule}/overrides").json["items"] == []
    (listed,) = api.call("GET", f"{schedule}/overrides", query={"all": "true"}).json["items"]
    assert listed == gone.json == api.call("GET", f"{schedule}/overrides/{made['id']}").json
    assert [entry[1] for entry in api.audited()][1:] == ["schedule_override.created", "schedule_override.cancelled"]


def test_responders_override_and_do_not_rewrite(api: ApiHost, world: World, schedule: str) -> None:
    bob = member(api, world.bob)
    made = bob.call("POST", f"{schedule}/overrides", override(world, world.bob, 0, 1))
    assert (made.status, made.json["created_by"]) == (201, f"user:{world.bob.user_id}")
    temporary = {"kind": "temporary", "layers": [], "ends_at": (world.now + timedelta(hours=1)).isoformat()}
    assert bob.call("POST", f"{schedule}/overrides", temporary).problem["code"] == "forbidden"
    laid = api.call("POST", f"{schedule}/overrides", temporary).json
    assert bob.call("POST", f"{schedule}/overrides/{laid['id']}/cancel").problem["code"] == "forbidden"
    viewer = world.api_key("viewer")
    path = f"{schedule}/overrides/{made.json['id']}"
    assert api.call("POST", f"{path}/cancel", key=viewer).problem["code"] == "forbidden"
    assert api.call("GET", path, key=viewer).status == 200


def test_every_problem_of_an_override_is_told(api: ApiHost, world: World, schedule: str) -> None:
    other = World(world.database, name="Other")
    wrong: list[tuple[dict[str, Any], str]] = [
        (override(world, other.alice, 0, 1), "user_id"),
        (override(world, world.bob, -2, -1), "ends_at"),
        (override(world, world.bob, 2, 1), "ends_at"),
        (override(world, world.bob, 0, 24 * 400), "ends_at"),
        (override(world, world.bob, 0, 1, kind="swap"), "kind"),
        (override(world, world.bob, 0, 1, layers=[]), "body"),
        (override(world, world.bob, 0, 1, kind="temporary"), "body"),
        ({"ends_at": "2199-01-01T00:00:00Z"}, "body"),
        (override(world, world.bob, 0, 1, starts_at="soon"), "starts_at"),
        (override(world, world.bob, 0, 1, name="\x00"), "name"),
        (override(world, None, 0, 1, user_id="bob"), "user_id"),
    ]
    for body, field in wrong:
        answer = api.call("POST", f"{schedule}/overrides", body)
        assert list(answer.fields) == [field], (body, answer.text)
    assert world.database.rows("select count(*) from schedule_override") == [(0,)]


def test_what_begins_in_the_past_begins_now(api: ApiHost, world: World, schedule: str) -> None:
    made = api.call("POST", f"{schedule}/overrides", override(world, world.bob, -5, 1)).json
    assert made["starts_at"] == made["created_at"]
