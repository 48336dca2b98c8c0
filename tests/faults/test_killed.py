"""kill -9 at every enumerated point: no page lost, none twice but where nobody can know whether it went out."""

from datetime import timedelta

import pytest

from tests.faults.conftest import Fated, Sealed
from tests.support.doomed import Point, Trap, at, of
from tests.support.mesh import Mesh
from tests.support.world import StepSpec, World
from tocsin.contracts.delivery import OutcomeMessage, Result

OLD = timedelta(seconds=61)


def several_steps(world: World, *steps: timedelta) -> None:
    """Alice first, then Bob and Alice by turns, each so long after the one before."""
    people = (world.bob, world.alice)
    following = [StepSpec([people[n % 2].target], after) for n, after in enumerate(steps)]
    world.policy([StepSpec([world.alice.target]), *following], round_delay=timedelta(hours=1))


@pytest.mark.fault("process killed before and after its commit")
@pytest.mark.parametrize("point", of("process"), ids=str)
def test_process_is_killed(mesh: Mesh, fate: Fated, point: Point) -> None:
    several_steps(mesh.world, timedelta(minutes=10))
    mesh.trigger("a", "b", "c")
    mesh.step("events", point=point)
    mesh.settle()

    fate(point, due=3)


@pytest.mark.fault("notify killed before, during and after the provider call")
@pytest.mark.parametrize(
    ("name", "uncertain", "repeated"),
    [
        ("before the claim", 0, 0),
        ("after the claim", 3, 0),
        ("after the provider call", 3, 3),
        ("after telling the outcomes", 0, 0),
    ],
)
def test_notify_is_killed(mesh: Mesh, fate: Fated, name: str, uncertain: int, repeated: int) -> None:
    point = at(f"notify: {name}")
    mesh.trigger("a", "b", "c")
    mesh.drain("events")
    mesh.step("deliveries", point=point)
    mesh.settle()

    fate(point, due=3, uncertain=uncertain, repeated=repeated)


@pytest.mark.fault("notify killed before, during and after the provider call")
def test_notify_is_killed_in_the_provider_call(mesh: Mesh, fate: Fated) -> None:
    mesh.trigger("a")
    mesh.drain("events")
    mesh.receiver.on_request = mesh.kill_sending
    mesh.step("deliveries")
    mesh.receiver.on_request = None
    mesh.settle()

    states = mesh.world.database.rows("select state from notification_attempt order by number")
    assert states == [("uncertain",), ("delivered",)]
    fate(*mesh.reached, due=1, uncertain=1, repeated=1)


@pytest.mark.fault("notify killed before, during and after the provider call")
@pytest.mark.parametrize(("point", "repeated"), [("after the claim", 0), ("after the provider call", 1)])
@pytest.mark.parametrize("channel", ["e-mail", "Slack"])
def test_notify_is_killed_with_a_page_by_another_channel(
    mesh: Mesh, fate: Fated, sealed: Sealed, channel: str, point: str, repeated: int
) -> None:
    world = mesh.world
    carol = world.person("Carol")
    if channel == "Slack":
        slack = sealed({"url": f"{mesh.receiver.url}/slack"})
        change = (
            "update contact_method set channel = 'slack', address = null, sealed = %s where user_id = %s returning id"
        )
        world.database.rows(change, slack, carol.user_id)
    world.policy([StepSpec([carol.target])], round_delay=timedelta(hours=1))
    mesh.trigger("a")
    mesh.drain("events")
    mesh.step("deliveries", point=at(f"notify: {point}"))
    mesh.settle()

    when = "after" if repeated else "before"
    fate(f"notify: {when} the provider call, {channel}", due=1, uncertain=1, repeated=repeated)


@pytest.mark.fault("claim killed")
@pytest.mark.parametrize(("point", "uncertain"), [("before the commit", 0), ("after the commit", 3)])
def test_claim_is_killed(mesh: Mesh, fate: Fated, point: str, uncertain: int) -> None:
    mesh.trigger("a", "b", "c")
    mesh.drain("events")
    mesh.claim_trap = Trap(at(f"claim: {point}"), "die"), None
    mesh.step("deliveries")
    mesh.settle()

    assert mesh.reached == [f"claim: {point}"]
    fate(*mesh.reached, due=3, uncertain=uncertain)


@pytest.mark.fault("claim killed")
def test_claim_is_killed_when_a_page_can_wait_no_longer(mesh: Mesh, fate: Fated) -> None:
    mesh.trigger("a")
    mesh.drain("events")
    mesh.claim_trap = Trap(at("claim: after the commit"), "die"), None
    mesh.step("deliveries", seen_ago=OLD)
    mesh.settle()

    fate("claim: after the commit, its page a minute old", due=1, unclaimed=1)


@pytest.mark.fault("record killed")
@pytest.mark.parametrize(
    "point", ["after its first write", "before the commit", "after the commit", "before answering"]
)
def test_record_is_killed(mesh: Mesh, fate: Fated, point: str) -> None:
    mesh.trigger("a", "b", "c")
    mesh.drain("events", "deliveries")
    mesh.step("outcomes", point=at(f"record: {point}"))
    mesh.settle()

    fate(*mesh.reached, due=3)


@pytest.mark.fault("record killed")
def test_record_is_killed_with_a_page_to_be_sent_again(mesh: Mesh, fate: Fated) -> None:
    mesh.receiver.answers = [(500, {})]
    mesh.trigger("a")
    mesh.drain("events", "deliveries")
    mesh.step("outcomes", point=at("record: after sending a page again"))
    mesh.settle()

    fate(*mesh.reached, due=1)


@pytest.mark.fault("record killed")
@pytest.mark.parametrize(
    "point", ["moving on, before the commit", "moving on, after the commit", "moving on, after sending pages"]
)
def test_record_is_killed_while_it_moves_an_escalation_on(mesh: Mesh, fate: Fated, point: str) -> None:
    several_steps(mesh.world, timedelta(minutes=10))
    mesh.receiver.answers = [(410, {})]
    mesh.trigger("a")
    mesh.drain("events", "deliveries")
    mesh.step("outcomes", point=at(f"record: {point}"))
    mesh.settle()

    assert [r.path for r in mesh.receiver.requests] == ["/Alice", "/Bob"]
    fate(*mesh.reached, due=2, refused=1)


@pytest.mark.fault("record killed")
def test_record_is_killed_before_it_moves_an_escalation_on_whose_mail_came_back(mesh: Mesh, fate: Fated) -> None:
    several_steps(mesh.world, timedelta(minutes=10))
    mesh.trigger("a")
    mesh.drain("events", "deliveries", "outcomes")
    world = mesh.world
    ((notification_id,),) = world.database.rows("select id from notification")
    returned = OutcomeMessage(
        org_id=world.org_id,
        kind="returned",
        notification_id=notification_id,
        result=Result.PERMANENT,
        reason="bounced",
        at=world.now,
    )
    mesh.put("outcomes", [returned.to_json()])
    mesh.step("outcomes", point=at("record: returned, moving on"))
    mesh.settle()

    assert [r.path for r in mesh.receiver.requests] == ["/Alice", "/Bob"]
    fate(*mesh.reached, due=2)


@pytest.mark.fault("escalate killed")
@pytest.mark.parametrize("point", of("escalate"), ids=str)
def test_escalate_is_killed(mesh: Mesh, fate: Fated, point: Point) -> None:
    several_steps(mesh.world, timedelta(seconds=1), timedelta(minutes=10))
    mesh.trigger("a")
    mesh.drain("events", "deliveries", "outcomes")
    mesh.world.database.advance(timedelta(seconds=1))
    mesh.wait_for("escalations")
    mesh.step("escalations", point=point)
    mesh.settle()

    assert [r.path for r in mesh.receiver.requests] == ["/Alice", "/Bob"]
    fate(point, due=2)


@pytest.mark.fault("sweep killed")
@pytest.mark.parametrize("point", [p for p in of("sweep") if "overdue step" in p.name], ids=str)
def test_sweep_is_killed_while_it_takes_an_overdue_step(mesh: Mesh, fate: Fated, point: Point) -> None:
    several_steps(mesh.world, timedelta(seconds=20))
    mesh.trigger("a", "b")
    mesh.drain("events", "deliveries", "outcomes")
    assert mesh.drop("escalations") == ["escalations"]
    assert mesh.sweep(point) is None
    mesh.settle()

    fate(point, due=4)


@pytest.mark.fault("sweep killed")
@pytest.mark.parametrize("point", [p for p in of("sweep") if "page without outcome" in p.name], ids=str)
def test_sweep_is_killed_while_it_gives_up_waiting_for_outcomes(mesh: Mesh, fate: Fated, point: Point) -> None:
    mesh.trigger("a", "b")
    mesh.drain("events", "deliveries")
    assert mesh.drop("outcomes") == ["outcomes"]
    assert mesh.sweep(point) is None
    mesh.settle()

    fate(point, due=2, uncertain=2, repeated=2)


@pytest.mark.fault("sweep killed")
@pytest.mark.parametrize("point", [p for p in of("sweep") if "page that was not sent" in p.name], ids=str)
def test_sweep_is_killed_while_it_sends_what_was_not_sent(mesh: Mesh, fate: Fated, point: Point) -> None:
    mesh.trigger("a", "b")
    mesh.drain("events")
    assert mesh.drop("deliveries") == ["deliveries"]
    assert mesh.sweep(point) is None
    mesh.settle()

    fate(point, due=2)


@pytest.mark.fault("sweep killed")
@pytest.mark.parametrize("point", [p for p in of("sweep") if "step to be armed" in p.name], ids=str)
def test_sweep_is_killed_while_it_arms_a_step(mesh: Mesh, fate: Fated, point: Point) -> None:
    several_steps(mesh.world, timedelta(minutes=16))
    mesh.trigger("a", "b")
    mesh.drain("events", "deliveries", "outcomes")
    mesh.world.database.advance(timedelta(minutes=1))
    assert mesh.sweep(point) is None
    mesh.world.database.advance(timedelta(minutes=15))
    mesh.settle()

    fate(point, due=4)


@pytest.mark.fault("sweep killed")
@pytest.mark.parametrize("point", [p for p in of("sweep") if "expired alert" in p.name], ids=str)
def test_sweep_is_killed_while_it_closes_an_expired_alert(mesh: Mesh, fate: Fated, point: Point) -> None:
    world = mesh.world
    several_steps(world, timedelta(minutes=10))
    event = world.event(dedup_key="a", expires_at=world.now + timedelta(seconds=20))
    mesh.put("events", [world.request(event).to_json()])
    mesh.accepted += 1
    mesh.drain("events", "deliveries", "outcomes")
    assert mesh.sweep(point) is None
    mesh.settle()
    world.database.advance(timedelta(minutes=10))
    mesh.settle()

    assert world.database.rows("select status from incident") == [("resolved",)]
    fate(point, due=1)
