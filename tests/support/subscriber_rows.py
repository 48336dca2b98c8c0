"""Subscribers of status pages, arranged through plain SQL."""

import os
from collections.abc import Sequence
from uuid import UUID, uuid4

from psycopg import Connection

from tests.support.world import World


def insert(conn: Connection, world: World, page_id: UUID, update_id: UUID) -> dict[str, UUID]:
    """A row in each table of subscribers; their ids by the names that paths have for them."""
    found = {"subscriber_id": uuid4()}
    values = {**found, "org": world.org_id, "page": page_id, "update": update_id, "digest": os.urandom(32)}
    conn.execute(
        "insert into subscriber (id, org_id, status_page_id, channel, address_digest, mailbox_digest, sealed, shown,"
        " token_hash, state, asked_at, confirmed_at) values (%(subscriber_id)s, %(org)s, %(page)s, 'email',"
        " %(digest)s, %(digest)s, 'x', 'a…@acme.example', %(digest)s, 'active', now(), now())",
        values,
    )
    conn.execute(
        "insert into status_update_telling (status_update_id, org_id, status_page_id, kind, component_ids, words,"
        " begun_at) values (%(update)s, %(org)s, %(page)s, 'incident', '{}', '{}', now())",
        values,
    )
    return found


def insert_many(
    world: World,
    page_id: UUID,
    number: int,
    *,
    kinds: Sequence[str] = ("incident", "maintenance"),
    component_ids: Sequence[UUID] | None = None,
    sealed: str = "x",
    state: str = "active",
) -> list[UUID]:
    """Subscribers by mail who have confirmed; answers their ids, in order."""
    with world.database.admin() as conn:
        rows = conn.execute(
            "insert into subscriber (org_id, status_page_id, channel, address_digest, mailbox_digest, sealed, shown,"
            " token_hash, state, kinds, component_ids, asked_at, confirmed_at)"
            " select %s, %s, 'email', uuid_send(gen_random_uuid()), uuid_send(gen_random_uuid()), %s, 'a…@x.example',"
            " uuid_send(gen_random_uuid()), %s, %s, %s, app.clock(), app.clock() from generate_series(1, %s)"
            " returning id",
            (
                world.org_id,
                page_id,
                sealed,
                state,
                list(kinds),
                None if component_ids is None else list(component_ids),
                number,
            ),
        ).fetchall()
    return sorted(row[0] for row in rows)
