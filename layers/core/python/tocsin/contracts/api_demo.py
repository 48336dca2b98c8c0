"""The public API's models of the demo."""

from uuid import UUID

from pydantic import Field

from tocsin.contracts.api import Answer
from tocsin.contracts.message import Instant


class DemoOrganization(Answer):
    """What a visitor sees: made up, and marked so."""

    id: UUID
    name: str
    is_demo: bool = True


class DemoSession(Answer):
    """A visit to the demo; `token` is sent as a key is, and shown this once."""

    token: str = Field(description="Send it as Authorization: Bearer <token>. It reads, and changes nothing.")
    expires_at: Instant
    organization: DemoOrganization
