"""`tocsin incidents` and `tocsin paging`: what they do to incidents, and how loudly they say that paging is stopped."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.cli_host import Terminal, terminal
from tests.support.world import World
from tocsin_data.services.processing import process


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


@pytest.fixture
def shell(api: ApiHost, world: World, tmp_path: Path) -> Iterator[Terminal]:
    process(world.database.enter("worker"), [world.request()], key_budget_per_minute=6000)
    with terminal(api, tmp_path / "config") as (found, _):
        yield found


def test_what_is_done_and_who_was_quicker(shell: Terminal, world: World) -> None:
    for asked, said in (
        (("ack", "1"), "Acknowledged 1: disk full\n"),
        (("unack", "1"), "Triggered again 1: disk full\n"),
        (("hold", "1"), "Held 1: disk full\n"),
        (("resume", "1"), "Goes on 1: disk full\n"),
        (("escalate", "1"), "Escalated 1: disk full\n"),
        (("urgency", "1", "low"), "1 is of low urgency: disk full\n"),
        (("runbook", "1", "https://wiki.acme.example"), "Runbook of 1: https://wiki.acme.example\n"),
        (("runbook", "1"), "Runbook of 1: none\n"),
        (("call-in", "1", str(world.bob.user_id)), "Helping with 1: Bob\n"),
        (("note", "1", "looking"), "Noted.\n"),
        (("reassign", "1", "--user", str(world.bob.user_id)), "Reassigned 1: disk full\n"),
        (("resolve", "1"), "Resolved 1: disk full\n"),
        (("reopen", "1"), "Opened again 1: disk full\n"),
    ):
        shown = shell.run("incidents", *asked)
        assert (shown.code, shown.out) == (0, said), (asked, shown.err)
    late = shell.run("incidents", "reopen", "1", "--json")
    assert (late.code, late.error["code"]) == (6, "wrong_status")
    assert "It was opened again by API key test at 20" in late.error["detail"]
    found = shell.run("incidents", "show", "1", "--json").one
    assert (found["urgency"], [r["name"] for r in found["responders"]]) == ("low", ["Bob"])


def test_snoozes(shell: Terminal, world: World) -> None:
    tomorrow = (world.now + timedelta(days=1)).date().isoformat()
    made = shell.run("incidents", "snooze", "1", "--until", "2h", "--json").one
    assert made["snoozed_until"] is not None
    assert shell.run("incidents", "snooze", "1", "--until", "3h").code == 6
    local = ("--until", f"{tomorrow}T09:00", "--time-zone", "Asia/Kathmandu", "--replace", "--json")
    assert shell.run("incidents", "snooze", "1", *local).one["snoozed_until"].startswith(f"{tomorrow}T03:15:00")
    assert [i["number"] for i in shell.run("incidents", "list", "--snoozed", "--json").lines] == [1]
    assert shell.run("incidents", "list", "--no-snoozed", "--json").lines == []
    assert shell.run("incidents", "unsnooze", "1").out == "Woken 1: disk full\n"
    assert shell.run("incidents", "unsnooze", "1").code == 6
    for wrong in (
        (),
        ("--until", "nonsense"),
        ("--until", "60d"),
        ("--until", f"{tomorrow}T09:00", "--time-zone", "Mars/Phobos"),
    ):
        assert shell.run("incidents", "snooze", "1", *wrong).code == 2, wrong


def test_a_stop_of_paging_is_loud(shell: Terminal, world: World) -> None:
    made = shell.run("paging", "stop", "--until", "2h", "--reason", "a storm")
    assert (made.code, made.out.startswith("Nobody is paged until 20")) == (0, True)
    for asked in (
        ("paging", "status"),
        ("incidents", "list"),
        ("incidents", "show", "1"),
        ("incidents", "ack", "1"),
        ("incidents", "unack", "1"),
    ):
        shown = shell.run(*asked)
        assert shown.code == 0
        assert "PAGING IS STOPPED until 20" in shown.err, asked
        assert "a storm" in shown.err
    assert "PAGING IS STOPPED" in shell.run("incidents", "list", "--json").err
    assert shell.run("paging", "stop", "--until", "2d", "--reason", "too long").code == 2
    assert (
        shell.run("paging", "stop", "--until", "2h", "--reason", "x", TOCSIN_API_KEY=world.api_key("responder")).code
        == 4
    )
    assert shell.run("paging", "resume").out == "Paging goes on.\n"
    assert shell.run("paging", "resume").code == 5
    assert shell.run("paging", "status").out == "People are paged.\n"
    assert shell.run("incidents", "list").err == ""


def test_mine_takes_somebody(shell: Terminal) -> None:
    assert shell.run("incidents", "list", "--mine").code == 2
    assert [i["number"] for i in shell.run("incidents", "list", "--urgency", "high", "--json").lines] == [1]
    assert shell.run("incidents", "list", "--muted", "--json").lines == []
