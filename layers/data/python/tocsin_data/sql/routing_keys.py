"""Routing keys: which integration a key opens, and how much it is used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tocsin_data.db import Connection, Tx


@dataclass(frozen=True, slots=True)
class ResolvedKey:
    """A known routing key; `revoked_at` covers its integration's and service's deletion too."""

    key_hash: bytes
    routing_key_id: UUID
    org_id: UUID
    integration_id: UUID
    service_id: UUID
    revoked_at: datetime | None
    expires_at: datetime | None

    def refused_at(self, instant: datetime) -> bool:
        """Whether an event that was received then is refused."""
        return any(end is not None and end <= instant for end in (self.revoked_at, self.expires_at))


def enter(conn: Connection, hashes: Sequence[bytes]) -> tuple[datetime, dict[bytes, ResolvedKey]]:
    """Enter the organizations of these keys; answers its now, and the keys by hash. Unknown ones are left out."""
    rows = conn.execute("select * from app.enter_by_routing_keys(%s)", (list(hashes),)).fetchall()
    return rows[0][0], {row[1]: ResolvedKey(*row[1:]) for row in rows if row[1] is not None}


def record_use(tx: Tx, uses: Sequence[tuple[UUID, UUID, int]], *, shard: int) -> list[tuple[UUID, int]]:
    """Add (org, key, requests) to this minute's usage; answers each key's requests so far in this shard."""
    orgs, keys, counts = zip(*sorted(uses), strict=True)
    rows = tx.conn.execute(
        """
        with used as (
            update routing_key set last_used_at = %(now)s
            where id = any(%(keys)s) and (last_used_at is null or last_used_at < %(now)s - interval '1 minute')
        )
        insert into routing_key_usage as u (org_id, routing_key_id, minute, shard, requests)
        select org_id, key_id, date_trunc('minute', %(now)s), %(shard)s, requests
        from unnest(%(orgs)s::uuid[], %(keys)s::uuid[], %(counts)s::integer[]) as t (org_id, key_id, requests)
        on conflict on constraint routing_key_usage_pkey do update set requests = u.requests + excluded.requests
        returning routing_key_id, requests
        """,
        {"now": tx.now, "shard": shard, "orgs": list(orgs), "keys": list(keys), "counts": list(counts)},
    ).fetchall()
    return [(row[0], row[1]) for row in rows]


def record_refusals(tx: Tx, refusals: Sequence[tuple[UUID, int]]) -> None:
    """Count events that came in on revoked or expired keys."""
    keys, counts = zip(*sorted(refusals), strict=True)
    tx.conn.execute(
        """
        update routing_key k set refused_count = k.refused_count + t.n, last_refused_at = %s
        from unnest(%s::uuid[], %s::integer[]) as t (id, n)
        where k.id = t.id
        """,
        (tx.now, list(keys), list(counts)),
    )


def refused(tx: Tx) -> list[bytes]:
    """Hashes of the keys of all organizations that are refused now."""
    rows = tx.conn.execute("select key_hash from app.refused_keys(%s)", (tx.now,)).fetchall()
    return [row[0] for row in rows]


def over_budget(tx: Tx, minute: datetime, budget: int) -> list[bytes]:
    """Hashes of the keys of all organizations that have used up their budget of this minute."""
    rows = tx.conn.execute("select key_hash from app.keys_over_budget(%s, %s)", (minute, budget)).fetchall()
    return [row[0] for row in rows]
