"""Services, as role app: every change is audited in its own transaction, or is none."""

import pytest

from tests.support.world import World
from tocsin.contracts.api import ServiceInput, ServicePatch
from tocsin.domain.incident import Action
from tocsin.errors import Conflict, Duplicate
from tocsin_data.services import catalog, responding
from tocsin_data.services.actors import Actor
from tocsin_data.services.processing import process

ACTOR = Actor("api_key", "k1", "r1", "203.0.113.7")


def audited(world: World) -> list[tuple]:
    return world.database.rows("select action, before ->> 'name', after ->> 'name' from audit_entry order by at, id")


def test_what_changed_is_told_with_what_it_was(world: World) -> None:
    db = world.database.enter("app")
    made = catalog.create_service(db, world.org_id, ACTOR, ServiceInput(name="payments"))
    catalog.update_service(db, world.org_id, ACTOR, made.id, ServicePatch(name="billing"), version=1)
    catalog.update_service(db, world.org_id, ACTOR, made.id, ServicePatch(name="billing"), version=2)
    catalog.delete_service(db, world.org_id, ACTOR, made.id)
    assert audited(world) == [
        ("service.created", None, "payments"),
        ("service.updated", "payments", "billing"),
        ("service.deleted", "billing", None),
    ]


def test_a_refused_change_is_not_in_the_audit_log(world: World) -> None:
    db = world.database.enter("app")
    with pytest.raises(Duplicate):
        catalog.create_service(db, world.org_id, ACTOR, ServiceInput(name="checkout"))
    assert audited(world) == []


def test_a_service_goes_once_its_incidents_are_resolved(world: World) -> None:
    db = world.database.enter("app")
    process(world.database.enter("worker"), [world.request()], key_budget_per_minute=6000)
    with pytest.raises(Conflict, match="1 unresolved"):
        catalog.delete_service(db, world.org_id, ACTOR, world.service_id)
    (incident_id,) = world.database.rows("select id from incident")[0]
    responding.act(db, world.org_id, incident_id, Action.RESOLVE, "user:x")
    catalog.delete_service(db, world.org_id, ACTOR, world.service_id)
    assert catalog.list_services(db, world.org_id, after=None, limit=10) == []
