"""The end of what mutes incidents: a window is over or was ended, what a service depends on is up again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from tocsin.domain.escalation import State
from tocsin.domain.event_rule import Mute, mute
from tocsin.domain.incident import Status
from tocsin_data.db import Database, Tx
from tocsin_data.services import deciding, report_following, restarting
from tocsin_data.services.leaving import Leaving
from tocsin_data.sql import escalations, event_context, incidents, lifespans, mutes
from tocsin_data.sql.incidents import Incident, NewEntry
from tocsin_data.sql.openings import Quiet, quiet

SYSTEM: Final = "system:event_rules"


@dataclass(frozen=True, slots=True)
class Ended:
    """How many incidents are muted no more, and what leaves for them."""

    count: int
    leaving: Leaving


def end_mutes(db: Database, found: Sequence[tuple[UUID, UUID]], due_before: datetime) -> Ended:
    """Look again at muted incidents: still muted, by the same or by something else; or else heard from now on.

    One that is still triggered starts its escalation then, unless somebody has had it escalated by hand, or snoozed it.
    """
    ids = [incident_id for _, incident_id in found]
    with db.many({org_id for org_id, _ in found}) as tx:
        held = {i.id: i for i in incidents.lock_several(tx, ids)}
        due = {m.incident_id: m for m in mutes.read(tx, list(held)) if m.muted_until and m.muted_until <= due_before}
        books = deciding.books(tx, event_context.read(tx)) if due else {}
        rows: list[Quiet] = []
        told: list[NewEntry] = []
        heard: list[Incident] = []
        for incident_id, muted in due.items():
            incident = held[incident_id]
            if incident.status == Status.RESOLVED:
                rows.append(Quiet(incident_id, muted.muted_by, None))
                continue
            still = mute(books[incident.org_id], incident.service_id, muted.labels, tx.now)
            rows.append(Quiet(incident_id, still and still.by, still.until if still else None))
            if still is None:
                heard.append(replace(incident, muted_by=None))
            told.extend(_told(incident, muted.muted_by, still))
        leaving = Leaving(tx.now)
        if rows:
            quiet(tx, rows)
            incidents.append(tx, told)
        restarting.start_over(tx, _to_page(tx, heard), leaving)
        leaving.pages |= report_following.follow(tx, [(incident.org_id, incident.id) for incident in heard])
        return Ended(len(heard), leaving)


def _told(incident: Incident, before: str | None, still: Mute | None) -> list[NewEntry]:
    if still is None:
        return [NewEntry(incident.org_id, incident.id, "unmuted", SYSTEM, {"was_muted_by": before})]
    if still.by == before:
        return []
    until = still.until and still.until.isoformat()
    told = {"muted_by": still.by, "until": until, "reason": still.reason, "was_muted_by": before}
    return [NewEntry(incident.org_id, incident.id, "muted", SYSTEM, told)]


def _to_page(tx: Tx, heard: Sequence[Incident]) -> list[Incident]:
    waiting = [i for i in heard if i.status == Status.TRIGGERED and i.snoozed_until is None]
    if not waiting:
        return []
    known = lifespans.escalations_of(tx, [i.id for i in waiting])
    running = {e.incident_id for e in escalations.lock_waiting(tx, list(known.values())) if e.state != State.STOPPED}
    return [i for i in waiting if i.id not in running]
