"""Subscribers over the API and by the command line: asked, listed without their addresses, counted, taken off."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.cli_host import terminal
from tests.support.subscriber_rows import insert_many
from tests.support.world import World
from tocsin_data.services import demo

PAGES = "/v1/status-pages"


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


@pytest.fixture
def page(api: ApiHost) -> str:
    made = api.call("POST", PAGES, {"slug": f"acme-{uuid4().hex[:8]}", "name": "Acme", "visibility": "public"})
    return f"{PAGES}/{made.json['id']}"


def ask(api: ApiHost, page: str, **more: Any) -> Any:
    return api.call("POST", f"{page}/subscribers", {"channel": "email", "address": "Ops@Customer.example", **more})


def test_somebody_who_is_asked_is_pending_and_written_to_once(api: ApiHost, page: str) -> None:
    made = ask(api, page, kinds=["maintenance"])
    assert made.status == 201
    assert (made.json["state"], made.json["shown"]) == ("pending", "o…@customer.example")
    (mail,) = api.sent("mails")
    assert (mail["kind"], "customer" in str(mail)) == ("subscription", False)
    again = ask(api, page, address="ops@customer.example")
    assert (again.status, again.json["id"], api.sent("mails")) == (201, made.json["id"], [])
    counts = api.call("GET", f"{page}/subscribers/counts").json["items"]
    assert counts == [{"channel": "email", "state": "pending", "subscribers": 1}]
    entries = api.call("GET", "/v1/audit-entries", query={"subject_kind": "subscriber"}).text
    assert "customer.example" in entries
    assert "ops@" not in entries.lower()


def test_subscribers_are_listed_page_by_page_and_by_state(api: ApiHost, page: str) -> None:
    insert_many(api.world, page.rpartition("/")[2], 5)
    insert_many(api.world, page.rpartition("/")[2], 2, state="failed")
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        found = api.call("GET", f"{page}/subscribers", query={"limit": 2, **cursor}).json
        seen += [one["id"] for one in found["items"]]
        if found["next_cursor"] is None:
            break
        cursor = {"cursor": found["next_cursor"]}
    assert (len(seen), seen) == (7, sorted(set(seen)))
    failed = api.call("GET", f"{page}/subscribers", query={"state": "failed"}).json["items"]
    assert {one["state"] for one in failed} == {"failed"}
    assert api.call("GET", f"{page}/subscribers", query={"state": "lost"}).status == 422


@pytest.mark.parametrize(
    ("body", "field", "right"),
    [
        pytest.param({"address": "ops"}, "address", "like ops@example.com", id="address"),
        pytest.param({"address": "a@x.example\nBcc: b"}, "address", "like ops@example.com", id="header"),
        pytest.param({"address": "x" * 10_000}, "address", "2048", id="10000-characters"),
        pytest.param({"channel": "pigeon"}, "channel", "email", id="channel"),
        pytest.param({"kinds": []}, "kinds", "1", id="kinds"),
        pytest.param({"component_ids": [str(uuid4())]}, "component_ids.0", "a component of the page", id="component"),
        pytest.param({"channel": "slack", "address": "https://x.example/"}, "address", "hooks.slack.com", id="slack"),
    ],
)
def test_what_is_wrong_is_said_by_field(api: ApiHost, page: str, body: dict[str, Any], field: str, right: str) -> None:
    refused = ask(api, page, **body)
    assert refused.status == 422, refused.text
    (problem,) = refused.json["errors"]
    assert problem["field"] == field
    assert right in problem["reason"]


def test_nobody_reaches_subscribers_of_others(api: ApiHost, page: str) -> None:
    made = ask(api, page).json
    other = World(api.world.database, name="Other").api_key("admin")
    one = f"{page}/subscribers/{made['id']}"
    for method, path in (("GET", f"{page}/subscribers"), ("GET", f"{page}/subscribers/counts"), ("DELETE", one)):
        assert api.call(method, path, key=other).status == 404
    beside = api.call("POST", PAGES, {"slug": f"b-{uuid4().hex[:8]}", "name": "B"}).json["id"]
    assert api.call("DELETE", f"{PAGES}/{beside}/subscribers/{made['id']}").status == 404
    assert api.call("DELETE", one).status == 204
    assert api.call("DELETE", one).status == 404


def test_the_demo_writes_to_nobody(api: ApiHost) -> None:
    demo.refresh(api.world.database.enter("worker"))
    rows = api.world.database.rows("select subscribe_key from status_page p join organization o on o.id = p.org_id"
                                   " where o.is_demo")  # fmt: skip
    assert {row[0] for row in rows} == {None}


def test_subscribers_by_the_command_line(api: ApiHost, page: str, tmp_path: Path) -> None:
    api.call("POST", f"{page}/components", {"name": "Shop"})
    with terminal(api, tmp_path / "config") as (shell, _):
        assert shell.run("status", "subscribers", "list").err == "No subscribers.\n"
        chosen = ("--kind", "incident", "--component", "shop")
        made = shell.run("status", "subscribers", "add", "ops@customer.example", *chosen, "--json").one
        assert (made["kinds"], len(made["component_ids"]), made["state"]) == (["incident"], 1, "pending")
        hook = shell.run("status", "subscribers", "add", "https://x.example/hook")
        assert hook.out.startswith("Asked https://x.example/… (pending, ")
        listed = shell.run("status", "subscribers", "list", "--state", "pending", "--json").lines
        assert [one["channel"] for one in listed] == ["email", "webhook"]
        assert len(shell.run("status", "subscribers", "count", "--json").lines) == 2
        assert shell.run("status", "subscribers", "remove", made["id"]).out == f"Removed {made['id']}.\n"
        assert shell.run("status", "subscribers", "add", "nobody").code != 0
