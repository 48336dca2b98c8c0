"""Destinations: webhooks and chat channels that are nobody's; made with their secrets sealed, changed, tried, ended."""

import base64
import secrets
from collections.abc import Sequence
from typing import Final, Literal
from uuid import UUID

from tocsin.contracts.api_destinations import (
    Destination,
    DestinationInput,
    DestinationPatch,
    DestinationTest,
    NewDestination,
)
from tocsin.contracts.mail import TrialPage
from tocsin.domain.permission import Permission
from tocsin.errors import Conflict, NotFound, StaleVersion
from tocsin.platform.ids import new_id
from tocsin.platform.sealing import seal
from tocsin_data.db import Database, Tx
from tocsin_data.services import mailing, owning
from tocsin_data.services.actors import audit
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.memberships import By
from tocsin_data.sql import destinations, verifications

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


def send_test(
    db: Database, org_id: UUID, by: By, destination_id: UUID, *, seal_public_key: str
) -> tuple[DestinationTest, Leaving]:
    """Send a test page; raises NotFound, Forbidden, RateLimited, and Conflict for one that is switched off."""
    with db.one(org_id) as tx:
        found = _hold(tx, by, destination_id)
        if found.disabled_at is not None:
            raise Conflict(
                f"This destination is switched off ({found.disabled_reason}); give it its URL anew to switch it on."
            )
        mailing.admit_to(tx, destination_id, "test")
        reach = destinations.reach(tx, destination_id)
        page = TrialPage(
            channel=found.channel,
            sealed=reach.sealed,
            organization_name=reach.organization_name,
            recipient_name=found.name,
            tried="destination",
        )
        leaving = Leaving(tx.now)
        test_id = mailing.queue_test(tx, destination_id, page, seal_public_key, leaving)
        made = _tried(tx, destination_id, test_id)
        audit(tx, by.actor, "destination.tested", (SUBJECT, destination_id), after=made)
        return made, leaving


def get_test(db: Database, org_id: UUID, destination_id: UUID, test_id: UUID) -> DestinationTest:
    """What has become of a test page; raises NotFound."""
    with db.one(org_id) as tx:
        return _tried(tx, destination_id, test_id)


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


def _tried(tx: Tx, destination_id: UUID, test_id: UUID) -> DestinationTest:
    test = verifications.destination_test(tx, destination_id, test_id)
    if test is None:
        raise NotFound(f"This destination has no test {test_id}.")
    return test
