"""A page's subscribers as members see them: listed without their addresses, counted, asked, taken off."""

import base64
import secrets
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from tocsin.contracts.api_subscribers import Subscriber, SubscriberCounts, SubscriberInput
from tocsin.domain import subscriber
from tocsin.domain.subscriber import CONFIRM_WITHIN, MOST_OF_PAGE, SubscriberState
from tocsin.errors import Conflict, FieldProblem, Invalid, NotFound, RateLimited
from tocsin.platform.ids import new_id
from tocsin.platform.sealing import seal
from tocsin.platform.tokens import MacKeys, Purpose, address_digests, digest, issue
from tocsin_data.db import Database, Tx
from tocsin_data.services import subscriber_asking
from tocsin_data.services.actors import Actor, audit
from tocsin_data.services.leaving import Leaving
from tocsin_data.sql import subscribers
from tocsin_data.sql.subscribers import NewRow, PageRow

SUBJECT: Final = "subscriber"
SECRET_BYTES: Final = 32


def list_subscribers(
    db: Database, org_id: UUID, page_id: UUID, *, state: SubscriberState | None, after: UUID | None, limit: int
) -> Sequence[Subscriber]:
    """Subscribers of a page, from past an id; raises NotFound."""
    with db.one(org_id) as tx:
        _page(tx, page_id)
        return subscribers.read(tx, page_id, state=state, after=after, limit=limit)


def count_subscribers(db: Database, org_id: UUID, page_id: UUID) -> SubscriberCounts:
    """How many subscribers a page has; raises NotFound."""
    with db.one(org_id) as tx:
        _page(tx, page_id)
        return SubscriberCounts(items=subscribers.counts(tx, page_id))


def add_subscriber(
    db: Database,
    org_id: UUID,
    actor: Actor,
    page_id: UUID,
    data: SubscriberInput,
    *,
    mac_keys: MacKeys,
    seal_public_key: str,
) -> tuple[Subscriber, Leaving]:
    """Ask somebody, who is told nothing until they confirm; somebody who was asked within the hour is not asked again.

    Raises NotFound, Invalid, or RateLimited where too many have been asked who did not confirm.
    """
    address = subscriber.canonical(data.channel, data.address)
    token = issue(Purpose.SUBSCRIBER, mac_keys)
    digests = address_digests(f"{data.channel}:{address}", mac_keys)
    mailbox = subscriber.mailbox(data.channel, address)
    with db.one(org_id) as tx:
        page, leaving = _page(tx, page_id), Leaving(tx.now)
        row = NewRow(
            id=new_id(),
            status_page_id=page_id,
            channel=data.channel,
            address_digest=digests[0],
            mailbox_digest=address_digests(f"mailbox:{mailbox}", mac_keys)[0],
            source_digest=None,
            sealed=seal(_to_seal(data, address, token), seal_public_key),
            token_hash=digest(token),
            shown=subscriber.shown(data.channel, address),
            asked_kinds=list(dict.fromkeys(kind.value for kind in data.kinds)),
            asked_component_ids=_components(tx, page_id, data.component_ids),
            forget_at=tx.now + CONFIRM_WITHIN,
        )
        if subscribers.total(tx, page_id, MOST_OF_PAGE) >= MOST_OF_PAGE:
            raise Conflict(f"The page has {MOST_OF_PAGE} subscribers, as many as it may.")
        if subscriber_asking.ask(tx, page, row, digests, leaving) == "limited":
            raise RateLimited(
                "Too many have been asked within the hour who have not confirmed; try again later.", 3_600
            )
        held = subscribers.lock_by_address(tx, page_id, data.channel, digests)
        made = _found(tx, page_id, row.id if held is None else held.id)
        audit(tx, actor, "subscriber.asked", (SUBJECT, made.id), after=made)
        return made, leaving


def delete_subscriber(db: Database, org_id: UUID, actor: Actor, page_id: UUID, subscriber_id: UUID) -> None:
    """Take a subscriber off a page, and forget the address; raises NotFound."""
    with db.one(org_id) as tx:
        before = _found(tx, page_id, subscriber_id)
        subscribers.delete(tx, page_id, subscriber_id)
        audit(tx, actor, "subscriber.deleted", (SUBJECT, subscriber_id), before=before)


def _to_seal(data: SubscriberInput, address: str, token: str) -> dict[str, str]:
    found = {"channel": data.channel, "address": address, "token": token}
    if data.channel != "webhook":
        return found
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
    return {**found, "secret": secret, "is_secret_told": "yes"}


def _components(tx: Tx, page_id: UUID, component_ids: Sequence[UUID] | None) -> list[UUID] | None:
    if component_ids is None:
        return None
    known = subscribers.component_names(tx, page_id, component_ids)
    problems = [
        FieldProblem(f"component_ids.{place}", "must be the id of a component of the page")
        for place, one in enumerate(component_ids)
        if one not in known
    ]
    if problems:
        raise Invalid("The subscriber can't be asked like this.", problems)
    return sorted(known)


def _page(tx: Tx, page_id: UUID) -> PageRow:
    found = subscribers.page(tx, page_id)
    if found is None:
        raise NotFound(f"There is no status page {page_id} in this organization.")
    return found


def _found(tx: Tx, page_id: UUID, subscriber_id: UUID) -> Subscriber:
    rows = subscribers.read(tx, page_id, state=None, after=None, limit=1, subscriber_id=subscriber_id)
    if not rows:
        raise NotFound(f"There is no subscriber {subscriber_id} of this page.")
    return rows[0]
