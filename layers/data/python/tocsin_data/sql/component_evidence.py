"""What decides about components of status pages: people's words, reports, monitors and services, of many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from tocsin_data.db import Tx
from tocsin_data.sql.report_matches import ABOUT_WATCHING


@dataclass(frozen=True, slots=True)
class WordsRow:
    """What people and reports say of a component; `told_since` is when they last changed it, or when it was made."""

    component_id: UUID
    told_since: datetime
    override_status: str | None
    override_until: datetime | None
    reports: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A monitor that a component is made of: what it is, was when something was known of it last, and what tells
    whether a window covers it.
    """

    component_id: UUID
    monitor_id: UUID
    service_id: UUID
    name: str
    kind: str
    tags: list[str]
    regions: list[str]
    origin: str
    is_paused: bool
    status: str
    since: datetime
    known: str | None
    known_since: datetime | None


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service that a component is made of, with its open incidents that are for the public: severity,
    and since when.
    """

    component_id: UUID
    service_id: UUID
    incidents: list[dict[str, Any]]


def words(tx: Tx, page_ids: Sequence[UUID]) -> list[WordsRow]:
    """What people and reports say of the components of pages."""
    with tx.conn.cursor(row_factory=class_row(WordsRow)) as cur:
        cur.execute(
            """
            select c.id as component_id, coalesce(s.told_since, c.created_at) as told_since,
                c.override_status, c.override_until, coalesce(r.reports, '[]') as reports
            from component c
            left join lateral (
                select max(case when t.ends_at <= %(now)s then t.ends_at else t.starts_at end) as told_since
                from component_span t
                where t.org_id = c.org_id and t.component_id = c.id and t.starts_at <= %(now)s
            ) s on true
            left join lateral (
                select jsonb_agg(
                        jsonb_build_object('id', p.id, 'kind', p.kind, 'stage', p.status, 'status', n.status)
                    ) as reports
                from status_report_component n
                join status_report p on p.org_id = n.org_id and p.id = n.status_report_id
                where n.org_id = c.org_id and n.component_id = c.id and p.state = 'published'
                    and p.deleted_at is null and p.status <> all('{resolved,postmortem,completed}')
            ) r on true
            where c.org_id = %(org)s and c.status_page_id = any(%(pages)s) and c.deleted_at is null
            order by c.id
            """,
            {"org": tx.org_id, "pages": list(page_ids), "now": tx.now},
        )
        return cur.fetchall()


def monitors(tx: Tx, page_ids: Sequence[UUID]) -> list[SourceRow]:
    """The monitors that components of pages are made of; one that has never been judged is unknown."""
    with tx.conn.cursor(row_factory=class_row(SourceRow)) as cur:
        cur.execute(
            """
            select c.id as component_id, m.id as monitor_id, m.service_id, m.name, m.kind, m.tags, m.regions, m.origin,
                m.paused_at is not null as is_paused, coalesce(s.status, 'unknown') as status,
                coalesce(s.since, m.created_at) as since, k.status as known, k.starts_at as known_since
            from component c
            join component_source o on o.org_id = c.org_id and o.component_id = c.id
            join monitor m on m.org_id = o.org_id and m.id = o.monitor_id and m.deleted_at is null
            left join monitor_state s on s.org_id = m.org_id and s.monitor_id = m.id
            left join lateral (
                select p.status, p.starts_at from monitor_span p
                where p.org_id = m.org_id and p.monitor_id = m.id and p.status <> 'unknown'
                    and coalesce(s.status, 'unknown') = 'unknown'
                order by p.starts_at desc limit 1
            ) k on true
            where c.org_id = %(org)s and c.status_page_id = any(%(pages)s) and c.deleted_at is null
            order by c.id, m.id
            """,
            {"org": tx.org_id, "pages": list(page_ids)},
        )
        return cur.fetchall()


def services(tx: Tx, page_ids: Sequence[UUID]) -> list[ServiceRow]:
    """The services that components of pages are made of."""
    with tx.conn.cursor(row_factory=class_row(ServiceRow)) as cur:
        cur.execute(
            """
            select c.id as component_id, v.id as service_id, coalesce(i.incidents, '[]') as incidents
            from component c
            join component_source o on o.org_id = c.org_id and o.component_id = c.id
            join service v on v.org_id = o.org_id and v.id = o.service_id and v.deleted_at is null
            left join lateral (
                select jsonb_agg(jsonb_build_object('severity', f.severity, 'at', f.created_at)) as incidents
                from (
                    select i.severity, min(i.created_at) as created_at from incident i
                    where i.org_id = v.org_id and i.service_id = v.id and i.status <> 'resolved'
                        and i.muted_by is null and not i.late
                        and exists (
                            select from alert a
                            where a.org_id = i.org_id and a.incident_id = i.id and a.status = 'open'
                                and a.dedup_key !~ %(about_watching)s
                        )
                    group by i.severity
                ) f
            ) i on true
            where c.org_id = %(org)s and c.status_page_id = any(%(pages)s) and c.deleted_at is null
            order by c.id, v.id
            """,
            {"org": tx.org_id, "pages": list(page_ids), "about_watching": ABOUT_WATCHING},
        )
        return cur.fetchall()
