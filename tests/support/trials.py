"""The way of a test page: from the API through notify to a receiver, and what came of it back into the row."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from functions.notify import handler as notify
from functions.notify import ses
from functions.record import handler as record
from tests.support.api_host import ApiHost, api_host, seal_key
from tests.support.inside import sqs_event
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

    def try_out(self, path: str) -> dict[str, Any]:
        """Send a test page to what is at a path, and answer what has become of it."""
        sent = self.api.call("POST", f"{path}/tests")
        assert (sent.status, sent.json["state"]) == (201, "queued"), sent.text
        self.deliver()
        found: dict[str, Any] = self.api.call("GET", f"{path}/tests/{sent.json['id']}").json
        return found

    def deliver(self) -> None:
        """Send the mails that wait, and tell `record` what became of them."""
        self.record(*self.send(*[MailMessage.model_validate(m).to_json() for m in self.api.sent("mails")]))

    def send(self, *mails: str) -> list[OutcomeMessage]:
        """Let notify send mails; answers what became of them."""
        assert notify.handler(sqs_event(*mails, queue="tocsin-test-mails"), None) == DONE
        return [OutcomeMessage.model_validate(m) for m in self.api.sent("outcomes")]

    def record(self, *outcomes: OutcomeMessage) -> None:
        """Tell `record` what became of mails."""
        self.api.monkeypatch.setenv("DB_USER", "worker")
        assert record.handler(sqs_event(*outcomes, queue="outcomes"), None) == DONE
        self.api.monkeypatch.setenv("DB_USER", "app")


@contextmanager
def open_counter(world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Generator[Counter]:
    """A counter over a world, until the end of a test."""
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
