"""What a load is put on: something that takes events and whose pages arrive in this process."""

import asyncio
from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from bench.wire import Client


@dataclass(slots=True)
class Arrival:
    """One page as the receiver saw it: the notification's id, the incident's title, the monotonic clock in ns."""

    notification_id: str
    title: str
    at_ns: int


@dataclass(slots=True, kw_only=True)
class Load(ABC):
    """Sends events and awaits their pages; a benchmark's load is the same on Tocsin and on a peer."""

    ingest: Client
    arrivals: list[Arrival] = field(default_factory=list[Arrival])
    accepted: list[str] = field(default_factory=list[str])
    refused: int = 0
    _expected: dict[str, asyncio.Future[int]] = field(default_factory=dict[str, "asyncio.Future[int]"])
    _number: int = 0

    @abstractmethod
    async def send(self, title: str) -> tuple[int, int]:
        """One event, whose incident has this title: when it was sent and when it was answered (monotonic ns)."""

    @abstractmethod
    async def settled(self, seconds: float = 60) -> None:
        """Return when all that was accepted has been dealt with; raises TimeoutError."""

    def titles(self, count: int, word: str = "incident") -> list[str]:
        """So many titles that were never used."""
        self._number += count
        return [f"{word}-{number}" for number in range(self._number - count, self._number)]

    def paged(self, title: str) -> asyncio.Future[int]:
        """The instant (monotonic ns) of the next page about an incident."""
        return self._expected.setdefault(title, asyncio.get_running_loop().create_future())

    def arrived(self, arrival: Arrival) -> None:
        """A page has come."""
        self.arrivals.append(arrival)
        waiting = self._expected.pop(arrival.title, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(arrival.at_ns)
