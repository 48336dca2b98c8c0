"""`tocsin policies` and `tocsin destinations` against the real API: who is paged after whom."""

import json
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


def test_a_policy_goes_out_as_a_document_and_comes_back(shell: Terminal, world: World, tmp_path: Path) -> None:
    file = tmp_path / "policy.json"
    steps = [
        {"targets": [world.alice.email, {"kind": "team", "value": "ops"}], "retries": 2, "retry_interval_seconds": 60},
        {"delay_seconds": 300, "targets": [{"kind": "user", "value": world.bob.email}, "nobody@else.example"]},
    ]
    team = world.team("ops", [world.bob])
    file.write_text(json.dumps({"name": "primary", "fallback": ["team:ops"], "steps": steps}), encoding="utf-8")
    made = shell.run("policies", "create", "-f", str(file), "--json").one
    assert made["steps"][0]["targets"] == [t | {"who": None} for t in (world.alice.target, team)]
    assert made["steps"][1]["targets"][1] == {"kind": "email", "value": "nobody@else.example", "who": None}

    document = json.loads(shell.run("policies", "show", "Primary", "--document").out)
    file.write_text(json.dumps(document | {"rounds": 2}), encoding="utf-8")
    said = shell.run("policies", "update", "primary", "-f", str(file))
    assert (said.code, said.out) == (0, "primary is at version 2 now, with 2 steps.\n")
    stale = shell.run("policies", "update", "primary", "-f", str(file), "--json")
    assert (stale.code, stale.error["code"]) == (6, "stale_version")
    assert "of the policy rounds changed" in str(stale.error)


def test_steps_are_changed_one_by_one(shell: Terminal, world: World, tmp_path: Path) -> None:
    file = tmp_path / "policy.json"
    file.write_text(json.dumps({"name": "primary", "steps": [{"targets": [world.alice.email]}]}), encoding="utf-8")
    assert shell.run("policies", "create", "-f", str(file)).code == 0
    inserted = shell.run(
        "policies", "insert", "primary", "--to", world.bob.email, "--to", "email:x@y.example", "--after", "5m",
        "--again", "2", "--every", "2m", "--in-turn", "--severity", "critical", "--until-resolved", "--json",
    )  # fmt: skip
    step = inserted.one["steps"][1]
    assert (step["delay_seconds"], step["retries"], step["retry_interval_seconds"]) == (300, 2, 120)
    assert (step["round_robin"], step["conditions"]["while"]) == (True, "not_resolved")
    changed = shell.run("policies", "change", "primary", "2", "--until-acknowledged", "--all-at-once", "--json").one
    assert changed["steps"][1]["conditions"]["severities"] == ["critical"]
    assert changed["steps"][1]["conditions"]["while"] == "not_acknowledged"
    assert shell.run("policies", "copy", "primary", "2").out == "primary is at version 4 now, with 3 steps.\n"
    assert shell.run("policies", "move", "primary", step["step_id"], "--at", "3").code == 0
    assert shell.run("policies", "remove", "primary", "3", "--json").one["version"] == 6

    shown = shell.run("policies", "show", "primary").out
    assert all(text in shown for text in ("Alice", "Bob, x@y.example", "2 times, every 2m", "critical"))
    versions = shell.run("policies", "show", "primary", "--versions", "--json").lines
    assert [[c["kind"] for c in v["changes"]] for v in versions[:2]] == [["step_removed"], ["step_moved"]]
    assert len(shell.run("policies", "show", "primary", "--version", "1", "--json").one["steps"]) == 1
    assert "step 3 was removed" in shell.run("policies", "show", "primary", "--versions").out


def test_a_policy_is_copied_and_deleted(shell: Terminal, world: World) -> None:
    made = shell.run("policies", "duplicate", str(world.policy_id), "secondary", "--json").one
    assert [p["name"] for p in shell.run("policies", "list", "--json").lines if p["id"] == made["id"]] == ["secondary"]
    assert shell.run("policies", "delete", "secondary", "--yes").out == "Deleted secondary.\n"
    assert shell.run("policies", "delete", str(world.policy_id), "--yes").code == 6


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show", "nowhere"), 5),
        (("remove", "{policy}", "9"), 5),
        (("insert", "{policy}", "--to", "somebody"), 2),
        (("insert", "{policy}", "--to", "fax:1"), 2),
        (("insert", "{policy}", "--to", "schedule:nowhere"), 5),
        (("insert", "{policy}"), 2),
        (("change", "{policy}", "1", "--after", "soon"), 2),
    ],
)
def test_what_can_not_be_done_says_why(shell: Terminal, world: World, words: tuple[str, ...], code: int) -> None:
    ended = shell.run("policies", *[word.replace("{policy}", str(world.policy_id)) for word in words])
    assert (ended.code, bool(ended.err)) == (code, True)


def test_destinations(shell: Terminal, world: World) -> None:
    shown = shell.run("destinations", "add", "webhook", "ops room", "https://hooks.acme.example/x")
    assert shown.out.startswith("whsec_")
    assert shell.run("destinations", "add", "slack", "chat", "https://hooks.slack.example/x").out.startswith(
        "Added chat"
    )
    assert shell.run("destinations", "change", "chat", "--name", "talk").out.startswith("Changed talk")
    assert shell.run("destinations", "disable", "talk").out == "Switched off talk.\n"
    listed = shell.run("destinations", "list", "--json").lines
    assert [(d["name"], d["disabled_at"] is None) for d in listed] == [("ops room", True), ("talk", False)]
    step = shell.run(
        "policies", "insert", str(world.policy_id), "--to", "destination:ops room", "--after", "1m", "--json"
    )
    assert step.one["steps"][-1]["targets"][0]["kind"] == "destination"
    assert "destination ops room" in shell.run("policies", "show", str(world.policy_id)).out
    assert shell.run("destinations", "delete", "talk", "--yes").code == 0
    assert shell.run("destinations", "delete", "talk", "--yes").code == 5


def test_a_destination_is_tested(shell: Terminal) -> None:
    shell.run("destinations", "add", "slack", "chat", "https://hooks.slack.example/x")
    sent = shell.run("destinations", "test", "chat", "--wait", "0s")
    assert (sent.code, sent.out) == (0, "The test page to chat is still on its way.\n")
    assert shell.run("destinations", "test", "talk").code == 5
    shell.run("destinations", "disable", "chat")
    refused = shell.run("destinations", "test", "chat")
    assert (refused.code, "give it its URL anew" in refused.err) == (6, True)
