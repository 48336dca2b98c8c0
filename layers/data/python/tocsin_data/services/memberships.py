"""What members are: changed within one's own role, and there is always an owner.

The organization's row is held first, so that of two owners who demote each other the second finds the first's change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from tocsin.contracts.api_accounts import Member, MemberPatch, Removed
from tocsin.domain import membership as rules
from tocsin.domain.permission import Permission, Role, allows, lesser
from tocsin.errors import Forbidden, NotFound, StaleVersion
from tocsin_data.db import Database, Tx
from tocsin_data.services import api_keys
from tocsin_data.services.actors import Actor, audit
from tocsin_data.sql import members, organizations

SUBJECT: Final = "membership"


@dataclass(frozen=True, slots=True)
class By:
    """Who changes memberships; `user_id` is None for keys of the organization."""

    actor: Actor
    role: Role
    user_id: UUID | None


def list_members(db: Database, org_id: UUID, *, after: tuple[str, UUID] | None, limit: int) -> Sequence[Member]:
    """Members by name, from past a (name, user id)."""
    with db.one(org_id) as tx:
        return members.page(tx, after, limit)


def get_member(db: Database, org_id: UUID, user_id: UUID) -> Member:
    """Read a member; raises NotFound."""
    with db.one(org_id) as tx:
        return _found(tx, user_id)


def change_member(db: Database, org_id: UUID, by: By, user_id: UUID, data: MemberPatch, *, version: int) -> Member:
    """Give a member another role; raises NotFound, StaleVersion, Forbidden and LastOwner."""
    with db.one(org_id) as tx:
        role = _hold(tx, by, Permission.WRITE_MEMBERS)
        before = _current(tx, user_id, version)
        rules.check_change(role, before.role, data.role, members.owners(tx))
        return _set(tx, by.actor, before, data.role)


def remove_member(db: Database, org_id: UUID, by: By, user_id: UUID, *, version: int | None) -> Removed:
    """End a membership at once, with its personal API keys and what it was in teams and policies; raises as
    `change_member` does.
    """
    with db.one(org_id) as tx:
        role = _hold(tx, by, Permission.WRITE_MEMBERS)
        before = _current(tx, user_id, version)
        rules.check_remove(role, before.role, members.owners(tx))
        return _remove(tx, by.actor, "membership.removed", before)


def leave(db: Database, org_id: UUID, actor: Actor, user_id: UUID) -> Removed:
    """Leave an organization, as `remove_member` ends a membership; raises LastOwner."""
    with db.one(org_id) as tx:
        organizations.lock(tx)
        before = _found(tx, user_id)
        rules.check_leave(before.role, members.owners(tx))
        return _remove(tx, actor, "membership.left", before)


def transfer(db: Database, org_id: UUID, actor: Actor, user_id: UUID, to: UUID) -> Member:
    """Hand the organization to a member, who owns it from now on; who hands it over stays as an admin."""
    with db.one(org_id) as tx:
        _hold(tx, By(actor, Role.OWNER, user_id), Permission.END_ORGANIZATION)
        heir = _found(tx, to)
        if to == user_id:
            return heir
        made = _set(tx, actor, heir, Role.OWNER)
        _set(tx, actor, _found(tx, user_id), Role.ADMIN)
        return made


def _hold(tx: Tx, by: By, permission: Permission) -> Role:
    """What who asks is by now, which may be less than when their request began."""
    organizations.lock(tx)
    role = by.role
    if by.user_id is not None:
        now = members.read(tx, by.user_id)
        if now is None:
            raise NotFound("You are no member of this organization any more.")
        role = lesser(role, now.role)
    if not allows(role, permission):
        raise Forbidden(f"Your role here, {role}, does not allow {permission}.")
    return role


def _current(tx: Tx, user_id: UUID, version: int | None) -> Member:
    found = _found(tx, user_id)
    if version is not None and found.version != version:
        raise StaleVersion(f"The membership is at version {found.version} by now; you have changed {version}.")
    return found


def _set(tx: Tx, actor: Actor, before: Member, role: Role) -> Member:
    members.set_role(tx, before.user_id, role)
    after = _found(tx, before.user_id)
    audit(tx, actor, "membership.updated", (SUBJECT, before.user_id), before=before, after=after)
    return after


def _remove(tx: Tx, actor: Actor, action: str, member: Member) -> Removed:
    removed = Removed(member=member, policies=list(members.policies_naming(tx, member.user_id)))
    members.delete(tx, member.user_id)
    audit(tx, actor, action, (SUBJECT, member.user_id), before=removed)
    # After the membership: who makes a key holds it, so that none made meanwhile is left out.
    api_keys.end_with_membership(tx, actor, member.user_id)
    return removed


def _found(tx: Tx, user_id: UUID) -> Member:
    found = members.read(tx, user_id)
    if found is None:
        raise NotFound(f"There is no member {user_id} in this organization.")
    return found
