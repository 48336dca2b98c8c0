"""What happens to one account or membership at the same instant: keys, removals, first calls, owners who go."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest

from tests.support.threads import Paused, at_once, beside, until_waiting
from tests.support.world import MAC_KEYS, Person, World
from tocsin.contracts.api import RotateInput
from tocsin.contracts.api_access import ApiKeyInput
from tocsin.contracts.api_accounts import MemberPatch
from tocsin.domain.permission import Role
from tocsin.errors import Conflict, LastOwner, NotFound
from tocsin_data.db import Database
from tocsin_data.services import accounts, api_keys, memberships, registering
from tocsin_data.services.actors import Actor
from tocsin_data.services.api_keys import Holder
from tocsin_data.services.calling import Token
from tocsin_data.services.memberships import By

FIRST_CALLS = 40
PERSONAL = ApiKeyInput(name="mine", role=Role.VIEWER, personal=True)
ROTATED = RotateInput(overlap_seconds=0)


def by(person: Person, role: Role = Role.OWNER) -> By:
    return By(actor(person), role, person.user_id)


def actor(person: Person) -> Actor:
    return Actor("user", str(person.user_id))


def holder(person: Person) -> Holder:
    return Holder(actor(person), Role.RESPONDER, person.user_id)


def make(db: Database, world: World, person: Person) -> UUID:
    return api_keys.create_api_key(db, world.org_id, holder(person), PERSONAL, mac_keys=MAC_KEYS).id


def ways_to_make(world: World, person: Person) -> list[Callable[[Database], object]]:
    """A key made, and one put in another's place."""
    first = make(world.database.enter("app"), world, person)
    return [
        lambda db: make(db, world, person),
        lambda db: api_keys.rotate_api_key(db, world.org_id, holder(person), first, ROTATED, mac_keys=MAC_KEYS),
    ]


def ways_to_go(world: World, person: Person) -> list[Callable[[Database], object]]:
    """Somebody removed, somebody who leaves, somebody who deletes their account."""
    owner = by(world.person("Olga", role="owner"))
    return [
        lambda db: memberships.remove_member(db, world.org_id, owner, person.user_id, version=None),
        lambda db: memberships.leave(db, world.org_id, actor(person), person.user_id),
        lambda db: accounts.delete(db, actor(person), person.user_id),
    ]


@pytest.mark.parametrize("made", [0, 1])
@pytest.mark.parametrize("gone", [0, 1, 2])
def test_a_key_made_while_its_person_goes_does_not_stay(world: World, made: int, gone: int) -> None:
    dora = world.person("Dora")
    make_one, go = ways_to_make(world, dora)[made], ways_to_go(world, dora)[gone]
    holding, leaving = Paused(world.database, "app"), world.database.enter("app")
    with beside(holding, lambda: make_one(holding)) as making:
        assert holding.reached.wait(10)
        with beside(leaving, lambda: go(leaving)) as left:
            until_waiting(world.database, unless=left.done)
            assert not left.done()
            holding.go.set()
            making.result()
            left.result()
    assert world.database.rows("select count(*) from api_key where revoked_at is null and user_id is not null") == [
        (0,)
    ]


@pytest.mark.parametrize("made", [0, 1])
@pytest.mark.parametrize("gone", [0, 1, 2])
def test_no_key_is_made_for_who_is_about_to_be_gone(world: World, made: int, gone: int) -> None:
    dora = world.person("Dora")
    make_one, go = ways_to_make(world, dora)[made], ways_to_go(world, dora)[gone]
    holding, making = Paused(world.database, "app"), world.database.enter("app")
    with beside(holding, lambda: go(holding)) as left:
        assert holding.reached.wait(10)
        with beside(making, lambda: make_one(making)) as late:
            until_waiting(world.database, unless=late.done)
            holding.go.set()
            with pytest.raises(NotFound):
                late.result()
        left.result()
    assert world.database.rows("select count(*) from api_key where revoked_at is null and user_id is not null") == [
        (0,)
    ]


def test_two_first_calls_of_one_subject_make_one_account(world: World) -> None:
    databases = [world.database.enter("app") for _ in range(2)]
    for _ in range(FIRST_CALLS):
        subject, now = str(uuid4()), world.now
        token = Token(subject, f"{subject}@acme.example", True, "New", now, now + timedelta(minutes=5))
        one, other = at_once(databases, [partial(registering.register, db, token) for db in databases])
        assert isinstance(one, UUID), one
        assert one == other
        assert world.database.rows("select id from user_account where subject = %s", subject) == [(one,)]


def test_an_account_is_kept_when_its_other_owner_is_being_demoted(world: World) -> None:
    one, other = (world.person(name, role="owner") for name in ("One", "Other"))
    holding, ending = Paused(world.database, "app"), world.database.enter("app")
    viewer = MemberPatch(role=Role.VIEWER)
    with beside(
        holding,
        lambda: memberships.change_member(holding, world.org_id, by(one), other.user_id, viewer, version=1),
    ) as demoted:
        assert holding.reached.wait(10)
        with beside(ending, lambda: accounts.delete(ending, actor(one), one.user_id)) as ended:
            until_waiting(world.database, unless=ended.done)
            assert not ended.done()
            holding.go.set()
            with pytest.raises(Conflict, match="last owner"):
                ended.result()
        demoted.result()
    assert world.database.rows("select user_id from membership where role = 'owner'") == [(one.user_id,)]


def test_an_owner_is_not_demoted_when_the_other_is_deleting_their_account(world: World) -> None:
    one, other = (world.person(name, role="owner") for name in ("One", "Other"))
    holding, changing = Paused(world.database, "app"), world.database.enter("app")
    viewer = MemberPatch(role=Role.VIEWER)
    with beside(holding, lambda: accounts.delete(holding, actor(one), one.user_id)) as ended:
        assert holding.reached.wait(10)
        with beside(
            changing,
            lambda: memberships.change_member(changing, world.org_id, by(other), other.user_id, viewer, version=1),
        ) as demoted:
            until_waiting(world.database, unless=demoted.done)
            assert not demoted.done()
            holding.go.set()
            with pytest.raises(LastOwner):
                demoted.result()
        ended.result()
    assert world.database.rows("select user_id from membership where role = 'owner'") == [(other.user_id,)]
