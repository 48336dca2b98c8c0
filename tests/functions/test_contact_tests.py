"""Test pages: from the API through notify to a receiver, and what came of them back into the rows."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from functions.notify import handler as notify
from functions.notify import ses
from functions.record import handler as record
from tests.support.api_host import ApiHost, api_host, seal_key
from tests.support.inside import sqs_event
from tests.support.receiver import Receiver, receiving
from tests.support.rules import mail_of
from tests.support.ses import Ses
from tests.support.world import World
from tocsin.contracts.delivery import OutcomeMessage
from tocsin.contracts.mail import MailMessage
from tocsin_data.db import database

DONE: dict[str, Any] = {"batchItemFailures": []}


class Counter:
    """The API, notify and record over one world, the queues between them carried by hand."""

    def __init__(self, api: ApiHost, post: Ses) -> None:
        self.api, self.ses = api, post
        self.path = f"/v1/users/{api.world.alice.user_id}/contact-methods"

    def add(self, channel: str, url: str) -> dict[str, Any]:
        made: dict[str, Any] = self.api.call("POST", self.path, {"channel": channel, "url": url}).json
        return made

    def try_out(self, method_id: object) -> dict[str, Any]:
        """Send a test page, and answer what has become of it."""
        sent = self.api.call("POST", f"{self.path}/{method_id}/tests")
        assert (sent.status, sent.json["state"]) == (201, "queued"), sent.text
        mails = [MailMessage.model_validate(m).to_json() for m in self.api.sent("mails")]
        assert notify.handler(sqs_event(*mails, queue="tocsin-test-mails"), None) == DONE
        outcomes = [OutcomeMessage.model_validate(m) for m in self.api.sent("outcomes")]
        self.record(*outcomes)
        return self.read(method_id, sent.json["id"])

    def record(self, *outcomes: OutcomeMessage) -> None:
        """Tell `record` what became of mails."""
        self.api.monkeypatch.setenv("DB_USER", "worker")
        assert record.handler(sqs_event(*outcomes, queue="outcomes"), None) == DONE
        self.api.monkeypatch.setenv("DB_USER", "app")

    def read(self, method_id: object, test_id: str) -> dict[str, Any]:
        """What the API says of a test page."""
        found: dict[str, Any] = self.api.call("GET", f"{self.path}/{method_id}/tests/{test_id}").json
        return found

    def verified(self, method_id: object) -> bool:
        items = self.api.call("GET", self.path).json["items"]
        (found,) = [method for method in items if method["id"] == str(method_id)]
        return found["verified_at"] is not None


@pytest.fixture
def counter(world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Counter]:
    post = Ses()
    with api_host(world, monkeypatch) as api:
        api.queue_urls["outcomes"] = api.sqs.create_queue(QueueName=f"tests-{world.org_id}")["QueueUrl"]
        pem = tmp_path / "seal.pem"
        pem.write_bytes(seal_key().as_pem(private=True))
        for name, value in {
            "OUTCOMES_QUEUE_URL": api.queue_urls["outcomes"],
            "SEAL_PRIVATE_KEY_FILE": str(pem),
            "CLAIM_FUNCTION": "claim",
            "MAIL_FROM": "Tocsin <page@tocsin.example>",
            "MAIL_CONFIGURATION_SET": "tocsin-test-mail",
            "OUTBOUND_ALLOWED_NETWORKS": "127.0.0.0/8",
        }.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(ses, "client", lambda: post)
        yield Counter(api, post)
        database(world.database.settings("worker")).close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


def test_a_webhook_that_takes_its_test_page_is_verified(counter: Counter, receiver: Receiver) -> None:
    made = counter.add("webhook", receiver.url)
    found = counter.try_out(made["id"])
    assert (found["state"], found["detail"]) == ("sent", None)
    (request,) = receiver.requests
    told = json.loads(request.body)
    assert (told["type"], told["data"]["incident"]["title"]) == ("contact_method.tested", "Test page from Tocsin")
    assert Webhook(made["secret"]).verify(request.body, request.headers)
    assert counter.verified(made["id"])


def test_a_chat_channel_is_told_that_it_is_a_test(counter: Counter, receiver: Receiver) -> None:
    made = counter.add("slack", receiver.url)
    assert counter.try_out(made["id"])["state"] == "sent"
    assert json.loads(receiver.requests[0].body)["text"] == "Test page from Tocsin"
    assert "#0" not in receiver.requests[0].body
    assert counter.verified(made["id"])


@pytest.mark.parametrize("status", [404, 503])
def test_one_that_refuses_is_not_and_is_asked_once(counter: Counter, receiver: Receiver, status: int) -> None:
    made = counter.add("webhook", receiver.url)
    receiver.answers = [(status, {})]
    found = counter.try_out(made["id"])
    assert (found["state"], found["detail"].split(":")[0]) == ("failed", f"http_{status}")
    assert not counter.verified(made["id"])
    assert len(receiver.requests) == 1


def test_a_mail_shows_what_a_page_looks_like_and_proves_nothing(counter: Counter, world: World) -> None:
    mail = mail_of(world, world.alice)
    assert counter.try_out(mail)["state"] == "sent"
    (sent,) = counter.ses.sent
    assert (sent.to, sent.subject) == (world.alice.email, "Test page from Tocsin")
    assert "this is a test" in sent.text
    assert "database could not be asked" not in sent.text
    assert not counter.verified(mail)


def test_the_mail_with_a_code_holds_it_and_no_queue_does(counter: Counter, world: World) -> None:
    path = f"{counter.path}/{mail_of(world, world.alice)}"
    assert counter.api.call("POST", f"{path}/verify").status == 200
    (message,) = [MailMessage.model_validate(m).to_json() for m in counter.api.sent("mails")]
    assert world.alice.email not in message
    assert notify.handler(sqs_event(message, queue="tocsin-test-mails"), None) == DONE
    (sent,) = counter.ses.sent
    assert sent.subject == "Verify that Tocsin can page you here"
    code = sent.text.partition("proves it: ")[2][:6]
    assert counter.api.call("POST", f"{path}/confirm", {"code": code}).status == 200


def test_another_organization_finds_no_test(counter: Counter, world: World) -> None:
    test_id = counter.try_out(mail_of(world, world.alice))["id"]
    other = World(world.database, name="Other")
    theirs = other.api_key("owner")
    path = f"{counter.path}/{mail_of(world, world.alice)}/tests"
    assert counter.api.call("GET", f"{path}/{test_id}", key=theirs).status == 404
    assert counter.api.call("POST", path, key=theirs).status == 404


def test_a_mail_that_comes_back_fails_its_test_in_whatever_order_the_two_are_heard(
    counter: Counter, world: World
) -> None:
    mail = mail_of(world, world.alice)
    assert counter.try_out(mail)["state"] == "sent"
    (sent,) = counter.ses.sent
    assert (sent.configuration_set, sent.tags["organization"]) == ("tocsin-test-mail", str(world.org_id))
    told = {"org_id": sent.tags["organization"], "kind": "mail", "notification_id": sent.tags["mail"], "at": world.now}
    bounced = OutcomeMessage.model_validate({**told, "result": "permanent", "reason": "bounced"})
    counter.record(bounced)
    counter.record(OutcomeMessage.model_validate({**told, "result": "delivered"}))
    found = counter.read(mail, sent.tags["mail"])
    assert (found["state"], found["detail"]) == ("failed", "bounced")
