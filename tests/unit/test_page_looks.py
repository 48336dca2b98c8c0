"""Colours that can be read, and slugs that can be had."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.domain import page_slug
from tocsin.domain.contrast import DARK_GROUNDS, LIGHT_GROUNDS, READABLE, contrast, is_readable, least_contrast, nearest

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
grounds = st.sampled_from([LIGHT_GROUNDS, DARK_GROUNDS])


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast("#ff0000", "#ffffff") == pytest.approx(3.998, abs=0.001)


@given(colours, colours)
def test_contrast_is_symmetric_and_within_bounds(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.0001


@given(colours, grounds)
def test_the_nearest_colour_can_be_read_and_one_that_can_stays(colour: str, on: tuple[str, ...]) -> None:
    found = nearest(colour, on)
    assert least_contrast(found, on) >= READABLE
    assert (found == colour) == is_readable(colour, on)


def test_the_nearest_colour_keeps_its_hue() -> None:
    assert nearest("#ffd400", LIGHT_GROUNDS) == "#866f00"
    assert nearest("#00208f", DARK_GROUNDS) == "#5178ff"


def test_slugs() -> None:
    for slug in ("acme", "a1b", "acme-corp-2", "a" * 63, "0-0"):
        assert page_slug.problem(slug) is None
    for slug in ("ab", "a" * 64, "-ab", "ab-", "aB1", "a_b", "a b", "ab\n", "", "éta", "xn--abc", *page_slug.RESERVED):
        assert page_slug.problem(slug) is not None
