"""What an adapter is given, and what it may answer: the seam between the handler and the inbound protocols."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Final, Protocol
from uuid import UUID

from tocsin.contracts.events import InboundEvent

MOST_ALERTS: Final = 4096
"""More alerts than this in one request can't fit into one message, however bare; don't even look at them."""
MOST_PROBLEMS: Final = 20
"""Answers name that many problems, so that they stay readable and small."""


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request as it came through the gateway; header names are in lower case. Of what its query says twice,
    the last counts.
    """

    request_id: UUID
    received_at: datetime
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    query: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def media_type(self) -> str:
        """The Content-Type without its parameters, in lower case; empty when there is none."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer."""

    status: int
    body: str
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Accepted:
    """Events to take in for a key, and what to answer once they are durable; with no events, only to answer."""

    key: str
    events: Sequence[InboundEvent]
    answer: Answer


@dataclass(frozen=True, slots=True)
class Settled:
    """There is nothing to take in. Where the key is known, trouble with the key is answered before this."""

    answer: Answer
    key: str | None = None


type Reading = Accepted | Settled


class Refusal(Enum):
    """Why a request is turned away for reasons that are not the adapter's; it gives them its protocol's words."""

    WRONG_METHOD = "wrong_method"
    UNKNOWN_KEY = "unknown_key"
    REVOKED_KEY = "revoked_key"
    OVER_BUDGET = "over_budget"
    TOO_LARGE = "too_large"
    UNAVAILABLE = "unavailable"


class Adapter(Protocol):
    """One inbound protocol: its parsing, its validation and the shape of its answers."""

    @property
    def protocol(self) -> str:
        """The name that events, logs and metrics carry."""
        ...

    def read(self, request: Request, key: str | None) -> Reading:
        """Understand a request; `key` is the routing key in its path, if that protocol has it there. Never raises."""
        ...

    def refuse(self, refusal: Refusal, retry_after: int | None) -> Answer:
        """Say a refusal in the protocol's words; `retry_after` is in seconds."""
        ...


def json_answer(status: int, value: object, headers: Mapping[str, str] | None = None) -> Answer:
    """An answer whose body is compact JSON."""
    return Answer(status, json.dumps(value, separators=(",", ":")), headers=headers or {})


def retry_headers(retry_after: int | None) -> dict[str, str]:
    """The Retry-After header, where there is something to say."""
    return {} if retry_after is None else {"Retry-After": str(retry_after)}
