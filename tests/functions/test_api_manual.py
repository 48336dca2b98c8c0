"""docs/api.md: its commands work as they are written, and it leaves no route out."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from functions.api.openapi import document
from functions.api.problems import STATUSES
from tests.support.api_host import Answered, ApiHost, api_host
from tests.support.http_api import http_event
from tests.support.world import StepSpec, World
from tocsin_data.services import demo
from tocsin_data.services.processing import process

MANUAL = Path(__file__).parents[2] / "docs" / "api.md"
ENDS = (r"/revoke ", r"/integrations/[^/]+ .*DELETE", r"DELETE")
"""Commands after which others would find nothing, in the order to run them in."""


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    process(world.database.enter("worker"), [world.request()], key_budget_per_minute=6000)
    demo.refresh(world.database.enter("worker"))
    monkeypatch.setenv("DEMO", "yes")
    with api_host(world, monkeypatch) as host:
        yield host


def commands(world: World, key: str) -> list[list[str]]:
    rows = world.database.rows
    unused = world.policy_id
    values = {
        "TOCSIN_API_URL": "https://api.example",
        "API_KEY": key,
        "UNUSED_POLICY_ID": unused,
        "POLICY_ID": world.policy([StepSpec([world.alice.target])]),
        "SERVICE_ID": world.service_id,
        "INTEGRATION_ID": world.integration_id,
        "INCIDENT_ID": rows("select id from incident where org_id = %s", world.org_id)[0][0],
        "KEY_ID": rows("select id from routing_key where org_id = %s", world.org_id)[0][0],
        "USER_ID": world.alice.user_id,
        "METHOD_ID": rows("select id from contact_method where user_id = %s", world.alice.user_id)[0][0],
    }
    found: list[list[str]] = []
    for block in re.findall(r"```sh\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL):
        text = re.sub(r"\$([A-Z_]+)", lambda match: str(values[match[1]]), block)
        found += [shlex.split(command) for command in re.split(r"\n(?=curl )", text)]
    return found


def run(api: ApiHost, words: list[str]) -> tuple[str, str, Answered]:
    curl, url, *options = words
    assert curl == "curl"
    given = list(zip(options[::2], options[1::2], strict=True))
    body = next((value for name, value in given if name == "-d"), "")
    method = next((value for name, value in given if name == "-X"), "POST" if body else "GET")
    headers = dict(value.split(": ", 1) for name, value in given if name == "-H")
    parts = urlsplit(url)
    return method, parts.path, api.invoke(http_event(method, parts.path, body, headers, query=parts.query))


def test_every_command_works(api: ApiHost, world: World) -> None:
    def late(words: list[str]) -> int:
        return next((n for n, end in enumerate(ENDS, 1) if re.search(end, " ".join(words[1:4]))), 0)

    for words in sorted(commands(world, api.key), key=late):
        method, path, answer = run(api, words)
        assert answer.status in {200, 201, 204}, (method, path, answer.text)


def test_every_route_is_there(api: ApiHost, world: World) -> None:
    patterns = {
        (method.upper(), path): re.compile(re.sub(r"\{\w+\}", "[^/]+", path))
        for path, operations in document()["paths"].items()
        for method in operations
    }
    shown = {run(api, words)[:2] for words in commands(world, api.key)}
    missing = [
        route
        for route, pattern in patterns.items()
        if not any(route[0] == method and pattern.fullmatch(path) for method, path in shown)
    ]
    assert missing == []


def test_every_code_is_explained() -> None:
    text = MANUAL.read_text(encoding="utf-8")
    of_pages = {"link_unusable", "link_expired"}
    never_answered = {"unavailable", "queue_unavailable"}
    assert [code for code in STATUSES if f"`{code}`" not in text and code not in of_pages | never_answered] == []
