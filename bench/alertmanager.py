"""Debian's Alertmanager under the same loads as Tocsin, for each figure of ours to be a ratio to its.

It waits for nothing (group_wait 0), keeps everything in memory, and pages a webhook in another process. Run alone as
`python -m bench.alertmanager [load …]`.
"""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, override

import uvloop

from bench import rows, wire
from bench.benchmark import percentile
from bench.bursts import BURST, HUNDRED, PATIENCE_SECONDS, STORM, paged, sent_fast
from bench.figure import Figure
from bench.host import JSON, child, listen, told
from bench.load import Arrival, Load
from bench.serial import EVENTS, WARM_UP, one_by_one
from bench.sustained import CONNECTIONS, climb, near
from bench.wire import LOOPBACK, Client

PROGRAM: Final = "prometheus-alertmanager"
START_SECONDS: Final = 30
STOP_SECONDS: Final = 10


class NotThere(RuntimeError):
    """Alertmanager is not installed, or did not start; the message says which."""


@dataclass(slots=True, kw_only=True)
class Alertmanager(Load):
    """A running Alertmanager and its sender. A title is an alert's name, by which it groups."""

    _known: set[str] = field(default_factory=set[str])
    _unpaged: set[str] = field(default_factory=set[str])

    @override
    async def send(self, title: str) -> tuple[int, int]:
        """One alert; anything but 200 is counted."""
        labels = {"alertname": title, "severity": "critical", "instance": "db-1", "region": "eu-central-1"}
        annotations = {"summary": title, "description": "42 is over the threshold of 40 on the disk of db-1"}
        payload = json.dumps([{"labels": labels, "annotations": annotations}]).encode()
        if title not in self._known:
            self._unpaged.add(title)
        sent = time.monotonic_ns()
        status, _ = await self.ingest.request("POST", "/api/v2/alerts", payload, JSON)
        answered = time.monotonic_ns()
        if status == 200:
            self.accepted.append(title)
        else:
            self.refused += 1
            self._unpaged.discard(title)
        return sent, answered

    @override
    def arrived(self, arrival: Arrival) -> None:
        """A page has come."""
        super(Alertmanager, self).arrived(arrival)
        self._known.add(arrival.title)
        self._unpaged.discard(arrival.title)

    @override
    async def settled(self, seconds: float = 60) -> None:
        """Return when there was a page for every name."""
        async with asyncio.timeout(seconds):
            while self._unpaged:
                await asyncio.sleep(0.02)


def configuration(hooks: int) -> str:
    """Each name a group of its own, paged at once and once; YAML, of which JSON is a part."""
    return json.dumps(
        {
            "route": {
                "receiver": "bench",
                "group_by": ["alertname"],
                "group_wait": "0s",
                "group_interval": "5m",
                "repeat_interval": "1h",
            },
            "receivers": [
                {
                    "name": "bench",
                    "webhook_configs": [{"url": f"http://{LOOPBACK}:{hooks}/", "send_resolved": False}],
                }
            ],
        }
    )


@asynccontextmanager
async def running() -> AsyncGenerator[Alertmanager]:
    """A fresh Alertmanager and its receiver; both end whatever happens."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise NotThere(f"{PROGRAM} is not installed: apt-get install prometheus-alertmanager")
    with tempfile.TemporaryDirectory(prefix="tocsin-alertmanager-") as name:
        folder = Path(name)
        with child(folder / "receiver.log", "bench.receiver", "alertmanager") as receiver:
            ports = await told(receiver)
            (folder / "config.json").write_text(configuration(ports["hooks"]))
            with wire.listener() as free:
                port: int = free.getsockname()[1]
            process = subprocess.Popen(  # noqa: S603 - Debian's program with our own arguments
                [
                    program,
                    f"--config.file={folder / 'config.json'}",
                    f"--storage.path={folder / 'data'}",
                    f"--web.listen-address={LOOPBACK}:{port}",
                    "--cluster.listen-address=",
                    "--log.level=error",
                ],
                # a proxy of this machine's must not see the webhooks
                env={"PATH": os.environ.get("PATH", ""), "HOME": name},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            peer = Alertmanager(ingest=Client(port))
            listening = asyncio.create_task(listen(peer, ports["listeners"]))
            try:
                await _ready(peer.ingest, process)
                yield peer
            finally:
                listening.cancel()
                peer.ingest.close()
                _end(process)


async def serial(runs: int) -> list[Figure]:
    """Each event sent once the page of the one before has come."""
    async with running() as peer:
        await one_by_one(peer, WARM_UP)
        took = [await one_by_one(peer, EVENTS) for _ in range(runs)]
    return [rows.figure(f"peer.serial.p{n}", [percentile(some, n) for some in took]) for n in (50, 95)]


async def hundred(runs: int) -> list[Figure]:
    """A hundred requests at the same time."""
    async with running() as peer:
        await one_by_one(peer, WARM_UP)
        await peer.ingest.open(HUNDRED)
        p99s = [
            percentile(await asyncio.gather(*(paged(peer, title) for title in peer.titles(HUNDRED))), 99)
            for _ in range(runs)
        ]
    return [rows.figure("peer.hundred.p99", p99s)]


async def thousand(runs: int) -> list[Figure]:
    """A thousand as fast as they are taken."""
    took: list[float] = []
    async with running() as peer:
        await one_by_one(peer, WARM_UP)
        for _ in range(runs):
            titles = peer.titles(BURST)
            pages = [peer.paged(title) for title in titles]
            sent = await sent_fast(peer, titles)
            async with asyncio.timeout(PATIENCE_SECONDS):
                arrived = await asyncio.gather(*pages)
            took.append((max(arrived) - min(start for start, _ in sent)) / 1e9)
    return [rows.figure("peer.burst.all", took)]


async def storm(runs: int) -> list[Figure]:
    """A thousand times the same alert."""
    rates, pages = list[float](), list[float]()
    async with running() as peer:
        await one_by_one(peer, WARM_UP)
        for name in peer.titles(runs, "storm"):
            sent = await sent_fast(peer, [name] * STORM)
            rates.append(STORM * 1e9 / (max(end for _, end in sent) - min(start for start, _ in sent)))
            await peer.settled()
            pages.append(float(sum(arrival.title == name for arrival in peer.arrivals)))
    return [rows.figure("peer.storm.rate", rates), rows.figure("peer.storm.pages", pages)]


async def sustained(runs: int) -> list[Figure]:
    """The highest steady rate."""
    async with running() as peer:
        await one_by_one(peer, WARM_UP)
        await peer.ingest.open(CONNECTIONS)
        found = [await climb(peer)]
        while len(found) < runs:
            found.append(await near(peer, found[-1]))
    return [rows.figure("peer.sustained.rate", found)]


LOADS: Final[Mapping[str, Callable[[int], Awaitable[list[Figure]]]]] = {
    "serial": serial,
    "hundred": hundred,
    "thousand": thousand,
    "storm": storm,
    "sustained": sustained,
}
"""By the name of the benchmark of ours that it stands beside."""


def beside(name: str, runs: int) -> list[Figure]:
    """The peer's figures for a benchmark of ours, taken now; none where it has no such thing."""
    load = LOADS.get(name)
    return [] if load is None else uvloop.run(_awaited(load, runs))


async def _awaited(load: Callable[[int], Awaitable[list[Figure]]], runs: int) -> list[Figure]:
    return await load(runs)


async def _ready(client: Client, process: subprocess.Popen[bytes]) -> None:
    try:
        async with asyncio.timeout(START_SECONDS):
            while process.poll() is None:
                try:
                    status, _ = await client.request("GET", "/-/ready")
                except OSError:
                    status = 0
                if status == 200:
                    return
                await asyncio.sleep(0.05)
    except TimeoutError as error:
        raise NotThere(f"{PROGRAM} was not ready within {START_SECONDS} s") from error
    raise NotThere(f"{PROGRAM} ended with {process.returncode} before it was ready")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


if __name__ == "__main__":
    for each in sys.argv[1:] or LOADS:
        for figure in beside(each, 5):
            sys.stdout.write(f"{figure.name}: {figure.median:.4g} {figure.unit} {figure.runs}\n")
            sys.stdout.flush()
