"""API keys, as role app: made, found by their hash alone, revoked."""

from uuid import uuid4

import pytest

from tests.support.world import MAC_KEYS, World
from tocsin.contracts.api import ApiKeyInput
from tocsin.domain.permission import Role
from tocsin.errors import NotFound, Unauthenticated
from tocsin.platform.tokens import Purpose, digest, issue, verify
from tocsin_data.services import api_keys
from tocsin_data.services.actors import Actor

ACTOR = Actor("system", "seed")


def test_a_key_speaks_for_its_organization_until_it_is_revoked(world: World) -> None:
    db = world.database.enter("app")
    made = api_keys.create_api_key(
        db, world.org_id, ACTOR, ApiKeyInput(name="ci", role=Role.RESPONDER), mac_keys=MAC_KEYS
    )
    assert verify(Purpose.API, made.key, MAC_KEYS) == made.key
    holder = api_keys.authenticate(db, digest(made.key))
    assert (holder.api_key_id, holder.org_id, holder.role) == (made.id, world.org_id, Role.RESPONDER)
    revoked = api_keys.revoke_api_key(db, world.org_id, ACTOR, made.id)
    assert revoked.revoked_at is not None
    assert api_keys.revoke_api_key(db, world.org_id, ACTOR, made.id) == revoked
    with pytest.raises(Unauthenticated, match="revoked"):
        api_keys.authenticate(db, digest(made.key))
    assert world.database.rows("select action from audit_entry order by at, id") == [
        ("api_key.created",),
        ("api_key.revoked",),
    ]
    assert made.key not in str(world.database.rows("select before, after from audit_entry"))


def test_a_key_that_was_never_stored(world: World) -> None:
    db = world.database.enter("app")
    with pytest.raises(Unauthenticated, match="not known"):
        api_keys.authenticate(db, digest(issue(Purpose.API, MAC_KEYS)))
    with pytest.raises(Unauthenticated, match="not known"):
        api_keys.authenticate(db, b"")


def test_a_members_key_is_made_for_members_only(world: World) -> None:
    db = world.database.enter("app")
    data = ApiKeyInput(name="mine", role=Role.VIEWER, user_id=world.alice.user_id)
    made = api_keys.create_api_key(db, world.org_id, ACTOR, data, mac_keys=MAC_KEYS)
    assert made.user_id == world.alice.user_id
    other = World(world.database, name="Other")
    for org_id, user_id in ((other.org_id, world.alice.user_id), (world.org_id, uuid4())):
        stranger = ApiKeyInput(name="x", role=Role.VIEWER, user_id=user_id)
        with pytest.raises(NotFound):
            api_keys.create_api_key(db, org_id, ACTOR, stranger, mac_keys=MAC_KEYS)
    with pytest.raises(NotFound):
        api_keys.revoke_api_key(db, other.org_id, ACTOR, made.id)
