"""An organization's colour on its page, as a stylesheet of the page's own: the policy of pages allows no inline style.

A colour that could not be read on the page's grounds is not used, whoever let it in.
"""

import re
from typing import Final

from tocsin.contracts.page_snapshot import PageTheme
from tocsin.domain.contrast import DARK_GROUNDS, LIGHT_GROUNDS, contrast, is_readable

COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
INKS: Final = ("#ffffff", "#0d1015")
"""What is written on a button of the colour."""


def stylesheet(theme: PageTheme) -> str:
    """The page's own stylesheet; empty where it has no colour that can be used."""
    light = _rule(theme.accent, LIGHT_GROUNDS)
    dark = _rule(theme.accent_dark, DARK_GROUNDS)
    schemes = (("light", light), ("dark", dark))
    return "".join(f"@media (prefers-color-scheme:{scheme}){{{rule}}}" for scheme, rule in schemes if rule)


def _rule(colour: str | None, grounds: tuple[str, ...]) -> str:
    if colour is None or not COLOUR.fullmatch(colour):
        return ""
    if not is_readable(colour, grounds):
        return ""
    ink = max(INKS, key=lambda ink: contrast(colour, ink))
    return f":root{{--accent:{colour};--on-accent:{ink}}}"
