"""Rules over the repository's files: sizes, addresses, links, the words of the schema."""

import ast
import re
from collections.abc import Iterator

from tests.repository.tree import ROOT, files, relative

CODE = (".py", ".pyi", ".sql", ".ts", ".tsx", ".css", ".sh")
GENERATED = {"migrations/schema.sql", "web/dashboard/src/api/schema.d.ts"}
MOST_LINES_IN_A_FILE = 400
MOST_LINES_IN_A_FUNCTION = 50

# Spelled in parts, so that this file does not hold what it looks for.
REGISTRIES = [
    ".".join(parts) for parts in [("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com")]
]
LINK = re.compile(r"\[[^\]]*\]\((?!https?://|mailto:|#)([^)#\s]+)")


def test_no_file_of_code_is_longer_than_a_reader_can_hold() -> None:
    long = {
        relative(path): count
        for path in files(*CODE)
        if relative(path) not in GENERATED and (count := len(path.read_text().splitlines())) > MOST_LINES_IN_A_FILE
    }
    assert not long


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{relative(path)}:{node.lineno} {node.name}": length
        for path in files(".py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno
        and (length := node.end_lineno - node.lineno + 1) > MOST_LINES_IN_A_FUNCTION
    }
    assert not long


def test_every_module_says_what_it_owns() -> None:
    silent = [
        relative(path)
        for path in files(".py")
        if (text := path.read_text()).strip() and ast.get_docstring(ast.parse(text)) is None
    ]
    assert not silent


def test_no_file_names_a_package_registry() -> None:
    named = [
        f"{relative(path)}: {host}"
        for path in files()
        if path.suffix not in {".png", ".ico", ".woff2"}
        for host in REGISTRIES
        if host in path.read_text()
    ]
    assert not named


def links() -> Iterator[tuple[str, str]]:
    for path in files(".md"):
        for target in LINK.findall(path.read_text()):
            yield relative(path), target


def test_every_link_within_the_repository_leads_somewhere() -> None:
    found = set(links())
    assert ("README.md", "docs/architecture.md") in found
    assert [
        (page, to) for page, to in sorted(found) if not (ROOT / page).parent.joinpath(to.split("#")[0]).exists()
    ] == []


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    decisions = sorted((ROOT / "docs/adr").glob("[0-9]*.md"))
    assert [path.name[:4] for path in decisions] == [f"{n:04}" for n in range(1, len(decisions) + 1)]
    listed = (ROOT / "docs/adr/README.md").read_text()
    assert [path.name for path in decisions if path.name not in listed] == []


def test_every_table_has_a_word_in_the_glossary() -> None:
    tables = {
        name
        for path in (ROOT / "migrations").glob("[0-9]*.sql")
        for name in re.findall(r"^create table (\w+)", path.read_text(), re.MULTILINE)
    }
    words = set(re.findall(r"`(\w+)`", (ROOT / "docs/glossary.md").read_text()))
    assert len(tables) > 20
    assert tables - words == set()
