"""Holding an escalation, letting it go on, taking its next step now, and moving it to a newer version."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.support.paging import Paging
from tests.support.world import StepSpec, World
from tocsin.contracts.delivery import Verdict
from tocsin.domain.incident import Action, Status, WrongStatus
from tocsin.errors import NotFound, TocsinError
from tocsin_data.services import steering
from tocsin_data.services.responding import Moved
from tocsin_data.services.steering import NothingToSteer

MINUTE = timedelta(minutes=1)
BY = "user:alice"


@pytest.fixture
def paging(world: World) -> Paging:
    world.policy([StepSpec([world.alice.target]), StepSpec([world.bob.target], 10 * MINUTE)])
    return Paging(world)


def steer(paging: Paging, action: Callable[..., Moved], **more: object) -> Moved:
    moved = action(paging.app, paging.world.org_id, paging.incident(), BY, **more)
    paging.sent(moved.leaving)
    return moved


def kinds(world: World) -> list[str]:
    return [row[0] for row in world.database.rows("select kind from timeline_entry order by at, id")]


def pass_time(paging: Paging, minutes: float) -> None:
    paging.world.database.advance(timedelta(minutes=minutes))
    paging.wake()
    paging.world.database.advance(timedelta(seconds=4))
    paging.sweep()


def test_a_held_escalation_waits_and_goes_on_with_what_was_left(paging: Paging, world: World) -> None:
    paging.claim(*paging.trigger())
    world.database.advance(4 * MINUTE)
    steer(paging, steering.hold)
    assert world.database.rows("select state, held_by, next_at from escalation") == [("held", BY, None)]
    pass_time(paging, 120)
    assert world.bob.email not in paging.addresses()
    steer(paging, steering.resume)
    pass_time(paging, 5.9)
    assert world.bob.email not in paging.addresses()
    pass_time(paging, 0.2)

    assert paging.addresses()[-1] == world.bob.email
    assert world.database.rows("select held_at, held_by, held_next_at from escalation") == [(None, None, None)]
    assert [k for k in kinds(world) if k.startswith("escalation_")] == ["escalation_held", "escalation_resumed"]


def test_an_acknowledgement_ends_a_hold(paging: Paging, world: World) -> None:
    paging.trigger()
    steer(paging, steering.hold)
    paging.act(Action.ACKNOWLEDGE)

    assert world.database.rows("select state, held_at from escalation") == [("stopped", None)]
    with pytest.raises(WrongStatus):
        steer(paging, steering.resume)


def test_a_hold_lets_what_is_on_its_way_go(paging: Paging) -> None:
    (page,) = paging.trigger()
    steer(paging, steering.hold)
    assert paging.claim(page)[0].verdict is Verdict.GO


@pytest.mark.parametrize("action", [steering.hold, steering.resume, steering.escalate_now])
def test_what_makes_no_sense_says_why(paging: Paging, action: Callable[..., Moved]) -> None:
    paging.trigger()
    if action is steering.hold:
        steer(paging, steering.hold)
    if action is steering.escalate_now:
        for _ in range(2):
            steer(paging, steering.escalate_now)
    with pytest.raises(NothingToSteer):
        steer(paging, action)
    paging.act(Action.RESOLVE)
    with pytest.raises(WrongStatus):
        steer(paging, action)


def test_the_next_step_is_taken_now_and_those_after_it_in_their_time(paging: Paging, world: World) -> None:
    carol = world.person("Carol")
    again = StepSpec([world.alice.target], retries=3, retry_interval=MINUTE)
    world.policy([again, StepSpec([world.bob.target], 10 * MINUTE), StepSpec([carol.target], 10 * MINUTE)])
    paging.trigger()
    steer(paging, steering.escalate_now)
    assert paging.addresses() == [world.alice.email, world.bob.email]
    world.database.advance(9.9 * MINUTE)
    assert paging.wake() == []
    world.database.advance(0.1 * MINUTE)
    paging.wake()

    assert paging.addresses() == [world.alice.email, world.bob.email, carol.email]
    assert kinds(world)[:4] == ["triggered", "paged", "escalated", "paged"]


def test_escalating_an_acknowledged_incident_triggers_it_again(paging: Paging, world: World) -> None:
    paging.trigger()
    paging.act(Action.ACKNOWLEDGE)
    assert steer(paging, steering.escalate_now).status is Status.TRIGGERED
    assert paging.addresses() == [world.alice.email, world.bob.email]
    assert paging.claim(paging.pages[-1])[0].verdict is Verdict.GO
    assert world.database.rows("select status from incident") == [("triggered",)]


def test_escalating_past_the_last_step_pages_the_fallback_contact(paging: Paging, world: World) -> None:
    paging.trigger()
    for _ in range(2):
        steer(paging, steering.escalate_now)
    assert paging.addresses() == [world.alice.email, world.bob.email, world.fallback]


def test_of_two_who_escalate_at_once_one_takes_a_step(paging: Paging, world: World) -> None:
    paging.trigger()
    ends: list[str] = []

    def escalate() -> None:
        db = world.database.enter("app")
        try:
            steering.escalate_now(db, world.org_id, paging.incident(), BY, seen=(0, 1))
            ends.append("done")
        except TocsinError as error:
            ends.append(error.code)
        finally:
            db.close()

    threads = [threading.Thread(target=escalate) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(ends) == ["done", "escalation_state", "escalation_state"]
    assert world.database.rows("select count(*) from notification") == [(2,)]


def test_an_escalation_moves_to_the_current_version_at_its_step(paging: Paging, world: World) -> None:
    carol, dave = world.person("Carol"), world.person("Dave")
    first, second = StepSpec([world.alice.target]), StepSpec([world.bob.target], 10 * MINUTE)
    world.policy([first, second])
    (page,) = paging.trigger()
    inserted = StepSpec([dave.target], 5 * MINUTE)
    changed = StepSpec([carol.target], 99 * MINUTE, step_id=second.step_id)
    world.edit_policy(2, [changed, inserted, first])
    world.database.advance(4 * MINUTE)
    steer(paging, steering.move_to_current_version)
    assert world.database.rows("select policy_version, round, position, generation from escalation") == [(2, 0, 0, 1)]
    assert paging.claim(page)[0].verdict is Verdict.GO
    pass_time(paging, 6)
    pass_time(paging, 5)

    others = [a for a in paging.addresses() if a != world.alice.email]
    assert list(dict.fromkeys(others)) == [carol.email, dave.email]
    data = world.database.rows("select data from timeline_entry where kind = 'escalation_version_changed'")[0][0]
    assert (data["from_version"], data["to_version"], data["step"]) == (1, 2, 1)
    with pytest.raises(NothingToSteer, match="version 2 already"):
        steer(paging, steering.move_to_current_version)


def test_an_escalation_whose_step_was_removed_moves_to_the_next_that_exists(paging: Paging, world: World) -> None:
    first, second = StepSpec([world.alice.target]), StepSpec([world.bob.target], 10 * MINUTE)
    third = StepSpec([world.person("Carol").target], 10 * MINUTE)
    world.policy([first, second, third])
    paging.claim(*paging.trigger())
    world.edit_policy(2, [first, third])
    steer(paging, steering.hold)
    steer(paging, steering.move_to_current_version)
    assert world.database.rows("select state, policy_version, position from escalation") == [("held", 2, 1)]
    steer(paging, steering.resume)
    pass_time(paging, 10)
    assert [page.recipient_name for page in paging.pages if page.recipient_name != "Alice"] == ["Carol"]


def test_a_step_that_comes_again_after_a_move_pages_again(paging: Paging, world: World) -> None:
    first, second = StepSpec([world.alice.target]), StepSpec([world.bob.target], 10 * MINUTE)
    world.policy([first, second])
    paging.claim(*paging.trigger())
    later = StepSpec([world.alice.target], 10 * MINUTE, step_id=first.step_id)
    world.edit_policy(2, [second, later])
    steer(paging, steering.move_to_current_version)
    for _ in range(2):
        world.database.advance(10 * MINUTE)
        paging.wake()
    assert [page.recipient_name for page in paging.pages] == ["Alice", "Bob", "Alice"]


def test_what_is_not_there_can_not_be_steered(paging: Paging, world: World) -> None:
    paging.trigger()
    for action in (steering.hold, steering.resume, steering.escalate_now, steering.move_to_current_version):
        with pytest.raises(NotFound):
            action(paging.app, world.org_id, world.service_id, BY)
