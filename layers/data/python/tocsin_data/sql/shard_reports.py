"""What shards of regions have done, and whether a region sees anything; of the deployment, no organization's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row

from tocsin_data.db import Tx
from tocsin_data.sql.recordset import recordset


@dataclass(frozen=True, slots=True)
class NewReport:
    """What a shard says of a window of ticks."""

    region: str
    shard: int
    starts_at: datetime
    ends_at: datetime
    due: int
    done: int
    missed: int
    blind_since: datetime | None
    lateness_ms_p99: float | None


@dataclass(frozen=True, slots=True)
class RegionChange:
    """A region that sees, or doesn't, unlike before; without `was` it has never been heard of."""

    region: str
    was: str | None
    status: str
    since: datetime


def write(tx: Tx, rows: Sequence[NewReport]) -> None:
    """Keep reports; one that comes again, or is sent anew with more in it, takes the place of the one there is."""
    tx.conn.execute(
        """
        insert into shard_report as r (
            region, shard, starts_at, ends_at, due, done, missed, blind_since, lateness_ms_p99, received_at
        )
        select t.*, %(now)s from json_to_recordset(%(rows)s) as t (
            region text, shard integer, starts_at timestamptz, ends_at timestamptz, due integer, done integer,
            missed integer, blind_since timestamptz, lateness_ms_p99 real
        )
        order by t.region, t.shard, t.starts_at
        on conflict on constraint shard_report_pkey do update set
            ends_at = excluded.ends_at, due = excluded.due, done = excluded.done, missed = excluded.missed,
            blind_since = excluded.blind_since, lateness_ms_p99 = excluded.lateness_ms_p99
        where excluded.done >= r.done
        """,
        {"rows": recordset(rows), "now": tx.now},
    )


def see(tx: Tx, rows: Sequence[NewReport]) -> list[RegionChange]:
    """Note what regions see by their newest reports; answers those that see unlike before."""
    with tx.conn.cursor(row_factory=class_row(RegionChange)) as cur:
        cur.execute(
            """
            with told as (
                select distinct on (t.region) t.region, t.ends_at, t.blind_since
                from json_to_recordset(%s) as t (region text, ends_at timestamptz, blind_since timestamptz)
                order by t.region, t.ends_at desc, t.blind_since
            ),
            known as materialized (
                select c.region, c.status from check_region c where c.region in (select region from told)
                order by c.region for update
            ),
            noted as (
                insert into check_region as c (region, status, since, last_report_at)
                select t.region, case when t.blind_since is null then 'seeing' else 'blind' end,
                    coalesce(t.blind_since, t.ends_at), t.ends_at
                from told t left join known k on k.region = t.region
                order by t.region
                on conflict on constraint check_region_pkey do update set
                    status = excluded.status, last_report_at = excluded.last_report_at,
                    since = case when c.status = excluded.status then c.since else excluded.since end
                where excluded.last_report_at > c.last_report_at
                returning c.region, c.status, c.since
            )
            select n.region, k.status as was, n.status, n.since
            from noted n left join known k on k.region = n.region
            where n.status is distinct from k.status
            """,
            (recordset(rows),),
        )
        return cur.fetchall()


def silence(tx: Tx, heard_before: datetime) -> list[RegionChange]:
    """Note regions whose shards have not reported since an instant; answers those that are newly silent."""
    with tx.conn.cursor(row_factory=class_row(RegionChange)) as cur:
        cur.execute(
            """
            with old as materialized (
                select region, status from check_region where status <> 'silent' and last_report_at < %s
                order by region for update
            )
            update check_region c set status = 'silent', since = c.last_report_at from old
            where c.region = old.region
            returning c.region, old.status as was, c.status, c.since
            """,
            (heard_before,),
        )
        return cur.fetchall()


def forget(tx: Tx, before: datetime, after: datetime) -> None:
    """Drop reports of windows that ended before an instant, or after one that is still to come."""
    tx.conn.execute("delete from shard_report where ends_at < %s or ends_at > %s", (before, after))
