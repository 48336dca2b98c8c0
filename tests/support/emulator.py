"""MiniStack for tests that need AWS's own processes apart from ours: SQS, SES, Secrets Manager, S3 on loopback."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

START_SECONDS = 30


@dataclass(slots=True)
class Emulator:
    """One MiniStack on a port of its own. Nothing is kept: started again, its queues are gone."""

    folder: Path
    port: int = field(default_factory=lambda: _free_port())
    process: subprocess.Popen[bytes] | None = None

    @property
    def endpoint(self) -> str:
        """Where every service answers, the same after a restart."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        environment = {
            **os.environ,
            "GATEWAY_PORT": str(self.port),
            "BIND_HOST": "127.0.0.1",
            "PERSIST_STATE": "0",
            "HOME": str(self.folder),
            "TMPDIR": str(self.folder),
        }
        log = self.folder / "ministack.log"
        with log.open("a") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "ministack"], env=environment, stdout=out, stderr=out, stdin=subprocess.DEVNULL
            )
        _wait(self.endpoint, self.process, log)

    def kill(self) -> None:
        """kill -9."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()


@contextmanager
def emulator(folder: Path) -> Generator[Emulator]:
    """Run MiniStack while the block lasts."""
    found = Emulator(folder)
    try:
        found.start()
        yield found
    finally:
        found.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(endpoint: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{endpoint}/_ministack/health", timeout=1):  # noqa: S310 - loopback
                return
        except OSError:
            time.sleep(0.05)
    msg = f"MiniStack did not start:\n{log.read_text()[-2000:]}"
    raise RuntimeError(msg)
