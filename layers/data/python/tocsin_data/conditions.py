"""Conditions in CEL: the one door to its implementation, and the bounds that a condition keeps before it may be saved.

The bounds are on the text, since CEL's interpreter can't be stopped while it evaluates (docs/adr/0014).
"""

import importlib.machinery
import importlib.util
import re
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final, Protocol, cast

from tocsin.domain.event_rule import Condition, ConditionFailed
from tocsin.domain.labels import MAX_LABELS, MAX_TEXT

MAX_SOURCE: Final = 1_000
MAX_DEPTH: Final = 20
MAX_MACROS: Final = 3
MAX_SECONDS: Final = 0.025
"""The CPU time that a condition may take for the largest event there is."""
MACROS: Final = ("all", "exists", "exists_one", "filter")
FUNCTIONS: Final = frozenset(
    {"contains", "startsWith", "endsWith", "matches", "size", "string", "int", "uint", "double", "max", "min"}
)
_STRING: Final = re.compile(r"""[rR]?("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')""")
_MACRO: Final = re.compile(rf"\.\s*({'|'.join(sorted((*MACROS, 'map'), key=len, reverse=True))})\s*\(")
_PLACE: Final = re.compile(r"ERROR: <input>:(\d+):(\d+): (?:Syntax error: )?([^\n]*)")
_PATTERN: Final = re.compile(rf"\.\s*matches\s*\(\s*({_STRING.pattern})")
_OPEN, _CLOSED = "([{", ")]}"


class _Program(Protocol):
    def execute(self, context: Mapping[str, object]) -> object: ...
    def references(self) -> dict[str, list[str]]: ...


def compiled(source: str) -> Condition:
    """A condition that was checked when it was saved; evaluating it raises ConditionFailed."""
    try:
        program = _compile(source)
    except Exception as error:  # noqa: BLE001 - a rule saved under another release of the language must not stop events
        return _broken(str(error))
    return lambda variables: _truth(program, variables)


def problems(source: str, samples: tuple[Mapping[str, object], ...]) -> Iterator[str]:
    """What is wrong with a condition, with its place where it has one; nothing when it may be saved.

    `samples` are the variables of events, the largest among them, that it is tried on.
    """
    shape = list(_shape(source))
    if shape:
        yield from shape
        return
    try:
        program = _compile(source)
    except Exception as error:  # noqa: BLE001 - every way in which the language refuses a text ends here
        yield _syntax(str(error))
        return
    names = list(_names(program, source, frozenset(samples[0])))
    patterns = list(_patterns(source))
    yield from names
    yield from patterns
    if not names and not patterns:
        yield from _tried(program, samples)


def largest_labels() -> dict[str, str]:
    """Labels as many and as long as an event's can be."""
    return {f"label_{number}": "x" * MAX_TEXT for number in range(MAX_LABELS)}


def _shape(source: str) -> Iterator[str]:
    if not source.strip():
        yield "is empty; leave it out for a rule that matches every event"
    if len(source) > MAX_SOURCE:
        yield f"is {len(source)} characters long; {MAX_SOURCE} are possible"
    masked = _STRING.sub(lambda m: "_" * len(m[0]), source)
    macros = list(_MACRO.finditer(masked))
    if any(macro[1] == "map" for macro in macros):
        yield f"uses map, which conditions can't; {', '.join(MACROS)} are possible"
    elif len(macros) > MAX_MACROS:
        yield f"has {len(macros)} macros ({', '.join(MACROS)}); {MAX_MACROS} are possible"
    depth, inside = 0, 0
    starts = {macro.end() - 1 for macro in macros}
    for place, character in enumerate(masked):
        if character in _OPEN:
            depth += 1
            if place in starts and inside:
                yield f"has a macro within another at character {place + 1}; none can be"
            inside = inside or (depth if place in starts else 0)
        elif character in _CLOSED:
            inside = 0 if depth == inside else inside
            depth -= 1
        if depth > MAX_DEPTH:
            yield f"is nested more than {MAX_DEPTH} brackets deep at character {place + 1}"
            return


def _names(program: _Program, source: str, known: frozenset[str]) -> Iterator[str]:
    found = program.references()
    bound = set(re.findall(rf"(?:{'|'.join(MACROS)})\s*\(\s*(\w+)\s*,", source))
    for name in found["variables"]:
        # What a macro brings of its own starts with @.
        if name not in known and name not in bound and not name.startswith("@"):
            yield f"names {name}{_at(source, name)}, which there is not; {', '.join(sorted(known))} are possible"
    for name in found["functions"]:
        if name.isidentifier() and not name.startswith("_") and name not in FUNCTIONS:
            yield f"calls {name}{_at(source, name)}, which there is not; {', '.join(sorted(FUNCTIONS))} are possible"


def _patterns(source: str) -> Iterator[str]:
    for literal in _PATTERN.finditer(source):
        try:
            _compile(f'"".matches({literal[1]})').execute({})
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the pattern, its author is told
            reason = str(error).strip().rsplit("error: ", 1)[-1].split(". Check", 1)[0]
            yield f"has a regular expression at character {literal.start(1) + 1} that can't be used: {reason}"


def _tried(program: _Program, samples: tuple[Mapping[str, object], ...]) -> Iterator[str]:
    for sample in samples:
        started = time.thread_time()
        try:
            answer = _evaluate(program, sample)
        except ConditionFailed:
            answer = True
        if time.thread_time() - started > MAX_SECONDS:
            yield f"takes more than {MAX_SECONDS * 1000:.0f} ms for a large event; make it simpler"
            return
        if not isinstance(answer, bool):
            yield f"answers {type(answer).__name__}, not true or false; compare it with something"
            return


def _truth(program: _Program, variables: Mapping[str, object]) -> bool:
    answer = _evaluate(program, variables)
    if not isinstance(answer, bool):
        raise ConditionFailed(f"answered {type(answer).__name__}, not true or false")
    return answer


def _evaluate(program: _Program, variables: Mapping[str, object]) -> object:
    try:
        return program.execute(variables)
    except (KeyboardInterrupt, SystemExit):
        raise
    except KeyError as error:
        raise ConditionFailed(f"there is no {error.args[0]}") from error
    except BaseException as error:  # a panic of the implementation is no Exception; it must not stop events either
        raise ConditionFailed(str(error).split(". Check", 1)[0][:300]) from error


def _broken(reason: str) -> Condition:
    def fail(_variables: Mapping[str, object]) -> bool:
        raise ConditionFailed(_syntax(reason))

    return fail


def _syntax(message: str) -> str:
    found = _PLACE.search(message)
    if found is None:
        return f"can't be read: {message[:200]}"
    reason = found[3].split(" expecting ", 1)[0].replace("'<EOF>'", "the end")
    return f"can't be read at line {found[1]}, character {found[2]}: {reason}"


def _at(source: str, name: str) -> str:
    found = re.search(rf"\b{re.escape(name)}\b", source)
    return f" at character {found.start() + 1}" if found else ""


def _compile(source: str) -> _Program:
    return _implementation()(source)


@cache
def _implementation() -> Callable[[str], _Program]:
    """CEL's `compile`, from the extension alone: the package around it imports its command line with all it needs."""
    package = importlib.util.find_spec("cel")
    places = None if package is None else package.submodule_search_locations
    spec = importlib.machinery.PathFinder.find_spec("cel", places)
    if spec is None or spec.loader is None:
        raise ImportError("common-expression-language is not installed")
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast("Callable[[str], _Program]", module.compile)
