"""What people do to an incident: acknowledge, resolve, take either back, reassign, note. And what time does: expiry."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from tocsin.domain.escalation import START, Target, TargetKind
from tocsin.domain.incident import STARTING_OVER, Action, Status, Urgency, WrongStatus, transition
from tocsin.errors import LinkExpired, LinkUnusable, NotFound
from tocsin.platform.ids import new_id
from tocsin.platform.tokens import digest
from tocsin_data.db import Database, Tx
from tocsin_data.services import moving, paging, report_following, restarting
from tocsin_data.services.leaving import Leaving
from tocsin_data.sql import dedup_keys, directories, escalations, incidents, links, moves, paging_stops
from tocsin_data.sql.incidents import Incident, NewEntry
from tocsin_data.sql.moves import Move

TOLD: Final = {
    Action.ACKNOWLEDGE: "acknowledged",
    Action.UNACKNOWLEDGE: "unacknowledged",
    Action.RESOLVE: "resolved",
    Action.REOPEN: "reopened",
}
"""The timeline's words for what `act` does."""


@dataclass(frozen=True, slots=True)
class Moved:
    """An incident after a move."""

    incident_id: UUID
    status: Status
    leaving: Leaving


@dataclass(frozen=True, slots=True)
class Expired:
    """How many alerts were resolved since nobody refreshed them."""

    alerts: int
    leaving: Leaving


@dataclass(frozen=True, slots=True)
class Link:
    """What a link from a notification stands for. `target` says who it was sent to."""

    org_id: UUID
    incident_id: UUID
    notification_id: UUID
    target: str


def act(db: Database, org_id: UUID, incident_id: UUID, action: Action, actor: str) -> Moved:
    """Acknowledge or resolve, or take that back; raises NotFound, or WrongStatus when someone was quicker.

    What was taken back pages again from the first step; what is opened again, with the policy its service has now.
    """
    with db.one(org_id) as tx:
        if action is Action.REOPEN:
            dedup_keys.lock_of_resolved(tx, incident_id)
        incident = lock(tx, incident_id)
        leaving = Leaving(tx.now)
        told = NewEntry(org_id, incident_id, TOLD[action], actor)
        status = move(tx, incident, action, told, leaving)
        if status is Status.RESOLVED:
            dedup_keys.close_alerts_of(tx, incident.id)
        if action is Action.REOPEN and incident.resolved_at is not None:
            dedup_keys.reopen_alerts_of(tx, incident.id, incident.resolved_at)
        if action in STARTING_OVER:
            restarting.start_over(tx, [incident], leaving, anew=action is Action.REOPEN)
        if Status.RESOLVED in {status, Status(incident.status)}:
            leaving.pages |= report_following.follow(tx, [(org_id, incident.id)])
        return Moved(incident.id, status, leaving)


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
        found = links.resolve(conn, digest(token))
    if found is None:
        raise LinkUnusable("This link was not issued by this deployment, or its incident no longer exists.")
    if found.expires_at is None or found.expires_at <= found.now:
        raise LinkExpired("This link has expired.")
    return Link(found.org_id, found.incident_id, found.notification_id, found.target)


def expire(db: Database, found: Sequence[tuple[UUID, UUID]], expired_before: datetime) -> Expired:
    """Resolve alerts that were not refreshed in time, and incidents with none left."""
    with db.many({org_id for org_id, _ in found}) as tx:
        leaving = Leaving(tx.now)
        alert_ids = dedup_keys.lock_of_expired(tx, [alert_id for _, alert_id in found], expired_before)
        open_alerts = incidents.lock_open_alerts(tx, alert_ids) if alert_ids else {}
        if not open_alerts:
            return Expired(0, leaving)
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
            over = [(alert.org_id, incident_id) for incident_id, alert in ending.items()]
            leaving.pages |= report_following.follow(tx, over)
        return Expired(len(open_alerts), leaving)


def lock(tx: Tx, incident_id: UUID) -> Incident:
    """Hold an incident, and the dedup keys behind its open alerts before it; raises NotFound."""
    dedup_keys.lock_of_incident(tx, incident_id)
    incident = incidents.lock(tx, incident_id)
    if incident is None:
        raise NotFound(f"There is no incident {incident_id} in this organization.")
    return incident


def move(tx: Tx, incident: Incident, action: Action, told: NewEntry, leaving: Leaving) -> Status:
    """Move an incident that is held, as and by whom the entry tells; what runs for it stops. Raises WrongStatus."""
    before = Status(incident.status)
    after = transition(before, action)
    if not moving.move(tx, [Move(incident.id, before, after, told.actor)], [told], leaving):
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
    incident = lock(tx, incident_id)
    entry = NewEntry(incident.org_id, incident.id, "reassigned", actor, told)
    leaving = Leaving(tx.now)
    status = move(tx, incident, Action.REASSIGN, entry, leaving)
    escalation_id, generation = escalations.lock_of_incident(tx, incident.id) or (new_id(), 0)
    plan = (
        paging.direct_plan(direct, escalation_id)
        if direct is not None
        else escalations.plans(tx, [policy])[policy]
        if policy
        else paging.NO_PLAN
    )
    paged = incidents.describe(tx, incident.id)
    stop = paging_stops.read(tx)
    running = paging.Running(
        escalation_id,
        incident.org_id,
        paged,
        policy,
        plan,
        generation,
        START,
        Urgency(incident.urgency),
        paging_stopped_until=stop and stop.ends_at,
    )
    paging.write(tx, paging.start(tx, [running]), leaving)
    escalations.assign(tx, escalation_id, None if direct is None else json.dumps(direct))
    return Moved(incident.id, status, leaving)
