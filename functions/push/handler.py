"""Frames posted to sockets, many at once, and sockets closed; those that are gone are reported to `live`.

The socket is a hint: what can't be posted is counted and forgotten, and who missed it sees so by the numbers.
"""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import batched
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import ValidationError

from tocsin.contracts.live import MOST_CONNECTIONS, LiveMessage, PushMessage
from tocsin.errors import QueueUnavailable
from tocsin.platform import clock, logs, queues, settings, sockets
from tocsin.platform.queues import Outgoing
from tocsin.platform.settings import Settings
from tocsin.platform.sockets import Client

SERVICE: Final = "push"


class PushSettings(Settings):
    """What push needs to know: where the WebSocket API's connections are managed, and who forgets those gone."""

    ws_endpoint: str
    hints_queue_url: str


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """SQS `pushes` → partial batch response: only what can't be read comes again, to the dead letters."""
    known = settings.load(PushSettings)
    messages, failed = _read(event["Records"])
    began = clock.seconds()
    gone, counts = _push(sockets.client(known.ws_endpoint), messages)
    _report(known, gone)
    logs.logger(SERVICE).info("pushed", extra={"messages": len(messages), **counts})
    logs.count(SERVICE, "FramesPosted", counts["posted"])
    logs.count(SERVICE, "FramesFailed", counts["failed"])
    logs.measure(SERVICE, "FanOut", [clock.seconds() - began] if messages else [])
    logs.flush(SERVICE)
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def _read(records: Sequence[dict[str, Any]]) -> tuple[list[PushMessage], list[str]]:
    messages: list[PushMessage] = []
    failed: list[str] = []
    for record in records:
        try:
            messages.append(PushMessage.model_validate_json(record["body"]))
        except ValidationError:
            logs.logger(SERVICE).error("malformed push, left to the dead-letter queue")
            logs.count(SERVICE, "MessagesFailed")
            failed.append(record["messageId"])
    return messages, failed


def _push(client: Client, messages: Sequence[PushMessage]) -> tuple[list[str], Counter[str]]:
    """Post all frames; answers the connections that were gone, and how many frames went how."""
    tasks = [(one, message.frame.encode(), message.closes) for message in messages for one in message.connection_ids]

    def do(task: tuple[str, bytes, bool]) -> tuple[str, str]:
        connection_id, frame, closes = task
        return connection_id, _post(client, connection_id, frame, closes=closes)

    done = list(_pool().map(do, tasks)) if len(tasks) > 1 else [do(task) for task in tasks]
    counts = Counter({"posted": 0, "gone": 0, "failed": 0})
    counts.update(how for _, how in done)
    return [connection_id for connection_id, how in done if how == "gone"], counts


def _post(client: Client, connection_id: str, frame: bytes, *, closes: bool) -> str:
    try:
        if not client.post(connection_id, frame):
            return "gone"
        if closes:
            client.close_connection(connection_id)
    except (BotoCoreError, ClientError) as error:
        logs.logger(SERVICE).warning("not posted", extra={"detail": str(error)[:300]})
        return "failed"
    return "posted"


def _report(known: PushSettings, gone: Sequence[str]) -> None:
    """Have connections forgotten; without it, the sweep forgets who is silent."""
    messages = [
        Outgoing(LiveMessage(kind="gone", connection_ids=list(ids)).to_json(), "gone")
        for ids in batched(gone, MOST_CONNECTIONS, strict=False)
    ]
    if not messages:
        return
    try:
        queues.send(known.hints_queue_url, messages)
    except QueueUnavailable as error:
        logs.logger(SERVICE).warning("gone connections not reported", extra={"detail": str(error)})


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(sockets.AT_ONCE, thread_name_prefix="post")
