"""Taking the due steps of escalations: whom they page, what is told, when the next one is due.

Shared by everything that starts or moves an escalation. Called with the escalations' rows held, or not yet written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tocsin.contracts.delivery import DeliveryIncident
from tocsin.contracts.wakeup import WakeUp
from tocsin.domain.escalation import (
    Cursor,
    Exhausted,
    Page,
    Plan,
    PolicyStep,
    State,
    Wait,
    advance,
    first_due,
    is_fallback,
    timer_delay,
)
from tocsin.domain.incident import Status, Urgency
from tocsin.domain.paging_stop import in_force
from tocsin.domain.recipients import Directory, Recipient, fallback
from tocsin.domain.step_condition import Circumstances
from tocsin.platform.ids import new_id
from tocsin_data.db import Tx
from tocsin_data.services import page_messages, reaching
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.reaching import Turns, View
from tocsin_data.sql import escalations, notifications, walks
from tocsin_data.sql.escalations import Escalation
from tocsin_data.sql.incidents import NewEntry
from tocsin_data.sql.walks import EscalationRow, Intent

SYSTEM: Final = "system:escalation"
NO_PLAN: Final = Plan((), 1, timedelta(0))
"""What a service without a policy has: it goes straight to the fallback contact, and says so."""
type Version = tuple[UUID, int]


@dataclass(frozen=True, slots=True)
class Running:
    """An escalation about to take a step: its identity, its incident, its pinned plan and its cursor."""

    id: UUID
    org_id: UUID
    incident: DeliveryIncident
    policy: Version | None
    plan: Plan
    generation: int
    cursor: Cursor
    urgency: Urgency = Urgency.HIGH
    acknowledged: bool = False
    paging_stopped_until: datetime | None = None
    turns: Mapping[str, int] = field(default_factory=dict[str, int])
    not_before: datetime | None = None


@dataclass(slots=True)
class Walk:
    """What taking the steps comes to; nothing of it is written yet."""

    rows: list[EscalationRow] = field(default_factory=list[EscalationRow])
    intents: list[Intent] = field(default_factory=list[Intent])
    incidents: dict[UUID, DeliveryIncident] = field(default_factory=dict[UUID, DeliveryIncident])
    entries: list[NewEntry] = field(default_factory=list[NewEntry])
    wake_ups: list[WakeUp] = field(default_factory=list[WakeUp])
    exhausted: int = 0


def start(tx: Tx, running: Sequence[Running]) -> Walk:
    """Begin new escalations: take their first step, or wait for it when it has a delay or may not be taken before."""
    waiting: list[tuple[Running, Wait]] = []
    due: list[Running] = []
    for escalation in running:
        first = first_due(escalation.plan, tx.now)
        until = max(first.until if isinstance(first, Wait) else tx.now, escalation.not_before or tx.now)
        if until > tx.now:
            waiting.append((escalation, Wait(first.cursor, until)))
        else:
            due.append(replace(escalation, cursor=first.cursor))
    walk = take(tx, due)
    for escalation, first in waiting:
        wait(walk, tx.now, escalation, first)
    return walk


def take(tx: Tx, running: Sequence[Running]) -> Walk:
    """Take the step each escalation's cursor points to, and those that follow without a wait.

    While the organization's paging is stopped a step that is due keeps its instant, and its place; the sweep takes it
    afterwards.
    """
    walk = Walk(incidents={escalation.incident.incident_id: escalation.incident for escalation in running})
    going = [r for r in running if not in_force(r.paging_stopped_until, tx.now)]
    for escalation in running:
        if in_force(escalation.paging_stopped_until, tx.now):
            _hold_back(walk, tx.now, escalation)
    if not going:
        return walk
    known = reaching.look_up(tx, (r.plan for r in going))
    views = {r.id: _view(r, known.get(r.org_id, Directory()), tx.now) for r in going}
    taken = [(r, *advance(r.plan, r.cursor, tx.now, views[r.id].look, acknowledged=r.acknowledged)) for r in going]
    asking = {r.id: Turns(r.org_id, r.policy[0], r.turns, pages) for r, pages, _ in taken if r.policy}
    turns = reaching.take_turns(tx, asking)
    fallbacks: dict[UUID, str] | None = None
    for escalation, pages, following in taken:
        pinned = replace(escalation, turns=turns.get(escalation.id, escalation.turns))
        for page in pages:
            _page(walk, tx.now, pinned, page, views[pinned.id])
        if isinstance(following, Wait):
            wait(walk, tx.now, pinned, following)
        elif pinned.acknowledged:
            stop(walk, replace(pinned, cursor=following.cursor))
        else:
            fallbacks = escalations.fallbacks(tx) if fallbacks is None else fallbacks
            _exhaust(walk, tx.now, pinned, following, fallbacks.get(pinned.org_id))
    return walk


def write(tx: Tx, walk: Walk, leaving: Leaving) -> None:
    """Write a walk, and add to `leaving` the pages that are new and the wake-ups within reach of a queue."""
    if not walk.rows:
        return
    to_leave = walks.write(tx, walk.rows, walk.intents, walk.entries)
    leaving.deliveries.extend(
        (page_messages.message(intent, walk.incidents[intent.incident_id]), intent.due_at)
        for intent in walk.intents
        if intent.id in to_leave and not intent.unarmed
    )
    leaving.wake_ups.extend(wake_up for wake_up in walk.wake_ups if wake_up.escalation_id in to_leave)


def send_again(tx: Tx, ids: Sequence[UUID], leaving: Leaving) -> None:
    """Add the messages of notifications that were written before and are queued to what leaves, read anew."""
    found = notifications.sendable(tx, ids)
    leaving.deliveries.extend((page_messages.message(row, page_messages.incident_of(row)), row.due_at) for row in found)


def call_in(tx: Tx, escalation: Running, recipients: Sequence[Recipient], entries: Sequence[NewEntry]) -> list[UUID]:
    """Write pages to people who are to help, beside the escalation, whose row is held, and tell it; answers them."""
    beside = Cursor(escalation.cursor.round, page_messages.CALLED_IN)
    intents = [i for recipient in recipients for i in _intents(tx.now, escalation, beside, None, recipient)]
    written = walks.write(tx, [], intents, entries)
    return [intent.id for intent in intents if intent.id in written and not intent.unarmed]


def load_running(tx: Tx, held: Iterable[Escalation]) -> list[Running]:
    """Join held escalations with the plans they are pinned to."""
    rows = list(held)
    versions = [(r.policy_id, r.policy_version) for r in rows if r.policy_id and r.policy_version]
    plans = escalations.plans(tx, versions)
    return [_running(row, plans) for row in rows]


def direct_plan(targets: Sequence[dict[str, str]], step_id: UUID) -> Plan:
    """The plan of people assigned by hand: one step, one round, then the fallback contact after five minutes."""
    step = PolicyStep(step_id, timedelta(0), escalations.targets(targets))
    return Plan((step,), 1, timedelta(minutes=5))


def _running(row: Escalation, plans: Mapping[Version, Plan]) -> Running:
    if row.direct_targets is not None:
        policy, plan = None, direct_plan(row.direct_targets, row.id)
    elif row.policy_id is not None and row.policy_version is not None:
        policy = (row.policy_id, row.policy_version)
        plan = plans[policy]
    else:
        policy, plan = None, NO_PLAN
    return Running(
        row.id,
        row.org_id,
        page_messages.incident_of(row),
        policy,
        plan,
        row.generation,
        Cursor(row.round, row.position, row.retry),
        Urgency(row.urgency),
        row.status == Status.ACKNOWLEDGED,
        row.paging_stopped_until,
        row.turns,
    )


def _view(escalation: Running, directory: Directory, now: datetime) -> View:
    found = Circumstances(escalation.incident.severity, escalation.urgency, now)
    return View(directory, escalation.urgency, found, escalation.plan.time_zone)


def where(plan: Plan, cursor: Cursor) -> dict[str, object]:
    """A place in a policy, in a timeline's words: round and step from 1, and which repetition if it is one."""
    if is_fallback(plan, cursor):
        return {"fallback": "policy"}
    place: dict[str, object] = {"round": cursor.round + 1, "step": cursor.position + 1}
    return {**place, "repetition": cursor.retry} if cursor.retry else place


def _page(walk: Walk, now: datetime, escalation: Running, page: Page, view: View) -> None:
    place = where(escalation.plan, page.cursor)
    if page.unmet is not None:
        walk.entries.append(entry(escalation, "step_passed", {**place, "reason": page.unmet}))
        return
    turn = _turn(escalation, page) if page.step.round_robin else None
    reached = view.page(page.step, turn)
    at_end = is_fallback(escalation.plan, page.cursor)
    for recipient in reached.recipients:
        step_id = None if at_end else page.step.step_id
        walk.intents.extend(_intents(now, escalation, page.cursor, step_id, recipient))
    if reached.recipients:
        names = [r.name or r.target for r in reached.recipients]
        told: dict[str, object] = {"in_turn": True} if turn is not None else {}
        via = {r.name or r.target: r.via for r in reached.recipients if r.via}
        told |= {"on_call": via} if via else {}
        kind = "fallback_paged" if at_end else "paged"
        walk.entries.append(entry(escalation, kind, {**place, "recipients": names, **told}))
    for target, why in reached.unreachable:
        data = {**place, "target": f"{target.kind}:{target.value}", "reason": why}
        walk.entries.append(entry(escalation, "target_unreachable", data))
    if not reached.recipients:
        walk.entries.append(entry(escalation, "step_reached_nobody", place))


def _turn(escalation: Running, page: Page) -> int:
    """Whose turn it is: this escalation's in the step, and the next one's in each further round."""
    return escalation.turns.get(str(page.step.step_id), 0) + page.cursor.round


def wait(walk: Walk, now: datetime, escalation: Running, until: Wait) -> None:
    """Let an escalation wait for a step."""
    armed = timer_delay(now, until.until) is not None
    walk.rows.append(_row(escalation, State.WAITING, until.cursor, until.until, armed=armed))
    if armed:
        walk.wake_ups.append(
            WakeUp(
                org_id=escalation.org_id,
                escalation_id=escalation.id,
                generation=escalation.generation,
                round=until.cursor.round,
                position=until.cursor.position,
                retry=until.cursor.retry,
                due_at=until.until,
            )
        )


def stop(walk: Walk, escalation: Running) -> None:
    """Let an escalation wait for nothing any more."""
    walk.rows.append(_row(escalation, State.STOPPED, escalation.cursor, None, armed=False))


def _hold_back(walk: Walk, now: datetime, escalation: Running) -> None:
    walk.rows.append(_row(escalation, State.WAITING, escalation.cursor, now, armed=True))
    until = None if escalation.paging_stopped_until is None else escalation.paging_stopped_until.isoformat()
    data = {**where(escalation.plan, escalation.cursor), "until": until}
    walk.entries.append(entry(escalation, "step_held_back", data))


def _exhaust(walk: Walk, now: datetime, escalation: Running, end: Exhausted, address: str | None) -> None:
    walk.exhausted += 1
    walk.rows.append(_row(escalation, State.EXHAUSTED, end.cursor, None, armed=False))
    walk.entries.append(entry(escalation, "escalation_exhausted", {"fallback": address is not None}))
    if address is not None:
        recipient = fallback(address)
        walk.intents.extend(_intents(now, escalation, end.cursor, None, recipient))
        walk.entries.append(entry(escalation, "fallback_paged", {"recipients": ["fallback contact"]}))


def _intents(
    now: datetime, escalation: Running, cursor: Cursor, step_id: UUID | None, recipient: Recipient
) -> Iterable[Intent]:
    for method in recipient.methods:
        due_at = now + method.delay
        yield Intent(
            id=new_id(),
            org_id=escalation.org_id,
            incident_id=escalation.incident.incident_id,
            escalation_id=escalation.id,
            generation=escalation.generation,
            round=cursor.round,
            position=cursor.position,
            retry=cursor.retry,
            step_id=step_id,
            target=recipient.target,
            recipient_name=recipient.name,
            contact_method_id=method.contact_method_id,
            destination_id=method.destination_id,
            channel=method.channel,
            address=method.address,
            sealed=method.sealed,
            rule=method.rule,
            due_at=due_at,
            delayed_until=due_at if method.delay else None,
            unarmed=timer_delay(now, due_at) is None,
        )


def _row(escalation: Running, state: State, cursor: Cursor, next_at: datetime | None, *, armed: bool) -> EscalationRow:
    policy_id, version = escalation.policy or (None, None)
    return EscalationRow(
        id=escalation.id,
        org_id=escalation.org_id,
        incident_id=escalation.incident.incident_id,
        policy_id=policy_id,
        policy_version=version,
        state=state,
        generation=escalation.generation,
        round=cursor.round,
        position=cursor.position,
        retry=cursor.retry,
        turns=escalation.turns,
        next_at=next_at,
        armed=armed,
    )


def entry(escalation: Running, kind: str, data: Mapping[str, object]) -> NewEntry:
    """One line of the timeline of an escalation's incident."""
    return NewEntry(escalation.org_id, escalation.incident.incident_id, kind, SYSTEM, dict(data))
