"""What steps do besides paging people once: repeat, take turns, ask conditions, page schedules and destinations."""

import json
from datetime import date, time, timedelta
from uuid import UUID, uuid4

import pytest

from tests.support.paging import Paging
from tests.support.world import StepSpec, World
from tocsin.contracts.delivery import Result, Verdict
from tocsin.domain import schedule_document
from tocsin.domain.dedup import EventAction
from tocsin.domain.rotation import Layer, Unit
from tocsin_data.services.processing import process

MINUTE = timedelta(minutes=1)


@pytest.fixture
def paging(world: World) -> Paging:
    return Paging(world)


def told(world: World, *kinds: str) -> list[tuple]:
    return world.database.rows(
        "select kind, data - 'recipients' - 'target' from timeline_entry where kind = any(%s) order by at, id",
        list(kinds),
    )


def pass_time(paging: Paging, *minutes: float) -> None:
    for span in minutes:
        paging.world.database.advance(timedelta(minutes=span))
        paging.wake()


def trigger(paging: Paging, key: str) -> None:
    event = paging.world.event(EventAction.TRIGGER, key)
    paging.sent(process(paging.worker, [paging.world.request(event)], key_budget_per_minute=6000).leaving)


def schedule(world: World, *people: UUID) -> dict[str, str]:
    """A schedule that hands over every day, and was begun yesterday."""
    schedule_id = uuid4()
    with world.database.admin() as conn:
        conn.execute(
            "insert into schedule (id, org_id, name, current_version, created_at) values (%s, %s, 'Primary', 1, now())",
            (schedule_id, world.org_id),
        )
        layer = Layer(uuid4(), "days", Unit.DAYS, 1, time(9), date(2026, 1, 1), 0, people)
        conn.execute(
            "insert into schedule_version values (%s, %s, 1, '2026-01-01', 'UTC', %s, now(), 'test')",
            (world.org_id, schedule_id, json.dumps(schedule_document.written([layer]))),
        )
    return {"kind": "schedule", "value": str(schedule_id)}


def test_a_step_pages_again_and_then_the_next_is_waited_for(paging: Paging, world: World) -> None:
    again = StepSpec([world.alice.target], retries=2, retry_interval=2 * MINUTE)
    world.policy([again, StepSpec([world.bob.target], 5 * MINUTE)])
    paging.trigger()
    pass_time(paging, 2, 2)
    assert paging.addresses() == [world.alice.email] * 3
    pass_time(paging, 4.9)
    assert len(paging.addresses()) == 3
    pass_time(paging, 0.1)

    assert paging.addresses()[3:] == [world.bob.email]
    assert world.database.rows("select retry from notification order by created_at") == [(0,), (1,), (2,), (0,)]
    assert [data for _, data in told(world, "paged")] == [
        {"round": 1, "step": 1},
        {"round": 1, "step": 1, "repetition": 1},
        {"round": 1, "step": 1, "repetition": 2},
        {"round": 1, "step": 2},
    ]


def test_a_step_whose_pages_have_failed_is_not_repeated(paging: Paging, world: World) -> None:
    again = StepSpec([world.alice.target], retries=5, retry_interval=MINUTE)
    world.policy([again, StepSpec([world.bob.target], 30 * MINUTE)])
    (page,) = paging.trigger()
    (answer,) = paging.claim(page)
    paging.record(page, answer, Result.PERMANENT, reason="rejected_address")

    assert paging.addresses() == [world.alice.email, world.bob.email]


def test_incidents_take_turns_and_rounds_go_on_to_the_next(paging: Paging, world: World) -> None:
    targets = [world.alice.target, world.bob.target, world.person("Carol").target]
    world.policy([StepSpec(targets, round_robin=True)], rounds=2, round_delay=5 * MINUTE)
    for number in range(4):
        trigger(paging, f"key {number}")
    order = [page.recipient_name for page in paging.pages]
    assert order == ["Alice", "Bob", "Carol", "Alice"]
    world.database.advance(5 * MINUTE)
    paging.wake()

    assert sorted(page.recipient_name or "" for page in paging.pages[4:]) == ["Alice", "Bob", "Bob", "Carol"]
    assert world.database.rows("select turn from escalation_turn") == [(4,)]


def test_several_incidents_of_one_batch_take_their_turns(paging: Paging, world: World) -> None:
    world.policy([StepSpec([world.alice.target, world.bob.target], round_robin=True)])
    events = [world.event(dedup_key=f"key {n}", index=n) for n in range(4)]
    paging.sent(process(paging.worker, [world.request(*events)], key_budget_per_minute=6000).leaving)

    assert sorted(paging.addresses(), key=str) == sorted([world.alice.email, world.bob.email] * 2)


def test_whose_turn_it_is_and_who_has_no_contact_is_passed(paging: Paging, world: World) -> None:
    mute = world.person("Mute", reachable=False)
    world.policy([StepSpec([mute.target, world.bob.target], round_robin=True)])
    paging.trigger()

    assert paging.addresses() == [world.bob.email]
    assert told(world, "target_unreachable") == [
        ("target_unreachable", {"round": 1, "step": 1, "reason": "the user has no contact method"})
    ]


def test_a_step_whose_conditions_do_not_hold_is_passed_at_once_and_says_why(paging: Paging, world: World) -> None:
    never = {"severities": ["info"]}
    closed = {"days": [f"{world.now - timedelta(days=2):%A}".lower()], "starts": "09:00", "ends": "17:00"}
    world.policy(
        [
            StepSpec([world.alice.target], conditions=never),
            StepSpec([world.alice.target], 10 * MINUTE, conditions={"urgencies": ["low"]}),
            StepSpec([world.alice.target], 10 * MINUTE, conditions={"times": [closed]}),
            StepSpec([world.bob.target], 10 * MINUTE, conditions={"severities": ["error"]}),
        ]
    )
    event = world.event()
    paging.sent(process(paging.worker, [world.request(event)], key_budget_per_minute=6000).leaving)

    passed = [data["reason"] for _, data in told(world, "step_passed")]
    assert passed[:2] == [
        f"the severity is {event.severity}; the step is for info",
        "the urgency is high; the step is for low",
    ]
    assert passed[2].endswith("09:00-17:00")
    assert paging.addresses() == [world.bob.email]


def test_steps_until_resolved_go_on_after_an_acknowledgement_when_they_would_have(paging: Paging, world: World) -> None:
    carol = world.person("Carol")
    loud = {"while": "not_resolved"}
    world.policy(
        [
            StepSpec([world.alice.target]),
            StepSpec([world.bob.target], 5 * MINUTE),
            StepSpec([carol.target], 5 * MINUTE, conditions=loud),
        ],
        rounds=2,
        round_delay=5 * MINUTE,
    )
    paging.trigger()
    pass_time(paging, 4)
    event = world.event(EventAction.ACKNOWLEDGE)
    paging.sent(process(paging.worker, [world.request(event)], key_budget_per_minute=6000).leaving)
    assert world.database.rows("select state, generation, round, position from escalation") == [("waiting", 1, 0, 2)]
    pass_time(paging, 5.9)
    assert paging.addresses() == [world.alice.email]
    pass_time(paging, 0.1)
    assert paging.addresses() == [world.alice.email, carol.email]
    pass_time(paging, 14.9)
    assert len(paging.addresses()) == 2
    pass_time(paging, 0.1)
    assert paging.addresses()[2:] == [carol.email]
    assert world.database.rows("select state from escalation") == [("stopped",)]
    assert "escalation_exhausted" not in [kind for kind, _ in told(world, "escalation_exhausted")]
    (answer,) = paging.claim(paging.pages[-1])
    assert answer.verdict is Verdict.GO


def test_a_resolve_ends_what_went_on(paging: Paging, world: World) -> None:
    loud = StepSpec([world.bob.target], 10 * MINUTE, conditions={"while": "not_resolved"})
    world.policy([StepSpec([world.alice.target]), loud])
    paging.trigger()
    for action in (EventAction.ACKNOWLEDGE, EventAction.RESOLVE):
        pass_time(paging, 1)
        request = world.request(world.event(action))
        paging.sent(process(paging.worker, [request], key_budget_per_minute=6000).leaving)
    pass_time(paging, 60)

    assert paging.addresses() == [world.alice.email]


def test_the_policys_fallback_comes_before_the_organizations(paging: Paging, world: World) -> None:
    world.policy([StepSpec([world.alice.target])], round_delay=5 * MINUTE, fallback=[world.bob.target])
    paging.trigger()
    pass_time(paging, 5)
    assert paging.addresses() == [world.alice.email, world.bob.email]
    assert paging.pages[-1].reason.endswith("you are its fallback")
    pass_time(paging, 5)

    assert paging.addresses()[2:] == [world.fallback]
    kinds = world.database.rows(
        "select kind from timeline_entry where kind like '%%ex%%' or kind like 'fall%%' order by at, id"
    )
    assert [kind for (kind,) in kinds] == ["fallback_paged", "escalation_exhausted", "fallback_paged"]


def test_a_schedules_on_call_is_paged_now_and_next(paging: Paging, world: World) -> None:
    target = schedule(world, world.alice.user_id, world.bob.user_id)
    world.policy([StepSpec([target]), StepSpec([target | {"who": "next"}], 5 * MINUTE)])
    paging.trigger()
    pass_time(paging, 5)

    assert sorted(paging.addresses(), key=str) == sorted([world.alice.email, world.bob.email])
    (on_call, _) = (data["on_call"] for _, data in told(world, "paged"))
    assert next(iter(on_call.values())).startswith("on call in Primary: layer days, version 1, until ")


def test_schedules_without_anybody_and_targets_that_are_gone_stall_nothing(paging: Paging, world: World) -> None:
    gone = {"kind": "schedule", "value": str(uuid4())}
    place = {"kind": "destination", "value": str(uuid4())}
    world.policy(
        [StepSpec([gone]), StepSpec([schedule(world), place], 9 * MINUTE), StepSpec([world.bob.target], MINUTE)]
    )
    paging.trigger()

    assert paging.addresses() == [world.bob.email]
    reasons = [data["reason"] for _, data in told(world, "target_unreachable")]
    assert reasons[0] == "the schedule no longer exists"
    assert reasons[1].startswith("nobody is on call in Primary: ")
    assert reasons[2] == "the destination no longer exists"


def test_a_destination_is_paged_and_switched_off_when_it_is_gone(paging: Paging, world: World) -> None:
    world.policy([StepSpec([world.destination("ops room", "sealed-url")]), StepSpec([world.bob.target], 30 * MINUTE)])
    (page,) = paging.trigger()
    assert (page.channel, page.sealed, page.recipient_name) == ("webhook", "sealed-url", "ops room")
    (answer,) = paging.claim(page)
    paging.record(page, answer, Result.PERMANENT, reason="http_410")

    assert paging.addresses() == [None, world.bob.email]
    assert world.database.rows("select disabled_reason from destination") == [("http_410",)]
    trigger(paging, "another")
    assert paging.addresses()[2:] == [world.bob.email]
    reasons = [data["reason"] for _, data in told(world, "target_unreachable")]
    assert reasons == ["the destination ops room is switched off: http_410"]


@pytest.mark.parametrize(("column", "word"), [("deleted_at", "removed"), ("disabled_at", "disabled")])
def test_a_destination_removed_before_its_page_went_moves_on(
    paging: Paging, world: World, column: str, word: str
) -> None:
    world.policy([StepSpec([world.destination("ops room", "x")]), StepSpec([world.bob.target], 30 * MINUTE)])
    (page,) = paging.trigger()
    change = {
        "deleted_at": "update destination set deleted_at = now() returning 1",
        "disabled_at": "update destination set disabled_at = now() returning 1",
    }
    world.database.rows(change[column])
    assert paging.claim(page)[0].verdict is Verdict.STOP
    world.database.advance(timedelta(seconds=21))
    paging.sweep()

    assert paging.addresses()[-1] == world.bob.email
    assert [data["reason"] for _, data in told(world, "notification_failed")] == [f"destination_{word}"]
