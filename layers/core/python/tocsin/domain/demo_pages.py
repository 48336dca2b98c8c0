"""The status page of the demo: what its public is told, in public words. All of it is made up."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from tocsin.domain.page_slug import DEMO
from tocsin.domain.status_page import ComponentStatus, Impact, ReportKind, ReportStatus

SLUG: Final = DEMO
NAME: Final = "Tocsin demo shop"
DESCRIPTION: Final = "A shop that never was. Everything on this page is made up."
TIME_ZONE: Final = "Europe/Stockholm"
GROUPS: Final = ("Shop", "Platform")


@dataclass(frozen=True, slots=True)
class Part:
    """A component, made of monitors and services of the demo by name, or kept by hand."""

    name: str
    description: str
    group: str | None = None
    monitors: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    shows_latency: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """An update so long before now, and what it changed of the report's component."""

    ago: timedelta
    status: ReportStatus
    body: str
    before: ComponentStatus
    after: ComponentStatus


@dataclass(frozen=True, slots=True)
class Report:
    """A report on one component; maintenance lies so far `ahead` and takes so long."""

    key: str
    title: str
    component: str
    impact: Impact
    words: tuple[Word, ...]
    kind: ReportKind = ReportKind.INCIDENT
    ahead: timedelta | None = None
    takes: timedelta = field(default=timedelta(hours=1))


PARTS: Final = (
    Part("Storefront", "Pages, baskets and accounts", "Shop", ("Shop front page",), shows_latency=True),
    Part("Checkout", "From the basket to the order", "Shop", ("Checkout API",), shows_latency=True),
    Part("Payments", "Cards, invoices and refunds", "Shop", ("Payments API",), shows_latency=True),
    Part("Search", "Finding products", "Shop", ("Search",), ("Search",)),
    Part("Webhooks", "Messages to merchants' systems", "Platform"),
    Part("E-mail", "Receipts and notices of delivery", "Platform", ("Mail relay",)),
    Part("Domain", "Names that lead to the shop", "Platform", ("Names of the shop",)),
    Part("Phone support", "Weekdays from nine to five"),
)


def _ago(days: int = 0, hours: int = 0, minutes: int = 0) -> timedelta:
    return timedelta(days=days, hours=hours, minutes=minutes)


_UP, _SLOW, _PARTLY, _DOWN = (
    ComponentStatus.OPERATIONAL,
    ComponentStatus.DEGRADED,
    ComponentStatus.PARTIAL_OUTAGE,
    ComponentStatus.MAJOR_OUTAGE,
)
_BEGAN, _KNOWN, _WATCHED, _OVER = (
    ReportStatus.INVESTIGATING,
    ReportStatus.IDENTIFIED,
    ReportStatus.MONITORING,
    ReportStatus.RESOLVED,
)
REPORTS: Final = (
    Report(
        "webhooks", "Webhooks to merchants are delayed", "Webhooks", Impact.MINOR,
        (
            Word(_ago(hours=1, minutes=30), _BEGAN, "Some webhooks arrive late. We are looking into it.", _UP, _SLOW),
            Word(
                _ago(minutes=52), _KNOWN,
                "We know the cause and send what has waited. Nothing is lost: every webhook is sent until it arrives.",
                _SLOW, _SLOW,
            ),
        ),
    ),
    Report(
        "payments", "Card payments fail for some customers", "Payments", Impact.CRITICAL,
        (
            Word(_ago(1, 19, 44), _BEGAN, "Many card payments fail. We are looking into it.", _UP, _DOWN),
            Word(
                _ago(1, 19, 20), _KNOWN,
                "A provider of ours does not answer. We send payments by another one, and most succeed again.",
                _DOWN, _PARTLY,
            ),
            Word(_ago(1, 18, 25), _WATCHED, "The provider answers again. We keep watching.", _PARTLY, _UP),
            Word(_ago(1, 18, 18), _OVER, "Payments work as they should. No card was charged twice.", _UP, _UP),
        ),
    ),
    Report(
        "checkout", "Orders can't be placed", "Checkout", Impact.MAJOR,
        (
            Word(_ago(4, 16), _BEGAN, "About a third of all orders fail. We are looking into it.", _UP, _PARTLY),
            Word(_ago(4, 15, 53), _WATCHED, "We have taken a change back, and orders go through.", _PARTLY, _UP),
            Word(_ago(4, 15, 40), _OVER, "It stays well. Baskets were kept: please try again.", _UP, _UP),
        ),
    ),
    Report(
        "upgrade", "A newer database", "Checkout", Impact.MAINTENANCE,
        (
            Word(
                _ago(1, 2), ReportStatus.SCHEDULED,
                "We move to a newer database. Orders can't be placed for up to ten minutes of this hour.", _UP, _UP,
            ),
        ),
        ReportKind.MAINTENANCE, _ago(3, 4),
    ),
)  # fmt: skip
"""The first is still open, and the last lies ahead."""
