"""Durations and instants as somebody types them."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from cli.failures import Usage

UNITS: Final = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
DURATION: Final = re.compile(r"([0-9]{1,9})([smhdw])")


def seconds(text: str) -> int:
    """A duration like 90s, 30m, 24h, 7d or 2w in whole seconds; raises Usage."""
    match = DURATION.fullmatch(text.strip().lower())
    if match is None:
        raise Usage(f"{text!r} is no duration; it must look like 30m, 24h, 7d or 2w.")
    return int(match[1]) * UNITS[match[2]]


def instant(text: str, now: datetime, *, ahead: bool) -> str:
    """An instant in ISO 8601: as given, in this machine's zone unless it names one, or so far ahead of or before now.

    Raises Usage.
    """
    if DURATION.fullmatch(text.strip().lower()):
        try:
            distance = timedelta(seconds=seconds(text))
            return (now + distance if ahead else now - distance).astimezone(UTC).isoformat()
        except OverflowError as error:
            raise Usage(f"{text!r} is too long.") from error
    try:
        return datetime.fromisoformat(text).astimezone(UTC).isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise Usage(f"{text!r} is no instant; it must look like 2026-11-21T12:00Z, or like 7d.") from error
