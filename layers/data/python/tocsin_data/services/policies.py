"""Escalation policies: every edit a new version, running escalations untouched."""

from collections.abc import Sequence
from typing import Final, Literal, cast
from uuid import UUID

from tocsin.contracts.api import Policy, PolicyInput, PolicyStep, PolicyTarget
from tocsin.domain import policy_rules
from tocsin.domain.escalation import TargetKind
from tocsin.domain.policy_rules import Known, PolicyDraft, StepDraft, TargetDraft
from tocsin.errors import Conflict, Invalid, NotFound, StaleVersion
from tocsin.platform.ids import new_id
from tocsin_data.db import Database, Tx
from tocsin_data.services.actors import Actor, audit
from tocsin_data.sql import members, policies
from tocsin_data.sql.policies import Held, NewVersion

SUBJECT: Final = "escalation_policy"


def create_policy(db: Database, org_id: UUID, actor: Actor, data: PolicyInput) -> Policy:
    """Create a policy in version 1; raises Invalid with every problem, or Duplicate for its name."""
    with db.one(org_id) as tx:
        policy_id = new_id()
        steps = _checked(tx, data, frozenset())
        policies.insert(tx, policy_id, data.name, data.team_id)
        policies.insert_version(tx, NewVersion(policy_id, 1, data.rounds, data.round_delay_seconds, steps))
        made = _found(policies.read(tx, policy_id), policy_id)
        audit(tx, actor, "escalation_policy.created", (SUBJECT, policy_id), after=made)
        return made


def get_policy(db: Database, org_id: UUID, policy_id: UUID) -> Policy:
    """Read a policy in its current version; raises NotFound."""
    with db.one(org_id) as tx:
        return _found(policies.read(tx, policy_id), policy_id)


def list_policies(db: Database, org_id: UUID, *, after: tuple[str, UUID] | None, limit: int) -> Sequence[Policy]:
    """Policies by name, in their current versions, from past a (name, id)."""
    with db.one(org_id) as tx:
        return policies.page(tx, after, limit)


def update_policy(
    db: Database, org_id: UUID, actor: Actor, policy_id: UUID, data: PolicyInput, *, version: int
) -> Policy:
    """Make a new version of the one the caller read; raises NotFound, StaleVersion, Invalid or Duplicate."""
    with db.one(org_id) as tx:
        _hold(tx, policy_id, version)
        before = _found(policies.read(tx, policy_id), policy_id)
        steps = _checked(tx, data, {step.step_id for step in before.steps})
        policies.insert_version(tx, NewVersion(policy_id, version + 1, data.rounds, data.round_delay_seconds, steps))
        policies.set_current(tx, policy_id, data.name, data.team_id, version + 1)
        after = _found(policies.read(tx, policy_id), policy_id)
        audit(tx, actor, "escalation_policy.updated", (SUBJECT, policy_id), before=before, after=after)
        return after


def delete_policy(db: Database, org_id: UUID, actor: Actor, policy_id: UUID) -> None:
    """Take a policy out of use; raises NotFound, or Conflict while a service starts with it."""
    with db.one(org_id) as tx:
        _hold(tx, policy_id, None)
        before = _found(policies.read(tx, policy_id), policy_id)
        using = policies.services_using(tx, policy_id)
        if using:
            raise Conflict(f"The policy is used by {len(using)} service(s), {using[0]} among them.")
        policies.delete(tx, policy_id)
        audit(tx, actor, "escalation_policy.deleted", (SUBJECT, policy_id), before=before)


def _checked(tx: Tx, data: PolicyInput, known_steps: frozenset[UUID] | set[UUID]) -> list[PolicyStep]:
    """The steps of a policy as they are stored; raises Invalid with everything that is wrong."""
    draft = PolicyDraft(
        steps=[
            StepDraft(step.delay_seconds, [TargetDraft(t.kind, t.value) for t in step.targets], step.step_id)
            for step in data.steps
        ],
        rounds=data.rounds,
        round_delay_seconds=data.round_delay_seconds,
    )
    known = Known(
        users=members.members(tx, policy_rules.referred(draft, TargetKind.USER)),
        teams=members.teams(tx, policy_rules.referred(draft, TargetKind.TEAM)),
        steps=known_steps,
    )
    problems = policy_rules.check(draft, known)
    if problems:
        raise Invalid("The escalation policy can't be used like this.", problems)
    return [
        PolicyStep(
            step_id=step.step_id or new_id(),
            delay_seconds=step.delay_seconds,
            targets=[_target(policy_rules.canonical(target)) for target in step.targets],
        )
        for step in draft.steps
    ]


def _target(target: TargetDraft) -> PolicyTarget:
    return PolicyTarget(kind=cast("Literal['user', 'team', 'email']", target.kind), value=target.value)


def _hold(tx: Tx, policy_id: UUID, version: int | None) -> Held:
    held = policies.lock(tx, policy_id)
    if held is None:
        raise NotFound(f"There is no escalation policy {policy_id} in this organization.")
    if version is not None and held.current_version != version:
        raise StaleVersion(
            f"The policy is at version {held.current_version} by now; you have changed version {version}."
        )
    return held


def _found(policy: Policy | None, policy_id: UUID) -> Policy:
    if policy is None:
        raise NotFound(f"There is no escalation policy {policy_id} in this organization.")
    return policy
