"""healthchecks.io's ping URLs: a heartbeat's own, or those of a ping key with a slug.

Facts: hc/api/urls.py and hc/api/views.py of healthchecks, and its documentation of the pinging API.
"""

import re
from http import HTTPStatus
from typing import Final
from uuid import UUID

from functions.ingest.body import clean_text
from functions.ingest.exchange import Answer, Refusal, Request, retry_headers
from functions.ingest.telling import Told, plain
from tocsin.platform.tokens import Purpose

BODY_LIMIT: Final = 10_000
"""Bytes of a body that are kept."""
USER_AGENT_LENGTH: Final = 200
MAX_STATUS: Final = 255
WORDS: Final = ("start", "fail", "log")
SLUG: Final = re.compile("[a-z0-9_-]{1,100}")
_UUID: Final = re.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_STATUS: Final = re.compile("0*[0-9]{1,3}")
_HEADERS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Ping-Body-Limit": str(BODY_LIMIT),
    "Cache-Control": "max-age=0, no-cache, no-store, must-revalidate, private",
}


class Healthchecks:
    """`/ping/{uuid}[/{action}]` and `/ping/{ping key}/{slug}[/{action}]`, by any method, as the original."""

    protocol = "healthchecks"

    def read(self, request: Request, in_path: str) -> Told | Answer:
        """Understand a ping; whether its key was issued here is for the handler to say."""
        if request.method == "OPTIONS":
            allowed = {"Access-Control-Allow-Methods": "GET, HEAD, POST", "Access-Control-Allow-Headers": "*"}
            return Answer(HTTPStatus.NO_CONTENT, "", headers={**_HEADERS, **allowed})
        key, *rest = in_path.split("/")
        slug = None
        if not _UUID.fullmatch(key):
            if not rest:
                return _said(HTTPStatus.BAD_REQUEST, "invalid url format")
            slug = rest.pop(0)
            if not SLUG.fullmatch(slug):
                return _said(HTTPStatus.NOT_FOUND, "not found")
        action = _action(rest)
        if action is None:
            return _said(HTTPStatus.BAD_REQUEST, "invalid url format")
        run_id = request.query.get("rid")
        if run_id is not None and not _UUID.fullmatch(run_id):
            return _said(HTTPStatus.BAD_REQUEST, "invalid uuid format")
        what = {
            **action,
            "run_id": None if run_id is None else UUID(run_id),
            "create": request.query.get("create") == "1",
            "body": kept(request.body),
        }
        purpose = Purpose.PING if slug is None else Purpose.PING_KEY
        return Told(purpose, key, _said(HTTPStatus.OK, "OK"), slug, what)

    def refuse(self, refusal: Refusal, retry_after: int | None) -> Answer:
        """Say it as the original: what is over its budget is answered 200 there too, and not recorded."""
        match refusal:
            case Refusal.OVER_BUDGET:
                return _said(HTTPStatus.OK, "OK (rate limited)")
            case Refusal.UNAVAILABLE:
                return _said(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable, try again", retry_headers(retry_after))
            case _:
                return _said(HTTPStatus.NOT_FOUND, "not found")


def kept(body: bytes) -> str | None:
    """What is kept of a body, as text that PostgreSQL can store."""
    return clean_text(body[:BODY_LIMIT].decode(errors="replace")) or None


def _action(rest: list[str]) -> dict[str, object] | None:
    match rest:
        case []:
            return {"action": "success"}
        case [word] if word in WORDS:
            return {"action": word}
        case [number] if (
            _STATUS.fullmatch(number) and number.isascii() and len(number) < 10 and int(number) <= MAX_STATUS
        ):
            return {"action": "fail" if int(number) else "success", "exit_status": int(number)}
        case _:
            return None


def _said(status: HTTPStatus, text: str, headers: dict[str, str] | None = None) -> Answer:
    return plain(status, text, {**_HEADERS, **(headers or {})})
