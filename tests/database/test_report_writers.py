"""People who write reports of the same page at the same time, on a real PostgreSQL."""

from functools import partial

import pytest

from tests.support.report_rows import insert_component
from tests.support.report_site import Site
from tests.support.threads import at_once
from tests.support.world import World
from tocsin.contracts.api_status_reports import ComponentWord, DraftInput, ReportInput
from tocsin.domain.status_page import ComponentStatus
from tocsin_data.services import report_drafts, status_reports
from tocsin_data.services.actors import Actor

ALICE = Actor("user", "00000000-0000-4000-8000-00000000000a")


@pytest.fixture
def site(world: World) -> Site:
    return Site(world, "off")


def test_two_who_draft_an_incident_at_once_have_one_draft(site: Site, world: World) -> None:
    for number in range(3):
        site.trigger(f"k{number}")
        incident_id = site.incident_ids()[-1]
        draft = partial(report_drafts.draft_report, site.app, world.org_id, ALICE, incident_id, DraftInput())
        found = at_once([site.app], [draft] * 4)
        assert not [one for one in found if isinstance(one, Exception)]
    assert len(site.reports("id")) == 3


def test_two_who_report_of_the_same_components_do_not_wait_for_each_other_for_ever(site: Site, world: World) -> None:
    both = [site.shop, insert_component(world, site.page_id, "Search")]
    calls = []
    for ids in (both, both[::-1]):
        words = [ComponentWord(component_id=one, status=ComponentStatus.DEGRADED) for one in ids]
        data = ReportInput(title="Slow", body="We look.", components=words)
        calls.append(partial(status_reports.create_report, site.app, world.org_id, ALICE, site.page_id, data))
    for _ in range(5):
        found = at_once([site.app], calls * 2)
        assert not [one for one in found if isinstance(one, Exception)]
    assert len(site.reports("id")) == 20
