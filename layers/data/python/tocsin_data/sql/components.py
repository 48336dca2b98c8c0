"""Components of status pages, what they are made of, and what somebody says they are."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_status_pages import Component
from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class Row:
    """A component as people configure it."""

    id: UUID
    component_group_id: UUID | None
    name: str
    description: str
    shows_uptime: bool
    shows_latency: bool
    only_if_degraded: bool


def insert(tx: Tx, page_id: UUID, row: Row, position: int) -> None:
    """Create a component in version 1."""
    tx.conn.execute(
        """
        insert into component (
            id, org_id, status_page_id, component_group_id, name, description, position, shows_uptime, shows_latency,
            only_if_degraded, created_at, updated_at
        )
        values (
            %(id)s, %(org)s, %(page)s, %(component_group_id)s, %(name)s, %(description)s, %(position)s,
            %(shows_uptime)s, %(shows_latency)s, %(only_if_degraded)s, %(now)s, %(now)s
        )
        """,
        {**_values(tx, row), "page": page_id, "position": position},
    )


def update(tx: Tx, row: Row) -> None:
    """Write the next version of a component whose row is held."""
    tx.conn.execute(
        """
        update component set
            component_group_id = %(component_group_id)s, name = %(name)s, description = %(description)s,
            shows_uptime = %(shows_uptime)s, shows_latency = %(shows_latency)s,
            only_if_degraded = %(only_if_degraded)s, version = version + 1, updated_at = %(now)s
        where org_id = %(org)s and id = %(id)s
        """,
        _values(tx, row),
    )


def _values(tx: Tx, row: Row) -> dict[str, Any]:
    return {**asdict(row), "org": tx.org_id, "now": tx.now}


def set_sources(tx: Tx, component_id: UUID, monitor_ids: Sequence[UUID], service_ids: Sequence[UUID]) -> None:
    """Write all that a component whose row is held is made of."""
    tx.conn.execute(
        """
        with gone as (
            delete from component_source
            where org_id = %(org)s and component_id = %(id)s
                and (
                    (monitor_id is not null and monitor_id <> all(%(monitors)s::uuid[]))
                    or (service_id is not null and service_id <> all(%(services)s::uuid[]))
                )
        )
        insert into component_source (org_id, component_id, monitor_id, service_id)
        select %(org)s, %(id)s, n.monitor_id, n.service_id
        from (
            select unnest(%(monitors)s::uuid[]) as monitor_id, null::uuid as service_id
            union all
            select null, unnest(%(services)s::uuid[])
        ) n
        on conflict do nothing
        """,
        {"org": tx.org_id, "id": component_id, "monitors": list(monitor_ids), "services": list(service_ids)},
    )


def set_override(tx: Tx, component_id: UUID, status: str | None, until: datetime | None, by: str | None) -> None:
    """Write somebody's word of a component whose row is held, or take it back; its version stays."""
    tx.conn.execute(
        """
        update component set override_status = %s, override_until = %s, override_by = %s, updated_at = %s
        where org_id = %s and id = %s
        """,
        (status, until, by, tx.now, tx.org_id, component_id),
    )


def delete(tx: Tx, component_id: UUID) -> None:
    """Take a component whose row is held out of use; old reports go on naming it."""
    tx.conn.execute(
        """
        update component set deleted_at = %s, updated_at = %s, component_group_id = null, override_status = null,
            override_until = null, override_by = null, version = version + 1
        where org_id = %s and id = %s
        """,
        (tx.now, tx.now, tx.org_id, component_id),
    )


def lock(tx: Tx, page_id: UUID, component_id: UUID) -> bool:
    """Hold a component's row; whether there is one."""
    return (
        tx.conn.execute(
            """
            select id from component
            where org_id = %s and status_page_id = %s and id = %s and deleted_at is null for no key update
            """,
            (tx.org_id, page_id, component_id),
        ).fetchone()
        is not None
    )


def place(tx: Tx, ids: Sequence[UUID], groups: Sequence[UUID | None], positions: Sequence[int]) -> None:
    """Write in which groups components are, and where they are shown."""
    tx.conn.execute(
        """
        update component c set component_group_id = n.group_id, position = n.position
        from unnest(%s::uuid[], %s::uuid[], %s::integer[]) as n (id, group_id, position)
        where c.org_id = %s and c.id = n.id
        """,
        (list(ids), list(groups), list(positions), tx.org_id),
    )


def next_position(tx: Tx, page_id: UUID) -> int:
    """Where on a page that is held something new is shown: after all there is."""
    row = tx.conn.execute(
        """
        select coalesce(max(position), -1) + 1 from (
            select position from component where org_id = %(org)s and status_page_id = %(page)s and deleted_at is null
            union all
            select position from component_group where org_id = %(org)s and status_page_id = %(page)s
        ) p
        """,
        {"org": tx.org_id, "page": page_id},
    ).fetchone()
    return 0 if row is None else row[0]


def read(tx: Tx, page_id: UUID, component_id: UUID | None = None) -> list[Component]:
    """One component of a page, or all in the order they are shown in: each group's where the group is."""
    with tx.conn.cursor(row_factory=class_row(Component)) as cur:
        cur.execute(
            """
            select c.id, c.component_group_id as group_id, c.name, c.description, c.position,
                coalesce(s.monitor_ids, '{}') as monitor_ids, coalesce(s.service_ids, '{}') as service_ids,
                c.shows_uptime, c.shows_latency, c.only_if_degraded,
                case when c.override_status is not null and coalesce(c.override_until > %(now)s, true) then
                    jsonb_build_object('status', c.override_status, 'until', c.override_until, 'by', c.override_by)
                end as override,
                c.version, c.created_at, c.updated_at
            from component c
            left join component_group g on g.org_id = c.org_id and g.id = c.component_group_id
            left join lateral (
                select array_agg(o.monitor_id order by o.id) filter (where m.id is not null) as monitor_ids,
                    array_agg(o.service_id order by o.id) filter (where v.id is not null) as service_ids
                from component_source o
                left join monitor m on m.org_id = o.org_id and m.id = o.monitor_id and m.deleted_at is null
                left join service v on v.org_id = o.org_id and v.id = o.service_id and v.deleted_at is null
                where o.org_id = c.org_id and o.component_id = c.id
            ) s on true
            where c.org_id = %(org)s and c.status_page_id = %(page)s and c.deleted_at is null
                and (%(id)s::uuid is null or c.id = %(id)s::uuid)
            order by coalesce(g.position, c.position), c.component_group_id nulls first, c.position, c.id
            """,
            {"org": tx.org_id, "page": page_id, "id": component_id, "now": tx.now},
        )
        return cur.fetchall()
