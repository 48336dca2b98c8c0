"""Which addresses may be reached: no spelling of a private one, every public one, and what the operator opens."""

import ipaddress
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tocsin.errors import Invalid
from tocsin.platform.addresses import networks, vet

type Address = IPv4Address | IPv6Address

NOT_PUBLIC_V4 = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
]
NOT_PUBLIC_V6 = [
    "::/128",
    "::1/128",
    "::/96",
    "64:ff9b:1::/48",
    "100::/64",
    "2001::/32",
    "2001:2::/48",
    "2001:10::/28",
    "2001:db8::/32",
    "3fff::/20",
    "4000::/3",
    "5f00::/16",
    "8000::/1",
    "fc00::/7",
    "fd00:ec2::/32",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
]
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "52.95.110.1",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
    "192.169.0.0",
    "223.255.255.255",
    "2001:4860:4860::8888",
    "2600:1f18::1",
    "2606:4700:4700::1111",
    "2a00:1450:4001::1",
]


def within(cidr: str) -> st.SearchStrategy[Address]:
    network = ipaddress.ip_network(cidr)
    make = type(network.network_address)
    return st.integers(int(network.network_address), int(network.broadcast_address)).map(make)


def spellings(inner: IPv4Address) -> list[IPv6Address]:
    """The IPv6 addresses that lead to an IPv4 one."""
    n = int(inner)
    return [
        IPv6Address(0xFFFF << 32 | n),
        IPv6Address(int(IPv6Address("64:ff9b::")) | n),
        IPv6Address(0x2002 << 112 | n << 80 | 1),
    ]


not_public_v4 = st.sampled_from(NOT_PUBLIC_V4).flatmap(within)
not_public_v6 = st.sampled_from(NOT_PUBLIC_V6).flatmap(within)
anything = (
    st.ip_addresses() | not_public_v4 | not_public_v6 | st.sampled_from([ipaddress.ip_address(a) for a in PUBLIC])
)
ranges = st.lists(
    st.ip_addresses().flatmap(
        lambda a: (
            st.integers(0, a.max_prefixlen).map(lambda bits: ipaddress.ip_network((int(a), bits), strict=False))
            if isinstance(a, IPv6Address)
            else st.integers(0, 32).map(lambda bits: ipaddress.IPv4Network((int(a), bits), strict=False))
        )
    ),
    max_size=3,
)


@given(not_public_v4 | not_public_v6)
@example(IPv4Address("169.254.169.254"))
@example(IPv6Address("fd00:ec2::254"))
@example(IPv6Address("fec0::1"))
def test_what_is_not_public_is_refused(address: Address) -> None:
    assert not vet(address)


@given(not_public_v4)
def test_no_ipv6_spelling_of_a_private_ipv4_address_gets_through(inner: IPv4Address) -> None:
    assert not any(vet(address) for address in spellings(inner))


@pytest.mark.parametrize("literal", PUBLIC)
def test_what_is_public_may_be_reached(literal: str) -> None:
    address = ipaddress.ip_address(literal)
    assert vet(address)
    if isinstance(address, IPv4Address):
        assert all(vet(spelling) for spelling in spellings(address))


@pytest.mark.parametrize("edge", NOT_PUBLIC_V4)
def test_a_range_is_refused_from_its_first_to_its_last_address(edge: str) -> None:
    network = ipaddress.ip_network(edge)
    assert not vet(network.network_address)
    assert not vet(network.broadcast_address)


@given(anything, ranges)
def test_what_the_operator_allows_only_widens(address: Address, allowed: list[ipaddress.IPv4Network]) -> None:
    assert vet(address, allowed) >= vet(address)


@given(anything, ranges)
def test_nothing_is_opened_but_what_the_operator_named(address: Address, allowed: list[ipaddress.IPv4Network]) -> None:
    if vet(address, allowed) and not vet(address):
        candidates: list[Address | None] = [address]
        if isinstance(address, IPv6Address):
            candidates += [address.ipv4_mapped, address.sixtofour, IPv4Address(int(address) & 0xFFFFFFFF)]
        assert any(c in network for c in candidates if c for network in allowed if network.version == c.version)


@given(st.sampled_from(NOT_PUBLIC_V4 + NOT_PUBLIC_V6).flatmap(lambda c: st.tuples(st.just(c), within(c))))
def test_a_named_range_is_open(case: tuple[str, Address]) -> None:
    cidr, address = case
    assert vet(address, networks(cidr))


def test_a_list_of_ranges_is_read() -> None:
    assert networks("") == networks(" , ") == ()
    assert [str(n) for n in networks("127.0.0.0/8, fd12::/48,10.1.2.3")] == ["127.0.0.0/8", "fd12::/48", "10.1.2.3/32"]


@pytest.mark.parametrize("text", ["localhost", "10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/8;::1"])
def test_a_list_of_something_else_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="OUTBOUND_ALLOWED_NETWORKS"):
        networks(text)
