"""A status page of the seed's organization: it says by itself how the site to break is."""

from typing import Any, Final
from uuid import UUID

import psycopg

SLUG: Final = "acme"


def plant_page(conn: psycopg.Connection[Any], ids: dict[str, UUID], subscribe_key: str) -> None:
    """Make sure of the page. `ids` are those of the organization, the monitor, and of the page's own rows.

    `subscribe_key` is what its form for subscribers is posted to, if it has none yet.
    """
    conn.execute(
        """
        insert into status_page (
            id, org_id, slug, name, description, time_zone, visibility, automatic, subscribe_channels, created_at,
            created_by, updated_at
        )
        values (%(page)s, %(organization)s, %(slug)s, 'Acme', 'Whether one can buy at Acme.', 'Europe/Berlin', 'public',
            'publish', '{email,webhook,slack}', now(), 'local', now())
        on conflict do nothing
        """,
        {**ids, "slug": SLUG},
    )
    conn.execute(
        """
        insert into component (
            id, org_id, status_page_id, name, description, position, shows_latency, created_at, updated_at
        )
        values (%(component)s, %(organization)s, %(page)s, 'Shop', 'The site that is there to be broken.', 0, true,
            now(), now())
        on conflict do nothing
        """,
        ids,
    )
    conn.execute(
        """
        insert into component_source (id, org_id, component_id, monitor_id)
        values (%(source)s, %(organization)s, %(component)s, %(monitor)s)
        on conflict do nothing
        """,
        ids,
    )
    conn.execute(
        "update status_page set subscribe_key = %s where id = %s and subscribe_key is null",
        (subscribe_key, ids["page"]),
    )
