"""API keys: made and revoked."""

from typing import Final
from uuid import UUID

from tocsin.contracts.api import ApiKey, ApiKeyInput, NewApiKey
from tocsin.errors import NotFound
from tocsin.platform.ids import new_id
from tocsin.platform.tokens import MacKeys, Purpose, digest, hint, issue
from tocsin_data.db import Database
from tocsin_data.services.actors import Actor, audit
from tocsin_data.sql import api_keys, members
from tocsin_data.sql.api_keys import NewKeyRow

SUBJECT: Final = "api_key"


def create_api_key(db: Database, org_id: UUID, actor: Actor, data: ApiKeyInput, *, mac_keys: MacKeys) -> NewApiKey:
    """Make an API key, shown this once; raises NotFound for a user who is no member."""
    key = issue(Purpose.API, mac_keys)
    with db.one(org_id) as tx:
        if data.user_id is not None and not members.members(tx, [data.user_id]):
            raise NotFound(f"There is no member {data.user_id} in this organization.")
        row = NewKeyRow(new_id(), data.user_id, data.name, digest(key), hint(key), data.role)
        made = api_keys.insert(tx, row)
        audit(tx, actor, "api_key.created", (SUBJECT, made.id), after=made)
        return NewApiKey(**made.model_dump(), key=key)


def revoke_api_key(db: Database, org_id: UUID, actor: Actor, key_id: UUID) -> ApiKey:
    """End an API key at once; one that has been revoked before stays as it is. Raises NotFound."""
    with db.one(org_id) as tx:
        before = api_keys.lock(tx, key_id)
        if before is None:
            raise NotFound(f"There is no API key {key_id} in this organization.")
        if before.revoked_at is not None:
            return before
        api_keys.revoke(tx, key_id)
        after = before.model_copy(update={"revoked_at": tx.now})
        audit(tx, actor, "api_key.revoked", (SUBJECT, key_id), before=before, after=after)
        return after
