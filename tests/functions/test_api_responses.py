"""What people do to incidents over the API: taken back, snoozed, held, helped with; and a stop of all paging."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.support.api_host import Answered, ApiHost, api_host
from tests.support.signed_in import SignedIn, member
from tests.support.world import World
from tocsin_data.services.processing import process


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


@pytest.fixture
def incident(world: World) -> str:
    return trigger(world, "disk full")


def trigger(world: World, summary: str) -> str:
    request = world.request(world.event(dedup_key=summary, summary=summary))
    process(world.database.enter("worker"), [request], key_budget_per_minute=6000)
    return str(world.database.rows("select id from incident order by number desc limit 1")[0][0])


def do(api: ApiHost, incident_id: str, action: str, body: Any = None, **more: Any) -> Answered:
    return api.call("POST", f"/v1/incidents/{incident_id}/{action}", body, **more)


def titles(api: ApiHost, **query: Any) -> list[str]:
    return [i["title"] for i in api.call("GET", "/v1/incidents", query=query).json["items"]]


def test_of_two_the_second_hears_who_was_first_and_when(api: ApiHost, world: World, incident: str) -> None:
    for first, action, body, words in (
        ("acknowledge", "unacknowledge", None, "unacknowledged"),
        (None, "snooze", {"seconds": 60}, "snoozed"),
        (None, "unsnooze", None, "woken from its snooze"),
    ):
        if first is not None:
            assert do(api, incident, first).status == 200
        assert do(api, incident, action, body).status == 200
        late = do(api, incident, action, body, key=world.api_key("responder"))
        assert (late.status, late.problem["code"]) == (409, "wrong_status")
        assert f"It was {words} by API key test at 20" in late.problem["detail"]
        assert late.problem["incident"]["id"] == incident
    assert do(api, incident, "hold").status == 200
    held = do(api, incident, "hold").problem
    assert (held["code"], held["detail"]) == ("escalation_state", "The escalation is held already, by API key test.")
    assert do(api, incident, "resume").status == 200
    assert do(api, incident, "resume").problem["code"] == "escalation_state"
    before = api.call("GET", f"/v1/incidents/{incident}").json["escalation"]
    assert do(api, incident, "escalate", {"round": 0, "position": 1}).status == 200
    after = api.call("GET", f"/v1/incidents/{incident}").json["escalation"]
    assert (before["past_rounds"], after["past_rounds"]) == (False, True), "what comes next is the fallback"
    assert do(api, incident, "escalate", {"round": 0, "position": 1}).problem["code"] == "escalation_state"
    assert do(api, incident, "resolve").status == 200
    late = do(api, incident, "snooze", {"seconds": 60})
    assert late.problem["detail"].startswith("The incident was resolved by API key test at 20")
    assert do(api, incident, "reopen").status == 200
    assert "It was opened again by API key test" in do(api, incident, "reopen").problem["detail"]


SNOOZES_THAT_ARE_NONE: list[tuple[Any, str]] = [
    ({}, "body"),
    ({"seconds": 60, "until": "2036-01-01T00:00:00Z"}, "body"),
    ({"seconds": 60, "time_zone": "UTC"}, "body"),
    ({"seconds": 0}, "seconds"),
    ({"seconds": 2_592_001}, "seconds"),
    ({"seconds": "60"}, "seconds"),
    ({"until": "tomorrow"}, "until"),
    ({"until": "2020-01-01T00:00:00Z"}, "until"),
    ({"until": "9999-12-31T23:59:59Z"}, "until"),
    ({"until": "9999-12-31T23:59:59", "time_zone": "America/Santiago"}, "until"),
    ({"until": "2036-01-01T00:00:00"}, "time_zone"),
    ({"until": "2036-01-01T00:00:00", "time_zone": "Mars/Phobos"}, "time_zone"),
    ({"until": "2036-01-01T00:00:00", "time_zone": "../etc/passwd"}, "time_zone"),
    ({"until": "2036-01-01T00:00:00", "time_zone": "x" * 101}, "time_zone"),
    ({"seconds": 60, "instead_of": "2036-01-01T00:00:00"}, "instead_of"),
]
OTHERS_THAT_ARE_NONE: list[tuple[str, Any, str]] = [
    ("responders", {"user_ids": []}, "user_ids"),
    ("responders", {"user_ids": ["01a1fcb0-b8d1-77de-bf96-c9161400916a"]}, "user_ids.0"),
    ("responders", {"user_ids": ["x"]}, "user_ids.0"),
    ("escalate", {"round": 0}, "body"),
    ("escalate", {"round": -1, "position": 0}, "round"),
]


def test_what_can_not_be_is_refused_by_field(api: ApiHost, world: World, incident: str) -> None:
    for body, field in SNOOZES_THAT_ARE_NONE:
        assert list(do(api, incident, "snooze", body).fields) == [field], body
    for action, body, field in OTHERS_THAT_ARE_NONE:
        assert list(do(api, incident, action, body).fields) == [field], (action, body)
    for body, field in (
        ({"urgency": "medium"}, "urgency"),
        ({"urgency": None}, "body"),
        ({"runbook_url": "javascript:alert(1)"}, "runbook_url"),
        ({"title": "x"}, "title"),
    ):
        assert list(api.call("PATCH", f"/v1/incidents/{incident}", body).fields) == [field], body
    assert world.database.rows("select count(*) from timeline_entry where kind not in ('triggered', 'paged')") == [(0,)]


def test_an_incident_tells_who_helps_its_urgency_and_its_runbook(api: ApiHost, world: World, incident: str) -> None:
    path = f"/v1/incidents/{incident}"
    world.database.rows("update service set runbook_url = 'https://wiki.acme.example/all' returning id")
    assert api.call("GET", path).json["runbook_url"] == "https://wiki.acme.example/all"
    changed = api.call("PATCH", path, {"urgency": "low", "runbook_url": "https://wiki.acme.example/disk"})
    assert (changed.json["urgency"], changed.json["runbook_url"]) == ("low", "https://wiki.acme.example/disk")
    assert "already" in api.call("PATCH", path, {"urgency": "low"}).problem["detail"]
    assert api.call("PATCH", path, {"runbook_url": None}).json["runbook_url"] == "https://wiki.acme.example/all"
    called = do(api, incident, "responders", {"user_ids": [str(world.bob.user_id)]})
    assert [(r["name"], r["added_by_name"]) for r in called.json["responders"]] == [("Bob", "API key test")]
    pages = api.call("GET", f"{path}/notifications").json["items"]
    assert [(p["position"], p["target"]) for p in pages] == [
        (0, f"user:{world.alice.user_id}"),
        (-1, f"user:{world.bob.user_id}"),
    ]


def test_lists_by_urgency_snooze_and_mute(api: ApiHost, world: World) -> None:
    first, second = trigger(world, "a"), trigger(world, "b")
    api.call("PATCH", f"/v1/incidents/{first}", {"urgency": "low"})
    do(api, second, "snooze", {"seconds": 60})
    assert (titles(api, urgency="low"), titles(api, urgency="high")) == (["a"], ["b"])
    assert (titles(api, snoozed="true"), titles(api, snoozed="false")) == (["b"], ["a"])
    assert (titles(api, muted="true"), titles(api, muted="false")) == ([], ["b", "a"])
    assert list(api.call("GET", "/v1/incidents", query={"mine": "true"}).fields) == ["query.mine"]
    assert list(api.call("GET", "/v1/incidents", query={"urgency": "x"}).fields) == ["query.urgency"]


def test_mine_is_what_somebody_is_paged_for_or_responds_to(api: ApiHost, world: World) -> None:
    first, second, third = trigger(world, "a"), trigger(world, "b"), trigger(world, "c")
    alice, bob = member(api, world.alice), member(api, world.bob)

    def mine(somebody: SignedIn) -> list[str]:
        found = somebody.call("GET", "/v1/incidents", query={"mine": "true", "sort": "created_at"})
        return [i["title"] for i in found.json["items"]]

    assert (mine(alice), mine(bob)) == (["a", "b", "c"], [])
    assert bob.call("POST", f"/v1/incidents/{first}/acknowledge").status == 200
    do(api, second, "reassign", {"user_ids": [str(world.bob.user_id)]})
    do(api, third, "responders", {"user_ids": [str(world.bob.user_id)]})
    assert (mine(alice), mine(bob)) == (["c"], ["a", "b", "c"])


def test_a_stop_of_paging_stands_in_every_answer(api: ApiHost, world: World, incident: str) -> None:
    ends_at = (world.now + timedelta(hours=1)).isoformat()
    body = {"reason": " a storm ", "ends_at": ends_at}
    for role in ("viewer", "responder"):
        refused = api.call("PUT", "/v1/organization/paging-stop", body, key=world.api_key(role))
        assert refused.problem["code"] == "forbidden"
    made = api.call("PUT", "/v1/organization/paging-stop", body)
    assert (made.status, made.json["reason"]) == (200, "a storm")
    for path in ("/v1/organization", "/v1/incidents", f"/v1/incidents/{incident}"):
        assert api.call("GET", path).json["paging_stop"]["reason"] == "a storm", path
    assert api.call("GET", "/v1/incidents").json["paging_stop"]["stopped_by_name"] == "API key test"
    other = World(world.database, name="Other").api_key("owner")
    assert api.call("GET", "/v1/incidents", key=other).json["paging_stop"] is None
    assert api.call("DELETE", "/v1/organization/paging-stop", key=other).problem["code"] == "not_found"
    assert api.call("DELETE", "/v1/organization/paging-stop").status == 204
    assert api.call("DELETE", "/v1/organization/paging-stop").problem["code"] == "not_found"
    assert api.call("GET", "/v1/incidents").json["paging_stop"] is None
    actions = [entry[1] for entry in api.audited()]
    assert actions == ["organization.paging_stopped", "organization.paging_resumed"]
    for wrong, field in (
        ({"reason": "", "ends_at": ends_at}, "reason"),
        ({"reason": "x"}, "ends_at"),
        ({"reason": "x", "ends_at": "2020-01-01T00:00:00Z"}, "ends_at"),
        ({"reason": "x", "ends_at": "2036-01-01T00:00:00Z"}, "ends_at"),
        ({"reason": "x", "ends_at": "2036-01-01T00:00:00"}, "ends_at"),
    ):
        assert list(api.call("PUT", "/v1/organization/paging-stop", wrong).fields) == [field], wrong


def test_another_organizations_incident_is_not_there(api: ApiHost, world: World, incident: str) -> None:
    other = World(world.database, name="Other")
    key = other.api_key("owner")
    for action, body in (
        ("unacknowledge", None),
        ("reopen", None),
        ("snooze", {"seconds": 60}),
        ("unsnooze", None),
        ("hold", None),
        ("resume", None),
        ("escalate", {}),
        ("move-to-current-version", None),
        ("responders", {"user_ids": [str(other.bob.user_id)]}),
    ):
        assert do(api, incident, action, body, key=key).problem["code"] == "not_found", action
    patched = api.call("PATCH", f"/v1/incidents/{incident}", {"urgency": "low"}, key=key)
    assert patched.problem["code"] == "not_found"
    found = do(api, incident, "responders", {"user_ids": [str(other.bob.user_id)]})
    assert list(found.fields) == ["user_ids.0"]
