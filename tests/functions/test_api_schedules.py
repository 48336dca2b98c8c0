"""Schedules over the API: versions that change nothing but the future, shifts with their reasons, previews."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.signed_in import member
from tests.support.world import Person, World

PATH = "/v1/schedules"


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


def layer(*people: Person | None, **changes: Any) -> dict[str, Any]:
    participants = [None if person is None else str(person.user_id) for person in people]
    found = {"name": "day", "unit": "days", "length": 1, "handoff": "09:00", "starts_on": "2026-01-05"}
    return {**found, "participants": participants, **changes}


def draft(*layers: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"name": "Primary", "time_zone": "Europe/Berlin", "layers": list(layers), **changes}


def again(made: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """What was answered, as it is sent back with a change."""
    return {name: made[name] for name in ("name", "description", "team_id", "time_zone", "layers")} | changes


def names(shifts: dict[str, Any]) -> list[str | None]:
    return [shift["user_name"] for shift in shifts["items"]]


def test_a_schedule_is_made_and_read_with_its_version(api: ApiHost, world: World) -> None:
    hours = [{"start": "09:00", "end": "17:00", "start_day": "monday", "end_day": "friday"}]
    made = api.call("POST", PATH, draft(layer(world.alice, world.bob, restrictions=hours), description="day and night"))
    assert (made.status, made.json["version"], made.headers["ETag"]) == (201, 1, '"1"')
    (kept,) = made.json["layers"]
    assert (kept["restrictions"], kept["participants"]) == (hours, [str(world.alice.user_id), str(world.bob.user_id)])
    assert api.call("GET", f"{PATH}/{made.json['id']}").json == made.json
    api.call("POST", PATH, draft(name="Backup"))
    listed = api.call("GET", PATH, query={"limit": 1}).json
    rest = api.call("GET", PATH, query={"cursor": listed["next_cursor"]}).json
    assert [s["name"] for s in listed["items"] + rest["items"]] == ["Backup", "Primary"]


def test_an_edit_changes_nothing_but_the_future(api: ApiHost, world: World) -> None:
    made = api.call("POST", PATH, draft(layer(world.alice, world.bob))).json
    path = f"{PATH}/{made['id']}"
    carol = world.person("Carol")
    before = api.call("GET", f"{path}/shifts").json
    first = before["items"][0]["user_name"]
    layers = [{**made["layers"][0], "participants": [str(p.user_id) for p in (carol, world.alice, world.bob)]}]
    answer = api.call("PUT", path, again(made, layers=layers), headers={"if-match": '"1"'})
    assert (answer.status, answer.json["version"], answer.headers["ETag"]) == (200, 2, '"2"')
    assert answer.json["layers"][0]["layer_id"] == made["layers"][0]["layer_id"]
    after = api.call("GET", f"{path}/shifts").json
    # whoever is on call stays until the end of their turn, and the order goes on from there
    assert (after["items"][0]["user_name"], after["items"][0]["ends_at"]) == (first, before["items"][0]["ends_at"])
    assert names(after)[:3] == (["Alice", "Bob", "Carol"] if first == "Alice" else ["Bob", "Carol", "Alice"])
    assert [s["reason"]["version"] for s in after["items"][:2]] == [1, 2]
    versions = api.call("GET", f"{path}/versions", query={"limit": 1}).json
    older = api.call("GET", f"{path}/versions", query={"before": versions["next_before"]}).json
    assert [v["version"] for v in versions["items"] + older["items"]] == [2, 1]
    assert (older["next_before"], older["items"][0]["layers"]) == (None, made["layers"])


def test_a_change_to_what_has_changed_is_refused_and_says_what_changed(api: ApiHost, world: World) -> None:
    made = api.call("POST", PATH, draft(layer(world.alice))).json
    path = f"{PATH}/{made['id']}"
    layers = [*made["layers"], layer(world.bob, name="night")]
    changed = again(made, layers=layers, time_zone="UTC")
    assert api.call("PUT", path, changed, headers={"if-match": '"1"'}).status == 200
    stale = api.call("PUT", path, changed, headers={"if-match": '"1"'})
    assert (stale.status, stale.problem["code"]) == (412, "stale_version")
    assert stale.problem["detail"].endswith("Since then layer night was added, the time zone is UTC.")
    without = api.call("PUT", path, changed)
    assert (without.status, without.problem["code"]) == (428, "version_required")
    assert api.call("GET", path).json["version"] == 2


def test_every_problem_of_a_schedule_is_told(api: ApiHost, world: World) -> None:
    other = World(world.database, name="Other")
    wrong = [
        layer(other.alice, length=0, layer_id=str(uuid4())),
        layer(unit="hours", length=745, restrictions=[{"start": "09:00", "end": "09:00"}]),
    ]
    answer = api.call("POST", PATH, draft(*wrong, time_zone="Europe/Atlantis"))
    assert answer.fields == {
        "time_zone": "is no time zone of the IANA database; write it like Europe/Berlin or UTC",
        "layers.0.layer_id": "names no layer of this schedule; leave it out for a new layer",
        "layers.0.length": "is 0; 1 to 366 days are possible",
        "layers.0.participants.0": "is not the id of a member of this organization",
        "layers.1.length": "is 745; 1 to 744 hours are possible",
        "layers.1.participants": "are 0; 1 to 100 are possible, null among them is nobody",
        "layers.1.restrictions.0.end": "is the same as the start; leave the restriction out if the layer always holds",
    }
    assert world.database.rows("select count(*) from schedule") == [(0,)]


A_SCHEDULE_THAT_IS_NONE: list[tuple[dict[str, Any], str]] = [
    ({"layers": None}, "layers"),
    ({"layers": [5]}, "layers.0"),
    ({"layers": [layer(handoff="9:00")]}, "layers.0.handoff"),
    ({"layers": [layer(handoff="24:00")]}, "layers.0.handoff"),
    ({"layers": [layer(unit="months")]}, "layers.0.unit"),
    ({"layers": [layer(length="1")]}, "layers.0.length"),
    ({"layers": [layer(starts_on="2026-02-30")]}, "layers.0.starts_on"),
    ({"layers": [layer(turns=2)]}, "layers.0.turns"),
    ({"layers": [layer(restrictions=[{"start": "09:00"}])]}, "layers.0.restrictions.0.end"),
    ({"time_zone": "\x00"}, "time_zone"),
    ({"time_zone": "x" * 100}, "time_zone"),
    ({"name": ""}, "name"),
    ({"description": "\x00"}, "description"),
]


def test_a_schedule_that_is_none(api: ApiHost) -> None:
    for changes, field in A_SCHEDULE_THAT_IS_NONE:
        assert list(api.call("POST", PATH, draft(**changes)).fields) == [field], changes


def test_the_window_of_shifts_is_bounded_and_says_so(api: ApiHost, world: World) -> None:
    path = f"{PATH}/{api.call('POST', PATH, draft(layer(world.alice, world.bob))).json['id']}/shifts"
    now = world.now
    two = api.call("GET", path, query={"since": now.isoformat(), "until": (now + timedelta(days=2)).isoformat()}).json
    ends = [datetime.fromisoformat(shift["ends_at"]) for shift in two["items"]]
    assert two["time_zone"] == "Europe/Berlin"
    assert (len(ends) in {2, 3}, max(ends)) == (True, datetime.fromisoformat(two["ends_at"]))
    shift = two["items"][0]
    assert shift["reason"] == {"kind": "layer", "id": shift["reason"]["id"], "name": "day", "version": 1}
    wrong: list[tuple[dict[str, str], str]] = [
        ({"until": (now + timedelta(days=93)).isoformat()}, "query.until"),
        ({"until": (now - timedelta(days=1)).isoformat()}, "query.until"),
        ({"since": "yesterday"}, "query.since"),
        ({"since": "2026-11-21T12:00:00"}, "query.since"),
        ({"since": "0001-01-01T00:00:00Z"}, "query.since"),
        ({"since": "9999-12-30T00:00:00Z"}, "query.since"),
    ]
    for query, field in wrong:
        assert list(api.call("GET", path, query=query).fields) == [field], query
    too_long = api.call("GET", path, query={"until": (now + timedelta(days=93)).isoformat()}).fields
    assert too_long == {"query.until": "must be at most 92 days after since"}


def test_a_preview_shows_what_a_save_would_do_and_saves_nothing(api: ApiHost, world: World) -> None:
    wanted = draft(layer(world.alice, None))
    shown = api.call("POST", f"{PATH}/preview", wanted)
    assert shown.status == 200
    assert set(names(shown.json)) == {"Alice"}
    assert {w["code"] for w in shown.json["warnings"]} == {"gap"}
    assert api.call("POST", f"{PATH}/preview", draft(layer(length=0))).status == 422
    made = api.call("POST", PATH, draft(layer(world.alice))).json
    path = f"{PATH}/{made['id']}"
    change = again(made, layers=[layer(world.bob)])
    shown = api.call("POST", f"{path}/preview", change).json
    assert (set(names(shown)), shown["warnings"]) == ({"Bob"}, [])
    assert set(names(api.call("GET", f"{path}/shifts").json)) == {"Alice"}
    assert api.call("PUT", path, change, headers={"if-match": "1"}).status == 200
    assert names(api.call("GET", f"{path}/shifts").json) == names(shown)
    assert [entry[1] for entry in api.audited()] == ["schedule.created", "schedule.updated"]


def test_nobody_next_week_and_who_has_left_are_warned_of(api: ApiHost, world: World) -> None:
    empty = api.call("POST", PATH, draft()).json
    (warning,) = api.call("GET", f"{PATH}/{empty['id']}/shifts").json["warnings"]
    assert warning["code"] == "nobody_next_week"
    made = api.call("POST", PATH, draft(layer(world.alice, world.bob), name="Backup")).json
    assert api.call("DELETE", f"/v1/members/{world.bob.user_id}").status == 200
    found = api.call("GET", f"{PATH}/{made['id']}/shifts").json
    (warning,) = found["warnings"]
    assert (warning["code"], warning["user_id"]) == ("not_a_member", str(world.bob.user_id))
    assert {(s["user_name"], s["is_member"]) for s in found["items"]} == {("Alice", True), (None, False)}
    # an edit has to say who takes the place of who has left
    refused = api.call("PUT", f"{PATH}/{made['id']}", again(made), headers={"if-match": "1"})
    assert list(refused.fields) == ["layers.0.participants.1"]


def test_who_is_on_call_and_next(api: ApiHost, world: World) -> None:
    team = world.team("ops", [])["value"]
    api.call("POST", PATH, draft(layer(world.alice, world.bob), team_id=team))
    api.call("POST", PATH, draft(layer(world.alice), name="Alone"))
    api.call("POST", PATH, draft(name="Nobody"))
    found = api.call("GET", "/v1/on-call").json
    who = {o["schedule_name"]: [o[at] and o[at]["user_name"] for at in ("now", "next")] for o in found["items"]}
    assert who["Nobody"] == [None, None]
    assert who["Alone"] == ["Alice", "Alice"]
    assert set(who["Primary"]) == {"Alice", "Bob"}
    (mine,) = api.call("GET", "/v1/on-call", query={"user_id": str(world.bob.user_id)}).json["items"]
    assert mine["schedule_name"] == "Primary"
    (ours,) = api.call("GET", "/v1/on-call", query={"team_id": team}).json["items"]
    assert (ours["schedule_name"], ours["team_id"]) == ("Primary", team)
    pages, cursor = [], None
    while True:
        page = api.call("GET", "/v1/on-call", query={"limit": 1} | ({"cursor": cursor} if cursor else {})).json
        pages += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert pages == found["items"]


def test_a_lead_writes_the_schedules_of_their_team_alone(api: ApiHost, world: World) -> None:
    team, other = world.team("ops", [world.bob])["value"], world.team("dev", [])["value"]
    bob = member(api, world.bob)
    assert bob.call("POST", PATH, draft(team_id=team)).problem["code"] == "forbidden"
    world.database.rows("update team_member set role = 'lead' where team_id = %s returning 1", team)
    made = bob.call("POST", PATH, draft(team_id=team)).json
    path = f"{PATH}/{made['id']}"
    assert bob.call("POST", PATH, draft(name="x")).problem["code"] == "forbidden"
    assert bob.call("PUT", path, again(made, description="ours"), headers={"if-match": "1"}).status == 200
    given = bob.call("PUT", path, again(made, team_id=other), headers={"if-match": "2"})
    assert given.problem["code"] == "forbidden"
    assert api.call("PUT", path, again(made, team_id=other), headers={"if-match": "2"}).status == 200
    assert bob.call("DELETE", path).problem["code"] == "forbidden"
    assert api.call("DELETE", f"/v1/teams/{other}").problem["code"] == "conflict"


def test_a_schedule_that_is_paged_by_is_not_deleted(api: ApiHost, world: World) -> None:
    made = api.call("POST", PATH, draft(layer(world.alice))).json
    path = f"{PATH}/{made['id']}"
    target = json.dumps([{"kind": "schedule", "value": made["id"], "who": "now"}])
    world.database.rows("update escalation_policy_step set targets = %s returning 1", target)
    refused = api.call("DELETE", path)
    assert (refused.status, refused.problem["code"]) == (409, "conflict")
    world.database.rows("update escalation_policy_step set targets = '[]' returning 1")
    assert api.call("DELETE", path).status == 204
    for method in ("GET", "DELETE"):
        assert api.call(method, path).problem["code"] == "not_found"
    assert api.call("GET", "/v1/on-call").json["items"] == []
    assert api.call("POST", PATH, draft()).status == 201


def test_two_schedules_can_not_have_one_name(api: ApiHost) -> None:
    assert api.call("POST", PATH, draft()).status == 201
    assert api.call("POST", PATH, draft()).problem["code"] == "duplicate"
    assert api.call("POST", PATH, draft(name="x", team_id=str(uuid4()))).problem["code"] == "not_found"


def test_nothing_of_another_organizations_schedules_is_seen(api: ApiHost, world: World) -> None:
    made = api.call("POST", PATH, draft(layer(world.alice))).json
    other = World(world.database, name="Other")
    key = other.api_key("owner")
    assert api.call("GET", PATH, key=key).json["items"] == []
    assert api.call("GET", "/v1/on-call", key=key).json["items"] == []
    for method, path in (("GET", "/shifts"), ("GET", "/versions"), ("GET", "/overrides"), ("GET", "/calendars")):
        assert api.call(method, f"{PATH}/{made['id']}{path}", key=key).problem["code"] == "not_found", path
    assert api.call("POST", f"{PATH}/{made['id']}/preview", draft(), key=key).problem["code"] == "not_found"


def test_notices_are_sent_unless_a_member_said_otherwise(api: ApiHost, world: World) -> None:
    alice, path = member(api, world.alice), "/v1/on-call/notices"
    assert alice.call("GET", path).json == {"handoff_notices": True}
    assert alice.call("PUT", path, {"handoff_notices": False}).json == {"handoff_notices": False}
    assert alice.call("GET", path).json == {"handoff_notices": False}
    assert member(api, world.bob).call("GET", path).json == {"handoff_notices": True}
    assert api.call("GET", path).problem["code"] == "forbidden"
