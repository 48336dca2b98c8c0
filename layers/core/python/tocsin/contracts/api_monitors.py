"""The public API's models of monitors: what is checked, from where, what it takes to believe a failure, and runs."""

from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StrictInt, StringConstraints, model_validator

from tocsin.contracts.api import Answer, Input, Name, storable
from tocsin.contracts.api_schedules import Description
from tocsin.contracts.checks import SeenCertificate, Timings
from tocsin.contracts.message import Instant
from tocsin.contracts.monitor_spec import MonitorSpec
from tocsin.domain.incident import Severity
from tocsin.domain.monitor import CheckStatus, MonitorKind, Origin, Reason

TAGS: Final = 50
REGIONS: Final = 50
SECRETS: Final = 20
SECRET_LENGTH: Final = 8_000
IMPORTED: Final = 500
DAY_SECONDS: Final = 86_400

Tag = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), AfterValidator(storable)]
Region = Annotated[
    str,
    Field(max_length=100, description="A region of the deployment, like eu-west-1, or private:<private location>."),
    AfterValidator(storable),
]
SecretName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,63}$")]
Secret = Annotated[str, StringConstraints(min_length=1, max_length=SECRET_LENGTH), AfterValidator(storable)]
Tags = Annotated[list[Tag], Field(max_length=TAGS)]
Regions = Annotated[
    list[Region], Field(max_length=REGIONS, description="From where it is checked; left out: from all regions.")
]
Secrets = Annotated[
    dict[SecretName, Secret | None],
    Field(
        max_length=SECRETS,
        description="What stands for {{name}} in the spec, all of it; null keeps the one there is. Never shown again."
        " Left out: those there are stay, as far as the spec still names them.",
    ),
]
Interval = Annotated[
    StrictInt,
    Field(description="Seconds between two checks in one region: 10, 15, 20, 30, 60, 120, 180, 300, 600, 900, …"),
]
Timeout = Annotated[float, Field(ge=1, le=60, description="Seconds that one attempt may take, redirects included.")]
Quorum = Annotated[
    StrictInt,
    Field(ge=1, le=REGIONS, description="In how many regions it must be down. Null: in more than half of them."),
]
InARow = Annotated[StrictInt, Field(ge=1, le=20)]
Wait = Annotated[StrictInt, Field(ge=0, le=DAY_SECONDS)]


class Checking(Input):
    """How a monitor is checked and what it takes to believe what comes of it.

    In a region so many failures in a row (each after an attempt and a retry 2 s later) make it down, so many successes
    up. Down in `quorum` regions for `confirmation_seconds` it is down, and up again after `recovery_seconds` of less.
    """

    interval_seconds: Interval = 60
    timeout_seconds: Timeout = 10
    quorum: Quorum | None = None
    failures_to_down: InARow = 2
    successes_to_up: InARow = 2
    confirmation_seconds: Wait = 0
    recovery_seconds: Wait = 300


class MonitorInput(Checking):
    """A whole monitor. It pages by its service, with incidents of this severity. A heartbeat has no regions."""

    name: Name
    description: Description = ""
    service_id: UUID
    team_id: UUID | None = None
    group_id: UUID | None = None
    tags: Tags = Field(default_factory=list[str])
    severity: Severity = Severity.CRITICAL
    spec: MonitorSpec
    regions: Regions | None = None
    secrets: Secrets | None = None


class MonitorCopy(Input):
    """What to call a copy of a monitor. It is paused at first, unless you say otherwise."""

    name: Name
    team_id: UUID | None = None
    paused: bool = True


class MonitorTest(Input):
    """A check to try, of which nothing is saved. Secrets that are null are those of the monitor `monitor_id`."""

    spec: MonitorSpec
    timeout_seconds: Timeout = 10
    regions: Regions | None = None
    secrets: Secrets | None = None
    team_id: UUID | None = None
    monitor_id: UUID | None = None


class MonitorRegion(Answer):
    """What a monitor is in one region, and what came of its last check there."""

    region: str
    status: CheckStatus
    since: Instant
    last_checked_at: Instant
    last_status: CheckStatus
    last_reason: Reason | None
    last_latency_ms: float | None


class MonitorConfig(Answer):
    """A monitor as people have configured it."""

    id: UUID
    name: str
    description: str
    service_id: UUID
    team_id: UUID | None
    group_id: UUID | None
    tags: list[str]
    severity: Severity
    kind: MonitorKind
    spec: MonitorSpec
    regions: list[str]
    interval_seconds: int
    timeout_seconds: float
    quorum: int | None
    failures_to_down: int
    successes_to_up: int
    confirmation_seconds: int
    recovery_seconds: int
    secret_names: list[str]
    origin: Origin
    paused_at: Instant | None
    paused_by: str | None
    version: int
    created_at: Instant
    created_by: str
    updated_at: Instant


class Monitor(MonitorConfig):
    """A monitor with what it is now; send its version as If-Match to change it. One never checked is unknown.

    While it is paused nothing is known of it, within seconds. Of a heartbeat, `expected_at` is when it should hear
    again, and `late_at` when it is down unless it has; neither is set before its first ping. With a beacon,
    `beacon_hint` is how its key ends.
    """

    status: CheckStatus = CheckStatus.UNKNOWN
    since: Instant | None = None
    pending_status: CheckStatus | None = None
    is_flapping: bool = False
    is_stale: bool = False
    last_checked_at: Instant | None = None
    in_regions: list[MonitorRegion] = Field(default_factory=list[MonitorRegion])
    ping_hint: str | None = None
    slug: str | None = None
    expected_at: Instant | None = None
    late_at: Instant | None = None
    beacon_hint: str | None = None


class NewMonitor(Monitor):
    """A monitor just made; of a heartbeat `ping_url` is where it reports to, shown this once."""

    ping_url: str | None = None


class MonitorPage(Answer):
    """Monitors by name."""

    items: list[Monitor]
    next_cursor: str | None


# ── groups ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class MonitorGroupInput(Input):
    """A group of monitors; those of the lowest position come first."""

    name: Name
    position: Annotated[StrictInt, Field(ge=0, le=10_000)] = 0


class MonitorGroup(Answer):
    """A group of monitors; send its version as If-Match to change it."""

    id: UUID
    name: str
    position: int
    version: int
    created_at: Instant
    monitors: int


class MonitorGroups(Answer):
    """All groups, by position and name."""

    items: list[MonitorGroup]


# ── runs ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


class RunResult(Answer):
    """What a check came to in one region. The excerpt of an answer is for those who may run monitors."""

    region: str
    checked_at: Instant
    status: CheckStatus
    reason: Reason | None = None
    detail: str | None = None
    attempts: int
    address: str | None = None
    http_status: int | None = None
    timings: Timings | None = None
    certificate: SeenCertificate | None = None
    excerpt: str | None = None


class MonitorRun(Answer):
    """A check that somebody asked for: its results as they come in. Regions that never answer stay in `waiting_for`."""

    id: UUID
    monitor_id: UUID | None
    asked_at: Instant
    asked_by: str
    regions: list[str]
    waiting_for: list[str]
    results: list[RunResult]


# ── export and import ─────────────────────────────────────────────────────────────────────────────────────────────────


class MonitorEntry(Checking):
    """A monitor as a document tells it: everything it belongs to by name. Its own name says which one it is."""

    name: Name
    description: Description = ""
    service: Name
    team: Name | None = None
    group: Name | None = None
    tags: Tags = Field(default_factory=list[str])
    severity: Severity = Severity.CRITICAL
    spec: MonitorSpec
    regions: Regions | None = None
    secrets: Secrets | None = None
    paused: bool = False


class MonitorsDocument(Input):
    """Monitors to import, or as they were exported. Groups that are not there yet are made; nothing is deleted."""

    monitors: Annotated[list[MonitorEntry], Field(max_length=IMPORTED)]

    @model_validator(mode="after")
    def _once(self) -> "MonitorsDocument":
        names = [entry.name for entry in self.monitors]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise ValueError(f"has two monitors called “{twice}”; each needs a name of its own")
        return self


class FieldChange(Answer):
    """One field that an import changes, before and after, as JSON. What secrets are is not told."""

    field: str
    before: object = None
    after: object = None


class ImportedMonitor(Answer):
    """What an import did to a monitor, or would do."""

    name: str
    action: Literal["create", "update", "unchanged"]
    id: UUID | None
    changes: list[FieldChange]
    ping_url: str | None = None


class ImportReport(Answer):
    """What an import did, or in a dry run would do."""

    dry_run: bool
    created: int
    updated: int
    unchanged: int
    items: list[ImportedMonitor]
