"""Destinations: webhooks and chat channels that are nobody's; made with their secrets sealed, changed, taken out."""

import base64
import secrets
from collections.abc import Sequence
from typing import Final, Literal
from uuid import UUID

from tocsin.contracts.api_destinations import Destination, DestinationInput, DestinationPatch, NewDestination
from tocsin.domain.permission import Permission
from tocsin.errors import NotFound, StaleVersion
from tocsin.platform.ids import new_id
from tocsin.platform.sealing import seal
from tocsin_data.db import Database, Tx
from tocsin_data.services import owning
from tocsin_data.services.actors import audit
from tocsin_data.services.memberships import By
from tocsin_data.sql import destinations

SUBJECT: Final = "destination"
WRITE: Final = Permission.WRITE_POLICIES
SECRET_BYTES: Final = 32
"""Within the 24 to 64 that Standard Webhooks asks for."""


def create_destination(
    db: Database, org_id: UUID, by: By, data: DestinationInput, *, seal_public_key: str
) -> NewDestination:
    """Create a destination; a webhook's signing secret is shown this once. Raises Forbidden or Duplicate."""
    sealed, secret = _sealed(data.channel, data.url, seal_public_key)
    with db.one(org_id) as tx:
        owning.demand(tx, by, WRITE, data.team_id)
        new = destinations.NewDestination(new_id(), data.team_id, data.channel, data.name, sealed)
        destinations.insert(tx, new)
        made = _found(destinations.read(tx, new.id), new.id)
        audit(tx, by.actor, "destination.created", (SUBJECT, made.id), after=made)
        return NewDestination(**made.model_dump(), secret=secret)


def get_destination(db: Database, org_id: UUID, destination_id: UUID) -> Destination:
    """Read one destination; raises NotFound."""
    with db.one(org_id) as tx:
        return _found(destinations.read(tx, destination_id), destination_id)


def list_destinations(
    db: Database, org_id: UUID, *, after: tuple[str, UUID] | None, limit: int
) -> Sequence[Destination]:
    """Destinations by name, from past a (name, id)."""
    with db.one(org_id) as tx:
        return destinations.page(tx, after, limit)


def update_destination(
    db: Database,
    org_id: UUID,
    by: By,
    destination_id: UUID,
    data: DestinationPatch,
    *,
    version: int,
    seal_public_key: str,
) -> NewDestination:
    """Change a destination; a new URL gets a new signing secret, shown this once, and switches it on again.

    Raises NotFound, Forbidden, StaleVersion or Duplicate.
    """
    with db.one(org_id) as tx:
        before = _hold(tx, by, destination_id)
        if before.version != version:
            raise StaleVersion(f"The destination is at version {before.version} by now; you have changed {version}.")
        team_id = data.team_id if "team_id" in data.model_fields_set else before.team_id
        if team_id != before.team_id:
            owning.demand(tx, by, WRITE, team_id)
        sealed, secret = (None, None) if data.url is None else _sealed(before.channel, data.url, seal_public_key)
        destinations.update(tx, destination_id, data.name or before.name, team_id, sealed)
        after = _found(destinations.read(tx, destination_id), destination_id)
        audit(tx, by.actor, "destination.updated", (SUBJECT, destination_id), before=before, after=after)
        return NewDestination(**after.model_dump(), secret=secret)


def disable_destination(db: Database, org_id: UUID, by: By, destination_id: UUID) -> Destination:
    """Switch off a destination; one that is off stays as it is. Raises NotFound or Forbidden."""
    with db.one(org_id) as tx:
        before = _hold(tx, by, destination_id)
        if before.disabled_at is not None:
            return before
        destinations.disable(tx, [destination_id], f"by {by.actor}")
        after = _found(destinations.read(tx, destination_id), destination_id)
        audit(tx, by.actor, "destination.disabled", (SUBJECT, destination_id), before=before, after=after)
        return after


def delete_destination(db: Database, org_id: UUID, by: By, destination_id: UUID) -> None:
    """Take a destination out of use; steps that name it pass it, and say so. Raises NotFound or Forbidden."""
    with db.one(org_id) as tx:
        before = _hold(tx, by, destination_id)
        destinations.delete(tx, destination_id)
        audit(tx, by.actor, "destination.deleted", (SUBJECT, destination_id), before=before)


def _sealed(channel: Literal["webhook", "slack"], url: str, public_key: str) -> tuple[str, str | None]:
    if channel == "slack":
        return seal({"url": url}, public_key), None
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
    return seal({"url": url, "secret": secret}, public_key), secret


def _hold(tx: Tx, by: By, destination_id: UUID) -> Destination:
    found = _found(destinations.lock(tx, destination_id), destination_id)
    owning.demand(tx, by, WRITE, found.team_id)
    return found


def _found(destination: Destination | None, destination_id: UUID) -> Destination:
    if destination is None:
        raise NotFound(f"There is no destination {destination_id} in this organization.")
    return destination
