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
    spans: list[Span] = []
    current, since = CheckStatus.UNKNOWN, starts_at
    for at in looks:
        said = opinion(rules, _seen(rules, runs, samples, at), at, at)
        if said.status is current:
            continue
        turn = at if said.status is CheckStatus.UNKNOWN else min(at, max(said.at, since))
        if turn > since:
            spans.append(Span(current, since, turn))
        elif spans and spans[-1].status is said.status:
            turn = spans.pop().starts_at
        current, since = said.status, turn
    return [*spans, Span(current, since, ends_at)]


def _seen(rules: Rules, runs: Runs, samples: Mapping[str, Sequence[Sample]], at: datetime) -> dict[str, Seen]:
    """What each region made of the results that were due by an instant and are not too old then."""
    found: dict[str, Seen] = {}
    for region in rules.regions:
        due = [s for s in samples.get(region, ()) if s.tick <= at][-runs.looks_back :]
        if due and at - due[-1].tick < rules.fresh_for:
            found[region] = fold(runs, due)
    return found
