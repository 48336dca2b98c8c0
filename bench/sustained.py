"""The highest steady rate at which every event is accepted and paged in time, and what an event costs there.

The load is open: an event is sent at its instant, whether or not earlier ones were answered, and its time runs from
that instant, so that a sender kept waiting is counted.
"""

import asyncio
import time
from typing import Final

from bench import prices, rows
from bench.benchmark import Options, Outcome, percentile
from bench.counts import Counts
from bench.fates import fates
from bench.host import Host, deployed
from bench.load import Load
from bench.serial import WARM_UP, one_by_one
from local.postgres import PostgresServer

SECONDS: Final = 6
P99_MS: Final = 500
FIRST_RATE: Final = 40
CLIMB: Final = 1.5
FINE: Final = 1.05
PATIENCE_SECONDS: Final = 90
CONNECTIONS: Final = 200


async def run(postgres: PostgresServer, options: Options) -> Outcome:
    """Search the rate in each run; the cost is counted at nine tenths of the first one found."""
    async with deployed(postgres, profile=options.profile) as host:
        await one_by_one(host, WARM_UP)
        await host.ingest.open(CONNECTIONS)
        found = [await climb(host)]
        while len(found) < options.runs:
            found.append(await near(host, found[-1]))
        rate = 0.9 * sorted(found)[len(found) // 2]
        used, events = await _counted(host, rate)
        cost = prices.per_million(used, events)
        figures = [
            rows.figure("event.sustained.rate", found),
            rows.figure("cost.paged", [sum(cost.values())], f"at {rate:.0f} events/s; prices of {prices.REGION}"),
        ]
        remarks = ["cost per million: " + ", ".join(f"{name} ${dollars:.2f}" for name, dollars in cost.items())]
        return Outcome(figures, await fates(host), used, events, remarks)


async def trial(host: Load, rate: float) -> float:
    """Send at a steady rate; p99 in milliseconds from each event's instant to its page, infinite if one was refused."""
    titles = host.titles(max(1, int(rate * SECONDS)))
    pages = [host.paged(title) for title in titles]
    refused = host.refused
    start = time.monotonic_ns() + 50_000_000
    due = [start + int(number * 1e9 / rate) for number in range(len(titles))]
    sending: list[asyncio.Task[tuple[int, int]]] = []
    for title, at in zip(titles, due, strict=True):
        if (wait := (at - time.monotonic_ns()) / 1e9) > 0:
            await asyncio.sleep(wait)
        sending.append(asyncio.create_task(host.send(title)))
    await asyncio.gather(*sending)
    async with asyncio.timeout(PATIENCE_SECONDS):
        arrived = await asyncio.gather(*pages) if host.refused == refused else []
    await host.settled(PATIENCE_SECONDS)
    if not arrived:
        return float("inf")
    return percentile([(page - at) / 1e6 for page, at in zip(arrived, due, strict=True)], 99)


async def _holds(host: Load, rate: float) -> bool:
    return await trial(host, rate) < P99_MS


async def climb(host: Load) -> float:
    """From a low rate up in large steps, then back in small ones from the first that did not hold."""
    rate, held = float(FIRST_RATE), 0.0
    while await _holds(host, rate):
        rate, held = rate * CLIMB, rate
    rate /= FINE**2
    while rate > held:
        if await _holds(host, rate):
            return rate
        rate /= FINE**2
    return held


async def near(host: Load, last: float) -> float:
    """Around the rate of the run before: up while it holds, else down until it does."""
    rate = last
    if await _holds(host, rate):
        while await _holds(host, rate * FINE):
            rate *= FINE
        return rate
    while not await _holds(host, rate / FINE):
        rate /= FINE
    return rate / FINE


async def _counted(host: Host, rate: float) -> tuple[Counts, int]:
    before, accepted = await host.counts(), len(host.accepted)
    await trial(host, rate)
    return (await host.counts()).since(before), len(host.accepted) - accepted
