"""A figure: its median, whether it reached its target, and its way through JSON."""

import json
from typing import Any

import pytest

from bench.figure import Figure

LATENCY = Figure("events.serial.p95", "ms", (31.0, 24.0, 22.5, 40.0, 25.0), 25.0, "lower", "1 at a time")


def test_the_claim_is_the_median_not_the_best_run() -> None:
    assert LATENCY.median == 25.0


@pytest.mark.parametrize(
    ("better", "target", "met"),
    [
        ("lower", 24.9, False),
        ("lower", 25.0, True),
        ("lower", 25.1, True),
        ("higher", 24.9, True),
        ("higher", 25.0, True),
        ("higher", 25.1, False),
        ("lower", None, None),
        ("higher", None, None),
    ],
)
def test_a_target_is_met_from_its_better_side_and_exactly(better: Any, target: float | None, met: bool | None) -> None:
    assert Figure("x", "ms", LATENCY.runs, target, better).met is met


def test_a_figure_comes_back_from_json_as_it_was() -> None:
    bare = Figure("bare", "pages", (1,), None, "higher")
    for figure in (LATENCY, bare):
        assert Figure.from_json(json.loads(json.dumps(figure.to_json()))) == figure


def test_a_figure_without_runs_claims_nothing() -> None:
    with pytest.raises(ValueError, match="at least one run"):
        Figure("x", "ms", (), 1.0, "lower")


def test_a_direction_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="not 'faster'"):
        Figure.from_json({**LATENCY.to_json(), "better": "faster"})
