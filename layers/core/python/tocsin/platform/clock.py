"""The clock of outside functions. Inside, now is the database's (tocsin_data.db)."""

from datetime import UTC, datetime


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return datetime.now(UTC)
