"""Moving incidents, with what of their escalations goes on afterwards."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from tocsin.domain.escalation import after_acknowledgement
from tocsin_data.db import Tx
from tocsin_data.services import paging
from tocsin_data.services.leaving import Leaving
from tocsin_data.sql import escalations, moves
from tocsin_data.sql.incidents import NewEntry
from tocsin_data.sql.moves import Move


def move(tx: Tx, wanted: Sequence[Move], told: Sequence[NewEntry], leaving: Leaving) -> set[UUID]:
    """Move incidents that are held, guarded by the status they come from, and tell it; answers those that moved.

    What runs for them stops. Of what was acknowledged, steps that page until the incident is resolved go on at the
    instants they would have had, in the generation that begins with the acknowledgement.
    """
    made = moves.make(tx, wanted, told)
    if made.going_on:
        _go_on(tx, made.going_on, leaving)
    return made.moved


def _go_on(tx: Tx, due: Mapping[UUID, datetime], leaving: Leaving) -> None:
    walk = paging.Walk()
    for running in paging.load_running(tx, escalations.lock_waiting(tx, list(due))):
        following = after_acknowledgement(running.plan, running.cursor, due[running.id], tx.now)
        if following is not None:
            paging.wait(walk, tx.now, running, following)
            data = {
                "reason": "steps page until the incident is resolved",
                **paging.where(running.plan, following.cursor),
            }
            walk.entries.append(paging.entry(running, "escalation_goes_on", data))
    paging.write(tx, walk, leaving)
