"""The gateway's event (HTTP API, payload 2.0), made safe to route: a body that is text, of a size we take."""

import base64
import binascii
import json
import re
from ipaddress import ip_address
from typing import Any, Final, Never, cast

from functions.api.refusals import BodyTooLarge, MalformedBody, UnsupportedMediaType
from tocsin.errors import FieldProblem, Invalid

MAX_BODY_BYTES: Final = 512 * 1024
DEMO_SESSIONS: Final = "/v1/demo/sessions"
VIEWER: Final = "cloudfront-viewer-address"
SIGN_IN: Final = "/v1/sign-in"
LIVE_TICKETS: Final = "/v1/live/tickets"
CALENDARS: Final = "/v1/calendars/"
OPEN: Final = frozenset({("POST", DEMO_SESSIONS), ("GET", SIGN_IN)})
"""What needs no key, besides links and calendars; infra opens the same."""
PICTURES: Final = re.compile(r"/v1/status-pages/[^/]+/logos/[^/]+")
PICTURE_TYPES: Final = ("image/png", "image/jpeg", "image/webp")


def prepared(event: dict[str, Any]) -> dict[str, Any]:
    """The same event, its body as text and its media type bare; of a picture the body is its bytes in base64.

    Raises BodyTooLarge, MalformedBody or UnsupportedMediaType.
    """
    raw = _raw(event)
    if len(raw) > MAX_BODY_BYTES:
        raise BodyTooLarge(f"The body has {len(raw)} bytes; at most {MAX_BODY_BYTES} are taken.")
    if is_picture(event):
        return {**event, "headers": _headers(event), "body": base64.b64encode(raw).decode(), "isBase64Encoded": True}
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        raise MalformedBody(f"The body is not UTF-8, from byte {error.start} on.") from error
    kind = media_type(event)
    if text and kind not in {"", "application/json"} and not is_link(event):
        raise UnsupportedMediaType("The body must be JSON, as Content-Type: application/json.")
    headers = {**_headers(event), "content-type": kind}
    return {**event, "headers": headers, "body": text, "isBase64Encoded": False}


def from_viewer(event: dict[str, Any]) -> dict[str, Any]:
    """The same event, come from whom CloudFront has seen (CloudFront-Viewer-Address: address and port).

    Only for a stage that has CloudFront before its API, which overwrites what a client sends under that name.
    """
    host = _headers(event).get(VIEWER, "").rpartition(":")[0].removeprefix("[").removesuffix("]")
    try:
        address = str(ip_address(host))
    except ValueError:
        return event
    context = event["requestContext"]
    return {**event, "requestContext": {**context, "http": {**context["http"], "sourceIp": address}}}


def path_of(event: dict[str, Any]) -> str:
    """The path without the stage's name."""
    path, stage = str(event["rawPath"]), str(event["requestContext"].get("stage", ""))
    return path.removeprefix(f"/{stage}") if path.startswith(f"/{stage}/") else path


def is_link(event: dict[str, Any]) -> bool:
    """Whether this is somebody following a link from a notification, rather than a program."""
    return path_of(event).startswith("/l/")


def is_calendar(event: dict[str, Any]) -> bool:
    """Whether this is a calendar program at a secret address."""
    return path_of(event).startswith(CALENDARS) and event["requestContext"]["http"]["method"] == "GET"


def is_picture(event: dict[str, Any]) -> bool:
    """Whether this brings a picture, where everything else is JSON."""
    return event["requestContext"]["http"]["method"] == "PUT" and bool(PICTURES.fullmatch(path_of(event)))


def is_open(event: dict[str, Any]) -> bool:
    """Whether this needs no key: a link, a calendar, who asks for the demo or how to sign in, and nothing else."""
    is_asking = (event["requestContext"]["http"]["method"], path_of(event)) in OPEN
    return is_link(event) or is_calendar(event) or is_asking


def without_secrets(event: dict[str, Any]) -> str:
    """The path as it may be told: that of a link or a calendar holds its token."""
    return "/l/" if is_link(event) else CALENDARS if is_calendar(event) else path_of(event)


def media_type(event: dict[str, Any]) -> str:
    """The body's media type in lower case, without parameters."""
    return _headers(event).get("content-type", "").partition(";")[0].strip().lower()


def json_object(text: str) -> dict[str, Any]:
    """Parse a body; raises MalformedBody for what is not JSON, Invalid for what is no object."""
    try:
        value: object = json.loads(text, parse_constant=_refuse)
    except RecursionError as error:
        raise MalformedBody("The body is nested too deep.") from error
    except json.JSONDecodeError as error:
        raise MalformedBody(
            f"The body is not JSON: {error.msg} at line {error.lineno}, column {error.colno}."
        ) from error
    except ValueError as error:
        raise MalformedBody("The body is not JSON that can be read: a number in it is out of all bounds.") from error
    if not isinstance(value, dict):
        raise Invalid("The body can't be used.", [FieldProblem("body", "must be a JSON object")])
    return cast("dict[str, Any]", value)


def _headers(event: dict[str, Any]) -> dict[str, str]:
    given: dict[str, Any] = event.get("headers") or {}
    return {name.lower(): str(value) for name, value in given.items()}


def _raw(event: dict[str, Any]) -> bytes:
    body: str = event.get("body") or ""
    if not event.get("isBase64Encoded"):
        return body.encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(body, validate=True)
    except binascii.Error as error:
        raise MalformedBody("The body came in an encoding that can't be read.") from error


def _refuse(name: str) -> Never:
    raise ValueError(name)
