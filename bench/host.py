"""The bench host: a fresh database, the cloud's process, the receiver's, and what a benchmark does with them."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Generator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from signal import SIGKILL
from typing import Any, Final, LiteralString, override

import psycopg
from psycopg import sql

from bench.counts import Counts
from bench.load import Arrival, Load
from bench.plan import DATABASE, Plan
from bench.pooler import pooling
from bench.wire import LOOPBACK, Client
from bench.world import Keys, World, plant
from local.machine import ROOT
from local.postgres import PostgresServer
from migrations.runner import migrate

HOME: Final = ROOT / ".local" / "bench"
TEMPLATE: Final = "tocsin_template"
START_SECONDS: Final = 120
STOP_SECONDS: Final = 15
FAR_SECONDS: Final = 900
JSON: Final = {"content-type": "application/json"}


@contextmanager
def server(home: Path = HOME) -> Generator[PostgresServer]:
    """PostgreSQL with durable commits and a migrated template; what a killed run left is cleared first."""
    postgres = PostgresServer(home / "postgres", {"shared_preload_libraries": "pg_stat_statements"})
    postgres.stop("immediate")
    shutil.rmtree(home, ignore_errors=True)
    try:
        postgres.start()
        migrate(postgres.conninfo("postgres", "postgres"), TEMPLATE)
        yield postgres
    finally:
        postgres.stop("immediate")
        shutil.rmtree(home / "postgres", ignore_errors=True)


@dataclass(slots=True)
class Host(Load):
    """A running deployment and its sender."""

    postgres: PostgresServer
    world: World
    app: Client
    aws: Client
    cloud_pid: int
    receiver_pid: int

    @override
    async def send(self, title: str, *, key: str | None = None, action: str = "trigger") -> tuple[int, int]:
        """One event in PagerDuty's format; answers when it was sent and when it was answered (monotonic ns).

        The title is the incident's; `key` its dedup key, the title where none is given. Anything but 202 is counted.
        """
        dedup_key = key or title
        routing_key = self.world.routing_keys[hash(dedup_key) % len(self.world.routing_keys)]
        body: dict[str, Any] = {"routing_key": routing_key, "event_action": action, "dedup_key": dedup_key}
        if action == "trigger":
            body["payload"] = {
                "summary": title,
                "source": "bench",
                "severity": "critical",
                "custom_details": {"region": "eu-central-1", "value": 42, "threshold": 40, "check": "disk of db-1"},
            }
        payload = json.dumps(body).encode()
        sent = time.monotonic_ns()
        status, _ = await self.ingest.request("POST", "/v2/enqueue", payload, JSON)
        answered = time.monotonic_ns()
        if status == 202:
            self.accepted.append(dedup_key)
        else:
            self.refused += 1
        return sent, answered

    async def control(self, what: str) -> Any:
        """Ask the cloud's process."""
        _, answer = await self.aws.request("POST", f"/-/{what}")
        return json.loads(answer)

    async def counts(self) -> Counts:
        """What has been used so far."""
        return Counts.from_json(await self.control("counts"))

    @override
    async def settled(self, seconds: float = 60) -> None:
        """Return when no queue holds anything but delayed messages; raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while any((await self.control("state"))["waiting"].values()):
                await asyncio.sleep(0.05)

    def rows(self, query: LiteralString | sql.Composed, *params: object) -> list[tuple[Any, ...]]:
        """Look into the database from above."""
        with psycopg.connect(self.postgres.conninfo("postgres", DATABASE), autocommit=True) as conn:
            return conn.execute(query, params).fetchall()


@asynccontextmanager
async def deployed(
    postgres: PostgresServer,
    *,
    second_step_seconds: int = FAR_SECONDS,
    sweeps: bool = True,
    profile: bool = False,
    prepare: LiteralString | None = None,
    connections: int | None = None,
    sockets: int = 0,
) -> AsyncGenerator[Host]:
    """A deployment over a fresh database; ends its processes whatever happens. `prepare` is run as superuser first.

    With `connections` it enters the database through a transaction pooler that has no more than these; `sockets` is the
    port of a gateway of WebSockets.
    """
    folder = HOME / "run"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    keys = Keys.make()
    fresh(postgres)
    with child(folder / "receiver.log", "bench.receiver") as receiver, _entrance(postgres, connections) as db_host:
        ports = await told(receiver)
        with psycopg.connect(postgres.conninfo("postgres", DATABASE)) as conn:
            if prepare is not None:
                conn.execute(prepare)
            world = plant(conn, keys, ports["hooks"], second_step_seconds)
        plan = Plan(
            folder=folder,
            db_host=db_host,
            mac_keys=keys.mac_document,
            seal_private_pem=keys.seal_private_pem,
            seal_public_pem=keys.seal_public_pem,
            sweeps=sweeps,
            profile=profile,
            sockets=sockets,
        )
        plan.write(folder / "plan.json")
        with child(folder / "cloud.log", "bench.cloud", str(folder / "plan.json")) as cloud:
            found = await told(cloud)
            ingest, app, aws = (Client(found[name]) for name in ("ingest", "app", "aws"))
            host = Host(postgres, world, app, aws, cloud.pid, receiver.pid, ingest=ingest)
            listening = asyncio.create_task(listen(host, ports["listeners"]))
            try:
                yield host
            finally:
                listening.cancel()
                for client in (ingest, app, aws):
                    client.close()


def _entrance(postgres: PostgresServer, connections: int | None) -> AbstractContextManager[str]:
    return nullcontext(str(postgres.host)) if connections is None else pooling(postgres, connections)


def fresh(postgres: PostgresServer) -> None:
    """Make the database anew from the migrated template, without what earlier benchmarks left."""
    with psycopg.connect(postgres.conninfo("postgres", "postgres"), autocommit=True) as conn:
        name, template = sql.Identifier(DATABASE), sql.Identifier(TEMPLATE)
        conn.execute(sql.SQL("drop database if exists {} with (force)").format(name))
        conn.execute(sql.SQL("create database {} template {} owner tocsin").format(name, template))
        conn.execute("checkpoint")


@contextmanager
def child(log: Path, *module: str) -> Generator[subprocess.Popen[bytes]]:
    """A process of ours that ends when its input does, as it also would if this one were killed."""
    with log.open("wb") as errors:
        process = subprocess.Popen(  # noqa: S603 - our own modules
            [sys.executable, "-m", *module],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        if process.stdin is not None:
            process.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, SIGKILL)
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


async def told(child: subprocess.Popen[bytes]) -> dict[str, int]:
    """The ports that a child tells once it is ready."""
    assert child.stdout is not None  # noqa: S101 - it was started with a pipe
    async with asyncio.timeout(START_SECONDS):
        line = await asyncio.to_thread(child.stdout.readline)
    if not line:
        raise RuntimeError(f"{child.args} ended before it was ready; see {HOME / 'run'}")
    return json.loads(line)


async def listen(host: Load, port: int) -> None:
    """Hand every page that a receiver tells of to whoever waits for it."""
    reader, writer = await asyncio.open_connection(LOOPBACK, port)
    try:
        while line := await reader.readline():
            notification_id, title, at_ns = line.decode().split()
            host.arrived(Arrival(notification_id, title, int(at_ns)))
    finally:
        writer.close()
