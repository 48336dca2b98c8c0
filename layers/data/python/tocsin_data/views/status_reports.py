"""Status reports as they are listed: those that began last first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_status_reports import StatusReportItem
from tocsin.domain.status_page import ReportKind, ReportStatus
from tocsin.domain.status_report import State
from tocsin.errors import NotFound
from tocsin_data.db import Database
from tocsin_data.sql import status_reports

PAGE: Final = """
with found as materialized (
    select * from status_report r
    where r.org_id = %(org)s and r.status_page_id = %(page)s and r.deleted_at is null
        and r.state = any(%(states)s)
        and (%(kind)s::text is null or r.kind = %(kind)s::text)
        and (%(statuses)s::text[] is null or r.status = any(%(statuses)s::text[]))
        and (%(incident)s::uuid is null or r.incident_id = %(incident)s::uuid)
        and (%(component)s::uuid is null or exists (
            select from status_report_component c
            where c.org_id = r.org_id and c.status_report_id = r.id and c.component_id = %(component)s::uuid
        ))
        and (%(at)s::timestamptz is null or (r.started_at, r.id) < (%(at)s::timestamptz, %(id)s::uuid))
    order by r.started_at desc, r.id desc limit %(limit)s
)
select r.id, r.status_page_id, r.kind, r.state, r.title, r.status, r.impact, r.incident_id, r.suggested_by,
    r.is_automatic, r.scheduled_for, r.scheduled_until, r.is_moved_by_schedule as moves_by_schedule,
    r.mutes, r.window_ids, r.started_at, r.monitoring_at, r.resolved_at, r.version,
    r.created_at, r.created_by, r.updated_at, r.published_at,
    (
        select coalesce(
            jsonb_agg(
                jsonb_build_object('component_id', c.id, 'name', c.name, 'status', s.status)
                order by c.name, c.id
            ),
            '[]'
        )
        from status_report_component s
        join component c on c.org_id = s.org_id and c.id = s.component_id
        where s.org_id = r.org_id and s.status_report_id = r.id
    ) as components,
    (
        select
            jsonb_build_object(
                'id', u.id, 'status', u.status, 'body', u.body, 'display_at', u.display_at
            )
        from status_update u where u.org_id = r.org_id and u.status_report_id = r.id
        order by u.display_at desc, u.id desc limit 1
    ) as last_update
from found r order by r.started_at desc, r.id desc
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which reports are asked for; None for all, and for all states but discarded."""

    kind: ReportKind | None = None
    states: Sequence[State] | None = None
    statuses: Sequence[ReportStatus] | None = None
    component_id: UUID | None = None
    incident_id: UUID | None = None


def page(
    db: Database, org_id: UUID, page_id: UUID, wanted: Wanted, *, before: tuple[datetime, UUID] | None, limit: int
) -> Sequence[StatusReportItem]:
    """Reports of a page from before a (started_at, id); raises NotFound where there is no such page."""
    at, report_id = before or (None, None)
    states = wanted.states or (State.DRAFT, State.PUBLISHED)
    with db.one(org_id) as tx, tx.conn.cursor(row_factory=class_row(StatusReportItem)) as cur:
        if status_reports.page_of(tx, page_id) is None:
            raise NotFound(f"There is no status page {page_id} in this organization.")
        cur.execute(
            PAGE,
            {
                "org": org_id,
                "page": page_id,
                "states": list(states),
                "kind": wanted.kind,
                "statuses": None if wanted.statuses is None else list(wanted.statuses),
                "component": wanted.component_id,
                "incident": wanted.incident_id,
                "at": at,
                "id": report_id,
                "limit": limit,
            },
        )
        return cur.fetchall()
