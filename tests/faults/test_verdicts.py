"""Results of checks whose judge is killed, or that come three times: who is paged for them is paged once."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.faults.conftest import Fated
from tests.support.doomed import Point, of
from tests.support.mesh import Mesh
from tests.support.monitors import REGIONS, insert_monitor
from tocsin.contracts.checks import CheckResult, ResultBatch, ResultsMessage
from tocsin.domain.monitor import CheckStatus, Reason
from tocsin.platform import packing

MONITORS = 3


def failing(mesh: Mesh) -> list[UUID]:
    """Monitors that are up everywhere, and then down in two regions of three: their messages wait in the queue."""
    ids = [insert_monitor(mesh.world, f"monitor {n}", failures_to_down=1) for n in range(MONITORS)]
    send(mesh, ids, "UUU", timedelta(0))
    mesh.drain("results")
    send(mesh, ids, "DDU", timedelta(seconds=1))
    mesh.accepted += MONITORS
    return ids


def send(mesh: Mesh, ids: list[UUID], letters: str, after: timedelta) -> None:
    at = mesh.world.now.replace(microsecond=0) + after
    for region, letter in zip(REGIONS, letters, strict=True):
        results = [
            CheckResult(
                monitor_id=monitor_id,
                version=1,
                tick=at,
                checked_at=at,
                status=CheckStatus.UP if letter == "U" else CheckStatus.DOWN,
                reason=None if letter == "U" else Reason.TIMEOUT,
            )
            for monitor_id in ids
        ]
        batch = ResultBatch(batch_id=uuid4(), region=region, sent_at=at, results=results)
        mesh.put("results", [ResultsMessage(kind="results", packed=packing.pack(batch)).to_json()])


def kept(mesh: Mesh) -> list[tuple[int, int, int]]:
    """How many results are stored, monitors down, and outages open."""
    return mesh.world.database.rows(
        "select (select count(*) from check_result), (select count(*) from monitor_state where status = 'down'),"
        " (select count(*) from monitor_span where status = 'down' and ends_at is null)"
    )


@pytest.mark.fault("verdict killed")
@pytest.mark.parametrize("point", of("verdict"), ids=str)
def test_verdict_is_killed(mesh: Mesh, fate: Fated, point: Point) -> None:
    failing(mesh)
    mesh.step("results", point=point)
    mesh.settle()

    assert kept(mesh) == [(6 * MONITORS, MONITORS, MONITORS)]
    fate(point, due=MONITORS)


@pytest.mark.fault("queue redelivers everything")
def test_results_come_three_times(mesh: Mesh, fate: Fated) -> None:
    failing(mesh)
    mesh.step("results", times=3)
    mesh.settle()

    assert kept(mesh) == [(6 * MONITORS, MONITORS, MONITORS)]
    fate("results", due=MONITORS)
