"""The routing key a request carries: in its path, or in its Authorization header."""

import base64

from functions.ingest.exchange import Request


def key_of(request: Request, key_in_path: str | None) -> str:
    """The key of a request; the path wins, then a bearer token, then a basic password. Empty when there is none."""
    if key_in_path:
        return key_in_path
    scheme, _, value = request.headers.get("authorization", "").strip().partition(" ")
    match scheme.lower():
        case "bearer":
            return value.strip()
        case "basic":
            return _basic(value.strip())
        case _:
            return ""


def _basic(value: str) -> str:
    try:
        user, _, password = base64.b64decode(value, validate=True).decode().partition(":")
    except ValueError:
        return ""
    return password or user
