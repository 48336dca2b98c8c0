"""The benchmark of checks: what it makes of its runs, and that a result which did not arrive has failed it."""

from datetime import timedelta

import pytest

from bench import rows
from bench.blackbox import Cost
from bench.check_runner import INTERVAL_SECONDS, configuration
from bench.checks import MONITORS, Window, _outcome
from tocsin.checks.ticks import due
from tocsin.platform import clock

RUN = Window(cpu=4, due=2_000, done=2_000, lateness_p99=12, messages=40, bytes=120_000, results=2_000, up=2_000)


def test_cpu_is_stated_for_a_thousand_checks_and_beside_the_peers() -> None:
    found = {one.name: one.median for one in _outcome([RUN], [Cost(exporter=1.6, both=2.5)]).figures}
    assert found == {
        "checks.late.p99": 12,
        "checks.missed": 0,
        "checks.cpu": 2,
        "cost.checks.made": pytest.approx(0.0767, abs=0.0005),
        "checks.cpu.ratio": 0.8,
        "checks.cpu.ratio.exporter": 1.25,
        "peer.checks.cpu": 2.5,
    }
    assert found.keys() <= rows.ROWS.keys()


def test_without_the_peer_nothing_is_beside_it_and_that_is_said() -> None:
    outcome = _outcome([RUN], [])
    assert {one.name for one in outcome.figures} == {
        "checks.late.p99",
        "checks.missed",
        "checks.cpu",
        "cost.checks.made",
    }
    assert "is not installed" in outcome.remarks[-1]


def test_a_result_that_did_not_arrive_has_failed_the_run() -> None:
    lost = Window(cpu=4, due=2_000, done=2_000, lateness_p99=12, messages=40, bytes=120_000, results=1_999, up=1_999)
    assert not _outcome([RUN], []).failed
    assert _outcome([lost], []).failed


def test_a_run_checks_every_monitor_once_an_interval() -> None:
    config = configuration(MONITORS, 443)
    now = clock.now()
    span = timedelta(seconds=INTERVAL_SECONDS)
    found = due(config.monitors, config.region, config.spread_seconds, now, now + span)
    assert len({one.monitor.monitor_id for one in found}) == len(found) == MONITORS
