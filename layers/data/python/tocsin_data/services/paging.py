"""Taking the due steps of escalations: whom they page, what is told, when the next one is due.

Shared by everything that starts or moves an escalation. Called with the escalations' rows held, or not yet written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tocsin.contracts.delivery import DeliveryIncident, DeliveryMessage
from tocsin.contracts.wakeup import WakeUp
from tocsin.domain.escalation import (
    START,
    Cursor,
    Exhausted,
    Page,
    Plan,
    PolicyStep,
    State,
    TargetKind,
    Wait,
    advance,
    first_due,
    timer_delay,
)
from tocsin.domain.incident import Severity, Urgency
from tocsin.domain.recipients import Directory, Reach, Recipient, fallback, reach
from tocsin.platform.ids import new_id
from tocsin_data.db import Tx
from tocsin_data.services.leaving import Leaving
from tocsin_data.sql import directories, escalations, notifications, walks
from tocsin_data.sql.escalations import Escalation
from tocsin_data.sql.incidents import NewEntry
from tocsin_data.sql.notifications import Sendable
from tocsin_data.sql.walks import EscalationRow, Intent

SYSTEM: Final = "system:escalation"
NO_PLAN: Final = Plan((), 1, timedelta(0))
"""What a service without a policy has: it goes straight to the fallback contact, and says so."""
CALLED_IN: Final = -1
"""The position of pages to people who were called in to help, which no step has sent."""
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
    """Begin new escalations: take their first step, or wait for it when it has a delay."""
    waiting: list[Running] = []
    due: list[Running] = []
    for escalation in running:
        first = first_due(escalation.plan, tx.now)
        (waiting if isinstance(first, Wait) and first.until > tx.now else due).append(escalation)
    walk = take(tx, due)
    for escalation in waiting:
        _wait(walk, tx.now, escalation, Wait(START, tx.now + escalation.plan.steps[0].delay))
    return walk


def take(tx: Tx, running: Sequence[Running]) -> Walk:
    """Take the step each escalation's cursor points to, and those that follow without a wait."""
    walk = Walk()
    if not running:
        return walk
    known = _directories(tx, (r.plan for r in running))
    fallbacks: dict[UUID, str] | None = None
    walk.incidents = {escalation.incident.incident_id: escalation.incident for escalation in running}
    for escalation in running:
        reaches = _reaches(escalation, known.get(escalation.org_id, Directory()))
        pages, following = advance(
            escalation.plan, escalation.cursor, tx.now, lambda step, r=reaches: bool(r[step.step_id].recipients)
        )
        for page in pages:
            _page(walk, tx.now, escalation, page, reaches[page.step.step_id])
        if isinstance(following, Wait):
            _wait(walk, tx.now, escalation, following)
        else:
            fallbacks = escalations.fallbacks(tx) if fallbacks is None else fallbacks
            _exhaust(walk, tx.now, escalation, following, fallbacks.get(escalation.org_id))
    return walk


def write(tx: Tx, walk: Walk, leaving: Leaving) -> None:
    """Write a walk, and add to `leaving` the pages that are new and the wake-ups within reach of a queue."""
    if not walk.rows:
        return
    to_leave = walks.write(tx, walk.rows, walk.intents, walk.entries)
    leaving.deliveries.extend(
        (_delivery(intent, walk.incidents[intent.incident_id]), intent.due_at)
        for intent in walk.intents
        if intent.id in to_leave and not intent.unarmed
    )
    leaving.wake_ups.extend(wake_up for wake_up in walk.wake_ups if wake_up.escalation_id in to_leave)


def send_again(tx: Tx, ids: Sequence[UUID], leaving: Leaving) -> None:
    """Add the messages of notifications that were written before and are queued to what leaves, read anew."""
    found = notifications.sendable(tx, ids)
    leaving.deliveries.extend((_delivery(row, _incident(row)), row.due_at) for row in found)


def call_in(tx: Tx, escalation: Running, recipients: Sequence[Recipient], entries: Sequence[NewEntry]) -> list[UUID]:
    """Write pages to people who are to help, beside the escalation, whose row is held, and tell it; answers them."""
    beside = Cursor(escalation.cursor.round, CALLED_IN)
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
    cursor = Cursor(row.round, row.position)
    return Running(row.id, row.org_id, _incident(row), policy, plan, row.generation, cursor, Urgency(row.urgency))


def _directories(tx: Tx, plans: Iterable[Plan]) -> dict[UUID, Directory]:
    targets = {target for plan in plans for step in plan.steps for target in step.targets}
    users = [UUID(t.value) for t in targets if t.kind is TargetKind.USER]
    teams = [UUID(t.value) for t in targets if t.kind is TargetKind.TEAM]
    return directories.directories(tx, users, teams) if users or teams else {}


def _reaches(escalation: Running, directory: Directory) -> dict[UUID, Reach]:
    return {step.step_id: reach(step, directory, escalation.urgency) for step in escalation.plan.steps}


def _page(walk: Walk, now: datetime, escalation: Running, page: Page, reached: Reach) -> None:
    where = {"round": page.cursor.round + 1, "step": page.cursor.position + 1}
    for recipient in reached.recipients:
        walk.intents.extend(_intents(now, escalation, page.cursor, page.step.step_id, recipient))
    if reached.recipients:
        names = [r.name or r.target for r in reached.recipients]
        walk.entries.append(_entry(escalation, "paged", {**where, "recipients": names}))
    for target, reason in reached.unreachable:
        data = {**where, "target": f"{target.kind}:{target.value}", "reason": reason}
        walk.entries.append(_entry(escalation, "target_unreachable", data))
    if not reached.recipients:
        walk.entries.append(_entry(escalation, "step_reached_nobody", where))


def _wait(walk: Walk, now: datetime, escalation: Running, wait: Wait) -> None:
    armed = timer_delay(now, wait.until) is not None
    walk.rows.append(_row(escalation, State.WAITING, wait.cursor, wait.until, armed=armed))
    if armed:
        walk.wake_ups.append(
            WakeUp(
                org_id=escalation.org_id,
                escalation_id=escalation.id,
                generation=escalation.generation,
                round=wait.cursor.round,
                position=wait.cursor.position,
                due_at=wait.until,
            )
        )


def _exhaust(walk: Walk, now: datetime, escalation: Running, end: Exhausted, address: str | None) -> None:
    walk.exhausted += 1
    walk.rows.append(_row(escalation, State.EXHAUSTED, end.cursor, None, armed=False))
    walk.entries.append(_entry(escalation, "escalation_exhausted", {"fallback": address is not None}))
    if address is not None:
        recipient = fallback(address)
        walk.intents.extend(_intents(now, escalation, end.cursor, None, recipient))
        walk.entries.append(_entry(escalation, "fallback_paged", {"recipients": ["fallback contact"]}))


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
            step_id=step_id,
            target=recipient.target,
            recipient_name=recipient.name,
            contact_method_id=method.contact_method_id,
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
        next_at=next_at,
        armed=armed,
    )


def _entry(escalation: Running, kind: str, data: Mapping[str, object]) -> NewEntry:
    return NewEntry(escalation.org_id, escalation.incident.incident_id, kind, SYSTEM, dict(data))


def _delivery(page: Intent | Sendable, incident: DeliveryIncident) -> DeliveryMessage:
    return DeliveryMessage.model_validate(
        {
            "org_id": page.org_id,
            "notification_id": page.id,
            "channel": page.channel,
            "address": page.address,
            "sealed": page.sealed,
            "recipient_name": page.recipient_name,
            "reason": _reason(page),
            "incident": incident,
        }
    )


def _incident(row: Escalation | Sendable) -> DeliveryIncident:
    return DeliveryIncident(
        incident_id=row.incident_id,
        number=row.number,
        title=row.title,
        severity=Severity(row.severity),
        service_name=row.service_name,
        created_at=row.created_at,
        source=row.source,
        late=row.late,
        organization_name=row.organization_name,
    )


def _reason(page: Intent | Sendable) -> str:
    if page.target == "fallback":
        return "nobody in the escalation policy has responded; you are the organization's fallback contact"
    if page.position == CALLED_IN:
        return "you have been called in to help"
    return f"you are in step {page.position + 1} of the escalation policy, round {page.round + 1}"
