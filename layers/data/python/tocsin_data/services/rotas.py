"""Schedules between the three forms they have: as the API tells them, as the rules see them, as they are stored."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from tocsin.contracts import api_schedules as api
from tocsin.contracts.api_schedules import Weekday
from tocsin.domain import schedule_document
from tocsin.domain.restriction import DAYS, Restriction
from tocsin.domain.rotation import Layer
from tocsin.domain.schedule import Override, OverrideKind, Schedule, Shift, Version
from tocsin.domain.schedule_edit import LayerDraft, ScheduleDraft
from tocsin_data.db import Tx
from tocsin_data.sql import members, schedules
from tocsin_data.sql.schedules import Plan

HISTORY: Final = timedelta(days=62)
"""How far before an instant the whole of a shift is looked for, with the edits and overrides that fell into it."""


def planned(tx: Tx, schedule_ids: Collection[UUID], since: datetime) -> Sequence[tuple[Plan, Schedule]]:
    """Schedules, by name, with what holds from an instant on and what shifts of then began with."""
    return [(plan, schedule(plan)) for plan in schedules.plans(tx, schedule_ids, since - HISTORY)]


def schedule(plan: Plan) -> Schedule:
    """A stored schedule as the rules see it."""
    versions = [
        Version(v["version"], _instant(v["effective_at"]), v["time_zone"], schedule_document.read(v["layers"]))
        for v in plan.versions
    ]
    return Schedule(plan.id, tuple(versions), tuple(_override(o) for o in plan.overrides))


def draft(data: api.ScheduleInput) -> ScheduleDraft:
    """What a caller sent as the rules see it."""
    return ScheduleDraft(data.time_zone, layer_drafts(data.layers))


def layer_drafts(given: Iterable[api.LayerInput]) -> tuple[LayerDraft, ...]:
    """Layers that a caller sent as the rules see them."""
    return tuple(
        LayerDraft(
            name=layer.name,
            unit=layer.unit.value,
            length=layer.length,
            handoff=time.fromisoformat(layer.handoff),
            starts_on=layer.starts_on,
            participants=tuple(layer.participants),
            restrictions=tuple(_restriction(found) for found in layer.restrictions),
            ends_at=layer.ends_at,
            layer_id=layer.layer_id,
        )
        for layer in given
    )


def shown(layers: Iterable[Layer]) -> list[api.Layer]:
    """Layers as the API tells them."""
    return [
        api.Layer(
            layer_id=layer.layer_id,
            name=layer.name,
            unit=layer.unit,
            length=layer.length,
            handoff=_clock(layer.handoff),
            starts_on=layer.starts_on,
            participants=list(layer.participants),
            restrictions=[_shown_restriction(found) for found in layer.restrictions],
            ends_at=layer.ends_at,
        )
        for layer in layers
    ]


def names(tx: Tx, found: Iterable[Shift | None]) -> dict[UUID, str]:
    """What those who have these shifts are called, as far as they are members."""
    people = {shift.user_id for shift in found if shift is not None and shift.user_id is not None}
    return members.names(tx, people) if people else {}


def shift(found: Shift, known: Mapping[UUID, str]) -> api.Shift:
    """A shift as the API tells it, with the names of members."""
    name = None if found.user_id is None else known.get(found.user_id)
    reason = found.reason
    return api.Shift(
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        user_id=found.user_id,
        user_name=name,
        is_member=name is not None,
        reason=api.Reason(kind=reason.kind, id=reason.id, name=reason.name, version=reason.version),
    )


def _override(doc: Mapping[str, Any]) -> Override:
    return Override(
        override_id=UUID(doc["id"]),
        kind=OverrideKind(doc["kind"]),
        name=doc["name"],
        user_id=None if doc["user_id"] is None else UUID(doc["user_id"]),
        layers=None if doc["layers"] is None else schedule_document.read(doc["layers"]),
        zone=doc["time_zone"],
        starts_at=_instant(doc["starts_at"]),
        ends_at=_instant(doc["ends_at"]),
        created_at=_instant(doc["created_at"]),
        cancelled_at=None if doc["cancelled_at"] is None else _instant(doc["cancelled_at"]),
    )


def _restriction(given: api.RestrictionInput) -> Restriction:
    start, end = time.fromisoformat(given.start), time.fromisoformat(given.end)
    return Restriction(start, end, _number(given.start_day), _number(given.end_day))


def _shown_restriction(found: Restriction) -> api.Restriction:
    start_day, end_day = _day(found.start_day), _day(found.end_day)
    return api.Restriction(start=_clock(found.start), end=_clock(found.end), start_day=start_day, end_day=end_day)


def _number(day: Weekday | None) -> int | None:
    return None if day is None else DAYS.index(day.value)


def _day(number: int | None) -> Weekday | None:
    return None if number is None else Weekday(DAYS[number])


def _clock(at: time) -> str:
    return at.isoformat(timespec="minutes")


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
