"""Failed check → page out, one at a time: the result that makes a quorum, through the queue and `verdict`."""

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from bench import prices, rows
from bench.benchmark import Options, Outcome, percentile
from bench.fates import fates
from bench.host import Host, deployed
from bench.plan import ACCOUNT
from local.postgres import PostgresServer
from tocsin.contracts.checks import CheckResult, ResultBatch, ResultsMessage, Timings
from tocsin.domain.monitor import CheckStatus, Reason
from tocsin.platform.packing import pack

FAILURES: Final = 200
WARM_UP: Final = 50
REGIONS: Final = ("eu-west-1", "us-east-1", "ap-southeast-2")
SEND: Final = {"x-amz-target": "AmazonSQS.SendMessageBatch", "content-type": "application/x-amz-json-1.0"}
PLANT: Final = """
insert into monitor (
    org_id, service_id, name, kind, spec, severity, interval_seconds, timeout_seconds, regions, failures_to_down,
    successes_to_up, confirmation_seconds, recovery_seconds, created_at, created_by, updated_at
)
select s.org_id, s.id, 'Monitor_' || n, 'http', '{"kind": "http", "url": "https://shop.acme.example/"}', 'critical',
    60, 10, '{eu-west-1,us-east-1,ap-southeast-2}', 1, 1, 0, 0, now() - interval '1 day', 'bench',
    now() - interval '1 day'
from (select org_id, id from service order by id limit 1) s, generate_series(1, %s) n
returning id, name
"""


async def run(postgres: PostgresServer, options: Options) -> Outcome:
    """Each monitor is down in one region; a second says so once the page of the monitor before has come."""
    async with deployed(postgres, profile=options.profile) as host:
        monitors = host.rows(PLANT, WARM_UP + FAILURES * options.runs)
        at = datetime.now(UTC).replace(microsecond=0) - timedelta(seconds=50)
        ids = [monitor_id for monitor_id, _ in monitors]
        for region in REGIONS:
            await send(host, region, ids, CheckStatus.UP, at)
        await host.settled()
        await send(host, REGIONS[0], ids, CheckStatus.DOWN, at + timedelta(seconds=10))
        await host.settled()
        due = at + timedelta(seconds=10)
        await _one_by_one(host, monitors[:WARM_UP], due)
        await host.settled()
        before = await host.counts()
        runs = [
            await _one_by_one(host, monitors[start : start + FAILURES], due)
            for start in range(WARM_UP, len(monitors), FAILURES)
        ]
        await host.settled()
        used = (await host.counts()).since(before)
        figures = [
            rows.figure(f"outage.serial.p{percent}", [percentile(took, percent) for took in runs])
            for percent in (50, 95)
        ]
        pages = FAILURES * options.runs
        dear = f"cost per million, if each came alone: ${sum(prices.per_million(used, pages).values()):.2f}"
        return Outcome(figures, await fates(host), used, pages, [dear])


async def _one_by_one(host: Host, monitors: list[tuple[UUID, str]], at: datetime) -> list[float]:
    """From each failed result sent to its page received, in milliseconds."""
    took: list[float] = []
    for monitor_id, name in monitors:
        title = f"{name} is down: timeout in {REGIONS[0]}, {REGIONS[1]}"
        page = host.paged(title.replace(" ", "_"))
        sent = await send(host, REGIONS[1], [monitor_id], CheckStatus.DOWN, at)
        host.accepted.append(name)
        took.append((await page - sent) / 1e6)
    return took


async def send(host: Host, region: str, monitor_ids: list[UUID], status: CheckStatus, tick: datetime) -> int:
    """Hand results to the queue, 500 a message; answers when the last was sent (monotonic ns)."""
    sent = 0
    for start in range(0, len(monitor_ids), 500):
        results = [_result(monitor_id, status, tick) for monitor_id in monitor_ids[start : start + 500]]
        batch = ResultBatch(batch_id=uuid4(), region=region, sent_at=tick, results=results)
        sent = time.monotonic_ns()
        entry = {"Id": "0", "MessageBody": ResultsMessage(kind="results", packed=pack(batch)).to_json()}
        body = json.dumps({"QueueUrl": f"http://queue/{ACCOUNT}/results", "Entries": [entry]}).encode()
        answered, _ = await host.aws.request("POST", "/", body, SEND)
        if answered != 200:
            raise RuntimeError(f"the queue answered {answered}")
    return sent


def _result(monitor_id: UUID, status: CheckStatus, tick: datetime) -> CheckResult:
    return CheckResult(
        monitor_id=monitor_id,
        version=1,
        tick=tick,
        checked_at=tick,
        status=status,
        reason=None if status is CheckStatus.UP else Reason.TIMEOUT,
        attempts=1 if status is CheckStatus.UP else 2,
        timings=Timings(dns=1.5, connect=12.25, tls=24.5, first_byte=80.0, total=118.25),
    )
