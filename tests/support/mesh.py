"""The page's path over real processes: MiniStack's queues, a real PostgreSQL, handlers that can be killed.

Time inside is the database's and is moved by hand; queues run in real time, so messages are taken as they come and
a delayed one is simply left to the sweep.
"""

import json
import multiprocessing
import time
import urllib.request
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.process import BaseProcess
from typing import Any, override

import boto3

from local.postgres import PostgresServer
from tests.support import doomed
from tests.support.doomed import Action, Point, Trap
from tests.support.emulator import Emulator
from tests.support.receiver import Quiet, Receiver, number_of, serving
from tests.support.world import World
from tocsin.domain.dedup import EventAction

QUEUES = ("events", "results", "deliveries", "outcomes", "escalations", "publications", "sweeps")
CONSUMERS = {
    "events": "process",
    "results": "verdict",
    "deliveries": "notify",
    "outcomes": "record",
    "escalations": "escalate",
}
REGION = "eu-central-1"
PATIENCE_SECONDS = 60
MOST_STEPS = 200
SWEEP_EVERY = timedelta(seconds=31)
"""Longer than any grace or silence that the sweep waits for, so that two sweeps make good whatever is missing."""
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(
    [f"functions.{name}.handler" for name in ("ingest", *CONSUMERS.values(), "claim", "sweep", "publish")] + ["boto3"]
)

type Meanwhile = Callable[[], object]


@dataclass(slots=True)
class Mesh:
    """One world's path. `environment` is every function's.

    `rewrite` changes what a function is handed: (queue, message) → message. `reached` are the points that were.
    """

    world: World
    emulator: Emulator
    environment: Mapping[str, str]
    names: dict[str, str]
    receiver: Receiver
    accepted: int = 0
    reached: list[str] = field(default_factory=list)
    rewrite: Callable[[str, dict[str, Any]], dict[str, Any]] | None = None
    claim_trap: tuple[Trap, Meanwhile | None] | None = None
    sending: BaseProcess | None = None
    urls: dict[str, str] = field(default_factory=dict)
    _clients: dict[str, Any] = field(default_factory=dict)

    def client(self, service: str) -> Any:
        """An AWS client of the emulator."""
        if service not in self._clients:
            self._clients[service] = self._connect(service)
        return self._clients[service]

    def _connect(self, service: str) -> Any:
        return boto3.client(
            service,
            endpoint_url=self.emulator.endpoint,
            region_name=REGION,
            aws_access_key_id="test",
            aws_secret_access_key="test",  # noqa: S106 - the emulator's
        )

    def make_queues(self) -> None:
        """Make the queues; after a restart of the emulator, at the addresses they had."""
        sqs = self.client("sqs")
        self.urls = {queue: sqs.create_queue(QueueName=name)["QueueUrl"] for queue, name in self.names.items()}

    def trigger(self, *dedup_keys: str, action: EventAction = EventAction.TRIGGER) -> None:
        """Put one request for each key into the events queue, as ingest does."""
        self.put("events", [self.world.request(self.world.event(action, key)).to_json() for key in dedup_keys])
        self.accepted += len(dedup_keys)

    def put(self, queue: str, bodies: Sequence[str]) -> None:
        """Put messages into a queue."""
        sqs = self.client("sqs")
        for body in bodies:
            sqs.send_message(QueueUrl=self.urls[queue], MessageBody=body)

    def drop(self, *queues: str) -> list[str]:
        """Lose what these queues hold; answers which of them held something, delayed or not."""
        sqs, held = self.client("sqs"), []
        for queue in queues:
            names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesDelayed"]
            counts = sqs.get_queue_attributes(QueueUrl=self.urls[queue], AttributeNames=names)["Attributes"]
            held += [queue] if any(int(counts[name]) for name in names) else []
            sqs.purge_queue(QueueUrl=self.urls[queue])
        return held

    def receive(self, queue: str, seen_ago: timedelta = timedelta(0)) -> list[dict[str, Any]]:
        """Up to ten messages as the records of a Lambda event; `seen_ago` makes them that much older."""
        found = self.client("sqs").receive_message(
            QueueUrl=self.urls[queue],
            MaxNumberOfMessages=10,
            VisibilityTimeout=PATIENCE_SECONDS,
            MessageSystemAttributeNames=["All"],
        )
        records = [_record(message, seen_ago) for message in found.get("Messages", [])]
        if self.rewrite is not None:
            for record in records:
                record["body"] = json.dumps(self.rewrite(queue, json.loads(record["body"])))
        return records

    def finish(self, queue: str, records: Sequence[dict[str, Any]], answer: Mapping[str, Any] | None) -> None:
        """Delete what was handled; the rest is delivered again at once, as after its visibility timeout."""
        sqs, url = self.client("sqs"), self.urls[queue]
        back = {r["messageId"] for r in records} if answer is None else _failures(answer)
        for record in records:
            handle = record["receiptHandle"]
            if record["messageId"] in back:
                sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=handle, VisibilityTimeout=0)
            else:
                sqs.delete_message(QueueUrl=url, ReceiptHandle=handle)

    def step(
        self,
        queue: str,
        *,
        point: Point | None = None,
        action: Action = "die",
        meanwhile: Meanwhile | None = None,
        seen_ago: timedelta = timedelta(0),
        times: int = 1,
    ) -> bool:
        """Let the queue's function handle what is there, in a process of its own; False when nothing was there.

        At `point` the process dies, waits for `meanwhile`, or has its request refused. The same messages are handed
        over `times` times.
        """
        records = self.receive(queue, seen_ago)
        if not records:
            return False
        trap = None if point is None else Trap(point, action)
        for _ in range(times):
            answer = self.run(CONSUMERS[queue], {"Records": records}, trap, meanwhile)
        self.finish(queue, records, answer)
        return True

    def drain(self, *queues: str) -> None:
        """Let these queues be handled until they are empty, each in turn."""
        for queue in queues:
            _until_empty(lambda name=queue: self.step(name))

    def sweep(
        self, point: Point | None = None, *, action: Action = "die", meanwhile: Meanwhile | None = None
    ) -> dict[str, Any] | None:
        """Let time pass and a sweep run."""
        self.world.database.advance(SWEEP_EVERY)
        return self.run("sweep", {"Records": []}, None if point is None else Trap(point, action), meanwhile)

    def settle(self) -> None:
        """Let every function handle its queue until nothing is left, with sweeps between."""
        for _ in range(3):
            self._handle_all()
            self.sweep()
        self._handle_all()

    def _handle_all(self) -> None:
        _until_empty(lambda: any(self.step(queue) for queue in CONSUMERS))

    def run(self, function: str, event: Any, trap: Trap | None = None, meanwhile: Meanwhile | None = None) -> Any:
        """Run a handler in its own process, for one event or a list; None when it was killed.

        Fails if the trap's point was not reached.
        """
        here, there = PROCESSES.Pipe()
        process = PROCESSES.Process(target=doomed.run, args=(function, trap, event, dict(self.environment), there))
        process.start()
        there.close()
        if function == "notify":
            self.sending = process
        answer = None
        while here.poll(PATIENCE_SECONDS) and (told := _next(here)):
            kind, value = told
            if kind == "reached":
                assert trap is not None
                self.reached.append(str(trap.point))
                if trap.action == "wait":
                    if meanwhile is not None:
                        meanwhile()
                    here.send("go")
            elif kind == "error":
                raise value
            else:
                answer = value
        process.join(PATIENCE_SECONDS)
        here.close()
        if trap is not None:
            assert str(trap.point) in self.reached, f"{trap.point} was never reached"
            assert (process.exitcode == -9) == (trap.action == "die"), process.exitcode
        return answer

    def kill_sending(self) -> None:
        """Kill notify, from where the provider hears of its call."""
        assert self.sending is not None
        self.sending.kill()
        self.sending.join(PATIENCE_SECONDS)
        self.reached.append(str(doomed.at("notify: in the provider call")))

    def wait_for(self, queue: str) -> None:
        """Wait until a delayed message can be received; at most ten seconds."""
        sqs = self.client("sqs")
        for _ in range(10):
            found = sqs.receive_message(QueueUrl=self.urls[queue], VisibilityTimeout=0, WaitTimeSeconds=1)
            if found.get("Messages"):
                return
        msg = f"nothing came into {queue}"
        raise AssertionError(msg)

    def pages(self) -> list[str]:
        """The notification of every page that came in and was not refused, one for each time."""
        rows = self.world.database.rows(
            "select n.id::text, n.channel, n.address, i.number from notification n"
            " join incident i on i.id = n.incident_id"
        )
        by_number = {(channel, number): name for name, channel, _, number in rows}
        by_address = {(address, number): name for name, _, address, number in rows}
        taken = [r for r in self.receiver.requests if r.taken]
        posted = [r.headers.get("webhook-id") or by_number["slack", r.incident_number] for r in taken]
        mailed = [by_address[to, number] for to, number in self._mails() if (to, number) in by_address]
        return posted + mailed

    def _mails(self) -> list[tuple[str, int]]:
        url = f"{self.emulator.endpoint}/_ministack/ses/messages"
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - loopback
            accounts = json.load(answer)["messages"]
        return [(m["To"][0], number_of(m["Subject"])) for messages in accounts.values() for m in messages]

    def invoke_claim(self, event: dict[str, Any]) -> tuple[bool, Any]:
        """Lambda's Invoke: whether the function went well, and what it answered."""
        (trap, meanwhile), self.claim_trap = self.claim_trap or (None, None), None
        try:
            answer = self.run("claim", event, trap, meanwhile)
        except Exception as error:  # noqa: BLE001 - Lambda reports whatever a handler raises
            return False, {"errorType": type(error).__name__, "errorMessage": str(error)}
        if answer is None:
            return False, {"errorType": "Runtime.ExitError", "errorMessage": "signal: killed"}
        return True, answer if self.rewrite is None else self.rewrite("claim", answer)


@contextmanager
def claiming(mesh: Mesh) -> Generator[str]:
    """Lambda's API for `claim` on loopback; each call is a process of its own."""

    class Handler(Quiet):
        @override
        def do_POST(self) -> None:
            event = json.loads(self.rfile.read(int(self.headers["content-length"])))
            went_well, answer = mesh.invoke_claim(event)
            self.answer(200, {} if went_well else {"X-Amz-Function-Error": "Unhandled"}, json.dumps(answer).encode())

    with serving(Handler) as url:
        yield url


def restart(server: PostgresServer) -> None:
    """A crash, and the recovery after it."""
    crash(server)
    server.start()


def crash(server: PostgresServer) -> None:
    """kill -9 of PostgreSQL, as a power cut; returns when nothing of it is left."""
    server.kill()
    end = time.monotonic() + PATIENCE_SECONDS
    while server.pid() is not None:
        assert time.monotonic() < end, "PostgreSQL is still there"
        time.sleep(0.01)


def _until_empty(step: Callable[[], bool]) -> None:
    for _ in range(MOST_STEPS):
        if not step():
            return
    raise AssertionError("messages come back again and again")


def _next(pipe: Any) -> tuple[str, Any] | None:
    try:
        return pipe.recv()
    except (EOFError, ConnectionResetError):
        return None


def _record(message: Mapping[str, Any], seen_ago: timedelta) -> dict[str, Any]:
    attributes = dict(message["Attributes"])
    for name in ("SentTimestamp", "ApproximateFirstReceiveTimestamp"):
        attributes[name] = str(int(attributes[name]) - int(seen_ago.total_seconds() * 1000))
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": attributes,
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "awsRegion": REGION,
    }


def _failures(answer: Mapping[str, Any]) -> set[str]:
    return {item["itemIdentifier"] for item in answer["batchItemFailures"]}
