"""JSON paths (RFC 9535) that users write, over documents that targets send: bounded in steps, time and memory.

A filter may ask for single values only (`@.a`, `@['b'][0]`, `$.limit`), because the library walks such queries without
telling of its steps; `count` and `value`, which make sense with others only, are left out. `match` and `search` go by
RE2. Everything else of the standard is there, and nothing that the library adds to it.
"""

import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, Final

from jsonpath import JSONPath, JSONPathEnvironment, JSONPathMatch
from jsonpath.exceptions import JSONPathError
from jsonpath.filter import BaseExpression, FilterQuery
from jsonpath.function_extensions import ExpressionType, FilterFunction, Length
from jsonpath.selectors import Filter, IndexSelector, NameSelector, SliceSelector, WildcardSelector

from tocsin.checks import patterns
from tocsin.platform import clock

MAX_STEPS: Final = 50_000
MAX_SECONDS: Final = 1.0
MAX_DEPTH: Final = 200
"""Of a document; the parser refuses deeper ones, so a path never sees any."""
MAX_SELECTED: Final = 10_000
OFTEN: Final = 16
STRETCH_SECONDS: Final = 0.0003
PAUSE_SECONDS: Final = 0.0015
"""After each such stretch the interpreter is left to others: who waits for the network loses it at every call to the
system, and would get it back after 5 ms only.
"""
SEARCH_STEPS: Final = 64
STANDARD: Final = (NameSelector, IndexSelector, SliceSelector, WildcardSelector, Filter)


class BadPath(ValueError):
    """A path is refused, and why, in words that follow its name."""


class TooMuch(Exception):
    """A path takes more steps in a document than one may."""


@dataclass(slots=True)
class _Budget:
    steps: int = 0
    worked: float = 0.0
    stretch_began: float = field(default_factory=clock.seconds)

    def spend(self, steps: int = 1) -> None:
        before = self.steps
        self.steps += steps
        if self.steps > MAX_STEPS:
            raise TooMuch
        if before // OFTEN == self.steps // OFTEN:
            return
        stretch = clock.seconds() - self.stretch_began
        if stretch > STRETCH_SECONDS:
            self.worked += stretch
            if self.worked > MAX_SECONDS:
                raise TooMuch
            time.sleep(PAUSE_SECONDS)
            self.stretch_began = clock.seconds()


class _Spending(threading.local):
    budget: _Budget | None = None

    def spend(self, steps: int = 1) -> None:
        if self.budget is not None:
            self.budget.spend(steps)


_spending = _Spending()


class _Node(JSONPathMatch):
    """A node that counts its children, and keeps neither them nor where it was found (text of any length)."""

    def new_child(self, obj: object, key: int | str) -> "_Node":  # noqa: ARG002 - the library's signature
        _spending.spend()
        return _Node(filter_context={}, obj=obj, parent=None, path="", parts=(), root=self.root)

    def add_child(self, *children: JSONPathMatch) -> None:  # noqa: ARG002 - the library's signature
        return


class _Searches(FilterFunction):
    """`match` (all of a text) and `search` (somewhere in it); an expression that is none matches nothing, by RFC."""

    def __init__(self, *, whole: bool) -> None:
        self._whole = whole

    @property
    def arg_types(self) -> list[ExpressionType]:
        """What the library checks a path by."""
        return [ExpressionType.VALUE, ExpressionType.VALUE]

    @property
    def return_type(self) -> ExpressionType:
        """What the library checks a path by."""
        return ExpressionType.LOGICAL

    def __call__(self, value: object, expression: object) -> bool:
        if not isinstance(value, str) or not isinstance(expression, str):
            return False
        _spending.spend(SEARCH_STEPS)
        try:
            pattern = patterns.of_text(rf"\A(?:{expression})\z" if self._whole else expression)
        except patterns.BadPattern:
            return False
        text = value.encode(errors="replace")
        if len(text) * pattern.size > patterns.AT_ONCE:
            raise TooMuch
        return pattern.compiled.search(text) is not None


class _Environment(JSONPathEnvironment):
    max_recursion_depth = MAX_DEPTH + 50

    def setup_function_extensions(self) -> None:
        self.function_extensions["length"] = Length()
        self.function_extensions["match"] = _Searches(whole=True)
        self.function_extensions["search"] = _Searches(whole=False)

    def is_truthy(self, obj: object) -> bool:
        _spending.spend()  # each child that a filter looks at comes by here
        return super().is_truthy(obj)


@lru_cache(maxsize=512)
def compiled(path: str) -> JSONPath:
    """Read a path. Raises BadPath."""
    try:
        found = _environment().compile(path)
    except (JSONPathError, RecursionError, ValueError, IndexError, KeyError) as error:
        told = str(error).partition("\n")[0] or "it is nested too deep"
        raise BadPath(f"is no path of RFC 9535 ({told[:200]})") from None
    if not isinstance(found, JSONPath):
        raise BadPath("is no path of RFC 9535 (it joins several)")
    _vet(found)
    return found


def select(path: JSONPath, document: object) -> list[object]:
    """What a path selects in a parsed document. Raises TooMuch."""
    _spending.budget = _Budget()
    try:
        root: Any = document
        nodes: Iterable[JSONPathMatch] = [
            _Node(filter_context={}, obj=document, parent=None, path="", parts=(), root=root)
        ]
        for segment in path.segments:
            nodes = segment.resolve(nodes)
        found: list[object] = []
        for node in nodes:
            found.append(node.obj)
            if len(found) > MAX_SELECTED:
                raise TooMuch
        return found
    except JSONPathError:
        return []  # a comparison that can't be made selects nothing
    finally:
        _spending.budget = None


def _vet(path: JSONPath) -> None:
    for segment in path.segments:
        for selector in segment.selectors:
            if not isinstance(selector, STANDARD):
                raise BadPath("is no path of RFC 9535 (it uses what only some libraries know)")
            if isinstance(selector, Filter):
                for query in _queries(selector.expression):
                    if not query.path.singular_query():
                        raise BadPath("has a filter that asks for more than single values, like @.status or $.limit")


def _queries(expression: BaseExpression) -> Iterator[FilterQuery]:
    if isinstance(expression, FilterQuery):
        yield expression
    for child in expression.children():
        yield from _queries(child)


@cache
def _environment() -> _Environment:
    return _Environment(strict=True)
