"""Organizations, members and teams over the API: always an owner, nobody above themselves, nothing left at the end."""

import base64
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from psycopg import sql

from tests.database.test_isolation import fill
from tests.support.api_host import ApiHost, api_host
from tests.support.signed_in import SignedIn, member
from tests.support.world import Person, World
from tocsin.contracts.api_accounts import MemberPatch
from tocsin.domain.permission import Role
from tocsin.errors import Forbidden, LastOwner
from tocsin_data.services import memberships, sweeping
from tocsin_data.services.actors import Actor
from tocsin_data.services.memberships import By
from tocsin_data.sql import sweeps
from tocsin_data.sql.sweeps import Piece
from tocsin_data.views import export

ORG = "/v1/organization"


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


@pytest.fixture
def other(world: World) -> World:
    return World(world.database, name="Other")


def named(api: ApiHost, world: World, role: str) -> tuple[Person, SignedIn]:
    person = world.person(role.title(), role=role)
    return person, member(api, person, world.org_id)


def test_who_creates_an_organization_owns_it_and_nobody_else_sees_it(api: ApiHost, other: World) -> None:
    somebody = SignedIn(api, "new@acme.example")
    made = somebody.call("POST", "/v1/organizations", {"name": "Mine", "fallback_email": "all@acme.example"})
    assert (made.status, made.headers["ETag"]) == (201, '"1"')
    at_home = SignedIn(api, somebody.email, made.json["id"], subject=somebody.subject)
    (only,) = at_home.call("GET", "/v1/members").json["items"]
    assert (only["email"], only["role"]) == (somebody.email, "owner")
    _, stranger = named(api, other, "owner")
    lost = SignedIn(api, stranger.email, made.json["id"], subject=stranger.subject)
    assert lost.call("GET", ORG).problem["code"] == "not_found"
    changed = at_home.call("PATCH", ORG, {"name": "Ours", "fallback_email": None}, headers={"if-match": '"1"'})
    assert (changed.json["name"], changed.json["fallback_email"], changed.json["version"]) == ("Ours", None, 2)
    assert at_home.call("PATCH", ORG, {"name": "x"}).status == 428
    assert at_home.call("PATCH", ORG, {"name": "x"}, headers={"if-match": '"1"'}).status == 412
    assert "name" in at_home.call("PATCH", ORG, {"name": ""}, headers={"if-match": '"2"'}).fields


def test_nobody_acts_above_themselves_and_demotion_holds_at_the_next_call(
    api: ApiHost, world: World, other: World
) -> None:
    boss, as_boss = named(api, world, "owner")
    admin, as_admin = named(api, world, "admin")
    first = {"if-match": '"1"'}
    up = as_admin.call("PATCH", f"/v1/members/{admin.user_id}", {"role": "owner"}, headers=first)
    down = as_admin.call("PATCH", f"/v1/members/{boss.user_id}", {"role": "viewer"}, headers=first)
    out = as_admin.call("DELETE", f"/v1/members/{boss.user_id}")
    assert [answer.problem["code"] for answer in (up, down, out)] == ["forbidden"] * 3
    foreign = as_boss.call("DELETE", f"/v1/members/{other.alice.user_id}")
    assert foreign.problem["code"] == "not_found"
    for answer in (
        as_boss.call("PATCH", f"/v1/members/{boss.user_id}", {"role": "admin"}, headers=first),
        as_boss.call("DELETE", f"/v1/members/{boss.user_id}"),
        as_boss.call("POST", f"{ORG}/leave"),
    ):
        assert (answer.status, answer.problem["code"]) == (409, "last_owner")
    demoted = as_boss.call("PATCH", f"/v1/members/{admin.user_id}", {"role": "viewer"}, headers=first)
    assert (demoted.json["role"], demoted.headers["ETag"]) == ("viewer", '"2"')
    assert as_admin.call("POST", "/v1/teams", {"name": "x"}).problem["code"] == "forbidden"
    handed = as_boss.call("POST", f"{ORG}/transfer", {"user_id": str(admin.user_id)})
    assert handed.json["role"] == "owner"
    assert as_boss.call("GET", f"/v1/members/{boss.user_id}").json["role"] == "admin"
    assert as_boss.call("POST", f"{ORG}/leave").status == 200
    assert as_boss.call("GET", ORG).status == 404


def test_who_is_removed_is_told_with_what_named_them(api: ApiHost, world: World, other: World) -> None:
    team = world.team("ops", [world.alice])
    answer = api.call("DELETE", f"/v1/members/{world.alice.user_id}")
    assert answer.json["policies"] == [f"policy {world.policy_id}"]
    assert [found["team_id"] for found in answer.json["member"]["teams"]] == [team["value"]]
    assert api.call("GET", f"/v1/teams/{team['value']}").json["members"] == []
    assert [entry[1] for entry in api.audited()] == ["membership.removed"]
    assert api.call("GET", "/v1/members", key=other.api_key()).json["items"][0]["user_id"] == str(other.alice.user_id)


def test_of_two_owners_who_demote_each_other_one_stays(world: World) -> None:
    owners = [world.person("One", role="owner"), world.person("Two", role="owner")]
    start, answers = threading.Barrier(2), list[Any]()

    def demote(by: Person, whom: Person) -> None:
        db = world.database.enter("app")
        actor = By(Actor("user", str(by.user_id)), Role.OWNER, by.user_id)
        start.wait()
        try:
            memberships.change_member(db, world.org_id, actor, whom.user_id, MemberPatch(role=Role.VIEWER), version=1)
            answers.append("done")
        except (Forbidden, LastOwner) as error:
            answers.append(error.code)
        finally:
            db.close()

    threads = [threading.Thread(target=demote, args=pair) for pair in (owners, owners[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["done", "forbidden"]
    assert world.database.rows("select count(*) from membership where role = 'owner'") == [(1,)]


def test_leads_manage_their_team_and_no_other(api: ApiHost, world: World, other: World) -> None:
    person, lead = named(api, world, "viewer")
    mine = api.call("POST", "/v1/teams", {"name": "mine"}).json["id"]
    theirs = api.call("POST", "/v1/teams", {"name": "theirs"}).json["id"]
    assert api.call("POST", "/v1/teams", {"name": "mine"}).problem["code"] == "duplicate"
    path = f"/v1/teams/{mine}/members"
    assert api.call("PUT", f"{path}/{person.user_id}", {"role": "lead"}).json["version"] == 2
    assert lead.call("PUT", f"{path}/{world.bob.user_id}", {}).status == 200
    assert lead.call("PUT", f"{path}/{other.bob.user_id}", {}).problem["code"] == "not_found"
    assert lead.call("PATCH", f"/v1/teams/{mine}", {"name": "ours"}, headers={"if-match": "3"}).json["name"] == "ours"
    assert lead.call("DELETE", f"{path}/{world.bob.user_id}").status == 200
    refused = lead.call("PUT", f"/v1/teams/{theirs}/members/{person.user_id}", {"role": "lead"})
    assert refused.problem["code"] == "forbidden"
    assert api.call("GET", f"/v1/teams/{mine}", key=other.api_key()).problem["code"] == "not_found"
    assert lead.call("DELETE", f"/v1/teams/{mine}").problem["code"] == "forbidden"
    service = f"/v1/services/{world.service_id}"
    assert api.call("PATCH", service, {"team_id": mine}, headers={"if-match": '"1"'}).status == 200
    assert api.call("DELETE", f"/v1/teams/{mine}").problem["code"] == "conflict"
    assert api.call("DELETE", f"/v1/teams/{theirs}").status == 204


def tables(world: World) -> list[str]:
    rows = world.database.rows(
        "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id'"
        " where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1"
    )
    return [row[0] for row in rows]


def count(world: World, table: str) -> int:
    query = sql.SQL("select count(*) from {} where org_id = %s").format(sql.Identifier(table))
    return world.database.rows(query, world.org_id)[0][0]


def test_an_organization_ends_after_its_grace_with_every_row(api: ApiHost, world: World, other: World) -> None:
    for each in (world, other):
        fill(each)
    key = world.api_key("owner")
    assert "name" in api.call("DELETE", ORG, {"name": "acme"}, key=key).fields
    assert api.call("DELETE", ORG, {"name": "Acme"}).problem["code"] == "forbidden"
    ending = api.call("DELETE", ORG, {"name": "Acme"}, key=key).json
    assert api.call("GET", ORG, key=key).json == ending
    assert ending["deletes_at"] is not None
    assert api.call("POST", f"{ORG}/restore", key=key).json["deletes_at"] is None
    assert api.call("POST", f"{ORG}/restore", key=key).problem["code"] == "conflict"
    api.call("DELETE", ORG, {"name": "Acme"}, key=key)
    worker = world.database.enter("worker")
    with worker.many(()) as tx:
        assert sweeps.end_organizations(tx, 10_000) is None
    world.database.rows("update organization set deletes_at = now() where id = %s returning id", world.org_id)
    assert api.call("GET", ORG, key=key).status == 401
    everything = sum(count(world, table) for table in tables(world))
    with worker.many(()) as tx:
        assert sweeps.end_organizations(tx, 10_000) == Piece(everything, ended=True)
    assert {table: count(world, table) for table in tables(world)} == dict.fromkeys(tables(world), 0)
    assert min(count(other, table) for table in tables(other)) > 0


def test_a_large_organization_ends_in_pieces_over_several_sweeps(
    world: World, other: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in (world, other):
        fill(each)
    monkeypatch.setattr(sweeping, "PIECE_ROWS", 3)
    worker, left = world.database.enter("worker"), dict[str, int]()
    world.database.rows("update organization set deletes_at = now() where id = %s returning id", world.org_id)
    whole = sum(count(world, table) for table in tables(world))
    for sweeps_yet in range(1, whole):
        ended = sweeping.sweep(worker, lambda _: None).ended
        left = {table: count(world, table) for table in tables(world)}
        if ended:
            break
        assert sum(left.values()) == whole - sweeps_yet * 3 * sweeping.PIECES
        assert (left["routing_key"], left["notification"]) == (0, 0) or sweeps_yet < 2
    assert sweeps_yet == whole // (3 * sweeping.PIECES) + 1
    assert (ended, sum(left.values())) == (1, 0)
    assert world.database.rows("select count(*) from organization where id = %s", world.org_id) == [(0,)]
    assert min(count(other, table) for table in tables(other)) > 0


def test_an_export_holds_every_row_and_no_secret(
    api: ApiHost, world: World, other: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in (world, other):
        fill(each)
    assert {found.name for found in export.RESOURCES} | export.LEFT_OUT == set(tables(world))
    monkeypatch.setattr(export, "PAGE_BYTES", 2000)
    key, query, items = world.api_key("owner"), dict[str, str](), list[Any]()
    while True:
        found = api.call("GET", f"{ORG}/export", key=key, query=query)
        items += found.json["items"]
        assert str(other.org_id) not in found.text
        if found.json["next_cursor"] is None:
            break
        query = {"cursor": found.json["next_cursor"]}
    for resource in export.RESOURCES:
        assert sum(item["resource"] == resource.name for item in items) == count(world, resource.name), resource
    columns = {(item["resource"], column) for item in items for column in item["data"]}
    secret = world.database.rows(
        "select table_name, column_name from information_schema.columns"
        " where table_schema = 'public' and (data_type = 'bytea' or column_name = 'sealed')"
    )
    assert columns & set(secret) == {("status_page_logo", "content")}, "a picture for everybody"
    assert items[0]["data"]["name"] == "Acme"
    for cursor in ("x", "WyJpbmNpZGVudCIsIngiXQ", "WyJtYWlsIl0"):
        assert "query.cursor" in api.call("GET", f"{ORG}/export", key=key, query={"cursor": cursor}).fields
    assert api.call("GET", f"{ORG}/export").problem["code"] == "forbidden"


SOME = "01a202b4-b531-7614-8cca-fe80d1bf0c4a"
CRAFTED: list[Any] = [
    5,
    ["monitor", 5],
    ["monitor", None],
    ["dedup_key", SOME, {}],
    ["dedup_key", SOME, "a\x00b"],
    ["escalation_policy_version", SOME, True],
    ["escalation_policy_version", SOME, 1.5],
    ["escalation_policy_version", SOME, float("inf")],
    ["uptime_day", SOME, "UTC", 20260101],
    ["check_rollup_hour", SOME, "0001-01-01T00:00:00+23:59", "eu-west-1", "live"],
]


@pytest.mark.parametrize("keys", CRAFTED)
def test_a_cursor_of_an_export_that_is_none_of_ours_is_refused_with_its_field(
    api: ApiHost, world: World, keys: Any
) -> None:
    query = {"cursor": base64.urlsafe_b64encode(json.dumps(keys).encode()).decode()}
    assert "query.cursor" in api.call("GET", f"{ORG}/export", key=world.api_key("owner"), query=query).fields


@pytest.mark.parametrize(
    "keys",
    [
        ["dedup_key", SOME, "50 %(b)s"],
        ["uptime_day", SOME, "UTC", "2026-W01-1"],
        ["check_rollup_hour", f"urn:uuid:{SOME}", "2026-01-01 00:00:00+00", "eu-west-1", "live"],
        ["escalation_policy_version", SOME, "1_0"],
    ],
)
def test_an_export_goes_on_after_whatever_its_columns_can_hold(api: ApiHost, world: World, keys: list[str]) -> None:
    query = {"cursor": base64.urlsafe_b64encode(json.dumps(keys).encode()).decode()}
    assert api.call("GET", f"{ORG}/export", key=world.api_key("owner"), query=query).status == 200
