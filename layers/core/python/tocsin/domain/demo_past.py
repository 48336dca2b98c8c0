"""The incidents of the demo's weeks before the last: as many as a month has, drawn by a chance that stays the same."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from tocsin.domain.demo import NAMES, ON_CALL, Plot

COUNT: Final = 40
SINCE: Final = timedelta(days=29)
UNTIL: Final = timedelta(days=7)
MINUTE: Final = timedelta(minutes=1)
LONGEST: Final = timedelta(hours=3)
"""Of an incident: shorter than what is between two, so that none keeps another quiet."""
SOON: Final = 0.4
"""Of the logarithm of how long people take."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happens again and again: usually acknowledged and over after so many minutes."""

    service: str
    title: str
    severity: str
    source: str
    acknowledged: float
    over: float


TROUBLES: Final = (
    Trouble("Search", "Search p99 above 2 s in eu-west-1", "error", "search-2b4d", 3, 26),
    Trouble("Payments API", "Refunds wait 9 min in the queue", "error", "refund-worker", 4, 21),
    Trouble("Checkout", "5xx rate of checkout is 2.4 %", "critical", "edge-lb", 2, 34),
    Trouble("Primary database", "Connections of db-1 at 91 % of their limit", "error", "db-1", 5, 42),
    Trouble("Search", "The index of products is 25 min old", "warning", "indexer", 9, 48),
    Trouble("Checkout", "Baskets can't be saved in one region", "error", "basket-1", 3, 29),
    Trouble("Payments API", "Payments by invoice are slow", "error", "payments-api-1", 4, 38),
    Trouble("Certificates and backups", "Backup of the catalogue took 3 h", "warning", "cron-2", 14, 80),
    Trouble("Primary database", "Queries of db-1 wait for locks", "critical", "db-1", 2, 23),
    Trouble("Search", "search-9a1e does not answer its health check", "error", "search-9a1e", 3, 12),
)
AT_ONCE: Final = 4 * MINUTE
BY_ITSELF: Final = 4
"""One of so many is over before anybody has acknowledged it."""


def past() -> Iterator[Plot]:
    """The incidents, oldest first; the same whenever they are asked for."""
    chance = random.Random(NAMES.int)  # noqa: S311 - made up
    between = (SINCE - UNTIL) / COUNT
    for number in range(COUNT):
        trouble = TROUBLES[(number * 7 + number // len(TROUBLES)) % len(TROUBLES)]
        ago = SINCE - between * number - between / 4 * chance.random()
        yield _told(trouble, number, ago, chance)


def _told(trouble: Trouble, number: int, ago: timedelta, chance: random.Random) -> Plot:
    waited = MINUTE * round(trouble.acknowledged * chance.lognormvariate(0, SOON), 2)
    lasted = min(LONGEST, MINUTE * round(trouble.over * chance.lognormvariate(0, SOON), 2))
    by_itself, slowly = number % BY_ITSELF == BY_ITSELF - 1, number % 3 == 0
    who = "Jonas" if trouble.severity == "warning" else ON_CALL
    return Plot(
        f"past-{number}",
        trouble.service,
        trouble.title,
        trouble.severity,
        trouble.source,
        ago,
        None if by_itself else (waited, who),
        (min(waited, AT_ONCE), None) if by_itself else (max(lasted, 2 * waited), who if slowly else None),
        events=1 + number % 4,
    )
