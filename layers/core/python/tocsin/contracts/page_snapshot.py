"""All that may be public of a status page: what `publish` writes its documents from, and nothing else is written.

A field is here because a stranger may read it. There is no person, address, internal URL, header, excerpt, tenant or
team in it, and a test walks the model to keep it so.
"""

from datetime import date
from typing import Final, Literal
from uuid import UUID

from pydantic import Field

from tocsin.contracts.message import Instant, Message
from tocsin.domain.monitor import Origin
from tocsin.domain.status_page import ComponentStatus, Impact, ReportKind, ReportStatus

SNAPSHOT_VERSION = 1
type SubscribeChannel = Literal["email", "webhook", "slack"]
MAX_REPORTS: Final = 200
"""So many of a page's reports are in its snapshot; those not over first."""
NEWEST_REPORTS: Final = 50
"""So many are in it however old they are, for feeds are not to be empty because all has long been well."""


class PageTheme(Message):
    """How a page looks. Colours are `#rrggbb`, with enough contrast on their grounds; `logo` is a file's name."""

    accent: str | None = None
    accent_dark: str | None = None
    logo: str | None = None
    logo_dark: str | None = None
    logo_alt: str = ""


class DayBar(Message):
    """A calendar day in the page's zone. `uptime` is from 0 to 1, none where nothing is known.

    `worst` is the worst that the component was that day, outside of maintenance; of a day on which nothing was
    known it is none.
    """

    day: date
    uptime: float | None = None
    worst: ComponentStatus | None = None
    down_seconds: int = 0
    degraded_seconds: int = 0
    maintenance_seconds: int = 0
    unknown_seconds: int = 0
    is_final: bool = False
    """Whether it will never be corrected again."""


class Figures(Message):
    """What a component's figures rest on: of which origin, how many checks, the first and the last.

    Latencies are of the last 24 hours, in milliseconds, by hour; none where the page shows none.
    """

    origin: Origin
    checks: int = 0
    first_at: Instant | None = None
    last_at: Instant | None = None
    uptime_90_days: float | None = None
    latency_p50_ms: float | None = None
    latency_p95_ms: float | None = None
    latency_by_hour: list[float | None] = Field(default_factory=list[float | None])


class SnapshotComponent(Message):
    """A component. Without `figures` it is kept by hand. `is_stale`: its checks have not been heard of for too long,
    and `status` is what was known last.
    """

    id: UUID
    name: str
    description: str = ""
    group_id: UUID | None = None
    position: int
    status: ComponentStatus
    since: Instant
    is_stale: bool = False
    only_if_degraded: bool = False
    created_at: Instant
    updated_at: Instant
    figures: Figures | None = None
    days: list[DayBar] = Field(default_factory=list[DayBar])
    """Oldest first, today last; empty where the page shows none."""


class SnapshotGroup(Message):
    """Components that are shown together."""

    id: UUID
    name: str
    description: str = ""
    position: int
    is_collapsed: bool = False
    created_at: Instant
    updated_at: Instant


class AffectedComponent(Message):
    """What an update says of a component, by the name it had or has. It may be gone from the page."""

    id: UUID
    name: str
    old_status: ComponentStatus
    new_status: ComponentStatus


class SnapshotUpdate(Message):
    """An update of a report; `body` is plain text with paragraphs."""

    id: UUID
    status: ReportStatus
    body: str
    display_at: Instant
    created_at: Instant
    updated_at: Instant
    affected: list[AffectedComponent] = Field(default_factory=list[AffectedComponent])


class SnapshotReport(Message):
    """A status report with its updates, newest first. `scheduled_for` and `scheduled_until` are maintenance's."""

    id: UUID
    kind: ReportKind
    title: str
    status: ReportStatus
    impact: Impact
    started_at: Instant
    created_at: Instant
    updated_at: Instant
    monitoring_at: Instant | None = None
    resolved_at: Instant | None = None
    scheduled_for: Instant | None = None
    scheduled_until: Instant | None = None
    component_ids: list[UUID] = Field(default_factory=list[UUID])
    updates: list[SnapshotUpdate] = Field(default_factory=list[SnapshotUpdate])
    sequence: int = 0
    """Raised by every change, for calendars."""


class SnapshotMonth(Message):
    """A calendar month (YYYY-MM) in the page's zone: how many reports began in it, and when the last of them changed.

    They themselves are given to what writes the month's documents, and to nothing else: there may be thousands.
    """

    month: str
    reports: int
    updated_at: Instant


class PageSnapshot(Message):
    """A page at an instant. `number` rises with every snapshot of the page: an older one never replaces a newer one.

    `url` is where the page is, without a slash at its end. `key_prefix` is the folder of the bucket it is published
    under, with neither. `reports` are those not over, those over of the last 90 days, and the NEWEST_REPORTS of any
    age, newest first by `started_at`, no more than MAX_REPORTS; `months` says for which months there are any, newest
    first.
    """

    version: int = SNAPSHOT_VERSION
    number: int
    page_id: UUID
    key_prefix: str
    url: str
    name: str
    description: str = ""
    home_url: str | None = None
    support_url: str | None = None
    time_zone: str
    language: Literal["en"] = "en"
    theme: PageTheme = PageTheme()
    is_demo: bool = False
    is_indexed: bool = True
    as_of: Instant
    updated_at: Instant
    """When anything but the figures last changed."""
    indicator: Impact
    groups: list[SnapshotGroup] = Field(default_factory=list[SnapshotGroup])
    components: list[SnapshotComponent] = Field(default_factory=list[SnapshotComponent])
    reports: list[SnapshotReport] = Field(default_factory=list[SnapshotReport])
    months: list[SnapshotMonth] = Field(default_factory=list[SnapshotMonth])
    subscribe_url: str | None = None
    """Where the form for subscribers posts to; none where the page takes no subscribers."""
    subscribe_channels: list[SubscribeChannel] = Field(default_factory=list[SubscribeChannel])
