"""The rows of the demo by table, as they come together."""

from dataclasses import dataclass, field

type Row = dict[str, object]


@dataclass(slots=True)
class Rows:
    """Rows by table; all of a table have the same columns."""

    tables: dict[str, list[Row]] = field(default_factory=dict[str, list[Row]])

    def add(self, table: str, **row: object) -> None:
        """Add a row."""
        self.tables.setdefault(table, []).append(row)
