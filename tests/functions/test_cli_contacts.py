"""`tocsin contacts` and `tocsin rules` against the real API."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.cli_host import Terminal, terminal
from tests.support.signed_in import codes
from tests.support.world import World


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        # a personal key: it acts as Alice
        world.database.rows("update api_key set user_id = %s returning id", world.alice.user_id)
        world.database.rows("update membership set role = 'admin' where user_id = %s returning 1", world.alice.user_id)
        yield host


@pytest.fixture
def shell(api: ApiHost, tmp_path: Path) -> Iterator[Terminal]:
    with terminal(api, tmp_path / "config") as (found, _):
        yield found


def test_the_way_from_an_address_to_rules(shell: Terminal) -> None:
    added = shell.run("contacts", "add", "webhook", "https://hooks.example/x", "--label", "hook")
    assert (added.code, added.out.startswith("whsec_")) == (0, True)
    slack = shell.run("contacts", "add", "slack", "https://chat.example/x", "--json").one
    assert slack["secret"] is None
    assert [m["label"] for m in shell.run("contacts", "list", "--json").lines] == ["work", "hook", "chat.example"]

    shown = shell.run("rules", "show")
    assert "all methods at once" in shown.err
    changed = shell.run("rules", "set", "high", "email", "hook=2m", f"{slack['id']}=5m", "--json").one
    assert [(r["channel"], r["delay_seconds"]) for r in changed["rules"]] == [
        ("email", 0),
        ("webhook", 120),
        ("slack", 300),
    ]
    table = shell.run("rules", "show").out
    assert "2m" in table
    assert [s["is_default"] for s in shell.run("rules", "show", "--json").lines] == [False, True]

    removed = shell.run("contacts", "remove", "hook", "--yes")
    assert (removed.code, "Its rule for high urgency, 120 s, went with it." in removed.err) == (0, True)
    assert shell.run("rules", "reset", "high", "--json").one["is_default"]


def test_an_address_is_proven_by_its_code(shell: Terminal, api: ApiHost) -> None:
    asked = shell.run("contacts", "verify", "email")
    assert (asked.code, "A code is on its way" in asked.out) == (0, True)
    (code,) = codes(api)
    wrong = shell.run("contacts", "verify", "email", "--code", f"{(int(code) + 1) % 1_000_000:06}", "--json")
    assert (wrong.code, [e["field"] for e in wrong.error["errors"]]) == (2, ["code"])
    assert shell.run("contacts", "verify", "email", "--code", code, "--json").one["verified_at"]


def test_a_test_page_that_nobody_has_taken_yet(shell: Terminal) -> None:
    sent = shell.run("contacts", "test", "work", "--wait", "0s")
    assert (sent.code, sent.out) == (0, "The test page to work is still on its way.\n")


def test_what_can_t_be(shell: Terminal) -> None:
    assert shell.run("rules", "set", "high", "pager").code == 5
    assert shell.run("rules", "set", "high", "email=soon").code == 2
    assert shell.run("rules", "set", "high", "email=25h").code == 2
    assert shell.run("rules", "set", "urgent", "email").code == 2
    assert shell.run("contacts", "add", "sms", "+49123").code == 2
    assert shell.run("contacts", "add", "email", "nobody").code == 2
    assert shell.run("contacts", "list", "--member", "nobody@acme.example").code == 5
    shell.run("contacts", "add", "email", "second@acme.example")
    assert shell.run("rules", "set", "high", "email").code == 2


def test_admins_set_the_rules_of_others_and_a_key_of_nobody_says_whose(shell: Terminal, world: World) -> None:
    bob = world.bob.email
    changed = shell.run("rules", "set", "low", "email=1h", "--member", bob, "--json").one
    assert changed["user_id"] == str(world.bob.user_id)
    nobody = {"TOCSIN_API_KEY": world.api_key("admin")}
    assert shell.run("rules", "show", **nobody).code == 2
    assert shell.run("rules", "show", "--member", bob, "--json", **nobody).lines[1]["is_default"] is False
    stranger = {"TOCSIN_API_KEY": World(world.database, name="Other").api_key("owner")}
    assert shell.run("rules", "show", "--member", str(world.bob.user_id), **stranger).code == 5
