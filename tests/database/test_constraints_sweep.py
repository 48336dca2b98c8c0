"""A sweep goes on past a row that it can do nothing with, and says so."""

import json
from datetime import timedelta

import pytest

from tests.support.world import StepSpec, World
from tocsin_data.services import sweeping
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.processing import process


@pytest.mark.parametrize("bad", [{"kind": "carrier_pigeon", "value": "x"}, {"kind": "user", "value": "not an id"}, {}])
def test_one_escalation_that_cannot_be_taken_leaves_the_others_to_be(world: World, bad: dict[str, str]) -> None:
    other = World(world.database, name="Other")
    for found in (world, other):
        found.policy([StepSpec([found.alice.target]), StepSpec([found.bob.target], timedelta(minutes=10))])
    worker = world.database.enter("worker")
    messages = [world.request(), *[other.request(other.event(dedup_key=f"k{i}")) for i in range(5)]]
    process(worker, messages, key_budget_per_minute=6000)
    world.database.rows(
        "update escalation_policy_step set targets = %s where policy_id = %s and position = 1 returning 1",
        json.dumps([bad]),
        world.policy_id,
    )
    world.database.rows("update notification set state = 'delivered' returning id")
    world.database.advance(timedelta(minutes=10, seconds=4))
    sent: list[Leaving] = []
    swept = sweeping.sweep(worker, sent.append)

    pages = [page.address for leaving in sent for page, _ in leaving.deliveries]
    assert pages == [other.bob.email] * 5
    assert (swept.overdue, swept.counts["failed"]) == (5, 1)
    assert world.database.rows("select counts->>'failed' from sweep_run") == [("1",)]


def test_a_batch_of_escalations_that_others_hold_hides_none_behind_it(world: World) -> None:
    world.policy([StepSpec([world.alice.target]), StepSpec([world.bob.target], timedelta(minutes=10))])
    worker = world.database.enter("worker")
    messages = [world.request(world.event(dedup_key=f"k{i}")) for i in range(sweeping.BATCH + 1)]
    process(worker, messages, key_budget_per_minute=6000)
    world.database.rows("update notification set state = 'delivered' returning id")
    world.database.advance(timedelta(minutes=10, seconds=4))
    sent: list[Leaving] = []
    with world.database.admin() as conn, conn.transaction():
        conn.execute("select from escalation order by next_at, id limit %s for update", (sweeping.BATCH,))
        swept = sweeping.sweep(worker, sent.append)

    assert swept.overdue == 1
    assert [page.address for leaving in sent for page, _ in leaving.deliveries] == [world.bob.email]
    assert sweeping.sweep(worker, sent.append).overdue == sweeping.BATCH
