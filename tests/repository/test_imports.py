"""What each handler loads in a fresh process: nothing that it does not use, since somebody waits for every import."""

import json
import os
import subprocess
import sys
from functools import cache

import pytest

from tests.repository.tree import ROOT

PYDANTIC = {"annotated_types", "pydantic", "pydantic_core", "typing_extensions", "typing_inspection"}
LOGS = {"aws_lambda_powertools", "jmespath"}
AWS = {"botocore", "certifi", "dateutil", "six", "urllib3"}
IDS = {"uuid_utils"}
AIOHTTP = {
    "aiohappyeyeballs",
    "aiohttp",
    "aiosignal",
    "attr",
    "frozenlist",
    "idna",
    "multidict",
    "propcache",
    "yarl",
}
DATABASE = {"psycopg", "psycopg_binary"}
EVERYWHERE = PYDANTIC | LOGS
INSIDE = EVERYWHERE | DATABASE | IDS | AWS

PACKAGES = {
    "ingest.handler": EVERYWHERE | AWS | IDS,
    "auth.authorizer": EVERYWHERE | AWS,
    "check.handler": EVERYWHERE | AWS | IDS | {"cryptography", "httptools", "idna", "re2"},
    "mirror.handler": EVERYWHERE | AWS,
    "notify.handler": EVERYWHERE | AWS | AIOHTTP | {"standardwebhooks"},
    "watch.handler": EVERYWHERE | AWS | AIOHTTP | {"standardwebhooks"},
}
"""The packages of others that a handler may load when it is imported; for those not named, INSIDE."""
HANDLERS = sorted(
    f"{path.parent.name}.{path.stem}"
    for path in (*ROOT.glob("functions/*/handler.py"), *ROOT.glob("functions/auth/*.py"))
    if path.stem != "__init__"
)
NEVER = {
    "boto3": "its clients are made from models of all of AWS (ADR 0013)",
    "botocore.client": "likewise",
    "botocore.session": "likewise",
    "botocore.docs": "documentation, for clients made at run time",
    "cryptography": "loaded when a channel's secrets are sealed or opened",
    "jinja2": "loaded when somebody follows a link",
    "functions.api.routes": "those of an area, with its first request",
    "multiprocessing": "processes, for transfers of large files",
    "unittest": "tests",
    "doctest": "tests",
}
"""Modules that no handler loads when it is imported, and why they could come in."""
NEEDED = {"check.handler": {"cryptography"}}
"""But these do, with every call: the certificates that checks see are read by it."""


@cache
def loaded(handler: str) -> frozenset[str]:
    """The modules of a fresh process that has imported a handler."""
    code = f"import json, sys, functions.{handler}; print(json.dumps([*sys.modules]))"
    path = os.pathsep.join(map(str, (ROOT / "layers/core/python", ROOT / "layers/data/python", ROOT)))
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return frozenset(json.loads(done.stdout))


def packages(modules: frozenset[str]) -> set[str]:
    """The packages of others among modules; `cython_runtime` and compiled parts are no packages."""
    tops = {module.partition(".")[0] for module in modules}
    ours = {"functions", "migrations", "tocsin", "tocsin_data"}
    return {top for top in tops - ours - sys.stdlib_module_names if not top.startswith("_") and top != "cython_runtime"}


@pytest.mark.parametrize("handler", HANDLERS)
def test_a_handler_loads_no_package_that_it_does_not_use(handler: str) -> None:
    assert packages(loaded(handler)) - PACKAGES.get(handler, INSIDE) == set()


@pytest.mark.parametrize("handler", HANDLERS)
def test_a_handler_loads_nothing_that_is_for_others(handler: str) -> None:
    found = {module: why for module, why in NEVER.items() if module in loaded(handler)}
    assert found.keys() == NEEDED.get(handler, set())


@pytest.mark.parametrize("handler", ["ingest.handler", "auth.authorizer"])
def test_who_is_waited_for_at_the_door_loads_no_event_loop(handler: str) -> None:
    assert "asyncio" not in loaded(handler)
