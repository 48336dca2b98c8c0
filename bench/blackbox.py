"""Debian's blackbox exporter and Prometheus, checking the same site as often as ours does.

The exporter checks when it is asked and keeps nothing. Prometheus asks it at its instants and keeps the answers, which
is what `check` does and whom it tells; so both are measured, and the exporter's part is told apart.
"""

import asyncio
import json
import os
import shutil
import subprocess
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from bench import wire
from bench.wire import LOOPBACK, Client

EXPORTER: Final = "prometheus-blackbox-exporter"
PROMETHEUS: Final = "prometheus"
STARTS_SECONDS: Final = 20
STOP_SECONDS: Final = 10

type Served = Callable[[], Awaitable[int]]
"""How many checks the site has answered since it was last asked."""


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds for a thousand checks: the exporter's alone, and with it Prometheus's."""

    exporter: float
    both: float


def is_there() -> bool:
    """Whether all that is needed is installed."""
    return all(shutil.which(program) for program in (EXPORTER, PROMETHEUS, "taskset"))


async def measure(
    folder: Path, authority: Path, site: int, monitors: int, interval: int, seconds: int, core: int, served: Served
) -> Cost:
    """Let the two check a site for so many seconds, on one core, after each of its monitors was checked once."""
    exporter_port, prometheus_port = _free(), _free()
    module = {
        "prober": "http",
        "timeout": "5s",
        "http": {"preferred_ip_protocol": "ip4", "tls_config": {"ca_file": str(authority)}},
    }
    # YAML, of which JSON is a part
    (folder / "blackbox.yml").write_text(json.dumps({"modules": {"https": module}}))
    (folder / "prometheus.yml").write_text(json.dumps(_scraping(site, monitors, interval, exporter_port)))
    exporter = [
        EXPORTER,
        f"--config.file={folder / 'blackbox.yml'}",
        f"--web.listen-address={LOOPBACK}:{exporter_port}",
    ]
    prometheus = [
        PROMETHEUS,
        f"--config.file={folder / 'prometheus.yml'}",
        f"--storage.tsdb.path={folder / 'tsdb'}",
        f"--web.listen-address={LOOPBACK}:{prometheus_port}",
    ]
    shutil.rmtree(folder / "tsdb", ignore_errors=True)
    with _running(exporter, core) as one:
        await _until_ready(exporter_port)
        with _running(prometheus, core) as other:
            await _until_ready(prometheus_port)
            await asyncio.sleep(interval + 2)
            await served()
            before = _cpu(one), _cpu(other)
            await asyncio.sleep(seconds)
            checks = await served()
            used = _cpu(one) - before[0], _cpu(other) - before[1]
    return Cost(1_000 * used[0] / checks, 1_000 * sum(used) / checks)


def _scraping(site: int, monitors: int, interval: int, exporter: int) -> dict[str, object]:
    return {
        "global": {"scrape_interval": f"{interval}s", "scrape_timeout": "5s"},
        "scrape_configs": [
            {
                "job_name": "checks",
                "metrics_path": "/probe",
                "params": {"module": ["https"]},
                "static_configs": [{"targets": [f"https://localhost:{site}/?{number}" for number in range(monitors)]}],
                "relabel_configs": [
                    {"source_labels": ["__address__"], "target_label": "__param_target"},
                    {"source_labels": ["__param_target"], "target_label": "instance"},
                    {"target_label": "__address__", "replacement": f"{LOOPBACK}:{exporter}"},
                ],
            }
        ],
    }


@contextmanager
def _running(command: list[str], core: int) -> Generator[psutil.Process]:
    process = subprocess.Popen(  # noqa: S603 - Debian's programs with our own arguments
        ["taskset", "-c", str(core), *command, "--log.level=error"],  # noqa: S607 - wherever the system has it
        env={"PATH": os.environ.get("PATH", "")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


async def _until_ready(port: int) -> None:
    client = Client(port)
    async with asyncio.timeout(STARTS_SECONDS):
        while True:
            try:
                status, _ = await client.request("GET", "/-/healthy")
            except OSError:
                status = 0
            if status == 200:
                break
            await asyncio.sleep(0.05)
    client.close()


def _free() -> int:
    with wire.listener() as free:
        return free.getsockname()[1]


def _cpu(process: psutil.Process) -> float:
    used = process.cpu_times()
    return used.user + used.system
