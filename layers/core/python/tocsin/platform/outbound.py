"""The one HTTP client for calls to addresses that users give us, and the guard that keeps it off private networks.

A name is resolved once, every address it has is vetted, and the connection goes to a vetted address: a name that
changes its answer in between gains nothing. Redirects are not followed: a page's receiver says where it is.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from tocsin.errors import ForbiddenAddress
from tocsin.platform import threads
from tocsin.platform.addresses import NAME, Network, literal, spells_address, vet

MAX_ANSWER_BYTES: Final = 65_536
BODY_SECONDS: Final = 1
MAX_HEADER_BYTES: Final = 16_384


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receiver answered: status, headers in lower case, and the beginning of the body unless it is a 2xx."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class _VettingResolver(AbstractResolver):
    """Resolves by the system, and lets nothing through unless every address of the name may be reached."""

    def __init__(self, allowed: Sequence[Network]) -> None:
        self._allowed = allowed

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await threads.run(socket.getaddrinfo, host, port, family=family, type=socket.SOCK_STREAM)
        results: list[ResolveResult] = []
        for family_found, _, protocol, _, sockaddr in found:
            found_address = str(sockaddr[0]).partition("%")[0]
            if not vet(ipaddress.ip_address(found_address), self._allowed):
                raise ForbiddenAddress("The address leads to a network that must not be reached from here.")
            results.append(
                ResolveResult(
                    hostname=host,
                    host=found_address,
                    port=port,
                    family=family_found,
                    proto=protocol,
                    flags=socket.AI_NUMERICHOST,
                )
            )
        if not results:
            raise OSError(f"no address for {host}")
        return results

    async def close(self) -> None:
        return None


class Outbound:
    """The client. One use for one batch: `async with Outbound(...) as http`."""

    def __init__(self, allowed: Sequence[Network], *, timeout_seconds: float) -> None:
        self._allowed = allowed
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=_VettingResolver(allowed), use_dns_cache=False, limit=50, force_close=True
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=timeout_seconds),
            trust_env=False,
            max_line_size=MAX_HEADER_BYTES,
            max_field_size=MAX_HEADER_BYTES,
        )

    async def __aenter__(self) -> "Outbound":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """POST once; no redirect is followed. Raises ForbiddenAddress, aiohttp.ClientError, OSError, TimeoutError."""
        target = self._checked(url)
        async with self._session.post(target, data=body, headers=dict(headers), allow_redirects=False) as response:
            found = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status, found, await _beginning(response))

    def _checked(self, url: str) -> URL:
        try:
            target = URL(url)
        except ValueError as error:
            raise ForbiddenAddress("The address is not a URL.") from error
        host = target.raw_host
        if target.scheme not in ("http", "https") or not host:
            raise ForbiddenAddress("The address must begin with http:// or https:// and name a host.")
        if target.user is not None or target.password is not None:
            raise ForbiddenAddress("The address must not hold a user name or password.")
        address = literal(host)
        if address is None and spells_address(host):
            raise ForbiddenAddress("The address must be spelled in full: four numbers, or an IPv6 address.")
        if address is None and NAME.fullmatch(host) is None:
            raise ForbiddenAddress("The address names no host that could be looked up.")
        if address is not None and not vet(address, self._allowed):
            raise ForbiddenAddress("The address leads to a network that must not be reached from here.")
        return target


async def _beginning(response: aiohttp.ClientResponse) -> bytes:
    """What a refusal says. The status has decided already: a body that hangs or breaks off takes nothing back."""
    if response.status // 100 == 2:
        return b""
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await response.content.read(MAX_ANSWER_BYTES)
    except (TimeoutError, aiohttp.ClientError):
        return b""
