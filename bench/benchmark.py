"""What a benchmark is: a function over a PostgreSQL server, and what it hands back."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from math import ceil

from bench.counts import Counts
from bench.fates import Fates
from bench.figure import Figure
from local.postgres import PostgresServer


@dataclass(frozen=True, slots=True)
class Options:
    """How a benchmark is run. `profile` lets each worker write what cProfile saw."""

    runs: int = 5
    profile: bool = False


@dataclass(slots=True)
class Outcome:
    """Figures, the fate of all that was sent, what was used for so many pages, and remarks for the reader."""

    figures: list[Figure]
    fates: Fates
    counts: Counts | None = None
    pages: int = 0
    remarks: list[str] = field(default_factory=list[str])

    @property
    def failed(self) -> bool:
        """A benchmark that loses or repeats a page has failed, whatever its speed."""
        return not self.fates.is_whole


type Benchmark = Callable[[PostgresServer, Options], Awaitable[Outcome]]


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that so many percent do not exceed."""
    return sorted(values)[ceil(len(values) * percent / 100) - 1]
