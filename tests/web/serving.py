"""Serves the documents of a page as CloudFront would: with the headers of its policy, and a page's folders.

A document may be changed while it is served, as a publisher does.
"""

import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from functions.publish import pages
from functions.publish.pages.document import Document
from tests.web.samples import INGEST
from tocsin.contracts.page_snapshot import PageSnapshot

POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    f"form-action 'self' {INGEST}/; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


def documents(page: PageSnapshot) -> dict[str, Document]:
    """All documents of a page by their paths in it; a month has the reports of the snapshot that began in it."""
    found = pages.render(page) | pages.render_live(page)
    for month in page.months:
        reports = [report for report in page.reports if f"{report.started_at:%Y-%m}" == month.month]
        found |= pages.render_month(page, month.month, reports)
    return found


class Site:
    """A host with pages in folders; `asked` holds the paths that were asked for."""

    def __init__(self, address: str) -> None:
        self.address: Final = address
        self.asked: Final[list[str]] = []
        self.now = ""
        """What its clock says, as HTTP writes it; empty for that of this machine."""
        self.folders: Final[set[str]] = set()
        self._documents: Final = {f"assets/{name}": document for name, document in pages.assets().items()}

    def put(self, folder: str, found: Mapping[str, Document]) -> str:
        """Publish documents below a folder; answers its address."""
        self.folders.add(folder)
        self._documents.update({f"{folder}/{path}": document for path, document in found.items()})
        return f"{self.address}/{folder}/"

    def get(self, path: str) -> tuple[HTTPStatus, Document]:
        """What is at a path of the host; of a folder its `index.html`, and where nothing is the page's `404.html`."""
        self.asked.append(path)
        wanted = path.lstrip("/")
        if wanted.endswith("/"):
            wanted += "index.html"
        if found := self._documents.get(wanted):
            return HTTPStatus.OK, found
        missing = Document(b"", "text/plain")
        return HTTPStatus.NOT_FOUND, self._documents.get(f"{wanted.split('/')[0]}/404.html", missing)


@contextmanager
def serving() -> Generator[Site]:
    """A host on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, document = site.get(self.path.partition("?")[0])
            self.send_response(status)
            for name, value in HEADERS.items():
                self.send_header(name, value)
            self.send_header("Content-Type", document.content_type)
            self.send_header("Content-Length", str(len(document.content)))
            self.end_headers()
            with suppress(ConnectionError):  # whoever asked has gone elsewhere
                self.wfile.write(document.content)

        def date_time_string(self, timestamp: float | None = None) -> str:
            return site.now or super().date_time_string(timestamp)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site = Site(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
