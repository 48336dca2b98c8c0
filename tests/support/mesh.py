"""The page's path over real processes: MiniStack's queues, a real PostgreSQL, handlers that can be killed.

Time inside is the database's and is moved by hand; queues run in real time, so messages are taken as they come and
a delayed one is simply left to the sweep.
"""

import json
import multiprocessing
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Any

import boto3

from functions.claim import handler as claim
from tests.support import doomed
from tests.support.world import World
from tocsin.platform import settings
from tocsin_data import db

QUEUES = ("events", "deliveries", "outcomes", "escalations", "publications", "sweeps")
CONSUMERS = {"events": "process", "deliveries": "notify", "outcomes": "record", "escalations": "escalate"}
REGION = "eu-central-1"
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(
    [f"functions.{name}.handler" for name in ("process", "escalate", "record", "notify", "sweep")] + ["boto3"]
)


@dataclass(slots=True)
class Mesh:
    """One world's path. `environment` is every function's."""

    world: World
    endpoint: str
    environment: Mapping[str, str]
    urls: dict[str, str]
    receiver: "Receiver"
    kills: list[str] = field(default_factory=list)
    running: BaseProcess | None = None

    def client(self, service: str) -> Any:
        """An AWS client of the emulator."""
        return boto3.client(
            service,
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id="test",
            aws_secret_access_key="test",  # noqa: S106 - the emulator's
        )

    def trigger(self, *dedup_keys: str) -> None:
        """Put one request for each key into the events queue, as ingest does."""
        sqs = self.client("sqs")
        for key in dedup_keys:
            message = self.world.request(self.world.event(dedup_key=key))
            sqs.send_message(QueueUrl=self.urls["events"], MessageBody=message.to_json())

    def step(self, queue: str, *, kill_at: str = "", at: str = "", seen_ago: timedelta = timedelta(0)) -> bool:
        """Let the queue's function handle what is there, in a process of its own; False when nothing was there.

        A killed process leaves its messages to be delivered again at once, as after their visibility timeout. `at`
        names a point where something else happens; `seen_ago` makes the messages that much older.
        """
        sqs = self.client("sqs")
        url = self.urls[queue]
        found = sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=60, MessageSystemAttributeNames=["All"]
        ).get("Messages", [])
        if not found:
            return False
        event = {"Records": [_record(m, seen_ago) for m in found]}
        done = self.run(CONSUMERS[queue], event, kill_at=kill_at, at=at)
        failed = {m["MessageId"] for m in found} if done is None else _failures(done)
        for message in found:
            if message["MessageId"] in failed:
                sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0)
            else:
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return True

    def run(self, function: str, event: dict[str, Any], *, kill_at: str = "", at: str = "") -> dict[str, Any] | None:
        """Run a handler in its own process; None when it was killed. Fails if the point was not reached."""
        here, there = PROCESSES.Pipe(duplex=False)
        process = PROCESSES.Process(
            target=doomed.run, args=(function, kill_at or at, event, dict(self.environment), there)
        )
        process.start()
        there.close()
        self.running = process
        try:
            answer = here.recv() if here.poll(60) else None
        except EOFError:
            answer = None
        process.join(60)
        here.close()
        if kill_at:
            assert process.exitcode == -9, f"{function} never reached {kill_at}"
            self.kills.append(f"{function} {kill_at}")
            return None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def kill_running(self) -> None:
        """Kill the process that is running, from where the provider hears of its call."""
        assert self.running is not None
        self.running.kill()
        self.kills.append("notify in the provider call")

    def wait_for(self, queue: str) -> None:
        """Wait until a delayed message can be received; at most ten seconds."""
        sqs = self.client("sqs")
        for _ in range(10):
            found = sqs.receive_message(QueueUrl=self.urls[queue], VisibilityTimeout=0, WaitTimeSeconds=1)
            if found.get("Messages"):
                return
        msg = f"nothing came into {queue}"
        raise AssertionError(msg)

    def settle(self) -> None:
        """Let every function handle its queue until nothing is left, in this order, with the sweep twice between."""
        for _ in range(3):
            while any(self.step(queue) for queue in CONSUMERS):
                pass
            self.world.database.advance(timedelta(seconds=31))
            self.run("sweep", {"Records": []})
        while any(self.step(queue) for queue in CONSUMERS):
            pass

    def pages(self) -> list[str]:
        """The `webhook-id` of every page that came in, one for each time."""
        return [request["webhook-id"] for request in self.receiver.requests]


@dataclass(slots=True)
class Receiver:
    """A provider: takes webhooks, and does what it is told with the next ones."""

    url: str = ""
    requests: list[dict[str, str]] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    on_request: Any = None


@contextmanager
def receiving() -> Generator[Receiver]:
    """A webhook receiver on loopback."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.requests.append({**headers, "x-path": self.path})
            if receiver.on_request is not None:
                receiver.on_request()
            status, headers = receiver.answers.pop(0) if receiver.answers else (204, {})
            self.send_response(status)
            for name, value in {**headers, "content-length": "0"}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    with _serving(Handler) as url:
        receiver.url = url
        yield receiver


@contextmanager
def claiming(environment: Mapping[str, str], monkeypatch: Any) -> Generator[str]:
    """Lambda's Invoke for `claim` on loopback: the shipped handler behind the API's path."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            event = json.loads(self.rfile.read(int(self.headers["content-length"])))
            error = ""
            try:
                answer: Any = claim.handler(event, None)
            except Exception as raised:  # noqa: BLE001 - Lambda reports whatever a handler raises
                error, answer = "Unhandled", {"errorType": type(raised).__name__, "errorMessage": str(raised)}
            finally:
                db.database(settings.load(db.DatabaseSettings)).close()
            body = json.dumps(answer).encode()
            self.send_response(200)
            if error:
                self.send_header("X-Amz-Function-Error", error)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    with _serving(Handler) as url:
        yield url


@contextmanager
def _serving(handler: type[BaseHTTPRequestHandler]) -> Generator[str]:
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


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
