"""The public API's models of escalation policies: steps, whom they page and when, versions and what changed in them."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, StrictBool, StrictInt, model_validator

from tocsin.contracts.api import Answer, Input, Name, Seconds
from tocsin.contracts.api_schedules import Weekday, ZoneName
from tocsin.contracts.message import Instant
from tocsin.domain.incident import Severity, Urgency
from tocsin.domain.policy_changes import ChangeKind
from tocsin.domain.step_condition import While

Place = Annotated[StrictInt, Field(ge=0, description="A place among the steps, from 0.")]
Clock = Annotated[str, Field(max_length=5, description="A time of day in the policy's zone, HH:MM.")]


class TargetInput(Input):
    """Whom a step pages: an id, or an address for email. `who` says whom of a schedule: now on call, or next."""

    kind: Annotated[str, Field(json_schema_extra={"enum": ["user", "team", "email", "schedule", "destination"]})]
    value: str
    who: Annotated[str | None, Field(json_schema_extra={"enum": ["now", "next", None]})] = None


class TimesInput(Input):
    """Hours of days in the policy's time zone. What ends no later than it starts goes on into the next day; the same
    time twice is a whole day.
    """

    days: list[Weekday] = Field(default_factory=lambda: list(Weekday))
    starts: Clock = "00:00"
    ends: Clock = "00:00"


class ConditionsInput(Input):
    """What must hold for a step to page; an empty list leaves everything in. One whose conditions don't hold is passed
    at once.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)

    severities: list[Severity] = Field(default_factory=list[Severity])
    urgencies: list[Urgency] = Field(default_factory=list[Urgency])
    times: list[TimesInput] = Field(default_factory=list[TimesInput])
    until: Annotated[While, Field(alias="while")] = While.NOT_ACKNOWLEDGED


class StepContent(Input):
    """What a step does: wait, then page all targets at once, or one in turn; then again, `retries` times."""

    delay_seconds: Seconds = 0
    targets: list[TargetInput]
    retries: StrictInt = 0
    retry_interval_seconds: Seconds = 0
    round_robin: StrictBool = False
    conditions: ConditionsInput = ConditionsInput()


class StepInput(StepContent):
    """A step. One that the policy already has keeps its `step_id`."""

    step_id: UUID | None = None


class StepInsert(StepContent):
    """A step to put into a policy, before the one that stands at `position`; at the end without it."""

    position: Place | None = None


class StepPatch(Input):
    """What to change of a step; what is left out stays."""

    delay_seconds: Seconds | None = None
    targets: list[TargetInput] | None = None
    retries: StrictInt | None = None
    retry_interval_seconds: Seconds | None = None
    round_robin: StrictBool | None = None
    conditions: ConditionsInput | None = None

    @model_validator(mode="after")
    def _something(self) -> "StepPatch":
        if not self.model_fields_set:
            raise ValueError("must change something")
        nothing = [name for name in sorted(self.model_fields_set) if getattr(self, name) is None]
        if nothing:
            raise ValueError(f"{nothing[0]} can't be null; leave it out to keep it")
        return self


class StepMove(Input):
    """Where a step shall stand."""

    position: Place


class StepCopy(Input):
    """Where a copy of a step shall stand; right after it without a position."""

    position: Place | None = None


class PolicyInput(Input):
    """A whole escalation policy. `round_delay_seconds` is the wait after a round's last step; `fallback` is paged when
    the rounds are over, and after another such wait the organization's fallback contact.
    """

    name: Name
    team_id: UUID | None = None
    rounds: StrictInt = 1
    round_delay_seconds: Seconds = 300
    time_zone: ZoneName = "UTC"
    fallback: list[TargetInput] = Field(default_factory=list[TargetInput])
    steps: list[StepInput]


class PolicyCopy(Input):
    """What to call a copy of a policy; its steps are new ones."""

    name: Name
    team_id: UUID | None = None


class PolicyTarget(Answer):
    """Whom a step pages."""

    kind: Literal["user", "team", "email", "schedule", "destination"]
    value: str
    who: Literal["now", "next"] | None = None


class StepTimes(Answer):
    """Hours of days in the policy's time zone."""

    days: list[Weekday]
    starts: str
    ends: str


class StepConditions(Answer):
    """What must hold for a step to page."""

    model_config = ConfigDict(frozen=True, serialize_by_alias=True)

    severities: list[Severity] = Field(default_factory=list[Severity])
    urgencies: list[Urgency] = Field(default_factory=list[Urgency])
    times: list[StepTimes] = Field(default_factory=list[StepTimes])
    until: Annotated[While, Field(alias="while")] = While.NOT_ACKNOWLEDGED


class PolicyStep(Answer):
    """A step; `step_id` stays the same from version to version."""

    step_id: UUID
    delay_seconds: int
    targets: list[PolicyTarget]
    retries: int = 0
    retry_interval_seconds: int = 0
    round_robin: bool = False
    conditions: StepConditions = StepConditions()


class Policy(Answer):
    """An escalation policy in one of its versions; send the current one as If-Match to change it."""

    id: UUID
    name: str
    team_id: UUID | None
    version: int
    rounds: int
    round_delay_seconds: int
    time_zone: str = "UTC"
    fallback: list[PolicyTarget] = Field(default_factory=list[PolicyTarget])
    steps: list[PolicyStep]
    created_at: Instant
    updated_at: Instant
    updated_by: str | None = None


class PolicyPage(Answer):
    """Escalation policies by name."""

    items: list[Policy]
    next_cursor: str | None


class PolicyChange(Answer):
    """What was changed from one version to the next. `position`, from 0, is the step's new one, or the one it had."""

    kind: ChangeKind
    step_id: UUID | None
    position: int | None
    fields: list[str]
    text: str


class PolicyVersion(Answer):
    """A version of a policy: who made it, and what it changed."""

    version: int
    created_at: Instant
    created_by: str | None
    created_by_name: str | None = None
    is_current: bool
    changes: list[PolicyChange]


class PolicyVersions(Answer):
    """Versions of a policy, newest first; `next_before` asks for older ones."""

    items: list[PolicyVersion]
    next_before: int | None
