"""Mail that is no page, as rows: queued with what it is about, ended by its outcome."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.mail import MailKind
from tocsin_data.db import Tx

type EndState = Literal["sent", "failed"]


@dataclass(frozen=True, slots=True)
class QueuedMail:
    """A mail that has not ended, held. `is_wanted`: who it goes to is told still, and what it tells is public still."""

    org_id: UUID
    id: UUID
    kind: MailKind
    sealed: str
    created_at: datetime
    words: str | None
    is_wanted: bool = True


def insert(
    tx: Tx,
    org_id: UUID,
    mail_id: UUID,
    kind: MailKind,
    sealed: str,
    *,
    contact_method_id: UUID | None = None,
    destination_id: UUID | None = None,
) -> None:
    """Queue a mail; one that proves or tries a contact method, or tries a destination, names it."""
    tx.conn.execute(
        """
        insert into mail (id, org_id, kind, sealed, contact_method_id, destination_id, due_at, created_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s)
        """,
        (mail_id, org_id, kind, sealed, contact_method_id, destination_id, tx.now, tx.now),
    )


def insert_subscription(tx: Tx, org_id: UUID, mail_id: UUID, subscriber_id: UUID, sealed: str, words: str) -> None:
    """Queue what asks a subscriber to confirm, by whatever channel."""
    tx.conn.execute(
        """
        insert into mail (id, org_id, kind, sealed, subscriber_id, words, due_at, created_at)
        values (%s, %s, 'subscription', %s, %s, %s, %s, %s)
        """,
        (mail_id, org_id, sealed, subscriber_id, words, tx.now, tx.now),
    )


def recent(tx: Tx, since: datetime, at_most: int) -> Sequence[datetime]:
    """When the organization's invitations since an instant were mailed, newest first."""
    rows = tx.conn.execute(
        """
        select created_at from mail where org_id = %s and kind = 'invitation' and created_at > %s
        order by created_at desc limit %s
        """,
        (tx.org_id, since, at_most),
    ).fetchall()
    return [row[0] for row in rows]


def lock(tx: Tx, mail_ids: Sequence[UUID]) -> Sequence[QueuedMail]:
    """Hold those of some mails that have not ended."""
    with tx.conn.cursor(row_factory=class_row(QueuedMail)) as cur:
        cur.execute(
            """
            select m.org_id, m.id, m.kind, m.sealed, m.created_at, coalesce(m.words, t.words) as words
            from mail m left join status_update_telling t
                on t.org_id = m.org_id and t.status_update_id = m.status_update_id
            where m.org_id = any(%s) and m.id = any(%s) and m.state = 'queued'
            order by m.id for no key update of m
            """,
            (list(tx.orgs), list(mail_ids)),
        )
        return cur.fetchall()


def take(tx: Tx, mail_ids: Sequence[UUID], due_before: datetime) -> Sequence[QueuedMail]:
    """Hold those of some mails that are still due and that nobody else holds."""
    with tx.conn.cursor(row_factory=class_row(QueuedMail)) as cur:
        cur.execute(
            """
            select m.org_id, m.id, m.kind, m.sealed, m.created_at, coalesce(m.words, t.words) as words,
                coalesce(s.state in ('pending', 'active'), true) and coalesce(
                    r.state = 'published' and r.deleted_at is null and p.visibility = 'public' and p.deleted_at is null,
                    true
                ) as is_wanted
            from mail m
            left join status_update_telling t on t.org_id = m.org_id and t.status_update_id = m.status_update_id
            left join subscriber s on s.org_id = m.org_id and s.id = m.subscriber_id
            left join status_update u on u.org_id = m.org_id and u.id = m.status_update_id
            left join status_report r on r.org_id = u.org_id and r.id = u.status_report_id
            left join status_page p on p.org_id = r.org_id and p.id = r.status_page_id
            where m.org_id = any(%s) and m.id = any(%s) and m.state = 'queued' and m.due_at <= %s
            order by m.id for no key update of m skip locked
            """,
            (list(tx.orgs), list(mail_ids), due_before),
        )
        return cur.fetchall()


def postpone(tx: Tx, until: Sequence[tuple[UUID, datetime]]) -> None:
    """Write when mails that are held are to be sent again."""
    tx.conn.execute(
        """
        update mail set due_at = n.due_at
        from unnest(%s::uuid[], %s::timestamptz[]) as n (id, due_at)
        where mail.org_id = any(%s) and mail.id = n.id
        """,
        ([mail_id for mail_id, _ in until], [due_at for _, due_at in until], list(tx.orgs)),
    )


def end(tx: Tx, ends: Sequence[tuple[UUID, EndState, str | None]]) -> None:
    """Write how mails that are held ended, and why; what they said, a token among it, is kept no longer."""
    tx.conn.execute(
        """
        update mail set state = n.state, detail = n.detail, ended_at = %s, sealed = '', words = null
        from unnest(%s::uuid[], %s::text[], %s::text[]) as n (id, state, detail)
        where mail.org_id = any(%s) and mail.id = n.id
        """,
        (
            tx.now,
            [mail_id for mail_id, _, _ in ends],
            [state for _, state, _ in ends],
            [detail for _, _, detail in ends],
            list(tx.orgs),
        ),
    )


def return_tests(tx: Tx, mail_ids: Sequence[UUID], reason: str) -> None:
    """Fail those of some mails that are test pages, also if they have been sent: they have come back."""
    tx.conn.execute(
        """
        update mail set state = 'failed', detail = %s, ended_at = %s, sealed = '', words = null
        where org_id = any(%s) and id = any(%s) and kind = 'test' and state in ('queued', 'sent')
        """,
        (reason, tx.now, list(tx.orgs), list(mail_ids)),
    )
