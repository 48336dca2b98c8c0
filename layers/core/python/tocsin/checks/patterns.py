"""Regular expressions that users write, by RE2: time linear in the text, and bounded in what one may cost.

RE2 works through a text at the speed of reading it; only where its automaton outgrows its memory does it fall back to
stepping through the program for each byte. `WORK` bounds that case, and a thread takes it off the event loop: RE2
lets go of the interpreter meanwhile.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

import re2

MAX_PROGRAM: Final = 5_000
"""Instructions: some hundred characters with ordinary repetitions; a class like \\pL alone takes twelve hundred."""
MEMORY: Final = 1 << 20
WORK: Final = 200_000_000
"""Instructions times bytes that one search may cost: two seconds in the worst case."""
AT_ONCE: Final = 500_000
"""So little is done where it is, without a thread: milliseconds in the worst case."""


class BadPattern(ValueError):
    """An expression is refused, and why, in words that follow its name."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled expression."""

    compiled: "re2._Regexp"  # pyright: ignore[reportPrivateUsage] - it has no other name
    size: int

    @property
    def reach(self) -> int:
        """How many bytes may be searched."""
        return WORK // self.size

    async def found_in(self, text: bytes) -> bool:
        """Whether it matches somewhere in at most `reach` bytes of a text."""
        text = text[: self.reach]
        if self.size * len(text) <= AT_ONCE:
            return self.compiled.search(text) is not None
        return await asyncio.get_running_loop().run_in_executor(pool(), self.compiled.search, text) is not None


@lru_cache(maxsize=256)
def of_text(expression: str) -> Pattern:
    """Of an expression over UTF-8. Raises BadPattern."""
    return _compiled(expression.encode(), "UTF8")


@lru_cache(maxsize=256)
def of_bytes(expression: str) -> Pattern:
    """Of an expression over bytes, each a character of Latin-1. Raises BadPattern."""
    try:
        return _compiled(expression.encode("latin-1"), "LATIN1")
    except UnicodeEncodeError:
        # Characters beyond Latin-1 are looked for as the bytes of their UTF-8.
        return _compiled(expression.encode(), "LATIN1")


@cache
def pool() -> ThreadPoolExecutor:
    """Where what takes longer is thought over: two at a time, so that much of it keeps neither core from the checks."""
    return ThreadPoolExecutor(2, thread_name_prefix="assertions")


def _compiled(expression: bytes, encoding: Literal["UTF8", "LATIN1"]) -> Pattern:
    options = re2.Options()
    options.max_mem = MEMORY
    options.log_errors = False
    options.never_capture = True
    options.encoding = getattr(re2.Options.Encoding, encoding)
    try:
        found = re2.compile(expression, options)
    except re2.error as error:
        raise BadPattern(_said(error)) from None
    size = max(found.programsize, found.reverseprogramsize, 1)
    if size > MAX_PROGRAM:
        raise BadPattern(f"is too large: {size:,} steps, of which {MAX_PROGRAM:,} are possible")
    return Pattern(found, size)


def _said(error: re2.error) -> str:
    told: object = error.args[0] if error.args else ""
    said = told.decode(errors="replace") if isinstance(told, bytes) else str(told)
    return f"is no RE2 expression ({said[:200] or 'RE2 does not say why'})"
