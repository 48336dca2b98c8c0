"""Snoozes of incidents: quiet until an instant, at which the escalation starts over if nobody has done anything."""

from datetime import timedelta
from uuid import UUID

from tocsin.contracts.api_incidents import SnoozeInput
from tocsin.domain import snooze as rule
from tocsin.domain.incident import Action, Status, WrongStatus
from tocsin_data.db import Database
from tocsin_data.services import restarting
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.responding import Moved, lock, move
from tocsin_data.sql import lifespans
from tocsin_data.sql.incidents import NewEntry


def snooze(db: Database, org_id: UUID, incident_id: UUID, wish: SnoozeInput, actor: str) -> Moved:
    """Page nobody until the snooze ends; raises NotFound, Invalid, or WrongStatus when someone was quicker."""
    with db.one(org_id) as tx:
        incident = lock(tx, incident_id)
        if wish.until is not None:
            found = rule.until(wish.until, wish.time_zone, tx.now)
        else:
            found = rule.lasting(timedelta(seconds=wish.seconds or 0), tx.now)
        if incident.status != Status.RESOLVED and incident.snoozed_until != wish.instead_of:
            raise WrongStatus(
                Status(incident.status), Action.SNOOZE, "The incident has been snoozed otherwise meanwhile."
            )
        told = {"until": found.until.isoformat(), "time_zone": found.time_zone}
        entry = NewEntry(org_id, incident_id, "snoozed", actor, told)
        leaving = Leaving(tx.now)
        status = move(tx, incident, Action.SNOOZE, entry, leaving)
        lifespans.snooze(tx, incident_id, found.until, found.time_zone, actor)
        return Moved(incident_id, status, leaving)


def unsnooze(db: Database, org_id: UUID, incident_id: UUID, actor: str) -> Moved:
    """End a snooze now, as its own end would; raises NotFound, or WrongStatus when someone was quicker."""
    with db.one(org_id) as tx:
        incident = lock(tx, incident_id)
        if incident.status != Status.RESOLVED and incident.snoozed_until is None:
            raise WrongStatus(Status(incident.status), Action.UNSNOOZE, "The incident is not snoozed.")
        entry = NewEntry(org_id, incident_id, "unsnoozed", actor)
        leaving = Leaving(tx.now)
        status = move(tx, incident, Action.UNSNOOZE, entry, leaving)
        restarting.start_over(tx, [incident], leaving)
        return Moved(incident_id, status, leaving)
