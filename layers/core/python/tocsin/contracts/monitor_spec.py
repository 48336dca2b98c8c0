"""What a monitor checks, by kind: the part of it that the API takes, the configuration carries and a check obeys.

A text that says so may hold `{{name}}`, in whose place the check puts the monitor's secret of that name.
"""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from tocsin.domain.monitor import MonitorKind

MAX_HEADERS: Final = 50
MAX_ASSERTIONS: Final = 20
MAX_REDIRECTS: Final = 3


class Spec(BaseModel):
    """Unknown fields are refused: a misspelt assertion would check nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class StatusAssertion(Spec):
    """The status is one of these codes or classes (`2xx`), or lies within `200-299`."""

    type: Literal["status"] = "status"
    codes: list[str] = Field(min_length=1, max_length=50)


class BodyAssertion(Spec):
    """The body contains a text, or doesn't; equals it; or an RE2 expression matches somewhere in it, or doesn't."""

    type: Literal["body"] = "body"
    comparison: Literal["contains", "not_contains", "equals", "matches", "not_matches"]
    value: str = Field(min_length=1, max_length=2_000)


class JsonAssertion(Spec):
    """What an RFC 9535 path selects in the JSON body. Without `value` only for `exists` and `not_exists`."""

    type: Literal["json"] = "json"
    path: str = Field(min_length=1, max_length=500)
    comparison: Literal[
        "exists", "not_exists", "equals", "not_equals", "contains", "matches", "less_than", "greater_than"
    ]
    value: str | float | bool | None = None


class HeaderAssertion(Spec):
    """A header of the answer, by its name in any case."""

    type: Literal["header"] = "header"
    name: str = Field(min_length=1, max_length=200)
    comparison: Literal["exists", "not_exists", "equals", "not_equals", "contains", "matches"]
    value: str | None = Field(default=None, max_length=2_000)


class LatencyAssertion(Spec):
    """A part of the time it took is shorter than `less_than_ms`; otherwise the monitor is down, or only degraded."""

    type: Literal["latency"] = "latency"
    part: Literal["dns", "connect", "tls", "first_byte", "total"] = "total"
    less_than_ms: int = Field(ge=1, le=60_000)
    otherwise: Literal["degraded", "down"] = "degraded"


type Assertion = Annotated[
    StatusAssertion | BodyAssertion | JsonAssertion | HeaderAssertion | LatencyAssertion, Field(discriminator="type")
]


class Header(Spec):
    """One request header; its value may hold secrets."""

    name: str = Field(min_length=1, max_length=200)
    value: str = Field(max_length=8_000)


class BasicAuth(Spec):
    """HTTP Basic; the password is usually a secret, `{{password}}`."""

    type: Literal["basic"] = "basic"
    username: str = Field(min_length=1, max_length=500)
    password: str = Field(max_length=500)


class BearerAuth(Spec):
    """A bearer token, usually a secret, `{{token}}`."""

    type: Literal["bearer"] = "bearer"
    token: str = Field(min_length=1, max_length=8_000)


type Auth = Annotated[BasicAuth | BearerAuth, Field(discriminator="type")]
type IpVersion = Literal["any", "4", "6"]


class Certificate(Spec):
    """What is asked of a TLS certificate: trusted, of the right name, and valid for days to come."""

    verify: bool = True
    warn_days: list[int] = Field(default_factory=lambda: [14, 7, 1], max_length=10)
    """Degraded when it expires within so many days; each of them is told once."""
    server_name: str | None = Field(default=None, max_length=253)
    """The name that is asked for and expected, where it isn't the host's."""


class HttpSpec(Spec):
    """One request, followed to its answer. URL, header values, body and auth may hold secrets, the URL not in its host.

    Without an assertion of status the answer must be a 2xx; 3xx too where redirects are not followed.
    """

    kind: Literal[MonitorKind.HTTP] = MonitorKind.HTTP
    url: str = Field(min_length=1, max_length=2_000)
    method: Literal["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] = "GET"
    headers: list[Header] = Field(default_factory=list[Header], max_length=MAX_HEADERS)
    body: str | None = Field(default=None, max_length=100_000)
    auth: Auth | None = None
    follow_redirects: bool = True
    ip_version: IpVersion = "any"
    certificate: Certificate = Certificate()
    assertions: list[Assertion] = Field(default_factory=list[Assertion], max_length=MAX_ASSERTIONS)


class TlsSpec(Spec):
    """A handshake with a server that speaks TLS at once."""

    kind: Literal[MonitorKind.TLS] = MonitorKind.TLS
    host: str = Field(min_length=1, max_length=253)
    port: int = Field(default=443, ge=1, le=65_535)
    ip_version: IpVersion = "any"
    certificate: Certificate = Certificate()
    assertions: list[LatencyAssertion] = Field(default_factory=list[LatencyAssertion], max_length=MAX_ASSERTIONS)


class TcpSpec(Spec):
    """A connection; with `send` something is sent (it may hold secrets), with `expect` an RE2 expression must match."""

    kind: Literal[MonitorKind.TCP] = MonitorKind.TCP
    host: str = Field(min_length=1, max_length=253)
    port: int = Field(ge=1, le=65_535)
    tls: bool = False
    send: str | None = Field(default=None, max_length=8_000)
    """Sent as UTF-8; `\\r`, `\\n`, `\\t`, `\\\\` and `\\xNN` stand for bytes."""
    expect: str | None = Field(default=None, max_length=2_000)
    ip_version: IpVersion = "any"
    certificate: Certificate = Certificate()
    assertions: list[LatencyAssertion] = Field(default_factory=list[LatencyAssertion], max_length=MAX_ASSERTIONS)


type RecordType = Literal["A", "AAAA", "CAA", "CNAME", "MX", "NS", "PTR", "SOA", "SRV", "TXT"]


class DnsSpec(Spec):
    """A question to a resolver (without one: the region's own) and what the answer must hold."""

    kind: Literal[MonitorKind.DNS] = MonitorKind.DNS
    name: str = Field(min_length=1, max_length=253)
    record_type: RecordType = "A"
    resolver: str | None = Field(default=None, max_length=253)
    """A name or address, with `:port` where it isn't 53."""
    expect: list[str] = Field(default_factory=list[str], max_length=50)
    """Values as in a zone file."""
    match: Literal["all", "any", "exactly"] = "all"
    """All of `expect` are in the answer, one of them is, or they are all that is in it."""
    assertions: list[LatencyAssertion] = Field(default_factory=list[LatencyAssertion], max_length=MAX_ASSERTIONS)


class HeartbeatSpec(Spec):
    """When something else reports: every `interval_seconds`, or by a cron expression in a time zone, with a grace."""

    kind: Literal[MonitorKind.HEARTBEAT] = MonitorKind.HEARTBEAT
    interval_seconds: int | None = Field(default=None, ge=10, le=31_536_000)
    cron: str | None = Field(default=None, min_length=1, max_length=200)
    time_zone: str = "UTC"
    grace_seconds: int = Field(default=300, ge=10, le=31_536_000)
    """How late it may be; how long a run may take that has told its start."""
    methods: Literal["any", "post"] = "any"
    slug: str | None = Field(default=None, pattern=r"^[a-z0-9_-]{1,100}$")
    """By which the organization's ping keys find it, beside its own URL."""


type MonitorSpec = Annotated[HttpSpec | TlsSpec | TcpSpec | DnsSpec | HeartbeatSpec, Field(discriminator="kind")]
