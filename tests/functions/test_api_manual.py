"""docs/api.md: its commands work as they are written, and it leaves no route out."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from functions.api.problems import STATUSES
from tests.support.api_host import Answered, ApiHost, api_host
from tests.support.audited_pages import png
from tests.support.documented import document
from tests.support.heartbeats import Beating
from tests.support.http_api import http_event
from tests.support.route_ids import ids
from tests.support.routes import ROUTES, Without
from tests.support.world import StepSpec, World
from tocsin.domain.permission import Permission
from tocsin_data.services import demo
from tocsin_data.services.processing import process

MANUAL = Path(__file__).parents[2] / "docs" / "api.md"
ENDS = (r"/revoke ", r"/integrations/[^/]+ .*DELETE", r"/beacon .*DELETE", r"/monitors/[^/]+ .*DELETE", r"DELETE")
"""Commands after which others would find nothing, in the order to run them in."""

OF_OWNERS = {Permission.EXPORT_ORGANIZATION, Permission.END_ORGANIZATION}


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    process(world.database.enter("worker"), [world.request()], key_budget_per_minute=6000)
    demo.refresh(world.database.enter("worker"))
    monkeypatch.setenv("DEMO", "yes")
    with api_host(world, monkeypatch) as host:
        yield host


def commands(world: World, key: str) -> list[list[str]]:
    step = StepSpec([world.alice.target])
    values = {
        **{name.upper(): value for name, value in ids(world).items()},
        "TOCSIN_API_URL": "https://api.example",
        "API_KEY": key,
        "UNUSED_POLICY_ID": world.policy_id,
        "POLICY_ID": world.policy([step]),
        "STEP_ID": step.step_id,
        "MEMBER_ID": world.bob.user_id,
        "HEARTBEAT_ID": Beating(world).monitor_id,
    }
    found: list[list[str]] = []
    for block in re.findall(r"```sh\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL):
        text = re.sub(r"\$([A-Z_]+)", lambda match: str(values[match[1]]), block.replace("\\\n", " "))
        found += [shlex.split(command) for command in re.split(r"\n(?=curl )", text)]
    return found


def run(api: ApiHost, words: list[str]) -> tuple[str, str, Answered]:
    curl, url, *options = words
    assert curl == "curl"
    given = list(zip(options[::2], options[1::2], strict=True))
    body = next((value for name, value in given if name == "-d"), "")
    sent = png() if ("--data-binary", "@logo.png") in given else body
    method = next((value for name, value in given if name == "-X"), "POST" if body else "GET")
    headers = dict(value.split(": ", 1) for name, value in given if name == "-H")
    parts = urlsplit(url)
    return method, parts.path, api.invoke(http_event(method, parts.path, sent, headers, query=parts.query))


def test_every_command_works(api: ApiHost, world: World) -> None:
    def late(words: list[str]) -> int:
        return next((n for n, end in enumerate(ENDS, 1) if re.search(end, " ".join(words[1:4]))), 0)

    for words in sorted(commands(world, api.key), key=late):
        method, path, answer = run(api, words)
        assert answer.status in {200, 201, 202, 204}, (method, path, answer.text)


def test_every_route_is_there(api: ApiHost, world: World) -> None:
    """As a command, or named where it takes a person or an owner, whom the manual's key is not."""
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
    beyond = {route.operation for route in ROUTES if route.needs is Without.PERSON or route.needs in OF_OWNERS}
    text = MANUAL.read_text(encoding="utf-8")
    assert [(method, path) for method, path in missing if (method.lower(), path) not in beyond] == []
    assert [r for r in missing if f"`{r[0]} {re.sub(r'{\w+}', '{id}', r[1])}`" not in text] == []


def test_every_code_is_explained() -> None:
    text = MANUAL.read_text(encoding="utf-8")
    of_pages = {"link_unusable", "link_expired"}
    never_answered = {"unavailable", "queue_unavailable"}
    assert [code for code in STATUSES if f"`{code}`" not in text and code not in of_pages | never_answered] == []
