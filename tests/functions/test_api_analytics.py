"""Analytics over the API: figures that can be counted by hand, kept apart by organization, as JSON and as files."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.world import Person, World

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
WINDOW = {"from": MONDAY.isoformat(), "to": (MONDAY + timedelta(days=14)).isoformat()}
REPORTS = ("response-times", "pages", "services")


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def incident(
    world: World,
    at: datetime,
    *,
    acknowledged: float | None = None,
    resolved: float | None = None,
    by: str = "user:1",
    service_id: UUID | None = None,
) -> UUID:
    """One incident, acknowledged and resolved so many minutes after."""
    incident_id = uuid4()
    status = "resolved" if resolved is not None else "acknowledged" if acknowledged is not None else "triggered"
    with world.database.admin() as conn:
        conn.execute(
            "insert into incident (id, org_id, service_id, title, severity, status, created_at, updated_at,"
            " acknowledged_at, resolved_at, resolved_by) values (%s, %s, %s, 'x', 'error', %s, %s, %s, %s, %s, %s)",
            (
                incident_id,
                world.org_id,
                service_id or world.service_id,
                status,
                at,
                at,
                None if acknowledged is None else at + minutes(acknowledged),
                None if resolved is None else at + minutes(resolved),
                None if resolved is None else by,
            ),
        )
        conn.execute(
            "insert into escalation (id, org_id, incident_id, state, generation, round, position, created_at,"
            " updated_at) values (%s, %s, %s, 'stopped', 0, 0, 0, %s, %s)",
            (incident_id, world.org_id, incident_id, at, at),
        )
        heard_of(conn, world, incident_id, service_id or world.service_id, at)
    return incident_id


def heard_of(conn: psycopg.Connection, world: World, incident_id: UUID, service_id: UUID, at: datetime) -> None:
    """The alert and the event that an incident came from."""
    conn.execute(
        "insert into alert (org_id, service_id, incident_id, dedup_key, status, summary, severity, first_event_at,"
        " last_event_at, event_count) values (%s, %s, %s, %s, 'resolved', 'x', 'error', %s, %s, 1)",
        (world.org_id, service_id, incident_id, str(incident_id), at, at),
    )
    conn.execute(
        "insert into event (id, org_id, service_id, integration_id, routing_key_id, request_id, index, received_at,"
        " action, outcome, payload) values (%s, %s, %s, %s, %s, %s, 0, %s, 'trigger', 'opened', '{}')",
        (
            uuid4(),
            world.org_id,
            service_id,
            world.integration_id,
            uuid4(),
            uuid4(),
            at,
        ),
    )


def page(
    world: World, incident_id: UUID, person: Person, at: datetime, *, position: int = 0, attempts: int = 1
) -> None:
    """One message of one step to one person."""
    with world.database.admin() as conn:
        conn.execute(
            "insert into notification (org_id, incident_id, escalation_id, generation, round, position, step_id,"
            " target, contact_method_id, channel, state, attempts, due_at, created_at)"
            " values (%s, %s, %s, 0, 0, %s, %s, %s, %s, 'email', 'delivered', %s, %s, %s)",
            (
                world.org_id,
                incident_id,
                incident_id,
                position,
                UUID(int=position),
                f"user:{person.user_id}",
                uuid4(),
                attempts,
                at,
                at,
            ),
        )


def ask(api: ApiHost, report: str, **query: Any) -> Any:
    answer = api.call("GET", f"/v1/analytics/{report}", query={**WINDOW, **query})
    assert answer.status == 200, answer.text
    return answer.json


def test_times_to_acknowledge_and_resolve(api: ApiHost, world: World) -> None:
    for acknowledged in range(1, 11):
        incident(world, MONDAY + minutes(acknowledged), acknowledged=acknowledged, resolved=60)
    incident(world, MONDAY + timedelta(days=7))
    incident(world, MONDAY + timedelta(days=14), acknowledged=1)
    found = ask(api, "response-times")
    total, (first, second) = found["total"], found["items"]
    assert (total["incidents"], total["acknowledged"], total["resolved"]) == (11, 10, 10)
    assert (total["acknowledge_p50_seconds"], total["acknowledge_p90_seconds"]) == (330.0, 546.0)
    assert (total["acknowledge_mean_seconds"], total["resolve_mean_seconds"]) == (330.0, 3600.0)
    assert total["resolve_p50_seconds"] == total["resolve_p90_seconds"] == 3600.0
    assert (first["incidents"], second["incidents"]) == (10, 1)
    assert (second["acknowledge_p50_seconds"], second["resolve_mean_seconds"]) == (None, None)
    assert (first["starts_at"], second["ends_at"]) == (total["starts_at"], total["ends_at"])


def test_days_are_those_of_the_zone(api: ApiHost, world: World) -> None:
    """On 29 March Berlin's day has 23 hours."""
    sunday = datetime(2026, 3, 29, tzinfo=UTC)
    incident(world, sunday + timedelta(hours=21, minutes=59))
    incident(world, sunday + timedelta(hours=22))
    query = {"from": "2026-03-28T12:00:00Z", "to": "2026-03-30T12:00:00Z", "interval": "day"}
    items = ask(api, "response-times", **query, time_zone="Europe/Berlin")["items"]
    starts = [item["starts_at"] for item in items]
    assert starts == ["2026-03-28T12:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"]
    assert [item["incidents"] for item in items] == [0, 1, 1]
    assert [item["incidents"] for item in ask(api, "response-times", **query)["items"]] == [0, 2, 0]


def test_whom_pages_reach_by_hour_night_and_weekend(api: ApiHost, world: World) -> None:
    one = incident(world, MONDAY)
    for at, position in ((MONDAY + timedelta(hours=2, minutes=30), 0), (MONDAY + timedelta(days=5, hours=11), 1)):
        page(world, one, world.alice, at, position=position)
        page(world, one, world.alice, at, position=position)
    page(world, one, world.alice, MONDAY + timedelta(hours=11), position=2)
    page(world, one, world.bob, MONDAY + timedelta(hours=11), position=2)
    page(world, one, world.bob, MONDAY + timedelta(hours=12), position=3, attempts=0)
    alice, bob = ask(api, "pages")["items"]
    assert (alice["user_name"], alice["pages"], alice["night"], alice["weekend"], alice["daytime"]) == (
        "Alice",
        3,
        1,
        1,
        1,
    )
    assert [hour for hour, pages in enumerate(alice["by_hour"]) for _ in range(pages)] == [2, 11, 11]
    assert (bob["user_name"], bob["pages"], bob["daytime"]) == ("Bob", 1, 1)
    alice, _ = ask(api, "pages", time_zone="Asia/Kathmandu", night_from=23, night_until=6)["items"]
    assert ([h for h, pages in enumerate(alice["by_hour"]) if pages], alice["night"]) == ([8, 16], 0)
    assert ask(api, "pages", service_id=str(uuid4()))["items"] == []
    assert len(ask(api, "pages", service_id=str(world.service_id))["items"]) == 2


def test_which_services_are_noisy(api: ApiHost, world: World) -> None:
    other = UUID(api.call("POST", "/v1/services", {"name": "quiet"}).json["id"])
    api.call("POST", "/v1/services", {"name": "silent"})
    page(world, incident(world, MONDAY, acknowledged=1, resolved=2), world.alice, MONDAY)
    incident(world, MONDAY, resolved=5, by="integration:1")
    incident(world, MONDAY, resolved=5, by="system:expiry")
    incident(world, MONDAY)
    incident(world, MONDAY, resolved=1, service_id=other)
    noisy, quiet = ask(api, "services")["items"]
    counts = [noisy[name] for name in ("events", "alerts", "incidents", "pages", "unacknowledged", "auto_resolved")]
    assert counts == [4, 4, 4, 1, 2, 2]
    assert (noisy["service_name"], noisy["unacknowledged_share"], noisy["auto_resolved_share"]) == (
        "checkout",
        0.5,
        0.5,
    )
    assert (quiet["service_name"], quiet["unacknowledged_share"], quiet["auto_resolved_share"]) == ("quiet", 1.0, 0.0)
    assert [s["service_name"] for s in ask(api, "services", service_id=str(other))["items"]] == ["quiet"]


def test_a_team_answers_for_its_services_alone(api: ApiHost, world: World) -> None:
    team_id = world.team("shop", [])["value"]
    other = UUID(api.call("POST", "/v1/services", {"name": "shop", "team_id": team_id}).json["id"])
    incident(world, MONDAY)
    page(world, incident(world, MONDAY, service_id=other), world.bob, MONDAY)
    assert ask(api, "response-times", team_id=team_id)["total"]["incidents"] == 1
    assert [p["user_name"] for p in ask(api, "pages", team_id=team_id)["items"]] == ["Bob"]
    assert [s["service_name"] for s in ask(api, "services", team_id=team_id)["items"]] == ["shop"]
    assert ask(api, "services", team_id=team_id, service_id=str(world.service_id))["items"] == []


def test_an_organization_sees_its_own_alone_and_a_viewer_may(api: ApiHost, world: World) -> None:
    page(world, incident(world, MONDAY), world.alice, MONDAY)
    api.key = world.api_key("viewer")
    assert [len(ask(api, report)["items"]) for report in REPORTS] == [2, 1, 1]
    api.key = World(world.database, name="Other").api_key("owner")
    assert ask(api, "response-times")["total"]["incidents"] == 0
    assert ask(api, "pages")["items"] == ask(api, "services")["items"] == []


def test_files_hold_what_the_reports_hold(api: ApiHost, world: World) -> None:
    page(world, incident(world, MONDAY, acknowledged=1, resolved=2), world.alice, MONDAY)
    for report in REPORTS:
        items = ask(api, report)["items"]
        path = f"/v1/analytics/{report}/export"
        lines = api.call("GET", path, query={**WINDOW, "format": "jsonl"})
        assert [json.loads(line) for line in lines.text.splitlines()] == items
        found = api.call("GET", path, query=WINDOW)
        assert found.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert f'filename="{report}.csv"' in found.headers["Content-Disposition"]
        rows = list(csv.DictReader(io.StringIO(found.text)))
        assert [list(row) for row in rows] == [list(item) for item in items]


@pytest.mark.parametrize("report", REPORTS)
def test_a_window_that_is_none(api: ApiHost, report: str) -> None:
    for query, field in (
        ({"from": WINDOW["to"], "to": WINDOW["from"]}, "query.from"),
        ({"from": "2025-01-01T00:00:00Z", "to": "2026-06-01T00:00:00Z"}, "query.from"),
        ({"to": "0001-01-01T00:00:00Z"}, "query.to"),
        ({"from": "yesterday"}, "query.from"),
        ({"service_id": "x"}, "query.service_id"),
    ):
        assert list(api.call("GET", f"/v1/analytics/{report}", query=query).fields) == [field], query
    for query in ({"time_zone": "Mars/Olympus"}, {"time_zone": "../etc/passwd"}, {"time_zone": ""}):
        if report != "services":
            fields = api.call("GET", f"/v1/analytics/{report}", query=query).fields
            assert list(fields) == ["query.time_zone"], query
            assert "Europe/Berlin" in fields["query.time_zone"]
