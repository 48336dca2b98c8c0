"""Status pages over the API: slugs, looks, versions, and nobody else's."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.api_host import Answered, ApiHost, api_host
from tests.support.audited_pages import png
from tests.support.world import World
from tocsin.domain.contrast import LIGHT_GROUNDS, is_readable

PATH = "/v1/status-pages"
PNG = {"content-type": "image/png"}


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


def draft(**changes: Any) -> dict[str, Any]:
    return {"slug": "acme", "name": "Acme", "time_zone": "Asia/Kolkata", **changes}


def send(api: ApiHost, path: str, content: bytes, headers: dict[str, str] = PNG, **query: str) -> Answered:
    return api.call("PUT", path, content, headers=headers, query=query)


def asked(api: ApiHost) -> list[dict[str, Any]]:
    return api.sent("publications")


def test_a_page_is_made_changed_shown_and_deleted(api: ApiHost, world: World) -> None:
    made = api.call("POST", PATH, draft())
    assert (made.status, made.headers["ETag"]) == (201, '"1"')
    page = made.json
    assert (page["visibility"], page["automatic"], page["logos"], page["components"]) == ("private", "suggest", [], 0)
    path = f"{PATH}/{page['id']}"
    assert api.call("GET", path).json == page
    assert api.call("GET", PATH).json == {"items": [page]}
    shown = api.call("PUT", path, draft(visibility="public", slug="acme-corp"), headers={"if-match": '"1"'})
    assert (shown.status, shown.headers["ETag"], shown.json["slug"]) == (200, '"2"', "acme-corp")
    same = api.call("PUT", path, draft(visibility="public", slug="acme-corp"), headers={"if-match": '"2"'})
    assert (same.status, same.json) == (200, shown.json)
    assert api.call("DELETE", path).status == 204
    assert api.call("GET", path).status == 404
    assert api.call("POST", PATH, draft(slug="acme-corp")).status == 201
    assert {(m["document"], m["org_id"]) for m in asked(api)} == {("pages", str(world.org_id))}
    actions = [row[1] for row in api.audited()]
    assert actions == ["status_page.created", "status_page.updated", "status_page.deleted", "status_page.created"]


def test_a_page_says_where_it_is(api: ApiHost, monkeypatch: pytest.MonkeyPatch) -> None:
    page = api.call("POST", PATH, draft()).json
    assert page["url"] is None
    monkeypatch.setenv("PAGES_URL", "https://status.example/")
    assert api.call("GET", f"{PATH}/{page['id']}").json["url"] == "https://status.example/acme"
    monkeypatch.setenv("PAGE_DOMAINS", '{"acme": "status.acme.example"}')
    assert api.call("GET", PATH).json["items"][0]["url"] == "https://status.acme.example"


def test_a_change_to_what_has_changed_is_refused(api: ApiHost) -> None:
    path = f"{PATH}/{api.call('POST', PATH, draft()).json['id']}"
    assert api.call("PUT", path, draft(name="One"), headers={"if-match": '"1"'}).status == 200
    stale = api.call("PUT", path, draft(name="Two"), headers={"if-match": '"1"'})
    assert (stale.status, stale.problem["code"]) == (412, "stale_version")
    assert api.call("PUT", path, draft(name="Two")).status == 428
    assert api.call("GET", path).json["name"] == "One"


def test_a_taken_slug_is_refused_without_saying_whose(api: ApiHost, world: World) -> None:
    other = World(world.database, name="Other")
    theirs = api.call("POST", PATH, draft(slug="busy"), key=other.api_key()).json
    mine = api.call("POST", PATH, draft(slug="mine")).json
    taken = api.call("POST", PATH, draft(slug="busy"))
    assert (taken.status, taken.problem["code"]) == (409, "duplicate")
    assert taken.problem["detail"] == "This slug is taken; choose another."
    own = api.call("POST", PATH, draft(slug="mine")).problem
    moved = api.call("PUT", f"{PATH}/{mine['id']}", draft(slug="busy"), headers={"if-match": "1"}).problem
    api.call("DELETE", f"{PATH}/{theirs['id']}", key=other.api_key())
    kept = api.call("POST", PATH, draft(slug="busy")).problem
    for problem in (own, moved, kept):
        assert (problem["detail"], problem["code"]) == (taken.problem["detail"], "duplicate")
    world.database.rows(
        "update status_page set deleted_at = deleted_at - interval '31 days' where id = %s returning id", theirs["id"]
    )
    assert api.call("POST", PATH, draft(slug="busy")).status == 201


SLUGS_THAT_ARE_NONE = ["", "ab", "-acme", "acme-", "Acme", "a.b", "a/b", "ä-corp", "a" * 64, "xn--acme", "api", "demo"]


def test_a_slug_that_is_none(api: ApiHost) -> None:
    for slug in SLUGS_THAT_ARE_NONE:
        assert list(api.call("POST", PATH, draft(slug=slug)).fields) == ["slug"], slug
    reason = api.call("POST", PATH, draft(slug="status")).fields["slug"]
    assert reason == "is a reserved word; choose another, like your organization's name"


def test_every_problem_of_a_page_is_told(api: ApiHost) -> None:
    answer = api.call("POST", PATH, draft(time_zone="Mars/Olympus", accent="#ffff00", accent_dark="#101010"))
    assert list(answer.fields) == ["time_zone", "accent", "accent_dark"]
    reason = answer.fields["accent"]
    assert reason.startswith("has a contrast of 0.99") or "contrast of 1.0" in reason
    nearest = reason.rpartition(" ")[2]
    assert is_readable(nearest, LIGHT_GROUNDS)
    assert api.call("POST", PATH, draft(accent=nearest, accent_dark="#4db8ff")).status == 201


A_PAGE_THAT_IS_NONE: list[tuple[dict[str, Any], str]] = [
    ({"name": "x" * 121}, "name"),
    ({"name": "  "}, "name"),
    ({"name": "two\nlines"}, "name"),
    ({"name": "turned \u202e round"}, "name"),
    ({"name": "\x07"}, "name"),
    ({"name": None}, "name"),
    ({"description": "x" * 2_001}, "description"),
    ({"visibility": "secret"}, "visibility"),
    ({"automatic": True}, "automatic"),
    ({"accent": "red"}, "accent"),
    ({"accent": "#12345"}, "accent"),
    ({"home_url": "javascript:alert(1)"}, "home_url"),
    ({"support_url": "mailto:a@acme.example"}, "support_url"),
    ({"home_url": "https://alice:secret@acme.example/"}, "home_url"),
    ({"name": "\u200b\u2060"}, "name"),
    ({"is_indexed": "yes"}, "is_indexed"),
    ({"subscribe_channels": ["pigeon"]}, "subscribe_channels.0"),
    ({"time_zone": "../etc"}, "time_zone"),
    ({"owner": "me"}, "owner"),
]


def test_a_page_that_is_none(api: ApiHost) -> None:
    for changes, field in A_PAGE_THAT_IS_NONE:
        assert list(api.call("POST", PATH, draft(**changes)).fields) == [field], changes
    markup = "<script>alert(1)</script> & \u05e9\u05dc\u05d5\u05dd"
    assert api.call("POST", PATH, draft(name=markup)).json["name"] == markup


def test_an_organization_has_twenty_pages_at_most(api: ApiHost, world: World) -> None:
    with world.database.admin() as conn:
        conn.execute(
            "insert into status_page (org_id, slug, name, time_zone, created_at, created_by, updated_at)"
            " select %s, left(%s, 8) || '-' || n, 'x', 'UTC', now(), 'test', now() from generate_series(1, 20) n",
            (world.org_id, str(world.org_id)),
        )
    refused = api.call("POST", PATH, draft())
    assert (refused.status, refused.problem["code"]) == (409, "conflict")


def test_a_logo_is_kept_without_what_editors_write_into_it(api: ApiHost, world: World) -> None:
    path = f"{PATH}/{api.call('POST', PATH, draft()).json['id']}"
    private = png(2, 1, (b"tEXt", b"Author\x00Alice of Acme"))
    written = send(api, f"{path}/logos/light", private, alt="Acme")
    assert (written.status, written.headers["ETag"]) == (200, '"2"')
    (logo,) = written.json["logos"]
    assert (logo["content_type"], logo["width"], logo["height"], logo["alt"]) == ("image/png", 2, 1, "Acme")
    ((content,),) = world.database.rows("select content from status_page_logo where org_id = %s", world.org_id)
    assert bytes(content) == png(2, 1)
    assert api.call("DELETE", f"{path}/logos/dark").status == 404
    assert api.call("DELETE", f"{path}/logos/light").json["logos"] == []
    assert [row[1] for row in api.audited()][1:] == ["status_page.logo_written", "status_page.logo_deleted"]


def test_a_picture_that_is_none(api: ApiHost) -> None:
    path = f"{PATH}/{api.call('POST', PATH, draft()).json['id']}/logos/light"
    for content in (
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a",
        png()[:-3],
        b"x" * 131_073,
        png(2001),
    ):
        assert list(send(api, path, content).fields) == ["body"]
    assert list(send(api, path, b"{}", {"content-type": "application/json"}).fields) == ["body"]
    assert list(send(api, path, png(), alt="\u202ex").fields) == ["query.alt"]
    assert send(api, path.replace("light", "blue"), png()).status == 422
    assert send(api, path, b"x" * 600_000).status == 413


def test_pages_of_others_are_not_there(api: ApiHost, world: World) -> None:
    other = World(world.database, name="Other")
    page = api.call("POST", PATH, draft(slug="theirs"), key=other.api_key()).json
    path = f"{PATH}/{page['id']}"
    assert api.call("GET", PATH).json == {"items": []}
    if_match = {"if-match": '"1"'}
    for answer in (
        api.call("GET", path),
        api.call("PUT", path, draft(), headers=if_match),
        api.call("DELETE", path),
        api.call("GET", f"{path}/status"),
        api.call("PUT", f"{path}/order", {"items": []}, headers=if_match),
        api.call("GET", f"{path}/components"),
        api.call("POST", f"{path}/components", {"name": "x"}),
        api.call("GET", f"{path}/component-groups"),
        api.call("POST", f"{path}/component-groups", {"name": "x"}),
        send(api, f"{path}/logos/light", png()),
        api.call("DELETE", f"{path}/logos/light"),
    ):
        assert (answer.status, answer.problem["code"]) == (404, "not_found")
    assert api.call("GET", path, key=other.api_key("viewer")).json == page
