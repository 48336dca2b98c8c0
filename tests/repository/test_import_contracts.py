"""Each import contract of pyproject.toml is broken on purpose, in a copy, to see that it holds."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.repository.tree import ROOT

CODE = ["layers", "functions", "infra", "local", "cli", "migrations", "bench"]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]

LAYERS = "tocsin: checks -> platform -> contracts -> domain -> errors"
DOMAIN = "tocsin.domain knows the standard library and tocsin.errors, and neither clock, environment nor logging"
CORE = "tocsin never imports tocsin_data or psycopg"
DATA_LAYERS = "tocsin_data: services, views -> sql -> db"
HANDLERS = "Handlers reach the database by services and views, never by tocsin_data.sql"
OUTSIDE = "What reaches the internet cannot reach the database"
APART = "No function imports another"
NO_FUNCTIONS = "Nothing imports functions"
NO_INFRA = "Nothing imports infra"
NO_LOCAL = "Nothing imports local or tests"
LOCAL_NO_TESTS = "local does not import tests"
CLI_APART = "The command line knows messages and the version, and nothing that runs inside"
NO_CLI = "Nothing imports the command line"
NO_BENCH = "Nothing imports the benchmarks"

# Where a forbidden import is written, the import, and the contract that must notice.
BREACHES = [
    ("layers/core/python/tocsin/contracts/breach.py", "import tocsin.platform.queues", LAYERS),
    ("layers/core/python/tocsin/domain/breach.py", "import tocsin.contracts.message", LAYERS),
    ("layers/core/python/tocsin/unplaced.py", "import json", LAYERS),
    ("layers/core/python/tocsin/domain/breach.py", "import pydantic", DOMAIN),
    ("layers/core/python/tocsin/domain/breach.py", "import logging", DOMAIN),
    ("layers/core/python/tocsin/domain/breach.py", "import os.path", DOMAIN),
    ("layers/core/python/tocsin/platform/breach.py", "import tocsin_data", CORE),
    ("layers/core/python/tocsin/platform/breach.py", "from psycopg import sql", CORE),
    ("layers/data/python/tocsin_data/sql/breach.py", "import tocsin_data.services", DATA_LAYERS),
    ("layers/data/python/tocsin_data/services/breach.py", "import tocsin_data.views", DATA_LAYERS),
    ("functions/process/breach.py", "import tocsin_data.sql", HANDLERS),
    ("functions/ingest/breach.py", "import tocsin_data", OUTSIDE),
    ("functions/notify/channels/breach.py", "import psycopg", OUTSIDE),
    ("functions/auth/authorizer.py", "import tocsin_data.services", OUTSIDE),
    ("functions/auth/claims.py", "import tocsin_data.services", OUTSIDE),
    ("functions/process/breach.py", "import functions.escalate", APART),
    ("functions/api/routes/breach.py", "import functions.ingest.adapters", APART),
    ("local/breach.py", "import functions.process", NO_FUNCTIONS),
    ("infra/breach.py", "import functions.process", NO_FUNCTIONS),
    ("local/breach.py", "import infra", NO_INFRA),
    ("functions/api/breach.py", "import infra", NO_INFRA),
    ("functions/api/breach.py", "import local", NO_LOCAL),
    ("migrations/breach.py", "import tests.support", NO_LOCAL),
    ("local/breach.py", "import tests", LOCAL_NO_TESTS),
    ("cli/breach.py", "import tocsin_data.views", CLI_APART),
    ("local/breach.py", "import cli", NO_CLI),
    ("local/breach.py", "import bench.sqs", NO_BENCH),
]


def lint(copy: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter in a copy of the code, which comes before the installed paths."""
    paths = [copy / "layers/core/python", copy / "layers/data/python", copy]
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=copy,
        env=os.environ
        | {"PYTHONPATH": os.pathsep.join(map(str, paths)), "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The code and its contracts, to be spoilt."""
    for folder in CODE:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def breach(copy: Path, number: int, file: str, line: str) -> str:
    """Write a forbidden import, in a module of its own unless it is about one that is there; answers the module."""
    path = copy / file
    if not path.exists():
        path = path.with_stem(f"{path.stem}{number}")
    with path.open("a") as module:
        module.write(f"\n{line}\n")
    layers = [copy / "layers/core/python", copy / "layers/data/python", copy]
    root = next(folder for folder in layers if path.is_relative_to(folder))
    return ".".join(path.relative_to(root).with_suffix("").parts)


def test_every_contract_has_a_breach_here() -> None:
    assert {contract["name"] for contract in CONTRACTS} == {name for _, _, name in BREACHES}


def test_the_code_as_it_stands_keeps_every_contract(copy: Path) -> None:
    result = lint(copy)
    assert result.returncode == 0, result.stdout


def test_every_breach_is_noticed_by_its_contract(copy: Path) -> None:
    """All at once: what is said under a contract must name the module that breaks it."""
    modules = [breach(copy, number, file, line) for number, (file, line, _) in enumerate(BREACHES)]
    result = lint(copy)
    assert result.returncode == 1
    said = sections(result.stdout.partition("Broken contracts")[2])
    for module, (_, line, contract) in zip(modules, BREACHES, strict=True):
        assert re.search(rf"{re.escape(module)}\b", said[contract]), (contract, module, line)


def sections(told: str) -> dict[str, str]:
    """What is said under each contract."""
    heads = list(re.finditer(r"^(.+)\n-{5,}$", told, re.MULTILINE))
    ends = [*(head.start() for head in heads[1:]), len(told)]
    return {head[1]: told[head.end() : end] for head, end in zip(heads, ends, strict=True)}


def test_the_domain_needs_nothing_but_the_standard_library() -> None:
    needed = set[str]()
    for module in (ROOT / "layers/core/python/tocsin/domain").glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text())):
            if isinstance(node, ast.Import):
                needed |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                needed.add((node.module or "").split(".")[0])
    assert "tocsin" in needed
    assert needed - sys.stdlib_module_names == {"tocsin"}
