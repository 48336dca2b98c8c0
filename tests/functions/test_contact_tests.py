"""Test pages: from the API through notify to a receiver, and what came of them back into the rows."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from tests.support.receiver import Receiver, receiving
from tests.support.rules import mail_of
from tests.support.trials import Counter, open_counter
from tests.support.world import World
from tocsin.contracts.delivery import OutcomeMessage
from tocsin.contracts.mail import MailMessage


@pytest.fixture
def counter(world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Counter]:
    with open_counter(world, monkeypatch, tmp_path) as found:
        yield found


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


def home(counter: Counter) -> str:
    return f"/v1/users/{counter.api.world.alice.user_id}/contact-methods"


def add(counter: Counter, channel: str, url: str) -> dict[str, Any]:
    made: dict[str, Any] = counter.api.call("POST", home(counter), {"channel": channel, "url": url}).json
    return made


def try_out(counter: Counter, method_id: object) -> dict[str, Any]:
    return counter.try_out(f"{home(counter)}/{method_id}")


def verified(counter: Counter, method_id: object) -> bool:
    items = counter.api.call("GET", home(counter)).json["items"]
    (found,) = [method for method in items if method["id"] == str(method_id)]
    return found["verified_at"] is not None


def test_a_webhook_that_takes_its_test_page_is_verified(counter: Counter, receiver: Receiver) -> None:
    made = add(counter, "webhook", receiver.url)
    found = try_out(counter, made["id"])
    assert (found["state"], found["detail"]) == ("sent", None)
    (request,) = receiver.requests
    told = json.loads(request.body)
    assert (told["type"], told["data"]["incident"]["title"]) == ("contact_method.tested", "Test page from Tocsin")
    assert Webhook(made["secret"]).verify(request.body, request.headers)
    assert verified(counter, made["id"])


def test_a_chat_channel_is_told_that_it_is_a_test(counter: Counter, receiver: Receiver) -> None:
    made = add(counter, "slack", receiver.url)
    assert try_out(counter, made["id"])["state"] == "sent"
    assert json.loads(receiver.requests[0].body)["text"] == "Test page from Tocsin"
    assert "#0" not in receiver.requests[0].body
    assert verified(counter, made["id"])


@pytest.mark.parametrize("status", [404, 503])
def test_one_that_refuses_is_not_and_is_asked_once(counter: Counter, receiver: Receiver, status: int) -> None:
    made = add(counter, "webhook", receiver.url)
    receiver.answers = [(status, {})]
    found = try_out(counter, made["id"])
    assert (found["state"], found["detail"].split(":")[0]) == ("failed", f"http_{status}")
    assert not verified(counter, made["id"])
    assert len(receiver.requests) == 1


def test_a_mail_shows_what_a_page_looks_like_and_proves_nothing(counter: Counter, world: World) -> None:
    mail = mail_of(world, world.alice)
    assert try_out(counter, mail)["state"] == "sent"
    (sent,) = counter.ses.sent
    assert (sent.to, sent.subject) == (world.alice.email, "Test page from Tocsin")
    assert "this is a test" in sent.text
    assert "database could not be asked" not in sent.text
    assert not verified(counter, mail)


def test_the_mail_with_a_code_holds_it_and_no_queue_does(counter: Counter, world: World) -> None:
    path = f"{home(counter)}/{mail_of(world, world.alice)}"
    assert counter.api.call("POST", f"{path}/verify").status == 200
    (message,) = [MailMessage.model_validate(m).to_json() for m in counter.api.sent("mails")]
    assert world.alice.email not in message
    counter.send(message)
    (sent,) = counter.ses.sent
    assert sent.subject == "Verify that Tocsin can page you here"
    code = sent.text.partition("proves it: ")[2][:6]
    assert counter.api.call("POST", f"{path}/confirm", {"code": code}).status == 200


def test_another_organization_finds_no_test(counter: Counter, world: World) -> None:
    test_id = try_out(counter, mail_of(world, world.alice))["id"]
    other = World(world.database, name="Other")
    theirs = other.api_key("owner")
    path = f"{home(counter)}/{mail_of(world, world.alice)}/tests"
    assert counter.api.call("GET", f"{path}/{test_id}", key=theirs).status == 404
    assert counter.api.call("POST", path, key=theirs).status == 404


def test_a_mail_that_comes_back_fails_its_test_in_whatever_order_the_two_are_heard(
    counter: Counter, world: World
) -> None:
    mail = mail_of(world, world.alice)
    assert try_out(counter, mail)["state"] == "sent"
    (sent,) = counter.ses.sent
    assert (sent.configuration_set, sent.tags["organization"]) == ("tocsin-test-mail", str(world.org_id))
    told = {"org_id": sent.tags["organization"], "kind": "mail", "notification_id": sent.tags["mail"], "at": world.now}
    bounced = OutcomeMessage.model_validate({**told, "result": "permanent", "reason": "bounced"})
    counter.record(bounced)
    counter.record(OutcomeMessage.model_validate({**told, "result": "delivered"}))
    found = counter.api.call("GET", f"{home(counter)}/{mail}/tests/{sent.tags['mail']}").json
    assert (found["state"], found["detail"]) == ("failed", "bounced")
