"""Time that was unknown, judged by results that came late."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from tocsin.domain import verdict_late
from tocsin.domain.monitor import CheckStatus
from tocsin.domain.uptime import Span
from tocsin.domain.verdict import Rules, Seen
from tocsin.domain.verdict_late import replay
from tocsin.domain.verdict_region import Runs, Sample, fold

UP, DOWN, UNKNOWN = CheckStatus.UP, CheckStatus.DOWN, CheckStatus.UNKNOWN
START = datetime(2026, 3, 10, 12, tzinfo=UTC)
END = START + timedelta(hours=1)
RULES = Rules(("a", "b", "c"), timedelta(minutes=1), None, timedelta(0), timedelta(0), datetime(1970, 1, 1, tzinfo=UTC))
RUNS = Runs(2, 2)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def each(minutes: range, status: CheckStatus) -> list[Sample]:
    return [Sample(at(m), status) for m in minutes]


def test_without_results_it_stays_unknown() -> None:
    assert replay(RULES, RUNS, {}, (START, END)) == [Span(UNKNOWN, START, END)]
    blind = {"a": each(range(60), UNKNOWN)}
    assert replay(RULES, RUNS, blind, (START, END)) == [Span(UNKNOWN, START, END)]


def test_a_quorum_of_late_results_makes_an_outage() -> None:
    samples = {
        "a": [*each(range(20), UP), *each(range(20, 30), DOWN), *each(range(30, 60), UP)],
        "b": [*each(range(20), UP), *each(range(20, 30), DOWN), *each(range(30, 60), UP)],
        "c": each(range(60), UP),
    }
    assert replay(RULES, RUNS, samples, (START, END)) == [
        Span(UP, START, at(20)),
        Span(DOWN, at(20), at(30)),
        Span(UP, at(30), END),
    ]
    alone = {**samples, "b": samples["c"]}
    assert replay(RULES, RUNS, alone, (START, END)) == [Span(UP, START, END)]


def test_what_was_due_before_counts_and_what_is_too_old_does_not() -> None:
    samples = {"a": each(range(-2, 10), UP)}
    assert replay(RULES, RUNS, samples, (START, END)) == [
        Span(UP, START, at(9) + RULES.fresh_for),
        Span(UNKNOWN, at(9) + RULES.fresh_for, END),
    ]


def test_each_result_is_judged_once_however_long_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[datetime] = []

    def counting(runs: Runs, samples: Sequence[Sample]) -> Seen:
        judged.append(samples[-1].tick)
        return fold(runs, samples)

    monkeypatch.setattr(verdict_late, "fold", counting)
    replay(RULES, RUNS, {"a": each(range(60), UP), "b": each(range(60), DOWN)}, (START, END))
    assert len(judged) == 120
