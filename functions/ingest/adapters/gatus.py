"""Gatus's external endpoints: POST /api/v1/endpoints/{key}/external?success=&error=&duration=.

Facts: api/external_endpoint.go of Gatus.
"""

import re
from http import HTTPStatus
from typing import Final

from functions.ingest.adapters.healthchecks import SLUG, kept
from functions.ingest.exchange import Answer, Refusal, Request, retry_headers
from functions.ingest.telling import Told, plain
from tocsin.platform.tokens import Purpose

_DURATION: Final = re.compile(r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h)")
_MILLISECONDS: Final = {"ns": 1e-6, "us": 1e-3, "µs": 1e-3, "μs": 1e-3, "ms": 1.0, "s": 1e3, "m": 6e4, "h": 3.6e6}
MAX_DURATION_LENGTH: Final = 50


class Gatus:
    """The bearer token is a heartbeat's key, and the key in the path only a name; or it is a ping key, and that name
    the slug.
    """

    protocol = "gatus"

    def read(self, request: Request, in_path: str) -> Told | Answer:
        """Understand a result, with the original's complaints in the original's order."""
        if request.method != "POST":
            return plain(HTTPStatus.METHOD_NOT_ALLOWED, "Method Not Allowed", {"Allow": "POST"})
        success = request.query.get("success")
        if success not in {"true", "false"}:
            return plain(HTTPStatus.BAD_REQUEST, "missing or invalid success query parameter")
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme != "Bearer":
            return plain(HTTPStatus.UNAUTHORIZED, "invalid Authorization header")
        token = token.strip()
        if not token:
            return plain(HTTPStatus.UNAUTHORIZED, "bearer token must not be empty")
        duration = request.query.get("duration", "")
        milliseconds = _milliseconds(duration)
        if duration and milliseconds is None:
            return plain(HTTPStatus.BAD_REQUEST, f"invalid duration: {duration[:MAX_DURATION_LENGTH]}")
        what = {
            "action": "success" if success == "true" else "fail",
            "duration_ms": milliseconds,
            "body": kept(request.query.get("error", "").encode("utf-8", "replace")),
        }
        if "-" in token or token.islower():
            return Told(Purpose.PING, token, plain(HTTPStatus.OK, ""), what=what)
        slug = in_path.lower()
        if not SLUG.fullmatch(slug):
            return plain(HTTPStatus.NOT_FOUND, "not found")
        return Told(Purpose.PING_KEY, token, plain(HTTPStatus.OK, ""), slug, what)

    def refuse(self, refusal: Refusal, retry_after: int | None) -> Answer:
        """Say it as the original."""
        match refusal:
            case Refusal.OVER_BUDGET:
                return plain(HTTPStatus.TOO_MANY_REQUESTS, "too many requests", retry_headers(retry_after))
            case Refusal.UNAVAILABLE:
                return plain(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable, try again", retry_headers(retry_after))
            case _:
                return plain(HTTPStatus.UNAUTHORIZED, "invalid token")


def _milliseconds(text: str) -> float | None:
    """The length of a Go duration, like 1m30s or 250ms; None where it is none."""
    if not text or len(text) > MAX_DURATION_LENGTH:
        return None
    parts = _DURATION.findall(text)
    if "".join(parts) != text:
        return None
    total = 0.0
    for part in parts:
        unit = part.lstrip("0123456789.")
        total += float(part.removesuffix(unit)) * _MILLISECONDS[unit]
    return total
