"""What time does to incidents: snoozes end, acknowledgements are forgotten, what is silent resolves by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tocsin.domain.incident import Action, Status, resolves_at, transition
from tocsin_data.db import Database, Tx
from tocsin_data.services import report_following, restarting
from tocsin_data.services.leaving import Leaving
from tocsin_data.sql import dedup_keys, incidents, lifespans, moves
from tocsin_data.sql.incidents import Incident, NewEntry
from tocsin_data.sql.moves import Move

SNOOZE: Final = "system:snooze"
FORGOTTEN: Final = "system:acknowledgement"
SILENCE: Final = "system:silence"
type Found = Sequence[tuple[UUID, UUID]]
"""(org, incident), as the look-ups that cross organizations answer."""


@dataclass(frozen=True, slots=True)
class Lapsed:
    """How many incidents it was time for, and what leaves for them."""

    count: int
    leaving: Leaving


def end_snoozes(db: Database, found: Found, ended_before: datetime) -> Lapsed:
    """Let incidents whose snooze is over page again from the first step, whoever had acknowledged them before."""
    with db.many({org_id for org_id, _ in found}) as tx:
        held = incidents.lock_several(tx, [incident_id for _, incident_id in found])
        over = [i for i in held if i.snoozed_until is not None and i.snoozed_until <= ended_before]
        return _trigger(tx, over, Action.UNSNOOZE, SNOOZE, "snooze_ended")


def forget_acknowledgements(db: Database, found: Found, ended_before: datetime) -> Lapsed:
    """Let incidents whose acknowledgement has lasted too long page again from the first step."""
    with db.many({org_id for org_id, _ in found}) as tx:
        held = incidents.lock_several(tx, [incident_id for _, incident_id in found])
        over = [i for i in held if i.acknowledgement_ends_at is not None and i.acknowledgement_ends_at <= ended_before]
        return _trigger(tx, over, Action.UNACKNOWLEDGE, FORGOTTEN, "acknowledgement_forgotten")


def resolve_silent(db: Database, found: Found) -> Lapsed:
    """Resolve incidents of whose condition nothing was heard for as long as their service says; put off the others."""
    ids = [incident_id for _, incident_id in found]
    with db.many({org_id for org_id, _ in found}) as tx:
        dedup_keys.lock_of_incidents(tx, ids)
        held = {i.id: i for i in incidents.lock_several(tx, ids) if i.status != Status.RESOLVED}
        silent: list[Incident] = []
        later: dict[UUID, datetime | None] = {}
        for silence in lifespans.silences(tx, list(held)):
            seconds = silence.auto_resolve_seconds
            at = resolves_at(silence.last_event_at, None if seconds is None else timedelta(seconds=seconds))
            if at is None or at > tx.now:
                later[silence.incident_id] = at
            else:
                silent.append(held[silence.incident_id])
        if later:
            lifespans.put_off(tx, list(later), list(later.values()))
        leaving = Leaving(tx.now)
        if silent:
            _resolve(tx, silent)
            leaving.pages |= report_following.follow(tx, [(i.org_id, i.id) for i in silent])
        return Lapsed(len(silent), leaving)


def _trigger(tx: Tx, over: Sequence[Incident], action: Action, actor: str, kind: str) -> Lapsed:
    leaving = Leaving(tx.now)
    if over:
        moved = [Move(i.id, Status(i.status), transition(Status(i.status), action), actor) for i in over]
        moves.write(tx, moved, [NewEntry(i.org_id, i.id, kind, actor) for i in over])
        restarting.start_over(tx, over, leaving)
    return Lapsed(len(over), leaving)


def _resolve(tx: Tx, silent: Sequence[Incident]) -> None:
    alerts = lifespans.open_alerts(tx, [i.id for i in silent])
    incidents.resolve_alerts(tx, alerts)
    dedup_keys.close_alerts(tx, alerts)
    why = {"reason": "nothing was heard of it for as long as its service waits"}
    moved = [Move(i.id, Status(i.status), Status.RESOLVED, SILENCE) for i in silent]
    moves.write(tx, moved, [NewEntry(i.org_id, i.id, Status.RESOLVED, SILENCE, why) for i in silent])
