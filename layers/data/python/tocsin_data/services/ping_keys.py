"""Ping keys: made, listed, revoked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from tocsin.contracts.api_heartbeats import NewPingKey, PingKey, PingKeyInput
from tocsin.errors import FieldProblem, Invalid, NotFound
from tocsin.platform.ids import new_id
from tocsin.platform.tokens import MacKeys, Purpose, digest, hint, issue
from tocsin_data.db import Database, Tx
from tocsin_data.services import heartbeats
from tocsin_data.services.actors import Actor, audit
from tocsin_data.sql import ping_keys, references

SUBJECT: Final = "ping_key"


def create_ping_key(
    db: Database, org_id: UUID, actor: Actor, data: PingKeyInput, *, mac_keys: MacKeys, base: str
) -> NewPingKey:
    """Make a ping key, shown this once; raises Invalid for the service."""
    with db.one(org_id) as tx:
        if data.service_id is not None and data.service_id not in references.services(tx, [data.service_id]):
            wrong = FieldProblem("service_id", "is not the id of a service of this organization")
            raise Invalid("The ping key can't be like this.", [wrong])
        key, key_id = issue(Purpose.PING_KEY, mac_keys), new_id()
        ping_keys.insert(tx, key_id, data.name, data.service_id, (digest(key), hint(key)))
        made = _held(tx, key_id)
        audit(tx, actor, "ping_key.created", (SUBJECT, key_id), after=made)
        return NewPingKey(**made.model_dump(), key=key, ping_url=f"{heartbeats.url(base, key)}/{{slug}}")


def list_ping_keys(db: Database, org_id: UUID, *, after: tuple[datetime, UUID] | None, limit: int) -> Sequence[PingKey]:
    """Ping keys, newest first, those revoked among them."""
    with db.one(org_id) as tx:
        return ping_keys.page(tx, after, limit)


def revoke_ping_key(db: Database, org_id: UUID, actor: Actor, key_id: UUID) -> PingKey:
    """End a ping key at once; one that has been revoked before stays as it is. Raises NotFound."""
    with db.one(org_id) as tx:
        before = _held(tx, key_id)
        if before.revoked_at is not None:
            return before
        ping_keys.revoke(tx, key_id)
        after = before.model_copy(update={"revoked_at": tx.now})
        audit(tx, actor, "ping_key.revoked", (SUBJECT, key_id), before=before, after=after)
        return after


def _held(tx: Tx, key_id: UUID) -> PingKey:
    found = ping_keys.read(tx, key_id)
    if found is None:
        raise NotFound(f"There is no ping key {key_id} in this organization.")
    return found
