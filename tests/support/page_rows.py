"""A status page with a group, a component, what it is made of and a logo, arranged through plain SQL."""

from uuid import UUID, uuid4

from psycopg import Connection

from tests.support import report_rows, subscriber_rows
from tests.support.world import World

PICTURE = b"\x89PNG\r\n\x1a\n"


def insert(conn: Connection, world: World) -> dict[str, UUID]:
    """A row in each table of pages and components; their ids by the names that paths have for them."""
    found = {"page_id": uuid4(), "component_group_id": uuid4(), "component_id": uuid4()}
    values = {**found, "org": world.org_id, "service": world.service_id, "slug": f"page-{found['page_id'].hex[:12]}"}
    conn.execute(
        "insert into status_page (id, org_id, slug, name, time_zone, created_at, created_by, updated_at)"
        " values (%(page_id)s, %(org)s, %(slug)s, 'Acme', 'UTC', now(), 'test', now())",
        values,
    )
    conn.execute(
        "insert into status_page_logo"
        " (org_id, status_page_id, variant, content_type, content, sha256, width, height, created_at)"
        " values (%(org)s, %(page_id)s, 'light', 'image/png', %(picture)s, 'x', 1, 1, now())",
        {**values, "picture": PICTURE},
    )
    conn.execute(
        "insert into component_group (id, org_id, status_page_id, name, position, created_at, updated_at)"
        " values (%(component_group_id)s, %(org)s, %(page_id)s, 'Web', 0, now(), now())",
        values,
    )
    conn.execute(
        "insert into component"
        " (id, org_id, status_page_id, component_group_id, name, position, created_at, updated_at)"
        " values (%(component_id)s, %(org)s, %(page_id)s, %(component_group_id)s, 'Shop', 1, now(), now())",
        values,
    )
    conn.execute(
        "insert into component_source (org_id, component_id, service_id)"
        " values (%(org)s, %(component_id)s, %(service)s)",
        values,
    )
    conn.execute(
        "insert into component_span (org_id, component_id, status, starts_at)"
        " values (%(org)s, %(component_id)s, 'degraded_performance', now())",
        values,
    )
    found |= report_rows.insert(conn, world, found["page_id"], found["component_id"])
    return {**found, **subscriber_rows.insert(conn, world, found["page_id"], found["update_id"])}


def ids(world: World) -> dict[str, str]:
    """What paths of status pages name, and slugs for more."""
    with world.database.admin() as conn:
        found = insert(conn, world)
        found |= report_rows.insert_others(conn, world, found["page_id"])
    slugs = {name: f"{name.replace('_', '-')}-{uuid4().hex[:12]}" for name in ("slug", "other_slug")}
    return {**{name: str(one) for name, one in found.items()}, **slugs, "variant": "light"}
