"""What is written for the regions, carried to them: configurations to their buckets, commands to their queues, pages to
the bucket of their replica.

Inside functions reach no other region; this one has no other task. It is told of every object that `publish` wrote
under `checks/` and `commands/`, and wrote or deleted under `pages/` and `assets/`, by EventBridge and the queue
`copies`, and reads what the object says by then.
"""

import asyncio
from collections.abc import Awaitable, Sequence
from datetime import datetime
from functools import cache
from http import HTTPStatus
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import Json, ValidationError

from functions.mirror import pages
from functions.mirror.pages import ReplicaSettings
from tocsin.contracts.checks import COMMAND_PREFIX, CONFIG_PREFIX, Command
from tocsin.contracts.message import Instant, Message
from tocsin.errors import QueueUnavailable, Unavailable
from tocsin.platform import aws, logs, queues, settings, threads

SERVICE: Final = "mirror"
JSON: Final = {"Content-Type": "application/json"}
TRIES: Final = 3
OVERTAKEN: Final = (HTTPStatus.PRECONDITION_FAILED, HTTPStatus.CONFLICT)
"""What S3 says when the object was written by another since it was read."""


class MirrorSettings(ReplicaSettings):
    """What mirror needs to know: the home bucket, and of each region its bucket and its queue of commands."""

    edge_bucket: str
    checks_buckets: Json[dict[str, str]]
    commands_queue_urls: Json[dict[str, str]]


class _Touched(Message):
    """EventBridge's "Object Created" and "Object Deleted", as far as they are read."""

    class Detail(Message):
        """Which object; its key as it is, not encoded."""

        class Object(Message):
            """Its key."""

            key: str

        object: Object

    detail: Detail


class _Written(Message):
    written_at: Instant


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """SQS `copies` → partial batch response: only what did not arrive everywhere comes again."""
    failed = asyncio.run(_carry(settings.load(MirrorSettings), event["Records"]))
    logs.flush(SERVICE)
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


async def _carry(known: MirrorSettings, records: Sequence[dict[str, Any]]) -> list[str]:
    failed: list[str] = []
    wanted: dict[str, list[str]] = {}
    for record in records:
        try:
            key = _Touched.model_validate_json(record["body"]).detail.object.key
        except ValidationError:
            logs.logger(SERVICE).error("malformed event, left to the dead-letter queue")
            failed.append(record["messageId"])
            continue
        wanted.setdefault(key, []).append(record["messageId"])
    carried = await asyncio.gather(*(_tried(key, _carry_one(known, key)) for key in wanted))
    for done, message_ids in zip(carried, wanted.values(), strict=True):
        if not done:
            failed.extend(message_ids)
    return failed


async def _tried(key: str, carrying: Awaitable[None]) -> bool:
    try:
        await carrying
    except (Unavailable, ValidationError) as error:
        reason = type(error).__name__ if isinstance(error, ValidationError) else str(error)[:300]
        logs.logger(SERVICE).error("not carried", extra={"key": key, "reason": reason})
        logs.count(SERVICE, "CopiesFailed")
        return False
    logs.count(SERVICE, "CopiesCarried")
    return True


async def _carry_one(known: MirrorSettings, key: str) -> None:
    """Carry one object; raises Unavailable, or ValidationError for one that is not what its key says."""
    if pages.is_page(key):
        await pages.carry(known, key)
        return
    if key.startswith(COMMAND_PREFIX):
        found = await _read(_home(known.edge_bucket), key)
        if found is not None:
            await _command(known, found[0])
        return
    region = key.removeprefix(CONFIG_PREFIX).partition("/")[0]
    bucket = known.checks_buckets.get(region)
    if bucket is None:  # a private location, whose probes read it at home
        return
    there = _there(bucket, region)
    for _ in range(TRIES):
        found = await _read(_home(known.edge_bucket), key)
        if found is None or await _copied(there, key, found[0]):
            return
    raise Unavailable(f"{key} is being written by others all the time.")


async def _copied(there: aws.Client, key: str, text: bytes) -> bool:
    """Copy a configuration unless a newer one is there; False when another was written meanwhile."""
    written_at = _Written.model_validate_json(text).written_at
    present = await _read(there, key)
    if present is None:
        condition = {"If-None-Match": "*"}
    elif _is_as_new(present[0], written_at):
        return True
    else:
        condition = {"If-Match": present[1]}
    try:
        await threads.run(there.send, "PutObject", "PUT", f"/{key}", {**JSON, **condition}, text)
    except ClientError as error:
        if _status(error) in OVERTAKEN:
            return False
        raise Unavailable(f"S3: {error}") from error
    except BotoCoreError as error:
        raise Unavailable(f"S3: {error}") from error
    return True


def _is_as_new(present: bytes, written_at: datetime) -> bool:
    """Whether what is there needs no copy; what can't be read does."""
    try:
        return _Written.model_validate_json(present).written_at >= written_at
    except ValidationError:
        return False


async def _command(known: MirrorSettings, text: bytes) -> None:
    """Send a command to the queues of its regions; who has got it already does it again, to the same result."""
    command = Command.model_validate_json(text)
    message = queues.Outgoing(command.to_json(), str(command.monitor.org_id))
    urls = {
        region: known.commands_queue_urls[region] for region in command.regions if region in known.commands_queue_urls
    }
    sent = await asyncio.gather(
        *(threads.run(queues.send, url, [message], region=region) for region, url in urls.items()),
        return_exceptions=True,
    )
    for error in sent:
        if isinstance(error, BaseException):
            raise error if isinstance(error, QueueUnavailable) else Unavailable(str(error))


async def _read(s3: aws.Client, key: str) -> tuple[bytes, str] | None:
    """An object and its ETag; None when there is none. Raises Unavailable."""
    try:
        answer = await threads.run(s3.send, "GetObject", "GET", f"/{key}", {})
    except ClientError as error:
        if _status(error) == HTTPStatus.NOT_FOUND:
            return None
        raise Unavailable(f"S3: {error}") from error
    except BotoCoreError as error:
        raise Unavailable(f"S3: {error}") from error
    return answer.data, answer.headers["ETag"]


def _status(error: ClientError) -> int | None:
    return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")


@cache
def _home(bucket: str) -> aws.Client:
    return aws.Client(aws.S3, connect_seconds=2, read_seconds=5, tries=2, bucket=bucket)


@cache
def _there(bucket: str, region: str) -> aws.Client:
    return aws.Client(aws.S3, connect_seconds=2, read_seconds=5, tries=2, bucket=bucket, region=region)
