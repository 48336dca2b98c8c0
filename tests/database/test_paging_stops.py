"""An organization's stop of all paging: nothing leaves, nothing is lost, and another organization is paged as ever."""

from datetime import timedelta

import pytest

from tests.support.paging import Paging
from tests.support.world import StepSpec, World
from tocsin.contracts.api_incidents import PagingStop, PagingStopInput
from tocsin.contracts.delivery import Result, Verdict
from tocsin.domain.incident import Action
from tocsin.errors import Invalid, NotFound
from tocsin_data.services import organizations, paging_stops
from tocsin_data.services.actors import Actor
from tocsin_data.services.processing import process

ADMIN = Actor("api_key", "00000000-0000-7000-8000-000000000001")


@pytest.fixture
def paging(world: World) -> Paging:
    world.policy([StepSpec([world.alice.target]), StepSpec([world.bob.target], timedelta(minutes=10))])
    return Paging(world)


def stop(paging: Paging, hours: float = 1, reason: str = "a storm") -> PagingStop:
    wanted = PagingStopInput(reason=reason, ends_at=paging.world.now + timedelta(hours=hours))
    return paging_stops.stop_paging(paging.app, paging.world.org_id, ADMIN, wanted)


def resume(paging: Paging) -> list[str | None]:
    leaving = paging_stops.resume_paging(paging.app, paging.world.org_id, ADMIN)
    return [page.address for page in paging.sent(leaving)]


def kinds(world: World) -> list[str]:
    return [row[0] for row in world.database.rows("select kind from timeline_entry order by at, id")]


def swept(paging: Paging) -> list[str | None]:
    paging.pages.clear()
    paging.sweep()
    return paging.addresses()


def test_what_comes_in_waits_and_goes_out_at_the_end(paging: Paging, world: World) -> None:
    stop(paging)
    assert paging.trigger() == []
    assert swept(paging) == []
    assert paging.wake() == []
    world.database.advance(timedelta(minutes=59))
    assert swept(paging) == []
    assert world.database.rows("select count(*) from notification") == [(0,)]
    world.database.advance(timedelta(minutes=1, seconds=5))
    paging.pages.clear()
    late = paging.sweep().latest_seconds
    assert paging.addresses() == [world.alice.email]
    # how late a step is counts from the end of the stop, or every stop would look like an outage
    assert late < 60
    world.database.advance(timedelta(minutes=10, seconds=5))
    assert world.bob.email in swept(paging)


def test_a_page_on_its_way_is_refused_and_sent_again_at_the_end(paging: Paging, world: World) -> None:
    (page,) = paging.trigger()
    stop(paging)
    (answer,) = paging.claim(page)
    assert (answer.verdict, answer.reason) == (Verdict.STOP, "paging_stopped")
    world.database.advance(timedelta(minutes=5))
    assert swept(paging) == []
    world.database.advance(timedelta(minutes=56))
    assert world.alice.email in swept(paging)
    (answer,) = paging.claim(page)
    assert answer.verdict is Verdict.GO
    assert answer.waited_seconds is not None
    assert answer.waited_seconds < 120
    # a page that failed for now has its half an hour from the end of the stop
    paging.record(page, answer, Result.TEMPORARY)
    assert world.database.rows("select state from notification where id = %s", page.notification_id) == [("queued",)]


def test_a_step_that_comes_due_meanwhile_is_taken_at_the_end(paging: Paging, world: World) -> None:
    paging.trigger()
    stop(paging)
    world.database.advance(timedelta(minutes=11))
    assert paging.wake() == []
    assert swept(paging) == []
    assert world.database.rows("select state, position from escalation") == [("waiting", 1)]
    assert "step_held_back" in kinds(world)
    world.database.advance(timedelta(minutes=50))
    assert world.bob.email in swept(paging)


def test_what_is_not_wanted_any_more_does_not_go_out(paging: Paging, world: World) -> None:
    (page,) = paging.trigger()
    stop(paging)
    paging.act(Action.ACKNOWLEDGE)
    assert resume(paging) == []
    world.database.advance(timedelta(hours=2))
    assert swept(paging) == []
    (answer,) = paging.claim(page)
    assert answer.reason == "incident_moved_on"


def test_a_stop_taken_back_lets_everything_go_at_once(paging: Paging, world: World) -> None:
    paging.trigger()
    stop(paging, hours=24)
    world.database.advance(timedelta(minutes=11))
    assert resume(paging) == [world.alice.email]
    world.database.advance(timedelta(seconds=5))
    assert swept(paging)[:1] == [world.bob.email]
    assert kinds(world) == ["triggered", "paged", "paging_stopped", "paging_resumed", "paged"]
    with pytest.raises(NotFound):
        resume(paging)


def test_another_stop_takes_the_place_of_the_first(paging: Paging, world: World) -> None:
    first = stop(paging, 1)
    world.database.advance(timedelta(minutes=30))
    second = stop(paging, 2, "still a storm")
    assert second.started_at == first.started_at
    paging.trigger()
    world.database.advance(timedelta(minutes=45))
    assert swept(paging) == []
    world.database.advance(timedelta(minutes=76))
    assert swept(paging) == [world.alice.email]
    audited = "select action, after ->> 'reason' from audit_entry where action like '%%paging%%' order by at"
    assert world.database.rows(audited) == [
        ("organization.paging_stopped", "a storm"),
        ("organization.paging_stopped", "still a storm"),
    ]


@pytest.mark.parametrize("hours", [-1, 0, 24.01, 1_000])
def test_a_stop_without_a_near_end_is_refused(paging: Paging, hours: float) -> None:
    with pytest.raises(Invalid) as refused:
        stop(paging, hours)
    assert [problem.field for problem in refused.value.problems] == ["ends_at"]
    assert organizations.get_organization(paging.app, paging.world.org_id).paging_stop is None


def test_the_organization_tells_of_it_until_its_end(paging: Paging, world: World) -> None:
    made = stop(paging)
    assert organizations.get_organization(paging.app, world.org_id).paging_stop == made
    world.database.advance(timedelta(hours=1, seconds=1))
    assert organizations.get_organization(paging.app, world.org_id).paging_stop is None


def test_another_organization_is_paged_as_ever(paging: Paging, world: World) -> None:
    other = World(world.database, name="Other")
    stop(paging)
    requests = [world.request(), other.request(key=other.routing_key)]
    done = process(paging.worker, requests, key_budget_per_minute=6000)
    assert [page.address for page in paging.sent(done.leaving)] == [other.alice.email]
    (answer,) = paging.claim(*paging.pages)
    assert answer.verdict is Verdict.GO
    assert organizations.get_organization(paging.app, other.org_id).paging_stop is None
    assert world.database.rows(
        "select count(*) from timeline_entry where org_id = %s and kind like 'paging%%'", other.org_id
    ) == [(0,)]
