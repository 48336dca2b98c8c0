"""What an escalation policy must be like before it may page anybody."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from tocsin.domain.address import is_email
from tocsin.domain.escalation import TargetKind
from tocsin.errors import FieldProblem

MAX_STEPS: Final = 100
MAX_TARGETS: Final = 20
MAX_ROUNDS: Final = 10
MAX_DELAY_SECONDS: Final = 2_592_000
MIN_ROUND_DELAY_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """A target as somebody wrote it."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class StepDraft:
    """A step as somebody wrote it; one that the policy already has keeps its `step_id`."""

    delay_seconds: int
    targets: Sequence[TargetDraft]
    step_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class PolicyDraft:
    """A policy as somebody wrote it."""

    steps: Sequence[StepDraft]
    rounds: int
    round_delay_seconds: int


@dataclass(frozen=True, slots=True)
class Known:
    """What a draft may refer to: members and teams of the organization, and the steps the policy has now."""

    users: Collection[UUID] = field(default_factory=frozenset[UUID])
    teams: Collection[UUID] = field(default_factory=frozenset[UUID])
    steps: Collection[UUID] = field(default_factory=frozenset[UUID])


def check(draft: PolicyDraft, known: Known) -> list[FieldProblem]:
    """Everything that is wrong with a draft; nothing when it may become a version."""
    return [*_shape(draft), *_steps(draft.steps, known)]


def referred(draft: PolicyDraft, kind: TargetKind) -> set[UUID]:
    """The ids that a draft's targets of a kind name, as far as they are ids."""
    values = (target.value for step in draft.steps for target in step.targets if target.kind == kind)
    return {found for value in values if (found := _uuid(value)) is not None}


def canonical(target: TargetDraft) -> TargetDraft:
    """A checked target in the one form it is stored in."""
    return target if target.kind == TargetKind.EMAIL else TargetDraft(target.kind, str(UUID(target.value)))


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
    if not 1 <= len(draft.steps) <= MAX_STEPS:
        yield FieldProblem("steps", f"are {len(draft.steps)}; 1 to {MAX_STEPS} are possible")
    if len(draft.steps) > 1 and all(step.delay_seconds == 0 for step in draft.steps[1:]):
        yield FieldProblem(
            "steps",
            "would all be taken at once; give a step after the first a delay, or put all targets into one step",
        )


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
        if not 0 <= step.delay_seconds <= MAX_DELAY_SECONDS:
            yield _range(f"{at}.delay_seconds", step.delay_seconds)
        if not 1 <= len(step.targets) <= MAX_TARGETS:
            yield FieldProblem(f"{at}.targets", f"are {len(step.targets)}; 1 to {MAX_TARGETS} are possible")
        for number, target in enumerate(step.targets):
            yield from _target(f"{at}.targets.{number}", target, known)


def _target(at: str, target: TargetDraft, known: Known) -> Iterator[FieldProblem]:
    match target.kind:
        case TargetKind.USER:
            if _uuid(target.value) not in known.users:
                yield FieldProblem(f"{at}.value", "is not the id of a member of this organization")
        case TargetKind.TEAM:
            if _uuid(target.value) not in known.teams:
                yield FieldProblem(f"{at}.value", "is not the id of a team of this organization")
        case TargetKind.EMAIL:
            if not is_email(target.value):
                yield FieldProblem(f"{at}.value", "is not an e-mail address, like ops@example.com")
        case _:
            kinds = ", ".join(TargetKind)
            yield FieldProblem(f"{at}.kind", f"is not known; {kinds} are possible")


def _range(at: str, value: int) -> FieldProblem:
    return FieldProblem(at, f"is {value}; 0 to {MAX_DELAY_SECONDS} seconds are possible")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
