"""For how long the public was told by people and reports what components are, and for how long it will be."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from tocsin.domain.component_status import Override, ReportWord
from tocsin.domain.status_page import ComponentStatus, ReportKind, ReportStatus
from tocsin_data.db import Tx
from tocsin_data.sql.recordset import recordset


@dataclass(frozen=True, slots=True)
class Spoken:
    """What people and reports say of a component that is held; deleted, nothing."""

    org_id: UUID
    component_id: UUID
    override: Override | None
    reports: tuple[ReportWord, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A span that has begun."""

    component_id: UUID
    status: str
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewSpan:
    """A span to write."""

    org_id: UUID
    component_id: UUID
    status: str
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Row:
    org_id: UUID
    component_id: UUID
    override_status: str | None
    override_until: datetime | None
    reports: list[dict[str, Any]]


def hold(tx: Tx, component_ids: Collection[UUID]) -> None:
    """Hold components, in one order everywhere."""
    tx.conn.execute(
        "select id from component where org_id = any(%s) and id = any(%s) order by id for no key update",
        (list(tx.orgs), list(component_ids)),
    )


def spoken(tx: Tx, component_ids: Collection[UUID]) -> list[Spoken]:
    """What people and reports say now of components that are held."""
    with tx.conn.cursor(row_factory=class_row(_Row)) as cur:
        cur.execute(
            """
            select c.org_id, c.id as component_id,
                case when c.deleted_at is null then c.override_status end as override_status, c.override_until,
                coalesce(r.reports, '[]') as reports
            from component c
            left join lateral (
                select jsonb_agg(
                        jsonb_build_object('id', p.id, 'kind', p.kind, 'stage', p.status, 'status', n.status)
                    ) as reports
                from status_report_component n
                join status_report p on p.org_id = n.org_id and p.id = n.status_report_id
                where n.org_id = c.org_id and n.component_id = c.id and c.deleted_at is null
                    and p.state = 'published' and p.deleted_at is null
            ) r on true
            where c.org_id = any(%s) and c.id = any(%s) order by c.id
            """,
            (list(tx.orgs), list(component_ids)),
        )
        return [_spoken(row) for row in cur.fetchall()]


def delete_ahead(tx: Tx, component_ids: Collection[UUID]) -> None:
    """Take back what was to be said from now on or later."""
    tx.conn.execute(
        "delete from component_span where org_id = any(%s) and component_id = any(%s) and starts_at >= %s",
        (list(tx.orgs), list(component_ids), tx.now),
    )


def at_hand(tx: Tx, component_ids: Collection[UUID]) -> dict[UUID, Span]:
    """The span that each component is in now."""
    with tx.conn.cursor(row_factory=class_row(Span)) as cur:
        cur.execute(
            """
            select component_id, status, ends_at from component_span
            where org_id = any(%(orgs)s) and component_id = any(%(ids)s)
                and starts_at < %(now)s and (ends_at is null or ends_at > %(now)s)
            """,
            {"orgs": list(tx.orgs), "ids": list(component_ids), "now": tx.now},
        )
        return {row.component_id: row for row in cur.fetchall()}


def end(tx: Tx, until: Mapping[UUID, datetime | None]) -> None:
    """Let the span that each of these components is in end then; None leaves it open."""
    rows = [_End(component_id, ends_at) for component_id, ends_at in until.items()]
    tx.conn.execute(
        """
        update component_span s set ends_at = e.ends_at
        from json_to_recordset(%(rows)s::json) as e(component_id uuid, ends_at timestamptz)
        where s.org_id = any(%(orgs)s) and s.component_id = e.component_id
            and s.starts_at < %(now)s and (s.ends_at is null or s.ends_at > %(now)s)
        """,
        {"rows": recordset(rows), "orgs": list(tx.orgs), "now": tx.now},
    )


def insert(tx: Tx, spans: Sequence[NewSpan]) -> None:
    """Write spans that begin now or later."""
    tx.conn.execute(
        """
        insert into component_span (org_id, component_id, status, starts_at, ends_at)
        select n.org_id, n.component_id, n.status, n.starts_at, n.ends_at
        from json_to_recordset(%s::json) as n(
            org_id uuid, component_id uuid, status text, starts_at timestamptz, ends_at timestamptz
        )
        """,
        (recordset(spans),),
    )


@dataclass(frozen=True, slots=True)
class _End:
    component_id: UUID
    ends_at: datetime | None


def _spoken(row: _Row) -> Spoken:
    override = None
    if row.override_status is not None:
        override = Override(ComponentStatus(row.override_status), row.override_until)
    reports = tuple(
        ReportWord(UUID(r["id"]), ReportKind(r["kind"]), ReportStatus(r["stage"]), ComponentStatus(r["status"]))
        for r in row.reports
    )
    return Spoken(row.org_id, row.component_id, override, reports)
