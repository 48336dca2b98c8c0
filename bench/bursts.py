"""Many events at once: a hundred and a thousand distinct incidents, and a storm of one."""

import asyncio
from collections.abc import Sequence
from typing import Final

from bench import rows
from bench.benchmark import Options, Outcome, percentile
from bench.fates import fates
from bench.host import deployed
from bench.load import Load
from bench.serial import WARM_UP, one_by_one
from local.postgres import PostgresServer

SENDERS: Final = 50
"""Connections that a sender with much to say keeps busy."""
STORM: Final = 1_000
BURST: Final = 1_000
HUNDRED: Final = 100
PATIENCE_SECONDS: Final = 60


async def hundred(postgres: PostgresServer, options: Options) -> Outcome:
    """A hundred requests at the same time, each another incident."""
    async with deployed(postgres, profile=options.profile) as host:
        await one_by_one(host, WARM_UP)
        await host.ingest.open(HUNDRED)
        runs: list[float] = []
        for _ in range(options.runs):
            await host.settled()
            took = await asyncio.gather(*(paged(host, title) for title in host.titles(HUNDRED)))
            runs.append(percentile(took, 99))
        return Outcome([rows.figure("event.hundred.p99", runs)], await fates(host))


async def thousand(postgres: PostgresServer, options: Options) -> Outcome:
    """A thousand incidents as fast as they are taken."""
    async with deployed(postgres, profile=options.profile) as host:
        await one_by_one(host, WARM_UP)
        await host.settled()
        before, runs = await host.counts(), list[float]()
        for _ in range(options.runs):
            titles = host.titles(BURST)
            pages = [host.paged(title) for title in titles]
            sent = await sent_fast(host, titles)
            async with asyncio.timeout(PATIENCE_SECONDS):
                arrived = await asyncio.gather(*pages)
            runs.append((max(arrived) - min(start for start, _ in sent)) / 1e9)
            await host.settled()
        used = (await host.counts()).since(before)
        return Outcome([rows.figure("event.burst.all", runs)], await fates(host), used, BURST * options.runs)


async def storm(postgres: PostgresServer, options: Options) -> Outcome:
    """A thousand events of one key: all accepted, all counted, one incident, one page."""
    async with deployed(postgres, profile=options.profile) as host:
        await one_by_one(host, WARM_UP)
        rates, counted, incidents, pages = list[float](), list[float](), list[float](), list[float]()
        for key in host.titles(options.runs, "storm"):
            await host.settled()
            sent = await sent_fast(host, [key] * STORM)
            rates.append(STORM * 1e9 / (max(end for _, end in sent) - min(start for start, _ in sent)))
            await host.settled()
            [(count, opened)] = host.rows(
                "select coalesce(sum(event_count), 0), count(distinct incident_id) from alert where dedup_key = %s", key
            )
            counted.append(float(count))
            incidents.append(float(opened))
            pages.append(float(sum(arrival.title == key for arrival in host.arrivals)))
        figures = [
            rows.figure("storm.rate", rates),
            rows.figure("storm.counted", counted),
            rows.figure("storm.incidents", incidents),
            rows.figure("storm.pages", pages),
        ]
        return Outcome(figures, await fates(host))


async def sent_fast(host: Load, titles: Sequence[str]) -> list[tuple[int, int]]:
    """Send all over a few connections, each as soon as its last was answered; when each was sent and answered."""
    left = list(reversed(titles))
    sent: list[tuple[int, int]] = []

    async def keep_sending() -> None:
        while left:
            sent.append(await host.send(left.pop()))

    await host.ingest.open(SENDERS)
    await asyncio.gather(*(keep_sending() for _ in range(SENDERS)))
    return sent


async def paged(host: Load, title: str) -> float:
    """One event; milliseconds until its page."""
    page = host.paged(title)
    sent, _ = await host.send(title)
    async with asyncio.timeout(PATIENCE_SECONDS):
        return (await page - sent) / 1e6
