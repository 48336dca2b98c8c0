"""Many execution environments at once: processes that run the shipped handlers, one invocation at a time each.

They part from one process that has imported the handlers; whoever is idle takes the next invocation.
"""

import gc
import importlib
import multiprocessing
import os
import signal
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final

SPAWNED: Final = multiprocessing.get_context("spawn")
FORKED: Final = multiprocessing.get_context("fork")
PATIENCE_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Call:
    """One invocation of a function."""

    function: str
    event: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a call: its answer, or the kind of error it raised; when it began and ended, by one clock."""

    call: Call
    answer: dict[str, Any] | None
    error: str | None
    began: float
    ended: float

    @property
    def seconds(self) -> float:
        """How long it took."""
        return self.ended - self.began


class Crowd:
    """Environments that have the same environment variables."""

    def __init__(self, environment: Mapping[str, str], functions: Sequence[str], size: int) -> None:
        self.size: Final = size
        self._calls, self._gate, self._turn = SPAWNED.SimpleQueue(), SPAWNED.Lock(), SPAWNED.Lock()
        self._ear, mouth = SPAWNED.Pipe(duplex=False)
        arguments = (dict(environment), list(functions), size, self._calls, mouth, self._turn, self._gate)
        self._stem = SPAWNED.Process(target=_part, args=arguments)

    def start(self) -> None:
        """Return once all of them wait for calls."""
        self._stem.start()
        try:
            self._await("ready", self.size)
        except BaseException:
            self._kill()
            raise

    def call(self, calls: Sequence[Call]) -> None:
        """Let so many idle environments take a call each, and begin together."""
        with self._gate:
            for call in calls:
                self._calls.put(call)
            self._await("taken", len(calls))

    def hear(self, count: int) -> list[Told]:
        """Wait for so many calls to end."""
        return [self._hear() for _ in range(count)]

    def _await(self, word: str, count: int) -> None:
        for _ in range(count):
            assert self._hear() == word

    def _hear(self) -> Any:
        assert self._ear.poll(PATIENCE_SECONDS), "an environment says nothing"
        return self._ear.recv()

    def end(self) -> None:
        """End all processes."""
        for _ in range(self.size):
            self._calls.put(None)
        self._stem.join(PATIENCE_SECONDS)
        self._kill()

    def _kill(self) -> None:
        assert self._stem.pid
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._stem.pid, signal.SIGKILL)
        self._stem.join()


@contextmanager
def crowd(environment: Mapping[str, str], functions: Sequence[str], size: int) -> Generator[Crowd]:
    """So many environments, for as long as the block lasts."""
    found = Crowd(environment, functions, size)
    found.start()
    try:
        yield found
    finally:
        found.end()


def peak(told: Sequence[Told]) -> int:
    """How many calls ran at the same time, at most."""
    moments = sorted([(t.began, 1) for t in told] + [(t.ended, -1) for t in told])
    running, most = 0, 0
    for _, step in moments:
        running += step
        most = max(most, running)
    return most


def _part(environment: Mapping[str, str], functions: Sequence[str], size: int, *queues: Any) -> None:
    os.setpgrp()
    os.environ.update(environment)
    handlers = {name: importlib.import_module(f"functions.{name}.handler").handler for name in functions}
    if "api" in handlers:
        importlib.import_module("functions.api.app").build()
    # else the first collection of garbage copies all of the memory that they share
    gc.freeze()
    processes = [FORKED.Process(target=_serve, args=(handlers, *queues)) for _ in range(size)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def _serve(handlers: Mapping[str, Any], calls: Any, mouth: Any, turn: Any, gate: Any) -> None:
    # what handlers log, hundreds of times over
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

    def tell(what: object) -> None:
        with turn:
            mouth.send(what)

    tell("ready")
    while (call := calls.get()) is not None:
        tell("taken")
        with gate:
            began, answer, error = time.monotonic(), None, None
        try:
            answer = handlers[call.function](call.event, None)
        except Exception as raised:  # noqa: BLE001 - whatever a handler raises is its answer, as in Lambda
            error = type(raised).__name__
        tell(Told(call, answer, error, began, time.monotonic()))
