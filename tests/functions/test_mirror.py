"""What is written for the regions arrives there, never older than what is there, and only what failed comes again."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from botocore.awsrequest import AWSPreparedRequest
from moto import mock_aws

from functions.mirror import handler as mirror
from tests.support.aws import Answer, client, intercepted
from tests.support.checking import NOON, REGIONS, http_monitor
from tocsin.contracts.checks import COMMAND_PREFIX, CheckConfig, Command, config_key
from tocsin.platform import queues

HOME, FIRST, SECOND = "eu-west-1", *REGIONS[1:]
EDGE = "tocsin-edge"


class Deployment:
    """The home bucket, and two regions with a bucket and a queue of commands each."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.buckets = {region: f"tocsin-checks-{region}" for region in (FIRST, SECOND)}
        for region, bucket in {HOME: EDGE, **self.buckets}.items():
            where = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
            client("s3", region).create_bucket(Bucket=bucket, **where)
        self.urls = {
            region: client("sqs", region).create_queue(QueueName="commands")["QueueUrl"] for region in self.buckets
        }
        for name, value in {
            "AWS_DEFAULT_REGION": HOME,
            "EDGE_BUCKET": EDGE,
            "CHECKS_BUCKETS": json.dumps(self.buckets),
            "COMMANDS_QUEUE_URLS": json.dumps(self.urls),
        }.items():
            monkeypatch.setenv(name, value)

    def write(self, key: str, text: str) -> str:
        client("s3", HOME).put_object(Bucket=EDGE, Key=key, Body=text)
        return key

    def publish(self, region: str, seconds: int, shard: int = 0) -> str:
        """Write a configuration as of so many seconds after noon; answers its key."""
        config = CheckConfig(
            written_at=NOON + timedelta(seconds=seconds), region=region, shard=shard, shards=1, spread_seconds=8
        )
        return self.write(config_key(region, shard), config.to_json())

    def ask(self, *regions: str) -> str:
        """Write a command to these regions; answers its key."""
        asked = Command(
            command_id=UUID(int=5),
            kind="run",
            asked_at=NOON,
            asked_by="api",
            tick=NOON,
            regions=list(regions),
            monitor=http_monitor(UUID(int=1)),
        )
        return self.write(f"{COMMAND_PREFIX}{asked.command_id}.json", asked.to_json())

    def tell(self, *keys: str) -> list[str]:
        """Tell of these objects in one batch; answers which are to come again."""
        records = [
            {
                "messageId": key,
                "body": json.dumps({"detail-type": "Object Created", "detail": {"object": {"key": key, "size": 1}}}),
            }
            for key in keys
        ]
        return self.deliver(records)

    def deliver(self, records: list[dict[str, Any]]) -> list[str]:
        answer = mirror.handler({"Records": records}, object())
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

    def seconds(self, region: str, shard: int = 0) -> int | None:
        """As of when the configuration in a region is, in seconds after noon; None when there is none."""
        s3 = client("s3", region)
        if not s3.list_objects_v2(Bucket=self.buckets[region], Prefix=config_key(region, shard)).get("Contents"):
            return None
        found = s3.get_object(Bucket=self.buckets[region], Key=config_key(region, shard))["Body"].read()
        return int((CheckConfig.model_validate_json(found).written_at - NOON).total_seconds())

    def commands(self, region: str) -> list[UUID]:
        """What a region is asked."""
        answer = client("sqs", region).receive_message(QueueUrl=self.urls[region], MaxNumberOfMessages=10)
        return [Command.model_validate_json(message["Body"]).command_id for message in answer.get("Messages", [])]


@pytest.fixture
def deployment(monkeypatch: pytest.MonkeyPatch) -> Iterator[Deployment]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    caches = (mirror._home, mirror._there, queues.client)
    for cache in caches:
        cache.cache_clear()
    with mock_aws():
        yield Deployment(monkeypatch)
    for cache in caches:
        cache.cache_clear()


def test_a_configuration_goes_to_its_region_alone(deployment: Deployment) -> None:
    assert deployment.tell(deployment.publish(FIRST, 1)) == []
    assert (deployment.seconds(FIRST), deployment.seconds(SECOND)) == (1, None)
    stored = client("s3", FIRST).get_object(Bucket=deployment.buckets[FIRST], Key=config_key(FIRST, 0))
    assert stored["ContentType"] == "application/json"


def test_what_is_told_late_or_twice_carries_what_is_there_by_then(deployment: Deployment) -> None:
    key = deployment.publish(FIRST, 1)
    deployment.publish(FIRST, 2)
    assert deployment.tell(key, key) == []
    assert deployment.tell(key) == []
    assert deployment.seconds(FIRST) == 2


def test_an_older_configuration_never_overwrites_a_newer(deployment: Deployment) -> None:
    deployment.tell(deployment.publish(FIRST, 5))
    assert deployment.tell(deployment.publish(FIRST, 3)) == []
    assert deployment.seconds(FIRST) == 5


def test_what_cannot_be_read_in_a_region_is_written_anew(deployment: Deployment) -> None:
    client("s3", FIRST).put_object(Bucket=deployment.buckets[FIRST], Key=config_key(FIRST, 0), Body="{")
    assert deployment.tell(deployment.publish(FIRST, 1)) == []
    assert deployment.seconds(FIRST) == 1


def test_a_newer_configuration_that_arrives_meanwhile_stays(deployment: Deployment) -> None:
    """Between reading what is there and writing, another invocation writes: the condition fails, and it looks again."""
    deployment.tell(deployment.publish(FIRST, 1))
    key = deployment.publish(FIRST, 3)
    newer = CheckConfig(written_at=NOON + timedelta(seconds=4), region=FIRST, shard=0, shards=1, spread_seconds=8)
    overtaken = threading.Event()

    def overtake(request: AWSPreparedRequest, send: Any) -> Answer:
        if request.method == "PUT" and not overtaken.is_set():
            overtaken.set()
            client("s3", FIRST).put_object(Bucket=deployment.buckets[FIRST], Key=key, Body=newer.to_json())
        return send()

    with intercepted(overtake):
        assert deployment.tell(key) == []
    assert overtaken.is_set()
    assert deployment.seconds(FIRST) == 4


def test_a_command_goes_to_the_queues_of_its_regions(deployment: Deployment) -> None:
    assert deployment.tell(deployment.ask(FIRST, "private:7")) == []
    assert (deployment.commands(FIRST), deployment.commands(SECOND)) == ([UUID(int=5)], [])


def test_only_what_did_not_arrive_comes_again(deployment: Deployment) -> None:
    client("sqs", SECOND).delete_queue(QueueUrl=deployment.urls[SECOND])
    client("s3", SECOND).delete_bucket(Bucket=deployment.buckets[SECOND])
    command, lost = deployment.ask(FIRST, SECOND), deployment.publish(SECOND, 1)
    broken = deployment.write(config_key(FIRST, 7), "{")
    fine = deployment.publish(FIRST, 1)
    assert sorted(deployment.tell(command, lost, broken, fine)) == sorted([command, lost, broken])
    assert deployment.seconds(FIRST) == 1
    assert deployment.commands(FIRST) == [UUID(int=5)]


def test_what_is_for_nobody_here_is_done(deployment: Deployment) -> None:
    private = deployment.write("checks/private/0190/0000.json", "{}")
    assert deployment.tell(private, config_key("ap-east-1", 0), f"{COMMAND_PREFIX}gone.json") == []


def test_an_event_that_cannot_be_read_is_left_to_the_dead_letters(deployment: Deployment) -> None:
    fine = deployment.publish(FIRST, 1)
    body = json.dumps({"detail": {"object": {"key": fine}}})
    assert deployment.deliver([{"messageId": "a", "body": "{}"}, {"messageId": "b", "body": body}]) == ["a"]
    assert deployment.seconds(FIRST) == 1
