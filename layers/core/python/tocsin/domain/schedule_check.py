"""What a schedule must be like before it may put anybody on call, and what is worth a warning though it may."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from tocsin.domain import restriction, wall_clock
from tocsin.domain.restriction import DAYS, Restriction
from tocsin.domain.rotation import Unit
from tocsin.domain.schedule import OverrideKind, Schedule, gaps, version_at
from tocsin.domain.schedule_edit import LayerDraft, ScheduleDraft
from tocsin.errors import FieldProblem

MAX_LAYERS: Final = 20
MAX_PARTICIPANTS: Final = 100
MAX_RESTRICTIONS: Final = 50
MAX_NAME: Final = 200
MAX_LENGTH: Final = {Unit.HOURS: 744, Unit.DAYS: 366, Unit.WEEKS: 52}
MAX_OVERRIDE: Final = timedelta(days=366)
FIRST_DAY: Final = date(2000, 1, 1)
LAST_DAY: Final = date(2199, 12, 31)
LOOK_AHEAD: Final = timedelta(days=28)
NEXT_WEEK: Final = timedelta(days=7)
MAX_WARNINGS: Final = 10


@dataclass(frozen=True, slots=True)
class Known:
    """What a draft may refer to: members of the organization, and the layers the schedule has now."""

    users: Collection[UUID] = field(default_factory=frozenset[UUID])
    layers: Collection[UUID] = field(default_factory=frozenset[UUID])


@dataclass(frozen=True, slots=True)
class OverrideDraft:
    """An override or a temporary schedule as somebody wrote it."""

    kind: str
    starts_at: datetime
    ends_at: datetime
    name: str | None = None
    user_id: UUID | None = None
    layers: Sequence[LayerDraft] | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class ScheduleWarning:
    """What may be meant, and should be seen: `code` is gap or nobody_next_week, `text` says it to people."""

    code: str
    starts_at: datetime
    ends_at: datetime
    text: str


def check(draft: ScheduleDraft, known: Known) -> list[FieldProblem]:
    """Everything that is wrong with a draft; nothing when it may become a version."""
    return [*_zone("time_zone", draft.zone), *_layers(draft.layers, known)]


def check_override(draft: OverrideDraft, known: Known, now: datetime) -> list[FieldProblem]:
    """Everything that is wrong with an override; nothing when it may be laid over a schedule."""
    return [*_window(draft, now), *_content(draft, known)]


def referred(layers: Sequence[LayerDraft]) -> set[UUID]:
    """The people that layers name."""
    return {entry for layer in layers for entry in layer.participants if entry is not None}


def warnings(schedule: Schedule, now: datetime) -> tuple[ScheduleWarning, ...]:
    """When nobody will be on call: all of the next seven days, or at times in the next 28; the first ten of them."""
    version = version_at(schedule, now)
    zone = ZoneInfo("UTC" if version is None else version.zone)
    found: list[ScheduleWarning] = []
    for gap in gaps(schedule, now, now + LOOK_AHEAD)[:MAX_WARNINGS]:
        since, until = wall_clock.wall(gap.starts_at, zone), wall_clock.wall(gap.ends_at, zone)
        text = f"Nobody is on call from {since:%Y-%m-%d %H:%M} to {until:%Y-%m-%d %H:%M} ({zone.key})."
        code = "gap"
        if gap.starts_at == now and gap.ends_at >= now + NEXT_WEEK:
            code, text = "nobody_next_week", f"Nobody is on call until {until:%Y-%m-%d %H:%M} ({zone.key})."
        if gap.ends_at == now + LOOK_AHEAD:
            text = f"Nobody is on call from {since:%Y-%m-%d %H:%M} ({zone.key}) for the rest of the next 28 days."
        found.append(ScheduleWarning(code, gap.starts_at, gap.ends_at, text))
    return tuple(found)


def _zone(at: str, name: str) -> Iterator[FieldProblem]:
    if not wall_clock.is_zone(name):
        yield FieldProblem(at, "is no time zone of the IANA database; write it like Europe/Berlin or UTC")


def _layers(layers: Sequence[LayerDraft], known: Known) -> Iterator[FieldProblem]:
    if len(layers) > MAX_LAYERS:
        yield FieldProblem("layers", f"are {len(layers)}; up to {MAX_LAYERS} are possible")
    seen: set[UUID] = set()
    for number, layer in enumerate(layers):
        at = f"layers.{number}"
        if layer.layer_id is not None and layer.layer_id not in known.layers:
            yield FieldProblem(f"{at}.layer_id", "names no layer of this schedule; leave it out for a new layer")
        elif layer.layer_id is not None and layer.layer_id in seen:
            yield FieldProblem(f"{at}.layer_id", "is used by an earlier layer; leave it out for a new layer")
        if layer.layer_id is not None:
            seen.add(layer.layer_id)
        yield from _layer(at, layer, known)


def _layer(at: str, layer: LayerDraft, known: Known) -> Iterator[FieldProblem]:
    if not 1 <= len(layer.name.strip()) <= len(layer.name) <= MAX_NAME:
        yield FieldProblem(f"{at}.name", f"must have 1 to {MAX_NAME} characters, not only spaces")
    yield from _rhythm(at, layer)
    if not 1 <= len(layer.participants) <= MAX_PARTICIPANTS:
        yield FieldProblem(
            f"{at}.participants",
            f"are {len(layer.participants)}; 1 to {MAX_PARTICIPANTS} are possible, null among them is nobody",
        )
    for number, entry in enumerate(layer.participants):
        if entry is not None and entry not in known.users:
            yield _no_member(f"{at}.participants.{number}")
    if layer.ends_at is not None and layer.ends_at.tzinfo is None:
        yield _no_offset(f"{at}.ends_at")
    yield from _restrictions(f"{at}.restrictions", layer.restrictions)


def _rhythm(at: str, layer: LayerDraft) -> Iterator[FieldProblem]:
    units = {unit.value: unit for unit in Unit}
    if layer.unit not in units:
        yield FieldProblem(f"{at}.unit", f"is not known; {', '.join(units)} are possible")
    elif not 1 <= layer.length <= MAX_LENGTH[units[layer.unit]]:
        most = MAX_LENGTH[units[layer.unit]]
        yield FieldProblem(f"{at}.length", f"is {layer.length}; 1 to {most} {layer.unit} are possible")
    yield from _time(f"{at}.handoff", layer.handoff)
    if not FIRST_DAY <= layer.starts_on <= LAST_DAY:
        yield FieldProblem(f"{at}.starts_on", f"is {layer.starts_on}; {FIRST_DAY} to {LAST_DAY} are possible")


def _restrictions(at: str, restrictions: Sequence[Restriction]) -> Iterator[FieldProblem]:
    if len(restrictions) > MAX_RESTRICTIONS:
        yield FieldProblem(at, f"are {len(restrictions)}; up to {MAX_RESTRICTIONS} are possible")
        return
    held: list[tuple[int, int]] = []
    for number, found in enumerate(restrictions):
        problems = list(_restriction(f"{at}.{number}", found))
        yield from problems
        if problems:
            continue
        minutes = restriction.minutes(found)
        for earlier, others in held:
            if minutes & others:
                yield FieldProblem(f"{at}.{number}", f"overlaps restrictions.{earlier}; write them as one, or apart")
                break
        held.append((number, minutes))


def _restriction(at: str, found: Restriction) -> Iterator[FieldProblem]:
    yield from _time(f"{at}.start", found.start)
    yield from _time(f"{at}.end", found.end)
    if (found.start_day is None) != (found.end_day is None):
        missing = "start_day" if found.start_day is None else "end_day"
        yield FieldProblem(f"{at}.{missing}", "is missing; give both days for hours of the week, or neither")
    for name, day in (("start_day", found.start_day), ("end_day", found.end_day)):
        if day is not None and not 0 <= day < len(DAYS):
            yield FieldProblem(f"{at}.{name}", f"is no day; {', '.join(DAYS)} are possible")
    if (found.start, found.start_day) == (found.end, found.end_day):
        yield FieldProblem(f"{at}.end", "is the same as the start; leave the restriction out if the layer always holds")


def _time(at: str, found: time) -> Iterator[FieldProblem]:
    if found.second or found.microsecond or found.tzinfo is not None:
        yield FieldProblem(at, "must be hours and minutes, like 09:00, in the schedule's time zone")


def _window(draft: OverrideDraft, now: datetime) -> Iterator[FieldProblem]:
    naive = [name for name in ("starts_at", "ends_at") if getattr(draft, name).tzinfo is None]
    if naive:
        yield from map(_no_offset, naive)
    elif draft.ends_at <= draft.starts_at:
        yield FieldProblem("ends_at", "is not after starts_at")
    elif draft.ends_at <= now:
        yield FieldProblem("ends_at", "has passed; overrides change the present and the future only")
    elif draft.ends_at - draft.starts_at > MAX_OVERRIDE:
        yield FieldProblem("ends_at", f"is more than {MAX_OVERRIDE.days} days after starts_at")


def _content(draft: OverrideDraft, known: Known) -> Iterator[FieldProblem]:
    if draft.name is not None and not 1 <= len(draft.name.strip()) <= len(draft.name) <= MAX_NAME:
        yield FieldProblem("name", f"must have 1 to {MAX_NAME} characters, not only spaces")
    if draft.kind == OverrideKind.OVERRIDE:
        if draft.user_id is not None and draft.user_id not in known.users:
            yield _no_member("user_id")
        if draft.layers is not None:
            yield FieldProblem("layers", "belong to a temporary schedule; an override has one person, or nobody")
    elif draft.kind == OverrideKind.TEMPORARY:
        if draft.user_id is not None:
            yield FieldProblem("user_id", "belongs to an override; a temporary schedule has layers")
        if draft.layers is None:
            yield FieldProblem("layers", "are missing; a temporary schedule has layers of its own, or an empty list")
        if draft.zone is not None:
            yield from _zone("time_zone", draft.zone)
        yield from _layers(draft.layers or (), known)
    else:
        yield FieldProblem("kind", f"is not known; {', '.join(OverrideKind)} are possible")


def _no_member(at: str) -> FieldProblem:
    return FieldProblem(at, "is not the id of a member of this organization")


def _no_offset(at: str) -> FieldProblem:
    return FieldProblem(at, "needs an offset from UTC, like 2026-12-24T18:00:00Z")
