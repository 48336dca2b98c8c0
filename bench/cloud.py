"""The AWS of a benchmark, in one process: SQS, Lambda, its event source mappings, HTTP APIs, and what handlers read.

Everything passes as bytes, as in AWS: handlers send through SQS's JSON API, requests come by HTTP and reach them as
payload-2.0 events, `notify` invokes `claim` through Lambda's API. No signature is checked: that is the emulator's part.
Run as `python -m bench.cloud <plan file>`; ends when its standard input does.
"""

import asyncio
import base64
import json
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import uvloop
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from bench import front, pool, sqs, wire
from bench.counts import Counts
from bench.plan import Plan
from bench.pool import FORKED, PRELOADED, Function
from bench.wire import Request, Response
from local.worker import Deployed

type Answer = dict[str, Any]
INVOCATIONS: Final = "/2015-03-31/functions/"
SCHEDULED: Final = b'{"detail-type": "Scheduled Event"}'
NOTHING_LISTED: Final = Response(200, b"<ListBucketResult/>", {"content-type": "application/xml"})
"""Nobody asks for a check at once here."""
OAEP: Final = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)


class EventSource:
    """An event source mapping: takes batches as soon as there is something, so many at once."""

    def __init__(self, queue: sqs.Queue, function: Function, max_concurrency: int) -> None:
        self._queue, self._function, self._most = queue, function, max_concurrency
        self._running: set[asyncio.Task[None]] = set()
        self._called = False
        queue.arrived = self._arrived

    def _arrived(self) -> None:
        # once the whole request has been taken in, so that what came as a batch leaves as one
        if not self._called:
            self._called = True
            asyncio.get_running_loop().call_soon(self._dispatch)

    def _dispatch(self) -> None:
        self._called = False
        while len(self._running) < self._most and (batch := self._queue.take()):
            task = asyncio.ensure_future(self._handle(batch))
            self._running.add(task)
            task.add_done_callback(self._done)

    async def _handle(self, batch: list[sqs.Message]) -> None:
        went_well, answer = await self._function.invoke(sqs.event(batch, self._queue.arn), len(batch))
        failed = (
            {item["itemIdentifier"] for item in json.loads(answer).get("batchItemFailures", [])}
            if went_well
            else {message.message_id for message in batch}
        )
        self._queue.finish(batch, failed)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        task.result()
        self._dispatch()


class Cloud:
    """One deployment."""

    def __init__(self, plan: Plan, port: int) -> None:
        self.counts = Counts()
        url = f"http://{wire.LOOPBACK}:{port}"
        self.queues = {
            name: sqs.Queue(name, f"arn:aws:sqs:{plan.region}:{plan.account}:{name}", each.hidden, each.max_receives)
            for name, each in plan.queues.items()
        }
        base = plan.environment(url)
        self.functions = {
            name: Function(
                Deployed(
                    name,
                    each.handler,
                    "",
                    f"arn:aws:lambda:{plan.region}:{plan.account}:function:{name}",
                    each.memory_mb,
                    each.timeout_seconds,
                    plan.function_environment(name, url),
                ),
                base,
                plan.folder,
                workers=each.workers,
                profile=plan.profile,
            )
            for name, each in plan.functions.items()
        }
        self._plan = plan
        self._secrets = plan.secrets
        self._key = serialization.load_pem_private_key(plan.seal_private_pem.encode(), None)
        self._unwrapped: dict[str, str] = {}
        self._objects: dict[str, bytes] = {}
        self._minutes: asyncio.Task[None] | None = None

    async def warm(self) -> None:
        """Wait for the workers, then let queues and clock work."""
        await asyncio.gather(*(function.warm() for function in self.functions.values()))
        for name, each in self._plan.queues.items():
            EventSource(self.queues[name], self.functions[each.consumer], each.max_concurrency)
        if self._plan.sweeps:
            self._minutes = asyncio.create_task(self._every_minute())

    def aws(self, request: Request) -> Response | Any:
        """One call to an AWS API."""
        target = request.headers.get("x-amz-target", "")
        service, _, operation = target.partition(".")
        if service == "AmazonSQS":
            return self._sqs(operation, json.loads(request.body))
        if request.target.startswith(INVOCATIONS):
            return self._invoke(unquote(request.target.removeprefix(INVOCATIONS).partition("/")[0]), request.body)
        if operation == "Decrypt":
            return self._decrypt(json.loads(request.body))
        if operation == "GetSecretValue":
            self.counts.secret_requests += 1
            return _json({"SecretString": self._secrets[json.loads(request.body)["SecretId"]]})
        if request.method in ("GET", "PUT") and not target:
            return self._object(request)
        if request.target.startswith("/-/invoke/"):
            return self._invoke(request.target.rpartition("/")[2], SCHEDULED)
        return self._control(request)

    def read_counts(self) -> Counts:
        """All counts up to now."""
        self.counts.functions = {name: function.counts for name, function in self.functions.items()}
        self.counts.queues = {name: queue.counts for name, queue in self.queues.items()}
        return self.counts

    async def close(self) -> None:
        """End all workers."""
        if self._minutes is not None:
            self._minutes.cancel()
        for queue in self.queues.values():
            queue.drop()
        await pool.close(self.functions.values())

    def _sqs(self, operation: str, asked: Answer) -> Response:
        queue = self.queues[asked["QueueUrl"].rsplit("/", 1)[-1]]
        try:
            if operation == "SendMessageBatch":
                return _json({"Successful": queue.send(asked["Entries"]), "Failed": []})
            if operation == "ChangeMessageVisibility":
                queue.change_visibility(asked["ReceiptHandle"], asked["VisibilityTimeout"])
                return _json({})
        except sqs.Refused as refused:
            return _json({"__type": f"com.amazonaws.sqs#{refused}", "message": str(refused)}, 400)
        return _json({"__type": "com.amazonaws.sqs#UnsupportedOperation", "message": operation}, 400)

    async def _invoke(self, name: str, event: bytes) -> Response:
        went_well, answer = await self.functions[name].invoke(event)
        headers = {"content-type": "application/json"} | ({} if went_well else {"x-amz-function-error": "Unhandled"})
        return Response(200, answer, headers)

    def _decrypt(self, asked: Answer) -> Response:
        """KMS with an RSA key; what it has once opened is remembered, since KMS has processors of its own."""
        self.counts.kms_requests += 1
        wrapped: str = asked["CiphertextBlob"]
        if wrapped not in self._unwrapped:
            assert isinstance(self._key, rsa.RSAPrivateKey)  # noqa: S101 - the plan's
            opened = self._key.decrypt(base64.b64decode(wrapped), OAEP)
            self._unwrapped[wrapped] = base64.b64encode(opened).decode()
        return _json({"KeyId": asked["KeyId"], "Plaintext": self._unwrapped[wrapped]})

    def _object(self, request: Request) -> Response:
        if request.method == "PUT":
            self.counts.s3_puts += 1
            self._objects[request.target] = request.body
            return Response(200, b"", {"etag": '"kept"'})
        self.counts.s3_gets += 1
        if "list-type=2" in request.target:
            return NOTHING_LISTED
        kept = self._objects.get(request.target)
        if kept is None:
            return Response(404, b"<Error><Code>NoSuchKey</Code></Error>", {"content-type": "application/xml"})
        return Response(200, kept, {"etag": '"kept"'})

    def _control(self, request: Request) -> Response:
        """The bench's own calls: /-/counts, /-/state, /-/drop/<queue>, /-/dead, /-/pids; /-/invoke/<function>."""
        words = request.target.strip("/").split("/")[1:]
        match words:
            case ["counts"]:
                return _json(self.read_counts().to_json())
            case ["state"]:
                return _json({"waiting": self._waiting("waiting"), "delayed": self._waiting("delayed")})
            case ["drop", name]:
                return _json({"dropped": self.queues[name].drop()})
            case ["dead"]:
                return _json({n: [asdict(m) for m in queue.dead] for n, queue in self.queues.items() if queue.dead})
            case ["pids"]:
                return _json({w.name: w.pid for function in self.functions.values() for w in function.workers})
            case _:
                return Response(404)

    def _waiting(self, what: str) -> dict[str, int]:
        return {name: getattr(queue, what) for name, queue in self.queues.items()}

    async def _every_minute(self) -> None:
        """EventBridge's rule."""
        while True:
            await self.functions["sweep"].invoke(SCHEDULED)
            await asyncio.sleep(60)


def _json(answer: Mapping[str, Any], status: int = 200) -> Response:
    return Response(status, json.dumps(answer).encode(), {"content-type": "application/x-amz-json-1.0"})


async def _run(cloud: Cloud, ports: Mapping[str, socket.socket], tell: Callable[[str], object]) -> None:
    await wire.serve(ports["aws"], cloud.aws)
    await cloud.warm()
    looking = asyncio.create_task(sqs.look_for_ever(cloud.queues.values()))
    await wire.serve(ports["ingest"], front.Front(cloud.functions["ingest"], cloud.counts).answer)
    if "api" in cloud.functions:
        await wire.serve(ports["app"], front.Front(cloud.functions["api"], cloud.counts, is_app=True).answer)
    tell(json.dumps({name: sock.getsockname()[1] for name, sock in ports.items()}))
    await wire.until_end_of_input()
    looking.cancel()
    await cloud.close()


def main() -> None:
    """Start the workers before there is a loop, then serve."""
    plan = Plan.read(Path(sys.argv[1]))
    FORKED.set_forkserver_preload(list(PRELOADED))
    ports = {name: wire.listener() for name in ("aws", "ingest", "app")}
    cloud = Cloud(plan, ports["aws"].getsockname()[1])

    def tell(line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    uvloop.run(_run(cloud, ports, tell))


if __name__ == "__main__":
    main()
