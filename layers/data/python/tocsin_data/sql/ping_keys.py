"""Ping keys: each opens all heartbeats of its organization by their slugs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_heartbeats import PingKey
from tocsin_data.db import Tx
from tocsin_data.sql.recordset import recordset


@dataclass(frozen=True, slots=True)
class Use:
    """A key that was used at an instant; `unknown_slug`: for what no heartbeat has."""

    ping_key_id: UUID
    unknown_slug: str | None
    at: datetime


def insert(tx: Tx, key_id: UUID, name: str, service_id: UUID | None, key: tuple[bytes, str]) -> None:
    """Make a ping key: its hash, its hint."""
    tx.conn.execute(
        """
        insert into ping_key (id, org_id, name, service_id, key_hash, hint, created_at)
        values (%s, %s, %s, %s, %s, %s, %s)
        """,
        (key_id, tx.org_id, name, service_id, *key, tx.now),
    )


def read(tx: Tx, key_id: UUID) -> PingKey | None:
    """Read one ping key and hold its row."""
    with tx.conn.cursor(row_factory=class_row(PingKey)) as cur:
        cur.execute(
            """
            select id, name, service_id, hint, created_at, revoked_at, last_used_at, unknown_slug, unknown_slug_at
            from ping_key where org_id = %s and id = %s for no key update
            """,
            (tx.org_id, key_id),
        )
        return cur.fetchone()


def page(tx: Tx, after: tuple[datetime, UUID] | None, limit: int) -> Sequence[PingKey]:
    """Ping keys, newest first, from past an (instant, id)."""
    at, key_id = after or (None, None)
    with tx.conn.cursor(row_factory=class_row(PingKey)) as cur:
        cur.execute(
            """
            select id, name, service_id, hint, created_at, revoked_at, last_used_at, unknown_slug, unknown_slug_at
            from ping_key
            where org_id = %(org)s
                and (%(at)s::timestamptz is null or (created_at, id) < (%(at)s::timestamptz, %(id)s::uuid))
            order by created_at desc, id desc limit %(limit)s
            """,
            {"org": tx.org_id, "at": at, "id": key_id, "limit": limit},
        )
        return cur.fetchall()


def revoke(tx: Tx, key_id: UUID) -> None:
    """End a ping key whose row is held."""
    tx.conn.execute("update ping_key set revoked_at = %s where org_id = %s and id = %s", (tx.now, tx.org_id, key_id))


def used(tx: Tx, uses: Sequence[Use]) -> None:
    """Note that keys were used, once a minute, and the last slug that no heartbeat has."""
    tx.conn.execute(
        """
        with use as (
            select t.*, k.id from json_to_recordset(%(uses)s)
                as t (ping_key_id uuid, unknown_slug text, at timestamptz)
            join ping_key k on k.org_id = any(%(orgs)s) and k.id = t.ping_key_id
            where k.last_used_at is null or k.last_used_at < %(now)s - interval '1 minute'
                or (t.unknown_slug is not null and coalesce(k.unknown_slug_at, '-infinity') < t.at)
            order by k.id for no key update of k
        )
        update ping_key k set
            last_used_at = greatest(k.last_used_at, u.at),
            unknown_slug = case when u.unknown_slug is null then k.unknown_slug else u.unknown_slug end,
            unknown_slug_at = case when u.unknown_slug is null then k.unknown_slug_at else u.at end
        from use u where k.id = u.id
        """,
        {"uses": recordset(uses), "orgs": list(tx.orgs), "now": tx.now},
    )


def refused(tx: Tx) -> list[bytes]:
    """Hashes of the keys of all organizations, of heartbeats, beacons and pings, that are refused now."""
    rows = tx.conn.execute("select key_hash from app.refused_ping_keys()").fetchall()
    return [row[0] for row in rows]
