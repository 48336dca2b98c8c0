"""Contact methods of members: made, with their secrets sealed, switched off and removed."""

import base64
import secrets
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from tocsin.contracts.api_notifications import (
    ContactMethod,
    ContactMethodInput,
    EmailMethodInput,
    NewContactMethod,
    RemovedContactMethod,
    SlackMethodInput,
    WebhookMethodInput,
)
from tocsin.domain.address import canonical_email
from tocsin.errors import Conflict, NotFound
from tocsin.platform.ids import new_id
from tocsin.platform.sealing import seal
from tocsin_data.db import Database, Tx
from tocsin_data.services.actors import Actor, audit
from tocsin_data.sql import contact_methods, members, notification_rules
from tocsin_data.sql.contact_methods import Member, NewMethod

SUBJECT: Final = "contact_method"
SECRET_BYTES: Final = 32
"""Within the 24 to 64 that Standard Webhooks asks for."""
MAX_METHODS: Final = 20


def create_contact_method(
    db: Database,
    org_id: UUID,
    actor: Actor,
    user_id: UUID,
    data: ContactMethodInput,
    *,
    seal_public_key: str,
) -> NewContactMethod:
    """Give a member a way to be reached; a webhook's signing secret is shown this once.

    The address they sign in with counts as verified. Raises NotFound, and Conflict beyond 20 of them.
    """
    method, secret = _prepare(user_id, data, seal_public_key)
    with db.one(org_id) as tx:
        member = hold_member(tx, user_id)
        if len(contact_methods.of_user(tx, user_id)) >= MAX_METHODS:
            raise Conflict(f"This member has {MAX_METHODS} contact methods, and can have no more; remove one.")
        known = method.address is not None and canonical_email(method.address) == member.email
        made = contact_methods.insert(tx, method, tx.now if known else None)
        audit(tx, actor, "contact_method.created", (SUBJECT, made.id), after=made)
        return NewContactMethod(**made.model_dump(), secret=secret)


def list_contact_methods(db: Database, org_id: UUID, user_id: UUID) -> Sequence[ContactMethod]:
    """All contact methods of a member, oldest first; raises NotFound."""
    with db.one(org_id) as tx:
        if not members.members(tx, [user_id]):
            raise NotFound(f"There is no member {user_id} in this organization.")
        return contact_methods.of_user(tx, user_id)


def disable_contact_method(db: Database, org_id: UUID, actor: Actor, user_id: UUID, method_id: UUID) -> ContactMethod:
    """Switch off a contact method; one that is off stays as it is. Raises NotFound."""
    with db.one(org_id) as tx:
        before = hold(tx, user_id, method_id)
        if before.disabled_at is not None:
            return before
        contact_methods.disable(tx, method_id, f"by {actor}")
        contact_methods.stop_pages(tx, method_id)
        after = before.model_copy(update={"disabled_at": tx.now, "disabled_reason": f"by {actor}"})
        audit(tx, actor, "contact_method.disabled", (SUBJECT, method_id), before=before, after=after)
        return after


def remove_contact_method(
    db: Database, org_id: UUID, actor: Actor, user_id: UUID, method_id: UUID
) -> RemovedContactMethod:
    """Remove a contact method and the rules that name it; answers what went with it. Raises NotFound."""
    with db.one(org_id) as tx:
        before = hold(tx, user_id, method_id)
        contact_methods.remove(tx, method_id, f"removed by {actor}")
        removed = notification_rules.remove_method(tx, user_id, method_id)
        left = {rule.urgency for rule in notification_rules.rules(tx, user_id)}
        made = RemovedContactMethod(
            contact_method=before,
            rules_removed=removed,
            back_to_default=sorted({rule.urgency for rule in removed} - left),
            pages_stopped=contact_methods.stop_pages(tx, method_id),
        )
        audit(tx, actor, "contact_method.removed", (SUBJECT, method_id), before=before, after=made)
        return made


def make_reachable(tx: Tx, actor: Actor, user_id: UUID) -> None:
    """Let somebody who has just become a member be paged at the address they sign in with, unless they have been."""
    made = contact_methods.insert_default(tx, new_id(), user_id)
    if made is not None:
        audit(tx, actor, "contact_method.created", (SUBJECT, made.id), after=made)


def hold_member(tx: Tx, user_id: UUID) -> Member:
    """A member whose contact methods nobody else changes until the transaction ends; raises NotFound."""
    member = contact_methods.hold_member(tx, user_id)
    if member is None:
        raise NotFound(f"There is no member {user_id} in this organization.")
    return member


def hold(tx: Tx, user_id: UUID, method_id: UUID) -> ContactMethod:
    """A contact method that nobody else changes until the transaction ends; raises NotFound."""
    hold_member(tx, user_id)
    found = contact_methods.lock(tx, user_id, method_id)
    if found is None:
        raise NotFound(f"This member has no contact method {method_id}.")
    return found


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
