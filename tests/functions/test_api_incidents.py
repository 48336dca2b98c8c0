"""Incidents over the API: pages of them, what happened to one, and the responses of two people at once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.support.api_host import Answered, ApiHost, api_host
from tests.support.world import StepSpec, World
from tocsin.contracts.delivery import ClaimItem, OutcomeMessage, Result
from tocsin_data.services import claiming, recording
from tocsin_data.services.processing import process


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


def trigger(world: World, *summaries: str) -> list[str]:
    worker = world.database.enter("worker")
    for summary in summaries:
        request = world.request(world.event(dedup_key=summary, summary=summary))
        process(worker, [request], key_budget_per_minute=6000)
    return [str(row[0]) for row in world.database.rows("select id from incident order by number")]


def pages(api: ApiHost, path: str, **query: Any) -> list[list[dict[str, Any]]]:
    found, cursor = [], None
    while True:
        answer = api.call("GET", path, query=query | ({"cursor": cursor} if cursor else {}))
        assert answer.status == 200, answer.text
        found.append(answer.json["items"])
        cursor = answer.json["next_cursor"]
        if cursor is None:
            return found


def do(api: ApiHost, incident_id: str, action: str, body: Any = None, key: str | None = None) -> Answered:
    return api.call("POST", f"/v1/incidents/{incident_id}/{action}", body, key=key)


def timeline(api: ApiHost, incident_id: str) -> list[dict[str, Any]]:
    return api.call("GET", f"/v1/incidents/{incident_id}/timeline").json["items"]


def test_incidents_come_newest_first_page_by_page(api: ApiHost, world: World) -> None:
    trigger(world, *"abcde")
    found = pages(api, "/v1/incidents", limit=2)
    assert [[i["title"] for i in page] for page in found] == [["e", "d"], ["c", "b"], ["a"]]
    assert [len(page) for page in pages(api, "/v1/incidents", limit=5)] == [5]


def test_incidents_opened_at_one_instant_are_each_on_one_page(api: ApiHost, world: World) -> None:
    events = [world.event(dedup_key=name, summary=name, index=i) for i, name in enumerate("abcde")]
    process(world.database.enter("worker"), [world.request(*events)], key_budget_per_minute=6000)
    assert len(world.database.rows("select distinct created_at from incident")) == 1
    found = [i["title"] for page in pages(api, "/v1/incidents", limit=2) for i in page]
    assert sorted(found) == list("abcde")


def test_incidents_by_status_and_service(api: ApiHost, world: World) -> None:
    first, second, _ = trigger(world, "a", "b", "c")
    do(api, first, "acknowledge")
    do(api, second, "resolve")

    def titles(**query: Any) -> list[str]:
        return [i["title"] for page in pages(api, "/v1/incidents", **query) for i in page]

    assert titles(status="triggered") == ["c"]
    assert titles(status="resolved") == ["b"]
    assert titles(status=["triggered", "acknowledged"], limit=1) == ["c", "a"]
    assert titles(service_id=world.service_id) == ["c", "b", "a"]
    assert titles(service_id=world.org_id) == []


WHAT_CAN_NOT_BE_ASKED_FOR: list[tuple[dict[str, Any], str]] = [
    ({"limit": 0}, "query.limit"),
    ({"limit": 201}, "query.limit"),
    ({"limit": "x"}, "query.limit"),
    ({"limit": ["1", "2"]}, "query.limit"),
    ({"status": "open"}, "query.status.0"),
    ({"service_id": "checkout"}, "query.service_id"),
    ({"cursor": "x"}, "query.cursor"),
    ({"cursor": "\x00"}, "query.cursor"),
    ({"cursor": "ä"}, "query.cursor"),
    ({"cursor": "bnVsbA"}, "query.cursor"),
    ({"cursor": "WyIyMDI2LTExLTIxIiwgIngiXQ"}, "query.cursor"),
    ({"cursor": "WyIyMDI2LTExLTIxIiwgIjAxYTFmY2IwYjhkMTc3ZGViZjk2YzkxNjE0MDA5MTZhIl0"}, "query.cursor"),
    ({"cursor": "W1siXSwgMV0"}, "query.cursor"),
]


def test_what_can_not_be_asked_for(api: ApiHost) -> None:
    for query, field in WHAT_CAN_NOT_BE_ASKED_FOR:
        assert list(api.call("GET", "/v1/incidents", query=query).fields) == [field]


def test_an_incident_tells_of_its_alerts_and_its_escalation(api: ApiHost, world: World) -> None:
    (incident_id,) = trigger(world, "disk full")
    trigger(world, "disk full")
    found = api.call("GET", f"/v1/incidents/{incident_id}")
    assert found.status == 200
    assert found.headers["Cache-Control"] == "no-store"
    incident = found.json
    assert (incident["title"], incident["status"], incident["service_name"]) == ("disk full", "triggered", "checkout")
    (alert,) = incident["alerts"]
    assert (alert["dedup_key"], alert["event_count"], alert["status"]) == ("disk full", 2, "open")
    escalation = incident["escalation"]
    assert (escalation["state"], escalation["policy_id"], escalation["policy_version"]) == (
        "waiting",
        str(world.policy_id),
        1,
    )
    assert (escalation["round"], escalation["position"]) == (0, 1)
    assert incident["created_at"].endswith("Z")


def test_acknowledge_then_resolve(api: ApiHost, world: World) -> None:
    (incident_id,) = trigger(world, "disk full")
    acknowledged = do(api, incident_id, "acknowledge")
    assert acknowledged.status == 200
    actor = acknowledged.json["acknowledged_by"]
    assert actor.startswith("api_key:")
    assert acknowledged.json["acknowledged_by_name"] == "API key test"
    assert acknowledged.json["escalation"]["state"] == "stopped"
    resolved = do(api, incident_id, "resolve")
    assert (resolved.json["status"], resolved.json["resolved_by"]) == ("resolved", actor)
    assert [a["status"] for a in resolved.json["alerts"]] == ["resolved"]
    entries = timeline(api, incident_id)
    assert [e["kind"] for e in entries] == ["triggered", "paged", "acknowledged", "resolved"]
    assert [e["actor_name"] for e in entries] == ["integration any", None, "API key test", "API key test"]


def test_the_second_to_acknowledge_is_told_who_was_first(api: ApiHost, world: World) -> None:
    (incident_id,) = trigger(world, "disk full")
    first = do(api, incident_id, "acknowledge", key=world.api_key("responder"))
    second = do(api, incident_id, "acknowledge")
    assert (first.status, second.status) == (200, 409)
    problem = second.problem
    assert problem["code"] == "wrong_status"
    assert problem["detail"].startswith("The incident was acknowledged by API key test at 20")
    assert problem["incident"]["acknowledged_by"] == first.json["acknowledged_by"]
    assert [e["kind"] for e in timeline(api, incident_id)].count("acknowledged") == 1


@pytest.mark.parametrize("action", ["acknowledge", "resolve", "reassign"])
def test_what_is_resolved_stays_resolved(api: ApiHost, world: World, action: str) -> None:
    (incident_id,) = trigger(world, "disk full")
    do(api, incident_id, "resolve")
    body = {"user_ids": [str(world.bob.user_id)]} if action == "reassign" else None
    again = do(api, incident_id, action, body)
    assert (again.status, again.problem["code"]) == (409, "wrong_status")
    assert again.problem["incident"]["status"] == "resolved"


def test_reassigning_to_people_pages_them_now(api: ApiHost, world: World) -> None:
    (incident_id,) = trigger(world, "disk full")
    do(api, incident_id, "acknowledge")
    bob = str(world.bob.user_id)
    answer = do(api, incident_id, "reassign", {"user_ids": [bob, bob]})
    assert (answer.status, answer.json["status"]) == (200, "triggered")
    (page,) = api.sent("deliveries")
    assert page["address"] == world.bob.email
    assert timeline(api, incident_id)[3]["data"] == {"users": [bob]}


def test_reassigning_to_a_policy_starts_it_over(api: ApiHost, world: World) -> None:
    (incident_id,) = trigger(world, "disk full")
    policy_id = world.policy([StepSpec([world.bob.target]), StepSpec([world.alice.target], timedelta(minutes=1))])
    answer = do(api, incident_id, "reassign", {"policy_id": str(policy_id)})
    assert answer.json["escalation"]["policy_id"] == str(policy_id)
    assert [page["address"] for page in api.sent("deliveries")] == [world.bob.email]
    assert api.held("escalations") == 1


def test_whom_an_incident_can_not_be_given_to(api: ApiHost, world: World) -> None:
    (incident_id,) = trigger(world, "disk full")
    someone = str(world.org_id)
    for body in ({"user_ids": [someone]}, {"policy_id": someone}):
        assert do(api, incident_id, "reassign", body).problem["code"] == "not_found"
    both = {"user_ids": [someone], "policy_id": someone}
    for body in ({}, both, {"user_ids": None}):
        assert do(api, incident_id, "reassign", body).fields == {"body": "must have either user_ids or policy_id"}
    assert list(do(api, incident_id, "reassign", {"user_ids": []}).fields) == ["user_ids"]
    assert list(do(api, incident_id, "reassign", {"user_ids": [someone] * 21}).fields) == ["user_ids"]
    assert list(do(api, incident_id, "reassign", {"user_ids": ["bob"]}).fields) == ["user_ids.0"]
    assert list(do(api, incident_id, "reassign", {"users": [someone]}).fields) == ["users"]
    assert api.sent("deliveries") == []


def test_a_note_goes_into_the_timeline(api: ApiHost, world: World) -> None:
    (incident_id,) = trigger(world, "disk full")
    written = do(api, incident_id, "notes", {"text": "  on it \N{FIRE} <b>"})
    assert (written.status, written.text) == (204, "")
    entry = timeline(api, incident_id)[-1]
    assert (entry["kind"], entry["data"], entry["actor_name"]) == (
        "note",
        {"text": "on it \N{FIRE} <b>"},
        "API key test",
    )


A_NOTE_THAT_IS_NONE: list[Any] = ["", "  ", "x" * 10_001, "a\x00b", "\ud800", None, 5, ["x"], {"x": 1}]


def test_a_note_that_is_none(api: ApiHost, world: World) -> None:
    for text in A_NOTE_THAT_IS_NONE:
        (incident_id,) = trigger(world, "disk full")
        assert list(do(api, incident_id, "notes", {"text": text}).fields) == ["text"]


def test_a_timeline_page_by_page(api: ApiHost, world: World) -> None:
    (incident_id,) = trigger(world, "disk full")
    for n in range(4):
        do(api, incident_id, "notes", {"text": str(n)})
    found = pages(api, f"/v1/incidents/{incident_id}/timeline", limit=2)
    assert [len(page) for page in found] == [2, 2, 2]
    assert [e["data"]["text"] for page in found for e in page if e["kind"] == "note"] == list("0123")


def test_the_fate_of_every_notification(api: ApiHost, world: World) -> None:
    world.policy([StepSpec([world.alice.target, world.bob.target])])
    (incident_id,) = trigger(world, "disk full")
    path = f"/v1/incidents/{incident_id}/notifications"
    first, second = (page["id"] for page in pages(api, path)[0])
    worker = world.database.enter("worker")
    items = [ClaimItem(org_id=world.org_id, notification_id=n) for n in (first, second)]
    going, silent = claiming.claim(worker, items)
    world.database.advance(timedelta(seconds=1))
    do(api, incident_id, "acknowledge")
    world.database.advance(timedelta(seconds=1))
    outcome = OutcomeMessage(
        org_id=world.org_id,
        notification_id=going.notification_id,
        attempt_id=going.attempt_id,
        result=Result.DELIVERED,
        provider_id="ses-1",
        at=world.now,
    )
    recording.record(worker, [outcome])
    world.database.advance(timedelta(minutes=2))
    recording.give_up_silent(worker, [(world.org_id, silent.notification_id)])

    delivered, lost = pages(api, path, limit=2)[0]
    assert (delivered["state"], delivered["uncertain"], delivered["unclaimed"]) == ("delivered", False, False)
    (attempt,) = delivered["attempts"]
    assert (attempt["state"], attempt["provider_id"], attempt["already_going_out"]) == ("delivered", "ses-1", True)
    assert (lost["state"], lost["uncertain"]) == ("cancelled", True)
    assert [a["state"] for a in lost["attempts"]] == ["uncertain"]
    assert [len(page) for page in pages(api, path, limit=1)] == [1, 1]


def test_a_page_sent_unclaimed_says_so(api: ApiHost, world: World) -> None:
    (incident_id,) = trigger(world, "disk full")
    path = f"/v1/incidents/{incident_id}/notifications"
    (page,) = pages(api, path)[0]
    assert (page["state"], page["attempts"], page["address"]) == ("queued", [], world.alice.email)
    outcome = OutcomeMessage(
        org_id=world.org_id, notification_id=page["id"], unclaimed=True, result=Result.DELIVERED, at=world.now
    )
    recording.record(world.database.enter("worker"), [outcome])
    (page,) = pages(api, path)[0]
    assert (page["state"], page["unclaimed"]) == ("delivered", True)
    assert page["attempts"][0]["already_going_out"] is False


@pytest.mark.parametrize("queue", ["deliveries", "escalations"])
def test_a_queue_that_is_down_fails_no_response(api: ApiHost, world: World, queue: str) -> None:
    (incident_id,) = trigger(world, "disk full")
    policy_id = world.policy([StepSpec([world.bob.target]), StepSpec([world.alice.target], timedelta(minutes=1))])
    api.break_queue(queue)
    answer = do(api, incident_id, "reassign", {"policy_id": str(policy_id)})
    assert answer.status == 200
    rest = {"deliveries", "escalations"} - {queue}
    assert [api.held(name) for name in rest] == [1]
    # the page is a row, which the sweep sends again
    assert world.database.rows("select count(*) from notification where state = 'queued' and generation > 0") == [(1,)]
