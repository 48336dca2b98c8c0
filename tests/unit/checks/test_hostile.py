"""Targets that do harm: each ends in a result with a reason, soon, and with little of them in memory."""

import asyncio
import gzip
import tracemalloc

import pytest

from tests.support import hostile
from tests.support.checked import Authority, answering, checked, http, serving
from tocsin.checks.reach import Reach
from tocsin.domain.monitor import CheckStatus, Reason

CONTAINS = [{"type": "body", "comparison": "contains", "value": "never there"}]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("silent", Reason.TIMEOUT),
        ("dripping", Reason.TIMEOUT),
        ("closing", Reason.CONNECTION_CLOSED),
        ("resetting", Reason.CONNECTION_RESET),
        ("hanging_up", Reason.CONNECTION_CLOSED),
        ("not_tls", Reason.PROTOCOL_ERROR),
        ("endless_header", Reason.HEADERS_TOO_LARGE),
        ("endless_headers", Reason.HEADERS_TOO_LARGE),
        ("endless_interim", Reason.HEADERS_TOO_LARGE),
        ("endless_body", Reason.BODY_TOO_LARGE),
        ("endless_chunks", Reason.BODY_TOO_LARGE),
        ("bomb", Reason.BODY_TOO_LARGE),
    ],
)
async def test_each_has_its_reason(reach: Reach, name: str, reason: Reason) -> None:
    async with serving(hostile.ALL[name]) as port:
        timeout = 0.3 if reason is Reason.TIMEOUT else 5
        found = await checked(reach, kind="http", url=f"http://127.0.0.1:{port}/", assertions=CONTAINS, timeout=timeout)
    assert (found.status, found.reason) == (CheckStatus.DOWN, reason), found
    assert found.detail
    assert found.timings is not None
    assert found.timings.total < timeout * 1_000 + 2_000


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("silent", Reason.TIMEOUT),
        ("not_tls", Reason.TLS_FAILED),
        ("hanging_up", Reason.CONNECTION_CLOSED),
    ],
)
@pytest.mark.parametrize("kind", ["http", "tls"])
async def test_by_tls_too(reach: Reach, name: str, reason: Reason, kind: str) -> None:
    async with serving(hostile.ALL[name]) as port:
        spec = {"url": f"https://127.0.0.1:{port}/"} if kind == "http" else {"host": "127.0.0.1", "port": port}
        found = await checked(reach, kind=kind, timeout=0.3 if reason is Reason.TIMEOUT else 10, **spec)
    assert (found.status, found.reason) == (CheckStatus.DOWN, reason), found


@pytest.mark.parametrize("name", ["endless_body", "endless_chunks", "bomb"])
async def test_more_of_a_body_than_is_read_is_no_failure(reach: Reach, trusted: Authority, name: str) -> None:
    async with serving(hostile.ALL[name], trusted.server()) as port:
        found = await checked(reach, kind="http", url=f"https://127.0.0.1:{port}/", timeout=5)
    assert (found.status, found.http_status) == (CheckStatus.UP, 200), found


async def test_a_bomb_takes_no_more_memory_than_a_body_may(reach: Reach) -> None:
    async with serving(hostile.bomb) as port:
        await checked(reach, kind="http", url=f"http://127.0.0.1:{port}/", timeout=5)
        tracemalloc.start()
        try:
            await checked(reach, kind="http", url=f"http://127.0.0.1:{port}/", timeout=5)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 12_000_000


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"\x00\x01\x02garbage\r\n\r\n", Reason.PROTOCOL_ERROR),
        (b"HTTP/9.9 200 OK\r\n\r\n", Reason.PROTOCOL_ERROR),
        (b"HTTP/1.1 99999 OK\r\n\r\n", Reason.PROTOCOL_ERROR),
        (b"HTTP/1.1 200 OK\r\nBroken header\r\n\r\n", Reason.PROTOCOL_ERROR),
        (b"HTTP/1.1 200 OK\r\nA: b\x00c\r\n\r\n", Reason.PROTOCOL_ERROR),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", Reason.PROTOCOL_ERROR),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", Reason.PROTOCOL_ERROR),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n", Reason.PROTOCOL_ERROR),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n", Reason.PROTOCOL_ERROR),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n", Reason.PROTOCOL_ERROR),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n", Reason.PROTOCOL_ERROR),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n", Reason.CONNECTION_CLOSED),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab", Reason.CONNECTION_CLOSED),
        (b"HTTP/1.1 200 OK\r\nConte", Reason.CONNECTION_CLOSED),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", Reason.PROTOCOL_ERROR),
        (http(gzip.compress(b"words " * 99, mtime=0)[:-9], "200 OK", "Content-Encoding: gzip"), Reason.PROTOCOL_ERROR),
    ],
)
async def test_what_is_not_http_is_told(reach: Reach, answer: bytes, reason: Reason) -> None:
    async with serving(answering(answer)) as port:
        found = await checked(reach, kind="http", url=f"http://127.0.0.1:{port}/")
    assert (found.status, found.reason) == (CheckStatus.DOWN, reason), found


async def test_redirects_in_a_circle_end(reach: Reach) -> None:
    async with serving(answering(http(b"", "302 Found", "Location: /again"))) as port:
        found = await checked(reach, kind="http", url=f"http://127.0.0.1:{port}/")
    assert found.reason is Reason.TOO_MANY_REDIRECTS
    assert found.detail == "After 3 redirects there is one more, to /again."


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://169.254.169.254/latest/meta-data/iam", Reason.FORBIDDEN_ADDRESS),
        ("http://[::ffff:10.0.0.1]/", Reason.FORBIDDEN_ADDRESS),
        ("//10.0.0.1/", Reason.FORBIDDEN_ADDRESS),
        ("http://0x7f000001/", Reason.UNEXPECTED_ANSWER),
        ("http://a:b@127.0.0.1/", Reason.UNEXPECTED_ANSWER),
        ("file:///etc/passwd", Reason.UNEXPECTED_ANSWER),
        ("gopher://127.0.0.1:25/_HELO", Reason.UNEXPECTED_ANSWER),
    ],
)
async def test_a_redirect_leads_nowhere_that_a_monitor_may_not_go(reach: Reach, location: str, reason: Reason) -> None:
    async with serving(answering(http(b"", "302 Found", f"Location: {location}"))) as port:
        found = await checked(reach, kind="http", url=f"http://127.0.0.1:{port}/")
    assert (found.status, found.reason) == (CheckStatus.DOWN, reason), found


async def test_nobody_there_is_refused(reach: Reach) -> None:
    async with serving(hostile.silent) as port:
        pass
    found = await checked(reach, kind="http", url=f"http://127.0.0.1:{port}/")
    assert (found.status, found.reason, found.address) == (CheckStatus.DOWN, Reason.CONNECTION_REFUSED, "127.0.0.1")


async def test_a_look_up_that_takes_for_ever_is_told(trusted: Authority) -> None:
    async def resolve(_: str, __: object) -> list[object]:
        await asyncio.Event().wait()
        raise AssertionError

    found = await checked(trusted.reach(resolve=resolve), kind="http", url="http://slow.example/", timeout=0.1)
    assert (found.reason, found.detail) == (
        Reason.TIMEOUT,
        "Not done within 0.1 s: it was still looking up the name.",
    )


async def test_what_is_wrong_in_the_check_itself_is_not_told_of_the_target(trusted: Authority) -> None:
    async def resolve(_: str, __: object) -> list[object]:
        raise KeyError("hidden-key")

    found = await checked(trusted.reach(resolve=resolve), kind="http", url="http://odd.example/")
    assert (found.status, found.reason) == (CheckStatus.UNKNOWN, Reason.INTERNAL_ERROR)
    assert "hidden-key" not in found.to_json()
