"""`tocsin status reports`, `tocsin status maintenance` and `tocsin incidents report` against the real API."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.cli_host import Terminal, terminal
from tests.support.report_rows import insert_component, insert_page
from tests.support.world import World
from tocsin_data.services.processing import process


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


@pytest.fixture
def shell(api: ApiHost, tmp_path: Path) -> Iterator[Terminal]:
    with terminal(api, tmp_path / "config") as (found, _):
        yield found


def reports(shell: Terminal, *words: str) -> tuple[str, ...]:
    ended = shell.run("status", "reports", *words)
    assert ended.code == 0, ended.err
    return tuple(ended.out.splitlines())


def test_a_report_is_written_updated_and_resolved(shell: Terminal, world: World) -> None:
    insert_component(world, insert_page(world), "Shop")
    made = shell.run(
        "status", "reports", "create", "Slow", "We look.", "--affects", "shop=partial_outage", "--json"
    ).one
    assert (made["impact"], made["components"][0]["name"]) == ("major", "Shop")
    assert reports(shell, "update", "slow", "Found it.", "--status", "identified", "--quiet") == (
        "Slow is identified.",
    )
    shown = "\n".join(reports(shell, "show", "Slow"))
    assert "Shop: partial_outage" in shown
    assert shown.index("Found it.") < shown.index("We look.")
    assert reports(shell, "resolve", "Slow") == ("Slow is resolved.",)
    gone = shell.run("status", "reports", "update", "Slow", "x")
    assert (gone.code, "There is no open report 'Slow'" in gone.err) == (5, True)
    listed = shell.run("status", "reports", "list", "--component", "Shop", "--status", "resolved", "--json").lines
    assert [one["id"] for one in listed] == [made["id"]]
    assert reports(shell, "delete", made["id"], "--yes") == ("Deleted Slow.",)
    assert shell.run("status", "reports", "list").err == "No reports.\n"


def test_drafts_are_published_or_discarded(shell: Terminal, world: World) -> None:
    insert_page(world)
    for title in ("One", "Two"):
        assert reports(shell, "create", title, "We look.", "--draft")[0].startswith(f"Drafted {title}")
    assert reports(shell, "publish", "One", "--quiet") == ("Published One.",)
    assert reports(shell, "discard", "Two") == ("Discarded Two.",)
    two = shell.run("status", "reports", "list", "--state", "discarded", "--json").one
    assert reports(shell, "restore", two["id"]) == ("Two is a draft again.",)
    wrong = shell.run("status", "reports", "create", "x", "y", "--affects", "Shop")
    assert (wrong.code, "as Shop=partial_outage" in wrong.err) == (2, True)
    again = shell.run("status", "reports", "create", "One", "Another.", "--json").one
    both = shell.run("status", "reports", "show", "One")
    assert (both.code, "There are 2 open reports 'One'" in both.err) == (2, True)
    refused = shell.run("status", "reports", "publish", again["id"])
    assert (refused.code, "publish a draft" in refused.err) == (6, True)


def test_maintenance_is_announced_started_completed_and_cancelled(shell: Terminal, world: World) -> None:
    insert_component(world, insert_page(world), "Shop", services=[world.service_id])
    plan = ("status", "maintenance", "schedule")
    made = shell.run(
        *plan, "Upgrade", "Short.", "--for", "2h", "--from", "1d", "--component", "Shop", "--mute", "--json"
    )
    assert (made.one["status"], len(made.one["window_ids"])) == ("scheduled", 1)
    listed = shell.run("status", "maintenance", "list", "--status", "scheduled")
    assert "Upgrade" in listed.out
    assert shell.run("status", "reports", "list").err == "No reports.\n"
    assert shell.run("status", "maintenance", "start", "Upgrade").out == "Upgrade is in progress.\n"
    assert shell.run("status", "maintenance", "complete", "Upgrade", "Done.").out == "Upgrade is completed.\n"
    assert shell.run(*plan, "Move", "Short.", "--for", "2h", "--from", "1d", "--by-hand").code == 0
    assert shell.run("status", "maintenance", "cancel", "Move").out == "Cancelled Move.\n"
    shell.run(*plan, "Draft", "Short.", "--for", "2h", "--from", "1d", "--draft")
    cancelled = shell.run("status", "maintenance", "cancel", "Draft", "--json").one
    assert cancelled["state"] == "discarded"
    long = shell.run(*plan, "Long", "Short.", "--for", "100d", "--from", "1d")
    assert "scheduled_until: must be at most 90 days after scheduled_for" in long.err


def test_an_incident_is_reported_by_its_number(shell: Terminal, world: World) -> None:
    process(world.database.enter("worker"), [world.request()], key_budget_per_minute=100)
    insert_component(world, insert_page(world, automatic="off", name="One"), "Shop", services=[world.service_id])
    drafted = shell.run("incidents", "report", "1")
    assert drafted.out.startswith("Drafted Partial outage of Shop")
    assert shell.run("incidents", "report", "1", "--publish", "--json").one["state"] == "published"
    assert shell.run("incidents", "report", "1").out.startswith("The public is told: Partial outage of Shop")
    insert_page(world, automatic="off", name="Two")
    assert shell.run("incidents", "report", "1", "--page", "Two", "--json").one["title"] == "Trouble at Two"
