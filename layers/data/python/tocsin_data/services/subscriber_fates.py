"""What became of what subscribers were sent: a webhook that answered is told from now on, one that is gone no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from tocsin.domain.subscriber import FAILURES, KEPT_FOR, is_gone
from tocsin_data.db import Tx
from tocsin_data.sql import tellings
from tocsin_data.sql.mails import QueuedMail


@dataclass(frozen=True, slots=True)
class Fate:
    """How a mail that is held ended; of one that was not sent, the stable word and the whole of why."""

    mail: QueuedMail
    reason: str | None = None
    detail: str | None = None

    @property
    def is_sent(self) -> bool:
        """Whether somebody has taken it."""
        return self.detail is None


def settle(tx: Tx, fates: Sequence[Fate]) -> None:
    """Write what mails have come to for whom they were sent to; of mails to others nothing follows."""
    forget_at = tx.now + KEPT_FOR
    told = [fate for fate in fates if fate.mail.kind == "report"]
    asked = [fate for fate in fates if fate.mail.kind == "subscription"]
    if told:
        sent = [fate.mail.id for fate in told if fate.is_sent]
        failed = [(fate.mail.id, fate.detail) for fate in told if fate.detail is not None]
        gone = [fate.mail.id for fate in told if fate.reason is not None and is_gone(fate.reason)]
        tellings.count_outcomes(tx, sent, failed, gone, FAILURES, forget_at)
    if proven := [fate.mail.id for fate in asked if fate.is_sent]:
        tellings.prove(tx, proven)
    if refused := [(fate.mail.id, fate.detail) for fate in asked if fate.detail is not None]:
        tellings.refuse(tx, refused, forget_at)


def take_back(tx: Tx, returned: Sequence[tuple[UUID, str]]) -> None:
    """Tell those no more whose mail, by its id, came back after it had been taken, and why."""
    tellings.take_back(tx, returned, tx.now + KEPT_FOR)
