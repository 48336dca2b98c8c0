"""`tocsin incidents` and `trigger`: what they ask of the real API, print, and end with."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.cli_host import Terminal, terminal
from tests.support.http_api import ApiServer, serve
from tests.support.ingest_host import IngestHost
from tests.support.ingest_host import aws_in_process as ingest_aws
from tests.support.world import World
from tocsin_data.services.processing import process


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


@pytest.fixture
def at(api: ApiHost, tmp_path: Path) -> Iterator[tuple[Terminal, ApiServer]]:
    with terminal(api, tmp_path / "config") as found:
        yield found


@pytest.fixture
def shell(at: tuple[Terminal, ApiServer]) -> Terminal:
    return at[0]


def happen(world: World, *summaries: str) -> list[str]:
    worker = world.database.enter("worker")
    for summary in summaries:
        process(worker, [world.request(world.event(dedup_key=summary, summary=summary))], key_budget_per_minute=6000)
    return [str(row[0]) for row in world.database.rows("select id from incident order by number")]


def test_incidents_are_listed_page_by_page_without_saying_so(
    at: tuple[Terminal, ApiServer], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell, server = at
    happen(world, *"abcde")
    monkeypatch.setattr("cli.api.PAGE", 2)
    assert [i["title"] for i in shell.run("incidents", "list", "--json").lines] == [*"edcba"]
    assert len(server.requests) == 3
    assert [i["title"] for i in shell.run("incidents", "list", "--limit", "3", "--json").lines] == [*"edc"]
    assert len(server.requests) == 5
    shell.run("incidents", "ack", "2")
    assert [i["number"] for i in shell.run("incidents", "list", "--status", "acknowledged", "--json").lines] == [2]


def test_a_list_for_people_is_a_table_without_colours(shell: Terminal, world: World) -> None:
    assert shell.run("incidents", "list").err == "No incidents.\n"
    happen(world, "disk full", "[red]\x1b]0;owned\x07")
    shown = shell.run("incidents", "list")
    assert shown.code == 0
    assert "disk full" in shown.out
    # what others wrote is shown, neither obeyed by the terminal nor read as markup
    assert "[red]\\x1b]0;owned\\x07" in shown.out
    assert "\x1b" not in shown.out


def test_an_incident_is_found_by_id_number_and_link(shell: Terminal, world: World) -> None:
    _, second = happen(world, "one", "two")
    link = f"https://app.tocsin.example/incidents/{second}"
    for named in (second, "2", "#2", link, f"{link}?tab=timeline", f"{link}#notes"):
        assert shell.run("incidents", "show", named, "--json").one["title"] == "two"
    gone = shell.run("incidents", "show", "3", "--json")
    assert (gone.code, gone.error["detail"]) == (5, "There is no incident 3 here.")
    assert shell.run("incidents", "show", "0190e6f0-0000-7000-8000-000000000000").code == 5
    assert shell.run("incidents", "show", "nonsense").code == 2


def test_an_incident_is_shown_with_what_happened(shell: Terminal, world: World) -> None:
    happen(world, "disk full")
    found = shell.run("incidents", "show", "1", "--timeline", "--notifications", "--json").one
    assert [a["summary"] for a in found["alerts"]] == ["disk full"]
    assert found["timeline"][0]["kind"]
    assert [n["target"] for n in found["notifications"]]
    shown = shell.run("incidents", "show", "1", "--timeline", TOCSIN_APP_URL="https://app.tocsin.example/")
    assert f"https://app.tocsin.example/incidents/{found['id']}" in shown.out
    assert "timeline" in shown.out
    assert "waiting, round 1, step 2" in shown.out


def test_acknowledged_and_resolved_and_who_was_quicker(shell: Terminal, world: World) -> None:
    happen(world, "one", "two")
    shown = shell.run("incidents", "ack", "1", "2")
    assert (shown.code, shown.out) == (0, "Acknowledged 1: one\nAcknowledged 2: two\n")
    again = shell.run("incidents", "ack", "1", "--json")
    assert (again.code, again.error["code"]) == (6, "wrong_status")
    # one that is refused keeps nothing from the others
    both = shell.run("incidents", "ack", "9", "1", "--json")
    assert (both.code, len(both.err.splitlines())) == (5, 2)
    mixed = shell.run("incidents", "resolve", "9", "2")
    assert (mixed.code, mixed.out) == (5, "Resolved 2: two\n")
    assert shell.run("incidents", "resolve", "1", "--json").one["status"] == "resolved"


def test_what_a_role_may_not_is_refused_with_4(shell: Terminal, api: ApiHost, world: World) -> None:
    happen(world, "one")
    shown = shell.run("incidents", "ack", "1", "--json", TOCSIN_API_KEY=world.api_key("viewer"))
    assert (shown.code, shown.error["code"]) == (4, "forbidden")
    assert api.world.database.rows("select status from incident") == [("triggered",)]


def test_another_organizations_incident_is_not_there(shell: Terminal, world: World) -> None:
    (incident,) = happen(world, "one")
    other = World(world.database, name="Other").api_key("owner")
    for asked in (("show", incident), ("ack", incident), ("resolve", incident)):
        assert shell.run("incidents", *asked, TOCSIN_API_KEY=other).code == 5
    assert shell.run("incidents", "list", "--json", TOCSIN_API_KEY=other).lines == []


def test_a_key_that_is_none_ends_with_3(shell: Terminal, world: World) -> None:
    for key in ("nonsense", "A" * 32):
        ended = shell.run("incidents", "list", "--json", TOCSIN_API_KEY=key)
        assert ended.code == 3
        assert "tocsin login" in ended.error["detail"]
    revoked = world.api_key("viewer")
    world.database.rows("update api_key set revoked_at = now() where hint = %s returning id", revoked[-4:])
    ended = shell.run("incidents", "list", TOCSIN_API_KEY=revoked)
    assert (ended.code, ended.err) == (3, "tocsin: This API key has been revoked.\n")


def test_a_field_that_is_wrong_is_named(shell: Terminal) -> None:
    ended = shell.run("incidents", "list", "--service", "checkout")
    assert ended.code == 2
    assert "query.service_id:" in ended.err
    assert shell.run("incidents", "list", "--status", "gone").code == 2
    found = shell.run("incidents", "list", "--service", "checkout", "--json").error
    assert [error["field"] for error in found["errors"]] == ["query.service_id"]


def test_as_a_process_of_its_own(shell: Terminal, world: World) -> None:
    happen(world, "disk full")
    assert [i["title"] for i in shell.spawn("incidents", "list", "--json").lines] == ["disk full"]
    shown = shell.spawn("incidents", "ack", "1")
    assert (shown.code, shown.out, shown.err) == (0, "Acknowledged 1: disk full\n", "")
    assert shell.spawn("incidents", "ack", "1").code == 6
    completion = shell.spawn("--show-completion", "bash", _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert "_TOCSIN_COMPLETE" in completion.out


@pytest.fixture
def ingest(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[IngestHost, ApiServer]]:
    with ingest_aws() as aws:
        host = IngestHost(aws, monkeypatch)
        with serve(host.invoke) as server:
            yield host, server


def events_of(host: IngestHost) -> list[Any]:
    return [event for message in host.messages() for event in message.events]


def test_an_event_goes_through_the_door_of_tools(ingest: tuple[IngestHost, ApiServer], tmp_path: Path) -> None:
    host, server = ingest
    shell = Terminal(tmp_path, {"TOCSIN_EVENTS_URL": server.url, "TOCSIN_ROUTING_KEY": host.routing_key})
    asked = ("trigger", "disk full", "--severity", "critical", "--source", "db-1", "--detail", "mount=/var", "--json")
    first = shell.run(*asked).one
    (event,) = events_of(host)
    assert (event.summary, event.source, event.severity, event.dedup_key) == (
        "disk full",
        "db-1",
        "critical",
        first["dedup_key"],
    )
    assert event.payload["custom_details"] == {"mount": "/var"}
    assert shell.run("trigger", "--action", "resolve", "--dedup-key", first["dedup_key"]).code == 0
    (event,) = events_of(host)
    assert (event.action, event.dedup_key) == ("resolve", first["dedup_key"])
    # no sign-in is sent to where events go
    assert all("authorization" not in request["headers"] for request in server.requests)


def test_an_event_that_is_none(ingest: tuple[IngestHost, ApiServer], tmp_path: Path) -> None:
    host, server = ingest
    shell = Terminal(tmp_path, {"TOCSIN_EVENTS_URL": server.url, "TOCSIN_ROUTING_KEY": host.routing_key})
    for asked in (
        (),
        ("x", "--detail", "mount"),
        ("--action", "resolve"),
        ("x", "--routing-key", "short"),
        ("x" * 1025,),
        ("x", "--severity", "awful"),
    ):
        assert shell.run("trigger", *asked).code == 2, asked
    refused = shell.run("trigger", "x", "--routing-key", "short", "--json").error
    assert "Length of 'routing_key' is incorrect" in refused["detail"]
    assert Terminal(tmp_path).run("trigger", "x", "--routing-key", host.routing_key).code == 2
    assert events_of(host) == []


def test_an_answer_that_was_lost_is_asked_for_again_by_the_same_key(tmp_path: Path) -> None:
    seen: list[dict[str, Any]] = []

    def flaky(event: dict[str, Any], _: object) -> dict[str, Any]:
        seen.append(json.loads(event["body"]))
        status = 503 if len(seen) == 1 else 202
        return {"statusCode": status, "headers": {"Content-Type": "application/json"}, "body": '{"dedup_key": "x"}'}

    with serve(flaky) as server:
        shell = Terminal(tmp_path, {"TOCSIN_EVENTS_URL": server.url, "TOCSIN_ROUTING_KEY": "A" * 32})
        assert shell.run("trigger", "disk full").code == 0
    assert seen[0] == seen[1]
    assert seen[0]["dedup_key"]
