"""Subscribers of the deployed whole: by the page's own form to mail and webhook, and out again by one click."""

import html
import re
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener
from uuid import uuid4

import pytest

from local.seed_page import SLUG
from tests.support.stack import Stack, eventually, http

pytestmark = pytest.mark.xdist_group("stack")

TOLD_SECONDS = 90
"""A sweep, every quarter of a minute, tells and sends; the rest is the machine."""


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Let a redirection be an answer."""


def post(url: str, **fields: str) -> tuple[int, str | None]:
    """Post a form; answers the status and where it leads."""
    request = Request(url, urlencode(fields).encode(), method="POST")  # noqa: S310 - loopback
    try:
        with build_opener(_Stay).open(request, timeout=30) as answer:
            return answer.status, answer.headers.get("Location")
    except OSError as error:
        return int(getattr(error, "code", 0)), getattr(error, "headers", {}).get("Location")


def arrived(stack: Stack, recipient: str) -> list[dict[str, Any]]:
    """What the viewer has for somebody, newest first."""
    return [one for one in http("GET", f"{stack.machine.viewer_url}/pages").json if one["recipient"] == recipient]


def test_who_subscribes_by_the_form_is_told_and_ends_it_by_one_click(stack: Stack) -> None:
    page = f"{stack.machine.pages_url}/{SLUG}/"
    form = re.compile(r'<form method="post" action="([^"]+)"')
    found = eventually(lambda: form.search(http("GET", f"{page}subscribe/").body), "there is a form", TOLD_SECONDS)
    action = html.unescape(found[1])
    name = f"told-{uuid4().hex[:8]}"
    address, hook = f"{name}@customer.example", f"{stack.machine.viewer_url}/subscribers/{name}"
    for fields in ({"channel": "email", "address": address}, {"channel": "webhook", "address": hook}):
        assert post(action, **fields) == (303, f"{page}subscribe/done/")
    asked = eventually(lambda: arrived(stack, address), "the mail that asks is there", TOLD_SECONDS)[0]
    (created,) = eventually(lambda: arrived(stack, name), "the webhook is called", TOLD_SECONDS)
    assert created["problem"] is None
    confirm = re.search(r"http://\S+/s/confirm/\w+", asked["text"])
    assert confirm is not None
    assert http("GET", confirm[0]).status == 200
    assert post(confirm[0])[0] == 200
    (row,) = stack.rows("select id from status_page where slug = %s", SLUG)
    path = f"/v1/status-pages/{row[0]}"

    def actives() -> bool:
        items = stack.rest("GET", f"{path}/subscribers?state=active&limit=200").json["items"]
        return len(items) >= 2

    eventually(actives, "both are told from now on", TOLD_SECONDS)
    title = f"Slow checkout {name}"
    report = stack.rest("POST", f"{path}/reports", {"title": title, "body": "We are looking."})
    assert report.status == 201, report.body
    mail = eventually(
        lambda: [one for one in arrived(stack, address) if title in one["subject"]], "the mail is there", TOLD_SECONDS
    )[0]
    told = eventually(
        lambda: [one for one in arrived(stack, name) if title in one["subject"]], "the webhook is told", TOLD_SECONDS
    )[0]
    assert (told["problem"], f"{page}reports/{report.json['id']}/" in mail["text"]) == (None, True)
    out = re.search(r"http://\S+/s/unsubscribe/\w+", mail["text"])
    assert out is not None
    assert post(out[0], **{"List-Unsubscribe": "One-Click"}) == (200, None)
    ended = "select count(*) from subscriber where state = 'ended' and status_page_id = %s"
    eventually(lambda: stack.rows(ended, row[0])[0][0] >= 1, "it has ended", TOLD_SECONDS)
