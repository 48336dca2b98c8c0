"""Destinations: webhooks and chat channels that are nobody's, for steps to page."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_destinations import Destination
from tocsin.domain import recipients
from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class NewDestination:
    """A destination to create."""

    id: UUID
    team_id: UUID | None
    channel: str
    name: str
    sealed: str


@dataclass(frozen=True, slots=True)
class Reach:
    """What a test page to a destination takes beside its name: its secrets, and whose it is."""

    sealed: str
    organization_name: str


def reachable(tx: Tx, ids: Sequence[UUID]) -> dict[UUID, dict[UUID, recipients.Destination]]:
    """Destinations that are not deleted, by organization and id."""
    rows = tx.conn.execute(
        """
        select org_id, id, name, channel, sealed,
            case when disabled_at is not null then coalesce(disabled_reason, 'no reason was given') end
        from destination where org_id = any(%s) and id = any(%s) and deleted_at is null
        """,
        (list(tx.orgs), list(ids)),
    ).fetchall()
    found: dict[UUID, dict[UUID, recipients.Destination]] = {}
    for org_id, *row in rows:
        found.setdefault(org_id, {})[row[0]] = recipients.Destination(*row)
    return found


def known(tx: Tx, ids: Sequence[UUID]) -> set[UUID]:
    """Which of these are destinations of the organization."""
    rows = tx.conn.execute(
        "select id from destination where org_id = %s and id = any(%s) and deleted_at is null for share",
        (tx.org_id, list(ids)),
    ).fetchall()
    return {row[0] for row in rows}


def insert(tx: Tx, new: NewDestination) -> None:
    """Create a destination."""
    tx.conn.execute(
        """
        insert into destination (id, org_id, team_id, channel, name, sealed, created_at)
        values (%s, %s, %s, %s, %s, %s, %s)
        """,
        (new.id, tx.org_id, new.team_id, new.channel, new.name, new.sealed, tx.now),
    )


def read(tx: Tx, destination_id: UUID) -> Destination | None:
    """Read one destination."""
    with tx.conn.cursor(row_factory=class_row(Destination)) as cur:
        cur.execute(
            """
            select id, team_id, channel, name, version, created_at, disabled_at, disabled_reason
            from destination where org_id = %s and id = %s and deleted_at is null
            """,
            (tx.org_id, destination_id),
        )
        return cur.fetchone()


def lock(tx: Tx, destination_id: UUID) -> Destination | None:
    """Read one destination and hold its row."""
    with tx.conn.cursor(row_factory=class_row(Destination)) as cur:
        cur.execute(
            """
            select id, team_id, channel, name, version, created_at, disabled_at, disabled_reason
            from destination where org_id = %s and id = %s and deleted_at is null for update
            """,
            (tx.org_id, destination_id),
        )
        return cur.fetchone()


def reach(tx: Tx, destination_id: UUID) -> Reach:
    """The sealed secrets of a destination whose row is held, with its organization's name."""
    with tx.conn.cursor(row_factory=class_row(Reach)) as cur:
        cur.execute(
            """
            select d.sealed, o.name as organization_name
            from destination d join organization o on o.id = d.org_id
            where d.org_id = %s and d.id = %s
            """,
            (tx.org_id, destination_id),
        )
        (row,) = cur.fetchall()
        return row


def page(tx: Tx, after: tuple[str, UUID] | None, limit: int) -> Sequence[Destination]:
    """Destinations by name, from past a (name, id)."""
    name, destination_id = after or (None, None)
    with tx.conn.cursor(row_factory=class_row(Destination)) as cur:
        cur.execute(
            """
            select id, team_id, channel, name, version, created_at, disabled_at, disabled_reason
            from destination
            where org_id = %(org)s and deleted_at is null
                and (%(name)s::text is null or (name, id) > (%(name)s::text, %(id)s::uuid))
            order by name, id limit %(limit)s
            """,
            {"org": tx.org_id, "name": name, "id": destination_id, "limit": limit},
        )
        return cur.fetchall()


def update(tx: Tx, destination_id: UUID, name: str, team_id: UUID | None, sealed: str | None) -> None:
    """Change a destination whose row is held; new secrets, if given, switch it on again."""
    tx.conn.execute(
        """
        update destination set name = %(name)s, team_id = %(team)s, version = version + 1,
            sealed = coalesce(%(sealed)s, sealed),
            disabled_at = case when %(sealed)s::text is null then disabled_at end,
            disabled_reason = case when %(sealed)s::text is null then disabled_reason end
        where org_id = %(org)s and id = %(id)s
        """,
        {"org": tx.org_id, "id": destination_id, "name": name, "team": team_id, "sealed": sealed},
    )


def delete(tx: Tx, destination_id: UUID) -> None:
    """Take a destination whose row is held out of use; steps that have it pass it."""
    tx.conn.execute(
        "update destination set deleted_at = %s where org_id = %s and id = %s", (tx.now, tx.org_id, destination_id)
    )


def disable(tx: Tx, ids: Sequence[UUID], reason: str) -> None:
    """Switch off destinations that have said they are gone for good."""
    tx.conn.execute(
        """
        update destination set disabled_at = %s, disabled_reason = %s, version = version + 1
        where org_id = any(%s) and id = any(%s) and disabled_at is null
        """,
        (tx.now, reason, list(tx.orgs), list(ids)),
    )
