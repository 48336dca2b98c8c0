"""What monitors are: their states, whose rows are the lock that orders what is decided about each, and their spans."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row

from tocsin.domain import live
from tocsin.domain.monitor import CheckStatus
from tocsin.domain.verdict import Rules, Standing, Topic
from tocsin_data.db import Tx
from tocsin_data.sql.recordset import recordset

HELD: Final = """
select m.org_id, m.id as monitor_id, m.service_id, m.name, m.kind, m.severity, m.tags, m.regions, m.interval_seconds,
    m.quorum, m.failures_to_down, m.successes_to_up, m.confirmation_seconds, m.recovery_seconds,
    m.paused_at, m.deleted_at, m.updated_at, m.spec #> '{certificate,warn_days}' as warn_days,
    s.status, s.since, s.pending_status, s.pending_since, s.is_flapping, s.alerts, s.flips, s.told_at, s.look_at,
    s.detail
from monitor_state s
join monitor m on m.org_id = s.org_id and m.id = s.monitor_id
where s.org_id = any(%(orgs)s) and s.monitor_id = any(%(ids)s)
order by s.monitor_id
for no key update of s
"""


@dataclass(frozen=True, slots=True)
class Watched:
    """A monitor with its state, held until the transaction ends."""

    org_id: UUID
    monitor_id: UUID
    service_id: UUID
    name: str
    kind: str
    severity: str
    tags: list[str]
    regions: list[str]
    interval_seconds: int
    quorum: int | None
    failures_to_down: int
    successes_to_up: int
    confirmation_seconds: int
    recovery_seconds: int
    paused_at: datetime | None
    deleted_at: datetime | None
    updated_at: datetime
    warn_days: list[int] | None
    status: str
    since: datetime
    pending_status: str | None
    pending_since: datetime | None
    is_flapping: bool
    alerts: list[str]
    flips: list[datetime]
    told_at: datetime | None
    look_at: datetime | None
    detail: dict[str, Any]

    @property
    def is_watched(self) -> bool:
        """Whether it is neither paused nor deleted."""
        return self.paused_at is None and self.deleted_at is None

    @property
    def rules(self) -> Rules:
        """What it takes to believe it."""
        return Rules(
            regions=tuple(self.regions),
            interval=timedelta(seconds=self.interval_seconds),
            quorum=self.quorum,
            confirmation=timedelta(seconds=self.confirmation_seconds),
            recovery=timedelta(seconds=self.recovery_seconds),
            watched_since=self.updated_at,
            warn_days=tuple(self.warn_days or ()),
        )

    @property
    def standing(self) -> Standing:
        """What it is, as the domain knows it."""
        pending = None
        if self.pending_status is not None and self.pending_since is not None:
            pending = (CheckStatus(self.pending_status), self.pending_since)
        return Standing(
            status=CheckStatus(self.status),
            since=self.since,
            pending=pending,
            flips=tuple(self.flips),
            is_flapping=self.is_flapping,
            open=frozenset(Topic(name) for name in self.alerts),
            warned_days=self.detail.get("warned_days"),
        )


@dataclass(frozen=True, slots=True)
class NewState:
    """What a monitor is from now on."""

    monitor_id: UUID
    status: str
    since: datetime
    pending_status: str | None
    pending_since: datetime | None
    is_flapping: bool
    alerts: list[str]
    flips: list[datetime]
    told_at: datetime | None
    look_at: datetime | None
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class NewSpan:
    """A span that begins; what was open until then ends."""

    org_id: UUID
    monitor_id: UUID
    status: str
    starts_at: datetime
    evidence: dict[str, Any]


def hold(tx: Tx, monitor_ids: Collection[UUID]) -> dict[UUID, Watched]:
    """Hold the states of monitors, made where they are missing, in one order everywhere; by monitor."""
    held = _hold(tx, monitor_ids)
    missing = set(monitor_ids) - held.keys()
    if missing:
        tx.conn.execute(
            """
            insert into monitor_state (org_id, monitor_id, status, since, look_at)
            select m.org_id, m.id, 'unknown', %(now)s, %(now)s from monitor m
            where m.org_id = any(%(orgs)s) and m.id = any(%(ids)s) order by m.id
            on conflict on constraint monitor_state_pkey do nothing
            """,
            {"orgs": list(tx.orgs), "ids": list(missing), "now": tx.now},
        )
        held = _hold(tx, monitor_ids)
    return held


def _hold(tx: Tx, monitor_ids: Collection[UUID]) -> dict[UUID, Watched]:
    with tx.conn.cursor(row_factory=class_row(Watched)) as cur:
        cur.execute(HELD, {"orgs": list(tx.orgs), "ids": list(monitor_ids)})
        return {row.monitor_id: row for row in cur.fetchall()}


def write(tx: Tx, states: Sequence[NewState], spans: Sequence[NewSpan]) -> list[UUID]:
    """Write states whose rows are held, and the spans that begin, once those that are open have ended.

    Answers the organizations with public pages that show by themselves what these spans say.
    """
    for span in spans:
        tx.note(span.org_id, live.Topic.MONITORS, f"monitor_{span.status}", span.monitor_id)
    rows = tx.conn.execute(
        """
        with given as (
            select * from json_to_recordset(%(spans)s)
                as t (org_id uuid, monitor_id uuid, status text, starts_at timestamptz, evidence jsonb)
        ),
        ended as (
            update monitor_span s set ends_at = greatest(s.starts_at, g.starts_at)
            from given g
            where s.org_id = any(%(orgs)s) and s.monitor_id = g.monitor_id and s.ends_at is null
            returning s.monitor_id
        ),
        begun as (
            insert into monitor_span (org_id, monitor_id, status, starts_at, evidence)
            select g.org_id, g.monitor_id, g.status, g.starts_at, g.evidence
            from given g where (select count(*) from ended) >= 0
        ),
        written as (
            update monitor_state s set
                status = t.status, since = t.since, pending_status = t.pending_status,
                pending_since = t.pending_since, is_flapping = t.is_flapping, alerts = t.alerts, flips = t.flips,
                told_at = t.told_at, look_at = t.look_at, detail = t.detail
            from json_to_recordset(%(states)s) as t (
                monitor_id uuid, status text, since timestamptz, pending_status text, pending_since timestamptz,
                is_flapping boolean, alerts text[], flips timestamptz[], told_at timestamptz, look_at timestamptz,
                detail jsonb
            )
            where s.org_id = any(%(orgs)s) and s.monitor_id = t.monitor_id
        )
        select distinct p.org_id
        from given g
        join component_source o on o.org_id = g.org_id and o.monitor_id = g.monitor_id
        join component c on c.org_id = o.org_id and c.id = o.component_id and c.deleted_at is null
        join status_page p on p.org_id = c.org_id and p.id = c.status_page_id and p.deleted_at is null
            and p.visibility = 'public' and p.automatic = 'publish'
        """,
        {"orgs": list(tx.orgs), "spans": recordset(spans), "states": recordset(states)},
    ).fetchall()
    for row in rows:
        tx.note(row[0], live.Topic.STATUS_PAGES, "status_page", live.ALL)
    return [row[0] for row in rows]
