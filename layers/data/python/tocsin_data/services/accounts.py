"""What people do with their own account: read it, rename it, follow a changed address, sign out, delete it."""

from uuid import UUID

from tocsin.contracts.api_me import Me, MeInput, MyOrganization, MyTeam
from tocsin.domain.permission import Role
from tocsin.errors import Conflict, Duplicate, NotFound
from tocsin_data.db import Database, Tx
from tocsin_data.services.actors import Actor
from tocsin_data.services.calling import Caller
from tocsin_data.sql import accounts


def me(db: Database, caller: Caller) -> Me:
    """Who calls, and in which organizations they are as what."""
    groups = None if caller.groups is None else sorted(caller.groups)
    if caller.actor.kind == "user" and caller.user_id is not None:
        with db.myself(caller.user_id) as tx:
            return _person(tx, caller, caller.user_id)
    if caller.org_id is None or caller.role is None:
        raise NotFound("There is nobody here.")
    with db.one(caller.org_id) as tx:
        found = accounts.organization(tx)
    if found is None:
        raise NotFound("There is nobody here.")
    org_id, name, deletes_at = found
    ours = MyOrganization(id=org_id, name=name, role=caller.role, teams=[], deletes_at=deletes_at)
    kind = "demo" if caller.actor.kind == "demo" else "api_key"
    return Me(kind=kind, user_id=caller.user_id, access=caller.access, groups=groups, organizations=[ours])


def rename(db: Database, caller: Caller, user_id: UUID, data: MeInput) -> Me:
    """Give oneself another name, in every organization."""
    with db.myself(user_id) as tx:
        earlier = accounts.rename(tx, data.name)
        if earlier != data.name:
            accounts.tell(tx, "user.renamed", ({"name": earlier}, {"name": data.name}), _origin(caller.actor))
        return _person(tx, caller, user_id)


def move(db: Database, actor: Actor, user_id: UUID, email: str, earlier: str) -> bool:
    """Follow the address that somebody has verified at the sign-in; False when another account has it."""
    try:
        with db.myself(user_id) as tx:
            has_moved = accounts.move(tx, email)
            if has_moved:
                accounts.tell(tx, "user.email_changed", ({"email": earlier}, {"email": email}), _origin(actor))
            return has_moved
    except Duplicate:
        return False


def sign_out_everywhere(db: Database, actor: Actor, user_id: UUID) -> None:
    """Refuse every token from before now; the sign-in gives new ones only to who signs in again."""
    with db.myself(user_id) as tx:
        accounts.sign_out(tx)
        accounts.tell(tx, "user.signed_out", None, _origin(actor))


def delete(db: Database, actor: Actor, user_id: UUID) -> None:
    """End an account, its memberships and personal keys; what it did stays, by somebody without a name.

    Raises Conflict while an organization would be left without an owner, and names it.
    """
    with db.myself(user_id) as tx:
        left = accounts.left_without_owner(tx)
        if left:
            names = ", ".join(f"{name} ({org_id})" for org_id, name in left)
            raise Conflict(f"You are the last owner of {names}. Make somebody else an owner, or delete it, first.")
        accounts.tell(tx, "user.deleted", None, _origin(actor))
        accounts.delete(tx)


def _person(tx: Tx, caller: Caller, user_id: UUID) -> Me:
    found = accounts.person(tx, user_id)
    if found is None:
        raise NotFound("This account has been deleted.")
    name, email = found
    organizations = [
        MyOrganization(
            id=ours.id,
            name=ours.name,
            role=Role(ours.role),
            teams=[MyTeam.model_validate(team) for team in ours.teams],
            deletes_at=ours.deletes_at,
        )
        for ours in accounts.organizations(tx)
    ]
    return Me(
        kind="user",
        user_id=user_id,
        name=name,
        email=email,
        refused_email=caller.refused_email,
        organizations=organizations,
    )


def _origin(actor: Actor) -> tuple[str | None, str | None]:
    return actor.request_id, actor.source_address
