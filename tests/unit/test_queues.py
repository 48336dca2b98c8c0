"""Sending to SQS: within its limits, all or an error; partial failures are tried again."""

import json
from collections.abc import Generator
from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSPreparedRequest
from hypothesis import given
from hypothesis import strategies as st
from moto import mock_aws

from tests.support import providers
from tests.support.aws import watched
from tests.support.providers import Provider, answering
from tocsin.errors import QueueUnavailable
from tocsin.platform import queues
from tocsin.platform.queues import MAX_BATCH, MAX_BYTES, SEND_TRIES, Outgoing, send

URL = "https://sqs.eu-central-1.amazonaws.com/123456789012/q"


@pytest.fixture(autouse=True)
def region(monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    for name, value in {
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
    }.items():
        monkeypatch.setenv(name, value)
    queues.client.cache_clear()
    yield
    queues.client.cache_clear()


class Queue:
    """A queue in moto, and what it was sent."""

    def __init__(self, sent: list[AWSPreparedRequest]) -> None:
        self.url = boto3.client("sqs").create_queue(QueueName="q")["QueueUrl"]
        self._sent = sent

    @property
    def batches(self) -> list[list[dict[str, Any]]]:
        """The entries of each call."""
        return [json.loads(request.body)["Entries"] for request in self._sent]

    def bodies(self) -> list[str]:
        found: list[str] = []
        client = boto3.client("sqs")
        while messages := client.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10).get("Messages"):
            found.extend(m["Body"] for m in messages)
        return found


@pytest.fixture
def queue() -> Generator[Queue]:
    with mock_aws(), watched() as sent:
        yield Queue(sent)


@pytest.mark.parametrize(("count", "batches"), [(0, []), (1, [1]), (10, [10]), (11, [10, 1]), (25, [10, 10, 5])])
def test_ten_messages_a_batch(queue: Queue, count: int, batches: list[int]) -> None:
    send(queue.url, [Outgoing(f"m{i}", "g") for i in range(count)])
    assert [len(batch) for batch in queue.batches] == batches
    assert sorted(queue.bodies()) == sorted(f"m{i}" for i in range(count))


def test_a_queue_of_another_region_is_sent_to_there(queue: Queue) -> None:
    there = boto3.client("sqs", "us-east-1").create_queue(QueueName="far")["QueueUrl"]
    with watched() as sent:
        send(there, [Outgoing("hello", "g")], region="us-east-1")
    assert [(request.url, "/us-east-1/sqs/" in request.headers["Authorization"]) for request in sent] == [
        ("https://sqs.us-east-1.amazonaws.com/", True)
    ]
    assert queue.bodies() == []


def test_a_batch_is_never_larger_than_the_queue_takes(queue: Queue) -> None:
    half = "x" * (MAX_BYTES // 2)
    send(queue.url, [Outgoing(half, "g"), Outgoing(half, "g"), Outgoing("y", "g"), Outgoing("x" * MAX_BYTES, "g")])
    assert [len(batch) for batch in queue.batches] == [2, 1, 1]


def test_bytes_are_counted_not_characters(queue: Queue) -> None:
    send(queue.url, [Outgoing("\u20ac" * (MAX_BYTES // 4), "g")] * 2)
    assert [len(batch) for batch in queue.batches] == [1, 1]


def test_delay_and_group_go_with_each_message(queue: Queue) -> None:
    send(queue.url, [Outgoing("a", "one", 900), Outgoing("b", "two")])
    ((first, second),) = queue.batches
    assert (first["DelaySeconds"], first["MessageGroupId"]) == (900, "one")
    assert (second["DelaySeconds"], second["MessageGroupId"]) == (0, "two")
    assert queue.bodies() == ["b"]


@given(st.lists(st.text(max_size=3000), max_size=40))
def test_batches_hold_every_message_once_and_in_order(bodies: list[str]) -> None:
    messages = [Outgoing(body * 100, str(i)) for i, body in enumerate(bodies)]
    batches = list(queues._batches(messages))
    assert [m for batch in batches for m in batch] == messages
    assert all(1 <= len(batch) <= MAX_BATCH for batch in batches)
    assert all(sum(len(m.body.encode()) for m in batch) <= MAX_BYTES for batch in batches if len(batch) > 1)


def entry(number: int) -> dict[str, Any]:
    return {"Id": str(number), "MessageBody": f"m{number}", "DelaySeconds": 0, "MessageGroupId": "g"}


def answer(done: list[int], failed: list[int], *, sender: bool = False) -> dict[str, Any]:
    return {
        "Successful": [{"Id": str(i), "MessageId": f"id{i}", "MD5OfMessageBody": ""} for i in done],
        "Failed": [{"Id": str(i), "SenderFault": sender, "Code": "Odd", "Message": "odd"} for i in failed],
    }


@pytest.fixture
def sqs(monkeypatch: pytest.MonkeyPatch) -> Generator[Provider]:
    """Whatever answers in SQS's place."""
    with providers.providing() as provider:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SQS", provider.url)
        yield provider


def tell(sqs: Provider, *answers: dict[str, Any]) -> None:
    """What is answered to the next calls."""
    sqs.behaviours = [answering(200, body=json.dumps(said).encode()) for said in answers]


def asked(sqs: Provider) -> list[dict[str, Any]]:
    """What was sent."""
    return [json.loads(request.body) for request in sqs.requests]


def batch(*numbers: int) -> dict[str, Any]:
    return {"QueueUrl": URL, "Entries": [entry(i) for i in numbers]}


def three() -> list[Outgoing]:
    return [Outgoing(f"m{i}", "g") for i in range(3)]


def test_only_what_failed_is_sent_again(sqs: Provider) -> None:
    tell(sqs, answer([0, 2], [1]), answer([1], []))
    send(URL, three())
    assert asked(sqs) == [batch(0, 1, 2), batch(1)]


def test_what_keeps_failing_is_an_error_that_counts_it(sqs: Provider) -> None:
    tell(sqs, answer([0], [1, 2]), *[answer([], [1, 2])] * (SEND_TRIES - 1))
    with pytest.raises(QueueUnavailable, match=r"q: 2 of 3 not accepted: odd"):
        send(URL, three())
    assert asked(sqs) == [batch(0, 1, 2)] + [batch(1, 2)] * (SEND_TRIES - 1)


def test_what_is_the_senders_fault_is_not_tried_again(sqs: Provider) -> None:
    tell(sqs, answer([0, 1], [2], sender=True))
    with pytest.raises(QueueUnavailable, match="1 of 3"):
        send(URL, three())
    assert len(sqs.requests) == 1


def test_an_entry_without_an_answer_is_not_taken_for_sent(sqs: Provider) -> None:
    tell(sqs, answer([0], []), *[answer([], [])] * (SEND_TRIES - 1))
    with pytest.raises(QueueUnavailable, match="2 of 3 not accepted: no answer"):
        send(URL, three())
    assert len(sqs.requests) == SEND_TRIES


def test_a_queue_that_is_not_there_is_an_error_by_its_name() -> None:
    with mock_aws(), pytest.raises(QueueUnavailable, match=r"^q: .*NonExistentQueue"):
        send(URL, three())
