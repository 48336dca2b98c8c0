"""Groups of a status page's components, and the order of both."""

from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

from tocsin.contracts.api_status_pages import (
    GROUPS,
    ComponentGroup,
    ComponentGroupInput,
    OrderInput,
    StatusPage,
)
from tocsin.errors import Conflict, FieldProblem, Invalid, NotFound, StaleVersion
from tocsin.platform.ids import new_id
from tocsin_data.db import Database, Tx
from tocsin_data.services import status_pages
from tocsin_data.services.actors import Actor, audit
from tocsin_data.sql import component_groups, components
from tocsin_data.sql import status_pages as pages

SUBJECT: Final = "component_group"


def create_group(db: Database, org_id: UUID, actor: Actor, page_id: UUID, data: ComponentGroupInput) -> ComponentGroup:
    """Add a group to a page, last; raises NotFound, Duplicate for its name, Conflict at the limit."""
    with db.one(org_id) as tx:
        return create(tx, actor, page_id, data)


def list_groups(db: Database, org_id: UUID, page_id: UUID) -> Sequence[ComponentGroup]:
    """All groups of a page, in their order; raises NotFound."""
    with db.one(org_id) as tx:
        status_pages.found(tx, page_id)
        return component_groups.read(tx, page_id)


def get_group(db: Database, org_id: UUID, page_id: UUID, group_id: UUID) -> ComponentGroup:
    """Read a group; raises NotFound."""
    with db.one(org_id) as tx:
        status_pages.found(tx, page_id)
        return _found(tx, page_id, group_id)


def update_group(
    db: Database, org_id: UUID, actor: Actor, page_id: UUID, group_id: UUID, data: ComponentGroupInput, *, version: int
) -> ComponentGroup:
    """Change the version the caller read; raises NotFound, StaleVersion or Duplicate."""
    with db.one(org_id) as tx:
        before = _hold(tx, page_id, group_id)
        if before.version != version:
            raise StaleVersion(f"The group is at version {before.version} by now; you have changed {version}.")
        component_groups.update(tx, group_id, (data.name, data.description), is_collapsed=data.is_collapsed)
        after = _found(tx, page_id, group_id)
        audit(tx, actor, "component_group.updated", (SUBJECT, group_id), before=before, after=after)
        return after


def delete_group(db: Database, org_id: UUID, actor: Actor, page_id: UUID, group_id: UUID) -> None:
    """Delete a group; its components stay, in no group. Raises NotFound."""
    with db.one(org_id) as tx:
        before = _hold(tx, page_id, group_id)
        component_groups.empty(tx, group_id)
        component_groups.delete(tx, group_id)
        audit(tx, actor, "component_group.deleted", (SUBJECT, group_id), before=before)


def order(db: Database, org_id: UUID, actor: Actor, page_id: UUID, data: OrderInput, *, version: int) -> StatusPage:
    """Put all groups and components of a page in this order, and components into these groups.

    Raises NotFound, StaleVersion by the page's version, or Invalid unless each is named once.
    """
    with db.one(org_id) as tx:
        before = status_pages.hold(tx, page_id, version)
        problems = list(_problems(tx, page_id, data))
        if problems:
            raise Invalid("The order can't be this.", problems)
        position = 0
        groups: list[tuple[UUID, int]] = []
        placed: list[tuple[UUID, UUID | None, int]] = []
        for item in data.items:
            if item.group_id is not None:
                groups.append((item.group_id, position))
                position += 1
            for component_id in [item.component_id] if item.component_id else item.component_ids:
                placed.append((component_id, item.group_id, position))
                position += 1
        component_groups.place(tx, [g[0] for g in groups], [g[1] for g in groups])
        components.place(tx, [c[0] for c in placed], [c[1] for c in placed], [c[2] for c in placed])
        pages.touch(tx, page_id)
        after = status_pages.found(tx, page_id)
        audit(tx, actor, "status_page.ordered", (status_pages.SUBJECT, page_id), before=before, after=after)
        return after


def create(tx: Tx, actor: Actor, page_id: UUID, data: ComponentGroupInput) -> ComponentGroup:
    """Add a group to a page; as `create_group` raises."""
    status_pages.hold(tx, page_id)
    if len(component_groups.read(tx, page_id)) >= GROUPS:
        raise Conflict(f"The page has {GROUPS} groups, as many as it may; delete one first.")
    group_id = new_id()
    texts = (data.name, data.description)
    position = components.next_position(tx, page_id)
    component_groups.insert(tx, page_id, group_id, texts, position=position, is_collapsed=data.is_collapsed)
    made = _found(tx, page_id, group_id)
    audit(tx, actor, "component_group.created", (SUBJECT, group_id), after=made)
    return made


def _problems(tx: Tx, page_id: UUID, data: OrderInput) -> Iterator[FieldProblem]:
    there_are = {
        "group": {group.id: group.name for group in component_groups.read(tx, page_id)},
        "component": {component.id: component.name for component in components.read(tx, page_id)},
    }
    seen: set[UUID] = set()
    for number, item in enumerate(data.items):
        if (item.component_id is None) == (item.group_id is None):
            yield FieldProblem(f"items.{number}", "must have either component_id or group_id")
            continue
        if item.component_id is not None and item.component_ids:
            yield FieldProblem(f"items.{number}.component_ids", "is for groups; leave it out beside component_id")
        named = [("component_ids." + str(place), "component", c) for place, c in enumerate(item.component_ids)]
        if item.group_id is not None:
            named.insert(0, ("group_id", "group", item.group_id))
        if item.component_id is not None:
            named.insert(0, ("component_id", "component", item.component_id))
        for field, kind, named_id in named:
            if named_id not in there_are[kind]:
                yield FieldProblem(f"items.{number}.{field}", f"is not the id of a {kind} of this page")
            elif named_id in seen:
                yield FieldProblem(f"items.{number}.{field}", f"names a {kind} that was named before; once is enough")
            seen.add(named_id)
    for kind, names in there_are.items():
        missing = [name for known_id, name in names.items() if known_id not in seen]
        if missing:
            others = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
            yield FieldProblem("items", f"must name every {kind}; “{missing[0]}”{others} is missing")


def _hold(tx: Tx, page_id: UUID, group_id: UUID) -> ComponentGroup:
    status_pages.found(tx, page_id)
    if not component_groups.lock(tx, page_id, group_id):
        raise _missing(group_id)
    return _found(tx, page_id, group_id)


def _found(tx: Tx, page_id: UUID, group_id: UUID) -> ComponentGroup:
    rows = component_groups.read(tx, page_id, group_id)
    if not rows:
        raise _missing(group_id)
    return rows[0]


def _missing(group_id: UUID) -> NotFound:
    return NotFound(f"There is no component group {group_id} on this status page.")
