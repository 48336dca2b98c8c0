"""What a region is by its results, against a slow reading of the same rule over all of them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.domain.monitor import CheckStatus, Reason
from tocsin.domain.verdict import Seen
from tocsin.domain.verdict_region import Runs, Sample, fold

START = datetime(2026, 11, 21, tzinfo=UTC)
LETTERS = {"U": CheckStatus.UP, "G": CheckStatus.DEGRADED, "D": CheckStatus.DOWN, "?": CheckStatus.UNKNOWN}
results = st.text("UGD?", min_size=1, max_size=60)
rules = st.builds(Runs, st.integers(1, 4), st.integers(1, 4))


def samples(letters: str) -> list[Sample]:
    return [
        Sample(START + timedelta(seconds=30 * n), LETTERS[letter], Reason.TIMEOUT if letter in "DG" else None)
        for n, letter in enumerate(letters)
    ]


def slow(runs: Runs, letters: str) -> str:
    """One letter after the other, with words for each rule."""
    state, told = "?", ""
    for letter in letters:
        if letter == "?":
            continue
        told += letter
        bad, good = told[-runs.to_down :], told[-runs.to_up :]
        if state == "?" and letter != "D":
            state = letter
        elif len(bad) == runs.to_down and set(bad) == {"D"}:
            state = "D"
        elif state != "D" and len(bad) == runs.to_down and "U" not in bad:
            state = "G"
        elif len(good) == runs.to_up and set(good) == {"U"}:
            state = "U"
        elif state == "D" and len(good) == runs.to_up and "D" not in good:
            state = "G"
    return "?" if letters[-1] == "?" else state


@given(rules, results)
def test_results_one_by_one_come_to_what_all_at_once_would(runs: Runs, letters: str) -> None:
    seen: Seen | None = None
    every = samples(letters)
    for end in range(1, len(every) + 1):
        seen = fold(runs, every[max(0, end - runs.looks_back) : end], seen)
    assert seen is not None
    assert seen.last_tick == every[-1].tick
    if letters[-1] != "?" and "?" not in letters[-runs.looks_back :]:
        assert seen.status is LETTERS[slow(runs, letters)]


@given(rules, st.text("UGD?", min_size=1, max_size=20), st.randoms())
def test_whatever_order_they_come_in_they_come_to_the_same(runs: Runs, letters: str, random: object) -> None:
    every = samples(letters)
    shuffled = sorted(every, key=lambda _: random.random())  # type: ignore[attr-defined] # Hypothesis's own generator
    seen, known = None, list[Sample]()
    for sample in shuffled:
        known = sorted([*known, sample], key=lambda s: s.tick)
        seen = fold(runs, known, seen)
    assert seen == fold(runs, every)
    assert seen.status is LETTERS[slow(runs, letters)]


@pytest.mark.parametrize(
    ("letters", "status", "since"),
    [
        ("UUUD", "U", 0),
        ("UUUDD", "D", 3),
        ("UUDDU", "D", 2),
        ("UUDDUU", "U", 4),
        ("UUDUD", "U", 0),
        ("D", "?", 0),
        ("DU", "U", 1),
        ("UUGG", "G", 2),
        ("UDG", "G", 1),
        ("DDGG", "G", 2),
        ("DDGU", "G", 2),
        ("UU?", "?", 2),
        ("UUD?D", "D", 2),
    ],
)
def test_it_takes_two_of_two(letters: str, status: str, since: int) -> None:
    seen = fold(Runs(2, 2), samples(letters))
    assert (seen.status, seen.since) == (LETTERS[status], samples(letters)[since].tick)


def test_the_reason_is_that_of_what_it_is() -> None:
    assert fold(Runs(2, 2), samples("DDU")).last_reason is Reason.TIMEOUT
    assert fold(Runs(2, 2), samples("DDUU")).last_reason is None


@pytest.mark.parametrize(
    ("results", "status"),
    [
        ("U0 U60 D120 D121 D124", "U"),
        ("U0 U60 D120 D124 D125", "D"),
        ("U0 U60 D120 ?121 D122", "U"),
        ("U0 U60 D120 U121 D122 D123", "U"),
        ("U0 D60 D120 U180 U181 U184", "D"),
        ("U0 D60 D120 U180 U181 U190", "U"),
        ("U0 G60 D61 D63", "G"),
    ],
)
def test_results_alike_within_one_look_are_one(results: str, status: str) -> None:
    told = [Sample(START + timedelta(seconds=int(r[1:])), LETTERS[r[0]], Reason.TIMEOUT) for r in results.split()]
    assert fold(Runs(2, 2), told).status is LETTERS[status]
