"""SQS in hand-moved time: what the real one refuses is refused, delays and visibility follow the test's clock."""
# ruff: noqa: N803 - named as in SQS's reference

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from botocore.exceptions import ClientError

MAX_ENTRIES = 10
MAX_BYTES = 1_048_576
MAX_DELAY = 900
MAX_VISIBILITY = 43_200


@dataclass(slots=True)
class Message:
    """One message on its queue."""

    message_id: str
    body: str
    group: str | None
    sent_at: datetime
    visible_at: datetime
    receives: int = 0

    def record(self) -> dict[str, Any]:
        """The record a Lambda gets of it."""
        attributes = {
            "ApproximateReceiveCount": str(self.receives),
            "SentTimestamp": str(int(self.sent_at.timestamp() * 1000)),
            "SenderId": "AROATEST:test",
            "ApproximateFirstReceiveTimestamp": str(int(self.sent_at.timestamp() * 1000)),
        }
        if self.group is not None:
            attributes["MessageGroupId"] = self.group
        return {
            "messageId": self.message_id,
            "receiptHandle": f"handle-{self.message_id}",
            "body": self.body,
            "attributes": attributes,
            "messageAttributes": {},
            "md5OfBody": hashlib.md5(self.body.encode(), usedforsecurity=False).hexdigest(),
            "eventSource": "aws:sqs",
            "eventSourceARN": "arn:aws:sqs:eu-central-1:123456789012:queue",
            "awsRegion": "eu-central-1",
        }


@dataclass(slots=True)
class Sqs:
    """Stands in for our SQS client. `now` is the test's clock.

    `down` makes every call fail; `duplicate` delivers every message three times, as standard queues may.
    """

    now: Callable[[], datetime]
    down: bool = False
    duplicate: bool = False
    queues: dict[str, list[Message]] = field(default_factory=dict)
    dead: dict[str, list[Message]] = field(default_factory=dict)
    _ids: count = field(default_factory=lambda: count(1))

    def send_message_batch(self, *, QueueUrl: str, Entries: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """SendMessageBatch, with the real one's refusals."""
        self._answer("SendMessageBatch")
        if not 1 <= len(Entries) <= MAX_ENTRIES:
            raise _refused("SendMessageBatch", "AWS.SimpleQueueService.TooManyEntriesInBatchRequest")
        if len({entry["Id"] for entry in Entries}) != len(Entries):
            raise _refused("SendMessageBatch", "AWS.SimpleQueueService.BatchEntryIdsNotDistinct")
        if sum(len(entry["MessageBody"].encode()) for entry in Entries) > MAX_BYTES:
            raise _refused("SendMessageBatch", "AWS.SimpleQueueService.BatchRequestTooLong")
        done = [self._accept(QueueUrl, entry) for entry in Entries]
        return {"Successful": done, "Failed": []}

    def change_message_visibility(
        self,
        *,
        QueueUrl: str,
        ReceiptHandle: str,
        VisibilityTimeout: int,
    ) -> dict[str, Any]:
        """ChangeMessageVisibility of a message that is being handled."""
        self._answer("ChangeMessageVisibility")
        if not 0 <= VisibilityTimeout <= MAX_VISIBILITY:
            raise _refused("ChangeMessageVisibility", "InvalidParameterValue")
        for message in self.queues.get(QueueUrl, []):
            if f"handle-{message.message_id}" == ReceiptHandle:
                message.visible_at = self.now() + timedelta(seconds=VisibilityTimeout)
        return {}

    def receive(self, queue_url: str, visibility: timedelta) -> list[Message]:
        """Up to ten visible messages, hidden for `visibility` while they are handled."""
        now = self.now()
        found = [m for m in self.queues.get(queue_url, []) if m.visible_at <= now][:MAX_ENTRIES]
        for message in found:
            message.receives += 1
            message.visible_at = now + visibility
        return found

    def finish(self, queue_url: str, batch: Sequence[Message], failed: set[str], most_receives: int) -> None:
        """Delete what was handled; what failed too often goes to the dead-letter queue."""
        for message in batch:
            if message.message_id not in failed:
                self.queues[queue_url].remove(message)
            elif message.receives >= most_receives:
                self.queues[queue_url].remove(message)
                self.dead.setdefault(queue_url, []).append(message)

    def next_visible(self) -> datetime | None:
        """When the next message of any queue becomes visible."""
        return min((m.visible_at for queue in self.queues.values() for m in queue), default=None)

    def _accept(self, queue_url: str, entry: dict[str, Any]) -> dict[str, Any]:
        delay = entry.get("DelaySeconds", 0)
        if not 0 <= delay <= MAX_DELAY:
            raise _refused("SendMessageBatch", "InvalidParameterValue")
        if any((ord(c) < 32 and c not in "\t\n\r") or c in "\ufffe\uffff" for c in entry["MessageBody"]):
            raise _refused("SendMessageBatch", "InvalidMessageContents")
        now = self.now()
        message_id = ""
        for _ in range(3 if self.duplicate else 1):
            message_id = f"message-{next(self._ids)}"
            visible = now + timedelta(seconds=delay)
            message = Message(message_id, entry["MessageBody"], entry.get("MessageGroupId"), now, visible)
            self.queues.setdefault(queue_url, []).append(message)
        return {"Id": entry["Id"], "MessageId": message_id, "MD5OfMessageBody": ""}

    def _answer(self, operation: str) -> None:
        if self.down:
            raise _refused(operation, "ServiceUnavailable")


def _refused(operation: str, code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": code}}, operation)
