"""Codes that prove contact methods, and test pages to them and to destinations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_destinations import DestinationTest
from tocsin.contracts.api_notifications import MethodTest
from tocsin.contracts.mail import MailKind
from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class Code:
    """The code that was sent to a contact method last."""

    hash: bytes | None
    ends_at: datetime | None
    tries: int


def code(tx: Tx, method_id: UUID) -> Code:
    """The code of a contact method whose row is held."""
    with tx.conn.cursor(row_factory=class_row(Code)) as cur:
        cur.execute(
            """
            select verification_hash as hash, verification_ends_at as ends_at, verification_tries as tries
            from contact_method where org_id = %s and id = %s
            """,
            (tx.org_id, method_id),
        )
        (row,) = cur.fetchall()
        return row


def set_code(tx: Tx, method_id: UUID, code_hash: bytes, ends_at: datetime) -> None:
    """Put a new code in the place of the last one."""
    tx.conn.execute(
        """
        update contact_method set verification_hash = %s, verification_ends_at = %s, verification_tries = 0
        where org_id = %s and id = %s
        """,
        (code_hash, ends_at, tx.org_id, method_id),
    )


def count_try(tx: Tx, method_id: UUID) -> None:
    """Count a wrong code."""
    tx.conn.execute(
        "update contact_method set verification_tries = verification_tries + 1 where org_id = %s and id = %s",
        (tx.org_id, method_id),
    )


def prove(tx: Tx, method_id: UUID) -> None:
    """Take a contact method as proven by its code, which is used up."""
    tx.conn.execute(
        """
        update contact_method set verified_at = %s, verification_hash = null, verification_ends_at = null
        where org_id = %s and id = %s
        """,
        (tx.now, tx.org_id, method_id),
    )


def sent(tx: Tx, to_id: UUID, kind: MailKind, since: datetime, at_most: int) -> Sequence[datetime]:
    """When codes, or tests, were written to a contact method or destination since an instant, newest first."""
    rows = tx.conn.execute(
        """
        select created_at from mail
        where org_id = %(org)s and (contact_method_id = %(to)s or destination_id = %(to)s) and kind = %(kind)s
            and created_at > %(since)s
        order by created_at desc limit %(at_most)s
        """,
        {"org": tx.org_id, "to": to_id, "kind": kind, "since": since, "at_most": at_most},
    ).fetchall()
    return [row[0] for row in rows]


def sent_by_all(tx: Tx, since: datetime, at_most: int) -> Sequence[datetime]:
    """When codes and tests were written to anything of the organization since an instant, newest first."""
    rows = tx.conn.execute(
        """
        select created_at from mail
        where org_id = %s and kind in ('verification', 'test') and created_at > %s
        order by created_at desc limit %s
        """,
        (tx.org_id, since, at_most),
    ).fetchall()
    return [row[0] for row in rows]


def test(tx: Tx, user_id: UUID, method_id: UUID, test_id: UUID) -> MethodTest | None:
    """Read a test page to a member's contact method."""
    with tx.conn.cursor(row_factory=class_row(MethodTest)) as cur:
        cur.execute(
            """
            select m.id, m.contact_method_id, m.state, m.created_at, m.ended_at, m.detail
            from mail m
            join contact_method c on c.org_id = m.org_id and c.id = m.contact_method_id
            where m.org_id = %s and c.user_id = %s and c.id = %s and m.id = %s and m.kind = 'test'
            """,
            (tx.org_id, user_id, method_id, test_id),
        )
        return cur.fetchone()


def destination_test(tx: Tx, destination_id: UUID, test_id: UUID) -> DestinationTest | None:
    """Read a test page to a destination that is not deleted."""
    with tx.conn.cursor(row_factory=class_row(DestinationTest)) as cur:
        cur.execute(
            """
            select m.id, m.destination_id, m.state, m.created_at, m.ended_at, m.detail
            from mail m
            join destination d on d.org_id = m.org_id and d.id = m.destination_id
            where m.org_id = %s and d.id = %s and d.deleted_at is null and m.id = %s and m.kind = 'test'
            """,
            (tx.org_id, destination_id, test_id),
        )
        return cur.fetchone()
