"""Where pages have failed the escalation moves on, whatever comes between writing the failure and what follows it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest

from tests.support.paging import Paging
from tests.support.world import StepSpec, World
from tocsin.domain.notification import CLAIM_SILENCE


@pytest.fixture
def paging(world: World) -> Paging:
    world.policy([StepSpec([world.alice.target]), StepSpec([world.bob.target], timedelta(hours=6))])
    return Paging(world)


@contextmanager
def unmovable(world: World) -> Iterator[None]:
    """No escalation can be written meanwhile."""
    with world.database.admin() as conn:
        conn.execute("alter table escalation add constraint escalation_stays check (false) not valid")
    yield
    with world.database.admin() as conn:
        conn.execute("alter table escalation drop constraint escalation_stays")


def states(world: World) -> list[str]:
    return [row[0] for row in world.database.rows("select state from notification order by id")]


def test_after_a_mail_that_came_back_when_it_is_told_again(paging: Paging, world: World) -> None:
    (page,) = paging.trigger()
    with unmovable(world), pytest.raises(psycopg.errors.CheckViolation):
        paging.take_back(page)
    assert states(world) == ["failed"]
    paging.take_back(page)
    assert paging.addresses() == [world.alice.email, world.bob.email]
    paging.take_back(page)
    assert states(world) == ["failed", "queued"]


def test_after_a_page_given_up_for_silence_with_the_next_sweep(paging: Paging, world: World) -> None:
    (page,) = paging.trigger()
    paging.claim(page)
    world.database.rows("update notification set uncertain_count = 5 returning 1")
    world.database.advance(CLAIM_SILENCE)
    with unmovable(world):
        assert paging.sweep().failed == 1
    paging.sweep()
    assert paging.addresses() == [world.alice.email, world.bob.email]
    assert states(world) == ["failed", "queued"]


def test_after_a_page_whose_contact_method_is_gone_with_the_next_sweep(paging: Paging, world: World) -> None:
    paging.trigger()
    world.database.rows(
        "update contact_method set disabled_at = now() where address = %s returning 1", world.alice.email
    )
    world.database.advance(timedelta(seconds=21))
    with unmovable(world):
        assert paging.sweep().failed == 1
    paging.sweep()
    assert paging.addresses() == [world.alice.email, world.bob.email]
    assert states(world) == ["failed", "queued"]
