"""The words of a page in its language, and how that language writes numbers, lengths of time, days and instants.

A language is one file in `words/`: nothing that a reader sees is written anywhere else. Months and patterns are in it
too, since a page needs five forms of a date and no library of all the world's calendars.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

FOLDER: Final = Path(__file__).parent / "words"
LONGEST_UNIT: Final = (("days", 86_400), ("hours", 3_600), ("minutes", 60), ("seconds", 1))


@cache
def catalogue(language: str) -> dict[str, Any]:
    """A language's file: text, one text a plural form, or a list of names by key. Raises FileNotFoundError."""
    return json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Words:
    """A language, and the zone in which days and times are told."""

    language: str
    zone: ZoneInfo

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of a key with its values; where it has plural forms, `count` decides. Raises KeyError."""
        found: str | dict[str, str] = catalogue(self.language)[key]
        text = found if isinstance(found, str) else found["one" if values["count"] == 1 else "other"]
        if isinstance(count := values.get("count"), int):
            values["count"] = self.number(count)
        return text.format(**values) if values else text

    def number(self, value: int) -> str:
        """Digits in groups of three."""
        return f"{value:,}".replace(",", self("thousands"))

    def percent(self, share: float) -> str:
        """A share of 0 to 1 with two digits, never rounded up: 100 % means that nothing was missing."""
        hundredths = int(share * 10_000 + 1e-6)
        text = "100" if hundredths >= 10_000 else f"{hundredths / 100:.2f}"
        return self("percent", number=text)

    def milliseconds(self, value: float) -> str:
        """A latency."""
        return self("milliseconds", count=round(value))

    def duration(self, seconds: float) -> str:
        """A length of time by its two longest units, such as `2 h 5 min`."""
        left, parts = max(0, round(seconds)), list[str]()
        for unit, size in LONGEST_UNIT:
            count, left = divmod(left, size)
            if count:
                parts.append(self(f"duration.{unit}", count=count))
            if len(parts) == 2 or (parts and not count):
                break
        return " ".join(parts) or self("duration.seconds", count=0)

    def list(self, parts: "list[str]") -> str:
        """Several things in a row."""
        return self("list").join(parts)

    def local(self, instant: datetime) -> datetime:
        """An instant in the page's zone."""
        return instant.astimezone(self.zone)

    def zone_name(self, instant: datetime) -> str:
        """How the zone is called at an instant: its letters where it has some, else by its distance from UTC."""
        name = self.local(instant).tzname() or "UTC"
        if name[:1] not in "+-":
            return name
        return f"UTC{name[:3]}:{name[3:]}" if len(name) > 3 else f"UTC{name}"

    def instant(self, instant: datetime) -> str:
        """Day and time."""
        return self._date("date.instant", self.local(instant), self.zone_name(instant))

    def time(self, instant: datetime) -> str:
        """The time of day alone."""
        return self._date("date.time", self.local(instant), self.zone_name(instant))

    def span(self, first: datetime, last: datetime) -> str:
        """From one instant to another: the day once where both are in one, and the zone once where it stays."""
        begin, end = self.local(first), self.local(last)
        if begin.date() == end.date() and begin.utcoffset() == end.utcoffset():
            return self("range", first=self._date("date.begin", begin), last=self.time(last))
        return self("range", first=self.instant(first), last=self.instant(last))

    def day(self, day: date) -> str:
        """A day with its year."""
        return self._date("date.day", day)

    def weekday(self, day: date) -> str:
        """A day with its weekday, in full."""
        return self._date("date.weekday", day)

    def month(self, day: date) -> str:
        """The month that a day is in."""
        return self._date("date.month", day)

    def days(self, first: date, last: date) -> str:
        """One day, or a row of them."""
        if first == last:
            return self.day(last)
        key = "date.short" if first.year == last.year else "date.day"
        if (first.year, first.month) == (last.year, last.month):
            key = "date.number"
        return self("range", first=self._date(key, first), last=self.day(last))

    def _date(self, key: str, at: date, zone: str = "") -> str:
        names = catalogue(self.language)
        return self(
            key,
            day=at.day,
            year=at.year,
            month=names["months"][at.month - 1],
            short=names["months.short"][at.month - 1],
            weekday=names["weekdays"][at.weekday()],
            hour=at.hour if isinstance(at, datetime) else 0,
            minute=at.minute if isinstance(at, datetime) else 0,
            zone=zone,
        )
