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
from tocsin.domain.incident import Severity
from tocsin.domain.recipients import Directory, Reach, Recipient, fallback, reach
from tocsin.platform.ids import new_id
from tocsin_data.db import Tx
from tocsin_data.services.leaving import Leaving
from tocsin_data.sql import escalations, incidents, notifications
from tocsin_data.sql.escalations import EscalationRow
from tocsin_data.sql.incidents import NewEntry
from tocsin_data.sql.notifications import NewNotification

SYSTEM: Final = "system:escalation"
NO_PLAN: Final = Plan((), 1, timedelta(0))
"""What a service without a policy has: it goes straight to the fallback contact, and says so."""
type Version = tuple[UUID, int]


@dataclass(frozen=True, slots=True)
class Running:
    """An escalation about to take a step: its identity, its pinned plan and its cursor."""

    id: UUID
    org_id: UUID
    incident_id: UUID
    policy: Version | None
    plan: Plan
    generation: int
    cursor: Cursor


@dataclass(slots=True)
class Walk:
    """What taking the steps comes to; nothing of it is written yet."""

    rows: list[EscalationRow] = field(default_factory=list[EscalationRow])
    notifications: list[NewNotification] = field(default_factory=list[NewNotification])
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
    directories = _directories(tx, (r.plan for r in running))
    fallbacks: dict[UUID, str] | None = None
    for escalation in running:
        reaches = _reaches(escalation.plan, directories.get(escalation.org_id, Directory()))
        pages, following = advance(
            escalation.plan, escalation.cursor, tx.now, lambda step, r=reaches: bool(r[step.step_id].recipients)
        )
        for page in pages:
            _page(walk, escalation, page, reaches[page.step.step_id])
        if isinstance(following, Wait):
            _wait(walk, tx.now, escalation, following)
        else:
            fallbacks = escalations.fallbacks(tx) if fallbacks is None else fallbacks
            _exhaust(walk, escalation, following, fallbacks.get(escalation.org_id))
    return walk


def write(tx: Tx, walk: Walk, leaving: Leaving, *, new: bool) -> None:
    """Write a walk, and add to `leaving` the pages that are new and the wake-ups within reach of a queue."""
    if not walk.rows:
        return
    if new:
        escalations.insert(tx, walk.rows)
    else:
        escalations.update(tx, walk.rows)
    written = notifications.insert(tx, walk.notifications)
    incidents.append(tx, walk.entries)
    if written:
        add_deliveries(tx, sorted(written), leaving)
    leaving.wake_ups.extend(walk.wake_ups)


def add_deliveries(tx: Tx, ids: Sequence[UUID], leaving: Leaving) -> list[UUID]:
    """Add the messages of queued notifications to what leaves; answers those found queued."""
    found = notifications.sendable(tx, ids)
    leaving.deliveries.extend((_delivery(row), row.due_at) for row in found)
    return [row.id for row in found]


def load_running(tx: Tx, held: Iterable[escalations.Escalation]) -> list[Running]:
    """Join held escalations with the plans they are pinned to."""
    rows = list(held)
    versions = [(r.policy_id, r.policy_version) for r in rows if r.policy_id and r.policy_version]
    plans = escalations.plans(tx, versions)
    return [_running(row, plans) for row in rows]


def direct_plan(targets: Sequence[dict[str, str]], step_id: UUID) -> Plan:
    """The plan of people assigned by hand: one step, one round, then the fallback contact after five minutes."""
    step = PolicyStep(step_id, timedelta(0), escalations.targets(targets))
    return Plan((step,), 1, timedelta(minutes=5))


def _running(row: escalations.Escalation, plans: Mapping[Version, Plan]) -> Running:
    if row.direct_targets is not None:
        policy, plan = None, direct_plan(row.direct_targets, row.id)
    elif row.policy_id is not None and row.policy_version is not None:
        policy = (row.policy_id, row.policy_version)
        plan = plans[policy]
    else:
        policy, plan = None, NO_PLAN
    return Running(row.id, row.org_id, row.incident_id, policy, plan, row.generation, Cursor(row.round, row.position))


def _directories(tx: Tx, plans: Iterable[Plan]) -> dict[UUID, Directory]:
    targets = {target for plan in plans for step in plan.steps for target in step.targets}
    users = [UUID(t.value) for t in targets if t.kind is TargetKind.USER]
    teams = [UUID(t.value) for t in targets if t.kind is TargetKind.TEAM]
    return escalations.directories(tx, users, teams) if users or teams else {}


def _reaches(plan: Plan, directory: Directory) -> dict[UUID, Reach]:
    return {step.step_id: reach(step, directory) for step in plan.steps}


def _page(walk: Walk, escalation: Running, page: Page, reached: Reach) -> None:
    where = {"round": page.cursor.round + 1, "step": page.cursor.position + 1}
    for recipient in reached.recipients:
        walk.notifications.extend(_intents(escalation, page.cursor, page.step.step_id, recipient))
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


def _exhaust(walk: Walk, escalation: Running, end: Exhausted, address: str | None) -> None:
    walk.exhausted += 1
    walk.rows.append(_row(escalation, State.EXHAUSTED, end.cursor, None, armed=False))
    walk.entries.append(_entry(escalation, "escalation_exhausted", {"fallback": address is not None}))
    if address is not None:
        recipient = fallback(address)
        walk.notifications.extend(_intents(escalation, end.cursor, None, recipient))
        walk.entries.append(_entry(escalation, "fallback_paged", {"recipients": ["fallback contact"]}))


def _intents(
    escalation: Running, cursor: Cursor, step_id: UUID | None, recipient: Recipient
) -> Iterable[NewNotification]:
    for method in recipient.methods:
        yield NewNotification(
            id=new_id(),
            org_id=escalation.org_id,
            incident_id=escalation.incident_id,
            escalation_id=escalation.id,
            generation=escalation.generation,
            round=cursor.round,
            position=cursor.position,
            step_id=step_id,
            target=recipient.target,
            contact_method_id=method.contact_method_id,
            channel=method.channel,
            address=method.address,
            sealed=method.sealed,
        )


def _row(escalation: Running, state: State, cursor: Cursor, next_at: datetime | None, *, armed: bool) -> EscalationRow:
    policy_id, version = escalation.policy or (None, None)
    return EscalationRow(
        id=escalation.id,
        org_id=escalation.org_id,
        incident_id=escalation.incident_id,
        policy_id=policy_id,
        policy_version=version,
        state=state,
        generation=escalation.generation,
        cursor=cursor,
        next_at=next_at,
        armed=armed,
    )


def _entry(escalation: Running, kind: str, data: Mapping[str, object]) -> NewEntry:
    return NewEntry(escalation.org_id, escalation.incident_id, kind, SYSTEM, dict(data))


def _delivery(row: notifications.Sendable) -> DeliveryMessage:
    return DeliveryMessage.model_validate(
        {
            "org_id": row.org_id,
            "notification_id": row.id,
            "channel": row.channel,
            "address": row.address,
            "sealed": row.sealed,
            "recipient_name": row.recipient_name,
            "reason": _reason(row),
            "incident": DeliveryIncident(
                incident_id=row.incident_id,
                number=row.number,
                title=row.title,
                severity=Severity(row.severity),
                service_name=row.service_name,
                created_at=row.created_at,
                source=row.source,
                late=row.late,
                organization_name=row.organization_name,
            ),
        }
    )


def _reason(row: notifications.Sendable) -> str:
    if row.target == "fallback":
        return "nobody in the escalation policy has responded; you are the organization's fallback contact"
    return f"you are in step {row.position + 1} of the escalation policy, round {row.round + 1}"
