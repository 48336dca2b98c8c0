"""API keys, as role app: made within their maker's rights, found by their hash alone, revoked."""

from uuid import UUID, uuid4

import pytest

from tests.support.world import MAC_KEYS, World
from tocsin.contracts.api_access import ApiKeyInput
from tocsin.domain.permission import Role
from tocsin.errors import Forbidden, NotFound, Unauthenticated
from tocsin.platform.tokens import Purpose, digest, issue, verify
from tocsin_data.services import api_keys, calling
from tocsin_data.services.actors import Actor
from tocsin_data.services.api_keys import Holder
from tocsin_data.services.calling import Origin

SEED = Holder(Actor("system", "seed"), Role.OWNER)


def test_a_key_speaks_for_its_organization_until_it_is_revoked(world: World) -> None:
    db = world.database.enter("app")
    wanted = ApiKeyInput(name="ci", role=Role.RESPONDER)
    made = api_keys.create_api_key(db, world.org_id, SEED, wanted, mac_keys=MAC_KEYS)
    assert verify(Purpose.API, made.key, MAC_KEYS) == made.key
    caller = calling.by_api_key(db, digest(made.key), Origin())
    assert (caller.actor.id, caller.org_id, caller.role) == (str(made.id), world.org_id, Role.RESPONDER)
    revoked = api_keys.revoke_api_key(db, world.org_id, SEED, made.id)
    assert revoked.revoked_at is not None
    again = api_keys.revoke_api_key(db, world.org_id, SEED, made.id)
    assert again.revoked_at == revoked.revoked_at
    with pytest.raises(Unauthenticated, match="revoked"):
        calling.by_api_key(db, digest(made.key), Origin())
    assert world.database.rows("select action from audit_entry order by at, id") == [
        ("api_key.created",),
        ("api_key.revoked",),
    ]
    assert made.key not in str(world.database.rows("select before, after from audit_entry"))


def test_a_key_that_was_never_stored(world: World) -> None:
    db = world.database.enter("app")
    for key_hash in (digest(issue(Purpose.API, MAC_KEYS)), b""):
        with pytest.raises(Unauthenticated, match="not known"):
            calling.by_api_key(db, key_hash, Origin())


def test_a_personal_key_is_made_for_members_only(world: World) -> None:
    db = world.database.enter("app")
    wanted = ApiKeyInput(name="mine", role=Role.VIEWER, personal=True)

    def holder(user_id: UUID) -> Holder:
        return Holder(Actor("user", str(user_id)), Role.RESPONDER, user_id)

    alice = holder(world.alice.user_id)
    made = api_keys.create_api_key(db, world.org_id, alice, wanted, mac_keys=MAC_KEYS)
    assert made.user_id == world.alice.user_id
    other = World(world.database, name="Other")
    for org_id, user_id in ((other.org_id, world.alice.user_id), (world.org_id, uuid4())):
        with pytest.raises(NotFound):
            api_keys.create_api_key(db, org_id, holder(user_id), wanted, mac_keys=MAC_KEYS)
    with pytest.raises(Forbidden):
        api_keys.create_api_key(db, world.org_id, SEED, wanted, mac_keys=MAC_KEYS)
    with pytest.raises(NotFound):
        api_keys.revoke_api_key(db, other.org_id, SEED, made.id)
