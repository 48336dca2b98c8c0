"""What a command prints: tables for people, JSON lines for programs."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.failures import Failure

WIDE: Final = 10_000
STYLES: Final = {
    "triggered": "bold red",
    "acknowledged": "yellow",
    "resolved": "green",
    "critical": "bold red",
    "error": "red",
    "warning": "yellow",
    "up": "green",
    "degraded": "yellow",
    "down": "bold red",
    "unknown": "dim",
    "operational": "green",
    "degraded_performance": "yellow",
    "partial_outage": "red",
    "major_outage": "bold red",
    "under_maintenance": "blue",
    "revoked": "dim",
    "expired": "dim",
}
CONTROLS: Final = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0)) if code not in {0x09, 0x0A}}
"""What could move a terminal's cursor, or rename its window: shown, never obeyed."""


class Output:
    """Standard output and standard error of one command."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json: Final = as_json
        # made for each command, so that what is no terminal by then gets no colours, and lines that nothing folds
        width = None if sys.stdout.isatty() else WIDE
        self._out: Final = Console(width=width, highlight=False, emoji=False)
        self._errors: Final = Console(stderr=True, soft_wrap=True, highlight=False, emoji=False)

    def items(self, found: Iterable[Mapping[str, Any]], columns: Sequence[str], *, none: str) -> None:
        """A list: a line of JSON for each item, or a table of these fields."""
        if self.as_json:
            for item in found:
                self._json(item)
            return
        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in columns:
            table.add_column(_label(column), overflow="fold")
        for item in found:
            table.add_row(*(self._cell(column, item.get(column)) for column in columns))
        if table.row_count:
            self._out.print(table)
        else:
            self.note(none)

    def item(self, found: Mapping[str, Any], fields: Sequence[str]) -> None:
        """One thing: a line of JSON, or these fields below each other, without those that are not set."""
        if self.as_json:
            self._json(found)
            return
        table = Table(box=None, pad_edge=False, show_header=False)
        table.add_column(style="bold", no_wrap=True)
        table.add_column(overflow="fold")
        for field in fields:
            if found.get(field) is not None:
                table.add_row(_label(field), self._cell(field, found[field]))
        self._out.print(table)

    def document(self, found: Mapping[str, Any]) -> None:
        """One thing as JSON to be edited, a line for each field; with --json in one line."""
        if self.as_json:
            self._json(found)
        else:
            sys.stdout.write(f"{json.dumps(found, indent=2)}\n")

    def done(self, found: Mapping[str, Any], said: str) -> None:
        """What was done: the JSON of what it left, or a sentence."""
        if self.as_json:
            self._json(found)
        else:
            self._out.print(Text(clean(said)))

    def secret(self, found: Mapping[str, Any], secret: str, said: str) -> None:
        """Something that is shown this once: alone on standard output, the words about it on standard error."""
        if self.as_json:
            self._json(found)
            return
        self.note(said)
        self._out.print(Text(clean(secret)), soft_wrap=True)

    def line(self, text: str) -> None:
        """A line for people; nothing with --json."""
        if not self.as_json:
            self._out.print(Text(clean(text)))

    def note(self, text: str) -> None:
        """A line about the command itself, on standard error; nothing with --json."""
        if not self.as_json:
            self._errors.print(Text(clean(text), style="dim"))

    def alarm(self, text: str) -> None:
        """What nobody may overlook, on standard error."""
        if self.as_json:
            sys.stderr.write(f"{json.dumps({'warning': text})}\n")
        else:
            self._errors.print(Text(clean(text), style="bold white on red"))

    def failure(self, failure: Failure) -> None:
        """Why the command ends here, on standard error."""
        if self.as_json:
            sys.stderr.write(f"{json.dumps(failure.as_json())}\n")
            return
        self._errors.print(Text(clean(f"tocsin: {failure}"), style="red"))
        for field, reason in failure.fields.items():
            self._errors.print(Text(clean(f"  {field}: {reason}"), style="red"))

    def _json(self, value: Mapping[str, Any]) -> None:
        sys.stdout.write(f"{json.dumps(value)}\n")

    def _cell(self, field: str, value: object) -> Text:
        if value is None:
            return Text("")
        if isinstance(value, bool):
            return Text("yes" if value else "no")
        if isinstance(value, list):
            return Text(", ".join(clean(str(part)) for part in value))  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - JSON
        if isinstance(value, str) and (field in {"at", "since"} or field.endswith("_at")):
            return Text(instant(value))
        text = clean(str(value))
        return Text(text, STYLES.get(text, ""))


def _label(field: str) -> str:
    return field.removesuffix("_at").removesuffix("_name").replace("_", " ")


def instant(text: str) -> str:
    """An instant of the API, to the second and in UTC."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return clean(text)
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%SZ")


def clean(text: str) -> str:
    """A text of others, which a terminal only shows."""
    return text.translate(CONTROLS)
