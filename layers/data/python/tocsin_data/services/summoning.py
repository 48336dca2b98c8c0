"""Calling people in to help with an incident: paged at once beside its escalation, each of them once."""

from collections.abc import Sequence
from uuid import UUID

from tocsin.domain.escalation import START, State
from tocsin.domain.incident import Action, Status, Urgency, transition
from tocsin.domain.recipients import Directory, Recipient
from tocsin.errors import FieldProblem, Invalid
from tocsin.platform.ids import new_id
from tocsin_data.db import Database, Tx
from tocsin_data.services import paging
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.paging import NO_PLAN, Running
from tocsin_data.services.responding import Moved, lock
from tocsin_data.sql import directories, escalations, incidents, lifespans, walks
from tocsin_data.sql.incidents import Incident, NewEntry
from tocsin_data.sql.walks import EscalationRow


def add_responders(db: Database, org_id: UUID, incident_id: UUID, user_ids: Sequence[UUID], actor: str) -> Moved:
    """Page these members now, by the methods they have for the incident's urgency, except who was called in before.

    Raises NotFound, Invalid for who is no member, or WrongStatus for an incident that is resolved.
    """
    with db.one(org_id) as tx:
        incident = lock(tx, incident_id)
        status = transition(Status(incident.status), Action.ADD_RESPONDERS)
        people = directories.directories(tx, list(user_ids), []).get(org_id, Directory()).people
        problems = [
            FieldProblem(f"user_ids.{n}", "must be a member of this organization")
            for n, user_id in enumerate(user_ids)
            if user_id not in people
        ]
        if problems:
            raise Invalid("They can't all be called in.", problems)
        leaving = Leaving(tx.now)
        new = lifespans.add_responders(tx, incident_id, user_ids, actor)
        entries: list[NewEntry] = []
        recipients: list[Recipient] = []
        for user_id in new:
            person = people[user_id]
            methods = person.methods_for(Urgency(incident.urgency))
            told = {"user_id": str(user_id), "name": person.name}
            entries.append(NewEntry(org_id, incident_id, "responder_added", actor, told))
            if methods:
                recipients.append(Recipient(f"user:{user_id}", person.name, methods))
            else:
                why = {"target": f"user:{user_id}", "reason": "the user has no contact method"}
                entries.append(NewEntry(org_id, incident_id, "target_unreachable", paging.SYSTEM, why))
        if new:
            pages = paging.call_in(tx, _beside(tx, incident), recipients, entries)
            paging.send_again(tx, pages, leaving)
        return Moved(incident_id, status, leaving)


def _beside(tx: Tx, incident: Incident) -> Running:
    """The incident's escalation, held; one that never began is written as one that has stopped."""
    known = lifespans.escalations_of(tx, [incident.id]).get(incident.id)
    if known is None:
        known = new_id()
        row = EscalationRow(
            id=known,
            org_id=incident.org_id,
            incident_id=incident.id,
            policy_id=None,
            policy_version=None,
            state=State.STOPPED,
            generation=0,
            round=0,
            position=0,
            retry=0,
            turns={},
            next_at=None,
            armed=False,
        )
        walks.write(tx, [row], [], [])
    _, generation = escalations.lock_of_incident(tx, incident.id) or (known, 0)
    described = incidents.describe(tx, incident.id)
    return Running(known, incident.org_id, described, None, NO_PLAN, generation, START, Urgency(incident.urgency))
