"""Who calls, for which organization, as what: decided by the first query of a request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from tocsin.domain.permission import Access, Group, Role, lesser
from tocsin.errors import NotFound, Unauthenticated
from tocsin_data.db import Database
from tocsin_data.services.actors import Actor, ActorKind
from tocsin_data.sql import callers
from tocsin_data.sql.callers import UserCaller

ENDED_KEY: Final = "This API key has been revoked."


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request comes from, for the audit log."""

    request_id: str | None = None
    source_address: str | None = None

    def actor(self, kind: ActorKind, actor_id: UUID | None) -> Actor:
        """Somebody who acts from there."""
        return Actor(kind, None if actor_id is None else str(actor_id), self.request_id, self.source_address)


@dataclass(frozen=True, slots=True)
class Token:
    """What an access token says, once its signature has been verified: who, by which address, since when."""

    subject: str
    email: str | None
    is_email_verified: bool
    name: str | None
    issued_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls. Without an organization there is no role; a key's scope is narrower than its role, a person's not."""

    actor: Actor
    now: datetime
    requests: int
    """How many requests this caller has made in the minute of `now`, this one among them."""
    user_id: UUID | None = None
    org_id: UUID | None = None
    role: Role | None = None
    access: Access = Access.WRITE
    groups: frozenset[Group] | None = None
    expires_at: datetime | None = None
    """When the key they call with ends; None for people, and for keys that don't."""
    shown_until: datetime | None = None
    """When what they have shown ends, be it a key, a token or a visit; None for keys that don't."""
    is_demo: bool = False
    email: str | None = None
    """The verified address of a person; None for keys."""
    refused_email: str | None = None
    """What the sign-in has verified since, but another account has."""


def by_api_key(db: Database, key_hash: bytes, origin: Origin) -> Caller:
    """The caller behind an API key; raises Unauthenticated when it is unknown, revoked, expired, or its person gone."""
    with db.outside_organizations() as conn:
        found = callers.api_key(conn, key_hash)
    if found is None:
        raise Unauthenticated("This API key is not known here.")
    if found.revoked_at is not None:
        raise Unauthenticated(ENDED_KEY)
    if found.expires_at is not None and found.expires_at <= found.now:
        raise Unauthenticated("This API key has expired.")
    if found.deletes_at is not None and found.deletes_at <= found.now:
        raise Unauthenticated("The organization of this API key is being deleted.")
    role = Role(found.role)
    if found.user_id is not None:
        if found.member_role is None:
            raise Unauthenticated("The person this API key belongs to has left the organization.")
        role = lesser(role, Role(found.member_role))
    return Caller(
        actor=origin.actor("api_key", found.api_key_id),
        now=found.now.astimezone(UTC),
        requests=found.requests,
        user_id=found.user_id,
        org_id=found.org_id,
        role=role,
        access=Access(found.access),
        groups=None if found.groups is None else frozenset(map(Group, found.groups)),
        expires_at=None if found.expires_at is None else found.expires_at.astimezone(UTC),
        shown_until=found.expires_at,
        is_demo=found.is_demo,
    )


def by_token(
    db: Database, token: Token, org_id: UUID | None, origin: Origin, *, register: Callable[[Database, Token], object]
) -> Caller:
    """The person behind an access token, registered if the sign-up's trigger has not done it.

    Raises Unauthenticated for a token that is over or was issued before its person signed out, and NotFound when they
    name an organization that is none of theirs, whether there is one or not.
    """
    found = _user(db, token, org_id)
    if found is None:
        register(db, token)
        found = _user(db, token, org_id)
    if found is None:
        raise Unauthenticated("The account of this token has been deleted.")
    if token.expires_at <= found.now:
        raise Unauthenticated("This access token has expired.")
    if found.signed_out_at is not None and token.issued_at <= found.signed_out_at:
        raise Unauthenticated("This access token was issued before you signed out everywhere; sign in again.")
    is_over = found.deletes_at is not None and found.deletes_at <= found.now
    if org_id is not None and (found.org_id is None or is_over):
        raise NotFound(f"You are no member of an organization {org_id}.")
    return Caller(
        actor=origin.actor("user", found.user_id),
        now=found.now.astimezone(UTC),
        requests=found.requests,
        user_id=found.user_id,
        org_id=found.org_id,
        role=None if found.role is None else Role(found.role),
        shown_until=token.expires_at,
        is_demo=bool(found.is_demo),
        email=found.email,
    )


def by_demo_session(db: Database, token_hash: bytes, origin: Origin) -> Caller:
    """A visitor of the demo; raises Unauthenticated when their session is over."""
    with db.outside_organizations() as conn:
        found = callers.demo(conn, token_hash)
    if found is None or found.expires_at <= found.now:
        raise Unauthenticated("This visit to the demo is over; open another with POST /v1/demo/sessions.")
    return Caller(
        actor=origin.actor("demo", None),
        now=found.now.astimezone(UTC),
        requests=found.requests,
        org_id=found.org_id,
        role=Role.OWNER,
        shown_until=found.expires_at,
        is_demo=True,
    )


def _user(db: Database, token: Token, org_id: UUID | None) -> UserCaller | None:
    with db.outside_organizations() as conn:
        return callers.user(conn, token.subject, org_id)
