"""Which status pages an incident is felt on, by which components, and which reports tell of it already.

For transactions of one organization or of several.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.rows import class_row

from tocsin_data.db import Tx

ABOUT_WATCHING = "^monitor:[0-9a-f-]{36}:"
"""Dedup keys of what monitors say of watching, that nothing is heard or a certificate ends: nobody feels it yet."""

OF_MONITOR = "^monitor:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
"""Dedup keys of monitors that are down; senders of events may call theirs anything."""

MATCHES: Final = """
with troubled as (
    select i.id, i.org_id, i.service_id, i.severity, i.muted_by is not null as is_muted, i.late,
        i.created_at,
        array(
            select substr(a.dedup_key, 9)::uuid from alert a
            where a.org_id = i.org_id and a.incident_id = i.id and a.status = 'open'
                and a.dedup_key ~ %(of_monitor)s
        ) as monitors
    from incident i
    where i.org_id = any(%(orgs)s) and i.id = any(%(ids)s) and i.status <> 'resolved'
        and exists (
            select from alert a
            where a.org_id = i.org_id and a.incident_id = i.id and a.status = 'open'
                and a.dedup_key !~ %(about_watching)s
        )
),
felt as (
    select t.id, s.component_id, true as by_service
    from troubled t join component_source s on s.org_id = t.org_id and s.service_id = t.service_id
    union all
    select t.id, s.component_id, false
    from troubled t join component_source s on s.org_id = t.org_id and s.monitor_id = any(t.monitors)
)
select t.org_id, t.id as incident_id, t.severity, t.is_muted, t.late, t.created_at, p.id as page_id,
    p.name as page_name, p.automatic, c.id as component_id, c.name as component_name,
    bool_or(f.by_service) as by_service,
    case when bool_and(f.by_service) then 0 else greatest(min(m.down), 1) end as down,
    case when bool_and(f.by_service) then 0 else greatest(min(m.watched), 1) end as watched
from troubled t
join felt f on f.id = t.id
join component c on c.org_id = t.org_id and c.id = f.component_id and c.deleted_at is null
join status_page p on p.org_id = t.org_id and p.id = c.status_page_id and p.deleted_at is null
    and p.visibility = 'public' and p.automatic <> 'off'
cross join lateral (
    select (count(*) filter (where st.status = 'down'))::integer as down, count(*)::integer as watched
    from component_source s
    join monitor mo on mo.org_id = s.org_id and mo.id = s.monitor_id
        and mo.deleted_at is null and mo.paused_at is null
    left join monitor_state st on st.org_id = s.org_id and st.monitor_id = s.monitor_id
    where s.org_id = t.org_id and s.component_id = c.id
) m
group by t.org_id, t.id, t.severity, t.is_muted, t.late, t.created_at, p.id, p.name, p.automatic, c.id,
    c.name
order by t.org_id, p.id, t.created_at, t.id, c.name, c.id
"""


@dataclass(frozen=True, slots=True)
class Match:
    """An open incident and a component that feels it, on a public page that does something by itself.

    `down` and `watched` count the component's monitors where the incident is of one; both are 0 where it is felt by
    its service alone.
    """

    org_id: UUID
    incident_id: UUID
    severity: str
    is_muted: bool
    late: bool
    created_at: datetime
    page_id: UUID
    page_name: str
    automatic: str
    component_id: UUID
    component_name: str
    by_service: bool
    down: int
    watched: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A report of a page that a new one may not be needed beside."""

    id: UUID
    state: str
    status: str
    is_automatic: bool
    incident_id: UUID | None
    component_ids: list[UUID]
    ended_at: datetime | None


def telling(tx: Tx) -> dict[UUID, bool]:
    """The organizations with pages that do something by themselves, or did, and whether one of them publishes."""
    rows = tx.conn.execute(
        """
        select t.org_id, bool_or(t.publishes) from (
            select p.org_id, p.automatic = 'publish' as publishes from status_page p
            where p.org_id = any(%(orgs)s) and p.deleted_at is null and p.visibility = 'public'
                and p.automatic <> 'off'
            union all
            select r.org_id, false from status_report r
            where r.org_id = any(%(orgs)s) and r.is_automatic and r.resolved_at is null and r.state <> 'discarded'
                and r.deleted_at is null
        ) t
        group by t.org_id
        """,
        {"orgs": list(tx.orgs)},
    ).fetchall()
    return {row[0]: row[1] for row in rows}


def matches(tx: Tx, incident_ids: Sequence[UUID]) -> list[Match]:
    """The components that feel those of these incidents that are open, page by page."""
    with tx.conn.cursor(row_factory=class_row(Match)) as cur:
        cur.execute(
            MATCHES,
            {
                "orgs": list(tx.orgs),
                "ids": list(incident_ids),
                "about_watching": ABOUT_WATCHING,
                "of_monitor": OF_MONITOR,
            },
        )
        return cur.fetchall()


def ended(tx: Tx, incident_ids: Sequence[UUID]) -> list[tuple[UUID, UUID, UUID]]:
    """(org, page, report) of what is told by itself, and may tell of those of these incidents that are resolved."""
    return tx.conn.execute(
        """
        with over as (
            select i.id, i.org_id, i.service_id,
                array(
                    select substr(a.dedup_key, 9)::uuid from alert a
                    where a.org_id = i.org_id and a.incident_id = i.id and a.dedup_key ~ %(of_monitor)s
                ) as monitors
            from incident i
            where i.org_id = any(%(orgs)s) and i.id = any(%(ids)s) and i.status = 'resolved'
        )
        select r.org_id, r.status_page_id, r.id
        from status_report r join over o on o.org_id = r.org_id
        where r.org_id = any(%(orgs)s) and r.is_automatic and r.resolved_at is null and r.deleted_at is null
            and r.state in ('draft', 'published')
            and (
                r.incident_id = o.id
                or exists (
                    select from status_report_component c
                    join component_source s on s.org_id = c.org_id and s.component_id = c.component_id
                    where c.org_id = r.org_id and c.status_report_id = r.id
                        and (s.service_id = o.service_id or s.monitor_id = any(o.monitors))
                )
            )
        group by r.org_id, r.status_page_id, r.id
        order by r.org_id, r.status_page_id, r.id
        """,
        {"orgs": list(tx.orgs), "ids": list(incident_ids), "of_monitor": OF_MONITOR},
    ).fetchall()


def hold_pages(tx: Tx, page_ids: Sequence[UUID]) -> None:
    """Let nobody else do by itself what concerns these pages until the transaction ends.

    An advisory lock, as the pages' rows are held while they are published, and nobody's page may wait for that.
    """
    tx.conn.execute(
        """
        select pg_advisory_xact_lock(hashtextextended('status_page:' || key, 0)) from unnest(%s::text[]) as t (key)
        """,
        (sorted({str(page_id) for page_id in page_ids}),),
    )


def told(
    tx: Tx, page_id: UUID, incident_ids: Sequence[UUID], component_ids: Sequence[UUID], since: datetime
) -> list[Candidate]:
    """Reports of a page that are of these incidents, or name these components and are open or ended since.

    The newest first. Deleted ones are as discarded. Not held: what is done to one holds it.
    """
    with tx.conn.cursor(row_factory=class_row(Candidate)) as cur:
        cur.execute(
            """
            select r.id, case when r.deleted_at is null then r.state else 'discarded' end as state, r.status,
                r.is_automatic, r.incident_id,
                array(
                    select c.component_id from status_report_component c
                    where c.org_id = r.org_id and c.status_report_id = r.id
                ) as component_ids,
                coalesce(r.deleted_at, case when r.state = 'discarded' then r.updated_at else r.resolved_at end)
                    as ended_at
            from status_report r
            where r.org_id = %(org)s and r.status_page_id = %(page)s and r.kind = 'incident'
                and (
                    r.incident_id = any(%(incidents)s)
                    or (
                        (
                            (r.state <> 'discarded' and r.resolved_at is null and r.deleted_at is null)
                            or coalesce(
                                r.deleted_at, case when r.state = 'discarded' then r.updated_at else r.resolved_at end
                            ) > %(since)s
                        )
                        and exists (
                            select from status_report_component c
                            where c.org_id = r.org_id and c.status_report_id = r.id
                                and c.component_id = any(%(components)s)
                        )
                    )
                )
            order by r.started_at desc, r.id desc
            """,
            {
                "org": tx.org_id,
                "page": page_id,
                "incidents": list(incident_ids),
                "components": list(component_ids),
                "since": since,
            },
        )
        return cur.fetchall()


def felt_by(tx: Tx, component_ids: Sequence[UUID]) -> list[UUID]:
    """Open incidents that components feel, but for what is muted, late or only informs."""
    rows = tx.conn.execute(
        """
        with loud as (
            select i.id, i.service_id from incident i
            where i.org_id = %(org)s and i.status <> 'resolved' and i.muted_by is null and not i.late
                and i.severity <> 'info'
        )
        select i.id from loud i
        join component_source s on s.org_id = %(org)s and s.service_id = i.service_id
        where s.component_id = any(%(components)s)
            and exists (
                select from alert a
                where a.org_id = %(org)s and a.incident_id = i.id and a.status = 'open'
                    and a.dedup_key !~ %(about_watching)s
            )
        union
        select i.id from component_source s
        join monitor m on m.org_id = s.org_id and m.id = s.monitor_id
        join alert a on a.org_id = s.org_id and a.status = 'open' and a.service_id = m.service_id
            and a.dedup_key = 'monitor:' || m.id::text
        join loud i on i.id = a.incident_id
        where s.org_id = %(org)s and s.component_id = any(%(components)s)
        order by 1
        """,
        {"org": tx.org_id, "components": list(component_ids), "about_watching": ABOUT_WATCHING},
    ).fetchall()
    return [row[0] for row in rows]


@dataclass(frozen=True, slots=True)
class Behind:
    """A component that feels an incident, or felt it, whatever its page does by itself."""

    page_id: UUID
    component_id: UUID
    component_name: str
    by_service: bool
    down: int
    watched: int


def behind(tx: Tx, incident_id: UUID) -> list[Behind]:
    """The components whose service or monitor an incident is of, on any page."""
    with tx.conn.cursor(row_factory=class_row(Behind)) as cur:
        cur.execute(
            """
            with monitors as materialized (
                select case when a.dedup_key ~ %(of_monitor)s then substr(a.dedup_key, 9)::uuid end as id
                from alert a where a.org_id = %(org)s and a.incident_id = %(incident)s
            ),
            felt as (
                select s.component_id, true as by_service
                from incident i join component_source s on s.org_id = i.org_id and s.service_id = i.service_id
                where i.org_id = %(org)s and i.id = %(incident)s
                union all
                select s.component_id, false
                from monitors m join component_source s on s.org_id = %(org)s and s.monitor_id = m.id
            )
            select c.status_page_id as page_id, c.id as component_id, c.name as component_name,
                bool_or(f.by_service) as by_service,
                case when bool_and(f.by_service) then 0 else greatest(min(m.down), 1) end as down,
                case when bool_and(f.by_service) then 0 else greatest(min(m.watched), 1) end as watched
            from felt f
            join component c on c.org_id = %(org)s and c.id = f.component_id and c.deleted_at is null
            join status_page p on p.org_id = c.org_id and p.id = c.status_page_id and p.deleted_at is null
            cross join lateral (
                select (count(*) filter (where st.status = 'down'))::integer as down, count(*)::integer as watched
                from component_source s
                join monitor mo on mo.org_id = s.org_id and mo.id = s.monitor_id
                    and mo.deleted_at is null and mo.paused_at is null
                left join monitor_state st on st.org_id = s.org_id and st.monitor_id = s.monitor_id
                where s.org_id = c.org_id and s.component_id = c.id
            ) m
            group by c.status_page_id, c.id, c.name
            order by c.status_page_id, c.name, c.id
            """,
            {"org": tx.org_id, "incident": incident_id, "of_monitor": OF_MONITOR},
        )
        return cur.fetchall()


def report_of(tx: Tx, page_id: UUID, incident_id: UUID) -> UUID | None:
    """The report of an incident on a page, the newest that is not discarded."""
    row = tx.conn.execute(
        """
        select id from status_report
        where org_id = %s and status_page_id = %s and incident_id = %s and deleted_at is null and state <> 'discarded'
        order by created_at desc, id desc limit 1
        """,
        (tx.org_id, page_id, incident_id),
    ).fetchone()
    return None if row is None else row[0]
