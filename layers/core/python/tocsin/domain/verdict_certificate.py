"""How soon a certificate ends, in the days before its end that people asked to be told of."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

EXPIRED: Final = 0
"""Its end has come: told after the last of the days."""


def reached(warn_days: Sequence[int], ends_at: datetime, now: datetime) -> int | None:
    """The fewest days of those asked for that it is within; EXPIRED at its end, None if it is within none."""
    if ends_at <= now:
        return EXPIRED
    return min((days for days in warn_days if ends_at - now <= timedelta(days=days)), default=None)


def next_at(warn_days: Sequence[int], ends_at: datetime, now: datetime) -> datetime | None:
    """When it will be within fewer."""
    instants = (ends_at - timedelta(days=days) for days in (*warn_days, EXPIRED))
    return min((at for at in instants if at > now), default=None)
