"""The one HTTP client for calls to addresses that users give us, and the guard that keeps it off private networks.

A name is resolved once, every address it has is vetted, and the connection goes to a vetted address: a name that
changes its answer in between gains nothing. Redirects are not followed: a page's receiver says where it is. Inside
Lambda loopback is the runtime's own endpoint, so it is as forbidden as the instance metadata.
"""

import asyncio
import ipaddress
import re
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from tocsin.errors import ForbiddenAddress, Invalid
from tocsin.platform import threads

type Address = ipaddress.IPv4Address | ipaddress.IPv6Address
type Network = ipaddress.IPv4Network | ipaddress.IPv6Network

MAX_ANSWER_BYTES: Final = 65_536
BODY_SECONDS: Final = 1
MAX_HEADER_BYTES: Final = 16_384
FORBIDDEN: Final[tuple[Network, ...]] = (
    ipaddress.ip_network("100.64.0.0/10"),
    ipaddress.ip_network("192.88.99.0/24"),
    ipaddress.ip_network("3fff::/20"),
)
"""Beyond what `is_global` refuses: carrier-grade NAT, 6to4 relays, documentation."""
GLOBAL_UNICAST: Final = ipaddress.ip_network("2000::/3")
"""All of IPv6 that is given out; outside it lie the site-local addresses, which `is_global` lets through."""
NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
NAME: Final = re.compile(
    r"(?=.{1,253}\.?\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*"
    r"(?!(?:[0-9]+|0x[0-9a-f]*)\.?\Z)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.?",
    re.IGNORECASE,
)
"""A name that resolvers are asked for: its last label is no number (WHATWG URL, "ends in a number"), so nobody takes it
for an address and connects without asking the resolver."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receiver answered: status, headers in lower case, and the beginning of the body unless it is a 2xx."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def vet(address: Address, allowed: Sequence[Network] = ()) -> bool:
    """Whether an address may be reached from here; `allowed` are ranges the operator has opened."""
    if any(address in network for network in allowed if network.version == address.version):
        return True
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or _nat64(address)
        teredo = address.teredo
        if teredo is not None:
            return False
        if inner is not None:
            return vet(inner, allowed)
        if address not in GLOBAL_UNICAST:
            return False
    if any(address in network for network in FORBIDDEN if network.version == address.version):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _nat64(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in NAT64 else None


def networks(text: str) -> tuple[Network, ...]:
    """Read a comma-separated list of CIDR ranges; raises Invalid for one that is none."""
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise Invalid(f"OUTBOUND_ALLOWED_NETWORKS: {error}") from error


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
            literal = str(sockaddr[0]).partition("%")[0]
            if not vet(ipaddress.ip_address(literal), self._allowed):
                raise ForbiddenAddress("The address leads to a network that must not be reached from here.")
            results.append(
                ResolveResult(
                    hostname=host,
                    host=literal,
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
        literal = _literal(host)
        if literal is None and _spells_address(host):
            raise ForbiddenAddress("The address must be spelled in full: four numbers, or an IPv6 address.")
        if literal is None and NAME.fullmatch(host) is None:
            raise ForbiddenAddress("The address names no host that could be looked up.")
        if literal is not None and not vet(literal, self._allowed):
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


def _literal(host: str) -> Address | None:
    """The address a host is, or None for a name."""
    try:
        return ipaddress.ip_address(host.partition("%")[0] if ":" in host else host)
    except ValueError:
        return None


def _spells_address(host: str) -> bool:
    """Whether the system would read a host as an IPv4 address in one of its old ways (127.1, 0x7f.1, 2130706433)."""
    try:
        socket.inet_aton(host)
    except (OSError, ValueError):
        return False
    return True
