"""Pages of a list: opaque cursors that say where the next one begins."""

import base64
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from tocsin.errors import FieldProblem, Invalid

DEFAULT_LIMIT: Final = 50
MAX_LIMIT: Final = 200


def instant(cursor: str | None) -> tuple[datetime, UUID] | None:
    """The (instant, id) a cursor stands for; raises Invalid."""
    if cursor is None:
        return None
    text, item_id = _read(cursor)
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise _unknown() from error
    if at.tzinfo is None:
        raise _unknown()
    return at, item_id


def name(cursor: str | None) -> tuple[str, UUID] | None:
    """The (name, id) a cursor stands for; raises Invalid."""
    return None if cursor is None else _read(cursor)


def instant_and_name(cursor: str | None) -> tuple[datetime, str] | None:
    """The (instant, name) that a cursor of `after_instant_and_name` stands for; raises Invalid."""
    if cursor is None:
        return None
    at, _, name = _read(cursor)[0].partition(" ")
    try:
        found = datetime.fromisoformat(at)
    except ValueError as error:
        raise _unknown() from error
    if found.tzinfo is None or not name:
        raise _unknown()
    return found, name


def after_instant_and_name(at: datetime, name: str) -> tuple[str, UUID]:
    """What `cut` makes a cursor of where rows are told apart by an instant and a name."""
    return f"{at.isoformat()} {name}", UUID(int=0)


def at_name(place: tuple[str, UUID]) -> str:
    """The cursor that stands for a (name, id)."""
    return _write(*place)


def cut[T](
    items: Sequence[T], limit: int, key: Callable[[T], tuple[datetime | str, UUID]]
) -> tuple[list[T], str | None]:
    """A page out of items that were asked for one beyond its limit, and the cursor of the next page, if any."""
    page = list(items[:limit])
    return page, (_write(*key(page[-1])) if len(items) > limit else None)


def _write(position: datetime | str, item_id: UUID) -> str:
    text = position if isinstance(position, str) else position.isoformat()
    return base64.urlsafe_b64encode(json.dumps([text, item_id.hex]).encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[str, UUID]:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        text, item_id = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if "\x00" in text or not text.encode():
            raise _unknown()
        return text, UUID(item_id)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise _unknown() from error


def _unknown() -> Invalid:
    problem = FieldProblem("query.cursor", "is not a cursor of ours; leave it out to begin at the first page")
    return Invalid("The request can't be used as it is.", [problem])
