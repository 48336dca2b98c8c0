"""`tocsin status pages`, `components`, `groups` and `logos` against the real API."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.audited_pages import png
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


def test_a_page_is_made_shown_hidden_and_deleted(shell: Terminal) -> None:
    made = shell.run("status", "pages", "create", "Acme", "--slug", "acme", "--time-zone", "Asia/Kolkata")
    assert (made.code, made.out) == (0, "Created Acme (acme, private).\n")
    assert shell.run("status", "pages", "publish", "ACME").out == "Acme is public.\n"
    edited = shell.run(
        "status", "pages", "edit", "acme", "--automatic", "publish", "--accent", "#0b5cad",
        "--home-url", "https://acme.example", "--not-indexed", "--json",
    ).one  # fmt: skip
    assert (edited["version"], edited["visibility"], edited["is_indexed"]) == (3, "public", False)
    assert shell.run("status", "pages", "edit", "acme", "--home-url", "none", "--json").one["home_url"] is None
    refused = shell.run("status", "pages", "edit", "acme", "--accent", "#ffee00", "--json").error
    assert "the nearest colour that would do is #" in str(refused)
    assert shell.run("status", "pages", "edit", "acme").code == 2
    assert [page["slug"] for page in shell.run("status", "pages", "list", "--json").lines] == ["acme"]
    shown = shell.run("status", "pages", "show", "acme", "--json").one
    assert (shown["told"]["indicator"], shown["time_zone"]) == ("none", "Asia/Kolkata")
    assert "Asia/Kolkata" in shell.run("status", "pages", "show", "acme").out
    assert shell.run("status", "pages", "hide", shown["id"]).out == "Acme is hidden.\n"
    assert shell.run("status", "pages", "delete", "acme", given="n\n").code == 1
    assert shell.run("status", "pages", "delete", "acme", "--yes").out == "Deleted Acme.\n"
    assert shell.run("status", "pages", "show", "acme", "--json").error["exit_code"] == 5


def test_components_are_made_moved_and_said_to_be_something(shell: Terminal, world: World) -> None:
    shell.run("status", "pages", "create", "Acme", "--slug", "acme", "--automatic", "publish")
    shop = shell.run("status", "components", "add", "Shop", "--service", "checkout", "--group", "Web", "--json").one
    assert shop["service_ids"] == [str(world.service_id)]
    for name in ("Mail", "Login"):
        assert shell.run("status", "components", "add", name, "--page", "acme").code == 0
    assert shell.run("status", "components", "move", "Login", "--before", "mail").out == "Moved Login.\n"
    assert shell.run("status", "components", "move", "Mail", "--after", "shop").code == 0
    assert shell.run("status", "components", "move", "Login", "--group", "App").code == 0
    listed = shell.run("status", "components", "list", "--json").lines
    assert [one["name"] for one in listed] == ["Shop", "Mail", "Login"]
    assert [one["group_id"] == shop["group_id"] for one in listed] == [True, True, False]
    said = shell.run("status", "components", "set", "shop", "partial_outage", "--until", "2h")
    assert (said.code, said.out) == (0, "Shop is told as partial outage.\n")
    table = shell.run("status", "components", "list").out
    assert all(text in table for text in ("partial_outage", "1 service(s)", "by hand", "Web", "App"))
    assert "override" in shell.run("status", "pages", "show", "acme").out
    assert shell.run("status", "components", "clear", "Shop", "--json").one["override"] is None
    edited = shell.run(
        "status", "components", "edit", "Shop", "--by-hand", "--no-group", "--name", "Store", "--json"
    ).one
    assert (edited["service_ids"], edited["group_id"], edited["name"]) == ([], None, "Store")
    assert shell.run("status", "components", "delete", "Store", "--yes").out == "Deleted Store.\n"
    assert len(shell.run("status", "components", "list", "--json").lines) == 2


def test_groups_are_made_renamed_closed_and_deleted(shell: Terminal) -> None:
    shell.run("status", "pages", "create", "Acme", "--slug", "acme")
    made = shell.run("status", "groups", "add", "Web", "--description", "What you see.", "--json").one
    assert (made["name"], made["description"], made["is_collapsed"]) == ("Web", "What you see.", False)
    shop = shell.run("status", "components", "add", "Shop", "--group", "web", "--json").one
    assert shop["group_id"] == made["id"]
    edited = shell.run("status", "groups", "edit", "WEB", "--name", "Website", "--collapsed", "--page", "acme")
    assert (edited.code, edited.out) == (0, "Website is at version 2 now.\n")
    (listed,) = shell.run("status", "groups", "list", "--json").lines
    assert (listed["description"], listed["is_collapsed"], listed["components"]) == ("What you see.", True, 1)
    assert "Website" in shell.run("status", "groups", "list").out
    assert shell.run("status", "groups", "edit", made["id"], "--open", "--json").one["is_collapsed"] is False
    assert shell.run("status", "groups", "edit", "Website").code == 2
    assert shell.run("status", "groups", "delete", "Website", given="n\n").code == 1
    assert shell.run("status", "groups", "delete", "Website", "--yes").out == "Deleted Website.\n"
    assert shell.run("status", "components", "list", "--json").one["group_id"] is None
    gone = shell.run("status", "groups", "delete", "Website", "--yes", "--json").error
    assert gone["detail"] == "There is no group 'Website' on this page."


def test_logos_are_set_and_taken_off(shell: Terminal, tmp_path: Path) -> None:
    shell.run("status", "pages", "create", "Acme", "--slug", "acme")
    picture, other = tmp_path / "logo.png", tmp_path / "logo.svg"
    picture.write_bytes(png(4, 2))
    other.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert shell.run("status", "logos", "list").err == "No logos.\n"
    written = shell.run("status", "logos", "set", str(picture), "--page", "acme")
    assert (written.code, written.out) == (0, "Acme has this logo on light grounds.\n")
    dark = shell.run("status", "logos", "set", str(picture), "--dark", "--alt", "A & B", "--json").one
    assert {logo["variant"]: logo["alt"] for logo in dark["logos"]} == {"dark": "A & B", "light": ""}
    table = shell.run("status", "logos", "list").out
    assert all(text in table for text in ("image/png", "4", "2", "A & B"))
    assert "can't be used" in shell.run("status", "logos", "set", str(other), "--json").error["detail"]
    missing = shell.run("status", "logos", "set", str(tmp_path / "none.png"), "--json").error
    assert (missing["exit_code"], "can't be read" in missing["detail"]) == (2, True)
    taken = shell.run("status", "logos", "delete", "--dark")
    assert (taken.code, taken.out) == (0, "Acme has no logo on dark grounds any more.\n")
    assert shell.run("status", "logos", "delete", "--dark", "--json").error["exit_code"] == 5


def test_what_is_not_there_or_not_clear_is_said(shell: Terminal) -> None:
    assert shell.run("status", "components", "list", "--json").error["detail"] == "There is no status page."
    for slug in ("one-page", "two-pages"):
        shell.run("status", "pages", "create", "Acme", "--slug", slug)
    which = shell.run("status", "components", "list", "--json").error
    assert which["detail"] == "There are 2 such status pages; name one by its slug: one-page, two-pages."
    gone = shell.run("status", "components", "set", "Shop", "operational", "--page", "one-page", "--json").error
    assert gone["detail"] == "There is no component 'Shop' on this page."
    assert shell.run("status", "components", "set", "Shop", "broken", "--page", "one-page").code == 2
    shell.run("status", "components", "add", "Shop", "--page", "one-page")
    assert shell.run("status", "components", "move", "Shop", "--page", "one-page").code == 2
    assert shell.run("status", "components", "move", "Shop", "--before", "shop", "--page", "one-page").code == 2
