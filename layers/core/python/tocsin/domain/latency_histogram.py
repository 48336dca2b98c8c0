"""Histograms of latencies, from which percentiles are told within a stated relative error; they merge by addition.

Buckets grow with what they hold: bucket i has the latencies in (GAMMA^(i-1), GAMMA^i] milliseconds, and stands for
2·GAMMA^i / (GAMMA+1), which none of them is further from than RELATIVE_ERROR of itself (DDSketch, Masson, Rim and Lee,
VLDB 2019; here without its limit on the number of buckets).
"""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

RELATIVE_ERROR: Final = 0.02
GAMMA: Final = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR)
LN_GAMMA: Final = math.log(GAMMA)
LEAST_MS: Final = 0.01
"""Less is counted as this much."""
PERCENTILES: Final = (50, 90, 95, 99)


@dataclass(frozen=True, slots=True)
class Histogram:
    """Which buckets hold something, in order, and how many each."""

    buckets: tuple[int, ...] = ()
    counts: tuple[int, ...] = ()

    @property
    def count(self) -> int:
        """How many latencies it has."""
        return sum(self.counts)


def bucket(latency_ms: float) -> int:
    """The bucket of a latency. SQL says the same: ceil(ln(greatest(latency_ms, LEAST_MS)) / LN_GAMMA)."""
    return math.ceil(math.log(max(latency_ms, LEAST_MS)) / LN_GAMMA)


def value_ms(of_bucket: int) -> float:
    """What a bucket stands for."""
    return 2 * GAMMA**of_bucket / (GAMMA + 1)


def of(latencies_ms: Iterable[float]) -> Histogram:
    """The histogram of latencies."""
    return _sorted(Counter(map(bucket, latencies_ms)))


def merge(histograms: Iterable[Histogram]) -> Histogram:
    """One of all: what it would be of all their latencies."""
    total: Counter[int] = Counter()
    for histogram in histograms:
        for at, count in zip(histogram.buckets, histogram.counts, strict=True):
            total[at] += count
    return _sorted(total)


def percentile(histogram: Histogram, percent: float) -> float | None:
    """The latency that this many per cent do not exceed, within RELATIVE_ERROR of the one at the nearest rank.

    None without latencies.
    """
    total = histogram.count
    if not total:
        return None
    rank = max(1, math.ceil(total * percent / 100))
    return value_ms(histogram.buckets[bisect_left(list(accumulate(histogram.counts)), rank)])


def percentiles(histogram: Histogram, percents: Sequence[float] = PERCENTILES) -> list[float | None]:
    """Several of them, in milliseconds."""
    return [percentile(histogram, percent) for percent in percents]


def _sorted(counts: Counter[int]) -> Histogram:
    found = sorted(counts.items())
    return Histogram(tuple(at for at, _ in found), tuple(count for _, count in found))
