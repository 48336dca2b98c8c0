"""Who watches an organization: tickets for the API's callers, their connections, and what has changed meanwhile."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from tocsin.contracts.api_live import LiveChange, LiveChanges, LiveTicket
from tocsin.contracts.live import Closing, Pong, Welcome
from tocsin.domain.live import CONNECTION_LIFE, MOST_OF_ONE, MOST_VISITORS, TICKET_LIFE, Entry, Topic, readable
from tocsin.domain.permission import Permission, allows, within_scope
from tocsin.platform.tokens import digest, link_token
from tocsin_data.db import Database
from tocsin_data.services.calling import Caller
from tocsin_data.sql import live
from tocsin_data.sql.live import NewTicket

MOST_ITEMS: Final = 500
"""Of what has changed; where there is more, everything is to be read anew."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a connection is answered, and whether it is closed then."""

    frame: str
    closes: bool = False


def topics_of(caller: Caller) -> list[Topic]:
    """What somebody in an organization may be told of."""
    role = caller.role
    if role is None:
        return []

    def may(permission: Permission) -> bool:
        return allows(role, permission) and within_scope(permission, caller.access, caller.groups)

    return readable(may)


def open_ticket(db: Database, caller: Caller, org_id: UUID, *, url: str) -> LiveTicket:
    """Let a caller connect once within a minute, until what they have shown ends, if it ends, or for two hours."""
    token = link_token()
    topics = topics_of(caller)
    longest = caller.now + CONNECTION_LIFE
    is_key = caller.actor.kind == "api_key"
    ticket = NewTicket(
        token_hash=digest(token),
        org_id=org_id,
        user_id=caller.user_id,
        api_key_id=UUID(caller.actor.id) if is_key and caller.actor.id else None,
        role=str(caller.role),
        allowed=topics,
        ends_at=longest if caller.shown_until is None else min(longest, caller.shown_until),
    )
    with db.outside_organizations() as conn:
        expires_at = live.open_ticket(conn, ticket, TICKET_LIFE)
    return LiveTicket(ticket=token, url=f"{url}?ticket={token}", expires_at=expires_at, topics=topics)


def changes(db: Database, org_id: UUID, after: int | None, topics: list[Topic]) -> LiveChanges:
    """What has changed after a number; without one, the number to begin with."""
    with db.outside_organizations() as conn:
        rows = live.changes(conn, org_id, after, topics, MOST_ITEMS + 1)
    sequence = max((row.sequence for row in rows), default=0)
    if len(rows) > MOST_ITEMS or any(row.is_reset for row in rows):
        return LiveChanges(items=[], sequence=sequence, is_reset=True)
    items = [
        LiveChange(topic=Topic(row.topic), kind=row.kind or "", id=row.subject_id or "", at=row.at)
        for row in rows
        if row.topic is not None and row.at is not None
    ]
    return LiveChanges(items=items, sequence=sequence, is_reset=False)


def connect(db: Database, ticket: str, connection_id: str) -> Entry:
    """Open a connection by its ticket, which works once; answers whether it is, and if not, why."""
    with db.outside_organizations() as conn:
        return live.connect(conn, digest(ticket), connection_id, MOST_OF_ONE, MOST_VISITORS)


def disconnect(db: Database, connection_ids: list[str]) -> None:
    """Forget connections that are there no more."""
    with db.outside_organizations() as conn:
        live.disconnect(conn, connection_ids)


def subscribe(db: Database, connection_id: str, wanted: list[str]) -> Answer:
    """Let a connection be told of topics, in the place of what it was told of before."""
    wanted = list(dict.fromkeys(wanted))
    with db.outside_organizations() as conn:
        heard = live.hear(conn, connection_id, wanted)
    if heard is None or heard.closing is not None:
        return _over(heard)
    refused = [name for name in wanted if name not in heard.topics]
    return Answer(Welcome(sequence=heard.sequence, topics=heard.topics, refused=refused).to_json())


def ping(db: Database, connection_id: str) -> Answer:
    """A connection is there; it is told how far changes are counted."""
    with db.outside_organizations() as conn:
        heard = live.hear(conn, connection_id, None)
    if heard is None or heard.closing is not None:
        return _over(heard)
    return Answer(Pong(sequence=heard.sequence).to_json())


def _over(heard: live.Heard | None) -> Answer:
    """One that is not known here has expired: it was forgotten, or the database is one of before it came."""
    reason = "expired" if heard is None else heard.closing
    return Answer(Closing.model_validate({"reason": reason}).to_json(), closes=True)
