"""Private probes, half of which are killed in mid-run, again and again: what is told late, lost, or stored twice.

Each round home takes no results for a while; half the probes are killed then, and once more when home is back and they
are in the middle of telling what waited.
"""

import asyncio
import gzip
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

from bench import rows, wire
from bench.benchmark import Options, Outcome
from bench.host import HOME, Host, deployed
from bench.reads import NO_FATES
from bench.standing import HomeOfProbes, Standing, standing
from bench.wire import Request, Response
from local.postgres import PostgresServer
from tocsin.contracts.probes import ProbeBatch

PROBES: Final = 12
MONITORS: Final = 20
INTERVAL_SECONDS: Final = 20
MOST_RUNS: Final = 2
"""With about a minute each."""
AWAY_SECONDS: Final = 25
DOWN_SECONDS: Final = 3
"""How long a killed probe stays down."""
BACK_SECONDS: Final = 1
"""How long after home is back the same half is killed once more."""
PATIENCE_SECONDS: Final = 90
REPLAY: Final = "a second, three down, the start, and the pause between tries, which has grown to half a minute by then"
PAGE: Final = Response(200, b"<!doctype html><title>fine</title>", {"content-type": "text/html"})


class Tick(NamedTuple):
    """A check: where, of what, and when it was due."""

    region: str
    monitor_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class Brought:
    """What was taken of probes: results, some of them twice, and of how many checks by region they said that nobody
    made them in time.
    """

    ticks: list[Tick]
    missed: Counter[str]


async def run(postgres: PostgresServer, options: Options) -> Outcome:
    """All run, half die twice a round; at the end all are told to stop, and everything is counted."""
    site = wire.listener()
    serving = await wire.serve(site, _serve)
    try:
        async with deployed(postgres, sweeps=False, profile=options.profile) as host:
            folder, port = HOME / "run" / "probes", site.getsockname()[1]
            async with standing(host, folder, port, PROBES, MONITORS, INTERVAL_SECONDS) as (home, probes):
                for one in probes:
                    one.start()
                await _until("every probe has told something", lambda: _tellers(host) == PROBES)
                replays = [await _round(host, home, probes, number) for number in range(min(options.runs, MOST_RUNS))]
                await asyncio.gather(*(asyncio.to_thread(one.stop) for one in probes))
                left = sum(len(one.waiting()) for one in probes)
                await host.settled(PATIENCE_SECONDS)
                return _outcome(host, home, replays, left)
    finally:
        serving.close()


async def _round(host: Host, home: HomeOfProbes, probes: Sequence[Standing], number: int) -> float:
    """Seconds from home's return until all that waited by then was stored."""
    doomed = probes[number % 2 :: 2]
    home.is_away = True
    await asyncio.sleep(AWAY_SECONDS)
    kept = {one.folder: len(one.waiting()) for one in doomed}
    await _kill_for_a_while(doomed)
    await _until("the killed check again", lambda: all(len(one.waiting()) > kept[one.folder] for one in doomed))
    waiting = set[Path]().union(*(one.waiting() for one in probes))
    home.is_away, began = False, time.monotonic()
    await asyncio.sleep(BACK_SECONDS)
    await _kill_for_a_while(doomed)
    await _until("what waited is told", lambda: not any(path.exists() for path in waiting))
    await host.settled(PATIENCE_SECONDS)
    return time.monotonic() - began


async def _kill_for_a_while(doomed: Sequence[Standing]) -> None:
    await asyncio.gather(*(asyncio.to_thread(one.kill) for one in doomed))
    await asyncio.sleep(DOWN_SECONDS)
    for one in doomed:
        one.start()


async def _until(what: str, condition: Callable[[], bool]) -> None:
    """Wait for it; raises RuntimeError when it does not come about."""
    limit = time.monotonic() + PATIENCE_SECONDS
    while not await asyncio.to_thread(condition):
        if time.monotonic() > limit:
            raise RuntimeError(f"{what}: not within {PATIENCE_SECONDS} s; see {HOME / 'run'}")
        await asyncio.sleep(0.2)


def _tellers(host: Host) -> int:
    return host.rows("select count(distinct region) from check_result")[0][0]


def _outcome(host: Host, home: HomeOfProbes, replays: Sequence[float], left: int) -> Outcome:
    brought = _brought(home.taken)
    stored = [Tick(*row) for row in host.rows("select region, monitor_id, tick from check_result")]
    [(not_up, incidents)] = host.rows(
        "select count(*) filter (where status <> 'up'), (select count(*) from incident) from check_result"
    )
    due = _grid(brought.ticks)
    holes = Counter(tick.region for tick in due - set(brought.ticks))
    untold = sum(max(0, count - brought.missed[region]) for region, count in holes.items())
    lost, doubled = untold + len(set(brought.ticks) - set(stored)), len(stored) - len(set(stored))
    figures = [
        rows.figure("probes.lost", [float(lost)]),
        rows.figure("probes.doubled", [float(doubled)]),
        rows.figure("probes.missed", [float(holes.total())], f"of {len(due)} that were due"),
        rows.figure("probes.replay", replays, REPLAY),
    ]
    again = len(brought.ticks) - len(set(brought.ticks))
    remarks = [
        f"{len(due)} checks due, {holes.total()} not made; {len(stored)} results stored, {not_up} of them not up",
        f"{again} results were brought twice; {left} batches left on the disks of probes that were told to stop",
    ]
    whole = replace(NO_FATES, accepted=len(set(brought.ticks)), recorded=len(set(stored)), incidents=incidents)
    return Outcome(figures, replace(whole, repeated=doubled, lost=lost), remarks=remarks)


def _brought(batches: Sequence[tuple[str, bytes]]) -> Brought:
    ticks: list[Tick] = []
    missed = Counter[str]()
    for region, body in batches:
        batch = ProbeBatch.model_validate_json(gzip.decompress(body))
        ticks += [Tick(region, result.monitor_id, result.tick) for result in batch.results]
        missed[region] += sum(report.missed for report in batch.reports)
    return Brought(ticks, missed)


def _grid(brought: Sequence[Tick]) -> set[Tick]:
    """Every instant of each monitor's grid from its first result to its last: checks that were due, whoever lived."""
    found: defaultdict[tuple[str, UUID], list[datetime]] = defaultdict(list)
    for tick in brought:
        found[tick.region, tick.monitor_id].append(tick.at)
    step = timedelta(seconds=INTERVAL_SECONDS)
    return {
        Tick(*whose, min(ticks) + n * step)
        for whose, ticks in found.items()
        for n in range((max(ticks) - min(ticks)) // step + 1)
    }


def _serve(_request: Request) -> Response:
    return PAGE
