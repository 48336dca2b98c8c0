"""Results of checks: stored once by monitor, region and tick, and the latest of a region read back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tocsin.domain.live import Topic
from tocsin.domain.monitor import CheckStatus, Reason
from tocsin.domain.verdict_region import Sample
from tocsin_data.db import Connection, Tx
from tocsin_data.sql.recordset import recordset

type Place = tuple[UUID, str]
"""A monitor and a region."""


@dataclass(frozen=True, slots=True)
class NewResult:
    """One check as it is stored. `timings` are milliseconds: dns, connect, tls, first byte."""

    org_id: UUID
    monitor_id: UUID
    region: str
    tick: datetime
    checked_at: datetime
    status: str
    reason: str | None
    latency_ms: float | None
    timings: list[float | None] | None
    attempts: int
    origin: str
    monitor_version: int
    evidence: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class NewRunResult:
    """What somebody has asked for, from one region."""

    run_id: UUID
    region: str
    result: dict[str, Any]


def enter(
    conn: Connection, monitor_ids: Sequence[UUID], command_ids: Sequence[UUID]
) -> tuple[datetime, list[UUID], datetime | None]:
    """Enter the organizations of monitors and commands; answers its now, these, and since when results are kept."""
    row = conn.execute(
        "select entered_at, org_ids, lower(days) from app.enter_by_monitors(%s, %s)",
        (list(monitor_ids), list(command_ids)),
    ).fetchone()
    if row is None:
        raise TypeError("entering by monitors answered no instant")
    return row[0], row[1], row[2]


def insert(tx: Tx, rows: Sequence[NewResult]) -> set[tuple[UUID, str, datetime]]:
    """Store results, of days that are kept, in one order everywhere; answers those that are new."""
    ordered = sorted(rows, key=lambda r: (r.monitor_id, r.tick, r.region))
    for row in ordered:
        tx.note(row.org_id, Topic.MONITORS, "check_result", row.monitor_id)
    found = tx.conn.execute(
        """
        insert into check_result (
            org_id, monitor_id, region, tick, checked_at, status, reason, latency_ms, timings, attempts, origin,
            monitor_version, evidence
        )
        select * from json_to_recordset(%s) as t (
            org_id uuid, monitor_id uuid, region text, tick timestamptz, checked_at timestamptz, status text,
            reason text, latency_ms real, timings real[], attempts smallint, origin text, monitor_version integer,
            evidence jsonb
        )
        on conflict on constraint check_result_pkey do nothing
        returning monitor_id, region, tick
        """,
        (recordset(ordered),),
    ).fetchall()
    return {(row[0], row[1], row[2]) for row in found}


def recent(tx: Tx, places: Sequence[tuple[Place, int, int]]) -> dict[Place, list[Sample]]:
    """The latest results of (monitor, region), so many of each, with its interval in seconds; oldest first."""
    furthest = max((2 * count * seconds for _, count, seconds in places), default=0)
    rows = tx.conn.execute(
        """
        select p.monitor_id, p.region, r.tick, r.status, r.reason
        from unnest(%(monitors)s::uuid[], %(regions)s::text[], %(counts)s::integer[], %(intervals)s::integer[])
            as p (monitor_id, region, count, seconds)
        cross join lateral (
            select c.tick, c.status, c.reason from check_result c
            where c.org_id = any(%(orgs)s) and c.monitor_id = p.monitor_id and c.region = p.region
                and c.tick > %(now)s::timestamptz - make_interval(secs => 2 * p.count * p.seconds + 3600)
                and c.tick > %(since)s and c.tick < %(until)s
            order by c.tick desc limit p.count
        ) r
        order by p.monitor_id, p.region, r.tick
        """,
        {
            "orgs": list(tx.orgs),
            "now": tx.now,
            # of what each place may look at; plain limits, so that only those days are planned for
            "since": tx.now - timedelta(seconds=furthest + 3600),
            "until": tx.now + timedelta(days=1),
            "monitors": [place[0] for place, _, _ in places],
            "regions": [place[1] for place, _, _ in places],
            "counts": [count for _, count, _ in places],
            "intervals": [seconds for _, _, seconds in places],
        },
    ).fetchall()
    found: dict[Place, list[Sample]] = {}
    for monitor_id, region, tick, status, reason in rows:
        sample = Sample(tick, CheckStatus(status), None if reason is None else Reason(reason))
        found.setdefault((monitor_id, region), []).append(sample)
    return found


def evidence(tx: Tx, places: Sequence[tuple[Place, datetime]]) -> dict[Place, dict[str, Any]]:
    """What results at these ticks show that did not end well, without what the targets answered."""
    rows = tx.conn.execute(
        """
        select c.monitor_id, c.region, jsonb_strip_nulls(
            (coalesce(c.evidence, '{}') - 'excerpt' - 'command_id')
            || jsonb_build_object('latency_ms', c.latency_ms, 'attempts', c.attempts)
        )
        from unnest(%s::uuid[], %s::text[], %s::timestamptz[]) as p (monitor_id, region, tick)
        join check_result c on c.org_id = any(%s) and c.monitor_id = p.monitor_id and c.region = p.region
            and c.tick = p.tick and c.tick between %s and %s
        where c.status <> 'up'
        """,
        (
            [place[0] for place, _ in places],
            [place[1] for place, _ in places],
            [tick for _, tick in places],
            list(tx.orgs),
            min(tick for _, tick in places),
            max(tick for _, tick in places),
        ),
    ).fetchall()
    return {(row[0], row[1]): row[2] for row in rows}


def runs(tx: Tx, command_ids: Collection[UUID]) -> set[UUID]:
    """Which of these commands somebody has asked for; the others only confirm."""
    rows = tx.conn.execute(
        "select id from monitor_run where org_id = any(%s) and id = any(%s)", (list(tx.orgs), list(command_ids))
    ).fetchall()
    return {row[0] for row in rows}


def answer_runs(tx: Tx, rows: Sequence[NewRunResult]) -> None:
    """Keep what was asked for, once a region, for those who asked."""
    tx.conn.execute(
        """
        insert into monitor_run_result (org_id, monitor_run_id, region, result)
        select r.org_id, r.id, t.region, t.result
        from json_to_recordset(%s) as t (run_id uuid, region text, result jsonb)
        join monitor_run r on r.org_id = any(%s) and r.id = t.run_id and t.region = any(r.regions)
            and r.monitor->>'monitor_id' = t.result->>'monitor_id'
        order by r.id, t.region
        on conflict on constraint monitor_run_result_pkey do nothing
        """,
        (recordset(rows), list(tx.orgs)),
    )


def heard_until(tx: Tx) -> datetime:
    """Up to when results that were sent have been read, as far as one can tell."""
    row = tx.conn.execute("select app.results_through(%s)", (tx.now,)).fetchone()
    return tx.now if row is None or row[0] is None else row[0]
