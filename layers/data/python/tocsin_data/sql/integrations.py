"""Integrations and the routing keys that open them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api import Integration, IntegrationInput, RoutingKey
from tocsin_data.db import Tx


def insert(tx: Tx, integration_id: UUID, data: IntegrationInput) -> Integration:
    """Create an integration of a service that is held."""
    with tx.conn.cursor(row_factory=class_row(Integration)) as cur:
        cur.execute(
            """
            insert into integration (id, org_id, service_id, name, created_at) values (%s, %s, %s, %s, %s)
            returning id, service_id, name, created_at
            """,
            (integration_id, tx.org_id, data.service_id, data.name, tx.now),
        )
        (row,) = cur.fetchall()
        return row


def read(tx: Tx, integration_id: UUID) -> Integration | None:
    """Read one integration of a service that is in use."""
    with tx.conn.cursor(row_factory=class_row(Integration)) as cur:
        cur.execute(
            """
            select i.id, i.service_id, i.name, i.created_at
            from integration i
            join service s on s.org_id = i.org_id and s.id = i.service_id and s.deleted_at is null
            where i.org_id = %s and i.id = %s and i.deleted_at is null
            """,
            (tx.org_id, integration_id),
        )
        return cur.fetchone()


def lock(tx: Tx, integration_id: UUID) -> Integration | None:
    """Read one integration of a service that is in use and hold its row."""
    with tx.conn.cursor(row_factory=class_row(Integration)) as cur:
        cur.execute(
            """
            select i.id, i.service_id, i.name, i.created_at
            from integration i
            join service s on s.org_id = i.org_id and s.id = i.service_id and s.deleted_at is null
            where i.org_id = %s and i.id = %s and i.deleted_at is null
            for no key update of i
            """,
            (tx.org_id, integration_id),
        )
        return cur.fetchone()


def page(tx: Tx, service_id: UUID | None, after: tuple[str, UUID] | None, limit: int) -> Sequence[Integration]:
    """Integrations by name, of one service or of all, from past a (name, id)."""
    name, integration_id = after or (None, None)
    with tx.conn.cursor(row_factory=class_row(Integration)) as cur:
        cur.execute(
            """
            select i.id, i.service_id, i.name, i.created_at
            from integration i
            join service s on s.org_id = i.org_id and s.id = i.service_id and s.deleted_at is null
            where i.org_id = %(org)s and i.deleted_at is null
                and (%(service)s::uuid is null or i.service_id = %(service)s::uuid)
                and (%(name)s::text is null or (i.name, i.id) > (%(name)s::text, %(id)s::uuid))
            order by i.name, i.id limit %(limit)s
            """,
            {"org": tx.org_id, "service": service_id, "name": name, "id": integration_id, "limit": limit},
        )
        return cur.fetchall()


def delete(tx: Tx, integration_id: UUID) -> None:
    """Take an integration whose row is held out of use; its keys are refused from now on."""
    tx.conn.execute(
        "update integration set deleted_at = %s where org_id = %s and id = %s", (tx.now, tx.org_id, integration_id)
    )


def insert_key(tx: Tx, key_id: UUID, integration_id: UUID, key_hash: bytes, hint: str) -> RoutingKey:
    """Let a key open an integration."""
    with tx.conn.cursor(row_factory=class_row(RoutingKey)) as cur:
        cur.execute(
            """
            insert into routing_key (id, org_id, integration_id, key_hash, hint, created_at)
            values (%s, %s, %s, %s, %s, %s)
            returning id, integration_id, hint, created_at, expires_at, revoked_at, last_used_at, refused_count,
                last_refused_at
            """,
            (key_id, tx.org_id, integration_id, key_hash, hint, tx.now),
        )
        (row,) = cur.fetchall()
        return row


def keys(tx: Tx, integration_id: UUID) -> Sequence[RoutingKey]:
    """All keys of an integration, newest first."""
    with tx.conn.cursor(row_factory=class_row(RoutingKey)) as cur:
        cur.execute(
            """
            select id, integration_id, hint, created_at, expires_at, revoked_at, last_used_at, refused_count,
                last_refused_at
            from routing_key where org_id = %s and integration_id = %s
            order by created_at desc, id desc
            """,
            (tx.org_id, integration_id),
        )
        return cur.fetchall()


def newest_key(tx: Tx, integration_id: UUID) -> bytes | None:
    """The hash of the newest key of an integration that is in force; None without one."""
    row = tx.conn.execute(
        """
        select key_hash from routing_key
        where org_id = %(org)s and integration_id = %(integration)s and revoked_at is null
            and (expires_at is null or expires_at > %(now)s)
        order by created_at desc, id desc limit 1
        """,
        {"org": tx.org_id, "integration": integration_id, "now": tx.now},
    ).fetchone()
    return None if row is None else bytes(row[0])


def lock_key(tx: Tx, integration_id: UUID, key_id: UUID) -> RoutingKey | None:
    """Read one key of an integration and hold its row."""
    with tx.conn.cursor(row_factory=class_row(RoutingKey)) as cur:
        cur.execute(
            """
            select id, integration_id, hint, created_at, expires_at, revoked_at, last_used_at, refused_count,
                last_refused_at
            from routing_key where org_id = %s and integration_id = %s and id = %s
            for no key update
            """,
            (tx.org_id, integration_id, key_id),
        )
        return cur.fetchone()


def end_key(tx: Tx, key_id: UUID, *, expires_at: datetime | None, revoked_at: datetime | None) -> None:
    """Write when a key whose row is held ends."""
    tx.conn.execute(
        "update routing_key set expires_at = %s, revoked_at = %s where org_id = %s and id = %s",
        (expires_at, revoked_at, tx.org_id, key_id),
    )
