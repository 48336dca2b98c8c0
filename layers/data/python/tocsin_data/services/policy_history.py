"""What became of an escalation policy: its versions, what each changed, and what somebody has missed."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from tocsin.contracts.api_policies import Policy, PolicyChange, PolicyVersion, PolicyVersions
from tocsin.domain.policy_changes import Content, changes
from tocsin.errors import StaleVersion
from tocsin_data.db import Tx
from tocsin_data.sql import actor_names, policies

MOST_MISSED: Final = 20
"""Of so many versions that somebody has missed each is told."""


def versions(tx: Tx, current: Policy, newest: int, limit: int) -> PolicyVersions:
    """At most `limit` versions of a policy, newest first, from number `newest` down."""
    oldest = max(1, newest - limit + 1)
    found = policies.versions(tx, current.id, range(max(1, oldest - 1), newest + 1))
    items = [told for told in _told(tx, current, found) if told.version >= oldest]
    return PolicyVersions(items=items[::-1], next_before=oldest if oldest > 1 else None)


def stale(tx: Tx, current: Policy, version: int) -> StaleVersion:
    """What to raise for somebody who has read another version than the current: it says what they have missed."""
    at = f"The policy is at version {current.version} by now"
    if version > current.version:
        return StaleVersion(f"{at}; there is no version {version} yet.")
    oldest = max(version, current.version - MOST_MISSED)
    found = policies.versions(tx, current.id, range(oldest, current.version + 1))
    missed = [told for told in _told(tx, current, found) if told.version > oldest]
    said = "; ".join(
        f"in version {v.version}, by {v.created_by_name or v.created_by or 'somebody'}, {_listed(v.changes)}"
        for v in missed
    )
    return StaleVersion(f"{at}; you have changed version {version}. Since then: {said}.", [_plain(v) for v in missed])


def _told(tx: Tx, current: Policy, found: Sequence[Policy]) -> list[PolicyVersion]:
    """Each of some versions, which follow one another, with what it changed; of the first that is nothing."""
    names = actor_names.names(tx, [p.updated_by for p in found])
    told: list[PolicyVersion] = []
    before: Policy | None = None
    for policy in found:
        made = changes(_content(before), _content(policy)) if before else []
        told.append(
            PolicyVersion(
                version=policy.version,
                created_at=policy.updated_at,
                created_by=policy.updated_by,
                created_by_name=names.get(policy.updated_by or ""),
                is_current=policy.version == current.version,
                changes=[
                    PolicyChange(
                        kind=c.kind, step_id=c.step_id, position=c.position, fields=list(c.fields), text=c.text
                    )
                    for c in made
                ],
            )
        )
        before = policy
    return told


def _content(policy: Policy) -> Content:
    steps: dict[UUID, dict[str, object]] = {
        step.step_id: step.model_dump(mode="json", exclude={"step_id"}) for step in policy.steps
    }
    shape = policy.model_dump(mode="json", include={"rounds", "round_delay_seconds", "time_zone", "fallback"})
    return Content(steps, shape)


def _listed(found: Sequence[PolicyChange]) -> str:
    return ", ".join(change.text for change in found) or "its name or team was changed"


def _plain(version: PolicyVersion) -> dict[str, object]:
    return version.model_dump(mode="json", exclude={"is_current"})
