"""Groups of monitors: made, changed, deleted."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from tocsin.contracts.api_monitors import MonitorGroup, MonitorGroupInput
from tocsin.errors import NotFound, StaleVersion
from tocsin.platform.ids import new_id
from tocsin_data.db import Database, Tx
from tocsin_data.services.actors import Actor, audit
from tocsin_data.sql import monitor_groups

SUBJECT: Final = "monitor_group"


def create_group(db: Database, org_id: UUID, actor: Actor, data: MonitorGroupInput) -> MonitorGroup:
    """Create a group; raises Duplicate for its name."""
    with db.one(org_id) as tx:
        return create(tx, actor, data)


def list_groups(db: Database, org_id: UUID) -> Sequence[MonitorGroup]:
    """All groups, by position and name."""
    with db.one(org_id) as tx:
        return monitor_groups.all_of(tx)


def get_group(db: Database, org_id: UUID, group_id: UUID) -> MonitorGroup:
    """Read a group; raises NotFound."""
    with db.one(org_id) as tx:
        return _found(monitor_groups.read(tx, group_id), group_id)


def update_group(
    db: Database, org_id: UUID, actor: Actor, group_id: UUID, data: MonitorGroupInput, *, version: int
) -> MonitorGroup:
    """Change the version the caller read; raises NotFound, StaleVersion or Duplicate."""
    with db.one(org_id) as tx:
        before = _found(monitor_groups.lock(tx, group_id), group_id)
        if before.version != version:
            raise StaleVersion(f"The group is at version {before.version} by now; you have changed {version}.")
        monitor_groups.update(tx, group_id, data.name, data.position)
        after = _found(monitor_groups.read(tx, group_id), group_id)
        audit(tx, actor, "monitor_group.updated", (SUBJECT, group_id), before=before, after=after)
        return after


def delete_group(db: Database, org_id: UUID, actor: Actor, group_id: UUID) -> None:
    """Delete a group; its monitors stay, in no group. Raises NotFound."""
    with db.one(org_id) as tx:
        before = _found(monitor_groups.lock(tx, group_id), group_id)
        monitor_groups.delete(tx, group_id)
        audit(tx, actor, "monitor_group.deleted", (SUBJECT, group_id), before=before)


def create(tx: Tx, actor: Actor, data: MonitorGroupInput) -> MonitorGroup:
    """Create a group; raises Duplicate for its name."""
    group_id = new_id()
    monitor_groups.insert(tx, group_id, data.name, data.position)
    made = _found(monitor_groups.read(tx, group_id), group_id)
    audit(tx, actor, "monitor_group.created", (SUBJECT, group_id), after=made)
    return made


def _found(group: MonitorGroup | None, group_id: UUID) -> MonitorGroup:
    if group is None:
        raise NotFound(f"There is no monitor group {group_id} in this organization.")
    return group
