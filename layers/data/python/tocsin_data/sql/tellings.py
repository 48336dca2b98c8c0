"""Updates on their way to subscribers as rows: what they say, how far they have come, and a mail for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row, dict_row

from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class Telling:
    """An update that is being told; its row is held."""

    status_update_id: UUID
    status_page_id: UUID
    kind: str
    component_ids: list[UUID]
    after_id: UUID
    subscribers: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Mails written at once: how many subscribers, and the last of them by id."""

    subscribers: int
    last_id: UUID | None


def hold_update(tx: Tx, update_id: UUID) -> bool:
    """Hold an update that is still to be told, unless somebody else is telling it."""
    row = tx.conn.execute(
        """
        select u.id from status_update u
        join status_report r on r.org_id = u.org_id and r.id = u.status_report_id
        where u.org_id = %s and u.id = %s and u.tells_subscribers and u.told_at is null
            and r.state = 'published' and r.deleted_at is null
        for no key update of u skip locked
        """,
        (tx.org_id, update_id),
    ).fetchone()
    return row is not None


def begun(tx: Tx, update_id: UUID) -> Telling | None:
    """How far the telling of a held update has come; none where it has not begun."""
    with tx.conn.cursor(row_factory=class_row(Telling)) as cur:
        cur.execute(
            """
            select status_update_id, status_page_id, kind, component_ids, after_id, subscribers
            from status_update_telling where org_id = %s and status_update_id = %s
            """,
            (tx.org_id, update_id),
        )
        return cur.fetchone()


def read(tx: Tx, update_id: UUID) -> dict[str, Any]:
    """What an update says, with its report and page; `is_public` tells whether the page can be read by everybody."""
    with tx.conn.cursor(row_factory=dict_row) as cur:
        cur.execute(
            """
            select p.id as page_id, p.name as page_name, p.slug, p.time_zone,
                p.visibility = 'public' and p.deleted_at is null as is_public,
                exists (
                    select from subscriber s
                    where s.org_id = p.org_id and s.status_page_id = p.id and s.state = 'active'
                ) as has_subscribers,
                r.id as report_id, r.kind, r.title, u.status, r.impact, r.started_at, r.created_at, r.monitoring_at,
                r.resolved_at, r.scheduled_for, r.scheduled_until, r.published_at,
                u.id as update_id, u.body, u.display_at, u.created_at as said_at, not exists (
                    select from status_update e
                    where e.org_id = u.org_id and e.status_report_id = r.id and e.id <> u.id
                        and (e.display_at, e.id) < (u.display_at, u.id)
                ) as is_first
            from status_update u
            join status_report r on r.org_id = u.org_id and r.id = u.status_report_id
            join status_page p on p.org_id = r.org_id and p.id = r.status_page_id
            where u.org_id = %s and u.id = %s
            """,
            (tx.org_id, update_id),
        )
        (row,) = cur.fetchall()
        return row


def components(tx: Tx, report_id: UUID) -> list[tuple[UUID, str, str]]:
    """What a report names by now, or has named in any update: (id, name, status), by name."""
    rows = tx.conn.execute(
        """
        with said as (
            select component_id, status, 0 as age from status_report_component
            where org_id = %(org)s and status_report_id = %(report)s
            union all
            select c.component_id, c.new_status, row_number() over (order by u.display_at desc, u.id desc)
            from status_update u
            join status_update_component c on c.org_id = u.org_id and c.status_update_id = u.id
            where u.org_id = %(org)s and u.status_report_id = %(report)s
        ),
        last as (select distinct on (component_id) component_id, status from said order by component_id, age)
        select c.id, c.name, last.status from last
        join component c on c.org_id = %(org)s and c.id = last.component_id and c.deleted_at is null
        order by c.name, c.id
        """,
        {"org": tx.org_id, "report": report_id},
    ).fetchall()
    return [(row[0], row[1], row[2]) for row in rows]


def begin(tx: Tx, update_id: UUID, page_id: UUID, kind: str, component_ids: Sequence[UUID], words: str) -> Telling:
    """Write what subscribers are told of a held update, from now on the same for all of them."""
    tx.conn.execute(
        """
        insert into status_update_telling (
            status_update_id, org_id, status_page_id, kind, component_ids, words, begun_at
        ) values (%s, %s, %s, %s, %s, %s, %s)
        """,
        (update_id, tx.org_id, page_id, kind, list(component_ids), words, tx.now),
    )
    return Telling(update_id, page_id, kind, list(component_ids), UUID(int=0), 0)


def write_piece(tx: Tx, telling: Telling, most: int) -> Piece:
    """Write a mail for the next subscribers who want to be told; they can't end until the transaction has ended."""
    row = tx.conn.execute(
        """
        with chosen as (
            select s.id, s.sealed from subscriber s
            where s.org_id = %(org)s and s.status_page_id = %(page)s and s.state = 'active' and s.id > %(after)s
                and %(kind)s = any(s.kinds) and (
                    s.component_ids is null or cardinality(%(named)s::uuid[]) = 0
                    or s.component_ids && %(named)s::uuid[]
                )
            order by s.id limit %(most)s for share
        ),
        written as (
            insert into mail (org_id, kind, sealed, due_at, created_at, subscriber_id, status_update_id)
            select %(org)s, 'report', c.sealed, %(now)s, %(now)s, c.id, %(update)s from chosen c order by c.id
            on conflict (status_update_id, subscriber_id) where status_update_id is not null do nothing
        )
        select count(*), (array_agg(id order by id desc))[1] from chosen
        """,
        {
            "org": tx.org_id,
            "page": telling.status_page_id,
            "after": telling.after_id,
            "kind": telling.kind,
            "named": telling.component_ids,
            "most": most,
            "now": tx.now,
            "update": telling.status_update_id,
        },
    ).fetchone()
    return Piece(0, None) if row is None else Piece(row[0], row[1])


def go_on(tx: Tx, telling: Telling, piece: Piece) -> None:
    """Write how far the telling of a held update has come."""
    tx.conn.execute(
        """
        update status_update_telling set after_id = coalesce(%s, after_id), subscribers = subscribers + %s
        where org_id = %s and status_update_id = %s
        """,
        (piece.last_id, piece.subscribers, tx.org_id, telling.status_update_id),
    )


def finish(tx: Tx, update_id: UUID) -> None:
    """Write that every subscriber has a mail with a held update, or that it is told to nobody."""
    tx.conn.execute(
        "update status_update set told_at = %s where org_id = %s and id = %s", (tx.now, tx.org_id, update_id)
    )
    tx.conn.execute(
        "update status_update_telling set ended_at = %s where org_id = %s and status_update_id = %s",
        (tx.now, tx.org_id, update_id),
    )


def count_outcomes(
    tx: Tx,
    sent: Sequence[UUID],
    failed: Sequence[tuple[UUID, str]],
    gone: Sequence[UUID],
    most: int,
    forget_at: datetime,
) -> None:
    """Count what became of mails that are held, for the subscribers they went to: one that was sent begins anew, one
    that is gone, or has failed too often in a row, is told no more, and its address is kept no longer.
    """
    tx.conn.execute(
        """
        with fate as (
            select m.subscriber_id, null::text as detail, false as is_gone from mail m
            where m.org_id = any(%(orgs)s) and m.id = any(%(sent)s)
            union all
            select m.subscriber_id, f.detail, f.id = any(%(gone)s)
            from unnest(%(failed)s::uuid[], %(details)s::text[]) as f (id, detail)
            join mail m on m.org_id = any(%(orgs)s) and m.id = f.id
        ),
        one as (
            select subscriber_id, min(detail) as detail, bool_or(is_gone) as is_gone,
                count(*) filter (where detail is not null) as failures, bool_or(detail is null) as is_well
            from fate where subscriber_id is not null group by subscriber_id
        )
        update subscriber s set
            failures = case when one.is_well then 0 else s.failures + one.failures end,
            detail = case when one.is_well then null else one.detail end,
            state = case when is_out then 'failed' else s.state end,
            sealed = case when is_out then '' else s.sealed end,
            ended_at = case when is_out then %(now)s else s.ended_at end,
            forget_at = case when is_out then %(forget_at)s else s.forget_at end
        from (
            select one.*, not one.is_well and (one.is_gone or b.failures + one.failures >= %(most)s) as is_out
            from one join subscriber b on b.org_id = any(%(orgs)s) and b.id = one.subscriber_id
        ) one
        where s.org_id = any(%(orgs)s) and s.id = one.subscriber_id and s.state = 'active'
        """,
        {
            "orgs": list(tx.orgs),
            "sent": list(sent),
            "failed": [mail_id for mail_id, _ in failed],
            "details": [detail for _, detail in failed],
            "gone": list(gone),
            "most": most,
            "now": tx.now,
            "forget_at": forget_at,
        },
    )


def prove(tx: Tx, mail_ids: Sequence[UUID]) -> int:
    """Let those be told whose webhook has answered a held mail that asked them; answers how many."""
    return tx.conn.execute(
        """
        update subscriber s set state = 'active', confirmed_at = coalesce(s.confirmed_at, %(now)s), forget_at = null,
            failures = 0, detail = null, kinds = coalesce(s.asked_kinds, s.kinds),
            component_ids = case when s.asked_kinds is null then s.component_ids else s.asked_component_ids end,
            asked_kinds = null, asked_component_ids = null
        from mail m
        where m.org_id = any(%(orgs)s) and m.id = any(%(ids)s) and m.kind = 'subscription'
            and s.org_id = m.org_id and s.id = m.subscriber_id and s.state = 'pending' and s.channel <> 'email'
        """,
        {"orgs": list(tx.orgs), "ids": list(mail_ids), "now": tx.now},
    ).rowcount


def refuse(tx: Tx, failed: Sequence[tuple[UUID, str]], forget_at: datetime) -> None:
    """Write why those who asked could not be asked back, by a held mail each; a webhook is asked once."""
    tx.conn.execute(
        """
        update subscriber s set detail = f.detail,
            state = case when s.channel = 'email' then s.state else 'failed' end,
            sealed = case when s.channel = 'email' then s.sealed else '' end,
            ended_at = case when s.channel = 'email' then s.ended_at else %(now)s end,
            forget_at = case when s.channel = 'email' then s.forget_at else %(forget_at)s end
        from unnest(%(ids)s::uuid[], %(details)s::text[]) as f (id, detail)
        join mail m on m.org_id = any(%(orgs)s) and m.id = f.id and m.kind = 'subscription'
        where s.org_id = m.org_id and s.id = m.subscriber_id and s.state = 'pending'
        """,
        {
            "orgs": list(tx.orgs),
            "ids": [mail_id for mail_id, _ in failed],
            "details": [detail for _, detail in failed],
            "now": tx.now,
            "forget_at": forget_at,
        },
    )


def take_back(tx: Tx, returned: Sequence[tuple[UUID, str]], forget_at: datetime) -> None:
    """Let those be told no more to whom mails went that came back; what is still on its way to them goes with it."""
    tx.conn.execute(
        """
        with hit as materialized (
            select m.org_id, m.subscriber_id, min(r.word) as word
            from unnest(%(ids)s::uuid[], %(words)s::text[]) as r (id, word)
            join mail m on m.org_id = any(%(orgs)s) and m.id = r.id
            where m.subscriber_id is not null group by m.org_id, m.subscriber_id
        ),
        gone as (
            update mail m set state = 'failed', detail = hit.word, sealed = '', words = null,
                ended_at = coalesce(m.ended_at, %(now)s)
            from hit
            where m.org_id = hit.org_id and m.subscriber_id = hit.subscriber_id
                and (m.state = 'queued' or m.id = any(%(ids)s))
        )
        update subscriber s set state = 'failed', failures = s.failures + 1, detail = hit.word, sealed = '',
            ended_at = %(now)s, forget_at = %(forget_at)s
        from hit
        where s.org_id = hit.org_id and s.id = hit.subscriber_id and s.state in ('pending', 'active')
        """,
        {
            "ids": [mail_id for mail_id, _ in returned],
            "words": [word for _, word in returned],
            "orgs": list(tx.orgs),
            "now": tx.now,
            "forget_at": forget_at,
        },
    )
