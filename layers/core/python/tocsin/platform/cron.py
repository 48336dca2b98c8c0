"""Cron expressions in a time zone, by `cronsim`, which is loaded where there is one.

Around clock changes as Debian's cron: a job whose hour is skipped runs right after it, one whose hour comes twice runs
once.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

RIGHT: Final = "must be a cron expression of five fields (minute hour day month weekday) or six (with seconds first)"


def following(expression: str, time_zone: str) -> Callable[[datetime], datetime | None]:
    """What answers when an expression comes next after an instant, in UTC; None where it never does."""

    def found(after: datetime) -> datetime | None:
        from cronsim import CronSim

        due = next(CronSim(expression, after.astimezone(ZoneInfo(time_zone))), None)
        return None if due is None else due.astimezone(UTC)

    return found


def problem(expression: str) -> str | None:
    """What is wrong with an expression, and what would be right; None when it can be used."""
    from cronsim import CronSim, CronSimError

    try:
        comes = next(CronSim(expression, datetime(2024, 1, 1, tzinfo=UTC)), None)
    except CronSimError as error:
        return f"{RIGHT}, like 0 4 * * 1-5; {str(error).lower() or 'it is none'}"
    return f"{RIGHT}, like 0 4 * * 1-5; this one never comes" if comes is None else None
