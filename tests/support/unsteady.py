"""A pytest plugin: tests that failed and then passed are named at the end, and more than a few of them fail a run.

`pytest-rerunfailures` gives a test that fails its second try (`--reruns 1`).
"""

from typing import Final

import pytest

MOST: Final = 3
"""One is the machine's fault, many are ours."""


class Unsteady:
    """Collects what was tried again; lives on the process that reports (with xdist, the controller)."""

    def __init__(self) -> None:
        self._tried_again: set[str] = set()
        self._passed: set[str] = set()

    @property
    def found(self) -> list[str]:
        """The tests that failed before they passed."""
        return sorted(self._tried_again & self._passed)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note each try."""
        if str(report.outcome) == "rerun":
            self._tried_again.add(report.nodeid)
        elif report.when == "call" and report.passed:
            self._passed.add(report.nodeid)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail a session that would have ended well."""
        if len(self.found) > MOST and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @pytest.hookimpl(trylast=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say which, since pytest itself shows no more than an R."""
        if self.found:
            terminalreporter.section(f"unsteady, to be mended; more than {MOST} fail the run")
            for nodeid in self.found:
                terminalreporter.line(nodeid)


def pytest_configure(config: pytest.Config) -> None:
    """Register where reports of all workers arrive."""
    config.pluginmanager.register(Unsteady(), "tocsin-unsteady")
