"""The audit log over the API: filtered, exported, and never changed."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg
import pytest

from functions.api import row_files
from tests.support.api_host import ApiHost, api_host
from tests.support.world import World
from tocsin.contracts.api_access import AuditEntry

PATH = "/v1/audit-entries"
EXPORT = f"{PATH}/export"


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


def services(api: ApiHost, *names: str) -> list[str]:
    return [api.call("POST", "/v1/services", {"name": name}).json["id"] for name in names]


def entries(api: ApiHost, **query: Any) -> list[Any]:
    answer = api.call("GET", PATH, query=query)
    assert answer.status == 200, answer.text
    return answer.json["items"]


def test_a_change_is_found_by_who_what_when_and_request(api: ApiHost, world: World) -> None:
    first, second = services(api, "one", "two")
    api.call("PATCH", f"/v1/services/{first}", {"name": "three"}, headers={"If-Match": '"1"'})
    newest, *_, oldest = entries(api)
    assert (newest["action"], newest["before"]["name"], newest["after"]["name"]) == ("service.updated", "one", "three")
    assert (newest["subject_kind"], newest["subject_id"], newest["source_address"]) == ("service", first, "203.0.113.7")
    assert len(entries(api)) == 3
    actor = f"{newest['actor_kind']}:{newest['actor_id']}"
    assert len(entries(api, actor=actor)) == len(entries(api, actor="api_key")) == 3
    assert entries(api, actor="user") == entries(api, actor="api_key:x") == []
    assert len(entries(api, action="service.created")) == 2
    assert [e["subject_id"] for e in entries(api, subject_kind="service", subject_id=second)] == [second]
    assert entries(api, request_id=newest["request_id"]) == [newest]
    assert entries(api, to=newest["at"]) == entries(api)[1:]
    assert entries(api, **{"from": newest["at"]}) == [newest]
    later = (world.now + timedelta(hours=1)).isoformat()
    assert entries(api, **{"from": later}) == []
    page = api.call("GET", PATH, query={"limit": 2}).json
    rest = api.call("GET", PATH, query={"limit": 2, "cursor": page["next_cursor"]}).json
    assert rest["items"] == [oldest]


def test_a_filter_that_is_none(api: ApiHost) -> None:
    for query in ({"from": "yesterday"}, {"to": "2026-01-01T00:00:00"}, {"action": "a\x00b"}, {"limit": 0}, {"who": 1}):
        (name,) = query
        for path in (PATH, EXPORT):
            assert list(api.call("GET", path, query=query).fields) == [f"query.{name}"], (path, query)


def test_only_admins_read_it_and_only_their_own(api: ApiHost, world: World) -> None:
    services(api, "one")
    other = World(world.database, name="Other").api_key("owner")
    for path in (PATH, EXPORT):
        for role in ("responder", "viewer"):
            assert api.call("GET", path, key=world.api_key(role)).problem["code"] == "forbidden"
    assert api.call("GET", PATH, key=other).json["items"] == []
    assert api.call("GET", EXPORT, key=other, query={"format": "jsonl"}).text == ""


def test_parts_of_a_csv_make_one_whole_that_no_spreadsheet_computes(api: ApiHost) -> None:
    services(api, "=1+1", "+x", 'with "quotes", and a comma', "two\nlines")
    text, query = "", {"limit": "3", "format": "csv"}
    while query:
        answer = api.call("GET", EXPORT, query=query)
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
        text += answer.text
        link = answer.headers.get("Link")
        query = dict(parse_qsl(urlsplit(link[1 : link.index(">")]).query)) if link else {}
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [json.loads(row["after"])["name"] for row in rows][::-1] == [
        "=1+1",
        "+x",
        'with "quotes", and a comma',
        "two\nlines",
    ]
    assert not any(value.startswith(row_files.FORMULA) for row in rows for value in row.values())


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\n=1"])
def test_a_formula_in_a_cell_is_only_a_text(api: ApiHost, cell: str) -> None:
    services(api, "one")
    (found,) = entries(api)
    entry = AuditEntry.model_validate({**found, "request_id": cell})
    text, written = row_files.write(AuditEntry, [entry], row_files.FileFormat.CSV, has_heading=True)
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (row["request_id"], written) == (f"'{cell}", 1)


def test_json_lines_hold_what_the_list_holds(api: ApiHost) -> None:
    services(api, "one", "two")
    answer = api.call("GET", EXPORT, query={"format": "jsonl", "action": "service.created"})
    told, *listed = entries(api)
    assert [json.loads(line) for line in answer.text.splitlines()] == listed
    assert told["action"] == "audit_log.exported"
    assert "Link" not in answer.headers


def test_a_part_is_cut_before_it_gets_too_large(api: ApiHost, monkeypatch: pytest.MonkeyPatch) -> None:
    services(api, "one", "two", "three")
    monkeypatch.setattr(row_files, "MAX_BYTES", 10)
    answer = api.call("GET", EXPORT, query={"format": "jsonl"})
    assert len(answer.text.splitlines()) == 1
    assert "cursor=" in answer.headers["Link"]


@pytest.mark.parametrize("role", ["app", "worker"])
@pytest.mark.parametrize("statement", ["update audit_entry set action = 'x'", "delete from audit_entry"])
def test_who_runs_can_not_change_what_was_written(api: ApiHost, world: World, role: str, statement: str) -> None:
    services(api, "one")
    db = world.database.enter(role)
    entering = db.one(world.org_id) if role == "app" else db.many([world.org_id])
    with pytest.raises(psycopg.errors.InsufficientPrivilege), entering as tx:
        tx.conn.execute(statement)
    assert len(entries(api)) == 1


def exports(world: World) -> list[tuple[Any, ...]]:
    return world.database.rows(
        "select actor_kind, action, subject_id::uuid, after, source_address is not null, request_id is not null"
        " from audit_entry where action like '%%.exported' order by at, id"
    )


def test_who_exports_is_told_once_with_what_they_asked_for(api: ApiHost, world: World) -> None:
    key, other = world.api_key("owner"), World(world.database, name="Other")
    for name in ("one", "two", "three"):
        assert api.call("POST", "/v1/teams", {"name": name}).status == 201
    query: dict[str, Any] = {"format": "jsonl", "action": "team.created", "limit": 2}
    first = api.call("GET", EXPORT, key=key, query=query)
    following = first.headers["Link"].partition("cursor=")[2].partition(">")[0].partition("&")[0]
    rest = api.call("GET", EXPORT, key=key, query={**query, "cursor": unquote(following)})
    assert (len(first.text.splitlines()), len(rest.text.splitlines())) == (2, 1)
    told = ("api_key", "audit_log.exported", world.org_id, {"asked": {"format": "jsonl", "action": "team.created"}})
    assert exports(world) == [(*told, True, True)]
    # who begins in the middle is told too
    assert api.call("GET", EXPORT, query={**query, "cursor": unquote(following)}).status == 200
    assert exports(world) == [(*told, True, True)] * 2
    cursor = None
    for _ in range(100):
        page = api.call("GET", "/v1/organization/export", key=key, query={"cursor": cursor} if cursor else {}).json
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert cursor is None
    assert exports(world)[2:] == [("api_key", "organization.exported", world.org_id, {"asked": {}}, True, True)]
    assert {row[2] for row in exports(world)} == {world.org_id}
    assert api.call("GET", EXPORT, key=other.api_key("viewer")).status == 403
    assert len(exports(world)) == 3
