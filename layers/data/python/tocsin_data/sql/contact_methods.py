"""Contact methods: how members are reached."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_notifications import ContactMethod
from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class NewMethod:
    """A contact method to create; either an address or sealed secrets."""

    id: UUID
    user_id: UUID
    channel: str
    label: str
    address: str | None
    sealed: str | None


@dataclass(frozen=True, slots=True)
class Member:
    """Who a contact method belongs to; `email` is the address of their sign-in, once somebody has signed in by it."""

    name: str
    email: str | None
    organization_name: str


def hold_member(tx: Tx, user_id: UUID) -> Member | None:
    """Read a member and hold their membership: who changes how they are reached takes turns."""
    with tx.conn.cursor(row_factory=class_row(Member)) as cur:
        cur.execute(
            """
            select u.name, case when u.subject is not null then u.email end as email, o.name as organization_name
            from membership m
            join user_account u on u.id = m.user_id
            join organization o on o.id = m.org_id
            where m.org_id = %s and m.user_id = %s
            for no key update of m
            """,
            (tx.org_id, user_id),
        )
        return cur.fetchone()


def insert(tx: Tx, method: NewMethod, verified_at: datetime | None) -> ContactMethod:
    """Create a contact method of a member."""
    with tx.conn.cursor(row_factory=class_row(ContactMethod)) as cur:
        cur.execute(
            """
            insert into contact_method (id, org_id, user_id, channel, label, address, sealed, verified_at, created_at)
            values (%s, %s, %s, %s, %s, %s, %s, %s, %s)
            returning id, user_id, channel, label, address, created_at, disabled_at, disabled_reason, verified_at,
                verification_ends_at
            """,
            (
                method.id,
                tx.org_id,
                method.user_id,
                method.channel,
                method.label,
                method.address,
                method.sealed,
                verified_at,
                tx.now,
            ),
        )
        (row,) = cur.fetchall()
        return row


def insert_default(tx: Tx, method_id: UUID, user_id: UUID) -> ContactMethod | None:
    """Let a new member be reached by the address of their sign-in; None when they were before, if only once."""
    with tx.conn.cursor(row_factory=class_row(ContactMethod)) as cur:
        cur.execute(
            """
            insert into contact_method (id, org_id, user_id, channel, label, address, verified_at, created_at)
            select %(id)s, %(org)s, u.id, 'email', u.email, u.email, %(now)s, %(now)s
            from user_account u
            where u.id = %(user)s and u.subject is not null and not exists (
                select from contact_method c
                where c.org_id = %(org)s and c.user_id = u.id and c.channel = 'email' and lower(c.address) = u.email
            )
            returning id, user_id, channel, label, address, created_at, disabled_at, disabled_reason, verified_at,
                verification_ends_at
            """,
            {"id": method_id, "org": tx.org_id, "user": user_id, "now": tx.now},
        )
        return cur.fetchone()


def of_user(tx: Tx, user_id: UUID) -> Sequence[ContactMethod]:
    """All contact methods of a member, oldest first."""
    with tx.conn.cursor(row_factory=class_row(ContactMethod)) as cur:
        cur.execute(
            """
            select id, user_id, channel, label, address, created_at, disabled_at, disabled_reason, verified_at,
                verification_ends_at
            from contact_method where org_id = %s and user_id = %s and removed_at is null order by created_at, id
            """,
            (tx.org_id, user_id),
        )
        return cur.fetchall()


def lock(tx: Tx, user_id: UUID, method_id: UUID) -> ContactMethod | None:
    """Read one contact method of a member and hold its row."""
    with tx.conn.cursor(row_factory=class_row(ContactMethod)) as cur:
        cur.execute(
            """
            select id, user_id, channel, label, address, created_at, disabled_at, disabled_reason, verified_at,
                verification_ends_at
            from contact_method where org_id = %s and user_id = %s and id = %s and removed_at is null
            for no key update
            """,
            (tx.org_id, user_id, method_id),
        )
        return cur.fetchone()


def sealed_of(tx: Tx, method_id: UUID) -> str | None:
    """The sealed secrets of a contact method, if its channel has any."""
    row = tx.conn.execute(
        "select sealed from contact_method where org_id = %s and id = %s", (tx.org_id, method_id)
    ).fetchone()
    return None if row is None else row[0]


def disable(tx: Tx, method_id: UUID, reason: str) -> None:
    """Switch off a contact method whose row is held."""
    tx.conn.execute(
        "update contact_method set disabled_at = %s, disabled_reason = %s where org_id = %s and id = %s",
        (tx.now, reason, tx.org_id, method_id),
    )


def remove(tx: Tx, method_id: UUID, reason: str) -> None:
    """Remove a contact method whose row is held: its secrets and codes are forgotten, that it was there is not."""
    tx.conn.execute(
        """
        update contact_method set removed_at = %(now)s, disabled_at = coalesce(disabled_at, %(now)s),
            disabled_reason = coalesce(disabled_reason, %(reason)s), verification_hash = null,
            verification_ends_at = null, sealed = case when sealed is not null then '' end
        where org_id = %(org)s and id = %(id)s
        """,
        {"now": tx.now, "reason": reason, "org": tx.org_id, "id": method_id},
    )


def stop_pages(tx: Tx, method_id: UUID) -> int:
    """Let the sweep fail what is held back for a contact method that is off; answers how many."""
    return tx.conn.execute(
        """
        update notification set due_at = %(now)s, unarmed = false
        where org_id = %(org)s and contact_method_id = %(id)s and state = 'queued' and due_at > %(now)s
        """,
        {"now": tx.now, "org": tx.org_id, "id": method_id},
    ).rowcount


def prove_by_test(tx: Tx, mail_ids: Collection[UUID], channels: Collection[str]) -> None:
    """Take the contact methods of these channels as proven whose test pages have been taken."""
    tx.conn.execute(
        """
        update contact_method c set verified_at = %s
        from mail m
        where m.org_id = any(%s) and m.id = any(%s) and c.org_id = m.org_id and c.id = m.contact_method_id
            and c.channel = any(%s) and c.verified_at is null and c.removed_at is null
        """,
        (tx.now, list(tx.orgs), list(mail_ids), list(channels)),
    )
