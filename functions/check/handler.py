"""Checks from one region: each minute what is due in a shard, and whatever a command asks for.

A minute costs one read of the shard's configuration (unchanged: 304, not a byte of it), and the time until its last
check has ended; where nothing is due the first shard says so, since a region of which nothing is heard is taken for
silent. What it finds goes to the home region by the queue `results` or by mutual TLS, as the deployment says, or waits
in the region's bucket.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final, Protocol

from pydantic import Json, ValidationError

from tocsin.checks import engine
from tocsin.checks.buffering import BucketBuffer
from tocsin.checks.configuring import BucketConfig
from tocsin.checks.confirming import by_queues
from tocsin.checks.reach import Reach
from tocsin.checks.runner import Runner
from tocsin.checks.sending import Outbox, QueueSink, Stranded
from tocsin.contracts.checks import Command
from tocsin.errors import Unavailable
from tocsin.platform import aws, clock, logs, sealing, settings
from tocsin.platform.addresses import networks

if TYPE_CHECKING:
    from tocsin.checks.posting import HomeSink

SERVICE: Final = "check"
WINDOW: Final = timedelta(minutes=1)
LEFT_TO_SEND: Final = timedelta(seconds=10)
"""Of what an invocation may take, this much is kept for handing over what it found."""
REPLAY_MINUTES: Final = 5
"""How often the first shard looks whether the bucket holds what no process remembers."""


class CheckSettings(settings.Settings):
    """What check needs to know. Of the two sealing keys one is set, or none where no monitor has secrets. Home is the
    queue `results`, or with `home_url` the API behind mutual TLS, for which `enroll_function` signs certificates.
    """

    check_region: str
    home_region: str
    checks_bucket: str
    results_queue_url: str | None = None
    home_url: str | None = None
    enroll_function: str | None = None
    home_ca_file: str | None = None
    """Who vouches for home, as PEM, where that is not the system's."""
    commands_queue_urls: Json[dict[str, str]]
    outbound_allowed_networks: str = ""
    seal_private_key_file: str | None = None
    seal_kms_key_id: str | None = None
    ca_file: str | None = None
    has_ipv6: bool = False
    """As the deployment says: Lambda has it only in a network of one's own."""


class Context(Protocol):
    """What Lambda says of an invocation."""

    def get_remaining_time_in_millis(self) -> int:
        """How long it may still take."""
        ...


@dataclass(frozen=True, slots=True)
class Station:
    """What this process keeps from one invocation to the next."""

    region: str
    runner: Runner
    configured: BucketConfig
    buffer: BucketBuffer
    sink: "HomeSink | QueueSink"
    stranded: Stranded

    def outbox(self) -> Outbox:
        """An outbox for one invocation."""
        return Outbox(self.region, self.sink, self.buffer, clock.now, self.stranded)


def handler(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """`{"shard", "time"}` each minute → what was done; SQS `commands` → partial batch response."""
    station = _station()
    stop_at = clock.now() + timedelta(milliseconds=context.get_remaining_time_in_millis()) - LEFT_TO_SEND
    try:
        if "Records" in event:
            return {"batchItemFailures": asyncio.run(_commands(station, event["Records"]))}
        at = datetime.fromisoformat(event["time"]) if "time" in event else clock.now()
        return asyncio.run(_minute(station, int(event["shard"]), at.replace(second=0, microsecond=0), stop_at))
    finally:
        logs.flush(SERVICE)


@cache
def _station() -> Station:
    """One for a process: connections to AWS, TLS contexts and what was opened live as long as it."""
    known = settings.load(CheckSettings)
    s3 = aws.Client(aws.S3, connect_seconds=2, read_seconds=5, tries=2, bucket=known.checks_bucket)
    reach = Reach(networks(known.outbound_allowed_networks), known.ca_file, ipv6=known.has_ipv6)
    runner = Runner(
        known.check_region,
        attempt=partial(engine.check, reach=reach, now=clock.now),
        open_sealed=lambda sealed: sealing.open_sealed(sealed, known.seal_private_key_file, known.seal_kms_key_id),
        others=by_queues(known.commands_queue_urls),
        now=clock.now,
    )
    return Station(
        known.check_region,
        runner,
        BucketConfig(s3, known.check_region),
        BucketBuffer(s3),
        _sink(known),
        Stranded(),
    )


def _sink(known: CheckSettings) -> "HomeSink | QueueSink":
    if known.home_url is not None and known.enroll_function is not None:
        # what it brings takes a while to load, which no region that sends to the queue should wait for
        from tocsin.checks.posting import HomeSink, by_alias

        ask = by_alias(known.enroll_function, known.check_region, known.home_region)
        return HomeSink(known.home_url, ask, clock.now, known.home_ca_file)
    if known.results_queue_url is None:
        raise settings.BadSettings("CheckSettings: RESULTS_QUEUE_URL, or HOME_URL and ENROLL_FUNCTION, must be set")
    return QueueSink(known.results_queue_url, known.home_region)


async def _minute(station: Station, shard: int, starts_at: datetime, stop_at: datetime) -> dict[str, Any]:
    replaying = asyncio.create_task(_replay(station, shard, starts_at))
    config = await station.configured.read(shard, clock.now())
    if config is None or not (config.monitors or shard == 0):
        await replaying
        return {"due": 0, "done": 0, "missed": 0}
    async with station.outbox() as outbox:
        report = await station.runner.run_window(config, starts_at, starts_at + WINDOW, outbox, stop_at=stop_at)
    await replaying
    told = {"due": report.due, "done": report.done, "missed": report.missed}
    logs.logger(SERVICE).info("checked", extra={**told, "shard": shard, "blind": report.blind_since is not None})
    logs.count(SERVICE, "ChecksDone", report.done)
    logs.count(SERVICE, "ChecksMissed", report.missed)
    logs.count(SERVICE, "RegionBlind", int(report.blind_since is not None))
    if report.lateness_ms_p99 is not None:
        logs.measure(SERVICE, "StartLatenessP99", [report.lateness_ms_p99 / 1_000])
    return told


async def _replay(station: Station, shard: int, minute: datetime) -> None:
    if not (station.buffer.may_hold or (shard == 0 and minute.minute % REPLAY_MINUTES == 0)):
        return
    try:
        replayed = await station.buffer.replay(partial(station.sink.send_bodies, region=station.region))
    except Unavailable as error:
        logs.logger(SERVICE).warning("buffer not read", extra={"detail": str(error)})
    else:
        logs.count(SERVICE, "MessagesReplayed", replayed)


async def _commands(station: Station, records: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    commands: list[Command] = []
    failed: list[str] = []
    for record in records:
        try:
            commands.append(Command.model_validate_json(record["body"]))
        except ValidationError as error:
            fields = [".".join(str(part) for part in e["loc"]) for e in error.errors()]
            logs.logger(SERVICE).error("malformed command, left to the dead-letter queue", extra={"fields": fields})
            failed.append(record["messageId"])
    async with station.outbox() as outbox:
        controls = await station.configured.controls(clock.now())
        checked = await station.runner.run_commands(commands, controls, outbox)
    logs.logger(SERVICE).info("commands", extra={"received": len(records), "checked": checked})
    logs.count(SERVICE, "CommandsChecked", checked)
    if outbox.has_stranded:  # the process may not live to send it: who checks again finds the way out of it
        failed = [record["messageId"] for record in records]
    return [{"itemIdentifier": message_id} for message_id in failed]
