"""A DNS check: one question to a resolver, and what the answer must hold."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

import dns.exception
import dns.name
import dns.rcode
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.resolver
import dns.reversename

from tocsin.checks.attempt import Attempt, Failed
from tocsin.checks.dns_answers import ask
from tocsin.checks.reach import Reach
from tocsin.checks.target import BadTarget, Host, bad, read_host
from tocsin.contracts.monitor_spec import DnsSpec
from tocsin.domain.monitor import CheckStatus, Reason
from tocsin.platform.addresses import Address, literal

PORT: Final = 53
OF_NAMES: Final = frozenset({"CNAME", "MX", "NS", "PTR", "SOA", "SRV"})
"""Types whose values have names in them, which are the same in any case."""


class BadValue(ValueError):
    """A text is no value of a record of this type, and why."""


async def run_dns(spec: DnsSpec, reach: Reach, attempt: Attempt, seconds: float) -> None:
    """Ask, and compare. Raises Failed."""
    name = _name(spec)
    wanted = _wanted(spec)
    address, port = await _resolver(spec, reach, attempt)
    attempt.address = str(address)
    with attempt.timed("first_byte"):
        asked = await ask(name, dns.rdatatype.from_text(spec.record_type), address, port, seconds)
    _judge_rcode(spec.name, asked.rcode)
    found = await asked.values()
    attempt.received = lambda: "\n".join(sorted(value.to_text() for value in found))
    if not found:
        raise Failed(Reason.DNS_NO_ANSWER, f"{spec.name} has no record of type {spec.record_type}.")
    _compare(spec, wanted, found)


@lru_cache(maxsize=1_000)
def value(record_type: str, text: str) -> dns.rdata.Rdata:
    """A value as in a zone file; names are absolute, a TXT may go without quotes. Raises BadValue."""
    if record_type == "TXT" and not text.lstrip().startswith('"'):
        escaped = text.strip().replace("\\", "\\\\").replace('"', '\\"')
        text = " ".join(f'"{escaped[i : i + 200]}"' for i in range(0, max(len(escaped), 1), 200))
    try:
        kind = dns.rdatatype.from_text(record_type)
        return dns.rdata.from_text(dns.rdataclass.IN, kind, text, origin=dns.name.root, relativize=False)
    except (dns.exception.DNSException, ValueError) as error:
        raise BadValue(str(error)[:200] or "it is none") from None


def read_resolver(text: str) -> tuple[Host, int]:
    """A resolver by name or address, with `:port` where it isn't 53. Raises BadTarget."""
    if literal(text) is not None or text.endswith("]"):  # an IPv6 address has colons of its own
        return read_host(text), PORT
    host, colon, port = text.rpartition(":")
    if not colon:
        return read_host(text), PORT
    if not (port.isascii() and port.isdecimal()) or not 1 <= int(port[:6]) <= 65_535:
        raise BadTarget("must have a port of 1 to 65535")
    return read_host(host.removeprefix("[").removesuffix("]")), int(port)


def _name(spec: DnsSpec) -> dns.name.Name:
    try:
        address = literal(spec.name)
        if spec.record_type == "PTR" and address is not None:
            return dns.reversename.from_address(str(address))
        text = spec.name if spec.name.isascii() else read_host(spec.name).name
        return dns.name.from_text(text)
    except (dns.exception.DNSException, BadTarget, UnicodeError) as error:
        raise bad("The name", BadTarget(f"can't be asked for ({error})")) from None


def _wanted(spec: DnsSpec) -> list[dns.rdata.Rdata]:
    try:
        return [value(spec.record_type, text) for text in spec.expect]
    except BadValue as error:
        what = f"is no value of a {spec.record_type} record ({error})"
        raise bad("What is expected", BadTarget(what)) from None


async def _resolver(spec: DnsSpec, reach: Reach, attempt: Attempt) -> tuple[Address, int]:
    if spec.resolver is None:
        servers = reach.nameservers or _of_system()
        if not servers:
            detail = "No resolver is known here, and the monitor names none."
            raise Failed(Reason.NETWORK_UNREACHABLE, detail, CheckStatus.UNKNOWN)
        host, port = read_resolver(servers[0])
        if host.address is None:
            raise bad("The resolver of this place", BadTarget("is not an address"))
        return host.address, port  # the operator's own: usually private, and not vetted
    try:
        host, port = read_resolver(spec.resolver)
    except BadTarget as error:
        raise bad("The resolver", error) from None
    return (await reach.addresses(host, "any", attempt))[0], port


@cache
def _of_system() -> tuple[str, ...]:
    try:
        found = dns.resolver.Resolver().nameservers
    except dns.resolver.NoResolverConfiguration:
        return ()
    return tuple(str(server) for server in found)


def _judge_rcode(name: str, rcode: int) -> None:
    match rcode:
        case dns.rcode.NOERROR:
            return
        case dns.rcode.NXDOMAIN:
            raise Failed(Reason.DNS_NO_SUCH_NAME, f"There is no name {name}.")
        case dns.rcode.REFUSED:
            raise Failed(Reason.DNS_REFUSED, "The resolver refuses to answer this question.")
        case other:
            raise Failed(
                Reason.DNS_SERVER_FAILURE, f"The resolver answers {dns.rcode.to_text(dns.rcode.Rcode(other))}."
            )


def _compare(spec: DnsSpec, wanted: Sequence[dns.rdata.Rdata], found: Sequence[dns.rdata.Rdata]) -> None:
    if not wanted:
        return
    asked, seen = {_key(each) for each in wanted}, {_key(each) for each in found}
    holds = {"all": asked <= seen, "any": bool(asked & seen), "exactly": asked == seen}[spec.match]
    if holds:
        return
    detail = f"The answer does not hold {spec.match} of what is expected."
    if spec.match == "exactly":
        detail = "The answer is not exactly what is expected."
    raise Failed(Reason.UNEXPECTED_ANSWER, detail)


def _key(found: dns.rdata.Rdata) -> bytes | str:
    """What makes two values the same: names in any case, a TXT however it is split."""
    strings: object = getattr(found, "strings", None)
    if found.rdtype == dns.rdatatype.TXT and isinstance(strings, tuple):
        return b"".join(strings)  # pyright: ignore - dnspython leaves it untyped
    text = found.to_text()
    return text.lower() if dns.rdatatype.to_text(found.rdtype) in OF_NAMES else text
