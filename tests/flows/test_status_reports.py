"""What the public is told of incidents and of maintenance, as it happens: the examples of docs/status-reports.md."""

import json
from datetime import timedelta
from uuid import UUID

import boto3
import pytest

from tests.support.flow import Flow
from tests.support.report_rows import insert_component, insert_page
from tocsin.contracts.api_status_reports import MaintenanceInput, UpdateInput
from tocsin.domain.status_page import ReportStatus
from tocsin_data.services import report_updates, status_reports
from tocsin_data.services.actors import Actor

ALICE = Actor("user", "00000000-0000-4000-8000-00000000000a")


class Page:
    """A public page that publishes by itself, with a component behind which the world's service is."""

    def __init__(self, flow: Flow) -> None:
        self.flow, self.org_id = flow, flow.world.org_id
        self.id = insert_page(flow.world, automatic="publish")
        self.shop = insert_component(flow.world, self.id, "Shop", services=[flow.world.service_id])
        self.db = flow.database.enter("app")
        ((self.slug,),) = flow.database.rows("select slug from status_page where id = %s", self.id)

    def public(self) -> tuple[str, list[tuple[str, str]]]:
        """What the bucket tells everybody: what Shop is, and the reports that are not over."""
        client = boto3.client("s3", region_name="eu-central-1")
        found = json.load(client.get_object(Bucket="pages", Key=f"pages/{self.slug}/status.json")["Body"])
        (shop,) = found["components"]
        return shop["status"], [(report["title"], report["status"]) for report in found["open_reports"]]

    def told(self) -> list[tuple[str, str, str]]:
        rows = self.flow.database.rows(
            "select r.title, u.status, u.body from status_update u join status_report r on r.id = u.status_report_id"
            " where r.org_id = %s and r.state = 'published' order by u.display_at, u.id",
            self.org_id,
        )
        return [(title, status, body) for title, status, body in rows]

    def report_id(self) -> UUID:
        return self.flow.database.rows("select id from status_report where org_id = %s", self.org_id)[0][0]


@pytest.fixture
def page(flow: Flow) -> Page:
    return Page(flow)


def test_the_public_is_told_while_somebody_is_paged(flow: Flow, page: Page) -> None:
    key = flow.trigger("db1.internal: disk full")
    flow.expect_page(flow.world.alice, "disk full")
    opened = ("Outage of Shop", "investigating", "We see an outage of Shop, and are investigating.")
    assert page.told() == [opened]
    assert page.public() == ("major_outage", [("Outage of Shop", "investigating")])
    flow.advance("10m")
    flow.resolve(key)
    over = ("Outage of Shop", "resolved", "The trouble with Shop is over.")
    assert page.told() == [opened, over]
    assert page.public() == ("operational", [])


def test_a_responder_takes_over_and_ends_it(flow: Flow, page: Page) -> None:
    key = flow.trigger("disk full")
    flow.advance("1m")
    for version, status in ((1, ReportStatus.IDENTIFIED), (2, ReportStatus.RESOLVED)):
        if status is ReportStatus.RESOLVED:
            flow.resolve(key)
            assert [told[1] for told in page.told()] == ["investigating", "identified"]
        data = UpdateInput(body="By hand.", status=status)
        report_updates.add_update(page.db, page.org_id, ALICE, page.report_id(), data, version=version)
    assert [told[1] for told in page.told()] == ["investigating", "identified", "resolved"]


def test_maintenance_mutes_what_is_behind_it_and_tells_nothing_else(flow: Flow, page: Page) -> None:
    now = flow.world.now
    plan = MaintenanceInput(
        title="Upgrade",
        body="Short.",
        scheduled_for=now + timedelta(minutes=10),
        scheduled_until=now + timedelta(minutes=40),
        component_ids=[page.shop],
        mutes=True,
    )
    status_reports.schedule_maintenance(page.db, page.org_id, ALICE, page.id, plan)
    flow.advance("11m")
    assert page.told()[-1][1] == "in_progress"
    assert page.public() == ("under_maintenance", [("Upgrade", "in_progress")])
    flow.trigger("restarting", "restart")
    flow.expect_no_page()
    flow.resolve("restart")
    flow.advance("30m")
    assert [told[1] for told in page.told()] == ["scheduled", "in_progress", "completed"]
    assert page.public() == ("operational", [])
    flow.trigger("broken by it")
    flow.expect_page(flow.world.alice, "broken by it")
    assert page.told()[-1][0] == "Outage of Shop"


def test_an_alert_that_nobody_refreshes_ends_what_the_public_is_told(flow: Flow, page: Page) -> None:
    flow.trigger("disk full")
    flow.database.rows("update alert set expires_at = app.clock() + interval '10 minutes' returning id")
    flow.advance("9m")
    assert page.public() == ("major_outage", [("Outage of Shop", "investigating")])
    flow.advance("2m")
    assert page.public() == ("operational", [])
