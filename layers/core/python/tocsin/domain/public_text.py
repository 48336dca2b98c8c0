"""What a text for the public may hold: any letters of any direction, and nothing unseen or that turns lines round.

Overrides and isolates (UAX #9) could make a line read as another one; right-to-left letters need none of them.
"""

import unicodedata
from typing import Final

TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Embeddings, overrides and isolates; the marks U+200E and U+200F turn nothing round and may stay."""

UNSEEN: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})


def plain(text: str) -> str:
    """The text with its ends of lines as line feeds, and no spaces around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def problem(text: str, *, is_line: bool) -> str | None:
    """Why a text can't be shown to the public, and what would be right; none when it can. A line has no line feeds."""
    kept = "" if is_line else "\n\t"
    for place, letter in enumerate(text):
        if letter in TURNING:
            return f"holds U+{ord(letter):04X} at {place}, which turns text round; leave it out"
        if unicodedata.category(letter) in UNSEEN and letter not in kept:
            what = "must be one line" if letter in "\n\t" else "must hold no control characters"
            return f"{what}: U+{ord(letter):04X} at {place}"
    if text and all(unicodedata.category(letter) in UNSEEN | {"Cf", "Zs"} for letter in text):
        return "must hold something that can be seen"
    return None


def shortened(text: str, most: int) -> str:
    """The text, at most so many characters long, with an ellipsis where it was cut."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
