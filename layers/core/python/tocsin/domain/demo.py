"""The demo: who may open it how often, when it is made anew, and the story it tells. All of it is made up."""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

NAMES: Final = UUID("d3b07a11-70c5-4d10-8c0f-000000000dee")
"""What the ids of the demo are made from: they stay the same whenever it is made anew, and so do links to it."""
ORGANIZATION_ID: Final = uuid5(NAMES, "organization")
ORGANIZATION: Final = "Tocsin demo"
DOMAIN: Final = "tocsin-demo.example"
"""Of everybody's address: a name that nobody can have (RFC 2606)."""
LIFE: Final = timedelta(hours=1)
OPENED_BY_ONE: Final = 10
"""How many visits one network may open within an hour."""
OPENED_BY_ALL: Final = 500
"""How many visits are opened within an hour in all."""
REFRESHED_EVERY: Final = timedelta(days=1)
_IPV6_NETWORK: Final = 64


def network_of(address: str) -> str:
    """What visits are counted by: an IPv4 address, or the network that one customer has all the IPv6 addresses of."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, _IPV6_NETWORK), strict=False))


def is_stale(planted_at: datetime | None, now: datetime) -> bool:
    """Whether it is time to make the demo anew."""
    return planted_at is None or now - planted_at >= REFRESHED_EVERY


def id_of(*name: object) -> UUID:
    """The id of a thing of the demo, the same whenever it is made anew."""
    return uuid5(NAMES, "/".join(map(str, name)))


@dataclass(frozen=True, slots=True)
class Someone:
    """A member of the demo organization, who never was."""

    name: str
    role: str
    has_slack: bool = False

    @property
    def first(self) -> str:
        """What the story calls them."""
        return self.name.partition(" ")[0]

    @property
    def email(self) -> str:
        """An address that nothing can be delivered to."""
        return f"{self.first.lower()}@{DOMAIN}"


@dataclass(frozen=True, slots=True)
class Team:
    """People who own services and policies together; the first leads."""

    name: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """Steps of (minutes after the one before, first names), in so many rounds."""

    name: str
    team: str
    steps: tuple[tuple[int, tuple[str, ...]], ...]
    rounds: int = 1
    round_minutes: int = 10


@dataclass(frozen=True, slots=True)
class Rota:
    """A schedule of a team: by the week around the clock, and on top of it, in office hours, by the day."""

    name: str
    team: str
    time_zone: str
    by_week: tuple[str, ...]
    by_day: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """What can break, and the tool that says so."""

    name: str
    team: str
    policy: str
    integration: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What is done with events that a condition in CEL matches."""

    name: str
    condition: str
    suppress: bool = False
    urgency: str | None = None
    hold_seconds: int | None = None
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """Hours in which services are worked on, again and again by an RFC 5545 rule; the first began so long ago."""

    name: str
    services: tuple[str, ...]
    time_zone: str
    ago: timedelta
    length: timedelta
    recurrence: str


@dataclass(frozen=True, slots=True)
class Plot:
    """An incident: when it began, who acknowledged and resolved it how long after, and what was written meanwhile.

    Nobody in `resolved` means that the tool said it was over. `bounces` are people whose mail comes back, `slow` those
    whose mail needs a second attempt.
    """

    key: str
    service: str
    title: str
    severity: str
    source: str
    ago: timedelta
    acknowledged: tuple[timedelta, str] | None = None
    resolved: tuple[timedelta, str | None] | None = None
    events: int = 1
    notes: tuple[tuple[timedelta, str, str], ...] = ()
    bounces: tuple[str, ...] = ()
    slow: tuple[str, ...] = ()


def _m(minutes: float) -> timedelta:
    return timedelta(minutes=minutes)


def _ago(days: int = 0, hours: int = 0, minutes: int = 0) -> timedelta:
    return timedelta(days=days, hours=hours, minutes=minutes)


PEOPLE: Final = (
    Someone("Maya Okafor", "owner", has_slack=True),
    Someone("Jonas Berg", "admin"),
    Someone("Priya Nair", "responder", has_slack=True),
    Someone("Tomas Lindqvist", "responder"),
    Someone("Elena Rossi", "responder", has_slack=True),
    Someone("Sam Carter", "viewer"),
)
INVITED: Final = Someone("Lena Fischer", "responder")
TEAMS: Final = (Team("Platform", ("Jonas", "Priya", "Tomas")), Team("Payments", ("Maya", "Elena", "Priya")))
POLICIES: Final = (
    Policy("Platform, day and night", "Platform", ((0, ("Tomas",)), (5, ("Priya", "Jonas"))), rounds=2),
    Policy("Payments, day and night", "Payments", ((0, ("Elena",)), (5, ("Priya",)), (10, ("Maya",)))),
    Policy("When somebody has time", "Platform", ((0, ("Jonas",)),), round_minutes=30),
)
ROTAS: Final = (
    Rota("Payments", "Payments", "Europe/Rome", ("Elena", "Maya", "Priya"), ("Priya", "Elena")),
    Rota("Platform", "Platform", "Europe/Stockholm", ("Tomas", "Jonas"), ("Jonas", "Priya", "Tomas")),
)
SERVICES: Final = (
    Service("Checkout", "Payments", "Payments, day and night", "Datadog"),
    Service("Payments API", "Payments", "Payments, day and night", "Alertmanager"),
    Service("Search", "Platform", "Platform, day and night", "Alertmanager"),
    Service("Primary database", "Platform", "Platform, day and night", "CloudWatch"),
    Service("Certificates and backups", "Platform", "When somebody has time", "Cron jobs"),
)
DEPENDENCIES: Final = (
    ("Checkout", "Payments API"),
    ("Payments API", "Primary database"),
    ("Search", "Primary database"),
)
"""Services with those they depend on."""
RULES: Final = (
    Rule("Staging pages nobody", "labels.env == 'staging'", suppress=True),
    Rule("Warnings can wait", "event.severity == 'warning'", urgency="low", continues=True),
    Rule("Replicas catch up by themselves", "event.summary.contains('behind')", hold_seconds=300),
)
WINDOWS: Final = (
    Window("Vacuum and upgrades", ("Primary database",), "Europe/Stockholm", _ago(56), _m(120), "FREQ=WEEKLY;BYDAY=SU"),
)
PLOTS: Final = (
    Plot(
        "search-latency", "Search", "Search p99 above 2 s in eu-central-1", "error", "search-7f9c", _ago(6, 3, 12),
        (_m(2.4), "Tomas"), (_m(31), None), events=9,
        notes=((_m(9), "Tomas", "One shard is merging segments. Throttled the reindex job, latency is coming down."),),
    ),
    Plot(
        "backup-missing", "Certificates and backups", "Nightly backup of billing did not finish", "warning", "cron-2",
        _ago(5, 9, 40), (_m(22), "Jonas"), (_m(75), "Jonas"),
        notes=((_m(70), "Jonas", "The snapshot had run out of its quota. Raised it, ran the job by hand."),),
    ),
    Plot(
        "checkout-500", "Checkout", "5xx rate of checkout is 8.2 %", "critical", "edge-lb", _ago(4, 16, 5),
        (_m(1.6), "Elena"), (_m(24), "Elena"), events=14,
        notes=(
            (_m(4), "Elena", "Began with the deploy of 14:02. Rolling back."),
            (_m(11), "Priya", "Rolled back in all regions, error rate is at 0.3 %."),
            (_m(23), "Elena", "Cause: a missing index on orders.coupon_id. Follow-up is in the tracker."),
        ),
    ),
    Plot(
        "disk-db-1", "Primary database", "Disk of db-1 is 91 % full", "error", "db-1", _ago(3, 22, 31),
        (_m(8.2), "Priya"), (_m(48), "Priya"), events=4, bounces=("Tomas",),
        notes=((_m(12), "Priya", "Old WAL was kept by a replication slot that nobody reads. Dropped the slot."),),
    ),
    Plot("queue-depth", "Payments API", "Refunds wait 14 min in the queue", "warning", "refund-worker", _ago(3, 4, 2),
         (_m(3.1), "Elena"), (_m(19), None), events=6, slow=("Elena",)),
    Plot("replica-lag", "Primary database", "Replica db-2 is 45 s behind", "warning", "db-2", _ago(2, 11, 18),
         None, (_m(3.7), None), events=3),
    Plot(
        "psp-timeouts", "Payments API", "Card payments time out at the provider", "critical", "payments-api-3",
        _ago(1, 19, 50), (_m(16.5), "Maya"), (_m(92), "Maya"), events=23,
        notes=(
            (_m(18), "Maya", "Their status page says nothing yet. Opened a ticket, sent 40 % to the second provider."),
            (_m(51), "Elena", "Provider confirms a failed network change on their side."),
            (_m(90), "Maya", "Back to normal, traffic is where it was."),
        ),
    ),
    Plot("search-oom", "Search", "search-7f9c was killed for want of memory, twice", "error", "search-7f9c",
         _ago(1, 6, 25), (_m(1.2), "Tomas"), (_m(14), "Tomas"), events=2),
    Plot("checkout-slow", "Checkout", "Checkout p95 above 1.5 s", "warning", "edge-lb", _ago(0, 21, 14),
         (_m(5.6), "Priya"), (_m(33), None), events=7),
    Plot(
        "db-connections", "Primary database", "Connections of db-1 at 88 % of their limit", "error", "db-1",
        _ago(0, 5, 47), (_m(2.9), "Tomas"), events=5,
        notes=((_m(15), "Tomas", "A batch job holds idle transactions. Its owners are on it; I keep watching."),),
    ),
    Plot("webhook-errors", "Payments API", "Webhooks to merchants fail: 12 % in 10 min", "error", "webhook-sender",
         _ago(0, 1, 38), (_m(6.4), "Priya"), events=11,
         notes=((_m(21), "Priya", "One merchant's endpoint answers 500 and takes most of the errors. Asked them."),)),
    Plot("certificate", "Certificates and backups", "The certificate of staging ends in 9 days", "warning", "cron-1",
         _ago(0, 1, 4)),
    Plot("index-stale", "Search", "The index of products is 40 min old", "warning", "indexer", _ago(0, 0, 58), events=3,
         slow=("Jonas",)),
)  # fmt: skip
"""Oldest first. The last two have found nobody who answers."""
