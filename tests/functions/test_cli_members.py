"""`tocsin members` and `orgs create` against the real API."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.cli_host import Terminal, terminal
from tests.support.world import World


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


@pytest.fixture
def shell(api: ApiHost, tmp_path: Path) -> Iterator[Terminal]:
    with terminal(api, tmp_path / "config") as (found, _):
        yield found


def roles(world: World) -> dict[str, str]:
    query = "select u.name, m.role from membership m join user_account u on u.id = m.user_id where m.org_id = %s"
    return dict(world.database.rows(query, world.org_id))


def test_a_member_is_given_another_role_and_removed(shell: Terminal, world: World) -> None:
    assert [m["name"] for m in shell.run("members", "list", "--json").lines] == ["Alice", "Bob"]
    shown = shell.run("members", "role", world.alice.email.upper(), "viewer")
    assert (shown.code, shown.out) == (0, f"{world.alice.email} is viewer now.\n")
    assert roles(world) == {"Alice": "viewer", "Bob": "responder"}
    kept = shell.run("members", "remove", world.bob.email, given="n\n")
    assert (kept.code, roles(world)["Bob"]) == (1, "responder")
    removed = shell.run("members", "remove", str(world.bob.user_id), "--json").one
    assert removed["member"]["user_id"] == str(world.bob.user_id)
    assert roles(world) == {"Alice": "viewer"}
    assert shell.run("members", "remove", world.bob.email, "--yes").code == 5


def test_what_is_not_anybodys_to_do(shell: Terminal, world: World) -> None:
    assert shell.run("members", "role", world.alice.email, "owner").code == 4
    assert shell.run("members", "role", world.alice.email, "king").code == 2
    assert shell.run("members", "role", "nobody@acme.example", "viewer").code == 5
    viewer = {"TOCSIN_API_KEY": world.api_key("viewer")}
    assert shell.run("members", "remove", world.alice.email, "--yes", **viewer).code == 4
    stranger = {"TOCSIN_API_KEY": World(world.database, name="Other").api_key("owner")}
    assert shell.run("members", "role", str(world.alice.user_id), "viewer", **stranger).code == 5
    assert shell.run("members", "remove", str(world.alice.user_id), "--yes", **stranger).code == 5
    # an organization is made by a person, not by a key
    assert shell.run("orgs", "create", "Mine").code == 4
    assert roles(world) == {"Alice": "responder", "Bob": "responder"}
