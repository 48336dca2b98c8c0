"""What should have happened and did not: found across organizations, then done by the use case it belongs to."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tocsin.domain.escalation import TIMER_REACH
from tocsin.domain.notification import CLAIM_SILENCE
from tocsin.errors import Unavailable
from tocsin.platform import logs
from tocsin_data.db import Database, Tx
from tocsin_data.services import escalating, recording, responding
from tocsin_data.services.leaving import Leaving
from tocsin_data.sql import sweeps

BATCH: Final = 200
MAX_BATCHES: Final = 50
WAKE_UP_GRACE: Final = timedelta(seconds=3)
"""How long after its instant a step is left to its own wake-up."""
OUTBOX_GRACE: Final = timedelta(seconds=20)
"""How long a queued page is left to its own message."""
type Found = tuple[UUID, UUID]
type LookUp = Callable[[Tx, datetime, int], list[Found]]
type Send = Callable[[Leaving], None]


@dataclass(slots=True)
class Swept:
    """What a sweep made good, how late the latest step was, and how old the oldest page that was never tried."""

    overdue: int = 0
    armed: int = 0
    resent: int = 0
    uncertain: int = 0
    expired: int = 0
    exhausted: int = 0
    failed: int = 0
    latest_seconds: float = 0.0
    unsent_seconds: float = 0.0

    @property
    def counts(self) -> dict[str, int]:
        """The counts, for the log and the row that says a sweep has run."""
        return {
            "overdue": self.overdue,
            "armed": self.armed,
            "resent": self.resent,
            "uncertain": self.uncertain,
            "expired": self.expired,
            "exhausted": self.exhausted,
            "failed": self.failed,
        }


def sweep(db: Database, send: Send) -> Swept:
    """Make good everything that is due; sends what leaves after each transaction, so that a crash loses little."""
    with db.many(()) as tx:
        now = tx.now
    swept = Swept()
    overdue, unsent, reach = now - WAKE_UP_GRACE, now - OUTBOX_GRACE, now + TIMER_REACH

    def arm(batch: Sequence[Found]) -> None:
        leaving = escalating.arm(db, batch, reach)
        swept.armed += len(leaving.wake_ups)
        send(leaving)

    def expire(batch: Sequence[Found]) -> None:
        swept.expired += responding.expire(db, batch, now)

    steps: list[tuple[LookUp, datetime, Callable[[Sequence[Found]], None]]] = [
        (
            sweeps.due_escalations,
            overdue,
            lambda batch: _took(escalating.take_overdue(db, batch, overdue), send, swept),
        ),
        (sweeps.silent_notifications, now - CLAIM_SILENCE, lambda batch: _give_up(db, batch, send, swept)),
        (sweeps.unsent_notifications, unsent, lambda batch: _resend(db, batch, unsent, send, swept)),
        (sweeps.expired_alerts, now, expire),
        (sweeps.unarmed_escalations, reach, arm),
    ]
    for look_up, instant, do in steps:
        for batch in _batches(db, look_up, instant):
            swept.failed += _spare(batch, do)
    _finish(db, swept)
    return swept


def _took(taken: escalating.Taken, send: Send, swept: Swept) -> None:
    swept.overdue += len(taken.lateness_seconds)
    swept.exhausted += taken.exhausted
    swept.latest_seconds = max([swept.latest_seconds, *taken.lateness_seconds])
    send(taken.leaving)


def _give_up(db: Database, batch: Sequence[Found], send: Send, swept: Swept) -> None:
    recorded = recording.give_up_silent(db, batch)
    swept.uncertain += recorded.uncertain
    send(recorded.leaving)
    _move_on(db, recorded.failed, send, swept)


def _resend(db: Database, batch: Sequence[Found], due_before: datetime, send: Send, swept: Swept) -> None:
    recorded = recording.resend(db, batch, due_before)
    swept.resent += len(recorded.leaving.deliveries)
    swept.unsent_seconds = max(swept.unsent_seconds, recorded.unsent_seconds)
    send(recorded.leaving)
    _move_on(db, recorded.failed, send, swept)


def _spare(batch: Sequence[Found], do: Callable[[Sequence[Found]], None]) -> int:
    """Do it for all at once, or by halves when it fails, so that one bad row stops nothing else; answers how many."""
    try:
        do(batch)
    except Unavailable:
        raise
    except Exception:  # noqa: BLE001 - whatever is wrong with one row must not stop what is due for the others
        if len(batch) > 1:
            middle = len(batch) // 2
            return _spare(batch[:middle], do) + _spare(batch[middle:], do)
        org_id, row_id = batch[0]
        logs.logger("sweep").exception("left undone", extra={"org_id": str(org_id), "row_id": str(row_id)})
        return 1
    return 0


def _move_on(db: Database, failed: Sequence[Found], send: Send, swept: Swept) -> None:
    if failed:
        taken = escalating.move_on(db, failed)
        swept.exhausted += taken.exhausted
        send(taken.leaving)


def _batches(db: Database, look_up: LookUp, instant: datetime) -> Iterator[list[Found]]:
    """Ask again until nothing new is found; what was found before and is still there is left for the next sweep."""
    seen: set[Found] = set()
    for _ in range(MAX_BATCHES):
        with db.many(()) as tx:
            found = [f for f in look_up(tx, instant, BATCH) if f not in seen]
        if not found:
            return
        seen.update(found)
        yield found


def _finish(db: Database, swept: Swept) -> None:
    with db.many(()) as tx:
        sweeps.finish(tx, swept.counts)
