"""Responding: on a phone at 3 a.m., by keyboard, in two tabs, and on a bad connection."""

import json
import re
from http import HTTPStatus
from typing import Final

import pytest
from playwright.async_api import expect

from tests.web.dashboard.conftest import Visiting
from tests.web.dashboard.home import Home, Reply, carried_out
from tests.web.test_hostile import TEXTS
from tests.web.test_reading import overflow
from tocsin.domain.demo import ORGANIZATION_ID

pytestmark = [pytest.mark.xdist_group("dashboard"), pytest.mark.asyncio(loop_scope="session")]

STALE_INDEX: Final = "The index of products is 40 min old"
AHEAD: Final = """{
    const Real = Date, by = 3 * 3600e3;
    Date = class extends Real {
        constructor(...given) { given.length ? super(...given) : super(Real.now() + by); }
        static now() { return Real.now() + by; }
    };
}"""
"""A clock that is three hours fast."""


STATUS: Final = "select status from incident where org_id = %s and number = %s"


def status(home: Home, number: int) -> str:
    """Where an incident stands in the database."""
    ((found,),) = home.database.rows(STATUS, ORGANIZATION_ID, number)
    return found


async def test_an_incident_is_acknowledged_on_a_phone_with_one_tap(home: Home, visit: Visiting) -> None:
    found = await visit(home, "incidents", size="phone", role="responder")
    row = found.page.get_by_role("listitem").filter(has_text=STALE_INDEX)
    await expect(row).to_contain_text("Nobody yet")
    button = row.get_by_role("button", name="Acknowledge incident 52")
    box = await button.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert box["width"] >= 300
    async with found.page.expect_response(re.compile("/acknowledge$")):
        await button.tap()
        await expect(row).to_contain_text("Acknowledged")
    await expect(row).not_to_contain_text("Nobody yet")
    await expect(row.get_by_role("button", name="Resolve incident 52")).to_be_visible()
    assert status(home, 52) == "acknowledged"


async def test_what_the_api_refuses_is_taken_back_and_said(home: Home, visit: Visiting) -> None:
    found = await visit(home, "incidents")
    found.expected = ["503", "console: Failed to load"]
    told = {"code": "database_unavailable", "status": 503, "detail": "The database is away."}
    home.fail = lambda method, _: (
        Reply(HTTPStatus.SERVICE_UNAVAILABLE, {"Content-Type": "application/problem+json"}, json.dumps(told).encode())
        if method == "POST"
        else None
    )
    try:
        row = found.page.get_by_role("listitem").filter(has_text="The certificate of staging")
        await row.get_by_role("button", name="Acknowledge incident 50").click()
        await expect(row).to_contain_text("Acknowledged")
        await expect(found.page.get_by_role("alert")).to_contain_text("The database is away.")
        await expect(row).to_contain_text("Nobody yet")
    finally:
        home.fail = carried_out
    assert status(home, 50) == "triggered"


async def test_the_keyboard_goes_through_the_list_and_acts(home: Home, visit: Visiting) -> None:
    found = await visit(home, "incidents?status=acknowledged")
    keys = found.page.keyboard
    await keys.press("j")
    await keys.press("x")
    await expect(found.page.get_by_role("region", name="Selected incidents")).to_contain_text("1 selected")
    await keys.press("x")
    await keys.press("Enter")
    await expect(found.page).to_have_url(re.compile("/incidents/"))
    await expect(found.page.locator("h1")).to_be_focused()


async def test_a_note_survives_a_reload_before_it_is_added(home: Home, visit: Visiting) -> None:
    found = await visit(home, "incidents/{incident}")
    note = found.page.get_by_role("textbox", name="Note")
    await note.fill("The indexer had lost its lease.")
    await found.page.reload()
    await expect(note).to_have_value("The indexer had lost its lease.")
    await found.page.get_by_role("button", name="Add the note").click()
    await expect(found.page.get_by_role("list").get_by_text("The indexer had lost its lease.")).to_be_visible()
    await expect(note).to_have_value("")


async def test_a_change_by_somebody_else_shows_without_a_reload(home: Home, visit: Visiting) -> None:
    watcher = await visit(home, "incidents?status=triggered&status=acknowledged&status=resolved", role="viewer")
    row = watcher.page.get_by_role("listitem").filter(has_text="Webhooks to merchants fail")
    await expect(row).to_contain_text("Acknowledged")
    actor = await visit(home, "incidents")
    await actor.page.get_by_role("button", name="Resolve incident 54").click()
    await expect(row).to_contain_text("Resolved")


async def test_offline_is_said_and_an_action_fails_with_a_word(home: Home, visit: Visiting) -> None:
    found = await visit(home, "incidents")
    found.expected = ["ERR_INTERNET_DISCONNECTED", "Failed to fetch", "WebSocket"]
    context = found.page.context
    async with found.page.expect_response(lambda one: "/Notices-" in one.url):
        await found.page.reload()
    await found.page.wait_for_load_state("networkidle")
    await context.set_offline(True)
    await expect(found.page.get_by_text("You are offline.")).to_be_visible()
    await found.page.get_by_role("button", name="Acknowledge incident 50").click()
    await expect(found.page.get_by_role("alert")).to_contain_text("No connection")
    await context.set_offline(False)
    await expect(found.page.get_by_text("You are offline.")).to_have_count(0)
    assert status(home, 50) == "triggered"


async def test_two_tabs_show_two_organizations(home: Home, visit: Visiting) -> None:
    first = await visit(home, "incidents")
    tab = await first.page.context.new_page()
    await tab.goto(home.site + "/?all=true")
    await tab.get_by_label("New organization").fill("Second Street")
    await tab.get_by_role("button", name="Make it").click()
    await expect(tab.get_by_role("button", name="Organization: Second Street")).to_be_visible()
    await first.page.reload()
    await expect(first.page.get_by_role("button", name="Organization: Northwind")).to_be_visible()
    await expect(first.page.get_by_text("The certificate of staging")).to_be_visible()
    await tab.reload()
    await expect(tab.get_by_role("button", name="Organization: Second Street")).to_be_visible()


async def test_a_wrong_clock_does_no_harm(home: Home, visit: Visiting) -> None:
    right = await visit(home, "incidents")
    wrong = await visit(home, "incidents", before=AHEAD)
    said = [await one.page.locator("time").first.inner_text() for one in (right, wrong)]
    assert said[0].split()[-1] == "ago"
    assert said[0][:2] == said[1][:2]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_what_a_tool_says_is_text_and_fits(home: Home, visit: Visiting, text: str) -> None:
    home.database.rows(
        "update incident set title = %s where org_id = %s and number = 51 returning id", text, ORGANIZATION_ID
    )
    ((incident,),) = home.database.rows("select id from incident where org_id = %s and number = 51", ORGANIZATION_ID)
    found = await visit(home, "incidents", size="small")
    assert await overflow(found.page) == 0
    await found.go(f"incidents/{incident}")
    await expect(found.page.locator("h1")).to_contain_text(text[:30].strip().split("\u3000")[0])
    assert await overflow(found.page) == 0
