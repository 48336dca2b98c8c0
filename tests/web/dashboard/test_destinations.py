"""Channels and webhooks: made, tried, changed, switched off and on again, named in a policy, and closed to viewers."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.web.dashboard.conftest import Visiting
from tests.web.dashboard.home import Home
from tests.web.dashboard.test_me import end_test
from tests.web.test_hostile import TEXTS

pytestmark = [pytest.mark.xdist_group("dashboard: destinations"), pytest.mark.asyncio(loop_scope="session")]


def row(page: Page, name: str) -> Locator:
    """A destination in the list."""
    return page.get_by_role("list", name="Channels and webhooks").get_by_role("listitem").filter(has_text=name)


async def test_a_webhook_is_made_tried_and_named_in_a_policy(home: Home, visit: Visiting) -> None:
    found = await visit(home, "policies", size="phone")
    found.expected = ["422", "console: Failed to load"]
    page = found.page
    await page.get_by_role("link", name="Channels and webhooks").click()
    await page.get_by_role("button", name="Add one").click()
    await page.get_by_role("menuitem", name="Webhook").click()
    await page.get_by_role("textbox", name="Name").fill("Tickets of billing")
    await page.get_by_role("textbox", name="URL").fill("ftp://example.com/hook")
    await page.get_by_role("button", name="Add it").click()
    await expect(page.get_by_role("dialog")).to_contain_text("must be an absolute http or https URL")
    await page.reload()
    await expect(page.get_by_role("textbox", name="Name")).to_have_value("Tickets of billing")
    await expect(page.get_by_role("textbox", name="URL")).to_have_value("")
    await page.get_by_role("textbox", name="URL").fill("https://hooks.example.com/tickets")
    await page.get_by_role("button", name="Add it").click()
    await expect(page.get_by_label("signing secret", exact=True)).to_contain_text("whsec_")
    await page.get_by_role("button", name="I have copied it").click()
    await expect(page.get_by_text("whsec_")).to_have_count(0)
    one = row(page, "Tickets of billing")
    await one.get_by_role("button", name="Send a test page").click()
    await expect(one).to_contain_text("The test page is on its way")
    end_test(home, "failed", "http_500: no")
    await expect(one).to_contain_text("The test page failed: http_500: no.")
    await one.get_by_role("button", name="Send a test page").click()
    await expect(one).to_contain_text("The test page is on its way")
    end_test(home, "sent", None)
    await expect(one).to_contain_text("The test page was handed over")
    await found.go("policies/new")
    await page.get_by_role("combobox", name="Pages").first.click()
    await expect(page.get_by_role("option", name="Tickets of billing")).to_be_attached()


async def test_one_is_switched_off_and_on_again_with_a_new_url_and_deleted(home: Home, visit: Visiting) -> None:
    found = await visit(home, "policies/destinations?add=slack")
    page = found.page
    await page.get_by_role("textbox", name="Name").fill(TEXTS["markup"])
    await page.get_by_role("textbox", name="URL").fill("https://hooks.slack.com/services/T0/B0/secret")
    await page.get_by_role("button", name="Add it").click()
    one = row(page, TEXTS["markup"])
    await expect(one.get_by_text("On", exact=True)).to_be_visible()
    await one.get_by_role("button", name="Switch off").click()
    await page.get_by_role("button", name="Switch it off").click()
    await expect(one.get_by_text("Switched off", exact=True)).to_be_visible()
    await expect(one.get_by_role("button", name="Send a test page")).to_have_count(0)
    await one.get_by_role("button", name="Switch on with a new URL").click()
    await page.get_by_role("textbox", name="Name").fill("#back-again")
    await page.get_by_role("textbox", name="New URL").fill("https://hooks.slack.com/services/T0/B0/other")
    await page.get_by_role("button", name="Save").click()
    one = row(page, "#back-again")
    await expect(one.get_by_text("On", exact=True)).to_be_visible()
    await one.get_by_role("button", name="Delete").click()
    await page.get_by_role("button", name="Delete it").click()
    await expect(one).to_have_count(0)


async def test_what_somebody_else_saved_is_not_written_over(home: Home, visit: Visiting) -> None:
    found = await visit(home, "policies/destinations")
    found.expected = ["412", "console: Failed to load"]
    page = found.page
    one = row(page, "Ticket system")
    await one.get_by_role("button", name="Change").click()
    await page.get_by_role("textbox", name="Name").fill("Mine")
    home.database.rows(
        "update destination set name = 'Theirs', version = version + 1 where name = 'Ticket system' returning id"
    )
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("alert")).to_contain_text("Somebody else saved meanwhile")
    await page.get_by_role("button", name="Load what they saved").click()
    await expect(page.get_by_role("textbox", name="Name")).to_have_value("Theirs")
    await page.get_by_role("textbox", name="Name").fill("Ticket system")
    await page.get_by_role("button", name="Save").click()
    await expect(row(page, "Ticket system")).to_be_visible()


async def test_a_viewer_sees_them_and_changes_none(home: Home, visit: Visiting) -> None:
    found = await visit(home, "policies/destinations?add=slack", role="viewer")
    page = found.page
    one = row(page, "#payments-incidents")
    await expect(one).to_be_visible()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    for button in ("Send a test page", "Change", "Switch off", "Delete"):
        await expect(one.get_by_role("button", name=button)).to_be_disabled()
    await expect(page.get_by_role("button", name="Add one")).to_be_disabled()
