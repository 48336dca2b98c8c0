"""The page's script: what changes is shown without a reload, and nothing goes back to what was before."""

import json
from datetime import timedelta
from email.utils import format_datetime

import pytest
from playwright.async_api import expect

from functions.publish import pages
from functions.publish.pages.document import Document
from tests.web import samples
from tests.web.conftest import Visit, Visiting
from tests.web.samples import NOW
from tests.web.serving import Site, documents
from tocsin.contracts.page_snapshot import PageSnapshot

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.asyncio(loop_scope="session")]

ROUND_MS = 16_000
"""Longer than the script waits between two looks."""


def later(page: PageSnapshot, *, number: int = 8, seconds: int = 60) -> PageSnapshot:
    """A page's next snapshot, in which more than figures has changed."""
    at = NOW + timedelta(seconds=seconds)
    return page.model_copy(update={"number": number, "as_of": at, "updated_at": at})


async def look_again(found: Visit) -> None:
    """Let so much time pass that the script has looked."""
    async with found.page.expect_response(lambda answer: answer.url.endswith("status.json")):
        await found.page.clock.fast_forward(ROUND_MS)


async def test_an_outage_is_shown_and_said_without_a_reload(visit: Visiting, site: Site) -> None:
    found = await visit(samples.page())
    page = found.page
    webhooks = page.locator(".component", has_text="What we send").locator("summary")
    await webhooks.click()
    await expect(page.locator("h1")).to_have_text("All systems operational")
    site.put(found.folder, documents(later(samples.outage())))
    await look_again(found)
    await expect(page.locator("h1")).to_have_text("Partial system outage")
    await expect(page.locator('[role="status"]')).to_have_text(
        "Partial system outage · Acme. The API answers with errors"
    )
    await expect(page.locator(".report").first).to_contain_text("The API answers with errors")
    await expect(page).to_have_title("Partial system outage · Acme")
    await expect(page.locator(".component", has_text="Orders").locator(".name .state")).to_have_text("Major outage")
    await expect(webhooks).to_be_focused()
    await expect(page.locator(".component", has_text="What we send").locator(".days")).to_be_visible()
    site.put(found.folder, documents(later(samples.page(), number=9, seconds=120)))
    await look_again(found)
    await expect(page.locator("h1")).to_have_text("All systems operational")
    await expect(page.locator(".report")).to_have_count(0)


async def test_status_is_shown_before_the_page_itself_has_come_through(visit: Visiting, site: Site) -> None:
    found = await visit(samples.page())
    site.put(found.folder, pages.render_live(later(samples.outage())))
    await look_again(found)
    await expect(found.page.locator("h1")).to_have_text("Partial system outage")
    await expect(found.page.locator(".headline use")).to_have_attribute("href", "#i-partial_outage")
    api = found.page.locator(".component", has_text="Orders, stock and prices")
    await expect(api.locator(".name .state")).to_have_text("Major outage")


async def test_an_older_status_is_not_shown(visit: Visiting, site: Site) -> None:
    found = await visit(later(samples.outage()))
    site.put(found.folder, pages.render_live(samples.page()))
    await look_again(found)
    await look_again(found)
    await expect(found.page.locator("h1")).to_have_text("Partial system outage")


async def test_as_of_and_the_last_check_move_on(visit: Visiting, site: Site) -> None:
    found = await visit(samples.page())
    await expect(found.page.locator("[data-as-of]")).to_have_text("now")
    await expect(found.page.locator("[data-last-check]")).to_have_text("11 seconds ago")
    moved = later(samples.page(), seconds=15).model_copy(update={"updated_at": samples.page().updated_at})
    site.put(found.folder, pages.render_live(moved))
    site.asked.clear()
    await look_again(found)
    await expect(found.page.locator("[data-as-of]")).to_have_attribute("datetime", "2026-11-21T20:17:57.000+00:00")
    assert f"/{found.folder}/" not in site.asked


async def test_a_page_that_is_no_longer_refreshed_says_so(visit: Visiting, site: Site) -> None:
    found = await visit(samples.page())
    await expect(found.page.locator("[data-old]")).not_to_be_visible()
    site.now = format_datetime(NOW + timedelta(minutes=11), usegmt=True)
    try:
        await look_again(found)
        await found.page.clock.fast_forward(11 * 60_000)
        await expect(found.page.locator("[data-old]")).to_be_visible()
        await expect(found.page.locator("[data-as-of]")).to_contain_text("minutes ago")
    finally:
        site.now = format_datetime(NOW, usegmt=True)


async def test_nonsense_instead_of_the_status_changes_nothing(visit: Visiting, site: Site) -> None:
    found = await visit(samples.page())
    for nonsense in (b"<!doctype html>", b"{}", json.dumps({"number": 99}).encode()):
        site.put(found.folder, {"status.json": Document(nonsense, "application/json")})
        await look_again(found)
    await expect(found.page.locator("h1")).to_have_text("All systems operational")
