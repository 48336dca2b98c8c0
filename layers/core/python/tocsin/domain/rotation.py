"""One layer of a schedule: whose turn it is, by arithmetic on the wall clock of the schedule's zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from tocsin.domain import restriction, wall_clock
from tocsin.domain.restriction import Restriction


class Unit(StrEnum):
    """What the length of a turn counts; all are counted on the wall clock, hours too."""

    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"


_STEPS: Final = {Unit.HOURS: timedelta(hours=1), Unit.DAYS: timedelta(days=1), Unit.WEEKS: timedelta(weeks=1)}


@dataclass(frozen=True, slots=True)
class Carried:
    """A turn that had begun when the layer's rhythm was edited: it keeps its end, and the new rhythm starts there.

    `position` is whose it is, among the layer's participants; `label` names the turn as it was named before.
    """

    position: int
    label: str
    starts_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Layer:
    """A rotation: its first turn starts on `starts_on` at `handoff` (local), and falls to `anchor_index`.

    `length` units later the next participant follows; None among them is nobody, and lets the layers below show
    through. With restrictions it holds in their hours only; from `ends_at` on, not at all.
    """

    layer_id: UUID
    name: str
    unit: Unit
    length: int
    handoff: time
    starts_on: date
    anchor_index: int
    participants: tuple[UUID | None, ...]
    restrictions: tuple[Restriction, ...] = ()
    ends_at: datetime | None = None
    carried: Carried | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn, half-open: whose it is (a position among the participants), and its name, free of its hours."""

    position: int
    label: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Stint:
    """The part of somebody's turn that lies in one window of the restrictions, half-open."""

    starts_at: datetime
    ends_at: datetime
    user_id: UUID
    label: str


def step(layer: Layer) -> timedelta:
    """How long a turn is, on the wall clock."""
    return layer.length * _STEPS[layer.unit]


def anchor(layer: Layer) -> datetime:
    """When the first turn starts, on the wall clock."""
    return datetime.combine(layer.starts_on, layer.handoff)


def number_at(layer: Layer, zone: ZoneInfo, at: datetime) -> int:
    """The number of the turn that the rhythm alone gives an instant: 0 is the first, before it they are negative."""
    number = (wall_clock.wall(at, zone) - anchor(layer)) // step(layer)
    while boundary(layer, zone, number + 1) <= at:  # clocks put back show less than they did already
        number += 1
    return number


def boundary(layer: Layer, zone: ZoneInfo, number: int) -> datetime:
    """The instant a turn starts, and the one before it ends: the first occurrence of the handoff."""
    return wall_clock.first(anchor(layer) + number * step(layer), zone)


def number_after(layer: Layer, zone: ZoneInfo, until: datetime) -> int:
    """The turn of the rhythm that follows one carried until then: the one whose start is nearest.

    So the first turn of a new rhythm is between a half and one and a half of its length.
    """
    number = number_at(layer, zone, until)
    since, remaining = until - boundary(layer, zone, number), boundary(layer, zone, number + 1) - until
    return number if since <= remaining else number + 1


def turns(layer: Layer, zone: ZoneInfo, since: datetime) -> Iterator[Turn]:
    """The turns that end after `since`, in order; without end, unless the layer has one."""
    for turn in _endless(layer, zone, since):
        if layer.ends_at is None or turn.ends_at <= layer.ends_at:
            yield turn
            continue
        if turn.starts_at < layer.ends_at and since < layer.ends_at:
            yield Turn(turn.position, turn.label, turn.starts_at, layer.ends_at)
        return


def turn_at(layer: Layer, zone: ZoneInfo, at: datetime) -> Turn | None:
    """The turn an instant lies in, or None before the layer's start and after its end."""
    turn = next(turns(layer, zone, at), None)
    return turn if turn is not None and turn.starts_at <= at else None


def stints(layer: Layer, zone: ZoneInfo, since: datetime, until: datetime) -> Iterator[Stint]:
    """Who the layer puts on call in [since, until), in order; each stint whole, though it may reach over both."""
    if not any(layer.participants):
        return
    held = restriction.mask(layer.restrictions)
    for turn in turns(layer, zone, since):
        if turn.starts_at >= until:
            return
        user_id = layer.participants[turn.position]
        if user_id is None:
            continue
        if held is None:
            yield Stint(turn.starts_at, turn.ends_at, user_id, turn.label)
            continue
        for window in restriction.windows(held, zone, max(since, turn.starts_at)):
            if window.starts_at >= min(turn.ends_at, until):
                break
            starts_at, ends_at = max(window.starts_at, turn.starts_at), min(window.ends_at, turn.ends_at)
            yield Stint(starts_at, ends_at, user_id, f"{turn.label}/{window.label}")


def _endless(layer: Layer, zone: ZoneInfo, since: datetime) -> Iterator[Turn]:
    """The turns that end after `since`, as if the layer had no end."""
    carried, opening = layer.carried, 0
    if carried is not None:
        if since < carried.until:
            yield Turn(carried.position, carried.label, carried.starts_at, carried.until)
        opening = number_after(layer, zone, carried.until)
    number = max(number_at(layer, zone, since), opening)
    starts_at = boundary(layer, zone, number)
    if carried is not None and number == opening:
        starts_at = carried.until
    while True:
        ends_at = boundary(layer, zone, number + 1)
        if starts_at < ends_at:  # where clocks skip a whole turn, nobody has it
            position = (layer.anchor_index + number) % len(layer.participants)
            yield Turn(position, _label(layer, number), starts_at, ends_at)
        number, starts_at = number + 1, ends_at


def _label(layer: Layer, number: int) -> str:
    """A name that stays when the handoff moves by hours: rhythm and day, or rhythm, day and hour."""
    starts = anchor(layer) + number * step(layer)
    day = starts.isoformat(timespec="minutes") if layer.unit is Unit.HOURS else starts.date().isoformat()
    return f"{layer.length} {layer.unit} {day}"
