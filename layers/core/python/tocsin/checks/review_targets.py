"""Which targets may be checked at all: URLs, hosts and resolvers, as far as can be told without looking a name up.

They are read as a check reads them, by code that is imported when there is something to read.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tocsin.contracts.monitor_spec import DnsSpec, IpVersion
from tocsin.errors import FieldProblem
from tocsin.platform import addresses
from tocsin.platform.addresses import Network

if TYPE_CHECKING:
    from tocsin.checks.target import Host

UNREACHABLE: Final = "leads to a private network; only monitors that private locations alone check may name it"
NO_IPV6: Final = "must not be 6: the regions of this deployment have no IPv6; private locations of yours may"
INNER: Final = (".localhost", ".local", ".internal", ".home.arpa")
"""Names that the internet does not have (RFC 6761, RFC 6762, RFC 8375)."""
type Problems = Iterator[FieldProblem]


@dataclass(frozen=True, slots=True)
class Rules:
    """Where a check may go: anywhere, where only private locations make it; else to public addresses, and to the
    networks that the operator has opened, by IPv6 where the deployment's regions have it.
    """

    private_only: bool = False
    allowed: Sequence[Network] = ()
    has_ipv6: bool = False


def url(field: str, text: str, placeholder: re.Pattern[str], rules: Rules) -> Problems:
    """What is wrong with the URL of a check, whose placeholders stand for secrets."""
    from tocsin.checks.target import read_url

    authority = re.split(r"[/?#]", text.partition("://")[2], maxsplit=1)[0]
    if "{{" in authority:
        yield FieldProblem(field, "must not have a secret in its host; a path or query may")
        return
    yield from _read(field, lambda: read_url(placeholder.sub("x", text)).host, rules)


def host(field: str, text: str, rules: Rules) -> Problems:
    """What is wrong with a host: a name in any script, or an address spelled in full."""
    from tocsin.checks.target import read_host

    yield from _read(field, lambda: read_host(text), rules)


def ip_version(version: IpVersion, rules: Rules) -> Problems:
    """What is wrong with the version of IP that is asked for."""
    if version == "6" and not (rules.private_only or rules.has_ipv6):
        yield FieldProblem("spec.ip_version", NO_IPV6)


def server_name(field: str, text: str) -> Problems:
    """What is wrong with the name that a certificate shall have."""
    from tocsin.checks.target import read_host

    yield from _read(field, lambda: read_host(text), Rules(private_only=True))


def dns(spec: DnsSpec, rules: Rules) -> Problems:
    """What is wrong with a question to a resolver."""
    from tocsin.checks.dns import BadValue, read_resolver, value

    if spec.name != "." and addresses.NAME.fullmatch(spec.name.removeprefix("*.")) is None:
        is_reverse = spec.record_type == "PTR" and addresses.literal(spec.name) is not None
        if not is_reverse:
            yield from server_name("spec.name", spec.name)
    resolver = spec.resolver
    if resolver is not None:
        yield from _read("spec.resolver", lambda: read_resolver(resolver)[0], rules)
    for index, text in enumerate(spec.expect):
        try:
            value(spec.record_type, text)
        except BadValue as error:
            right = f"must be the value of a record of type {spec.record_type}, as in a zone file"
            yield FieldProblem(f"spec.expect.{index}", f"{right}; {error}")


def _read(field: str, read: "Callable[[], Host]", rules: Rules) -> Problems:
    from tocsin.checks.target import BadTarget

    try:
        found = read()
    except BadTarget as error:
        yield FieldProblem(field, str(error))
        return
    if rules.private_only:
        return
    if found.address is None:
        is_inner = "." not in found.name or found.name.endswith(INNER)
        if is_inner and not rules.allowed:
            yield FieldProblem(field, UNREACHABLE)
    elif not addresses.vet(found.address, rules.allowed):
        yield FieldProblem(field, UNREACHABLE)
