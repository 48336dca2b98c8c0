"""`tocsin lint`, `simulate` and `incidents explain`: what they ask, print, and end with."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.cli_host import Terminal, terminal
from tests.support.world import StepSpec, World
from tocsin_data.services.processing import process


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with world.database.admin() as conn:
        conn.execute("update contact_method set verified_at = now()")
        conn.execute("delete from escalation_policy where id not in (select policy_id from service)")
    with api_host(world, monkeypatch) as host:
        yield host


@pytest.fixture
def shell(api: ApiHost, tmp_path: Path) -> Iterator[Terminal]:
    with terminal(api, tmp_path / "config") as (found, _):
        yield found


def test_lint_ends_by_the_level_it_is_to_fail_on(shell: Terminal, world: World) -> None:
    clean = shell.run("lint")
    assert (clean.code, clean.err) == (0, "Nothing is wrong.\n")
    with world.database.admin() as conn:
        conn.execute("update contact_method set verified_at = null where user_id = %s", (world.bob.user_id,))
    assert shell.run("lint").code == 0
    warned = shell.run("lint", "--fail-on", "warning")
    assert warned.code == 1
    assert "person_without_verified_contact" in warned.out
    assert "user Bob" in warned.out
    assert shell.run("lint", "--fail-on", "never").code == 0
    ended = shell.run("lint", "--fail-on", "info", "--json")
    assert ended.code == 1
    assert json.loads(ended.out)["level"] == "warning"


def test_a_key_that_is_refused_is_no_finding(shell: Terminal) -> None:
    assert shell.run("lint", TOCSIN_API_KEY="nonsense").code not in {0, 1}


def test_a_simulation_for_people_and_for_programs(shell: Terminal, world: World) -> None:
    shown = shell.run(
        "simulate", "Checkout", "--summary", "disk full", "--severity", "critical", "--label", "host=db-1"
    )
    assert shown.code == 0, shown.err
    assert "trigger: opened" in shown.out
    assert "“disk full” of checkout ends triggered, by version 1 of its policy" in shown.out
    lines = [line for line in shown.out.splitlines() if "email" in line]
    assert [who for who in ("Alice", "Bob", "fallback") if any(who in line for line in lines)] == [
        "Alice",
        "Bob",
        "fallback",
    ]
    assert "step 2, round 1" in lines[1]
    found = shell.run("simulate", str(world.service_id), "--ack-after", "10m", "--json").one
    assert [event["outcome"] for event in found["events"]] == ["opened", "acknowledged"]
    assert [page["name"] for page in found["pages"]] == ["Alice"]
    assert world.database.rows("select count(*) from event") == [(0,)]


def test_a_simulation_that_goes_on_says_so(shell: Terminal, world: World) -> None:
    world.policy([StepSpec([world.alice.target])], rounds=10)
    cut = shell.run("simulate", "checkout", "--at", "8h", "--until", "9h", "--resolve-after", "30m")
    assert cut.code == 0, cut.err
    world.policy([], rounds=1)
    assert "fallback" in shell.run("simulate", "checkout").out
    ended = shell.run("simulate", "checkout", "--at", "8h", "--until", "8h")
    assert ended.code == 2
    assert "until" in ended.err


def test_a_simulation_of_a_document(shell: Terminal) -> None:
    document = json.dumps({"events": [{"summary": "from a file", "severity": "info"}]})
    assert "from a file" in shell.run("simulate", "checkout", "--file", "-", given=document).out


def test_what_can_not_be_simulated(shell: Terminal) -> None:
    assert shell.run("simulate", "nothing").code == 5
    assert shell.run("simulate", "checkout", "--label", "x").code == 2
    assert shell.run("simulate", "checkout", "--ack-after", "soon").code == 2


def test_an_incident_is_explained(shell: Terminal, world: World) -> None:
    process(world.database.enter("worker"), [world.request(world.event())], key_budget_per_minute=600)
    shown = shell.run("incidents", "explain", "1")
    assert shown.code == 0, shown.err
    assert "paged Alice (step 1, round 1)" in shown.out
    assert "no alert with this dedup key was open, so it opened one" in shown.out
    assert {line["source"] for line in shell.run("incidents", "explain", "1", "--json").one["lines"]} == {
        "event",
        "timeline",
        "notification",
    }
