"""What a monitor was in a time that nothing was known of, by results that came when it was over."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from tocsin.domain.monitor import CheckStatus
from tocsin.domain.uptime import Interval, Span
from tocsin.domain.verdict import Rules, Seen, opinion
from tocsin.domain.verdict_region import Runs, Sample, fold


def replay(rules: Rules, runs: Runs, samples: Mapping[str, Sequence[Sample]], time: Interval) -> list[Span]:
    """Spans that make up a time, by the results of each region in the order of their ticks; those before it count.

    Regions and quorum decide as they would have; confirmation and recovery are for telling people, which is past.
    """
    starts_at, ends_at = time
    ticks = {s.tick for found in samples.values() for s in found}
    looks = sorted(
        {t for tick in ticks for t in (tick, tick + rules.fresh_for) if starts_at <= t < ends_at} | {starts_at}
    )
    regions = _Regions(rules, runs, samples)
    spans: list[Span] = []
    current, since = CheckStatus.UNKNOWN, starts_at
    for at in looks:
        said = opinion(rules, regions.at(at), at, at)
        if said.status is current:
            continue
        turn = at if said.status is CheckStatus.UNKNOWN else min(at, max(said.at, since))
        if turn > since:
            spans.append(Span(current, since, turn))
        elif spans and spans[-1].status is said.status:
            turn = spans.pop().starts_at
        current, since = said.status, turn
    return [*spans, Span(current, since, ends_at)]


class _Regions:
    """What each region made of the results that were due by instants that only grow, and are not too old then."""

    def __init__(self, rules: Rules, runs: Runs, samples: Mapping[str, Sequence[Sample]]) -> None:
        self._rules = rules
        self._runs = runs
        self._samples = {region: samples[region] for region in rules.regions if samples.get(region)}
        self._due = dict.fromkeys(self._samples, 0)
        self._seen: dict[str, Seen] = {}

    def at(self, at: datetime) -> dict[str, Seen]:
        """By region, as of an instant."""
        for region, samples in self._samples.items():
            before = due = self._due[region]
            while due < len(samples) and samples[due].tick <= at:
                due += 1
            if due > before:
                self._due[region] = due
                self._seen[region] = fold(self._runs, samples[max(0, due - self._runs.looks_back) : due])
        return {region: seen for region, seen in self._seen.items() if at - seen.last_tick < self._rules.fresh_for}
