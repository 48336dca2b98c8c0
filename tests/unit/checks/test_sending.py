"""Results on their way: at once where they are news, together otherwise, buffered and kept when nobody takes them."""

import asyncio
import random
import string
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from tests.support.checking import NOON, REGIONS, StillTime, http_monitor, result
from tocsin.checks.sending import AVOID_HOME_FOR, MOST_CHARACTERS, MOST_RESULTS, Outbox, Stranded, bodies
from tocsin.contracts.checks import MAX_DETAIL, MAX_EXCERPT, CheckResult, ResultBatch, ResultsMessage, ShardReport
from tocsin.errors import QueueUnavailable, Unavailable
from tocsin.platform.packing import unpack

MONITOR = http_monitor(UUID(int=1))


class Ways:
    """Home and the region's bucket, each of which may be out of reach; and what they took, and when."""

    def __init__(self) -> None:
        self.time = StillTime()
        self.home: list[tuple[float, ResultBatch]] = []
        self.buffer: list[ResultBatch] = []
        self.is_home_up = True
        self.is_buffer_up = True
        self.tries = 0
        self.send_seconds = 0.0
        self.stranded = Stranded()

    async def send(self, batch: ResultBatch) -> None:
        self.tries += 1
        if not self.is_home_up:
            await asyncio.sleep(2)
            raise QueueUnavailable("home")
        await asyncio.sleep(self.send_seconds)
        self.home.append(((self.time.now() - NOON).total_seconds(), batch))

    async def keep(self, batch: ResultBatch) -> None:
        if not self.is_buffer_up:
            raise Unavailable("bucket")
        self.buffer.append(batch)

    def outbox(self) -> Outbox:
        return Outbox(REGIONS[0], self, self, self.time.now, self.stranded)

    def run(self, *added: tuple[float, bool]) -> Outbox:
        """Add a result at each of these seconds, saying whether it is news."""

        async def adding() -> Outbox:
            async with self.outbox() as outbox:
                for second, at_once in added:
                    await asyncio.sleep(max(0, second - (self.time.now() - NOON).total_seconds()))
                    outbox.add(made(self.time.now()), at_once=at_once)
            return outbox

        return self.time.run(adding())

    @property
    def arrived(self) -> list[tuple[float, int]]:
        return [(at, len(batch.results)) for at, batch in self.home]


@pytest.fixture
def ways() -> Ways:
    return Ways()


def made(at: datetime) -> CheckResult:
    return result(MONITOR, at)


def test_what_is_news_leaves_at_once_and_the_rest_each_second(ways: Ways) -> None:
    ways.run((0.25, False), (0.5, False), (1.25, True), (1.5, False), (1.75, False), (4, False))
    assert ways.arrived == [(1, 2), (1.25, 1), (2.25, 2), (4, 1)]


def test_what_comes_while_others_are_on_their_way_waits_its_second(ways: Ways) -> None:
    ways.send_seconds = 0.25
    ways.run((0.5, False), (1.125, False), (1.5, False), (4, False))
    assert ways.arrived == [(1.25, 1), (2.5, 2), (4.25, 1)]


def test_whoever_asks_is_told_once_all_that_there_was_is_handed_over(ways: Ways) -> None:
    ways.send_seconds = 0.25
    told: list[tuple[float, int]] = []

    async def asking() -> None:
        async with ways.outbox() as outbox:
            outbox.add(made(ways.time.now()), at_once=True)
            await asyncio.sleep(0.125)
            outbox.add(made(ways.time.now()), at_once=False)
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(outbox.flush(), 0.0625)
            await outbox.flush()
            told.append(((ways.time.now() - NOON).total_seconds(), len(ways.home)))

    ways.time.run(asking())
    assert ways.arrived == [(0.25, 1), (0.5, 1)]
    assert told == [(0.5, 2)]


def test_five_hundred_do_not_wait(ways: Ways) -> None:
    ways.run(*[(0.5, False)] * (2 * MOST_RESULTS + 1))
    assert ways.arrived == [(0.5, MOST_RESULTS), (0.5, MOST_RESULTS), (0.5, 1)]


def test_reports_go_with_the_last_results(ways: Ways) -> None:
    report = ShardReport(shard=0, starts_at=NOON, ends_at=NOON, due=1, done=1, missed=0)

    async def run() -> None:
        async with ways.outbox() as outbox:
            outbox.add(made(NOON), at_once=False)
            outbox.report(report)

    ways.time.run(run())
    assert [(len(batch.results), batch.reports) for _, batch in ways.home] == [(1, [report])]


def test_what_home_does_not_take_is_buffered_and_home_is_left_alone_for_a_while(ways: Ways) -> None:
    ways.is_home_up = False
    ways.run((0, True), (4, True), (6, True))
    assert ways.tries == 1
    assert [len(batch.results) for batch in ways.buffer] == [1, 1, 1]
    ways.is_home_up = True
    ways.run((6 + AVOID_HOME_FOR.total_seconds(), True))
    assert [count for _, count in ways.arrived] == [1]


def test_home_is_tried_again_in_the_same_invocation(ways: Ways) -> None:
    async def run() -> None:
        async with ways.outbox() as outbox:
            ways.is_home_up = False
            outbox.add(made(ways.time.now()), at_once=True)
            await asyncio.sleep(2.5)
            ways.is_home_up = True
            await asyncio.sleep(AVOID_HOME_FOR.total_seconds())
            outbox.add(made(ways.time.now()), at_once=True)

    ways.time.run(run())
    assert (len(ways.buffer), [count for _, count in ways.arrived]) == (1, [1])


def test_what_nobody_takes_leaves_in_order_with_the_next_invocation(ways: Ways) -> None:
    ways.is_home_up = ways.is_buffer_up = False
    assert ways.run((0, True), (1, True), (20, False)).has_stranded
    ways.is_home_up = True
    assert not ways.run((40, False)).has_stranded
    ticks = [one.tick for _, batch in ways.home for one in batch.results]
    assert [(tick - NOON).total_seconds() for tick in ticks] == [0, 1, 20, 40]


def test_a_long_batch_becomes_several_messages_of_the_same_results() -> None:
    dice = random.Random(7)  # noqa: S311 - what can't be compressed

    def noise(length: int) -> str:
        return "".join(dice.choices(string.printable + "äöü€漢字", k=length))

    results = [
        made(NOON + timedelta(seconds=number)).model_copy(
            update={"detail": noise(MAX_DETAIL), "excerpt": noise(MAX_EXCERPT)}
        )
        for number in range(MOST_RESULTS)
    ]
    report = ShardReport(shard=0, starts_at=NOON, ends_at=NOON, due=500, done=500, missed=0)
    batch = ResultBatch(batch_id=UUID(int=1), region=REGIONS[0], sent_at=NOON, results=results, reports=[report])
    texts = bodies(batch)
    assert len(texts) > 1
    assert max(map(len, texts)) < MOST_CHARACTERS + 100
    read = [unpack(ResultsMessage.model_validate_json(text).packed or "", ResultBatch) for text in texts]
    assert [one for part in read for one in part.results] == results
    assert [one for part in read for one in part.reports] == [report]
    assert len({part.batch_id for part in read}) == len(texts)
