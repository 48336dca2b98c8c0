"""Contact methods of members: made, with their secrets sealed, and switched off."""

import base64
import secrets
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from tocsin.contracts.api import (
    ContactMethod,
    ContactMethodInput,
    EmailMethodInput,
    NewContactMethod,
    SlackMethodInput,
    WebhookMethodInput,
)
from tocsin.errors import NotFound
from tocsin.platform.ids import new_id
from tocsin.platform.sealing import seal
from tocsin_data.db import Database, Tx
from tocsin_data.services.actors import Actor, audit
from tocsin_data.sql import contact_methods, members
from tocsin_data.sql.contact_methods import NewMethod

SUBJECT: Final = "contact_method"
SECRET_BYTES: Final = 32
"""Within the 24 to 64 that Standard Webhooks asks for."""


def create_contact_method(
    db: Database,
    org_id: UUID,
    actor: Actor,
    user_id: UUID,
    data: ContactMethodInput,
    *,
    seal_public_key: str,
) -> NewContactMethod:
    """Give a member a way to be reached; a webhook's signing secret is shown this once. Raises NotFound."""
    method, secret = _prepare(user_id, data, seal_public_key)
    with db.one(org_id) as tx:
        _member(tx, user_id)
        made = contact_methods.insert(tx, method)
        audit(tx, actor, "contact_method.created", (SUBJECT, made.id), after=made)
        return NewContactMethod(**made.model_dump(), secret=secret)


def list_contact_methods(db: Database, org_id: UUID, user_id: UUID) -> Sequence[ContactMethod]:
    """All contact methods of a member, oldest first; raises NotFound."""
    with db.one(org_id) as tx:
        _member(tx, user_id)
        return contact_methods.of_user(tx, user_id)


def disable_contact_method(db: Database, org_id: UUID, actor: Actor, user_id: UUID, method_id: UUID) -> ContactMethod:
    """Switch off a contact method; one that is off stays as it is. Raises NotFound."""
    with db.one(org_id) as tx:
        before = contact_methods.lock(tx, user_id, method_id)
        if before is None:
            raise NotFound(f"This member has no contact method {method_id}.")
        if before.disabled_at is not None:
            return before
        contact_methods.disable(tx, method_id, f"by {actor}")
        after = before.model_copy(update={"disabled_at": tx.now, "disabled_reason": f"by {actor}"})
        audit(tx, actor, "contact_method.disabled", (SUBJECT, method_id), before=before, after=after)
        return after


def _prepare(user_id: UUID, data: ContactMethodInput, public_key: str) -> tuple[NewMethod, str | None]:
    match data:
        case EmailMethodInput():
            return NewMethod(new_id(), user_id, data.channel, data.label or data.address, data.address, None), None
        case WebhookMethodInput():
            secret = "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
            sealed = seal({"url": data.url, "secret": secret}, public_key)
        case SlackMethodInput():
            secret = None
            sealed = seal({"url": data.url}, public_key)
    label = data.label or urlsplit(data.url).hostname or data.channel
    return NewMethod(new_id(), user_id, data.channel, label, None, sealed), secret


def _member(tx: Tx, user_id: UUID) -> None:
    if not members.members(tx, [user_id]):
        raise NotFound(f"There is no member {user_id} in this organization.")
