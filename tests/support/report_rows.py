"""Status pages and components to report on, arranged through plain SQL."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from psycopg import Connection

from tests.support.world import World


def insert(conn: Connection, world: World, page_id: UUID, component_id: UUID) -> dict[str, UUID]:
    """A row in each table of reports; their ids by the names that paths have for them."""
    found = {"report_id": uuid4(), "update_id": uuid4(), "template_id": uuid4()}
    values = {**found, "org": world.org_id, "page": page_id, "component": component_id}
    conn.execute(
        "insert into status_report (id, org_id, status_page_id, kind, state, title, status, impact, started_at,"
        " created_at, created_by, updated_at, published_at) values (%(report_id)s, %(org)s, %(page)s, 'incident',"
        " 'published', 'Slow', 'investigating', 'minor', now(), now(), 'test', now(), now())",
        values,
    )
    conn.execute(
        "insert into status_update (id, org_id, status_report_id, status, body, display_at, created_at, created_by,"
        " updated_at) values (%(update_id)s, %(org)s, %(report_id)s, 'investigating', 'We look.', now(), now(),"
        " 'test', now())",
        values,
    )
    conn.execute(
        "insert into status_report_component (org_id, status_report_id, component_id, status)"
        " values (%(org)s, %(report_id)s, %(component)s, 'degraded_performance')",
        values,
    )
    conn.execute(
        "insert into status_update_component (org_id, status_update_id, component_id, name, old_status, new_status)"
        " values (%(org)s, %(update_id)s, %(component)s, 'Shop', 'operational', 'degraded_performance')",
        values,
    )
    conn.execute(
        "insert into status_report_template (id, org_id, status_page_id, name, kind, title, body, status, created_at,"
        " updated_at) values (%(template_id)s, %(org)s, %(page)s, 'Slow', 'incident', 'Slow', 'We look.',"
        " 'investigating', now(), now())",
        values,
    )
    return found


def insert_others(conn: Connection, world: World, page_id: UUID) -> dict[str, UUID]:
    """A draft, and a report that was discarded."""
    found = {"draft_id": uuid4(), "discarded_id": uuid4()}
    for name, report_id in found.items():
        values = {"id": report_id, "org": world.org_id, "page": page_id, "state": name.removesuffix("_id")}
        conn.execute(
            "insert into status_report (id, org_id, status_page_id, kind, state, title, status, impact, started_at,"
            " created_at, created_by, updated_at) values (%(id)s, %(org)s, %(page)s, 'incident', %(state)s, 'Slow',"
            " 'investigating', 'minor', now(), now(), 'test', now())",
            values,
        )
        conn.execute(
            "insert into status_update (org_id, status_report_id, status, body, display_at, created_at, created_by,"
            " updated_at) values (%(org)s, %(id)s, 'investigating', 'We look.', now(), now(), 'test', now())",
            values,
        )
    return found


def insert_page(world: World, *, automatic: str = "suggest", visibility: str = "public", name: str = "Acme") -> UUID:
    """Add a status page."""
    page_id = uuid4()
    with world.database.admin() as conn:
        conn.execute(
            "insert into status_page (id, org_id, slug, name, time_zone, visibility, automatic, created_at, created_by,"
            " updated_at) values (%s, %s, %s, %s, 'UTC', %s, %s, app.clock(), 'user:test', app.clock())",
            (page_id, world.org_id, f"page-{page_id.hex[:12]}", name, visibility, automatic),
        )
    return page_id


def insert_component(
    world: World, page_id: UUID, name: str, *, services: Sequence[UUID] = (), monitors: Sequence[UUID] = ()
) -> UUID:
    """Add a component, with what is behind it."""
    component_id = uuid4()
    with world.database.admin() as conn:
        conn.execute(
            "insert into component (id, org_id, status_page_id, name, position, created_at, updated_at)"
            " values (%s, %s, %s, %s, 0, app.clock(), app.clock())",
            (component_id, world.org_id, page_id, name),
        )
        for column, ids in (("service_id", services), ("monitor_id", monitors)):
            for one in ids:
                conn.execute(
                    f"insert into component_source (org_id, component_id, {column}) values (%s, %s, %s)",  # noqa: S608
                    (world.org_id, component_id, one),
                )
    return component_id


def delete_component(world: World, component_id: UUID) -> None:
    """Take a component off its page."""
    with world.database.admin() as conn:
        conn.execute("update component set deleted_at = app.clock() where id = %s", (component_id,))
