"""Due steps: taken when a wake-up comes, by the sweep when none came, and at once when a step reached nobody."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from tocsin.contracts.wakeup import WakeUp
from tocsin.domain.escalation import State, after_failure
from tocsin.domain.paging_stop import held_back
from tocsin_data.db import Database, Tx
from tocsin_data.services import paging
from tocsin_data.services.leaving import Leaving
from tocsin_data.sql import escalations, notifications
from tocsin_data.sql.escalations import Escalation
from tocsin_data.sql.incidents import NewEntry

type Found = tuple[UUID, UUID]
"""(org, escalation), as the look-ups that cross organizations answer."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking steps came to; `lateness_seconds` are how long after their instant they were taken."""

    leaving: Leaving
    lateness_seconds: list[float]
    exhausted: int


def wake(db: Database, wake_ups: Sequence[WakeUp]) -> Taken:
    """Take the steps these wake-ups name, if they are still the next and are due; an early one is sent again."""
    with db.many({w.org_id for w in wake_ups}) as tx:
        held = {e.id: e for e in escalations.lock_waiting(tx, list({w.escalation_id for w in wake_ups}))}
        leaving = Leaving(tx.now)
        due: dict[UUID, Escalation] = {}
        for wake_up in wake_ups:
            found = held.get(wake_up.escalation_id)
            if found is None or not _names(wake_up, found) or found.next_at is None:
                continue
            if found.next_at <= tx.now:
                due[found.id] = found
            else:
                leaving.wake_ups.append(wake_up.model_copy(update={"due_at": found.next_at}))
        return _take(tx, list(due.values()), leaving)


def take_overdue(db: Database, found: Sequence[Found], due_before: datetime) -> Taken:
    """Take the steps of escalations whose wake-up did not come; those that another transaction holds are left to it."""
    with db.many({org_id for org_id, _ in found}) as tx:
        held = escalations.lock(tx, [escalation_id for _, escalation_id in found])
        due = [e for e in held if e.state == State.WAITING and e.next_at is not None and e.next_at <= due_before]
        return _take(tx, due, Leaving(tx.now))


def move_on(db: Database, found: Sequence[Found]) -> Taken:
    """Go on now where pages have failed, in a transaction of its own."""
    with db.many({org_id for org_id, _ in found}) as tx:
        return follow_failures(tx, [escalation_id for _, escalation_id in found], Leaving(tx.now))


def follow_failures(tx: Tx, escalation_ids: Sequence[UUID], leaving: Leaving) -> Taken:
    """Go on now where pages have failed: to what a person's rules hold back for later, or with the next step.

    The next step is taken when all the latest pages have failed, and nothing is left of them.
    """
    held = escalations.lock_waiting(tx, escalation_ids)
    left = notifications.after_failures(tx, [e.id for e in held], paging.SYSTEM)
    failed = [e for e in held if e.id in left.silent]
    told = [NewEntry(e.org_id, e.incident_id, "step_failed", paging.SYSTEM) for e in failed]
    if left.brought_forward:
        paging.send_again(tx, left.brought_forward, leaving)
    return _take(tx, [replace(e, next_at=tx.now) for e in failed], leaving, told, failed=True)


def arm(db: Database, found: Sequence[Found], due_before: datetime) -> Leaving:
    """Send wake-ups for waits that have come within a queue's reach."""
    with db.many({org_id for org_id, _ in found}) as tx:
        leaving = Leaving(tx.now)
        for e in escalations.arm(tx, [escalation_id for _, escalation_id in found], due_before):
            leaving.wake_ups.append(
                WakeUp(
                    org_id=e.org_id,
                    escalation_id=e.id,
                    generation=e.generation,
                    round=e.round,
                    position=e.position,
                    retry=e.retry,
                    due_at=e.next_at,
                )
            )
        return leaving


def _names(wake_up: WakeUp, found: Escalation) -> bool:
    named = (wake_up.generation, wake_up.round, wake_up.position, wake_up.retry)
    return found.state == State.WAITING and named == (found.generation, found.round, found.position, found.retry)


def _take(
    tx: Tx, due: Sequence[Escalation], leaving: Leaving, told: Sequence[NewEntry] = (), *, failed: bool = False
) -> Taken:
    running = paging.load_running(tx, due)
    if failed:
        running = [replace(r, cursor=after_failure(r.plan, r.cursor)) for r in running]
    walk = paging.take(tx, running)
    walk.entries[:0] = told
    paging.write(tx, walk, leaving)
    instants = [held_back(e.next_at, e.paging_stopped_until) for e in due if e.next_at is not None]
    lateness = [max(0.0, (tx.now - at).total_seconds()) for at in instants]
    return Taken(leaving, lateness, walk.exhausted)
