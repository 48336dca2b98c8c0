"""What became of pages: delivered, to be tried again, or failed, and what an outcome that never came means."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tocsin.contracts.delivery import OutcomeMessage, Result
from tocsin.domain.notification import (
    CLAIM_SILENCE,
    LONGEST_WAIT,
    AttemptState,
    GiveUp,
    State,
    TryAgain,
    after_silence,
    after_temporary_failure,
)
from tocsin_data.db import Database, Tx
from tocsin_data.services import escalating, paging
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.rejecting import storable
from tocsin_data.sql import destinations, notifications
from tocsin_data.sql.incidents import NewEntry
from tocsin_data.sql.notifications import AttemptEnd, Move, Notification

GONE: Final = "http_410"
BOUNCED: Final = "bounced"
ACTOR: Final = "system:delivery"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a batch of outcomes came to; `failed` are the (org, escalation) to be moved on if nobody was reached.

    The sweep, to which nothing is delivered again, has moved them on: `exhausted` is how many had no step left.
    `unsent_seconds` is the age of the oldest page that was sent anew though it had never been tried.
    """

    leaving: Leaving
    failed: list[tuple[UUID, UUID]]
    delivered: int
    uncertain: int = 0
    exhausted: int = 0
    resent: int = 0
    unsent_seconds: float = 0.0


def record(db: Database, outcomes: Sequence[OutcomeMessage]) -> Recorded:
    """Apply outcomes; one that was applied before changes nothing. Several of one page are applied one by one."""
    with db.many({o.org_id for o in outcomes}) as tx:
        again: set[UUID] = set()
        failed: set[tuple[UUID, UUID]] = set()
        delivered = 0
        for turn in _turns(outcomes):
            held = notifications.lock(tx, [o.notification_id for o in turn])
            known = [(_storable(o), held[o.notification_id]) for o in turn if o.notification_id in held]
            if known:
                again |= _apply(tx, known)
            failed |= {(n.org_id, n.escalation_id) for o, n in known if o.result is not Result.DELIVERED}
            delivered += sum(o.result is Result.DELIVERED for o, _ in known)
        leaving = Leaving(tx.now)
        if again:
            paging.send_again(tx, sorted(again), leaving)
        return Recorded(leaving, sorted(failed), delivered)


def take_back(db: Database, outcomes: Sequence[OutcomeMessage]) -> Recorded:
    """Fail pages whose mail has come back though it was taken; what was over before stays as it is.

    Escalations are named of those too that had failed already: whoever wrote it may have died before they moved on.
    """
    with db.many({o.org_id for o in outcomes}) as tx:
        held = notifications.lock(tx, sorted({o.notification_id for o in outcomes}))
        notifications.return_attempts(tx, list(held), BOUNCED)
        back = [n for n in held.values() if n.state not in (State.FAILED, State.CANCELLED)]
        told = {"channel": "email", "reason": BOUNCED}
        notifications.move(
            tx,
            [_move(n, State.FAILED, None, BOUNCED) for n in back],
            [
                NewEntry(n.org_id, n.incident_id, "notification_failed", ACTOR, {**told, "target": n.target})
                for n in back
            ],
        )
        failed = {(n.org_id, n.escalation_id) for n in held.values() if n.state != State.CANCELLED}
        return Recorded(Leaving(tx.now), sorted(failed), 0)


def give_up_silent(db: Database, found: Sequence[tuple[UUID, UUID]]) -> Recorded:
    """Mark claimed attempts without an outcome as uncertain and send them once more, if they still matter.

    Where one is given up, and nobody was reached, the next step is taken in the same breath.
    """
    with db.many({org_id for org_id, _ in found}) as tx:
        held = notifications.lock_to_move_on(tx, [notification_id for _, notification_id in found])
        silent = [n for n in held.values() if n.state == State.CLAIMED and _silent(tx, n)]
        leaving = Leaving(tx.now)
        if not silent:
            return Recorded(leaving, [], 0)
        notifications.mark_uncertain(tx, [n.id for n in silent])
        moves = [_after_silence(tx, n) for n in silent]
        notifications.move(
            tx,
            moves,
            [
                NewEntry(
                    n.org_id, n.incident_id, "notification_uncertain", ACTOR, {"channel": n.channel, "next": m.state}
                )
                for n, m in zip(silent, moves, strict=True)
            ],
        )
        paging.send_again(tx, [m.id for m in moves if m.state == State.QUEUED], leaving)
        failed = {n.escalation_id for n, m in zip(silent, moves, strict=True) if m.state == State.FAILED}
        return Recorded(leaving, [], 0, uncertain=len(silent), exhausted=_move_on(tx, failed, leaving))


def resend(db: Database, found: Sequence[tuple[UUID, UUID]], due_before: datetime) -> Recorded:
    """Send queued notifications anew whose message has not come through; those no longer reachable fail at once.

    One that has meanwhile been tried, and waits as long as its provider wished, is left to wait.
    """
    with db.many({org_id for org_id, _ in found}) as tx:
        held = notifications.lock_to_move_on(tx, [notification_id for _, notification_id in found])
        lost = [(held[i], reason) for i, reason in notifications.unreachable(tx, list(held))]
        notifications.move(
            tx,
            [_move(n, State.FAILED, None, reason) for n, reason in lost],
            [
                NewEntry(
                    n.org_id, n.incident_id, "notification_failed", ACTOR, {"channel": n.channel, "reason": reason}
                )
                for n, reason in lost
            ],
        )
        leaving = Leaving(tx.now)
        late = notifications.touch(tx, list(held), due_before)
        paging.send_again(tx, late, leaving)
        resent = len(leaving.deliveries)
        unsent = [(tx.now - held[i].wanted_at).total_seconds() for i in late if not held[i].attempts]
        exhausted = _move_on(tx, {n.escalation_id for n, _ in lost}, leaving)
        oldest = max(unsent, default=0.0)
        return Recorded(leaving, [], 0, exhausted=exhausted, resent=resent, unsent_seconds=oldest)


def arm(db: Database, found: Sequence[tuple[UUID, UUID]], due_before: datetime) -> Leaving:
    """Send the messages of pages that a rule holds back, and that have come within a queue's reach."""
    with db.many({org_id for org_id, _ in found}) as tx:
        leaving = Leaving(tx.now)
        near = notifications.arm(tx, [notification_id for _, notification_id in found], due_before)
        if near:
            paging.send_again(tx, near, leaving)
        return leaving


def _move_on(tx: Tx, failed: Collection[UUID], leaving: Leaving) -> int:
    """Move escalations on whose rows are held; answers how many had no step left."""
    return escalating.follow_failures(tx, sorted(failed), leaving).exhausted if failed else 0


def _turns(outcomes: Sequence[OutcomeMessage]) -> list[list[OutcomeMessage]]:
    """The outcomes in turns, in each of which a page comes once at most; the first holds every page."""
    turns: list[list[OutcomeMessage]] = []
    seen: Counter[UUID] = Counter()
    for outcome in outcomes:
        turn = seen[outcome.notification_id]
        seen[outcome.notification_id] += 1
        if turn == len(turns):
            turns.append([])
        turns[turn].append(outcome)
    return turns


def _apply(tx: Tx, known: Sequence[tuple[OutcomeMessage, Notification]]) -> set[UUID]:
    """Write one turn; answers the notifications that are queued again."""
    numbers = notifications.end_attempts(tx, [_end(o, n) for o, n in known])
    fresh = [(o, n) for o, n in known if n.id in numbers]
    moves = [(o, n, _after(tx, o, n, numbers[n.id])) for o, n in fresh]
    made = [(o, n, m) for o, n, m in moves if m is not None]
    notifications.move(tx, [m for _, _, m in made], [e for o, n, _ in made if (e := _entry(o, n))])
    gone = [n.contact_method_id for o, n in known if o.reason == GONE and n.contact_method_id]
    if gone:
        notifications.disable_method(tx, gone, GONE)
    places = [n.destination_id for o, n in known if o.reason == GONE and n.destination_id]
    if places:
        destinations.disable(tx, places, GONE)
    return {m.id for _, _, m in made if m.state == State.QUEUED}


def _storable(outcome: OutcomeMessage) -> OutcomeMessage:
    """What a provider says may hold what PostgreSQL refuses, and must not keep its outcome out."""
    said = {"reason": outcome.reason, "detail": outcome.detail, "provider_id": outcome.provider_id}
    return outcome.model_copy(update={name: text and storable(text) for name, text in said.items()})


def _silent(tx: Tx, notification: Notification) -> bool:
    return notification.claimed_at is not None and notification.claimed_at <= tx.now - CLAIM_SILENCE


def _end(outcome: OutcomeMessage, notification: Notification) -> AttemptEnd:
    return AttemptEnd(
        notification_id=notification.id,
        org_id=notification.org_id,
        attempt_id=outcome.attempt_id,
        number=notification.attempts + (outcome.attempt_id is None),
        state=AttemptState(outcome.result.value),
        unclaimed=outcome.unclaimed,
        reason=outcome.reason,
        detail=outcome.detail,
        provider_id=outcome.provider_id,
        ended_at=outcome.at,
    )


def _after(tx: Tx, outcome: OutcomeMessage, notification: Notification, number: int) -> Move | None:
    attempts = notification.attempts + (outcome.attempt_id is None)
    if outcome.result is Result.DELIVERED:
        return _move(notification, State.DELIVERED, None, None, attempts)
    if notification.state in (State.DELIVERED, State.FAILED, State.CANCELLED):
        return None
    if notification.state == State.CLAIMED and number < notification.attempts:
        return None  # a newer attempt is in flight, and will say itself what became of it
    if outcome.result is Result.PERMANENT:
        return _move(notification, State.FAILED, None, outcome.reason, attempts)
    if notification.superseded:
        return _move(notification, State.CANCELLED, None, "incident_moved_on", attempts)
    decision = after_temporary_failure(
        attempts=attempts, wanted_at=notification.wanted_at, now=tx.now, retry_after=_wish(outcome)
    )
    match decision:
        case TryAgain(at):
            return _move(notification, State.QUEUED, at, outcome.reason, attempts)
        case GiveUp(reason):
            return _move(notification, State.FAILED, None, reason, attempts)


def _wish(outcome: OutcomeMessage) -> timedelta | None:
    """The provider's Retry-After; beyond the longest wait its size no longer matters."""
    if outcome.retry_after_seconds is None:
        return None
    return timedelta(seconds=min(max(outcome.retry_after_seconds, 0), int(LONGEST_WAIT.total_seconds()) + 1))


def _after_silence(tx: Tx, notification: Notification) -> Move:
    uncertain = notification.uncertain_count + 1
    if notification.superseded:
        return _move(notification, State.CANCELLED, None, "incident_moved_on", uncertain=uncertain)
    decision = after_silence(uncertain_count=notification.uncertain_count, now=tx.now)
    if isinstance(decision, TryAgain):
        return _move(notification, State.QUEUED, decision.at, "no_outcome", uncertain=uncertain)
    return _move(notification, State.FAILED, None, decision.reason, uncertain=uncertain)


def _move(
    notification: Notification,
    state: State,
    due_at: datetime | None,
    reason: str | None,
    attempts: int | None = None,
    uncertain: int | None = None,
) -> Move:
    return Move(
        id=notification.id,
        state=state,
        due_at=due_at,
        reason=reason,
        attempts=notification.attempts if attempts is None else attempts,
        uncertain_count=notification.uncertain_count if uncertain is None else uncertain,
    )


def _entry(outcome: OutcomeMessage, notification: Notification) -> NewEntry | None:
    if outcome.result is Result.TEMPORARY:
        return None
    kind = "notification_delivered" if outcome.result is Result.DELIVERED else "notification_failed"
    data = {
        "channel": notification.channel,
        "target": notification.target,
        "reason": outcome.reason,
        "unclaimed": outcome.unclaimed,
    }
    return NewEntry(notification.org_id, notification.incident_id, kind, ACTOR, data)
