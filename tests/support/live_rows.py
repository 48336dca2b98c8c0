"""A row of each table of those who watch, for tests that look at every table."""

import psycopg

from tests.support.world import World


def insert(conn: psycopg.Connection, world: World) -> None:
    """Somebody watches, with a ticket for more, and something has changed."""
    org = {"org": world.org_id}
    conn.execute(
        "insert into live_organization (org_id, sequence, pushed_through, forgotten_through, noted_until)"
        " values (%(org)s, 2, 1, 1, now())",
        org,
    )
    conn.execute("insert into live_change values (%(org)s, 'incidents', 'incident', '1', 2, now())", org)
    conn.execute(
        "insert into live_ticket (token_hash, org_id, role, allowed, ends_at, expires_at)"
        " values (uuid_send(%(org)s), %(org)s, 'viewer', '{incidents}', now(), now())",
        org,
    )
    conn.execute(
        "insert into live_connection (id, org_id, allowed, last_seen_at, expires_at)"
        " values (%(org)s::uuid::text, %(org)s, '{incidents}', now(), now())",
        org,
    )
