"""`tocsin invite`, `keys` and `audit` against the real API: whom they let in, and what was done."""

import csv
import io
import json
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cli import durations
from cli.failures import Usage
from tests.support.api_host import ApiHost, api_host
from tests.support.cli_host import Terminal, terminal
from tests.support.world import World

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


@pytest.fixture
def shell(api: ApiHost, tmp_path: Path) -> Iterator[Terminal]:
    with terminal(api, tmp_path / "config") as (found, _):
        yield found


@pytest.fixture
def stranger(world: World) -> dict[str, str]:
    return {"TOCSIN_API_KEY": World(world.database, name="Other").api_key("owner")}


def test_somebody_is_invited_again_and_no_more(shell: Terminal, world: World, stranger: dict[str, str]) -> None:
    made = shell.run("invite", "send", "Carol@New.Example", "--role", "viewer", "--expires", "2d", "--json").one
    assert (made["email"], made["role"], made["status"]) == ("carol@new.example", "viewer", "pending")
    again = shell.run("invite", "send", "carol@new.example", "--json")
    assert (again.code, again.error["code"]) == (6, "invitation_pending")
    too_soon = shell.run("invite", "resend", "carol@new.example")
    assert (too_soon.code, "There is room again in " in too_soon.err) == (7, True)
    world.database.rows("update invitation set sent_at = sent_at - interval '1 hour' returning id")
    shown = shell.run("invite", "resend", "carol@new.example")
    assert (shown.code, shown.out.split(" again")[0]) == (0, "Mailed to carol@new.example")
    assert shell.run("invite", "revoke", made["id"], "--json", **stranger).code == 5
    assert shell.run("invite", "revoke", "carol@new.example", "--json").one["status"] == "revoked"
    assert shell.run("invite", "revoke", "carol@new.example").code == 5
    assert [i["status"] for i in shell.run("invite", "list", "--json").lines] == ["revoked"]
    assert shell.run("invite", "list", "--status", "pending").err == "No invitations.\n"
    assert shell.run("invite", "list", "--json", **stranger).lines == []


def test_an_invitation_that_is_none(shell: Terminal, world: World) -> None:
    wrong = shell.run("invite", "send", "carol", "--json")
    assert (wrong.code, [e["field"] for e in wrong.error["errors"]]) == (2, ["email"])
    assert shell.run("invite", "send", "c@new.example", "--expires", "soon").code == 2
    assert shell.run("invite", "send", "c@new.example", "--expires", "1s").code == 2
    assert shell.run("invite", "send", "c@new.example", "--role", "king").code == 2
    assert shell.run("invite", "send", "c@new.example", "--team", "nonsense").code == 2
    assert shell.run("invite", "send", "c@new.example", "--role", "owner").code == 4
    assert shell.run("invite", "send", world.alice.email).code == 6
    assert shell.run("invite", "send", "c@new.example", TOCSIN_API_KEY=world.api_key("responder")).code == 4


def test_a_key_is_shown_once_alone_on_standard_output(shell: Terminal, stranger: dict[str, str]) -> None:
    asked = ("keys", "create", "ci", "--role", "viewer", "--read-only", "--group", "incidents", "--expires", "90d")
    shown = shell.run(*asked)
    assert shown.code == 0, shown.err
    key = shown.out.strip()
    assert key.isalnum()
    assert "is not shown again" in shown.err
    assert shell.run("incidents", "list", "--json", TOCSIN_API_KEY=key).lines == []
    assert shell.run("invite", "list", TOCSIN_API_KEY=key).code == 4
    listed = next(k for k in shell.run("keys", "list", "--json").lines if k["name"] == "ci")
    assert (listed["role"], listed["access"], listed["groups"]) == ("viewer", "read", ["incidents"])
    assert "key" not in listed
    left = datetime.fromisoformat(listed["expires_at"]) - datetime.now(UTC)
    assert timedelta(days=89) < left < timedelta(days=91)
    assert shell.run("keys", "revoke", listed["id"], **stranger).code == 5
    new = shell.run("keys", "rotate", listed["id"], "--overlap", "0s", "--json").one
    assert new["key"] != key
    assert shell.run("incidents", "list", TOCSIN_API_KEY=key).code == 3
    assert shell.run("keys", "revoke", new["id"], "--json").one["revoked_at"]
    assert shell.run("incidents", "list", TOCSIN_API_KEY=new["key"]).code == 3


def test_a_key_that_is_none(shell: Terminal, world: World) -> None:
    assert shell.run("keys", "create", "x", "--role", "owner").code == 4
    assert shell.run("keys", "create", "x", "--expires", "7d", "--role", "king").code == 2
    assert shell.run("keys", "create", "x", "--expires", "soon").code == 2
    assert shell.run("keys", "create", "x", "--expires", "2020-01-01").code == 2
    assert shell.run("keys", "create", "").code == 2
    assert shell.run("keys", "revoke", "nonsense").code == 2
    assert shell.run("keys", "create", "x", TOCSIN_API_KEY=world.api_key("viewer")).code == 4


def test_the_log_is_read_by_what_was_done(shell: Terminal, world: World, stranger: dict[str, str]) -> None:
    shell.run("keys", "create", "one")
    shell.run("invite", "send", "carol@new.example")
    found = shell.run("audit", "list", "--json").lines
    assert [entry["action"] for entry in found] == ["invitation.created", "api_key.created"]
    (only,) = shell.run("audit", "list", "--action", "api_key.created", "--since", "1h", "--json").lines
    assert only["after"]["name"] == "one"
    assert shell.run("audit", "list", "--subject", f"api_key:{only['subject_id']}", "--json").lines == [only]
    assert shell.run("audit", "list", "--request", only["request_id"], "--json").lines == [only]
    actor = f"{only['actor_kind']}:{only['actor_id']}"
    assert len(shell.run("audit", "list", "--actor", actor, "--json").lines) == 2
    assert shell.run("audit", "list", "--until", "1h").err == "No changes.\n"
    assert actor in shell.run("audit", "list").out
    assert shell.run("audit", "list", "--since", "yesterday").code == 2
    assert shell.run("audit", "list", "--json", **stranger).lines == []
    assert shell.run("audit", "list", TOCSIN_API_KEY=world.api_key("viewer")).code == 4


def test_the_log_is_exported_part_by_part(shell: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two", "three", "=1+1"):
        assert shell.run("keys", "create", name).code == 0
    monkeypatch.setattr("functions.api.row_files.MAX_BYTES", 1)
    rows = [*csv.DictReader(io.StringIO(shell.run("audit", "export").out))]
    assert [json.loads(row["after"])["name"] for row in rows] == ["=1+1", "three", "two", "one"]
    path = tmp_path / "log.jsonl"
    ended = shell.run("audit", "export", "--format", "jsonl", "--output", str(path), "--action", "api_key.created")
    assert ended.out == f"Written to {path}.\n"
    assert [json.loads(line)["after"]["name"] for line in path.read_text().splitlines()] == [
        "=1+1",
        "three",
        "two",
        "one",
    ]
    assert shell.run("audit", "export", "--output", str(tmp_path / "no" / "x")).code == 1
    # what was done and from where is no reading for others on this machine
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


@pytest.mark.parametrize(
    ("text", "seconds"), [("90s", 90), ("30m", 1800), ("24H", 86_400), (" 7d ", 604_800), ("2w", 1_209_600)]
)
def test_a_duration(text: str, seconds: int) -> None:
    assert durations.seconds(text) == seconds
    assert durations.instant(text, NOW, ahead=True) == (NOW + timedelta(seconds=seconds)).isoformat()


@pytest.mark.parametrize("text", ["", "7", "d", "-1d", "1.5h", "7 days", "7y", "9999999999s", "٣d"])
def test_a_duration_that_is_none(text: str) -> None:
    with pytest.raises(Usage):
        durations.seconds(text)


@pytest.mark.parametrize("text", ["soon", "2026-13-01", "999999999w", "0001-01-01T00:00+23:00"])
def test_an_instant_that_is_none(text: str) -> None:
    with pytest.raises(Usage):
        durations.instant(text, NOW, ahead=True)


def test_an_instant_as_given() -> None:
    assert durations.instant("2026-11-21T13:00+01:00", NOW, ahead=True) == NOW.isoformat()
