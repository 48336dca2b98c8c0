"""What is to be reached: URLs and hosts as users write them, read strictly, and nothing else ever connected to."""

import re
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import quote, urljoin

import idna

from tocsin.checks.attempt import Failed
from tocsin.domain.monitor import CheckStatus, Reason
from tocsin.platform.addresses import NAME, Address, literal, spells_address

MAX_URL: Final = 8_000
"""Of a redirect, and of a URL with its secrets filled in."""
DEFAULT_PORTS: Final = {"http": 80, "https": 443}
URL: Final = re.compile(
    r"(?P<scheme>https?)://(?P<authority>[^/?#]*)(?P<path>[^?#]*)(?P<query>\?[^#]*)?(?:#.*)?", re.I | re.S
)
AUTHORITY: Final = re.compile(r"(?P<host>\[[0-9a-f:.]+\]|[^\[\]:@\\]+)(?::(?P<port>[0-9]{1,5})?)?", re.I)
FORBIDDEN_CHARACTERS: Final = re.compile(r"[\x00-\x20\x7f\\]")
SAFE: Final = "%/:?#[]@!$&'()*+,;=-._~"


class BadTarget(ValueError):
    """It can't be read, and why, in words that end a sentence beginning with what it is."""


@dataclass(frozen=True, slots=True)
class Host:
    """Where to connect: `name` in ASCII for look-ups and certificates, or an address as it is."""

    name: str
    address: Address | None = None

    def in_url(self) -> str:
        """With brackets where it is an IPv6 address."""
        return f"[{self.name}]" if self.address is not None and self.address.version == 6 else self.name


@dataclass(frozen=True, slots=True)
class Target:
    """A URL, taken apart. `path` has its query, in ASCII, never empty."""

    scheme: Literal["http", "https"]
    host: Host
    port: int
    path: str

    def host_header(self) -> str:
        """As HTTP wants it: with a port only where it is not the scheme's own."""
        return self.host.in_url() if self.port == DEFAULT_PORTS[self.scheme] else f"{self.host.in_url()}:{self.port}"

    def text(self) -> str:
        """The whole URL."""
        return f"{self.scheme}://{self.host_header()}{self.path}"

    def may_have_secrets_of(self, first: "Target") -> bool:
        """Whether what was meant for `first` may go here: the same host and port, or the same host made secure."""
        if self.host.name != first.host.name:
            return False
        if (self.scheme, self.port) == (first.scheme, first.port):
            return True
        return (first.scheme, first.port, self.scheme, self.port) == ("http", 80, "https", 443)


def read_host(text: str) -> Host:
    """Read a name (international ones too) or an address. Raises BadTarget."""
    if len(text) > 253:
        raise BadTarget("is longer than 253 characters")
    if "%" in text:
        raise BadTarget("must not hold a percent sign (a zone or an escape)")
    found = literal(text.strip("[]") if text.startswith("[") else text)
    if found is not None:
        return Host(str(found), found)
    name = text if text.isascii() else _ascii(text)
    found = literal(name)
    if found is not None or spells_address(name):
        raise BadTarget("must spell an address in full: four decimal numbers, or an IPv6 address")
    if NAME.fullmatch(name) is None:
        raise BadTarget("is neither a host name nor an address")
    return Host(name.lower().removesuffix("."))


def read_url(text: str) -> Target:
    """Read an http or https URL. Raises BadTarget."""
    if len(text) > MAX_URL:
        raise BadTarget(f"is longer than {MAX_URL:,} characters")
    if FORBIDDEN_CHARACTERS.search(text):
        raise BadTarget("must not hold spaces, control characters or backslashes")
    parts = URL.fullmatch(text)
    if parts is None:
        raise BadTarget("must begin with http:// or https://")
    if "@" in parts["authority"]:
        raise BadTarget("must not hold a user name or password; `auth` is for those")
    authority = AUTHORITY.fullmatch(parts["authority"])
    if authority is None:
        raise BadTarget("must name a host, and at most a port beside it")
    scheme: Literal["http", "https"] = "https" if parts["scheme"].lower() == "https" else "http"
    port = int(authority["port"]) if authority["port"] else DEFAULT_PORTS[scheme]
    if not 1 <= port <= 65_535:
        raise BadTarget("must have a port of 1 to 65535")
    path = quote((parts["path"] or "/") + (parts["query"] or ""), safe=SAFE)
    return Target(scheme, read_host(authority["host"]), port, path)


def follow(base: Target, location: str) -> Target:
    """Where a redirect leads. Raises BadTarget."""
    if len(location) > MAX_URL:
        raise BadTarget(f"is longer than {MAX_URL:,} characters")
    try:
        return read_url(urljoin(base.text(), quote(location.strip(" \t"), safe=SAFE)))
    except BadTarget:
        raise
    except ValueError:
        raise BadTarget("is not a URL") from None


def bad(what: str, error: BadTarget) -> Failed:
    """The configuration says something that can't be read: no reason to think that anything is down."""
    return Failed(Reason.BAD_CONFIGURATION, f"{what} {error}.", CheckStatus.UNKNOWN)


def _ascii(text: str) -> str:
    try:
        return idna.encode(text, uts46=True).decode()
    except (idna.IDNAError, UnicodeError):
        raise BadTarget("is not a host name that can be written in ASCII (IDNA 2008)") from None
