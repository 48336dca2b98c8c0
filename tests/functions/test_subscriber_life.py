"""Subscribers from the form to the mail and out again, through every function that has a hand in it."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from tests.support.receiver import receiving
from tests.support.subscribing import EVENTS, Desk, deployed
from tests.support.world import World
from tocsin.domain.subscriber import FAILURES, PER_MAILBOX, PER_SOURCE


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Desk]:
    with deployed(world, monkeypatch, tmp_path) as found:
        yield found


BOTH = ["incident", "maintenance"]


def test_a_subscriber_is_asked_told_and_told_no_more(desk: Desk) -> None:
    asked = desk.ask()
    assert (asked.status, asked.headers["Location"]) == (303, f"{desk.url}subscribe/done/")
    assert desk.carry() == 1
    (mail,) = desk.ses.sent
    assert (mail.to, mail.subject) == ("ops@customer.example", "Confirm that Acme may tell you of its status")
    path = desk.link("confirm")
    shown = desk.send(path, method="GET")
    assert (shown.status, '<form method="post"' in shown.text, desk.carry()) == (200, True, 0)
    desk.report("Before anybody confirmed")
    assert (desk.tell(), [row[0] for row in desk.rows]) == (0, ["pending"])
    assert desk.send(path).status == 200
    desk.carry()
    assert desk.rows == [("active", BOTH, None, 0)]

    report = desk.report(components=[{"component_id": desk.shop, "status": "degraded_performance"}])
    assert desk.tell() == 1
    told = desk.ses.sent[-1]
    assert told.subject == "[Acme] Investigating: Slow checkout"
    assert f"{desk.url}reports/{report['id']}/" in told.text
    assert "Affected: Shop (degraded performance)" in told.text
    assert desk.tell() == 0
    (update,) = desk.api.call("GET", f"/v1/status-reports/{report['id']}").json["updates"]
    assert update["told_at"] is not None

    out = told.headers["list-unsubscribe"].strip("<>")
    assert out.startswith(f"{EVENTS}/s/unsubscribe/")
    ended = desk.send(out.removeprefix(EVENTS), {"List-Unsubscribe": "One-Click"})
    assert ended.status == 200
    desk.carry()
    assert [row[0] for row in desk.rows] == ["ended"]
    desk.update(report, "Found.", status="identified")
    assert desk.tell() == 0
    assert desk.send(out.removeprefix(EVENTS)).status == 200
    assert desk.send(path).status == 200
    desk.carry()
    assert [row[0] for row in desk.rows] == ["ended"]


@pytest.mark.parametrize("word", ["bounced", "complained"])
def test_whose_mail_comes_back_is_told_no_more(desk: Desk, word: str) -> None:
    desk.subscribe("gone@customer.example")
    desk.subscribe("well@customer.example")
    desk.report()
    assert desk.tell() == 2
    (back,) = [mail for mail in desk.ses.sent[-2:] if mail.to == "gone@customer.example"]
    for _ in range(2):
        desk.hear_back(back, word)
    assert [(row[0], row[3]) for row in desk.rows] == [("failed", 1), ("active", 0)]
    kept = desk.world.database.rows(
        "select detail, sealed, forget_at is not null from subscriber where state = 'failed' and status_page_id = %s",
        desk.page_id,
    )
    assert kept == [(word, "", True)]
    desk.report("Once more")
    assert desk.tell() == 1
    assert desk.ses.sent[-1].to == "well@customer.example"
    desk.ask("gone@customer.example")
    desk.world.database.advance(timedelta(hours=2))
    desk.ask("gone@customer.example")
    desk.carry()
    desk.send(desk.link("confirm"))
    desk.carry()
    assert [row[0] for row in desk.rows] == ["active", "active"]


def test_the_mail_of_an_update_has_all_headers(desk: Desk) -> None:
    token = desk.subscribe()
    report = desk.report(body="<script>alert(1)</script>\n\nBcc: x")
    hostile = "Line one\r\nBcc: all@x.example\u2028<b>&"
    desk.world.database.rows("update status_report set title = %s returning id", hostile)
    desk.tell()
    mail = desk.ses.sent[-1]
    manage = f"{EVENTS}/s/manage/{token}"
    assert {name: mail.headers[name] for name in sorted(mail.headers) if name not in {"date", "message-id"}} == {
        "auto-submitted": "auto-generated",
        "content-type": mail.headers["content-type"],
        "from": "Acme status <status@tocsin.example>",
        "in-reply-to": f"<report-{report['id']}@tocsin.example>",
        "list-id": f"<{desk.page_id}.status.tocsin.example>",
        "list-unsubscribe": f"<{EVENTS}/s/unsubscribe/{token}>",
        "list-unsubscribe-post": "List-Unsubscribe=One-Click",
        "mime-version": "1.0",
        "precedence": "bulk",
        "references": f"<report-{report['id']}@tocsin.example>",
        "subject": "[Acme] Investigating: Line one Bcc: all@x.example <b>&",
        "to": "ops@customer.example",
        "x-auto-response-suppress": "All",
    }
    assert manage in mail.text
    assert manage in mail.html
    assert "<script" not in mail.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in mail.html
    assert "<b>" not in mail.html


def test_who_is_told_what_follows_kinds_and_components(desk: Desk) -> None:
    mail = desk.component("Mail")
    desk.subscribe("all@customer.example")
    desk.subscribe("shop@customer.example", components=[desk.shop])
    desk.subscribe("mail@customer.example", components=[mail])
    desk.subscribe("works@customer.example", kinds=["maintenance"])
    del desk.ses.sent[:]
    desk.report(components=[{"component_id": desk.shop, "status": "major_outage"}])
    desk.tell()
    assert sorted(one.to for one in desk.ses.sent) == ["all@customer.example", "shop@customer.example"]
    del desk.ses.sent[:]
    desk.report("Of the page as a whole")
    desk.tell()
    assert sorted(one.to.partition("@")[0] for one in desk.ses.sent) == ["all", "mail", "shop"]


def test_choosing_takes_the_token_or_a_new_confirmation(desk: Desk) -> None:
    token = desk.subscribe()
    assert desk.send(f"/s/manage/{token}", {"kinds": "incident"}).status == 200
    desk.carry()
    assert desk.rows == [("active", ["incident"], None, 0)]
    assert desk.send(f"/s/manage/{token}", body={"components": [desk.shop]}).status == 200
    desk.carry()
    ((_, kinds, components, _),) = desk.rows
    assert (kinds, [str(one) for one in components]) == (["incident"], [desk.shop])
    nothing = desk.send(f"/s/manage/{token}", {})
    assert (nothing.status, "to be told nothing, unsubscribe" in nothing.text) == (422, True)

    desk.world.database.advance(timedelta(hours=2))
    desk.ask(kinds=["maintenance"])
    assert desk.carry() == 1
    assert desk.rows[0][1] == ["incident"]
    assert desk.link("confirm").endswith(token)
    desk.send(f"/s/confirm/{token}")
    desk.carry()
    assert desk.rows == [("active", ["maintenance"], None, 0)]


def test_an_address_in_any_spelling_is_one_subscriber_and_written_to_once_an_hour(desk: Desk) -> None:
    for spelling in ("Ops@Bücher.example", " ops@bücher.EXAMPLE ", "ops@xn--bcher-kva.example"):
        assert desk.ask(spelling).status == 303
    assert desk.carry() == 1
    assert desk.ses.sent[0].to == "ops@xn--bcher-kva.example"
    assert len(desk.rows) == 1
    desk.world.database.advance(timedelta(minutes=61))
    desk.ask("OPS@bücher.example")
    assert (desk.carry(), len(desk.rows)) == (1, 1)


@pytest.mark.parametrize("mail", [0, 1])
def test_each_mail_that_asked_confirms_what_was_asked_last(desk: Desk, mail: int) -> None:
    desk.ask()
    desk.carry()
    desk.world.database.advance(timedelta(hours=23))
    desk.ask(kinds=["maintenance"])
    assert desk.carry() == 1
    desk.world.database.advance(timedelta(hours=2))
    desk.sweep()
    desk.send(desk.link("confirm", mail))
    desk.carry()
    assert desk.rows == [("active", ["maintenance"], None, 0)]


def test_a_flood_is_answered_alike_and_writes_to_few(desk: Desk) -> None:
    answers = {(a.status, a.headers.get("Location"), a.text) for a in (desk.ask(f"v+{n}@x.example") for n in range(6))}
    assert answers == {(303, f"{desk.url}subscribe/done/", "")}
    assert desk.carry() == PER_MAILBOX
    for n in range(PER_SOURCE + 5):
        desk.ask(f"u{n}@x.example")
    assert desk.carry() == PER_SOURCE - PER_MAILBOX
    desk.ask("other@x.example", source="2001:db8::1")
    assert desk.carry() == 1


def test_who_does_not_confirm_is_forgotten_after_a_day(desk: Desk) -> None:
    desk.ask()
    desk.carry()
    path = desk.link("confirm")
    desk.world.database.advance(timedelta(hours=25))
    desk.sweep()
    assert desk.rows == []
    assert desk.send(path).status == 200
    desk.carry()
    assert desk.rows == []


def test_a_webhook_is_confirmed_by_its_answer_and_then_told(desk: Desk) -> None:
    desk.allow("email", "webhook")
    with receiving() as receiver:
        url = f"{receiver.url}/hook"
        assert desk.send(f"/s/{desk.key}/subscribe", body={"channel": "webhook", "address": url}).status == 202
        desk.carry()
        assert desk.rows == [("active", BOTH, None, 0)]
        created = _document(receiver.requests[0].body)
        assert created["type"] == "subscription.created"
        secret = created["data"]["meta"]["signing_secret"]
        _verify(secret, receiver.requests[0])
        report = desk.report(components=[{"component_id": desk.shop, "status": "partial_outage"}])
        desk.tell()
        told = _document(receiver.requests[1].body)
        _verify(secret, receiver.requests[1])
        assert (told["type"], told["data"]["page"]["url"]) == ("status_report.updated", desk.url)
        incident = told["data"]["incident"]
        assert (incident["id"], incident["shortlink"]) == (report["id"], f"{desk.url}reports/{report['id']}/")
        assert incident["components"] == [{"id": desk.shop, "name": "Shop", "status": "partial_outage"}]
        assert incident["incident_updates"][0]["body"] == "We are looking.\n\nMore soon."
        out = told["data"]["meta"]["unsubscribe"].removeprefix(EVENTS)
        # who knows the address can't choose for it
        desk.send(f"/s/{desk.key}/subscribe", body={"channel": "webhook", "address": url, "kinds": ["incident"]})
        desk.carry()
        assert (desk.rows[0][1], len(receiver.requests)) == (BOTH, 2)
        receiver.answers.append((410, {}))
        desk.update(report, "Gone.")
        desk.tell()
        assert [row[0] for row in desk.rows] == ["failed"]
        (listed,) = desk.api.call("GET", f"{desk.path}/subscribers").json["items"]
        assert (listed["detail"], listed["failures"]) == ("http_410", 1)
        assert desk.send(out).status == 200


def test_a_webhook_that_refuses_is_never_told(desk: Desk) -> None:
    desk.allow("webhook")
    with receiving() as receiver:
        receiver.answers.append((404, {}))
        desk.send(f"/s/{desk.key}/subscribe", {"channel": "webhook", "url": f"{receiver.url}/x"})
        desk.carry()
        assert [row[0] for row in desk.rows] == ["failed"]
        desk.report()
        assert desk.tell() == 0


def test_no_private_network_is_called(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTBOUND_ALLOWED_NETWORKS", "")
    desk.allow("webhook")
    with receiving() as receiver:
        desk.send(f"/s/{desk.key}/subscribe", {"channel": "webhook", "url": f"{receiver.url}/x"})
        desk.carry()
        assert receiver.requests == []
    assert [row[0] for row in desk.rows] == ["failed"]


def test_a_mailbox_that_refuses_again_and_again_is_told_no_more(desk: Desk) -> None:
    desk.subscribe()
    report = desk.report()
    for nth in range(FAILURES):
        assert [row[0] for row in desk.rows] == ["active"]
        desk.ses.failures.append("MessageRejected")
        desk.tell()
        desk.update(report, f"Update {nth}.")
    assert [row[0] for row in desk.rows] == ["failed"]
    assert desk.tell() == 0
    (listed,) = desk.api.call("GET", f"{desk.path}/subscribers", query={"state": "failed"}).json["items"]
    assert listed["detail"].startswith("ses_MessageRejected")
    assert listed["shown"] == "o…@customer.example"


def test_channels_that_a_page_does_not_offer_are_answered_alike_and_not_taken(desk: Desk) -> None:
    asked = desk.send(f"/s/{desk.key}/subscribe", {"channel": "webhook", "url": "https://x.example/a"})
    assert asked.status == 303
    desk.carry()
    assert desk.rows == []


def test_a_private_page_takes_nobody_and_tells_nobody(desk: Desk) -> None:
    desk.subscribe()
    hidden = "update status_page set visibility = %s where id = %s returning id"
    desk.world.database.rows(hidden, "private", desk.page_id)
    assert desk.ask("new@customer.example").status == 303
    desk.carry()
    report = desk.report()
    assert (desk.tell(), len(desk.rows)) == (0, 1)
    desk.world.database.rows(hidden, "public", desk.page_id)
    assert desk.tell() == 0
    assert desk.api.call("GET", f"/v1/status-reports/{report['id']}").json["updates"][0]["told_at"] is not None


def test_no_address_is_logged_or_answered(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    desk.subscribe("quite-secret@customer.example")
    desk.report()
    desk.tell()
    listed = desk.api.call("GET", f"{desk.path}/subscribers").text
    rows: list[tuple[Any, ...]] = desk.world.database.rows("select to_jsonb(s)::text from subscriber s")
    rows += desk.world.database.rows("select to_jsonb(m)::text from mail m")
    seen = "".join([*capfd.readouterr(), listed, *(row[0] for row in rows)])
    assert "quite-secret" not in seen
    assert r"q\u2026@customer.example" in listed


def _document(body: str) -> dict[str, Any]:
    return json.loads(body)


def _verify(secret: str, request: Any) -> None:
    Webhook(secret).verify(request.body, request.headers)
