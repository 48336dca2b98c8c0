"""Subscribing from end to end: ingest, verdict, the API, the sweep, notify and record over one world, and no network
but loopback; the queues between them are carried by hand.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from functions.ingest import admission, subscribing
from functions.ingest import handler as ingest
from functions.notify import claims, ses
from functions.notify import handler as notify
from functions.record import handler as record
from functions.sweep import handler as sweep
from functions.verdict import handler as verdict
from tests.support.api_host import Answered, ApiHost, api_host, seal_key
from tests.support.http_api import http_event
from tests.support.inside import sqs_event
from tests.support.ses import Mail, Ses
from tests.support.world import World
from tocsin.contracts.delivery import OutcomeMessage
from tocsin_data.db import database

DONE: Final[dict[str, Any]] = {"batchItemFailures": []}
EVENTS: Final = "https://events.tocsin.example"
PAGES: Final = "https://status.tocsin.example"
QUEUES: Final = ("outcomes", "sweeps", "results", "events")
CONFIGURATION_SET: Final = "tocsin-test-mail"
FORM: Final = "application/x-www-form-urlencoded"


class Desk:
    """One deployment with a public page of one component."""

    def __init__(self, api: ApiHost, post: Ses) -> None:
        self.api, self.ses, self.world = api, post, api.world
        slug = f"acme-{uuid4().hex[:8]}"
        made = api.call("POST", "/v1/status-pages", {"slug": slug, "name": "Acme", "visibility": "public"}).json
        self.page_id, self.path = made["id"], f"/v1/status-pages/{made['id']}"
        self.url = f"{PAGES}/{slug}/"
        self.shop = self.component("Shop")
        self.api.sent("publications")

    def allow(self, *channels: str) -> None:
        """Let the page take subscribers by these channels."""
        self.world.database.rows(
            "update status_page set subscribe_channels = %s where id = %s returning id", list(channels), self.page_id
        )

    def component(self, name: str) -> str:
        return self.api.call("POST", f"{self.path}/components", {"name": name}).json["id"]

    @property
    def key(self) -> str:
        ((key,),) = self.world.database.rows("select subscribe_key from status_page where id = %s", self.page_id)
        return key

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        """(state, kinds, component_ids, failures) of each subscriber."""
        return self.world.database.rows(
            "select state, kinds, component_ids, failures from subscriber where status_page_id = %s order by id",
            self.page_id,
        )

    def send(
        self,
        path: str,
        form: dict[str, Any] | None = None,
        *,
        body: Any = None,
        method: str = "POST",
        source: str | None = None,
        page: str | None = None,
    ) -> Answered:
        """One request of the public."""
        subscribing.budgets.cache_clear()
        kind = FORM if body is None else "application/json"
        raw = urlencode(form or {}, doseq=True) if body is None else json.dumps(body)
        query = urlencode({"page": self.url if page is None else page})
        event = http_event(method, path, raw if method == "POST" else "", {"content-type": kind}, query=query)
        if source is not None:
            event["requestContext"]["http"]["sourceIp"] = source
        answer = ingest.handler(event, None)
        return Answered(answer["statusCode"], answer["headers"], answer["body"])

    def ask(self, address: str = "ops@customer.example", **more: Any) -> Answered:
        """Post the page's form."""
        source = more.pop("source", None)
        return self.send(f"/s/{self.key}/subscribe", {"channel": "email", "address": address, **more}, source=source)

    def carry(self) -> int:
        """Carry what waits in the queues until there is nothing more; answers how many mails were sent."""
        mails = 0
        while True:
            results = [json.dumps(one) for one in self.api.sent("results")]
            if results:
                self._inside(verdict, results, "results")
            posted = [json.dumps(one) for one in self.api.sent("mails")]
            if posted:
                mails += len(posted)
                assert notify.handler(sqs_event(*posted, queue="tocsin-test-mails"), None) == DONE
            outcomes = [OutcomeMessage.model_validate(one).to_json() for one in self.api.sent("outcomes")]
            if outcomes:
                self._inside(record, outcomes, "outcomes")
            if not (results or posted or outcomes):
                return mails

    def hear_back(self, mail: Mail, word: str) -> None:
        """Let the provider say what came back of a mail, as the rules of its events put it."""
        assert mail.configuration_set == CONFIGURATION_SET
        told = {"kind": "mail", "result": "permanent", "reason": word, "at": "2026-11-21T09:30:00Z"}
        ids = {"org_id": mail.tags["organization"], "notification_id": mail.tags["mail"]}
        self._inside(record, [json.dumps({**told, **ids})], "outcomes")

    def sweep(self) -> None:
        """Two sweeps, as one tells and the next sends."""
        for _ in range(2):
            self.api.monkeypatch.setenv("DB_USER", "worker")
            sweep.handler({"Records": []}, None)
            self.api.monkeypatch.setenv("DB_USER", "app")

    def tell(self) -> int:
        """Let what was published be told; answers how many mails were sent."""
        self.sweep()
        return self.carry()

    def report(self, title: str = "Slow checkout", **more: Any) -> dict[str, Any]:
        """Publish a report."""
        data = {"title": title, "body": "We are looking.\n\nMore soon.", **more}
        made = self.api.call("POST", f"{self.path}/reports", data)
        assert made.status == 201, made.text
        return made.json

    def update(self, report: dict[str, Any], body: str, **more: Any) -> dict[str, Any]:
        """Publish an update of a report."""
        path = f"/v1/status-reports/{report['id']}"
        version = {"if-match": str(self.api.call("GET", path).json["version"])}
        made = self.api.call("POST", f"{path}/updates", {"body": body, **more}, headers=version)
        assert made.status in {200, 201}, made.text
        return made.json

    def link(self, what: str, nth: int = -1) -> str:
        """The path of a link in a mail."""
        found = re.search(rf"{EVENTS}(/s/{what}/[0-9A-Z]+)", self.ses.sent[nth].text)
        assert found is not None, self.ses.sent[nth].text
        return found[1]

    def subscribe(self, address: str = "ops@customer.example", **more: Any) -> str:
        """Ask and confirm by mail; answers the token."""
        before = len(self.ses.sent)
        self.ask(address, **more)
        self.carry()
        assert len(self.ses.sent) == before + 1
        path = self.link("confirm")
        assert self.send(path).status == 200
        self.carry()
        return path.rpartition("/")[2]

    def _inside(self, function: Any, bodies: list[str], queue: str) -> None:
        self.api.monkeypatch.setenv("DB_USER", "worker")
        assert function.handler(sqs_event(*bodies, queue=queue), None) == DONE
        self.api.monkeypatch.setenv("DB_USER", "app")


@contextmanager
def deployed(world: World, monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[Desk]:
    """A deployment while the block lasts."""
    post = Ses()
    with api_host(world, monkeypatch) as api:
        for queue in QUEUES:
            api.queue_urls[queue] = api.sqs.create_queue(QueueName=f"subscribing-{world.org_id}-{queue}")["QueueUrl"]
            monkeypatch.setenv(f"{queue.upper()}_QUEUE_URL", api.queue_urls[queue])
        pem = folder / "seal.pem"
        pem.write_bytes(seal_key().as_pem(private=True))
        values = {
            "SEAL_PRIVATE_KEY_FILE": str(pem),
            "CLAIM_FUNCTION": "claim",
            "MAIL_FROM": "Acme status <status@tocsin.example>",
            "EVENTS_URL": EVENTS,
            "MAIL_CONFIGURATION_SET": CONFIGURATION_SET,
            "PAGES_URL": PAGES,
            "PAGE_ORIGINS": PAGES,
            "EDGE_BUCKET": "edge",
            "KEY_BUDGET_PER_MINUTE": "600",
            "OUTBOUND_ALLOWED_NETWORKS": "127.0.0.0/8",
        }
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(ses, "client", lambda: post)
        monkeypatch.setattr(claims, "client", _never)
        admission.gate.cache_clear()
        yield Desk(api, post)
        database(world.database.settings("worker")).close()


def _never() -> None:
    raise AssertionError("what subscribers are told asks nobody whether it may go")
