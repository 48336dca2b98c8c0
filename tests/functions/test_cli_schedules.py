"""`tocsin schedules` and `tocsin oncall` against the real API: who is on call when, and how that is changed."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

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


def document(world: World, **changes: Any) -> str:
    """A schedule of Alice and Bob, by their addresses."""
    layer = {
        "name": "day",
        "unit": "days",
        "length": 1,
        "handoff": "09:00",
        "starts_on": "2026-01-05",
        "participants": [world.alice.email, world.bob.email],
    }
    return json.dumps({"name": "Primary", "time_zone": "Europe/Berlin", "layers": [layer], **changes})


def test_a_schedule_is_written_as_a_document_and_edited_as_one(shell: Terminal, world: World, tmp_path: Path) -> None:
    file = tmp_path / "primary.json"
    file.write_text(document(world))
    previewed = shell.run("schedules", "preview", "-f", str(file), "--json").one
    assert {shift["user_name"] for shift in previewed["items"]} == {"Alice", "Bob"}
    assert shell.run("schedules", "list").err == "No schedules.\n"
    made = shell.run("schedules", "create", "-f", str(file), "--json").one
    assert made["layers"][0]["participants"] == [str(world.alice.user_id), str(world.bob.user_id)]
    shown = shell.run("schedules", "show", "primary")
    assert "Alice, Bob" in shown.out
    edited = json.loads(shell.run("schedules", "show", "Primary", "--document").out)
    assert edited["version"] == 1
    edited["layers"][0]["participants"] = [world.bob.email]
    file.write_text(json.dumps(edited))
    changed = shell.run("schedules", "preview", made["id"], "-f", str(file), "--json").one
    assert {shift["user_name"] for shift in changed["items"]} == {"Bob"}
    said = shell.run("schedules", "update", "Primary", "-f", str(file))
    assert (said.code, said.out) == (0, "Primary is at version 2 now.\n")
    late = shell.run("schedules", "update", "Primary", "-f", str(file), "--json")
    assert (late.code, late.error["code"]) == (6, "stale_version")
    assert [v["version"] for v in shell.run("schedules", "show", "Primary", "--versions", "--json").lines] == [2, 1]
    assert "layer day, version 2" in shell.run("schedules", "shifts", "Primary", "--until", "3d").out
    assert shell.run("schedules", "delete", "Primary", "--yes").code == 0
    assert shell.run("schedules", "show", "Primary").code == 5


def test_what_is_no_document(shell: Terminal, world: World, tmp_path: Path) -> None:
    file = tmp_path / "wrong.json"
    for text, code in (("{", 2), ("[]", 2), (document(world, layers=5), 2), (document(world, time_zone="Mars/X"), 2)):
        file.write_text(text)
        assert shell.run("schedules", "create", "-f", str(file)).code == code, text
    file.write_text(document(world, layers=[{"participants": ["nobody@acme.example"]}]))
    assert shell.run("schedules", "create", "-f", str(file)).code == 5
    assert shell.run("schedules", "create", "-f", str(tmp_path / "none.json")).code == 2
    wrong = shell.run("schedules", "create", "-f", "-", "--json", given=document(world, time_zone="Mars/X"))
    assert [e["field"] for e in wrong.error["errors"]] == ["time_zone"]


def test_who_is_on_call_and_who_takes_over(shell: Terminal, world: World, tmp_path: Path) -> None:
    assert shell.run("oncall").err == "No schedules.\n"
    made = shell.run("schedules", "create", "-f", "-", "--json", given=document(world)).one
    (now,) = shell.run("oncall", "--json").lines
    assert {now["now"]["user_name"], now["next"]["user_name"]} == {"Alice", "Bob"}
    carol = world.person("Carol")
    taken = shell.run("schedules", "override", "Primary", "--member", carol.email, "--until", "2h", "--json").one
    (line,) = [row for row in shell.run("oncall").out.splitlines() if row.startswith("Primary")]
    assert "Carol" in line
    assert shell.run("oncall", "--member", carol.email, "--json").one["schedule_id"] == made["id"]
    assert shell.run("oncall", "--member", "none@acme.example").code == 5
    assert shell.run("oncall", "--mine").code == 2
    assert "Carol" in shell.run("schedules", "overrides", "Primary").out
    gone = shell.run("schedules", "overrides", "Primary", "--cancel", taken["id"], "--json").one
    assert gone["cancelled_at"]
    assert shell.run("schedules", "overrides", "Primary", "--json").lines == []
    assert len(shell.run("schedules", "overrides", "Primary", "--all", "--json").lines) == 1
    assert shell.run("schedules", "override", "Primary", "--until", "2h").code == 2
    assert shell.run("schedules", "override", "Primary", "--nobody", "--member", "x", "--until", "2h").code == 2
    temporary = tmp_path / "christmas.json"
    ends_at = (world.now + timedelta(days=3)).isoformat()
    temporary.write_text(json.dumps({"kind": "temporary", "layers": [], "ends_at": ends_at}))
    assert shell.run("schedules", "override", "Primary", "-f", str(temporary), "--json").one["kind"] == "temporary"
    refused = shell.run("oncall", "--no-notices", "--json")
    assert (refused.code, refused.error["code"]) == (4, "forbidden")


def test_a_calendar_is_shown_once_alone_on_standard_output(shell: Terminal, world: World) -> None:
    shell.run("schedules", "create", "-f", "-", given=document(world))
    shown = shell.run("schedules", "calendar", "Primary", "--everybody")
    assert shown.out.startswith("https://tocsin.example/v1/calendars/")
    assert "is not shown again" in shown.err
    own = shell.run("schedules", "calendar", "Primary", "--member", world.bob.email, "--json").one
    assert own["user_id"] == str(world.bob.user_id)
    assert "Bob" in shell.run("schedules", "calendar", "Primary").out
    new = shell.run("schedules", "calendar", "Primary", "--rotate", own["id"], "--json").one
    assert new["url"] != own["url"]
    assert shell.run("schedules", "calendar", "Primary", "--revoke", own["id"]).out == f"{own['id']} is revoked.\n"
    assert shell.run("schedules", "calendar", "Primary", "--rotate", own["id"]).code == 6
