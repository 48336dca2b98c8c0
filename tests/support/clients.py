"""Monitoring programs that send alerts: run as they are, bounded, ended by their own handle."""

import json
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest

PATIENCE_SECONDS = 25.0
INSTALL = "install it: apt-get install -y --no-install-recommends prometheus prometheus-alertmanager"


def binary(name: str) -> str:
    found = shutil.which(name)
    assert found, f"{name} is not on this machine; {INSTALL}"
    return found


def eventually[T](ask: Callable[[], T], what: str, process: "Running | None" = None) -> T:
    """Ask until the answer is truthy; the client's own log explains a failure."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if answer := ask():
            return answer
        time.sleep(0.02)
    pytest.fail(f"{what} did not happen in {PATIENCE_SECONDS:.0f} s\n{process.log() if process else ''}")


class Running:
    """A client's process, its address and its log."""

    def __init__(self, process: subprocess.Popen[bytes], log_file: Path) -> None:
        self.process = process
        self._log_file = log_file

    def log(self) -> str:
        return self._log_file.read_text(errors="replace")

    def address(self) -> str:
        """Where it listens; it picks a free port and says in its log which."""
        marks = [part for part in self.log().split() if part.startswith("address=127.0.0.1:")]
        return marks[0].removeprefix("address=") if marks else ""

    def troubles(self) -> list[str]:
        """The lines of its log that complain, until it was told to end: what was on its way then is cut off."""
        lines = takewhile(lambda line: "Received SIGTERM" not in line, self.log().splitlines())
        return [line for line in lines if "level=error" in line or "level=warn" in line]


@contextmanager
def running(command: list[str], directory: Path, ready: str) -> Iterator[Running]:
    """Run a client until the block ends; end it by its own handle."""
    directory.mkdir(parents=True, exist_ok=True)
    log_file = directory / "log"
    with log_file.open("wb") as out:
        process = subprocess.Popen(command, cwd=directory, stdout=out, stderr=subprocess.STDOUT)
    client = Running(process, log_file)
    try:
        eventually(lambda: client.address() and ready in client.log(), f"the start of {command[0]}", client)
        yield client
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=10)


@contextmanager
def alertmanager(directory: Path, receiver: dict[str, Any]) -> Iterator[Running]:
    """An Alertmanager that notifies at once."""
    directory.mkdir(parents=True, exist_ok=True)
    config = {
        "route": {"receiver": "tocsin", "group_by": ["alertname"], "group_wait": "0s", "group_interval": "1s"},
        "receivers": [{"name": "tocsin", **receiver}],
    }
    (directory / "alertmanager.yml").write_text(json.dumps(config))
    command = [
        binary("prometheus-alertmanager"),
        "--config.file=alertmanager.yml",
        "--storage.path=data",
        "--web.listen-address=127.0.0.1:0",
        "--cluster.listen-address=",
        "--log.level=debug",
    ]
    with running(command, directory, "Completed loading of configuration file") as client:
        yield client


def tell(client: Running, *alerts: dict[str, Any]) -> None:
    """Post alerts to a running Alertmanager."""
    connection = HTTPConnection(client.address(), timeout=5)
    connection.request("POST", "/api/v2/alerts", json.dumps(alerts), {"Content-Type": "application/json"})
    assert connection.getresponse().status == 200
    connection.close()
