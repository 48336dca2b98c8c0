"""Sending to SQS: in batches within its limits, all accepted or an error that names what was not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from tocsin.errors import QueueUnavailable
from tocsin.platform import aws

MAX_BATCH: Final = 10
MAX_BYTES: Final = 1_048_576
MAX_DELAY_SECONDS: Final = 900
SEND_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message: its JSON, how long to hold it (0 to 900 s), and the group its queue is fair by."""

    body: str
    group: str
    delay_seconds: int = 0


class Client(aws.Client):
    """SQS, as far as it is used; short timeouts, so that a caller hears of trouble in time."""

    def __init__(self, region: str | None = None) -> None:
        super().__init__(aws.SQS, connect_seconds=2, read_seconds=5, tries=2, region=region)

    def send_message_batch(self, **request: object) -> dict[str, Any]:
        """SendMessageBatch; what it takes and answers is named as in SQS's reference."""
        return self.call("SendMessageBatch", **request)

    def change_message_visibility(self, **request: object) -> dict[str, Any]:
        """ChangeMessageVisibility, likewise."""
        return self.call("ChangeMessageVisibility", **request)


@cache
def client(region: str | None = None) -> Client:
    """The SQS client of this process, for its own region or another."""
    return Client(region)


def send(queue_url: str, messages: Sequence[Outgoing], *, region: str | None = None) -> None:
    """Send all messages to a queue of a region, by default this process's.

    Raises QueueUnavailable unless the queue has accepted every one of them.
    """
    sender = client() if region is None else client(region)
    for batch in _batches(messages):
        _send_batch(sender, queue_url, batch)


def _batches(messages: Sequence[Outgoing]) -> Iterator[list[Outgoing]]:
    batch: list[Outgoing] = []
    size = 0
    for message in messages:
        length = len(message.body.encode())
        if batch and (len(batch) == MAX_BATCH or size + length > MAX_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(message)
        size += length
    if batch:
        yield batch


def _send_batch(sqs: Client, queue_url: str, batch: list[Outgoing]) -> None:
    waiting = {str(i): message for i, message in zip(count(), batch, strict=False)}
    problem = ""
    for _ in range(SEND_TRIES):
        entries = [
            {
                "Id": entry_id,
                "MessageBody": message.body,
                "DelaySeconds": message.delay_seconds,
                "MessageGroupId": message.group,
            }
            for entry_id, message in waiting.items()
        ]
        try:
            answer = sqs.send_message_batch(QueueUrl=queue_url, Entries=entries)
        except (BotoCoreError, ClientError) as error:
            raise QueueUnavailable(f"{queue_url.rsplit('/', 1)[-1]}: {error}") from error
        for done in answer.get("Successful", []):
            waiting.pop(done["Id"], None)
        if not waiting:
            return
        failed = answer.get("Failed", [])
        problem = failed[0].get("Message", failed[0].get("Code", "")) if failed else "no answer for an entry"
        if any(entry.get("SenderFault") for entry in failed):
            break
    raise QueueUnavailable(f"{queue_url.rsplit('/', 1)[-1]}: {len(waiting)} of {len(batch)} not accepted: {problem}")
