"""Results that wait in a region's own bucket while home can't be reached, and their way out of it, oldest first."""

import re
from collections.abc import Awaitable, Callable
from itertools import batched
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from tocsin.checks.sending import bodies
from tocsin.contracts.checks import BUFFER_PREFIX, ResultBatch
from tocsin.errors import Unavailable
from tocsin.platform import aws, logs, threads

SERVICE: Final = "check"
MOST_REPLAYED: Final = 500
AT_ONCE: Final = 10
LISTING: Final = f"/?list-type=2&max-keys={MOST_REPLAYED}&prefix={BUFFER_PREFIX.replace('/', '%2F')}"
KEY: Final = re.compile(rf"<Key>({re.escape(BUFFER_PREFIX)}[\w.-]+)</Key>")
MISSING: Final = 404

type Deliver = Callable[[list[str]], Awaitable[None]]
"""Put messages into the queue of home; raises Unavailable unless all were accepted."""


class BucketBuffer:
    """The objects under `buffer/`, one a message, named by the instant it was to be sent at: names sort by age."""

    def __init__(self, s3: aws.Client) -> None:
        self._s3 = s3
        self.may_hold = True
        """False once everything that was here has left; whatever another process keeps is its own to replay."""

    async def keep(self, batch: ResultBatch) -> None:
        """Write a batch; raises Unavailable."""
        for number, body in enumerate(bodies(batch)):
            key = f"{BUFFER_PREFIX}{batch.sent_at:%Y%m%dT%H%M%S.%fZ}-{batch.batch_id}-{number}.json"
            await self._sent("PutObject", "PUT", f"/{key}", body.encode())
        self.may_hold = True

    async def replay(self, deliver: Deliver) -> int:
        """Hand over what waits, at most 500 messages; answers how many. Stops at what is not accepted.

        An object is deleted after its message was accepted: a crash in between repeats it, which home knows by its
        ticks. Raises Unavailable when the bucket can't be read.
        """
        listed = await self._sent("ListObjectsV2", "GET", LISTING)
        keys = KEY.findall(listed.decode())
        replayed = 0
        for some in batched(keys, AT_ONCE, strict=False):
            found = [(key, text) for key in some if (text := await self._text(key)) is not None]
            try:
                await deliver([text for _, text in found])
            except Unavailable as error:
                logs.logger(SERVICE).warning(
                    "buffer not replayed", extra={"left": len(keys) - replayed, "detail": str(error)}
                )
                return replayed
            for key, _ in found:
                await self._sent("DeleteObject", "DELETE", f"/{key}")
            replayed += len(found)
        self.may_hold = len(keys) == MOST_REPLAYED
        if replayed:
            logs.logger(SERVICE).info("buffer replayed", extra={"messages": replayed})
        return replayed

    async def _text(self, key: str) -> str | None:
        """What an object holds; None when another invocation has replayed it meanwhile."""
        try:
            return (await self._sent("GetObject", "GET", f"/{key}")).decode()
        except _Missing:
            return None

    async def _sent(self, operation: str, method: str, path: str, body: bytes | None = None) -> bytes:
        headers = {} if body is None else {"Content-Type": "application/json"}
        try:
            answer: Any = await threads.run(self._s3.send, operation, method, path, headers, body)
        except ClientError as error:
            if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == MISSING:
                raise _Missing from error
            raise Unavailable(f"The region's bucket: {error}") from error
        except BotoCoreError as error:
            raise Unavailable(f"The region's bucket: {error}") from error
        return answer.data


class _Missing(Unavailable):
    """The object is not there, or the bucket isn't."""
