"""An SQS standard queue in memory: delays, visibility timeouts, batches, redelivery, dead letters, and its counts.

Nothing is kept on disk: what happens when a queue loses messages is the fault tests' matter, not the benches'.
"""

import asyncio
import hashlib
import heapq
import json
import time
from collections import deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

MAX_ENTRIES: Final = 10
MAX_BYTES: Final = 1_048_576
MAX_DELAY: Final = 900
MAX_VISIBILITY: Final = 43_200
CHUNK: Final = 65_536
"""SQS bills a request for each 64 KB of payload."""
LOOK_EVERY_SECONDS: Final = 0.1


class Refused(Exception):
    """A request that SQS would refuse; the text is its error code."""


@dataclass(slots=True)
class Message:
    """One message. `sent_at` and `first_received_at` are Unix seconds."""

    message_id: str
    body: str
    group: str | None
    sent_at: float
    receives: int = 0
    first_received_at: float = 0.0
    handle: str = ""

    def record(self, arn: str) -> dict[str, Any]:
        """The record a Lambda gets of it."""
        attributes = {
            "ApproximateReceiveCount": str(self.receives),
            "SentTimestamp": str(int(self.sent_at * 1000)),
            "SenderId": "AROABENCH:bench",
            "ApproximateFirstReceiveTimestamp": str(int(self.first_received_at * 1000)),
        }
        if self.group is not None:
            attributes["MessageGroupId"] = self.group
        return {
            "messageId": self.message_id,
            "receiptHandle": self.handle,
            "body": self.body,
            "attributes": attributes,
            "messageAttributes": {},
            "md5OfBody": _md5(self.body),
            "eventSource": "aws:sqs",
            "eventSourceARN": arn,
            "awsRegion": arn.split(":")[3],
        }


@dataclass(slots=True)
class QueueCounts:
    """What is billed, and what went wrong. A request counts once for each 64 KB begun."""

    send_requests: int = 0
    receive_requests: int = 0
    delete_requests: int = 0
    other_requests: int = 0
    messages: int = 0
    bytes: int = 0
    redelivered: int = 0
    dead: int = 0
    dropped: int = 0


@dataclass(slots=True)
class Queue:
    """One queue; `arrived` is called whenever there may be something to take."""

    name: str
    arn: str
    visibility_seconds: float
    max_receives: int
    arrived: Callable[[], None] = lambda: None
    counts: QueueCounts = field(default_factory=QueueCounts)
    dead: list[Message] = field(default_factory=list[Message])
    _ready: deque[Message] = field(default_factory=deque[Message])
    _delayed: dict[str, tuple[Message, asyncio.TimerHandle]] = field(
        default_factory=dict[str, tuple[Message, asyncio.TimerHandle]]
    )
    _hidden: dict[str, tuple[Message, float]] = field(default_factory=dict[str, tuple[Message, float]])
    _deadlines: list[tuple[float, str]] = field(default_factory=list[tuple[float, str]])

    @property
    def waiting(self) -> int:
        """How many can be taken, or are being handled; delayed ones are not among them."""
        return len(self._ready) + len(self._hidden)

    @property
    def delayed(self) -> int:
        """How many are not to be seen yet."""
        return len(self._delayed)

    def send(self, entries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """SendMessageBatch; raises Refused as SQS does."""
        sizes = [len(entry["MessageBody"].encode()) for entry in entries]
        if not 1 <= len(entries) <= MAX_ENTRIES:
            raise Refused("TooManyEntriesInBatchRequest" if entries else "EmptyBatchRequest")
        if len({entry["Id"] for entry in entries}) != len(entries):
            raise Refused("BatchEntryIdsNotDistinct")
        if sum(sizes) > MAX_BYTES:
            raise Refused("BatchRequestTooLong")
        if any(not 0 <= entry.get("DelaySeconds", 0) <= MAX_DELAY for entry in entries):
            raise Refused("InvalidParameterValue")
        self.counts.send_requests += _chunks(sum(sizes))
        self.counts.messages += len(entries)
        self.counts.bytes += sum(sizes)
        return [self._accept(entry) for entry in entries]

    def take(self, most: int = MAX_ENTRIES) -> list[Message]:
        """ReceiveMessage: up to `most` messages, hidden from now on; counted as long as there are any."""
        now, taken = time.time(), list[Message]()
        while self._ready and len(taken) < most:
            message = self._ready.popleft()
            if message.receives >= self.max_receives:
                self.dead.append(message)
                self.counts.dead += 1
                continue
            message.receives += 1
            message.handle = f"{message.message_id}#{message.receives}"
            message.first_received_at = message.first_received_at or now
            self.counts.redelivered += message.receives > 1
            taken.append(message)
            self._hide(message, self.visibility_seconds)
        if taken:
            self.counts.receive_requests += _chunks(sum(len(m.body) for m in taken))
        return taken

    def finish(self, batch: Sequence[Message], failed: Collection[str]) -> None:
        """DeleteMessageBatch of what was handled; the rest stays hidden until its timeout, as in AWS."""
        done = [message for message in batch if message.message_id not in failed]
        for message in done:
            self._hidden.pop(message.handle, None)
        self.counts.delete_requests += bool(done)

    def change_visibility(self, handle: str, seconds: float) -> None:
        """ChangeMessageVisibility; raises Refused."""
        if not 0 <= seconds <= MAX_VISIBILITY:
            raise Refused("InvalidParameterValue")
        self.counts.other_requests += 1
        held = self._hidden.get(handle)
        if held is None:
            raise Refused("MessageNotInflight")
        self._hide(held[0], seconds)

    def drop(self) -> int:
        """Lose everything that nobody handles, delayed or not; answers how many."""
        lost = len(self._ready) + len(self._delayed)
        for _, timer in self._delayed.values():
            timer.cancel()
        self._ready.clear()
        self._delayed.clear()
        self.counts.dropped += lost
        return lost

    def look(self) -> None:
        """Let be seen again whatever was hidden for too long; called every so often."""
        now, back = time.monotonic(), 0
        while self._deadlines and self._deadlines[0][0] <= now:
            at, handle = heapq.heappop(self._deadlines)
            held = self._hidden.get(handle)
            if held is not None and held[1] == at:
                del self._hidden[handle]
                self._ready.append(held[0])
                back += 1
        if back:
            self.arrived()

    def _hide(self, message: Message, seconds: float) -> None:
        until = time.monotonic() + seconds
        self._hidden[message.handle] = (message, until)
        heapq.heappush(self._deadlines, (until, message.handle))

    def _accept(self, entry: dict[str, Any]) -> dict[str, Any]:
        body: str = entry["MessageBody"]
        message = Message(str(uuid4()), body, entry.get("MessageGroupId"), time.time())
        delay = entry.get("DelaySeconds", 0)
        if delay:
            timer = asyncio.get_running_loop().call_later(delay, self._appear, message.message_id)
            self._delayed[message.message_id] = (message, timer)
        else:
            self._ready.append(message)
            self.arrived()
        return {"Id": entry["Id"], "MessageId": message.message_id, "MD5OfMessageBody": _md5(body)}

    def _appear(self, message_id: str) -> None:
        message, _ = self._delayed.pop(message_id)
        self._ready.append(message)
        self.arrived()


async def look_for_ever(queues: Collection[Queue]) -> None:
    """Keep to the visibility timeouts."""
    while True:
        await asyncio.sleep(LOOK_EVERY_SECONDS)
        for queue in queues:
            queue.look()


def event(messages: Sequence[Message], arn: str) -> bytes:
    """The event of a batch."""
    return json.dumps({"Records": [message.record(arn) for message in messages]}).encode()


def _chunks(size: int) -> int:
    return max(1, -(-size // CHUNK))


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
