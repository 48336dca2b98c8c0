"""What regions and private locations say of themselves is kept in bounds, and only regions alarm the deployment."""

import logging
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tests.support.world import World
from tocsin.contracts.checks import ResultBatch, ShardReport
from tocsin_data.services import region_reports, storing
from tocsin_data.services.region_reports import Noticed

PRIVATE = f"private:{UUID(int=7)}"
MINUTE = timedelta(minutes=1)
REPORT = ShardReport(shard=0, starts_at=datetime.now(UTC), ends_at=datetime.now(UTC), due=3, done=1, missed=2)


def report(world: World, region: str, **more: datetime | None) -> Noticed:
    told = REPORT.model_copy(update={"starts_at": world.now - MINUTE, "ends_at": world.now, **more})
    batch = ResultBatch(batch_id=uuid4(), region=region, sent_at=world.now, reports=[told])
    return region_reports.report(world.database.enter("worker"), [batch])


def kept(world: World) -> int:
    return len(world.database.rows("select 1 from shard_report"))


@pytest.mark.parametrize(
    ("starts", "ends", "blind"),
    [
        (timedelta(minutes=-1), timedelta(days=365_000), None),
        (timedelta(minutes=-1), timedelta(minutes=6), None),
        (timedelta(minutes=1), timedelta(0), None),
        (timedelta(days=-9), timedelta(0), None),
        (timedelta(days=-9), timedelta(days=-9), None),
        (timedelta(minutes=-1), timedelta(0), timedelta(days=1)),
    ],
)
def test_a_report_of_another_time_is_not_kept(
    world: World, starts: timedelta, ends: timedelta, blind: timedelta | None
) -> None:
    blind_since = None if blind is None else world.now + blind
    told = report(world, PRIVATE, starts_at=world.now + starts, ends_at=world.now + ends, blind_since=blind_since)
    assert told == Noticed()
    assert kept(world) == 0
    assert world.database.rows("select 1 from check_region") == []


def test_reports_are_forgotten_even_those_of_a_time_that_never_comes(world: World) -> None:
    report(world, "eu-west-1")
    world.database.rows("update shard_report set ends_at = '9999-01-01' returning 1")
    report(world, "us-east-1")
    storing.turn_days(world.database.enter("worker"))
    assert kept(world) == 1


def test_what_private_locations_say_alarms_nobody(world: World, caplog: pytest.LogCaptureFixture) -> None:
    found = report(world, PRIVATE, blind_since=world.now)
    assert (found.missed, found.lateness_ms) == (0, [])
    assert [change.status for change in found.changes] == ["blind"]
    with caplog.at_level(logging.INFO):
        found.tell("verdict")
    assert {record.levelno for record in caplog.records} == {logging.INFO}
    assert report(world, "eu-west-1").missed == 2
