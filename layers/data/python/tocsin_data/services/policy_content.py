"""The content of escalation policies between the forms it has: as it is sent, as rules see it, as it is stored."""

from uuid import UUID

from tocsin.contracts.api_policies import (
    ConditionsInput,
    Policy,
    PolicyInput,
    PolicyStep,
    PolicyTarget,
    StepConditions,
    StepInput,
    TargetInput,
)
from tocsin.domain import policy_rules
from tocsin.domain.escalation import TargetKind
from tocsin.domain.policy_rules import (
    ConditionsDraft,
    Known,
    PolicyDraft,
    StepDraft,
    TargetDraft,
    TimesDraft,
)
from tocsin.errors import Invalid
from tocsin.platform.ids import new_id
from tocsin_data.db import Tx
from tocsin_data.sql import destinations, members, schedules
from tocsin_data.sql.policies import NewVersion


def checked(
    tx: Tx, policy_id: UUID, version: int, created_by: str, data: PolicyInput, before: Policy | None
) -> NewVersion:
    """A version to write, after `before` if there is one; raises Invalid with everything that is wrong."""
    draft = _draft(data)
    known = Known(
        users=members.members(tx, policy_rules.referred(draft, TargetKind.USER)),
        teams=members.teams(tx, policy_rules.referred(draft, TargetKind.TEAM)),
        schedules=schedules.known(tx, found) if (found := policy_rules.referred(draft, TargetKind.SCHEDULE)) else (),
        destinations=(
            destinations.known(tx, list(found))
            if (found := policy_rules.referred(draft, TargetKind.DESTINATION))
            else ()
        ),
        steps={step.step_id for step in before.steps} if before else (),
        targets=set(_draft(as_input(before)).targets) if before else (),
    )
    problems = policy_rules.check(draft, known)
    if problems:
        raise Invalid("The escalation policy can't be used like this.", problems)
    return NewVersion(
        policy_id=policy_id,
        version=version,
        rounds=draft.rounds,
        round_delay_seconds=draft.round_delay_seconds,
        time_zone=draft.time_zone,
        fallback=[_target(target) for target in draft.fallback],
        steps=[_step(step, given) for step, given in zip(draft.steps, data.steps, strict=True)],
        created_by=created_by,
    )


def as_input(policy: Policy) -> PolicyInput:
    """A policy as it would be sent to stay as it is."""
    return PolicyInput(
        name=policy.name,
        team_id=policy.team_id,
        rounds=policy.rounds,
        round_delay_seconds=policy.round_delay_seconds,
        time_zone=policy.time_zone,
        fallback=[_target_input(target) for target in policy.fallback],
        steps=[
            StepInput(
                step_id=step.step_id,
                delay_seconds=step.delay_seconds,
                targets=[_target_input(target) for target in step.targets],
                retries=step.retries,
                retry_interval_seconds=step.retry_interval_seconds,
                round_robin=step.round_robin,
                conditions=ConditionsInput.model_validate(step.conditions.model_dump(by_alias=True)),
            )
            for step in policy.steps
        ],
    )


def _draft(data: PolicyInput) -> PolicyDraft:
    return PolicyDraft(
        steps=[
            StepDraft(
                step.delay_seconds,
                [_target_draft(target) for target in step.targets],
                step.step_id,
                step.retries,
                step.retry_interval_seconds,
                step.round_robin,
                _conditions_draft(step.conditions),
            )
            for step in data.steps
        ],
        rounds=data.rounds,
        round_delay_seconds=data.round_delay_seconds,
        time_zone=data.time_zone,
        fallback=[_target_draft(target) for target in data.fallback],
    )


def _conditions_draft(given: ConditionsInput) -> ConditionsDraft:
    times = tuple(TimesDraft(tuple(day.value for day in t.days), t.starts, t.ends) for t in given.times)
    return ConditionsDraft(
        tuple(severity.value for severity in given.severities),
        tuple(urgency.value for urgency in given.urgencies),
        times,
        given.until,
    )


def _step(step: StepDraft, given: StepInput) -> PolicyStep:
    return PolicyStep(
        step_id=step.step_id or new_id(),
        delay_seconds=step.delay_seconds,
        targets=[_target(target) for target in step.targets],
        retries=step.retries,
        retry_interval_seconds=step.retry_interval_seconds,
        round_robin=step.round_robin,
        conditions=StepConditions.model_validate(given.conditions.model_dump(by_alias=True)),
    )


def _target_draft(target: TargetInput) -> TargetDraft:
    return TargetDraft(target.kind, target.value, target.who)


def _target(target: TargetDraft) -> PolicyTarget:
    stored = policy_rules.canonical(target)
    return PolicyTarget.model_validate({"kind": stored.kind, "value": stored.value, "who": stored.who})


def _target_input(target: PolicyTarget) -> TargetInput:
    return TargetInput(kind=target.kind, value=target.value, who=target.who)
