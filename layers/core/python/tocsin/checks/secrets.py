"""A monitor's secrets: put in the place of their `{{name}}`, and taken out again of whatever is told."""

import base64
import html
import json
import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Final
from urllib.parse import quote, quote_plus

from tocsin.checks.attempt import Failed
from tocsin.checks.review_secrets import PLACEHOLDER
from tocsin.domain.monitor import CheckStatus, Reason

HIDDEN: Final = "[secret]"
SHORT: Final = 4
"""A secret with fewer characters would be found everywhere: then nothing that others wrote is quoted."""
WINDOW: Final = 8_000


class Secrets:
    """The secrets of one check, and what else must not be told (a password written into the configuration)."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self._told = {value for value in values.values() if value}

    def fill(self, text: str, spell: Callable[[str], str] = str) -> str:
        """Put values in their places, each spelled as the place needs it. Raises Failed for one that isn't there."""
        if "{{" not in text:
            return text
        return PLACEHOLDER.sub(lambda found: spell(self._value(found[1])), text)

    def hide(self, value: str) -> None:
        """Take this out of whatever is told, too."""
        if value:
            self._told.add(value)

    def quote(self, text: str, most: int) -> str:
        """What others wrote, without secrets and control characters, at most so long; nothing if it can't be told."""
        if not text or any(len(value) < SHORT for value in self._told):
            return ""
        shown = self.redact(text[:WINDOW])
        if len(text) > WINDOW and self._told:
            shown = shown[: -max(map(len, self._told)) * 6]
        return "".join(c if c.isprintable() or c in "\n\t" else " " for c in shown[:most]).strip()

    def redact(self, text: str) -> str:
        """Without secrets, however they are escaped."""
        return self._forms.sub(HIDDEN, text) if self._told else text

    def _value(self, name: str) -> str:
        try:
            return self._values[name]
        except KeyError:
            detail = f"There is no secret called {name}."
            raise Failed(Reason.BAD_CONFIGURATION, detail, CheckStatus.UNKNOWN) from None

    @cached_property
    def _forms(self) -> re.Pattern[str]:
        found: set[str] = set()
        for value in self._told:
            if len(value) >= SHORT:
                found |= set(_spellings(value))
        ordered = sorted(found, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, ordered)) or r"(?!)", re.IGNORECASE)


def _spellings(value: str) -> list[str]:
    coded = base64.b64encode(value.encode()).decode()
    return [
        value,
        quote(value, safe=""),
        quote(value),
        quote_plus(value),
        html.escape(value),
        json.dumps(value)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
        json.dumps(value)[1:-1].replace("/", r"\/"),
        coded,
        coded.rstrip("="),
        coded.translate({43: "-", 47: "_"}).rstrip("="),
        value.encode().hex(),
    ]
