"""Test pages to destinations: who may send them, what they say, how often, and what became of them."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from standardwebhooks.webhooks import Webhook

from tests.support.api_host import Answered
from tests.support.receiver import Receiver, receiving
from tests.support.signed_in import SignedIn, member
from tests.support.trials import Counter, open_counter
from tests.support.world import World

PATH = "/v1/destinations"
AWAY = "https://hooks.acme.example/x"


@pytest.fixture
def counter(world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Counter]:
    with open_counter(world, monkeypatch, tmp_path) as found:
        yield found


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


def add(counter: Counter, url: str = AWAY, **given: Any) -> dict[str, Any]:
    body = {"channel": "webhook", "name": "ops room", "url": url} | given
    made: dict[str, Any] = counter.api.call("POST", PATH, body).json
    return made | {"path": f"{PATH}/{made['id']}"}


def test_a_webhook_is_told_of_the_test_by_a_signed_call(counter: Counter, receiver: Receiver, world: World) -> None:
    made = add(counter, receiver.url)
    found = counter.try_out(made["path"])
    assert (found["state"], found["detail"], found["destination_id"]) == ("sent", None, made["id"])
    assert found["ended_at"] is not None
    (request,) = receiver.requests
    told = json.loads(request.body)
    assert (told["type"], told["data"]["incident"]["title"]) == ("destination.tested", "Test page from Tocsin")
    assert (told["data"]["recipient"], told["data"]["incident"]["organization_name"]) == ("ops room", "Acme")
    assert told["data"]["acknowledge_url"] is None
    assert Webhook(made["secret"]).verify(request.body, request.headers)
    (row,) = world.database.rows(
        "select subject_id, after ->> 'id' from audit_entry where action = 'destination.tested'"
    )
    assert (str(row[0]), row[1]) == (made["id"], found["id"])
    assert world.database.rows("select sealed, contact_method_id from mail") == [("", None)]


def test_a_chat_channel_reads_that_it_is_a_test_of_what_and_whose(counter: Counter, receiver: Receiver) -> None:
    made = add(counter, receiver.url, channel="slack", name="#ops & co")
    assert counter.try_out(made["path"])["state"] == "sent"
    (request,) = receiver.requests
    assert json.loads(request.body)["text"] == "Test page from Tocsin"
    said = "nothing is wrong, and there is nothing to do: this tests the destination #ops &amp; co of Acme"
    assert said in request.body
    assert "#0" not in request.body


@pytest.mark.parametrize("status", [404, 410, 503])
def test_one_that_refuses_is_asked_once_and_stays_on(counter: Counter, receiver: Receiver, status: int) -> None:
    made = add(counter, receiver.url)
    receiver.answers = [(status, {})]
    found = counter.try_out(made["path"])
    assert (found["state"], found["detail"].split(":")[0]) == ("failed", f"http_{status}")
    assert len(receiver.requests) == 1
    assert counter.api.call("GET", made["path"]).json["disabled_at"] is None


def test_one_that_is_off_is_tested_once_it_has_its_url_anew(counter: Counter, receiver: Receiver) -> None:
    made = add(counter)
    off = counter.api.call("POST", f"{made['path']}/disable").json
    refused = counter.api.call("POST", f"{made['path']}/tests")
    assert (refused.status, refused.problem["code"]) == (409, "conflict")
    assert "switched off (by api_key:" in refused.problem["detail"]
    assert "give it its URL anew" in refused.problem["detail"]
    assert counter.api.sent("mails") == []
    match = {"if-match": f'"{off["version"]}"'}
    assert counter.api.call("PATCH", made["path"], {"url": receiver.url}, headers=match).status == 200
    assert counter.try_out(made["path"])["state"] == "sent"


def test_what_is_not_there(counter: Counter, world: World) -> None:
    made, other = add(counter), add(counter, name="other")
    test_id = counter.api.call("POST", f"{made['path']}/tests").json["id"]
    theirs = World(world.database, name="Globex").api_key("owner")
    not_found: list[Answered] = [
        counter.api.call("POST", f"{PATH}/{uuid4()}/tests"),
        counter.api.call("GET", f"{made['path']}/tests/{uuid4()}"),
        counter.api.call("GET", f"{other['path']}/tests/{test_id}"),
        counter.api.call("POST", f"{made['path']}/tests", key=theirs),
        counter.api.call("GET", f"{made['path']}/tests/{test_id}", key=theirs),
    ]
    assert counter.api.call("DELETE", made["path"]).status == 204
    not_found += [
        counter.api.call("POST", f"{made['path']}/tests"),
        counter.api.call("GET", f"{made['path']}/tests/{test_id}"),
    ]
    assert [answer.problem["code"] for answer in not_found] == ["not_found"] * 7


def lead(counter: Counter, team: str) -> SignedIn:
    person = counter.api.world.person("Lea", role="viewer")
    assert counter.api.call("PUT", f"/v1/teams/{team}/members/{person.user_id}", {"role": "lead"}).status == 200
    return member(counter.api, person)


def test_leads_test_what_their_team_owns_and_who_reads_sees_what_became_of_it(counter: Counter, world: World) -> None:
    teams = [world.team(name, [])["value"] for name in ("ours", "theirs")]
    ours, theirs = (add(counter, name=team, team_id=team) for team in teams)
    lea = lead(counter, teams[0])
    assert lea.call("POST", f"{theirs['path']}/tests").problem["code"] == "forbidden"
    assert lea.call("POST", f"{add(counter)['path']}/tests").problem["code"] == "forbidden"
    sent = lea.call("POST", f"{ours['path']}/tests")
    assert sent.status == 201
    viewer = {"key": world.api_key("viewer")}
    assert counter.api.call("GET", f"{ours['path']}/tests/{sent.json['id']}", **viewer).json == sent.json
    assert counter.api.call("POST", f"{ours['path']}/tests", **viewer).problem["code"] == "forbidden"


def test_one_a_minute_and_ten_a_day_go_to_each(counter: Counter, world: World) -> None:
    path, other = add(counter)["path"], add(counter, name="other")["path"]
    assert counter.api.call("POST", f"{path}/tests").status == 201
    soon = counter.api.call("POST", f"{path}/tests")
    assert (soon.status, soon.problem["code"]) == (429, "rate_limited")
    assert 0 < int(soon.headers["Retry-After"]) <= 60
    assert counter.api.call("POST", f"{other}/tests").status == 201
    for _ in range(9):
        world.database.advance(timedelta(minutes=1))
        assert counter.api.call("POST", f"{path}/tests").status == 201
    world.database.advance(timedelta(minutes=1))
    assert int(counter.api.call("POST", f"{path}/tests").headers["Retry-After"]) > 80_000
    assert counter.api.call("POST", f"{other}/tests").status == 201


def test_an_organization_sends_so_many_to_all_it_has(counter: Counter, world: World) -> None:
    path = add(counter)["path"]
    written = (
        "insert into mail (org_id, kind, sealed, state, contact_method_id, due_at, created_at)"
        " select c.org_id, 'test', '', 'sent', c.id, now(), now() - interval '1 hour'"
        " from contact_method c, generate_series(1, 200) where c.user_id = %s returning id"
    )
    rows = world.database.rows(written, world.alice.user_id)
    refused = counter.api.call("POST", f"{path}/tests")
    assert refused.problem["code"] == "rate_limited"
    assert int(refused.headers["Retry-After"]) > 80_000
    world.database.rows("delete from mail where id = %s returning id", UUID(str(rows[0][0])))
    assert counter.api.call("POST", f"{path}/tests").status == 201
