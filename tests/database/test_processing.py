"""Events to incidents, as role worker on a real PostgreSQL."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.support.world import MAC_KEYS, StepSpec, World
from tocsin.contracts.events import EventsMessage
from tocsin.domain.dedup import EventAction
from tocsin.platform.tokens import Purpose, issue
from tocsin_data.services.processing import Processed, process

BUDGET = 6000


def run(world: World, *messages: EventsMessage) -> Processed:
    return process(world.database.enter("worker"), messages, key_budget_per_minute=BUDGET)


def incidents(world: World) -> list[tuple]:
    return world.database.rows("select status, title, late from incident order by number")


def test_a_trigger_opens_an_incident_and_pages_the_first_step(world: World) -> None:
    done = run(world, world.request(world.event()))

    assert incidents(world) == [("triggered", "disk full", False)]
    ((page, _),) = done.leaving.deliveries
    assert (page.address, page.incident.title, page.incident.service_name) == (
        world.alice.email,
        "disk full",
        "checkout",
    )
    ((wake_up),) = done.leaving.wake_ups or [None]
    assert wake_up is None
    assert world.database.rows("select state, round, position, armed_at, next_at - created_at from escalation") == [
        ("waiting", 0, 1, None, timedelta(minutes=30))
    ]
    kinds = world.database.rows("select kind from timeline_entry order by at, id")
    assert kinds == [("triggered",), ("paged",)]


def test_a_second_step_within_reach_of_a_queue_gets_its_wake_up(world: World) -> None:
    world.policy([StepSpec([world.alice.target]), StepSpec([world.bob.target], timedelta(minutes=15))])
    done = run(world, world.request())

    (wake_up,) = done.leaving.wake_ups
    assert (wake_up.generation, wake_up.round, wake_up.position) == (0, 0, 1)
    assert wake_up.due_at == done.leaving.now + timedelta(minutes=15)
    assert world.database.rows("select armed_at is not null from escalation") == [(True,)]


def test_a_delayed_first_step_pages_nobody_yet(world: World) -> None:
    world.policy([StepSpec([world.alice.target], timedelta(minutes=2))])
    done = run(world, world.request())

    assert done.leaving.deliveries == []
    assert world.database.rows("select state, position from escalation") == [("waiting", 0)]
    assert len(done.leaving.wake_ups) == 1


def test_more_triggers_of_one_key_only_count(world: World) -> None:
    first = run(world, world.request(world.event()), world.request(world.event(index=0), world.event(index=1)))
    second = run(world, *[world.request(world.event()) for _ in range(10)])

    assert len(first.leaving.deliveries) == 1
    assert second.leaving.deliveries == []
    assert world.database.rows("select event_count, status from alert") == [(13, "open")]
    assert len(incidents(world)) == 1


def test_a_message_that_comes_twice_counts_once(world: World) -> None:
    message = world.request(world.event(), world.event(dedup_key="other", index=1))
    run(world, message, message)
    again = run(world, message)

    assert again.leaving.deliveries == []
    assert world.database.rows("select event_count from alert") == [(1,), (1,)]
    assert world.database.rows("select count(*) from event") == [(2,)]


def test_a_resolve_ends_the_incident_and_what_runs_for_it(world: World) -> None:
    run(world, world.request(world.event()))
    world.database.advance(timedelta(seconds=1))
    run(world, world.request(world.event(EventAction.RESOLVE)))

    assert incidents(world) == [("resolved", "disk full", False)]
    assert world.database.rows("select state, generation from escalation") == [("stopped", 1)]
    assert world.database.rows("select state, reason from notification") == [("cancelled", "incident_moved_on")]
    assert world.database.rows("select status from alert") == [("resolved",)]


def test_an_acknowledge_stops_paging_and_more_triggers_page_nobody(world: World) -> None:
    run(world, world.request(world.event()))
    world.database.advance(timedelta(seconds=1))
    run(world, world.request(world.event(EventAction.ACKNOWLEDGE)))
    world.database.advance(timedelta(seconds=1))
    done = run(world, world.request(world.event()))

    assert incidents(world) == [("acknowledged", "disk full", False)]
    assert done.leaving.deliveries == []
    assert world.database.rows("select event_count from alert") == [(2,)]


def test_a_trigger_after_a_resolve_opens_a_new_incident(world: World) -> None:
    run(world, world.request(world.event()))
    for action in (EventAction.RESOLVE, EventAction.TRIGGER):
        world.database.advance(timedelta(seconds=1))
        done = run(world, world.request(world.event(action)))

    assert [row[0] for row in incidents(world)] == ["resolved", "triggered"]
    assert len(done.leaving.deliveries) == 1


def test_all_of_a_life_in_one_batch(world: World) -> None:
    start = world.now
    messages = [
        world.request(world.event(action), at=start + timedelta(milliseconds=i))
        for i, action in enumerate(
            [EventAction.TRIGGER, EventAction.RESOLVE, EventAction.TRIGGER, EventAction.ACKNOWLEDGE]
        )
    ]
    done = run(world, *reversed(messages))

    assert [row[0] for row in incidents(world)] == ["resolved", "acknowledged"]
    assert done.leaving.deliveries == []
    assert world.database.rows("select status from alert order by id") == [("resolved",), ("open",)]


def test_a_trigger_overtaken_by_its_resolve_opens_nothing(world: World) -> None:
    start = world.now
    run(world, world.request(world.event(EventAction.RESOLVE), at=start + timedelta(seconds=1)))
    done = run(world, world.request(world.event(), at=start))

    assert incidents(world) == []
    assert done.leaving.deliveries == []
    assert world.database.rows("select outcome from event order by received_at") == [
        ("older_than_resolve",),
        ("no_open_alert",),
    ]


def test_an_old_resolve_does_not_end_a_newer_trigger(world: World) -> None:
    start = world.now
    run(world, world.request(world.event(), at=start + timedelta(seconds=1)))
    run(world, world.request(world.event(EventAction.RESOLVE), at=start))

    assert incidents(world) == [("triggered", "disk full", False)]


def test_distinct_keys_open_distinct_incidents_in_few_statements(world: World) -> None:
    messages = [world.request(world.event(dedup_key=f"k{i}")) for i in range(100)]
    done = run(world, *messages)

    assert len(incidents(world)) == 100
    assert len(done.leaving.deliveries) == 100
    assert world.database.rows("select count(distinct number) from incident") == [(100,)]


def test_a_revoked_key_opens_nothing_and_is_counted(world: World) -> None:
    world.database.rows("update routing_key set revoked_at = now() - interval '1 s' returning id")
    done = run(world, world.request(), world.request())

    assert incidents(world) == []
    assert done.refused == 2
    assert done.leaving.publish
    assert world.database.rows("select refused_count from routing_key") == [(2,)]
    assert world.database.rows("select distinct outcome from event") == [("refused_key",)]


def test_a_well_made_key_of_nobody_is_kept_with_its_reason(world: World) -> None:
    done = run(world, world.request(key=issue(Purpose.ROUTING, MAC_KEYS)), world.request())

    assert len(done.unknown) == 1
    assert len(incidents(world)) == 1
    assert world.database.rows("select reason from rejected_message") == [("unknown_key",)]


def test_change_events_are_kept_and_page_nobody(world: World) -> None:
    event = world.event(EventAction.CHANGE).model_copy(update={"dedup_key": None})
    done = run(world, world.request(event))

    assert done.leaving.deliveries == []
    assert world.database.rows("select action, outcome from event") == [("change", "stored")]


def test_late_triggers_open_marked_incidents_and_page_once_a_service(world: World) -> None:
    old = world.now - timedelta(hours=2)
    first = run(world, *[world.request(world.event(dedup_key=f"k{i}"), at=old) for i in range(3)])
    second = run(world, world.request(world.event(dedup_key="k9"), at=old))

    assert [row[2] for row in incidents(world)] == [True] * 4
    assert len(first.leaving.deliveries) == 1
    assert first.leaving.deliveries[0][0].incident.late
    assert second.leaving.deliveries == []
    assert world.database.rows("select count(*) from timeline_entry where kind = 'late_summarised'") == [(3,)]


def test_a_service_without_a_policy_goes_to_the_fallback_contact(world: World) -> None:
    world.database.rows("update service set policy_id = null returning id")
    done = run(world, world.request())

    ((page, _),) = done.leaving.deliveries
    assert page.address == world.fallback
    assert done.exhausted == 1
    assert world.database.rows("select state from escalation") == [("exhausted",)]


def test_a_step_that_reaches_nobody_is_passed_at_once(world: World) -> None:
    ghost = world.person("Ghost", reachable=False)
    world.policy([StepSpec([ghost.target]), StepSpec([world.bob.target], timedelta(minutes=30))])
    done = run(world, world.request())

    assert [page.address for page, _ in done.leaving.deliveries] == [world.bob.email]
    kinds = [row[0] for row in world.database.rows("select kind from timeline_entry order by at, id")]
    assert kinds == ["triggered", "target_unreachable", "step_reached_nobody", "paged"]


def test_a_person_reached_twice_by_a_step_is_paged_once(world: World) -> None:
    team = world.team("ops", [world.alice, world.bob])
    world.policy([StepSpec([team, world.alice.target])])
    done = run(world, world.request())

    assert sorted(page.address or "" for page, _ in done.leaving.deliveries) == sorted(
        [world.alice.email, world.bob.email]
    )


@pytest.mark.parametrize("text", ["\ud800", "\x00"])
def test_what_postgres_refuses_is_named_as_such(world: World, text: str) -> None:
    from tocsin.errors import Unstorable

    event = world.event().model_copy(update={"summary": f"bad {text}"})
    with pytest.raises(Unstorable):
        run(world, world.request(event))
    assert incidents(world) == []


def test_two_organizations_in_a_batch_stay_apart(world: World) -> None:
    other = World(world.database, name="Other")
    done = run(world, world.request(), other.request())

    pages: dict[UUID, str | None] = {page.org_id: page.address for page, _ in done.leaving.deliveries}
    assert pages == {world.org_id: world.alice.email, other.org_id: other.alice.email}


def test_usage_is_counted_and_crossing_the_budget_asks_for_the_edge_state(world: World) -> None:
    messages = [world.request(world.event()) for _ in range(3)]
    below = process(world.database.enter("worker"), messages[:1], key_budget_per_minute=16)
    crossing = process(world.database.enter("worker"), messages[1:], key_budget_per_minute=16)

    assert (below.leaving.publish, crossing.leaving.publish) == (False, True)
    assert world.database.rows("select sum(requests) from routing_key_usage") == [(3,)]
