"""An organization's stop of all paging: how long it may be, and what waits for its end."""

from datetime import datetime, timedelta
from typing import Final

from tocsin.errors import FieldProblem, Invalid

LONGEST: Final = timedelta(hours=24)


def check(ends_at: datetime, now: datetime) -> None:
    """Raise Invalid for a stop that is over already, or lasts longer than a day."""
    if ends_at <= now:
        reason = f"must be after now, which is {now:%Y-%m-%dT%H:%M:%SZ}"
    elif ends_at > now + LONGEST:
        reason = f"must be within 24 hours of now, by {now + LONGEST:%Y-%m-%dT%H:%M:%SZ}"
    else:
        return
    raise Invalid("Paging can't be stopped like this.", [FieldProblem("ends_at", reason)])


def in_force(stopped_until: datetime | None, now: datetime) -> bool:
    """Whether nobody is to be paged at this instant; at its end the stop is over."""
    return stopped_until is not None and now < stopped_until


def held_back(due_at: datetime, stopped_until: datetime | None) -> datetime:
    """When something that is due may leave: not before the stop ends. What is due keeps its instant, so that a stop
    that is taken back has nothing to put right.
    """
    return due_at if stopped_until is None else max(due_at, stopped_until)
