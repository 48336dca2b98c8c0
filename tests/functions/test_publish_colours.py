"""The colours of web/status/status.css against each other, in light and dark, as WCAG 2.2 asks (1.4.3, 1.4.11)."""

import re

import pytest

from functions.publish.pages.badges import COLOURS
from tests.repository.tree import ROOT
from tocsin.domain.contrast import DARK_GROUNDS, LIGHT_GROUNDS, contrast

STATES = ["green", "yellow", "orange", "red", "blue", "grey"]
TEXT, DRAWN = 4.5, 3


def colours(scheme: str) -> dict[str, str]:
    """The colours of a scheme by their names; dark goes over light."""
    sheet = (ROOT / "web/status/status.css").read_text()
    light, dark = re.findall(r":root \{([^}]*)\}", sheet)[:2]
    found = re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light if scheme == "light" else light + dark)
    return dict(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_drawings_can_be_told_from_what_they_stand_on(scheme: str) -> None:
    known = colours(scheme)
    pairs = [(text, ground, TEXT) for text in ("text", "soft", "accent") for ground in ("page", "card")]
    pairs += [("on-accent", "accent", TEXT), ("card", "text", TEXT)]
    for state in STATES:
        wash = f"{state}-wash"
        pairs += [(f"{state}-ink", ground, TEXT) for ground in ("page", "card", wash)]
        pairs += [(text, wash, TEXT) for text in ("text", "soft")]
        pairs += [(state, ground, DRAWN) for ground in ("page", "card", wash)]
    ratios = {f"{one} on {other}": (contrast(known[one], known[other]), least) for one, other, least in pairs}
    assert {pair: ratio for pair, (ratio, least) in ratios.items() if ratio < least} == {}


def test_the_grounds_that_given_colours_are_checked_against_are_those_of_the_page() -> None:
    for scheme, grounds in (("light", LIGHT_GROUNDS), ("dark", DARK_GROUNDS)):
        known = colours(scheme)
        assert {known["page"], known["card"]} == set(grounds)


def test_white_letters_can_be_read_on_every_badge() -> None:
    assert {status: ratio for status, c in COLOURS.items() if (ratio := contrast("#ffffff", c)) < TEXT} == {}
