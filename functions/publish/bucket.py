"""The bucket of pages: whole objects with the number of the snapshot they are of, written only over what was read."""

import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import cache
from html import unescape
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from botocore.exceptions import ClientError

from functions.publish.pages.document import ASSET_SECONDS, Document
from tocsin.contracts.page_objects import NUMBER_HEADER
from tocsin.platform import aws

OVERTAKEN: Final = (HTTPStatus.PRECONDITION_FAILED, HTTPStatus.CONFLICT, HTTPStatus.NOT_FOUND)
"""What S3 says when the object was written, or deleted, by another since it was read."""
THREADS: Final = 16
"""So many requests at a time: S3 answers in 20 to 40 ms, and a page of 500 components has a thousand badges."""
SHARED_SECONDS: Final = 5
"""For so long CloudFront keeps what changes: with the way there, the public reads of it within ten seconds."""
_KEY: Final = re.compile(r"<Key>([^<]*)</Key>")
_MORE: Final = re.compile(r"<NextContinuationToken>([^<]*)</NextContinuationToken>")


class OvertakenError(Exception):
    """Another has written or deleted the object since it was read."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An object: how it is named by its content, of which snapshot it is, and what it holds if that was asked."""

    etag: str
    number: int
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Bucket:
    """Raises ClientError and BotoCoreError, as S3's client does. Threads may share it; it uses so many itself."""

    s3: aws.Client
    threads: int = THREADS

    def get(self, key: str) -> Stored | None:
        """An object with its content."""
        return self._read("GetObject", "GET", key)

    def head(self, key: str) -> Stored | None:
        """An object without it."""
        return self._read("HeadObject", "HEAD", key)

    def put(self, key: str, document: Document, number: int, etag: str | None) -> str:
        """Write an object over the one with this ETag, or where there is none; answers its ETag.

        Raises OvertakenError.
        """
        headers = {
            "Content-Type": document.content_type,
            "Cache-Control": cache_control(document),
            NUMBER_HEADER: str(number),
            **({"If-None-Match": "*"} if etag is None else {"If-Match": etag}),
        }
        try:
            answer = self.s3.send("PutObject", "PUT", _path(key), headers, document.content)
        except ClientError as error:
            if _status(error) in OVERTAKEN:
                raise OvertakenError(key) from error
            raise
        return answer.headers["ETag"]

    def delete(self, key: str, etag: str) -> None:
        """Delete the object with this ETag; raises OvertakenError."""
        try:
            self.s3.send("DeleteObject", "DELETE", _path(key), {"If-Match": etag})
        except ClientError as error:
            if _status(error) in OVERTAKEN:
                raise OvertakenError(key) from error
            raise

    def keys(self, prefix: str) -> Iterator[str]:
        """The keys that begin with this."""
        more = ""
        while True:
            # in the order in which signatures have them
            query = f"{more}list-type=2&prefix={quote(prefix, safe='')}"
            text = self.s3.send("ListObjectsV2", "GET", f"/?{query}", {}).data.decode()
            yield from map(unescape, _KEY.findall(text))
            found = _MORE.search(text)
            if found is None:
                return
            more = f"continuation-token={quote(unescape(found[1]), safe='')}&"

    def at_once[K, T](self, calls: Mapping[K, Callable[[], T]]) -> dict[K, T]:
        """Make calls, several at a time; what one raises is raised once nothing is under way any more."""
        if self.threads == 1 or len(calls) <= 1:
            return {key: call() for key, call in calls.items()}
        futures = {key: _pool(self.threads).submit(call) for key, call in calls.items()}
        wait(futures.values())
        return {key: future.result() for key, future in futures.items()}

    def _read(self, operation: str, method: str, key: str) -> Stored | None:
        try:
            answer = self.s3.send(operation, method, _path(key), {})
        except ClientError as error:
            if _status(error) == HTTPStatus.NOT_FOUND:
                return None
            raise
        return Stored(answer.headers["ETag"], _number(answer.headers.get(NUMBER_HEADER)), answer.data)


def cache_control(document: Document) -> str:
    """For how long caches keep a document; while the bucket can't be reached they keep the last one for a day."""
    if document.cache_seconds >= ASSET_SECONDS:
        return f"public, max-age={ASSET_SECONDS}, immutable"
    seconds = f"max-age={document.cache_seconds}, s-maxage={SHARED_SECONDS}"
    return f"public, {seconds}, stale-while-revalidate=60, stale-if-error=86400"


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads, thread_name_prefix="publish")


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isdigit() else 0


def _path(key: str) -> str:
    return f"/{quote(key)}"


def _status(error: ClientError) -> int | None:
    return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
