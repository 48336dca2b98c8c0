"""Checks from one region: a thousand monitors at ten seconds on one core, and what a check costs beside its peer's.

Debian's blackbox exporter and Prometheus check the same site as often, on the same core, in turn with ours.
"""

import asyncio
import json
import os
import subprocess
import tempfile
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from typing import Any, Final

import trustme

from bench import blackbox, rows
from bench.benchmark import Options, Outcome
from bench.blackbox import Cost
from bench.check_runner import CORE, INTERVAL_SECONDS
from bench.host import child, told
from bench.pool import MB_OF_ONE_CPU
from bench.prices import GB, MILLION, PLATFORM_LOG_BYTES, usd
from bench.reads import NO_FATES
from bench.sqs import CHUNK
from bench.wire import LOOPBACK, Client
from infra.checking import MEMORY_MB
from local.postgres import PostgresServer

MONITORS: Final = 1_000
SECONDS: Final = 20
"""Of one run; two checks of each monitor."""
WARM_UP_SECONDS: Final = 5
MOST_RUNS: Final = 3
"""With the peer's a run takes about a minute."""
PATIENCE_SECONDS: Final = 120
LOGGED_BYTES: Final = 600
"""Of a minute's own lines: what was checked, and its metrics."""


@dataclass(frozen=True, slots=True)
class Window:
    """One run of ours. CPU in seconds, lateness in milliseconds."""

    cpu: float
    due: int
    done: int
    lateness_p99: float
    messages: int
    bytes: int
    results: int
    up: int

    @property
    def cpu_per_thousand(self) -> float:
        """CPU seconds for a thousand checks."""
        return 1_000 * self.cpu / self.done


async def run(_postgres: PostgresServer, options: Options) -> Outcome:
    """Ours and the peer's in turn; the peer is left out where it is not installed."""
    with tempfile.TemporaryDirectory(prefix="tocsin-checks-") as name:
        folder = Path(name)
        authority = _identity(folder)
        async with _target(folder) as (ports, queue), _ours(folder, authority, ports) as window:

            async def arrived() -> dict[str, int]:
                _, answer = await queue.request("GET", "/arrived")
                return json.loads(answer)

            async def served() -> int:
                return (await arrived())["served"]

            await window(WARM_UP_SECONDS)
            ours, theirs = list[Window](), list[Cost]()
            for _ in range(min(options.runs, MOST_RUNS)):
                await arrived()
                ours.append(_measured(await window(SECONDS), await arrived()))
                if blackbox.is_there():
                    site, core = ports["site"], CORE
                    theirs.append(
                        await blackbox.measure(
                            folder, authority, site, MONITORS, INTERVAL_SECONDS, SECONDS, core, served
                        )
                    )
    return _outcome(ours, theirs)


def _outcome(ours: list[Window], theirs: list[Cost]) -> Outcome:
    costs = [window.cpu_per_thousand for window in ours]
    figures = [
        rows.figure("checks.late.p99", [window.lateness_p99 for window in ours]),
        rows.figure("checks.missed", [float(window.due - window.done) for window in ours]),
        rows.figure("checks.cpu", costs),
        rows.figure("cost.checks.made", [_cost(window) for window in ours]),
    ]
    if theirs:
        pairs = list(zip(costs, theirs, strict=True))
        figures += [
            rows.figure("checks.cpu.ratio", [mine / peer.both for mine, peer in pairs]),
            rows.figure("checks.cpu.ratio.exporter", [mine / peer.exporter for mine, peer in pairs]),
            rows.figure("peer.checks.cpu", [peer.both for peer in theirs]),
        ]
    done, arrived = sum(window.done for window in ours), sum(window.results for window in ours)
    messages, size = sum(window.messages for window in ours), sum(window.bytes for window in ours)
    up, each = sum(window.up for window in ours), done / messages
    remarks = [f"{done} checks, {up} of them up, {each:.0f} a message of {size / messages:.0f} B on average"]
    if theirs:
        alone = ", ".join(f"{peer.exporter:.3g}" for peer in theirs)
        remarks.append(f"of the peer's CPU seconds per 1,000 the exporter itself took {alone}")
    else:
        remarks.append(f"nothing is beside it: {blackbox.EXPORTER} or {blackbox.PROMETHEUS} is not installed")
    fates = replace(NO_FATES, accepted=done, recorded=arrived, lost=max(0, done - arrived))
    return Outcome(figures, fates, remarks=remarks)


def _cost(window: Window) -> float:
    """Dollars for a million checks, until home's queue has their results, by a function that never stands still."""
    gb_seconds = max(SECONDS, window.cpu * MB_OF_ONE_CPU / MEMORY_MB) * MEMORY_MB / 1024
    requests = window.messages * ceil(window.bytes / window.messages / CHUNK)
    minutes = SECONDS / 60
    bill = (
        usd("lambda.gb_second", gb_seconds),
        usd("lambda.request", minutes),
        usd("sqs.request", requests),
        usd("sqs.fair", requests),
        usd("s3.get", minutes),
        usd("logs.gb", minutes * (PLATFORM_LOG_BYTES + LOGGED_BYTES) / GB),
    )
    return sum(bill) * MILLION / window.done


def _measured(said: dict[str, Any], arrived: dict[str, int]) -> Window:
    report = said["report"]
    return Window(
        cpu=said["cpu"],
        due=report["due"],
        done=report["done"],
        lateness_p99=report["lateness_ms_p99"],
        messages=arrived["messages"],
        bytes=arrived["bytes"],
        results=arrived["results"],
        up=arrived["up"],
    )


def _identity(folder: Path) -> Path:
    """Make an authority and the site's certificate; answers where the authority's is."""
    made = trustme.CA()
    made.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(folder / "site.pem")
    made.cert_pem.write_to_path(folder / "authority.pem")
    return folder / "authority.pem"


@asynccontextmanager
async def _target(folder: Path) -> AsyncGenerator[tuple[dict[str, int], Client]]:
    with child(folder / "target.log", "bench.check_target", str(folder / "site.pem")) as process:
        ports = await told(process)
        queue = Client(ports["queue"])
        try:
            yield ports, queue
        finally:
            queue.close()


@asynccontextmanager
async def _ours(
    folder: Path, authority: Path, ports: dict[str, int]
) -> AsyncGenerator[Callable[[int], Awaitable[dict[str, Any]]]]:
    """The runner; call it with the seconds of a window."""
    plan = folder / "plan.json"
    plan.write_text(json.dumps({"monitors": MONITORS, "authority": str(authority), **ports}))
    os.environ |= {
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_ENDPOINT_URL": f"http://{LOOPBACK}:{ports['queue']}",
        "AWS_ACCESS_KEY_ID": "bench",
        "AWS_SECRET_ACCESS_KEY": "bench",
    }
    with child(folder / "runner.log", "bench.check_runner", str(plan)) as process:
        await told(process)

        async def window(seconds: int) -> dict[str, Any]:
            assert process.stdin is not None  # noqa: S101 - it was started with pipes
            assert process.stdout is not None  # noqa: S101 - likewise
            process.stdin.write(f"{seconds}\n".encode())
            process.stdin.flush()
            async with asyncio.timeout(seconds + PATIENCE_SECONDS):
                line = await asyncio.to_thread(_last_line, process)
            return json.loads(line)

        yield window


def _last_line(process: subprocess.Popen[bytes]) -> bytes:
    """What the runner says of a window; before it come the logs that a function writes to the same place."""
    assert process.stdout is not None  # noqa: S101 - it was started with a pipe
    for line in process.stdout:
        if line.startswith(b'{"cpu"'):
            return line
    raise RuntimeError("the runner ended in the middle of a window")
