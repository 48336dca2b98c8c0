"""The programs of a run: started in sessions of their own, remembered on disk, stopped with all they started.

What a killed run left behind is found again by process id and start time, so that nothing else is ever stopped.
"""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from local.machine import ROOT, RunError

TAIL: Final = 2_000


@dataclass(slots=True)
class Program:
    """One child of the run. Its log is `log`, the last run's kept as .old; `memo` remembers it for the next run."""

    name: str
    log: Path
    memo: Path
    patience_seconds: float = 10
    popen: subprocess.Popen[bytes] | None = None

    def start(self, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start it, detached from the terminal's Ctrl-C: the run stops its programs in order."""
        if self.log.exists():
            self.log.replace(self.log.with_suffix(".old"))
        with self.log.open("wb") as log:
            self.popen = subprocess.Popen(  # noqa: S603 - our own programs
                list(arguments),
                cwd=ROOT,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.memo.write_text(f"{self.popen.pid} {psutil.Process(self.popen.pid).create_time()}")

    def demand(self) -> None:
        """Raise RunError when it has ended."""
        if self.popen is not None and self.popen.poll() is not None:
            raise RunError(f"{self.name} ended by itself (exit code {self.popen.returncode}).\n{self.tail()}")

    def tail(self) -> str:
        """The end of its log."""
        text = self.log.read_text(errors="replace")[-TAIL:] if self.log.exists() else ""
        return f"The end of {self.log}:\n{text}"

    def stop(self) -> None:
        """Ask it to end, wait, and kill what is left of its session."""
        if self.popen is None:
            return
        with suppress(ProcessLookupError):
            self.popen.send_signal(signal.SIGTERM)
        try:
            self.popen.wait(self.patience_seconds)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()
        _kill_session(self.popen.pid)
        self.popen = None
        self.memo.unlink(missing_ok=True)

    def stop_left_over(self) -> bool:
        """Stop what an earlier run that was killed left behind; answers whether there was something."""
        try:
            pid_text, created_text = self.memo.read_text().split()
            process = psutil.Process(int(pid_text))
            left = abs(process.create_time() - float(created_text)) < 1
        except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
            left = False
            process = None
        if left and process is not None:
            with suppress(psutil.NoSuchProcess):
                process.terminate()
            _, alive = psutil.wait_procs([process], timeout=self.patience_seconds)
            for one in alive:
                one.kill()
            _kill_session(process.pid)
        self.memo.unlink(missing_ok=True)
        return left


def _kill_session(leader: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
