"""A load of invocations for functions that run at once, the queues they send to, and whether all was done once."""

import json
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, override

from tests.support.crowd import Call
from tests.support.http_api import http_event
from tests.support.inside import sqs_event
from tests.support.receiver import Quiet, serving
from tests.support.world import World
from tocsin.contracts.delivery import ClaimItem, ClaimRequest, OutcomeMessage, Result
from tocsin.platform.tokens import digest
from tocsin_data.services import claiming
from tocsin_data.services.processing import process


@dataclass(slots=True)
class Queues:
    """SQS on loopback, which takes everything; the bodies by queue."""

    sent: dict[str, list[str]] = field(default_factory=dict)

    @contextmanager
    def serving(self) -> Generator[str]:
        """Answers its address."""
        queues = self

        class Handler(Quiet):
            @override
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
                held = queues.sent.setdefault(asked["QueueUrl"].rsplit("/", 1)[-1], [])
                held.extend(entry["MessageBody"] for entry in asked["Entries"])
                done = [{"Id": entry["Id"], "MessageId": entry["Id"]} for entry in asked["Entries"]]
                self.answer(200, {}, json.dumps({"Successful": done}).encode())

        with serving(Handler) as url:
            yield url


@dataclass(frozen=True, slots=True)
class Size:
    """How many invocations of each kind."""

    events: int
    claims: int
    outcomes: int
    answers: int

    @property
    def prepared(self) -> int:
        """How many incidents must be there before."""
        return self.claims + self.outcomes + self.answers


@dataclass(slots=True)
class Load:
    """Events, claims, outcomes and acknowledgements by the API, each an invocation of its own."""

    world: World
    size: Size
    workers: list[Call] = field(default_factory=list)
    callers: list[Call] = field(default_factory=list)

    def __post_init__(self) -> None:
        world, size, worker = self.world, self.size, self.world.database.enter("worker")
        known = [world.event(dedup_key=f"known-{n}", index=n) for n in range(size.prepared)]
        done = process(worker, [world.request(*known)], key_budget_per_minute=100_000)
        pages = [page for page, _ in done.leaving.deliveries]
        items = [ClaimItem(org_id=page.org_id, notification_id=page.notification_id) for page in pages]
        tried = claiming.claim(worker, items[size.claims : size.claims + size.outcomes])
        worker.close()
        outcomes = [
            OutcomeMessage(
                org_id=world.org_id,
                notification_id=answer.notification_id,
                attempt_id=answer.attempt_id,
                result=Result.DELIVERED,
                at=world.now,
            )
            for answer in tried
        ]
        claims = [ClaimRequest(claims=[item]).model_dump(mode="json") for item in items[: size.claims]]
        events = [world.request(world.event(dedup_key=f"new-{n}")) for n in range(size.events)]
        self.workers = [
            *(Call("process", sqs_event(request)) for request in events),
            *(Call("claim", claim) for claim in claims),
            *(Call("record", sqs_event(outcome, queue="outcomes")) for outcome in outcomes),
        ]
        key_hash = digest(world.api_key()).hex()
        answered = pages[len(pages) - size.answers :]
        self.callers = [Call("api", _acknowledge(page.incident.incident_id, key_hash)) for page in answered]

    def demand_everything_once(self, queues: Queues) -> None:
        """Nothing was lost, and nothing done twice."""
        size, rows = self.size, self.world.database.rows
        incidents = size.events + size.prepared
        tried = size.claims + size.outcomes
        assert rows("select count(*), sum(event_count)::int from alert") == [(incidents, incidents)]
        pages = "select count(*), count(distinct incident_id) from notification"
        assert rows(pages) == [(incidents, incidents)]
        attempts = "select count(*), count(distinct notification_id) from notification_attempt"
        assert rows(attempts) == [(tried, tried)]
        assert rows("select count(*) from notification where state = 'delivered'") == [(size.outcomes,)]
        answers = "select count(*), count(distinct incident_id) from timeline_entry where kind = 'acknowledged'"
        assert rows(answers) == [(size.answers, size.answers)]
        sent = Counter(json.loads(body)["notification_id"] for body in queues.sent["deliveries"])
        assert (len(sent), sent.total()) == (size.events, size.events)


def _acknowledge(incident_id: object, key_hash: str) -> dict[str, Any]:
    event = http_event("POST", f"/v1/incidents/{incident_id}/acknowledge")
    context = {**event["requestContext"], "authorizer": {"lambda": {"key_hash": key_hash}}}
    return {**event, "queryStringParameters": {}, "requestContext": context}
