"""Rows of tables of days, written here and not by a template's loop: a page may have tens of thousands of them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from markupsafe import Markup, escape

from functions.publish.pages.bars import Run
from functions.publish.pages.words import Words

NOTHING: Final = "\u2013"
"""In the place of an uptime of which nothing is known."""


class DayRows:
    """Writes the rows of one page, whose components are much alike: what was once put into words is kept."""

    def __init__(self, words: Words, states: Mapping[str, Markup]) -> None:
        """`states` are what is shown of each state."""
        self._words, self._states = words, states
        self._days: dict[tuple[date, date], str] = {}
        self._shares: dict[float | None, str] = {None: NOTHING}

    def render(self, runs: Iterable[Run]) -> Markup:
        """A row for each run of days: which, what they were, their uptime."""
        return Markup("".join(map(self._row, runs)))  # noqa: S704 - every part of a row is escaped

    def _row(self, run: Run) -> str:
        days = self._days.get((run.first, run.last))
        if days is None:
            days = self._days[run.first, run.last] = str(escape(self._words.days(run.first, run.last)))
        share = self._shares.get(run.uptime)
        if share is None:
            share = self._shares[run.uptime] = str(escape(self._words.percent(run.uptime or 0)))
        details = f' <span class="details">{escape(run.details)}</span>' if run.details else ""
        return (
            f'<tr><th scope="row">{days}</th><td><span>{self._states[run.state]}{details}</span></td>'
            f"<td>{share}</td></tr>\n"
        )
