"""Components of status pages: made, changed, deleted; and what somebody says they are, whatever else says."""

from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

from tocsin.contracts.api_status_pages import COMPONENTS, Component, ComponentInput, OverrideInput
from tocsin.errors import Conflict, FieldProblem, Invalid, NotFound, StaleVersion
from tocsin.platform.ids import new_id
from tocsin_data.db import Database, Tx
from tocsin_data.services import component_spans, status_pages
from tocsin_data.services.actors import Actor, audit
from tocsin_data.sql import component_groups, components, monitors, references
from tocsin_data.sql.components import Row

SUBJECT: Final = "component"


def create_component(db: Database, org_id: UUID, actor: Actor, page_id: UUID, data: ComponentInput) -> Component:
    """Add a component to a page, last; raises NotFound, Invalid, Duplicate for its name, Conflict at the limit."""
    with db.one(org_id) as tx:
        return create(tx, actor, page_id, data)


def list_components(db: Database, org_id: UUID, page_id: UUID) -> Sequence[Component]:
    """All components of a page, in the order they are shown in; raises NotFound."""
    with db.one(org_id) as tx:
        status_pages.found(tx, page_id)
        return components.read(tx, page_id)


def get_component(db: Database, org_id: UUID, page_id: UUID, component_id: UUID) -> Component:
    """Read a component; raises NotFound."""
    with db.one(org_id) as tx:
        status_pages.found(tx, page_id)
        return _found(tx, page_id, component_id)


def update_component(
    db: Database, org_id: UUID, actor: Actor, page_id: UUID, component_id: UUID, data: ComponentInput, *, version: int
) -> Component:
    """Change the version the caller read; raises NotFound, StaleVersion, Invalid or Duplicate."""
    with db.one(org_id) as tx:
        problems = list(_problems(tx, page_id, data))  # holds the group, before the component as who deletes it does
        before = _hold(tx, page_id, component_id)
        if before.version != version:
            raise StaleVersion(f"The component is at version {before.version} by now; you have changed {version}.")
        _refuse(problems)
        if _input(data) == _input(before):
            return before
        components.update(tx, _row(component_id, data))
        components.set_sources(tx, component_id, data.monitor_ids, data.service_ids)
        after = _found(tx, page_id, component_id)
        audit(tx, actor, "component.updated", (SUBJECT, component_id), before=before, after=after)
        return after


def delete_component(db: Database, org_id: UUID, actor: Actor, page_id: UUID, component_id: UUID) -> None:
    """Take a component off its page; reports that name it go on naming it. Raises NotFound."""
    with db.one(org_id) as tx:
        before = _hold(tx, page_id, component_id)
        components.delete(tx, component_id)
        component_spans.keep(tx, [component_id])
        audit(tx, actor, "component.deleted", (SUBJECT, component_id), before=before)


def override_component(
    db: Database, org_id: UUID, actor: Actor, page_id: UUID, component_id: UUID, data: OverrideInput
) -> Component:
    """Say what a component is, in the place of what was said before; raises NotFound, or Invalid for an end that is
    over.
    """
    with db.one(org_id) as tx:
        before = _hold(tx, page_id, component_id)
        if data.until is not None and data.until <= tx.now:
            reason = f"must be after now, which is {tx.now:%Y-%m-%dT%H:%M:%SZ}"
            raise Invalid("The status can't be set like this.", [FieldProblem("until", reason)])
        components.set_override(tx, component_id, data.status, data.until, str(actor))
        return _said(tx, actor, page_id, before, "overridden")


def end_override(db: Database, org_id: UUID, actor: Actor, page_id: UUID, component_id: UUID) -> Component:
    """Take back what somebody said; where nobody did nothing changes. Raises NotFound."""
    with db.one(org_id) as tx:
        before = _hold(tx, page_id, component_id)
        if before.override is None:
            return before
        components.set_override(tx, component_id, None, None, None)
        return _said(tx, actor, page_id, before, "override_ended")


def create(tx: Tx, actor: Actor, page_id: UUID, data: ComponentInput) -> Component:
    """Add a component to a page; as `create_component` raises."""
    page = status_pages.hold(tx, page_id)
    if page.components >= COMPONENTS:
        raise Conflict(f"The page has {COMPONENTS} components, as many as it may; delete one first.")
    _refuse(list(_problems(tx, page_id, data)))
    row = _row(new_id(), data)
    components.insert(tx, page_id, row, components.next_position(tx, page_id))
    components.set_sources(tx, row.id, data.monitor_ids, data.service_ids)
    made = _found(tx, page_id, row.id)
    audit(tx, actor, "component.created", (SUBJECT, row.id), after=made)
    return made


def _said(tx: Tx, actor: Actor, page_id: UUID, before: Component, word: str) -> Component:
    component_spans.keep(tx, [before.id])
    after = _found(tx, page_id, before.id)
    audit(tx, actor, f"component.{word}", (SUBJECT, before.id), before=before, after=after)
    return after


def _refuse(problems: Sequence[FieldProblem]) -> None:
    if problems:
        raise Invalid("The component can't be like this.", problems)


def _problems(tx: Tx, page_id: UUID, data: ComponentInput) -> Iterator[FieldProblem]:
    if data.group_id is not None and not component_groups.lock(tx, page_id, data.group_id):
        yield FieldProblem("group_id", "is not the id of a group of this page")
    of_monitors, of_services = monitors.known(tx, data.monitor_ids), references.services(tx, data.service_ids)
    for field, kind, ids, known in (
        ("monitor_ids", "monitor", data.monitor_ids, of_monitors),
        ("service_ids", "service", data.service_ids, of_services.keys()),
    ):
        for number, source_id in enumerate(ids):
            if source_id not in known:
                yield FieldProblem(f"{field}.{number}", f"is not the id of a {kind} of this organization")


def _row(component_id: UUID, data: ComponentInput) -> Row:
    return Row(
        id=component_id,
        component_group_id=data.group_id,
        name=data.name,
        description=data.description,
        shows_uptime=data.shows_uptime,
        shows_latency=data.shows_latency,
        only_if_degraded=data.only_if_degraded,
    )


def _input(data: ComponentInput | Component) -> tuple[Row, set[UUID], set[UUID]]:
    given = ComponentInput.model_construct(**data.model_dump(include=set(ComponentInput.model_fields)))
    return _row(UUID(int=0), given), set(data.monitor_ids), set(data.service_ids)


def _hold(tx: Tx, page_id: UUID, component_id: UUID) -> Component:
    status_pages.found(tx, page_id)
    if not components.lock(tx, page_id, component_id):
        raise _missing(component_id)
    return _found(tx, page_id, component_id)


def _found(tx: Tx, page_id: UUID, component_id: UUID) -> Component:
    rows = components.read(tx, page_id, component_id)
    if not rows:
        raise _missing(component_id)
    return rows[0]


def _missing(component_id: UUID) -> NotFound:
    return NotFound(f"There is no component {component_id} on this status page.")
