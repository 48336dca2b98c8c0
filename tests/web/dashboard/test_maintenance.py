"""Keeping quiet and watching from within: windows planned, ended and cancelled; private locations and their probes."""

import re
from typing import Final

import pytest
from playwright.async_api import expect

from tests.web.dashboard.conftest import Visiting
from tests.web.dashboard.home import Home
from tests.web.dashboard.test_monitors import REFUSED, choose
from tests.web.dashboard.test_screens import is_fine
from tests.web.test_hostile import TEXTS
from tests.web.test_reading import overflow
from tocsin.domain.demo import ORGANIZATION_ID

pytestmark = [pytest.mark.xdist_group("dashboard: maintenance"), pytest.mark.asyncio(loop_scope="session")]

RULE: Final = "select recurrence, time_zone, scope from maintenance_window where org_id = %s and name = %s"


async def test_a_window_is_planned_changed_ended_and_cancelled(home: Home, visit: Visiting) -> None:
    found = await visit(home, "maintenance", role="responder")
    page = found.page
    found.expected = REFUSED
    await expect(page.get_by_role("listitem").filter(has_text="Vacuum and upgrades")).to_contain_text(
        "every week on Sunday"
    )
    await page.get_by_role("button", name="Plan maintenance").click()
    await page.get_by_label("Name", exact=True).fill("New racks")
    await page.get_by_role("combobox", name="Services").click()
    await page.get_by_role("option", name="Search", exact=True).click()
    await page.keyboard.press("Escape")
    await page.get_by_label("From", exact=True).fill("2026-01-05T00:00")
    await page.get_by_label("Until", exact=True).fill("2026-01-04T00:00")
    await page.get_by_role("button", name="Plan it").click()
    await expect(page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
    await page.get_by_label("Until", exact=True).fill("2026-01-05T23:59")
    await choose(page, "Repeats", "Every day")
    await page.get_by_role("button", name="Plan it").click()
    row = page.get_by_role("listitem").filter(has_text="New racks")
    await expect(row).to_contain_text("every day")
    await expect(row).to_contain_text("Search")
    ((rule, zone, _),) = home.database.rows(RULE, ORGANIZATION_ID, "New racks")
    assert (rule, zone) == ("FREQ=DAILY", "Europe/Berlin")
    await row.get_by_role("button", name="Edit").click()
    await page.get_by_text("Everything", exact=True).click()
    await page.get_by_role("button", name="Save").click()
    await expect(row).to_contain_text("everything")
    await row.get_by_role("button", name="Cancel", exact=True).click()
    await page.get_by_role("button", name="Cancel it").click()
    await expect(row).to_have_count(0)
    await page.get_by_text("Over", exact=True).click()
    await expect(row).to_contain_text("Cancelled")


async def test_an_open_window_is_ended_at_once(home: Home, visit: Visiting) -> None:
    now = home.host.world.now
    home.database.rows(
        "insert into maintenance_window"
        " (org_id, kind, name, scope, time_zone, starts_at, ends_at, created_at, created_by)"
        " values (%s, 'silence', 'Noise', '{\"service_ids\": [], \"labels\": {\"host\": \"db1\"}}', 'UTC',"
        " %s - interval '1 hour', %s + interval '1 hour', %s, 'user:test') returning id",
        ORGANIZATION_ID, now, now, now,
    )  # fmt: skip
    found = await visit(home, "maintenance", role="responder")
    page = found.page
    row = page.get_by_role("region", name="Open now").get_by_role("listitem").filter(has_text="Noise")
    await expect(row).to_contain_text("whatever with host=db1")
    await row.get_by_role("button", name="End now").click()
    await page.get_by_role("button", name="End it").click()
    await expect(row).to_have_count(0)


async def test_viewers_plan_nothing(home: Home, visit: Visiting) -> None:
    found = await visit(home, "maintenance?create=true", role="viewer")
    await expect(found.page.get_by_role("button", name="Plan maintenance")).to_be_disabled()
    await expect(found.page.get_by_text("You are a viewer here; to change this takes a responder.")).to_be_visible()
    await expect(found.page.get_by_role("dialog")).to_have_count(0)


async def test_a_probe_is_let_in_and_shut_out(home: Home, visit: Visiting) -> None:
    found = await visit(home, "monitors/regions")
    page = found.page
    found.expected = REFUSED
    await page.get_by_role("button", name="New location").click()
    await page.get_by_label("Name", exact=True).fill("Berlin office")
    await page.get_by_role("button", name="Make the location").click()
    await expect(page.locator("h1")).to_have_text("Berlin office")
    await page.get_by_role("button", name="Let a probe in").click()
    await page.get_by_role("dialog").get_by_label("Name", exact=True).fill("rack-3")
    await page.get_by_role("button", name="Make its token").click()
    commands = page.get_by_label("commands", exact=True)
    await expect(commands).to_contain_text(f"tocsin probe enroll --url {home.api}")
    row = page.get_by_role("listitem").filter(has_text="rack-3")
    await expect(row).to_contain_text("Waits to be enrolled")
    await is_fine(found)
    await row.get_by_role("button", name="Revoke").click()
    await page.get_by_role("button", name="Shut it out").click()
    await expect(row).to_contain_text("Shut out")
    location = page.url.rsplit("/", 1)[-1]
    home.database.rows(
        "update monitor set regions = %s where org_id = %s and name = 'Search' returning id",
        [f"private:{location}"], ORGANIZATION_ID,
    )  # fmt: skip
    await page.get_by_role("button", name="Delete", exact=True).click()
    await page.get_by_role("button", name="Delete the location").click()
    await expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text(re.compile("monitor", re.IGNORECASE))
    await page.keyboard.press("Escape")
    home.database.rows(
        "update monitor set regions = array['eu-central-1'] where org_id = %s and name = 'Search' returning id",
        ORGANIZATION_ID,
    )
    await page.get_by_role("button", name="Delete", exact=True).click()
    await page.get_by_role("button", name="Delete the location").click()
    await expect(page.locator("h1")).to_have_text("Regions and private locations")
    await expect(page.get_by_text("Warehouse")).to_be_visible()
    await expect(page.get_by_text("Berlin office")).to_have_count(0)


async def test_a_ping_key_is_shown_once_and_revoked(home: Home, visit: Visiting) -> None:
    found = await visit(home, "monitors/ping-keys")
    page = found.page
    await page.get_by_role("button", name="New ping key").click()
    await page.get_by_label("Name", exact=True).fill("cron on db-1")
    await page.get_by_role("button", name="Make the key").click()
    await expect(page.get_by_label("ping URL", exact=True)).to_contain_text("/ping/")
    row = page.get_by_role("listitem").filter(has_text="cron on db-1")
    await is_fine(found)
    await row.get_by_role("button", name="Revoke").click()
    await page.get_by_role("button", name="Revoke the key").click()
    await expect(row).to_contain_text("revoked")
    await page.reload()
    await expect(row).to_contain_text("revoked")
    await expect(page.get_by_label("ping URL", exact=True)).to_have_count(0)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_what_a_window_is_called_is_text_and_fits(home: Home, visit: Visiting, text: str) -> None:
    home.database.rows(
        "update maintenance_window set name = %s"
        " where org_id = %s and recurrence = 'FREQ=WEEKLY;BYDAY=SU' returning id",
        text[:200], ORGANIZATION_ID,
    )  # fmt: skip
    found = await visit(home, "maintenance", size="small")
    await expect(found.page.get_by_role("listitem").first).to_contain_text(text[:30].strip().split("\u3000")[0])
    assert await overflow(found.page) == 0
