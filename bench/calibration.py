"""Says what machine a run was on, and measures what that machine itself can do, in the same run as the benchmarks.

Each probe is what Tocsin leans on, with nothing of Tocsin in it. Run as `python -m bench.calibration`.
"""

import asyncio
import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, Final, LiteralString

import psycopg

from bench.figure import Figure
from bench.host import HOME, server
from local.postgres import PostgresServer

ROOT: Final = Path(__file__).resolve().parents[1]
RUNS: Final = 5
SECONDS: Final = 1.0
WRITERS: Final = 8
ROWS: Final = 1_000
SYNCS: Final = 100
BLOCK: Final = b"\0" * 8192
ECHOERS: Final = 32
PAYLOAD: Final = b"x" * 256
SETTINGS: Final = ("fsync", "synchronous_commit", "full_page_writes", "wal_sync_method", "shared_buffers")

CREATE: Final = "create table calibration (id integer primary key, value bigint not null)"
UPSERT: Final = "insert into calibration values (%s, 1) on conflict (id) do update set value = calibration.value + 1"
UPSERT_MANY: Final = (
    "insert into calibration select unnest(%s::integer[]), 1"
    " on conflict (id) do update set value = calibration.value + 1"
)
ECHO_SERVER: Final = """
import asyncio, sys
class Echo(asyncio.Protocol):
    def connection_made(self, transport): self.transport = transport
    def data_received(self, data): self.transport.write(data)
async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Echo, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
asyncio.run(main())
"""


@dataclass(frozen=True, slots=True)
class Machine:
    """Where and of what a run was. `load` is the load average of a minute when it began."""

    at: str
    commit: str
    dirty: bool
    cpu: str
    cores: int
    memory_gb: float
    kernel: str
    python: str
    load: float
    postgres: str
    settings: dict[str, str]

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)


def machine(postgres: PostgresServer) -> Machine:
    """Describe this machine, this checkout and this PostgreSQL."""
    with psycopg.connect(postgres.conninfo("postgres", "postgres"), autocommit=True) as conn:
        found = conn.execute("select name, setting from pg_settings where name = any(%s)", (list(SETTINGS),)).fetchall()
        version = str(conn.execute("show server_version").fetchall()[0][0])
    commit = _git("rev-parse", "--short=12", "HEAD")
    return Machine(
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        commit=commit,
        dirty=bool(_git("status", "--porcelain", "--untracked-files=no")),
        cpu=cpu_model(Path("/proc/cpuinfo").read_text()),
        cores=len(os.sched_getaffinity(0)),
        memory_gb=round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        kernel=platform.release(),
        python=platform.python_version(),
        load=round(os.getloadavg()[0], 2),
        postgres=version,
        settings={str(name): str(value) for name, value in sorted(found)},
    )


def cpu_model(cpuinfo: str) -> str:
    """The processor's name as /proc/cpuinfo has it; the architecture where it has none."""
    for line in cpuinfo.splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()


def calibrate(postgres: PostgresServer, runs: int = RUNS) -> list[Figure]:
    """Each probe `runs` times, in turn, so that a slow moment meets all of them."""
    probes: dict[str, tuple[str, Callable[[], float]]] = {
        "calibration.python": ("loops/s", python_loops),
        "calibration.sha256": ("MB/s", sha256_megabytes),
        "calibration.fsync": ("ms", lambda: fsync_milliseconds(postgres.data_dir)),
        "calibration.upsert": ("/s", lambda: upserts(postgres)),
        "calibration.unnest": ("rows/s", lambda: unnested_rows(postgres)),
        "calibration.echo": ("/s", echoes),
    }
    took: dict[str, list[float]] = {name: [] for name in probes}
    with psycopg.connect(postgres.conninfo("postgres", "postgres"), autocommit=True) as conn:
        conn.execute("drop table if exists calibration")
        conn.execute(CREATE)
        for _ in range(runs):
            for name, (_unit, probe) in probes.items():
                took[name].append(probe())
        conn.execute("drop table calibration")
    return [
        Figure(name, unit, tuple(took[name]), None, "lower" if unit == "ms" else "higher", NOTES[name])
        for name, (unit, _) in probes.items()
    ]


NOTES: Final = {
    "calibration.python": "one core: a dictionary of 20 entries to JSON and back",
    "calibration.sha256": "one core: SHA-256 of 1 MB blocks",
    "calibration.fsync": f"median of {SYNCS}: an 8 KB block appended and fdatasync'd where the database is",
    "calibration.upsert": f"durable single-row upserts, a transaction each, over {WRITERS} connections",
    "calibration.unnest": f"durable upserts of {ROWS:,} rows a statement by unnest, one connection",
    "calibration.echo": f"256 bytes there and back over loopback, asyncio at both ends, {ECHOERS} connections",
}


def python_loops(seconds: float = SECONDS) -> float:
    """Interpreter and memory, on one core."""
    document = {f"key {number}": [number, str(number), None] for number in range(20)}
    return _rate(lambda: json.loads(json.dumps(document)), seconds)


def sha256_megabytes(seconds: float = SECONDS) -> float:
    """The processor without the interpreter, on one core."""
    block = bytes(1_000_000)
    return _rate(lambda: hashlib.sha256(block).digest(), seconds)


def fsync_milliseconds(folder: Path, syncs: int = SYNCS) -> float:
    """What a durable write costs on the database's disk."""
    took: list[float] = []
    with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
        for _ in range(syncs):
            began = time.perf_counter()
            file.write(BLOCK)
            os.fdatasync(file.fileno())
            took.append((time.perf_counter() - began) * 1000)
    return median(took)


def upserts(postgres: PostgresServer, seconds: float = SECONDS) -> float:
    """Commits that share the disk's writes as the functions' do."""
    with ThreadPoolExecutor(WRITERS) as pool:
        begun = [pool.submit(_statements, postgres, UPSERT, writer, seconds) for writer in range(WRITERS)]
        return sum(one.result() for one in begun)


def unnested_rows(postgres: PostgresServer, seconds: float = SECONDS) -> float:
    """Rows in bulk."""
    return ROWS * _statements(postgres, UPSERT_MANY, list(range(WRITERS, WRITERS + ROWS)), seconds)


def echoes(seconds: float = SECONDS) -> float:
    """Requests between two processes over loopback."""
    command = [sys.executable, "-I", "-c", ECHO_SERVER]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as echo:  # noqa: S603 - our own program
        assert echo.stdin is not None  # noqa: S101 - it is a pipe
        assert echo.stdout is not None  # noqa: S101 - it is a pipe
        try:
            return asyncio.run(_echo_all(int(echo.stdout.readline()), seconds))
        finally:
            echo.stdin.close()


async def _echo_all(port: int, seconds: float) -> float:
    until = time.perf_counter() + seconds
    return sum(await asyncio.gather(*(_echo_some(port, until) for _ in range(ECHOERS)))) / seconds


async def _echo_some(port: int, until: float) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    done = 0
    while time.perf_counter() < until:
        writer.write(PAYLOAD)
        await reader.readexactly(len(PAYLOAD))
        done += 1
    writer.close()
    await writer.wait_closed()
    return done


def _statements(postgres: PostgresServer, statement: LiteralString, argument: object, seconds: float) -> float:
    with psycopg.connect(postgres.conninfo("postgres", "postgres"), autocommit=True) as conn:
        return _rate(lambda: conn.execute(statement, (argument,)), seconds)


def _rate(work: Callable[[], object], seconds: float) -> float:
    """How often a second; what is begun is finished and counted."""
    began, done = time.perf_counter(), 0
    while True:
        work()
        done += 1
        if (took := time.perf_counter() - began) >= seconds:
            return done / took


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(ROOT), *arguments]
    found = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - our own arguments
    return found.stdout.strip() if found.returncode == 0 else "unknown"


def main() -> None:
    """Print what this machine can do."""
    with server(HOME.with_name("calibration")) as postgres:
        sys.stdout.write(json.dumps(machine(postgres).to_json(), indent=1) + "\n")
        for figure in calibrate(postgres):
            sys.stdout.write(f"{figure.name}: {figure.median:,.4g} {figure.unit} ({figure.note})\n")


if __name__ == "__main__":
    main()
