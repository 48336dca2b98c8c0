"""Checks that somebody asked for, the commands that ask regions for them, and what came of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class Run:
    """A run; `monitor` is the CheckMonitor that is checked. Results by region, as CheckResult."""

    id: UUID
    monitor_id: UUID | None
    asked_at: datetime
    asked_by: str
    regions: list[str]
    results: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Uncommanded:
    """A run that no region was asked for yet."""

    id: UUID
    org_id: UUID
    asked_at: datetime
    asked_by: str
    regions: list[str]
    monitor: dict[str, Any]


def insert(
    tx: Tx, run_id: UUID, monitor_id: UUID | None, asked_by: str, regions: Sequence[str], monitor: dict[str, Any]
) -> None:
    """Begin a run; without a monitor of one that is not saved."""
    tx.conn.execute(
        """
        insert into monitor_run (id, org_id, monitor_id, asked_at, asked_by, regions, monitor)
        values (%s, %s, %s, %s, %s, %s, %s)
        """,
        (run_id, tx.org_id, monitor_id, tx.now, asked_by, list(regions), Jsonb(monitor)),
    )


def begun_since(tx: Tx, at: datetime) -> int:
    """How many runs the organization has asked for since an instant."""
    row = tx.conn.execute(
        "select count(*) from monitor_run where org_id = %s and asked_at > %s", (tx.org_id, at)
    ).fetchone()
    return 0 if row is None else row[0]


def read(tx: Tx, run_id: UUID) -> Run | None:
    """Read one run with its results, by region."""
    with tx.conn.cursor(row_factory=class_row(Run)) as cur:
        cur.execute(
            """
            select r.id, r.monitor_id, r.asked_at, r.asked_by, r.regions,
                (
                    select coalesce(
                        jsonb_agg(u.result || jsonb_build_object('region', u.region) order by u.region), '[]'
                    )
                    from monitor_run_result u where u.org_id = r.org_id and u.monitor_run_id = r.id
                ) as results
            from monitor_run r where r.org_id = %s and r.id = %s
            """,
            (tx.org_id, run_id),
        )
        return cur.fetchone()


def uncommanded(tx: Tx, asked_after: datetime, at_most: int) -> list[Uncommanded]:
    """Runs of any organization that no region was asked for yet, the oldest first."""
    with tx.conn.cursor(row_factory=class_row(Uncommanded)) as cur:
        cur.execute(
            "select id, org_id, asked_at, asked_by, regions, monitor from app.uncommanded_runs(%s, %s)",
            (asked_after, at_most),
        )
        return cur.fetchall()


def commanded(tx: Tx, run_ids: Sequence[UUID]) -> None:
    """Regions were asked for these runs."""
    tx.conn.execute("select app.runs_commanded(%s, %s)", (list(run_ids), tx.now))


def forget(tx: Tx, asked_before: datetime, at_most: int) -> int:
    """Delete old runs of any organization; answers how many."""
    row = tx.conn.execute("select app.forget_runs(%s, %s)", (asked_before, at_most)).fetchone()
    return 0 if row is None else row[0]
