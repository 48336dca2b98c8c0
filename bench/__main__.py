"""`python -m bench [name …] [--runs n] [--keep] [--profile]`: benchmarks of the event path, and of much data.

Without a name it is the whole run, which is written to docs/benchmarks.json and docs/benchmarks.md; with names and
`--keep` these take the place of what the whole run found.
"""

import argparse
import pstats
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import psycopg
import uvloop

from bench import (
    browser,
    bursts,
    calibration,
    checks,
    floods,
    history,
    live,
    outages,
    pages,
    probes,
    races,
    reads,
    serial,
    steps,
    sustained,
    usage,
    whole,
)
from bench.benchmark import Benchmark, Options, Outcome
from bench.host import HOME, server
from local.postgres import PostgresServer

BENCHMARKS: Final[Mapping[str, Benchmark]] = {
    "serial": serial.run,
    "outage": outages.run,
    "hundred": bursts.hundred,
    "thousand": bursts.thousand,
    "storm": bursts.storm,
    "sustained": sustained.run,
    "second": steps.second,
    "lost": steps.lost,
    "races": races.run,
    "due": steps.due,
    "on-call": reads.who_is_on_call,
    "million": reads.a_million,
    "checks": checks.run,
    "history": history.run,
    "live": live.run,
    "browser": browser.run,
    "pages": pages.run,
    "probes": probes.run,
    "senders": floods.senders,
    "flood": floods.reads,
}
PROFILE_LINES: Final = 45
EMPTY_PROFILE_BYTES: Final = 100


def main() -> int:
    """Run and print; the status says whether a page was lost or repeated."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Benchmarks of the event path and of reads.")
    parser.add_argument("names", nargs="*", metavar="name", help=f"which: {', '.join(BENCHMARKS)}")
    parser.add_argument("--runs", type=int, default=5, help="how often each is run; its figure is the median")
    parser.add_argument("--keep", action="store_true", help="put the named ones into the committed page, and say so")
    parser.add_argument("--profile", action="store_true", help="print what cProfile saw in each function (slow)")
    asked = parser.parse_args()
    unknown = [name for name in asked.names if name not in BENCHMARKS]
    if unknown or asked.runs < 1:
        parser.error(
            f"there are {', '.join(BENCHMARKS)}; not {', '.join(unknown)}" if unknown else "--runs begins at 1"
        )
    options = Options(runs=asked.runs, profile=asked.profile)
    with server() as postgres:
        _say(durability(postgres))
        if asked.names:
            machine = calibration.machine(postgres)
            outcomes = {name: _run(name, postgres, options) for name in asked.names}
            if asked.keep:
                whole.renew(machine, outcomes)
        else:
            outcomes = whole.run(postgres, list(BENCHMARKS), lambda name: _run(name, postgres, options), asked.runs)
    return int(any(outcome.failed for outcome in outcomes.values()))


def durability(postgres: PostgresServer) -> str:
    """What PostgreSQL promises about its commits here."""
    with psycopg.connect(postgres.conninfo("postgres", "postgres")) as conn:
        found = conn.execute(
            "select version(), string_agg(name || ' = ' || setting, ', ' order by name) from pg_settings"
            " where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers')"
        ).fetchone()
    assert found is not None  # noqa: S101 - an aggregate answers one row
    return f"{found[0].split(' on ')[0]}: {found[1]}"


def _run(name: str, postgres: PostgresServer, options: Options) -> Outcome:
    began = time.monotonic()
    outcome = uvloop.run(_awaited(name, postgres, options))
    _say(f"\n{name} ({time.monotonic() - began:.0f} s){': FAILED' if outcome.failed else ''}")
    for figure in outcome.figures:
        target = "" if figure.target is None else f", target {figure.target:g}: {'met' if figure.met else 'MISSED'}"
        runs = ", ".join(f"{run:.4g}" for run in figure.runs)
        _say(f"  {figure.name}: {figure.median:.4g} {figure.unit}{target} (runs: {runs})")
    if outcome.counts is not None:
        for line in usage.lines(outcome.counts, outcome.pages):
            _say(line)
    for remark in outcome.remarks:
        _say(f"  {remark}")
    _say(f"  {outcome.fates}")
    if options.profile:
        _profiles(HOME / "run")
    return outcome


async def _awaited(name: str, postgres: PostgresServer, options: Options) -> Outcome:
    return await BENCHMARKS[name](postgres, options)


def _profiles(folder: Path) -> None:
    """What the workers of each function saw together; those that were never called wrote nothing."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.prof")):
        if path.stat().st_size > EMPTY_PROFILE_BYTES:
            found.setdefault(path.stem.rpartition("-")[0], []).append(str(path))
    for function, paths in found.items():
        _say(f"\n--- {function}")
        pstats.Stats(*paths).strip_dirs().sort_stats("cumulative").print_stats(PROFILE_LINES)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
