"""`tocsin heartbeats` against the real API: what was told, new URLs, ping keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.cli_host import Terminal, terminal
from tests.support.heartbeats import Beating, by_slug
from tests.support.world import MAC_KEYS, World
from tocsin.platform.tokens import verify_uuid
from tocsin_data.services.pings import apply


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


@pytest.fixture
def shell(api: ApiHost, tmp_path: Path) -> Iterator[Terminal]:
    with terminal(api, tmp_path / "config") as (found, _):
        yield found


def test_what_a_heartbeat_was_told_is_listed(shell: Terminal, world: World) -> None:
    beating = Beating(world)
    assert shell.run("heartbeats", "pings", str(beating.monitor_id)).err == "It was told nothing yet.\n"
    beating.tell("fail", exit_status=3, body="disk full\nsecond line")
    listed = shell.run("heartbeats", "pings", f"backup {beating.key}")
    assert ("disk full" in listed.out, "second line" in listed.out) == (True, False)
    (ping,) = shell.run("heartbeats", "pings", str(beating.monitor_id), "--json").lines
    assert (ping["exit_status"], ping["body"]) == (3, "disk full\nsecond line")


def test_a_heartbeat_shows_what_it_has_heard_and_until_when_it_waits(shell: Terminal, world: World) -> None:
    beating = Beating(world)
    assert shell.run("monitors", "show", str(beating.monitor_id)).err == "It was told nothing yet.\n"
    beating.tell("success")
    shown = shell.run("monitors", "show", str(beating.monitor_id))
    assert [word in shown.out for word in ("expected", "late", "success", "regions")] == [True, True, True, False]


def test_a_new_url_is_alone_on_standard_output(shell: Terminal, world: World) -> None:
    beating = Beating(world)
    url = shell.run("heartbeats", "rotate-url", str(beating.monitor_id)).out.strip()
    assert verify_uuid(url.rsplit("/", 1)[1], MAC_KEYS) != beating.key


def test_ping_keys_are_made_listed_and_revoked(shell: Terminal, world: World) -> None:
    assert shell.run("heartbeats", "keys").err == "No ping keys.\n"
    assert shell.run("heartbeats", "create-key", "cron", "--service", "none of ours").code == 5
    url = shell.run("heartbeats", "create-key", "cron of db-1", "--service", "CHECKOUT").out.strip()
    assert url.endswith("/{slug}")
    key = url.split("/")[-2]
    apply(world.database.enter("worker"), [by_slug(key, "bakcup", world.now)])
    (listed,) = shell.run("heartbeats", "keys", "--json").lines
    assert (listed["name"], listed["unknown_slug"]) == ("cron of db-1", "bakcup")
    assert listed["service_id"] == str(world.service_id)
    assert shell.run("heartbeats", "revoke-key", listed["id"]).out == f"Revoked cron of db-1 ({key[-4:]}).\n"
