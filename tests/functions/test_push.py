"""Frames posted to the connections of a WebSocket API: over real HTTP, signed, whatever the API answers."""

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, override
from urllib.parse import unquote

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from functions.push.handler import handler
from tests.support.inside import REGION, Inside, inside
from tests.support.postgres import TestDatabase
from tocsin.contracts.live import LiveMessage, PushMessage
from tocsin.platform import sockets


class Api(ThreadingHTTPServer):
    """API Gateway's management of connections: those named `gone-…` are, and `sick-…` answer an error."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.seen: list[tuple[str, str, bytes]] = []
        self.unsigned: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/live"

    def of(self, method: str) -> list[tuple[str, bytes]]:
        return sorted((connection_id, body) for seen, connection_id, body in self.seen if seen == method)


class Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Api

    @override
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is written."""

    def do_POST(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        connection_id = unquote(self.path.removeprefix("/live/@connections/"))
        self.server.seen.append((self.command, connection_id, body))
        if not self._is_signed(body):
            self.server.unsigned.append(connection_id)
        status = {"gone": 410, "sick": 500, "deny": 403}.get(connection_id.partition("-")[0], 200)
        said = b"" if status == 200 else json.dumps({"message": "no"}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def _is_signed(self, body: bytes) -> bool:
        """Whether the signature is the one that AWS's own signer makes of this request."""
        names = self.headers["Authorization"].partition("SignedHeaders=")[2].partition(",")[0].split(";")
        request = AWSRequest(
            self.command,
            f"http://{self.headers['Host']}{self.path}",
            {name: self.headers[name] for name in names if name != "host"},
            body,
        )
        request.context["timestamp"] = self.headers["X-Amz-Date"]
        signer = SigV4Auth(Credentials("testing", "testing"), "execute-api", REGION)
        wanted = signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request)
        return self.headers["Authorization"].endswith(f"Signature={wanted}")


@pytest.fixture
def api() -> Iterator[Api]:
    with Api() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def surroundings(database: TestDatabase, api: Api, monkeypatch: pytest.MonkeyPatch) -> Iterator[Inside]:
    with inside(database, monkeypatch, names=("hints",)) as found:
        monkeypatch.setenv("WS_ENDPOINT", api.url)
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        sockets.client.cache_clear()
        yield found
        sockets.client(api.url).close()
        sockets.client.cache_clear()


def push(*messages: PushMessage | str) -> list[str]:
    bodies = [m if isinstance(m, str) else m.to_json() for m in messages]
    answer = handler({"Records": [{"messageId": str(n), "body": body} for n, body in enumerate(bodies)]}, None)
    return [item["itemIdentifier"] for item in answer["batchItemFailures"]]


def test_a_frame_goes_to_each_connection_signed(surroundings: Inside, api: Api) -> None:
    ids = [f"L0SM9cOFvHcCIh{n}=" for n in range(200)]
    assert push(PushMessage(connection_ids=ids, frame='{"type":"changed"}')) == []
    assert api.of("POST") == sorted((one, b'{"type":"changed"}') for one in ids)
    assert api.unsigned == []
    assert api.of("DELETE") == []
    assert surroundings.sent("hints") == []


@pytest.mark.usefixtures("surroundings")
def test_a_socket_to_be_closed_is_told_why_first(api: Api) -> None:
    assert push(PushMessage(connection_ids=["one="], frame="bye", closes=True)) == []
    assert [(method, body) for method, _, body in api.seen] == [("POST", b"bye"), ("DELETE", b"")]
    assert api.unsigned == []


def test_those_gone_are_reported_and_others_still_get_theirs(surroundings: Inside, api: Api) -> None:
    ids = ["gone-1", "there", "sick-1", "gone-2", "deny-1"]
    assert push(PushMessage(connection_ids=ids, frame="f"), PushMessage(connection_ids=["gone-3"], frame="g")) == []
    (told,) = surroundings.messages("hints", LiveMessage)
    assert (told.kind, sorted(told.connection_ids)) == ("gone", ["gone-1", "gone-2", "gone-3"])
    assert ("there", b"f") in api.of("POST")
    assert [one for one, _ in api.of("POST")].count("sick-1") == 2, "tried once more, and forgotten"


def test_an_api_that_is_away_and_a_queue_that_is_away_lose_hints_and_no_more(
    surroundings: Inside, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WS_ENDPOINT", "http://127.0.0.1:9/live")
    assert push(PushMessage(connection_ids=["a"], frame="f")) == []
    monkeypatch.setenv("WS_ENDPOINT", api.url)
    surroundings.lose_the_queues()
    assert push(PushMessage(connection_ids=["gone-1"], frame="f")) == []


@pytest.mark.usefixtures("surroundings")
def test_what_is_no_push_goes_to_the_dead_letters_alone(api: Api) -> None:
    many = json.dumps({"connection_ids": ["x"] * 1001, "frame": "f"})
    assert push("no JSON", PushMessage(connection_ids=["a"], frame="f"), many) == ["0", "2"]
    assert api.of("POST") == [("a", b"f")]


@pytest.mark.usefixtures("surroundings")
def test_bytes_are_what_a_frame_says(api: Api) -> None:
    frame = json.dumps({"detail": "Übergröße 🚨"}, ensure_ascii=False)
    assert push(PushMessage(connection_ids=["a"], frame=frame)) == []
    ((_, body),) = api.of("POST")
    assert hashlib.sha256(body).digest() == hashlib.sha256(frame.encode()).digest()
