"""Escalation policies: every edit a new version, running escalations untouched."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from tocsin.contracts.api_policies import Policy, PolicyCopy, PolicyInput, PolicyVersions
from tocsin.domain.permission import Permission
from tocsin.errors import Conflict, NotFound
from tocsin.platform.ids import new_id
from tocsin_data.db import Database, Tx
from tocsin_data.services import owning, policy_content, policy_history
from tocsin_data.services.actors import audit
from tocsin_data.services.memberships import By
from tocsin_data.sql import event_rules, policies

SUBJECT: Final = "escalation_policy"
WRITE: Final = Permission.WRITE_POLICIES


def create_policy(db: Database, org_id: UUID, by: By, data: PolicyInput) -> Policy:
    """Create a policy in version 1; raises Invalid with every problem, or Duplicate for its name."""
    with db.one(org_id) as tx:
        owning.demand(tx, by, WRITE, data.team_id)
        return _create(tx, by, data)


def copy_policy(db: Database, org_id: UUID, by: By, policy_id: UUID, data: PolicyCopy) -> Policy:
    """Create a policy like another in its current version, with steps of its own; raises NotFound or Duplicate."""
    with db.one(org_id) as tx:
        owning.demand(tx, by, WRITE, data.team_id)
        like = _found(policies.read(tx, policy_id), policy_id)
        policies.share(tx, policy_id)
        content = policy_content.as_input(like)
        steps = [step.model_copy(update={"step_id": None}) for step in content.steps]
        same = content.model_copy(update={"name": data.name, "team_id": data.team_id, "steps": steps})
        return _create(tx, by, same, like)


def get_policy(db: Database, org_id: UUID, policy_id: UUID) -> Policy:
    """Read a policy in its current version; raises NotFound."""
    with db.one(org_id) as tx:
        return _found(policies.read(tx, policy_id), policy_id)


def get_version(db: Database, org_id: UUID, policy_id: UUID, version: int) -> Policy:
    """Read a policy in any of its versions; raises NotFound."""
    with db.one(org_id) as tx:
        _found(policies.read(tx, policy_id), policy_id)
        found = policies.versions(tx, policy_id, [version])
        if not found:
            raise NotFound(f"The escalation policy has no version {version}.")
        return found[0]


def list_versions(db: Database, org_id: UUID, policy_id: UUID, *, before: int | None, limit: int) -> PolicyVersions:
    """The versions of a policy, newest first, with what each changed; raises NotFound."""
    with db.one(org_id) as tx:
        current = _found(policies.read(tx, policy_id), policy_id)
        newest = current.version if before is None else min(before - 1, current.version)
        return policy_history.versions(tx, current, newest, limit)


def list_policies(db: Database, org_id: UUID, *, after: tuple[str, UUID] | None, limit: int) -> Sequence[Policy]:
    """Policies by name, in their current versions, from past a (name, id)."""
    with db.one(org_id) as tx:
        return policies.page(tx, after, limit)


def update_policy(db: Database, org_id: UUID, by: By, policy_id: UUID, data: PolicyInput, *, version: int) -> Policy:
    """Make a new version of the one the caller read; raises NotFound, StaleVersion, Invalid or Duplicate."""
    with db.one(org_id) as tx:
        before = hold(tx, by, policy_id, version)
        if data.team_id != before.team_id:
            owning.demand(tx, by, WRITE, data.team_id)
        return rewrite(tx, by, before, data)


def delete_policy(db: Database, org_id: UUID, by: By, policy_id: UUID) -> None:
    """Take a policy out of use; raises NotFound, or Conflict while a service starts with it or a rule routes to it."""
    with db.one(org_id) as tx:
        before = hold(tx, by, policy_id, None)
        using = policies.services_using(tx, policy_id)
        if using:
            raise Conflict(f"The policy is used by {len(using)} service(s), {using[0]} among them.")
        routing = event_rules.routing_to(tx, "policy_id", policy_id)
        if routing:
            raise Conflict(f"The policy is what the event rule “{routing[0]}” routes to; change that first.")
        policies.delete(tx, policy_id)
        audit(tx, by.actor, "escalation_policy.deleted", (SUBJECT, policy_id), before=before)


def hold(tx: Tx, by: By, policy_id: UUID, version: int | None) -> Policy:
    """Hold a policy that somebody may change, in the version they read; raises NotFound, Forbidden or StaleVersion."""
    held = policies.lock(tx, policy_id)
    if held is None:
        raise NotFound(f"There is no escalation policy {policy_id} in this organization.")
    owning.demand(tx, by, WRITE, held.team_id)
    found = _found(policies.read(tx, policy_id), policy_id)
    if version is not None and found.version != version:
        raise policy_history.stale(tx, found, version)
    return found


def rewrite(tx: Tx, by: By, before: Policy, data: PolicyInput) -> Policy:
    """Write the next version of a policy that is held, checked as a whole; raises Invalid or Duplicate."""
    version = before.version + 1
    content = policy_content.checked(tx, before.id, version, str(by.actor), data, before)
    policies.insert_version(tx, content)
    policies.set_current(tx, before.id, data.name, data.team_id, version)
    after = _found(policies.read(tx, before.id), before.id)
    audit(tx, by.actor, "escalation_policy.updated", (SUBJECT, before.id), before=before, after=after)
    return after


def _create(tx: Tx, by: By, data: PolicyInput, like: Policy | None = None) -> Policy:
    policy_id = new_id()
    content = policy_content.checked(tx, policy_id, 1, str(by.actor), data, like)
    policies.insert(tx, policy_id, data.name, data.team_id)
    policies.insert_version(tx, content)
    made = _found(policies.read(tx, policy_id), policy_id)
    audit(tx, by.actor, "escalation_policy.created", (SUBJECT, policy_id), after=made)
    return made


def _found(policy: Policy | None, policy_id: UUID) -> Policy:
    if policy is None:
        raise NotFound(f"There is no escalation policy {policy_id} in this organization.")
    return policy
