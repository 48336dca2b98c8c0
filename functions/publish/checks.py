"""What regions check and what they are asked for at once, written to the home bucket: only what has changed.

The bucket itself is asked what is there. So whatever was lost or overtaken is made good by the next request, and the
sweep sends one every five minutes.
"""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from botocore.exceptions import ClientError
from pydantic import ValidationError

from tocsin.contracts.checks import CheckConfig
from tocsin.contracts.message import Instant, Message
from tocsin.platform import aws

JSON: Final = {"Content-Type": "application/json"}
TRIES: Final = 3
OVERTAKEN: Final = (HTTPStatus.PRECONDITION_FAILED, HTTPStatus.CONFLICT)
"""What S3 says when the object was written by another since it was read."""


class _Written(Message):
    written_at: Instant


def write_configs(s3: aws.Client, configs: Mapping[str, CheckConfig]) -> int:
    """Write what differs from what is there and is not older; answers how many. Raises ClientError, BotoCoreError."""
    return sum(_write(s3, key, config) for key, config in configs.items())


def _write(s3: aws.Client, key: str, config: CheckConfig) -> bool:
    text = config.to_json().encode()
    for _ in range(TRIES):
        there = _read(s3, key)
        if there is not None and not _is_news(there[0], text, config):
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


def _is_news(there: bytes, text: bytes, config: CheckConfig) -> bool:
    """Whether the object that is there is another, and no newer one."""
    try:
        if _Written.model_validate_json(there).written_at > config.written_at:
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
