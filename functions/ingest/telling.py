"""What an adapter of pings and visits makes of a request, and how it says no: their seam to the handler.

They differ from events in what they open, and go to the queue of results.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from functions.ingest.exchange import Answer, Refusal, Request
from tocsin.platform.tokens import Purpose


@dataclass(frozen=True, slots=True)
class Told:
    """Something was told with a key: `what` is a ping's or a visit's fields beside who and when."""

    purpose: Purpose
    key: str
    answer: Answer
    slug: str | None = None
    what: Mapping[str, object] = field(default_factory=dict[str, object])


class Telling(Protocol):
    """One protocol by which something tells how it is."""

    @property
    def protocol(self) -> str:
        """The name that logs and metrics carry."""
        ...

    def read(self, request: Request, in_path: str) -> Told | Answer:
        """Understand a request, or answer it at once; `in_path` is the part of its path that varies. Never raises."""
        ...

    def refuse(self, refusal: Refusal, retry_after: int | None) -> Answer:
        """Say a refusal in the protocol's words; `retry_after` is in seconds."""
        ...


def plain(status: int, text: str, headers: Mapping[str, str] | None = None) -> Answer:
    """An answer in plain text."""
    return Answer(status, text, "text/plain; charset=utf-8", headers or {})
