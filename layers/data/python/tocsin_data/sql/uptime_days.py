"""What uptime is counted from, of several monitors at once: spans, windows, and the days that are frozen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from psycopg.rows import class_row

from tocsin_data.db import Tx
from tocsin_data.sql.maintenance_windows import WindowRow
from tocsin_data.sql.recordset import recordset


@dataclass(frozen=True, slots=True)
class SpanRow:
    """For how long a monitor was what."""

    monitor_id: UUID
    status: str
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class MonitorRow:
    """What of a monitor decides which windows cover it."""

    id: UUID
    service_id: UUID
    name: str
    kind: str
    tags: list[str]
    regions: list[str]
    origin: str


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day of a monitor as it was published."""

    monitor_id: UUID
    time_zone: str
    day: date
    seconds: int
    up_seconds: int
    degraded_seconds: int
    down_seconds: int
    unknown_seconds: int
    maintenance_seconds: int


@dataclass(frozen=True, slots=True)
class FrozenRow:
    """The days of a monitor that were published: a row a day would be tens of thousands.

    Of each its seconds, and how many of them it was up, degraded, down, unknown and under maintenance.
    """

    monitor_id: UUID
    days: list[date]
    seconds: list[list[int]]


def monitors(tx: Tx, monitor_ids: Sequence[UUID]) -> list[MonitorRow]:
    """These monitors, as far as there are such that are not deleted."""
    with tx.conn.cursor(row_factory=class_row(MonitorRow)) as cur:
        cur.execute(
            """
            select id, service_id, name, kind, tags, regions, origin from monitor
            where org_id = %s and id = any(%s) and deleted_at is null order by id
            """,
            (tx.org_id, list(monitor_ids)),
        )
        return cur.fetchall()


def spans(tx: Tx, monitor_ids: Sequence[UUID], since: datetime, until: datetime) -> list[SpanRow]:
    """Spans of monitors that touch the time between two instants: those that begin in it, and the one before them."""
    with tx.conn.cursor(row_factory=class_row(SpanRow)) as cur:
        cur.execute(
            """
            select s.monitor_id, s.status, s.starts_at, s.ends_at
            from unnest(%(ids)s::uuid[]) as m (id)
            cross join lateral (
                (
                    select * from monitor_span
                    where org_id = %(org)s and monitor_id = m.id and starts_at >= %(since)s and starts_at < %(until)s
                )
                union all
                (
                    select * from monitor_span
                    where org_id = %(org)s and monitor_id = m.id and starts_at < %(since)s
                    order by starts_at desc limit 1
                )
            ) s
            order by s.monitor_id, s.starts_at
            """,
            {"ids": list(monitor_ids), "org": tx.org_id, "since": since, "until": until},
        )
        return cur.fetchall()


def maintenance(tx: Tx, since: datetime, until: datetime) -> list[WindowRow]:
    """Windows of maintenance that may have been open between two instants, those included that were cancelled since."""
    with tx.conn.cursor(row_factory=class_row(WindowRow)) as cur:
        cur.execute(
            """
            select id, kind, name, scope, time_zone, starts_at, ends_at, recurrence, recurs_until, ended_at, version,
                created_at, created_by, cancelled_at
            from maintenance_window
            where org_id = %(org)s and kind = 'maintenance' and starts_at < %(until)s and created_at < %(until)s
                and (recurrence is not null or ends_at > %(since)s)
                and (cancelled_at is null or cancelled_at > %(since)s)
            order by starts_at, id
            """,
            {"org": tx.org_id, "since": since, "until": until},
        )
        return cur.fetchall()


def frozen(tx: Tx, monitor_ids: Sequence[UUID], time_zone: str, first: date, last: date) -> list[FrozenRow]:
    """The days of monitors in a zone that have been published, from the first to the last."""
    with tx.conn.cursor(row_factory=class_row(FrozenRow)) as cur:
        cur.execute(
            """
            select monitor_id, array_agg(day order by day) as days,
                array_agg(
                    array[
                        seconds, up_seconds, degraded_seconds, down_seconds, unknown_seconds, maintenance_seconds
                    ] order by day
                ) as seconds
            from uptime_day
            where org_id = %s and monitor_id = any(%s) and time_zone = %s and day between %s and %s
            group by monitor_id
            """,
            (tx.org_id, list(monitor_ids), time_zone, first, last),
        )
        return cur.fetchall()


def freeze(tx: Tx, rows: Sequence[DayRow]) -> None:
    """Keep days as they are published; those that have been before stay as they were."""
    tx.conn.execute(
        """
        insert into uptime_day (
            org_id, monitor_id, time_zone, day, seconds, up_seconds, degraded_seconds, down_seconds, unknown_seconds,
            maintenance_seconds, frozen_at
        )
        select %(org)s, t.*, %(now)s from json_to_recordset(%(rows)s) as t (
            monitor_id uuid, time_zone text, day date, seconds integer, up_seconds integer, degraded_seconds integer,
            down_seconds integer, unknown_seconds integer, maintenance_seconds integer
        )
        order by t.monitor_id, t.day
        on conflict on constraint uptime_day_pkey do nothing
        """,
        {"org": tx.org_id, "now": tx.now, "rows": recordset(rows)},
    )
