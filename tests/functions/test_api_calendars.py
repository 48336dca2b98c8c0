"""Calendars of a schedule: a secret address, whose events stay the same until the schedule changes."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from tests.functions.test_api_schedules import again, draft, layer
from tests.support.api_host import Answered, ApiHost, api_host
from tests.support.http_api import http_event
from tests.support.signed_in import member
from tests.support.world import World


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


@pytest.fixture
def schedule(api: ApiHost, world: World) -> dict[str, Any]:
    return api.call("POST", "/v1/schedules", draft(layer(world.alice, world.bob), name="Prim;ry, \u00e9")).json


def path(schedule: dict[str, Any]) -> str:
    return f"/v1/schedules/{schedule['id']}"


def fetch(api: ApiHost, url: str) -> Answered:
    """A calendar program, which has the address and nothing else."""
    assert url.startswith("https://tocsin.example/v1/calendars/")
    return api.invoke(http_event("GET", url.removeprefix("https://tocsin.example"), b"", {}))


def events(answer: Answered) -> dict[str, dict[str, Any]]:
    """The events by their UID."""
    assert answer.status == 200, answer.text
    found = Calendar.from_ical(answer.text).walk("VEVENT")
    assert all({"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"} <= set(event) for event in found)
    read = {str(event["UID"]): {k: event.decoded(k) for k in ("SEQUENCE", "DTSTART", "DTEND")} for event in found}
    for event in found:
        read[str(event["UID"])]["SUMMARY"] = str(event["SUMMARY"])
    assert len(read) == len(found)
    return read


def test_a_calendar_shows_everybodys_shifts_or_ones_own(api: ApiHost, world: World, schedule: dict[str, Any]) -> None:
    full = api.call("POST", f"{path(schedule)}/calendars", {})
    assert full.status == 201
    answer = fetch(api, full.json["url"])
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert {e["SUMMARY"] for e in events(answer).values()} == {
        "Alice: Prim;ry, \u00e9",
        "Bob: Prim;ry, \u00e9",
    }
    shown = sorted((e["DTSTART"], e["DTEND"], e["SUMMARY"].partition(":")[0]) for e in events(answer).values())
    query = {"until": (world.now + timedelta(days=80)).isoformat()}
    shifts = api.call("GET", f"{path(schedule)}/shifts", query=query).json["items"][1:-1]
    told = [(s["starts_at"], s["ends_at"], s["user_name"]) for s in shifts]
    assert [(datetime.fromisoformat(a), datetime.fromisoformat(b), who) for a, b, who in told] == shown[
        1 : 1 + len(told)
    ]
    own = api.call("POST", f"{path(schedule)}/calendars", {"user_id": str(world.bob.user_id)}).json
    mine = events(fetch(api, own["url"]))
    assert {e["SUMMARY"] for e in mine.values()} == {"On call: Prim;ry, \u00e9"}
    assert set(mine) < set(events(answer))


def test_an_event_stays_the_same_until_the_schedule_changes(
    api: ApiHost, world: World, schedule: dict[str, Any]
) -> None:
    url = api.call("POST", f"{path(schedule)}/calendars", {}).json["url"]
    first = fetch(api, url)
    assert fetch(api, url).text == first.text
    world.database.advance(timedelta(days=3, hours=5))
    before, after = events(first), events(fetch(api, url))
    both = set(before) & set(after)
    assert len(both) > 50
    assert {uid: before[uid] for uid in both} == {uid: after[uid] for uid in both}
    until = (world.now + timedelta(hours=2)).isoformat()
    api.call("POST", f"{path(schedule)}/overrides", {"user_id": None, "ends_at": until})
    changed = events(fetch(api, url))
    assert {e["SEQUENCE"] for e in after.values()} == {1}
    assert {e["SEQUENCE"] for e in changed.values()} == {2}
    assert len(set(changed) - set(after)) in {1, 2}
    assert api.call("PUT", path(schedule), again(schedule), headers={"if-match": "1"}).status == 200
    assert {e["SEQUENCE"] for e in events(fetch(api, url)).values()} == {3}


def test_an_address_is_given_another_and_ended(api: ApiHost, schedule: dict[str, Any]) -> None:
    made = api.call("POST", f"{path(schedule)}/calendars", {}).json
    one = f"{path(schedule)}/calendars/{made['id']}"
    new = api.call("POST", f"{one}/rotate").json
    assert new["url"] != made["url"]
    gone = fetch(api, made["url"])
    assert (gone.status, gone.problem["code"]) == (404, "not_found")
    assert fetch(api, new["url"]).status == 200
    (listed,) = api.call("GET", f"{path(schedule)}/calendars").json["items"]
    assert (listed["id"], "url" in listed, listed["last_used_at"] is None) == (made["id"], False, False)
    assert api.call("POST", f"{one}/revoke").json["revoked_at"]
    assert fetch(api, new["url"]).status == 404
    assert api.call("POST", f"{one}/rotate").problem["code"] == "conflict"
    assert api.call("POST", f"{one}/revoke").status == 200


def test_a_calendar_ends_with_whose_it_is_and_with_the_schedule(
    api: ApiHost, world: World, schedule: dict[str, Any]
) -> None:
    by_bob = member(api, world.bob).call("POST", f"{path(schedule)}/calendars", {}).json["url"]
    of_bob = api.call("POST", f"{path(schedule)}/calendars", {"user_id": str(world.bob.user_id)}).json["url"]
    key = member(api, world.bob).call("POST", "/v1/api-keys", {"name": "x", "role": "responder", "personal": True})
    by_key = api.call("POST", f"{path(schedule)}/calendars", {}, key=key.json["key"]).json["url"]
    full = api.call("POST", f"{path(schedule)}/calendars", {}).json["url"]
    assert {fetch(api, url).status for url in (by_bob, by_key, of_bob, full)} == {200}
    assert api.call("DELETE", f"/v1/members/{world.bob.user_id}").status == 200
    assert [fetch(api, url).status for url in (by_bob, by_key, of_bob, full)] == [404, 404, 404, 200]
    assert any("former member" in e["SUMMARY"] for e in events(fetch(api, full)).values())
    assert api.call("DELETE", path(schedule)).status == 204
    assert fetch(api, full).status == 404


def test_only_whose_calendar_it_is_ends_it(api: ApiHost, world: World, schedule: dict[str, Any]) -> None:
    carol = member(api, world.person("Carol"))
    made = member(api, world.bob).call("POST", f"{path(schedule)}/calendars", {}).json
    one = f"{path(schedule)}/calendars/{made['id']}"
    assert carol.call("POST", f"{one}/revoke").problem["code"] == "forbidden"
    assert carol.call("POST", f"{one}/rotate").problem["code"] == "forbidden"
    assert api.call("POST", f"{path(schedule)}/calendars", {}, key=world.api_key("viewer")).status == 403
    stranger = World(world.database, name="Other").api_key("owner")
    assert api.call("POST", f"{one}/revoke", key=stranger).status == 404
    other = World(world.database, name="Another")
    theirs = {"user_id": str(other.alice.user_id)}
    assert list(api.call("POST", f"{path(schedule)}/calendars", theirs).fields) == ["user_id"]
    assert api.call("POST", f"{one}/revoke").status == 200


def test_an_address_that_is_none(api: ApiHost, schedule: dict[str, Any]) -> None:
    made = api.call("POST", f"{path(schedule)}/calendars", {}).json
    for name in ("x" * 43 + ".ics", "x.ics", made["url"][-47:-4], f"{made['id']}.ics", "%00.ics", "a/b.ics"):
        assert fetch(api, f"https://tocsin.example/v1/calendars/{name}").status == 404, name
    posted = api.invoke(http_event("POST", made["url"].removeprefix("https://tocsin.example"), b"", {}))
    assert posted.status == 403
