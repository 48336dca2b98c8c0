"""The public API's models of what is told over a WebSocket."""

from pydantic import Field

from tocsin.contracts.api import Answer
from tocsin.contracts.message import Instant
from tocsin.domain.live import Topic


class LiveTicket(Answer):
    """The right to open one connection; shown this once."""

    ticket: str
    url: str = Field(description="Where to connect, the ticket in it: wss://… It works once.")
    expires_at: Instant = Field(description="Connect until then: a minute from now.")
    topics: list[Topic] = Field(description="What may be subscribed to.")


class LiveChange(Answer):
    """Something that looks different since: which, and of a monitor's state alone how."""

    topic: Topic
    kind: str = Field(description="What it is: incident, monitor, monitor_down, check_result, schedule …")
    id: str = Field(description="Its id; * for all of its kind.")
    at: Instant


class LiveChanges(Answer):
    """What has changed after a number."""

    items: list[LiveChange] = Field(description="Each thing once, by its latest change.")
    sequence: int = Field(description="Ask from here the next time.")
    is_reset: bool = Field(
        description="Whether more has changed than is known, since that is kept for an hour: read everything anew."
    )
