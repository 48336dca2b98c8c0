"""What a route works with: the database, the settings, and the caller within their role."""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from functions.api.settings import ApiSettings
from tocsin.domain.permission import Permission, Role, allows
from tocsin.errors import Forbidden, QueueUnavailable, Unauthenticated
from tocsin.platform import logs
from tocsin_data.db import Database
from tocsin_data.services import api_keys
from tocsin_data.services.actors import Actor
from tocsin_data.services.leaving import Leaving, send_publish_requests

SERVICE: Final = "api"
EDGE_STATE: Final = "edge_state"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, for which organization, and as what."""

    org_id: UUID
    role: Role
    actor: Actor


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of somebody who is known by no more than a link."""

    db: Database
    settings: ApiSettings

    def send(self, leaving: Leaving) -> None:
        """Send what a use case left behind; what a queue refuses is left to the sweep."""
        leaving.send(self.settings, SERVICE)


@dataclass(frozen=True, slots=True)
class Session(Visit):
    """One request of a known caller."""

    caller: Caller

    @property
    def org_id(self) -> UUID:
        """The caller's organization."""
        return self.caller.org_id

    @property
    def actor(self) -> Actor:
        """The caller as timelines and the audit log name them."""
        return self.caller.actor

    def publish_edge_state(self) -> None:
        """Have the edge refuse keys that have just ended; without it, they are refused one hop later."""
        try:
            send_publish_requests(self.settings.publications_queue_url, [EDGE_STATE])
        except QueueUnavailable as error:
            logs.logger(SERVICE).error("edge state not asked for", extra={"detail": str(error)})
            logs.count(SERVICE, "EdgeStateNotAskedFor")


CURRENT: Final[ContextVar[Visit]] = ContextVar("visit")
"""The request at hand."""


def authenticate(event: dict[str, Any], db: Database) -> Caller:
    """Who calls, by the hash of the key that the authorizer has verified; raises Unauthenticated."""
    context: dict[str, Any] = event["requestContext"]
    authorizer: dict[str, dict[str, Any] | None] = context.get("authorizer") or {}
    key_hash = str((authorizer.get("lambda") or {}).get("key_hash") or "")
    try:
        holder = api_keys.authenticate(db, bytes.fromhex(key_hash))
    except ValueError as error:
        raise Unauthenticated("An API key is needed: Authorization: Bearer <key>.") from error
    actor = Actor("api_key", str(holder.api_key_id), context.get("requestId"), context["http"].get("sourceIp"))
    return Caller(holder.org_id, holder.role, actor)


def enter(permission: Permission) -> Session:
    """The session of the request at hand; raises Forbidden when the caller's role does not allow this."""
    session = CURRENT.get()
    if not isinstance(session, Session):
        raise Unauthenticated("An API key is needed: Authorization: Bearer <key>.")
    if not allows(session.caller.role, permission):
        raise Forbidden(f"The role of this API key, {session.caller.role}, does not allow to {permission} here.")
    return session
