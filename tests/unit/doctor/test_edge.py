"""What the doctor says of addresses and certificates, seen over real sockets."""

import ssl
from collections.abc import Callable, Generator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
import trustme

from cli.doctor import edge_checks
from cli.doctor.deployment import Deployment, Stack
from cli.doctor.finding import Verdict, fine
from tests.unit.doctor.conftest import verdicts


class Deployed(Deployment):
    """A deployment of which only the addresses are known."""

    def __init__(self, **outputs: str) -> None:
        super().__init__("small", "eu-central-1")
        self.__dict__["stacks"] = [Stack("tocsin-small-application", "CREATE_COMPLETE", "", outputs)]


type Serve = Callable[[int, ssl.SSLContext | None], str]


@pytest.fixture
def serve() -> Generator[Serve]:
    """Starts servers on loopback that answer every GET with one status."""
    started: list[tuple[HTTPServer, Thread]] = []

    def start(status: int, tls: ssl.SSLContext | None = None) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(status)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                return

        class Quiet(HTTPServer):
            def handle_error(self, *_: object) -> None:
                """A client that refuses the certificate is what some tests are about."""

        server = Quiet(("127.0.0.1", 0), Handler)
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        started.append((server, thread))
        return f"{'http' if tls is None else 'https'}://127.0.0.1:{server.server_port}"

    yield start
    for server, thread in started:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """A certificate authority that this machine trusts."""
    made = trustme.CA()
    made.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    return made


def certified(authority: trustme.CA, lasts: timedelta, name: str = "127.0.0.1") -> ssl.SSLContext:
    """A server's context with a certificate that ends then."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name, not_after=datetime.now(UTC) + lasts).configure_cert(context)
    return context


@pytest.mark.parametrize(("status", "verdict"), [(200, Verdict.FINE), (401, Verdict.FINE), (503, Verdict.PROBLEM)])
def test_an_address_must_answer(serve: Serve, status: int, verdict: Verdict) -> None:
    url = serve(status, None)
    found = verdicts(edge_checks.reachable(Deployed(IngestUrl=url, AppUrl=url)))
    assert found["ingest by IPv4"] is verdict
    assert found["app by IPv4"] is verdict


def test_an_address_where_nobody_listens_is_a_problem() -> None:
    with closing(HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler).socket) as socket:
        url = f"http://127.0.0.1:{socket.getsockname()[1]}"
    assert verdicts(edge_checks.reachable(Deployed(IngestUrl=url)))["ingest by IPv4"] is Verdict.PROBLEM


def test_a_name_without_addresses_should_have_some() -> None:
    found = verdicts(edge_checks.reachable(Deployed(IngestUrl="https://tocsin.invalid")))
    assert found["ingest by IPv4"] is Verdict.WARNING
    assert found["ingest by IPv6"] is Verdict.WARNING


def test_an_address_is_asked_as_the_host_it_belongs_to(serve: Serve, authority: trustme.CA) -> None:
    url = serve(204, certified(authority, timedelta(days=90)))
    assert verdicts(edge_checks.reachable(Deployed(AppUrl=url)))["app by IPv4"] is Verdict.FINE

    other = serve(204, certified(authority, timedelta(days=90), "tocsin.example"))
    assert verdicts(edge_checks.reachable(Deployed(AppUrl=other)))["app by IPv4"] is Verdict.PROBLEM


@pytest.mark.parametrize(("days", "verdict"), [(90, Verdict.FINE), (5, Verdict.WARNING), (-1, Verdict.PROBLEM)])
def test_a_certificate_must_last(serve: Serve, authority: trustme.CA, days: int, verdict: Verdict) -> None:
    url = serve(200, certified(authority, timedelta(days=days)))
    assert verdicts(edge_checks.certificates(Deployed(IngestUrl=url)))["certificate of ingest"] is verdict


def test_what_has_no_certificate_needs_none(serve: Serve) -> None:
    found = list(edge_checks.certificates(Deployed(IngestUrl=serve(200, None), AppUrl=serve(200, None))))
    assert {finding.verdict for finding in found} == {Verdict.NOT_APPLICABLE}


def test_a_finding_is_json_for_scripts() -> None:
    assert fine("mail", "all is well").as_json() == {
        "about": "mail",
        "verdict": "fine",
        "said": "all is well",
        "advice": "",
    }
