"""What the runtime roles send to one database, from the server's own log, and what of it would pin a connection."""

import ast
import importlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from psycopg import sql

import tocsin_data
from tests.support.postgres import TestDatabase

LOGGED = re.compile(r"^\S+ \S+ \S+ \[\d+\] LOG:  (statement|execute (\S+)|fastpath function call): (.*)", re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/|--[^\n]*", re.DOTALL)
PINNING = re.compile(
    r"((^|;)\s*(set|reset|discard|listen|unlisten|notify|prepare|execute|deallocate|declare|load|lock)\b"
    r"|\bset_config\b|\bpg_(try_)?advisory_(un)?lock|\btemp(orary)?\s+(table|view|sequence)|\bwith\s+hold\b|\bcopy\b)",
    re.IGNORECASE,
)
MOST_TEXT = 16 * 1024
"""RDS Proxy pins a connection at a longer statement."""
UNNAMED = (None, "<unnamed>")
PLACEHOLDER = re.compile(r"%s|%\(\w+\)s")

type Sent = tuple[str | None, str]
"""(name of the prepared statement or None, text)."""


class Wire:
    """The statements that the runtime roles have sent to one database since this was made."""

    def __init__(self, database: TestDatabase) -> None:
        with database.admin() as conn:
            for role in ("app", "worker"):
                conn.execute(
                    sql.SQL("alter role {} in database {} set log_statement = 'all'").format(
                        sql.Identifier(role), sql.Identifier(database.name)
                    )
                )
        self._log = database.server.log
        self._start = self._log.stat().st_size

    def since(self) -> list[Sent]:
        """What was sent since this was last asked, oldest first."""
        with self._log.open("rb") as file:
            file.seek(self._start)
            text = file.read().decode()
        self._start += len(text.encode())
        entries = re.split(r"\n(?=\d{4}-\d\d-\d\d )", text)
        found = [(match, entry) for entry in entries if (match := LOGGED.match(entry))]
        return [(match[2], entry[match.start(3) :].rstrip("\n")) for match, entry in found]


def pinning(sent: Iterable[Sent]) -> list[Sent]:
    """Those that would keep a connection to one client: session state, named statements, too much text."""
    return [
        (name, text)
        for name, text in sent
        if name not in UNNAMED or PINNING.search(COMMENT.sub(" ", text)) or len(text.encode()) > MOST_TEXT
    ]


def unsent(sent: Iterable[Sent]) -> list[str]:
    """Where the data layer executes a statement that is not among these."""
    texts = {" ".join(text.split()) for _, text in sent}
    return [place for place, pattern in _statements() if not any(pattern.match(text) for text in texts)]


def _statements() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every place of the data layer that executes a statement, and how its text begins on the wire."""
    root = Path(tocsin_data.__path__[0])
    for path in sorted(root.rglob("*.py")):
        name = ".".join(("tocsin_data", *path.relative_to(root).with_suffix("").parts))
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _executes(node.func):
                for argument in _choices(node.args[0]):
                    yield f"{name}:{argument.lineno}", _pattern(_text(name, argument))


def _executes(method: ast.Attribute) -> bool:
    """Whether it is a connection or a cursor that executes, and no compiled condition."""
    return method.attr == "execute" and not ast.unparse(method.value).startswith(("program", "_compile("))


def _choices(argument: ast.expr) -> list[ast.expr]:
    """The statements that one place may execute."""
    return [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]


def _text(module: str, argument: ast.expr) -> str:
    """A statement's text: written in place, or a constant of its module with what may follow it, or be filled in."""
    if isinstance(argument, ast.BinOp):
        argument = argument.left
    if isinstance(argument, ast.Constant):
        return str(argument.value)
    if isinstance(argument, ast.Call) and isinstance(argument.func, ast.Attribute) and argument.func.attr == "format":
        argument = argument.func.value
    assert isinstance(argument, ast.Name), f"{module}:{argument.lineno} executes what can't be read here"
    constant = getattr(importlib.import_module(module), argument.id)
    return constant.as_string().partition("{")[0] if isinstance(constant, sql.SQL) else str(constant)


def _pattern(text: str) -> re.Pattern[str]:
    parts = PLACEHOLDER.split(" ".join(text.split()))
    return re.compile(r"\$\d+".join(re.escape(part).replace("%%", "%%?") for part in parts))
