"""A pytest plugin: the fates that fault tests have recorded, gathered from all workers.

`--fates FILE` writes one JSON line for each fault and point, and fails a run that left a registered one out.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pytest

PROPERTY: Final = "fate"


class Collected:
    """The fates of a run; lives on the process that reports (with xdist, the controller)."""

    def __init__(self, file: Path, registered: Sequence[tuple[str, str]]) -> None:
        self._file = file
        self._registered = registered
        self._found: dict[tuple[str, str], dict[str, Any]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what a test that passed has recorded."""
        if report.when == "call" and report.passed:
            for name, value in report.user_properties:
                if name == PROPERTY and isinstance(value, dict):
                    self._found[value["fault"], value["point"]] = value

    def _missing(self) -> list[str]:
        return [f"{fault} · {point}" for fault, point in self._registered if (fault, point) not in self._found]

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write them in the order of the registry; fail a session that would have ended well without one of them."""
        found = [self._found[key] for key in self._registered if key in self._found]
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text("".join(json.dumps(fate) + "\n" for fate in found))
        if self._missing() and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say which are missing."""
        if self._missing():
            terminalreporter.section("faults and points that no test of this run has reached")
            for line in self._missing():
                terminalreporter.line(line)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--fates`."""
    parser.addoption(
        "--fates", metavar="FILE", help="write the fate of everything under each fault, and demand them all"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register where reports of all workers arrive, and the mark that names a test's fault."""
    config.addinivalue_line("markers", "fault(name): one of tests.support.fates.FAULTS")
    file = config.getoption("--fates")
    if file and not hasattr(config, "workerinput"):
        from tests.support.faults import registered

        config.pluginmanager.register(Collected(Path(file), registered()), "tocsin-fates")
