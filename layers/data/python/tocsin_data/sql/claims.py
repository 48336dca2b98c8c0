"""Claims: the guarded move by which one process, and no other, may call the provider."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class Claimed:
    """A notification that this call has claimed; `wanted_at` is when it was to go out."""

    notification_id: UUID
    attempt_id: UUID
    attempt: int
    wanted_at: datetime


CLAIM: Final = """
with asked as (
    select * from unnest(%(ids)s::uuid[], %(attempts)s::uuid[], %(links)s::bytea[])
        as t (id, attempt_id, link_hash)
),
held as (
    select n.id, o.paging_stopped_until from notification n
    join escalation e on e.id = n.escalation_id and e.generation = n.generation
    join organization o on o.id = n.org_id
    where n.org_id = any(%(orgs)s) and n.id = any(%(ids)s)
        and (o.paging_stopped_until is null or o.paging_stopped_until <= %(now)s)
    order by n.escalation_id, n.id for share of e for no key update of n
),
claimed as (
    update notification n set state = 'claimed', claimed_at = %(now)s, attempts = n.attempts + 1
    from held h
    where n.id = h.id and n.state = 'queued' and n.due_at <= %(now)s + interval '1 second'
        and (n.contact_method_id is null or exists (
            select from contact_method c
            where c.org_id = n.org_id and c.id = n.contact_method_id and c.disabled_at is null
        ))
        and (n.destination_id is null or exists (
            select from destination d
            where d.org_id = n.org_id and d.id = n.destination_id and d.deleted_at is null
                and d.disabled_at is null
        ))
    returning n.id, n.org_id, n.attempts,
        greatest(coalesce(n.delayed_until, n.created_at), h.paging_stopped_until) as wanted_at
)
insert into notification_attempt (
    id, org_id, notification_id, number, state, link_hash, link_expires_at, started_at
)
select a.attempt_id, c.org_id, c.id, c.attempts, 'claimed', a.link_hash, %(expires)s, %(now)s
from claimed c join asked a on a.id = c.id
returning notification_id, id as attempt_id, number as attempt,
    (select c.wanted_at from claimed c where c.id = notification_id) as wanted_at
"""


def claim(
    tx: Tx, ids: Sequence[UUID], attempt_ids: Sequence[UUID], link_hashes: Sequence[bytes], link_expires_at: datetime
) -> dict[UUID, Claimed]:
    """Claim what is queued and still belongs to the running generation; opens an attempt for each.

    `attempt_ids` and `link_hashes` are given for each id in turn and used where the claim succeeds. An acknowledge
    that committed before has cancelled the row; one that is on its way waits for this or is waited for, since both
    lock the escalation first. What would go to a contact method or destination that is off by now is left to the
    sweep, which says so.
    """
    with tx.conn.cursor(row_factory=class_row(Claimed)) as cur:
        cur.execute(
            CLAIM,
            {
                "now": tx.now,
                "orgs": list(tx.orgs),
                "ids": list(ids),
                "attempts": list(attempt_ids),
                "links": list(link_hashes),
                "expires": link_expires_at,
            },
        )
        return {row.notification_id: row for row in cur}


def states(tx: Tx, ids: Sequence[UUID]) -> dict[UUID, tuple[str, str | None]]:
    """State and reason of notifications, without holding them; what a stop of paging holds back says so."""
    rows = tx.conn.execute(
        """
        select n.id, n.state,
            case when n.state = 'queued' and o.paging_stopped_until > %s then 'paging_stopped' else n.reason end
        from notification n join organization o on o.id = n.org_id
        where n.org_id = any(%s) and n.id = any(%s)
        """,
        (tx.now, list(tx.orgs), list(ids)),
    ).fetchall()
    return {row[0]: (row[1], row[2]) for row in rows}
