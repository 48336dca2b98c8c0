"""How an organization fares: response times, what pages weigh on people, which services are noisy.

Everything is of one window of time, read through the indexes by organization and instant.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_analytics import (
    Interval,
    PageLoad,
    PageLoadReport,
    ResponseTimes,
    ResponseTimesReport,
    ServiceNoise,
    ServiceNoiseReport,
)
from tocsin.domain.page_load import HourCount, Load, Night, load
from tocsin.domain.window import window
from tocsin_data.db import Database, Tx


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look at: a span of time, by default the last 30 days; one service, or those of a team, if given."""

    since: datetime | None = None
    until: datetime | None = None
    service_id: UUID | None = None
    team_id: UUID | None = None


FORMER: Final = "(a former member)"
RESPONSE_TIMES: Final = """
with measured as (
    select date_trunc(%(unit)s, created_at, %(zone)s) as bucket,
        extract(epoch from acknowledged_at - created_at)::float8 as acknowledge,
        case status when 'resolved' then extract(epoch from resolved_at - created_at)::float8 end as resolve
    from incident
    where org_id = %(org)s and created_at >= %(since)s and created_at < %(until)s
        and (%(services)s::uuid[] is null or service_id = any(%(services)s::uuid[]))
),
figures as (
    select bucket, grouping(bucket) = 1 as is_total, count(*) as incidents,
        count(acknowledge) as acknowledged, avg(acknowledge) as acknowledge_mean,
        percentile_cont(array[0.5, 0.9]) within group (order by acknowledge) as acknowledge_at,
        count(resolve) as resolved, avg(resolve) as resolve_mean,
        percentile_cont(array[0.5, 0.9]) within group (order by resolve) as resolve_at
    from measured group by grouping sets ((), (bucket))
),
buckets as (
    select null::timestamptz as bucket, true as is_total
    union all
    select b, false
    from generate_series(date_trunc(%(unit)s, %(since)s, %(zone)s), %(until)s, %(step)s::interval, %(zone)s) b
    where b < %(until)s
)
select coalesce(greatest(b.bucket, %(since)s), %(since)s) as starts_at,
    coalesce(least(date_add(b.bucket, %(step)s::interval, %(zone)s), %(until)s), %(until)s) as ends_at,
    coalesce(f.incidents, 0) as incidents, coalesce(f.acknowledged, 0) as acknowledged,
    f.acknowledge_mean as acknowledge_mean_seconds, f.acknowledge_at[1] as acknowledge_p50_seconds,
    f.acknowledge_at[2] as acknowledge_p90_seconds, coalesce(f.resolved, 0) as resolved,
    f.resolve_mean as resolve_mean_seconds, f.resolve_at[1] as resolve_p50_seconds,
    f.resolve_at[2] as resolve_p90_seconds
from buckets b
left join figures f on f.is_total = b.is_total and f.bucket is not distinct from b.bucket
order by b.is_total desc, b.bucket
"""
"""The first row is the whole window."""

# A limit keeps the planner from joining with every incident there is.
PAGES: Final = """
with page as (
    select target, incident_id, min(created_at) as at
    from notification
    where org_id = %(org)s and created_at >= %(since)s and created_at < %(until)s
        and attempts > 0 and target like 'user:%%'
    group by escalation_id, generation, round, step_id, retry, target, incident_id
)
select substr(p.target, 6)::uuid as user_id,
    extract(isodow from p.at at time zone %(zone)s)::int as weekday,
    extract(hour from p.at at time zone %(zone)s)::int as hour, count(*) as pages
from page p
where %(services)s::uuid[] is null or (
    select i.service_id from incident i where i.org_id = %(org)s and i.id = p.incident_id limit 1
) = any(%(services)s::uuid[])
group by 1, 2, 3 order by 1
"""
NOISE: Final = """
with page as materialized (
    select p.service_id, count(*) as pages
    from (
        select distinct escalation_id, generation, round, step_id, retry, target,
            (
                select i.service_id from incident i where i.org_id = %(org)s and i.id = n.incident_id limit 1
            ) as service_id
        from notification n
        where org_id = %(org)s and created_at >= %(since)s and created_at < %(until)s and attempts > 0
    ) p
    group by p.service_id
)
select s.id as service_id, s.name as service_name, s.team_id, e.events, a.alerts, i.incidents,
    coalesce(p.pages, 0) as pages, i.unacknowledged,
    round(i.unacknowledged::numeric / nullif(i.incidents, 0), 4)::float8 as unacknowledged_share,
    i.auto_resolved, round(i.auto_resolved::numeric / nullif(i.incidents, 0), 4)::float8 as auto_resolved_share
from service s
cross join lateral (
    select count(*) as events from event
    where org_id = %(org)s and service_id = s.id and received_at >= %(since)s and received_at < %(until)s
        and outcome <> 'refused_key'
) e
cross join lateral (
    select count(*) as alerts from alert
    where org_id = %(org)s and service_id = s.id and first_event_at >= %(since)s and first_event_at < %(until)s
) a
cross join lateral (
    select count(*) as incidents,
        count(*) filter (where status = 'resolved' and acknowledged_at is null) as unacknowledged,
        count(*) filter (
            where status = 'resolved' and split_part(resolved_by, ':', 1) in ('integration', 'monitor', 'system')
        ) as auto_resolved
    from incident
    where org_id = %(org)s and service_id = s.id and created_at >= %(since)s and created_at < %(until)s
) i
left join page p on p.service_id = s.id
where s.org_id = %(org)s and (%(services)s::uuid[] is null or s.id = any(%(services)s::uuid[]))
    and (e.events > 0 or i.incidents > 0 or p.pages > 0)
order by pages desc, i.incidents desc, e.events desc, s.name, s.id
"""


def response_times(db: Database, org_id: UUID, wanted: Wanted, interval: Interval, zone: str) -> ResponseTimesReport:
    """The figures of the whole window, and of each interval in it by the calendar of the zone; raises Invalid."""
    with db.one(org_id) as tx:
        about = {**_about(tx, wanted), "unit": interval.value, "step": f"1 {interval}", "zone": zone}
        with tx.conn.cursor(row_factory=class_row(ResponseTimes)) as cur:
            cur.execute(RESPONSE_TIMES, about)
            total, *items = cur.fetchall()
    return ResponseTimesReport(time_zone=zone, total=total, items=items)


def page_load(db: Database, org_id: UUID, wanted: Wanted, night: Night, zone: str) -> PageLoadReport:
    """What pages weigh on whoever got any, most pages first; hours and days are those of the zone. Raises Invalid."""
    with db.one(org_id) as tx:
        about = _about(tx, wanted)
        rows = tx.conn.execute(PAGES, {**about, "zone": zone}).fetchall()
        counts = {user_id: [HourCount(*row[1:]) for row in group] for user_id, group in groupby(rows, itemgetter(0))}
        names = _names(tx, counts)
    people = [_page_load(user_id, names.get(user_id, FORMER), load(found, night)) for user_id, found in counts.items()]
    return PageLoadReport(
        starts_at=about["since"],
        ends_at=about["until"],
        time_zone=zone,
        night_from=night.begins,
        night_until=night.ends,
        items=sorted(people, key=lambda person: (-person.pages, person.user_name, person.user_id)),
    )


def service_noise(db: Database, org_id: UUID, wanted: Wanted) -> ServiceNoiseReport:
    """What each service made in the window, most pages first, without those that were silent; raises Invalid."""
    with db.one(org_id) as tx, tx.conn.cursor(row_factory=class_row(ServiceNoise)) as cur:
        about = _about(tx, wanted)
        cur.execute(NOISE, about)
        return ServiceNoiseReport(starts_at=about["since"], ends_at=about["until"], items=cur.fetchall())


def _about(tx: Tx, wanted: Wanted) -> dict[str, Any]:
    since, until = window(wanted.since, wanted.until, tx.now)
    return {"org": tx.org_id, "since": since, "until": until, "services": _services(tx, wanted)}


def _page_load(user_id: UUID, name: str, found: Load) -> PageLoad:
    return PageLoad(
        user_id=user_id,
        user_name=name,
        pages=found.pages,
        night=found.night,
        weekend=found.weekend,
        daytime=found.daytime,
        by_hour=list(found.by_hour),
    )


def _services(tx: Tx, wanted: Wanted) -> list[UUID] | None:
    """The services that are asked for, also those that have been deleted; None for all."""
    if wanted.service_id is None and wanted.team_id is None:
        return None
    rows = tx.conn.execute(
        """
        select id from service
        where org_id = %(org)s and (%(service)s::uuid is null or id = %(service)s::uuid)
            and (%(team)s::uuid is null or team_id = %(team)s::uuid)
        """,
        {"org": tx.org_id, "service": wanted.service_id, "team": wanted.team_id},
    ).fetchall()
    return [row[0] for row in rows]


def _names(tx: Tx, user_ids: Iterable[UUID]) -> dict[UUID, str]:
    rows = tx.conn.execute("select id, name from user_account where id = any(%s)", (list(user_ids),)).fetchall()
    return dict(rows)
