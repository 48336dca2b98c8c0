"""`tocsin probe` as it is run: let in, checking, cut off, killed, started again, told to stop; nothing gets lost."""

import gzip
import os
import signal
import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from typer.testing import CliRunner

from cli.main import app
from cli.probe.home import Home
from functions.enroll import handler as enroll
from functions.ingest import probes as ingest_probes
from local.front import ENROLL, INGEST
from local.probe_files import keep_probe_files
from tests.support.http_api import serve
from tests.support.ingest_host import IngestHost, aws_in_process
from tests.support.probe_host import front
from tests.support.region_home import Context, arn
from tests.support.world import World
from tocsin.checks.ticks import due
from tocsin.contracts.api_probes import PrivateLocationInput, ProbeInput
from tocsin.contracts.checks import CheckConfig, CheckMonitor, Command, ResultBatch
from tocsin.contracts.monitor_spec import TcpSpec
from tocsin.contracts.probes import RESULTS_PATH, ProbeBatch, private_command_key, private_config_key
from tocsin.domain.monitor import CheckStatus
from tocsin.platform.certificates import LIFETIME
from tocsin.platform.ids import new_id
from tocsin.platform.packing import unpack
from tocsin_data.db import database
from tocsin_data.services import private_locations, probes
from tocsin_data.services.actors import Actor

BY = Actor("system", None)
INTERVAL = 10
MONITORS = 20
PATIENCE = 60.0
PAST_HALF = LIFETIME / 2 + timedelta(hours=1)
"""How long ago the probes enrolled: their certificates are good, and to be renewed."""
NOTHING = {"statusCode": 503, "headers": {}, "body": '{"detail": "home is away"}'}


@dataclass
class Deployment:
    """Home in this process, on real sockets: `is_away` lets it take no results."""

    host: IngestHost
    world: World
    folder: Path
    port: int
    app_url: str = ""
    probes_url: str = ""
    authorities: str = ""
    is_away: bool = False
    batches: list[ResultBatch] = field(default_factory=list[ResultBatch])

    def ingest(self, event: dict[str, Any], context: object) -> dict[str, Any]:
        if self.is_away and event["rawPath"] == RESULTS_PATH:
            return NOTHING
        return self.host.invoke(event, context)

    def arrived(self, probe: "Standing") -> list[ResultBatch]:
        """The batches of a probe, in the order in which they came."""
        self.batches += [unpack(one.packed or "", ResultBatch) for one in self.host.told()]
        return [one for one in self.batches if one.probe_id == probe.probe_id]

    def stand(self, name: str) -> "Standing":
        """A probe with a location and monitors of its own, enrolled by the command."""
        db, org_id = self.world.database.enter("app"), self.world.org_id
        place = private_locations.create_location(db, org_id, BY, PrivateLocationInput(name=name))
        made = probes.create_probe(db, org_id, BY, place.id, ProbeInput(name=name))
        spec = TcpSpec(host="127.0.0.1", port=self.port)
        monitors = [
            CheckMonitor(
                monitor_id=uuid4(), org_id=org_id, version=1, interval_seconds=INTERVAL, timeout_seconds=5, spec=spec
            )
            for _ in range(MONITORS)
        ]
        config = CheckConfig(
            written_at=datetime.now(UTC), region=place.region, shard=0, shards=1, spread_seconds=10, monitors=monitors
        )
        key, body = private_config_key(place.id), config.to_json().encode()
        self.host.s3.put_object(Bucket=self.host.bucket, Key=key, Body=body)
        found = Standing(self.folder / name, made.id, place.id, monitors)
        told = CliRunner().invoke(
            app,
            ["probe", "enroll", "--url", self.app_url, "--folder", str(found.folder), "--ca-file", self.authorities],
            env={"TOCSIN_PROBE_TOKEN": made.token},
        )
        assert told.exit_code == 0, told.output
        return found


@dataclass
class Standing:
    """A probe: its folder, and the process it runs as."""

    folder: Path
    probe_id: UUID
    location_id: UUID
    monitors: list[CheckMonitor]
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        arguments = ["probe", "run", "--folder", str(self.folder), "--allow", "127.0.0.0/8"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "cli.main", *arguments],
                stdout=log,
                stderr=subprocess.STDOUT,
                env={"PYTHONPATH": ":".join(sys.path), "PATH": os.environ["PATH"]},
            )

    def end(self, number: int) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        code = self.process.wait(30)
        self.process = None
        return code

    def waiting(self) -> int:
        """How many batches wait on disk."""
        return len(list((self.folder / "spool").glob("*.json.gz")))


@pytest.fixture
def deployment(world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Deployment]:
    files = keep_probe_files(tmp_path / "files", datetime.now(UTC))
    enroll._authorities.cache_clear()

    def let_in(event: dict[str, Any], _: object) -> dict[str, Any]:
        try:
            return enroll.handler(event, Context(arn(None)))
        finally:
            database(world.database.settings("worker")).close()

    with ExitStack() as stack:
        aws = stack.enter_context(aws_in_process())
        ingest_probes._s3.cache_clear()
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=4096))
        made = Deployment(IngestHost(aws, monkeypatch), world, tmp_path, listener.getsockname()[1])
        secret = aws.secrets.create_secret(Name=f"authority-{uuid4()}", SecretString=files.authority_document)["ARN"]
        for variable, value in {
            **world.database.environment("worker"),
            "PROBE_AUTHORITY_SECRET_ARN": secret,
            "PUBLICATIONS_QUEUE_URL": made.host.queue_url,
        }.items():
            monkeypatch.setenv(variable, value)
        made.authorities = str(files.server_authority)
        made.app_url = stack.enter_context(serve(let_in)).url
        made.probes_url = stack.enter_context(front(files, {INGEST: made.ingest, ENROLL: let_in}))
        monkeypatch.setenv("PROBES_URL", made.probes_url)
        yield made
    ingest_probes._s3.cache_clear()
    enroll._authorities.cache_clear()


@pytest.fixture
def standing(deployment: Deployment) -> Iterator[list[Standing]]:
    deployment.world.database.advance(-PAST_HALF)
    found = [deployment.stand(f"probe-{number}") for number in range(2)]
    deployment.world.database.advance(PAST_HALF)
    yield found
    for one in found:
        if one.process is not None:
            one.end(signal.SIGKILL)


def until(what: str, condition: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < limit, f"{what}: not within {PATIENCE} s"
        time.sleep(0.1)


def test_half_the_probes_killed_while_home_is_away_lose_nothing(
    deployment: Deployment, standing: list[Standing]
) -> None:
    for one in standing:
        one.start()
    until("all have told something", lambda: all(_results(deployment.arrived(one)) for one in standing))
    deployment.is_away = True
    until("all keep results", lambda: all(one.waiting() >= 2 for one in standing))
    killed = standing[:1]
    kept = {one.probe_id: {batch.batch_id for batch in _on_disk(one)} for one in killed}
    for one in killed:
        one.end(signal.SIGKILL)
    for one in killed:
        one.start()
    asked = _asked(deployment, standing[0])
    deployment.is_away = False
    until(
        "all is told", lambda: all(one.waiting() <= 1 for one in standing) and _answered(deployment, standing[0], asked)
    )
    healthy = CliRunner().invoke(app, ["probe", "status", "--json", "--folder", str(standing[1].folder)])
    assert healthy.exit_code in {0, 1}, healthy.output
    assert [one.end(signal.SIGTERM) for one in standing] == [0, 0]
    for one in standing:
        assert one.waiting() == 0
        batches = deployment.arrived(one)
        sequences = [batch.sequence for batch in batches]
        assert sequences == list(range(1, len(sequences) + 1))
        assert kept.get(one.probe_id, set()) <= {batch.batch_id for batch in batches}
        _assert_whole(one, batches)
        renewed = Home(one.folder).identity()
        assert renewed.identity.probe_id == one.probe_id
        assert renewed.not_after > datetime.now(UTC) + LIFETIME - timedelta(hours=1)


def test_a_window_is_over_only_when_what_it_came_to_is_on_disk(
    deployment: Deployment, standing: list[Standing]
) -> None:
    one = standing[0]
    home = Home(one.folder)
    deployment.is_away = True
    one.start()
    until("a window is over", lambda: home.window_end() is not None)
    one.end(signal.SIGKILL)
    over, batches = home.window_end(), _on_disk(one)
    assert over in {report.ends_at for batch in batches for report in batch.reports}
    found = {(result.monitor_id, result.tick) for batch in batches for result in batch.results}
    since = min(tick for _, tick in found)
    region = f"private:{one.location_id}"
    assert {
        (each.monitor.monitor_id, each.due_at) for each in due(one.monitors, region, INTERVAL, since, over)
    } <= found


def _results(batches: list[ResultBatch]) -> bool:
    return any(batch.results for batch in batches)


def _on_disk(one: Standing) -> list[ProbeBatch]:
    """The batches that wait on disk."""
    found: list[ProbeBatch] = []
    for path in (one.folder / "spool").glob("*.json.gz"):
        with suppress(FileNotFoundError):
            found.append(ProbeBatch.model_validate_json(gzip.decompress(path.read_bytes())))
    return found


def _asked(deployment: Deployment, one: Standing) -> UUID:
    """Ask for a check of a probe's first monitor now."""
    now = datetime.now(UTC)
    command = Command(
        command_id=new_id(),
        kind="run",
        asked_at=now,
        asked_by="user:1",
        tick=now,
        regions=[f"private:{one.location_id}"],
        monitor=one.monitors[0],
    )
    key = private_command_key(one.location_id, command.command_id)
    deployment.host.s3.put_object(Bucket=deployment.host.bucket, Key=key, Body=command.to_json().encode())
    return command.command_id


def _answered(deployment: Deployment, one: Standing, command_id: UUID) -> bool:
    return any(result.command_id == command_id for batch in deployment.arrived(one) for result in batch.results)


def _assert_whole(one: Standing, batches: list[ResultBatch]) -> None:
    """Each monitor was up at every instant of its grid, from its first to its last, whatever became of the process."""
    ticks: dict[UUID, set[datetime]] = defaultdict(set)
    for batch in batches:
        assert batch.region == f"private:{one.location_id}"
        for result in batch.results:
            assert result.status is CheckStatus.UP, result
            if result.command_id is None:
                ticks[result.monitor_id].add(result.tick)
    assert ticks.keys() <= {monitor.monitor_id for monitor in one.monitors}
    for found in ticks.values():
        steps = int((max(found) - min(found)) / timedelta(seconds=INTERVAL))
        assert found == {min(found) + timedelta(seconds=INTERVAL) * step for step in range(steps + 1)}
