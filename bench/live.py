"""Check result → frame on a socket, and one change told to a thousand sockets of one organization.

The result goes to the queue; `verdict` stores it and notes the change, `push` posts it, signed, to a gateway of real
sockets (bench/sockets.py), and it is received in this process.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import aiohttp

from bench import rows
from bench.benchmark import Options, Outcome, percentile
from bench.host import HOME, Host, child, deployed, told
from bench.outages import send
from bench.reads import NO_FATES
from bench.wire import LOOPBACK, Client
from local.postgres import PostgresServer
from tocsin.domain.live import Topic
from tocsin.domain.monitor import CheckStatus
from tocsin.platform.tokens import digest

WATCHERS: Final = 200
"""Organizations with a socket each: the first change of every second goes out at once, so they take turns."""
WARM_UP: Final = 20
CROWD: Final = 1_000
AT_ONCE: Final = 50
PATIENCE_SECONDS: Final = 30
REGION: Final = "eu-west-1"
PLANT: Final = """
with orgs as (
    insert into organization (name, created_at) select 'Watched ' || n, now() from generate_series(1, %s) n returning id
),
services as (
    insert into service (org_id, name, created_at) select id, 'shop', now() from orgs returning org_id, id
)
insert into monitor (
    org_id, service_id, name, kind, spec, severity, interval_seconds, timeout_seconds, regions, failures_to_down,
    successes_to_up, confirmation_seconds, recovery_seconds, created_at, created_by, updated_at
)
select s.org_id, s.id, 'shop', 'http', '{"kind": "http", "url": "https://shop.acme.example/"}', 'critical',
    10, 5, array['eu-west-1'], 1, 1, 0, 0, now() - interval '1 day', 'bench', now() - interval '1 day'
from services s
returning org_id, id
"""
TICKETS: Final = """
select app.open_live_ticket(hash, %s, null, null, 'viewer', %s, now() + interval '1 hour', '10 minutes')
from unnest(%s::bytea[]) as t (hash)
"""


@dataclass(slots=True)
class Watcher:
    """A client: its socket, and when each frame came (monotonic ns)."""

    socket: aiohttp.ClientWebSocketResponse
    frames: asyncio.Queue[int] = field(default_factory=asyncio.Queue[int])

    async def listen(self) -> None:
        """Take frames as they come."""
        async for message in self.socket:
            if message.type is aiohttp.WSMsgType.TEXT and '"changed"' in message.data:
                self.frames.put_nowait(time.monotonic_ns())


async def run(postgres: PostgresServer, options: Options) -> Outcome:
    """One at a time first, then the crowd."""
    serial, crowd = list[list[float]](), list[list[float]]()
    async with sockets() as port, deployed(postgres, profile=options.profile, sweeps=False, sockets=port) as host:
        gateway = Client(port)
        await gateway.request("POST", "/-/cloud", str(host.aws.port).encode())
        planted: list[tuple[UUID, UUID]] = [(org, one) for org, one in host.rows(PLANT, WATCHERS + 1)]
        tick = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=10)
        async with _client(port) as connect:
            watchers = [(one, (await connect(host, org, 1))[0]) for org, one in planted[1:]]
            await _one_by_one(host, watchers[:WARM_UP], tick)
            for _ in range(options.runs):
                tick += timedelta(seconds=10)
                serial.append(await _one_by_one(host, watchers, tick))
            org, monitor_id = planted[0]
            everybody = await connect(host, org, CROWD)
            before = await host.counts()
            for _ in range(options.runs):
                tick += timedelta(seconds=10)
                crowd.append(await _to_all(host, monitor_id, everybody, tick))
                await asyncio.sleep(1.1)
            used = (await host.counts()).since(before)
        gateway.close()
    messages = used.queues["pushes"].messages / options.runs
    cpu = used.functions["push"].cpu_ns / options.runs / 1e6
    figures = [
        *(
            rows.figure(f"live.serial.p{percent}", [percentile(took, percent) for took in serial])
            for percent in (50, 95)
        ),
        *(
            rows.figure(f"live.crowd.p{percent}", [percentile(took, percent) for took in crowd])
            for percent in (50, 100)
        ),
    ]
    remarks = [
        f"{CROWD} connections: a change is {messages:.0f} message to push, {CROWD} posts, {cpu:.0f} ms of its CPU",
        f"the crowd's first frame came after {min(min(took) for took in crowd):.0f} ms",
    ]
    sent = WATCHERS * options.runs + CROWD * options.runs
    received = sum(map(len, serial)) + sum(map(len, crowd))
    return Outcome(figures, replace(NO_FATES, accepted=sent, recorded=received, lost=sent - received), remarks=remarks)


async def _one_by_one(host: Host, watchers: Sequence[tuple[UUID, Watcher]], tick: datetime) -> list[float]:
    """From each result sent to its frame received, in milliseconds."""
    took: list[float] = []
    for monitor_id, watcher in watchers:
        sent = await send(host, REGION, [monitor_id], CheckStatus.UP, tick)
        async with asyncio.timeout(PATIENCE_SECONDS):
            took.append((await watcher.frames.get() - sent) / 1e6)
    await asyncio.sleep(1.1)
    return took


async def _to_all(host: Host, monitor_id: UUID, watchers: Sequence[Watcher], tick: datetime) -> list[float]:
    sent = await send(host, REGION, [monitor_id], CheckStatus.UP, tick)
    async with asyncio.timeout(PATIENCE_SECONDS):
        came = [await watcher.frames.get() for watcher in watchers]
    return [(at - sent) / 1e6 for at in came]


@asynccontextmanager
async def sockets() -> AsyncGenerator[int]:
    """A gateway of WebSockets; gives its port."""
    HOME.mkdir(parents=True, exist_ok=True)
    with child(HOME / "sockets.log", "bench.sockets") as process:
        yield (await told(process))["sockets"]


@asynccontextmanager
async def _client(port: int) -> AsyncGenerator[Any]:
    """Opens so many sockets of an organization; all end with it."""
    listening: list[asyncio.Task[None]] = []
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def one(ticket: str) -> Watcher:
            socket = await session.ws_connect(f"http://{LOOPBACK}:{port}/live?ticket={ticket}", compress=0)
            await socket.send_json({"action": "subscribe", "topics": [topic.value for topic in Topic]})
            await socket.receive_json()
            watcher = Watcher(socket)
            listening.append(asyncio.create_task(watcher.listen()))
            return watcher

        async def connect(host: Host, org_id: UUID, count: int) -> list[Watcher]:
            tickets = [uuid4().hex for _ in range(count)]
            host.rows(TICKETS, org_id, [topic.value for topic in Topic], [digest(ticket) for ticket in tickets])
            made: list[Watcher] = []
            for start in range(0, count, AT_ONCE):
                made += await asyncio.gather(*map(one, tickets[start : start + AT_ONCE]))
            return made

        try:
            yield connect
        finally:
            for task in listening:
                task.cancel()
            await asyncio.gather(*listening, return_exceptions=True)
