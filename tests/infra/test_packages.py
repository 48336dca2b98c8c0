"""What is in each function's package: its own code under its import path, compiled, and nothing of another's."""

import importlib.util
from pathlib import Path

import pytest

from tests.infra.conftest import ROOT, Assembly

PACKAGES = {
    "ingest": "ingest",
    "authorizer": "auth",
    "tokens": "auth",
    "triggers": "auth",
    "notify": "notify",
    "process": "process",
    "escalate": "escalate",
    "claim": "claim",
    "record": "record",
    "sweep": "sweep",
    "publish": "publish",
    "api": "api",
    "health": "health",
}
SHARING = {"authorizer": "authorizer", "tokens": "claims", "triggers": "triggers"}
"""Three functions in one folder, and the file of each."""
BESIDE = {"publish": {"web/status/missing.html", "web/status/status.css", "web/status/status.js"}}
"""What a package brings of the repository beside its function."""


def contents(folder: Path) -> set[str]:
    """All files of a package but the compiled ones."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {str(path) for path in found if "__pycache__" not in path.parts}


@pytest.mark.parametrize("function", sorted(set(PACKAGES) - set(SHARING)))
def test_a_package_holds_its_whole_function_and_nothing_else(local: Assembly, function: str) -> None:
    source = ROOT / "functions" / PACKAGES[function]
    expected = {
        str(path.relative_to(ROOT)) for path in source.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    }
    expected |= BESIDE.get(function, set())
    assert contents(local.code(function)) == expected | {"functions/__init__.py"}


@pytest.mark.parametrize("function", SHARING)
def test_functions_of_one_folder_are_packaged_without_each_other(local: Assembly, function: str) -> None:
    own = f"functions/auth/{SHARING[function]}.py"
    assert contents(local.code(function)) == {"functions/__init__.py", "functions/auth/__init__.py", own}


@pytest.mark.parametrize("function", ["ingest", "authorizer", "tokens", "notify"])
def test_an_outside_package_mentions_neither_data_layer_nor_driver(local: Assembly, function: str) -> None:
    for path in local.code(function).rglob("*.py"):
        text = path.read_text()
        assert "tocsin_data" not in text
        assert "psycopg" not in text


@pytest.mark.parametrize("function", sorted(PACKAGES))
def test_every_module_of_a_package_is_compiled_and_nothing_else_is(local: Assembly, function: str) -> None:
    folder = local.code(function)
    sources = set(folder.rglob("*.py"))
    compiled = {Path(importlib.util.cache_from_source(str(path))) for path in sources}
    assert compiled == set(folder.rglob("*.pyc"))
    (handler,) = (path for path in compiled if path.name.startswith(f"{SHARING.get(function, 'handler')}."))
    assert b"/var/task/functions/" in handler.read_bytes()


def test_migrations_travel_with_the_function_that_applies_them(standard: Assembly) -> None:
    folder = standard.code("migrate")
    assert {path.name for path in (ROOT / "migrations").glob("*.sql")} == {
        path.name for path in (folder / "migrations").glob("*.sql")
    }
    assert (folder / "migrations/runner.py").exists()
