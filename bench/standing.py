"""Private probes as they stand somewhere: enrolled, run as `tocsin probe` in processes of their own, killed at will.

They reach a deployment of the bench through the front of `make run`, which demands their certificates.
"""

import asyncio
import base64
import json
import subprocess
import sys
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from signal import SIGKILL, SIGTERM
from typing import Any, Final
from uuid import UUID

from aiohttp import web

from bench.host import Host
from bench.plan import DATABASE, EDGE_BUCKET
from bench.wire import LOOPBACK
from cli.probe.home import AUTHORITIES, Home, Place
from cli.probe.spool import SUFFIX
from local.front import INGEST, Front, context
from local.machine import ROOT
from local.probe_files import ProbeFiles, keep_probe_files
from tocsin.contracts.api_probes import PrivateLocationInput, ProbeInput
from tocsin.contracts.checks import CheckConfig, CheckMonitor
from tocsin.contracts.monitor_spec import HttpSpec
from tocsin.contracts.probes import RESULTS_PATH, private_config_key
from tocsin.platform import certificates
from tocsin.platform.certificates import Authority, make_request, read_request
from tocsin_data.db import Database, DatabaseSettings
from tocsin_data.services import enrolling, private_locations, probes
from tocsin_data.services.actors import Actor

STOP_SECONDS: Final = 30
BY: Final = Actor("system", None)
AWAY: Final[dict[str, Any]] = {"statusCode": 503, "headers": {}, "body": '{"detail": "home is away"}'}
MONITORS: Final = """
insert into monitor (
    org_id, service_id, name, kind, spec, severity, interval_seconds, timeout_seconds, regions, failures_to_down,
    successes_to_up, confirmation_seconds, recovery_seconds, created_at, created_by, updated_at
)
select s.org_id, s.id, %s || n, 'http', jsonb_build_object('kind', 'http', 'url', %s::text), 'error',
    %s, 5, array[%s], 2, 2, 0, 0, now() - interval '1 day', 'bench', now() - interval '1 day'
from (select org_id, id from service order by id limit 1) s, generate_series(1, %s) n
returning id
"""


@dataclass(slots=True)
class Standing:
    """One probe: its folder, and the process that it runs as."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Run it, as a service manager would."""
        arguments = ["-m", "cli.main", "probe", "run", "--folder", str(self.folder), "--allow", "127.0.0.0/8"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, *arguments], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def kill(self) -> None:
        """As if the power went out."""
        if self.process is not None:
            self.process.send_signal(SIGKILL)
            self.process.wait(STOP_SECONDS)
            self.process = None

    def stop(self) -> None:
        """Have it bring its work to an end; raises TimeoutExpired."""
        if self.process is not None:
            self.process.send_signal(SIGTERM)
            self.process.wait(STOP_SECONDS)
            self.process = None

    def waiting(self) -> set[Path]:
        """The batches that home has not got."""
        return set((self.folder / "spool").glob(f"*{SUFFIX}"))


@dataclass(slots=True)
class HomeOfProbes:
    """The front, before the deployment's `ingest`: takes no results while `is_away`, and keeps what it has taken."""

    host: Host
    is_away: bool = False
    taken: list[tuple[str, bytes]] = field(default_factory=list[tuple[str, bytes]])
    """Of which region, and the batch as it was posted."""

    async def invoke(self, name: str, event: dict[str, Any]) -> dict[str, Any]:
        """One request through the function; raises RuntimeError for one that isn't deployed here."""
        if name != INGEST:
            raise RuntimeError(f"{name} is not deployed")
        brings = event["rawPath"] == RESULTS_PATH
        if brings and self.is_away:
            return AWAY
        path = "/2015-03-31/functions/ingest/invocations"
        _, answer = await self.host.aws.request("POST", path, json.dumps(event).encode())
        response: dict[str, Any] = json.loads(answer)
        if brings and response["statusCode"] == 202:
            identity = certificates.read_shown(_certificate(event)).identity
            self.taken.append((identity.region, base64.b64decode(event["body"])))
        return response


def _certificate(event: dict[str, Any]) -> str:
    return event["requestContext"]["authentication"]["clientCert"]["clientCertPem"]


@asynccontextmanager
async def standing(
    host: Host, folder: Path, site: int, count: int, monitors: int, interval_seconds: int
) -> AsyncGenerator[tuple[HomeOfProbes, Sequence[Standing]]]:
    """So many probes with locations and monitors of their own, not started yet; whatever happens, all end."""
    files = keep_probe_files(folder / "front", datetime.now(UTC))
    home = HomeOfProbes(host)
    runner = web.AppRunner(Front(home.invoke).application(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, LOOPBACK, 0, ssl_context=context(files)).start()
    url = f"https://{LOOPBACK}:{runner.addresses[0][1]}"
    found: list[Standing] = []
    try:
        for number in range(count):
            name = f"probe-{number}"
            location_id = await asyncio.to_thread(_enrol, host, files, folder / name, name, url)
            region, target = f"private:{location_id}", f"http://{LOOPBACK}:{site}/"
            about = (f"{name}, monitor ", target, interval_seconds, region, monitors)
            ids = [row[0] for row in host.rows(MONITORS, *about)]
            await _publish(host, location_id, region, ids, target, interval_seconds)
            found.append(Standing(folder / name))
        yield home, found
    finally:
        for one in found:
            one.kill()
        await runner.cleanup()


def _enrol(host: Host, files: ProbeFiles, folder: Path, name: str, url: str) -> UUID:
    """Make a location and a probe, and let it in; answers the location."""
    app, worker = (
        Database(DatabaseSettings(db_host=str(host.postgres.host), db_name=DATABASE, db_user=role))
        for role in ("app", "worker")
    )
    org_id = host.world.org_id
    try:
        location = private_locations.create_location(app, org_id, BY, PrivateLocationInput(name=name))
        made = probes.create_probe(app, org_id, BY, location.id, ProbeInput(name=name))
        document = json.loads(files.authority_document)
        key, asked = make_request()
        enrolled, _ = enrolling.enroll(
            worker,
            Authority(document["certificate"], document["key"]),
            made.token,
            read_request(asked),
            None,
            probes_url=url,
            source_address=None,
        )
    finally:
        app.close()
        worker.close()
    home = Home(folder)
    home.write(AUTHORITIES, files.server_authority.read_text())
    home.settle(key, enrolled.certificate, Place(name, url))
    return location.id


async def _publish(
    host: Host, location_id: UUID, region: str, ids: Sequence[UUID], url: str, interval_seconds: int
) -> None:
    """Write a location's configuration where `ingest` reads it."""
    about = {"org_id": host.world.org_id, "version": 1, "interval_seconds": interval_seconds, "timeout_seconds": 5}
    spec = HttpSpec(url=url)
    config = CheckConfig(
        written_at=datetime.now(UTC),
        region=region,
        shard=0,
        shards=1,
        spread_seconds=float(interval_seconds),
        monitors=[CheckMonitor.model_validate({**about, "monitor_id": one, "spec": spec}) for one in ids],
    )
    path = f"/{EDGE_BUCKET}/{private_config_key(location_id)}"
    status, _ = await host.aws.request("PUT", path, config.to_json().encode())
    if status != 200:
        raise RuntimeError(f"the configuration was not kept: {status}")
