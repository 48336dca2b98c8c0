"""Published reports as a page tells them: those at hand, those of whole months, and which months have any."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.page_snapshot import NEWEST_REPORTS
from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report that is published."""

    id: UUID
    kind: str
    title: str
    status: str
    impact: str
    started_at: datetime
    created_at: datetime
    updated_at: datetime
    monitoring_at: datetime | None
    resolved_at: datetime | None
    scheduled_for: datetime | None
    scheduled_until: datetime | None
    sequence: int
    month: str
    component_ids: list[UUID]


@dataclass(frozen=True, slots=True)
class UpdateRow:
    """An update of a report, and what it changed of components."""

    id: UUID
    report_id: UUID
    status: str
    body: str
    display_at: datetime
    created_at: datetime
    updated_at: datetime
    affected: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month in which reports began; `changed_at` is when any of them was changed or taken back last."""

    month: str
    reports: int
    updated_at: datetime
    changed_at: datetime


def at_hand(tx: Tx, page_id: UUID, time_zone: str, since: datetime, at_most: int) -> list[ReportRow]:
    """Reports that are not over, began since an instant or are among the newest; of too many, first those not over."""
    with tx.conn.cursor(row_factory=class_row(ReportRow)) as cur:
        cur.execute(
            """
            select r.id, r.kind, r.title, r.status, r.impact, r.started_at,
                coalesce(r.published_at, r.created_at) as created_at, r.updated_at,
                r.monitoring_at, r.resolved_at, r.scheduled_for, r.scheduled_until, r.sequence,
                to_char(r.started_at at time zone %(zone)s, 'YYYY-MM') as month, c.ids as component_ids
            from (
                select * from status_report
                where org_id = %(org)s and status_page_id = %(page)s and state = 'published' and deleted_at is null
                    and (
                        status <> all('{resolved,postmortem,completed}')
                        or started_at >= least(
                            %(since)s,
                            (
                                select min(newest.started_at)
                                from (
                                    select started_at from status_report
                                    where org_id = %(org)s and status_page_id = %(page)s and state = 'published'
                                        and deleted_at is null
                                    order by started_at desc, id desc limit %(newest)s
                                ) newest
                            )
                        )
                    )
                order by status = any('{resolved,postmortem,completed}'), started_at desc, id desc limit %(most)s
            ) r
            cross join lateral (
                select coalesce(array_agg(n.component_id order by n.component_id), '{}') as ids
                from status_report_component n
                join component k on k.org_id = n.org_id and k.id = n.component_id and k.deleted_at is null
                where n.org_id = r.org_id and n.status_report_id = r.id
            ) c
            order by r.started_at desc, r.id desc
            """,
            {
                "org": tx.org_id,
                "page": page_id,
                "zone": time_zone,
                "since": since,
                "most": at_most,
                "newest": NEWEST_REPORTS,
            },
        )
        return cur.fetchall()


def of_months(tx: Tx, page_id: UUID, time_zone: str, months: Sequence[str]) -> list[ReportRow]:
    """All reports that began in these months, newest first."""
    with tx.conn.cursor(row_factory=class_row(ReportRow)) as cur:
        cur.execute(
            """
            select r.id, r.kind, r.title, r.status, r.impact, r.started_at,
                coalesce(r.published_at, r.created_at) as created_at, r.updated_at,
                r.monitoring_at, r.resolved_at, r.scheduled_for, r.scheduled_until, r.sequence,
                to_char(r.started_at at time zone %(zone)s, 'YYYY-MM') as month, c.ids as component_ids
            from status_report r
            cross join lateral (
                select coalesce(array_agg(n.component_id order by n.component_id), '{}') as ids
                from status_report_component n
                join component k on k.org_id = n.org_id and k.id = n.component_id and k.deleted_at is null
                where n.org_id = r.org_id and n.status_report_id = r.id
            ) c
            where r.org_id = %(org)s and r.status_page_id = %(page)s and r.state = 'published'
                and r.deleted_at is null
                and to_char(r.started_at at time zone %(zone)s, 'YYYY-MM') = any(%(months)s)
            order by r.started_at desc, r.id desc
            """,
            {"org": tx.org_id, "page": page_id, "zone": time_zone, "months": list(months)},
        )
        return cur.fetchall()


def updates(tx: Tx, report_ids: Sequence[UUID]) -> list[UpdateRow]:
    """The updates of reports, of each the newest first."""
    with tx.conn.cursor(row_factory=class_row(UpdateRow)) as cur:
        cur.execute(
            """
            select u.id, u.status_report_id as report_id, u.status, u.body, u.display_at, u.created_at, u.updated_at,
                coalesce(a.affected, '[]') as affected
            from status_update u
            left join lateral (
                select jsonb_agg(
                        jsonb_build_object(
                            'id', c.component_id, 'name', c.name, 'old_status', c.old_status, 'new_status', c.new_status
                        )
                        order by c.name, c.component_id
                    ) as affected
                from status_update_component c where c.org_id = u.org_id and c.status_update_id = u.id
            ) a on true
            where u.org_id = %s and u.status_report_id = any(%s)
            order by u.status_report_id, u.display_at desc, u.id desc
            """,
            (tx.org_id, list(report_ids)),
        )
        return cur.fetchall()


def months(tx: Tx, page_id: UUID, time_zone: str) -> list[MonthRow]:
    """The months in which reports began, newest first; those of which all were taken back too, with none."""
    with tx.conn.cursor(row_factory=class_row(MonthRow)) as cur:
        cur.execute(
            """
            select to_char(started_at at time zone %s, 'YYYY-MM') as month,
                count(*) filter (where state = 'published' and deleted_at is null) as reports,
                coalesce(
                    max(updated_at) filter (where state = 'published' and deleted_at is null), max(updated_at)
                ) as updated_at,
                greatest(max(updated_at), max(deleted_at)) as changed_at
            from status_report
            where org_id = %s and status_page_id = %s and published_at is not null
            group by 1 order by 1 desc
            """,
            (time_zone, tx.org_id, page_id),
        )
        return cur.fetchall()


def published(tx: Tx, page_id: UUID) -> set[UUID]:
    """All reports that are published."""
    rows = tx.conn.execute(
        """
        select id from status_report
        where org_id = %s and status_page_id = %s and state = 'published' and deleted_at is null order by id
        """,
        (tx.org_id, page_id),
    ).fetchall()
    return {row[0] for row in rows}
