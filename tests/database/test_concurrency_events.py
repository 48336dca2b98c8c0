"""Batches of events processed at the same time, each in a thread and a connection of its own."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest

from tests.support.threads import Paused, at_once, beside, until_waiting
from tests.support.world import MAC_KEYS, World
from tocsin.contracts.events import EventsMessage
from tocsin.domain.dedup import EventAction
from tocsin.platform.tokens import Purpose, issue
from tocsin_data.services.processing import Processed, process


def run_at_once(world: World, batches: Sequence[Sequence[EventsMessage]]) -> list[Processed]:
    worker = world.database.enter("worker")
    calls = [lambda batch=batch: process(worker, batch, key_budget_per_minute=100_000) for batch in batches]
    done = at_once([worker], calls)
    failed = [answer for answer in done if isinstance(answer, Exception)]
    assert failed == []
    return [answer for answer in done if isinstance(answer, Processed)]


def pages(done: Sequence[Processed]) -> list[str | None]:
    return [page.address for answer in done for page, _ in answer.leaving.deliveries]


def test_a_storm_of_one_key_is_one_incident_and_one_page_and_all_are_counted(world: World) -> None:
    now = world.now
    batches = [
        [world.request(*[world.event(index=i) for i in range(10)], at=now) for _ in range(10)] for _ in range(10)
    ]
    done = run_at_once(world, batches)

    assert world.database.rows("select status from incident") == [("triggered",)]
    assert world.database.rows("select event_count from alert") == [(1000,)]
    assert world.database.rows("select outcome, count(*) from event group by outcome order by 1") == [
        ("counted", 999),
        ("opened", 1),
    ]
    assert pages(done) == [world.alice.email]
    assert sum(answer.opened for answer in done) == 1
    assert sum(answer.counted for answer in done) == 999


def test_one_message_processed_by_many_at_once_counts_once(world: World) -> None:
    change = world.event(EventAction.CHANGE)
    message = world.request(world.event(), world.event(index=1), change.model_copy(update={"index": 2}))
    done = run_at_once(world, [[message]] * 8)

    assert world.database.rows("select event_count from alert") == [(2,)]
    assert world.database.rows("select count(*) from event") == [(3,)]
    assert world.database.rows("select count(*) from incident") == [(1,)]
    assert pages(done) == [world.alice.email]


def test_one_refused_message_processed_by_many_at_once_is_counted_once(world: World) -> None:
    world.database.rows("update routing_key set revoked_at = now() - interval '1 s' returning id")
    for _ in range(5):
        message = world.request(world.event(), world.event(index=1))
        run_at_once(world, [[message], [message, message], *[[message]] * 6])

    assert world.database.rows("select count(*) from event where outcome = 'refused_key'") == [(10,)]
    assert world.database.rows("select refused_count from routing_key") == [(10,)]


def test_change_events_redelivered_in_another_order_never_deadlock(world: World) -> None:
    now = world.now
    first, middle, last = (
        world.request(world.event(EventAction.CHANGE).model_copy(update={"event_id": UUID(int=i)}), at=now)
        for i in (1, 2, 3)
    )
    holding = Paused(world.database, "worker")
    worker = world.database.enter("worker")

    def run(batch: list[EventsMessage]) -> Processed:
        return process(worker, batch, key_budget_per_minute=100_000)

    with beside(holding, lambda: process(holding, [middle], key_budget_per_minute=100_000)) as held:
        assert holding.reached.wait(10)
        with (
            beside(worker, lambda: run([first, middle, last])) as one,
            beside(worker, lambda: run([last, middle, first])) as other,
        ):
            until_waiting(world.database, 2)
            holding.go.set()
            for answer in (held, one, other):
                answer.result()
    assert world.database.rows("select count(*) from event where outcome = 'stored'") == [(3,)]


def test_one_message_of_an_unknown_key_is_kept_once(world: World) -> None:
    message = world.request(key=issue(Purpose.ROUTING, MAC_KEYS))
    run_at_once(world, [[message]] * 8)
    assert world.database.rows("select reason from rejected_message") == [("unknown_key",)]


def test_distinct_keys_open_distinct_incidents_each_paged_once(world: World) -> None:
    now = world.now
    batches = [
        [world.request(world.event(dedup_key=f"k{thread}-{i}"), at=now) for i in range(10)] for thread in range(10)
    ]
    done = run_at_once(world, batches)

    assert world.database.rows("select count(*), count(distinct number) from incident") == [(100, 100)]
    assert Counter(pages(done)) == {world.alice.email: 100}
    assert world.database.rows(
        "select count(*), count(distinct incident_id) from notification where state = 'queued'"
    ) == [(100, 100)]


@pytest.mark.parametrize("seed", range(3))
def test_the_same_keys_in_different_orders_wait_for_each_other_and_never_deadlock(world: World, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - an order for a test
    now = world.now
    other = World(world.database, name="Other")
    second = issue(Purpose.ROUTING, MAC_KEYS)
    world.add_key(second)
    batches: list[list[EventsMessage]] = []
    triggers: Counter[tuple[World, str]] = Counter()
    for n in range(60):
        batch = []
        for name in random.sample(range(12), 8):
            where = random.choice([world, other])
            action = random.choice([EventAction.TRIGGER, EventAction.TRIGGER, EventAction.ACKNOWLEDGE])
            key = random.choice([second, where.routing_key]) if where is world else where.routing_key
            event = where.event(action, dedup_key=f"k{name}")
            batch.append(where.request(event, at=now + timedelta(milliseconds=n), key=key))
            triggers[where.org_id, f"k{name}"] += action is EventAction.TRIGGER
        batches.append(batch)
    for start in range(0, len(batches), 10):
        run_at_once(world, batches[start : start + 10])

    counted = {
        (row[0], row[1]): row[2] for row in world.database.rows("select org_id, dedup_key, event_count from alert")
    }
    assert counted == {key: count for key, count in triggers.items() if count}
    assert world.database.rows("select count(*) from event") == [(480,)]


@pytest.mark.parametrize("seed", range(3))
def test_triggers_and_resolves_at_once_end_as_the_newest_says(world: World, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - an order for a test
    start = world.now
    actions = [random.choice([EventAction.TRIGGER, EventAction.RESOLVE]) for _ in range(40)]
    messages = [
        world.request(world.event(action), at=start + timedelta(milliseconds=i)) for i, action in enumerate(actions)
    ]
    random.shuffle(messages)
    run_at_once(world, [messages[i::8] for i in range(8)])

    open_alerts = world.database.rows("select count(*) from alert where status = 'open'")
    assert open_alerts == [(int(actions[-1] is EventAction.TRIGGER),)]
    assert world.database.rows("select count(*) from incident where status <> 'resolved'") == open_alerts
    assert world.database.rows("select count(*) from escalation where state = 'waiting'") == open_alerts
    assert world.database.rows("select count(*) from notification where state = 'queued'") == open_alerts


def test_late_events_of_a_service_at_once_are_summarised_by_one_page(world: World) -> None:
    old = world.now - timedelta(hours=3)
    done = run_at_once(world, [[world.request(world.event(dedup_key=f"k{i}"), at=old)] for i in range(8)])

    assert pages(done) == [world.alice.email]
    assert world.database.rows("select count(*) from incident where late") == [(8,)]
    assert world.database.rows("select count(*) from timeline_entry where kind = 'late_summarised'") == [(7,)]
