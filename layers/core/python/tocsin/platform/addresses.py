"""Addresses that users give us: what spells one, what is a name, and which of them may be reached from here.

Inside Lambda loopback is the runtime's own endpoint, so it is as forbidden as the instance metadata.
"""

import ipaddress
import re
import socket
from collections.abc import Sequence
from typing import Final

from tocsin.errors import Invalid

type Address = ipaddress.IPv4Address | ipaddress.IPv6Address
type Network = ipaddress.IPv4Network | ipaddress.IPv6Network

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


def literal(host: str) -> Address | None:
    """The address a host is, or None for a name."""
    try:
        return ipaddress.ip_address(host.partition("%")[0] if ":" in host else host)
    except ValueError:
        return None


def spells_address(host: str) -> bool:
    """Whether the system would read a host as an IPv4 address in one of its old ways (127.1, 0x7f.1, 2130706433)."""
    try:
        socket.inet_aton(host)
    except (OSError, ValueError):
        return False
    return True
