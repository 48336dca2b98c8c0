"""The benchmarks' queue keeps to what SQS documents."""

import asyncio
import json
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from bench.sqs import MAX_BYTES, Queue, Refused, event

ARN = "arn:aws:sqs:eu-central-1:123456789012:events"


class Clock:
    """The monotonic clock, moved by hand."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("bench.sqs.time", SimpleNamespace(monotonic=made, time=time.time))
    return made


def queue(max_receives: int = 3, arrived: Callable[[], None] = lambda: None) -> Queue:
    return Queue("events", ARN, visibility_seconds=30, max_receives=max_receives, arrived=arrived)


def entries(*bodies: str, **more: Any) -> list[dict[str, Any]]:
    return [{"Id": str(n), "MessageBody": body, **more} for n, body in enumerate(bodies)]


def test_ten_at_most_are_taken_and_no_message_twice() -> None:
    held = queue()
    held.send(entries(*"abcdefghij"))
    held.send(entries("k", "l"))
    assert [[m.body for m in held.take()] for _ in range(3)] == [list("abcdefghij"), ["k", "l"], []]
    assert (held.counts.send_requests, held.counts.receive_requests) == (2, 2)


def test_what_failed_comes_again_when_its_timeout_is_over_and_not_before(clock: Clock) -> None:
    arrivals: list[float] = []
    held = queue(arrived=lambda: arrivals.append(clock.now))
    held.send(entries("good", "bad"))
    batch = held.take()
    held.finish(batch, {batch[1].message_id})
    clock.now += 29
    held.look()
    assert held.take() == []
    clock.now += 1
    held.look()
    (again,) = held.take()
    assert (again.body, again.receives, held.counts.redelivered) == ("bad", 2, 1)
    assert arrivals[-1] == 1_030


def test_a_shorter_visibility_is_kept_to(clock: Clock) -> None:
    held = queue()
    held.send(entries("page"))
    (message,) = held.take()
    held.change_visibility(message.handle, 5)
    clock.now += 5
    held.look()
    assert [m.body for m in held.take()] == ["page"]


def test_what_was_taken_too_often_is_a_dead_letter(clock: Clock) -> None:
    held = queue(max_receives=2)
    held.send(entries("poison"))
    for _ in range(2):
        assert len(held.take()) == 1
        clock.now += 30
        held.look()
    assert held.take() == []
    assert ([m.body for m in held.dead], held.counts.dead, held.waiting) == (["poison"], 1, 0)


async def test_a_delayed_message_is_not_seen_and_can_be_dropped() -> None:
    held = queue()
    held.send(entries("later", DelaySeconds=900))
    assert (held.take(), held.delayed, held.waiting) == ([], 1, 0)
    assert (held.drop(), held.delayed) == (1, 0)


async def test_a_delayed_message_appears_at_its_instant(monkeypatch: pytest.MonkeyPatch) -> None:
    loop, calls = asyncio.get_running_loop(), list[tuple[float, Callable[..., None], tuple[Any, ...]]]()

    def call_later(delay: float, callback: Callable[..., None], *args: Any) -> asyncio.TimerHandle:
        calls.append((delay, callback, args))
        return asyncio.TimerHandle(0, callback, args, loop)

    monkeypatch.setattr(loop, "call_later", call_later)
    held = queue()
    held.send(entries("later", DelaySeconds=7))
    ((delay, callback, args),) = calls
    callback(*args)
    assert (delay, [m.body for m in held.take()], held.delayed) == (7, ["later"], 0)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ([], "EmptyBatchRequest"),
        (entries(*"abcdefghijk"), "TooManyEntriesInBatchRequest"),
        ([{"Id": "0", "MessageBody": "a"}] * 2, "BatchEntryIdsNotDistinct"),
        (entries("x" * MAX_BYTES, "y"), "BatchRequestTooLong"),
        (entries("a", DelaySeconds=901), "InvalidParameterValue"),
    ],
)
def test_what_sqs_refuses_is_refused_and_nothing_of_it_kept(asked: list[dict[str, Any]], code: str) -> None:
    held = queue()
    with pytest.raises(Refused, match=code):
        held.send(asked)
    assert (held.waiting, held.counts.messages) == (0, 0)


def test_a_request_counts_once_for_each_64_kb() -> None:
    held = queue()
    held.send(entries("x" * 65_536))
    held.send(entries("x" * 65_537))
    assert (held.counts.send_requests, held.counts.bytes) == (3, 131_073)


def test_visibility_of_a_message_that_is_gone_cannot_be_changed() -> None:
    held = queue()
    held.send(entries("done"))
    (message,) = held.take()
    held.finish([message], set())
    with pytest.raises(Refused, match="MessageNotInflight"):
        held.change_visibility(message.handle, 5)


def test_the_event_of_a_batch_has_what_handlers_read() -> None:
    held = queue()
    held.send(entries('{"a": 1}', MessageGroupId="org"))
    (record,) = json.loads(event(held.take(), ARN))["Records"]
    assert (record["body"], record["eventSourceARN"], record["awsRegion"]) == ('{"a": 1}', ARN, "eu-central-1")
    assert record["messageId"] in record["receiptHandle"]
    assert (record["attributes"]["MessageGroupId"], record["attributes"]["ApproximateReceiveCount"]) == ("org", "1")
    assert int(record["attributes"]["SentTimestamp"]) > 1e12
