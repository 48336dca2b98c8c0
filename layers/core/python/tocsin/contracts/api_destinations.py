"""The public API's models of destinations: webhooks and chat channels that are nobody's, for steps to page."""

from typing import Literal
from uuid import UUID

from pydantic import model_validator

from tocsin.contracts.api import Answer, HttpUrl, Input, Name
from tocsin.contracts.api_notifications import Trial
from tocsin.contracts.message import Instant


class DestinationInput(Input):
    """A webhook, whose calls are signed (Standard Webhooks), or a Slack incoming webhook."""

    channel: Literal["webhook", "slack"]
    name: Name
    url: HttpUrl
    team_id: UUID | None = None


class DestinationPatch(Input):
    """What to change of a destination; what is left out stays. A new URL switches it on again."""

    name: Name | None = None
    url: HttpUrl | None = None
    team_id: UUID | None = None

    @model_validator(mode="after")
    def _named(self) -> "DestinationPatch":
        nothing = [name for name in ("name", "url") if name in self.model_fields_set and getattr(self, name) is None]
        if nothing:
            raise ValueError(f"{nothing[0]} can't be null; leave it out to keep it")
        return self


class Destination(Answer):
    """Where steps can page that is no person. Its URL is a secret: it is sealed and can't be read again."""

    id: UUID
    team_id: UUID | None
    channel: Literal["webhook", "slack"]
    name: str
    version: int
    created_at: Instant
    disabled_at: Instant | None
    disabled_reason: str | None


class NewDestination(Destination):
    """A destination with a new URL; a webhook's signing secret is shown this once."""

    secret: str | None


class DestinationTest(Trial):
    """A test page to a destination: queued, then sent or failed, with what the receiver said in `detail`."""

    destination_id: UUID


class DestinationPage(Answer):
    """Destinations by name."""

    items: list[Destination]
    next_cursor: str | None
