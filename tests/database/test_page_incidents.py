"""What incidents of services make of components, now and in the days gone by, on a real PostgreSQL."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.support.public_pages import Page
from tests.support.world import World
from tocsin.contracts.api_event_rules import WindowInput
from tocsin.contracts.api_status_pages import OverrideInput
from tocsin.contracts.api_status_reports import MaintenanceInput
from tocsin.contracts.page_snapshot import SnapshotComponent
from tocsin.domain.dedup import EventAction
from tocsin.domain.incident import Severity
from tocsin.domain.status_page import ComponentStatus, ReportStatus
from tocsin_data.db import Database
from tocsin_data.services import components, maintenance, page_snapshots, status_reports, sweeping
from tocsin_data.services.actors import Actor
from tocsin_data.services.page_site import Site
from tocsin_data.services.page_snapshots import PublicPage
from tocsin_data.services.processing import process

SITE = Site("https://status.example")
MAYA = Actor("user", "00000000-0000-4000-8000-00000000000a")
HOUR = timedelta(hours=1)
MUTED = """
    update incident i set muted_by = %s from alert a
    where a.org_id = %s and a.incident_id = i.id and a.dedup_key = %s returning i.id
"""


class Shop:
    """A page that publishes by itself, whose only component is made of the world's service."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.worker, self.app = world.database.enter("worker"), world.database.enter("app")
        self.page = Page(world)
        self.component_id = self.page.component("Shop", services=[world.service_id])

    def trigger(self, key: str = "disk", *, ago: timedelta = timedelta(0)) -> None:
        event = self.world.event(dedup_key=key).model_copy(update={"severity": Severity.CRITICAL})
        at = self.world.now - ago
        process(self.worker, [self.world.request(event, at=at)], key_budget_per_minute=1_000)

    def resolve(self, key: str = "disk") -> None:
        request = self.world.request(self.world.event(EventAction.RESOLVE, key))
        process(self.worker, [request], key_budget_per_minute=1_000)

    def shown(self) -> SnapshotComponent:
        return shown(self.worker, self.page)

    def down(self) -> float:
        """For how many hours it was down; the clock goes on meanwhile."""
        return round(sum(day.down_seconds for day in self.shown().days) / HOUR.total_seconds(), 2)


def shown(worker: Database, page: Page) -> SnapshotComponent:
    found = page_snapshots.read(worker, PublicPage(page.world.org_id, page.page_id, page.slug), SITE)
    assert found is not None
    (component,) = found.snapshot.components
    return component


@pytest.fixture
def shop(world: World) -> Shop:
    return Shop(world)


def test_an_incident_is_seen_while_it_lasts_and_in_the_day_it_was(shop: Shop, world: World) -> None:
    shop.trigger()
    assert shop.shown().status == "major_outage"
    world.database.advance(HOUR)
    shop.resolve()
    assert (shop.shown().status, shop.down()) == ("operational", 1)


def test_what_is_not_for_the_public_turns_no_component_red(shop: Shop, world: World) -> None:
    shop.page.set(automatic="off")
    shop.trigger("muted")
    shop.trigger("late", ago=2 * HOUR)
    shop.trigger(f"monitor:{uuid4()}:certificate")
    world.database.rows(MUTED, f"rule:{uuid4()}", world.org_id, "muted")
    shop.page.set(automatic="publish")
    assert shop.shown().status == "operational"
    world.database.advance(HOUR)
    found = shop.shown()
    assert (found.status, {day.worst for day in found.days} - {None}) == ("operational", {"operational"})
    for key in ("late", "muted"):
        shop.resolve(key)
    assert shop.down() == 0


def test_what_somebody_says_stands_in_the_place_of_an_incident(shop: Shop, world: World) -> None:
    shop.trigger()
    world.database.advance(HOUR)
    word = OverrideInput(status=ComponentStatus.OPERATIONAL)
    components.override_component(shop.app, world.org_id, MAYA, shop.page.page_id, shop.component_id, word)
    world.database.advance(2 * HOUR)
    assert (shop.shown().status, shop.down()) == ("operational", 1)
    components.end_override(shop.app, world.org_id, MAYA, shop.page.page_id, shop.component_id)
    world.database.advance(HOUR)
    assert (shop.shown().status, shop.down()) == ("major_outage", 2)


@pytest.mark.parametrize("how", ["report", "window"])
def test_maintenance_comes_before_incidents(shop: Shop, world: World, how: str) -> None:
    begins, ends = world.now, world.now + 2 * HOUR
    if how == "report":
        plan = MaintenanceInput(
            title="Upgrade",
            body="Nothing will be lost.",
            status=ReportStatus.IN_PROGRESS,
            scheduled_for=begins,
            scheduled_until=ends,
            component_ids=[shop.component_id],
        )
        status_reports.schedule_maintenance(shop.app, world.org_id, MAYA, shop.page.page_id, plan)
    else:
        window = WindowInput(name="work", service_ids=[world.service_id], starts_at=begins, ends_at=ends)
        maintenance.create_window(shop.app, world.org_id, MAYA, window)
    shop.page.set(automatic="off")
    shop.trigger()
    world.database.rows("update incident set muted_by = null where org_id = %s returning id", world.org_id)
    shop.page.set(automatic="publish")
    world.database.advance(HOUR)
    found = shop.shown()
    assert (found.status, shop.down()) == ("under_maintenance", 0)
    assert round(sum(day.maintenance_seconds for day in found.days) / HOUR.total_seconds(), 2) == 1
    world.database.advance(HOUR)
    sweeping.sweep(shop.worker, lambda _: None)
    world.database.advance(HOUR)
    assert (shop.shown().status, shop.down()) == ("major_outage", 1)
