"""Sending what subscribers are told: after all that is urgent, so many a second, every organization in turn.

Pages go by the same mail provider. What leaves in a sweep is spread over the seconds until the next one, so that the
provider's rate has room for them.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tocsin.domain.subscriber import KEPT_FOR
from tocsin_data.db import Database, Tx
from tocsin_data.services import mailing
from tocsin_data.services.leaving import Leaving
from tocsin_data.sql import sweeps
from tocsin_data.sql.sweeps import Found, PageChores

SWEEP_SECONDS: Final = 15
"""How long it is until the next sweep."""
TOLD_WITHIN: Final = timedelta(days=2)
"""How long after its telling began an update's mails are looked for: longer than any of them is tried."""


def at_most(per_second: int) -> int:
    """How many leave in one sweep."""
    return per_second * SWEEP_SECONDS


def chores(tx: Tx) -> PageChores:
    """What there is to do about mails to subscribers."""
    return sweeps.page_chores(tx, tx.now - TOLD_WITHIN, tx.now - KEPT_FOR)


def due(tx: Tx, due_before: datetime, most: int) -> list[Found]:
    """What is to leave now."""
    return sweeps.unsent_report_mails(tx, due_before, due_before - TOLD_WITHIN, most)


def send_off(db: Database, found: Sequence[tuple[UUID, UUID]], due_before: datetime, place: int, most: int) -> Leaving:
    """Send a batch of what is due, `place` being how many have left in this sweep before it."""
    sent = mailing.resend(db, found, due_before)
    leaving = Leaving(sent.now)
    leaving.paced = [(mail, (place + nth) * SWEEP_SECONDS // max(1, most)) for nth, mail in enumerate(sent.mails)]
    return leaving
