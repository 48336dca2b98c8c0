"""The public API's models of private locations and the probes that stand there."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from tocsin.contracts.api import Answer, Input, Name
from tocsin.contracts.message import Instant


class ProbeStatus(StrEnum):
    """What has become of a probe. `expired`: its last certificate has ended, and only a new token lets it in again."""

    WAITING = "waiting"
    ENROLLED = "enrolled"
    EXPIRED = "expired"
    REVOKED = "revoked"


class PrivateLocationInput(Input):
    """A place of one's own to check from."""

    name: Name


class PrivateLocation(Answer):
    """A place of one's own to check from. Monitors name it by its `region`; its probes check them."""

    id: UUID
    name: str
    region: str
    version: int
    probes: Annotated[int, Field(description="How many of its probes are enrolled.")]
    last_seen_at: Instant | None
    created_at: Instant
    created_by: str


class PrivateLocationPage(Answer):
    """Private locations by name."""

    items: list[PrivateLocation]
    next_cursor: str | None


class ProbeInput(Input):
    """A probe to let in."""

    name: Name


class Probe(Answer):
    """A process that checks from a private location. Serial and expiry are of its newest certificate; `software` is
    what it said of itself when it enrolled or renewed.
    """

    id: UUID
    private_location_id: UUID
    name: str
    status: ProbeStatus
    created_at: Instant
    created_by: str
    enrolled_at: Instant | None
    last_seen_at: Instant | None
    software: str | None
    certificate_serial: str | None
    certificate_expires_at: Instant | None
    revoked_at: Instant | None


class NewProbe(Probe):
    """A probe with the token that enrols it, shown this once."""

    token: str
    token_expires_at: Instant


class ProbePage(Answer):
    """The probes of a private location, the oldest first."""

    items: list[Probe]
    next_cursor: str | None
