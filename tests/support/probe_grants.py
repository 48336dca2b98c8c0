"""What needs the grants of private probes, of heartbeats and of outages: done by hand in a workshop of grants."""

import json
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from cli.probe.home import IDENTITY, Home, Place
from cli.probe.line import Line
from local.machine import REGIONS
from tests.support.grants import Workshop
from tests.support.stack import Answer, http
from tocsin.contracts.checks import CheckResult, ResultBatch, ResultsMessage, Timings
from tocsin.contracts.probes import ENROL_PATH
from tocsin.domain.monitor import CheckStatus, Reason
from tocsin.platform.certificates import make_request
from tocsin.platform.mutual_tls import Unreachable
from tocsin.platform.packing import pack

HEARTBEAT = {"kind": "heartbeat", "interval_seconds": 3_600}


@dataclass(slots=True)
class Probes:
    """The work of a private probe, of those who let it in, and of those whom it tells."""

    workshop: Workshop

    def enrol(self) -> None:
        """Let a new probe in."""
        self._certificate(self._made("one", str(uuid4()))["token"])

    def enrol_anew(self) -> None:
        """Let another process take a probe's place, whose certificate is shut out then."""
        made = self._made("one", str(uuid4()))
        self._certificate(made["token"])
        path = f"/v1/private-locations/{made['private_location_id']}/probes/{made['id']}/rotate"
        self._certificate(self._rest("POST", path, {}).json["token"])

    def read_config(self) -> None:
        """Ask what a location checks."""
        with self._line(self._made("one", str(uuid4()))) as line, suppress(Unreachable):
            line.config(None)

    def publish_a_run(self) -> dict[str, Any]:
        """Ask a location for a check at once; answers a probe of it."""
        made = self._made("one", str(uuid4()))
        with self._monitor(regions=[f"private:{made['private_location_id']}"], spec=self._site()) as monitor:
            assert self._rest("POST", f"/v1/monitors/{monitor}/run").status == 202
            self.workshop.consume("publish", {"document": "checks"})
        return made

    def read_commands(self) -> None:
        """Ask what a location is to check at once, when there is something."""
        with self._line(self.publish_a_run()) as line, suppress(Unreachable):
            line.commands(UUID(int=0))

    def sweep_with_a_heartbeat(self) -> None:
        """Sweep while something waits to be heard."""
        with self._monitor(spec=HEARTBEAT) as monitor:
            waits = "update heartbeat set late_at = now() + interval '1 day' where monitor_id = %s returning 1"
            assert self.workshop.stack.rows(waits, monitor)
            self.workshop.sweep()

    def go_down(self, before: Callable[[str], None] = lambda _: None) -> None:
        """Bring the result that makes a monitor down, to which something is done `before`."""
        with self._monitor(regions=[REGIONS[0]], spec=self._site(), failures_to_down=1) as monitor:
            before(monitor)
            now = datetime.now(UTC).replace(microsecond=0)
            failed = CheckResult(
                monitor_id=UUID(monitor),
                version=1,
                tick=now,
                checked_at=now,
                status=CheckStatus.DOWN,
                reason=Reason.TIMEOUT,
                attempts=2,
                timings=Timings(total=5_000.0),
            )
            batch = ResultBatch(batch_id=uuid4(), region=REGIONS[0], sent_at=now, results=[failed])
            message = ResultsMessage(kind="results", packed=pack(batch))
            self.workshop.consume("verdict", json.loads(message.to_json()))

    def _made(self, name: str, location: str) -> dict[str, Any]:
        """A probe that waits to be let in, in a location of its own."""
        place = self._rest("POST", "/v1/private-locations", {"name": location}).json
        return self._rest("POST", f"/v1/private-locations/{place['id']}/probes", {"name": name}).json

    def _certificate(self, token: str) -> tuple[str, str | None]:
        """A key, and the certificate that it was given, if it was."""
        key, csr = make_request()
        asked = {"token": token, "csr": csr, "software": "test"}
        answer = http("POST", f"{self.workshop.stack.api.app_url}{ENROL_PATH}", asked)
        return key, answer.json["certificate"] if answer.status == 200 else None

    @contextmanager
    def _line(self, made: dict[str, Any]) -> Generator[Line]:
        """A probe's line home."""
        machine = self.workshop.stack.machine
        key, certificate = self._certificate(made["token"])
        assert certificate is not None
        home = Home(self.workshop.stack.home / made["id"])
        home.settle(key, certificate, Place("one", machine.front_url))
        with closing(
            Line(machine.front_url, home.path(IDENTITY), machine.path("secrets", "probes", "server-ca.pem"))
        ) as line:
            yield line

    @contextmanager
    def _monitor(self, **fields: object) -> Generator[str]:
        """A monitor for as long as the block lasts: others look at what the seed has alone."""
        service = self._rest("GET", "/v1/services").json["items"][0]["id"]
        made = self._rest("POST", "/v1/monitors", {"name": f"granted {uuid4()}", "service_id": service, **fields})
        assert made.status == 201, made.body
        try:
            yield made.json["id"]
        finally:
            self._rest("DELETE", f"/v1/monitors/{made.json['id']}")

    def _site(self) -> dict[str, Any]:
        return {"kind": "tcp", "host": "127.0.0.1", "port": self.workshop.stack.machine.target_port}

    def _rest(self, method: str, path: str, body: Any = None) -> Answer:
        return self.workshop.stack.rest(method, path, body)
