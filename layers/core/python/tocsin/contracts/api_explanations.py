"""The public API's models of an explanation: everything that was decided about an incident, in one order."""

from typing import Literal
from uuid import UUID

from tocsin.contracts.api import Answer
from tocsin.contracts.api_incidents import Incident
from tocsin.contracts.message import Instant


class ExplanationLine(Answer):
    """One thing that happened, and why. `id` is that of the event, timeline entry or notification it is of.

    `what` is a stable word: an event's outcome or decision, an entry's kind, what became of a page. `words` tell it.
    """

    at: Instant
    source: Literal["event", "timeline", "notification"]
    id: UUID
    what: str
    words: str
    actor: str | None = None
    data: dict[str, object]


class Explanation(Answer):
    """Everything about an incident, oldest first. `complete` is false when there is more than is shown of something:
    the first 200 events, 500 entries and 500 pages are.
    """

    incident: Incident
    complete: bool
    lines: list[ExplanationLine]
