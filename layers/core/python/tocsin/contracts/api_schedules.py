"""The public API's models of on-call: schedules, what is laid over them, shifts and who has them, calendars."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StrictInt, StringConstraints, model_validator

from tocsin.contracts.api import Answer, Input, Name, storable
from tocsin.contracts.message import GivenInstant, Instant
from tocsin.domain.rotation import Unit
from tocsin.domain.schedule import OverrideKind, ReasonKind

DESCRIPTION_LENGTH: Final = 2_000
ZONE_LENGTH: Final = 64
LAYERS: Final = 100
PARTICIPANTS: Final = 200
RESTRICTIONS: Final = 50

WallTime = Annotated[
    str,
    StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"),
    Field(description="A time of day in the schedule's zone, HH:MM."),
]
ZoneName = Annotated[
    str,
    Field(max_length=ZONE_LENGTH, description="A zone by its IANA name, like Europe/Berlin."),
    AfterValidator(storable),
]
Description = Annotated[str, Field(max_length=DESCRIPTION_LENGTH), AfterValidator(storable)]


class Weekday(StrEnum):
    """A day of the week."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


# ── schedules ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class RestrictionInput(Input):
    """Hours of each day, or with both days hours of the week from one to the other; an end that is not after the start
    lies on the next day, or in the next week.
    """

    start_day: Weekday | None = None
    start: WallTime
    end_day: Weekday | None = None
    end: WallTime


class Restriction(Answer):
    """When a layer holds."""

    start_day: Weekday | None = None
    start: str
    end_day: Weekday | None = None
    end: str


class LayerInput(Input):
    """A rotation: participants who take turns of a length, handed over at a time of day.

    `participants` are members, or null where the layers below show through; the first one begins on `starts_on`. A
    layer that the schedule has keeps its `layer_id`, and with it whose turn it is.
    """

    layer_id: UUID | None = None
    name: Name
    unit: Unit
    length: StrictInt = 1
    handoff: WallTime = "09:00"
    starts_on: date
    participants: Annotated[list[UUID | None], Field(max_length=PARTICIPANTS)]
    restrictions: Annotated[list[RestrictionInput], Field(max_length=RESTRICTIONS)] = Field(
        default_factory=list[RestrictionInput]
    )
    ends_at: GivenInstant | None = None


class Layer(Answer):
    """A rotation; later layers lie on top of earlier ones."""

    layer_id: UUID
    name: str
    unit: Unit
    length: int
    handoff: str
    starts_on: date
    participants: list[UUID | None]
    restrictions: list[Restriction]
    ends_at: Instant | None = None


class ScheduleInput(Input):
    """A schedule to save, whole; what it was before stays true for shifts that have begun."""

    name: Name
    description: Description | None = None
    team_id: UUID | None = None
    time_zone: ZoneName
    layers: Annotated[list[LayerInput], Field(max_length=LAYERS)]


class Schedule(Answer):
    """Who is on call when, in its current version, which holds from `effective_at` on."""

    id: UUID
    name: str
    description: str | None
    team_id: UUID | None
    time_zone: str
    layers: list[Layer]
    version: int
    effective_at: Instant
    created_at: Instant
    updated_at: Instant


class SchedulePage(Answer):
    """Schedules by name."""

    items: list[Schedule]
    next_cursor: str | None


class ScheduleVersion(Answer):
    """A version of a schedule, and who made it; it holds from `effective_at` until the next one does."""

    version: int
    effective_at: Instant
    time_zone: str
    layers: list[Layer]
    created_at: Instant
    created_by: str


class ScheduleVersions(Answer):
    """Versions of a schedule, newest first; `next_before` asks for older ones."""

    items: list[ScheduleVersion]
    next_before: int | None


# ── overrides ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class OverrideInput(Input):
    """What to lay over a schedule from now, or from an instant to come, until another.

    An override has `user_id`, null for nobody; a temporary schedule has `layers`, and a `time_zone` unless it is the
    schedule's. Of overrides that overlap the one created last wins; they lie over temporary schedules.
    """

    kind: OverrideKind = OverrideKind.OVERRIDE
    name: Name | None = None
    user_id: UUID | None = None
    layers: Annotated[list[LayerInput], Field(max_length=LAYERS)] | None = None
    time_zone: ZoneName | None = None
    starts_at: GivenInstant | None = None
    ends_at: GivenInstant

    @model_validator(mode="after")
    def _of_one_kind(self) -> "OverrideInput":
        if self.kind is OverrideKind.TEMPORARY:
            if self.layers is None or "user_id" in self.model_fields_set:
                raise ValueError("a temporary schedule must have layers, and no user_id")
        elif self.layers is not None or self.time_zone is not None:
            raise ValueError("an override must have a user_id or null, and neither layers nor time_zone")
        elif "user_id" not in self.model_fields_set:
            raise ValueError("an override must have a user_id: a member's id, or null for nobody")
        return self


class Override(Answer):
    """What is laid over a schedule; once cancelled it holds no more, and what it was before stays true."""

    id: UUID
    schedule_id: UUID
    kind: OverrideKind
    name: str | None
    user_id: UUID | None
    layers: list[Layer] | None
    time_zone: str | None
    starts_at: Instant
    ends_at: Instant
    version: int
    created_at: Instant
    created_by: str
    cancelled_at: Instant | None


class OverridePage(Answer):
    """Overrides, newest first."""

    items: list[Override]
    next_cursor: str | None


# ── shifts ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Reason(Answer):
    """Why somebody has a shift: a layer of a version, an override, or a temporary schedule."""

    kind: ReasonKind
    id: UUID
    name: str | None
    version: int | None


class Shift(Answer):
    """A time that one person, or nobody, is on call: from `starts_at` until just before `ends_at`.

    `is_member` is false for who has left or was deleted: they can't be paged.
    """

    starts_at: Instant
    ends_at: Instant
    user_id: UUID | None
    user_name: str | None
    is_member: bool
    reason: Reason


class ScheduleWarning(Answer):
    """Something about a schedule that its people should know; `starts_at` and `ends_at` say when, if it has a time."""

    code: Literal["gap", "nobody_next_week", "not_a_member"]
    detail: str
    starts_at: Instant | None = None
    ends_at: Instant | None = None
    user_id: UUID | None = None


class Shifts(Answer):
    """The final shifts of a window, with overrides and temporary schedules, and what is to be known about them."""

    starts_at: Instant
    ends_at: Instant
    time_zone: str
    items: list[Shift]
    warnings: list[ScheduleWarning]


class OnCall(Answer):
    """Who is on call in a schedule now, and who is next; null when it is nobody."""

    schedule_id: UUID
    schedule_name: str
    team_id: UUID | None
    now: Shift | None
    next: Shift | None


class OnCallPage(Answer):
    """Who is on call, by the schedules' names; a page can hold less than its limit, and be followed by another."""

    at: Instant
    items: list[OnCall]
    next_cursor: str | None


class HandoffNotices(Answer):
    """Whether somebody is mailed when their turn in a schedule of the organization begins or ends."""

    handoff_notices: bool


class HandoffNoticesInput(Input):
    """Whether to be mailed when one's turn begins or ends."""

    handoff_notices: bool


# ── calendars ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class CalendarFeedInput(Input):
    """Whose shifts a calendar is to show: somebody's, one's own, or everybody's."""

    user_id: UUID | None = None


class CalendarFeed(Answer):
    """A calendar that follows a schedule."""

    id: UUID
    schedule_id: UUID
    user_id: UUID | None
    created_by: str
    created_at: Instant
    last_used_at: Instant | None
    revoked_at: Instant | None


class CalendarFeeds(Answer):
    """The calendars of a schedule, oldest first."""

    items: list[CalendarFeed]


class NewCalendarFeed(CalendarFeed):
    """A calendar with its secret address, shown this once: whoever has it sees the shifts."""

    url: str
