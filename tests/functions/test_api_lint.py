"""Lint over the API: each finding from the rows that make it, and nothing of another organization."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.monitors import insert_monitor
from tests.support.world import StepSpec, World


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with world.database.admin() as conn:
        conn.execute("update contact_method set verified_at = now()")
    with api_host(world, monkeypatch) as host:
        yield host


def lint(api: ApiHost) -> list[tuple[str, str]]:
    answer = api.call("GET", "/v1/lint")
    assert answer.status == 200, answer.text
    return [(item["code"], item["subject"]["name"]) for item in answer.json["items"]]


def schedule(world: World, *participants: Any, restrictions: Any = ()) -> dict[str, str]:
    """A rota of a day each, as a target."""
    schedule_id = uuid4()
    layer = {
        "layer_id": str(uuid4()),
        "name": "days",
        "unit": "days",
        "length": 1,
        "handoff": "00:00",
        "starts_on": "2026-01-01",
        "anchor_index": 0,
        "participants": [str(user_id) for user_id in participants],
        "restrictions": list(restrictions),
        "ends_at": None,
        "carried": None,
    }
    with world.database.admin() as conn:
        conn.execute(
            "insert into schedule (id, org_id, name, current_version, created_at) values (%s, %s, 'rota', 1, now())",
            (schedule_id, world.org_id),
        )
        conn.execute(
            "insert into schedule_version (org_id, schedule_id, version, effective_at, time_zone, layers, created_at,"
            " created_by) values (%s, %s, 1, '2026-01-01Z', 'UTC', %s, now(), 'test')",
            (world.org_id, schedule_id, json.dumps([layer] if participants else [])),
        )
    return {"kind": "schedule", "value": str(schedule_id)}


def test_what_is_in_order_has_no_finding(api: ApiHost, world: World) -> None:
    world.policy([StepSpec([schedule(world, world.alice.user_id)]), StepSpec([world.bob.target])])
    with world.database.admin() as conn:
        conn.execute("update escalation_policy set deleted_at = now() where id <> %s", (world.policy_id,))
    answer = api.call("GET", "/v1/lint").json
    assert (answer["items"], answer["errors"], answer["warnings"], answer["infos"]) == ([], 0, 0, 0)


def test_what_is_wrong_is_told_with_what_would_be_right(api: ApiHost, world: World) -> None:
    nobody = world.person("Nobody", reachable=False)
    empty = schedule(world)
    world.policy([StepSpec([nobody.target]), StepSpec([empty, world.bob.target], timedelta(minutes=5))])
    rules = [
        {"rule_id": str(uuid4()), "name": name, "condition": None, "actions": {"suppress": True}, "continues": False}
        for name in ("all", "more")
    ]
    with world.database.admin() as conn:
        conn.execute("update escalation_policy set deleted_at = now() where id <> %s", (world.policy_id,))
        conn.execute("update escalation_policy set name = 'shop' where id = %s", (world.policy_id,))
        conn.execute("update contact_method set verified_at = null where user_id = %s", (world.bob.user_id,))
        conn.execute("update routing_key set created_at = now() - interval '8 days'")
        conn.execute("update organization set fallback_email = null")
        conn.execute(
            "with s as (insert into event_rule_set (org_id, current_version, created_at) values (%(org)s, 1, now())"
            " returning id) insert into event_rule_set_version"
            " (org_id, event_rule_set_id, version, time_zone, rules, created_at, created_by)"
            " select %(org)s, id, 1, 'UTC', %(rules)s, now(), 'test' from s",
            {"org": world.org_id, "rules": json.dumps(rules)},
        )
    api.call("POST", "/v1/services", {"name": "search"})
    found = lint(api)
    assert [code for code, _ in found] == [
        "person_without_contact",
        "schedule_reaches_nobody",
        "service_without_policy",
        "step_reaches_nobody",
        "person_without_verified_contact",
        "policy_without_fallback",
        "rule_shadowed",
        "target_reaches_nobody",
        "target_reaches_nobody",
        "routing_key_unused",
    ]
    assert ("step_reaches_nobody", "shop, step 1") in found
    assert ("rule_shadowed", "organization, more") in found
    assert found[-1][1].startswith("checkout, any, …")
    answer = api.call("GET", "/v1/lint").json
    assert (answer["errors"], answer["warnings"], answer["infos"]) == (4, 5, 1)
    assert all(item["reason"] and item["remedy"] for item in answer["items"])
    wholes = {item["code"]: item["subject"]["part_of"] for item in answer["items"]}
    assert wholes["step_reaches_nobody"] == {"kind": "escalation_policy", "id": str(world.policy_id)}
    assert wholes["routing_key_unused"]["kind"] == "integration"
    assert (wholes["rule_shadowed"], wholes["service_without_policy"]) == (None, None)


def test_a_gap_within_the_week(api: ApiHost, world: World) -> None:
    days = {"start": "09:00", "end": "17:00", "start_day": None, "end_day": None}
    world.policy([StepSpec([schedule(world, world.alice.user_id, restrictions=[days])])])
    with world.database.admin() as conn:
        conn.execute("update escalation_policy set deleted_at = now() where id <> %s", (world.policy_id,))
    assert [code for code, _ in lint(api)] == ["schedule_gap", "step_reaches_nobody_at_times"]
    (gap, _) = api.call("GET", "/v1/lint").json["items"]
    assert "4 d 16 h of this week" in gap["reason"]


def test_an_organization_hears_of_its_own_alone_and_a_viewer_may_ask(api: ApiHost, world: World) -> None:
    other = World(world.database, name="Other")
    other.person("Stranger", reachable=False)
    schedule(other)
    api.call("POST", "/v1/services", {"name": "search"})
    api.key = world.api_key("viewer")
    assert ("service_without_policy", "search") in lint(api)
    assert not {"Stranger", "rota"} & {name for _, name in lint(api)}


def test_monitors_that_page_nobody_stand_alone_or_are_forgotten(api: ApiHost, world: World) -> None:
    before = lint(api)
    insert_monitor(world, "good")
    insert_monitor(world, "lonely", regions=["eu-west-1"])
    insert_monitor(world, "hasty", quorum=1)
    insert_monitor(world, "forgotten", paused_at=(world.now - timedelta(days=20)).isoformat())
    insert_monitor(world, "beat", kind="heartbeat")
    insert_monitor(World(world.database, name="Other"), "theirs", regions=["eu-west-1"])
    found = [told for told in lint(api) if told not in before]
    assert found == [
        ("monitor_of_one_region", "hasty"),
        ("monitor_of_one_region", "lonely"),
        ("monitor_paused_for_long", "forgotten"),
    ]
    world.database.rows("update service set policy_id = null where id = %s returning id", world.service_id)
    unheard = [name for code, name in lint(api) if code == "monitor_without_policy"]
    assert unheard == ["beat", "forgotten", "good", "hasty", "lonely"]
