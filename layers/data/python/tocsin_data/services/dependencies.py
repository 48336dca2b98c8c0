"""Dependencies between services: read, and replaced as a whole, without circles."""

from typing import Final
from uuid import UUID

from tocsin.contracts.api_event_rules import Dependencies, DependenciesInput, DependencyService
from tocsin.domain.dependency import MAX_DEPENDENCIES, cycle
from tocsin.domain.permission import Permission
from tocsin.errors import FieldProblem, Invalid, NotFound
from tocsin_data.db import Database, Tx
from tocsin_data.services import owning
from tocsin_data.services.actors import audit
from tocsin_data.services.memberships import By
from tocsin_data.sql import catalog, dependencies, references

SUBJECT: Final = "service"


def get_dependencies(db: Database, org_id: UUID, service_id: UUID) -> Dependencies:
    """What a service depends on, and what depends on it; raises NotFound."""
    with db.one(org_id) as tx:
        _team_of(tx, service_id)
        return _answer(tx, service_id)


def put_dependencies(db: Database, org_id: UUID, by: By, service_id: UUID, data: DependenciesInput) -> Dependencies:
    """Write all that a service depends on; raises NotFound, Forbidden, or Invalid, which names a circle."""
    wanted = list(dict.fromkeys(data.depends_on))
    with db.one(org_id) as tx:
        owning.demand(tx, by, Permission.WRITE_SERVICES, _team_of(tx, service_id))
        dependencies.hold(tx)
        known = references.services(tx, wanted)
        problems = [
            FieldProblem(f"depends_on.{number}", "is not the id of a service of this organization")
            for number, found in enumerate(data.depends_on)
            if found not in known
        ]
        if len(wanted) > MAX_DEPENDENCIES:
            problems.append(FieldProblem("depends_on", f"are {len(wanted)}; {MAX_DEPENDENCIES} are possible"))
        edges = {**dependencies.edges(tx), service_id: set(wanted)}
        circle = cycle(edges, service_id) if not problems else ()
        if circle:
            names = dict(dependencies.names(tx, circle))
            way = " → ".join(names.get(found, str(found)) for found in circle)
            problems.append(FieldProblem("depends_on", f"would close a circle: {way}; leave one of these out"))
        if problems:
            raise Invalid("The service can't depend on these.", problems)
        before = _answer(tx, service_id)
        dependencies.replace(tx, service_id, wanted, str(by.actor))
        after = _answer(tx, service_id)
        audit(tx, by.actor, "service.dependencies_updated", (SUBJECT, service_id), before=before, after=after)
        return after


def _answer(tx: Tx, service_id: UUID) -> Dependencies:
    edges = dependencies.edges(tx)
    above = dependencies.names(tx, list(edges.get(service_id, ())))
    below = dependencies.names(tx, [found for found, ids in edges.items() if service_id in ids])
    return Dependencies(
        depends_on=[DependencyService(id=found, name=name) for found, name in above],
        dependents=[DependencyService(id=found, name=name) for found, name in below],
    )


def _team_of(tx: Tx, service_id: UUID) -> UUID | None:
    service = catalog.read(tx, service_id)
    if service is None:
        raise NotFound(f"There is no service {service_id} in this organization.")
    return service.team_id
