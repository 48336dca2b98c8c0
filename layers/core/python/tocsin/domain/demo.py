"""The demo: who may open it how often, when it is made anew, and the story it tells. All of it is made up."""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

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
ON_CALL: Final = "whoever is on call"
"""Stands for who is paged first: by the rota, at the instant an incident begins."""
SUNDAY: Final = 6
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
    """Steps of (minutes after the one before, first names or names of rotas), in so many rounds."""

    name: str
    team: str
    steps: tuple[tuple[int, tuple[str, ...]], ...]
    rounds: int = 1
    round_minutes: int = 10
    version: int = 1


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
    policy: str | None = None
    hold_seconds: int | None = None
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """Hours of Sundays in which services are worked on, again and again by an RFC 5545 rule, for so long by now."""

    name: str
    services: tuple[str, ...]
    time_zone: str
    ago: timedelta
    starts: time
    length: timedelta
    recurrence: str

    def open_at(self, at: datetime) -> datetime | None:
        """When the window began that an instant lies in, or None if it lies in none."""
        local = at.astimezone(ZoneInfo(self.time_zone))
        starts_at = datetime.combine(local.date(), self.starts, local.tzinfo).astimezone(at.tzinfo)
        return starts_at if local.weekday() == SUNDAY and starts_at <= at < starts_at + self.length else None


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
    Policy("Platform, day and night", "Platform", ((0, ("Platform",)), (5, ("Priya", "Jonas"))), rounds=2, version=2),
    Policy(
        "Payments, day and night", "Payments", ((0, ("Payments",)), (5, ("Priya",)), (5, ("Maya",))), round_minutes=5
    ),
    Policy("When somebody has time", "Platform", ((0, ("Jonas",)),), round_minutes=30),
)
ROTAS: Final = (
    Rota("Payments", "Payments", "Europe/Rome", ("Elena", "Maya", "Priya"), ("Priya", "Elena")),
    Rota("Platform", "Platform", "Europe/Stockholm", ("Tomas", "Jonas"), ("Jonas", "Priya", "Tomas")),
)
SERVICES: Final = (
    Service("Checkout", "Payments", "Payments, day and night", "Grafana"),
    Service("Payments API", "Payments", "Payments, day and night", "Alertmanager"),
    Service("Search", "Platform", "Platform, day and night", "Alertmanager"),
    Service("Primary database", "Platform", "Platform, day and night", "Prometheus"),
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
    Rule(
        "Warnings can wait",
        "event.severity == 'warning'",
        urgency="low",
        policy="When somebody has time",
        continues=True,
    ),
    Rule("Replicas catch up by themselves", "event.summary.contains('behind')", hold_seconds=300),
)
WINDOWS: Final = (
    Window(
        "Vacuum and upgrades",
        ("Primary database",),
        "Europe/Stockholm",
        timedelta(days=56),
        time(3),
        timedelta(hours=2),
        "FREQ=WEEKLY;BYDAY=SU",
    ),
)
