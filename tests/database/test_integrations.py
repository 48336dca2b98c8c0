"""Routing keys, as role app: of two who rotate one key, one wins."""

import threading
from uuid import UUID

import pytest

from tests.support.world import MAC_KEYS, World
from tocsin.contracts.api import IntegrationInput, RotateInput
from tocsin.errors import Conflict, NotFound
from tocsin.platform.tokens import digest
from tocsin_data.services import integrations
from tocsin_data.services.actors import Actor
from tocsin_data.sql import routing_keys

ACTOR = Actor("system", "seed")


def first_key(world: World) -> UUID:
    return world.database.rows("select id from routing_key where integration_id = %s", world.integration_id)[0][0]


def test_only_one_of_two_rotations_of_a_key_makes_another(world: World) -> None:
    key_id = first_key(world)
    ends: list[str] = []
    barrier = threading.Barrier(2)

    def rotate() -> None:
        db = world.database.enter("app")
        barrier.wait(timeout=10)
        try:
            integrations.rotate_key(
                db, world.org_id, ACTOR, world.integration_id, key_id, RotateInput(), mac_keys=MAC_KEYS
            )
            ends.append("done")
        except Conflict as error:
            ends.append(error.code)
        finally:
            db.close()

    threads = [threading.Thread(target=rotate) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(ends) == ["conflict", "done"]
    assert world.database.rows("select count(*) from routing_key") == [(2,)]


def test_a_key_opens_its_integration_from_the_moment_it_is_made(world: World) -> None:
    db = world.database.enter("app")
    data = IntegrationInput(service_id=world.service_id, name="prometheus")
    made = integrations.create_integration(db, world.org_id, ACTOR, data, mac_keys=MAC_KEYS)
    key_hash = digest(made.routing_key.key)
    with world.database.enter("worker").outside_organizations() as conn:
        found = routing_keys.enter(conn, [key_hash])[1][key_hash]
    assert (found.integration_id, found.service_id, found.org_id) == (made.id, world.service_id, world.org_id)
    assert not found.refused_at(world.now)


def test_the_edge_is_told_of_keys_that_ended(world: World) -> None:
    db = world.database.enter("app")
    integrations.revoke_key(db, world.org_id, ACTOR, world.integration_id, first_key(world))
    with world.database.enter("worker").many(()) as tx:
        assert routing_keys.refused(tx) == [digest(world.routing_key)]


def test_a_seed_is_an_actor_too(world: World) -> None:
    db = world.database.enter("app")
    integrations.create_key(db, world.org_id, ACTOR, world.integration_id, mac_keys=MAC_KEYS)
    assert world.database.rows("select actor_kind, actor_id, action, request_id from audit_entry") == [
        ("system", "seed", "routing_key.created", None)
    ]


def test_another_organizations_integration_is_not_there(world: World) -> None:
    other = World(world.database, name="Other")
    db = world.database.enter("app")
    with pytest.raises(NotFound):
        integrations.create_key(db, other.org_id, ACTOR, world.integration_id, mac_keys=MAC_KEYS)
    with pytest.raises(NotFound):
        integrations.revoke_key(db, other.org_id, ACTOR, world.integration_id, first_key(world))
    assert integrations.list_integrations(db, other.org_id, service_id=None, after=None, limit=9)[0].id == (
        other.integration_id
    )
