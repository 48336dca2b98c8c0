"""Monitors: what is checked, as people have configured it, with what it is now."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from tocsin.contracts.api_monitors import Monitor
from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class Row:
    """A monitor as it is written; `sealed` has an envelope for each of `secret_names`, a space between them."""

    id: UUID
    service_id: UUID
    team_id: UUID | None
    monitor_group_id: UUID | None
    name: str
    description: str
    kind: str
    spec: dict[str, Any]
    sealed: str | None
    secret_names: list[str]
    tags: list[str]
    severity: str
    origin: str
    interval_seconds: int
    timeout_seconds: float
    regions: list[str]
    quorum: int | None
    failures_to_down: int
    successes_to_up: int
    confirmation_seconds: int
    recovery_seconds: int


@dataclass(frozen=True, slots=True)
class Filters:
    """Which monitors a list shows; None shows all."""

    status: Sequence[str] | None = None
    kind: Sequence[str] | None = None
    tag: Sequence[str] | None = None
    group_id: UUID | None = None
    service_id: UUID | None = None
    paused: bool | None = None
    text: str | None = None
    ids: Sequence[UUID] | None = None


def insert(tx: Tx, row: Row, *, paused_by: str | None, created_by: str) -> None:
    """Create a monitor in version 1."""
    tx.conn.execute(
        """
        insert into monitor (
            id, org_id, service_id, team_id, monitor_group_id, name, description, kind, spec, sealed, secret_names,
            tags, severity, origin, interval_seconds, timeout_seconds, regions, quorum, failures_to_down,
            successes_to_up, confirmation_seconds, recovery_seconds, paused_at, paused_by, created_at, created_by,
            updated_at
        )
        values (
            %(id)s, %(org)s, %(service_id)s, %(team_id)s, %(monitor_group_id)s, %(name)s, %(description)s, %(kind)s,
            %(spec)s, %(sealed)s, %(secret_names)s, %(tags)s, %(severity)s, %(origin)s, %(interval_seconds)s,
            %(timeout_seconds)s, %(regions)s, %(quorum)s, %(failures_to_down)s, %(successes_to_up)s,
            %(confirmation_seconds)s, %(recovery_seconds)s,
            case when %(paused_by)s::text is not null then %(now)s::timestamptz end, %(paused_by)s, %(now)s,
            %(created_by)s, %(now)s
        )
        """,
        {**_values(tx, row), "paused_by": paused_by, "created_by": created_by},
    )


def update(tx: Tx, row: Row) -> None:
    """Write the next version of a monitor whose row is held."""
    tx.conn.execute(
        """
        update monitor set
            service_id = %(service_id)s, team_id = %(team_id)s, monitor_group_id = %(monitor_group_id)s,
            name = %(name)s, description = %(description)s, kind = %(kind)s, spec = %(spec)s, sealed = %(sealed)s,
            secret_names = %(secret_names)s, tags = %(tags)s, severity = %(severity)s,
            interval_seconds = %(interval_seconds)s, timeout_seconds = %(timeout_seconds)s, regions = %(regions)s,
            quorum = %(quorum)s, failures_to_down = %(failures_to_down)s, successes_to_up = %(successes_to_up)s,
            confirmation_seconds = %(confirmation_seconds)s, recovery_seconds = %(recovery_seconds)s,
            version = version + 1, updated_at = %(now)s
        where org_id = %(org)s and id = %(id)s
        """,
        _values(tx, row),
    )


def _values(tx: Tx, row: Row) -> dict[str, Any]:
    return {**asdict(row), "spec": Jsonb(row.spec), "org": tx.org_id, "now": tx.now}


def set_paused(tx: Tx, monitor_id: UUID, paused_by: str | None) -> None:
    """Pause a monitor whose row is held, or let it go on, as its next version."""
    tx.conn.execute(
        """
        update monitor set paused_at = case when %(by)s::text is not null then %(now)s::timestamptz end,
            paused_by = %(by)s, version = version + 1, updated_at = %(now)s
        where org_id = %(org)s and id = %(id)s
        """,
        {"by": paused_by, "now": tx.now, "org": tx.org_id, "id": monitor_id},
    )


def look_again(tx: Tx, monitor_id: UUID) -> None:
    """Have it looked at what a monitor is, now that it is new or another: the sweep does, heard of or not."""
    tx.conn.execute(
        """
        insert into monitor_state as s (org_id, monitor_id, status, since, look_at)
        values (%(org)s, %(id)s, 'unknown', %(now)s, %(now)s)
        on conflict on constraint monitor_state_pkey do update set look_at = excluded.look_at
        """,
        {"org": tx.org_id, "id": monitor_id, "now": tx.now},
    )


def delete(tx: Tx, ids: Sequence[UUID]) -> None:
    """Take monitors whose rows are held out of use."""
    tx.conn.execute(
        "update monitor set deleted_at = %s, version = version + 1 where org_id = %s and id = any(%s)",
        (tx.now, tx.org_id, list(ids)),
    )


def lock(tx: Tx, monitor_id: UUID) -> Row | None:
    """Read one monitor as it is written and hold its row."""
    with tx.conn.cursor(row_factory=class_row(Row)) as cur:
        cur.execute(
            """
            select id, service_id, team_id, monitor_group_id, name, description, kind, spec, sealed, secret_names,
                tags, severity, origin, interval_seconds, timeout_seconds, regions, quorum, failures_to_down,
                successes_to_up, confirmation_seconds, recovery_seconds
            from monitor where org_id = %s and id = %s and deleted_at is null for no key update
            """,
            (tx.org_id, monitor_id),
        )
        return cur.fetchone()


def lock_of_service(tx: Tx, service_id: UUID) -> list[UUID]:
    """Hold the rows of a service's monitors, in one order everywhere; answers their ids."""
    rows = tx.conn.execute(
        """
        select id from monitor where org_id = %s and service_id = %s and deleted_at is null
        order by id for no key update
        """,
        (tx.org_id, service_id),
    ).fetchall()
    return [row[0] for row in rows]


def count(tx: Tx) -> int:
    """How many monitors the organization has."""
    row = tx.conn.execute(
        "select count(*) from monitor where org_id = %s and deleted_at is null", (tx.org_id,)
    ).fetchone()
    return 0 if row is None else row[0]


def ids_by_name(tx: Tx, names: Sequence[str]) -> dict[str, UUID]:
    """The ids of the monitors that have these names."""
    rows = tx.conn.execute(
        "select name, id from monitor where org_id = %s and name = any(%s) and deleted_at is null",
        (tx.org_id, list(names)),
    ).fetchall()
    return {row[0]: row[1] for row in rows}


def known(tx: Tx, ids: Sequence[UUID]) -> set[UUID]:
    """Those of these monitors that there are."""
    rows = tx.conn.execute(
        "select id from monitor where org_id = %s and id = any(%s) and deleted_at is null", (tx.org_id, list(ids))
    ).fetchall()
    return {row[0] for row in rows}


def read(tx: Tx, ids: Sequence[UUID]) -> list[Monitor]:
    """Monitors with what they are now, by name."""
    with tx.conn.cursor(row_factory=class_row(Monitor)) as cur:
        cur.execute(
            """
            select m.id, m.name, m.description, m.service_id, m.team_id, m.monitor_group_id as group_id, m.tags,
                m.severity, m.kind, m.spec, m.regions, m.interval_seconds,
                m.timeout_seconds::text::double precision as timeout_seconds, m.quorum, m.failures_to_down,
                m.successes_to_up, m.confirmation_seconds, m.recovery_seconds, m.secret_names, m.origin, m.paused_at,
                m.paused_by, m.version, m.created_at, m.created_by, m.updated_at,
                coalesce(s.status, 'unknown') as status, s.since, s.pending_status,
                coalesce(s.is_flapping, false) as is_flapping, coalesce('stale' = any(s.alerts), false) as is_stale,
                coalesce(r.last_checked_at, h.last_ping_at) as last_checked_at,
                coalesce(r.in_regions, '[]') as in_regions, h.hint as ping_hint, h.slug,
                h.due_at as expected_at, h.late_at, b.hint as beacon_hint
            from monitor m
            left join monitor_state s on s.org_id = m.org_id and s.monitor_id = m.id
            left join heartbeat h on h.org_id = m.org_id and h.monitor_id = m.id
            left join beacon b on b.org_id = m.org_id and b.monitor_id = m.id
            left join lateral (
                select max(g.last_tick) as last_checked_at,
                    jsonb_agg(
                        jsonb_build_object(
                            'region', g.region, 'status', g.status, 'since', g.since, 'last_checked_at', g.last_tick,
                            'last_status', g.last_status, 'last_reason', g.last_reason,
                            'last_latency_ms', g.last_latency_ms
                        )
                        order by g.region
                    ) as in_regions
                from monitor_region g
                where g.org_id = m.org_id and g.monitor_id = m.id and g.region = any(m.regions)
            ) r on true
            where m.org_id = %s and m.id = any(%s) and m.deleted_at is null
            order by m.name, m.id
            """,
            (tx.org_id, list(ids)),
        )
        return cur.fetchall()


def page(tx: Tx, filters: Filters, after: tuple[str, UUID] | None, limit: int) -> list[Monitor]:
    """Monitors by name, as far as all filters let them through, from past a (name, id)."""
    name, monitor_id = after or (None, None)
    rows = tx.conn.execute(
        """
        select m.id from monitor m
        left join monitor_state s on s.org_id = m.org_id and s.monitor_id = m.id
        where m.org_id = %(org)s and m.deleted_at is null
            and (%(name)s::text is null or (m.name, m.id) > (%(name)s::text, %(id)s::uuid))
            and (%(status)s::text[] is null or coalesce(s.status, 'unknown') = any(%(status)s::text[]))
            and (%(kind)s::text[] is null or m.kind = any(%(kind)s::text[]))
            and (%(tag)s::text[] is null or m.tags && %(tag)s::text[])
            and (%(group_id)s::uuid is null or m.monitor_group_id = %(group_id)s::uuid)
            and (%(service_id)s::uuid is null or m.service_id = %(service_id)s::uuid)
            and (%(ids)s::uuid[] is null or m.id = any(%(ids)s::uuid[]))
            and (%(paused)s::boolean is null or (m.paused_at is not null) = %(paused)s::boolean)
            and (
                %(text)s::text is null
                or strpos(
                    lower(
                        concat_ws(' ', m.name, m.description, m.spec ->> 'url', m.spec ->> 'host', m.spec ->> 'name')
                    ),
                    lower(%(text)s::text)
                ) > 0
            )
        order by m.name, m.id limit %(limit)s
        """,
        {**_filters(filters), "org": tx.org_id, "name": name, "id": monitor_id, "limit": limit},
    ).fetchall()
    return read(tx, [row[0] for row in rows])


def _filters(filters: Filters) -> dict[str, Any]:
    return {
        "status": None if filters.status is None else list(filters.status),
        "kind": None if filters.kind is None else list(filters.kind),
        "tag": None if filters.tag is None else list(filters.tag),
        "group_id": filters.group_id,
        "service_id": filters.service_id,
        "paused": filters.paused,
        "text": filters.text,
        "ids": None if filters.ids is None else list(filters.ids),
    }
