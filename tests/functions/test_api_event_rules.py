"""Event rules over the API: versions, everything that is wrong told at once, tried before they are saved."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.world import World
from tocsin_data.services.processing import process

PATH = "/v1/event-rules"


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


def rule(name: str, condition: str | None = None, *, continues: bool = False, **actions: Any) -> dict[str, Any]:
    return {"name": name, "condition": condition, "actions": actions, "continues": continues}


def put(api: ApiHost, *rules: dict[str, Any], version: int = 1, path: str = PATH, **more: Any) -> Any:
    return api.call("PUT", path, {"rules": list(rules), **more}, headers={"if-match": str(version)})


def test_rules_are_written_and_read_with_their_version(api: ApiHost) -> None:
    empty = api.call("GET", PATH)
    assert (empty.json["version"], empty.json["rules"], empty.headers["ETag"]) == (1, [], '"1"')
    made = put(api, rule("quiet", "event.severity == 'info'", suppress=True), time_zone="Europe/Berlin")
    assert (made.status, made.json["version"], made.json["time_zone"]) == (200, 2, "Europe/Berlin")
    (kept,) = made.json["rules"]
    again = put(api, {**kept, "name": "quieter"}, rule("all", urgency="low"), version=2)
    assert (again.status, again.json["version"]) == (200, 3)
    assert again.json["rules"][0]["rule_id"] == kept["rule_id"]
    assert api.call("GET", PATH).json == again.json
    first = api.call("GET", f"{PATH}/versions", query={"limit": 1}).json
    rest = api.call("GET", f"{PATH}/versions", query={"before": first["next_before"]}).json
    assert [v["version"] for v in first["items"] + rest["items"]] == [3, 2]


def test_a_change_to_what_has_changed_is_refused_and_says_who_changed_it(api: ApiHost) -> None:
    put(api, rule("all"))
    stale = put(api, rule("none"))
    assert (stale.status, stale.json["code"]) == (412, "stale_version")
    assert "The rules are at version 2 by now, which api_key:" in stale.json["detail"]
    assert api.call("PUT", PATH, {"rules": []}).status == 428


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_saved(api: ApiHost, world: World) -> None:
    answer = put(
        api,
        rule("a", "event.severity ==", hold_seconds=0),
        rule("a", "host == 'db'", service_id=str(uuid4()), policy_id=str(uuid4())),
        {**rule("b", "event.summary"), "rule_id": str(uuid4())},
        rule("c", group={"by": ["x", "x"], "window_seconds": 5}),
        time_zone="Mars/Olympus",
    )
    known = "event, integration, labels, now, service"
    assert answer.status == 422
    assert answer.fields == {
        "time_zone": "must be an IANA time zone, like Europe/Berlin",
        "rules.0.condition": "can't be read at line 1, character 18: mismatched input the end",
        "rules.0.actions.hold_seconds": "is 0; 1 to 86400 seconds are possible",
        "rules.1.name": "is the name of an earlier rule; traces tell rules apart by their names",
        "rules.1.condition": f"names host at character 1, which there is not; {known} are possible",
        "rules.1.actions.service_id": "is not the id of a service of this organization",
        "rules.1.actions.policy_id": "is not the id of an escalation policy of this organization",
        "rules.2.rule_id": "names no rule of this set; leave it out for a new rule",
        "rules.2.condition": "answers str, not true or false; compare it with something",
        "rules.3.actions.group.window_seconds": "is 5; 60 to 604800 seconds are possible",
        "rules.3.actions.group.by": "must be at most 5 labels, each once",
    }
    assert world.database.rows("select count(*) from event_rule_set")[0][0] == 0
    assert put(api, *[rule(str(n)) for n in range(101)]).fields == {"rules": "are 101; 100 are possible"}


def test_a_service_has_rules_of_its_own_which_do_not_route_to_services(api: ApiHost, world: World) -> None:
    path = f"/v1/services/{world.service_id}/event-rules"
    assert put(api, rule("all", urgency="low"), path=path).json["service_id"] == str(world.service_id)
    refused = put(api, rule("away", service_id=str(world.service_id)), path=path, version=2)
    assert list(refused.fields) == ["rules.0.actions.service_id"]
    assert api.call("GET", f"/v1/services/{uuid4()}/event-rules").status == 404
    assert api.call("GET", PATH).json["rules"] == []


def test_rules_are_tried_saved_or_not(api: ApiHost, world: World) -> None:
    put(api, rule("noise", "labels.env == 'test'", suppress=True), rule("rest", continues=True, severity="warning"))
    event = {"summary": "disk full", "severity": "error", "labels": {"env": "test", "host": "db1"}}
    sent = {"event": event, "service_id": str(world.service_id)}
    found = api.call("POST", f"{PATH}/test", sent).json
    assert found["muted_by"].startswith("rule:")
    assert [(line["decision"], line["reason"]) for line in found["trace"]] == [
        ("rule_matched", "its condition holds"),
        ("muted", "rule “noise” suppresses it"),
    ]
    assert found["trace"][0]["version"] == 2
    other = api.call("POST", f"{PATH}/test", {**sent, "event": {"summary": "x"}}).json
    assert (other["severity"], [line["decision"] for line in other["trace"]]) == (
        "warning",
        ["rule_failed", "rule_matched"],
    )
    assert other["trace"][0]["reason"] == "its condition has no answer: there is no env"
    draft = {"rules": [rule("group", group={"by": ["host"], "window_seconds": 600}, hold_seconds=60)]}
    path = f"/v1/services/{world.service_id}/event-rules/test"
    tried = api.call("POST", path, {"event": {**event, "labels": {"host": "db1"}}, "rules": draft}).json
    assert (tried["hold_seconds"], tried["severity"]) == (60, "warning")
    assert tried["group_key"]
    wrong = api.call("POST", path, {"event": {}, "rules": {"rules": [rule("x", "1 +")]}})
    assert list(wrong.fields) == ["rules.0.condition"]


def test_the_hour_is_that_of_the_zone(api: ApiHost, world: World) -> None:
    put(api, rule("night", "now.hour < 6 && now.weekday == 'monday'", urgency="low"), time_zone="Asia/Kathmandu")
    sent = {"event": {}, "service_id": str(world.service_id)}
    night = api.call("POST", f"{PATH}/test", {**sent, "at": "2026-11-22T23:00:00Z"}).json
    day = api.call("POST", f"{PATH}/test", {**sent, "at": "2026-11-23T05:00:00Z"}).json
    assert (night["urgency"], day["urgency"]) == ("low", None)


def test_an_event_is_answered_with_each_decision_about_it(api: ApiHost, world: World) -> None:
    put(api, rule("low", "event.severity == 'error'", severity="warning", urgency="low"))
    worker = world.database.enter("worker")
    process(worker, [world.request(world.event(), world.event(index=1))], key_budget_per_minute=6000)
    opened, counted = (row[0] for row in world.database.rows("select id from event order by index"))
    found = api.call("GET", f"/v1/events/{opened}").json
    assert [(line["decision"], line.get("version")) for line in found["trace"]] == [
        ("outcome", None),
        ("rule_matched", 2),
    ]
    assert found["trace"][1]["does"] == ["sets severity warning", "sets urgency low"]
    assert world.database.rows("select severity, urgency from incident") == [("warning", "low")]
    assert [line["outcome"] for line in api.call("GET", f"/v1/events/{counted}").json["trace"]] == ["counted"]
    assert api.call("GET", f"/v1/events/{uuid4()}").status == 404


def test_what_rules_route_to_stays(api: ApiHost, world: World) -> None:
    other = api.call("POST", "/v1/services", {"name": "payments"}).json["id"]
    policy = {"name": "night", "steps": [{"targets": [world.bob.target]}]}
    policy_id = api.call("POST", "/v1/escalation-policies", policy).json["id"]
    put(api, rule("payments", "true", service_id=other, policy_id=policy_id))
    for path in (f"/v1/services/{other}", f"/v1/escalation-policies/{policy_id}"):
        refused = api.call("DELETE", path)
        assert (refused.status, "the event rule “payments”" in refused.json["detail"]) == (409, True)


def test_another_organization_sees_none_of_it(api: ApiHost, world: World) -> None:
    put(api, rule("all"))
    stranger = World(world.database, "Other")
    key = stranger.api_key()
    assert api.call("GET", PATH, key=key).json["rules"] == []
    path = f"/v1/services/{world.service_id}/event-rules"
    assert api.call("GET", path, key=key).status == 404
    event = {"event": {}, "service_id": str(world.service_id)}
    assert api.call("POST", f"{PATH}/test", event, key=key).status == 404
