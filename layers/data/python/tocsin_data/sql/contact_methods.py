"""Contact methods: how members are reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api import ContactMethod
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


def insert(tx: Tx, method: NewMethod) -> ContactMethod:
    """Create a contact method of a member."""
    with tx.conn.cursor(row_factory=class_row(ContactMethod)) as cur:
        cur.execute(
            """
            insert into contact_method (id, org_id, user_id, channel, label, address, sealed, created_at)
            values (%s, %s, %s, %s, %s, %s, %s, %s)
            returning id, user_id, channel, label, address, created_at, disabled_at, disabled_reason
            """,
            (
                method.id,
                tx.org_id,
                method.user_id,
                method.channel,
                method.label,
                method.address,
                method.sealed,
                tx.now,
            ),
        )
        (row,) = cur.fetchall()
        return row


def of_user(tx: Tx, user_id: UUID) -> Sequence[ContactMethod]:
    """All contact methods of a member, oldest first."""
    with tx.conn.cursor(row_factory=class_row(ContactMethod)) as cur:
        cur.execute(
            """
            select id, user_id, channel, label, address, created_at, disabled_at, disabled_reason
            from contact_method where org_id = %s and user_id = %s order by created_at, id
            """,
            (tx.org_id, user_id),
        )
        return cur.fetchall()


def lock(tx: Tx, user_id: UUID, method_id: UUID) -> ContactMethod | None:
    """Read one contact method of a member and hold its row."""
    with tx.conn.cursor(row_factory=class_row(ContactMethod)) as cur:
        cur.execute(
            """
            select id, user_id, channel, label, address, created_at, disabled_at, disabled_reason
            from contact_method where org_id = %s and user_id = %s and id = %s
            for no key update
            """,
            (tx.org_id, user_id, method_id),
        )
        return cur.fetchone()


def disable(tx: Tx, method_id: UUID, reason: str) -> None:
    """Switch off a contact method whose row is held."""
    tx.conn.execute(
        "update contact_method set disabled_at = %s, disabled_reason = %s where org_id = %s and id = %s",
        (tx.now, reason, tx.org_id, method_id),
    )
