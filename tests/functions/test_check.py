"""The function that checks: real sockets, S3 and SQS in moto, in three regions."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from botocore.awsrequest import AWSPreparedRequest
from moto import mock_aws

from functions.check import handler as check
from tests.support.aws import Answer, client, intercepted
from tests.support.checking import REGIONS, http_monitor
from tocsin.checks import confirming, sending
from tocsin.contracts.checks import (
    BUFFER_PREFIX,
    CheckConfig,
    CheckMonitor,
    Command,
    ResultBatch,
    ResultsMessage,
    config_key,
)
from tocsin.contracts.monitor_spec import TcpSpec
from tocsin.domain.monitor import DAY, CheckStatus, Reason
from tocsin.platform import clock, queues
from tocsin.platform.packing import unpack

HERE, HOME, THERE = REGIONS
BUCKET = "tocsin-checks"


class Lambda:
    """What Lambda says of an invocation that has two minutes."""

    def get_remaining_time_in_millis(self) -> int:
        return 120_000


class Region:
    """One region's bucket and queues, and a target that takes connections."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, target: socket.socket) -> None:
        self.port = target.getsockname()[1]
        self.s3 = client("s3", HERE)
        self.s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": HERE})
        self.results_url = client("sqs", HOME).create_queue(QueueName="results")["QueueUrl"]
        self.commands_url = client("sqs", THERE).create_queue(QueueName="commands")["QueueUrl"]
        for name, value in {
            "AWS_DEFAULT_REGION": HERE,
            "CHECK_REGION": HERE,
            "HOME_REGION": HOME,
            "CHECKS_BUCKET": BUCKET,
            "RESULTS_QUEUE_URL": self.results_url,
            "COMMANDS_QUEUE_URLS": json.dumps({THERE: self.commands_url}),
            "OUTBOUND_ALLOWED_NETWORKS": "127.0.0.0/8",
        }.items():
            monkeypatch.setenv(name, value)

    def monitor(self, number: int, port: int | None = None, **more: Any) -> CheckMonitor:
        spec = TcpSpec(host="127.0.0.1", port=port or self.port)
        return http_monitor(UUID(int=number), interval_seconds=DAY, **more).model_copy(update={"spec": spec})

    def configure(self, *monitors: CheckMonitor, controls: list[str] | None = None) -> None:
        """Give the region's only shard these monitors."""
        config = CheckConfig(
            written_at=clock.now(),
            region=HERE,
            shard=0,
            shards=1,
            spread_seconds=0,
            controls=controls or [],
            monitors=list(monitors),
        )
        self.s3.put_object(Bucket=BUCKET, Key=config_key(HERE, 0), Body=config.to_json())

    def minute(self, at: datetime | None = None) -> dict[str, Any]:
        """The schedule's event, of today's first minute, in which what is checked once a day is due."""
        when = at or clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
        return check.handler({"shard": 0, "time": f"{when:%Y-%m-%dT%H:%M:%SZ}"}, Lambda())

    def command(self, *commands: Command | str) -> list[str]:
        """What the queue of commands delivers; answers what is to come again."""
        records = [
            {"messageId": str(number), "body": body if isinstance(body, str) else body.to_json()}
            for number, body in enumerate(commands)
        ]
        answer = check.handler({"Records": records}, Lambda())
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

    def arrived(self) -> list[ResultBatch]:
        """What has come home."""
        return [
            unpack(ResultsMessage.model_validate_json(body).packed or "", ResultBatch)
            for body in _bodies(HOME, self.results_url)
        ]

    def asked(self) -> list[Command]:
        """What the other region was asked."""
        return [Command.model_validate_json(body) for body in _bodies(THERE, self.commands_url)]

    def buffered(self) -> list[str]:
        """The keys that wait in the bucket."""
        return [one["Key"] for one in self.s3.list_objects_v2(Bucket=BUCKET, Prefix=BUFFER_PREFIX).get("Contents", [])]


def _bodies(region: str, url: str) -> list[str]:
    found: list[str] = []
    sqs = client("sqs", region)
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        for message in messages:
            found.append(message["Body"])
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return found


@pytest.fixture
def region(monkeypatch: pytest.MonkeyPatch) -> Iterator[Region]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setattr("tocsin.checks.runner.RETRY_SECONDS", 0.01)
    check._station.cache_clear()
    queues.client.cache_clear()
    with closing(socket.create_server(("127.0.0.1", 0))) as target, mock_aws():
        accepting = threading.Thread(target=_accept, args=(target,), daemon=True)
        accepting.start()
        yield Region(monkeypatch, target)
    check._station.cache_clear()
    queues.client.cache_clear()


def _accept(target: socket.socket) -> None:
    while True:
        try:
            connection, _ = target.accept()
        except OSError:
            return
        connection.close()


def closed_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return server.getsockname()[1]


def command(monitor: CheckMonitor, **more: Any) -> Command:
    now = clock.now()
    fields: dict[str, Any] = {"kind": "confirm", "asked_at": now, "tick": now, "regions": [HERE, THERE], **more}
    return Command(command_id=UUID(int=5), asked_by=THERE, monitor=monitor, **fields)


def test_a_minute_is_checked_and_told_to_home(region: Region) -> None:
    region.configure(region.monitor(1), region.monitor(2, closed_port()))
    assert region.minute() == {"due": 2, "done": 2, "missed": 0}
    batches = region.arrived()
    assert {batch.region for batch in batches} == {HERE}
    found = {one.monitor_id.int: one for batch in batches for one in batch.results}
    assert (found[1].status, found[2].status, found[2].reason) == (
        CheckStatus.UP,
        CheckStatus.DOWN,
        Reason.CONNECTION_REFUSED,
    )
    assert found[1].tick == found[1].tick.replace(second=0, microsecond=0)
    [report] = [report for batch in batches for report in batch.reports]
    assert (report.due, report.done, report.ends_at - report.starts_at) == (2, 2, timedelta(minutes=1))
    [asked] = region.asked()
    assert (asked.monitor.monitor_id.int, asked.asked_by, asked.regions) == (2, HERE, [THERE])


def test_a_region_that_was_never_given_a_monitor_sends_nothing(region: Region) -> None:
    assert region.minute() == {"due": 0, "done": 0, "missed": 0}
    assert region.arrived() == []


def test_a_region_whose_last_monitor_is_gone_says_that_it_is_there(region: Region) -> None:
    region.configure()
    assert region.minute() == {"due": 0, "done": 0, "missed": 0}
    [batch] = region.arrived()
    [report] = batch.reports
    assert (batch.results, report.due, report.ends_at - report.starts_at) == ([], 0, timedelta(minutes=1))


def test_the_last_known_configuration_holds_while_it_cannot_be_read(
    region: Region, capsys: pytest.CaptureFixture[str]
) -> None:
    region.configure(region.monitor(1))
    assert region.minute()["done"] == 1
    region.s3.put_object(Bucket=BUCKET, Key=config_key(HERE, 0), Body="{")
    assert region.minute()["done"] == 1
    assert '"ConfigUnread":[1.0]' in capsys.readouterr().out
    region.configure(region.monitor(1), region.monitor(2))
    assert region.minute()["done"] == 2
    region.s3.delete_object(Bucket=BUCKET, Key=config_key(HERE, 0))
    assert region.minute()["due"] == 0


def test_what_home_does_not_take_waits_in_the_region_and_leaves_oldest_first(region: Region) -> None:
    region.configure(region.monitor(1))
    url = region.results_url
    client("sqs", HOME).delete_queue(QueueUrl=url)
    for _ in range(3):
        assert region.minute()["done"] == 1
    waiting = region.buffered()
    assert len(waiting) == 3
    assert waiting == sorted(waiting)
    client("sqs", HOME).create_queue(QueueName="results")
    region.configure()
    region.minute()
    assert region.buffered() == []
    batches = [batch for batch in region.arrived() if batch.results]
    assert [batch.sent_at for batch in batches] == sorted(batch.sent_at for batch in batches)
    assert [len(batch.results) for batch in batches] == [1, 1, 1]
    region.minute()
    assert not any(batch.results for batch in region.arrived())


def test_what_another_process_left_is_found_every_few_minutes(region: Region) -> None:
    region.minute()
    [left] = sending.bodies(ResultBatch(batch_id=UUID(int=1), region=HERE, sent_at=clock.now()))
    region.s3.put_object(Bucket=BUCKET, Key=f"{BUFFER_PREFIX}20261121T000000.000000Z-x-0.json", Body=left)
    region.minute(datetime(2026, 11, 21, 12, 4, tzinfo=UTC))
    assert len(region.buffered()) == 1
    region.minute(datetime(2026, 11, 21, 12, 5, tzinfo=UTC))
    assert region.buffered() == []
    assert [batch.batch_id.int for batch in region.arrived()] == [1]


def test_a_region_whose_controls_fail_says_that_it_is_blind(region: Region) -> None:
    region.configure(region.monitor(1, closed_port()), controls=[f"tcp://127.0.0.1:{closed_port()}"])
    region.minute()
    [batch] = [batch for batch in region.arrived() if batch.results]
    assert (batch.results[0].status, batch.results[0].reason) == (CheckStatus.UNKNOWN, Reason.REGION_BLIND)
    assert region.asked() == []


def test_commands_are_checked_and_those_that_cannot_be_read_come_again(region: Region) -> None:
    now = clock.now()
    run = command(region.monitor(1), kind="run", tick=now)
    assert region.command(run, '{"command_id": 7}') == ["1"]
    [batch] = region.arrived()
    [found] = batch.results
    assert (found.command_id, found.tick, found.status) == (run.command_id, now, CheckStatus.UP)
    assert found.timings is not None
    assert found.timings.connect is not None
    assert region.asked() == []


def test_commands_are_doubted_by_the_controls_too(region: Region) -> None:
    region.configure(controls=[f"tcp://127.0.0.1:{closed_port()}"])
    assert region.command(command(region.monitor(1, closed_port()))) == []
    assert [one.reason for batch in region.arrived() for one in batch.results] == [Reason.REGION_BLIND]


def test_commands_whose_results_nobody_takes_come_again(region: Region) -> None:
    client("sqs", HOME).delete_queue(QueueUrl=region.results_url)
    region.s3.delete_bucket(Bucket=BUCKET)
    assert region.command(command(region.monitor(1))) == ["0"]


def test_a_storm_reaches_the_other_region_in_tens(region: Region) -> None:
    port = closed_port()
    region.configure(*[region.monitor(number, port) for number in range(1, 41)])
    assert region.minute()["done"] == 40
    assert len({one.monitor.monitor_id for one in region.asked()}) == 40
    assert confirming.MOST_ASKED == 1_000


def test_what_was_accepted_but_not_deleted_is_handed_over_again_as_it_was(region: Region) -> None:
    left = ResultBatch(batch_id=UUID(int=1), region=HERE, sent_at=clock.now())
    [body] = sending.bodies(left)
    region.s3.put_object(Bucket=BUCKET, Key=f"{BUFFER_PREFIX}20261121T000000.000000Z-x-0.json", Body=body)

    def die_before_deleting(request: AWSPreparedRequest, send: Callable[[], Answer]) -> Answer:
        if request.method == "DELETE":
            raise MemoryError("killed")
        return send()

    with intercepted(die_before_deleting), pytest.raises(MemoryError):
        region.minute()
    assert len(region.buffered()) == 1
    region.minute()
    assert region.buffered() == []
    assert region.arrived() == [left, left]
