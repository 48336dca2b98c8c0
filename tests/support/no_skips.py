"""A pytest plugin: a run in which a test was skipped or expected to fail is a failed run."""

import pytest


class NoSkips:
    """Collects what did not really run; lives on the process that reports (with xdist, the controller)."""

    def __init__(self) -> None:
        self.missed: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test that was skipped, or that failed or passed against its mark."""
        if report.skipped or hasattr(report, "wasxfail"):
            self.missed.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a module that skipped itself."""
        if report.skipped:
            self.missed.append(report.nodeid)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail a session that would have ended well."""
        if self.missed and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say which, since pytest itself shows a skip as no more than an s."""
        if self.missed:
            terminalreporter.section("skipped or expected to fail, which is not allowed here")
            for nodeid in sorted(set(self.missed)):
                terminalreporter.line(nodeid)


def pytest_configure(config: pytest.Config) -> None:
    """Register where reports of all workers arrive."""
    config.pluginmanager.register(NoSkips(), "tocsin-no-skips")
