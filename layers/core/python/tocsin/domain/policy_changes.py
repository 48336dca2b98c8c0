"""What was changed from one version of an escalation policy to another, step by step."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

type Fields = Mapping[str, object]
"""What can be changed of a step or of a policy, by name."""


class ChangeKind(StrEnum):
    """What happened to a step, or to the policy as a whole."""

    STEP_ADDED = "step_added"
    STEP_REMOVED = "step_removed"
    STEP_MOVED = "step_moved"
    STEP_CHANGED = "step_changed"
    POLICY_CHANGED = "policy_changed"


@dataclass(frozen=True, slots=True)
class Content:
    """A version: the steps in order, each by its id, and what the policy has besides."""

    steps: Mapping[UUID, Fields]
    policy: Fields


@dataclass(frozen=True, slots=True)
class Change:
    """One change; `position` is the step's new one from 0, or the one it had if it was removed."""

    kind: ChangeKind
    step_id: UUID | None
    position: int | None
    fields: tuple[str, ...]

    @property
    def text(self) -> str:
        """The change in words; steps are counted from 1."""
        number = None if self.position is None else self.position + 1
        match self.kind:
            case ChangeKind.STEP_ADDED:
                return f"step {number} was added"
            case ChangeKind.STEP_REMOVED:
                return f"step {number} was removed"
            case ChangeKind.STEP_MOVED:
                return f"a step was moved to place {number}"
            case ChangeKind.STEP_CHANGED:
                return f"of step {number} {_listed(self.fields)} changed"
            case ChangeKind.POLICY_CHANGED:
                return f"of the policy {_listed(self.fields)} changed"


def changes(before: Content, after: Content) -> list[Change]:
    """Everything that differs; of steps that stand in another order, as few as possible count as moved."""
    return [*_steps(before, after), *_policy(before, after)]


def _steps(before: Content, after: Content) -> Iterator[Change]:
    places = {step_id: place for place, step_id in enumerate(before.steps)}
    for step_id, place in places.items():
        if step_id not in after.steps:
            yield Change(ChangeKind.STEP_REMOVED, step_id, place, ())
    stayed = _in_order([step_id for step_id in after.steps if step_id in places], places)
    for place, (step_id, fields) in enumerate(after.steps.items()):
        if step_id not in places:
            yield Change(ChangeKind.STEP_ADDED, step_id, place, ())
            continue
        if step_id not in stayed:
            yield Change(ChangeKind.STEP_MOVED, step_id, place, ())
        differing = _differing(before.steps[step_id], fields)
        if differing:
            yield Change(ChangeKind.STEP_CHANGED, step_id, place, differing)


def _policy(before: Content, after: Content) -> Iterator[Change]:
    differing = _differing(before.policy, after.policy)
    if differing:
        yield Change(ChangeKind.POLICY_CHANGED, None, None, differing)


def _differing(before: Fields, after: Fields) -> tuple[str, ...]:
    return tuple(name for name in after if before.get(name) != after[name])


def _in_order(steps: Sequence[UUID], places: Mapping[UUID, int]) -> set[UUID]:
    """The most steps that stand in the order they had before."""
    none: list[UUID] = []
    best: list[list[UUID]] = []
    for step_id in steps:
        before = [chain for chain in best if places[chain[-1]] < places[step_id]]
        best.append([*max(before, key=len, default=none), step_id])
    return set(max(best, key=len, default=none))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
