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

pytestmark = [pytest.mark.xdist_group("dashboard: incidents"), pytest.mark.asyncio(loop_scope="session")]

STALE_INDEX: Final = "The index of products is 40 min old"
AHEAD: Final = """{
    const Real = Date, by = 3 * 3600e3;
    Date = class extends Real {
        constructor(...given) { given.length ? super(...given) : super(Real.now() + by); }
        static now() { return Real.now() + by; }
    };
}"""
"""A clock that is three hours fast."""


UNANSWERED: Final = "select count(*) from incident where org_id = %s and status = 'triggered'"
STALE: Final = "select id from incident where org_id = %s and title = %s"
STATUS: Final = "select status from incident where org_id = %s and number = %s"


def status(home: Home, number: int) -> str:
    """Where an incident stands in the database."""
    ((found,),) = home.database.rows(STATUS, ORGANIZATION_ID, number)
    return found


async def test_what_nobody_has_comes_first_and_is_counted(home: Home, visit: Visiting) -> None:
    ((count,),) = home.database.rows(UNANSWERED, ORGANIZATION_ID)
    found = await visit(home, "incidents")
    page = found.page
    await expect(page.locator("main h2")).to_have_text([f"Nobody has it · {count}", re.compile("In hand · ")])
    await expect(page.get_by_role("listitem").filter(has_text="Nobody yet").first).to_contain_text("Critical")
    await expect(page.get_by_role("navigation").get_by_role("link", name="Incidents")).to_contain_text(str(count))
    await expect(page).to_have_title(f"({count}) Incidents · Tocsin")
    await page.get_by_role("link", name="Monitors").first.click()
    await expect(page).to_have_title(f"({count}) Monitors · Tocsin")


async def test_several_are_selected_on_a_phone(home: Home, visit: Visiting) -> None:
    found = await visit(home, "incidents", size="small", role="responder")
    page = found.page
    box = page.get_by_role("checkbox", name="Select incident 52")
    await expect(box).to_be_hidden()
    await page.get_by_role("button", name="Select", exact=True).tap()
    await box.tap()
    other = page.get_by_role("link", name="The certificate of staging")
    await other.evaluate("one => one.scrollIntoView({ block: 'center' })")
    await other.tap()
    chosen = page.get_by_role("region", name="Selected incidents")
    await expect(chosen).to_contain_text("2 selected")
    await expect(chosen.get_by_role("button", name="Acknowledge")).to_be_in_viewport()
    assert await overflow(page) == 0
    await page.get_by_role("button", name="Done").tap()
    await expect(chosen).to_have_count(0)
    await expect(box).to_be_hidden()
    await page.get_by_role("button", name="Filters").tap()
    await expect(page.get_by_role("button", name="Service: All services")).to_be_visible()


async def test_a_service_is_chosen_by_keyboard(home: Home, visit: Visiting) -> None:
    found = await visit(home, "incidents")
    page = found.page
    await page.get_by_role("button", name="Service: All services").focus()
    await page.keyboard.press("Enter")
    choice = page.get_by_role("combobox", name="Service")
    await expect(choice).to_be_focused()
    await page.keyboard.type("Search")
    await expect(page.get_by_role("option", name="Search")).to_be_visible()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("service_id="))
    await page.reload()
    await expect(choice).to_have_value("Search")


async def test_an_incident_that_nobody_answered_says_so(home: Home, visit: Visiting) -> None:
    ((incident,),) = home.database.rows(STALE, ORGANIZATION_ID, STALE_INDEX)
    found = await visit(home, f"incidents/{incident}")
    page = found.page
    facts = page.get_by_role("complementary", name="Facts")
    await expect(facts).to_contain_text(re.compile(r"Nobody yet\s*paged the fallback contact, \w.*; last .*\d\d:\d\d"))
    await expect(facts).to_contain_text("Nobody answered. The fallback contact was paged")
    await expect(facts.get_by_role("listitem").first).to_contain_text("no answer")
    entries = page.locator("ol[reversed] > li")
    await expect(entries.first).to_contain_text("Nobody answered, so it paged the fallback contact")
    for entry in await entries.filter(has_text=re.compile("[Pp]aged ")).all():
        await expect(entry.get_by_role("listitem").first).to_contain_text("E-mail")
    await expect(entries.filter(has_text="was handed over")).to_have_count(0)


async def test_what_broke_is_told_by_the_event_of_an_alert(home: Home, visit: Visiting) -> None:
    ((incident,),) = home.database.rows(STALE, ORGANIZATION_ID, STALE_INDEX)
    found = await visit(home, f"incidents/{incident}?tab=alerts", role="viewer")
    page, event = found.page, found.page.get_by_role("dialog", name="Event")
    await page.get_by_role("button", name="See its last event").click()
    await expect(event).to_contain_text(STALE_INDEX)
    await page.keyboard.press("Escape")
    await expect(event).to_have_count(0)
    await page.get_by_role("tab", name="Why").click()
    await page.get_by_role("button", name="no alert with this dedup key was open").click()
    await expect(event).to_contain_text(STALE_INDEX)


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
    await expect(row.get_by_role("link")).to_be_focused()
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
    right_minutes, wrong_minutes = (int(text.split()[0]) for text in said)
    assert abs(right_minutes - wrong_minutes) <= 1


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
