"""kill -9 at every enumerated point: no page lost, none twice but where the provider call was cut."""

from datetime import timedelta

import pytest

from tests.support.doomed import POINTS
from tests.support.mesh import Mesh
from tests.support.world import StepSpec


def one_page_each(mesh: Mesh, *, uncertain: int = 0) -> None:
    """Every incident there, every page in once, or once more where it was uncertain."""
    rows = mesh.world.database.rows
    assert rows("select count(*), count(distinct dedup_key) from alert where status = 'open'") == [(3, 3)]
    assert rows("select distinct state from notification") == [("delivered",)]
    assert rows("select count(*) from notification_attempt where state = 'uncertain'") == [(uncertain,)]
    assert len(set(mesh.pages())) == 3
    assert len(mesh.pages()) == 3 + uncertain


@pytest.fixture(autouse=True)
def one_step(mesh: Mesh) -> None:
    mesh.world.policy([StepSpec([mesh.world.alice.target])], round_delay=timedelta(hours=1))


@pytest.mark.parametrize("point", POINTS["process"])
def test_process_is_killed(mesh: Mesh, point: str) -> None:
    mesh.trigger("a", "b", "c")
    mesh.step("events", kill_at=point)
    mesh.settle()

    one_page_each(mesh)


@pytest.mark.parametrize(
    ("point", "uncertain"),
    [("before_claim", 0), ("after_claim", 3), ("after_provider_call", 3), ("after_sending_outcomes", 0)],
)
def test_notify_is_killed(mesh: Mesh, point: str, uncertain: int) -> None:
    mesh.trigger("a", "b", "c")
    while mesh.step("events"):
        pass
    mesh.step("deliveries", kill_at=point)
    mesh.settle()

    sent = {"after_claim": 3}.get(point, 3 + uncertain)
    rows = mesh.world.database.rows
    assert rows("select distinct state from notification") == [("delivered",)]
    assert rows("select count(*) from notification_attempt where state = 'uncertain'") == [(uncertain,)]
    assert len(set(mesh.pages())) == 3
    assert len(mesh.pages()) == sent


@pytest.mark.parametrize("point", POINTS["record"])
def test_record_is_killed(mesh: Mesh, point: str) -> None:
    mesh.trigger("a", "b", "c")
    for queue in ("events", "deliveries"):
        while mesh.step(queue):
            pass
    mesh.step("outcomes", kill_at=point)
    mesh.settle()

    one_page_each(mesh)


@pytest.mark.parametrize("point", POINTS["escalate"])
def test_escalate_is_killed(mesh: Mesh, point: str) -> None:
    world = mesh.world
    world.policy(
        [StepSpec([world.alice.target]), StepSpec([world.bob.target], timedelta(seconds=1))],
        round_delay=timedelta(hours=1),
    )
    mesh.trigger("a")
    for queue in ("events", "deliveries", "outcomes"):
        while mesh.step(queue):
            pass
    world.database.advance(timedelta(seconds=1))
    mesh.wait_for("escalations")
    mesh.step("escalations", kill_at=point)
    mesh.settle()

    assert [r["x-path"] for r in mesh.receiver.requests] == ["/Alice", "/Bob"]


def test_a_provider_call_cut_in_the_middle_is_uncertain_and_made_once_more(mesh: Mesh) -> None:
    mesh.trigger("a")
    while mesh.step("events"):
        pass
    mesh.receiver.on_request = mesh.kill_running
    mesh.step("deliveries")
    mesh.receiver.on_request = None
    mesh.settle()

    states = mesh.world.database.rows("select state from notification_attempt order by number")
    assert mesh.kills == ["notify in the provider call"]
    assert states == [("uncertain",), ("delivered",)]
    assert len(mesh.pages()) == 2
    assert len(set(mesh.pages())) == 1
