"""Schedules: every edit a new version that changes nothing but the future; their shifts, and warnings about them."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tocsin.contracts import api_schedules as api
from tocsin.contracts.api_schedules import ScheduleInput, Shifts
from tocsin.domain import schedule as rules
from tocsin.domain import schedule_check, schedule_document, schedule_edit
from tocsin.domain.permission import Permission
from tocsin.domain.schedule import Schedule, Version
from tocsin.domain.schedule_check import Known
from tocsin.domain.schedule_edit import ScheduleDraft
from tocsin.errors import Conflict, FieldProblem, Invalid, NotFound, StaleVersion
from tocsin.platform.ids import new_id
from tocsin_data.db import Database, Tx
from tocsin_data.services import owning, rotas
from tocsin_data.services.actors import audit
from tocsin_data.services.memberships import By
from tocsin_data.sql import members, schedules
from tocsin_data.sql.schedules import Held, NewVersion, StoredSchedule, StoredVersion, Text

SUBJECT: Final = "schedule"
WRITE: Final = Permission.WRITE_SCHEDULES
WINDOW: Final = timedelta(days=14)
"""How much is shown unless somebody asks for more, or less."""
MAX_WINDOW: Final = timedelta(days=92)


def create_schedule(db: Database, org_id: UUID, by: By, data: ScheduleInput) -> api.Schedule:
    """Create a schedule in version 1, which holds from now on; raises Invalid with every problem, Forbidden,
    NotFound for its team, or Duplicate for its name.
    """
    with db.one(org_id) as tx:
        owning.demand(tx, by, WRITE, data.team_id)
        schedule_id = new_id()
        draft = _checked(tx, data, frozenset())
        schedules.insert(tx, schedule_id, _text(data))
        _write(tx, by, schedule_id, schedule_edit.reanchored(Schedule(schedule_id, ()), draft, tx.now))
        made = _read(tx, schedule_id)
        audit(tx, by.actor, "schedule.created", (SUBJECT, schedule_id), after=made)
        return made


def get_schedule(db: Database, org_id: UUID, schedule_id: UUID) -> api.Schedule:
    """Read a schedule in its current version; raises NotFound."""
    with db.one(org_id) as tx:
        return _read(tx, schedule_id)


def list_schedules(db: Database, org_id: UUID, *, after: tuple[str, UUID] | None, limit: int) -> Sequence[api.Schedule]:
    """Schedules by name, in their current versions, from past a (name, id)."""
    with db.one(org_id) as tx:
        return [_shown(found) for found in schedules.page(tx, after, limit)]


def list_versions(
    db: Database, org_id: UUID, schedule_id: UUID, *, before: int | None, limit: int
) -> api.ScheduleVersions:
    """Versions of a schedule, newest first, from before a number; raises NotFound."""
    with db.one(org_id) as tx:
        _read(tx, schedule_id)
        found = schedules.versions(tx, schedule_id, before, limit + 1)
        items = [_version(version) for version in found[:limit]]
        return api.ScheduleVersions(items=items, next_before=items[-1].version if len(found) > limit else None)


def update_schedule(
    db: Database, org_id: UUID, by: By, schedule_id: UUID, data: ScheduleInput, *, version: int
) -> api.Schedule:
    """Make a new version of the one the caller read: whoever is on call stays until the end of their turn.

    Raises NotFound, Forbidden, StaleVersion that says what changed meanwhile, Invalid or Duplicate.
    """
    with db.one(org_id) as tx:
        held = hold(tx, by, WRITE, schedule_id)
        if data.team_id != held.team_id:
            owning.demand(tx, by, WRITE, data.team_id)
        if held.current_version != version:
            raise StaleVersion(_meanwhile(tx, held, version))
        before = _read(tx, schedule_id)
        draft = _checked(tx, data, {layer.layer_id for layer in before.layers})
        (plan,) = schedules.plans(tx, [schedule_id], tx.now)
        made = schedule_edit.reanchored(rotas.schedule(plan), draft, tx.now)
        _write(tx, by, schedule_id, made)
        schedules.set_current(tx, schedule_id, _text(data), made.version)
        after = _read(tx, schedule_id)
        audit(tx, by.actor, "schedule.updated", (SUBJECT, schedule_id), before=before, after=after)
        return after


def delete_schedule(db: Database, org_id: UUID, by: By, schedule_id: UUID) -> None:
    """Take a schedule out of use, its calendars with it; raises NotFound, Forbidden, or Conflict while a policy pages
    by it.
    """
    with db.one(org_id) as tx:
        hold(tx, by, WRITE, schedule_id)
        before = _read(tx, schedule_id)
        using = schedules.policies_using(tx, schedule_id)
        if using:
            raise Conflict(f"The schedule is paged by {len(using)} escalation policies, {using[0]} among them.")
        schedules.delete(tx, schedule_id)
        audit(tx, by.actor, "schedule.deleted", (SUBJECT, schedule_id), before=before)


def list_shifts(
    db: Database, org_id: UUID, schedule_id: UUID, *, since: datetime | None, until: datetime | None
) -> Shifts:
    """The final shifts of a schedule in a window of at most 92 days, two weeks from now unless it is given.

    Raises NotFound, and Invalid for a window that is none.
    """
    with db.one(org_id) as tx:
        window = _window(tx, since, until)
        found = rotas.planned(tx, [schedule_id], min(window[0], tx.now))
        if not found:
            raise _unknown(schedule_id)
        return _shifts(tx, found[0][1], window)


def preview(
    db: Database,
    org_id: UUID,
    schedule_id: UUID | None,
    data: ScheduleInput,
    *,
    since: datetime | None,
    until: datetime | None,
) -> Shifts:
    """The shifts that a schedule would have if it were saved now, new or as a change; nothing is saved.

    Raises NotFound, and Invalid for what could not be saved and for a window that is none.
    """
    with db.one(org_id) as tx:
        window = _window(tx, since, until)
        schedule = Schedule(new_id(), ())
        if schedule_id is not None:
            found = rotas.planned(tx, [schedule_id], min(window[0], tx.now))
            if not found:
                raise _unknown(schedule_id)
            schedule = found[0][1]
        last = max(schedule.versions, key=lambda version: version.version, default=None)
        draft = _checked(tx, data, {layer.layer_id for layer in last.layers} if last else frozenset[UUID]())
        made = schedule_edit.reanchored(schedule, draft, tx.now)
        return _shifts(tx, Schedule(schedule.schedule_id, (*schedule.versions, made), schedule.overrides), window)


def hold(tx: Tx, by: By, permission: Permission, schedule_id: UUID) -> Held:
    """Hold a schedule's row for who may change it; raises NotFound and Forbidden."""
    held = schedules.lock(tx, schedule_id)
    if held is None:
        raise _unknown(schedule_id)
    owning.demand(tx, by, permission, held.team_id)
    return held


def warnings(tx: Tx, schedule: Schedule) -> list[api.ScheduleWarning]:
    """What the people of a schedule should know: when nobody is on call, and who can't be paged as they have left."""
    found = [
        api.ScheduleWarning(
            code="nobody_next_week" if warning.code == "nobody_next_week" else "gap",
            detail=warning.text,
            starts_at=warning.starts_at,
            ends_at=warning.ends_at,
        )
        for warning in schedule_check.warnings(schedule, tx.now)
    ]
    people = _people(schedule, tx.now)
    strangers = people - members.members(tx, people) if people else set[UUID]()
    found += [
        api.ScheduleWarning(
            code="not_a_member",
            detail=f"{user_id} is no member any more: nobody is paged in their shifts. Put somebody in their place.",
            user_id=user_id,
        )
        for user_id in sorted(strangers)
    ]
    return found


def _people(schedule: Schedule, now: datetime) -> set[UUID]:
    version = rules.version_at(schedule, now)
    overrides = [o for o in schedule.overrides if o.ends_at > now and o.cancelled_at is None]
    layers = [*(version.layers if version else ()), *(layer for o in overrides for layer in o.layers or ())]
    named = [user_id for layer in layers for user_id in layer.participants]
    return {user_id for user_id in [*named, *(o.user_id for o in overrides)] if user_id is not None}


def _shifts(tx: Tx, schedule: Schedule, window: tuple[datetime, datetime]) -> Shifts:
    found = rules.shifts(schedule, *window)
    known = rotas.names(tx, found)
    version = rules.version_at(schedule, window[1]) or schedule.versions[-1]
    return Shifts(
        starts_at=window[0],
        ends_at=window[1],
        time_zone=version.zone,
        items=[rotas.shift(shift, known) for shift in found],
        warnings=warnings(tx, schedule),
    )


def _window(tx: Tx, since: datetime | None, until: datetime | None) -> tuple[datetime, datetime]:
    problem: FieldProblem | None = None
    try:
        starts_at = since or tx.now
        ends_at = until or starts_at + WINDOW
        if ends_at <= starts_at:
            problem = FieldProblem("query.until", "must be after since, which is now unless it is given")
        elif ends_at - starts_at > MAX_WINDOW:
            problem = FieldProblem("query.until", f"must be at most {MAX_WINDOW.days} days after since")
        elif starts_at - rotas.HISTORY < datetime(1970, 1, 1, tzinfo=starts_at.tzinfo) or ends_at.year > 2200:
            problem = FieldProblem("query.since", "must be between the years 1971 and 2200")
    except OverflowError:
        problem = FieldProblem("query.since", "must be between the years 1971 and 2200")
    else:
        if problem is None:
            return starts_at, ends_at
    raise Invalid("The window can't be shown.", [problem])


def _checked(tx: Tx, data: ScheduleInput, known_layers: Collection[UUID]) -> ScheduleDraft:
    draft = rotas.draft(data)
    known = Known(users=members.members(tx, schedule_check.referred(draft.layers)), layers=known_layers)
    problems = schedule_check.check(draft, known)
    if problems:
        raise Invalid("The schedule can't be used like this.", problems)
    return draft


def _write(tx: Tx, by: By, schedule_id: UUID, version: Version) -> None:
    layers = schedule_document.written(version.layers)
    number, effective_at, zone = version.version, version.effective_at, version.zone
    schedules.insert_version(tx, NewVersion(schedule_id, number, effective_at, zone, layers, str(by.actor)))


def _meanwhile(tx: Tx, held: Held, version: int) -> str:
    """What a caller who read an older version does not know yet."""
    said = f"The schedule is at version {held.current_version} by now; you have changed version {version}."
    rows = schedules.versions(tx, held.id, None, 1), schedules.versions(tx, held.id, version + 1, 1)
    (now,), (then, *_) = rows if rows[1] else (rows[0], rows[0])
    shown = (rotas.shown(schedule_document.read(row.layers)) for row in (then, now))
    before, after = ({layer.layer_id: layer for layer in layers} for layers in shown)
    told = [
        *(f"layer {after[key].name} was added" for key in after if key not in before),
        *(f"layer {after[key].name} was changed" for key in after if key in before and before[key] != after[key]),
        *(f"layer {before[key].name} was removed" for key in before if key not in after),
    ]
    if then.time_zone != now.time_zone:
        told.append(f"the time zone is {now.time_zone}")
    return f"{said} Since then {', '.join(told)}." if told else said


def _text(data: ScheduleInput) -> Text:
    return Text(data.name, data.description, data.team_id)


def _read(tx: Tx, schedule_id: UUID) -> api.Schedule:
    found = schedules.read(tx, schedule_id)
    if found is None:
        raise _unknown(schedule_id)
    return _shown(found)


def _shown(found: StoredSchedule) -> api.Schedule:
    return api.Schedule(
        id=found.id,
        name=found.name,
        description=found.description,
        team_id=found.team_id,
        time_zone=found.time_zone,
        layers=rotas.shown(schedule_document.read(found.layers)),
        version=found.version,
        effective_at=found.effective_at,
        created_at=found.created_at,
        updated_at=found.updated_at,
    )


def _version(found: StoredVersion) -> api.ScheduleVersion:
    return api.ScheduleVersion(
        version=found.version,
        effective_at=found.effective_at,
        time_zone=found.time_zone,
        layers=rotas.shown(schedule_document.read(found.layers)),
        created_at=found.created_at,
        created_by=found.created_by,
    )


def _unknown(schedule_id: UUID) -> NotFound:
    return NotFound(f"There is no schedule {schedule_id} in this organization.")
