"""Words to begin status reports and updates with."""

from collections.abc import Sequence
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_status_reports import ReportTemplate
from tocsin_data.db import Tx


def of_page(tx: Tx, page_id: UUID) -> Sequence[ReportTemplate]:
    """All templates of a page, by name."""
    with tx.conn.cursor(row_factory=class_row(ReportTemplate)) as cur:
        cur.execute(
            """
            select id, status_page_id, name, kind, title, body, status, used_when, version, created_at, updated_at
            from status_report_template where org_id = %s and status_page_id = %s order by name, id
            """,
            (tx.org_id, page_id),
        )
        return cur.fetchall()


def read(tx: Tx, template_id: UUID) -> ReportTemplate | None:
    """Read one template."""
    with tx.conn.cursor(row_factory=class_row(ReportTemplate)) as cur:
        cur.execute(
            """
            select id, status_page_id, name, kind, title, body, status, used_when, version, created_at, updated_at
            from status_report_template where org_id = %s and id = %s
            """,
            (tx.org_id, template_id),
        )
        return cur.fetchone()


def lock(tx: Tx, template_id: UUID) -> ReportTemplate | None:
    """Read one template and hold its row."""
    with tx.conn.cursor(row_factory=class_row(ReportTemplate)) as cur:
        cur.execute(
            """
            select id, status_page_id, name, kind, title, body, status, used_when, version, created_at, updated_at
            from status_report_template where org_id = %s and id = %s for no key update
            """,
            (tx.org_id, template_id),
        )
        return cur.fetchone()


def write(tx: Tx, template: ReportTemplate) -> None:
    """Make a template, or write one whose row is held."""
    tx.conn.execute(
        """
        insert into status_report_template (
            id, org_id, status_page_id, name, kind, title, body, status, used_when, version, created_at, updated_at
        )
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        on conflict on constraint status_report_template_pkey do update set
            name = excluded.name, kind = excluded.kind, title = excluded.title, body = excluded.body,
            status = excluded.status, used_when = excluded.used_when, version = excluded.version,
            updated_at = excluded.updated_at
        """,
        (
            template.id,
            tx.org_id,
            template.status_page_id,
            template.name,
            template.kind,
            template.title,
            template.body,
            template.status,
            template.used_when,
            template.version,
            template.created_at,
            template.updated_at,
        ),
    )


def delete(tx: Tx, template_id: UUID) -> None:
    """Delete a template."""
    tx.conn.execute("delete from status_report_template where org_id = %s and id = %s", (tx.org_id, template_id))
