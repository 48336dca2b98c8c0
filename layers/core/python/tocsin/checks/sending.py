"""Results on their way home: a changed status at once, the rest each second or five hundred, none lost on the way.

What home does not accept is buffered in the region; what the buffer does not take either stays in the process.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, Protocol

from tocsin.contracts.checks import CheckResult, ResultBatch, ResultsMessage, ShardReport
from tocsin.errors import Unavailable
from tocsin.platform import ids, logs, queues, threads
from tocsin.platform.packing import pack

SERVICE: Final = "check"
FLUSH_SECONDS: Final = 1.0
MOST_RESULTS: Final = 500
MOST_CHARACTERS: Final = 240_000
"""Of a packed batch: ten such messages are still well below what one invocation may be given."""
MOST_STRANDED: Final = 20_000
AVOID_HOME_FOR: Final = timedelta(seconds=10)


class Sink(Protocol):
    """Where results go."""

    async def send(self, batch: ResultBatch) -> None:
        """Hand over a batch for good; raises Unavailable when it was not, or not surely, accepted."""
        ...


class Buffer(Protocol):
    """Where results wait while they can't go there."""

    async def keep(self, batch: ResultBatch) -> None:
        """Keep a batch until it is replayed; raises Unavailable when that can't be done either."""
        ...


class Stranded:
    """Results and reports that neither home nor the buffer took; the next invocation of this process tries again."""

    def __init__(self) -> None:
        self.results: deque[CheckResult] = deque(maxlen=MOST_STRANDED)
        self.reports: deque[ShardReport] = deque(maxlen=MOST_RESULTS)

    def clear(self) -> None:
        """Forget them: an outbox has taken them over."""
        self.results.clear()
        self.reports.clear()


class Outbox:
    """The results of one invocation: `async with Outbox(...)`, at whose end all has been handed over or stranded."""

    def __init__(
        self, region: str, sink: Sink, buffer: Buffer, now: Callable[[], datetime], stranded: Stranded
    ) -> None:
        self._region = region
        self._sink = sink
        self._buffer = buffer
        self._now = now
        self._stranded = stranded
        self._results: deque[CheckResult] = deque()
        self._reports: deque[ShardReport] = deque()
        self._hurry = asyncio.Event()
        self._asked: list[asyncio.Future[None]] = []
        self._is_closed = False
        self._avoid_home_until: datetime | None = None

    async def __aenter__(self) -> "Outbox":
        self._results.extend(self._stranded.results)
        self._reports.extend(self._stranded.reports)
        self._stranded.clear()
        self._sending = asyncio.create_task(self._send_on())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._is_closed = True
        self._hurry.set()
        await self._sending
        if self._results or self._reports:
            lost = max(0, len(self._results) - MOST_STRANDED)
            logs.logger(SERVICE).error("results stranded", extra={"results": len(self._results), "lost": lost})
            logs.count(SERVICE, "ResultsStranded", len(self._results))
            self._stranded.results.extend(self._results)
            self._stranded.reports.extend(self._reports)

    @property
    def has_stranded(self) -> bool:
        """Whether something could not be handed over, once the outbox is closed."""
        return bool(self._results or self._reports)

    def add(self, result: CheckResult, *, at_once: bool) -> None:
        """Send a result, at once or within a second; raises what has ended the sending, if something has."""
        if self._sending.done():
            self._sending.result()
        self._results.append(result)
        if at_once or len(self._results) >= MOST_RESULTS:
            self._hurry.set()

    def report(self, report: ShardReport) -> None:
        """Send a report with what is sent next."""
        self._reports.append(report)

    async def flush(self) -> None:
        """Hand over at once what there is; returns when that, and what was on its way, has been taken or refused.

        Whoever stops waiting stops nothing. Raises what has ended the sending, if something has.
        """
        asked = asyncio.get_running_loop().create_future()
        self._asked.append(asked)
        self._hurry.set()
        await asyncio.wait((asked, self._sending), return_when=asyncio.FIRST_COMPLETED)
        if not asked.done():
            self._sending.result()

    async def _send_on(self) -> None:
        while not self._is_closed:
            try:
                async with asyncio.timeout(FLUSH_SECONDS):
                    await self._hurry.wait()
            except TimeoutError:
                pass
            self._hurry.clear()
            asked, self._asked = self._asked, []
            await self._send_all()
            for one in asked:
                one.set_result(None)
        await self._send_all()

    async def _send_all(self) -> None:
        left = len(self._results)  # what comes while these are on their way leaves with the next
        while left or self._reports:
            results = [self._results.popleft() for _ in range(min(MOST_RESULTS, left))]
            left -= len(results)
            reports = list(self._reports)
            self._reports.clear()
            batch = ResultBatch(
                batch_id=ids.new_id(), region=self._region, sent_at=self._now(), results=results, reports=reports
            )
            if not await self._handed_over(batch):
                self._results.extendleft(reversed(results))
                self._reports.extendleft(reversed(reports))
                return

    async def _handed_over(self, batch: ResultBatch) -> bool:
        if self._avoid_home_until is None or self._now() >= self._avoid_home_until:
            try:
                await self._sink.send(batch)
            except Unavailable as error:
                # each vain try takes seconds, in which more would gather than is sent
                self._avoid_home_until = self._now() + AVOID_HOME_FOR
                logs.logger(SERVICE).warning("home can't be reached", extra={"detail": str(error)})
                logs.count(SERVICE, "HomeUnreachable")
            else:
                logs.count(SERVICE, "ResultsSent", len(batch.results))
                return True
        try:
            await self._buffer.keep(batch)
        except Unavailable as error:
            logs.logger(SERVICE).warning("results not buffered", extra={"detail": str(error)})
            return False
        logs.count(SERVICE, "ResultsBuffered", len(batch.results))
        return True


class QueueSink:
    """The queue `results` of the home region."""

    def __init__(self, queue_url: str, home_region: str) -> None:
        self._queue_url = queue_url
        self._home_region = home_region

    async def send(self, batch: ResultBatch) -> None:
        """Put a batch into the queue; raises QueueUnavailable."""
        await self.send_bodies(bodies(batch), batch.region)

    async def send_bodies(self, texts: list[str], region: str) -> None:
        """Put messages into the queue that `bodies` has made; raises QueueUnavailable."""
        messages = [queues.Outgoing(text, region) for text in texts]
        await threads.run(queues.send, self._queue_url, messages, region=self._home_region)


def bodies(batch: ResultBatch) -> list[str]:
    """A batch as messages of the queue: one, or several where it would be too long."""
    packed = pack(batch)
    if len(packed) > MOST_CHARACTERS and len(batch.results) > 1:
        middle = len(batch.results) // 2
        first = batch.model_copy(update={"results": batch.results[:middle]})
        rest = {"batch_id": ids.new_id(), "results": batch.results[middle:], "reports": []}
        return [*bodies(first), *bodies(batch.model_copy(update=rest))]
    return [ResultsMessage(kind="results", packed=packed).to_json()]
