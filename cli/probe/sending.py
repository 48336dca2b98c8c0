"""From the checks to the disk, and from the disk home."""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Final

from cli.probe.line import Line, pause
from cli.probe.spool import Spool
from tocsin.contracts.checks import ResultBatch
from tocsin.errors import Unavailable
from tocsin.platform import logs, threads
from tocsin.platform.mutual_tls import ShutOut, Unreachable, Unusable

SERVICE: Final = "probe"
MOST_WAITING: Final = 100
"""Batches in memory while the disk takes nothing: some minutes of a large probe."""
SHUT_OUT_SECONDS: Final = 300.0
IDLE_SECONDS: Final = 5.0


class Disk:
    """Where an outbox puts its batches: on the disk, or in memory until that can be written again. Never raises."""

    def __init__(self, spool: Spool, has_more: asyncio.Event) -> None:
        self._spool = spool
        self._has_more = has_more
        self._waiting: deque[ResultBatch] = deque(maxlen=MOST_WAITING)

    async def send(self, batch: ResultBatch) -> None:
        """Take a batch over."""
        self._waiting.append(batch)
        try:
            while self._waiting:
                one = self._waiting[0]
                await threads.run(self._spool.append, one.results, one.reports, one.sent_at)
                self._waiting.popleft()
        except OSError as error:
            extra = {"batches": len(self._waiting), "detail": str(error)}
            logs.logger(SERVICE).error("results not written to disk", extra=extra)
        self._has_more.set()

    async def keep(self, batch: ResultBatch) -> None:
        """There is no other place: `send` takes everything."""
        raise Unavailable(f"batch {batch.batch_id} was not taken")


class Courier:
    """Carries batches home in their order, one at a time, for as long as it takes."""

    def __init__(self, spool: Spool, line: Line, has_more: asyncio.Event, now: Callable[[], datetime]) -> None:
        self._spool = spool
        self._line = line
        self._has_more = has_more
        self._now = now
        self._failures = 0
        self._under_way: asyncio.Task[float | None] | None = None
        self.sent_at: datetime | None = None
        self.problem: str | None = None

    async def carry_on(self) -> None:
        """Send whatever there is, and wait for more; returns never."""
        while True:
            self._has_more.clear()
            wait = await self.carry()
            if wait is None:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._has_more.wait(), IDLE_SECONDS)
            else:
                await asyncio.sleep(wait)

    async def carry_all(self) -> None:
        """Send until the disk is empty, or home or the disk takes no more."""
        while len(self._spool) and await self.carry() is None:
            pass

    async def carry(self) -> float | None:
        """Send until nothing is left, or home or the disk takes no more: then how many seconds to wait.

        A request can't be called back. Whoever is cancelled leaves it under way, and the next to call waits for that
        one, or home would get the same batch twice at once.
        """
        if self._under_way is None or self._under_way.done():
            self._under_way = asyncio.create_task(self._try())
        return await asyncio.shield(self._under_way)

    async def _try(self) -> float | None:
        try:
            return await self._carry()
        except OSError as error:
            self._failures += 1
            return self._trouble("the disk refuses", error, pause(self._failures))

    async def _carry(self) -> float | None:
        while (batch := await threads.run(self._spool.oldest)) is not None:
            try:
                await threads.run(self._line.send, batch.body)
            except Unreachable as error:
                self._failures += 1
                return self._trouble("home can't be reached", error, pause(self._failures, error.retry_after))
            except ShutOut as error:
                return self._trouble("home does not know this probe any more", error, SHUT_OUT_SECONDS)
            except Unusable as error:
                extra = {"sequence": batch.sequence, "detail": str(error)}
                logs.logger(SERVICE).error("batch rejected, and put aside", extra=extra)
                await threads.run(self._spool.reject, batch.sequence)
                continue
            await threads.run(self._spool.acknowledge, batch.sequence)
            if self.problem is not None:
                logs.logger(SERVICE).info("home can be reached again", extra={"waiting": len(self._spool)})
            self._failures, self.problem, self.sent_at = 0, None, self._now()
        return None

    def _trouble(self, message: str, error: Exception, wait: float) -> float:
        self.problem = f"{message}: {error}"
        extra = {"detail": str(error), "waiting": len(self._spool), "again_in": round(wait, 1)}
        logs.logger(SERVICE).warning(message, extra=extra)
        return wait
