"""Proving that somebody reads what a contact method is sent: codes, how long, and how often they and test pages go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

CODE_DIGITS: Final = 6
CODE_LIFE: Final = timedelta(minutes=15)
MAX_TRIES: Final = 5
WINDOW: Final = timedelta(days=1)
REST: Final = timedelta(minutes=1)
"""How long a contact method, or a destination, rests before it is sent another code, or another test."""
A_DAY: Final = 10
"""How many codes, and how many tests, one of them is sent within the window, lest somebody bother strangers."""
ORGANIZATION_A_DAY: Final = 200
"""How many an organization sends within the window, to all of them."""
PROVEN_BY_ANSWER: Final = frozenset({"webhook", "slack"})
"""Channels that say themselves whether they have taken a page: a test that arrives proves them. Others take a code."""


class Outcome(StrEnum):
    """What a code that somebody gave comes to."""

    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"
    """There is no code to compare it with: none was sent, it has expired, or too many were wrong."""


@dataclass(frozen=True, slots=True)
class Pending:
    """The code that was sent last: until when it is good, and how often another was given. None: no code."""

    ends_at: datetime | None
    tries: int


def judge(pending: Pending, *, matches: bool, now: datetime) -> Outcome:
    """What a code comes to; a right one that comes too late, or after too many wrong ones, is over."""
    if pending.ends_at is None or now >= pending.ends_at or pending.tries >= MAX_TRIES:
        return Outcome.OVER
    return Outcome.RIGHT if matches else Outcome.WRONG


def tries_left(pending: Pending) -> int:
    """How often a wrong code can still be given after one more."""
    return max(0, MAX_TRIES - pending.tries - 1)


def room_at(sent: Sequence[datetime], sent_by_all: Sequence[datetime], now: datetime) -> datetime:
    """When another code or test may be sent, `now` or later.

    `sent` are those to the contact method or destination, `sent_by_all` all codes and tests of its organization, within
    the window and newest first.
    """
    at = now
    if sent:
        at = max(at, sent[0] + REST)
    if len(sent) >= A_DAY:
        at = max(at, sent[A_DAY - 1] + WINDOW)
    if len(sent_by_all) >= ORGANIZATION_A_DAY:
        at = max(at, sent_by_all[ORGANIZATION_A_DAY - 1] + WINDOW)
    return at
