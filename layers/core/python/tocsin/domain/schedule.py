"""Schedules: who is on call when, and why. Rotations in layers, versions of them, and what is laid over for a while."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice, pairwise
from typing import Final
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from tocsin.domain import rotation
from tocsin.domain.rotation import Layer

NEXT_WITHIN: Final = timedelta(days=731)
NEXT_AMONG: Final = 2_000
"""How far ahead somebody else is looked for, in time and in shifts."""


class OverrideKind(StrEnum):
    """What an override lays over a schedule: one person or nobody; or layers of its own, as over holidays."""

    OVERRIDE = "override"
    TEMPORARY = "temporary"


class ReasonKind(StrEnum):
    """What put somebody on call."""

    LAYER = "layer"
    OVERRIDE = "override"
    TEMPORARY = "temporary"


@dataclass(frozen=True, slots=True)
class Version:
    """A schedule as it holds from `effective_at` until the next version does."""

    version: int
    effective_at: datetime
    zone: str
    layers: tuple[Layer, ...]


@dataclass(frozen=True, slots=True)
class Override:
    """Laid over a schedule in [starts_at, ends_at), though never before it was made nor once it was cancelled.

    `user_id` None is really nobody. A temporary one has layers, in `zone` or else the schedule's.
    """

    override_id: UUID
    kind: OverrideKind
    name: str | None
    user_id: UUID | None
    layers: tuple[Layer, ...] | None
    zone: str | None
    starts_at: datetime
    ends_at: datetime
    created_at: datetime
    cancelled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule with all its versions and overrides, or those that matter to the time asked about."""

    schedule_id: UUID
    versions: tuple[Version, ...]
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """What put somebody on call: the layer, override or temporary schedule by id and name.

    `version` is the schedule's when the shift began; None unless a layer of the schedule itself is the reason.
    """

    kind: ReasonKind
    id: UUID
    name: str | None
    version: int | None


@dataclass(frozen=True, slots=True)
class Shift:
    """Somebody on call in [starts_at, ends_at), UTC; `user_id` None where an override says nobody.

    `key` stays the same when the ends of the shift move, and is no other shift's.
    """

    starts_at: datetime
    ends_at: datetime
    user_id: UUID | None
    reason: Reason
    key: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Nobody is on call in [starts_at, ends_at)."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A time, half-open, that can be laid over others."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class _Regime(_Stretch):
    """A time in which the same layers hold: a version's, or those of a temporary schedule."""

    zone: str
    layers: tuple[Layer, ...]
    version: int | None
    temporary: Override | None


@dataclass(frozen=True, slots=True)
class _Piece(_Stretch):
    """What is left of a stint or an override once others lie over it. `source` names the whole, [began_at, until)."""

    user_id: UUID | None
    reason: Reason
    source: tuple[UUID, str]
    began_at: datetime
    until: datetime


def shifts(schedule: Schedule, starts_at: datetime, ends_at: datetime) -> tuple[Shift, ...]:
    """The final shifts in [starts_at, ends_at), sorted, apart from each other, clipped to the window.

    The same turn is one shift, though an edit or the end of an override falls into it; where nobody is on call there
    is none, or one of nobody if an override says so.
    """
    since, pieces = starts_at, _final(schedule, starts_at, ends_at)
    while (earlier := _began(pieces, starts_at)) < since:  # a shift's key depends on what is left of it before
        since, pieces = earlier, _final(schedule, earlier, ends_at)
    found = _keyed(pieces)
    return tuple(
        replace(shift, starts_at=max(shift.starts_at, starts_at)) for shift in found if shift.ends_at > starts_at
    )


def on_call(schedule: Schedule, at: datetime) -> Shift | None:
    """The shift an instant lies in, whole; None when nobody is on call."""
    now = _at(schedule, at)
    if now is None:
        return None
    starts_at, ends_at = at, at
    around = [now]
    while now.began_at < starts_at or ends_at < now.until:
        starts_at, ends_at = min(starts_at, now.began_at), max(ends_at, now.until)
        around = _final(schedule, starts_at - datetime.resolution, ends_at + datetime.resolution)
        now = next(piece for piece in around if piece.starts_at <= at < piece.ends_at)
    return next(shift for shift in _keyed(around) if shift.starts_at <= at < shift.ends_at)


def next_on_call(schedule: Schedule, at: datetime) -> Shift | None:
    """The next shift of somebody who is not on call now.

    If there is none within two years or two thousand shifts, the next of anybody; None without any.
    """
    now = _at(schedule, at)
    present = None if now is None else now.user_id
    others = _people(schedule, at) - {present}
    following: datetime | None = None
    for piece in islice(_ahead(schedule, at, at + NEXT_WITHIN), NEXT_AMONG):
        if piece.starts_at <= at or piece.user_id is None or (now is not None and piece.source == now.source):
            continue
        following = following or piece.starts_at
        if piece.user_id != present or not others:
            return on_call(schedule, piece.starts_at)
    return None if following is None else on_call(schedule, following)


def next_change(schedule: Schedule, after: datetime, horizon: timedelta) -> datetime | None:
    """The first instant after `after`, within the horizon, at which who is on call changes; None without any.

    From one shift of a person to the next of the same, nothing changes.
    """
    now = _at(schedule, after)
    present, since = None if now is None else now.user_id, after
    for piece in _ahead(schedule, after, after + horizon):
        if present is not None and piece.starts_at > since:
            return since
        if piece.user_id != present:
            return piece.starts_at
        since = piece.ends_at
    return since if present is not None and since < after + horizon else None


def gaps(schedule: Schedule, starts_at: datetime, ends_at: datetime) -> tuple[Gap, ...]:
    """Where in [starts_at, ends_at) nobody is on call, whether by a gap or by an override."""
    held = [(starts_at, starts_at), *_held(schedule, starts_at, ends_at), (ends_at, ends_at)]
    return tuple(Gap(before[1], after[0]) for before, after in pairwise(held) if before[1] < after[0])


def version_at(schedule: Schedule, at: datetime) -> Version | None:
    """The version that holds at an instant: of those in effect, the one made last."""
    begun = [version for version in schedule.versions if version.effective_at <= at]
    return max(begun, key=_number, default=None)


def _number(version: Version) -> int:
    return version.version


def _held(schedule: Schedule, starts_at: datetime, ends_at: datetime) -> list[tuple[datetime, datetime]]:
    pieces = _final(schedule, starts_at, ends_at)
    return [(piece.starts_at, piece.ends_at) for piece in pieces if piece.user_id is not None]


def _at(schedule: Schedule, at: datetime) -> _Piece | None:
    return next(iter(_final(schedule, at, at + datetime.resolution)), None)


def _ahead(schedule: Schedule, since: datetime, until: datetime) -> Iterator[_Piece]:
    """The pieces in [since, until), looked for in ever longer parts, at whose ends they are cut."""
    part = timedelta(days=2)
    while since < until:
        end = min(since + part, until)
        yield from _final(schedule, since, end)
        since, part = end, part * 2


def _people(schedule: Schedule, since: datetime) -> set[UUID]:
    """Everybody who may be on call from an instant on."""
    layers = [layer for regime in _regimes(schedule, since, since + NEXT_WITHIN) for layer in regime.layers]
    people = {user_id for layer in layers for user_id in layer.participants if user_id is not None}
    return people | {override.user_id for override in schedule.overrides if override.user_id is not None}


def _began(pieces: Iterable[_Piece], starts_at: datetime) -> datetime:
    """When the first began of what shows after `starts_at`."""
    sources = {piece.source for piece in pieces if piece.ends_at > starts_at}
    return min((piece.began_at for piece in pieces if piece.source in sources), default=starts_at)


def _final(schedule: Schedule, starts_at: datetime, ends_at: datetime) -> list[_Piece]:
    """Who is on call in the window, clipped to it; pieces of one source that touch are one."""
    pieces: list[_Piece] = []
    for regime in _regimes(schedule, starts_at, ends_at):
        pieces += _layered(regime)
    for override in _overrides(schedule, OverrideKind.OVERRIDE):
        began_at, until = _span(override)
        since, end = max(began_at, starts_at), min(until, ends_at)
        if since < end:
            reason = Reason(ReasonKind.OVERRIDE, override.override_id, override.name, None)
            source = (override.override_id, "")
            pieces = _laid([_Piece(since, end, override.user_id, reason, source, began_at, until)], pieces)
    return _joined(pieces)


def _layered(regime: _Regime) -> list[_Piece]:
    """Who the layers of one regime put on call, later layers on top."""
    zone = ZoneInfo(regime.zone)
    pieces: list[_Piece] = []
    for layer in reversed(regime.layers):
        under = [
            _Piece(
                max(stint.starts_at, regime.starts_at),
                min(stint.ends_at, regime.ends_at),
                stint.user_id,
                _reason(regime, layer),
                (layer.layer_id, f"{stint.label} {stint.user_id}"),
                stint.starts_at,
                stint.ends_at,
            )
            for stint in rotation.stints(layer, zone, regime.starts_at, regime.ends_at)
        ]
        pieces = _laid(pieces, under)
    return pieces


def _reason(regime: _Regime, layer: Layer) -> Reason:
    if regime.temporary is not None:
        return Reason(ReasonKind.TEMPORARY, regime.temporary.override_id, regime.temporary.name, None)
    return Reason(ReasonKind.LAYER, layer.layer_id, layer.name, regime.version)


def _regimes(schedule: Schedule, starts_at: datetime, ends_at: datetime) -> list[_Regime]:
    """Which layers hold when in the window: the version's, or a temporary schedule's in their place, gaps and all."""
    found: list[_Regime] = []
    until = ends_at
    for version in sorted(schedule.versions, key=_number, reverse=True):
        since = max(version.effective_at, starts_at)
        if since < until:
            found.insert(0, _Regime(since, until, version.zone, version.layers, version.version, None))
            until = since
    for temporary in _overrides(schedule, OverrideKind.TEMPORARY):
        began_at, end = _span(temporary)
        since = max(began_at, starts_at)
        version = version_at(schedule, since)
        zone = temporary.zone or (version.zone if version is not None else None)
        if zone is not None and since < min(end, ends_at):
            laid = _Regime(since, min(end, ends_at), zone, temporary.layers or (), None, temporary)
            found = _laid([laid], found)
    return found


def _overrides(schedule: Schedule, kind: OverrideKind) -> list[Override]:
    """Those of a kind, the one created last at the end: it lies on top."""
    found = [override for override in schedule.overrides if override.kind is kind]
    return sorted(found, key=lambda override: (override.created_at, override.override_id))


def _span(override: Override) -> tuple[datetime, datetime]:
    ends_at = override.ends_at if override.cancelled_at is None else min(override.ends_at, override.cancelled_at)
    return max(override.starts_at, override.created_at), ends_at


def _laid[S: _Stretch](over: Sequence[S], under: Sequence[S]) -> list[S]:
    """What shows when some stretches lie over others; each sorted, and free of overlaps in itself."""
    if not over or not under:
        return [*over, *under]
    shown = list(over)
    position = 0
    for stretch in under:
        since = stretch.starts_at
        while position < len(over) and over[position].ends_at <= since:
            position += 1
        for cover in over[position:]:
            if cover.starts_at >= stretch.ends_at:
                break
            if since < cover.starts_at:
                shown.append(replace(stretch, starts_at=since, ends_at=cover.starts_at))
            since = max(since, cover.ends_at)
        if since < stretch.ends_at:
            shown.append(stretch if since == stretch.starts_at else replace(stretch, starts_at=since))
    return sorted(shown, key=lambda stretch: stretch.starts_at)


def _joined(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Touching pieces of one source put together, as an edit leaves them; the reason is that of the first."""
    joined: list[_Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        if before is not None and before.source == piece.source and before.ends_at == piece.starts_at:
            began_at, until = min(before.began_at, piece.began_at), max(before.until, piece.until)
            joined[-1] = replace(before, ends_at=piece.ends_at, began_at=began_at, until=until)
        else:
            joined.append(piece)
    return joined


def _keyed(pieces: Sequence[_Piece]) -> list[Shift]:
    """Shifts with their keys: the first of a source is named by it, another by what came between, too."""
    found: list[Shift] = []
    parts: dict[tuple[UUID, str], int] = {}
    before: _Piece | None = None
    for piece in pieces:
        part = parts.get(piece.source, 0)
        parts[piece.source] = part + 1
        key = uuid5(*piece.source)
        if part and before is not None:
            gap = before.source == piece.source
            key = uuid5(key, f"gap {part}" if gap else f"{before.source[0]} {before.source[1]}")
        found.append(Shift(piece.starts_at, piece.ends_at, piece.user_id, piece.reason, str(key)))
        before = piece
    return found
