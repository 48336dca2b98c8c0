"""Floods of results: ten thousand senders at once, none of which may be lost, and what people who read notice of it.

A sender is a shard of a region that hands one message to the queue, on a connection of its own; behind the queue the
shipped `verdict` writes through a transaction pooler. Ten thousand are the queue's senders alone: it is there for that.
"""

import asyncio
import json
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Final, LiteralString
from uuid import UUID, uuid4

import psycopg

from bench import prices, rows
from bench.benchmark import Options, Outcome, percentile
from bench.counts import Counts
from bench.fates import Fates
from bench.host import Host, deployed
from bench.plan import ACCOUNT, DATABASE
from local.postgres import PostgresServer
from tocsin.contracts.checks import CheckResult, ResultBatch, ResultsMessage, Timings
from tocsin.domain.monitor import CheckStatus
from tocsin.platform.packing import pack

SENDERS: Final = 10_000
RESULTS_EACH: Final = 20
MONITORS: Final = 10_000
REGIONS: Final = ("eu-west-1", "us-east-1", "ap-southeast-2")
INTERVAL: Final = timedelta(seconds=10)
CONNECTIONS: Final = 20
BACK: Final = timedelta(seconds=75)
"""How far back a flood begins: it is of what is fresh, as after a minute in which nothing was let through."""
PATIENCE_SECONDS: Final = 240
READS: Final = 200
SEND: Final = {"x-amz-target": "AmazonSQS.SendMessageBatch", "content-type": "application/x-amz-json-1.0"}
PLANT: Final = """
insert into monitor (
    org_id, service_id, name, kind, spec, severity, interval_seconds, timeout_seconds, regions, failures_to_down,
    successes_to_up, confirmation_seconds, recovery_seconds, created_at, created_by, updated_at
)
select org_id, id, 'Monitor ' || n, 'http', '{"kind": "http", "url": "https://shop.acme.example/"}', 'error', 10, 5,
    '{eu-west-1,us-east-1,ap-southeast-2}', 2, 2, 0, 0, now() - interval '1 day', 'bench', now() - interval '1 day'
from (select org_id, id from service order by id limit 1) s, generate_series(1, 10000) n
"""
type Message = str
"""A request to the queue."""


class Flood:
    """Messages of so many senders, tick after tick of all monitors in all regions, and what has become of them."""

    def __init__(self, host: Host, monitor_ids: Sequence[UUID]) -> None:
        self._host = host
        self._places = [(region, monitor_id) for region in REGIONS for monitor_id in monitor_ids]
        self._tick = datetime.now(UTC).replace(microsecond=0) - 2 * BACK
        self.sent = 0

    def messages(self, count: int) -> list[Message]:
        """The next messages, made ahead so that only sending is measured."""
        self._tick = max(self._tick, datetime.now(UTC).replace(microsecond=0) - BACK)
        made: list[Message] = []
        while len(made) < count:
            starts = range(0, len(self._places), RESULTS_EACH)
            made.extend(self._message(self._places[start : start + RESULTS_EACH]) for start in starts)
            self._tick += INTERVAL
        return made[:count]

    async def send(self, messages: Sequence[Message]) -> None:
        """Every sender sends its message at once; raises RuntimeError when one is refused."""
        answers = await asyncio.gather(
            *(self._host.aws.request("POST", "/", message.encode(), SEND) for message in messages)
        )
        refused = sum(status != 200 for status, _ in answers)
        if refused:
            raise RuntimeError(f"the queue refused {refused} senders")
        self.sent += len(messages) * RESULTS_EACH

    async def stored(self) -> int:
        """How many connections the database had at most until everything was stored; raises TimeoutError."""
        most = 0
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (await self._host.control("state"))["waiting"]["results"]:
                ((connections,),) = self._host.rows(
                    "select count(*) from pg_stat_activity where usename in ('app', 'worker')"
                )
                most = max(most, connections)
                await asyncio.sleep(0.1)
        return most

    def lost(self) -> int:
        """Results that were sent and are not there."""
        ((count,),) = self._host.rows("select count(*) from check_result")
        return self.sent - count

    def _message(self, places: Sequence[tuple[str, UUID]]) -> Message:
        batch = ResultBatch(
            batch_id=uuid4(),
            region=places[0][0],
            sent_at=self._tick,
            results=[_result(monitor_id, self._tick) for _, monitor_id in places],
        )
        body = ResultsMessage(kind="results", packed=pack(batch)).to_json()
        entry = {"Id": "0", "MessageBody": body}
        return json.dumps({"QueueUrl": f"http://queue/{ACCOUNT}/results", "Entries": [entry]})


async def senders(postgres: PostgresServer, options: Options) -> Outcome:
    """Ten thousand at once, again and again; rows a second from the first sent until the last is stored."""
    rates: list[float] = []
    connections: list[float] = []
    async with _flooded(postgres, options) as (host, flood):
        await host.aws.open(SENDERS)
        before = await host.counts()
        for _ in range(options.runs):
            messages = flood.messages(SENDERS)
            began = time.monotonic()
            await flood.send(messages)
            connections.append(await flood.stored())
            rates.append(SENDERS * RESULTS_EACH / (time.monotonic() - began))
        used = (await host.counts()).since(before)
        fates = _fates(host, flood)
    figures = [
        rows.figure("cost.checks.kept", [_cost(used, SENDERS * RESULTS_EACH * options.runs)]),
        rows.figure("flood.rate", rates, f"{SENDERS * RESULTS_EACH:,} results in {SENDERS:,} messages"),
        rows.figure("flood.connections", connections),
        rows.figure("flood.lost", [float(fates.lost)]),
    ]
    return Outcome(figures, fates)


def _cost(used: Counts, results: int) -> float:
    """Dollars for a million results from the queue on: who checks pays for sending."""
    for queue in used.queues.values():
        queue.send_requests = 0
    return sum(prices.per_million(used, results).values())


async def reads(postgres: PostgresServer, options: Options) -> Outcome:
    """What reading takes at the API while ten thousand senders' results are written, to what it takes at rest."""
    ratios: list[float] = []
    idle_p95: list[float] = []
    flood_p95: list[float] = []
    async with _flooded(postgres, options) as (host, flood):
        await host.aws.open(SENDERS)
        paths = _paths(host)
        await _read(host, paths, READS // 4)
        for _ in range(options.runs):
            messages = flood.messages(SENDERS)
            idle = await _read(host, paths, READS)
            sending = asyncio.create_task(flood.send(messages))
            busy = await _read(host, paths, READS)
            await sending
            await flood.stored()
            idle_p95.append(percentile(idle, 95))
            flood_p95.append(percentile(busy, 95))
            ratios.append(flood_p95[-1] / idle_p95[-1])
        fates = _fates(host, flood)
    figures = [
        rows.figure("flood.read.idle", idle_p95),
        rows.figure("flood.read.p95", flood_p95),
        rows.figure("flood.read.ratio", ratios),
    ]
    return Outcome(figures, fates)


@asynccontextmanager
async def _flooded(postgres: PostgresServer, options: Options) -> AsyncGenerator[tuple[Host, Flood]]:
    """A deployment behind a pooler with monitors that are up in all regions."""
    async with deployed(postgres, sweeps=False, profile=options.profile, connections=CONNECTIONS) as host:
        _above(host, PLANT)
        flood = Flood(host, [row[0] for row in host.rows("select id from monitor order by id")])
        await flood.send(flood.messages(len(REGIONS) * MONITORS // RESULTS_EACH))
        await flood.stored()
        _above(host, "analyze")
        yield host, flood


def _above(host: Host, statement: LiteralString) -> None:
    with psycopg.connect(host.postgres.conninfo("postgres", DATABASE), autocommit=True) as conn:
        conn.execute(statement)


def _paths(host: Host) -> list[str]:
    ((monitor_id,),) = host.rows("select id from monitor order by id limit 1")
    one = f"/v1/monitors/{monitor_id}"
    return [
        "/v1/monitors?limit=50",
        f"{one}/results",
        f"{one}/uptime?days=30",
        f"{one}/latency?step=hour",
        "/v1/incidents",
    ]


async def _read(host: Host, paths: Sequence[str], count: int) -> list[float]:
    """Milliseconds of so many reads, one at a time."""
    headers = {"authorization": f"Bearer {host.world.api_key}"}
    taken: list[float] = []
    for number in range(count):
        began = time.perf_counter()
        status, body = await host.app.request("GET", paths[number % len(paths)], headers=headers)
        taken.append((time.perf_counter() - began) * 1000)
        if status != 200:
            raise RuntimeError(f"{paths[number % len(paths)]} answered {status}: {body[:200]!r}")
    return taken


def _result(monitor_id: UUID, tick: datetime) -> CheckResult:
    timings = Timings(dns=1.5, connect=12.25, tls=24.5, first_byte=80.0, total=118.25 + tick.second)
    return CheckResult(
        monitor_id=monitor_id, version=1, tick=tick, checked_at=tick, status=CheckStatus.UP, timings=timings
    )


def _fates(host: Host, flood: Flood) -> Fates:
    """Of results here: those that were not stored are lost; storing one twice is refused by the table's key."""
    ((incidents,),) = host.rows("select count(*) from incident")
    return Fates(
        accepted=flood.sent,
        refused=0,
        recorded=flood.sent - flood.lost(),
        incidents=incidents,
        paged=0,
        repeated=0,
        uncertain=0,
        unclaimed=0,
        stopped=0,
        lost=flood.lost(),
        states={},
    )
