"""Rows as a file: CSV for spreadsheets, JSON lines for programs, cut where an answer would get too large."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import Final

from pydantic import BaseModel

MAX_BYTES: Final = 4_000_000
"""Lambda answers at most 6 MB, in JSON, where a quote takes two bytes."""
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for a formula (OWASP, CSV injection)."""


class FileFormat(StrEnum):
    """What an export is written as."""

    CSV = "csv"
    JSON_LINES = "jsonl"


CONTENT_TYPES: Final = {
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.JSON_LINES: "application/x-ndjson",
}


def write[R: BaseModel](
    model: type[R], rows: Sequence[R], file_format: FileFormat, *, has_heading: bool
) -> tuple[str, int]:
    """The rows as text, and how many of them went in: at least one, and no more than make MAX_BYTES.

    A CSV begins with its column names, the fields of the model, if it has a heading, so that pages can be put together.
    """
    line_of: Callable[[R], str] = _csv if file_format is FileFormat.CSV else _json_line
    lines = [_cells(tuple(model.model_fields))] if has_heading and file_format is FileFormat.CSV else []
    size, written = 0, 0
    for line in map(line_of, rows):
        size += len(line.encode())
        if written and size > MAX_BYTES:
            break
        lines.append(line)
        written += 1
    return "".join(lines), written


def _json_line(row: BaseModel) -> str:
    return row.model_dump_json() + "\n"


def _csv(row: BaseModel) -> str:
    return _cells(list(_texts(row)))


def _texts(row: BaseModel) -> Iterator[str]:
    for value in row.model_dump(mode="json").values():
        text = value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)
        yield f"'{text}" if text.startswith(FORMULA) else text


def _cells(texts: Sequence[str]) -> str:
    file = io.StringIO()
    csv.writer(file).writerow(texts)
    return file.getvalue()
