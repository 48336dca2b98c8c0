"""Histograms of latencies: percentiles keep their promised error, and it matters neither how nor when they merge."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.domain.latency_histogram import (
    LEAST_MS,
    RELATIVE_ERROR,
    Histogram,
    bucket,
    merge,
    of,
    percentile,
    percentiles,
    value_ms,
)

LATENCIES = st.lists(st.floats(min_value=LEAST_MS, max_value=1e7), min_size=1, max_size=200)
A_LITTLE = 1e-9
"""What floating point adds to the bound."""


@given(LATENCIES, st.floats(min_value=0, max_value=100))
def test_a_percentile_is_as_near_as_promised_to_the_nearest_rank(latencies: list[float], percent: float) -> None:
    exact = sorted(latencies)[max(1, math.ceil(len(latencies) * percent / 100)) - 1]
    assert percentile(of(latencies), percent) == pytest.approx(exact, rel=RELATIVE_ERROR + A_LITTLE)


@given(LATENCIES, LATENCIES, LATENCIES)
def test_merging_is_adding(one: list[float], two: list[float], three: list[float]) -> None:
    together = of(one + two + three)
    assert merge([of(one), of(two), of(three)]) == together
    assert merge([merge([of(three), of(two)]), of(one)]) == together
    assert merge([together, Histogram()]) == together
    assert together.count == len(one) + len(two) + len(three)


@given(LATENCIES)
def test_percentiles_rise(latencies: list[float]) -> None:
    found = percentiles(of(latencies))
    assert found == sorted(found, key=lambda value: value or 0)


@given(st.floats(min_value=0, max_value=1e7))
def test_every_latency_has_a_bucket_that_stands_for_it(latency: float) -> None:
    assert value_ms(bucket(latency)) == pytest.approx(max(latency, LEAST_MS), rel=RELATIVE_ERROR + A_LITTLE)


def test_of_nothing_there_is_no_percentile() -> None:
    assert percentiles(of([])) == [None] * 4
    assert merge([]) == Histogram()
