"""What the doctor makes of what an inside function reports."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cli.doctor import inside_checks
from cli.doctor.finding import Verdict
from tests.unit.doctor.conftest import verdicts
from tocsin.contracts.health import DatabaseHealth, HealthReport

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def report(skew: timedelta = timedelta(0), **database: Any) -> HealthReport:
    """A report from a deployment in order, but for what is given."""
    usual = {"now": NOW, "server_version": 180_001, "schema_number": 3, "is_read_only": False}
    return HealthReport(
        code_version="1.2.3",
        expected_schema_number=3,
        now=NOW + skew,
        database=DatabaseHealth.model_validate({**usual, **database}),
    )


def judged(found: HealthReport) -> dict[str, Verdict]:
    """How database, schema and clocks stand, when asked in the second after NOW."""
    return verdicts(inside_checks.judge(found, NOW, NOW + timedelta(seconds=1)))


def test_all_in_order() -> None:
    assert judged(report()) == {"database": Verdict.FINE, "schema": Verdict.FINE, "clock": Verdict.FINE}


def test_a_database_out_of_reach_says_why() -> None:
    found = HealthReport(code_version="1", expected_schema_number=3, now=NOW, database_problem="timeout expired")
    (database, clock) = inside_checks.judge(found, NOW, NOW)
    assert database.verdict is Verdict.PROBLEM
    assert "timeout expired" in database.said
    assert clock.verdict is Verdict.FINE


@pytest.mark.parametrize(
    ("database", "about", "verdict"),
    [
        ({"server_version": 170_006}, "database", Verdict.PROBLEM),
        ({"is_read_only": True}, "database", Verdict.PROBLEM),
        ({"schema_number": 2}, "schema", Verdict.PROBLEM),
        ({"schema_number": 4}, "schema", Verdict.WARNING),
        ({"now": NOW + timedelta(minutes=2)}, "clock", Verdict.WARNING),
        ({"now": NOW - timedelta(minutes=2)}, "clock", Verdict.WARNING),
    ],
)
def test_what_is_out_of_order_is_said(database: dict[str, Any], about: str, verdict: Verdict) -> None:
    assert judged(report(**database))[about] is verdict


@pytest.mark.parametrize("seconds", [-60, 60])
def test_a_functions_clock_is_looked_at_too(seconds: int) -> None:
    assert judged(report(timedelta(seconds=seconds)))["clock"] is Verdict.WARNING
