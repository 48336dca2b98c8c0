"""What a probe is shipped with: a systemd unit that systemd takes, and a container of files that are there."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path

from cli.main import app
from tests.repository.tree import ROOT
from tests.unit.cli.test_documented import commands

PACKAGING = ROOT / "cli" / "probe" / "packaging"
UNIT = PACKAGING / "tocsin-probe.service"
CONTAINER = (PACKAGING / "Containerfile").read_text().replace("\\\n", " ")
STOP_SECONDS = 5
"""What the process takes to say farewell."""


def instructions(name: str) -> list[str]:
    return re.findall(rf"^{name} (.+)$", CONTAINER, re.MULTILINE)


def test_the_unit_runs_a_command_that_there_is_as_nobody_in_particular() -> None:
    unit = configparser.RawConfigParser(strict=True, interpolation=None)
    unit.optionxform = str  # systemd's keys have capitals
    unit.read_string(UNIT.read_text())
    service = unit["Service"]
    program, *words = service["ExecStart"].split()
    assert Path(program).name == app.info.name
    assert tuple(words) in commands()
    assert (service["DynamicUser"], service["NoNewPrivileges"], service["ProtectSystem"]) == ("yes", "yes", "strict")
    assert service["Restart"] == "always"
    assert int(service["TimeoutStopSec"]) > 2 * STOP_SECONDS
    assert service["StateDirectoryMode"] == "0700"


def test_systemd_takes_the_unit_where_there_is_one(tmp_path: Path) -> None:
    verify = shutil.which("systemd-analyze")
    copy = tmp_path / UNIT.name
    copy.write_text(UNIT.read_text().replace("/usr/local/bin/tocsin", "/bin/true"))
    if verify is not None:
        done = subprocess.run(
            [verify, "verify", "--man=no", str(copy)], capture_output=True, text=True, timeout=60, check=False
        )
        complaints = [line for line in done.stderr.splitlines() if UNIT.name in line]
        assert complaints == []


def test_the_container_copies_what_is_there_and_runs_as_nobody_in_particular() -> None:
    for source in instructions("COPY"):
        assert (ROOT / source.split()[0]).exists(), source
    (entrance,), (started,) = instructions("ENTRYPOINT"), instructions("CMD")
    assert ('"probe"' in entrance, started) == (True, '["run"]')
    assert instructions("USER") == ["10001"]
    (health,) = instructions("HEALTHCHECK")
    assert '"probe", "status"' in health
    assert ("probe", "status") in commands()
