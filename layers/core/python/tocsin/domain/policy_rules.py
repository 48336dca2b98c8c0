"""What an escalation policy must be like before it may page anybody."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from tocsin.domain.address import is_email
from tocsin.domain.escalation import TargetKind, Who
from tocsin.domain.step_condition import DAYS, is_zone, minute
from tocsin.errors import FieldProblem

MAX_STEPS: Final = 100
MAX_TARGETS: Final = 20
MAX_ROUNDS: Final = 10
MAX_DELAY_SECONDS: Final = 2_592_000
MIN_ROUND_DELAY_SECONDS: Final = 60
MAX_RETRIES: Final = 20
MIN_RETRY_INTERVAL_SECONDS: Final = 30
MAX_TIMES: Final = 20


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """A target as somebody wrote it; `who` is for schedules."""

    kind: str
    value: str
    who: str | None = None


@dataclass(frozen=True, slots=True)
class TimesDraft:
    """Hours of days as somebody wrote them, each HH:MM."""

    days: tuple[str, ...]
    starts: str
    ends: str


@dataclass(frozen=True, slots=True)
class ConditionsDraft:
    """Conditions as somebody wrote them."""

    severities: tuple[str, ...] = ()
    urgencies: tuple[str, ...] = ()
    times: tuple[TimesDraft, ...] = ()
    until: str = "not_acknowledged"


@dataclass(frozen=True, slots=True)
class StepDraft:
    """A step as somebody wrote it; one that the policy already has keeps its `step_id`."""

    delay_seconds: int
    targets: Sequence[TargetDraft]
    step_id: UUID | None = None
    retries: int = 0
    retry_interval_seconds: int = 0
    round_robin: bool = False
    conditions: ConditionsDraft = field(default_factory=ConditionsDraft)


@dataclass(frozen=True, slots=True)
class PolicyDraft:
    """A policy as somebody wrote it."""

    steps: Sequence[StepDraft]
    rounds: int
    round_delay_seconds: int
    time_zone: str = "UTC"
    fallback: Sequence[TargetDraft] = ()

    @property
    def targets(self) -> Iterator[TargetDraft]:
        """All targets, wherever they stand."""
        yield from self.fallback
        for step in self.steps:
            yield from step.targets


@dataclass(frozen=True, slots=True)
class Known:
    """What a draft may refer to: what the organization has, and the steps and targets that the policy has now.

    A target that the policy has may stay though what it names is gone: it stalls nothing, and a change to something
    else must not be refused for it.
    """

    users: Collection[UUID] = field(default_factory=frozenset[UUID])
    teams: Collection[UUID] = field(default_factory=frozenset[UUID])
    schedules: Collection[UUID] = field(default_factory=frozenset[UUID])
    destinations: Collection[UUID] = field(default_factory=frozenset[UUID])
    steps: Collection[UUID] = field(default_factory=frozenset[UUID])
    targets: Collection[TargetDraft] = field(default_factory=frozenset[TargetDraft])


def check(draft: PolicyDraft, known: Known) -> list[FieldProblem]:
    """Everything that is wrong with a draft; nothing when it may become a version."""
    return [*_shape(draft), *_steps(draft.steps, known), *_fallback(draft.fallback, known)]


def referred(draft: PolicyDraft, kind: TargetKind) -> set[UUID]:
    """The ids that a draft's targets of a kind name, as far as they are ids."""
    values = (target.value for target in draft.targets if target.kind == kind)
    return {found for value in values if (found := _uuid(value)) is not None}


def canonical(target: TargetDraft) -> TargetDraft:
    """A checked target in the one form it is stored in."""
    if target.kind == TargetKind.EMAIL:
        return target
    who = (target.who or Who.NOW.value) if target.kind == TargetKind.SCHEDULE else None
    return TargetDraft(target.kind, str(UUID(target.value)), who)


def _shape(draft: PolicyDraft) -> Iterator[FieldProblem]:
    if not 1 <= draft.rounds <= MAX_ROUNDS:
        yield FieldProblem("rounds", f"is {draft.rounds}; 1 to {MAX_ROUNDS} are possible")
    if not 0 <= draft.round_delay_seconds <= MAX_DELAY_SECONDS:
        yield _range("round_delay_seconds", draft.round_delay_seconds)
    elif draft.rounds > 1 and draft.round_delay_seconds < MIN_ROUND_DELAY_SECONDS:
        yield FieldProblem(
            "round_delay_seconds",
            f"is {draft.round_delay_seconds}; between rounds there must be at least {MIN_ROUND_DELAY_SECONDS} seconds",
        )
    if not is_zone(draft.time_zone):
        yield FieldProblem("time_zone", "is no time zone; give its name in the IANA database, like Europe/Berlin")
    if not 1 <= len(draft.steps) <= MAX_STEPS:
        yield FieldProblem("steps", f"are {len(draft.steps)}; 1 to {MAX_STEPS} are possible")
    if len(draft.steps) > 1 and all(step.delay_seconds == 0 for step in draft.steps[1:]) and not _apart(draft.steps):
        yield FieldProblem(
            "steps",
            "would all be taken at once; give a step after the first a delay, or put all targets into one step",
        )


def _apart(steps: Sequence[StepDraft]) -> bool:
    """Whether steps without a delay may still come at different times, or for different incidents."""
    return any(step.retries > 0 or step.conditions != ConditionsDraft() for step in steps)


def _steps(steps: Sequence[StepDraft], known: Known) -> Iterator[FieldProblem]:
    seen: set[UUID] = set()
    for position, step in enumerate(steps):
        at = f"steps.{position}"
        if step.step_id is not None and step.step_id not in known.steps:
            yield FieldProblem(f"{at}.step_id", "names no step of this policy; leave it out for a new step")
        elif step.step_id is not None and step.step_id in seen:
            yield FieldProblem(f"{at}.step_id", "is used by an earlier step; leave it out for a new step")
        if step.step_id is not None:
            seen.add(step.step_id)
        yield from _step(at, step, known)


def _step(at: str, step: StepDraft, known: Known) -> Iterator[FieldProblem]:
    if not 0 <= step.delay_seconds <= MAX_DELAY_SECONDS:
        yield _range(f"{at}.delay_seconds", step.delay_seconds)
    if not 0 <= step.retries <= MAX_RETRIES:
        yield FieldProblem(f"{at}.retries", f"is {step.retries}; 0 to {MAX_RETRIES} are possible")
    interval, longest = step.retry_interval_seconds, MAX_DELAY_SECONDS
    if step.retries > 0 and not MIN_RETRY_INTERVAL_SECONDS <= interval <= longest:
        reason = f"is {interval}; between repetitions there must be {MIN_RETRY_INTERVAL_SECONDS} to {longest} seconds"
        yield FieldProblem(f"{at}.retry_interval_seconds", reason)
    elif not 0 <= interval <= longest:
        yield _range(f"{at}.retry_interval_seconds", interval)
    yield from _times(f"{at}.conditions.times", step.conditions.times)
    if not 1 <= len(step.targets) <= MAX_TARGETS:
        yield FieldProblem(f"{at}.targets", f"are {len(step.targets)}; 1 to {MAX_TARGETS} are possible")
    for number, target in enumerate(step.targets):
        yield from _target(f"{at}.targets.{number}", target, known)


def _fallback(targets: Sequence[TargetDraft], known: Known) -> Iterator[FieldProblem]:
    if len(targets) > MAX_TARGETS:
        yield FieldProblem("fallback", f"are {len(targets)}; at most {MAX_TARGETS} are possible")
    for number, target in enumerate(targets):
        yield from _target(f"fallback.{number}", target, known)


def _times(at: str, times: Sequence[TimesDraft]) -> Iterator[FieldProblem]:
    if len(times) > MAX_TIMES:
        yield FieldProblem(at, f"are {len(times)}; at most {MAX_TIMES} are possible")
    for number, found in enumerate(times):
        unknown = [day for day in found.days if day not in DAYS]
        if unknown or not found.days:
            yield FieldProblem(f"{at}.{number}.days", f"must name at least one of {', '.join(DAYS)}, and nothing else")
        for name, text in (("starts", found.starts), ("ends", found.ends)):
            if minute(text) is None:
                yield FieldProblem(f"{at}.{number}.{name}", "must be a time of day like 09:30, from 00:00 to 23:59")


def _target(at: str, target: TargetDraft, known: Known) -> Iterator[FieldProblem]:
    if target in known.targets:
        return
    if target.who is not None and (target.kind != TargetKind.SCHEDULE or target.who not in set(Who)):
        yield FieldProblem(f"{at}.who", "is for schedules only, and must be now or next")
    found = _uuid(target.value)
    match target.kind:
        case TargetKind.USER:
            yield from _unless(found in known.users, at, "a member")
        case TargetKind.TEAM:
            yield from _unless(found in known.teams, at, "a team")
        case TargetKind.SCHEDULE:
            yield from _unless(found in known.schedules, at, "a schedule")
        case TargetKind.DESTINATION:
            yield from _unless(found in known.destinations, at, "a destination")
        case TargetKind.EMAIL:
            if not is_email(target.value):
                yield FieldProblem(f"{at}.value", "is not an e-mail address, like ops@example.com")
        case _:
            kinds = ", ".join(TargetKind)
            yield FieldProblem(f"{at}.kind", f"is not known; {kinds} are possible")


def _unless(right: bool, at: str, what: str) -> Iterator[FieldProblem]:
    if not right:
        yield FieldProblem(f"{at}.value", f"is not the id of {what} of this organization")


def _range(at: str, value: int) -> FieldProblem:
    return FieldProblem(at, f"is {value}; 0 to {MAX_DELAY_SECONDS} seconds are possible")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
