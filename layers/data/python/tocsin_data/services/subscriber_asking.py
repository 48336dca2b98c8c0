"""Asking those back who want to be told what a page says: once an hour, within limits; until they confirm, nothing."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, Literal
from uuid import UUID

from tocsin.contracts.mail import MailMessage
from tocsin.contracts.subscriber_mail import SubscriptionWords
from tocsin.domain.status_page import ReportKind
from tocsin.domain.subscriber import CONFIRM_WITHIN, PER_MAILBOX, PER_PAGE, PER_SOURCE, REST, SubscriberState
from tocsin.platform.ids import new_id
from tocsin_data.db import Tx
from tocsin_data.services.leaving import Leaving
from tocsin_data.sql import mails, subscribers
from tocsin_data.sql.subscribers import NewRow, PageRow, SubscriberRow

type Asked = Literal["asked", "rested", "limited", "known"]
"""What came of it: asked back; asked back already within the hour; beyond a limit; told already, and asked nothing."""
NOTHING: Final = timedelta(0)


def ask(tx: Tx, page: PageRow, row: NewRow, digests: Sequence[bytes], leaving: Leaving) -> Asked:
    """Ask somebody back who wants to be told, or to be told of something else; nobody learns which it was.

    Webhooks that are told already are not asked again: whoever knows their address could choose for them.
    """
    before = subscribers.lock_by_address(tx, page.id, row.channel, digests)
    if before is not None and before.state == SubscriberState.ACTIVE and row.channel != "email":
        return "known"
    if before is not None and before.mailed_at is not None and before.mailed_at > tx.now - REST:
        if before.state in {SubscriberState.PENDING, SubscriberState.ACTIVE}:
            subscribers.ask_again(tx, before.id, row.asked_kinds, row.asked_component_ids)
        return "rested"
    if _is_too_much(tx, page.id, row):
        return "limited"
    held = _written(tx, before, row)
    if held is None:
        return "rested"
    subscribers.mailed(tx, held.id)
    _mail(tx, page, held, row, leaving)
    return "asked"


def _is_too_much(tx: Tx, page_id: UUID, row: NewRow) -> bool:
    since = tx.now - REST
    pending, of_source = subscribers.count_asked(tx, page_id, row.source_digest, since)
    return (
        pending >= PER_PAGE
        or (row.source_digest is not None and of_source >= PER_SOURCE)
        or (row.source_digest is not None and subscribers.mailbox_asked(tx, row.mailbox_digest, since) >= PER_MAILBOX)
    )


def _written(tx: Tx, before: SubscriberRow | None, row: NewRow) -> SubscriberRow | None:
    """The subscriber with what is asked for, held; none where another request for the address was a moment quicker."""
    if before is None:
        return subscribers.lock(tx, row.id) if subscribers.insert(tx, row) else None
    if before.state == SubscriberState.ACTIVE:
        subscribers.ask_again(tx, before.id, row.asked_kinds, row.asked_component_ids)
    elif before.state == SubscriberState.PENDING and row.channel == "email":
        subscribers.prolong(tx, before.id, row)
    else:
        subscribers.renew(tx, before.id, row)
    return subscribers.lock(tx, before.id)


def _mail(tx: Tx, page: PageRow, held: SubscriberRow, row: NewRow, leaving: Leaving) -> None:
    chosen = row.asked_component_ids
    names = None if chosen is None else subscribers.component_names(tx, page.id, chosen)
    words = SubscriptionWords(
        page_name=page.name,
        kinds=[ReportKind(kind) for kind in row.asked_kinds],
        components=None if names is None else list(names.values()),
        expires_at=tx.now + CONFIRM_WITHIN,
    ).to_json()
    mail_id = new_id()
    mails.insert_subscription(tx, tx.org_id, mail_id, held.id, held.sealed, words)
    leaving.mails.append(
        MailMessage(org_id=tx.org_id, mail_id=mail_id, kind="subscription", sealed=held.sealed, words=words)
    )
