"""Rows on their way into a statement: as JSON, of which `json_to_recordset` makes a table again, with its types."""

import json
from collections.abc import Sequence
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def recordset(rows: Sequence["DataclassInstance"]) -> str:
    """Rows of one class as a JSON list of objects; a quarter of what an array a column costs to send."""
    if not rows:
        return "[]"
    names = _names(type(rows[0]))
    return json.dumps([{name: getattr(row, name) for name in names} for row in rows], default=str)


@cache
def _names(kind: type["DataclassInstance"]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
