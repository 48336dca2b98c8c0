"""Documents that say when they were written, of which a newer one is never lost to an older one.

Several publishers run at once, and S3 itself is asked what is there: a document is written over what was read alone.
"""

import json
from http import HTTPStatus
from typing import Any, Final

from botocore.exceptions import ClientError
from pydantic import ValidationError

from tocsin.contracts.checks import CheckConfig
from tocsin.contracts.edge import EdgeState
from tocsin.contracts.message import Instant, Message
from tocsin.platform import aws

JSON: Final = {"Content-Type": "application/json"}
TRIES: Final = 3
OVERTAKEN: Final = (HTTPStatus.PRECONDITION_FAILED, HTTPStatus.CONFLICT)
"""What S3 says when the object was written by another since it was read."""


class _Written(Message):
    written_at: Instant


def write(s3: aws.Client, key: str, document: CheckConfig | EdgeState) -> bool:
    """Write a document unless what is there says the same, or is newer; whether it was. Raises ClientError and
    BotoCoreError.
    """
    text = document.to_json().encode()
    for _ in range(TRIES):
        there = _read(s3, key)
        if there is not None and not _is_news(there[0], text, document):
            return False
        condition = {"If-None-Match": "*"} if there is None else {"If-Match": there[1]}
        try:
            s3.send("PutObject", "PUT", f"/{key}", {**JSON, **condition}, text)
        except ClientError as error:
            if _status(error) not in OVERTAKEN:
                raise
        else:
            return True
    return False  # others write it all the time, and newer ones than this


def _is_news(there: bytes, text: bytes, document: CheckConfig | EdgeState) -> bool:
    """Whether the object that is there is another, and no newer one."""
    try:
        if _Written.model_validate_json(there).written_at > document.written_at:
            return False
        return _content(there) != _content(text)
    except (ValidationError, ValueError):
        return True


def _content(text: bytes) -> dict[str, Any]:
    return {**json.loads(text), "written_at": None}


def _read(s3: aws.Client, key: str) -> tuple[bytes, str] | None:
    try:
        answer = s3.send("GetObject", "GET", f"/{key}", {})
    except ClientError as error:
        if _status(error) == HTTPStatus.NOT_FOUND:
            return None
        raise
    return answer.data, answer.headers["ETag"]


def _status(error: ClientError) -> int | None:
    return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
