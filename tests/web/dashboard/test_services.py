"""Setting up what is paged for: a service, the tool that reports to it, its first event, what it depends on."""

import asyncio
import re

import pytest
from playwright.async_api import Page, expect

from tests.web.dashboard.conftest import Visiting
from tests.web.dashboard.home import Home
from tests.web.test_hostile import TEXTS
from tests.web.test_reading import overflow
from tocsin.contracts.events import EventsMessage
from tocsin.domain.demo import ORGANIZATION_ID
from tocsin_data.services.processing import process

pytestmark = [pytest.mark.xdist_group("dashboard: services"), pytest.mark.asyncio(loop_scope="session")]

KEY = re.compile("Bearer ([A-Z0-9]{32})")


async def comes_in(home: Home, *messages: EventsMessage) -> None:
    """Process events as `process` does."""

    def carry() -> None:
        db = home.database.enter("worker")
        process(db, messages, key_budget_per_minute=6000)
        db.close()  # a connection is its thread's

    await asyncio.to_thread(carry)


async def choose(page: Page, field: str, option: str) -> None:
    """Choose an option of a field that opens a list."""
    await page.get_by_role("combobox", name=field, exact=True).click()
    await page.get_by_role("option", name=option, exact=True).click()


async def test_a_service_is_made_its_tool_connected_and_its_first_event_seen(home: Home, visit: Visiting) -> None:
    found = await visit(home, "services")
    page = found.page
    await page.get_by_role("button", name="New service").click()
    await page.get_by_role("textbox", name="Name").fill("Invoices")
    await choose(page, "Escalation policy", "When somebody has time")
    await page.get_by_role("button", name="Create the service").click()
    await expect(page.locator("h1")).to_have_text("Invoices")
    await page.get_by_text("Cron and scripts", exact=True).click()
    await page.get_by_role("button", name="Get the address and the key").click()
    await expect(page.locator("h1")).to_have_text("Cron and scripts")
    await expect(page.get_by_text("Waiting for your first event…")).to_be_visible()
    snippet = await page.get_by_label("crontab", exact=True).inner_text()
    assert "https://events.tocsin.example/v1/events" in snippet
    await page.get_by_role("link", name="Alertmanager", exact=True).click()
    yaml = await page.get_by_label("alertmanager.yml", exact=True).inner_text()
    key = KEY.findall(snippet)[0]
    assert f"credentials: {key}" in yaml
    await comes_in(home, home.host.world.request(key=key))
    await expect(page.get_by_text("Connected", exact=True)).to_be_visible()
    await expect(page.get_by_role("link", name="Look at its incident")).to_be_visible()
    await page.reload()
    await expect(page.get_by_label("alertmanager.yml", exact=True)).to_contain_text("credentials: YOUR_ROUTING_KEY")


async def test_a_test_event_is_sent_followed_and_resolved(home: Home, visit: Visiting) -> None:
    found = await visit(home, "integrations/{integration}")
    page, card = found.page, found.page.get_by_role("region", name="Send a test event")
    for button, fate in (("Send it", "Opened an incident."), ("Resolve it", "Resolved.")):
        async with page.expect_response(re.compile("/test$")):
            await page.get_by_role("button", name=button, exact=True).click()
        sent = await asyncio.wrap_future(home.worker.submit(home.host.sent, "events"))
        await comes_in(home, *[EventsMessage.model_validate(body) for body in sent])
        await expect(card.get_by_text(fate)).to_be_visible()


async def test_a_key_is_replaced_and_another_ended(home: Home, visit: Visiting) -> None:
    found = await visit(home, "integrations/{integration}")
    keys = found.page.get_by_role("region", name="Routing keys")
    before = await keys.get_by_role("listitem").count()
    await keys.get_by_role("button", name="Replace").first.click()
    await expect(keys.get_by_role("listitem")).to_have_count(before + 1)
    await expect(keys.get_by_text("ending")).to_be_visible()
    await expect(found.page.get_by_text("It is shown this once")).to_be_visible()
    await keys.get_by_role("button", name="Revoke").last.click()
    await found.page.get_by_role("button", name="Revoke the key").click()
    await expect(keys.get_by_text("revoked", exact=True)).to_be_visible()


async def test_settings_are_kept_over_a_reload_and_what_somebody_else_saved_is_said(
    home: Home, visit: Visiting
) -> None:
    found = await visit(home, "services/{service}?tab=settings")
    page = found.page
    await page.get_by_label("Runbook").fill("javascript:alert(1)")
    await page.reload()
    await expect(page.get_by_label("Runbook")).to_have_value("javascript:alert(1)")
    found.expected = ["412: ", "console: Failed to load"]
    await page.get_by_label("Runbook").fill("https://runbooks.example/x")
    home.database.rows(
        "update service set version = version + 1, runbook_url = 'https://theirs.example' where id = %s returning id",
        page.url.split("/services/")[1].split("?")[0],
    )
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Somebody else saved meanwhile")).to_be_visible()
    await page.get_by_role("button", name="Load what they saved").click()
    await expect(page.get_by_label("Runbook")).to_have_value("https://theirs.example")
    await page.get_by_label("Runbook").fill("https://runbooks.example/x")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Saved.")).to_be_visible()


async def test_a_circle_of_dependencies_is_refused_at_the_field(home: Home, visit: Visiting) -> None:
    ((database,),) = home.database.rows(
        "select id from service where org_id = %s and name = 'Primary database'", ORGANIZATION_ID
    )
    found = await visit(home, f"services/{database}?tab=dependencies")
    found.expected = ["422: ", "console: Failed to load"]
    await expect(found.page.get_by_role("link", name="Payments API")).to_be_visible()
    await choose(found.page, "It depends on", "Checkout")
    await found.page.keyboard.press("Escape")
    await found.page.get_by_role("button", name="Save", exact=True).click()
    await expect(found.page.get_by_text("would close a circle: Primary database → Checkout").first).to_be_visible()


async def test_an_event_says_why(home: Home, visit: Visiting) -> None:
    ((search,),) = home.database.rows("select id from service where org_id = %s and name = 'Search'", ORGANIZATION_ID)
    found = await visit(home, f"services/{search}?tab=events")
    await found.page.get_by_role("button", name=re.compile("Search p99|index of products")).first.click()
    dialog = found.page.get_by_role("dialog", name="Event")
    await expect(dialog.get_by_text("What became of it")).to_be_visible()
    await found.page.reload()
    await expect(dialog.get_by_text("What became of it")).to_be_visible()


async def test_a_viewer_looks_and_is_told_why_not_more(home: Home, visit: Visiting) -> None:
    found = await visit(home, "services", role="viewer")
    await expect(found.page.get_by_text("You are a viewer here; to change this takes an admin.")).to_be_visible()
    await expect(found.page.get_by_role("button", name="New service")).to_be_disabled()
    await found.go("integrations/{integration}")
    for name in ("Send it", "Delete this integration", "Make another key"):
        await expect(found.page.get_by_role("button", name=name)).to_be_disabled()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_names_and_events_are_text_and_fit(home: Home, visit: Visiting, text: str) -> None:
    ((event, service, integration),) = home.database.rows(
        "select id, service_id, integration_id from event where org_id = %s and integration_id is not null "
        "order by received_at desc, id desc limit 1",
        ORGANIZATION_ID,
    )
    home.database.rows("update service set name = %s where id = %s returning id", text[:200], service)
    home.database.rows("update integration set name = %s where id = %s returning id", text[:200], integration)
    home.database.rows("update event set summary = %s where id = %s returning id", text[:1024], event)
    found = await visit(home, "services", size="small")
    for path in (f"services/{service}", f"services/{service}?tab=events&event={event}", f"integrations/{integration}"):
        assert await overflow(found.page) == 0
        await found.go(path)
    assert await overflow(found.page) == 0
