"""A private probe at the deployed whole: let in, heard behind mutual TLS, shut out; and who is never let in."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.main import app
from cli.probe.home import IDENTITY, Home
from cli.probe.line import Line
from tests.support.certificates import ShownProbe
from tests.support.stack import Stack, eventually
from tocsin.platform import certificates
from tocsin.platform.certificates import Authority
from tocsin.platform.mutual_tls import ShutOut, Unreachable

pytestmark = pytest.mark.xdist_group("stack")


def authorities(stack: Stack) -> Path:
    """Whom a probe trusts to be this machine's front."""
    return stack.machine.path("secrets", "probes", "server-ca.pem")


def enrolled(stack: Stack, folder: Path) -> tuple[dict[str, Any], str]:
    """A location and a probe in it, let in by the command; answers the location and the probe's path."""
    place = stack.rest("POST", "/v1/private-locations", {"name": folder.name}).json
    made = stack.rest("POST", f"/v1/private-locations/{place['id']}/probes", {"name": "one"}).json
    told = CliRunner().invoke(
        app,
        ["probe", "enroll", "--url", stack.api.app_url, "--folder", str(folder), "--ca-file", str(authorities(stack))],
        env={"TOCSIN_PROBE_TOKEN": made["token"]},
    )
    assert told.exit_code == 0, told.output
    return place, f"/v1/private-locations/{place['id']}/probes/{made['id']}"


@pytest.fixture
def monitored(stack: Stack) -> Iterator[list[str]]:
    """Monitors that are deleted in the end, by their paths: others look at what the seed has alone."""
    paths: list[str] = []
    yield paths
    for path in paths:
        stack.rest("DELETE", path)


@pytest.fixture
def processes() -> Iterator[list[subprocess.Popen[bytes]]]:
    found: list[subprocess.Popen[bytes]] = []
    yield found
    for one in found:
        one.kill()
        one.wait(10)


def run(folder: Path) -> subprocess.Popen[bytes]:
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "cli.main", "probe", "run", "--folder", str(folder), "--allow", "127.0.0.0/8"],
            stdout=log,
            stderr=subprocess.STDOUT,
            env={"PYTHONPATH": ":".join(sys.path), "PATH": os.environ["PATH"]},
        )


def test_a_probe_checks_what_only_it_can_reach_until_it_is_shut_out(
    stack: Stack, tmp_path: Path, processes: list[subprocess.Popen[bytes]], monitored: list[str]
) -> None:
    folder = tmp_path / "office"
    place, path = enrolled(stack, folder)
    monitor = {
        "name": "from the office",
        "service_id": stack.rest("GET", "/v1/services").json["items"][0]["id"],
        "interval_seconds": 10,
        "timeout_seconds": 5,
        "regions": [place["region"]],
        "spec": {"kind": "tcp", "host": "127.0.0.1", "port": stack.machine.target_port},
    }
    made = stack.rest("POST", "/v1/monitors", monitor)
    assert made.status == 201, made.body
    processes.append(run(folder))
    monitored.append(f"/v1/monitors/{made.json['id']}")
    eventually(lambda: stack.rest("GET", monitored[0]).json["status"] == "up", "the monitor is up", 120)
    heard = stack.rest("GET", path).json
    assert (heard["status"], heard["last_seen_at"] is not None) == ("enrolled", True)
    line = Line(stack.machine.front_url, folder / IDENTITY, authorities(stack))
    assert line.config(None) is not None
    stack.rest("POST", f"{path}/revoke", {})
    eventually(lambda: _is_shut_out(line), "the probe is shut out")
    (process,) = processes
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0


def test_foreign_and_expired_certificates_are_refused_in_the_handshake(stack: Stack, tmp_path: Path) -> None:
    folder = tmp_path / "lab"
    enrolled(stack, folder)
    identity = Home(folder).identity().identity
    document = json.loads(stack.machine.path("secrets", "probes", "authority.json").read_text())
    ours = Authority(document["certificate"], document["key"])
    long_ago = datetime.now(UTC) - certificates.LIFETIME - timedelta(hours=1)
    foreign = ShownProbe(identity, certificates.make_authority("local", datetime.now(UTC)))
    for shown in (foreign, ShownProbe(identity, ours, long_ago)):
        file = tmp_path / f"{shown.issued.serial}.pem"
        file.write_text(shown.key + shown.issued.pem)
        with pytest.raises((ShutOut, Unreachable)):
            Line(stack.machine.front_url, file, authorities(stack)).config(None)
    with pytest.raises((ShutOut, Unreachable)):
        Line(stack.machine.front_url, None, authorities(stack)).config(None)


def _is_shut_out(line: Line) -> bool:
    try:
        line.config(None)
    except ShutOut:
        return True
    return False
