"""Invitations and their mail: how many may leave, and how long a mail is tried."""

from datetime import datetime, timedelta
from typing import Final

MAILS_A_DAY: Final = 100
"""How many invitations an organization may mail within 24 hours, so that nobody uses us to bother strangers."""
MAIL_WINDOW: Final = timedelta(days=1)
RESEND_AFTER: Final = timedelta(minutes=1)
"""How long an invitation rests before it may be mailed again."""
FIRST_RETRY: Final = timedelta(minutes=1)
LAST_TRY: Final = timedelta(days=1)
"""How old a mail may get before it counts as failed."""


def next_try(created_at: datetime, now: datetime, wish: timedelta | None = None) -> datetime | None:
    """When a mail that was not taken is tried again: after as long as it has waited so far, or as the provider wishes.

    None when it has been tried for long enough.
    """
    age = now - created_at
    if age >= LAST_TRY:
        return None
    return now + max(FIRST_RETRY, age, min(wish or FIRST_RETRY, LAST_TRY))
