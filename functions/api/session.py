"""What a route works with: the database, the settings, and the caller within what they may do."""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from functions.api import gateway
from functions.api.settings import ApiSettings
from tocsin.contracts.edge import CHECKS, EDGE_STATE
from tocsin.domain.address import canonical_email
from tocsin.domain.permission import Permission, Role, allows, within_scope
from tocsin.errors import (
    DemoReadOnly,
    FieldProblem,
    Forbidden,
    Invalid,
    OrganizationRequired,
    QueueUnavailable,
    Unauthenticated,
)
from tocsin.platform import logs
from tocsin_data.db import Database
from tocsin_data.services import accounts, calling, registering
from tocsin_data.services.actors import Actor
from tocsin_data.services.calling import Caller, Origin, Token
from tocsin_data.services.leaving import Leaving, send_pages_request, send_publish_requests
from tocsin_data.services.memberships import By

SERVICE: Final = "api"
ORGANIZATION_HEADER: Final = "tocsin-organization"
WHO: Final = "Send an access token or an API key: Authorization: Bearer <it>."
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of somebody who is known by no more than a link."""

    db: Database
    settings: ApiSettings

    def send(self, leaving: Leaving) -> None:
        """Send what a use case left behind; what a queue refuses is left to the sweep."""
        leaving.send(self.settings, SERVICE)
        leaving.publish_pages(self.settings.publications_queue_url, SERVICE)


@dataclass(frozen=True, slots=True)
class Session(Visit):
    """One request of a known caller."""

    caller: Caller

    @property
    def org_id(self) -> UUID:
        """The organization that is called for; raises OrganizationRequired."""
        if self.caller.org_id is None:
            raise OrganizationRequired(
                "Say for which organization: send its id as Tocsin-Organization. GET /v1/me lists yours."
            )
        return self.caller.org_id

    @property
    def role(self) -> Role:
        """What the caller is in that organization."""
        self.org_id  # noqa: B018 - its error is the clearer one
        if self.caller.role is None:
            raise Forbidden("You have no role in this organization.")
        return self.caller.role

    @property
    def actor(self) -> Actor:
        """The caller as timelines and the audit log name them."""
        return self.caller.actor

    @property
    def by(self) -> By:
        """The caller with what they are in the organization, for what depends on whose it is."""
        return By(self.actor, self.role, self.caller.user_id)

    def publish_edge_state(self) -> None:
        """Have the edge refuse keys that have just ended; without it, they are refused one hop later."""
        try:
            send_publish_requests(self.settings.publications_queue_url, [EDGE_STATE])
        except QueueUnavailable as error:
            logs.logger(SERVICE).error("edge state not asked for", extra={"detail": str(error)})
            logs.count(SERVICE, "EdgeStateNotAskedFor")

    def publish_checks(self) -> None:
        """Have regions told what to check, and what somebody wants checked now; without it, the sweep asks for it."""
        try:
            send_publish_requests(self.settings.publications_queue_url, [CHECKS])
        except QueueUnavailable as error:
            logs.logger(SERVICE).error("checks not asked for", extra={"detail": str(error)})
            logs.count(SERVICE, "ChecksNotAskedFor")

    def publish_pages(self) -> None:
        """Have the organization's status pages written anew; without it, the sweep asks for it within a minute."""
        try:
            send_pages_request(self.settings.publications_queue_url, self.org_id)
        except QueueUnavailable as error:
            logs.logger(SERVICE).error("pages not asked for", extra={"detail": str(error)})
            logs.count(SERVICE, "PagesNotAskedFor")


CURRENT: Final[ContextVar[Visit]] = ContextVar("visit")
"""The request at hand."""


def authenticate(event: dict[str, Any], db: Database) -> Caller:
    """Who calls, by what the authorizer has verified; raises Unauthenticated and NotFound."""
    context: dict[str, Any] = event["requestContext"]
    authorizer: dict[str, dict[str, Any] | None] = context.get("authorizer") or {}
    found: dict[str, Any] = authorizer.get("lambda") or {}
    origin = Origin(context.get("requestId"), context["http"].get("sourceIp"))
    return _caller(found, _organization(event), db, origin)


def demand_reading_of_demo(caller: Caller, event: dict[str, Any]) -> None:
    """Raise DemoReadOnly for every request of the demo that is not a read, whatever its route; asking for a ticket by
    which to watch is one.
    """
    method = event["requestContext"]["http"]["method"]
    is_watching = (method, gateway.path_of(event)) == ("POST", gateway.LIVE_TICKETS)
    if caller.is_demo and method not in SAFE_METHODS and not is_watching:
        raise DemoReadOnly


def enter(permission: Permission) -> Session:
    """The session of the request at hand, within an organization; raises Forbidden when the caller's role, or the scope
    of their key, does not allow this.
    """
    session = enter_without_organization()
    if not allows(session.role, permission):
        raise Forbidden(f"Your role here, {session.role}, does not allow {permission}.")
    if not within_scope(permission, session.caller.access, session.caller.groups):
        raise Forbidden(f"The scope of this API key does not allow {permission}.")
    return session


def enter_as_lead(reading: Permission, writing: Permission) -> Session:
    """The session of who may read what a team owns; whether they may write it, as they lead that team or by their role,
    is for the use case to say. Raises Forbidden when the scope of a key does not allow writing.
    """
    session = enter(reading)
    if not within_scope(writing, session.caller.access, session.caller.groups):
        raise Forbidden(f"The scope of this API key does not allow {writing}.")
    return session


def enter_for(user_id: UUID, own: Permission, of_all: Permission) -> Session:
    """The session of who may do this to a member: to themselves, or by their role to everybody; raises Forbidden."""
    session = enter(own)
    if user_id != session.caller.user_id and not allows(session.role, of_all):
        raise Forbidden(f"Your role here, {session.role}, allows {own} for yourself, and not {of_all}.")
    return session


def enter_without_organization() -> Session:
    """The session of the request at hand, whatever organization it is for."""
    session = CURRENT.get()
    if not isinstance(session, Session):
        raise Unauthenticated(WHO)
    return session


def enter_as_person() -> tuple[Session, UUID]:
    """The session of the request at hand and the person who calls with a token of their own; raises Forbidden for keys
    and visitors.
    """
    session = enter_without_organization()
    if session.actor.kind != "user" or session.caller.user_id is None:
        raise Forbidden("This takes somebody who has signed in, not an API key or the demo.")
    return session, session.caller.user_id


def _caller(found: Mapping[str, Any], org_id: UUID | None, db: Database, origin: Origin) -> Caller:
    kind = found.get("kind", "api_key" if found.get("key_hash") else "")
    match kind:
        case "user":
            token = _token(found)
            caller = calling.by_token(db, token, org_id, origin, register=registering.register)
            return _at_their_address(db, caller, token)
        case "api_key" | "demo":
            caller = (calling.by_demo_session if kind == "demo" else calling.by_api_key)(db, _key_hash(found), origin)
            if org_id not in {None, caller.org_id}:
                raise Forbidden("This key is for another organization than the one in Tocsin-Organization.")
            return caller
        case _:
            raise Unauthenticated(WHO)


def _at_their_address(db: Database, caller: Caller, token: Token) -> Caller:
    """The caller with the address that the sign-in has verified by now, unless another account has it."""
    if token.email is None or not token.is_email_verified or caller.user_id is None or caller.email is None:
        return caller
    email = canonical_email(token.email)
    if email == caller.email:
        return caller
    if accounts.move(db, caller.actor, caller.user_id, email, caller.email):
        return replace(caller, email=email)
    return replace(caller, refused_email=email)


def _organization(event: Mapping[str, Any]) -> UUID | None:
    headers: dict[str, Any] = event.get("headers") or {}
    text = next((str(value) for name, value in headers.items() if name.lower() == ORGANIZATION_HEADER), "")
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError as error:
        problem = FieldProblem("header.Tocsin-Organization", "must be the id of an organization, a UUID")
        raise Invalid("The request can't be used as it is.", [problem]) from error


def _key_hash(found: Mapping[str, Any]) -> bytes:
    try:
        return bytes.fromhex(str(found.get("key_hash", "")))
    except ValueError as error:
        raise Unauthenticated(WHO) from error


def _token(found: Mapping[str, Any]) -> Token:
    """The authorizer's context as texts, since API Gateway hands on nothing else."""
    return Token(
        subject=str(found["subject"]),
        email=found.get("email") or None,
        is_email_verified=found.get("email_verified") == "true",
        name=found.get("name") or None,
        issued_at=datetime.fromtimestamp(int(found["issued_at"]), UTC),
        expires_at=datetime.fromtimestamp(int(found["expires_at"]), UTC),
    )
