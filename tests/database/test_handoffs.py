"""Handoffs told by mail: once, to whose turn begins and to whose turn has ended, and to nobody else."""

from datetime import datetime, timedelta
from uuid import UUID

from joserfc import jwe

from tests.support.api_host import seal_key
from tests.support.world import Person, World
from tocsin.contracts.api_schedules import LayerInput, OverrideInput, Schedule, ScheduleInput
from tocsin.contracts.mail import HandoffMail
from tocsin.domain.permission import Role
from tocsin.domain.rotation import Unit
from tocsin.errors import QueueUnavailable
from tocsin.platform.sealing import ALGORITHMS
from tocsin_data.services import on_call, schedule_overrides, schedules, sweeping
from tocsin_data.services.actors import Actor
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.memberships import By

ADMIN = By(Actor("system", None), Role.ADMIN, None)


def public_key() -> str:
    return seal_key().as_pem(private=False).decode()


def save(world: World, *people: Person, name: str = "Primary") -> Schedule:
    """A schedule whose people take turns every hour, from the hour that has begun."""
    hourly = LayerInput(
        name="hourly",
        unit=Unit.HOURS,
        length=1,
        handoff="00:00",
        starts_on=datetime(2026, 1, 5).date(),  # noqa: DTZ001 - a day of the schedule's zone
        participants=[person.user_id for person in people],
    )
    data = ScheduleInput(name=name, time_zone="UTC", layers=[hourly])
    return schedules.create_schedule(world.database.enter("app"), world.org_id, ADMIN, data)


def sweep(world: World) -> list[tuple[str, str, str | None]]:
    """Sweep once, and let what it mails arrive; answers who was told what, and of whom."""
    mails = [mail for leaving in swept(world) for mail in leaving.mails]
    found = [jwe.decrypt_compact(mail.sealed, seal_key(), algorithms=ALGORITHMS).plaintext for mail in mails]
    world.database.rows("update mail set state = 'sent' returning 1")
    told = [HandoffMail.model_validate_json(plain or b"") for plain in found]
    return sorted((mail.address.partition("-")[0], mail.turn, mail.other) for mail in told)


def swept(world: World) -> list[Leaving]:
    left: list[Leaving] = []
    result = sweeping.sweep(world.database.enter("worker"), left.append, public_key)
    assert result.failed == 0
    return left


def now_on_call(world: World, schedule_id: UUID) -> str:
    with world.database.enter("worker").many([world.org_id]) as tx:
        (user_id,) = on_call.on_call_now(tx, [schedule_id])[schedule_id].now
    return "alice" if user_id == world.alice.user_id else "bob"


def test_each_handoff_is_told_once(world: World) -> None:
    made = save(world, world.alice, world.bob)
    first = now_on_call(world, made.id)
    second = "bob" if first == "alice" else "alice"
    assert sweep(world) == [(first, "starts", second.capitalize())]
    assert sweep(world) == []
    world.database.advance(timedelta(hours=1))
    assert sweep(world) == sorted([(first, "ends", second.capitalize()), (second, "starts", first.capitalize())])
    assert sweep(world) == []
    # of handoffs that were missed only what holds by now is told
    world.database.advance(timedelta(hours=4))
    assert sweep(world) == []
    world.database.advance(timedelta(hours=3))
    assert len(sweep(world)) == 2
    kinds = world.database.rows("select kind, count(*) from handoff_notice group by 1 order by 1")
    assert kinds == [("ends", 2), ("starts", 3)]


def test_an_override_is_a_handoff_too_and_so_is_its_end(world: World) -> None:
    made = save(world, world.alice)
    assert sweep(world) == [("alice", "starts", None)]
    data = OverrideInput(user_id=world.bob.user_id, ends_at=world.now + timedelta(minutes=30))
    laid = schedule_overrides.create_override(world.database.enter("app"), world.org_id, ADMIN, made.id, data)
    assert sweep(world) == [("alice", "ends", "Bob"), ("bob", "starts", "Alice")]
    world.database.advance(timedelta(minutes=10))
    schedule_overrides.cancel_override(world.database.enter("app"), world.org_id, ADMIN, made.id, laid.id)
    assert sweep(world) == [("alice", "starts", None), ("bob", "ends", "Alice")]


def test_who_does_not_want_to_be_told_or_has_left_is_not(world: World) -> None:
    save(world, world.alice)
    save(world, world.bob, name="Backup")
    rows = world.database.rows
    rows("update membership set handoff_notices = false where user_id = %s returning 1", world.alice.user_id)
    rows("delete from membership where user_id = %s returning 1", world.bob.user_id)
    assert sweep(world) == []
    assert rows("select count(*) from handoff_notice") == [(0,)]
    assert rows("select count(*) from schedule where next_handoff_at > app.clock()") == [(2,)]


def test_nothing_leaves_a_demo(world: World) -> None:
    save(world, world.alice)
    world.database.rows("update organization set is_demo = true where id = %s returning 1", world.org_id)
    assert sweep(world) == []


def test_each_organization_hears_of_its_own(world: World) -> None:
    other = World(world.database, name="Other")
    save(world, world.alice)
    save(other, other.bob)
    assert sweep(world) == [("alice", "starts", None), ("bob", "starts", None)]
    owned = world.database.rows("select m.org_id, n.user_id from mail m join handoff_notice n using (org_id)")
    assert set(owned) == {(world.org_id, world.alice.user_id), (other.org_id, other.bob.user_id)}


def test_without_the_key_they_are_told_later(world: World) -> None:
    save(world, world.alice)

    def fail() -> str:
        raise QueueUnavailable("not now")

    left: list[Leaving] = []
    assert sweeping.sweep(world.database.enter("worker"), left.append, fail).failed == 0
    assert [leaving.mails for leaving in left] == [[]]
    assert sweep(world) == [("alice", "starts", None)]


def test_who_is_on_call_is_told_of_the_organizations_that_were_entered(world: World) -> None:
    made = [save(world, world.alice, name=f"schedule {n}") for n in range(3)]
    other = World(world.database, name="Other")
    theirs = save(other, other.bob)
    with world.database.enter("worker").many([world.org_id, other.org_id]) as tx:
        found = on_call.on_call_now(tx, [*(s.id for s in made), theirs.id])
    assert {found[s.id].now for s in made} == {(world.alice.user_id,)}
    assert found[theirs.id].now == (other.bob.user_id,)
    assert found[theirs.id].now_reason.startswith("layer hourly, version 1, until ")
    with world.database.enter("worker").many([world.org_id]) as tx:
        assert set(on_call.on_call_now(tx, [made[0].id, theirs.id])) == {made[0].id}
        assert on_call.on_call_now(tx, []) == {}
