"""The updates of status reports, with what each changed of components."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from tocsin_data.db import Tx
from tocsin_data.sql.recordset import recordset


@dataclass(frozen=True, slots=True)
class Affected:
    """What an update changed of a component, by the name it had."""

    component_id: UUID
    name: str
    old_status: str
    new_status: str


@dataclass(frozen=True, slots=True)
class UpdateRow:
    """An update as it is kept."""

    id: UUID
    status: str
    body: str
    display_at: datetime
    tells_subscribers: bool
    told_at: datetime | None
    created_at: datetime
    created_by: str
    updated_at: datetime
    affected: list[Affected] = field(default_factory=list[Affected])


@dataclass(frozen=True, slots=True)
class _Found:
    status_update_id: UUID
    component_id: UUID
    name: str
    old_status: str
    new_status: str


def of_report(tx: Tx, report_id: UUID) -> list[UpdateRow]:
    """The updates of a report, the oldest first."""
    with tx.conn.cursor() as cur:
        cur.execute(
            """
            select id, status, body, display_at, tells_subscribers, told_at, created_at, created_by, updated_at
            from status_update where org_id = %s and status_report_id = %s order by display_at, id
            """,
            (tx.org_id, report_id),
        )
        rows = cur.fetchall()
    changed = _affected(tx, report_id)
    return [UpdateRow(*row, affected=changed.get(row[0], [])) for row in rows]


def _affected(tx: Tx, report_id: UUID) -> dict[UUID, list[Affected]]:
    with tx.conn.cursor(row_factory=class_row(_Found)) as cur:
        cur.execute(
            """
            select c.status_update_id, c.component_id, c.name, c.old_status, c.new_status
            from status_update_component c
            join status_update u on u.org_id = c.org_id and u.id = c.status_update_id
            where u.org_id = %s and u.status_report_id = %s
            order by c.name, c.component_id
            """,
            (tx.org_id, report_id),
        )
        found: dict[UUID, list[Affected]] = {}
        for row in cur.fetchall():
            said = Affected(row.component_id, row.name, row.old_status, row.new_status)
            found.setdefault(row.status_update_id, []).append(said)
    return found


def insert(tx: Tx, report_id: UUID, row: UpdateRow) -> None:
    """Write a new update with what it changes of components."""
    tx.conn.execute(
        """
        insert into status_update (
            id, org_id, status_report_id, status, body, display_at, tells_subscribers, told_at, created_at, created_by,
            updated_at
        )
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        (
            row.id,
            tx.org_id,
            report_id,
            row.status,
            row.body,
            row.display_at,
            row.tells_subscribers,
            row.told_at,
            row.created_at,
            row.created_by,
            row.updated_at,
        ),
    )
    set_affected(tx, row.id, row.affected)


def save(tx: Tx, row: UpdateRow) -> None:
    """Write an update of a report whose row is held."""
    tx.conn.execute(
        """
        update status_update set status = %s, body = %s, display_at = %s, tells_subscribers = %s, updated_at = %s
        where org_id = %s and id = %s
        """,
        (row.status, row.body, row.display_at, row.tells_subscribers, row.updated_at, tx.org_id, row.id),
    )


def set_affected(tx: Tx, update_id: UUID, affected: Sequence[Affected]) -> None:
    """Write what a new update changes of components."""
    if not affected:
        return
    tx.conn.execute(
        """
        insert into status_update_component (org_id, status_update_id, component_id, name, old_status, new_status)
        select %s, %s, t.component_id, t.name, t.old_status, t.new_status
        from json_to_recordset(%s) as t (component_id uuid, name text, old_status text, new_status text)
        """,
        (tx.org_id, update_id, recordset(affected)),
    )


def clear_affected(tx: Tx, update_id: UUID) -> None:
    """Forget what the update of a draft changes of components; it is written anew."""
    tx.conn.execute(
        "delete from status_update_component where org_id = %s and status_update_id = %s", (tx.org_id, update_id)
    )


def delete(tx: Tx, update_id: UUID) -> None:
    """Take an update away, with what it changed."""
    tx.conn.execute("delete from status_update where org_id = %s and id = %s", (tx.org_id, update_id))
