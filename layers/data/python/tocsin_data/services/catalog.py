"""Services: created, changed, taken out of use."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from tocsin.contracts.api import Service, ServiceInput, ServicePatch
from tocsin.errors import Conflict, NotFound, StaleVersion
from tocsin.platform.ids import new_id
from tocsin_data.db import Database, Tx
from tocsin_data.services import monitors
from tocsin_data.services.actors import Actor, audit
from tocsin_data.sql import catalog, event_rules, policies

SUBJECT: Final = "service"


def create_service(db: Database, org_id: UUID, actor: Actor, data: ServiceInput) -> Service:
    """Create a service; raises Duplicate for its name, NotFound for a policy or team that isn't there."""
    with db.one(org_id) as tx:
        _hold_policy(tx, data.policy_id)
        made = catalog.insert(tx, new_id(), data)
        audit(tx, actor, "service.created", (SUBJECT, made.id), after=made)
        return made


def get_service(db: Database, org_id: UUID, service_id: UUID) -> Service:
    """Read a service; raises NotFound."""
    with db.one(org_id) as tx:
        return _found(catalog.read(tx, service_id), service_id)


def list_services(db: Database, org_id: UUID, *, after: tuple[str, UUID] | None, limit: int) -> Sequence[Service]:
    """Services by name, from past a (name, id)."""
    with db.one(org_id) as tx:
        return catalog.page(tx, after, limit)


def update_service(
    db: Database, org_id: UUID, actor: Actor, service_id: UUID, data: ServicePatch, *, version: int
) -> Service:
    """Change what `data` has set of the version the caller read; raises NotFound, StaleVersion, or Duplicate for its
    name.
    """
    with db.one(org_id) as tx:
        before = _found(catalog.lock(tx, service_id), service_id)
        if before.version != version:
            raise StaleVersion(f"The service is at version {before.version} by now; you have changed {version}.")
        changes = data.model_dump(exclude_unset=True)
        if all(getattr(before, name) == value for name, value in changes.items()):
            return before
        after = before.model_copy(update={**changes, "version": version + 1})
        if after.policy_id != before.policy_id:
            _hold_policy(tx, after.policy_id)
        catalog.update(tx, after)
        audit(tx, actor, "service.updated", (SUBJECT, service_id), before=before, after=after)
        return after


def delete_service(db: Database, org_id: UUID, actor: Actor, service_id: UUID) -> None:
    """Take a service out of use, and with it its monitors and its integrations' keys.

    Raises NotFound, or Conflict while it has incidents that people still respond to, or an event rule routes to it.
    """
    with db.one(org_id) as tx:
        before = _found(catalog.lock(tx, service_id), service_id)
        waiting = catalog.open_incidents(tx, service_id)
        if waiting:
            raise Conflict(f"The service has {waiting} unresolved incident(s); resolve them first.")
        routing = event_rules.routing_to(tx, "service_id", service_id)
        if routing:
            raise Conflict(f"The service is what the event rule “{routing[0]}” routes to; change that first.")
        monitors.delete_of_service(tx, actor, service_id)
        catalog.delete(tx, service_id)
        audit(tx, actor, "service.deleted", (SUBJECT, service_id), before=before)


def _hold_policy(tx: Tx, policy_id: UUID | None) -> None:
    if policy_id is not None and not policies.share(tx, policy_id):
        raise NotFound(f"There is no escalation policy {policy_id} in this organization.")


def _found(service: Service | None, service_id: UUID) -> Service:
    if service is None:
        raise NotFound(f"There is no service {service_id} in this organization.")
    return service
