"""Private locations: places of an organization's own to check from."""

from collections.abc import Sequence
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_probes import PrivateLocation
from tocsin_data.db import Tx


def insert(tx: Tx, location_id: UUID, name: str, created_by: str) -> None:
    """Create a private location in version 1."""
    tx.conn.execute(
        "insert into private_location (id, org_id, name, created_at, created_by) values (%s, %s, %s, %s, %s)",
        (location_id, tx.org_id, name, tx.now, created_by),
    )


def read(tx: Tx, location_id: UUID) -> PrivateLocation | None:
    """Read one private location."""
    found = _read(tx, [location_id])
    return found[0] if found else None


def lock(tx: Tx, location_id: UUID) -> bool:
    """Hold the row of a private location; whether it is there."""
    row = tx.conn.execute(
        "select 1 from private_location where org_id = %s and id = %s and deleted_at is null for no key update",
        (tx.org_id, location_id),
    ).fetchone()
    return row is not None


def count(tx: Tx) -> int:
    """How many private locations the organization has."""
    row = tx.conn.execute(
        "select count(*) from private_location where org_id = %s and deleted_at is null", (tx.org_id,)
    ).fetchone()
    return 0 if row is None else row[0]


def page(tx: Tx, after: tuple[str, UUID] | None, limit: int) -> Sequence[PrivateLocation]:
    """Private locations by name, from past a (name, id)."""
    name, location_id = after or (None, None)
    rows = tx.conn.execute(
        """
        select id from private_location
        where org_id = %(org)s and deleted_at is null
            and (%(name)s::text is null or (name, id) > (%(name)s::text, %(id)s::uuid))
        order by name, id limit %(limit)s
        """,
        {"org": tx.org_id, "name": name, "id": location_id, "limit": limit},
    ).fetchall()
    return _read(tx, [row[0] for row in rows])


def _read(tx: Tx, ids: Sequence[UUID]) -> Sequence[PrivateLocation]:
    with tx.conn.cursor(row_factory=class_row(PrivateLocation)) as cur:
        cur.execute(
            """
            select l.id, l.name, 'private:' || l.id as region, l.version, l.created_at, l.created_by,
                count(p.id) filter (where p.enrolled_at is not null and p.revoked_at is null) as probes,
                max(p.last_seen_at) as last_seen_at
            from private_location l
            left join probe p on p.org_id = l.org_id and p.private_location_id = l.id
            where l.org_id = %s and l.id = any(%s) and l.deleted_at is null
            group by l.id, l.name, l.version, l.created_at, l.created_by
            order by l.name, l.id
            """,
            (tx.org_id, list(ids)),
        )
        return cur.fetchall()


def rename(tx: Tx, location_id: UUID, name: str) -> None:
    """Give a private location whose row is held another name, in its next version."""
    tx.conn.execute(
        "update private_location set name = %s, version = version + 1 where org_id = %s and id = %s",
        (name, tx.org_id, location_id),
    )


def delete(tx: Tx, location_id: UUID) -> None:
    """Take a private location whose row is held out of use."""
    tx.conn.execute(
        "update private_location set deleted_at = %s where org_id = %s and id = %s",
        (tx.now, tx.org_id, location_id),
    )


def monitors_naming(tx: Tx, region: str) -> Sequence[str]:
    """The names of the monitors that are checked from a region."""
    rows = tx.conn.execute(
        "select name from monitor where org_id = %s and regions @> array[%s] and deleted_at is null order by name",
        (tx.org_id, region),
    ).fetchall()
    return [row[0] for row in rows]
