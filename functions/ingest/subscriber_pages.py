"""What subscribers see of `ingest`: small whole pages that work without script, and the same for programs as JSON."""

import base64
import hashlib
from enum import Enum
from functools import cache
from html import escape
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from functions.ingest.exchange import Answer, Request, json_answer, retry_headers
from functions.ingest.problems import problem
from tocsin.errors import Invalid

DONE_PATH: Final = "subscribe/done/"
STYLE: Final = (
    "body{margin:0;padding:10vh 20px;font:16px/1.5 system-ui,sans-serif;color:#202124;background:#fff}"
    "main{max-width:34rem;margin:0 auto}h1{font-size:1.5rem;line-height:1.25}label{display:block;margin:.5rem 0}"
    "fieldset{border:1px solid #c4c7c5;border-radius:8px;margin:1rem 0;padding:.5rem 1rem}"
    "button{font:inherit;font-weight:600;min-height:44px;padding:0 20px;border:0;border-radius:6px;color:#fff;"
    "background:#1d5fae}a{color:#1d5fae}:focus-visible{outline:3px solid #1d5fae;outline-offset:3px}"
    "@media(prefers-color-scheme:dark){body{color:#e8eaed;background:#17181a}button{background:#8ab4f8;color:#17181a}"
    "a{color:#8ab4f8}:focus-visible{outline-color:#8ab4f8}}"
)


class Said(Enum):
    """What is answered where nothing is asked of anybody."""

    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    CHANGED = "changed"
    ENDED = "ended"
    UNKNOWN = "not_found"
    ONLY_POST = "wrong_method"
    TOO_OFTEN = "over_budget"
    UNAVAILABLE = "unavailable"


_OK: Final = HTTPStatus.OK
WORDS: Final[dict[Said, tuple[HTTPStatus, str, str]]] = {
    Said.ACCEPTED: (
        HTTPStatus.ACCEPTED,
        "Thank you",
        "If the address can be told, it is asked to confirm in a moment: look into the mailbox, and among the spam.",
    ),
    Said.CONFIRMED: (_OK, "Confirmed", "You are told of what comes next. Every message has a link to end it."),
    Said.CHANGED: (_OK, "Changed", "From now on you are told of what you chose."),
    Said.ENDED: (_OK, "Unsubscribed", "You are told nothing more. What is on its way already may still arrive."),
    Said.UNKNOWN: (
        HTTPStatus.NOT_FOUND,
        "This link is not known",
        "It may be incomplete: some mail programs cut long lines. Open it from the message once more.",
    ),
    Said.ONLY_POST: (HTTPStatus.METHOD_NOT_ALLOWED, "Use the form", "Subscribing takes the form of the status page."),
    Said.TOO_OFTEN: (HTTPStatus.TOO_MANY_REQUESTS, "Too often", "Wait a minute, then try again."),
    Said.UNAVAILABLE: (HTTPStatus.SERVICE_UNAVAILABLE, "Not now", "Nothing was changed. Try again in a moment."),
}
KINDS: Final = (
    '<fieldset><legend>From now on tell me of</legend><label><input type="checkbox" name="kinds" value="incident">'
    ' Incidents</label><label><input type="checkbox" name="kinds" value="maintenance"> Maintenance</label></fieldset>'
    '<fieldset><legend>and of</legend><label><input type="checkbox" name="components" value="all"> All components,'
    " also those I did not choose</label></fieldset>"
)
"""Nothing is ticked beforehand: what somebody chose before is known inside alone, and must not be undone unseen."""
CHOOSING: Final = (
    "Tick what you want to be told of instead of what you chose before. Where you tick nothing, your choice stays as it"
    " is. To choose single components, use the form of the status page once more: what you choose there holds when you"
    " have confirmed it."
)
FORMS: Final[dict[str, tuple[str, str, str, str]]] = {
    "confirm": (
        "Confirm your subscription",
        "One more click, and you are told what the status page says.",
        "",
        "Confirm",
    ),
    "manage": (
        "What you are told",
        CHOOSING,
        KINDS,
        "Save",
    ),
    "unsubscribe": (
        "Unsubscribe",
        "You are told nothing more of this status page.",
        '<input type="hidden" name="List-Unsubscribe" value="One-Click">',
        "Unsubscribe",
    ),
}
"""By what a link is for: heading, text, what the form holds, what its button says."""


def shown(what: str) -> Answer:
    """The page with the button behind a link; it changes nothing."""
    heading, text, fields, button = FORMS[what]
    form = f'<form method="post" action="">{fields}<p><button type="submit">{button}</button></p></form>'
    return _page(_OK, heading, f"<p>{text}</p>{form}")


def answer(said: Said, *, is_program: bool, retry_after: int | None = None) -> Answer:
    """What is said, as a page or as JSON."""
    status, heading, text = WORDS[said]
    headers = retry_headers(retry_after) | ({"Allow": "POST"} if said is Said.ONLY_POST else {})
    if not is_program:
        return _page(status, heading, f"<p>{text}</p>", headers)
    if status < HTTPStatus.BAD_REQUEST:
        return json_answer(status, {"status": said.value}, {"Cache-Control": "no-store"})
    found = problem(status, said.value, text)
    return Answer(found.status, found.body, found.content_type, headers)


def done(request: Request, origins: frozenset[str], *, is_program: bool) -> Answer:
    """The one answer to whoever asks to be told: back to the status page, if it is one of ours."""
    if is_program:
        return answer(Said.ACCEPTED, is_program=True)
    page = request.query.get("page", "")
    if not _is_ours(page, origins):
        return answer(Said.ACCEPTED, is_program=False)
    return Answer(HTTPStatus.SEE_OTHER, "", headers={"Location": f"{page}{DONE_PATH}", "Cache-Control": "no-store"})


def invalid(error: Invalid, *, is_program: bool) -> Answer:
    """What is wrong, and what would be right."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if is_program:
        return problem(status, error.code, str(error), error.problems)
    told = "".join(f"<li>{escape(one.field)} {escape(one.reason)}</li>" for one in error.problems)
    return _page(status, "This can't be used", f"<ul>{told}</ul><p>Go back and mend it.</p>")


def _is_ours(page: str, origins: frozenset[str]) -> bool:
    if not page.isascii() or not page.isprintable() or "\\" in page or not page.endswith("/"):
        return False
    try:
        parts = urlsplit(page)
    except ValueError:
        return False
    return f"{parts.scheme}://{parts.netloc}" in origins and not parts.query and not parts.fragment


def _page(status: HTTPStatus, heading: str, body: str, headers: dict[str, str] | None = None) -> Answer:
    html = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{heading}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme"'
        f' content="light dark"><style>{STYLE}</style></head><body><main><h1>{heading}</h1>{body}</main></body></html>'
    )
    return Answer(status, html, "text/html; charset=utf-8", _headers() | (headers or {}))


@cache
def _headers() -> dict[str, str]:
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
    }
