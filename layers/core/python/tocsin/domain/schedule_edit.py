"""Editing a schedule: what somebody wrote becomes the next version, which changes nothing but the future."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from math import lcm
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from tocsin.domain import rotation, wall_clock
from tocsin.domain.restriction import Restriction
from tocsin.domain.rotation import Carried, Layer, Turn, Unit
from tocsin.domain.schedule import Schedule, Version


@dataclass(frozen=True, slots=True)
class LayerDraft:
    """A layer as somebody wrote it; one that the schedule already has keeps its `layer_id`, which keeps its turns."""

    name: str
    unit: str
    length: int
    handoff: time
    starts_on: date
    participants: Sequence[UUID | None]
    restrictions: Sequence[Restriction] = ()
    ends_at: datetime | None = None
    layer_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ScheduleDraft:
    """A schedule as somebody wrote it: its zone, and its layers from the lowest to the one on top."""

    zone: str
    layers: Sequence[LayerDraft]


def reanchored(schedule: Schedule, draft: ScheduleDraft, now: datetime) -> Version:
    """The version that a checked draft makes of a schedule, in effect from now on.

    In a layer that has begun, whoever has the turn keeps it until its end, whatever changed, and the order goes on
    from there. Whoever is no longer in it ends now, and the next one takes over.
    """
    before = max(schedule.versions, key=lambda version: version.version, default=None)
    number = 1 if before is None else before.version + 1
    kept = {} if before is None else {layer.layer_id: layer for layer in before.layers}
    layers: list[Layer] = []
    for position, written in enumerate(draft.layers):
        layer = fresh(written, uuid5(schedule.schedule_id, f"layer {number}.{position}"))
        old = kept.get(layer.layer_id)
        if before is not None and old is not None:
            layer = _continued(old, ZoneInfo(before.zone), layer, ZoneInfo(draft.zone), now)
        layers.append(layer)
    return Version(number, now, draft.zone, tuple(layers))


def drafted(version: Version) -> ScheduleDraft:
    """A version as somebody would write it, to be changed and made the next one."""
    return ScheduleDraft(version.zone, tuple(_drafted(layer) for layer in version.layers))


def without(draft: ScheduleDraft, user_id: UUID) -> ScheduleDraft:
    """The draft without a person: a layer that has nobody else goes on with nobody, which shows the layers below."""
    layers: list[LayerDraft] = []
    for layer in draft.layers:
        left = tuple(entry for entry in layer.participants if entry != user_id)
        layers.append(replace(layer, participants=left or (None,)))
    return replace(draft, layers=tuple(layers))


def fresh(draft: LayerDraft, layer_id: UUID) -> Layer:
    """The layer that a checked draft makes where there was none: its first turn is its first participant's."""
    return Layer(
        draft.layer_id or layer_id,
        draft.name,
        Unit(draft.unit),
        draft.length,
        draft.handoff,
        draft.starts_on,
        0,
        tuple(draft.participants),
        tuple(draft.restrictions),
        draft.ends_at,
    )


def _drafted(layer: Layer) -> LayerDraft:
    return LayerDraft(
        layer.name,
        layer.unit.value,
        layer.length,
        layer.handoff,
        layer.starts_on,
        layer.participants,
        layer.restrictions,
        layer.ends_at,
        layer.layer_id,
    )


def _continued(old: Layer, old_zone: ZoneInfo, new: Layer, zone: ZoneInfo, now: datetime) -> Layer:
    """The new layer, its order turned to where the old one stands."""
    turn = rotation.turn_at(replace(old, ends_at=None), old_zone, now)
    if turn is None:  # it has not begun: nothing to keep
        return new
    position = _followed(old.participants, turn.position, new.participants)
    new = _begun(new, rotation.anchor(old), wall_clock.wall(turn.starts_at, zone))
    if not (_same_rhythm(old, new) and old_zone.key == zone.key):
        return _after(new, zone, position, turn)
    if old.carried is None:
        return _dealt(new, position, rotation.number_at(new, zone, now))
    opening = rotation.number_after(new, zone, old.carried.until)
    if now < old.carried.until:
        return _after(new, zone, position, turn)
    number = rotation.number_at(new, zone, now)
    if number < opening:  # the new rhythm's first turn, begun early: only what was carried tells so
        new = replace(new, carried=replace(old.carried, position=position))
    return _dealt(new, position, max(number, opening))


def _after(layer: Layer, zone: ZoneInfo, position: int, turn: Turn) -> Layer:
    """The layer whose rhythm begins where a turn of before ends."""
    opening = rotation.number_after(layer, zone, turn.ends_at)
    carried = Carried(position, turn.label, turn.starts_at, turn.ends_at)
    return _dealt(replace(layer, carried=carried), position + 1, opening)


def _dealt(layer: Layer, position: int, number: int) -> Layer:
    """The layer in which a turn falls to a position, and the others follow in order."""
    return replace(layer, anchor_index=(position - number) % len(layer.participants))


def _begun(layer: Layer, before: datetime, turn: datetime) -> Layer:
    """The layer with its start put back by whole turns and days until it is not after the turn that runs.

    What has begun stays so: a later start says on which days and at which hours turns begin, and no more.
    """
    earliest = min(before, turn)
    late = rotation.anchor(layer) - earliest
    if late <= timedelta(0):
        return layer
    hours = lcm(rotation.step(layer) // timedelta(hours=1), 24)
    back = -(-late // timedelta(hours=hours)) * timedelta(hours=hours)
    return replace(layer, starts_on=layer.starts_on - back)


def _same_rhythm(old: Layer, new: Layer) -> bool:
    apart = rotation.anchor(new) - rotation.anchor(old)
    return rotation.step(old) == rotation.step(new) and apart % rotation.step(new) == timedelta(0)


def _followed(before: Sequence[UUID | None], position: int, after: Sequence[UUID | None]) -> int:
    """Where the order stands after an edit: at whoever has the turn; if they are gone, at who takes it over.

    That is the person who was put in their very place, or else the next person in the old order who is still there; if
    nobody is, the new order starts at its top.
    """
    gone, same_length = before[position] not in after, len(before) == len(after)
    if gone and same_length and after[position] is not None and after[position] not in before:
        return position
    for ahead in range(len(before)):
        place = (position + ahead) % len(before)
        entry = before[place]
        if entry in after and not (ahead and entry is None):
            places = [index for index, found in enumerate(after) if found == entry]
            return max(places, key=lambda index: _likeness(before, place, after, index))
    return 0


def _likeness(before: Sequence[UUID | None], place: int, after: Sequence[UUID | None], index: int) -> tuple[int, int]:
    """How alike two orders go on and came, from a place in each: tells one person's several turns apart."""
    return _run(before, place, after, index, 1), _run(before, place, after, index, -1)


def _run(before: Sequence[UUID | None], place: int, after: Sequence[UUID | None], index: int, way: int) -> int:
    shorter = min(len(before), len(after))
    for ahead in range(1, shorter):
        if before[(place + way * ahead) % len(before)] != after[(index + way * ahead) % len(after)]:
            return ahead - 1
    return shorter - 1
