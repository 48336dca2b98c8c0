"""Subscribers of status pages as rows: asked for, confirmed, changed, ended, listed and counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_subscribers import Subscriber, SubscriberCount
from tocsin_data.db import Connection, Tx


@dataclass(frozen=True, slots=True)
class Known:
    """What a wish is about: the page of a page key, or a subscriber by its token."""

    page_key: str | None
    token_hash: bytes | None
    org_id: UUID
    status_page_id: UUID
    subscriber_id: UUID | None


@dataclass(frozen=True, slots=True)
class PageRow:
    """What wishes need to know of a page."""

    id: UUID
    name: str
    channels: list[str]


@dataclass(frozen=True, slots=True)
class SubscriberRow:
    """A subscriber whose row is held."""

    id: UUID
    status_page_id: UUID
    channel: str
    sealed: str
    state: str
    failures: int
    kinds: list[str]
    component_ids: list[UUID] | None
    asked_kinds: list[str] | None
    asked_component_ids: list[UUID] | None
    mailed_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewRow:
    """Who has asked to be told; the first of its digests is kept."""

    id: UUID
    status_page_id: UUID
    channel: str
    address_digest: bytes
    mailbox_digest: bytes
    source_digest: bytes | None
    sealed: str
    token_hash: bytes
    shown: str
    asked_kinds: list[str]
    asked_component_ids: list[UUID] | None
    forget_at: datetime


def enter(conn: Connection, page_keys: Sequence[str], hashes: Sequence[bytes]) -> tuple[datetime, list[Known]]:
    """Enter the organizations of these pages and subscribers; answers its now, and those that are known."""
    rows = conn.execute("select * from app.enter_by_wishes(%s, %s)", (list(page_keys), list(hashes))).fetchall()
    return rows[0][0], [Known(*row[1:]) for row in rows if row[3] is not None]


def set_page_key(tx: Tx, page_id: UUID, key: str) -> None:
    """Let subscribers be taken for a page, by a key that the form is posted to."""
    tx.conn.execute(
        "update status_page set subscribe_key = %s where org_id = %s and id = %s and subscribe_key is null",
        (key, tx.org_id, page_id),
    )


def page(tx: Tx, page_id: UUID) -> PageRow | None:
    """A page that is not deleted."""
    with tx.conn.cursor(row_factory=class_row(PageRow)) as cur:
        cur.execute(
            """
            select id, name, subscribe_channels as channels from status_page
            where org_id = %s and id = %s and deleted_at is null
            """,
            (tx.org_id, page_id),
        )
        return cur.fetchone()


def component_names(tx: Tx, page_id: UUID, component_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Those of some components that are on a page, by name."""
    rows = tx.conn.execute(
        """
        select id, name from component
        where org_id = %s and status_page_id = %s and id = any(%s) and deleted_at is null order by name, id
        """,
        (tx.org_id, page_id, list(component_ids)),
    ).fetchall()
    return {row[0]: row[1] for row in rows}


def lock_by_address(tx: Tx, page_id: UUID, channel: str, digests: Sequence[bytes]) -> SubscriberRow | None:
    """Hold the subscriber of a page that an address is, by the digest of any key."""
    with tx.conn.cursor(row_factory=class_row(SubscriberRow)) as cur:
        cur.execute(
            """
            select id, status_page_id, channel, sealed, state, failures, kinds, component_ids, asked_kinds,
                asked_component_ids, mailed_at
            from subscriber
            where org_id = %s and status_page_id = %s and channel = %s and address_digest = any(%s)
            order by asked_at desc limit 1 for no key update
            """,
            (tx.org_id, page_id, channel, list(digests)),
        )
        return cur.fetchone()


def lock(tx: Tx, subscriber_id: UUID, token_hash: bytes | None = None) -> SubscriberRow | None:
    """Hold a subscriber, unless it has another token by now."""
    with tx.conn.cursor(row_factory=class_row(SubscriberRow)) as cur:
        cur.execute(
            """
            select id, status_page_id, channel, sealed, state, failures, kinds, component_ids, asked_kinds,
                asked_component_ids, mailed_at
            from subscriber
            where org_id = %s and id = %s and token_hash = coalesce(%s, token_hash) for no key update
            """,
            (tx.org_id, subscriber_id, token_hash),
        )
        return cur.fetchone()


def insert(tx: Tx, row: NewRow) -> bool:
    """Write who has asked; answers whether there was nobody of that address yet."""
    cursor = tx.conn.execute(
        """
        insert into subscriber (
            id, org_id, status_page_id, channel, address_digest, mailbox_digest, source_digest, sealed, token_hash,
            shown, asked_kinds, asked_component_ids, asked_at, forget_at
        )
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        on conflict on constraint subscriber_address_key do nothing
        """,
        (
            row.id,
            tx.org_id,
            row.status_page_id,
            row.channel,
            row.address_digest,
            row.mailbox_digest,
            row.source_digest,
            row.sealed,
            row.token_hash,
            row.shown,
            row.asked_kinds,
            row.asked_component_ids,
            tx.now,
            row.forget_at,
        ),
    )
    return cursor.rowcount == 1


def renew(tx: Tx, subscriber_id: UUID, row: NewRow) -> None:
    """Let somebody whose row is held, and who is not told anything, begin anew: the old token ends."""
    tx.conn.execute(
        """
        update subscriber set state = 'pending', sealed = %s, token_hash = %s, shown = %s, source_digest = %s,
            asked_kinds = %s, asked_component_ids = %s, asked_at = %s, forget_at = %s, failures = 0, detail = null,
            confirmed_at = null, ended_at = null
        where org_id = %s and id = %s
        """,
        (
            row.sealed,
            row.token_hash,
            row.shown,
            row.source_digest,
            row.asked_kinds,
            row.asked_component_ids,
            tx.now,
            row.forget_at,
            tx.org_id,
            subscriber_id,
        ),
    )


def prolong(tx: Tx, subscriber_id: UUID, row: NewRow) -> None:
    """Let somebody whose row is held, and who has not confirmed, take longer and want what is asked now: by the token
    they were mailed before, so that each of their mails confirms it.
    """
    tx.conn.execute(
        """
        update subscriber set source_digest = %s, asked_kinds = %s, asked_component_ids = %s, asked_at = %s,
            forget_at = %s, detail = null
        where org_id = %s and id = %s
        """,
        (
            row.source_digest,
            row.asked_kinds,
            row.asked_component_ids,
            tx.now,
            row.forget_at,
            tx.org_id,
            subscriber_id,
        ),
    )


def ask_again(tx: Tx, subscriber_id: UUID, kinds: Sequence[str], component_ids: Sequence[UUID] | None) -> None:
    """Write what somebody whose row is held wants once they confirm it."""
    tx.conn.execute(
        "update subscriber set asked_kinds = %s, asked_component_ids = %s where org_id = %s and id = %s",
        (list(kinds), None if component_ids is None else list(component_ids), tx.org_id, subscriber_id),
    )


def mailed(tx: Tx, subscriber_id: UUID) -> None:
    """Write that one whose row is held is asked to confirm now."""
    tx.conn.execute(
        "update subscriber set mailed_at = %s where org_id = %s and id = %s", (tx.now, tx.org_id, subscriber_id)
    )


def confirm(tx: Tx, subscriber_id: UUID) -> None:
    """Let what was asked for hold, of one whose row is held."""
    tx.conn.execute(
        """
        update subscriber set state = 'active', confirmed_at = coalesce(confirmed_at, %s), forget_at = null,
            failures = 0, detail = null, kinds = coalesce(asked_kinds, kinds),
            component_ids = case when asked_kinds is null then component_ids else asked_component_ids end,
            asked_kinds = null, asked_component_ids = null
        where org_id = %s and id = %s
        """,
        (tx.now, tx.org_id, subscriber_id),
    )


def change(tx: Tx, subscriber_id: UUID, kinds: Sequence[str], component_ids: Sequence[UUID] | None) -> None:
    """Write what one whose row is held is told of from now on; what was asked for before does not count."""
    tx.conn.execute(
        """
        update subscriber set kinds = %s, component_ids = %s, asked_kinds = null, asked_component_ids = null
        where org_id = %s and id = %s
        """,
        (list(kinds), None if component_ids is None else list(component_ids), tx.org_id, subscriber_id),
    )


def end(tx: Tx, subscriber_id: UUID, forget_at: datetime) -> None:
    """End one whose row is held, by their own wish; the address is kept no longer, and nothing more is sent to it."""
    tx.conn.execute(
        """
        update subscriber set state = 'ended', ended_at = %s, forget_at = %s, sealed = '', asked_kinds = null,
            asked_component_ids = null
        where org_id = %s and id = %s
        """,
        (tx.now, forget_at, tx.org_id, subscriber_id),
    )
    tx.conn.execute(
        """
        update mail set state = 'failed', detail = 'unsubscribed', ended_at = %s, sealed = ''
        where org_id = %s and subscriber_id = %s and state = 'queued'
        """,
        (tx.now, tx.org_id, subscriber_id),
    )


def end_all(tx: Tx, page_id: UUID, forget_at: datetime) -> None:
    """End all of a page that is held; no address is kept, so that what waits for them ends when its turn comes."""
    tx.conn.execute(
        """
        update subscriber set state = 'ended', ended_at = %s, forget_at = %s, sealed = '', asked_kinds = null,
            asked_component_ids = null
        where org_id = %s and status_page_id = %s and state in ('pending', 'active')
        """,
        (tx.now, forget_at, tx.org_id, page_id),
    )


def count_asked(tx: Tx, page_id: UUID, source_digest: bytes | None, since: datetime) -> tuple[int, int]:
    """How many of a page have asked since an instant and not confirmed, and how many from one source."""
    row = tx.conn.execute(
        """
        select count(*) filter (where state = 'pending'), count(*) filter (where source_digest = %s)
        from subscriber where org_id = %s and status_page_id = %s and asked_at > %s
        """,
        (source_digest, tx.org_id, page_id, since),
    ).fetchone()
    return (0, 0) if row is None else (row[0], row[1])


def mailbox_asked(tx: Tx, digest: bytes, since: datetime) -> int:
    """On how many pages, of anybody, a mailbox was asked to confirm since an instant."""
    row = tx.conn.execute("select app.mailbox_asked(%s, %s)", (digest, since)).fetchone()
    return 0 if row is None else row[0]


def read(
    tx: Tx, page_id: UUID, *, state: str | None, after: UUID | None, limit: int, subscriber_id: UUID | None = None
) -> list[Subscriber]:
    """Subscribers of a page in order of asking, in a state or in any; or one of them."""
    with tx.conn.cursor(row_factory=class_row(Subscriber)) as cur:
        cur.execute(
            """
            select id, channel, shown, state,
                case when state = 'pending' then coalesce(asked_kinds, kinds) else kinds end as kinds,
                case when state = 'pending' then asked_component_ids else component_ids end as component_ids,
                failures, detail, asked_at, confirmed_at, ended_at
            from subscriber
            where org_id = %s and status_page_id = %s and state = coalesce(%s, state) and id = coalesce(%s, id)
                and id > coalesce(%s, '00000000-0000-0000-0000-000000000000'::uuid)
            order by id limit %s
            """,
            (tx.org_id, page_id, state, subscriber_id, after, limit),
        )
        return cur.fetchall()


def counts(tx: Tx, page_id: UUID) -> list[SubscriberCount]:
    """How many subscribers a page has, by channel and state."""
    with tx.conn.cursor(row_factory=class_row(SubscriberCount)) as cur:
        cur.execute(
            """
            select channel, state, count(*) as subscribers from subscriber
            where org_id = %s and status_page_id = %s group by channel, state order by channel, state
            """,
            (tx.org_id, page_id),
        )
        return cur.fetchall()


def total(tx: Tx, page_id: UUID, most: int) -> int:
    """How many subscribers a page has, counted up to a most."""
    row = tx.conn.execute(
        "select count(*) from (select from subscriber where org_id = %s and status_page_id = %s limit %s) s",
        (tx.org_id, page_id, most),
    ).fetchone()
    return 0 if row is None else row[0]


def delete(tx: Tx, page_id: UUID, subscriber_id: UUID) -> bool:
    """Forget a subscriber, with what was on its way; answers whether there was one."""
    cursor = tx.conn.execute(
        "delete from subscriber where org_id = %s and status_page_id = %s and id = %s",
        (tx.org_id, page_id, subscriber_id),
    )
    return cursor.rowcount == 1


def forget(tx: Tx, subscriber_ids: Sequence[UUID]) -> int:
    """Forget those of some subscribers whose time is over; answers how many."""
    return tx.conn.execute(
        "delete from subscriber where org_id = any(%s) and id = any(%s) and forget_at <= %s",
        (list(tx.orgs), list(subscriber_ids), tx.now),
    ).rowcount
