"""Labels: what events say of themselves beyond their summary, in one flat form whatever protocol they came by."""

import json
from collections.abc import Iterator, Mapping
from typing import Final, cast

MAX_LABELS: Final = 64
MAX_TEXT: Final = 1_000
MAX_NAME: Final = 200
SOURCES: Final = ("labels", "custom_details", "details", "component", "group", "class")
"""Fields of a kept payload that become labels: of Alertmanager, of the Events API in both versions, of JSON posts."""


def labels(payload: Mapping[str, object]) -> dict[str, str]:
    """The labels of an event: objects field by field, anything else under its own name; the first of a name counts.

    Texts stay as they are, cut at 1,000 characters; true, false, numbers, lists and objects become JSON. 64 are kept.
    """
    found: dict[str, str] = {}
    for source in SOURCES:
        for name, text in _entries(source, payload.get(source)):
            if len(found) >= MAX_LABELS:
                return found
            if 0 < len(name) <= MAX_NAME:
                found.setdefault(name, text)
    return found


def covers(wanted: Mapping[str, str], found: Mapping[str, str]) -> bool:
    """Whether labels have all of these, each with this value."""
    return all(found.get(name) == value for name, value in wanted.items())


def _entries(source: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        fields = cast("Mapping[str, object]", value)
        for name, field in fields.items():
            if field is not None:
                yield str(name), _text(field)
    elif value not in (None, "", []):
        yield source, _text(value)


def _text(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text[:MAX_TEXT]
