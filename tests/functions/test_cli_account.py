"""`tocsin login`, `whoami` and `logout` with an API key, as a visitor of the demo, and with nothing."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.cli_host import Terminal, served
from tests.support.http_api import serve
from tests.support.world import World
from tocsin_data.services import demo


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


@pytest.fixture
def url(api: ApiHost) -> Iterator[str]:
    with served(api) as server:
        yield server.url


@pytest.fixture
def shell(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "config")


def test_a_key_is_kept_for_its_owner_alone(shell: Terminal, api: ApiHost, url: str) -> None:
    ended = shell.run("login", "--url", f"{url}/v1/", "--api-key", given=f"{api.key}\n")
    kept = shell.folder / "credential-default.json"
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == f"Signed in as the holder of an API key; kept in {kept}.\n"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert api.key not in (shell.folder / "profiles.json").read_text()
    # neither address nor key need be named from now on
    assert shell.run("incidents", "list", "--json").lines == []
    who = shell.run("whoami", "--json").one
    assert (who["kind"], who["url"], who["profile"]) == ("api_key", url, "default")
    assert api.key not in shell.run("whoami").out
    assert shell.run("logout").out == "Signed out.\n"
    assert not kept.exists()
    assert shell.run("incidents", "list").code == 3
    assert shell.run("logout", "--json").one == {"signed_out": False}


def test_a_key_that_is_none_is_not_kept(shell: Terminal, url: str) -> None:
    for given in ("nonsense\n", "A" * 32 + "\n"):
        assert shell.run("login", "--url", url, "--api-key", given=given).code == 3
    assert shell.run("login", "--url", url, "--api-key", given="").code == 2
    assert not (shell.folder / "credential-default.json").exists()
    assert shell.run("whoami", "--url", url).code == 3


def test_a_key_that_may_read_little_is_a_sign_in_too(shell: Terminal, api: ApiHost, url: str) -> None:
    body = {"name": "x", "role": "viewer", "groups": ["members"]}
    key = api.call("POST", "/v1/api-keys", body).json["key"]
    assert shell.run("login", "--url", url, "--api-key", given=f"{key}\n").code == 0
    assert shell.run("incidents", "list").code == 4


def test_profiles_are_apart(shell: Terminal, api: ApiHost, url: str, world: World) -> None:
    other = World(world.database, name="Other").api_key("viewer")
    shell.run("login", "--url", url, "--api-key", given=f"{api.key}\n")
    assert shell.run("login", "--url", url, "--api-key", "--profile", "other", given=f"{other}\n").code == 0
    assert shell.run("keys", "list", "--profile", "other").code == 4
    assert shell.run("keys", "list").code == 0
    assert shell.run("keys", "list", TOCSIN_PROFILE="other").code == 4
    assert json.loads((shell.folder / "profiles.json").read_text()).keys() == {"default", "other"}


def test_an_organization_that_is_none_of_a_keys(shell: Terminal, api: ApiHost, url: str, world: World) -> None:
    other = str(World(world.database, name="Other").org_id)
    asked = ("incidents", "list", "--url", url, "--json")
    assert shell.run(*asked, "--org", other, TOCSIN_API_KEY=api.key).code == 4
    assert shell.run(*asked, "--org", str(world.org_id), TOCSIN_API_KEY=api.key).lines == []


def test_a_visitor_of_the_demo_reads_and_changes_nothing(
    shell: Terminal, url: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMO", "yes")
    assert demo.refresh(world.database.enter("worker"))
    ended = shell.run("login", "--url", url, "--demo")
    assert (ended.code, ended.out.partition(";")[0]) == (0, "Signed in as a visitor of the demo")
    assert shell.run("whoami", "--json").one["kind"] == "demo"
    found = shell.run("incidents", "list", "--json").lines
    assert found
    for asked in (
        ("incidents", "ack", found[0]["id"]),
        ("invite", "send", "carol@new.example"),
        ("keys", "create", "x", "--role", "viewer"),
    ):
        refused = shell.run(*asked, "--json")
        assert (refused.code, refused.error["code"]) == (4, "demo_read_only"), asked


def test_what_can_not_be_asked(shell: Terminal, url: str) -> None:
    for asked in (
        (),
        ("--url", "http://tocsin.example"),
        ("--url", url, "--demo", "--api-key"),
        ("--url", url, "--profile", "../x", "--api-key"),
        ("--url", url, "--pool-id", "nonsense", "--client-id", "x", "--email", "a@acme.example"),
    ):
        assert shell.run("login", *asked, given="x\n").code == 2, asked


def test_an_address_that_is_no_tocsin(shell: Terminal) -> None:
    with serve(lambda *_: {"statusCode": 200, "headers": {"Content-Type": "text/html"}, "body": "<p>hello"}) as server:
        ended = shell.run("incidents", "list", "--url", server.url, TOCSIN_API_KEY="x")
        assert (ended.code, "is it the right one?" in ended.err) == (1, True)
    with serve(lambda *_: {"statusCode": 500, "headers": {"Content-Type": "text/html"}, "body": "<p>no"}) as server:
        assert shell.run("incidents", "list", "--url", server.url, TOCSIN_API_KEY="x").code == 1
    ended = shell.run("incidents", "list", "--url", "http://127.0.0.1:1", "--json", TOCSIN_API_KEY="x")
    assert (ended.code, ended.error["code"]) == (7, None)
