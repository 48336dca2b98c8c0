"""The second step: how late it is, how late when its wake-up was lost, and ten thousand due at one instant."""

import asyncio
import time
from datetime import datetime
from typing import Any, Final

import psycopg

from bench import rows
from bench.benchmark import Options, Outcome, percentile
from bench.fates import fates
from bench.host import Arrival, Host, deployed
from bench.plan import DATABASE
from bench.serial import WARM_UP, one_by_one
from local.postgres import PostgresServer

DELAY_SECONDS: Final = 4
EVENTS: Final = 100
SPREAD_SECONDS: Final = 2
LOST_DELAY_SECONDS: Final = 5
LOST_A_RUN: Final = 15
LOST_SECONDS: Final = 40
DUE: Final = 10_000
DUE_IN_SECONDS: Final = 25
DUE_PATIENCE_SECONDS: Final = 180
LOOK_SECONDS: Final = 0.2
SECOND: Final = """
select two.id::text, one.created_at + make_interval(secs => %s)
from notification one join notification two using (escalation_id)
where one.position = 0 and two.position = 1
"""
PLANT: Final = """
with made as (
    insert into incident (org_id, service_id, title, severity, status, created_at, updated_at)
    select %(org)s, %(service)s, %(word)s || n, 'critical', 'triggered', now(), now()
    from generate_series(1, %(count)s) n
    returning id, title
), alerts as (
    insert into alert (
        org_id, service_id, incident_id, dedup_key, status, summary, severity, first_event_at, last_event_at,
        event_count
    )
    select %(org)s, %(service)s, id, title, 'open', title, 'critical', now(), now(), 1 from made
)
insert into escalation (
    org_id, incident_id, policy_id, policy_version, state, generation, round, position, next_at, created_at, updated_at
)
select %(org)s, id, %(policy)s, 1, 'waiting', 0, 0, 1, %(due)s, now(), now() from made
"""


async def second(postgres: PostgresServer, options: Options) -> Outcome:
    """From the instant the second step is due to its page."""
    async with deployed(postgres, second_step_seconds=DELAY_SECONDS, profile=options.profile) as host:
        await one_by_one(host, WARM_UP)
        await asyncio.sleep(DELAY_SECONDS + 1)
        runs: list[float] = []
        for _ in range(options.runs):
            before = len(host.arrivals)
            for title in host.titles(EVENTS):
                await asyncio.gather(host.send(title), asyncio.sleep(SPREAD_SECONDS / EVENTS))
            await _come(host, before + 2 * EVENTS, DELAY_SECONDS + 30)
            late = _lateness(host, host.arrivals[before:], DELAY_SECONDS)
            runs.append(percentile([seconds * 1000 for seconds in late], 95))
        return Outcome([rows.figure("step.late.p95", runs)], await fates(host))


async def lost(postgres: PostgresServer, options: Options) -> Outcome:
    """The same, with every wake-up thrown away: an event a second, so that all phases of the sweep are met."""
    async with deployed(postgres, second_step_seconds=LOST_DELAY_SECONDS, profile=options.profile) as host:
        thrown = 0
        for title in host.titles(LOST_A_RUN * options.runs):
            page = host.paged(title)
            await host.send(title)
            await page
            thrown += (await host.control("drop/escalations"))["dropped"]
            await asyncio.sleep(1)
        events = LOST_A_RUN * options.runs
        await _come(host, 2 * events, LOST_SECONDS)
        late = _lateness(host, host.arrivals, LOST_DELAY_SECONDS)
        runs = [max(late[first : first + LOST_A_RUN]) for first in range(0, events, LOST_A_RUN)]
        remarks = [f"{thrown} wake-ups thrown away for {events} events"]
        return Outcome([rows.figure("step.lost.worst", runs)], await fates(host), remarks=remarks)


async def due(postgres: PostgresServer, options: Options) -> Outcome:
    """Ten thousand steps due at one instant, armed by a sweep as any that come within a queue's reach."""
    taken, most, paged = list[float](), list[float](), list[float]()
    async with deployed(postgres, profile=options.profile) as host:
        for number in range(options.runs):
            before, planted = len(host.arrivals), _planted(host, number)
            await host.control("invoke/sweep")
            watching = asyncio.create_task(asyncio.to_thread(_most_connections, postgres, planted))
            await _come(host, before + DUE, DUE_PATIENCE_SECONDS)
            most.append(float(await watching))
            [(last,)] = host.rows("select max(created_at) from notification")
            taken.append((last - planted).total_seconds())
            paged.append(max(_wall(arrival) for arrival in host.arrivals[before:]) - planted.timestamp())
            await host.settled()
        remarks = ["all paged after " + ", ".join(f"{seconds:.1f}" for seconds in paged) + " s"]
        figures = [rows.figure("due.all", taken), rows.figure("due.connections", most)]
        return Outcome(figures, await fates(host, incidents=DUE * options.runs), remarks=remarks)


async def _come(host: Host, count: int, seconds: float) -> None:
    """Wait until so many pages have come; what is missing then shows in the fates."""
    end = time.monotonic() + seconds
    while len(host.arrivals) < count and time.monotonic() < end:
        await asyncio.sleep(0.05)


def _lateness(host: Host, arrivals: list[Arrival], delay_seconds: int) -> list[float]:
    """Of the second pages among these, in seconds, in the order they came."""
    instants: dict[str, datetime] = dict(host.rows(SECOND, delay_seconds))
    found = [a for a in arrivals if a.notification_id in instants]
    return [_wall(arrival) - instants[arrival.notification_id].timestamp() for arrival in found]


def _wall(arrival: Arrival) -> float:
    """When it arrived, in Unix seconds: PostgreSQL's clock on this machine."""
    return time.time() - (time.monotonic_ns() - arrival.at_ns) / 1e9


def _planted(host: Host, number: int) -> datetime:
    """Write incidents whose second step is the next; answers when all of them are due."""
    with psycopg.connect(host.postgres.conninfo("postgres", DATABASE)) as conn:
        row = conn.execute("select now() + make_interval(secs => %s)", (DUE_IN_SECONDS,)).fetchone()
        assert row is not None  # noqa: S101 - one row
        instant: datetime = row[0]
        values: dict[str, Any] = {
            "org": host.world.org_id,
            "service": host.world.service_ids[0],
            "policy": host.world.policy_id,
            "word": f"due-{number}-",
            "count": DUE,
            "due": instant,
        }
        conn.execute(PLANT, values)
    return instant


def _most_connections(postgres: PostgresServer, planted: datetime) -> int:
    """The most connections of functions seen, until all those steps are taken or patience ends."""
    most, end = 0, time.monotonic() + DUE_IN_SECONDS + DUE_PATIENCE_SECONDS
    with psycopg.connect(postgres.conninfo("postgres", DATABASE), autocommit=True) as conn:
        while time.monotonic() < end:
            row = conn.execute(
                "select (select count(*) from pg_stat_activity where usename in ('app', 'worker')),"
                " exists (select from escalation where state = 'waiting' and next_at = %s)",
                (planted,),
            ).fetchone()
            assert row is not None  # noqa: S101 - one row
            most = max(most, row[0])
            if not row[1]:
                break
            time.sleep(LOOK_SECONDS)
    return most
