"""Exports, told in the audit log: who took what, and by which filter."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from tocsin.contracts.api_access import Exported
from tocsin_data.db import Database
from tocsin_data.services.actors import Actor, audit
from tocsin_data.sql import audit as audit_log

GOES_ON: Final = timedelta(hours=24)
"""How long parts that follow belong to the export that was told."""
AUDIT_LOG: Final = "audit_log"
ORGANIZATION: Final = "organization"


def tell(db: Database, org_id: UUID, actor: Actor, what: str, told: Exported, *, is_first: bool) -> None:
    """Write an export of `audit_log` or `organization` into the audit log, before anything of it is answered.

    A part that follows is told only when its beginning was not: an export must be able to end, although it holds the
    audit log itself.
    """
    action = f"{what}.exported"
    with db.one(org_id) as tx:
        if is_first or not audit_log.has(tx, action, actor.kind, actor.id, since=tx.now - GOES_ON):
            audit(tx, actor, action, (what, org_id), after=told)
