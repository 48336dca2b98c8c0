"""What a URL may say and where its name may lead; names are answered at the event loop's own look-up."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import providers
from tocsin.errors import ForbiddenAddress
from tocsin.platform.addresses import networks
from tocsin.platform.outbound import Outbound

METADATA = "169.254.169.254"


@pytest.fixture
async def http() -> AsyncGenerator[Outbound]:
    async with Outbound((), timeout_seconds=5) as client:
        yield client


class Names:
    """Answers look-ups: each name with the next of its lists of addresses, the last one for ever."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, **answers: Sequence[Sequence[str]]) -> None:
        self._answers = {name.replace("_", "."): list(lists) for name, lists in answers.items()}
        self.asked: list[str] = []
        monkeypatch.setattr(socket, "getaddrinfo", self._look_up)

    def _look_up(self, host: str, port: int, **_: Any) -> list[Any]:
        self.asked.append(host)
        known = self._answers.get(host)
        if known is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        addresses = known.pop(0) if len(known) > 1 else known[0]
        return [
            (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (a, port, 0, 0))
            if ":" in a
            else (socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port))
            for a in addresses
        ]


FORBIDDEN = [
    "",
    "x",
    "//example.com/",
    "/path",
    "http:",
    "http://",
    "http:///path",
    "http://:80/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "gopher://example.com/",
    "javascript:alert(1)",
    "unix:///run/docker.sock",
    "http://user@example.com/",
    "http://user:password@example.com/",
    "http://:password@example.com/",
    "http://127.0.0.1@example.com/",
    "http://127.0.0.1/",
    "HTTP://127.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://0/",
    "http://0.0.0.0/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://0X7F.0.0.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://127.0.0.1./",
    "http://127.1./",
    "http://8.8.8.8./",
    "http://1.2.3.4.5/",
    "http://example.1/",
    "http://example.0x1/",
    "http://127.0.0.1%2e/",
    "http://%31%32%37.0.0.1/",
    "http://\uff11\uff12\uff17.0.0.1/",
    "http://①②⑦.0.0.1/",
    "http://127。0。0。1/",
    f"http://{METADATA}/latest/meta-data/",
    "http://2852039166/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[2002:7f00:1::]/",
    "http://[fd00:ec2::254]/",
    "http://[fe80::1%25eth0]/",
    "http://[fe80::1%251]/",
    "http://[::1%250]/",
    "http://[::1",
    "http://example.com:99999/",
    "http://a b/",
    "http://a\\b/",
    "http://a..example/",
    "http://.example/",
    "http://-a.example/",
    "http://xn--/",
    "http://" + "a" * 64 + ".example/",
    "http://" + "a." * 127 + "example/",
]


@pytest.mark.parametrize("url", FORBIDDEN)
async def test_a_url_that_must_not_be_called_asks_no_resolver(
    http: Outbound, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    names = Names(monkeypatch)
    with pytest.raises(ForbiddenAddress):
        await http.post(url, b"", {})
    assert names.asked == []


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://example.com/", "example.com"),
        ("https://Example.COM:8443/x?y#z", "example.com"),
        ("http://example.com./", "example.com."),
        ("http://bücher.example/", "xn--bcher-kva.example"),
        ("http://_dmarc.my-host_1.example/", "_dmarc.my-host_1.example"),
        ("http://1.2.3.4.example/", "1.2.3.4.example"),
        ("http://0x7f.example/", "0x7f.example"),
        ("http://localhost/", "localhost"),
        ("http://" + "a" * 63 + ".example/", "a" * 63 + ".example"),
    ],
)
async def test_a_name_is_asked_for(http: Outbound, monkeypatch: pytest.MonkeyPatch, url: str, asked: str) -> None:
    names = Names(monkeypatch)
    with pytest.raises(aiohttp.ClientConnectorDNSError):
        await http.post(url, b"", {})
    assert names.asked == [asked]


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        [METADATA],
        ["::1"],
        ["fe80::1%eth0"],
        ["1.1.1.1", "10.0.0.1"],
        ["10.0.0.1", "1.1.1.1"],
        ["2606:4700:4700::1111", "::ffff:10.0.0.1"],
    ],
)
async def test_a_name_with_one_address_that_is_not_public_is_refused(
    http: Outbound, monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    Names(monkeypatch, rebound_example=[addresses])
    with pytest.raises(ForbiddenAddress):
        await http.post("http://rebound.example/", b"", {})


async def test_a_name_that_has_no_address(http: Outbound, monkeypatch: pytest.MonkeyPatch) -> None:
    Names(monkeypatch, empty_example=[[]])
    with pytest.raises(aiohttp.ClientConnectorDNSError):
        await http.post("http://empty.example/", b"", {})


async def test_the_connection_goes_to_the_address_that_was_vetted(monkeypatch: pytest.MonkeyPatch) -> None:
    with providers.providing() as provider, providers.providing() as other:
        port = provider.url.rpartition(":")[2]
        names = Names(monkeypatch, rebound_example=[["127.0.0.1"], [METADATA]])
        async with Outbound(networks("127.0.0.0/8"), timeout_seconds=5) as http:
            answer = await http.post(f"http://rebound.example:{port}/x", b"body", {"x-a": "b"})
            with pytest.raises(ForbiddenAddress):
                await http.post(f"http://rebound.example:{port}/x", b"body", {})
    assert (answer.status, names.asked, other.requests) == (204, ["rebound.example"] * 2, [])
    assert [(r.path, r.body, r.headers["host"]) for r in provider.requests] == [
        ("/x", b"body", f"rebound.example:{port}")
    ]


async def test_a_proxy_of_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with providers.providing() as provider, providers.providing() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        async with Outbound(networks("127.0.0.0/8"), timeout_seconds=5) as http:
            await http.post(provider.url, b"", {})
    assert (len(provider.requests), proxy.requests) == (1, [])


async def test_cookies_are_not_kept() -> None:
    with providers.providing() as provider:
        provider.behaviours = [providers.answering(200, {"set-cookie": "a=b; Path=/"})]
        async with Outbound(networks("127.0.0.0/8"), timeout_seconds=5) as http:
            await http.post(provider.url, b"", {})
            await http.post(provider.url, b"", {})
    assert "cookie" not in provider.requests[1].headers


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(host=st.text(max_size=80) | st.from_regex(r"[0-9a-fx.]{1,24}", fullmatch=True))
async def test_any_host_is_refused_or_asked_for_and_nothing_else_happens(
    monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    names = Names(monkeypatch)
    connected: list[object] = []

    async def connect(_loop: object, _socket: object, address: object) -> None:
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(asyncio.SelectorEventLoop, "sock_connect", connect)
    async with Outbound((), timeout_seconds=5) as http:
        try:
            await http.post(f"http://{host}/", b"", {})
        except ForbiddenAddress:
            assert (names.asked, connected) == ([], [])
        except aiohttp.ClientConnectorDNSError:
            assert (len(names.asked), connected) == (1, [])
        except aiohttp.ClientConnectorError:
            assert (names.asked, len(connected)) == ([], 1)
