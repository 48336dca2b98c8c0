"""Regions that are cut off: what checks from there reaches AWS and nothing else, or everything but some ports.

The three regions are processes of one machine, so nobody between them and the targets can be unplugged. Here the
connection is refused where the kernel would refuse it without a route: in the process, before its socket connects.
"""

import errno
import os
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any, Final, cast

from local.machine import REGIONS, Machine, RunError

FOLDER: Final = "cut-off"
ALL: Final = "all"


def cut(machine: Machine, region: str, ports: Collection[int] = (), connections: int | None = None) -> None:
    """Let nothing in a region reach these ports, without any none but AWS's; raises RunError for an unknown region.

    `connections` are how many are refused, until it is connected again without one.
    """
    _demand(region)
    _write(machine.path(FOLDER, region), " ".join(str(port) for port in ports) or ALL, connections)


def reconnect(machine: Machine, region: str) -> None:
    """Let a region reach everything again; raises RunError for an unknown region."""
    _demand(region)
    machine.path(FOLDER, region).unlink(missing_ok=True)


def reconnect_all(machine: Machine) -> None:
    """Forget what an earlier run has cut off."""
    for region in REGIONS:
        reconnect(machine, region)


def keep_to(machine: Machine, region: str) -> None:
    """From here on, refuse this process the connections that its region does not have. It can't be undone."""
    file = machine.path(FOLDER, region)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event != "socket.connect" or not isinstance(arguments[1], tuple):
            return
        try:
            ports, _, left = file.read_text().partition("\n")
        except FileNotFoundError:
            return
        port = cast("tuple[str, int]", arguments[1])[1]
        if left != "0" and (port != machine.gateway_port if ports == ALL else str(port) in ports.split()):
            if left:
                _write(file, ports, int(left) - 1)
            raise OSError(errno.ENETUNREACH, os.strerror(errno.ENETUNREACH))

    sys.addaudithook(hook)


def _write(file: Path, ports: str, connections: int | None) -> None:
    whole = file.with_name(f"{file.name}.{os.getpid()}")
    whole.write_text(ports if connections is None else f"{ports}\n{connections}")
    whole.replace(file)


def _demand(region: str) -> None:
    if region not in REGIONS:
        raise RunError(f"{region} is no region of the local stage: give one of {', '.join(REGIONS)}")
