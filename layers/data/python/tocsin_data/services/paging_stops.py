"""Stopping all paging of an organization, with a reason and an end; what is due meanwhile waits and then goes out."""

from typing import Final
from uuid import UUID

from tocsin.contracts.api_incidents import PagingStop, PagingStopInput
from tocsin.domain import paging_stop as rule
from tocsin.errors import NotFound
from tocsin_data.db import Database, Tx
from tocsin_data.services import paging
from tocsin_data.services.actors import Actor, audit
from tocsin_data.services.leaving import Leaving
from tocsin_data.sql import actor_names, organizations, paging_stops

SUBJECT: Final = "organization"
AT_ONCE: Final = 500
"""How many pages leave with the request that ends a stop; the sweep sends what is more, and takes the steps."""


def stop_paging(db: Database, org_id: UUID, actor: Actor, data: PagingStopInput) -> PagingStop:
    """Page nobody from now on until the end that is given, in the place of a stop before; raises Invalid."""
    with db.one(org_id) as tx:
        _hold(tx)
        rule.check(data.ends_at, tx.now)
        before = paging_stops.read(tx)
        stop = PagingStop(
            ends_at=data.ends_at,
            started_at=before.started_at if before else tx.now,
            stopped_by=str(actor),
            stopped_by_name=actor_names.names(tx, [str(actor)]).get(str(actor)),
            reason=data.reason,
        )
        paging_stops.write(tx, stop)
        told = {"ends_at": stop.ends_at.isoformat(), "reason": stop.reason}
        paging_stops.tell(tx, "paging_stopped", str(actor), told)
        audit(tx, actor, "organization.paging_stopped", (SUBJECT, org_id), before=before, after=stop)
        return stop


def resume_paging(db: Database, org_id: UUID, actor: Actor) -> Leaving:
    """Let what has waited go out; raises NotFound when paging is not stopped."""
    with db.one(org_id) as tx:
        _hold(tx)
        before = paging_stops.read(tx)
        if before is None:
            raise NotFound("Paging is not stopped.")
        paging_stops.end(tx, tx.now)
        paging_stops.tell(tx, "paging_resumed", str(actor), {"stopped_until": before.ends_at.isoformat()})
        audit(tx, actor, "organization.paging_resumed", (SUBJECT, org_id), before=before)
        leaving = Leaving(tx.now)
        paging.send_again(tx, paging_stops.waiting_pages(tx, AT_ONCE), leaving)
        return leaving


def _hold(tx: Tx) -> None:
    if organizations.lock(tx) is None:
        raise NotFound("There is no such organization.")
