"""The life of a notification and of its attempts: when to try again, when to give up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

MAX_ATTEMPTS: Final = 8
GIVE_UP_AFTER: Final = timedelta(minutes=30)
RETRY_DELAYS: Final = tuple(timedelta(seconds=s) for s in (2, 5, 15, 30, 60, 120, 300))
"""Waits after the first, second … temporary failure; the page gets more pressing, not less, so they stay short."""
LONGEST_WAIT: Final = timedelta(minutes=5)
CLAIM_SILENCE: Final = timedelta(seconds=30)
"""A claimed attempt without an outcome for this long is uncertain: its process is taken for dead."""


class State(StrEnum):
    """Where a notification stands."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    DELIVERED = "delivered"
    FAILED = "failed"
    CANCELLED = "cancelled"


class AttemptState(StrEnum):
    """How one provider call ended."""

    CLAIMED = "claimed"
    DELIVERED = "delivered"
    TEMPORARY = "temporary"
    PERMANENT = "permanent"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class TryAgain:
    """Queue it again; the next attempt is due at `at`."""

    at: datetime


@dataclass(frozen=True, slots=True)
class GiveUp:
    """It has failed for good; `reason` is a stable word."""

    reason: str


def after_temporary_failure(
    *, attempts: int, wanted_at: datetime, now: datetime, retry_after: timedelta | None
) -> TryAgain | GiveUp:
    """Decide what follows a failure that may pass; the provider's Retry-After is honoured.

    `wanted_at` is when the page was to go out, from which its age counts.
    """
    if attempts >= MAX_ATTEMPTS:
        return GiveUp("attempts_exhausted")
    wait = RETRY_DELAYS[min(attempts, len(RETRY_DELAYS)) - 1] if attempts else RETRY_DELAYS[0]
    if retry_after is not None:
        wait = max(retry_after, timedelta(0))
    if wait > LONGEST_WAIT:
        return GiveUp("retry_after_too_long")
    if now + wait > wanted_at + GIVE_UP_AFTER:
        return GiveUp("too_old")
    return TryAgain(now + wait)


def after_silence(*, uncertain_count: int, now: datetime) -> TryAgain | GiveUp:
    """Decide what follows an attempt whose outcome never came: once more, then no further."""
    return TryAgain(now) if uncertain_count == 0 else GiveUp("outcome_unknown_twice")
