"""Escalations that begin again at their first step: after an acknowledgement, a snooze or a resolve that was not it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tocsin.domain.escalation import START
from tocsin.domain.incident import Urgency
from tocsin.platform.ids import new_id
from tocsin_data.db import Tx
from tocsin_data.services import paging
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.paging import Running
from tocsin_data.sql import escalations, incidents, lifespans, openings
from tocsin_data.sql.incidents import Incident, NewEntry

SYSTEM: Final = "system:escalation"


def start_over(tx: Tx, moved: Sequence[Incident], leaving: Leaving, *, anew: bool = False) -> None:
    """Begin again for incidents that have just moved, and whose rows are held.

    Each keeps the version of the policy, or the people, that it had; with `anew`, and where it had none, it takes what
    its service, or the rule that routed it, has now. One that is muted stays quiet, and says so, until that ends.
    """
    quiet = [i for i in moved if i.muted_by is not None]
    incidents.append(
        tx, [NewEntry(i.org_id, i.id, "escalation_muted", SYSTEM, {"muted_by": i.muted_by}) for i in quiet]
    )
    loud = [i for i in moved if i.muted_by is None]
    if not loud:
        return
    known = lifespans.escalations_of(tx, [i.id for i in loud])
    held = {e.incident_id: e for e in escalations.lock_waiting(tx, list(known.values()))}
    running = [] if anew else paging.load_running(tx, held.values())
    kept = [replace(r, cursor=START, acknowledged=False) for r in running]
    begun = [i for i in loud if anew or i.id not in held]
    starts = escalations.starts(tx, [i.service_id for i in begun]) if begun else {}
    routed = openings.routed(tx, [i.id for i in begun]) if begun else {}
    plans = escalations.plans(tx, list(routed.values()))
    fresh: list[Running] = []
    for incident in begun:
        start, found = starts[incident.service_id], held.get(incident.id)
        chosen = routed.get(incident.id)
        if found is not None:
            escalations.assign(tx, found.id, None)
        fresh.append(
            Running(
                id=found.id if found else new_id(),
                org_id=incident.org_id,
                incident=incidents.describe(tx, incident.id),
                policy=chosen or start.policy,
                plan=(plans[chosen] if chosen else start.plan) or paging.NO_PLAN,
                generation=found.generation if found else 0,
                cursor=START,
                urgency=Urgency(incident.urgency),
                paging_stopped_until=start.paging_stopped_until,
            )
        )
    paging.write(tx, paging.start(tx, [*kept, *fresh]), leaving)
