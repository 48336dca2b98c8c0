"""A bucket for benchmarks, in a process of its own: objects in memory, conditional writes, a count of requests.

`python -m bench.bucket <port>` serves one bucket of any name until its standard input ends; GET `/counts` answers what
was asked of it since the last time.
"""

import hashlib
import json
import sys
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final, override
from urllib.parse import urlsplit

KEPT: Final = ("Content-Type", "Cache-Control", "x-amz-meta-tocsin-number")
COUNTS: Final = "/counts"


class Handler(BaseHTTPRequestHandler):
    """Answers as S3 does, as far as publishing asks."""

    protocol_version = "HTTP/1.1"
    objects: Final[dict[str, tuple[bytes, dict[str, str]]]] = {}
    counts: Final[Counter[str]] = Counter()
    lock: Final = threading.Lock()

    def do_GET(self) -> None:
        """An object, a list, or the counts."""
        if self.path == COUNTS:
            with self.lock:
                body = json.dumps(self.counts).encode()
                self.counts.clear()
            self._answer(200, {}, body)
            return
        self._read(with_body=True)

    def do_HEAD(self) -> None:
        """An object without its content."""
        self._read(with_body=False)

    def do_PUT(self) -> None:
        """Write an object, as far as its condition holds."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        with self.lock:
            self.counts["PUT"] += 1
            self.counts["bytes"] += len(body)
            refused = self._refused()
            if refused is None:
                headers = {name: self.headers[name] for name in KEPT if name in self.headers}
                self.objects[self.path] = (body, {**headers, "ETag": _etag(body)})
        self._answer(refused or 200, {"ETag": _etag(body)} if refused is None else {}, b"")

    def do_DELETE(self) -> None:
        """Delete an object, as far as its condition holds."""
        with self.lock:
            self.counts["DELETE"] += 1
            refused = self._refused()
            if refused is None:
                self.objects.pop(self.path, None)
        self._answer(refused or 204, {}, b"")

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged."""

    def _read(self, *, with_body: bool) -> None:
        with self.lock:
            self.counts["LIST" if "list-type" in urlsplit(self.path).query else "GET"] += 1
            found = self.objects.get(self.path)
        if found is None:
            self._answer(404, {}, b"")
            return
        body, headers = found
        self._answer(200, headers, body if with_body else b"", length=len(body))

    def _refused(self) -> int | None:
        there = self.objects.get(self.path)
        if self.headers.get("If-None-Match") == "*" and there is not None:
            return 412
        wanted = self.headers.get("If-Match")
        if wanted is None:
            return None
        return 404 if there is None else 412 if there[1]["ETag"] != wanted else None

    def _answer(self, status: int, headers: dict[str, str], body: bytes, length: int | None = None) -> None:
        self.send_response_only(status)
        for name, value in {**headers, "Content-Length": str(len(body) if length is None else length)}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def _etag(body: bytes) -> str:
    return f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'


def main(port: int) -> None:
    """Serve until the standard input ends."""
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main(int(sys.argv[1]))
