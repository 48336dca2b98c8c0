"""An explanation: every decision about an incident and the fate of each page, in words and in order."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.world import StepSpec, World
from tocsin.contracts.delivery import ClaimItem, OutcomeMessage, Result
from tocsin.domain.explanation import decided, place, told
from tocsin_data.services.claiming import claim
from tocsin_data.services.processing import process
from tocsin_data.services.recording import record


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


def explain(api: ApiHost) -> Any:
    incident_id = api.world.database.rows("select id from incident where org_id = %s", api.world.org_id)[0][0]
    answer = api.call("GET", f"/v1/incidents/{incident_id}/explanation")
    assert answer.status == 200, answer.text
    return answer.json


def test_from_the_event_to_the_receipt(api: ApiHost, world: World) -> None:
    worker = world.database.enter("worker")
    done = process(worker, [world.request(world.event())], key_budget_per_minute=600)
    ((page, _),) = done.leaving.deliveries
    (answer,) = claim(worker, [ClaimItem(org_id=page.org_id, notification_id=page.notification_id)])
    outcome = OutcomeMessage(
        org_id=page.org_id,
        notification_id=page.notification_id,
        attempt_id=answer.attempt_id,
        result=Result.DELIVERED,
        provider_id="receipt-1",
        at=world.now,
    )
    record(worker, [outcome])
    found = explain(api)
    assert (found["incident"]["title"], found["complete"]) == ("disk full", True)
    lines = [(line["source"], line["what"]) for line in found["lines"]]
    assert lines[0] == ("event", "opened")
    wanted = [("timeline", "triggered"), ("timeline", "paged"), ("notification", "intended")]
    assert [line for line in lines if line in wanted] == wanted
    words = {line["what"]: line["words"] for line in found["lines"]}
    assert words["paged"] == "paged Alice (step 1, round 1)"
    to = f"e-mail to Alice ({world.alice.email})"
    assert words["intended"] == f"{to} was decided on: step 1, round 1"
    assert words["delivered"] == f"attempt 1 of {to}: the provider took it, receipt receipt-1"
    assert words["notification_delivered"] == "a page was handed over to Alice by e-mail"
    (handed_over,) = [line for line in found["lines"] if line["what"] == "notification_delivered"]
    assert (handed_over["data"]["channel"], handed_over["data"]["target_name"]) == ("email", "Alice")
    assert "no alert with this dedup key was open" in words["opened"]
    assert [line["at"] for line in found["lines"]] == sorted(line["at"] for line in found["lines"])


def test_what_was_cancelled_and_who_could_not_be_reached(api: ApiHost, world: World) -> None:
    nobody = world.person("Nobody", reachable=False)
    world.policy([StepSpec([nobody.target, world.alice.target])])
    process(world.database.enter("worker"), [world.request(world.event())], key_budget_per_minute=600)
    incident_id = world.database.rows("select id from incident")[0][0]
    assert api.call("POST", f"/v1/incidents/{incident_id}/acknowledge").status == 200
    words = {line["what"]: line["words"] for line in explain(api)["lines"]}
    assert words["cancelled"].endswith("cancelled: the incident had moved on")
    unreachable = "Nobody can't be reached (step 1, round 1): the user has no contact method"
    assert words["target_unreachable"] == unreachable
    assert words["acknowledged"] == "it was acknowledged"


def test_only_an_incident_of_ones_own(api: ApiHost, world: World) -> None:
    process(world.database.enter("worker"), [world.request(world.event())], key_budget_per_minute=600)
    incident_id = world.database.rows("select id from incident")[0][0]
    key = World(world.database, name="Other").api_key("owner")
    path = f"/v1/incidents/{incident_id}/explanation"
    assert api.call("GET", path, key=key).problem["code"] == "not_found"
    assert api.call("GET", path.replace(str(incident_id), str(uuid4()))).problem["code"] == "not_found"
    assert api.call("GET", path, key=world.api_key("viewer")).status == 200


def test_decisions_and_places_in_words() -> None:
    line = {
        "decision": "rule_matched",
        "rule": "calm",
        "rules_of": "organization",
        "version": 3,
        "does": ["sets severity info", "suppresses"],
        "reason": "its condition holds",
    }
    assert decided(line) == (
        "a rule matched “calm” (organization, version 3); it sets severity info, suppresses: its condition holds"
    )
    assert told("step_passed", {"round": 1, "step": 2, "repetition": 1, "reason": "it is Sunday"}) == (
        "the step was passed, since its conditions don't hold (step 2, round 1, repetition 1): it is Sunday"
    )
    on_call = {"Bob": "on call in rota: layer days"}
    assert told("paged", {"recipients": ["Bob"], "step": 1, "round": 1, "on_call": on_call}) == (
        "paged Bob (step 1, round 1): Bob is on call in rota: layer days"
    )
    assert told("fallback_paged", {"recipients": ["fallback contact"]}) == (
        "nobody answered, so it paged the fallback contact"
    )
    assert told("fallback_paged", {"fallback": "policy", "recipients": ["Bob", "Ann"]}) == (
        "nobody answered, so it paged Bob, Ann"
    )
    assert told("notification_failed", {"target": "Bob", "channel": "slack", "reason": "slack_no_team"}) == (
        "a page failed for good to Bob by Slack: slack_no_team"
    )
    assert told("notification_failed", {"channel": "email", "reason": "bounced"}) == (
        "a page failed for good by e-mail: the mail came back"
    )
    assert told("something_new", {}) == "something new"
    assert place(0, -1, 0, is_fallback=False) == "called in to help"
    assert place(1, 2, 3, is_fallback=False) == "step 3, round 2, repetition 3"
    assert place(1, 0, 0, is_fallback=True) == "fallback"
