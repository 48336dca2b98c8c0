"""A deployment for a browser, on this machine and in this process: the built dashboard as CloudFront would serve it,
the API's real handlers over a real PostgreSQL, and as much of a user pool as keeps a session.

Its organizations are the demo as any visitor has it, and the same once more as an organization that can be changed.
"""

import ast
import base64
import json
import re
import threading
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from functions.api.handler import handler
from tests.repository.tree import ROOT
from tests.support.api_host import Answered, ApiHost, merged
from tests.support.http_api import http_event
from tests.support.live_host import LiveHost
from tests.support.postgres import TestDatabase
from tests.web.dashboard import planting
from tests.web.dashboard.sockets import Gateway, gateway
from tocsin.domain.demo import ORGANIZATION_ID
from tocsin_data.db import database
from tocsin_data.services import demo

FILE: Final = re.compile(r"^/(?:(?:assets|icons)/|[^/]+\.[a-z0-9]+$)")
PERSON: Final = "Bearer person:"
"""How the access token of somebody begins whom this user pool let in: their subject follows."""
TOKEN_SECONDS: Final = 900
PAGES: Final = "https://status.tocsin.example"
"""Where status pages would be; nothing is opened there."""
JWT_PARTS: Final = 3


@dataclass
class Reply:
    """An answer of one of the hosts."""

    status: int
    headers: dict[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""


type Respond = Callable[[str, str, dict[str, str], bytes], Reply]
"""Method, path with its query, headers by their names in lower case, body."""


@contextmanager
def listening(respond: Respond) -> Generator[str]:
    """Answer HTTP on a free port of this machine; gives the address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            reply = respond(self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body)
            with suppress(ConnectionError):  # whoever asked has gone elsewhere
                self.send_response(reply.status)
                for name, value in {**reply.headers, "Content-Length": str(len(reply.body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body)

        def do_GET(self) -> None:
            self.answer()

        def do_POST(self) -> None:
            self.answer()

        def do_PUT(self) -> None:
            self.answer()

        def do_PATCH(self) -> None:
            self.answer()

        def do_DELETE(self) -> None:
            self.answer()

        def do_OPTIONS(self) -> None:
            self.answer()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def subject_of(authorization: str) -> str | None:
    """Whose token it is: one of this user pool, or one of a real pool, whose signature is the authorizer's to check."""
    if authorization.startswith(PERSON):
        return authorization.removeprefix(PERSON)
    token = authorization.removeprefix("Bearer ").split(".")
    if len(token) != JWT_PARTS:
        return None
    return json.loads(base64.urlsafe_b64decode(token[1] + "=="))["sub"]


def policy(*addresses: str) -> str:
    """The Content-Security-Policy that infra gives the dashboard, with this machine's addresses."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        f"connect-src 'self' {' '.join(addresses)}; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'; manifest-src 'self'"
    )


def files(folder: Path, home: "Home") -> Respond:
    """The dashboard's files with the headers they are served with; every other path is its one document."""

    def respond(method: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        del method, headers, body
        wanted = path.partition("?")[0]
        served = {
            "Content-Security-Policy": policy(home.api, home.socket.removesuffix("/live"), *home.pools),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cache-Control": "no-cache",
        }
        if wanted == "/config.json":
            told = json.dumps({"api": home.api, "version": "test"}).encode()
            return Reply(HTTPStatus.OK, {**served, "Content-Type": "application/json"}, told)
        file = folder / (wanted.lstrip("/") if FILE.match(wanted) else "index.html")
        if not file.is_file():
            return Reply(HTTPStatus.NOT_FOUND, {**served, "Content-Type": "text/plain"})
        kind = "application/manifest+json" if file.suffix == ".webmanifest" else guess_type(file.name)[0]
        return Reply(HTTPStatus.OK, {**served, "Content-Type": kind or "text/plain"}, file.read_bytes())

    return respond


def cors(site: str) -> dict[str, str]:
    """What API Gateway answers to pages of the dashboard, by the lists that infra gives it."""
    tree = ast.parse((ROOT / "infra" / "parts" / "http_api.py").read_text())
    lists = {
        node.target.id: ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and isinstance(node.value, ast.Tuple)
    }
    return {
        "Access-Control-Allow-Origin": site,
        "Access-Control-Allow-Methods": "GET,POST,PUT,PATCH,DELETE",
        "Access-Control-Allow-Headers": ",".join(lists["CORS_SENT"]),
        "Access-Control-Expose-Headers": ",".join(lists["CORS_READ"]),
        "Access-Control-Max-Age": "3600",
    }


class Home:
    """What is served, who may sign in, and what went over the wire; `site`, `api` and `socket` are addresses."""

    def __init__(self, host: ApiHost) -> None:
        self.host: Final = host
        self.database: Final[TestDatabase] = host.world.database
        self.site = self.api = self.socket = ""
        self.gateway: Gateway | None = None
        self.pools: Final[list[str]] = []
        """Other user pools that pages may speak to."""
        self.addresses: Final[dict[str, str]] = {}
        """The verified addresses of people of those, by their subjects, who are not registered yet."""
        self.asked: Final[list[str]] = []
        self.fail: Callable[[str, str], Reply | None] = carried_out
        """Tests let calls fail by it: given method and path, it answers in the API's place."""
        self.worker: Final = ThreadPoolExecutor(1)
        """Where functions run, one at a time: they share an environment, and keep their connections by thread."""
        self._is_over = False
        self._calling: Final = threading.Lock()

    def plant(self, *, is_demo: bool = False) -> UUID:
        """Plant the demo, unless it is to be one as an organization that can be changed; answers its id."""
        assert demo.refresh(self.database.enter("worker"))
        planting.regions(self.database)
        planting.location(self.database)
        if is_demo:
            return ORGANIZATION_ID
        planting.subscribers(self.database)
        planting.destinations(self.database)
        self.database.rows(
            "update organization set is_demo = false, name = 'Northwind' where id = %s returning id", ORGANIZATION_ID
        )
        return ORGANIZATION_ID

    def person(self, role: str = "owner", org_id: UUID | None = None) -> str:
        """The subject of a member with a role, who can sign in."""
        ((user_id,),) = self.database.rows(
            "select user_id from membership where org_id = %s and role = %s order by user_id limit 1",
            org_id or ORGANIZATION_ID,
            role,
        )
        subject = f"subject-{user_id}"
        self.database.rows("update user_account set subject = %s where id = %s returning id", subject, user_id)
        return subject

    def session(self, subject: str) -> dict[str, str]:
        """What the dashboard keeps of somebody who has signed in."""
        return {"refreshToken": subject, "endpoint": f"{self.api}/pool", "clientId": "client"}

    def let_go(self) -> None:
        """Close what functions have opened, after the last call: a page that is closed may have one under way."""
        with self._calling:
            self._is_over = True
            for role in ("app", "worker"):
                self.worker.submit(database(self.database.settings(role)).close)
        self.worker.shutdown()

    def respond(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        """The API's host: CORS, the user pool, and the API."""
        allowed = cors(self.site)
        if method == "OPTIONS":
            asked = {"Access-Control-Allow-Headers": "content-type,x-amz-target"} if path.startswith("/pool") else {}
            return Reply(HTTPStatus.NO_CONTENT, {**allowed, **asked})
        self.asked.append(f"{method} {path}")
        if failed := self.fail(method, path):
            return Reply(failed.status, {**allowed, **failed.headers}, failed.body)
        if path.startswith("/pool"):
            return Reply(HTTPStatus.OK, {**allowed, "Content-Type": "application/x-amz-json-1.1"}, _pool(headers, body))
        with self._calling:
            if self._is_over:
                return Reply(HTTPStatus.SERVICE_UNAVAILABLE, allowed)
            call = self.worker.submit(self._call, method, path, headers, body)
        answer = call.result()
        return Reply(answer.status, {**answer.headers, **allowed}, answer.text.encode())

    def _call(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answered:
        bare, _, query = path.partition("?")
        event = http_event(method, bare, body, headers, query=query)
        subject = subject_of(headers.get("authorization", ""))
        if subject is None:
            return self.host.invoke(event)
        now = self.host.world.now
        context = {
            "kind": "user",
            "subject": subject,
            "email": self._address(subject),
            "email_verified": "true",
            "name": "",
            "issued_at": str(int((now - timedelta(minutes=1)).timestamp())),
            "expires_at": str(int((now + timedelta(minutes=30)).timestamp())),
        }
        event["queryStringParameters"] = merged(query)
        event["requestContext"] = {**event["requestContext"], "authorizer": {"lambda": context}}
        answer = handler(event, None)
        return Answered(answer["statusCode"], answer["headers"], answer["body"] or "")

    def _address(self, subject: str) -> str:
        found = self.database.rows("select email from user_account where subject = %s", subject)
        return found[0][0] if found else self.addresses.get(subject, f"{subject}@example.com")


def carried_out(_method: str, _path: str) -> Reply | None:
    """Nothing fails."""
    return None


def _pool(headers: dict[str, str], body: bytes) -> bytes:
    """Cognito's answer to GetTokensFromRefreshToken; to all else nothing."""
    asked = json.loads(body or b"{}")
    if not headers.get("x-amz-target", "").endswith("GetTokensFromRefreshToken"):
        return b"{}"
    subject = asked["RefreshToken"]
    found = {"AccessToken": f"person:{subject}", "ExpiresIn": TOKEN_SECONDS, "RefreshToken": subject}
    return json.dumps({"AuthenticationResult": found}).encode()


@contextmanager
def at_home(host: ApiHost, folder: Path) -> Generator[Home]:
    """Serve the dashboard of a folder, and its API."""
    home = Home(host)
    with ExitStack() as stack:
        stack.callback(home.let_go)
        home.api = stack.enter_context(listening(home.respond))
        home.site = stack.enter_context(listening(files(folder, home)))
        home.socket, home.gateway = stack.enter_context(gateway(LiveHost(host), home.worker))
        host.monkeypatch.setenv("LIVE_URL", home.socket)
        host.monkeypatch.setenv("PAGES_URL", PAGES)
        yield home
