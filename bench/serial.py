"""Event → page out, one at a time."""

from typing import Final

from bench import prices, rows
from bench.benchmark import Options, Outcome, percentile
from bench.fates import fates
from bench.host import deployed
from bench.load import Load
from local.postgres import PostgresServer

EVENTS: Final = 200
WARM_UP: Final = 50


async def run(postgres: PostgresServer, options: Options) -> Outcome:
    """Send each event once the page of the one before has come."""
    async with deployed(postgres, profile=options.profile) as host:
        await one_by_one(host, WARM_UP)
        await host.settled()
        before = await host.counts()
        runs = [await one_by_one(host, EVENTS) for _ in range(options.runs)]
        await host.settled()
        used = (await host.counts()).since(before)
        figures = [
            rows.figure(f"event.serial.p{percent}", [percentile(took, percent) for took in runs])
            for percent in (50, 95)
        ]
        events = EVENTS * options.runs
        dear = f"cost per million, if each came alone: ${sum(prices.per_million(used, events).values()):.2f}"
        return Outcome(figures, await fates(host), used, events, [dear])


async def one_by_one(host: Load, events: int) -> list[float]:
    """From each event sent to its page received, in milliseconds."""
    took: list[float] = []
    for title in host.titles(events):
        page = host.paged(title)
        sent, _ = await host.send(title)
        took.append((await page - sent) / 1e6)
    return took
