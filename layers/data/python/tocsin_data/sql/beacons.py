"""Beacons: their keys, and the visits that pages tell of, counted by hour and never kept one by one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_heartbeats import Beacon
from tocsin_data.db import Connection, Tx
from tocsin_data.sql.recordset import recordset


@dataclass(frozen=True, slots=True)
class VisitedHour:
    """What was told in an hour of UTC of a monitor's page: visits that went well or not, their latencies by bucket."""

    org_id: UUID
    monitor_id: UUID
    region: str
    origin: str
    hour: datetime
    up: int
    down: int
    first_tick: datetime
    last_tick: datetime
    latency_sum_ms: float
    latency_buckets: list[int]
    latency_counts: list[int]


def enter(conn: Connection, hashes: Sequence[bytes]) -> tuple[datetime, dict[bytes, tuple[UUID, UUID]]]:
    """Enter the organizations of these beacons; answers its now, and (org, monitor) of each that is known."""
    rows = conn.execute("select * from app.enter_by_beacons(%s)", (list(hashes),)).fetchall()
    return rows[0][0], {row[1]: (row[2], row[3]) for row in rows if row[1] is not None}


def remember(tx: Tx, visit_ids: Collection[UUID], told_before: datetime) -> set[UUID]:
    """Remember visits; answers those that were not known. Of what was remembered before an instant twice as many are
    forgotten, so that no more than that is kept, whoever sends how much.
    """
    rows = tx.conn.execute(
        """
        with old as (
            select id from beacon_visit where counted_at < %(before)s
            order by counted_at limit 2 * cardinality(%(ids)s::uuid[]) for update skip locked
        ),
        forgotten as (delete from beacon_visit v using old where v.id = old.id)
        insert into beacon_visit (id, counted_at) select id, %(now)s from unnest(%(ids)s::uuid[]) as u (id) order by id
        on conflict on constraint beacon_visit_pkey do nothing
        returning id
        """,
        {"ids": list(visit_ids), "now": tx.now, "before": told_before},
    )
    return {visit_id for (visit_id,) in rows}


def count(tx: Tx, hours: Sequence[VisitedHour]) -> None:
    """Add visits to what was counted in their hours."""
    tx.conn.execute(
        """
        insert into check_rollup_hour as r (
            org_id, monitor_id, region, origin, hour, up, degraded, down, unknown, first_tick, last_tick,
            latency_sum_ms, latency_buckets, latency_counts
        )
        select org_id, monitor_id, region, origin, hour, up, 0, down, 0, first_tick, last_tick, latency_sum_ms,
            latency_buckets, latency_counts
        from json_to_recordset(%s) as t (
            org_id uuid, monitor_id uuid, region text, origin text, hour timestamptz, up integer, down integer,
            first_tick timestamptz, last_tick timestamptz, latency_sum_ms float8, latency_buckets smallint[],
            latency_counts integer[]
        )
        order by org_id, monitor_id, hour
        on conflict on constraint check_rollup_hour_pkey do update set
            up = r.up + excluded.up, down = r.down + excluded.down,
            first_tick = least(r.first_tick, excluded.first_tick),
            last_tick = greatest(r.last_tick, excluded.last_tick),
            latency_sum_ms = r.latency_sum_ms + excluded.latency_sum_ms,
            (latency_buckets, latency_counts) = (
                select coalesce(array_agg(bucket order by bucket), '{}'), coalesce(array_agg(n order by bucket), '{}')
                from (
                    select bucket, sum(n)::integer as n
                    from unnest(
                        r.latency_buckets || excluded.latency_buckets, r.latency_counts || excluded.latency_counts
                    ) as u (bucket, n)
                    group by bucket
                ) m
            )
        """,
        (recordset(hours),),
    )


def put(tx: Tx, monitor_id: UUID, key_hash: bytes, hint: str, sample_percent: int) -> Beacon:
    """Give a monitor a beacon; the key of one that it had has ended."""
    end(tx, monitor_id)
    with tx.conn.cursor(row_factory=class_row(Beacon)) as cur:
        cur.execute(
            """
            insert into beacon (org_id, monitor_id, key_hash, hint, sample_percent, created_at)
            values (%s, %s, %s, %s, %s, %s)
            returning monitor_id, sample_percent, hint, created_at
            """,
            (tx.org_id, monitor_id, key_hash, hint, sample_percent, tx.now),
        )
        (row,) = cur.fetchall()
        return row


def read(tx: Tx, monitor_id: UUID) -> Beacon | None:
    """Read the beacon of a monitor."""
    with tx.conn.cursor(row_factory=class_row(Beacon)) as cur:
        cur.execute(
            "select monitor_id, sample_percent, hint, created_at from beacon where org_id = %s and monitor_id = %s",
            (tx.org_id, monitor_id),
        )
        return cur.fetchone()


def end(tx: Tx, monitor_id: UUID) -> None:
    """Take the beacon of a monitor away; its key has ended."""
    tx.conn.execute(
        """
        with gone as (
            delete from beacon where org_id = %(org)s and monitor_id = %(monitor)s returning key_hash, org_id
        )
        insert into ended_ping_key (key_hash, org_id, ended_at) select key_hash, org_id, %(now)s from gone
        """,
        {"org": tx.org_id, "monitor": monitor_id, "now": tx.now},
    )
