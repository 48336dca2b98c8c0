"""Rules, windows and dependencies in a batch: each organization's own, and exactly once under concurrency."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.support.threads import at_once
from tests.support.world import World
from tocsin.contracts.events import EventsMessage
from tocsin.domain.dedup import EventAction
from tocsin_data.services.processing import Processed, process


def rules(world: World, *found: dict[str, Any], service_id: UUID | None = None) -> None:
    """Write rules as they are stored."""
    blank = {"condition": None, "continues": False}
    rows = [{**blank, **rule, "rule_id": str(UUID(int=number))} for number, rule in enumerate(found)]
    set_id = world.database.rows(
        "insert into event_rule_set (org_id, service_id, current_version, created_at) values (%s, %s, 2, now())"
        " returning id",
        world.org_id,
        service_id,
    )[0][0]
    world.database.rows(
        "insert into event_rule_set_version"
        " (org_id, event_rule_set_id, version, time_zone, rules, created_at, created_by)"
        " values (%s, %s, 2, 'UTC', %s, now(), 'test') returning version",
        world.org_id,
        set_id,
        json.dumps(rows),
    )


def run(world: World, *messages: EventsMessage) -> int:
    return process(world.database.enter("worker"), list(messages), key_budget_per_minute=6000).opened


def run_at_once(world: World, batches: Sequence[Sequence[EventsMessage]]) -> int:
    worker = world.database.enter("worker")
    calls = [lambda batch=batch: process(worker, batch, key_budget_per_minute=6000) for batch in batches]
    done = [answer for answer in at_once([worker], calls) if isinstance(answer, Processed)]
    assert len(done) == len(batches)
    return sum(answer.opened for answer in done)


def test_a_batch_of_two_organizations_asks_each_its_own_rules(world: World) -> None:
    other = World(world.database, "Other")
    rules(world, {"name": "quiet", "actions": {"suppress": True}})
    rules(other, {"name": "low", "actions": {"urgency": "low"}})
    assert run(world, world.request(), other.request()) == 2
    found = set(world.database.rows("select org_id, muted_by is not null, urgency from incident"))
    assert found == {(world.org_id, True, "high"), (other.org_id, False, "low")}


def test_a_group_opens_one_incident_however_many_batches_come_at_once(world: World) -> None:
    rules(world, {"name": "all", "actions": {"group": {"by": [], "window_seconds": 3600}}})
    requests = [
        world.request(world.event(dedup_key=f"k{n}"), world.event(dedup_key=f"k{n + 1}", index=1)) for n in range(12)
    ]
    assert run_at_once(world, [[request] for request in requests]) == 1
    assert world.database.rows("select count(*), count(distinct incident_id) from alert") == [(13, 1)]
    assert world.database.rows("select count(*) from escalation") == [(1,)]
    world.database.advance(timedelta(seconds=1))
    ends = [world.request(world.event(EventAction.RESOLVE, f"k{n}")) for n in range(13)]
    run_at_once(world, [[end] for end in ends])
    assert world.database.rows("select status from incident") == [("resolved",)]


def test_an_incident_opens_again_once(world: World) -> None:
    world.database.rows("update service set reopen_window_seconds = 600 returning id")
    run(world, world.request())
    world.database.advance(timedelta(seconds=1))
    run(world, world.request(world.event(EventAction.RESOLVE)))
    world.database.advance(timedelta(seconds=1))
    again = [world.request() for _ in range(6)]
    run_at_once(world, [[message, message] for message in again])
    assert world.database.rows("select status, reopened_count from incident") == [("triggered", 1)]
    assert world.database.rows("select status, count(*) from alert group by 1 order by 1") == [
        ("open", 1),
        ("resolved", 1),
    ]


def test_a_resolve_and_a_trigger_of_one_batch_leave_it_open(world: World) -> None:
    world.database.rows("update service set reopen_window_seconds = 600 returning id")
    run(world, world.request())
    now = world.now
    later = now + timedelta(seconds=2)
    ending = world.request(world.event(EventAction.RESOLVE), at=now + timedelta(seconds=1))
    world.database.advance(timedelta(seconds=3))
    assert run(world, ending, world.request(at=later)) == 0
    assert world.database.rows("select status from incident") == [("triggered",)]


def test_a_service_and_what_it_depends_on_go_down_in_one_batch(world: World) -> None:
    parent = world.database.rows(
        "insert into service (org_id, name, policy_id, created_at) values (%s, 'database', %s, now()) returning id",
        world.org_id,
        world.policy_id,
    )[0][0]
    world.database.rows(
        "insert into service_dependency values (%s, %s, %s, now(), 'test') returning org_id",
        world.org_id,
        world.service_id,
        parent,
    )
    to_parent = {"name": "db", "condition": "event.dedup_key == 'db'", "actions": {"service_id": str(parent)}}
    rules(world, to_parent)
    assert run(world, world.request(world.event(dedup_key="shop"), world.event(dedup_key="db", index=1))) == 2
    rows = world.database.rows("select id, muted_by from incident order by service_id = %s", parent)
    assert [muted for _, muted in rows] == [f"incident:{rows[1][0]}", None]


def test_a_version_that_is_new_to_a_process_is_asked_at_once(world: World) -> None:
    rules(world, {"name": "low", "actions": {"urgency": "low"}})
    run(world, world.request())
    world.database.rows(
        "insert into event_rule_set_version"
        " (org_id, event_rule_set_id, version, time_zone, rules, created_at, created_by)"
        " select org_id, id, 3, 'UTC', '[]', now(), 'test' from event_rule_set returning version"
    )
    world.database.rows("update event_rule_set set current_version = 3 returning id")
    run(world, world.request(world.event(dedup_key="other")))
    assert world.database.rows("select urgency from incident order by number") == [("low",), ("high",)]
