"""What an assertion asks of the values that a path selects: one of them must be so, or none for `not_equals`."""

import asyncio
import json
from typing import Final

from tocsin.checks import json_paths, patterns
from tocsin.checks.attempt import Failed
from tocsin.contracts.monitor_spec import JsonAssertion
from tocsin.domain.monitor import CheckStatus, Reason

SMALL: Final = 4_096
"""Bytes of a document in which a path that selects one value is followed at once, without a thread."""
SHOWN: Final = 3


async def holds(asserted: JsonAssertion, document: object, size: int) -> tuple[bool, str]:
    """Whether it is so, and what was selected, to be told. `size` is the document's, in bytes. Raises Failed."""
    try:
        path = json_paths.compiled(asserted.path)
        if size <= SMALL and path.singular_query():
            found = json_paths.select(path, document)
        else:
            loop = asyncio.get_running_loop()
            found = await loop.run_in_executor(patterns.pool(), json_paths.select, path, document)
        pattern = patterns.of_text(str(asserted.value)) if asserted.comparison == "matches" else None
    except (json_paths.BadPath, patterns.BadPattern) as error:
        raise Failed(Reason.BAD_CONFIGURATION, f"{asserted.path[:120]} {error}.", CheckStatus.UNKNOWN) from None
    except json_paths.TooMuch:
        detail = f"{asserted.path[:120]} takes too many steps in this document."
        raise Failed(Reason.UNEXPECTED_ANSWER, detail) from None
    told = ", ".join(shown(value) for value in found[:SHOWN]) or "nothing"
    if pattern is not None:
        text = "\n".join(shown(value) for value in found) if len(found) == 1 else None
        if text is not None:
            return await pattern.found_in(text.encode(errors="replace")), told
        return any([await pattern.found_in(shown(value).encode(errors="replace")) for value in found]), told
    return _plain(asserted, found), told


def shown(value: object) -> str:
    """A text as it is, anything else as JSON; nothing for what isn't there."""
    if value is None:
        return "null"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)[:10_000]


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
