"""What people do while an escalation runs: edit its policy, leave, acknowledge at the very instant of a step."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.faults.conftest import Fated
from tests.support.doomed import Point, at
from tests.support.mesh import Mesh
from tests.support.threads import until_waiting
from tests.support.world import StepSpec
from tocsin.domain.dedup import EventAction

LATER = timedelta(minutes=10)
FAR = timedelta(hours=1)


@pytest.mark.fault("policy edited, target removed, user deleted while escalating")
def test_a_policy_is_edited_and_what_runs_keeps_its_version(mesh: Mesh, fate: Fated) -> None:
    world = mesh.world
    world.policy([StepSpec([world.alice.target]), StepSpec([world.bob.target], LATER)], round_delay=FAR)
    mesh.trigger("a")
    mesh.drain("events", "deliveries", "outcomes")
    world.edit_policy(2, [StepSpec([world.alice.target])])
    world.database.advance(LATER)
    mesh.settle()

    assert [r.path for r in mesh.receiver.requests] == ["/Alice", "/Bob"]
    fate("policy edited", due=2)


@pytest.mark.fault("policy edited, target removed, user deleted while escalating")
def test_a_target_is_removed(mesh: Mesh, fate: Fated) -> None:
    world = mesh.world
    team = world.team("night", [world.alice, world.bob])
    world.policy([StepSpec([world.alice.target]), StepSpec([team], LATER)], round_delay=FAR)
    mesh.trigger("a")
    mesh.drain("events", "deliveries", "outcomes")
    world.database.rows("delete from team_member where user_id = %s returning user_id", world.bob.user_id)
    world.database.advance(LATER)
    mesh.settle()

    assert [r.path for r in mesh.receiver.requests] == ["/Alice", "/Alice"]
    fate("target removed", due=2)


@pytest.mark.fault("policy edited, target removed, user deleted while escalating")
def test_a_user_is_deleted_and_the_step_after_theirs_is_taken_at_once(mesh: Mesh, fate: Fated) -> None:
    world = mesh.world
    steps = [StepSpec([world.alice.target]), StepSpec([world.bob.target], LATER), StepSpec([world.alice.target], LATER)]
    world.policy(steps, round_delay=FAR)
    mesh.trigger("a")
    mesh.drain("events", "deliveries", "outcomes")
    world.database.rows("delete from membership where user_id = %s returning user_id", world.bob.user_id)
    world.database.advance(LATER)
    mesh.settle()

    assert [r.path for r in mesh.receiver.requests] == ["/Alice", "/Alice"]
    fate("user deleted", due=2)


@pytest.mark.fault("policy edited, target removed, user deleted while escalating")
def test_a_user_is_deleted_while_their_page_is_lost(mesh: Mesh, fate: Fated) -> None:
    world = mesh.world
    world.policy([StepSpec([world.bob.target]), StepSpec([world.alice.target], LATER)], round_delay=FAR)
    mesh.trigger("a")
    mesh.drain("events")
    assert mesh.drop("deliveries") == ["deliveries"]
    world.database.rows("delete from membership where user_id = %s returning user_id", world.bob.user_id)
    mesh.settle()

    assert [r.path for r in mesh.receiver.requests] == ["/Alice"]
    fate("user deleted, their page lost on its way", due=2, refused=1)


def to_second_step(mesh: Mesh) -> None:
    """Alice has been paged, and Bob's step is due, its wake-up in the queue."""
    world, second = mesh.world, timedelta(seconds=1)
    world.policy([StepSpec([world.alice.target]), StepSpec([world.bob.target], second)], round_delay=FAR)
    mesh.trigger("a")
    mesh.drain("events", "deliveries", "outcomes")
    world.database.advance(second)
    mesh.wait_for("escalations")


def acknowledge(mesh: Mesh) -> None:
    mesh.trigger("a", action=EventAction.ACKNOWLEDGE)
    mesh.drain("events")
    assert mesh.world.database.rows("select status from incident") == [("acknowledged",)]


@pytest.mark.fault("acknowledge at the instant of a step")
@pytest.mark.parametrize(
    "point",
    [Point("escalate", "before its transaction", "begin"), at("escalate: after the commit")],
    ids=str,
)
def test_an_acknowledge_comes_beside_the_step(mesh: Mesh, fate: Fated, point: Point) -> None:
    to_second_step(mesh)
    mesh.step("escalations", point=point, action="wait", meanwhile=lambda: acknowledge(mesh))
    mesh.settle()

    fate(point, due=1)


@pytest.mark.fault("acknowledge at the instant of a step")
def test_an_acknowledge_waits_for_the_steps_transaction(mesh: Mesh, fate: Fated) -> None:
    to_second_step(mesh)
    waiting: list[Future[None]] = []
    with ThreadPoolExecutor(1) as pool:

        def begin() -> None:
            waiting.append(pool.submit(acknowledge, mesh))
            until_waiting(mesh.world.database)

        mesh.step("escalations", point=at("escalate: before the commit"), action="wait", meanwhile=begin)
        for one in waiting:
            one.result()
    mesh.settle()

    fate(*mesh.reached, due=1)


@pytest.mark.fault("acknowledge at the instant of a step")
@pytest.mark.parametrize(("name", "due"), [("before the claim", 1), ("after the claim", 2)])
def test_an_acknowledge_comes_beside_the_page(mesh: Mesh, fate: Fated, name: str, due: int) -> None:
    to_second_step(mesh)
    mesh.step("escalations")
    mesh.step("deliveries", point=at(f"notify: {name}"), action="wait", meanwhile=lambda: acknowledge(mesh))
    mesh.settle()

    fate(*mesh.reached, due=due)
