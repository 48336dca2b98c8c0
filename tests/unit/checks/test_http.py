"""HTTP checks of targets that behave: what is sent, followed, read and measured."""

import asyncio
import gzip
import socket
import zlib
from ipaddress import ip_address

import pytest

from tests.support.checked import NOW, Authority, Serve, answering, checked, http, resolving, serving
from tocsin.checks.reach import Reach
from tocsin.domain.monitor import CheckStatus, Reason

LOCAL = [ip_address("127.0.0.1")]


def recording(requests: list[bytes], *answers: bytes) -> Serve:
    """A server that keeps what it is sent, and answers in turn."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            (int(x.split(b":")[1]) for x in head.split(b"\r\n") if x.lower().startswith(b"content-length")), 0
        )
        requests.append(head + await reader.readexactly(length))
        writer.write(answers[min(len(requests), len(answers)) - 1])
        await writer.drain()
        writer.close()

    return serve


async def test_a_check_by_tls_tells_all_it_has_seen(trusted: Authority, reach: Reach) -> None:
    async with serving(answering(http(b"hello")), trusted.server()) as port:
        found = await checked(reach, kind="http", url=f"https://localhost:{port}/")
    assert (found.status, found.reason, found.http_status) == (CheckStatus.UP, None, 200), found
    assert (found.address, found.checked_at, found.tick.second, found.excerpt) == ("127.0.0.1", NOW, 0, None)
    assert found.certificate is not None
    assert found.certificate.names == ["localhost", "127.0.0.1"]
    assert len(found.certificate.fingerprint) == 64
    timings = found.timings
    assert timings is not None
    parts = [timings.dns, timings.connect, timings.tls, timings.first_byte]
    assert all(part is not None and part > 0 for part in parts)
    assert sum(part or 0 for part in parts) <= timings.total


async def test_the_request_is_what_was_asked_for(reach: Reach) -> None:
    requests: list[bytes] = []
    async with serving(recording(requests, http())) as port:
        await checked(
            reach,
            kind="http",
            url=f"http://127.0.0.1:{port}/a/ü?q={{{{key}}}}",
            method="POST",
            headers=[{"name": "X-Token", "value": "t={{key}}"}, {"name": "user-agent", "value": "me"}],
            body='{"a": "{{key}}"}',
            auth={"type": "basic", "username": "me", "password": "{{key}}"},
            secrets={"key": "a b&c"},
        )
    assert (
        requests[0]
        == (
            f"POST /a/%C3%BC?q=a%20b%26c HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: */*\r\nAccept-Encoding: gzip\r\n"
            "X-Token: t=a b&c\r\nuser-agent: me\r\nAuthorization: Basic bWU6YSBiJmM=\r\nContent-Length: 14\r\n"
            'Connection: close\r\n\r\n{"a": "a b&c"}'
        ).encode()
    )


@pytest.mark.parametrize("name", ["Host", "content-length", "Transfer-Encoding", "Connection", "X Y", "X:Y", "X\r\nY"])
async def test_a_header_that_steers_the_connection_is_not_sent(reach: Reach, name: str) -> None:
    spec = {"url": "http://127.0.0.1:1/", "headers": [{"name": name, "value": "inner.example"}]}
    found = await checked(reach, kind="http", **spec)
    assert (found.status, found.reason) == (CheckStatus.UNKNOWN, Reason.BAD_CONFIGURATION)


async def test_a_secret_can_not_end_a_line(reach: Reach) -> None:
    spec = {"url": "http://127.0.0.1:1/", "headers": [{"name": "X-Key", "value": "{{key}}"}]}
    found = await checked(reach, kind="http", secrets={"key": "a\r\nHost: inner"}, **spec)
    assert (found.status, found.reason) == (CheckStatus.UNKNOWN, Reason.BAD_CONFIGURATION)
    assert "inner" not in found.to_json()


async def test_a_secret_that_is_not_there_is_named(reach: Reach) -> None:
    found = await checked(reach, kind="http", url="http://127.0.0.1:1/{{missing}}")
    assert (found.status, found.reason) == (CheckStatus.UNKNOWN, Reason.BAD_CONFIGURATION)
    assert found.detail == "There is no secret called missing."


@pytest.mark.parametrize(
    ("answer", "status", "reason"),
    [
        (http(b"", "204 No Content"), CheckStatus.UP, None),
        (http(b"", "301 Moved"), CheckStatus.DOWN, Reason.UNEXPECTED_STATUS),
        (http(b"", "404 Not Found"), CheckStatus.DOWN, Reason.UNEXPECTED_STATUS),
        (http(b"", "503 Service Unavailable"), CheckStatus.DOWN, Reason.UNEXPECTED_STATUS),
        (b"HTTP/1.0 200 OK\r\n\r\nuntil the end", CheckStatus.UP, None),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nA: b\r\n\r\n" + http(b"x"), CheckStatus.UP, None),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n", CheckStatus.UP, None),
        (http(b"x") + b"more than was said", CheckStatus.UP, None),
        (b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", CheckStatus.DOWN, "unexpected_status"),
    ],
)
async def test_without_an_assertion_the_status_decides(
    reach: Reach, answer: bytes, status: CheckStatus, reason: Reason | None
) -> None:
    async with serving(answering(answer)) as port:
        found = await checked(reach, kind="http", url=f"http://127.0.0.1:{port}/")
    assert (found.status, found.reason) == (status, reason), found


async def test_head_has_no_body(reach: Reach) -> None:
    async with serving(answering(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")) as port:
        found = await checked(reach, kind="http", method="HEAD", url=f"http://127.0.0.1:{port}/")
    assert found.status is CheckStatus.UP


async def test_a_redirect_is_an_answer_where_it_is_not_followed(reach: Reach) -> None:
    async with serving(answering(http(b"", "302 Found", "Location: http://10.0.0.1/"))) as port:
        url = f"http://127.0.0.1:{port}/"
        kept = await checked(reach, kind="http", url=url, follow_redirects=False)
        followed = await checked(reach, kind="http", url=url)
    assert (kept.status, kept.http_status) == (CheckStatus.UP, 302)
    assert followed.reason is Reason.FORBIDDEN_ADDRESS


async def test_secrets_stay_with_the_host_that_they_are_for(trusted: Authority) -> None:
    own: list[bytes] = []
    other: list[bytes] = []
    names = trusted.reach(resolve=resolving({"own.example": LOCAL, "other.example": LOCAL}))
    async with serving(recording(other, http())) as second:
        away = http(b"", "302 Found", f"Location: http://other.example:{second}/there")
        async with serving(recording(own, http(b"", "307 Moved", "Location: /here"), away)) as first:
            found = await checked(
                names,
                kind="http",
                url=f"http://own.example:{first}/",
                headers=[{"name": "X-Key", "value": "{{key}}"}],
                auth={"type": "bearer", "token": "{{key}}"},
                secrets={"key": "hidden-key"},
            )
    assert found.status is CheckStatus.UP, found
    assert [request.count(b"hidden-key") for request in own] == [2, 2]
    assert len(other) == 1
    assert b"hidden-key" not in other[0]
    assert b"X-Key" not in other[0]


async def test_a_body_is_not_sent_to_another_host(reach: Reach) -> None:
    other: list[bytes] = []
    async with serving(recording(other, http())) as second:
        away = http(b"", "307 Moved", f"Location: http://127.0.0.1:{second}/")
        async with serving(answering(away)) as first:
            spec = {"method": "POST", "body": "{{key}}", "url": f"http://127.0.0.1:{first}/"}
            found = await checked(reach, kind="http", secrets={"key": "hidden-key"}, **spec)
    assert (found.reason, other) == (Reason.UNEXPECTED_ANSWER, [])


async def test_a_moved_post_is_asked_for_by_get(reach: Reach) -> None:
    requests: list[bytes] = []
    async with serving(recording(requests, http(b"", "303 See Other", "Location: /done"), http())) as port:
        await checked(reach, kind="http", method="POST", body="x", url=f"http://127.0.0.1:{port}/")
    assert [request.split(b" HTTP")[0] for request in requests] == [b"POST /", b"GET /done"]


@pytest.mark.parametrize(
    "encode",
    [
        gzip.compress,
        lambda body: gzip.compress(body[:3]) + gzip.compress(body[3:]),
        lambda body: gzip.compress(body) + bytes(20),
    ],
    ids=["one", "members", "padded"],
)
async def test_a_compressed_body_is_read(reach: Reach, encode: object) -> None:
    body = encode(b"compressed words")  # pyright: ignore
    asserted = [{"type": "body", "comparison": "equals", "value": "compressed words"}]
    async with serving(answering(http(body, "200 OK", "Content-Encoding: gzip"))) as port:
        found = await checked(reach, kind="http", url=f"http://127.0.0.1:{port}/", assertions=asserted)
    assert found.status is CheckStatus.UP, found


async def test_an_encoding_that_was_not_asked_for_is_told(reach: Reach) -> None:
    asserted = [{"type": "body", "comparison": "contains", "value": "words"}]
    answer = http(zlib.compress(b"words"), "200 OK", "Content-Encoding: br")
    async with serving(answering(answer)) as port:
        found = await checked(reach, kind="http", url=f"http://127.0.0.1:{port}/", assertions=asserted)
        without = await checked(reach, kind="http", url=f"http://127.0.0.1:{port}/")
    assert (found.reason, without.status) == (Reason.PROTOCOL_ERROR, CheckStatus.UP)


async def test_another_address_of_the_name_is_tried_where_the_first_refuses(trusted: Authority) -> None:
    async with serving(answering(http())) as port:
        reach = trusted.reach(resolve=resolving({"two.example": [ip_address("127.0.0.2"), *LOCAL]}))
        found = await checked(reach, kind="http", url=f"http://two.example:{port}/")
    assert (found.status, found.address) == (CheckStatus.UP, "127.0.0.1")


async def test_a_place_without_a_version_of_ip_can_not_tell(trusted: Authority) -> None:
    six = trusted.reach(ipv6=False, resolve=resolving({"six.example": [ip_address("2606:4700::1111")]}))
    asked = await checked(six, kind="http", url="http://six.example/", ip_version="6")
    only = await checked(six, kind="http", url="http://six.example/")
    assert [(f.status, f.reason) for f in (asked, only)] == [(CheckStatus.UNKNOWN, Reason.NETWORK_UNREACHABLE)] * 2


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (socket.EAI_NONAME, Reason.DNS_NO_SUCH_NAME),
        (socket.EAI_NODATA, Reason.DNS_NO_ANSWER),
        (socket.EAI_AGAIN, Reason.DNS_SERVER_FAILURE),
    ],
)
async def test_a_name_without_an_address_is_told(trusted: Authority, code: int, reason: Reason) -> None:
    async def resolve(_: str, __: object) -> list[object]:
        raise socket.gaierror(code, "no")

    found = await checked(trusted.reach(resolve=resolve), kind="http", url="http://nothing.example/")
    assert (found.status, found.reason) == (CheckStatus.DOWN, reason)
