"""Escalation policies, as role app: versions that nobody overwrites, and escalations that keep theirs."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.support.world import World
from tocsin.contracts.api import ServicePatch
from tocsin.contracts.api_policies import PolicyInput
from tocsin.domain.permission import Role
from tocsin.errors import Conflict, NotFound, StaleVersion, TocsinError
from tocsin_data.services import catalog, policies
from tocsin_data.services.actors import Actor
from tocsin_data.services.memberships import By
from tocsin_data.services.processing import process

ACTOR = Actor("user", "alice", "request-1", "203.0.113.7")
BY = By(ACTOR, Role.ADMIN, None)


def draft(world: World, **changes: Any) -> PolicyInput:
    steps = [{"targets": [world.alice.target]}, {"delay_seconds": 60, "targets": [world.bob.target]}]
    return PolicyInput.model_validate({"name": "primary", "steps": steps, **changes})


def at_once(*calls: Callable[[], object]) -> list[str]:
    """Run calls at the same time; answers how each ended, sorted."""
    ends: list[str] = []
    barrier = threading.Barrier(len(calls))

    def run(call: Callable[[], object]) -> None:
        barrier.wait(timeout=10)
        try:
            call()
            ends.append("done")
        except TocsinError as error:
            ends.append(error.code)

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(ends)


def connected(world: World, call: Callable[..., object], *args: Any, **more: Any) -> Callable[[], object]:
    """A call on a connection of its own, which its thread closes."""

    def run() -> object:
        db = world.database.enter("app")
        try:
            return call(db, world.org_id, *args, **more)
        finally:
            db.close()

    return run


def test_of_two_edits_of_one_version_one_is_told_that_it_is_stale(world: World) -> None:
    db = world.database.enter("app")
    made = policies.create_policy(db, world.org_id, BY, draft(world))
    edits = [connected(world, policies.update_policy, BY, made.id, draft(world, rounds=1), version=1) for _ in range(4)]
    assert at_once(*edits) == ["done", "stale_version", "stale_version", "stale_version"]
    assert policies.get_policy(db, world.org_id, made.id).version == 2


def test_a_policy_is_either_deleted_or_taken_by_a_service(world: World) -> None:
    db = world.database.enter("app")
    made = policies.create_policy(db, world.org_id, BY, draft(world))
    patch = ServicePatch(policy_id=made.id)
    ends = at_once(
        connected(world, policies.delete_policy, BY, made.id),
        connected(world, catalog.update_service, ACTOR, world.service_id, patch, version=1),
    )
    ((deleted,),) = world.database.rows("select deleted_at is not null from escalation_policy where id = %s", made.id)
    ((taken,),) = world.database.rows("select policy_id = %s from service where id = %s", made.id, world.service_id)
    assert deleted is not taken
    assert ends in (["conflict", "done"], ["done", "not_found"])


def test_a_running_escalation_keeps_the_version_it_started_with(world: World) -> None:
    db = world.database.enter("app")
    made = policies.create_policy(db, world.org_id, BY, draft(world))
    catalog.update_service(db, world.org_id, ACTOR, world.service_id, ServicePatch(policy_id=made.id), version=1)
    worker = world.database.enter("worker")
    process(worker, [world.request(world.event(dedup_key="a"))], key_budget_per_minute=6000)
    steps = [{"step_id": step.step_id, "targets": [world.bob.target]} for step in made.steps[:1]]
    edited = policies.update_policy(db, world.org_id, BY, made.id, draft(world, steps=steps), version=1)
    process(worker, [world.request(world.event(dedup_key="b"))], key_budget_per_minute=6000)
    assert edited.steps[0].step_id == made.steps[0].step_id
    pinned = world.database.rows("select policy_version from escalation order by created_at, id")
    assert pinned == [(1,), (2,)]


def test_a_refused_change_leaves_nothing_behind(world: World) -> None:
    db = world.database.enter("app")
    made = policies.create_policy(db, world.org_id, BY, draft(world))
    with pytest.raises(StaleVersion):
        policies.update_policy(db, world.org_id, BY, made.id, draft(world), version=7)
    with pytest.raises(Conflict):
        policies.delete_policy(db, world.org_id, BY, UUID(str(world.policy_id)))
    with pytest.raises(NotFound):
        policies.create_policy(db, world.org_id, BY, draft(world, name="x", team_id=str(world.org_id)))
    assert world.database.rows("select count(*) from escalation_policy_version where policy_id = %s", made.id) == [(1,)]
    assert world.database.rows("select actor_kind, actor_id, action, request_id, source_address from audit_entry") == [
        ("user", "alice", "escalation_policy.created", "request-1", "203.0.113.7")
    ]


def test_updated_is_when_the_version_was_made(world: World) -> None:
    db = world.database.enter("app")
    made = policies.create_policy(db, world.org_id, BY, draft(world))
    world.database.advance(timedelta(hours=1))
    edited = policies.update_policy(db, world.org_id, BY, made.id, draft(world), version=1)
    assert made.updated_at == made.created_at == edited.created_at
    assert edited.updated_at - edited.created_at >= timedelta(hours=1)
