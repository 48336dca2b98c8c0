"""A bucket as S3 keeps it, as far as publishing uses it: whole objects, ETags, conditional puts and deletes, lists.

In memory; reached over HTTP, or at once where requests are intercepted. A hook sees every request before and after.
"""

import hashlib
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import override
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

import urllib3
from botocore.awsrequest import AWSPreparedRequest

KEPT = ("content-type", "cache-control", "x-amz-meta-tocsin-number")


@dataclass(frozen=True, slots=True)
class Item:
    """An object."""

    content: bytes
    headers: Mapping[str, str]

    @property
    def etag(self) -> str:
        """As S3 names what is not encrypted by keys of its own."""
        return f'"{hashlib.md5(self.content, usedforsecurity=False).hexdigest()}"'

    @property
    def number(self) -> int:
        """Of which snapshot it is."""
        return int(self.headers.get("x-amz-meta-tocsin-number", "0"))


@dataclass
class ObjectStore:
    """One bucket. `hook` is called with method, key and whether the request has been answered."""

    bucket: str
    items: dict[str, Item] = field(default_factory=dict)
    hook: Callable[[str, str, bool], None] = lambda *_: None
    counts: dict[str, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of the answer to a request, whose URL may have the bucket before the key."""
        split = urlsplit(url)
        key = unquote(split.path).lstrip("/").removeprefix(f"{self.bucket}/")
        with self.lock:
            listed = method == "GET" and "list-type" in split.query
            self.counts["LIST" if listed else method] = self.counts.get("LIST" if listed else method, 0) + 1
        self.hook(method, key, False)
        with self.lock:
            found = self._list(split.query) if listed else self._object(method, key, headers, body)
        self.hook(method, key, True)
        return found

    def intercept(self, request: AWSPreparedRequest, _send: object) -> urllib3.BaseHTTPResponse:
        """The answer to a request that was intercepted."""
        headers = {name: _text(value) for name, value in request.headers.items()}
        status, told, content = self.answer(request.method, request.url, headers, request.body or b"")
        return urllib3.HTTPResponse(BytesIO(content), told, status, request_method=request.method)

    def _list(self, query: str) -> tuple[int, dict[str, str], bytes]:
        (prefix,) = parse_qs(query).get("prefix", [""])
        keys = sorted(key for key in self.items if key.startswith(prefix))
        listed = "".join(f"<Contents><Key>{escape(key)}</Key></Contents>" for key in keys)
        return 200, {}, f"<ListBucketResult>{listed}</ListBucketResult>".encode()

    def _object(
        self, method: str, key: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        given = {name.lower(): value for name, value in headers.items()}
        there = self.items.get(key)
        if method in ("GET", "HEAD"):
            if there is None:
                return 404, {}, b"" if method == "HEAD" else b"<Error><Code>NoSuchKey</Code></Error>"
            told = {**there.headers, "ETag": there.etag, "Content-Length": str(len(there.content))}
            return 200, told, there.content if method == "GET" else b""
        refused = _refused(given, there)
        if refused is not None:
            return refused, {}, b"<Error><Code>PreconditionFailed</Code></Error>"
        if method == "DELETE":
            self.items.pop(key, None)
            return 204, {}, b""
        item = Item(body, {name: given[name] for name in KEPT if name in given})
        self.items[key] = item
        return 200, {"ETag": item.etag}, b""


@contextmanager
def serving(store: ObjectStore) -> Generator[str]:
    """Answer HTTP on a port of the loopback; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _do(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            body = self.rfile.read(length)
            if len(body) < length:
                self.close_connection = True
                return  # whoever sent it was killed in the middle of it
            status, headers, content = store.answer(self.command, self.path, _of(self.headers), body)
            self.send_response_only(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_PUT = do_HEAD = do_DELETE = _do  # noqa: N815 - named by the base class

        @override
        def log_message(self, format: str, *args: object) -> None:
            pass

    server = _Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    @override
    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever asked may have been killed meanwhile."""


def _refused(given: Mapping[str, str], there: Item | None) -> int | None:
    """The status by which S3 refuses a conditional request."""
    if given.get("if-none-match") == "*" and there is not None:
        return 412
    wanted = given.get("if-match")
    if wanted is None:
        return None
    if there is None:
        return 404
    return None if wanted == there.etag else 412


def _of(headers: Message) -> dict[str, str]:
    return dict(headers.items())


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
