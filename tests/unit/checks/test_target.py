"""URLs and hosts: read strictly, in every way in which people have smuggled an address past a check."""

import ipaddress

import pytest

from tests.support.checked import checked, resolving
from tocsin.checks.reach import Reach
from tocsin.checks.target import BadTarget, follow, read_host, read_url
from tocsin.domain.monitor import CheckStatus, Reason

PUBLIC = ipaddress.ip_address("93.184.216.34")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("http://example.com", "http://example.com/"),
        ("HTTPS://Example.COM:443/a?b=c#d", "https://example.com/a?b=c"),
        ("http://example.com.:8080?q", "http://example.com:8080/?q"),
        ("https://bücher.example/ä?ö=ü", "https://xn--bcher-kva.example/%C3%A4?%C3%B6=%C3%BC"),
        ("https://faß.de/", "https://xn--fa-hia.de/"),
        ("http://[2606:4700:4700:0::1111]:81/", "http://[2606:4700:4700::1111]:81/"),
        ("http://93.184.216.34/%2e", "http://93.184.216.34/%2e"),
    ],
)
def test_a_url_is_read(text: str, whole: str) -> None:
    assert read_url(text).text() == whole


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ftp://example.com/", "http:// or https://"),
        ("gopher://example.com/", "http:// or https://"),
        ("//example.com/", "http:// or https://"),
        ("http:///", "name a host"),
        ("http://user:password@example.com/", "user name or password"),
        ("http://example.com@127.0.0.1/", "user name or password"),
        ("http://example.com:80@127.0.0.1/", "user name or password"),
        ("http://example.com\\@127.0.0.1/", "backslashes"),
        ("http://127.0.0.1\\.example.com/", "backslashes"),
        ("http://example.com\r\nHost: inner/", "control characters"),
        ("http://example.com/\r\nX-Injected: 1", "control characters"),
        ("http://example.com/a b", "spaces"),
        ("http://exam\tple.com/", "control characters"),
        ("http://example.com:0/", "port"),
        ("http://example.com:65536/", "port"),
        ("http://example.com:8 0/", "spaces"),
        ("http://example.com:80:81/", "name a host"),
        ("http://example.com:0x50/", "name a host"),
        ("http://[fe80::1%25eth0]/", "name a host"),
        ("http://[::1/", "name a host"),
        ("http://%31%32%37.0.0.1/", "percent sign"),
        ("http://2130706433/", "spell an address in full"),
        ("http://0x7f000001/", "spell an address in full"),
        ("http://0177.0.0.1/", "spell an address in full"),
        ("http://127.1/", "spell an address in full"),
        ("http://0x7f.0x0.0x0.0x1/", "spell an address in full"),
        ("http://0/", "spell an address in full"),
        ("http://１２７.0.0.1.example.1/", "neither a host name nor an address"),  # noqa: RUF001 - full-width on purpose
        ("http://exa_mple..com/", "neither a host name nor an address"),
        ("http://-example.com/", "neither a host name nor an address"),
        ("http://" + "a" * 64 + ".example/", "neither a host name nor an address"),
        ("http://" + "a." * 130 + "example/", "253"),
        ("http://example.com/" + "a" * 9_000, "longer than"),
        ("http://ex\u200bample\u2024\u0000.com/", "control characters"),
        ("http://\u202eexample.com/", "IDNA"),
    ],
)
def test_what_is_no_url_is_refused_with_what_would_be_right(text: str, why: str) -> None:
    with pytest.raises(BadTarget, match=why):
        read_url(text)


@pytest.mark.parametrize("host", ["１２７.0.0.1", "①②⑦.⓪.⓪.①", "１６９。254。169。254", "０ｘ７ｆ.1"])  # noqa: RUF001 - on purpose
def test_digits_of_other_scripts_are_no_address_and_no_name(host: str) -> None:
    with pytest.raises(BadTarget, match="spell an address in full"):
        read_host(host)


FORBIDDEN = [
    "http://127.0.0.1/",
    "http://127.8.8.8/",
    "http://10.1.2.3/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://169.254.170.2/",
    "http://0.0.0.0/",
    "http://255.255.255.255/",
    "http://224.0.0.1/",
    "http://[::]/",
    "http://[::1]/",
    "http://[fe80::1]/",
    "http://[fd00:ec2::254]/",
    "http://[fc00::1]/",
    "http://[ff02::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[2002:7f00:1::]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::10.0.0.1]/",
    "http://[64:ff9b:1::a00:1]/",
    "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
    "http://[fec0::1]/",
]


@pytest.mark.parametrize("url", FORBIDDEN)
async def test_an_address_that_must_not_be_reached_is_not(url: str) -> None:
    found = await checked(Reach(), kind="http", url=url)
    assert (found.status, found.reason) == (CheckStatus.DOWN, Reason.FORBIDDEN_ADDRESS), found
    assert found.address is None


@pytest.mark.parametrize("kind", ["tls", "tcp", "dns"])
async def test_no_kind_of_check_reaches_it(kind: str) -> None:
    spec = {"name": "example.com", "resolver": "10.0.0.1"} if kind == "dns" else {"host": "10.0.0.1", "port": 443}
    found = await checked(Reach(), kind=kind, **spec)
    assert found.reason is Reason.FORBIDDEN_ADDRESS


@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254", "::1", "64:ff9b::a9fe:a9fe"])
async def test_a_name_one_of_whose_addresses_is_forbidden_is_not_reached_at_all(address: str) -> None:
    reach = Reach(resolve=resolving({"rebound.example": [PUBLIC, ipaddress.ip_address(address)]}))
    found = await checked(reach, kind="http", url="http://rebound.example/")
    assert (found.reason, found.address) == (Reason.FORBIDDEN_ADDRESS, None)


@pytest.mark.parametrize("url", ["http://2130706433/", "http://user@127.0.0.1/", "http://127.1/", "file:///etc/passwd"])
async def test_what_can_not_be_read_says_nothing_about_a_target(url: str) -> None:
    found = await checked(Reach(), kind="http", url=url)
    assert (found.status, found.reason) == (CheckStatus.UNKNOWN, Reason.BAD_CONFIGURATION)


@pytest.mark.parametrize(
    ("location", "whole"),
    [
        ("/next", "https://example.com/next"),
        ("next?a=b", "https://example.com/a/next?a=b"),
        ("//other.example/x", "https://other.example/x"),
        ("http://other.example", "http://other.example/"),
        ("/with space", "https://example.com/with%20space"),
        ("?q", "https://example.com/a/b?q"),
    ],
)
def test_a_redirect_is_followed_from_where_it_was_said(location: str, whole: str) -> None:
    assert follow(read_url("https://example.com/a/b"), location).text() == whole


@pytest.mark.parametrize(
    "location", ["javascript:alert(1)", "file:///etc/passwd", "http://a@b/", "http://[::1", "x" * 9_000]
)
def test_a_redirect_to_nowhere_is_none(location: str) -> None:
    with pytest.raises(BadTarget):
        follow(read_url("https://example.com/a/b"), location)


@pytest.mark.parametrize(
    ("first", "then", "may"),
    [
        ("http://a.example/", "http://a.example/x", True),
        ("http://a.example/", "https://a.example/x", True),
        ("https://a.example/", "http://a.example/x", False),
        ("https://a.example/", "https://a.example:8443/x", False),
        ("http://a.example:8080/", "https://a.example/x", False),
        ("https://a.example/", "https://b.a.example/x", False),
    ],
)
def test_secrets_go_to_the_host_that_they_are_for(first: str, then: str, may: bool) -> None:
    assert read_url(then).may_have_secrets_of(read_url(first)) is may
