"""Where each (service, dedup key) stands; its row is the lock that orders the events of one key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from tocsin.domain.dedup import Position
from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class DedupKey:
    """A dedup key's row, and its open alert's incident if there is one."""

    org_id: UUID
    service_id: UUID
    dedup_key: str
    open_alert_id: UUID | None
    last_alert_id: UUID | None
    triggered_at: datetime | None
    triggered_request_id: UUID | None
    triggered_index: int | None
    resolved_at: datetime | None
    resolved_request_id: UUID | None
    resolved_index: int | None

    @property
    def triggered_through(self) -> Position | None:
        """The newest trigger seen."""
        return _position(self.triggered_at, self.triggered_request_id, self.triggered_index)

    @property
    def resolved_through(self) -> Position | None:
        """The newest resolve seen."""
        return _position(self.resolved_at, self.resolved_request_id, self.resolved_index)


def lock(tx: Tx, keys: Sequence[tuple[UUID, UUID, str]]) -> list[DedupKey]:
    """Make the rows of (org, service, dedup key) that are missing and hold all of them, in one order everywhere."""
    orgs, services, names = zip(*sorted(set(keys), key=lambda k: (k[1], k[2])), strict=True)
    with tx.conn.cursor(row_factory=class_row(DedupKey)) as cur:
        cur.execute(
            """
            insert into dedup_key as k (org_id, service_id, dedup_key)
            select t.org_id, t.service_id, t.name
            from unnest(%s::uuid[], %s::uuid[], %s::text[]) with ordinality as t (org_id, service_id, name, n)
            order by t.n
            on conflict on constraint dedup_key_pkey do update set open_alert_id = k.open_alert_id
            returning k.org_id, k.service_id, k.dedup_key, k.open_alert_id, k.last_alert_id,
                k.triggered_at, k.triggered_request_id, k.triggered_index,
                k.resolved_at, k.resolved_request_id, k.resolved_index
            """,
            (list(orgs), list(services), list(names)),
        )
        return cur.fetchall()


def lock_of_incident(tx: Tx, incident_id: UUID) -> None:
    """Hold the rows behind an incident's open alerts, before the incident itself is locked."""
    lock_of_incidents(tx, [incident_id])


def lock_of_incidents(tx: Tx, incident_ids: Sequence[UUID]) -> None:
    """Hold the rows behind the open alerts of incidents, before these themselves are locked."""
    tx.conn.execute(
        """
        select from dedup_key k
        join alert a on a.org_id = k.org_id and a.service_id = k.service_id and a.dedup_key = k.dedup_key
        where a.org_id = any(%s) and a.incident_id = any(%s) and a.status = 'open'
        order by k.service_id, k.dedup_key collate "C"
        for no key update of k
        """,
        (list(tx.orgs), list(incident_ids)),
    )


def lock_of_resolved(tx: Tx, incident_id: UUID) -> None:
    """Hold the rows behind the alerts that were resolved together with their incident, before it is locked."""
    tx.conn.execute(
        """
        select from dedup_key k
        join alert a on a.org_id = k.org_id and a.service_id = k.service_id and a.dedup_key = k.dedup_key
        join incident i on i.id = a.incident_id and i.resolved_at = a.resolved_at
        where a.org_id = any(%s) and a.incident_id = %s
        order by k.service_id, k.dedup_key collate "C"
        for no key update of k
        """,
        (list(tx.orgs), incident_id),
    )


def lock_of_expired(tx: Tx, alert_ids: Sequence[UUID], expired_before: datetime) -> list[UUID]:
    """Hold the rows behind alerts that have expired; answers the alerts that still have, once they are held."""
    tx.conn.execute(
        """
        select from dedup_key k
        join alert a on a.org_id = k.org_id and a.service_id = k.service_id and a.dedup_key = k.dedup_key
        where a.org_id = any(%s) and a.id = any(%s) and k.open_alert_id = a.id
        order by k.service_id, k.dedup_key collate "C"
        for no key update of k
        """,
        (list(tx.orgs), list(alert_ids)),
    )
    rows = tx.conn.execute(
        "select id from alert where org_id = any(%s) and id = any(%s) and status = 'open' and expires_at <= %s",
        (list(tx.orgs), list(alert_ids), expired_before),
    ).fetchall()
    return [row[0] for row in rows]


def close_alerts(tx: Tx, alert_ids: Sequence[UUID]) -> None:
    """Note that alerts were resolved by hand or by time: triggers seen so far can't open them again."""
    tx.conn.execute(
        """
        update dedup_key k set
            open_alert_id = null,
            resolved_at = greatest(k.resolved_at, k.triggered_at),
            resolved_request_id = case when k.resolved_at > k.triggered_at then k.resolved_request_id
                else k.triggered_request_id end,
            resolved_index = case when k.resolved_at > k.triggered_at then k.resolved_index
                else k.triggered_index end
        from alert a
        where a.org_id = any(%s) and a.id = any(%s)
            and k.service_id = a.service_id and k.dedup_key = a.dedup_key and k.open_alert_id = a.id
        """,
        (list(tx.orgs), list(alert_ids)),
    )


def close_alerts_of(tx: Tx, incident_id: UUID) -> None:
    """Resolve the open alerts of an incident whose rows are held, and note it as `close_alerts` does."""
    tx.conn.execute(
        """
        with closed as (
            update alert set status = 'resolved', resolved_at = %s
            where org_id = any(%s) and incident_id = %s and status = 'open'
            returning id, service_id, dedup_key
        )
        update dedup_key k set
            open_alert_id = null,
            resolved_at = greatest(k.resolved_at, k.triggered_at),
            resolved_request_id = case when k.resolved_at > k.triggered_at then k.resolved_request_id
                else k.triggered_request_id end,
            resolved_index = case when k.resolved_at > k.triggered_at then k.resolved_index
                else k.triggered_index end
        from closed c
        where k.service_id = c.service_id and k.dedup_key = c.dedup_key and k.open_alert_id = c.id
        """,
        (tx.now, list(tx.orgs), incident_id),
    )


def reopen_alerts_of(tx: Tx, incident_id: UUID, resolved_at: datetime) -> None:
    """Open the alerts again that were resolved together with their incident, except where another one is open by now.

    They don't expire until they are refreshed again. The rows behind them are held.
    """
    tx.conn.execute(
        """
        with free as (
            select distinct on (k.service_id, k.dedup_key) k.service_id, k.dedup_key, a.id
            from alert a
            join dedup_key k on k.org_id = a.org_id and k.service_id = a.service_id and k.dedup_key = a.dedup_key
            where a.org_id = any(%(orgs)s) and a.incident_id = %(incident)s and a.resolved_at = %(resolved)s
                and k.open_alert_id is null
            order by k.service_id, k.dedup_key, a.first_event_at desc
        ),
        opened as (
            update alert a set status = 'open', resolved_at = null, expires_at = null from free where a.id = free.id
        )
        update dedup_key k set open_alert_id = free.id from free
        where k.service_id = free.service_id and k.dedup_key = free.dedup_key
        """,
        {"orgs": list(tx.orgs), "incident": incident_id, "resolved": resolved_at},
    )


def _position(at: datetime | None, request_id: UUID | None, index: int | None) -> Position | None:
    if at is None or request_id is None or index is None:
        return None
    return Position(at, request_id, index)
