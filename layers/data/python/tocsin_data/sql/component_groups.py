"""Groups of a status page's components."""

from collections.abc import Sequence
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_status_pages import ComponentGroup
from tocsin_data.db import Tx


def insert(tx: Tx, page_id: UUID, group_id: UUID, texts: tuple[str, str], *, position: int, is_collapsed: bool) -> None:
    """Create a group of this name and description in version 1."""
    name, description = texts
    tx.conn.execute(
        """
        insert into component_group (
            id, org_id, status_page_id, name, description, position, is_collapsed, created_at, updated_at
        )
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        (group_id, tx.org_id, page_id, name, description, position, is_collapsed, tx.now, tx.now),
    )


def update(tx: Tx, group_id: UUID, texts: tuple[str, str], *, is_collapsed: bool) -> None:
    """Write name and description of a group that is held, as its next version."""
    tx.conn.execute(
        """
        update component_group set name = %s, description = %s, is_collapsed = %s, version = version + 1,
            updated_at = %s
        where org_id = %s and id = %s
        """,
        (*texts, is_collapsed, tx.now, tx.org_id, group_id),
    )


def empty(tx: Tx, group_id: UUID) -> None:
    """Take every component out of a group that is held, those that are deleted too."""
    tx.conn.execute(
        """
        update component set component_group_id = null, updated_at = %s where org_id = %s and component_group_id = %s
        """,
        (tx.now, tx.org_id, group_id),
    )


def delete(tx: Tx, group_id: UUID) -> None:
    """Delete a group that has no components."""
    tx.conn.execute("delete from component_group where org_id = %s and id = %s", (tx.org_id, group_id))


def lock(tx: Tx, page_id: UUID, group_id: UUID) -> bool:
    """Hold a group's row; whether there is one."""
    return (
        tx.conn.execute(
            """
            select id from component_group where org_id = %s and status_page_id = %s and id = %s for no key update
            """,
            (tx.org_id, page_id, group_id),
        ).fetchone()
        is not None
    )


def place(tx: Tx, ids: Sequence[UUID], positions: Sequence[int]) -> None:
    """Write where groups are shown."""
    tx.conn.execute(
        """
        update component_group g set position = n.position
        from unnest(%s::uuid[], %s::integer[]) as n (id, position)
        where g.org_id = %s and g.id = n.id
        """,
        (list(ids), list(positions), tx.org_id),
    )


def read(tx: Tx, page_id: UUID, group_id: UUID | None = None) -> list[ComponentGroup]:
    """One group of a page, or all in their order."""
    with tx.conn.cursor(row_factory=class_row(ComponentGroup)) as cur:
        cur.execute(
            """
            select g.id, g.name, g.description, g.position, g.is_collapsed, (
                    select count(*) from component c
                    where c.org_id = g.org_id and c.component_group_id = g.id and c.deleted_at is null
                ) as components,
                g.version, g.created_at, g.updated_at
            from component_group g
            where g.org_id = %(org)s and g.status_page_id = %(page)s
                and (%(id)s::uuid is null or g.id = %(id)s::uuid)
            order by g.position, g.id
            """,
            {"org": tx.org_id, "page": page_id, "id": group_id},
        )
        return cur.fetchall()
