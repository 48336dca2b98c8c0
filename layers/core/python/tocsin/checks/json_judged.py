"""What an assertion asks of the values that a path selects: one of them must be so, or none for `not_equals`."""

import asyncio
import json
from functools import partial
from typing import Final

from jsonpath import JSONPath

from tocsin.checks import json_paths, patterns
from tocsin.checks.attempt import Failed
from tocsin.contracts.monitor_spec import JsonAssertion
from tocsin.domain.monitor import CheckStatus, Reason

SMALL: Final = 4_096
"""Bytes of a document in which a path that selects one value is followed at once, without a thread."""
SHOWN: Final = 3
MAX_SHOWN: Final = 10_000
MAX_SEARCHED: Final = 2_000_000
"""Characters of all selected values together: a document has fewer, but each of its arrays could be selected apart."""
PER_VALUE: Final = 100
"""Bytes: what searching a value costs however short it is."""


async def holds(asserted: JsonAssertion, document: object, size: int) -> tuple[bool, str]:
    """Whether it is so, and what was selected, to be told. `size` is the document's, in bytes. Raises Failed."""
    try:
        path = json_paths.compiled(asserted.path)
        pattern = patterns.of_text(str(asserted.value)) if asserted.comparison == "matches" else None
        is_little = pattern is None or pattern.size * size <= patterns.AT_ONCE
        judge = partial(_judged, asserted, path, pattern, document)
        if size <= SMALL and is_little and path.singular_query():
            return judge()
        return await asyncio.get_running_loop().run_in_executor(patterns.pool(), judge)
    except (json_paths.BadPath, patterns.BadPattern) as error:
        raise Failed(Reason.BAD_CONFIGURATION, f"{asserted.path[:120]} {error}.", CheckStatus.UNKNOWN) from None
    except json_paths.TooMuch:
        detail = f"{asserted.path[:120]} takes too many steps in this document."
        raise Failed(Reason.UNEXPECTED_ANSWER, detail) from None


def shown(value: object) -> str:
    """A text as it is, anything else as JSON, of which the beginning; nothing for what isn't there."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return value
    if not isinstance(value, dict | list):
        return json.dumps(value)
    pieces: list[str] = []
    length = 0
    for piece in json.JSONEncoder(ensure_ascii=False).iterencode(value):
        pieces.append(piece)
        length += len(piece)
        if length >= MAX_SHOWN:
            break
    return "".join(pieces)[:MAX_SHOWN]


def _judged(
    asserted: JsonAssertion, path: JSONPath, pattern: patterns.Pattern | None, document: object
) -> tuple[bool, str]:
    found = json_paths.select(path, document)
    told = ", ".join(shown(value)[:MAX_SHOWN] for value in found[:SHOWN]) or "nothing"
    return (_plain(asserted, found) if pattern is None else _matches(pattern, found)), told


def _matches(pattern: patterns.Pattern, found: list[object]) -> bool:
    """Raises TooMuch before it has cost more than one search may."""
    work = searched = 0
    for value in found:
        text = shown(value).encode(errors="replace")
        searched += len(text)
        work += pattern.size * (len(text) + PER_VALUE)
        if work > patterns.WORK or searched > MAX_SEARCHED:
            raise json_paths.TooMuch
        if pattern.compiled.search(text) is not None:
            return True
    return False


def _plain(asserted: JsonAssertion, found: list[object]) -> bool:
    wanted = asserted.value
    match asserted.comparison:
        case "exists":
            return bool(found)
        case "not_exists":
            return not found
        case "not_equals":
            return bool(found) and not any(_same(value, wanted) for value in found)
        case "contains":
            return any(_contains(value, wanted) for value in found)
        case "less_than":
            return any(_number(value) and _number(wanted) and value < wanted for value in found)  # pyright: ignore - numbers
        case "greater_than":
            return any(_number(value) and _number(wanted) and value > wanted for value in found)  # pyright: ignore - numbers
        case _:
            return any(_same(value, wanted) for value in found)


def _same(value: object, wanted: object) -> bool:
    """Python holds True for 1; JSON does not."""
    return isinstance(value, bool) == isinstance(wanted, bool) and value == wanted


def _contains(value: object, wanted: object) -> bool:
    if isinstance(value, str):
        return isinstance(wanted, str) and wanted in value
    return isinstance(value, list) and any(_same(each, wanted) for each in value)  # pyright: ignore - of JSON


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
