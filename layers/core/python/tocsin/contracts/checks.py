"""publish → mirror → check: what to check. check → verdict: what came of it. api, check → check: check this now."""

from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import Field, field_validator

from tocsin.contracts.message import Instant, Message
from tocsin.contracts.monitor_spec import DnsSpec, HttpSpec, TcpSpec, TlsSpec
from tocsin.contracts.subscribers import SubscriberWish
from tocsin.domain.monitor import CheckStatus, Origin, Reason

CONFIG_PREFIX: Final = "checks/"
COMMAND_PREFIX: Final = "commands/"
BUFFER_PREFIX: Final = "buffer/"
MAX_DETAIL: Final = 500
MAX_EXCERPT: Final = 2_000
MAX_ATTEMPTS: Final = 100
MAX_MILLISECONDS: Final = 86_400_000

type Number = Annotated[int, Field(ge=0, lt=2**31)]


def config_key(region: str, shard: int) -> str:
    """Where the configuration of a shard of a region is, in the home bucket and in the region's own."""
    return f"{CONFIG_PREFIX}{region}/{shard:04}.json"


class CheckMonitor(Message):
    """A monitor as a check needs it. `sealed` is the JWE of its secrets by name; `version` rises with every edit."""

    monitor_id: UUID
    org_id: UUID
    version: int
    interval_seconds: int
    timeout_seconds: float
    spec: Annotated[HttpSpec | TlsSpec | TcpSpec | DnsSpec, Field(discriminator="kind")]
    sealed: str | None = None
    origin: Origin = Origin.LIVE
    regions: list[str] = Field(default_factory=list[str])
    """All that check it: the others are asked when it fails in one."""


class CheckConfig(Message):
    """All of one shard of one region, complete. `controls` are addresses (https://, tcp://) that answer if anything
    does; `spread_seconds` is over how much of an interval starts are spread.
    """

    written_at: Instant
    region: str
    shard: int
    shards: int
    spread_seconds: float
    controls: list[str] = Field(default_factory=list[str])
    monitors: list[CheckMonitor] = Field(default_factory=list[CheckMonitor])


def _milliseconds(value: float | None) -> float | None:
    if value is not None and not 0 <= value <= MAX_MILLISECONDS:
        raise ValueError(f"must be from 0 to {MAX_MILLISECONDS} ms")
    return value


class Timings(Message):
    """Milliseconds of each part that was reached, and of the whole, redirects included."""

    dns: float | None = None
    connect: float | None = None
    tls: float | None = None
    first_byte: float | None = None
    total: float

    @field_validator("*")
    @classmethod
    def _can_be(cls, value: float | None) -> float | None:
        return _milliseconds(value)


class SeenCertificate(Message):
    """The certificate that a server showed; `fingerprint` is the hex SHA-256 of its DER form."""

    subject: str = Field(max_length=500)
    issuer: str = Field(max_length=500)
    names: list[Annotated[str, Field(max_length=MAX_DETAIL)]] = Field(default_factory=list[str], max_length=20)
    fingerprint: str = Field(max_length=MAX_DETAIL)
    not_before: Instant
    not_after: Instant


class CheckResult(Message):
    """One check, after its retry. `tick` is when it was due in its region, the grid instant and the region's phase, or
    when it was asked for, then with `command_id`: its identity with monitor and region, in the order of checking.
    `checked_at` is when its last attempt began.
    """

    monitor_id: UUID
    version: Number
    tick: Instant
    checked_at: Instant
    status: CheckStatus
    reason: Reason | None = None
    detail: str | None = Field(default=None, max_length=MAX_DETAIL)
    attempts: int = Field(default=1, ge=0, le=MAX_ATTEMPTS)
    address: str | None = Field(default=None, max_length=MAX_DETAIL)
    http_status: int | None = None
    timings: Timings | None = None
    certificate: SeenCertificate | None = None
    excerpt: str | None = Field(default=None, max_length=MAX_EXCERPT)
    """The beginning of an answer that was not as expected, for those who may see it; never with secrets in it."""
    origin: Origin = Origin.LIVE
    command_id: UUID | None = None


class ShardReport(Message):
    """What a shard did in a window of ticks, whether or not anything failed: so that silence is noticed."""

    shard: Number
    starts_at: Instant
    ends_at: Instant
    due: Number
    done: Number
    missed: Number
    """Due and never begun, for whatever reason."""
    blind_since: Instant | None = None
    """Since when the region's own control addresses fail too."""
    lateness_ms_p99: float | None = None

    @field_validator("lateness_ms_p99")
    @classmethod
    def _can_be(cls, value: float | None) -> float | None:
        return _milliseconds(value)


class ResultBatch(Message):
    """check, probes → verdict. `sequence` orders the batches of a probe, whose certificate says what its region is."""

    batch_id: UUID
    region: str
    sent_at: Instant
    probe_id: UUID | None = None
    sequence: int | None = None
    results: list[CheckResult] = Field(default_factory=list[CheckResult])
    reports: list[ShardReport] = Field(default_factory=list[ShardReport])


class Ping(Message):
    """What a heartbeat's URL was told."""

    ping_id: UUID
    received_at: Instant
    key_hash: str = Field(pattern=r"^[0-9a-f]{64}$")
    """Hex SHA-256 of the heartbeat's own key or, with a slug, of a ping key of its organization."""
    slug: str | None = Field(default=None, pattern=r"^[a-z0-9_-]{1,100}$")
    create: bool = False
    action: Literal["success", "start", "fail", "log"]
    exit_status: int | None = None
    run_id: UUID | None = None
    method: str = "GET"
    user_agent: str | None = Field(default=None, max_length=200)
    duration_ms: float | None = None
    body: str | None = Field(default=None, max_length=10_000)


class Visit(Message):
    """What a page with a beacon has told of one visit: whether it loaded, and in how many milliseconds.

    Without `visit_id` one that a queue brings twice counts twice.
    """

    visit_id: UUID | None = None
    key_hash: str = Field(pattern=r"^[0-9a-f]{64}$")
    received_at: Instant
    ok: bool
    load_ms: float | None = Field(default=None, ge=0, le=600_000)


class ResultsMessage(Message):
    """What the queue `results` carries: a batch packed (base64 of gzipped JSON); pings and visits as they are; what
    subscribers of status pages wish; or the sweep's mark, which shows by arriving how far the queue has been read.
    """

    kind: Literal["results", "pings", "visits", "wishes", "mark"]
    packed: str | None = None
    pings: list[Ping] = Field(default_factory=list[Ping])
    visits: list[Visit] = Field(default_factory=list[Visit])
    wishes: list[SubscriberWish] = Field(default_factory=list[SubscriberWish])
    marked_at: Instant | None = None


class Command(Message):
    """Check this now: to confirm what failed elsewhere, or because somebody asked. `tick` becomes the results'."""

    command_id: UUID
    kind: Literal["confirm", "run"]
    asked_at: Instant
    asked_by: str
    tick: Instant
    regions: list[str]
    monitor: CheckMonitor
