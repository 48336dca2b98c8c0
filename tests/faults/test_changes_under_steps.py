"""What changes under an escalation that runs: its schedule is emptied, steps go or move, two take one at once."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.faults.conftest import Fated
from tests.support.doomed import Point, at
from tests.support.mesh import Mesh
from tests.support.world import Person, StepSpec, World
from tocsin.contracts.api_schedules import LayerInput, Schedule, ScheduleInput
from tocsin.domain.permission import Role
from tocsin.domain.rotation import Unit
from tocsin_data.services import schedules, steering
from tocsin_data.services.actors import Actor
from tocsin_data.services.memberships import By

LATER = timedelta(minutes=10)
FAR = timedelta(hours=1)
ADMIN = By(Actor("system", None), Role.ADMIN, None)
TODAY = datetime(2026, 1, 5, tzinfo=UTC).date()


def schedule_of(*people: Person) -> ScheduleInput:
    layers = [
        LayerInput(name="weekly", unit=Unit.WEEKS, starts_on=TODAY, participants=[person.user_id for person in people])
    ]
    return ScheduleInput(name="Primary", time_zone="UTC", layers=layers if people else [])


def on_call(world: World, *people: Person) -> Schedule:
    return schedules.create_schedule(world.database.enter("app"), world.org_id, ADMIN, schedule_of(*people))


@pytest.mark.fault("schedule emptied, steps removed and reordered while escalating")
def test_a_schedule_is_emptied_and_the_step_after_it_is_taken_at_once(mesh: Mesh, fate: Fated) -> None:
    world = mesh.world
    primary = on_call(world, world.bob)
    target = {"kind": "schedule", "value": str(primary.id), "who": "now"}
    steps = [StepSpec([world.alice.target]), StepSpec([target], LATER), StepSpec([world.alice.target], LATER)]
    world.policy(steps, round_delay=FAR)
    mesh.trigger("a")
    mesh.drain("events", "deliveries", "outcomes")
    schedules.update_schedule(
        world.database.enter("app"), world.org_id, ADMIN, primary.id, schedule_of(), version=primary.version
    )
    world.database.advance(LATER)
    mesh.settle()

    assert [r.path for r in mesh.receiver.requests] == ["/Alice", "/Alice"]
    fate("schedule emptied", due=2)


@pytest.mark.fault("schedule emptied, steps removed and reordered while escalating")
def test_a_step_is_removed_and_what_runs_is_moved_while_its_wake_up_is_on_its_way(mesh: Mesh, fate: Fated) -> None:
    world, second = mesh.world, timedelta(seconds=1)
    last = StepSpec([world.alice.target], LATER)
    first = StepSpec([world.alice.target])
    world.policy([first, StepSpec([world.bob.target], second), last], round_delay=FAR)
    mesh.trigger("a")
    mesh.drain("events", "deliveries", "outcomes")
    world.edit_policy(2, [first, last])
    ((incident_id,),) = world.database.rows("select id from incident")
    app = world.database.enter("app")
    steering.move_to_current_version(app, world.org_id, incident_id, "user:1")
    world.database.advance(second)
    mesh.wait_for("escalations")
    mesh.settle()

    assert [r.path for r in mesh.receiver.requests] == ["/Alice", "/Alice"]
    fate("step removed", due=2)


@pytest.mark.fault("schedule emptied, steps removed and reordered while escalating")
def test_steps_are_reordered_while_a_page_is_on_its_way(mesh: Mesh, fate: Fated) -> None:
    world = mesh.world
    first, second = StepSpec([world.alice.target]), StepSpec([world.bob.target], LATER)
    world.policy([first, second], round_delay=FAR)
    mesh.trigger("a")
    mesh.drain("events")
    mesh.step(
        "deliveries",
        point=at("notify: after the claim"),
        action="wait",
        meanwhile=lambda: world.edit_policy(2, [second, first]),
    )
    mesh.drain("outcomes")
    world.database.advance(LATER)
    mesh.settle()

    assert [r.path for r in mesh.receiver.requests] == ["/Alice", "/Bob"]
    fate("steps reordered", due=2)


@pytest.mark.fault("sweep and wake-up at once")
@pytest.mark.parametrize(
    "point",
    [
        Point("escalate", "before its transaction", "begin"),
        at("escalate: before the commit"),
        at("escalate: after the commit"),
    ],
    ids=str,
)
def test_a_sweep_comes_beside_the_wake_up(mesh: Mesh, fate: Fated, point: Point) -> None:
    world, second = mesh.world, timedelta(seconds=1)
    world.policy([StepSpec([world.alice.target]), StepSpec([world.bob.target], second)], round_delay=FAR)
    mesh.trigger("a")
    mesh.drain("events", "deliveries", "outcomes")
    world.database.advance(second)
    mesh.wait_for("escalations")
    mesh.step("escalations", point=point, action="wait", meanwhile=lambda: mesh.sweep() and None)
    mesh.settle()

    assert [r.path for r in mesh.receiver.requests] == ["/Alice", "/Bob"]
    fate(point, due=2)
