"""What should have happened and did not: found across organizations, then done by the use case it belongs to."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tocsin.contracts.mail import MailMessage
from tocsin.domain.escalation import TIMER_REACH
from tocsin.domain.notification import CLAIM_SILENCE
from tocsin.errors import Unavailable
from tocsin.platform import logs
from tocsin_data.db import Contention, Database
from tocsin_data.services import (
    escalating,
    handoffs,
    heartbeat_states,
    lapsing,
    mailing,
    muting,
    recording,
    region_reports,
    report_schedule,
    responding,
    storing,
    subscriber_pacing,
    subscriber_telling,
    subscriber_wishes,
    verdicts,
)
from tocsin_data.services.lapsing import Lapsed
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.page_site import Site
from tocsin_data.sql import sweeps
from tocsin_data.sql.sweeps import Due, Found, Wanted

BATCH: Final = 200
MAX_BATCHES: Final = 50
ROLLUP_BATCHES: Final = 5
"""How many batches of hours a sweep counts: pages must not wait for figures, and the next sweep goes on."""
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
type Send = Callable[[Leaving], None]


@dataclass(slots=True)
class Swept:
    """What a sweep made good, how late the latest step was, and how old the oldest page that was never tried.

    `marked_at` is its instant, for the queue of results to be marked with, where heartbeats wait to be heard.
    """

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
    missed: int = 0
    judged: int = 0
    reported: int = 0
    told: int = 0
    posted: int = 0
    forgotten: int = 0
    counted: int = 0
    failed: int = 0
    marked_at: datetime | None = None
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
            "missed": self.missed,
            "judged": self.judged,
            "reported": self.reported,
            "told": self.told,
            "posted": self.posted,
            "forgotten": self.forgotten,
            "counted": self.counted,
            "failed": self.failed,
        }


@dataclass(frozen=True, slots=True)
class Outside:
    """How subscribers of status pages are told: where pages are, and how many mails may leave in a second."""

    site: Site
    per_second: int


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to make good: what finds the rows due at an instant, and what is done for a batch of them."""

    look_up: Due
    instant: datetime
    do: Callable[[Batch], None]
    batches: int = MAX_BATCHES


def sweep(
    db: Database,
    send: Send,
    seal_public_key: Callable[[], str] | None = None,
    result_days: int = storing.KEPT_DAYS,
    outside: Outside | None = None,
) -> Swept:
    """Make good everything that is due; sends what leaves after each transaction, so that a crash loses little.

    Without the key that mails are sealed to, nobody is told of handoffs; without `outside`, no subscriber of anything.
    """
    swept = Swept()
    with db.many(()) as tx:
        tasks = [*_tasks(db, tx.now, send, swept), *_lapses(db, tx.now, send, swept)]
        if seal_public_key is not None:
            tasks.append(_handoffs(db, tx.now, send, swept, seal_public_key))
        if outside is not None:
            tasks.extend(_subscribers(db, tx.now, swept, outside))
        tasks.append(_rollups(db, tx.now, swept))
        heads = sweeps.due(tx, [Wanted(task.look_up, task.instant) for task in tasks], BATCH)
        chores = sweeps.chores(
            tx, storing.days(tx.now, result_days), tx.now - storing.CLOSING, region_reports.SILENT_AFTER
        )
        swept.marked_at = tx.now if chores.has_deadlines else None
    for task, head in zip(tasks, heads, strict=True):
        for batch in _batches(db, task, head):
            swept.failed += _spare([(f.org_id, f.id) for f in batch], task.do)
    if outside is not None:
        _serve_subscribers(db, send, swept, outside)
    if chores.days_turn:
        _turn_days(db, result_days, swept)
    _finish(db, swept)
    if chores.regions_fall_silent:
        _look_at_regions(db, swept)
    if chores.organizations_end:
        _end(db, swept)
    return swept


def _tasks(db: Database, now: datetime, send: Send, swept: Swept) -> list[Task]:
    overdue, unsent, reach = now - WAKE_UP_GRACE, now - OUTBOX_GRACE, now + TIMER_REACH

    def take(batch: Batch) -> None:
        _took(escalating.take_overdue(db, batch, overdue), send, swept)

    def expire(batch: Batch) -> None:
        expired = responding.expire(db, batch, now)
        swept.expired += expired.alerts
        send(expired.leaving)

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
        Task(Due.ESCALATIONS, overdue, take),
        Task(Due.SILENT_NOTIFICATIONS, now - CLAIM_SILENCE, lambda batch: _give_up(db, batch, send, swept)),
        Task(Due.UNSENT_NOTIFICATIONS, unsent, lambda batch: _resend(db, batch, unsent, send, swept)),
        Task(Due.EXPIRED_ALERTS, now, expire),
        Task(Due.MUTED_INCIDENTS, now, unmute),
        Task(Due.UNSENT_MAILS, now - MAIL_GRACE, post),
        Task(Due.UNARMED_ESCALATIONS, reach, arm),
        Task(Due.UNARMED_NOTIFICATIONS, reach, arm_pages),
    ]


def _lapses(db: Database, now: datetime, send: Send, swept: Swept) -> list[Task]:
    def done(lapsed: Lapsed) -> None:
        swept.lapsed += lapsed.count
        send(lapsed.leaving)

    def miss(batch: Batch) -> None:
        expired = heartbeat_states.expire(db, batch)
        swept.missed += expired.count
        send(expired.leaving)

    def judge(batch: Batch) -> None:
        judged = verdicts.look(db, batch)
        swept.judged += judged.changed
        for leaving in judged.leaving:
            send(leaving)

    def report(batch: Batch) -> None:
        moved = report_schedule.move_due(db, batch)
        swept.reported += moved.count
        send(moved.leaving)

    return [
        Task(Due.LATE_HEARTBEATS, now, miss),
        Task(Due.MONITORS, now, judge),
        Task(Due.ENDED_SNOOZES, now, lambda batch: done(lapsing.end_snoozes(db, batch, now))),
        Task(Due.FORGOTTEN_ACKNOWLEDGEMENTS, now, lambda b: done(lapsing.forget_acknowledgements(db, b, now))),
        Task(Due.SILENT_INCIDENTS, now, lambda batch: done(lapsing.resolve_silent(db, batch))),
        Task(Due.STATUS_REPORTS, now, report),
    ]


def _handoffs(db: Database, now: datetime, send: Send, swept: Swept, seal_public_key: Callable[[], str]) -> Task:
    def tell(batch: Batch) -> None:
        leaving = handoffs.tell(db, batch, seal_public_key)
        swept.handoffs += len(leaving.mails)
        send(leaving)

    return Task(Due.HANDOFFS, now, tell)


def _subscribers(db: Database, now: datetime, swept: Swept, outside: Outside) -> list[Task]:
    """Who is told what pages say: after all that anybody is paged by."""

    def tell(batch: Batch) -> None:
        swept.told += subscriber_telling.tell(db, batch, outside.site).mails

    def forget(batch: Batch) -> None:
        swept.forgotten += subscriber_wishes.forget(db, batch)

    return [Task(Due.UNTOLD_UPDATES, now, tell), Task(Due.FORGOTTEN_SUBSCRIBERS, now, forget)]


def _rollups(db: Database, now: datetime, swept: Swept) -> Task:
    """Last of all, since nobody is paged by it."""

    def count(batch: Batch) -> None:
        swept.counted += storing.roll_up(db, batch)

    closed = now.replace(minute=0, second=0, microsecond=0)
    return Task(Due.ROLLUPS, closed, count, ROLLUP_BATCHES)


def _serve_subscribers(db: Database, send: Send, swept: Swept, outside: Outside) -> None:
    """Whatever is in the way of their mails, the next sweep goes on: it must not look like a dead one."""
    try:
        _post_to_subscribers(db, send, swept, outside)
    except Contention as error:
        logs.logger("sweep").warning("mails to subscribers left undone", extra={"detail": str(error)})
        swept.failed += 1


def _post_to_subscribers(db: Database, send: Send, swept: Swept, outside: Outside) -> None:
    """Send what subscribers are told, so much of it as may leave in a sweep, and forget what became of old mails."""
    with db.many(()) as tx:
        chores = subscriber_pacing.chores(tx)
    most = subscriber_pacing.at_most(outside.per_second)
    while chores.mails_wait and swept.posted < most:
        with db.many(()) as tx:
            now, found = tx.now, subscriber_pacing.due(tx, tx.now, min(most - swept.posted, BATCH))
        sent: list[MailMessage] = []

        def post(batch: Batch, now: datetime = now, sent: list[MailMessage] = sent) -> None:
            leaving = subscriber_pacing.send_off(db, batch, now, swept.posted + len(sent), most)
            sent.extend(mail for mail, _ in leaving.paced)
            send(leaving)

        swept.failed += _spare([(f.org_id, f.id) for f in found], post)
        swept.posted += len(sent)
        if not sent:
            break
    if chores.mails_are_old:
        swept.forgotten += subscriber_wishes.forget_mails(db)


def _turn_days(db: Database, kept_days: int, swept: Swept) -> None:
    """Whatever becomes of it, what is due is done: there are days ahead, and the next sweep tries again."""
    try:
        storing.turn_days(db, kept_days)
    except Contention as error:
        logs.logger("sweep").warning("days of results not turned", extra={"detail": str(error)})
        swept.failed += 1


def _took(taken: escalating.Taken, send: Send, swept: Swept) -> None:
    swept.overdue += len(taken.lateness_seconds)
    swept.exhausted += taken.exhausted
    swept.latest_seconds = max([swept.latest_seconds, *taken.lateness_seconds])
    send(taken.leaving)


def _give_up(db: Database, batch: Batch, send: Send, swept: Swept) -> None:
    recorded = recording.give_up_silent(db, batch)
    swept.uncertain += recorded.uncertain
    swept.exhausted += recorded.exhausted
    send(recorded.leaving)


def _resend(db: Database, batch: Batch, due_before: datetime, send: Send, swept: Swept) -> None:
    recorded = recording.resend(db, batch, due_before)
    swept.resent += recorded.resent
    swept.exhausted += recorded.exhausted
    swept.unsent_seconds = max(swept.unsent_seconds, recorded.unsent_seconds)
    send(recorded.leaving)


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


def _batches(db: Database, task: Task, head: list[Found]) -> Iterator[list[Found]]:
    """Go on from the last row found, so that rows that can't be done, or are held, never hide those after them."""
    batch = head
    for _ in range(task.batches):
        if batch:
            yield batch
        if len(batch) < BATCH:
            return
        with db.many(()) as tx:
            (batch,) = sweeps.due(tx, [Wanted(task.look_up, task.instant, batch[-1])], BATCH)


def _look_at_regions(db: Database, swept: Swept) -> None:
    try:
        region_reports.notice_silence(db).tell("sweep")
    except Exception:  # noqa: BLE001 - a region's silence must not look like a dead sweep
        logs.logger("sweep").exception("regions not looked at")
        swept.failed += 1


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
