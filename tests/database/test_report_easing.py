"""Reports that are told by themselves while less is felt: when one of several incidents is over, or comes back."""

from datetime import timedelta

import pytest

from tests.support.monitors import insert_monitor
from tests.support.report_rows import insert_component
from tests.support.report_site import Site
from tests.support.world import World
from tocsin.domain.incident import Severity
from tocsin.domain.monitor import CheckStatus


@pytest.fixture
def site(world: World) -> Site:
    return Site(world)


@pytest.mark.parametrize("first", [Severity.CRITICAL, Severity.WARNING])
def test_a_report_says_when_what_is_left_is_less_bad(site: Site, world: World, first: Severity) -> None:
    second = Severity.WARNING if first is Severity.CRITICAL else Severity.CRITICAL
    site.trigger(first, first)
    site.trigger(second, second)
    assert site.says() == {"Shop": "major_outage"}
    world.database.advance(timedelta(minutes=6))
    site.resolve(Severity.CRITICAL)
    assert site.says() == {"Shop": "degraded_performance"}
    assert site.updates()[1:] == [("investigating", "The trouble with Shop has eased.")]
    warning = site.incident_ids()[0 if first is Severity.WARNING else 1]
    assert site.reports("status", "incident_id", "impact") == [("investigating", str(warning), "critical")]
    spans = world.database.rows("select status from component_span where ends_at is null")
    assert spans == [("degraded_performance",)]
    site.resolve(Severity.WARNING)
    assert (site.reports("status"), site.says()) == ([("resolved",)], {"Shop": "operational"})


def test_a_component_that_feels_nothing_any_more_is_operational(site: Site, world: World) -> None:
    monitor_id = insert_monitor(world)
    insert_component(world, site.page_id, "Search", monitors=[monitor_id])
    insert_component(world, site.page_id, "Store", services=[world.service_id], monitors=[monitor_id])
    site.move(monitor_id, CheckStatus.UP)
    site.trigger()
    site.move(monitor_id, CheckStatus.DOWN)
    assert set(site.says().values()) == {"major_outage"}
    world.database.advance(timedelta(minutes=6))
    site.move(monitor_id, CheckStatus.UP)
    assert site.says() == {"Search": "operational", "Shop": "major_outage", "Store": "major_outage"}
    assert site.updates()[-1][1] == "The trouble with Search is over, and we go on with the rest."


def test_what_was_told_before_is_not_told_again_of_what_comes_back_less_bad(site: Site) -> None:
    site.trigger()
    site.resolve()
    site.trigger("slow", Severity.WARNING)
    assert (site.reports("status"), site.says()) == ([("investigating",)], {"Shop": "degraded_performance"})


def test_a_suggestion_shrinks_with_what_is_left(world: World) -> None:
    site = Site(world, "suggest")
    site.trigger("one", Severity.WARNING)
    site.trigger("two", Severity.CRITICAL)
    site.resolve("two")
    assert site.reports("title", "impact") == [("Degraded performance of Shop", "minor")]
    assert site.says() == {"Shop": "degraded_performance"}
