"""What people outside wish of status pages: to be told, to have it confirmed or changed, and to be told no more.

A wish that comes twice, or late, changes nothing twice. What is unknown by now, a page or a token, changes nothing.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from tocsin.contracts.subscribers import Newcomer, SubscriberWish, WishedChoice
from tocsin.domain.status_page import ReportKind
from tocsin.domain.subscriber import CONFIRM_WITHIN, KEPT_FOR, MOST_OF_PAGE, SubscriberState
from tocsin.platform.ids import new_id
from tocsin_data.db import Connection, Database, Tx
from tocsin_data.services import subscriber_asking
from tocsin_data.services.leaving import Leaving
from tocsin_data.sql import subscribers, sweeps
from tocsin_data.sql.subscribers import Known, NewRow, SubscriberRow

MAILS_AT_ONCE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of wishes, counted by a word each, and the mails that leave for them."""

    leaving: Leaving
    counts: Counter[str] = field(default_factory=Counter[str])


def hear(db: Database, wishes: Sequence[SubscriberWish]) -> Heard:
    """Do what is wished, in the order in which it was."""
    keys = sorted({wish.newcomer.page_key for wish in wishes if wish.newcomer is not None})
    hashes = sorted({bytes.fromhex(wish.token_hash) for wish in wishes if wish.newcomer is None})
    with db.found(lambda conn: _enter(conn, keys, hashes)) as (tx, known):
        heard = Heard(Leaving(tx.now))
        pages = {found.page_key: found for found in known if found.page_key is not None}
        tokens = {found.token_hash: found for found in known if found.token_hash is not None}
        for wish in sorted(wishes, key=lambda wish: wish.wished_at):
            heard.counts[_do(tx, wish, pages, tokens, heard.leaving)] += 1
        return heard


def forget(db: Database, found: Sequence[tuple[UUID, UUID]]) -> int:
    """Forget those who did not confirm in time, and those who ended long ago; answers how many."""
    with db.many({org_id for org_id, _ in found}) as tx:
        return subscribers.forget(tx, [subscriber_id for _, subscriber_id in found])


def forget_mails(db: Database) -> int:
    """Forget single mails that ended long ago, some at a time; answers how many."""
    with db.many(()) as tx:
        return sweeps.forget_report_mails(tx, tx.now - KEPT_FOR, MAILS_AT_ONCE)


def _enter(
    conn: Connection, keys: Sequence[str], hashes: Sequence[bytes]
) -> tuple[datetime, set[UUID], Sequence[Known]]:
    now, known = subscribers.enter(conn, keys, hashes)
    return now, {found.org_id for found in known}, known


def _do(
    tx: Tx,
    wish: SubscriberWish,
    pages: Mapping[str, Known],
    tokens: Mapping[bytes, Known],
    leaving: Leaving,
) -> str:
    token_hash = bytes.fromhex(wish.token_hash)
    if wish.newcomer is not None:
        page = pages.get(wish.newcomer.page_key)
        return "unknown" if page is None else _ask(_within(tx, page), page, wish, wish.newcomer, leaving)
    whose = tokens.get(token_hash)
    if whose is None or whose.subscriber_id is None:
        return "unknown"
    alone = _within(tx, whose)
    held = subscribers.lock(alone, whose.subscriber_id, token_hash)
    if held is None:
        return "unknown"
    match wish.action:
        case "confirm":
            return _confirm(alone, held)
        case "end":
            return _end(alone, held)
        case _:
            return _change(alone, held, wish.choice)


def _ask(tx: Tx, known: Known, wish: SubscriberWish, newcomer: Newcomer, leaving: Leaving) -> str:
    page = subscribers.page(tx, known.status_page_id)
    if page is None or newcomer.channel not in page.channels:
        return "not_taken"
    if subscribers.total(tx, page.id, MOST_OF_PAGE) >= MOST_OF_PAGE:
        return "limited"
    digests = [bytes.fromhex(digest) for digest in newcomer.address_digests]
    row = NewRow(
        id=new_id(),
        status_page_id=page.id,
        channel=newcomer.channel,
        address_digest=digests[0],
        mailbox_digest=bytes.fromhex(newcomer.mailbox_digest),
        source_digest=bytes.fromhex(newcomer.source_digest),
        sealed=newcomer.sealed,
        token_hash=bytes.fromhex(wish.token_hash),
        shown=newcomer.shown,
        asked_kinds=_kinds(wish.choice, list(ReportKind)),
        asked_component_ids=_components(tx, page.id, wish.choice, None),
        forget_at=tx.now + CONFIRM_WITHIN,
    )
    return subscriber_asking.ask(tx, page, row, digests, leaving)


def _confirm(tx: Tx, held: SubscriberRow) -> str:
    if held.state == SubscriberState.PENDING or (held.state == SubscriberState.ACTIVE and held.asked_kinds is not None):
        subscribers.confirm(tx, held.id)
        return "confirmed"
    return "nothing"


def _end(tx: Tx, held: SubscriberRow) -> str:
    if held.state == SubscriberState.ENDED:
        return "nothing"
    subscribers.end(tx, held.id, tx.now + KEPT_FOR)
    return "ended"


def _change(tx: Tx, held: SubscriberRow, choice: WishedChoice) -> str:
    if held.state != SubscriberState.ACTIVE:
        return "nothing"
    kinds = _kinds(choice, held.kinds)
    subscribers.change(tx, held.id, kinds, _components(tx, held.status_page_id, choice, held.component_ids))
    return "changed"


def _kinds(choice: WishedChoice, otherwise: Sequence[str]) -> list[str]:
    return [kind.value for kind in ReportKind if kind in (choice.kinds or otherwise)]


def _components(tx: Tx, page_id: UUID, choice: WishedChoice, otherwise: Sequence[UUID] | None) -> list[UUID] | None:
    """Those chosen that are on the page; all, where none of them is."""
    if choice.all_components:
        return None
    if choice.component_ids is None:
        return None if otherwise is None else list(otherwise)
    return sorted(subscribers.component_names(tx, page_id, choice.component_ids)) or None


def _within(tx: Tx, known: Known) -> Tx:
    return replace(tx, orgs=(known.org_id,))
