"""`tocsin routes` and `tocsin maintenance` against the real API: rules tried and set, windows opened and ended."""

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


def test_rules_are_tried_then_set_and_edited_as_a_document(shell: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "rules.json"
    tests = {"name": "tests", "condition": "labels.env == 'test'", "actions": {"suppress": True}}
    file.write_text(json.dumps({"rules": [tests]}))
    assert "No rules: events stay as they come." in shell.run("routes", "show").err
    asked = ("routes", "test", "--service", "checkout", "--summary", "disk full", "--label", "env=test")
    assert shell.run(*asked, "--json").one["trace"] == []
    tried = shell.run(*asked, "-f", str(file))
    assert "rule “tests” suppresses it" in tried.out
    assert shell.run("routes", "set", "-f", str(file)).out == "The rules are at version 2 now.\n"
    shown = shell.run("routes", "show")
    assert ("labels.env == 'test'" in shown.out, "suppress=True" in shown.out) == (True, True)
    file.write_text(shell.run("routes", "show", "--document").out)
    assert shell.run("routes", "set", "-f", str(file), "--json").one["version"] == 3
    stale = shell.run("routes", "set", "-f", str(file))
    assert (stale.code, "The rules are at version 3 by now" in stale.err) == (6, True)
    assert [v["version"] for v in shell.run("routes", "show", "--versions", "--json").lines] == [3, 2]
    assert shell.run("routes", "test", "--service", "checkout", "--label", "env").code == 2
    assert "There is no service" in shell.run("routes", "show", "--service", "nowhere").err


def test_a_rule_that_is_wrong_is_refused_with_its_place(shell: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "rules.json"
    file.write_text(json.dumps({"rules": [{"name": "x", "condition": "event.severity =="}]}))
    refused = shell.run("routes", "set", "--service", "checkout", "-f", str(file))
    assert "rules.0.condition: can't be read at line 1, character 18: mismatched input the end" in refused.err


def test_windows_are_made_listed_ended_and_cancelled(shell: Terminal) -> None:
    assert shell.run("maintenance", "list", "--active").err == "No window is open.\n"
    made = shell.run("maintenance", "create", "upgrade", "--service", "checkout", "--for", "2h", "--json").one
    assert (made["kind"], made["open"]["ends_at"]) == ("maintenance", made["ends_at"])
    silence = ("--silence", "--label", "host=db1", "--for", "30m", "--from", "1d", "--recurs", "FREQ=DAILY")
    later = shell.run("maintenance", "create", "backup", *silence, "--json").one
    assert (later["kind"], later["open"], len(later["upcoming"])) == ("silence", None, 3)
    assert "host=db1" in shell.run("maintenance", "list").out
    assert [w["id"] for w in shell.run("maintenance", "list", "--active", "--json").lines] == [made["id"]]
    assert shell.run("maintenance", "end", made["id"]).out == "Ended upgrade.\n"
    assert shell.run("maintenance", "list", "--active", "--json").lines == []
    assert "not open now" in shell.run("maintenance", "end", later["id"]).err
    assert shell.run("maintenance", "cancel", later["id"]).out == "Cancelled backup.\n"
    refused = shell.run("maintenance", "create", "nothing", "--for", "1h")
    assert "everything: must be true, or give service_ids, labels or monitor_ids" in refused.err
