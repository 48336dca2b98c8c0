"""Overrides and temporary schedules: laid over a schedule from now on or later, changed, cancelled."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from tocsin.contracts.api_schedules import Override, OverrideInput
from tocsin.domain import schedule_check, schedule_document, schedule_edit
from tocsin.domain.permission import Permission
from tocsin.domain.schedule import OverrideKind
from tocsin.domain.schedule_check import Known, OverrideDraft
from tocsin.errors import Conflict, Invalid, NotFound, StaleVersion
from tocsin.platform.ids import new_id
from tocsin_data.db import Database, Tx
from tocsin_data.services import rotas
from tocsin_data.services.actors import audit
from tocsin_data.services.memberships import By
from tocsin_data.services.schedules import hold
from tocsin_data.sql import members, schedule_overrides, schedules
from tocsin_data.sql.schedule_overrides import Content, OverrideRow

SUBJECT: Final = "schedule_override"
MAX_WAITING: Final = 500
"""How many of a schedule may be to come, or hold, at once: who is on call is worked out through all of them."""
NEEDS: Final = {
    OverrideKind.OVERRIDE: Permission.OVERRIDE_SCHEDULES,
    OverrideKind.TEMPORARY: Permission.WRITE_SCHEDULES,
}


def create_override(db: Database, org_id: UUID, by: By, schedule_id: UUID, data: OverrideInput) -> Override:
    """Lay an override or a temporary schedule over a schedule; what begins in the past begins now.

    Overlaps are taken: the one created last wins. Raises NotFound, Forbidden, Invalid, and Conflict for too many.
    """
    with db.one(org_id) as tx:
        hold(tx, by, NEEDS[data.kind], schedule_id)
        if schedule_overrides.waiting(tx, schedule_id) >= MAX_WAITING:
            raise Conflict(f"This schedule has {MAX_WAITING} overrides to come; cancel some, or edit its layers.")
        content = _checked(tx, data, frozenset())
        override_id = new_id()
        schedule_overrides.insert(tx, schedule_id, override_id, data.kind, content, str(by.actor))
        schedules.look_again(tx, schedule_id)
        made = _read(tx, schedule_id, override_id)
        audit(tx, by.actor, "schedule_override.created", (SUBJECT, made.id), after=made)
        return made


def get_override(db: Database, org_id: UUID, schedule_id: UUID, override_id: UUID) -> Override:
    """Read one; raises NotFound."""
    with db.one(org_id) as tx:
        return _read(tx, schedule_id, override_id)


def list_overrides(
    db: Database,
    org_id: UUID,
    schedule_id: UUID,
    *,
    is_waiting: bool,
    before: tuple[datetime, UUID] | None,
    limit: int,
) -> Sequence[Override]:
    """Those of a schedule, newest first, from before a (created_at, id): what holds or is to come, or all of them.

    Raises NotFound.
    """
    with db.one(org_id) as tx:
        if not schedules.known(tx, [schedule_id]):
            raise NotFound(f"There is no schedule {schedule_id} in this organization.")
        ends_after = tx.now if is_waiting else None
        return [_shown(row) for row in schedule_overrides.page(tx, schedule_id, ends_after, before, limit)]


def change_override(
    db: Database, org_id: UUID, by: By, schedule_id: UUID, override_id: UUID, data: OverrideInput, *, version: int
) -> Override:
    """Change one that the caller read; of one that has begun only its name and its end, to come, can change.

    Raises NotFound, Forbidden, StaleVersion, Invalid, and Conflict once it is over or cancelled.
    """
    with db.one(org_id) as tx:
        hold(tx, by, NEEDS[data.kind], schedule_id)
        before = _read(tx, schedule_id, override_id)
        if before.version != version:
            raise StaleVersion(
                f"The override is at version {before.version} by now, until {before.ends_at.isoformat()}; you have"
                f" changed version {version}."
            )
        if before.kind is not data.kind:
            raise Conflict(f"It is {_called(before.kind)} and stays one; cancel it, and make another.")
        _demand_open(tx, before)
        content = _checked(tx, data, {layer.layer_id for layer in before.layers or ()})
        if before.starts_at <= tx.now:
            _demand_same(content, before)
            content = replace(content, starts_at=before.starts_at)
        schedule_overrides.change(tx, override_id, content)
        schedules.look_again(tx, schedule_id)
        after = _read(tx, schedule_id, override_id)
        audit(tx, by.actor, "schedule_override.updated", (SUBJECT, override_id), before=before, after=after)
        return after


def cancel_override(db: Database, org_id: UUID, by: By, schedule_id: UUID, override_id: UUID) -> Override:
    """Let one hold no more from now on; what it was before stays true. One that is cancelled stays as it is.

    Raises NotFound, Forbidden, and Conflict once it is over.
    """
    with db.one(org_id) as tx:
        before = _read(tx, schedule_id, override_id)
        hold(tx, by, NEEDS[before.kind], schedule_id)
        before = _read(tx, schedule_id, override_id)
        if before.cancelled_at is not None:
            return before
        _demand_open(tx, before)
        schedule_overrides.cancel(tx, override_id)
        schedules.look_again(tx, schedule_id)
        after = _read(tx, schedule_id, override_id)
        audit(tx, by.actor, "schedule_override.cancelled", (SUBJECT, override_id), before=before, after=after)
        return after


def _checked(tx: Tx, data: OverrideInput, known_layers: Collection[UUID]) -> Content:
    """What is stored of an input; raises Invalid with everything that is wrong."""
    starts_at = tx.now if data.starts_at is None else max(data.starts_at, tx.now)
    layers = None if data.layers is None else rotas.layer_drafts(data.layers)
    draft = OverrideDraft(data.kind, starts_at, data.ends_at, data.name, data.user_id, layers, data.time_zone)
    people = schedule_check.referred(layers or ()) | ({data.user_id} if data.user_id else set[UUID]())
    known = Known(users=members.members(tx, people), layers=known_layers)
    problems = schedule_check.check_override(draft, known, tx.now)
    if problems:
        raise Invalid("The override can't be used like this.", problems)
    made = None if layers is None else [schedule_edit.fresh(layer, new_id()) for layer in layers]
    return Content(
        name=data.name,
        user_id=data.user_id,
        layers=None if made is None else schedule_document.written(made),
        time_zone=data.time_zone,
        starts_at=starts_at,
        ends_at=data.ends_at,
    )


def _demand_open(tx: Tx, found: Override) -> None:
    if found.cancelled_at is not None:
        raise Conflict(f"It was cancelled at {found.cancelled_at.isoformat()}; make another.")
    if found.ends_at <= tx.now:
        raise Conflict(f"It was over at {found.ends_at.isoformat()}; the past does not change.")


def _demand_same(content: Content, before: Override) -> None:
    layers = None if content.layers is None else rotas.shown(schedule_document.read(content.layers))
    if (content.user_id, layers, content.time_zone) != (before.user_id, before.layers, before.time_zone):
        raise Conflict(
            "It has begun: only its name and its end can change. For anybody else from now on, make another, which"
            " lies on top."
        )


def _called(kind: OverrideKind) -> str:
    return "an override" if kind is OverrideKind.OVERRIDE else "a temporary schedule"


def _read(tx: Tx, schedule_id: UUID, override_id: UUID) -> Override:
    row = schedule_overrides.read(tx, schedule_id, override_id)
    if row is None:
        raise NotFound(f"There is no override {override_id} of a schedule {schedule_id} in this organization.")
    return _shown(row)


def _shown(row: OverrideRow) -> Override:
    return Override(
        id=row.id,
        schedule_id=row.schedule_id,
        kind=OverrideKind(row.kind),
        name=row.name,
        user_id=row.user_id,
        layers=None if row.layers is None else rotas.shown(schedule_document.read(row.layers)),
        time_zone=row.time_zone,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        version=row.version,
        created_at=row.created_at,
        created_by=row.created_by,
        cancelled_at=row.cancelled_at,
    )
