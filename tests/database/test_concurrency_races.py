"""What happens to one incident at the same instant: claims, answers, wake-ups, sweeps, outcomes."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import LiteralString
from uuid import UUID

import psycopg
import pytest

from tests.support.postgres import TestDatabase
from tests.support.threads import COMMIT_ORDER, Paused, at_once, beside, until_waiting
from tests.support.world import StepSpec, World
from tocsin.contracts.delivery import ClaimAnswer, ClaimItem, DeliveryMessage, OutcomeMessage, Result, Verdict
from tocsin.contracts.events import EventsMessage
from tocsin.contracts.wakeup import WakeUp
from tocsin.domain.dedup import EventAction
from tocsin.domain.incident import Action, WrongStatus
from tocsin_data.db import Database
from tocsin_data.services import claiming, escalating, recording, responding, sweeping
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.processing import Processed, process

RACES = 300


class Duel:
    """A world whose incidents two or more go for at once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.worker = world.database.enter("worker")
        self.app = world.database.enter("app")
        with world.database.admin() as conn:
            conn.execute(COMMIT_ORDER)

    def open(self, count: int = 1) -> list[DeliveryMessage]:
        """Open incidents; answers the pages of their first step, in the order of their keys."""
        now = self.world.now
        messages = [self.world.request(self.world.event(dedup_key=f"k{i:03}"), at=now) for i in range(count)]
        done = process(self.worker, messages, key_budget_per_minute=100_000)
        self.wake_ups = done.leaving.wake_ups
        return [page for page, _ in done.leaving.deliveries]

    def act(self, incident_id: UUID, action: Action = Action.ACKNOWLEDGE, db: Database | None = None) -> bool:
        """Whether it was done; otherwise someone else was quicker."""
        try:
            responding.act(db or self.app, self.world.org_id, incident_id, action, "api_key:test")
        except WrongStatus:
            return False
        return True

    def claim(self, *pages: DeliveryMessage, db: Database | None = None) -> list[ClaimAnswer]:
        items = [ClaimItem(org_id=p.org_id, notification_id=p.notification_id) for p in pages]
        return claiming.claim(db or self.worker, items)

    def outcome(self, page: DeliveryMessage, answer: ClaimAnswer, result: Result, wish: int | None = None) -> None:
        outcome = OutcomeMessage(
            org_id=page.org_id,
            notification_id=page.notification_id,
            attempt_id=answer.attempt_id,
            result=result,
            retry_after_seconds=wish,
            at=self.world.now,
        )
        recording.record(self.worker, [outcome])

    def apply(self, *messages: EventsMessage) -> Processed:
        return process(self.worker, messages, key_budget_per_minute=100_000)

    def race(self, *calls: Callable[[], object]) -> list[object]:
        """Run calls at once; an error that is not an answer fails the test."""
        answers = at_once([self.worker, self.app], calls)
        for answer in answers:
            if isinstance(answer, Exception):
                raise answer
        return answers

    def orders(self) -> dict[UUID, list[str]]:
        """What was claimed and answered, incident by incident, in the order of the commits."""
        found: dict[UUID, list[str]] = {}
        for incident_id, what in self.world.database.rows("select id, what from test.commit_order order by n"):
            found.setdefault(incident_id, []).append(what)
        return found


@pytest.fixture
def duel(world: World) -> Duel:
    return Duel(world)


def sweep(db: Database, into: list[DeliveryMessage]) -> None:
    def sent(leaving: Leaving) -> None:
        into.extend(page for page, _ in leaving.deliveries)

    sweeping.sweep(db, sent)


def states(database: TestDatabase) -> list[tuple]:
    return database.rows("select state, count(*) from notification group by state order by state")


def moved_to_the_end(database: TestDatabase, statement: LiteralString, row_id: UUID) -> None:
    """Rewrite a row by a statement that changes an indexed column: a scan in the order of storage comes to it last."""
    with database.admin() as conn:
        assert conn.execute(statement, (row_id,)).rowcount == 1
        conn.execute("analyze")


NOTIFICATION_LAST = "update notification set due_at = due_at + interval '1 us' where id = %s"
ESCALATION_LAST = "update escalation set next_at = next_at + interval '1 us' where id = %s"


def test_no_claim_commits_after_the_answer_that_stops_it(duel: Duel) -> None:
    pages = duel.open(RACES)
    event = [duel.world.event(EventAction.ACKNOWLEDGE, dedup_key=f"k{i:03}") for i in range(RACES)]
    later = duel.world.now + timedelta(seconds=1)
    answers = [duel.world.request(e, at=later) for e in event]
    went, stopped = 0, 0
    for i, page in enumerate(pages):
        by_event, by_hand = partial(duel.apply, answers[i]), partial(duel.act, page.incident.incident_id)
        (claim,), _ = duel.race(partial(duel.claim, page), by_event if i % 3 == 0 else by_hand)
        went += claim.verdict is Verdict.GO
        stopped += claim.verdict is Verdict.STOP
    orders = duel.orders()

    assert went + stopped == RACES
    assert {tuple(order) for order in orders.values()} <= {("claimed", "answered"), ("answered",)}
    assert sum("claimed" in order for order in orders.values()) == went
    assert len(orders) == RACES


def test_a_claim_waits_for_an_answer_that_is_about_to_commit(duel: Duel) -> None:
    (page,) = duel.open()
    holding = Paused(duel.world.database, "app")
    with beside(holding, lambda: duel.act(page.incident.incident_id, db=holding)) as answered:
        assert holding.reached.wait(10)
        with beside(duel.worker, lambda: duel.claim(page)) as claimed:
            until_waiting(duel.world.database, unless=claimed.done)
            assert not claimed.done()
            holding.go.set()
            (answer,) = claimed.result()
        assert answered.result()
    assert (answer.verdict, answer.reason) == (Verdict.STOP, "incident_moved_on")


def test_a_claim_waits_for_whoever_is_raising_the_generation(duel: Duel) -> None:
    (page,) = duel.open()
    with psycopg.connect(duel.world.database.server.conninfo("postgres", duel.world.database.name)) as raising:
        raising.execute("update escalation set generation = generation + 1")
        with beside(duel.worker, lambda: duel.claim(page)) as claimed:
            until_waiting(duel.world.database, unless=claimed.done)
            assert not claimed.done()
            raising.commit()
            (answer,) = claimed.result()
    assert (answer.verdict, answer.reason) == (Verdict.STOP, "not_due_or_superseded")


def test_a_page_that_failed_while_the_answer_came_is_neither_claimed_nor_left_behind(duel: Duel) -> None:
    (page,) = duel.open()
    (first,) = duel.claim(page)
    answering = Paused(duel.world.database, "app")
    claiming_ = Paused(duel.world.database, "worker")
    with beside(answering, lambda: duel.act(page.incident.incident_id, db=answering)) as answered:
        assert answering.reached.wait(10)
        with beside(duel.worker, lambda: duel.outcome(page, first, Result.TEMPORARY, wish=0)) as recorded:
            until_waiting(duel.world.database, unless=recorded.done)
            with beside(claiming_, lambda: duel.claim(page, db=claiming_)) as claimed:
                until_waiting(duel.world.database, 1 if recorded.done() else 2, unless=claiming_.reached.is_set)
                answering.go.set()
                answered.result()
                claiming_.go.set()
                (again,) = claimed.result()
            recorded.result()
    assert again.verdict is Verdict.STOP
    assert states(duel.world.database) == [("cancelled", 1)]


def test_a_step_taken_while_the_answer_came_pages_nobody_afterwards(duel: Duel) -> None:
    world = duel.world
    world.policy([StepSpec([world.alice.target]), StepSpec([world.bob.target], timedelta(minutes=10))])
    pages = duel.open(60)
    wake_ups = list(duel.wake_ups)
    world.database.advance(timedelta(minutes=10))
    for page, wake_up in zip(pages, wake_ups, strict=True):
        duel.race(
            partial(escalating.wake, duel.worker, [wake_up]),
            partial(duel.act, page.incident.incident_id),
        )

    assert world.database.rows("select state, generation, count(*) from escalation group by 1, 2") == [
        ("stopped", 1, 60)
    ]
    assert {state for state, _ in states(world.database)} == {"cancelled"}
    assert world.database.rows(
        "select max(n) from (select count(*) as n from notification group by incident_id, position)"
    ) == [(1,)]


def test_a_sweep_and_wake_ups_at_once_page_once(duel: Duel) -> None:
    world = duel.world
    world.policy([StepSpec([world.alice.target]), StepSpec([world.bob.target], timedelta(minutes=10))])
    duel.open(20)
    wake_ups: list[WakeUp] = list(duel.wake_ups)
    world.database.rows("update notification set state = 'delivered' returning id")
    world.database.advance(timedelta(minutes=10, seconds=5))
    sent: list[DeliveryMessage] = []

    def wake(batch: list[WakeUp]) -> None:
        sent.extend(page for page, _ in escalating.wake(duel.worker, batch).leaving.deliveries)

    duel.race(
        *[lambda: sweep(duel.worker, sent)] * 3,
        *[partial(wake, batch) for batch in (wake_ups, wake_ups[::-1], wake_ups[::2])],
    )

    assert [page.address for page in sent] == [world.bob.email] * 20
    assert world.database.rows("select count(*) from notification where state = 'queued'") == [(20,)]
    assert world.database.rows("select count(*) from timeline_entry where kind = 'paged'") == [(40,)]


def test_of_two_answers_at_once_one_wins(duel: Duel) -> None:
    for page in duel.open(40):
        done = duel.race(*[partial(duel.act, page.incident.incident_id)] * 2)
        assert sorted(done) == [False, True]
    told = "select count(*), count(distinct incident_id) from timeline_entry where kind = 'acknowledged'"
    assert duel.world.database.rows(told) == [(40, 40)]


def test_an_acknowledge_and_a_resolve_at_once_end_resolved(duel: Duel) -> None:
    for page in duel.open(40):
        incident_id = page.incident.incident_id
        duel.race(partial(duel.act, incident_id), partial(duel.act, incident_id, Action.RESOLVE))
    assert duel.world.database.rows("select distinct status from incident") == [("resolved",)]
    assert duel.world.database.rows("select count(*) from dedup_key where open_alert_id is not null") == [(0,)]


def test_one_outcome_recorded_by_several_at_once_counts_once(duel: Duel) -> None:
    for page in duel.open(10):
        (answer,) = duel.claim(page)
        duel.race(*[partial(duel.outcome, page, answer, Result.DELIVERED)] * 4)
    assert states(duel.world.database) == [("delivered", 10)]
    assert duel.world.database.rows("select count(*) from timeline_entry where kind = 'notification_delivered'") == [
        (10,)
    ]


@pytest.mark.parametrize("other", ["claim", "record"])
def test_an_answer_and_a_batch_of_pages_take_their_rows_in_one_order(duel: Duel, other: str) -> None:
    world = duel.world
    world.policy([StepSpec([world.alice.target, world.bob.target])])
    first, last = sorted(duel.open(), key=lambda page: page.notification_id)
    if other == "record":
        claims = dict(zip((first, last), duel.claim(first, last), strict=True))
        world.database.rows("update notification set state = 'queued' returning id")
    moved_to_the_end(world.database, NOTIFICATION_LAST, first.notification_id)
    outcomes = [
        OutcomeMessage(
            org_id=page.org_id,
            notification_id=page.notification_id,
            attempt_id=claims[page].attempt_id if other == "record" else None,
            result=Result.DELIVERED,
            at=world.now,
        )
        for page in (first, last)
    ]
    batch: Callable[[], object] = (
        (lambda: duel.claim(first, last)) if other == "claim" else (lambda: recording.record(duel.worker, outcomes))
    )
    lock = "select from notification where id = %s for update"
    with psycopg.connect(world.database.server.conninfo("postgres", world.database.name)) as holding:
        holding.execute(lock, (first.notification_id,))
        with beside(duel.worker, batch) as batched:
            until_waiting(world.database, 1)
            with beside(duel.app, lambda: duel.act(first.incident.incident_id)) as answered:
                until_waiting(world.database, 2)
                holding.rollback()
                assert answered.result()
                batched.result()


@pytest.mark.parametrize("other", ["resolve", "arm"])
def test_what_takes_several_escalations_takes_them_in_one_order(duel: Duel, other: str) -> None:
    world = duel.world
    world.policy([StepSpec([world.alice.target]), StepSpec([world.bob.target], timedelta(minutes=10))])
    duel.open(2)
    wake_ups = sorted(duel.wake_ups, key=lambda w: w.escalation_id)
    first = wake_ups[0].escalation_id
    moved_to_the_end(world.database, ESCALATION_LAST, first)
    later = world.now + timedelta(seconds=1)
    resolves = [world.request(world.event(EventAction.RESOLVE, dedup_key=f"k{i:03}"), at=later) for i in range(2)]
    found = [(w.org_id, w.escalation_id) for w in wake_ups]
    if other == "arm":
        world.database.rows("update escalation set armed_at = null returning id")
        moved_to_the_end(world.database, ESCALATION_LAST, first)
    several: Callable[[], object] = (
        (lambda: duel.apply(*resolves))
        if other == "resolve"
        else (lambda: escalating.arm(duel.worker, found, world.now + timedelta(minutes=15)))
    )
    with psycopg.connect(world.database.server.conninfo("postgres", world.database.name)) as holding:
        holding.execute("select from escalation where id = %s for update", (first,))
        with beside(duel.worker, lambda: escalating.wake(duel.worker, wake_ups)) as woken:
            until_waiting(world.database, 1)
            with beside(duel.worker, several) as taken:
                until_waiting(world.database, 2, unless=taken.done)
                holding.rollback()
                woken.result()
                taken.result()


def test_everything_at_once_ends_without_a_deadlock_and_with_nothing_left_queued(duel: Duel) -> None:
    world = duel.world
    world.policy(
        [StepSpec([world.alice.target, world.bob.target]), StepSpec([world.bob.target], timedelta(minutes=10))]
    )
    pages = duel.open(20)
    wake_ups = list(duel.wake_ups)
    claims = dict(zip([p.notification_id for p in pages[::2]], duel.claim(*pages[::2]), strict=True))
    world.database.advance(timedelta(minutes=10, seconds=5))
    later = {EventAction.ACKNOWLEDGE: world.now, EventAction.RESOLVE: world.now}
    events = [
        world.request(world.event(action, dedup_key=f"k{i:03}"), at=later.get(action, world.now - timedelta(hours=1)))
        for i, action in enumerate([EventAction.TRIGGER, EventAction.ACKNOWLEDGE, EventAction.RESOLVE] * 6)
    ]
    sent: list[DeliveryMessage] = []

    def act_on_all() -> None:
        for page in pages:
            duel.act(page.incident.incident_id, Action.RESOLVE)

    def record_all() -> None:
        for page in pages[::2]:
            duel.outcome(page, claims[page.notification_id], Result.TEMPORARY, wish=0)

    duel.race(
        act_on_all,
        record_all,
        lambda: duel.claim(*pages[1::2]),
        lambda: duel.apply(*events),
        lambda: duel.apply(*events[::-1]),
        lambda: escalating.wake(duel.worker, wake_ups),
        lambda: escalating.wake(duel.worker, wake_ups[::-1]),
        lambda: sweep(duel.worker, sent),
    )

    assert world.database.rows("select distinct status from incident") == [("resolved",)]
    assert world.database.rows("select distinct state from escalation") == [("stopped",)]
    assert "queued" not in dict(states(world.database))
