"""The guide of a new organization: from making it to the first page, answered; left, found again, and gone on with."""

import asyncio
import re
from uuid import UUID

import pytest
from playwright.async_api import Page, expect

from tests.support.paging import Paging
from tests.web.dashboard.conftest import Visiting
from tests.web.dashboard.home import Home
from tocsin.contracts.delivery import Result
from tocsin.contracts.events import EventsMessage
from tocsin_data.services.processing import process

pytestmark = [pytest.mark.xdist_group("dashboard: start"), pytest.mark.asyncio(loop_scope="session")]

UNPROVEN = """
update contact_method set verified_at = null where org_id = %s and user_id = any(
    select user_id from membership where org_id = %s) returning id
"""


async def page_out(home: Home) -> None:
    """Carry what came in to the page it makes, and the word that it was handed over back."""
    sent = await asyncio.wrap_future(home.worker.submit(home.host.sent, "events"))

    def carry() -> None:
        paging = Paging(home.host.world)
        messages = [EventsMessage.model_validate(body) for body in sent]
        for page in paging.sent(process(paging.worker, messages, key_budget_per_minute=6000).leaving):
            (claimed,) = paging.claim(page)
            paging.record(page, claimed, Result.DELIVERED)
        paging.worker.close()

    await asyncio.to_thread(carry)


async def make(page: Page, home: Home, name: str) -> UUID:
    """Make an organization, and arrive at its guide."""
    await page.goto(home.site + "/?all=true")
    await page.get_by_label("New organization").fill(name)
    await page.get_by_role("button", name="Make it").click()
    await expect(page.get_by_role("heading", name="Your first page")).to_be_visible()
    return UUID(page.url.split("/o/")[1].split("/")[0])


async def test_a_new_organization_is_led_to_its_first_page(home: Home, visit: Visiting) -> None:
    page = (await visit(home, "incidents")).page
    await make(page, home, "First Street")
    step = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="A way to reach you"))
    await expect(step).to_contain_text("which is verified")
    await page.get_by_label("What you look after").fill("Shop")
    await page.reload()
    await expect(page.get_by_label("What you look after")).to_have_value("Shop")
    await page.get_by_role("button", name="Set it up").click()
    await expect(page.get_by_role("link", name="Shop", exact=True)).to_be_visible()
    await page.reload()
    async with page.expect_response(re.compile("/test$")):
        await page.get_by_role("button", name="Send a test event").click()
    await expect(page.get_by_text("Event accepted")).to_be_visible()
    await page_out(home)
    await expect(page.get_by_text(re.compile(r"E-mail to .*: handed over after [\d.]+ s"))).to_be_visible()
    await page.reload()
    await page.get_by_role("button", name="Acknowledge").click()
    await expect(page.get_by_text("That was your first page")).to_be_visible()
    await expect(page.get_by_role("link", name="Your first page")).to_have_count(0)
    await page.get_by_role("button", name="Resolve it").click()
    await expect(page.get_by_role("button", name="Send another")).to_be_visible()
    await expect(page.get_by_role("link", name="Invite your team")).to_be_visible()
    await page.goto(home.site)
    await expect(page.get_by_role("heading", name="Incidents")).to_be_visible()


async def test_the_guide_is_arrived_at_left_and_found_again(home: Home, visit: Visiting) -> None:
    found = await visit(home, "incidents")
    page = found.page
    org = await make(page, home, "Third Street")
    await page.goto(home.site)
    await expect(page.get_by_role("heading", name="Your first page")).to_be_visible()
    await page.get_by_role("button", name="Leave it for later").click()
    await expect(page.get_by_role("heading", name="Incidents")).to_be_visible()
    await page.goto(f"{home.site}/o/{org}")
    await expect(page.get_by_role("heading", name="Incidents")).to_be_visible()
    home.database.rows(UNPROVEN, org, org)
    await page.get_by_role("link", name="Your first page").click()
    await page.get_by_role("button", name="Mail me a code").click()
    code = page.get_by_label(re.compile("The code that was mailed to"))
    found.expected = ["409: ", "422: ", "status of 4"]
    await code.fill("000000")
    await page.get_by_role("button", name="Confirm").click()
    await expect(page.get_by_role("alert").or_(page.locator("[aria-invalid=true]")).first).to_be_visible()
    await expect(page.get_by_role("button", name="Set it up")).to_have_count(0)


async def test_who_may_not_set_up_is_told_why(home: Home, visit: Visiting) -> None:
    found = await visit(home, "start", role="viewer", size="phone")
    await expect(found.page.get_by_text("You are a viewer here").first).to_be_visible()
    await expect(found.page.get_by_role("button", name=re.compile("Set it up|Use this address")).first).to_be_disabled()
