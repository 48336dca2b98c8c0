"""What a place that checks can reach: addresses it may connect to, who resolves names for it, whom it trusts."""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from tocsin.checks.attempt import Attempt, Failed
from tocsin.checks.target import Host
from tocsin.contracts.monitor_spec import IpVersion
from tocsin.domain.monitor import CheckStatus, Reason
from tocsin.platform import clock
from tocsin.platform.addresses import Address, Network, vet

type Resolve = Callable[[str, socket.AddressFamily], Awaitable[Sequence[Address]]]
"""All addresses of a name, in the order to try them. Raises socket.gaierror."""

type Ask = Callable[[str, socket.AddressFamily], list[Address]]

LOOKUPS: Final = 64
SLOW_LOOKUPS: Final = 8
"""At once; a look-up of a name that nobody answers for keeps its thread until the system's resolver gives up."""
SLOW_SECONDS: Final = 1.0
MAX_SLOW: Final = 10_000
MAX_ADDRESSES: Final = 4
FAMILIES: Final[dict[IpVersion, socket.AddressFamily]] = {
    "any": socket.AF_UNSPEC,
    "4": socket.AF_INET,
    "6": socket.AF_INET6,
}
NO_SUCH_NAME: Final = {socket.EAI_NONAME}
NO_ADDRESS: Final = {socket.EAI_NODATA, socket.EAI_ADDRFAMILY}
FORBIDDEN: Final = "leads to a network that must not be reached from here"


class SystemResolver:
    """Asks the system, in threads of its own: names that have kept one waiting share a few of them apart.

    Otherwise as many dead names as there are threads would keep every other name waiting, and call its target down.
    Whoever asks for a name that is being looked up gets the same answer. `ask` blocks, and raises socket.gaierror.
    """

    def __init__(self, ask: Ask | None = None, slow_seconds: float = SLOW_SECONDS) -> None:
        self._ask = ask or _ask_system
        self._slow_seconds = slow_seconds
        self._slow: set[str] = set()
        self._running: dict[tuple[asyncio.AbstractEventLoop, str, int], asyncio.Future[list[Address]]] = {}

    async def __call__(self, name: str, family: socket.AddressFamily) -> Sequence[Address]:
        """Look a name up. Raises socket.gaierror."""
        loop = asyncio.get_running_loop()
        key = (loop, name, int(family))
        shared = self._running.get(key)
        if shared is None:
            shared = loop.run_in_executor(self._apart if name in self._slow else self._pool, self._timed, name, family)
            self._running[key] = shared
            shared.add_done_callback(lambda done: self._forget(key, done))
        return await asyncio.shield(shared)

    def _timed(self, name: str, family: socket.AddressFamily) -> list[Address]:
        begun = clock.seconds()
        try:
            return self._ask(name, family)
        finally:
            if clock.seconds() - begun < self._slow_seconds:
                self._slow.discard(name)
            elif len(self._slow) < MAX_SLOW:
                self._slow.add(name)

    def _forget(self, key: tuple[asyncio.AbstractEventLoop, str, int], done: asyncio.Future[list[Address]]) -> None:
        self._running.pop(key, None)
        if not done.cancelled():
            done.exception()  # those who asked may all have left, and asyncio complains of what nobody fetches

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(LOOKUPS, thread_name_prefix="lookup")

    @cached_property
    def _apart(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(SLOW_LOOKUPS, thread_name_prefix="slow-lookup")


@dataclass(frozen=True, slots=True)
class Reach:
    """One for a process: TLS contexts and the threads of look-ups live as long as it.

    `allowed` are networks that the operator has opened (private probes only). `ca_file` holds PEM certificates to
    trust instead of the system's. `nameservers` answer DNS monitors that name none, `address` or `address:port`;
    without them those of the system do.
    """

    allowed: tuple[Network, ...] = ()
    ca_file: str | None = None
    resolve: Resolve = field(default_factory=SystemResolver)
    nameservers: tuple[str, ...] = ()
    ipv4: bool = True
    ipv6: bool = True

    async def addresses(self, host: Host, version: IpVersion, attempt: Attempt) -> Sequence[Address]:
        """The vetted addresses to try, in order, at most MAX_ADDRESSES. Raises Failed."""
        if (version == "4" and not self.ipv4) or (version == "6" and not self.ipv6):
            detail = f"There is no IPv{version} here."
            raise Failed(Reason.NETWORK_UNREACHABLE, detail, CheckStatus.UNKNOWN)
        found = [host.address] if host.address is not None else await self._look_up(host.name, version, attempt)
        for address in found:
            if not vet(address, self.allowed):
                raise Failed(Reason.FORBIDDEN_ADDRESS, f"{host.name} {FORBIDDEN}.")
        usable = [a for a in found if self._speaks(a) and version in ("any", str(a.version))]
        if not usable:
            other = "IPv6" if found[0].version == 6 else "IPv4"
            status = CheckStatus.DOWN if self._speaks(found[0]) else CheckStatus.UNKNOWN
            raise Failed(Reason.NETWORK_UNREACHABLE, f"{host.name} has {other} addresses only.", status)
        return usable[:MAX_ADDRESSES]

    def _speaks(self, address: Address) -> bool:
        return self.ipv4 if address.version == 4 else self.ipv6

    async def _look_up(self, name: str, version: IpVersion, attempt: Attempt) -> Sequence[Address]:
        with attempt.timed("dns"):
            try:
                found = await self.resolve(name, FAMILIES[version])
            except socket.gaierror as error:
                raise _of_resolver(name, error) from None
        if not found:
            raise Failed(Reason.DNS_NO_ANSWER, f"{name} has no address.")
        return found


def _ask_system(name: str, family: socket.AddressFamily) -> list[Address]:
    found = socket.getaddrinfo(name, None, family=family, type=socket.SOCK_STREAM)
    # A dict keeps the order in which the system prefers them.
    return list(dict.fromkeys(ipaddress.ip_address(str(sockaddr[0]).partition("%")[0]) for *_, sockaddr in found))


def _of_resolver(name: str, error: socket.gaierror) -> Failed:
    if error.errno in NO_SUCH_NAME:
        return Failed(Reason.DNS_NO_SUCH_NAME, f"There is no name {name}.")
    if error.errno in NO_ADDRESS:
        return Failed(Reason.DNS_NO_ANSWER, f"{name} has no address.")
    return Failed(Reason.DNS_SERVER_FAILURE, f"{name} could not be looked up: {error.strerror}.")
