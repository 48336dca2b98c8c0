"""Spans of which nothing was known, and what has filled them since: found by hour, and written anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from tocsin_data.db import Tx
from tocsin_data.sql.recordset import recordset
from tocsin_data.sql.rollups import MonitorHour


@dataclass(frozen=True, slots=True)
class UnknownTime:
    """A time of a monitor that is over and was unknown, or was filled since, with what it takes to judge it."""

    org_id: UUID
    monitor_id: UUID
    starts_at: datetime
    ends_at: datetime
    regions: list[str]
    interval_seconds: int
    quorum: int | None
    failures_to_down: int
    successes_to_up: int


@dataclass(frozen=True, slots=True)
class LateSpan:
    """A span in the place of an unknown one."""

    org_id: UUID
    monitor_id: UUID
    status: str
    starts_at: datetime
    ends_at: datetime


def find(tx: Tx, hours: Sequence[MonitorHour]) -> list[UnknownTime]:
    """Times of monitors that touch these hours: of each monitor from the first such span until the last one's end."""
    with tx.conn.cursor(row_factory=class_row(UnknownTime)) as cur:
        cur.execute(
            """
            select m.org_id, m.id as monitor_id, min(s.starts_at) as starts_at, max(s.ends_at) as ends_at, m.regions,
                m.interval_seconds, m.quorum, m.failures_to_down, m.successes_to_up
            from unnest(%(orgs)s::uuid[], %(monitors)s::uuid[], %(hours)s::timestamptz[])
                as h (org_id, monitor_id, hour)
            join monitor m on m.org_id = h.org_id and m.id = h.monitor_id
            cross join lateral (
                select k.starts_at, k.ends_at from monitor_span k
                where k.org_id = h.org_id and k.monitor_id = h.monitor_id
                    and k.starts_at < h.hour + interval '1 hour' and k.starts_at > h.hour - interval '1 day'
                    and k.ends_at > h.hour and (k.status = 'unknown' or k.evidence ? 'late')
                offset 0
            ) s
            where m.deleted_at is null
            group by m.id, h.hour
            """,
            {"orgs": [h[0] for h in hours], "monitors": [h[1] for h in hours], "hours": [h[2] for h in hours]},
        )
        return cur.fetchall()


def samples(tx: Tx, time: UnknownTime, since: datetime) -> list[tuple[str, datetime, str]]:
    """The results of a time, and those since a while before it: (region, tick, status), oldest first."""
    return tx.conn.execute(
        """
        select region, tick, status from check_result
        where org_id = %s and monitor_id = %s and tick >= %s and tick < %s and region = any(%s)
        order by tick, region
        """,
        (time.org_id, time.monitor_id, since, time.ends_at, time.regions),
    ).fetchall()


def fill(tx: Tx, time: UnknownTime, spans: Sequence[LateSpan]) -> None:
    """Write what a time has turned out to be in the place of its unknown spans; what was known in it stays."""
    tx.conn.execute(
        """
        with unknown as (
            delete from monitor_span
            where org_id = %(org)s and monitor_id = %(monitor)s and starts_at >= %(since)s and ends_at <= %(until)s
                and (status = 'unknown' or evidence ? 'late')
            returning starts_at, ends_at
        )
        insert into monitor_span (org_id, monitor_id, status, starts_at, ends_at, evidence)
        select t.org_id, t.monitor_id, t.status, greatest(t.starts_at, u.starts_at), least(t.ends_at, u.ends_at),
            '{"late": true}'
        from (
            select range_lower as starts_at, range_upper as ends_at
            from (select range_agg(tstzrange(starts_at, ends_at)) as times from unknown) a,
                unnest(a.times) as r, lateral (select lower(r) as range_lower, upper(r) as range_upper) b
        ) u
        join json_to_recordset(%(spans)s) as t (
            org_id uuid, monitor_id uuid, status text, starts_at timestamptz, ends_at timestamptz
        ) on t.starts_at < u.ends_at and t.ends_at > u.starts_at
        """,
        {
            "org": time.org_id,
            "monitor": time.monitor_id,
            "since": time.starts_at,
            "until": time.ends_at,
            "spans": recordset(spans),
        },
    )
