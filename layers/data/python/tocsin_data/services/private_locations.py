"""Private locations: made, renamed, and taken out of use with the probes that stand there."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from tocsin.contracts.api_probes import PrivateLocation, PrivateLocationInput
from tocsin.errors import Conflict, NotFound, StaleVersion
from tocsin.platform.ids import new_id
from tocsin_data.db import Database, Tx
from tocsin_data.services.actors import Actor, audit
from tocsin_data.sql import private_locations, probes

SUBJECT: Final = "private_location"
MAX_LOCATIONS: Final = 20
"""Of an organization: each has a document of its own, which is looked at whenever anything is to be checked anew."""


def create_location(db: Database, org_id: UUID, actor: Actor, data: PrivateLocationInput) -> PrivateLocation:
    """Create a private location; raises Duplicate for its name, or Conflict for too many."""
    with db.one(org_id) as tx:
        if private_locations.count(tx) >= MAX_LOCATIONS:
            raise Conflict(
                f"The organization has {MAX_LOCATIONS} private locations, as many as it may; delete one first."
            )
        location_id = new_id()
        private_locations.insert(tx, location_id, data.name, str(actor))
        made = found(tx, location_id)
        audit(tx, actor, "private_location.created", (SUBJECT, location_id), after=made)
        return made


def get_location(db: Database, org_id: UUID, location_id: UUID) -> PrivateLocation:
    """Read a private location; raises NotFound."""
    with db.one(org_id) as tx:
        return found(tx, location_id)


def list_locations(
    db: Database, org_id: UUID, *, after: tuple[str, UUID] | None, limit: int
) -> Sequence[PrivateLocation]:
    """Private locations by name, from past a (name, id)."""
    with db.one(org_id) as tx:
        return private_locations.page(tx, after, limit)


def rename_location(
    db: Database, org_id: UUID, actor: Actor, location_id: UUID, data: PrivateLocationInput, *, version: int
) -> PrivateLocation:
    """Give a private location another name; raises NotFound, StaleVersion or Duplicate."""
    with db.one(org_id) as tx:
        before = hold(tx, location_id)
        if before.version != version:
            raise StaleVersion(f"The private location is at version {before.version} by now; you changed {version}.")
        private_locations.rename(tx, location_id, data.name)
        after = found(tx, location_id)
        audit(tx, actor, "private_location.updated", (SUBJECT, location_id), before=before, after=after)
        return after


def delete_location(db: Database, org_id: UUID, actor: Actor, location_id: UUID) -> None:
    """Take a private location out of use and revoke its probes; raises NotFound, or Conflict while monitors name it."""
    with db.one(org_id) as tx:
        before = hold(tx, location_id)
        naming = private_locations.monitors_naming(tx, before.region)
        if naming:
            raise Conflict(f"{len(naming)} monitor(s) are checked from here, {naming[0]} among them.")
        standing = probes.of_location(tx, location_id)
        probes.revoke(tx, standing)
        probes.revoke_certificates(tx, standing)
        private_locations.delete(tx, location_id)
        audit(tx, actor, "private_location.deleted", (SUBJECT, location_id), before=before)


def hold(tx: Tx, location_id: UUID) -> PrivateLocation:
    """Hold a private location's row and read it; raises NotFound."""
    private_locations.lock(tx, location_id)
    return found(tx, location_id)


def found(tx: Tx, location_id: UUID) -> PrivateLocation:
    """Read a private location; raises NotFound."""
    location = private_locations.read(tx, location_id)
    if location is None:
        raise NotFound(f"There is no private location {location_id} in this organization.")
    return location
