"""The pages behind a notification's links: what they show, what they do, and what they say when it is too late."""

import base64
import hashlib
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from tests.support.api_host import Answered, ApiHost, api_host
from tests.support.http_api import http_event
from tests.support.world import StepSpec, World
from tocsin.contracts.delivery import ClaimItem
from tocsin_data.services import claiming, responding
from tocsin_data.services.processing import process

SNOOZES = ["snooze_3600", "snooze_28800"]
TRIGGERED = ["acknowledge", "resolve", "escalate", *SNOOZES]
ACKNOWLEDGED = ["resolve", "unacknowledge", *SNOOZES]
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{ 'a'*9 }} &amp;"


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


def link(world: World, summary: str = "disk full") -> str:
    """The token of the link that Alice's page carries."""
    worker = world.database.enter("worker")
    done = process(worker, [world.request(world.event(summary=summary))], key_budget_per_minute=6000)
    ((page, _),) = done.leaving.deliveries
    item = ClaimItem(org_id=page.org_id, notification_id=page.notification_id)
    (answer,) = claiming.claim(worker, [item])
    assert answer.link_token is not None
    return answer.link_token


def said(answer: Answered) -> str:
    (text,) = re.findall(r'<p class="said" role="status">(.*?)</p>', answer.text)
    return unescape(text)


def buttons(answer: Answered) -> list[str]:
    return re.findall(r'<button type="submit" name="action" value="(\w+)"', answer.text)


def state(world: World) -> list[tuple[Any, ...]]:
    return world.database.rows("select status, acknowledged_by, resolved_by from incident")


def test_a_link_shows_its_incident_and_changes_nothing(api: ApiHost, world: World) -> None:
    token = link(world)
    for query in ("", "action=acknowledge", "action=resolve", "action=delete", "action=acknowledge&action=resolve"):
        page = api.follow("GET", token, query=query)
        assert page.status == 200
        assert buttons(page) == TRIGGERED
        for text in ("Incident #1", "disk full", "error", "checkout", "triggered"):
            assert text in page.text
        assert said(page) == "The incident is waiting for somebody to acknowledge it."
    assert state(world) == [("triggered", None, None)]


@pytest.mark.parametrize(("query", "wanted"), [("", "acknowledge"), ("action=resolve", "resolve")])
def test_the_wanted_button_stands_out(api: ApiHost, world: World, query: str, wanted: str) -> None:
    page = api.follow("GET", link(world), query=query)
    assert re.findall(r'value="(\w+)" class="wanted"', page.text) == [wanted]


def test_a_page_asks_nothing_of_anybody(api: ApiHost, world: World) -> None:
    page = api.follow("GET", link(world))
    (style,) = re.findall(r"<style>(.*?)</style>", page.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    for text in ("<script", "http:", "https:", "url(", "style=", "onclick", "src=", "href="):
        assert text not in page.text
    assert "prefers-color-scheme: dark" in style
    assert 'name="viewport"' in page.text


@pytest.mark.parametrize(("action", "status"), [("acknowledge", "acknowledged"), ("resolve", "resolved")])
def test_a_button_acts_as_whom_the_link_was_sent_to(api: ApiHost, world: World, action: str, status: str) -> None:
    page = api.follow("POST", link(world), {"action": action})
    assert (page.status, said(page)) == (200, f"Thank you: you have {status} this incident.")
    assert buttons(page) == (ACKNOWLEDGED if action == "acknowledge" else [])
    assert "by Alice" in page.text
    actor = f"link:user:{world.alice.user_id}"
    ((found, acknowledged_by, resolved_by),) = state(world)
    assert (found, resolved_by if action == "resolve" else acknowledged_by) == (status, actor)
    entries = world.database.rows("select kind, actor from timeline_entry order by at desc, id desc limit 1")
    assert entries == [(status, actor)]


def test_a_link_that_went_to_no_member_is_named_after_where_it_went(api: ApiHost, world: World) -> None:
    world.policy([StepSpec([{"kind": "email", "value": "ops@acme.example"}])])
    page = api.follow("POST", link(world), {"action": "resolve"})
    assert "by ops@acme.example" in page.text
    assert state(world)[0][2] == "link:email:ops@acme.example"
    world.database.rows("update service set policy_id = null where id = %s returning id", world.service_id)
    page = api.follow("POST", link(world), {"action": "resolve"})
    assert "by the fallback contact" in page.text


def test_pressing_twice_is_no_fault(api: ApiHost, world: World) -> None:
    token = link(world)
    api.follow("POST", token, {"action": "acknowledge"})
    again = api.follow("POST", token, {"action": "acknowledge"})
    assert (again.status, said(again)) == (200, "You have acknowledged this incident already.")
    shown = api.follow("GET", token, query="action=acknowledge")
    assert shown.status == 200
    assert said(shown).startswith("The incident was acknowledged by Alice at 20")
    assert buttons(shown) == ACKNOWLEDGED
    assert api.follow("POST", token, {"action": "resolve"}).status == 200
    last = api.follow("POST", token, {"action": "acknowledge"})
    assert (last.status, said(last), buttons(last)) == (200, "You have resolved this incident already.", [])


def test_who_was_quicker_is_told(api: ApiHost, world: World) -> None:
    token = link(world)
    (incident_id,) = world.database.rows("select id from incident")[0]
    assert api.call("POST", f"/v1/incidents/{incident_id}/acknowledge").status == 200
    late = api.follow("POST", token, {"action": "acknowledge"})
    assert late.status == 409
    assert said(late).startswith("The incident was acknowledged by API key test at 20")
    assert buttons(late) == ACKNOWLEDGED
    assert api.call("POST", f"/v1/incidents/{incident_id}/resolve").status == 200
    shown = api.follow("GET", token)
    assert (shown.status, buttons(shown)) == (200, [])
    assert said(shown).startswith("The incident was resolved by API key test at 20")
    assert api.follow("POST", token, {"action": "resolve"}).status == 409


def test_an_acknowledge_can_be_taken_back_by_a_link(api: ApiHost, world: World) -> None:
    token = link(world)
    api.follow("POST", token, {"action": "acknowledge"})
    page = api.follow("POST", token, {"action": "unacknowledge"})
    assert (page.status, buttons(page)) == (200, TRIGGERED)
    assert said(page).startswith("You have taken the acknowledgement back")
    assert state(world) == [("triggered", None, None)]
    again = api.follow("POST", token, {"action": "unacknowledge"})
    assert again.status == 409
    assert "It was unacknowledged by Alice at 20" in said(again)


def test_a_link_snoozes_and_ends_that(api: ApiHost, world: World) -> None:
    token = link(world)
    page = api.follow("POST", token, {"action": "snooze_3600"})
    assert (page.status, buttons(page)) == (200, ["acknowledge", "resolve", "unsnooze"])
    assert "until 20" in page.text
    late = api.follow("POST", token, {"action": "snooze_28800"})
    assert late.status == 409
    assert "It was snoozed by Alice at 20" in said(late)
    shown = api.follow("GET", token)
    assert said(shown).startswith("The incident is snoozed until 20")
    page = api.follow("POST", token, {"action": "unsnooze"})
    assert (page.status, buttons(page)) == (200, TRIGGERED)


def test_a_link_takes_the_step_its_page_has_shown_and_no_other(api: ApiHost, world: World) -> None:
    token = link(world)
    page = api.follow("GET", token)
    (step,) = re.findall(r'name="step" value="([0-9.]+)"', page.text)
    first = api.follow("POST", token, {"action": "escalate", "step": step})
    assert (first.status, said(first)) == (200, "The next step pages now.")
    second = api.follow("POST", token, {"action": "escalate", "step": step})
    assert second.status == 409
    assert [m["recipient_name"] for m in api.sent("deliveries")] == ["Bob"]


def test_a_page_shows_the_runbook_and_that_paging_is_stopped(api: ApiHost, world: World) -> None:
    token = link(world)
    (incident_id,) = world.database.rows("select id from incident")[0]
    url = "https://wiki.acme.example/disk?a=1&b=2"
    assert api.call("PATCH", f"/v1/incidents/{incident_id}", {"runbook_url": url}).status == 200
    ends_at = (world.now + timedelta(hours=1)).isoformat()
    assert api.call("PUT", "/v1/organization/paging-stop", {"reason": "<b>drill</b>", "ends_at": ends_at}).status == 200
    page = api.follow("GET", token)
    assert '<a href="https://wiki.acme.example/disk?a=1&amp;b=2" rel="noopener noreferrer">' in page.text
    assert "Paging is stopped until 20" in page.text
    assert "<b>drill" not in page.text


def test_a_link_of_an_older_generation_still_works(api: ApiHost, world: World) -> None:
    token = link(world)
    (incident_id,) = world.database.rows("select id from incident")[0]
    app = world.database.enter("app")
    responding.reassign_to_users(app, world.org_id, incident_id, [world.bob.user_id], "api_key:x")
    page = api.follow("POST", token, {"action": "acknowledge"})
    assert page.status == 200
    assert state(world)[0][:2] == ("acknowledged", f"link:user:{world.alice.user_id}")


def test_an_expired_link_explains_itself(api: ApiHost, world: World) -> None:
    token = link(world)
    world.database.advance(timedelta(days=7, seconds=1))
    for page in (api.follow("GET", token), api.follow("POST", token, {"action": "acknowledge"})):
        assert page.status == 410
        assert "This link has expired" in page.text
        assert buttons(page) == []
        assert "disk full" not in page.text
    assert state(world) == [("triggered", None, None)]


A_LINK_THAT_WAS_NEVER_ISSUED_TOKEN: list[str] = [
    "x",
    "A" * 43,
    "A" * 100_000,
    "%00",
    "\x00",
    "\ud800",
    "\N{SNOWMAN}" * 40,
    "../../etc/passwd",
    "a/b",
    "' or 1=1 --",
]

A_LINK_THAT_WAS_NEVER_ISSUED_METHOD: list[str] = ["GET", "POST"]


def test_a_link_that_was_never_issued(api: ApiHost) -> None:
    for token in A_LINK_THAT_WAS_NEVER_ISSUED_TOKEN:
        for method in A_LINK_THAT_WAS_NEVER_ISSUED_METHOD:
            page = api.follow(method, token, {"action": "resolve"} if method == "POST" else None)
            assert page.status == 404
            assert page.headers["Content-Type"].startswith("text/html")
            assert "default-src 'none'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("form", "status"),
    [
        (b"x", 422),
        ({}, 422),
        ({"action": ""}, 422),
        ({"action": "delete"}, 422),
        ({"action": "reassign"}, 422),
        ({"action": "snooze"}, 422),
        ({"action": "snooze_1"}, 422),
        ({"action": "reopen"}, 422),
        ({"action": "acknowledge", "x": "y"}, 200),
        (b"action=acknowledge&action=resolve", 422),
        (b"action=%FF", 422),
        (b"action=%00", 422),
        (b"\xff\xfe", 400),
        (b"&" * 1000, 422),
        (b"a=b&" * 1000, 422),
        (b"action=" + b"x" * 600_000, 413),
    ],
)
def test_a_form_that_is_none(api: ApiHost, world: World, form: Any, status: int) -> None:
    page = api.follow("POST", link(world), form)
    assert page.status == status
    assert page.headers["Content-Type"].startswith("text/html")
    assert (state(world)[0][0] == "triggered") is (status != 200)


def test_a_form_of_another_kind(api: ApiHost, world: World) -> None:
    event = http_event("POST", f"/l/{link(world)}", '{"action": "resolve"}', {"content-type": "application/json"})
    assert api.invoke(event).status == 415
    assert state(world)[0][0] == "triggered"


def test_another_method_is_not_taken(api: ApiHost, world: World) -> None:
    page = api.follow("DELETE", link(world))
    assert (page.status, page.headers["Content-Type"]) == (405, "text/html; charset=utf-8")


def test_a_hostile_title_is_text(api: ApiHost, world: World) -> None:
    world.database.rows("update service set name = '<b>shop</b>' where id = %s returning id", world.service_id)
    page = api.follow("GET", link(world, HOSTILE))
    for text in ("<script", "<img", "<b>", "aaaaaaaaa"):
        assert text not in page.text.replace(HOSTILE, "")
    (title,) = re.findall(r"<h1>(.*?)</h1>", page.text)
    assert unescape(title) == HOSTILE
    assert "&lt;b&gt;shop&lt;/b&gt;" in page.text


def test_a_database_that_is_down_is_said_on_a_page(api: ApiHost, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    token = link(world)
    monkeypatch.setenv("DB_PORT", "1")
    for page in (api.follow("GET", token), api.follow("POST", token, {"action": "resolve"})):
        assert (page.status, said(page).startswith("Nothing has changed")) == (503, True)
        assert "Retry-After" in page.headers


def test_the_token_of_a_link_is_not_logged(api: ApiHost, world: World, caplog: pytest.LogCaptureFixture) -> None:
    token = link(world)
    caplog.clear()
    api.follow("GET", token)
    api.follow("POST", token, {"action": "resolve"})
    ours = [record.__dict__ for record in caplog.records if record.name == "api"]
    assert [entry["path"] for entry in ours] == ["/l/", "/l/"]
    assert token not in str([record.__dict__ for record in caplog.records])
