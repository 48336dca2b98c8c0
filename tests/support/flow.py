"""User-visible behaviour, end to end: the shipped handlers over a real PostgreSQL, with time moved by hand.

Queues, Lambda's Invoke, SES and S3 stand at the AWS client; everything of ours between them is the real thing.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from functions.claim import handler as claim
from functions.escalate import handler as escalate
from functions.ingest import handler as ingest
from functions.notify import claims, ses
from functions.notify import handler as notify
from functions.process import handler as process
from functions.publish import handler as publish
from functions.record import handler as record
from functions.sweep import handler as sweep
from functions.verdict import handler as verdict
from tests.support.http_api import http_event
from tests.support.lambdas import Lambdas
from tests.support.postgres import TestDatabase
from tests.support.ses import Mail, Ses
from tests.support.sqs import Sqs
from tests.support.world import MAC_KEYS, Person, StepSpec, World
from tocsin.platform import queues, secret_store
from tocsin_data import db
from tocsin_data.services.leaving import Leaving, LeavingSettings

VISIBILITY = timedelta(seconds=60)
MOST_RECEIVES = {"deliveries": 25}
BUCKETS = ("edge", "pages")
CONFIGURATION_SET = "tocsin-test-mail"
QUEUES = ("events", "results", "deliveries", "outcomes", "escalations", "publications", "sweeps")
type Handler = Callable[[dict[str, Any], object], dict[str, Any]]

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def duration(text: str) -> timedelta:
    """Read `90s`, `30m`, `2h`, `1d`."""
    match = re.fullmatch(r"(\d+)([smhd])", text)
    if match is None:
        msg = f"not a duration: {text}"
        raise ValueError(msg)
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def step(
    *targets: Person | Mapping[str, str],
    after: str = "0s",
    again: int = 0,
    every: str = "0s",
    in_turn: bool = False,
    **conditions: object,
) -> StepSpec:
    """A step of a policy, in a test's words: paged again so many times, every so often; by turns; under conditions."""
    found = [t.target if isinstance(t, Person) else dict(t) for t in targets]
    return StepSpec(found, duration(after), again, duration(every), in_turn, conditions)


@dataclass(slots=True)
class Flow:
    """One organization and everything between an inbound request and a mail."""

    world: World
    sqs: Sqs
    ses: Ses
    consumers: dict[str, Handler] = field(default_factory=dict)
    sweep_every: str = "60s"
    sweeping: bool = True
    lost: set[str] = field(default_factory=set)
    _seen: int = 0

    @property
    def database(self) -> TestDatabase:
        """The world's database."""
        return self.world.database

    @property
    def now(self) -> datetime:
        """The test's now."""
        return datetime.now(self.world.now.tzinfo) + self.database.shift

    def given(
        self, policy: Sequence[StepSpec], *, rounds: int = 1, round_delay: str = "5m", fallback: Sequence[Person] = ()
    ) -> None:
        """Give the service this policy."""
        targets = [person.target for person in fallback]
        self.world.policy(policy, rounds=rounds, round_delay=duration(round_delay), fallback=targets)

    def trigger(self, summary: str, dedup_key: str | None = None) -> str:
        """Send a trigger as PagerDuty's clients do; answers its dedup key."""
        return self._enqueue({"event_action": "trigger", "dedup_key": dedup_key, "payload": _payload(summary)})

    def acknowledge(self, dedup_key: str) -> None:
        """Send an acknowledge."""
        self._enqueue({"event_action": "acknowledge", "dedup_key": dedup_key})

    def resolve(self, dedup_key: str) -> None:
        """Send a resolve."""
        self._enqueue({"event_action": "resolve", "dedup_key": dedup_key})

    def _enqueue(self, body: dict[str, Any]) -> str:
        body = {"routing_key": self.world.routing_key, **{k: v for k, v in body.items() if v is not None}}
        answer = self.post("/v2/enqueue", body)
        assert answer["statusCode"] == 202, answer
        self.pump()
        return json.loads(answer["body"])["dedup_key"]

    def post(self, path: str, body: object) -> dict[str, Any]:
        """One request to ingest, as API Gateway hands it over."""
        event = http_event(
            "POST",
            path,
            json.dumps(body),
            {"content-type": "application/json"},
            time_epoch_ms=int(self.now.timestamp() * 1000),
        )
        return ingest.handler(event, None)

    def pump(self) -> None:
        """Let every message that is visible now be handled, and those that follow from it."""
        while any(self._consume(name) for name in self.consumers):
            pass

    def _consume(self, name: str) -> bool:
        url = queue_url(name)
        batch = self.sqs.receive(url, VISIBILITY)
        if not batch:
            return False
        if name in self.lost:
            self.sqs.finish(url, batch, set(), 1)
            return True
        answer = self.consumers[name]({"Records": [m.record() for m in batch]}, None)
        failed = {item["itemIdentifier"] for item in answer["batchItemFailures"]}
        self.sqs.finish(url, batch, failed, MOST_RECEIVES.get(name, 5))
        return True

    def advance(self, text: str) -> None:
        """Let time pass: messages become visible and the sweep runs, each at its moment."""
        end = self.database.shift + duration(text)
        start = self.now - self.database.shift
        while True:
            visible = self.sqs.next_visible()
            following = min(
                end,
                self.database.shift + duration(self.sweep_every),
                *((max(visible - start, self.database.shift),) if visible is not None else ()),
            )
            self.database.advance(following - self.database.shift)
            self.pump()
            if self.sweeping:
                sweep.handler({"Records": []}, None)
                self.pump()
            if following >= end:
                return

    def hear_back(self, mail: Mail) -> None:
        """Let SES say that the mail of a page has come back, as the rule of its events puts it."""
        assert mail.configuration_set == CONFIGURATION_SET
        ids = {"org_id": mail.tags["organization"], "notification_id": mail.tags["notification"]}
        told = {"kind": "returned", "result": "permanent", "reason": "bounced", "at": self.now.isoformat(), **ids}
        self.sqs.send_message_batch(
            QueueUrl=queue_url("outcomes"), Entries=[{"Id": "0", "MessageBody": json.dumps(told)}]
        )
        self.pump()

    def sent(self, leaving: Leaving) -> None:
        """Send what a use case that was called directly has left behind."""
        urls = {f"{name}_queue_url": queue_url(name) for name in ("deliveries", "escalations")}
        leaving.send(LeavingSettings.model_validate(urls), "test")
        self.pump()

    def pages(self) -> list[Mail]:
        """Every mail sent so far."""
        return list(self.ses.sent)

    def expect_page(self, person: Person | str, summary: str) -> Mail:
        """The next mail that has not been looked at is for this person and about this."""
        assert len(self.ses.sent) > self._seen, "no page was sent"
        mail = self.ses.sent[self._seen]
        self._seen += 1
        address = person.email if isinstance(person, Person) else person
        assert (mail.to, summary in mail.subject) == (address, True), mail
        return mail

    def expect_no_page(self) -> None:
        """Nothing was sent since the last page that was expected."""
        assert self.ses.sent[self._seen :] == []

    def timeline(self) -> list[str]:
        """The kinds of all timeline entries, oldest first."""
        return [row[0] for row in self.database.rows("select kind from timeline_entry order by at, id")]


def queue_url(name: str) -> str:
    """The URL of a queue in these tests."""
    return f"https://sqs.eu-central-1.amazonaws.com/123456789012/tocsin-{name}"


def build(world: World, monkeypatch: pytest.MonkeyPatch) -> Flow:
    """Wire the handlers of one world together."""
    flow = Flow(world, Sqs(now=lambda: flow.now), Ses())
    environment = {
        **world.database.environment("worker"),
        **{f"{name.upper()}_QUEUE_URL": queue_url(name) for name in QUEUES},
        "MAC_KEYS_SECRET_ARN": "mac-keys",
        "EDGE_BUCKET": "edge",
        "PAGES_BUCKET": "pages",
        "PAGES_URL": "https://status.example",
        "PAGES_SECONDS": "60",
        "KEY_BUDGET_PER_MINUTE": "100000",
        "CLAIM_FUNCTION": "claim",
        "MAIL_FROM": "Tocsin <page@tocsin.example>",
        "MAIL_CONFIGURATION_SET": CONFIGURATION_SET,
        "LINK_BASE_URL": "https://tocsin.example/l",
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "POWERTOOLS_METRICS_DISABLED": "true",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(queues, "client", lambda _region=None: flow.sqs)
    monkeypatch.setattr(claims, "client", lambda: Lambdas({"claim": claim.handler}))
    monkeypatch.setattr(ses, "client", lambda: flow.ses)
    monkeypatch.setattr(secret_store, "mac_keys", lambda _arn: MAC_KEYS)
    flow.consumers = {
        "events": process.handler,
        "results": verdict.handler,
        "deliveries": notify.handler,
        "outcomes": record.handler,
        "escalations": escalate.handler,
        "publications": publish.handler,
    }
    _forget_buckets()
    return flow


def close(world: World) -> None:
    """Close what the handlers opened."""
    db.database(world.database.settings("worker")).close()
    _forget_buckets()


def _forget_buckets() -> None:
    publish._s3.cache_clear()
    publish._pages.cache_clear()


def _payload(summary: str) -> dict[str, str]:
    return {"summary": summary, "source": "test", "severity": "critical"}
