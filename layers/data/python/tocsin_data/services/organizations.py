"""Organizations: created by a person who owns them, changed, and deleted with a grace in which that can be undone."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from tocsin.contracts.api_accounts import (
    Membership,
    Organization,
    OrganizationEnd,
    OrganizationInput,
    OrganizationPatch,
)
from tocsin.errors import Conflict, FieldProblem, Invalid, NotFound, StaleVersion
from tocsin.platform.ids import new_id
from tocsin_data.db import Database, Tx
from tocsin_data.services.actors import Actor, audit
from tocsin_data.services.contact_methods import make_reachable
from tocsin_data.sql import organizations

SUBJECT: Final = "organization"
GRACE: Final = timedelta(days=30)
"""How long a deleted organization goes on as before, and can be taken back."""


def create_organization(db: Database, user_id: UUID, actor: Actor, data: OrganizationInput) -> Organization:
    """Create an organization that this person owns."""
    org_id = new_id()
    with db.one(org_id) as tx:
        organizations.insert(tx, data.name, data.fallback_email, user_id)
        made = _found(organizations.read(tx))
        audit(tx, actor, "organization.created", (SUBJECT, org_id), after=made)
        owner = Membership(user_id=user_id, role="owner")
        audit(tx, actor, "membership.created", ("membership", user_id), after=owner)
        make_reachable(tx, actor, user_id)
        return made


def get_organization(db: Database, org_id: UUID) -> Organization:
    """Read the organization."""
    with db.one(org_id) as tx:
        return _found(organizations.read(tx))


def change_organization(
    db: Database, org_id: UUID, actor: Actor, data: OrganizationPatch, *, version: int
) -> Organization:
    """Change the organization that was read; raises StaleVersion."""
    with db.one(org_id) as tx:
        before = _found(organizations.lock(tx))
        if before.version != version:
            raise StaleVersion(f"The organization is at version {before.version} by now; you have changed {version}.")
        fallback = data.fallback_email if "fallback_email" in data.model_fields_set else before.fallback_email
        organizations.change(tx, data.name or before.name, fallback, before.deletes_at)
        return _written(tx, actor, "organization.updated", before)


def end_organization(db: Database, org_id: UUID, actor: Actor, data: OrganizationEnd) -> Organization:
    """Let the organization end after its grace; until then all goes on, pages too. Raises Invalid for another name than
    its own. One that is ending keeps its instant.
    """
    with db.one(org_id) as tx:
        before = _found(organizations.lock(tx))
        if data.name != before.name:
            problem = FieldProblem("name", "must be the organization's name, exactly, to delete it")
            raise Invalid("The organization is not deleted.", [problem])
        if before.deletes_at is not None:
            return before
        organizations.change(tx, before.name, before.fallback_email, tx.now + GRACE)
        return _written(tx, actor, "organization.deletion_begun", before)


def restore_organization(db: Database, org_id: UUID, actor: Actor) -> Organization:
    """Let an organization that was to end go on; raises Conflict when it was not."""
    with db.one(org_id) as tx:
        before = _found(organizations.lock(tx))
        if before.deletes_at is None:
            raise Conflict("The organization is not being deleted.")
        if before.deletes_at <= tx.now:
            raise NotFound("The organization has ended.")
        organizations.change(tx, before.name, before.fallback_email, None)
        return _written(tx, actor, "organization.restored", before)


def _written(tx: Tx, actor: Actor, action: str, before: Organization) -> Organization:
    after = _found(organizations.read(tx))
    audit(tx, actor, action, (SUBJECT, tx.org_id), before=before, after=after)
    return after


def _found(organization: Organization | None) -> Organization:
    if organization is None:
        raise NotFound("There is no such organization.")
    return organization
