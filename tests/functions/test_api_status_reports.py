"""Status reports over the API: what the public is told, by whom, in which order, and what is refused and why."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.support.api_host import Answered, ApiHost, api_host
from tests.support.report_rows import delete_component, insert_component, insert_page
from tests.support.world import World


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


@pytest.fixture
def page_id(world: World) -> UUID:
    return insert_page(world)


def report(**changes: Any) -> dict[str, Any]:
    return {"title": "Slow checkout", "body": "We are looking into it.", **changes}


def create(api: ApiHost, page_id: UUID, **changes: Any) -> Any:
    made = api.call("POST", f"/v1/status-pages/{page_id}/reports", report(**changes))
    assert made.status == 201, made.text
    return made.json


def update(api: ApiHost, told: Any, **changes: Any) -> Answered:
    body = {"body": "More.", **changes}
    return api.call(
        "POST", f"/v1/status-reports/{told['id']}/updates", body, headers={"if-match": str(told["version"])}
    )


def word(component_id: UUID, status: str) -> dict[str, str]:
    return {"component_id": str(component_id), "status": status}


def test_a_report_is_told_from_its_first_update_to_its_end(api: ApiHost, world: World, page_id: UUID) -> None:
    shop, search = insert_component(world, page_id, "Shop"), insert_component(world, page_id, "Search")
    told = create(api, page_id, components=[word(shop, "partial_outage")])
    assert (told["state"], told["status"], told["impact"], told["version"]) == (
        "published",
        "investigating",
        "major",
        1,
    )
    assert api.sent("publications") == [{"document": "pages", "org_id": str(world.org_id)}]
    assert told["updates"][0]["affected"] == [
        {"component_id": str(shop), "name": "Shop", "old_status": "operational", "new_status": "partial_outage"}
    ]
    world.database.advance(timedelta(minutes=5))
    told = update(api, told, status="identified", components=[word(search, "degraded_performance")]).json
    world.database.advance(timedelta(minutes=5))
    told = update(api, told, status="monitoring").json
    assert {c["name"]: c["status"] for c in told["components"]} == {
        "Shop": "partial_outage",
        "Search": "degraded_performance",
    }
    assert told["monitoring_at"] == told["updates"][0]["display_at"]
    world.database.advance(timedelta(minutes=5))
    over = update(api, told, status="resolved").json
    assert (over["resolved_at"], over["monitoring_at"]) == (over["updates"][0]["display_at"], told["monitoring_at"])
    assert {c["status"] for c in over["components"]} == {"operational"}
    assert (over["impact"], [u["status"] for u in over["updates"]]) == (
        "major",
        ["resolved", "monitoring", "identified", "investigating"],
    )
    back = update(api, over, status="investigating").json
    assert (back["resolved_at"], back["monitoring_at"]) == (None, None)
    assert {c["name"]: c["status"] for c in back["components"]} == {
        "Shop": "partial_outage",
        "Search": "degraded_performance",
    }
    assert api.call("GET", f"/v1/status-reports/{back['id']}").json == back


def test_a_draft_is_seen_by_nobody_until_it_is_published(api: ApiHost, world: World, page_id: UUID) -> None:
    shop = insert_component(world, page_id, "Shop")
    draft = create(api, page_id, state="draft", components=[word(shop, "major_outage")])
    path = f"/v1/status-reports/{draft['id']}"
    assert (api.sent("publications"), draft["published_at"], draft["impact"]) == ([], None, "critical")
    assert world.database.rows("select count(*) from component_span where component_id = %s", shop) == [(0,)]
    refused = update(api, draft)
    assert (refused.status, refused.problem["code"]) == (409, "wrong_report_state")
    assert refused.problem["detail"] == "The report is draft: publish it first."
    changes = {
        "title": "Slower",
        "body": "Sorry.",
        "status": "identified",
        "components": [word(shop, "partial_outage")],
    }
    assert api.call("PATCH", path, changes).status == 428
    edited = api.call("PATCH", path, changes, headers={"if-match": "1"}).json
    assert (edited["title"], edited["status"], edited["impact"]) == ("Slower", "identified", "major")
    assert [(u["id"], u["body"], len(u["affected"])) for u in edited["updates"]] == [
        (draft["updates"][0]["id"], "Sorry.", 1)
    ]
    world.database.advance(timedelta(minutes=20))
    shown = api.call("POST", f"{path}/publish", {"tells_subscribers": False}, headers={"if-match": "2"}).json
    assert (shown["state"], shown["updates"][0]["tells_subscribers"]) == ("published", False)
    assert shown["updates"][0]["display_at"] == shown["published_at"] > draft["started_at"] == shown["started_at"]
    assert world.database.rows("select status from component_span where component_id = %s", shop) == [
        ("partial_outage",)
    ]
    assert api.call("POST", f"{path}/discard").problem["detail"] == (
        "The report is published: discard a draft, and delete what is published."
    )


def test_what_is_discarded_can_be_restored(api: ApiHost, page_id: UUID) -> None:
    draft = create(api, page_id, state="draft")
    path = f"/v1/status-reports/{draft['id']}"
    assert api.call("POST", f"{path}/discard").json["state"] == "discarded"
    listed = f"/v1/status-pages/{page_id}/reports"
    assert api.call("GET", listed).json["items"] == []
    assert len(api.call("GET", listed, query={"state": "discarded"}).json["items"]) == 1
    assert api.call("PATCH", path, {"title": "x"}, headers={"if-match": "2"}).status == 409
    assert api.call("POST", f"{path}/restore").json["state"] == "draft"
    assert api.call("DELETE", path).status == 204
    assert api.call("GET", path).status == 404


def test_who_comes_second_is_told_what_they_missed(api: ApiHost, page_id: UUID) -> None:
    told = create(api, page_id)
    assert update(api, told, status="identified").status == 201
    path = f"/v1/status-reports/{told['id']}"
    edited = api.call("PATCH", path, {"title": "Slow search", "impact": "minor"}, headers={"if-match": "2"}).json
    assert (edited["impact"], edited["version"]) == ("minor", 3)
    late = update(api, told, status="resolved")
    assert late.status == 412
    changes = late.problem["changes"]
    assert [(one["version"], one["changes"]) for one in changes] == [
        (2, ["an update said identified"]),
        (3, ["title, impact were changed"]),
    ]
    assert "an update said identified; in version 3" in late.problem["detail"]
    assert late.problem["detail"].startswith("The report is at version 3 by now; you have changed version 1.")
    assert api.call("GET", path).json["status"] == "identified"


def test_updates_are_mended_and_taken_away(api: ApiHost, world: World, page_id: UUID) -> None:
    shop = insert_component(world, page_id, "Shop")
    told = create(api, page_id, components=[word(shop, "degraded_performance")])
    world.database.advance(timedelta(minutes=10))
    told = update(api, told, status="monitoring", components=[word(shop, "major_outage")]).json
    path = f"/v1/status-reports/{told['id']}/updates"
    last, first = told["updates"]
    mended = api.call("PATCH", f"{path}/{first['id']}", {"body": "Hm."}, headers={"if-match": "2"}).json
    assert mended["updates"][1]["body"] == "Hm."
    later = {"display_at": (world.now + timedelta(hours=1)).isoformat()}
    wrong = api.call("PATCH", f"{path}/{last['id']}", later, headers={"if-match": "3"})
    assert wrong.fields["display_at"].startswith("must not be after now, which is")
    wrong = api.call("PATCH", f"{path}/{first['id']}", {"display_at": last["display_at"]}, headers={"if-match": "3"})
    assert wrong.status == 200
    taken = api.call("DELETE", f"{path}/{last['id']}", headers={"if-match": "4"}).json
    assert (taken["status"], taken["monitoring_at"], taken["components"][0]["status"]) == (
        "investigating",
        None,
        "degraded_performance",
    )
    only = api.call("DELETE", f"{path}/{first['id']}", headers={"if-match": "5"})
    assert (only.status, only.problem["detail"]) == (
        409,
        "A report has at least one update; delete the report instead.",
    )
    assert api.call("DELETE", f"{path}/{uuid4()}", headers={"if-match": "5"}).status == 404


def test_a_report_of_the_past_is_told_as_of_then(api: ApiHost, world: World, page_id: UUID) -> None:
    begun, ended = world.now - timedelta(days=3), world.now - timedelta(days=2)
    times = {"started_at": begun.isoformat(), "display_at": ended.isoformat()}
    told = create(api, page_id, status="resolved", impact="critical", **times)
    assert (told["resolved_at"], told["impact"]) == (told["updates"][0]["display_at"], "critical")
    newer = create(api, page_id)
    listed = api.call("GET", f"/v1/status-pages/{page_id}/reports").json["items"]
    assert [one["id"] for one in listed] == [newer["id"], told["id"]]
    after = update(api, told, status="postmortem", display_at=(ended + timedelta(hours=1)).isoformat())
    assert (after.json["resolved_at"], after.json["status"]) == (told["resolved_at"], "postmortem")
    earlier = update(api, after.json, status="postmortem", display_at=begun.isoformat())
    assert earlier.fields["display_at"].startswith("must not be before")


def test_everything_that_is_wrong_is_told_at_once(api: ApiHost, world: World, page_id: UUID) -> None:
    path = f"/v1/status-pages/{page_id}/reports"
    shop, other = insert_component(world, page_id, "Shop"), insert_component(world, insert_page(world), "Other")
    words = [word(shop, "operational"), word(shop, "operational"), word(other, "operational")]
    now = world.now
    body = report(
        status="scheduled",
        components=words,
        started_at=(now + timedelta(hours=1)).isoformat(),
        display_at=now.isoformat(),
        incident_id=str(uuid4()),
    )
    refused = api.call("POST", path, body)
    assert refused.fields["status"] == (
        "scheduled is not of incident; must be one of investigating, identified, monitoring, resolved"
    )
    assert refused.fields["components.1.component_id"] == "names Shop again; name it once"
    assert refused.fields["components.2.component_id"] == "is not the id of a component of this page"
    assert refused.fields["started_at"].startswith("must not be after now")
    assert refused.fields["display_at"].startswith("must not be before")
    assert refused.fields["incident_id"] == "is not the id of an incident of this organization"
    long = api.call("POST", path, report(title="x" * 10_000, body="y" * 20_001))
    assert set(long.fields) == {"title", "body"}
    assert "200" in long.fields["title"]
    assert "20000" in long.fields["body"]
    hidden = api.call("POST", path, report(title="one\ntwo", body="a\u202eb"))
    assert hidden.fields == {
        "title": "must be one line: U+000A at 3",
        "body": "holds U+202E at 1, which turns text round; leave it out",
    }
    assert api.call("POST", path, report(body=" \n ")).fields.keys() == {"body"}
    assert api.call("POST", path, report(title="a\x00b")).status == 422
    told = create(api, page_id)
    wrong = update(api, told, status="postmortem")
    assert wrong.fields == {
        "status": "can't follow investigating; must be one of investigating, identified, monitoring, resolved"
    }
    patch = api.call("PATCH", f"/v1/status-reports/{told['id']}", {"mutes": True}, headers={"if-match": "1"})
    assert patch.fields == {"mutes": "is for maintenance"}
    patch = api.call("PATCH", f"/v1/status-reports/{told['id']}", {"body": "x"}, headers={"if-match": "1"})
    assert patch.fields["body"].startswith("is for drafts;")
    assert api.call("POST", f"/v1/status-pages/{uuid4()}/reports", report()).status == 404


def test_html_and_letters_of_any_direction_are_text(api: ApiHost, page_id: UUID) -> None:
    title, body = '<script>alert("1")</script>', "تعطل الخدمة\r\n\r\nתקלה <b>&amp;</b> 👩‍🚒"
    told = create(api, page_id, title=f"  {title} ", body=body)
    assert (told["title"], told["updates"][0]["body"]) == (title, body.replace("\r\n", "\n"))


def test_a_component_that_is_deleted_stays_in_its_reports(api: ApiHost, world: World, page_id: UUID) -> None:
    shop = insert_component(world, page_id, "Shop")
    told = create(api, page_id, components=[word(shop, "major_outage")])
    delete_component(world, shop)
    after = update(api, told, status="monitoring", components=[word(shop, "partial_outage")])
    assert (after.status, after.json["components"][0]["name"]) == (201, "Shop")
    assert api.call(
        "POST", f"/v1/status-pages/{page_id}/reports", report(components=[word(shop, "operational")])
    ).fields
    over = update(api, after.json, status="resolved").json
    assert over["components"][0]["status"] == "operational"


def test_lists_are_filtered_and_paged(api: ApiHost, world: World, page_id: UUID) -> None:
    shop = insert_component(world, page_id, "Shop")
    path = f"/v1/status-pages/{page_id}/reports"
    first = create(api, page_id, components=[word(shop, "major_outage")])
    world.database.advance(timedelta(minutes=1))
    second = create(api, page_id, status="resolved")
    world.database.advance(timedelta(minutes=1))
    third = create(api, page_id, state="draft")
    create(api, insert_page(world))

    def ids(**query: Any) -> list[str]:
        return [one["id"] for one in api.call("GET", path, query=query).json["items"]]

    assert ids() == [third["id"], second["id"], first["id"]]
    assert ids(state="published") == [second["id"], first["id"]]
    assert ids(status=["resolved", "monitoring"]) == [second["id"]]
    assert ids(component_id=str(shop)) == [first["id"]]
    assert ids(kind="maintenance") == []
    page = api.call("GET", path, query={"limit": 2}).json
    rest = api.call("GET", path, query={"limit": 2, "cursor": page["next_cursor"]}).json
    assert [one["id"] for one in page["items"] + rest["items"]] == [third["id"], second["id"], first["id"]]
    item = rest["items"][0]
    assert {k: v for k, v in first.items() if k != "updates"} == item
    assert api.call("GET", f"/v1/status-pages/{uuid4()}/reports").status == 404


def test_five_thousand_reports_are_listed_by_their_index(api: ApiHost, world: World, page_id: UUID) -> None:
    with world.database.admin() as conn:
        conn.execute(
            "with made as (insert into status_report (org_id, status_page_id, kind, state, title, status, impact,"
            " started_at, created_at, created_by, updated_at, published_at)"
            " select %s, %s, 'incident', 'published', 'no ' || n, 'resolved', 'none', t.at, t.at, 'user:x', t.at, t.at"
            " from generate_series(1, 5000) n, lateral (select app.clock() - n * interval '1 hour' as at) t"
            " returning id, org_id, started_at)"
            " insert into status_update (org_id, status_report_id, status, body, display_at, created_at, created_by,"
            " updated_at)"
            " select org_id, id, 'resolved', 'over', started_at, started_at, 'user:x', started_at from made",
            (world.org_id, page_id),
        )
    path, seen, cursor = f"/v1/status-pages/{page_id}/reports", 0, None
    before = world.now
    for _ in range(3):
        query = {"limit": 200, **({"cursor": cursor} if cursor else {})}
        found = api.call("GET", path, query=query).json
        seen, cursor = seen + len(found["items"]), found["next_cursor"]
    assert (seen, found["items"][-1]["title"]) == (600, "no 600")
    assert world.now - before < timedelta(seconds=3)


def test_another_organization_sees_and_changes_nothing(api: ApiHost, world: World, page_id: UUID) -> None:
    told = create(api, page_id)
    stranger = World(world.database, "Other")
    key, path = stranger.api_key(), f"/v1/status-reports/{told['id']}"
    update_id = told["updates"][0]["id"]
    for method, where, body in (
        ("GET", path, None),
        ("PATCH", path, {"title": "x"}),
        ("DELETE", path, None),
        ("POST", f"{path}/updates", {"body": "x"}),
        ("PATCH", f"{path}/updates/{update_id}", {"body": "x"}),
        ("DELETE", f"{path}/updates/{update_id}", None),
        ("POST", f"{path}/publish", {}),
        ("POST", f"{path}/discard", None),
        ("POST", f"{path}/restore", None),
        ("GET", f"/v1/status-pages/{page_id}/reports", None),
        ("POST", f"/v1/status-pages/{page_id}/reports", report()),
        ("GET", f"/v1/status-pages/{page_id}/templates", None),
    ):
        assert api.call(method, where, body, key=key, headers={"if-match": "1"}).status == 404, where
    theirs = insert_page(stranger)
    foreign = insert_component(world, page_id, "Shop")
    refused = api.call(
        "POST", f"/v1/status-pages/{theirs}/reports", report(components=[word(foreign, "operational")]), key=key
    )
    assert refused.fields == {"components.0.component_id": "is not the id of a component of this page"}
    assert api.call("GET", path).json == told


def test_viewers_read_and_responders_report(api: ApiHost, world: World, page_id: UUID) -> None:
    told = create(api, page_id)
    viewer, responder = world.api_key("viewer"), world.api_key("responder")
    path = f"/v1/status-reports/{told['id']}"
    assert api.call("GET", path, key=viewer).status == 200
    assert api.call("POST", f"/v1/status-pages/{page_id}/reports", report(), key=viewer).status == 403
    match = {"if-match": "1"}
    assert api.call("POST", f"{path}/updates", {"body": "x"}, key=viewer, headers=match).status == 403
    assert api.call("POST", f"{path}/updates", {"body": "x"}, key=responder, headers=match).status == 201
