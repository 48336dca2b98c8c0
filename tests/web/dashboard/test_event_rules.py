"""Event rules: written from an example, mended where they are wrong, tried on what has come, saved as a version."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.web.dashboard.conftest import Visiting
from tests.web.dashboard.home import Home
from tests.web.dashboard.sorting import move
from tests.web.test_hostile import TEXTS
from tests.web.test_reading import overflow
from tocsin.domain.demo import ORGANIZATION_ID

pytestmark = [pytest.mark.xdist_group("dashboard: event rules"), pytest.mark.asyncio(loop_scope="session")]

RULES = "select rules from event_rule_set_version where org_id = %s order by version desc limit 1"


def names(home: Home) -> list[str]:
    """What the organization's rules are called, in their order."""
    ((rules,),) = home.database.rows(RULES, ORGANIZATION_ID)
    return [rule["name"] for rule in rules]


async def save(page: Page) -> None:
    """Save the rules as they stand."""
    await page.get_by_role("region", name="Changes").get_by_role("button", name="Save").click()


async def test_a_rule_is_written_mended_tried_and_saved(home: Home, visit: Visiting) -> None:
    found = await visit(home, "event-rules")
    found.expected = ["422: ", "console: Failed to load"]
    page = found.page
    await page.get_by_role("button", name="Add a rule").click()
    await page.get_by_role("menuitem", name="Be quiet about tests").click()
    await page.get_by_label("When", exact=True).fill("labels.env = 'test'")
    await save(page)
    await expect(page.get_by_text("Something is wrong here")).to_be_visible()
    await expect(page.get_by_label("When", exact=True)).to_have_attribute("aria-invalid", "true")
    await page.get_by_label("When", exact=True).fill("event.summary.contains('trial')")
    await page.get_by_role("combobox", name="An event comes for the service").click()
    await page.get_by_role("option", name="Search", exact=True).click()
    await page.get_by_role("button", name=re.compile("Try the last")).click()
    await expect(page.get_by_role("list", name="What would become of them")).to_contain_text("no rule matches")
    await page.get_by_label("Summary").fill("a trial run")
    await page.get_by_role("button", name="Try it", exact=True).click()
    decision = page.get_by_role("region", name="What would happen")
    await expect(decision).to_contain_text("It pages nobody: a rule suppresses it.")
    await expect(decision).to_contain_text("A rule matched: Tests page nobody")
    assert "Tests page nobody" not in names(home)
    await save(page)
    await expect(page.get_by_text("Saved as version 3.")).to_be_visible()
    assert names(home)[-1] == "Tests page nobody"


async def test_rules_are_put_into_another_order_by_keyboard_and_kept_over_a_reload(home: Home, visit: Visiting) -> None:
    found = await visit(home, "event-rules")
    page, before = found.page, names(home)
    await move(page.get_by_role("button", name=f"Move rule 1, {before[0]}"), "ArrowDown", 2)
    await expect(page.get_by_role("button", name=f"Move rule 2, {before[0]}")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("button", name=f"Move rule 2, {before[0]}")).to_be_visible()
    await save(page)
    await expect(page.get_by_role("region", name="Changes")).to_have_count(0)
    assert names(home) == [before[1], before[0], *before[2:]]


async def test_an_earlier_version_is_taken_up_again(home: Home, visit: Visiting) -> None:
    found = await visit(home, "event-rules")
    page = found.page
    await page.get_by_role("button", name="More about rule 1").click()
    await page.get_by_role("menuitem", name="Remove").click()
    gone = names(home)[0]
    await save(page)
    await expect(page.get_by_role("region", name="Changes")).to_have_count(0)
    assert gone not in names(home)
    await page.get_by_role("button", name="Earlier versions").click()
    await page.get_by_role("button", name="Take it up again").first.click()
    await save(page)
    await expect(page.get_by_role("region", name="Changes")).to_have_count(0)
    assert gone in names(home)


async def test_two_people_who_write_rules_do_not_lose_each_others(home: Home, visit: Visiting) -> None:
    first, second = await visit(home, "event-rules"), await visit(home, "event-rules", role="admin")
    for found in (first, second):
        await found.page.get_by_role("button", name="Add a rule").click()
        await found.page.get_by_role("menuitem", name="An empty one").click()
        await found.page.get_by_label("Name", exact=True).fill(f"of {'one' if found is first else 'another'}")
    await save(first.page)
    await expect(first.page.get_by_role("region", name="Changes")).to_have_count(0)
    second.expected = ["412: ", "console: Failed to load"]
    await save(second.page)
    await expect(second.page.get_by_text("Somebody else saved meanwhile")).to_be_visible()
    await second.page.get_by_role("button", name="Load what they saved").click()
    await expect(second.page.get_by_role("button", name=re.compile("of one"))).not_to_have_count(0)
    assert names(home)[-1] == "of one"


async def test_a_services_rules_are_its_own(home: Home, visit: Visiting) -> None:
    found = await visit(home, "services/{service}?tab=rules")
    page = found.page
    await page.get_by_role("button", name="Add the first rule").click()
    await page.get_by_role("menuitem", name="Wait whether it goes away").click()
    await expect(page.get_by_role("combobox", name="Send it to the service")).to_have_count(0)
    await save(page)
    await expect(page.get_by_text("Saved as version 2.")).to_be_visible()


async def test_a_viewer_reads_rules_and_tries_them(home: Home, visit: Visiting) -> None:
    found = await visit(home, "event-rules", role="viewer")
    await expect(found.page.get_by_role("button", name="Add a rule")).to_be_disabled()
    await expect(found.page.get_by_role("button", name=re.compile("^Move rule"))).to_have_count(0)
    await found.page.get_by_role("combobox", name="An event comes for the service").click()
    await found.page.get_by_role("option", name="Search", exact=True).click()
    await found.page.get_by_role("button", name="Try it", exact=True).click()
    await expect(found.page.get_by_role("region", name="What would happen")).to_be_visible()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_rules_are_text_and_fit(home: Home, visit: Visiting, text: str) -> None:
    found = await visit(home, "event-rules", size="small")
    page = found.page
    await page.get_by_role("button", name="Add a rule").click()
    await page.get_by_role("menuitem", name="An empty one").click()
    await page.get_by_label("Name", exact=True).fill(text[:200])
    await page.get_by_label("When", exact=True).fill(text)
    await page.get_by_role("button", name="Close", exact=True).click()
    assert await overflow(page) == 0
