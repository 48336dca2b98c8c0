"""Which span of time analytics looks at: what is asked for, within bounds."""

from datetime import datetime, timedelta
from typing import Final

from tocsin.errors import FieldProblem, Invalid

USUAL: Final = timedelta(days=30)
LONGEST: Final = timedelta(days=366)


def window(since: datetime | None, until: datetime | None, now: datetime) -> tuple[datetime, datetime]:
    """From `since` until before `until`; without them the 30 days before `until`, which is now. Raises Invalid."""
    ends_at = until or now
    try:
        starts_at = since or ends_at - USUAL
    except OverflowError as error:
        problem = FieldProblem("query.to", "must be later in time; or give `from` too")
        raise Invalid("There is no such window.", [problem]) from error
    if starts_at >= ends_at:
        raise Invalid("There is no such window.", [FieldProblem("query.from", "must be an instant before `to`")])
    if ends_at - starts_at > LONGEST:
        problem = FieldProblem("query.from", f"must be at most {LONGEST.days} days before `to`")
        raise Invalid("The window is too long.", [problem])
    return starts_at, ends_at
