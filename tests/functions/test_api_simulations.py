"""Simulations over the API: they tell what would happen, and leave the organization as it was."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.world import StepSpec, World
from tocsin_data.rehearsal import rehearse

MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)
KEPT = "event alert incident escalation notification notification_attempt timeline_entry dedup_key escalation_turn mail"


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


@pytest.fixture(autouse=True)
def clock(world: World) -> None:
    """It is the Friday before."""
    now = world.now
    world.database.advance(MONDAY - timedelta(days=3) - now)


def ask(api: ApiHost, *events: dict[str, Any], **asked: Any) -> Any:
    body = {"service_id": str(api.world.service_id), "at": MONDAY.isoformat(), "events": [*events] or [{}], **asked}
    answer = api.call("POST", "/v1/simulations", body)
    assert answer.status == 200, answer.text
    return answer.json


def rows(world: World) -> dict[str, int]:
    return {table: world.database.rows(f"select count(*) from {table}")[0][0] for table in KEPT.split()}  # noqa: S608


def minutes(text: str) -> float:
    return (datetime.fromisoformat(text) - MONDAY).total_seconds() / 60


def test_steps_people_and_instants(api: ApiHost, world: World) -> None:
    before = rows(world)
    found = ask(api, {"summary": "disk full", "severity": "critical"})
    assert rows(world) == before
    assert (found["ended"], found["events"][0]["outcome"]) == ("settled", "opened")
    (incident,) = found["incidents"]
    assert (incident["title"], incident["severity"], incident["escalation"]["state"]) == (
        "disk full",
        "critical",
        "exhausted",
    )
    assert incident["escalation"]["policy_id"] == str(world.policy_id)
    pages = [(p["name"] or p["target"], p["channel"], minutes(p["sent_at"]), p["fate"]) for p in found["pages"]]
    assert pages == [("Alice", "email", 0, "sent"), ("Bob", "email", 30, "sent"), ("fallback", "email", 35, "sent")]
    kinds = [entry["kind"] for entry in found["timeline"]]
    assert kinds[-3:] == ["escalation_exhausted", "fallback_paged", "notification_delivered"]
    for queue in ("deliveries", "escalations"):
        assert api.held(queue) == 0


def test_an_acknowledge_in_between_ends_it(api: ApiHost) -> None:
    found = ask(api, {}, {"action": "acknowledge", "after_seconds": 600}, {"action": "resolve", "after_seconds": 700})
    assert [e["outcome"] for e in found["events"]] == ["opened", "acknowledged", "resolved"]
    assert [(p["name"], p["fate"]) for p in found["pages"]] == [("Alice", "sent")]
    assert found["incidents"][0]["status"] == "resolved"


def test_it_stops_where_it_is_told_to(api: ApiHost) -> None:
    found = ask(api, until=(MONDAY + timedelta(minutes=29)).isoformat())
    assert (found["ended"], len(found["pages"]), found["instants"]) == ("until", 1, 1)


def test_an_endless_walk_is_bounded(api: ApiHost, world: World) -> None:
    every_second = [StepSpec([world.alice.target], timedelta(seconds=1)) for _ in range(100)]
    world.policy(every_second, rounds=10)
    found = ask(api)
    assert (found["ended"], found["instants"]) == ("limit", 200)


def test_what_is_open_counts_further(api: ApiHost) -> None:
    first = ask(api, {"dedup_key": "disk"}, {"dedup_key": "disk", "after_seconds": 60})
    assert [e["outcome"] for e in first["events"]] == ["opened", "counted"]
    assert len(first["incidents"]) == 1


def test_nothing_of_a_rehearsal_can_be_committed(world: World) -> None:
    db = world.database.enter("app")

    def keep() -> None:
        with db.one(world.org_id) as tx:
            tx.conn.execute("select app.rehearse()")
            tx.conn.execute("update service set name = 'changed' where id = %s", (world.service_id,))

    with pytest.raises(psycopg.errors.RaiseException, match="keeps nothing"):
        keep()
    assert world.database.rows("select name from service") == [("checkout",)]
    with (
        rehearse(db, world.org_id) as rehearsal,
        pytest.raises(ValueError, match="one organization"),
        rehearsal.many([uuid4()]),
    ):
        pass


def test_the_api_writes_no_event_outside_a_rehearsal(world: World) -> None:
    new = "insert into event (id, org_id, service_id, integration_id, routing_key_id, request_id, index, received_at,"
    values = " action, outcome, payload) values (%s, %s, %s, %s, %s, %s, 0, %s, 'trigger', 'opened', '{}')"
    row = (uuid4(), world.org_id, world.service_id, uuid4(), uuid4(), uuid4(), world.now)
    db = world.database.enter("app")
    with pytest.raises(psycopg.errors.InsufficientPrivilege), db.one(world.org_id) as tx:
        tx.conn.execute(new + values, row)


@pytest.mark.parametrize(
    ("asked", "fields"),
    [
        ({"at": "2030-01-01T00:00:00Z"}, ["at"]),
        ({"until": MONDAY.isoformat()}, ["until"]),
        ({"until": (MONDAY + timedelta(days=32)).isoformat()}, ["until"]),
        ({"events": [{"after_seconds": 999_999}]}, ["events.0.after_seconds"]),
        ({"events": []}, ["events"]),
        ({"events": [{"action": "explode"}]}, ["events.0.action"]),
        ({"events": [{"after_seconds": -1}]}, ["events.0.after_seconds"]),
        ({"events": [{"summary": "a\x00b"}]}, ["events.0.summary"]),
        ({"events": [{}] * 21}, ["events"]),
        ({"at": "tomorrow"}, ["at"]),
    ],
)
def test_what_can_not_be_simulated(api: ApiHost, asked: dict[str, Any], fields: list[str]) -> None:
    body = {"service_id": str(api.world.service_id), "at": MONDAY.isoformat(), "events": [{}], **asked}
    assert list(api.call("POST", "/v1/simulations", body).fields) == fields


def test_another_organizations_service_is_none(api: ApiHost, world: World) -> None:
    other = World(world.database, name="Other")
    for body in ({"service_id": str(other.service_id)}, {"integration_id": str(other.integration_id)}):
        asked = {"service_id": str(world.service_id), "events": [{}], **body}
        assert api.call("POST", "/v1/simulations", asked).problem["code"] == "not_found"


def test_a_simulation_under_an_idempotency_key_is_answered_alike(api: ApiHost, world: World) -> None:
    body = {"service_id": str(world.service_id), "at": MONDAY.isoformat(), "events": [{}]}
    answers = [api.call("POST", "/v1/simulations", body, headers={"idempotency-key": "once"}) for _ in range(2)]
    assert [a.status for a in answers] == [200, 200]
    first, second = (json.loads(a.text)["pages"] for a in answers)
    assert [p["name"] for p in first] == [p["name"] for p in second]
