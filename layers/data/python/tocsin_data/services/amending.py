"""What people set of an incident without moving it: how urgent it is, and its runbook."""

from uuid import UUID

from tocsin.contracts.api_incidents import IncidentPatch
from tocsin.domain.incident import Action, Status, Urgency, WrongStatus, transition
from tocsin_data.db import Database
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.responding import Moved, lock
from tocsin_data.sql import incidents, lifespans
from tocsin_data.sql.incidents import NewEntry


def amend(db: Database, org_id: UUID, incident_id: UUID, data: IncidentPatch, actor: str) -> Moved:
    """Change what `data` has set, and tell it; raises NotFound, or WrongStatus when someone was quicker.

    A change of the urgency is for the pages that are still to come.
    """
    with db.one(org_id) as tx:
        incident = lock(tx, incident_id)
        status, urgency, runbook_url = Status(incident.status), Urgency(incident.urgency), incident.runbook_url
        entries: list[NewEntry] = []
        if data.urgency is not None:
            transition(status, Action.SET_URGENCY)
            if data.urgency is urgency:
                raise WrongStatus(status, Action.SET_URGENCY, f"The incident's urgency is {urgency} already.")
            told = {"from": urgency.value, "to": data.urgency.value}
            entries.append(NewEntry(org_id, incident_id, "urgency_set", actor, told))
            urgency = data.urgency
        if "runbook_url" in data.model_fields_set and data.runbook_url != runbook_url:
            runbook_url = data.runbook_url
            entries.append(NewEntry(org_id, incident_id, "runbook_set", actor, {"runbook_url": runbook_url}))
        if entries:
            lifespans.change(tx, incident_id, urgency, runbook_url)
            incidents.append(tx, entries)
        return Moved(incident_id, status, Leaving(tx.now))
