"""What people do to an incident: acknowledge, resolve, reassign, note. And what time does: expiry."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tocsin.domain.escalation import START, Target, TargetKind
from tocsin.domain.incident import Action, Status, Urgency, WrongStatus, transition
from tocsin.errors import LinkExpired, LinkUnusable, NotFound
from tocsin.platform.ids import new_id
from tocsin.platform.tokens import digest
from tocsin_data.db import Database, Tx
from tocsin_data.services import paging
from tocsin_data.services.leaving import Leaving
from tocsin_data.sql import dedup_keys, directories, escalations, incidents, moves
from tocsin_data.sql.incidents import Incident, NewEntry
from tocsin_data.sql.moves import Move


@dataclass(frozen=True, slots=True)
class Moved:
    """An incident after a move."""

    incident_id: UUID
    status: Status
    leaving: Leaving


@dataclass(frozen=True, slots=True)
class Link:
    """What a link from a notification stands for. `target` says who it was sent to."""

    org_id: UUID
    incident_id: UUID
    notification_id: UUID
    target: str


def act(db: Database, org_id: UUID, incident_id: UUID, action: Action, actor: str) -> Moved:
    """Acknowledge or resolve; raises NotFound, or WrongStatus when someone was quicker."""
    with db.one(org_id) as tx:
        incident = _lock(tx, incident_id)
        status = _move(tx, incident, action, actor)
        if status is Status.RESOLVED:
            dedup_keys.close_alerts_of(tx, incident.id)
        return Moved(incident.id, status, Leaving(tx.now))


def reassign_to_users(db: Database, org_id: UUID, incident_id: UUID, user_ids: Sequence[UUID], actor: str) -> Moved:
    """Page these people now in the policy's place; raises NotFound for an incident or a member that isn't there."""
    wanted = [Target(TargetKind.USER, str(user_id)) for user_id in user_ids]
    with db.one(org_id) as tx:
        known = directories.directories(tx, list(user_ids), []).get(org_id)
        missing = [u for u in user_ids if known is None or u not in known.people]
        if missing:
            raise NotFound(f"There is no member {missing[0]} in this organization.")
        raw = [{"kind": t.kind.value, "value": t.value} for t in wanted]
        return _reassign(tx, incident_id, actor, None, raw, {"users": [str(u) for u in user_ids]})


def reassign_to_policy(db: Database, org_id: UUID, incident_id: UUID, policy_id: UUID, actor: str) -> Moved:
    """Start over with the current version of a policy; raises NotFound for an incident or policy that isn't there."""
    with db.one(org_id) as tx:
        version = escalations.current_version(tx, policy_id)
        if version is None:
            raise NotFound(f"There is no escalation policy {policy_id} in this organization.")
        return _reassign(tx, incident_id, actor, (policy_id, version), None, {"policy_id": str(policy_id)})


def note(db: Database, org_id: UUID, incident_id: UUID, text: str, actor: str) -> None:
    """Write a note into the timeline; raises NotFound."""
    with db.one(org_id) as tx:
        if incidents.lock(tx, incident_id) is None:
            raise NotFound(f"There is no incident {incident_id} in this organization.")
        incidents.append(tx, [NewEntry(org_id, incident_id, "note", actor, {"text": text})])


def follow_link(db: Database, token: str) -> Link:
    """Find what a link stands for; raises LinkUnusable when it was never issued, LinkExpired when it is over."""
    with db.outside_organizations() as conn:
        row = conn.execute("select * , app.clock() from app.resolve_link(%s)", (digest(token),)).fetchone()
    if row is None:
        raise LinkUnusable("This link was not issued by this deployment, or its incident no longer exists.")
    org_id, incident_id, notification_id, target, expires_at, now = row
    if expires_at is None or expires_at <= now:
        raise LinkExpired("This link has expired.")
    return Link(org_id, incident_id, notification_id, target)


def expire(db: Database, found: Sequence[tuple[UUID, UUID]], expired_before: datetime) -> int:
    """Resolve alerts that were not refreshed in time, and incidents with none left; answers how many alerts."""
    with db.many({org_id for org_id, _ in found}) as tx:
        alert_ids = dedup_keys.lock_of_expired(tx, [alert_id for _, alert_id in found], expired_before)
        open_alerts = incidents.lock_open_alerts(tx, alert_ids) if alert_ids else {}
        if not open_alerts:
            return 0
        ended = set(incidents.resolve_alerts(tx, list(open_alerts)))
        dedup_keys.close_alerts(tx, list(open_alerts))
        actor = "system:expiry"
        ending = {a.incident_id: a for a in open_alerts.values() if a.incident_id in ended}
        moved = [
            Move(a.incident_id, Status(a.incident_status), Status.RESOLVED, actor)
            for a in ending.values()
            if a.incident_status != Status.RESOLVED
        ]
        if moved:
            why = {"reason": "not refreshed"}
            told = [NewEntry(ending[m.incident_id].org_id, m.incident_id, Status.RESOLVED, actor, why) for m in moved]
            moves.write(tx, moved, told)
        return len(open_alerts)


def _lock(tx: Tx, incident_id: UUID) -> Incident:
    dedup_keys.lock_of_incident(tx, incident_id)
    incident = incidents.lock(tx, incident_id)
    if incident is None:
        raise NotFound(f"There is no incident {incident_id} in this organization.")
    return incident


def _move(tx: Tx, incident: Incident, action: Action, actor: str, told: NewEntry | None = None) -> Status:
    """Make the move and tell it, by its status unless told otherwise."""
    before = Status(incident.status)
    after = transition(before, action)
    entry = told or NewEntry(incident.org_id, incident.id, after, actor)
    if not moves.write(tx, [Move(incident.id, before, after, actor)], [entry]):
        raise WrongStatus(before, action)
    return after


def _reassign(
    tx: Tx,
    incident_id: UUID,
    actor: str,
    policy: tuple[UUID, int] | None,
    direct: list[dict[str, str]] | None,
    told: dict[str, object],
) -> Moved:
    incident = _lock(tx, incident_id)
    entry = NewEntry(incident.org_id, incident.id, "reassigned", actor, told)
    status = _move(tx, incident, Action.REASSIGN, actor, entry)
    escalation_id, generation = escalations.lock_of_incident(tx, incident.id) or (new_id(), 0)
    plan = (
        paging.direct_plan(direct, escalation_id)
        if direct is not None
        else escalations.plans(tx, [policy])[policy]
        if policy
        else paging.NO_PLAN
    )
    paged = incidents.describe(tx, incident.id)
    running = paging.Running(
        escalation_id, incident.org_id, paged, policy, plan, generation, START, Urgency(incident.urgency)
    )
    leaving = Leaving(tx.now)
    paging.write(tx, paging.start(tx, [running]), leaving)
    escalations.assign(tx, escalation_id, None if direct is None else json.dumps(direct))
    return Moved(incident.id, status, leaving)
