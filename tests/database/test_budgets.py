"""How many statements each use case takes, begin and commit among them: the same few, however large its batch."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from tests.support.wire import Wire
from tests.support.world import StepSpec, World
from tocsin.contracts.delivery import ClaimAnswer, ClaimItem, DeliveryMessage, OutcomeMessage, Result
from tocsin.contracts.events import EventsMessage
from tocsin.contracts.wakeup import WakeUp
from tocsin.domain.dedup import EventAction
from tocsin.domain.incident import Action
from tocsin.platform.tokens import digest
from tocsin_data.services import calling, claiming, escalating, recording, responding, sweeping
from tocsin_data.services.processing import process
from tocsin_data.views import incidents

OPENING, COUNTING, ACKNOWLEDGING, RESOLVING, STORING = 11, 8, 10, 11, 5
CLAIMING, REFUSING = 4, 5
DELIVERED, FAILED, TRIED_AGAIN = 6, 6, 7
WAKING, WAKING_IN_VAIN, MOVING_ON = 7, 4, 8
SWEEPING_IDLE, SWEEPING_OVERDUE = 9, 16
TURNING = 10
"""What a sweep takes besides when an hour has closed."""
SIZES = pytest.mark.parametrize("size", [1, 10])


class Budget:
    """Counts what calls send over the wire."""

    def __init__(self, world: World) -> None:
        world.policy([StepSpec([world.alice.target]), StepSpec([world.bob.target], timedelta(minutes=10))])
        self.world = world
        self.worker = world.database.enter("worker")
        self.app = world.database.enter("app")
        self.wire = Wire(world.database)

    def statements[T](self, call: Callable[[], T]) -> tuple[int, T]:
        """How many statements a call takes, and its answer."""
        self.wire.since()
        answer = call()
        return len(self.wire.since()), answer

    def requests(self, size: int, action: EventAction = EventAction.TRIGGER) -> list[EventsMessage]:
        return [self.world.request(self.world.event(action, f"k{n}")) for n in range(size)]

    def open(self, size: int) -> tuple[list[DeliveryMessage], list[WakeUp]]:
        """Incidents, with the pages and wake-ups that left."""
        done = process(self.worker, self.requests(size), key_budget_per_minute=6000)
        assert done.opened == size
        return [page for page, _ in done.leaving.deliveries], done.leaving.wake_ups

    def claim(self, pages: Sequence[DeliveryMessage]) -> list[ClaimAnswer]:
        items = [ClaimItem(org_id=page.org_id, notification_id=page.notification_id) for page in pages]
        return claiming.claim(self.worker, items)

    def outcomes(self, pages: Sequence[DeliveryMessage], result: Result) -> list[OutcomeMessage]:
        return [
            OutcomeMessage(
                org_id=page.org_id,
                notification_id=page.notification_id,
                attempt_id=answer.attempt_id,
                result=result,
                at=self.world.now,
            )
            for page, answer in zip(pages, self.claim(pages), strict=True)
        ]


@pytest.fixture
def budget(world: World) -> Budget:
    return Budget(world)


@SIZES
def test_events(budget: Budget, size: int) -> None:
    def taken(action: EventAction) -> int:
        requests = budget.requests(size, action)
        return budget.statements(lambda: process(budget.worker, requests, key_budget_per_minute=6000))[0]

    assert taken(EventAction.TRIGGER) == OPENING
    assert taken(EventAction.TRIGGER) == COUNTING
    assert taken(EventAction.CHANGE) == STORING
    budget.world.database.advance(timedelta(seconds=1))
    assert taken(EventAction.ACKNOWLEDGE) == ACKNOWLEDGING
    budget.world.database.advance(timedelta(seconds=1))
    assert taken(EventAction.RESOLVE) == RESOLVING
    statuses = budget.world.database.rows("select status from incident")
    assert statuses == [("resolved",)] * size


@SIZES
def test_claims(budget: Budget, size: int) -> None:
    pages, _ = budget.open(size)
    taken, answers = budget.statements(lambda: budget.claim(pages))
    assert (taken, sum(a.attempt_id is not None for a in answers)) == (CLAIMING, size)
    taken, answers = budget.statements(lambda: budget.claim(pages))
    assert (taken, sum(a.attempt_id is not None for a in answers)) == (REFUSING, 0)


@SIZES
@pytest.mark.parametrize(
    ("result", "expected", "state"),
    [
        (Result.DELIVERED, DELIVERED, "delivered"),
        (Result.PERMANENT, FAILED, "failed"),
        (Result.TEMPORARY, TRIED_AGAIN, "queued"),
    ],
)
def test_outcomes(budget: Budget, size: int, result: Result, expected: int, state: str) -> None:
    pages, _ = budget.open(size)
    outcomes = budget.outcomes(pages, result)
    taken, recorded = budget.statements(lambda: recording.record(budget.worker, outcomes))
    assert taken == expected
    assert budget.world.database.rows("select state from notification") == [(state,)] * size
    if result is Result.PERMANENT:
        taken, moved = budget.statements(lambda: escalating.move_on(budget.worker, recorded.failed))
        assert (taken, len(moved.leaving.deliveries)) == (MOVING_ON, size)


@SIZES
def test_wake_ups(budget: Budget, size: int) -> None:
    _, wake_ups = budget.open(size)
    budget.world.database.advance(timedelta(minutes=10))
    taken, woken = budget.statements(lambda: escalating.wake(budget.worker, wake_ups))
    assert (taken, len(woken.leaving.deliveries)) == (WAKING, size)
    taken, woken = budget.statements(lambda: escalating.wake(budget.worker, wake_ups))
    assert (taken, len(woken.leaving.deliveries)) == (WAKING_IN_VAIN, 0)


@SIZES
def test_sweeps(budget: Budget, size: int) -> None:
    def taken() -> tuple[int, sweeping.Swept]:
        return budget.statements(lambda: sweeping.sweep(budget.worker, lambda _leaving: None))

    until_half_past = timedelta(minutes=(30 - budget.world.now.minute) % 60)
    budget.world.database.advance(until_half_past)
    budget.open(size)
    budget.world.database.rows("update notification set state = 'delivered' returning id")
    assert taken()[0] == SWEEPING_IDLE + TURNING
    statements, swept = taken()
    assert (statements, any(swept.counts.values())) == (SWEEPING_IDLE, False)
    budget.world.database.advance(timedelta(minutes=10, seconds=4))
    statements, swept = taken()
    assert (statements, swept.overdue) == (SWEEPING_OVERDUE, size)


def test_the_api(budget: Budget) -> None:
    budget.open(2)
    app, org_id, key = budget.app, budget.world.org_id, budget.world.api_key()
    first, second = (row[0] for row in budget.world.database.rows("select id from incident order by id"))
    everything = incidents.Wanted()
    calls: dict[str, Callable[[], object]] = {
        "authenticate": lambda: calling.by_api_key(app, digest(key), calling.Origin()),
        "list": lambda: incidents.page(app, org_id, everything, past=None, limit=50),
        "get": lambda: incidents.get(app, org_id, first),
        "acknowledge": lambda: responding.act(app, org_id, first, Action.ACKNOWLEDGE, "api_key:test"),
        "resolve": lambda: responding.act(app, org_id, second, Action.RESOLVE, "api_key:test"),
    }
    taken = {name: budget.statements(call)[0] for name, call in calls.items()}
    # Resolving asks besides whether any status page tells of it. Events know that with the rest of what they read;
    # for one click a statement more is cheaper than the same question in every move of an incident.
    assert taken == {"authenticate": 1, "list": 5, "get": 9, "acknowledge": 7, "resolve": 9}
