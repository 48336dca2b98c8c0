"""What becomes of a monitor: its state, its spans, and the events that page, on a real PostgreSQL."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from tests.support.monitors import insert_monitor
from tests.support.paging import Paging
from tests.support.public_pages import Page
from tests.support.world import World
from tocsin.contracts.api_event_rules import EventRulesInput
from tocsin.domain.monitor import CheckStatus, Reason
from tocsin.domain.permission import Role
from tocsin_data.services import event_rules
from tocsin_data.services.actors import Actor
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.memberships import By
from tocsin_data.services.monitor_moves import Change, Moves
from tocsin_data.sql import monitor_states
from tocsin_data.views import events, incidents


class Moved:
    """A monitor and what it does."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.paging = Paging(world)
        self.monitor_id = insert_monitor(world, "Checkout", tags=["shop"])

    def to(self, status: CheckStatus, at: datetime | None = None, detail: str = "") -> list[str | None]:
        """Move it; answers who is paged."""
        return [page.address for page in self.paging.sent(self._left(status, at, detail))]

    def asked(self, status: CheckStatus) -> bool:
        """Move it; answers whether its organization's pages are to be published."""
        return self._left(status, None, "").pages == {self.world.org_id}

    def _left(self, status: CheckStatus, at: datetime | None, detail: str) -> Leaving:
        with self.paging.worker.many([self.world.org_id]) as tx:
            held = monitor_states.hold(tx, [self.monitor_id])
            leaving = Leaving(tx.now)
            change = Change(held[self.monitor_id], status, at or tx.now, Reason.TIMEOUT, detail, {"regions": {}})
            Moves(tx, leaving).apply([change])
        return leaving

    def spans(self) -> list[tuple[str, bool]]:
        rows = self.world.database.rows(
            "select status, ends_at is null from monitor_span where monitor_id = %s order by starts_at, id",
            self.monitor_id,
        )
        return [(status, is_open) for status, is_open in rows]


@pytest.fixture
def moved(world: World) -> Moved:
    return Moved(world)


def test_what_is_down_pages_once_and_ends_by_itself(moved: Moved, world: World) -> None:
    assert moved.to(CheckStatus.UP) == []
    assert moved.to(CheckStatus.DOWN, detail="timeout in eu-west-1") == [world.alice.email]
    assert moved.to(CheckStatus.DOWN, detail="timeout in eu-west-1") == []
    assert moved.to(CheckStatus.UP) == []
    rows = world.database.rows("select title, status, severity, resolved_by, labels->>'tags' from incident")
    words = "Checkout is down: timeout in eu-west-1"
    assert rows == [(words, "resolved", "critical", f"monitor:{moved.monitor_id}", "shop")]
    assert moved.spans() == [("up", False), ("down", False), ("up", True)]


def test_unknown_says_nothing_and_what_was_open_stays_open(moved: Moved, world: World) -> None:
    moved.to(CheckStatus.DOWN)
    moved.to(CheckStatus.UNKNOWN)
    assert world.database.rows("select status from incident") == [("triggered",)]
    assert moved.to(CheckStatus.DOWN) == []
    moved.to(CheckStatus.UP)
    assert world.database.rows("select status from incident") == [("resolved",)]


def test_a_span_never_begins_before_the_one_it_ends(moved: Moved, world: World) -> None:
    moved.to(CheckStatus.UP)
    moved.to(CheckStatus.DOWN, at=world.now - timedelta(hours=3))
    ((starts, ends),) = world.database.rows(
        "select max(starts_at), max(ends_at) from monitor_span where monitor_id = %s", moved.monitor_id
    )
    assert starts == ends


def test_a_recovery_counts_although_its_transaction_began_first(moved: Moved, world: World) -> None:
    """Two transactions wait for one row: the clock of the second to hold it may be behind that of the first."""
    moved.to(CheckStatus.DOWN)
    with world.database.admin() as conn:
        conn.execute("update monitor_state set told_at = told_at + interval '5 seconds'")
        conn.execute("update dedup_key set triggered_at = triggered_at + interval '5 seconds'")
    moved.to(CheckStatus.UP)
    assert world.database.rows("select status from incident") == [("resolved",)]


def test_timelines_and_events_name_the_monitor(moved: Moved, world: World) -> None:
    moved.to(CheckStatus.DOWN)
    incident_id: UUID = moved.paging.incident()
    timeline = incidents.timeline(moved.paging.app, world.org_id, incident_id, after=None, limit=10)
    assert [e.actor_name for e in timeline if e.kind == "triggered"] == ["monitor Checkout"]
    (event,) = events.page(moved.paging.app, world.org_id, world.service_id, before=None, limit=10)
    assert (event.monitor_id, event.integration_id, event.routing_key_id) == (moved.monitor_id, None, None)
    assert event.dedup_key == f"monitor:{moved.monitor_id}"
    traced = events.get(moved.paging.app, world.org_id, event.id)
    assert traced.labels["monitor"] == "Checkout"


def test_rules_see_a_monitor_where_they_see_an_integration(moved: Moved, world: World) -> None:
    rule = {
        "name": "shop",
        "condition": "event.protocol == 'monitor' && integration.name == 'Checkout' && labels.tags == 'shop'",
        "actions": {"suppress": True},
    }
    data = EventRulesInput.model_validate({"time_zone": "UTC", "rules": [rule]})
    by = By(Actor("system", None), Role.ADMIN, None)
    event_rules.put_rules(moved.paging.app, world.org_id, by, None, data, version=1)
    assert moved.to(CheckStatus.DOWN) == []
    ((muted_by,),) = world.database.rows("select muted_by from incident")
    assert muted_by.startswith("rule:")


def test_pages_are_asked_for_that_show_it_by_themselves(moved: Moved, world: World) -> None:
    """Of whoever has a public page with the monitor on it, and when the monitor is something else than before."""
    other = Moved(World(world.database, name="Other"))
    page, theirs = Page(world), Page(other.world, automatic="suggest")
    page.component("Shop", monitors=[moved.monitor_id])
    theirs.component("Shop", monitors=[other.monitor_id])
    assert [one.asked(CheckStatus.UP) for one in (moved, moved, other)] == [True, False, False]
    page.set(visibility="private")
    assert not moved.asked(CheckStatus.DEGRADED)
    page.set(visibility="public", deleted_at=world.now)
    assert not moved.asked(CheckStatus.UP)
