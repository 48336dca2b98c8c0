"""Snapshots of a made-up organization's page, as realistic as a reader of its screenshots would want them."""

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from functions.publish.pages.document import SVG, Document
from tocsin.contracts.page_snapshot import (
    AffectedComponent,
    DayBar,
    Figures,
    PageSnapshot,
    PageTheme,
    SnapshotComponent,
    SnapshotGroup,
    SnapshotMonth,
    SnapshotReport,
    SnapshotUpdate,
)
from tocsin.domain.monitor import Origin
from tocsin.domain.status_page import ComponentStatus, Impact, ReportKind, ReportStatus

NOW: Final = datetime(2026, 11, 21, 20, 17, 42, tzinfo=UTC)
LONG_AGO: Final = NOW - timedelta(days=400)
ZONE: Final = "Europe/Berlin"
INGEST: Final = "https://ingest.example"
DAY: Final = 86_400
WRONG: Final = 36 * 60
"""For so many seconds has been wrong what is wrong."""
OK: Final = ComponentStatus.OPERATIONAL
GROUPS: Final = ("Platform", "Integrations", "Regions")
CAUSE: Final = """A change to our load balancers sends requests to servers that are gone. We are taking it back.

Orders that were placed through the website are kept and will be handled."""
COMPONENTS: Final = (
    ("Website", "The shop as customers see it", None),
    ("API", "Orders, stock and prices", "Platform"),
    ("Dashboard", "", "Platform"),
    ("Webhooks", "What we send to your servers", "Platform"),
    ("Payments", "Cards and direct debit, through our provider", "Integrations"),
    ("Search", "", "Integrations"),
    ("Europe", "Frankfurt and Dublin", "Regions"),
    ("North America", "Virginia", "Regions"),
)


def an_id(number: int) -> UUID:
    """The same id for the same number."""
    return UUID(int=0x01990000_0000_7000_8000_000000000000 + number)


def days(seed: int, troubles: float = 0.05, known: int = 90) -> list[DayBar]:
    """Ninety days of which some were bad, and of which only the last `known` are known."""
    chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
    today = NOW.astimezone(ZoneInfo(ZONE)).date()
    return [_day(today - timedelta(days=back), chance, troubles, is_known=back < known) for back in range(89, -1, -1)]


def _day(day: date, chance: random.Random, troubles: float, *, is_known: bool) -> DayBar:
    if not is_known:
        return DayBar(day=day, unknown_seconds=DAY, is_final=True)
    if chance.random() > troubles:
        return DayBar(day=day, uptime=1, worst=OK, is_final=True)
    if chance.random() < 0.2:
        return DayBar(day=day, uptime=1, worst=OK, maintenance_seconds=3_600 * chance.randint(1, 3), is_final=True)
    worst = chance.choice([ComponentStatus.DEGRADED, ComponentStatus.PARTIAL_OUTAGE, ComponentStatus.MAJOR_OUTAGE])
    seconds = chance.randint(60, 4_000)
    if worst is ComponentStatus.DEGRADED:
        return DayBar(day=day, uptime=1, worst=worst, degraded_seconds=seconds, is_final=True)
    return DayBar(day=day, uptime=1 - seconds / DAY, worst=worst, down_seconds=seconds, is_final=True)


def today(status: ComponentStatus) -> DayBar:
    """The day that goes on, with what was wrong for the last 36 minutes of it."""
    given: dict[str, Any] = {"day": NOW.astimezone(ZoneInfo(ZONE)).date(), "uptime": 1, "worst": status}
    match status:
        case ComponentStatus.MAINTENANCE:
            given |= {"worst": OK, "maintenance_seconds": WRONG}
        case ComponentStatus.DEGRADED:
            given["degraded_seconds"] = WRONG
        case ComponentStatus.PARTIAL_OUTAGE | ComponentStatus.MAJOR_OUTAGE:
            given |= {"uptime": 1 - WRONG / (21 * 3_600), "down_seconds": WRONG}
        case ComponentStatus.OPERATIONAL:
            pass
    return DayBar(**given)


def figures(bars: Sequence[DayBar], seed: int, *, with_latency: bool = False) -> Figures:
    """What fits these days."""
    known = [bar.uptime for bar in bars if bar.uptime is not None]
    chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
    hours = [90 + 40 * chance.random() + (160 if hour == 13 else 0) for hour in range(24)]
    first = datetime.combine(bars[-len(known)].day, time(9, 30), UTC) if known else None
    return Figures(
        origin=Origin.LIVE,
        checks=len(known) * 2_880 - 411 * seed,
        first_at=first,
        last_at=NOW - timedelta(seconds=11 + seed),
        uptime_90_days=sum(known) / len(known) if known else None,
        latency_p50_ms=104.2 if with_latency else None,
        latency_p95_ms=231.7 if with_latency else None,
        latency_by_hour=hours if with_latency else [],
    )


def component(number: int, name: str, status: ComponentStatus = OK, **values: Any) -> SnapshotComponent:
    """A component with bars; `values` go over what it has."""
    bars = days(number, known=31 if number == 5 else 90)
    if status is not OK:
        bars[-1] = today(status)
    given: dict[str, Any] = {
        "id": an_id(number),
        "name": name,
        "position": number,
        "status": status,
        "since": LONG_AGO,
        "created_at": LONG_AGO,
        "updated_at": LONG_AGO,
        "figures": figures(bars, number, with_latency=number in {0, 1}),
        "days": bars,
    }
    return SnapshotComponent(**(given | values))


def group(number: int, name: str, **values: Any) -> SnapshotGroup:
    """A group; `values` go over what it has."""
    given = {"id": an_id(100 + number), "name": name, "position": 10 * number + 1}
    return SnapshotGroup(**(given | {"created_at": LONG_AGO, "updated_at": LONG_AGO} | values))


def report(number: int, title: str, bodies: Sequence[tuple[ReportStatus, str]], **values: Any) -> SnapshotReport:
    """A report with updates ten minutes apart, oldest first in `bodies`."""
    began: datetime = values.pop("started_at", NOW - timedelta(minutes=34))
    moved = values.pop("affected", ())
    updates = [
        SnapshotUpdate(
            id=an_id(10_000 + 100 * number + place),
            status=status,
            body=body,
            display_at=began + timedelta(minutes=11 * place + 3),
            created_at=began,
            updated_at=began,
            affected=list(moved) if place == 0 else [],
        )
        for place, (status, body) in enumerate(bodies)
    ]
    last = updates[-1] if updates else None
    over = last is not None and last.status in {ReportStatus.RESOLVED, ReportStatus.COMPLETED}
    given: dict[str, Any] = {
        "id": an_id(1_000 + number),
        "kind": ReportKind.INCIDENT,
        "title": title,
        "status": last.status if last else ReportStatus.INVESTIGATING,
        "impact": Impact.MAJOR,
        "started_at": began,
        "created_at": began,
        "updated_at": last.display_at if last else began,
        "resolved_at": last.display_at if last and over else None,
        "updates": updates[::-1],
    }
    return SnapshotReport(**(given | values))


def past() -> list[SnapshotReport]:
    """What was told of the last two weeks."""
    search = report(
        1,
        "Slow search results",
        [
            (ReportStatus.INVESTIGATING, "Search answers take up to four seconds. We are looking into it."),
            (ReportStatus.RESOLVED, "A node that had run out of memory was replaced. Search is as fast as before."),
        ],
        impact=Impact.MINOR,
        started_at=NOW - timedelta(days=3, hours=5),
        component_ids=[an_id(5)],
    )
    cards = report(
        2,
        "Card payments failed for some customers",
        [
            (ReportStatus.INVESTIGATING, "Some card payments are refused."),
            (ReportStatus.IDENTIFIED, "Our provider has trouble with one of its acquirers."),
            (ReportStatus.MONITORING, "Payments go through another acquirer now."),
            (ReportStatus.RESOLVED, "All payments have gone through for an hour. No payment was made twice."),
        ],
        started_at=NOW - timedelta(days=9, hours=2),
        component_ids=[an_id(4)],
    )
    upgrade = maintenance(
        3, "Database upgrade", ReportStatus.COMPLETED, NOW - timedelta(days=9, hours=20), "The upgrade is done."
    )
    return [search, cards, upgrade]


def older() -> list[SnapshotReport]:
    """What was told of the months before, as many as there are of each."""
    told = [(ReportStatus.INVESTIGATING, "We look into it."), (ReportStatus.RESOLVED, "It is as it was before.")]
    titles = ("Slow webhooks", "The website could not be reached", "Prices were out of date", "Orders waited")
    days = [f"{month}-{26 - 4 * back:02}T09:20Z" for month, count in _MONTHS[1:] for back in range(count)]
    return [
        report(40 + number, titles[number % 4], told, impact=Impact.MINOR, started_at=datetime.fromisoformat(day))
        for number, day in enumerate(days)
    ]


def maintenance(number: int, title: str, status: ReportStatus, begins: datetime, body: str) -> SnapshotReport:
    """Two hours of it."""
    return report(
        number,
        title,
        [(status, body)],
        kind=ReportKind.MAINTENANCE,
        impact=Impact.MAINTENANCE,
        started_at=begins - timedelta(minutes=3),
        scheduled_for=begins,
        scheduled_until=begins + timedelta(hours=2),
        component_ids=[an_id(2), an_id(3)],
    )


def page(statuses: Mapping[int, ComponentStatus] | None = None, **values: Any) -> PageSnapshot:
    """The page; `statuses` by the number of a component, `values` over what it has."""
    wrong = statuses or {}
    groups = {name: group(number, name) for number, name in enumerate(GROUPS)}
    groups["Regions"] = group(2, "Regions", is_collapsed=True)
    parts = [
        component(
            number,
            name,
            wrong.get(number, OK),
            description=about,
            group_id=groups[within].id if within else None,
            since=NOW - timedelta(seconds=WRONG),
        )
        for number, (name, about, within) in enumerate(COMPONENTS)
    ]
    given: dict[str, Any] = {
        "number": 7,
        "page_id": an_id(99),
        "key_prefix": "pages/acme",
        "url": "https://status.acme.example",
        "name": "Acme",
        "home_url": "https://acme.example",
        "support_url": "https://acme.example/help",
        "time_zone": ZONE,
        "as_of": NOW,
        "updated_at": NOW - timedelta(minutes=30),
        "indicator": Impact.NONE,
        "groups": list(groups.values()),
        "components": parts,
        "reports": past(),
        "months": [SnapshotMonth(month=m, reports=n, updated_at=NOW) for m, n in _MONTHS],
        "subscribe_url": f"{INGEST}/s/0123456789ABCDEF/subscribe?page=https%3A%2F%2Fstatus.acme.example%2F",
        "subscribe_channels": ["email", "webhook", "slack"],
    }
    return PageSnapshot(**(given | values))


_MONTHS: Final = (("2026-11", 3), ("2026-10", 5), ("2026-09", 1), ("2026-07", 4), ("2026-06", 2), ("2026-04", 1))


def branded(snapshot: PageSnapshot) -> PageSnapshot:
    """The page in its organization's colour, with its logo; the files are LOGOS."""
    theme = PageTheme(
        accent="#6d28d9", accent_dark="#c4a7ff", logo="logo.svg", logo_dark="logo-dark.svg", logo_alt="Acme"
    )
    return snapshot.model_copy(update={"theme": theme})


def _logo(letters: str) -> Document:
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 136 40"><rect width="40" height="40" rx="10" '
        'fill="#6d28d9"/><path d="M10 29 20 10l10 19M14 23h12" fill="none" stroke="#fff" stroke-width="3.5" '
        'stroke-linecap="round" stroke-linejoin="round"/><text x="51" y="29" font-family="sans-serif" '
        f'font-weight="700" font-size="27" textLength="82" fill="{letters}">Acme</text></svg>'
    )
    return Document(drawn.encode(), SVG)


LOGOS: Final = {"logo.svg": _logo("#14181f"), "logo-dark.svg": _logo("#e9ecf1")}


def outage() -> PageSnapshot:
    """In the middle of an outage."""
    moved = [
        AffectedComponent(id=an_id(1), name="API", old_status=OK, new_status=ComponentStatus.MAJOR_OUTAGE),
        AffectedComponent(id=an_id(2), name="Dashboard", old_status=OK, new_status=ComponentStatus.DEGRADED),
    ]
    told = report(
        20,
        "The API answers with errors",
        [
            (ReportStatus.INVESTIGATING, "Most requests to the API fail. We are looking into the cause."),
            (
                ReportStatus.IDENTIFIED,
                CAUSE,
            ),
        ],
        impact=Impact.CRITICAL,
        component_ids=[an_id(1), an_id(2)],
        affected=moved,
    )
    statuses = {1: ComponentStatus.MAJOR_OUTAGE, 2: ComponentStatus.DEGRADED, 7: ComponentStatus.PARTIAL_OUTAGE}
    return page(statuses, indicator=Impact.MAJOR, reports=[told, *past()])


def in_maintenance() -> PageSnapshot:
    """While something is mended on purpose, and with more of it to come."""
    body = "The dashboard can be read, but not changed. Webhooks wait, and are sent afterwards."
    goes_on = maintenance(21, "Moving to new storage", ReportStatus.IN_PROGRESS, NOW - timedelta(minutes=40), body)
    body = "Payments by card may be refused for up to five minutes while we change certificates."
    planned = maintenance(22, "New certificates", ReportStatus.SCHEDULED, NOW + timedelta(days=4, hours=1), body)
    statuses = {2: ComponentStatus.MAINTENANCE, 3: ComponentStatus.MAINTENANCE}
    return page(statuses, indicator=Impact.MAINTENANCE, reports=[planned, goes_on, *past()])
