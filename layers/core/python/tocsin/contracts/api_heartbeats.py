"""The public API's models of heartbeats: their pings and keys, and beacons."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StrictInt

from tocsin.contracts.api import Answer, Input, Name
from tocsin.contracts.message import Instant


class Ping(Answer):
    """What a heartbeat was told. `duration_ms`: how long the run took, by its start or as it was told.

    Ignored is what came by a method that the heartbeat does not take, or while it was paused.
    """

    id: UUID
    received_at: Instant
    action: Literal["success", "start", "fail", "log"]
    is_ignored: bool
    exit_status: int | None
    run_id: UUID | None
    method: str
    user_agent: str | None
    duration_ms: float | None
    body: str | None


class PingPage(Answer):
    """Pings, newest first: the last hundred are kept."""

    items: list[Ping]
    next_cursor: str | None


class PingUrl(Answer):
    """Where a heartbeat reports to, shown this once."""

    ping_url: str
    hint: str


class PingKeyInput(Input):
    """A ping key: what it is for and, if a ping to a new slug may make a heartbeat (`?create=1`), what that pages."""

    name: Name
    service_id: UUID | None = None


class PingKey(Answer):
    """A ping key opens all heartbeats by their slugs. `unknown_slug` is the last that came and no heartbeat has."""

    id: UUID
    name: str
    service_id: UUID | None
    hint: str
    created_at: Instant
    revoked_at: Instant | None
    last_used_at: Instant | None
    unknown_slug: str | None
    unknown_slug_at: Instant | None


class NewPingKey(PingKey):
    """A ping key just made; `key` and the URL that it goes into are shown this once."""

    key: str
    ping_url: str


class PingKeyPage(Answer):
    """Ping keys, newest first."""

    items: list[PingKey]
    next_cursor: str | None


class BeaconInput(Input):
    """A beacon: of how many visits in a hundred a page tells."""

    sample_percent: Annotated[StrictInt, Field(ge=1, le=100)] = 10


class Beacon(Answer):
    """A beacon lets the visitors of a page tell, unnamed, whether and how fast it loaded."""

    monitor_id: UUID
    sample_percent: int
    hint: str
    created_at: Instant


class NewBeacon(Beacon):
    """A beacon just made; `snippet` goes into the page's head and is shown this once."""

    snippet: str
