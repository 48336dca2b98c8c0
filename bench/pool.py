"""A function's warm workers: invoked one event at a time each, further events waiting their turn."""

import asyncio
import math
import multiprocessing
import socket
import time
from collections import deque
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, cast

from bench import worker
from bench.counts import FunctionCounts
from bench.worker import HEAD, TOLD
from local.worker import Deployed

PRELOADED: Final = ("aiohttp", "aws_lambda_powertools", "botocore.httpsession", "pydantic", "bench.worker")
"""Imported once, before the workers part; nothing that an outside function must not have."""
FORKED: Final = multiprocessing.get_context("forkserver")
END_SECONDS: Final = 8
MB_OF_ONE_CPU: Final = 1769
"""With so much memory a function has one CPU, with less that share of it (Lambda's documentation)."""


class WorkerLost(RuntimeError):
    """A worker process ended; the benchmark has no use without it."""


class Worker(asyncio.Protocol):
    """Our end of one worker process."""

    def __init__(self, deployed: Deployed, base: Mapping[str, str], folder: Path, number: int, profile: bool) -> None:
        self.name: Final = f"{deployed.name}-{number}"
        ours, theirs = socket.socketpair()
        profile_file = str(folder / f"{self.name}.prof") if profile else None
        self._process = FORKED.Process(
            target=worker.serve, args=(theirs, deployed, base, str(folder / f"{self.name}.log"), profile_file)
        )
        self._process.start()
        theirs.close()
        ours.setblocking(False)
        self._sock = ours
        self._transport: asyncio.Transport | None = None
        self._received = bytearray()
        self._waiting: asyncio.Future[bytes] | None = None

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid or 0

    async def connect(self) -> None:
        """Attach to the running loop, and wait until the handler is loaded."""
        await asyncio.get_running_loop().create_connection(lambda: self, sock=self._sock)
        await self.run(b"")

    def run(self, event: bytes) -> asyncio.Future[bytes]:
        """Hand an event over; the future is what the worker tells."""
        assert self._transport is not None  # noqa: S101 - set when it was connected
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(HEAD.pack(len(event)) + event)
        return self._waiting

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """asyncio's."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """asyncio's: complete the answer."""
        self._received += data
        if len(self._received) < HEAD.size:
            return
        (size,) = HEAD.unpack_from(self._received)
        if len(self._received) == HEAD.size + size and self._waiting is not None:
            told, self._received = bytes(self._received[HEAD.size :]), bytearray()
            waiting, self._waiting = self._waiting, None
            waiting.set_result(told)

    def connection_lost(self, exc: Exception | None) -> None:
        """asyncio's: the process has ended."""
        if self._waiting is not None:
            self._waiting.set_exception(WorkerLost(f"{self.name} ended: {exc or 'no reason given'}"))

    def hang_up(self) -> None:
        """Let the process end by itself, so that it writes its log and profile."""
        if self._transport is not None:
            self._transport.abort()
        else:
            self._sock.close()

    def end(self, patience_seconds: float) -> None:
        """Make sure that it has ended."""
        self._process.join(max(0.0, patience_seconds))
        self._process.kill()


class Function:
    """One function: its workers, whoever waits for one, and its counts."""

    def __init__(
        self, deployed: Deployed, base: Mapping[str, str], folder: Path, *, workers: int, profile: bool
    ) -> None:
        self.deployed: Final = deployed
        self.counts = FunctionCounts()
        self.workers: Final = [Worker(deployed, base, folder, number, profile) for number in range(workers)]
        self._free: list[Worker] = []
        self._queue: deque[asyncio.Future[Worker]] = deque()

    async def warm(self) -> None:
        """Wait until every worker has loaded its handler."""
        await asyncio.gather(*(each.connect() for each in self.workers))
        self._free = list(self.workers)

    async def invoke(self, event: bytes, messages: int = 1) -> tuple[bool, bytes]:
        """Run the handler in a free worker; answers whether it went well, and what it said."""
        mine = self._free.pop() if self._free else await self._turn()
        try:
            told = await mine.run(event)
        finally:
            while self._queue:
                next_one = self._queue.popleft()
                if not next_one.done():
                    next_one.set_result(mine)
                    break
            else:
                self._free.append(mine)
        return self._count(told, messages), told[TOLD.size :]

    def _turn(self) -> asyncio.Future[Worker]:
        turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        return turn

    def _count(self, told: bytes, messages: int) -> bool:
        went_well, cpu, wall, statements, round_trips, log_bytes, log_lines = TOLD.unpack_from(told)
        counts, memory = self.counts, self.deployed.memory_mb
        counts.invocations += 1
        counts.failures += not went_well
        counts.messages += messages
        counts.cpu_ns += cpu
        counts.wall_ns += wall
        counts.statements += statements
        counts.round_trips += round_trips
        counts.log_bytes += log_bytes
        counts.log_lines += log_lines
        milliseconds = math.ceil(max(wall, cpu * max(1.0, MB_OF_ONE_CPU / memory)) / 1e6)
        counts.billed_gb_ms += milliseconds * memory / 1024
        return went_well


async def close(functions: Iterable[Function]) -> None:
    """End all workers."""
    workers = [each for function in functions for each in function.workers]
    for each in workers:
        each.hang_up()
    # transports let go of their sockets in the loop's next turn
    await asyncio.sleep(0.01)
    end = time.monotonic() + END_SECONDS
    for each in workers:
        each.end(end - time.monotonic())
