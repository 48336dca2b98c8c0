"""API keys: made within what their maker may do, rotated with an overlap, revoked at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tocsin.contracts.api import RotateInput
from tocsin.contracts.api_access import ApiKey, ApiKeyInput, NewApiKey
from tocsin.domain.permission import Access, Group, Permission, Role, allows, may_grant, outlives, within
from tocsin.errors import Conflict, FieldProblem, Forbidden, Invalid, NotFound
from tocsin.platform.ids import new_id
from tocsin.platform.tokens import MacKeys, Purpose, digest, hint, issue
from tocsin_data.db import Database, Tx
from tocsin_data.services.actors import Actor, audit
from tocsin_data.sql import api_keys, members
from tocsin_data.sql.api_keys import NewKeyRow

SUBJECT: Final = "api_key"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who asks about keys: what they are, and how far the key they call with goes and until when, if there is one."""

    actor: Actor
    role: Role
    user_id: UUID | None = None
    access: Access = Access.WRITE
    groups: frozenset[Group] | None = None
    expires_at: datetime | None = None


def create_api_key(db: Database, org_id: UUID, by: Holder, data: ApiKeyInput, *, mac_keys: MacKeys) -> NewApiKey:
    """Make an API key, shown this once.

    One made with a key that expires ends no later than that key. Raises Forbidden when it could do more than its maker,
    Invalid when it has expired before it is made or would outlive the key it is made with, and NotFound when a personal
    one is asked for by somebody who is no member.
    """
    owner = _owner(by, data)
    _narrower(by, data.role, data.access, data.groups)
    with db.one(org_id) as tx:
        expires_at = _ends_at(by, data.expires_at, tx.now)
        _hold_member(tx, owner)
        return _issue(tx, by.actor, data.model_copy(update={"expires_at": expires_at}), owner, mac_keys)


def get_api_key(db: Database, org_id: UUID, by: Holder, key_id: UUID) -> ApiKey:
    """Read an API key; raises NotFound, also for one that is none of theirs to see."""
    with db.one(org_id) as tx:
        return _seen(by, Permission.READ_KEYS, api_keys.read(tx, key_id), key_id)


def list_api_keys(
    db: Database, org_id: UUID, by: Holder, *, before: tuple[datetime, UUID] | None, limit: int
) -> Sequence[ApiKey]:
    """API keys, newest first, from before a (created_at, id): all for who may see them, else those of one's own."""
    if not allows(by.role, Permission.READ_KEYS) and by.user_id is None:
        return []
    with db.one(org_id) as tx:
        mine = None if allows(by.role, Permission.READ_KEYS) else by.user_id
        return api_keys.page(tx, mine, before, limit)


def rotate_api_key(
    db: Database, org_id: UUID, by: Holder, key_id: UUID, data: RotateInput, *, mac_keys: MacKeys
) -> NewApiKey:
    """Put a new key that may do the same in a key's place; the old one works for the overlap, or until it expires.

    A time at which the old one was to end is the new one's too. Raises NotFound, Forbidden when it may do more than
    the caller or would outlive the key they call with, and Conflict when it has ended.
    """
    with db.one(org_id) as tx:
        found = _seen(by, Permission.WRITE_KEYS, api_keys.read(tx, key_id), key_id)
        _hold_member(tx, found.user_id)
        before = _seen(by, Permission.WRITE_KEYS, api_keys.lock(tx, key_id), key_id)
        _narrower(by, before.role, before.access, before.groups)
        if before.revoked_at is not None or (before.expires_at is not None and before.expires_at <= tx.now):
            raise Conflict("This API key has ended; make another.")
        if outlives(before.expires_at, by.expires_at):
            raise Forbidden("The new key would outlive the key you call with, which expires; rotate it with another.")
        end = tx.now + timedelta(seconds=data.overlap_seconds)
        ends_at = end if before.expires_at is None else min(end, before.expires_at)
        again = ApiKeyInput(
            name=before.name,
            role=before.role,
            access=before.access,
            groups=before.groups,
            expires_at=before.expires_at,
        )
        made = _issue(tx, by.actor, again, before.user_id, mac_keys)
        api_keys.expire(tx, key_id, ends_at)
        after = before.model_copy(update={"expires_at": ends_at})
        audit(tx, by.actor, "api_key.rotated", (SUBJECT, key_id), before=before, after=after)
        return made


def revoke_api_key(db: Database, org_id: UUID, by: Holder, key_id: UUID) -> ApiKey:
    """End an API key at once; one that has been revoked before stays as it is. Raises NotFound, and Forbidden when its
    role is above the caller's.
    """
    with db.one(org_id) as tx:
        before = _seen(by, Permission.WRITE_KEYS, api_keys.lock(tx, key_id), key_id)
        if before.user_id != by.user_id or by.user_id is None:
            _may(by, before.role)
        if before.revoked_at is not None:
            return before
        api_keys.revoke(tx, key_id)
        after = before.model_copy(update={"revoked_at": tx.now})
        audit(tx, by.actor, "api_key.revoked", (SUBJECT, key_id), before=before, after=after)
        return after


def end_with_membership(tx: Tx, actor: Actor, user_id: UUID) -> None:
    """End the personal keys of somebody whose membership the transaction has ended, so that none works again should
    they come back.
    """
    for after in api_keys.revoke_of(tx, user_id):
        before = after.model_copy(update={"revoked_at": None})
        audit(tx, actor, "api_key.revoked", (SUBJECT, after.id), before=before, after=after)


def _issue(tx: Tx, actor: Actor, data: ApiKeyInput, user_id: UUID | None, mac_keys: MacKeys) -> NewApiKey:
    key = issue(Purpose.API, mac_keys)
    row = NewKeyRow(
        id=new_id(),
        user_id=user_id,
        name=data.name,
        key_hash=digest(key),
        hint=hint(key),
        role=data.role,
        access=data.access,
        groups=data.groups,
        expires_at=data.expires_at,
        created_by=str(actor),
    )
    made = api_keys.insert(tx, row)
    audit(tx, actor, "api_key.created", (SUBJECT, made.id), after=made)
    return NewApiKey(**made.model_dump(), key=key)


def _owner(by: Holder, data: ApiKeyInput) -> UUID | None:
    """Whose key is asked for; None for the organization's."""
    if data.personal:
        if by.user_id is None:
            raise Forbidden("Only a person can have a personal key, and this call is made with an organization's.")
        return by.user_id
    if not allows(by.role, Permission.WRITE_KEYS):
        raise Forbidden(f"Your role here, {by.role}, allows personal keys only: send personal: true.")
    if by.user_id is not None and by.actor.kind == "api_key":
        raise Forbidden("A personal key makes personal keys only, since it ends with its person: send personal: true.")
    return None


def _hold_member(tx: Tx, user_id: UUID | None) -> None:
    """See that the person whose key is made is a member, and stays one until it is."""
    if user_id is not None and not members.hold(tx, user_id):
        raise NotFound(f"There is no member {user_id} in this organization.")


def _ends_at(by: Holder, wanted: datetime | None, now: datetime) -> datetime | None:
    """When a key made with another ends: as wanted, else with that other."""
    ends_at = wanted or by.expires_at
    if ends_at is None:
        return None
    problem = "must be in the future" if ends_at <= now else None
    if by.expires_at is not None and outlives(ends_at, by.expires_at):
        problem = f"must not be after {by.expires_at.isoformat()}, when the key it is made with expires"
    if problem is not None:
        raise Invalid("The key can't be made like this.", [FieldProblem("expires_at", problem)])
    return ends_at


def _narrower(by: Holder, role: Role, access: Access, groups: Sequence[Group] | None) -> None:
    _may(by, role)
    if not within(access, groups, by.access, by.groups):
        raise Forbidden("A key can't be given more than the scope of the key it is made with.")


def _may(by: Holder, role: Role) -> None:
    if not may_grant(by.role, role):
        raise Forbidden(f"Your role here, {by.role}, does not allow giving or taking keys of the role {role}.")


def _seen(by: Holder, permission: Permission, key: ApiKey | None, key_id: UUID) -> ApiKey:
    is_own = key is not None and key.user_id is not None and key.user_id == by.user_id
    if key is None or not (is_own or allows(by.role, permission)):
        raise NotFound(f"There is no API key {key_id} in this organization.")
    return key
