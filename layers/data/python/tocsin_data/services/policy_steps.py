"""Single steps of escalation policies: put in, changed, moved, copied and taken out, each in a version of its own."""

from collections.abc import Callable
from uuid import UUID

from tocsin.contracts.api_policies import Policy, StepInput, StepInsert, StepPatch
from tocsin.errors import FieldProblem, Invalid, NotFound
from tocsin_data.db import Database
from tocsin_data.services import policies, policy_content
from tocsin_data.services.memberships import By

type Steps = list[StepInput]


def insert(db: Database, org_id: UUID, by: By, policy_id: UUID, data: StepInsert, *, version: int) -> Policy:
    """Put a step before the one at a position, or at the end. All of these raise NotFound, Forbidden, StaleVersion or
    Invalid.
    """

    def change(steps: Steps) -> Steps:
        position = len(steps) if data.position is None else _place(data.position, len(steps))
        new = StepInput.model_validate(data.model_dump(by_alias=True, exclude={"position"}))
        return [*steps[:position], new, *steps[position:]]

    return _edit(db, org_id, by, policy_id, version, change)


def patch(
    db: Database, org_id: UUID, by: By, policy_id: UUID, step_id: UUID, data: StepPatch, *, version: int
) -> Policy:
    """Change what a step does."""

    def change(steps: Steps) -> Steps:
        position = _find(steps, step_id)
        given = {name: getattr(data, name) for name in data.model_fields_set}
        return [*steps[:position], steps[position].model_copy(update=given), *steps[position + 1 :]]

    return _edit(db, org_id, by, policy_id, version, change)


def remove(db: Database, org_id: UUID, by: By, policy_id: UUID, step_id: UUID, *, version: int) -> Policy:
    """Take a step out."""

    def change(steps: Steps) -> Steps:
        position = _find(steps, step_id)
        return [*steps[:position], *steps[position + 1 :]]

    return _edit(db, org_id, by, policy_id, version, change)


def move(db: Database, org_id: UUID, by: By, policy_id: UUID, step_id: UUID, position: int, *, version: int) -> Policy:
    """Let a step stand at another position."""

    def change(steps: Steps) -> Steps:
        moved = steps[_find(steps, step_id)]
        others = [step for step in steps if step.step_id != step_id]
        place = _place(position, len(others))
        return [*others[:place], moved, *others[place:]]

    return _edit(db, org_id, by, policy_id, version, change)


def copy(
    db: Database, org_id: UUID, by: By, policy_id: UUID, step_id: UUID, position: int | None, *, version: int
) -> Policy:
    """Put a copy of a step right after it, or at a position."""

    def change(steps: Steps) -> Steps:
        found = _find(steps, step_id)
        place = found + 1 if position is None else _place(position, len(steps))
        return [*steps[:place], steps[found].model_copy(update={"step_id": None}), *steps[place:]]

    return _edit(db, org_id, by, policy_id, version, change)


def _edit(
    db: Database, org_id: UUID, by: By, policy_id: UUID, version: int, change: Callable[[Steps], Steps]
) -> Policy:
    with db.one(org_id) as tx:
        before = policies.hold(tx, by, policy_id, version)
        data = policy_content.as_input(before)
        return policies.rewrite(tx, by, before, data.model_copy(update={"steps": change(list(data.steps))}))


def _find(steps: Steps, step_id: UUID) -> int:
    for position, step in enumerate(steps):
        if step.step_id == step_id:
            return position
    raise NotFound(f"The policy has no step {step_id} in this version.")


def _place(position: int, last: int) -> int:
    if position > last:
        problem = FieldProblem("position", f"is {position}; 0 to {last} are possible")
        raise Invalid("The step can't stand there.", [problem])
    return position
