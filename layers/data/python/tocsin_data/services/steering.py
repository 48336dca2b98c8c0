"""What people do to a running escalation: hold it, let it go on, take its next step now, move it to a newer policy."""

from dataclasses import replace
from uuid import UUID

from tocsin.domain.escalation import State, Wait, after_acknowledgement, after_failure, step_at, transfer
from tocsin.domain.incident import Action, Status, transition
from tocsin.errors import Conflict
from tocsin_data.db import Database, Tx
from tocsin_data.services import moving, paging
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.paging import Running
from tocsin_data.services.responding import Moved, lock
from tocsin_data.sql import actor_names, escalations, incidents
from tocsin_data.sql.escalations import Escalation
from tocsin_data.sql.incidents import Incident, NewEntry
from tocsin_data.sql.moves import Move

type Place = tuple[int, int]
"""Round and position of the step to be taken next, from 0, as whoever asks has seen them."""


class NothingToSteer(Conflict):
    """The escalation is not in a state in which this makes sense, or is by now."""

    code = "escalation_state"


def hold(db: Database, org_id: UUID, incident_id: UUID, actor: str) -> Moved:
    """Let an escalation wait for somebody instead of its next step; who was paged stays paged.

    Raises NotFound, WrongStatus, or NothingToSteer when it waits for no step, as when somebody was quicker.
    """
    with db.one(org_id) as tx:
        incident, found = _lock(tx, incident_id)
        status = transition(Status(incident.status), Action.HOLD)
        if found.state == State.HELD:
            who = actor_names.names(tx, [found.held_by]).get(found.held_by or "", found.held_by)
            raise NothingToSteer(f"The escalation is held already, by {who}.")
        _demand_waiting(found)
        escalations.hold(tx, found.id, actor)
        (running,) = paging.load_running(tx, [found])
        place = paging.where(running.plan, running.cursor)
        incidents.append(tx, [NewEntry(org_id, incident_id, "escalation_held", actor, place)])
        return Moved(incident_id, status, Leaving(tx.now))


def resume(db: Database, org_id: UUID, incident_id: UUID, actor: str) -> Moved:
    """Let a held escalation go on with what was left of its wait.

    Raises NotFound, WrongStatus, or NothingToSteer when it is not held, as when somebody was quicker.
    """
    with db.one(org_id) as tx:
        incident, found = _lock(tx, incident_id)
        status = transition(Status(incident.status), Action.RESUME)
        if found.state != State.HELD or found.held_at is None or found.held_next_at is None:
            raise NothingToSteer("The escalation is not held.")
        (running,) = paging.load_running(tx, [found])
        until = max(tx.now, found.held_next_at + (tx.now - found.held_at))
        walk = paging.Walk()
        paging.wait(walk, tx.now, running, Wait(running.cursor, until))
        told = {**paging.where(running.plan, running.cursor), "next_at": until.isoformat()}
        walk.entries.append(NewEntry(org_id, incident_id, "escalation_resumed", actor, told))
        leaving = Leaving(tx.now)
        paging.write(tx, walk, leaving)
        return Moved(incident_id, status, leaving)


def escalate_now(db: Database, org_id: UUID, incident_id: UUID, actor: str, *, seen: Place | None = None) -> Moved:
    """Take the next step now instead of when it is due, passing what is left of the repetitions of the last.

    An incident that was acknowledged is triggered again. With `seen`, only if that is still the next step, so that of
    two who ask at once one takes a step. Raises NotFound, WrongStatus, or NothingToSteer when no step is left.
    """
    with db.one(org_id) as tx:
        incident, found = _lock(tx, incident_id)
        before = Status(incident.status)
        status = transition(before, Action.ESCALATE)
        if seen is not None and seen != (found.round, found.position):
            now = f"round {found.round + 1}, step {found.position + 1}"
            raise NothingToSteer(f"Somebody was quicker: the next step is that of {now} by now.")
        (running,) = paging.load_running(tx, [found])
        cursor = after_failure(running.plan, running.cursor)
        if found.state == State.EXHAUSTED or (found.state == State.STOPPED and step_at(running.plan, cursor) is None):
            raise NothingToSteer("No step is left to take; assign the incident to people or to a policy instead.")
        leaving = Leaving(tx.now)
        entry = NewEntry(org_id, incident_id, "escalated", actor, paging.where(running.plan, cursor))
        if before is not status:
            moving.move(tx, [Move(incident_id, before, status, actor)], [], leaving)
            running = replace(running, generation=running.generation + 1, acknowledged=False)
        walk = paging.take(tx, [replace(running, cursor=cursor)])
        walk.entries.insert(0, entry)
        paging.write(tx, walk, leaving)
        return Moved(incident_id, status, leaving)


def move_to_current_version(db: Database, org_id: UUID, incident_id: UUID, actor: str) -> Moved:
    """Let an escalation go on with the policy's current version: at its step, or at the next that still exists.

    Its wait goes on as it was. Raises NotFound, or NothingToSteer when it follows no policy, runs no more, or is on
    that version, as when somebody was quicker.
    """
    with db.one(org_id) as tx:
        incident, found = _lock(tx, incident_id)
        if found.policy_id is None or found.policy_version is None or found.direct_targets is not None:
            raise NothingToSteer("The escalation follows no policy.")
        if found.state not in {State.WAITING, State.HELD}:
            raise NothingToSteer(f"The escalation is {found.state}; only one that waits for a step can move.")
        version = escalations.current_version(tx, found.policy_id)
        if version is None:
            raise NothingToSteer("The policy was deleted; the escalation goes on with the version it has.")
        if version == found.policy_version:
            raise NothingToSteer(f"The escalation is on version {version} already, the policy's current one.")
        (old,) = paging.load_running(tx, [found])
        plan = escalations.plans(tx, [(found.policy_id, version)])[found.policy_id, version]
        cursor = transfer(old.plan, plan, old.cursor)
        place = (cursor.round, cursor.position, cursor.retry)
        escalations.repin(tx, found.id, version, place, found.next_at)
        told = {
            **paging.where(plan, cursor),
            "policy_id": str(found.policy_id),
            "from_version": found.policy_version,
            "to_version": version,
        }
        entry = NewEntry(org_id, incident_id, "escalation_version_changed", actor, told)
        leaving = Leaving(tx.now)
        moved = replace(old, policy=(found.policy_id, version), plan=plan, cursor=cursor, generation=old.generation + 1)
        _go_on(tx, found, moved, entry, leaving)
        return Moved(incident_id, Status(incident.status), leaving)


def _go_on(tx: Tx, found: Escalation, moved: Running, entry: NewEntry, leaving: Leaving) -> None:
    """Send the wake-up of an escalation's new place, unless it is held; stop one that has nothing left to wait for."""
    if found.next_at is None:
        incidents.append(tx, [entry])
        return
    walk = paging.Walk(entries=[entry])
    following: Wait | None = Wait(moved.cursor, found.next_at)
    if moved.acknowledged:
        following = after_acknowledgement(moved.plan, moved.cursor, found.next_at, tx.now)
    if following is None:
        paging.stop(walk, moved)
    else:
        paging.wait(walk, tx.now, moved, following)
    paging.write(tx, walk, leaving)


def _lock(tx: Tx, incident_id: UUID) -> tuple[Incident, Escalation]:
    incident = lock(tx, incident_id)
    found = escalations.of_incident(tx, incident_id)
    if found is None:
        raise NothingToSteer("The incident has no escalation.")
    return incident, found


def _demand_waiting(found: Escalation) -> None:
    if found.state != State.WAITING:
        raise NothingToSteer(f"The escalation is {found.state}; only one that waits for a step can be held.")
