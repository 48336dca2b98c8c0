"""Status reports as rows, and what each says of components."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report as it is kept."""

    id: UUID
    status_page_id: UUID
    kind: str
    state: str
    title: str
    status: str
    impact: str
    incident_id: UUID | None
    suggested_by: str | None
    scheduled_for: datetime | None
    scheduled_until: datetime | None
    is_moved_by_schedule: bool
    is_automatic: bool
    is_impact_given: bool
    mutes: bool
    window_ids: list[UUID]
    started_at: datetime
    monitoring_at: datetime | None
    resolved_at: datetime | None
    sequence: int
    version: int
    created_at: datetime
    created_by: str
    updated_at: datetime
    published_at: datetime | None
    deleted_at: datetime | None


@dataclass(frozen=True, slots=True)
class PageRow:
    """The page of reports, as far as they ask for it."""

    id: UUID
    name: str
    automatic: str
    visibility: str


def page_of(tx: Tx, page_id: UUID) -> PageRow | None:
    """Read a page."""
    with tx.conn.cursor(row_factory=class_row(PageRow)) as cur:
        cur.execute(
            """
            select id, name, automatic, visibility from status_page
            where org_id = %s and id = %s and deleted_at is null
            """,
            (tx.org_id, page_id),
        )
        return cur.fetchone()


def pages(tx: Tx) -> list[PageRow]:
    """Every page, by name."""
    with tx.conn.cursor(row_factory=class_row(PageRow)) as cur:
        cur.execute(
            """
            select id, name, automatic, visibility from status_page
            where org_id = %s and deleted_at is null order by name, id
            """,
            (tx.org_id,),
        )
        return cur.fetchall()


def write(tx: Tx, row: ReportRow) -> None:
    """Make a report, or write one whose row is held."""
    tx.conn.execute(
        """
        insert into status_report (
            id, org_id, status_page_id, kind, state, title, status, impact, incident_id, suggested_by, scheduled_for,
            scheduled_until, is_moved_by_schedule, is_automatic, is_impact_given, mutes, window_ids, started_at,
            monitoring_at, resolved_at, sequence, version, created_at, created_by, updated_at, published_at, deleted_at
        )
        select t.id, %(org)s, t.status_page_id, t.kind, t.state, t.title, t.status, t.impact, t.incident_id,
            t.suggested_by, t.scheduled_for, t.scheduled_until, t.is_moved_by_schedule, t.is_automatic,
            t.is_impact_given, t.mutes, t.window_ids, t.started_at, t.monitoring_at, t.resolved_at, t.sequence,
            t.version, t.created_at, t.created_by, t.updated_at, t.published_at, t.deleted_at
        from jsonb_populate_record(null::status_report, %(row)s) t
        on conflict on constraint status_report_pkey do update set
            state = excluded.state, title = excluded.title, status = excluded.status, impact = excluded.impact,
            incident_id = excluded.incident_id, scheduled_for = excluded.scheduled_for,
            scheduled_until = excluded.scheduled_until, is_moved_by_schedule = excluded.is_moved_by_schedule,
            is_automatic = excluded.is_automatic, is_impact_given = excluded.is_impact_given, mutes = excluded.mutes,
            window_ids = excluded.window_ids, started_at = excluded.started_at,
            monitoring_at = excluded.monitoring_at, resolved_at = excluded.resolved_at, sequence = excluded.sequence,
            version = excluded.version, updated_at = excluded.updated_at, published_at = excluded.published_at,
            deleted_at = excluded.deleted_at
        """,
        {"org": tx.org_id, "row": Jsonb(_plain(row))},
    )


def _plain(row: ReportRow) -> dict[str, object]:
    found: dict[str, object] = {}
    for name in ReportRow.__slots__:
        value = getattr(row, name)
        found[name] = str(value) if isinstance(value, datetime | UUID) else value
    return {**found, "window_ids": [str(one) for one in row.window_ids]}


def lock(tx: Tx, report_id: UUID) -> ReportRow | None:
    """Read one report and hold its row."""
    with tx.conn.cursor(row_factory=class_row(ReportRow)) as cur:
        cur.execute(
            """
            select id, status_page_id, kind, state, title, status, impact, incident_id, suggested_by, scheduled_for,
                scheduled_until, is_moved_by_schedule, is_automatic, is_impact_given, mutes, window_ids, started_at,
                monitoring_at, resolved_at, sequence, version, created_at, created_by, updated_at, published_at,
                deleted_at
            from status_report where org_id = %s and id = %s and deleted_at is null
            for no key update
            """,
            (tx.org_id, report_id),
        )
        return cur.fetchone()


def read(tx: Tx, report_id: UUID) -> ReportRow | None:
    """Read one report."""
    with tx.conn.cursor(row_factory=class_row(ReportRow)) as cur:
        cur.execute(
            """
            select id, status_page_id, kind, state, title, status, impact, incident_id, suggested_by, scheduled_for,
                scheduled_until, is_moved_by_schedule, is_automatic, is_impact_given, mutes, window_ids, started_at,
                monitoring_at, resolved_at, sequence, version, created_at, created_by, updated_at, published_at,
                deleted_at
            from status_report where org_id = %s and id = %s and deleted_at is null
            """,
            (tx.org_id, report_id),
        )
        return cur.fetchone()


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident, as far as its report asks for it."""

    severity: str
    created_at: datetime
    resolved_at: datetime | None


def incident_of(tx: Tx, incident_id: UUID) -> IncidentRow | None:
    """Read an incident."""
    with tx.conn.cursor(row_factory=class_row(IncidentRow)) as cur:
        cur.execute(
            "select severity, created_at, resolved_at from incident where org_id = %s and id = %s",
            (tx.org_id, incident_id),
        )
        return cur.fetchone()


def components(tx: Tx, report_id: UUID) -> dict[UUID, tuple[str, str]]:
    """What a report says of components: by id their names, as they are called now, and statuses."""
    rows = tx.conn.execute(
        """
        select r.component_id, c.name, r.status
        from status_report_component r
        join component c on c.org_id = r.org_id and c.id = r.component_id
        where r.org_id = %s and r.status_report_id = %s order by c.name, c.id
        """,
        (tx.org_id, report_id),
    ).fetchall()
    return {row[0]: (row[1], row[2]) for row in rows}


def set_components(tx: Tx, report_id: UUID, statuses: Mapping[UUID, str]) -> None:
    """Write all that a report says of components."""
    about = {
        "org": tx.org_id,
        "report": report_id,
        "ids": list(statuses),
        "statuses": list(statuses.values()),
    }
    tx.conn.execute(
        """
        with gone as (
            delete from status_report_component
            where org_id = %(org)s and status_report_id = %(report)s and component_id <> all(%(ids)s::uuid[])
        )
        insert into status_report_component (org_id, status_report_id, component_id, status)
        select %(org)s, %(report)s, t.component_id, t.status
        from unnest(%(ids)s::uuid[], %(statuses)s::text[]) as t (component_id, status)
        on conflict on constraint status_report_component_pkey do update set status = excluded.status
        """,
        about,
    )


def known_components(tx: Tx, page_id: UUID, ids: Sequence[UUID]) -> dict[UUID, str]:
    """The names of those of these components that the page has. They are held, in the order of `component_spans.hold`:
    two who held them by halves first would wait for each other there.
    """
    rows = tx.conn.execute(
        """
        select id, name from component
        where org_id = %s and status_page_id = %s and id = any(%s) and deleted_at is null
        order by id for no key update
        """,
        (tx.org_id, page_id, list(ids)),
    ).fetchall()
    return {row[0]: row[1] for row in rows}


def sources(tx: Tx, component_ids: Sequence[UUID]) -> tuple[list[UUID], list[UUID]]:
    """The services and the monitors that are behind components, as far as they still are there."""
    rows = tx.conn.execute(
        """
        select distinct s.service_id, s.monitor_id
        from component_source s
        left join service v on v.org_id = s.org_id and v.id = s.service_id and v.deleted_at is null
        left join monitor m on m.org_id = s.org_id and m.id = s.monitor_id and m.deleted_at is null
        where s.org_id = %s and s.component_id = any(%s) and num_nonnulls(v.id, m.id) = 1
        order by s.service_id, s.monitor_id
        """,
        (tx.org_id, list(component_ids)),
    ).fetchall()
    return [row[0] for row in rows if row[0] is not None], [row[1] for row in rows if row[1] is not None]
