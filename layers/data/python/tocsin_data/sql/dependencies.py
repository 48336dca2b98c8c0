"""Which services depend on which."""

from collections.abc import Sequence
from uuid import UUID

from tocsin_data.db import Tx


def hold(tx: Tx) -> None:
    """Let nobody else change the organization's dependencies until the transaction ends: two could close a circle."""
    tx.conn.execute("select pg_advisory_xact_lock(hashtextextended('dependencies:' || %s::text, 0))", (str(tx.org_id),))


def edges(tx: Tx) -> dict[UUID, set[UUID]]:
    """Each service of the organization with those it depends on."""
    found: dict[UUID, set[UUID]] = {}
    rows = tx.conn.execute("select service_id, depends_on_id from service_dependency where org_id = %s", (tx.org_id,))
    for service_id, depends_on_id in rows.fetchall():
        found.setdefault(service_id, set()).add(depends_on_id)
    return found


def names(tx: Tx, service_ids: Sequence[UUID]) -> list[tuple[UUID, str]]:
    """Services with their names, by name, without those that were deleted."""
    return tx.conn.execute(
        "select id, name from service where org_id = %s and id = any(%s) and deleted_at is null order by name, id",
        (tx.org_id, list(service_ids)),
    ).fetchall()


def replace(tx: Tx, service_id: UUID, depends_on: Sequence[UUID], actor: str) -> None:
    """Write all that a service depends on."""
    tx.conn.execute(
        """
        with gone as (
            delete from service_dependency
            where org_id = %(org)s and service_id = %(service)s and depends_on_id <> all(%(wanted)s::uuid[])
        )
        insert into service_dependency (org_id, service_id, depends_on_id, created_at, created_by)
        select %(org)s, %(service)s, t.id, %(now)s, %(actor)s from unnest(%(wanted)s::uuid[]) as t (id)
        on conflict on constraint service_dependency_pkey do nothing
        """,
        {
            "org": tx.org_id,
            "service": service_id,
            "wanted": list(depends_on),
            "now": tx.now,
            "actor": actor,
        },
    )
