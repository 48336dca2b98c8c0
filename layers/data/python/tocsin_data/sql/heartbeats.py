"""Heartbeats: their keys, what they remember of what they were told, and when they are late."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row

from tocsin.domain.heartbeat import Judgement, Memory, Run, State, Timetable
from tocsin.platform import cron
from tocsin_data.db import Tx
from tocsin_data.sql.recordset import recordset

LONGEST_BETWEEN_MARKS: Final = timedelta(seconds=40)
"""Sweeps mark the queue of results every quarter of a minute; where two marks and more are missing, it stood still."""


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """A heartbeat with the specification of its monitor, held until the transaction ends."""

    org_id: UUID
    monitor_id: UUID
    status: str
    counts_from: datetime
    last_ping_at: datetime | None
    last_success_at: datetime | None
    last_failure_at: datetime | None
    last_failure_status: int | None
    runs: list[list[str | None]]
    runs_cleared_at: datetime | None
    runs_dropped_at: datetime | None
    ping_count: int
    spec: Mapping[str, Any]
    paused_at: datetime | None

    @property
    def memory(self) -> Memory:
        """What it remembers."""
        return Memory(
            counts_from=self.counts_from,
            last_success_at=self.last_success_at,
            last_failure_at=self.last_failure_at,
            last_failure_status=self.last_failure_status,
            runs=tuple(_run(*told) for told in self.runs),
            cleared_at=self.runs_cleared_at,
            dropped_at=self.runs_dropped_at,
        )

    @property
    def timetable(self) -> Timetable:
        """When it should hear."""
        return timetable(self.spec)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a heartbeat remembers and is from now on."""

    monitor_id: UUID
    status: str
    last_ping_at: datetime | None
    last_success_at: datetime | None
    last_failure_at: datetime | None
    last_failure_status: int | None
    runs: list[list[str | None]]
    runs_cleared_at: datetime | None
    runs_dropped_at: datetime | None
    due_at: datetime | None
    late_at: datetime | None
    pings: int

    @classmethod
    def of(cls, row: Heartbeat, memory: Memory, judgement: Judgement, pings: Sequence[datetime] = ()) -> "Heard":
        """What a row becomes; `pings` are when those that came new were received. Paused, it is never late."""
        told = [*pings, *([row.last_ping_at] if row.last_ping_at else [])]
        is_watched = row.paused_at is None
        return cls(
            monitor_id=row.monitor_id,
            status=judgement.state if is_watched else row.status,
            last_ping_at=max(told, default=None),
            last_success_at=memory.last_success_at,
            last_failure_at=memory.last_failure_at,
            last_failure_status=memory.last_failure_status,
            runs=[_told(run) for run in memory.runs],
            runs_cleared_at=memory.cleared_at,
            runs_dropped_at=memory.dropped_at,
            due_at=judgement.due_at if is_watched else None,
            late_at=judgement.late_at if is_watched else None,
            pings=len(pings),
        )


def timetable(spec: Mapping[str, Any]) -> Timetable:
    """When a heartbeat of this specification should hear."""
    seconds, expression = spec.get("interval_seconds"), spec.get("cron")
    return Timetable(
        grace=timedelta(seconds=spec["grace_seconds"]),
        interval=None if seconds is None else timedelta(seconds=seconds),
        cron=None if expression is None else cron.following(expression, spec.get("time_zone", "UTC")),
    )


def insert(
    tx: Tx, org_id: UUID, monitor_id: UUID, key: tuple[bytes, str], slug: str | None, counts_from: datetime
) -> bool:
    """Let a monitor be told how it is, by a key (its hash, its hint); False when another heartbeat has the slug."""
    cursor = tx.conn.execute(
        """
        insert into heartbeat (org_id, monitor_id, key_hash, hint, slug, status, counts_from)
        values (%s, %s, %s, %s, %s, %s, %s)
        on conflict on constraint heartbeat_slug_key do nothing
        """,
        (org_id, monitor_id, *key, slug, State.NEW, counts_from),
    )
    return cursor.rowcount == 1


def lock(tx: Tx, monitor_ids: Collection[UUID]) -> list[Heartbeat]:
    """Hold heartbeats, in one order everywhere, after the states of their monitors."""
    with tx.conn.cursor(row_factory=class_row(Heartbeat)) as cur:
        cur.execute(
            """
            select h.org_id, h.monitor_id, h.status, h.counts_from, h.last_ping_at, h.last_success_at,
                h.last_failure_at, h.last_failure_status, h.runs, h.runs_cleared_at, h.runs_dropped_at, h.ping_count,
                m.spec, m.paused_at
            from heartbeat h
            join monitor m on m.org_id = h.org_id and m.id = h.monitor_id and m.deleted_at is null
            where h.org_id = any(%s) and h.monitor_id = any(%s)
            order by h.monitor_id for no key update of h
            """,
            (list(tx.orgs), list(monitor_ids)),
        )
        return cur.fetchall()


def write(tx: Tx, heard: Sequence[Heard]) -> None:
    """Write what heartbeats whose rows are held remember and are."""
    tx.conn.execute(
        """
        update heartbeat h set
            status = t.status, last_ping_at = t.last_ping_at, last_success_at = t.last_success_at,
            last_failure_at = t.last_failure_at, last_failure_status = t.last_failure_status, runs = t.runs,
            runs_cleared_at = t.runs_cleared_at, runs_dropped_at = t.runs_dropped_at, due_at = t.due_at,
            late_at = t.late_at, ping_count = h.ping_count + t.pings
        from json_to_recordset(%s) as t (
            monitor_id uuid, status text, last_ping_at timestamptz, last_success_at timestamptz,
            last_failure_at timestamptz, last_failure_status integer, runs jsonb, runs_cleared_at timestamptz,
            runs_dropped_at timestamptz, due_at timestamptz, late_at timestamptz, pings integer
        )
        where h.org_id = any(%s) and h.monitor_id = t.monitor_id
        """,
        (recordset(heard), list(tx.orgs)),
    )


def start_anew(tx: Tx, monitor_id: UUID) -> None:
    """Let a heartbeat wait for its first ping again: what it was told so far counts no more."""
    tx.conn.execute(
        """
        update heartbeat set status = %s, counts_from = %s, last_success_at = null, last_failure_at = null,
            last_failure_status = null, runs = '[]', runs_cleared_at = null, runs_dropped_at = null, due_at = null,
            late_at = null
        where org_id = %s and monitor_id = %s
        """,
        (State.NEW, tx.now, tx.org_id, monitor_id),
    )


def set_slug(tx: Tx, monitor_id: UUID, slug: str | None) -> None:
    """Give a heartbeat another slug, or none."""
    tx.conn.execute(
        "update heartbeat set slug = %s where org_id = %s and monitor_id = %s and slug is distinct from %s",
        (slug, tx.org_id, monitor_id, slug),
    )


def set_key(tx: Tx, monitor_id: UUID, key_hash: bytes, hint: str) -> None:
    """Put a new key in the place of a heartbeat's key, which has ended."""
    tx.conn.execute(
        """
        with ended as (
            insert into ended_ping_key (key_hash, org_id, ended_at)
            select h.key_hash, h.org_id, %(now)s from heartbeat h
            where h.org_id = %(org)s and h.monitor_id = %(monitor)s
        )
        update heartbeat set key_hash = %(key)s, hint = %(hint)s where org_id = %(org)s and monitor_id = %(monitor)s
        """,
        {"now": tx.now, "org": tx.org_id, "monitor": monitor_id, "key": key_hash, "hint": hint},
    )


def end(tx: Tx, monitor_ids: Collection[UUID]) -> int:
    """End heartbeats of monitors that are taken out of use: their keys, their slugs and their deadlines; how many."""
    cursor = tx.conn.execute(
        """
        with ended as (
            insert into ended_ping_key (key_hash, org_id, ended_at)
            select h.key_hash, h.org_id, %(now)s from heartbeat h
            where h.org_id = %(org)s and h.monitor_id = any(%(monitors)s)
            union all
            select b.key_hash, b.org_id, %(now)s from beacon b
            where b.org_id = %(org)s and b.monitor_id = any(%(monitors)s)
            on conflict on constraint ended_ping_key_pkey do nothing
            returning 1
        ),
        silenced as (
            update heartbeat set slug = null, due_at = null, late_at = null
            where org_id = %(org)s and monitor_id = any(%(monitors)s)
        )
        select count(*) from ended
        """,
        {"now": tx.now, "org": tx.org_id, "monitors": list(monitor_ids)},
    )
    row = cursor.fetchone()
    return 0 if row is None else row[0]


def results_through(tx: Tx) -> datetime:
    """Up to when what was sent to the queue of results has been read, as far as one can tell."""
    row = tx.conn.execute("select app.results_through(%s)", (tx.now,)).fetchone()
    return tx.now if row is None else row[0]


def mark(tx: Tx, marked_at: datetime) -> None:
    """Note that a mark has come through the queue of results. A time without any right after another is one with it."""
    tx.conn.execute(
        """
        insert into results_progress as p (marked_at) values (%(marked)s)
        on conflict on constraint results_progress_pkey do update set
            gap_from = case
                when excluded.marked_at - p.marked_at <= %(gap)s then p.gap_from
                else least(p.marked_at, app.results_through(%(now)s))
            end,
            gap_until = case when excluded.marked_at - p.marked_at > %(gap)s then %(now)s else p.gap_until end,
            marked_at = excluded.marked_at
        where excluded.marked_at > p.marked_at
        """,
        {"marked": marked_at, "gap": LONGEST_BETWEEN_MARKS, "now": tx.now},
    )


def _run(run_id: str | None, started_at: str | None, ended_at: str | None) -> Run:
    return Run(
        None if run_id is None else UUID(run_id),
        None if started_at is None else datetime.fromisoformat(started_at),
        None if ended_at is None else datetime.fromisoformat(ended_at),
    )


def _told(run: Run) -> list[str | None]:
    return [None if value is None else str(value) for value in (run.run_id, run.started_at, run.ended_at)]
