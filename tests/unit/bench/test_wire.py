"""The benchmarks' HTTP carries requests whole, and keeps connections."""

import asyncio
import urllib.request

import pytest

from bench.wire import Client, Request, Response, listener, serve


async def test_requests_and_answers_pass_whole_over_kept_connections() -> None:
    seen: list[Request] = []

    async def later(request: Request) -> Response:
        await asyncio.sleep(0)
        return Response(202, request.body[::-1], {"x-count": str(len(seen))})

    def answer(request: Request) -> Response:
        seen.append(request)
        return later(request) if request.target == "/later" else Response(204)

    sock = listener()
    server, client = await serve(sock, answer), Client(sock.getsockname()[1])
    try:
        body = bytes(range(256)) * 4096
        assert await client.request("POST", "/later", body, {"X-Key": "é"}) == (202, body[::-1])
        assert await client.request("GET", "/none") == (204, b"")
        assert await client.request("POST", "/later", b"again") == (202, b"niaga")
    finally:
        client.close()
        server.close()
    assert [(r.method, r.target, len(r.body)) for r in seen] == [
        ("POST", "/later", len(body)),
        ("GET", "/none", 0),
        ("POST", "/later", 5),
    ]
    assert seen[0].headers["content-length"] == str(len(body))


async def test_another_client_is_understood_and_its_connection_closed_as_it_asks() -> None:
    sock = listener()
    server = await serve(sock, lambda request: Response(200, request.method.encode()))
    try:
        url = f"http://127.0.0.1:{sock.getsockname()[1]}/"
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        assert await asyncio.to_thread(lambda: opener.open(url, timeout=5).read()) == b"GET"
    finally:
        server.close()


async def test_what_is_no_http_ends_the_connection() -> None:
    sock = listener()
    server = await serve(sock, lambda _: Response(200))
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", sock.getsockname()[1])
        writer.write(b"\x16\x03\x01 not http\r\n\r\n")
        assert await asyncio.wait_for(reader.read(), 5) == b""
        writer.close()
    finally:
        server.close()


async def test_a_request_whose_connection_is_lost_fails() -> None:
    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    client = Client(server.sockets[0].getsockname()[1])
    try:
        with pytest.raises(ConnectionError):
            await client.request("GET", "/")
    finally:
        client.close()
        server.close()
