"""What happens to one monitor at the same instant: results of several regions, again, beside a sweep or a pause."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest

from tests.support.monitors import REGIONS, insert_monitor
from tests.support.threads import Paused, at_once, beside, until_waiting
from tests.support.watching import Watching
from tests.support.world import World
from tocsin.contracts.checks import ResultBatch
from tocsin.domain.monitor import CheckStatus
from tocsin_data.db import Database
from tocsin_data.services import verdicts
from tocsin_data.services.verdicts import Verdicts

DOWN, UP = CheckStatus.DOWN, CheckStatus.UP
MONITORS = 12


class Crowd:
    """Monitors that fail together, whose regions bring it at the same instant."""

    def __init__(self, world: World, **columns: object) -> None:
        self.world = world
        self.watching = Watching(world, "m00", **columns)
        self.ids = [self.watching.monitor_id]
        self.ids += [insert_monitor(world, f"m{n:02}", **columns) for n in range(1, MONITORS)]
        for region in REGIONS:
            self.apply(self.batch(region, UP, self.watching.at))

    def batch(self, region: str, status: CheckStatus, tick: datetime, ids: Sequence[UUID] = ()) -> ResultBatch:
        result = self.watching.result(status, tick)
        found = [result.model_copy(update={"monitor_id": i}) for i in ids or self.ids]
        return ResultBatch(batch_id=uuid4(), region=region, sent_at=tick, results=found)

    def apply(self, batch: ResultBatch, db: Database | None = None) -> Verdicts:
        return verdicts.apply(db or self.watching.worker, [batch])

    def race(self, *calls: Callable[[], Verdicts]) -> list[Verdicts]:
        answers: list[Verdicts] = []
        for answer in at_once([self.watching.worker], calls):
            if isinstance(answer, Exception):
                raise answer
            answers.append(answer)
        return answers

    def incidents(self) -> list[tuple[str, int]]:
        return self.world.database.rows("select status, count(*)::integer from incident group by 1 order by 1")

    def pages(self, answers: Sequence[Verdicts]) -> int:
        return sum(len(leaving.deliveries) for a in answers for leaving in a.leaving)

    def states(self) -> list[tuple[str, int]]:
        return self.world.database.rows("select status, count(*)::integer from monitor_state group by 1 order by 1")


@pytest.fixture
def crowd(world: World) -> Crowd:
    return Crowd(world, failures_to_down=1, successes_to_up=1)


def test_three_regions_at_once_page_once(crowd: Crowd) -> None:
    """Whichever comes last sees the others, so that a quorum is neither missed nor counted twice."""
    at = crowd.watching.at
    down = crowd.race(*(partial(crowd.apply, crowd.batch(r, DOWN, at + timedelta(seconds=30))) for r in REGIONS))
    assert crowd.incidents() == [("triggered", MONITORS)]
    assert crowd.pages(down) == MONITORS
    assert crowd.states() == [("down", MONITORS)]
    up = crowd.race(*(partial(crowd.apply, crowd.batch(r, UP, at + timedelta(seconds=60))) for r in REGIONS))
    assert crowd.incidents() == [("resolved", MONITORS)]
    assert crowd.pages(up) == 0
    assert crowd.states() == [("up", MONITORS)]


def test_the_same_message_three_times_at_once_counts_once(crowd: Crowd) -> None:
    at = crowd.watching.at + timedelta(seconds=30)
    crowd.apply(crowd.batch(REGIONS[0], DOWN, at))
    batch = crowd.batch(REGIONS[1], DOWN, at)
    answers = crowd.race(*[partial(crowd.apply, batch)] * 3)
    assert sum(a.stored for a in answers) == MONITORS
    assert crowd.pages(answers) == MONITORS
    assert crowd.incidents() == [("triggered", MONITORS)]


def test_two_regions_that_list_monitors_in_different_orders_wait_for_each_other_and_never_for_good(
    crowd: Crowd,
) -> None:
    at = crowd.watching.at + timedelta(seconds=30)
    for n in range(6):
        status = DOWN if n % 2 == 0 else UP
        tick = at + timedelta(seconds=10 * n)
        crowd.race(
            partial(crowd.apply, crowd.batch(REGIONS[0], status, tick, crowd.ids)),
            partial(crowd.apply, crowd.batch(REGIONS[1], status, tick, crowd.ids[::-1])),
            partial(crowd.apply, crowd.batch(REGIONS[2], status, tick, crowd.ids[5:] + crowd.ids[:5])),
        )
    assert crowd.world.database.rows("select count(*) from check_result") == [(7 * 3 * MONITORS,)]
    assert crowd.world.database.rows("select count(*) from monitor_span where ends_at is null") == [(MONITORS,)]


def test_a_failure_waits_for_one_that_is_about_to_commit(crowd: Crowd) -> None:
    at = crowd.watching.at + timedelta(seconds=30)
    holding = Paused(crowd.world.database, "worker")
    first, second = (crowd.batch(r, DOWN, at) for r in REGIONS[:2])
    with beside(holding, lambda: crowd.apply(first, holding)) as one:
        assert holding.reached.wait(10)
        with beside(crowd.watching.worker, lambda: crowd.apply(second)) as two:
            until_waiting(crowd.world.database, unless=two.done)
            assert not two.done()
            holding.go.set()
            assert crowd.pages([one.result(), two.result()]) == MONITORS


def test_good_news_of_a_region_that_is_just_found_down_is_judged_again(crowd: Crowd) -> None:
    """What stays up takes no lock of its monitor; it notices that its region is no longer what it was."""
    at = crowd.watching.at + timedelta(seconds=30)
    crowd.apply(crowd.batch(REGIONS[1], DOWN, at))
    holding = Paused(crowd.world.database, "worker")
    with beside(holding, lambda: crowd.apply(crowd.batch(REGIONS[0], DOWN, at), holding)) as failing:
        assert holding.reached.wait(10)
        good = crowd.batch(REGIONS[0], UP, at + timedelta(seconds=10))
        with beside(crowd.watching.worker, lambda: crowd.apply(good)) as fine:
            until_waiting(crowd.world.database, unless=fine.done)
            assert not fine.done()
            holding.go.set()
            failing.result()
            fine.result()
    assert crowd.states() == [("up", MONITORS)]
    assert crowd.incidents() == [("resolved", MONITORS)]


def test_what_stays_up_waits_for_nobody(crowd: Crowd) -> None:
    at = crowd.watching.at + timedelta(seconds=30)
    holding = Paused(crowd.world.database, "worker")
    with beside(holding, lambda: crowd.apply(crowd.batch(REGIONS[0], DOWN, at), holding)) as failing:
        assert holding.reached.wait(10)
        done = crowd.apply(crowd.batch(REGIONS[1], UP, at))
        assert (done.stored, done.judged) == (MONITORS, 0)
        holding.go.set()
        failing.result()


def test_a_sweep_and_a_result_at_once_page_once(world: World) -> None:
    crowd = Crowd(world, failures_to_down=1, successes_to_up=1, confirmation_seconds=30)
    at = crowd.watching.at + timedelta(seconds=10)
    for region in REGIONS:
        crowd.apply(crowd.batch(region, DOWN, at))
    assert crowd.incidents() == []
    crowd.watching.pass_time(seconds=31)
    found = [(world.org_id, i) for i in crowd.ids]
    answers = crowd.race(
        partial(verdicts.look, crowd.watching.worker, found),
        partial(crowd.apply, crowd.batch(REGIONS[0], DOWN, at + timedelta(seconds=30))),
        partial(verdicts.look, crowd.watching.worker, found[::-1]),
    )
    assert crowd.pages(answers) == MONITORS
    assert crowd.incidents() == [("triggered", MONITORS)]


def test_a_pause_while_results_come_leaves_nothing_open(crowd: Crowd) -> None:
    at = crowd.watching.at + timedelta(seconds=30)
    crowd.apply(crowd.batch(REGIONS[1], DOWN, at))
    holding = Paused(crowd.world.database, "worker")
    with beside(holding, lambda: crowd.apply(crowd.batch(REGIONS[0], DOWN, at), holding)) as failing:
        assert holding.reached.wait(10)
        with beside(crowd.watching.app, lambda: crowd.watching.end("paused_at")) as paused:
            until_waiting(crowd.world.database, unless=paused.done)
            holding.go.set()
            failing.result()
            paused.result()
    crowd.watching.look()
    assert crowd.incidents() == [("resolved", 1), ("triggered", MONITORS - 1)]
