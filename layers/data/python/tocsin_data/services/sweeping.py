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
from tocsin_data.services import escalating, handoffs, lapsing, mailing, muting, recording, responding
from tocsin_data.services.lapsing import Lapsed
from tocsin_data.services.leaving import Leaving
from tocsin_data.sql import sweeps
from tocsin_data.sql.sweeps import Found

BATCH: Final = 200
MAX_BATCHES: Final = 50
WAKE_UP_GRACE: Final = timedelta(seconds=3)
"""How long after its instant a step is left to its own wake-up."""
OUTBOX_GRACE: Final = timedelta(seconds=20)
"""How long a queued page is left to its own message."""
MAIL_GRACE: Final = timedelta(minutes=1)
"""How long a queued mail, which is no page, is left to its own message."""
PIECE_ROWS: Final = 2_000
"""How much of an ending organization goes in one transaction, which must stay far from the statement timeout."""
PIECES: Final = 5
type Batch = Sequence[tuple[UUID, UUID]]
"""(org, id)."""
type LookUp = Callable[[Tx, datetime, int, Found | None], list[Found]]
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
    mails: int = 0
    handoffs: int = 0
    ended: int = 0
    unmuted: int = 0
    lapsed: int = 0
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
            "mails": self.mails,
            "handoffs": self.handoffs,
            "ended": self.ended,
            "unmuted": self.unmuted,
            "lapsed": self.lapsed,
            "failed": self.failed,
        }


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to make good: who finds the rows due at an instant, and what is done for a batch of them."""

    look_up: LookUp
    instant: datetime
    do: Callable[[Batch], None]


def sweep(db: Database, send: Send, seal_public_key: Callable[[], str] | None = None) -> Swept:
    """Make good everything that is due; sends what leaves after each transaction, so that a crash loses little.

    Without the key that mails are sealed to, nobody is told of handoffs.
    """
    swept = Swept()
    with db.many(()) as tx:
        tasks = [*_tasks(db, tx.now, send, swept), *_lapses(db, tx.now, send, swept)]
        if seal_public_key is not None:
            tasks.append(_handoffs(db, tx.now, send, swept, seal_public_key))
        heads = [task.look_up(tx, task.instant, BATCH, None) for task in tasks]
    for task, head in zip(tasks, heads, strict=True):
        for batch in _batches(db, task, head):
            swept.failed += _spare([(f.org_id, f.id) for f in batch], task.do)
    _finish(db, swept)
    _end(db, swept)
    return swept


def _tasks(db: Database, now: datetime, send: Send, swept: Swept) -> list[Task]:
    overdue, unsent, reach = now - WAKE_UP_GRACE, now - OUTBOX_GRACE, now + TIMER_REACH

    def take(batch: Batch) -> None:
        _took(escalating.take_overdue(db, batch, overdue), send, swept)

    def expire(batch: Batch) -> None:
        swept.expired += responding.expire(db, batch, now)

    def post(batch: Batch) -> None:
        leaving = mailing.resend(db, batch, now - MAIL_GRACE)
        swept.mails += len(leaving.mails)
        send(leaving)

    def arm(batch: Batch) -> None:
        leaving = escalating.arm(db, batch, reach)
        swept.armed += len(leaving.wake_ups)
        send(leaving)

    def arm_pages(batch: Batch) -> None:
        leaving = recording.arm(db, batch, reach)
        swept.armed += len(leaving.deliveries)
        send(leaving)

    def unmute(batch: Batch) -> None:
        ended = muting.end_mutes(db, batch, now)
        swept.unmuted += ended.count
        send(ended.leaving)

    return [
        Task(sweeps.due_escalations, overdue, take),
        Task(sweeps.silent_notifications, now - CLAIM_SILENCE, lambda batch: _give_up(db, batch, send, swept)),
        Task(sweeps.unsent_notifications, unsent, lambda batch: _resend(db, batch, unsent, send, swept)),
        Task(sweeps.expired_alerts, now, expire),
        Task(sweeps.muted_incidents, now, unmute),
        Task(sweeps.unsent_mails, now - MAIL_GRACE, post),
        Task(sweeps.unarmed_escalations, reach, arm),
        Task(sweeps.unarmed_notifications, reach, arm_pages),
    ]


def _lapses(db: Database, now: datetime, send: Send, swept: Swept) -> list[Task]:
    def done(lapsed: Lapsed) -> None:
        swept.lapsed += lapsed.count
        send(lapsed.leaving)

    return [
        Task(sweeps.ended_snoozes, now, lambda batch: done(lapsing.end_snoozes(db, batch, now))),
        Task(sweeps.forgotten_acknowledgements, now, lambda b: done(lapsing.forget_acknowledgements(db, b, now))),
        Task(sweeps.silent_incidents, now, lambda batch: done(lapsing.resolve_silent(db, batch))),
    ]


def _handoffs(db: Database, now: datetime, send: Send, swept: Swept, seal_public_key: Callable[[], str]) -> Task:
    def tell(batch: Batch) -> None:
        leaving = handoffs.tell(db, batch, seal_public_key)
        swept.handoffs += len(leaving.mails)
        send(leaving)

    return Task(sweeps.due_handoffs, now, tell)


def _took(taken: escalating.Taken, send: Send, swept: Swept) -> None:
    swept.overdue += len(taken.lateness_seconds)
    swept.exhausted += taken.exhausted
    swept.latest_seconds = max([swept.latest_seconds, *taken.lateness_seconds])
    send(taken.leaving)


def _give_up(db: Database, batch: Batch, send: Send, swept: Swept) -> None:
    recorded = recording.give_up_silent(db, batch)
    swept.uncertain += recorded.uncertain
    send(recorded.leaving)
    _move_on(db, recorded.failed, send, swept)


def _resend(db: Database, batch: Batch, due_before: datetime, send: Send, swept: Swept) -> None:
    recorded = recording.resend(db, batch, due_before)
    swept.resent += len(recorded.leaving.deliveries)
    swept.unsent_seconds = max(swept.unsent_seconds, recorded.unsent_seconds)
    send(recorded.leaving)
    _move_on(db, recorded.failed, send, swept)


def _spare(batch: Batch, do: Callable[[Batch], None]) -> int:
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


def _move_on(db: Database, failed: Batch, send: Send, swept: Swept) -> None:
    if failed:
        taken = escalating.move_on(db, failed)
        swept.exhausted += taken.exhausted
        send(taken.leaving)


def _batches(db: Database, task: Task, head: list[Found]) -> Iterator[list[Found]]:
    """Go on from the last row found, so that rows that can't be done, or are held, never hide those after them."""
    batch = head
    for _ in range(MAX_BATCHES):
        if batch:
            yield batch
        if len(batch) < BATCH:
            return
        with db.many(()) as tx:
            batch = task.look_up(tx, task.instant, BATCH, batch[-1])


def _end(db: Database, swept: Swept) -> None:
    """Last and by itself: an organization's end must not keep pages waiting, or look like a dead sweep. A large one
    goes piece by piece, over many sweeps.
    """
    try:
        for _ in range(PIECES):
            with db.many(()) as tx:
                piece = sweeps.end_organizations(tx, PIECE_ROWS)
            if piece is None:
                return
            swept.ended += piece.ended
    except Exception:  # noqa: BLE001 - whatever is wrong with one organization, the sweep itself has ended well
        logs.logger("sweep").exception("organization not ended")
        swept.failed += 1


def _finish(db: Database, swept: Swept) -> None:
    with db.many(()) as tx:
        sweeps.finish(tx, swept.counts)
