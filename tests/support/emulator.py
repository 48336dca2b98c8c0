"""MiniStack for tests that need AWS's own processes apart from ours: SQS, SES, Secrets Manager, S3 on loopback."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 30


@contextmanager
def emulator(folder: Path) -> Generator[str]:
    """Run MiniStack on a free port; answers its endpoint. Nothing is kept."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "PERSIST_STATE": "0",
        "HOME": str(folder),
        "TMPDIR": str(folder),
    }
    with (folder / "ministack.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "ministack"], env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
    try:
        endpoint = f"http://127.0.0.1:{port}"
        _wait(endpoint, process, folder / "ministack.log")
        yield endpoint
    finally:
        process.kill()
        process.wait()


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
