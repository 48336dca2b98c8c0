"""Integrations and their routing keys: made, rotated with an overlap, revoked at once."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from tocsin.contracts.api import (
    Integration,
    IntegrationInput,
    IntegrationTestInput,
    NewIntegration,
    NewRoutingKey,
    RotateInput,
    RoutingKey,
)
from tocsin.contracts.events import EventsMessage, InboundEvent
from tocsin.errors import Conflict, NotFound
from tocsin.platform.ids import new_id
from tocsin.platform.tokens import MacKeys, Purpose, digest, hint, issue
from tocsin_data.db import Database, Tx
from tocsin_data.services.actors import Actor, audit
from tocsin_data.sql import catalog, integrations

SUBJECT: Final = "integration"
KEY_SUBJECT: Final = "routing_key"
TEST: Final = "test"
"""The protocol of events that somebody sends to see them arrive."""


def create_integration(
    db: Database, org_id: UUID, actor: Actor, data: IntegrationInput, *, mac_keys: MacKeys
) -> NewIntegration:
    """Create an integration with its first routing key, shown this once; raises NotFound for the service."""
    with db.one(org_id) as tx:
        if not catalog.share(tx, data.service_id):
            raise NotFound(f"There is no service {data.service_id} in this organization.")
        made = integrations.insert(tx, new_id(), data)
        audit(tx, actor, "integration.created", (SUBJECT, made.id), after=made)
        key = _issue(tx, actor, made.id, mac_keys)
        return NewIntegration(**made.model_dump(), routing_key=key)


def get_integration(db: Database, org_id: UUID, integration_id: UUID) -> Integration:
    """Read an integration; raises NotFound."""
    with db.one(org_id) as tx:
        return _found(integrations.read(tx, integration_id), integration_id)


def list_integrations(
    db: Database, org_id: UUID, *, service_id: UUID | None, after: tuple[str, UUID] | None, limit: int
) -> Sequence[Integration]:
    """Integrations by name, of one service or of all, from past a (name, id)."""
    with db.one(org_id) as tx:
        return integrations.page(tx, service_id, after, limit)


def delete_integration(db: Database, org_id: UUID, actor: Actor, integration_id: UUID) -> None:
    """Take an integration out of use, and its keys with it; raises NotFound."""
    with db.one(org_id) as tx:
        before = _found(integrations.lock(tx, integration_id), integration_id)
        integrations.delete(tx, integration_id)
        audit(tx, actor, "integration.deleted", (SUBJECT, integration_id), before=before)


def trial(db: Database, org_id: UUID, actor: Actor, integration_id: UUID, data: IntegrationTestInput) -> EventsMessage:
    """What `ingest` would make of an event that comes by the integration's newest key; to be sent where events come in.

    Raises NotFound, or Conflict where no key is in force.
    """
    with db.one(org_id) as tx:
        integration = _found(integrations.read(tx, integration_id), integration_id)
        key_hash = integrations.newest_key(tx, integration_id)
        if key_hash is None:
            raise Conflict("No routing key of this integration is in force; make one, then test it.")
        audit(tx, actor, "integration.tested", (SUBJECT, integration_id))
        event = InboundEvent(
            event_id=new_id(),
            index=0,
            action=data.action,
            dedup_key=f"test/{integration_id}",
            summary=f"Test of {integration.name}",
            source="Tocsin",
            severity=data.severity,
            payload={"labels": {"test": "true"}},
        )
        return EventsMessage(
            request_id=new_id(), received_at=tx.now, protocol=TEST, key_hash=key_hash.hex(), events=[event]
        )


def list_keys(db: Database, org_id: UUID, integration_id: UUID) -> Sequence[RoutingKey]:
    """All routing keys of an integration, newest first, with what they are used for; raises NotFound."""
    with db.one(org_id) as tx:
        _found(integrations.read(tx, integration_id), integration_id)
        return integrations.keys(tx, integration_id)


def create_key(db: Database, org_id: UUID, actor: Actor, integration_id: UUID, *, mac_keys: MacKeys) -> NewRoutingKey:
    """Give an integration one more routing key, shown this once; raises NotFound."""
    with db.one(org_id) as tx:
        _found(integrations.lock(tx, integration_id), integration_id)
        return _issue(tx, actor, integration_id, mac_keys)


def rotate_key(
    db: Database,
    org_id: UUID,
    actor: Actor,
    integration_id: UUID,
    key_id: UUID,
    data: RotateInput,
    *,
    mac_keys: MacKeys,
) -> NewRoutingKey:
    """Put a new key in a key's place; the old one works for the overlap. Raises NotFound, or Conflict when the old
    one has ended or is ending already.
    """
    with db.one(org_id) as tx:
        before = _held(tx, integration_id, key_id)
        if before.revoked_at is not None or before.expires_at is not None:
            raise Conflict("This routing key has been revoked or rotated before; rotate the one that took its place.")
        expires_at = tx.now + timedelta(seconds=data.overlap_seconds)
        integrations.end_key(tx, key_id, expires_at=expires_at, revoked_at=None)
        after = before.model_copy(update={"expires_at": expires_at})
        audit(tx, actor, "routing_key.rotated", (KEY_SUBJECT, key_id), before=before, after=after)
        return _issue(tx, actor, integration_id, mac_keys)


def revoke_key(db: Database, org_id: UUID, actor: Actor, integration_id: UUID, key_id: UUID) -> RoutingKey:
    """End a routing key at once; one that has been revoked before stays as it is. Raises NotFound."""
    with db.one(org_id) as tx:
        before = _held(tx, integration_id, key_id)
        if before.revoked_at is not None:
            return before
        integrations.end_key(tx, key_id, expires_at=before.expires_at, revoked_at=tx.now)
        after = before.model_copy(update={"revoked_at": tx.now})
        audit(tx, actor, "routing_key.revoked", (KEY_SUBJECT, key_id), before=before, after=after)
        return after


def _issue(tx: Tx, actor: Actor, integration_id: UUID, mac_keys: MacKeys) -> NewRoutingKey:
    key = issue(Purpose.ROUTING, mac_keys)
    made = integrations.insert_key(tx, new_id(), integration_id, digest(key), hint(key))
    audit(tx, actor, "routing_key.created", (KEY_SUBJECT, made.id), after=made)
    return NewRoutingKey(**made.model_dump(), key=key)


def _held(tx: Tx, integration_id: UUID, key_id: UUID) -> RoutingKey:
    _found(integrations.read(tx, integration_id), integration_id)
    key = integrations.lock_key(tx, integration_id, key_id)
    if key is None:
        raise NotFound(f"This integration has no routing key {key_id}.")
    return key


def _found(integration: Integration | None, integration_id: UUID) -> Integration:
    if integration is None:
        raise NotFound(f"There is no integration {integration_id} in this organization.")
    return integration
