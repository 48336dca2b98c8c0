"""A region's checks on one core, in a process of their own: the shipped runner, engine and way home.

Run as `python -m bench.check_runner <plan>`; for every line of its input it runs one window of so many seconds and
prints what that cost. The first line it prints says that it is ready.
"""

import asyncio
import json
import math
import os
import sys
import time
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from tocsin.checks import engine
from tocsin.checks.reach import Reach
from tocsin.checks.runner import Runner
from tocsin.checks.sending import Outbox, QueueSink, Stranded
from tocsin.contracts.checks import CheckConfig, CheckMonitor, ResultBatch, ShardReport
from tocsin.contracts.monitor_spec import HttpSpec
from tocsin.domain.monitor import Origin
from tocsin.errors import Unavailable
from tocsin.platform import clock
from tocsin.platform.addresses import networks

REGION: Final = "eu-central-1"
INTERVAL_SECONDS: Final = 10
CORE: Final = 0


class NoBuffer:
    """There is no second way: what home does not take is lost, and seen to be."""

    async def keep(self, batch: ResultBatch) -> None:
        """Refuse."""
        raise Unavailable(f"{len(batch.results)} results did not reach home.")


def configuration(monitors: int, site: int) -> CheckConfig:
    """So many monitors of one site, spread over their interval."""
    spec = HttpSpec(url=f"https://localhost:{site}/")
    return CheckConfig(
        written_at=clock.now(),
        region=REGION,
        shard=0,
        shards=1,
        spread_seconds=INTERVAL_SECONDS,
        monitors=[
            CheckMonitor(
                monitor_id=UUID(int=number),
                org_id=UUID(int=0),
                version=1,
                interval_seconds=INTERVAL_SECONDS,
                timeout_seconds=INTERVAL_SECONDS / 2,
                spec=spec,
                origin=Origin.LOAD_TEST,
                regions=[REGION],
            )
            for number in range(monitors)
        ],
    )


async def _window(runner: Runner, config: CheckConfig, sink: QueueSink, seconds: int) -> ShardReport:
    now = clock.now()
    starts_at = datetime.fromtimestamp(math.ceil(now.timestamp()), now.tzinfo)
    ends_at = starts_at + timedelta(seconds=seconds)
    async with Outbox(REGION, sink, NoBuffer(), clock.now, Stranded()) as outbox:
        await asyncio.sleep((starts_at - now).total_seconds())
        stop_at = ends_at + timedelta(seconds=30)
        return await runner.run_window(config, starts_at, ends_at, outbox, stop_at=stop_at)


def _main(plan: dict[str, Any]) -> None:
    os.sched_setaffinity(0, {CORE})
    reach = Reach(networks("127.0.0.0/8,::1/128"), plan["authority"], ipv6=False)
    runner = Runner(
        REGION,
        attempt=partial(engine.check, reach=reach, now=clock.now),
        open_sealed=lambda _: {},
        others={},
        now=clock.now,
    )
    config = configuration(plan["monitors"], plan["site"])
    sink = QueueSink(f"http://127.0.0.1:{plan['queue']}/123456789012/results", REGION)
    _say({"ready": 1})
    for line in sys.stdin:
        before = time.process_time()
        report = asyncio.run(_window(runner, config, sink, int(line)))
        _say({"cpu": time.process_time() - before, "report": report.model_dump(mode="json")})


def _say(told: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _main(json.loads(Path(sys.argv[1]).read_text()))
