"""Invitations as mail: queued with what they are for, sent by notify, told to record, made good by the sweep."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from functions.notify import claims, ses
from functions.notify import handler as notify
from functions.record import handler as record
from functions.sweep import handler as sweep
from tests.support.api_host import ApiHost, api_host, seal_key
from tests.support.inside import sqs_event
from tests.support.ses import Ses
from tests.support.signed_in import mailed
from tests.support.world import World
from tocsin.contracts.delivery import OutcomeMessage, Result
from tocsin.contracts.mail import MailMessage
from tocsin.errors import Invalid
from tocsin.platform.tokens import digest
from tocsin_data.db import database

DONE: dict[str, Any] = {"batchItemFailures": []}


class Office:
    """The API, notify, record and the sweep over one world, the queues between them carried by hand."""

    def __init__(self, api: ApiHost, post: Ses) -> None:
        self.api, self.ses, self.world = api, post, api.world

    def invite(self, email: str = "carol@acme.example") -> str:
        answer = self.api.call("POST", "/v1/invitations", {"email": email, "role": "viewer"})
        assert answer.status == 201, answer.text
        return answer.json["id"]

    def waiting(self) -> list[str]:
        return [MailMessage.model_validate(m).to_json() for m in self.api.sent("mails")]

    def send(self, *bodies: str) -> list[OutcomeMessage]:
        assert notify.handler(sqs_event(*bodies, queue="tocsin-test-mails"), None) == DONE
        return [OutcomeMessage.model_validate(m) for m in self.api.sent("outcomes")]

    def tell(self, *outcomes: OutcomeMessage) -> None:
        self.inside()
        assert record.handler(sqs_event(*outcomes, queue="outcomes"), None) == DONE

    def sweep(self) -> None:
        self.inside()
        sweep.handler({"Records": []}, None)

    def inside(self) -> None:
        self.api.monkeypatch.setenv("DB_USER", "worker")

    def pass_by(self, interval: str) -> None:
        """Let the mails have been written, and tried, this long ago."""
        self.world.database.rows(
            "update mail set created_at = created_at - %s::interval, due_at = due_at - %s::interval returning id",
            interval,
            interval,
        )

    @property
    def states(self) -> list[tuple[Any, ...]]:
        return self.world.database.rows("select state, detail from mail order by created_at, id")


@pytest.fixture
def office(world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Office]:
    post = Ses()
    with api_host(world, monkeypatch) as api:
        for queue in ("outcomes", "sweeps"):
            api.queue_urls[queue] = api.sqs.create_queue(QueueName=f"mails-{world.org_id}-{queue}")["QueueUrl"]
            monkeypatch.setenv(f"{queue.upper()}_QUEUE_URL", api.queue_urls[queue])
        pem = tmp_path / "seal.pem"
        pem.write_bytes(seal_key().as_pem(private=True))
        monkeypatch.setenv("SEAL_PRIVATE_KEY_FILE", str(pem))
        monkeypatch.setenv("CLAIM_FUNCTION", "claim")
        monkeypatch.setenv("MAIL_FROM", "Tocsin <page@tocsin.example>")
        monkeypatch.setattr(ses, "client", lambda: post)
        monkeypatch.setattr(claims, "client", _never)
        yield Office(api, post)
        database(world.database.settings("worker")).close()


def _never() -> None:
    raise AssertionError("an invitation asks nobody whether it may go")


def test_an_invitation_is_mailed_and_known_to_be(office: Office) -> None:
    invitation = office.invite()
    (message,) = office.waiting()
    assert "carol" not in message
    (outcome,) = office.send(message)
    assert (outcome.kind, outcome.result) == ("mail", Result.DELIVERED)
    (mail,) = office.ses.sent
    assert (mail.to, mail.subject) == ("carol@acme.example", "You are invited to Acme on Tocsin")
    assert "http" not in mail.text + mail.html
    office.tell(outcome)
    assert office.states == [("sent", None)]
    assert office.world.database.rows("select sealed from mail") == [("",)]
    office.tell(outcome)
    office.pass_by("1 hour")
    office.sweep()
    assert (office.waiting(), office.states) == ([], [("sent", None)])
    assert invitation


def test_an_invitation_is_accepted_by_a_link_where_there_is_a_dashboard(office: Office) -> None:
    office.invite()
    office.api.monkeypatch.setenv("DASHBOARD_URL", "https://tocsin.example/")
    office.send(*office.waiting())
    (mail,) = office.ses.sent
    (link,) = re.findall(r'<a href="(https://tocsin\.example/invitations/[^"/]+)">', mail.html)
    assert link in mail.text.splitlines()
    found = office.world.database.rows(
        "select email from invitation where token_hash = %s", digest(link.rpartition("/")[2])
    )
    assert found == [("carol@acme.example",)]


def test_a_name_is_no_header_and_no_markup(office: Office) -> None:
    office.world.database.rows(
        "update organization set name = %s returning id", "A\r\nBcc: all@x.example <b>" + "x" * 150
    )
    office.invite()
    office.send(*office.waiting())
    (mail,) = office.ses.sent
    assert "bcc" not in mail.headers
    assert "<b>" not in mail.html
    assert len(mail.subject) < 160


def test_a_mail_that_was_lost_is_sent_again_until_a_day_has_passed(office: Office) -> None:
    office.invite()
    lost = office.waiting()
    assert len(lost) == 1
    office.sweep()
    assert office.waiting() == []
    office.pass_by("61 seconds")
    office.sweep()
    assert office.waiting() == lost
    office.sweep()
    assert office.waiting() == []
    office.pass_by("25 hours")
    office.sweep()
    assert office.waiting() == []
    assert office.states == [("failed", "no provider has taken it in time")]


def test_a_refusal_ends_a_mail_and_a_delay_does_not(office: Office) -> None:
    office.invite()
    office.invite("dave@acme.example")
    messages = office.waiting()
    office.ses.failures.append("MessageRejected")
    refused, *_ = office.send(messages[0])
    office.ses.failures.append("TooManyRequestsException")
    delayed, *_ = office.send(messages[1])
    assert [refused.result, delayed.result] == [Result.PERMANENT, Result.TEMPORARY]
    office.tell(refused, delayed)
    states = [state for state, _ in office.states]
    assert sorted(states) == ["failed", "queued"]
    office.pass_by("3 minutes")
    office.sweep()
    assert len(office.waiting()) == 1


def test_what_was_sealed_to_another_key_or_is_no_mail(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.invite()
    (message,) = office.waiting()

    def refuse(*_: object) -> None:
        raise Invalid("not ours")

    monkeypatch.setattr("tocsin.platform.sealing.open_sealed", refuse)
    (outcome,) = office.send(message)
    assert (outcome.result, outcome.reason) == (Result.PERMANENT, "invalid")
    answer = notify.handler(sqs_event("{}", message, queue="tocsin-test-mails"), None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "m0"}]}
    assert office.ses.sent == []


def test_an_outcome_of_another_organizations_mail_changes_nothing(office: Office) -> None:
    office.invite()
    (outcome,) = office.send(*office.waiting())
    other = World(office.world.database, name="Other")
    office.tell(outcome.model_copy(update={"org_id": other.org_id}))
    assert office.states == [("queued", None)]


def test_a_mail_beside_pages_keeps_none_of_them_back(office: Office) -> None:
    office.invite()
    (outcome,) = office.send(*office.waiting())
    page = outcome.model_copy(update={"kind": "page"})
    office.tell(page, outcome)
    assert office.states == [("sent", None)]
    assert mailed(office.api) == []


def test_a_notice_of_a_handoff_says_who_is_next_and_in_whose_time(office: Office) -> None:
    alice, bob = office.world.alice, office.world.bob
    layer = {
        "name": "day",
        "unit": "days",
        "length": 1,
        "handoff": "09:00",
        "starts_on": "2026-01-05",
        "participants": [str(person.user_id) for person in (alice, bob)],
    }
    body = {"name": "Primary\r\nBcc: x@y.example", "time_zone": "Asia/Kathmandu", "layers": [layer]}
    assert office.api.call("POST", "/v1/schedules", body).status == 201
    office.sweep()
    (message,) = office.waiting()
    assert "acme.example" not in message
    (outcome,) = office.send(message)
    office.tell(outcome)
    (mail,) = office.ses.sent
    first, second = (alice, bob) if mail.to == alice.email else (bob, alice)
    assert mail.to == first.email
    assert mail.subject == "You are on call for Primary Bcc: x@y.example"
    assert "09:00 (Asia/Kathmandu)" in mail.text
    assert f"After you it is {second.name}." in mail.text
    assert office.states == [("sent", None)]
    office.sweep()
    assert office.waiting() == []
