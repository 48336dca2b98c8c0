"""What health reports, on a real PostgreSQL, and when something is gone."""

from collections.abc import Generator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from functions.health.handler import handler
from migrations.runner import migrations
from tests.support.inside import Inside, inside
from tests.support.postgres import TestDatabase
from tocsin import __version__
from tocsin.contracts.health import HealthReport
from tocsin.platform import clock
from tocsin_data import SCHEMA_NUMBER


@pytest.fixture
def surroundings(database: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> Generator[Inside]:
    with inside(database, monkeypatch, names=("pings",)) as found:
        yield found


def ask(**request: Any) -> HealthReport:
    """What it answers, as the one who asked reads it."""
    return HealthReport.model_validate(handler(request, None))


def test_the_code_knows_the_newest_migration() -> None:
    assert migrations()[-1].number == SCHEMA_NUMBER


def test_all_in_order(surroundings: Inside) -> None:
    report = ask(ping="p1")

    assert report.database is not None
    assert report.database.schema_number == report.expected_schema_number == SCHEMA_NUMBER
    assert report.database.server_version >= 180_000
    assert not report.database.is_read_only
    assert abs(report.database.now - clock.now()) < timedelta(minutes=1)
    assert abs(report.now - clock.now()) < timedelta(minutes=1)
    assert report.code_version == __version__
    assert (report.database_problem, report.queue_problem) == (None, None)
    assert [sent.body for sent in surroundings.sent("pings")] == ["p1"]


def test_without_a_ping_the_queue_is_left_alone(surroundings: Inside) -> None:
    ask()
    assert surroundings.sent("pings") == []


def test_a_lost_database_is_part_of_the_answer(surroundings: Inside, tmp_path: Path) -> None:
    surroundings.lose_the_database(tmp_path)
    report = ask(ping="p2")
    assert report.database is None
    assert "No such file" in (report.database_problem or "")
    assert [sent.body for sent in surroundings.sent("pings")] == ["p2"]


def test_a_lost_queue_is_part_of_the_answer(surroundings: Inside) -> None:
    surroundings.lose_the_queues()
    report = ask(ping="p3")
    assert report.database is not None
    assert "pings" in (report.queue_problem or "")
