"""API Gateway's HTTP API, payload format 2.0: its event to a request, an answer to its response."""

import base64
import binascii
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qsl

from functions.ingest.exchange import Answer, Request
from tocsin.platform.ids import new_id

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def request_of(event: dict[str, Any]) -> Request:
    """Read an event. The time it was received is the gateway's own, whatever the sender claims."""
    context = event["requestContext"]
    headers: dict[str, str] = event.get("headers") or {}
    return Request(
        request_id=new_id(),
        received_at=EPOCH + timedelta(milliseconds=int(context["timeEpoch"])),
        method=str(context["http"]["method"]).upper(),
        path=_path(str(event["rawPath"]), str(context.get("stage", "$default"))),
        headers={name.lower(): value for name, value in headers.items()},
        body=_body(event),
        query=dict(parse_qsl(str(event.get("rawQueryString") or ""), keep_blank_values=True)),
    )


def response_of(answer: Answer) -> dict[str, Any]:
    """The response for an answer."""
    headers = {"Content-Type": answer.content_type} if answer.body else {}
    return {
        "statusCode": answer.status,
        "headers": {**headers, **answer.headers},
        "body": answer.body,
        "isBase64Encoded": False,
    }


def _path(raw: str, stage: str) -> str:
    prefix = f"/{stage}/"
    path = raw[len(prefix) - 1 :] if stage != "$default" and raw.startswith(prefix) else raw
    return path.rstrip("/") or "/"


def _body(event: dict[str, Any]) -> bytes:
    text: str = event.get("body") or ""
    if event.get("isBase64Encoded"):
        try:
            return base64.b64decode(text)
        except binascii.Error:
            return b""
    # a lone surrogate can't be a character of UTF-8: let it fail where the body is parsed
    return text.encode("utf-8", "surrogatepass")
