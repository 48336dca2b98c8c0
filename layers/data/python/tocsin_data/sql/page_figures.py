"""What the figures of a page's components are counted from, besides the uptime of monitors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from tocsin_data.db import Tx
from tocsin_data.sql.report_matches import ABOUT_WATCHING


@dataclass(frozen=True, slots=True)
class ToldRow:
    """For how long the public was told what a component is."""

    component_id: UUID
    status: str
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenRow:
    """For how long an incident of a service was open that a component is made of."""

    component_id: UUID
    service_id: UUID
    severity: str
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class HourRow:
    """The histogram of a monitor's latencies in an hour and a region."""

    monitor_id: UUID
    hour: datetime
    buckets: list[int]
    counts: list[int]


def told(tx: Tx, page_id: UUID, since: datetime) -> list[ToldRow]:
    """What people and reports said of a page's components since an instant, as far as it has begun."""
    with tx.conn.cursor(row_factory=class_row(ToldRow)) as cur:
        cur.execute(
            """
            select s.component_id, s.status, s.starts_at, s.ends_at
            from component c
            join component_span s on s.org_id = c.org_id and s.component_id = c.id
            where c.org_id = %(org)s and c.status_page_id = %(page)s and c.deleted_at is null
                and s.starts_at <= %(now)s and (s.ends_at is null or s.ends_at > %(since)s)
            order by s.component_id, s.starts_at
            """,
            {"org": tx.org_id, "page": page_id, "since": since, "now": tx.now},
        )
        return cur.fetchall()


def incidents(tx: Tx, page_id: UUID, since: datetime) -> list[OpenRow]:
    """Incidents for the public of services that a page's components are made of, that were open since an instant."""
    with tx.conn.cursor(row_factory=class_row(OpenRow)) as cur:
        cur.execute(
            """
            select o.component_id, i.service_id, i.severity, i.created_at as starts_at, i.resolved_at as ends_at
            from component c
            join component_source o on o.org_id = c.org_id and o.component_id = c.id
            join incident i on i.org_id = o.org_id and i.service_id = o.service_id
            where c.org_id = %(org)s and c.status_page_id = %(page)s and c.deleted_at is null
                and (i.resolved_at is null or i.resolved_at > %(since)s)
                and i.muted_by is null and not i.late
                and exists (
                    select from alert a
                    where a.org_id = i.org_id and a.incident_id = i.id and a.dedup_key !~ %(about_watching)s
                        and (i.status = 'resolved' or a.status = 'open')
                )
            order by o.component_id, i.created_at
            """,
            {"org": tx.org_id, "page": page_id, "since": since, "about_watching": ABOUT_WATCHING},
        )
        return cur.fetchall()


def hours(tx: Tx, monitor_ids: Sequence[UUID], origin: str, since: datetime) -> list[HourRow]:
    """Latencies of monitors by hours that have been counted, of one origin."""
    with tx.conn.cursor(row_factory=class_row(HourRow)) as cur:
        cur.execute(
            """
            select monitor_id, hour, latency_buckets as buckets, latency_counts as counts
            from check_rollup_hour
            where org_id = %s and monitor_id = any(%s) and origin = %s and hour >= %s
            order by monitor_id, hour
            """,
            (tx.org_id, list(monitor_ids), origin, since),
        )
        return cur.fetchall()
