"""What travels for those who watch over a socket: api and others → push, live → push, push → live; and their frames."""

from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import Field

from tocsin.contracts.message import Instant, Message
from tocsin.domain.live import Topic

MOST_CONNECTIONS: Final = 1_000
"""How many connections one message names."""
type Reason = Literal["expired", "silent", "signed_out", "role_changed", "removed"]


class ChangeHint(Message):
    """Something that looks different from now on. `id` may be `*`, all things of its kind; what a monitor has become is
    a kind (`monitor_down`), and of all else it is said which, never how.
    """

    topic: Topic
    id: str
    kind: str
    at: Instant


class Changed(Message):
    """A frame to clients: what has changed up to a number, of what came after another."""

    type: Literal["changed"] = "changed"
    sequence: int
    follows: int
    changes: list[ChangeHint]


class Welcome(Message):
    """The answer to a subscription."""

    type: Literal["welcome"] = "welcome"
    sequence: int
    topics: list[str]
    refused: list[str]


class Pong(Message):
    """The answer to a ping; a client that knows a lower number has missed something."""

    type: Literal["pong"] = "pong"
    sequence: int


class Closing(Message):
    """The last frame of a connection."""

    type: Literal["closing"] = "closing"
    reason: Reason


class Misunderstood(Message):
    """The answer to a frame that is none of ours."""

    type: Literal["error"] = "error"
    detail: str


class PushMessage(Message):
    """Post a frame to connections, and close them then if `closes`."""

    org_id: UUID | None = None
    connection_ids: Annotated[list[str], Field(max_length=MOST_CONNECTIONS)]
    frame: str
    closes: bool = False


class LiveMessage(Message):
    """`hint`: tell what was kept of an organization's changes; `gone`: these connections are there no more."""

    kind: Literal["hint", "gone"]
    org_id: UUID | None = None
    connection_ids: list[str] = Field(default_factory=list)


class LivePush(Message):
    """What the database says is to be told, and to whom; or that somebody is to be asked to tell it in a second."""

    waits: bool = False
    sequence: int = 0
    follows: int = 0
    changes: list[ChangeHint] = Field(default_factory=list[ChangeHint])
    groups: list["LiveGroup"] = Field(default_factory=list["LiveGroup"])


class LiveGroup(Message):
    """Connections that want to be told of the same topics."""

    topics: list[str]
    connection_ids: list[str]
