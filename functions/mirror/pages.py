"""Pages carried to the replica's bucket: what is at home by then, never an older snapshot over a newer one.

The replica is looked at before home is: so whatever another invocation carries meanwhile makes the condition fail that
this one writes or deletes under, and it looks again.
"""

from functools import cache
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from botocore.exceptions import BotoCoreError, ClientError
from urllib3 import BaseHTTPResponse

from tocsin.contracts.page_objects import ASSETS_PREFIX, NUMBER_HEADER, PAGES_PREFIX
from tocsin.errors import Unavailable
from tocsin.platform import aws, settings, threads

TRIES: Final = 5
CARRIED: Final = ("Content-Type", "Cache-Control", NUMBER_HEADER)
OVERTAKEN: Final = (HTTPStatus.PRECONDITION_FAILED, HTTPStatus.CONFLICT, HTTPStatus.NOT_FOUND)
"""What S3 says when the object was written, or deleted, by another since it was read."""


class ReplicaSettings(settings.Settings):
    """Where pages are, and where they are carried to; without a replica nowhere."""

    pages_bucket: str | None = None
    pages_replica_bucket: str | None = None
    pages_replica_region: str | None = None


def is_page(key: str) -> bool:
    """Whether an object is one of pages."""
    return key.startswith((PAGES_PREFIX, ASSETS_PREFIX))


async def carry(known: ReplicaSettings, key: str) -> None:
    """Make the replica what home is now; raises Unavailable."""
    if known.pages_bucket is None or known.pages_replica_bucket is None:
        return
    home = _client(known.pages_bucket, None)
    replica = _client(known.pages_replica_bucket, known.pages_replica_region)
    try:
        await threads.run(_carry, home, replica, f"/{quote(key)}")
    except (ClientError, BotoCoreError) as error:
        raise Unavailable(f"S3: {error}") from error


def _carry(home: aws.Client, replica: aws.Client, path: str) -> None:
    for _ in range(TRIES):
        there = _read(replica, "HEAD", path)
        found = _read(home, "GET", path)
        if _is_as_new(there, found):
            return
        if found is None or there is None:
            # one that comes anew may have been deleted at home since it was read, and looked for here before it came
            is_done = _deleted(replica, path, there) if found is None else _written(replica, path, found, None)
            if is_done and (found is None or _read(home, "HEAD", path) is not None):
                return
        elif _written(replica, path, found, there):
            return
    raise Unavailable(f"{path} is being written by others all the time.")


def _is_as_new(there: BaseHTTPResponse | None, found: BaseHTTPResponse | None) -> bool:
    """Whether the replica needs nothing."""
    if there is None or found is None:
        return there is found
    return _number(there) >= _number(found)


def _written(s3: aws.Client, path: str, found: BaseHTTPResponse, there: BaseHTTPResponse | None) -> bool:
    return _is_done(s3, "PUT", path, _headers(found, there), found.data)


def _deleted(s3: aws.Client, path: str, there: BaseHTTPResponse | None) -> bool:
    return there is None or _is_done(s3, "DELETE", path, {"If-Match": there.headers["ETag"]})


def _headers(found: BaseHTTPResponse, there: BaseHTTPResponse | None) -> dict[str, str]:
    headers = {name: value for name in CARRIED if (value := found.headers.get(name)) is not None}
    return {**headers, **({"If-None-Match": "*"} if there is None else {"If-Match": there.headers["ETag"]})}


def _is_done(s3: aws.Client, method: str, path: str, headers: dict[str, str], body: bytes | None = None) -> bool:
    """Write or delete; False when another was there meanwhile."""
    try:
        s3.send("DeleteObject" if body is None else "PutObject", method, path, headers, body)
    except ClientError as error:
        if _status(error) in OVERTAKEN:
            return False
        raise
    return True


def _read(s3: aws.Client, method: str, path: str) -> BaseHTTPResponse | None:
    try:
        return s3.send("HeadObject" if method == "HEAD" else "GetObject", method, path, {})
    except ClientError as error:
        if _status(error) == HTTPStatus.NOT_FOUND:
            return None
        raise


def _number(response: BaseHTTPResponse) -> int:
    text = response.headers.get(NUMBER_HEADER)
    return int(text) if text is not None and text.isdigit() else 0


def _status(error: ClientError) -> int | None:
    return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")


@cache
def _client(bucket: str, region: str | None) -> aws.Client:
    return aws.Client(aws.S3, connect_seconds=2, read_seconds=5, tries=2, bucket=bucket, region=region)
