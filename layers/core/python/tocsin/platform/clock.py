"""The clock of outside functions, and the stopwatch. Inside, now is the database's (tocsin_data.db)."""

from datetime import UTC, datetime
from time import perf_counter


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return datetime.now(UTC)


def seconds() -> float:
    """A stopwatch's reading in seconds: only the difference of two has a meaning."""
    return perf_counter()
