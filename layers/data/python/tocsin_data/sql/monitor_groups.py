"""Groups of monitors, and the names by which documents speak of what monitors belong to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_monitors import MonitorGroup
from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class Names:
    """What monitors belong to, by name."""

    services: Mapping[str, UUID]
    teams: Mapping[str, UUID]
    groups: Mapping[str, UUID]
    locations: Mapping[str, UUID]


def insert(tx: Tx, group_id: UUID, name: str, position: int) -> None:
    """Create a group."""
    tx.conn.execute(
        "insert into monitor_group (id, org_id, name, position, created_at) values (%s, %s, %s, %s, %s)",
        (group_id, tx.org_id, name, position, tx.now),
    )


def all_of(tx: Tx) -> Sequence[MonitorGroup]:
    """All groups, by position and name."""
    with tx.conn.cursor(row_factory=class_row(MonitorGroup)) as cur:
        cur.execute(
            """
            select g.id, g.name, g.position, g.version, g.created_at, (
                    select count(*) from monitor m
                    where m.org_id = g.org_id and m.monitor_group_id = g.id and m.deleted_at is null
                ) as monitors
            from monitor_group g where g.org_id = %s order by g.position, g.name, g.id
            """,
            (tx.org_id,),
        )
        return cur.fetchall()


def lock(tx: Tx, group_id: UUID) -> MonitorGroup | None:
    """Read one group and hold its row."""
    with tx.conn.cursor(row_factory=class_row(MonitorGroup)) as cur:
        cur.execute(
            """
            select g.id, g.name, g.position, g.version, g.created_at, (
                    select count(*) from monitor m
                    where m.org_id = g.org_id and m.monitor_group_id = g.id and m.deleted_at is null
                ) as monitors
            from monitor_group g where g.org_id = %s and g.id = %s for no key update
            """,
            (tx.org_id, group_id),
        )
        return cur.fetchone()


def read(tx: Tx, group_id: UUID) -> MonitorGroup | None:
    """Read one group."""
    return next((group for group in all_of(tx) if group.id == group_id), None)


def update(tx: Tx, group_id: UUID, name: str, position: int) -> None:
    """Write the next version of a group whose row is held."""
    tx.conn.execute(
        "update monitor_group set name = %s, position = %s, version = version + 1 where org_id = %s and id = %s",
        (name, position, tx.org_id, group_id),
    )


def delete(tx: Tx, group_id: UUID) -> None:
    """Delete a group; its monitors are in none then."""
    tx.conn.execute(
        "update monitor set monitor_group_id = null where org_id = %s and monitor_group_id = %s",
        (tx.org_id, group_id),
    )
    tx.conn.execute("delete from monitor_group where org_id = %s and id = %s", (tx.org_id, group_id))


def locations(tx: Tx) -> dict[str, UUID]:
    """The organization's private locations by name."""
    rows = tx.conn.execute(
        "select name, id from private_location where org_id = %s and deleted_at is null", (tx.org_id,)
    ).fetchall()
    return {row[0]: row[1] for row in rows}


def names(tx: Tx) -> Names:
    """All that monitors can belong to."""
    services = tx.conn.execute(
        "select name, id from service where org_id = %s and deleted_at is null", (tx.org_id,)
    ).fetchall()
    teams = tx.conn.execute("select name, id from team where org_id = %s", (tx.org_id,)).fetchall()
    groups = tx.conn.execute("select name, id from monitor_group where org_id = %s", (tx.org_id,)).fetchall()
    return Names(
        {row[0]: row[1] for row in services},
        {row[0]: row[1] for row in teams},
        {row[0]: row[1] for row in groups},
        locations(tx),
    )
