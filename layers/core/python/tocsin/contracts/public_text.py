"""Texts that callers give for the public: HTML stays text, and nothing in them is unseen or turns lines round."""

from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, StringConstraints

from tocsin.domain.public_text import plain, problem
from tocsin.domain.status_report import MAX_BODY, MAX_TITLE

MAX_NAME: Final = 120
MAX_DESCRIPTION: Final = 2_000


def _tidy(value: object) -> object:
    return plain(value) if isinstance(value, str) else value


def _line(text: str) -> str:
    return _checked(text, is_line=True)


def _text(text: str) -> str:
    return _checked(text, is_line=False)


def _checked(text: str, *, is_line: bool) -> str:
    found = problem(text, is_line=is_line)
    if found is not None:
        raise ValueError(found)
    return text


PublicTitle = Annotated[
    str, BeforeValidator(_tidy), StringConstraints(min_length=1, max_length=MAX_TITLE), AfterValidator(_line)
]
"""One line, without spaces around it."""
PublicBody = Annotated[
    str, BeforeValidator(_tidy), StringConstraints(min_length=1, max_length=MAX_BODY), AfterValidator(_text)
]
"""Paragraphs of plain text."""
PublicName = Annotated[
    str, BeforeValidator(_tidy), StringConstraints(min_length=1, max_length=MAX_NAME), AfterValidator(_line)
]
"""One line that something is called by."""
PublicDescription = Annotated[
    str, BeforeValidator(_tidy), StringConstraints(max_length=MAX_DESCRIPTION), AfterValidator(_text)
]
"""A paragraph of plain text, or none."""
