"""A provider on loopback that takes pages as webhooks, and does what it is told with the next ones."""

import re
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

TAKEN = 204
NO_ANSWER = 0
"""Takes the request, and says nothing until the caller has given up."""


@dataclass(frozen=True, slots=True)
class Request:
    """One call that came in; `status` is what it was answered."""

    path: str
    headers: dict[str, str]
    body: str
    status: int

    @property
    def taken(self) -> bool:
        """Whether the person has seen it: it was not refused."""
        return self.status < 300

    @property
    def incident_number(self) -> int:
        """The incident that a Slack message is about."""
        return number_of(self.body)


def number_of(text: str) -> int:
    """The number of the incident that a text is about."""
    found = re.search(r"#(\d+)\b", text)
    assert found is not None, text
    return int(found[1])


@dataclass(slots=True)
class Receiver:
    """`answers` are given to the next calls in turn; `on_request` runs when a call has come in, before its answer."""

    url: str = ""
    requests: list[Request] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    on_request: Callable[[], None] | None = None


@contextmanager
def receiving() -> Generator[Receiver]:
    """A receiver that runs while the block lasts."""
    receiver = Receiver()

    class Handler(Quiet):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, wishes = receiver.answers.pop(0) if receiver.answers else (TAKEN, {})
            receiver.requests.append(Request(self.path, headers, body, status))
            if receiver.on_request is not None:
                receiver.on_request()
            if status == NO_ANSWER:
                self.connection.recv(1)
                self.close_connection = True
            else:
                self.answer(status, wishes)

    with serving(Handler) as url:
        receiver.url = url
        yield receiver


class Quiet(BaseHTTPRequestHandler):
    """Answers, and logs nothing."""

    def answer(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        """One whole answer; whoever asked may be gone."""
        try:
            self.send_response(status)
            for name, value in {**headers, "content-length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
        except ConnectionError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Generator[str]:
    """An HTTP server on loopback; answers its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
