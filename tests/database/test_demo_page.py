"""The status page of the demo: public, read only, and telling what its story says."""

from datetime import timedelta

import pytest

from tests.support.world import World
from tocsin.contracts.api_status_pages import OverrideInput
from tocsin.domain.component_status import Because
from tocsin.domain.demo import ORGANIZATION_ID, id_of
from tocsin.domain.demo_pages import PARTS, REPORTS, SLUG
from tocsin.domain.status_page import ComponentStatus, Impact, Visibility
from tocsin.errors import DemoReadOnly
from tocsin_data.services import components, demo
from tocsin_data.services.actors import Actor
from tocsin_data.views import page_told

PAGE = id_of("status page")


@pytest.fixture
def planted(world: World) -> World:
    assert demo.refresh(world.database.enter("worker"))
    return world


def test_the_page_tells_what_the_story_says(planted: World) -> None:
    told = page_told.read(planted.database.enter("app"), ORGANIZATION_ID, PAGE)
    assert (told.slug, told.visibility, told.indicator) == (SLUG, Visibility.PUBLIC, Impact.MINOR)
    assert [one.name for one in told.components] == [part.name for part in PARTS]
    wrong = {one.name: (one.status, one.because) for one in told.components if one.because is not Because.NOTHING}
    assert wrong == {
        "Search": (ComponentStatus.DEGRADED, Because.SERVICE),
        "Webhooks": (ComponentStatus.DEGRADED, Because.REPORT),
    }
    assert not any(one.is_stale for one in told.components)
    assert [group.status for group in told.groups] == [ComponentStatus.DEGRADED, ComponentStatus.DEGRADED]


def test_what_was_told_has_its_spans(planted: World) -> None:
    found = planted.database.rows(
        "select c.name, s.status, s.ends_at is null from component_span s join component c on c.id = s.component_id"
        " where s.org_id = %s order by s.starts_at",
        ORGANIZATION_ID,
    )
    assert found == [
        ("Checkout", "partial_outage", False),
        ("Payments", "major_outage", False),
        ("Payments", "partial_outage", False),
        ("Webhooks", "degraded_performance", True),
    ]


def test_nobody_changes_it(planted: World) -> None:
    word = OverrideInput(status=ComponentStatus.MAJOR_OUTAGE)
    visitor = Actor("demo", None)
    with pytest.raises(DemoReadOnly):
        components.override_component(
            planted.database.enter("app"), ORGANIZATION_ID, visitor, PAGE, id_of("component", "Search"), word
        )


def test_made_anew_its_snapshots_go_on_being_newer(planted: World) -> None:
    number = "select snapshot_number from status_page where id = %s"
    ((before,),) = planted.database.rows(number, PAGE)
    planted.database.advance(timedelta(days=2))
    assert demo.refresh(planted.database.enter("worker"))
    ((after,),) = planted.database.rows(number, PAGE)
    assert after - before >= timedelta(days=2) / timedelta(milliseconds=1)
    ((reports,),) = planted.database.rows("select count(*) from status_report where org_id = %s", ORGANIZATION_ID)
    assert reports == len(REPORTS)
