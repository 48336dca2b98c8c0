"""Secrets reach their target, and nothing else that a check writes."""

import asyncio
import base64
import html
import json
from urllib.parse import quote

import pytest

from tests.support.checked import answering, checked, http, serving
from tocsin.checks.reach import Reach
from tocsin.checks.secrets import Secrets
from tocsin.domain.monitor import CheckStatus, Reason

KEY = 'sêcret/"key"&more'


@pytest.mark.parametrize(
    "spelled",
    [
        KEY,
        KEY.upper(),
        quote(KEY),
        quote(KEY, safe=""),
        html.escape(KEY),
        json.dumps(KEY),
        json.dumps(KEY, ensure_ascii=False),
        base64.b64encode(KEY.encode()).decode(),
        base64.urlsafe_b64encode(KEY.encode()).decode().rstrip("="),
        KEY.encode().hex(),
    ],
)
async def test_a_target_that_says_it_back_is_not_quoted(reach: Reach, spelled: str) -> None:
    echo = http(f"you said {spelled}!".encode(), "500 Oh no", "Content-Type: text/plain")
    async with serving(answering(echo)) as port:
        asserted = [{"type": "json", "path": "$", "comparison": "equals", "value": "x"}]
        spec = {"url": f"http://127.0.0.1:{port}/", "body": "{{key}}", "method": "POST"}
        found = await checked(reach, kind="http", secrets={"key": KEY}, assertions=asserted, **spec)
    assert (found.status, found.excerpt) == (
        CheckStatus.DOWN,
        "you said [secret]!" if spelled[0] != '"' else found.excerpt,
    )
    assert spelled.strip('"') not in found.to_json()


async def test_a_password_that_is_written_down_is_not_quoted_either(reach: Reach) -> None:
    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        writer.write(http(head, "401 Unauthorized"))
        await writer.drain()

    async with serving(echo) as port:
        auth = {"type": "basic", "username": "me", "password": "hunter22"}
        found = await checked(reach, kind="http", url=f"http://127.0.0.1:{port}/", auth=auth)
    assert "Authorization: Basic [secret]" in (found.excerpt or "")


async def test_a_redirect_that_carries_one_is_not_quoted(reach: Reach) -> None:
    async with serving(answering(http(b"", "302 Found", "Location: /?token=hidden-key"))) as port:
        url = f"http://127.0.0.1:{port}/?token={{{{key}}}}"
        found = await checked(reach, kind="http", url=url, secrets={"key": "hidden-key"})
    assert found.reason is Reason.TOO_MANY_REDIRECTS
    assert "hidden-key" not in found.to_json()


def test_a_short_secret_silences_all_quotes() -> None:
    assert Secrets({"pin": "42"}).quote("the answer is 42", 100) == ""


def test_one_that_lies_across_the_end_of_a_quote_is_not_told_in_part() -> None:
    secret = "s" * 50 + "e" * 50
    text = "a" * 7_950 + secret
    assert "s" * 10 not in Secrets({"key": secret}).quote(text, 8_000)
    many = (secret + " ") * 200
    assert "s" * 10 not in Secrets({"key": secret}).quote(many, 8_000)


def test_what_can_not_be_printed_is_not_quoted() -> None:
    assert Secrets({}).quote("a\x00b\x1b[31m\u202ec\nd", 100) == "a b [31m c\nd"
