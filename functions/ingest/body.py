"""The body of a request as JSON that PostgreSQL can store, or the reason why it is none.

RFC 8259 to the letter: UTF-8, no NaN or Infinity. U+0000 and unpaired surrogates, which JSON may write as escapes
and jsonb refuses, become U+FFFD; numbers beyond a 64-bit integer or a double are kept as text.
"""

import json
import re
from collections.abc import Iterable
from typing import Final, Never

MAX_DEPTH: Final = 64
REPLACEMENT: Final = "\ufffd"
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
_INT64_DIGITS: Final = 19

type Json = bool | int | float | str | list[Json] | dict[str, Json] | None


class Malformed(Exception):
    """The body is not JSON that can be taken in; the text says where and why."""


def parse(raw: bytes) -> Json:
    """Parse a body; raises Malformed and nothing else."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Malformed(f"the body is not valid UTF-8 at byte {error.start}") from error
    if not text.strip():
        raise Malformed("the body is empty")
    try:
        value: Json = json.loads(text, parse_constant=_refuse, parse_int=_integer, parse_float=_real)
    except RecursionError as error:
        raise _too_deep() from error
    except json.JSONDecodeError as error:
        raise Malformed(f"{error.msg} at line {error.lineno}, column {error.colno}") from error
    _check_depth(value)
    # only an escape can write what UTF-8 can't
    return _clean(value) if "\\u" in text else value


def clean_text(text: str) -> str:
    """Replace what PostgreSQL can't store in a text."""
    return _UNSTORABLE.sub(REPLACEMENT, text)


def kind(value: Json) -> str:
    """What a JSON value is, for an error message."""
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case int() | float():
            return "a number"
        case str():
            return "a string"
        case list():
            return "a list"
        case dict():
            return "an object"


def cut(text: str, length: int) -> str:
    """Cut a text to a length in characters, showing that it was cut."""
    return text if len(text) <= length else text[: length - 1] + "…"


def _too_deep() -> Malformed:
    return Malformed(f"the body is nested deeper than {MAX_DEPTH} levels")


def _refuse(name: str) -> Never:
    raise Malformed(f"{name} is not a JSON number")


def _integer(text: str) -> int | str:
    if len(text) > _INT64_DIGITS + 1:
        return text
    value = int(text)
    return value if -(2**63) <= value < 2**63 else text


def _real(text: str) -> float | str:
    value = float(text)
    return text if value in (float("inf"), float("-inf")) else value


def _check_depth(value: Json) -> None:
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        level = [item for outer in level if isinstance(outer, list | dict) for item in _items(outer)]
        if not level:
            return
    raise _too_deep()


def _items(value: list[Json] | dict[str, Json]) -> Iterable[Json]:
    return value.values() if isinstance(value, dict) else value


def _clean(value: Json) -> Json:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {clean_text(name): _clean(item) for name, item in value.items()}
    return value
