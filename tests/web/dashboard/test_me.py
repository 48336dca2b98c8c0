"""One's own account: contact methods proven and tried, rules written, findings, the profile, and what is refused."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.support.signed_in import codes
from tests.web.dashboard.conftest import Visiting
from tests.web.dashboard.home import Home
from tests.web.test_accessibility import violations
from tests.web.test_hostile import TEXTS
from tests.web.test_reading import overflow

pytestmark = [pytest.mark.xdist_group("dashboard: me"), pytest.mark.asyncio(loop_scope="session")]


def end_test(home: Home, state: str, detail: str | None) -> None:
    """Let something become of the newest test page, as `record` writes it."""
    home.database.rows(
        "update mail set state = %s, detail = %s, ended_at = now(), created_at = created_at - interval '2 minutes'"
        " where id = (select id from mail where kind = 'test' order by created_at desc limit 1) returning id",
        state,
        detail,
    )


def row(page: Page, label: str) -> Locator:
    """A contact method in the list."""
    return page.get_by_role("list", name="Contact methods").get_by_role("listitem").filter(has_text=label)


async def test_an_address_is_added_and_proven_by_its_code(home: Home, visit: Visiting) -> None:
    found = await visit(home, "me?tab=contacts")
    found.expected = ["422", "console: Failed to load"]
    page = found.page
    await page.get_by_role("button", name="Add a contact method").click()
    await page.get_by_role("menuitem", name="E-mail").click()
    await page.get_by_role("textbox", name="Address").fill("maya@home.example")
    await page.get_by_role("textbox", name="Label").fill("home")
    await page.reload()
    await expect(page.get_by_role("textbox", name="Address")).to_have_value("maya@home.example")
    await page.get_by_role("button", name="Add it and mail a code").click()
    one = row(page, "maya@home.example")
    await expect(one).to_contain_text("Not verified")
    await expect(one).to_contain_text("A code was mailed to maya@home.example")
    (code,) = codes(home.host)
    await one.get_by_role("group", name="Code for home").get_by_role("textbox").first.click()
    await page.keyboard.type(f"{(int(code) + 1) % 1_000_000:06}")
    await expect(one.get_by_role("alert")).to_contain_text("is not the one that was sent; 4 more tries")
    await page.keyboard.type(code)
    await expect(one).to_contain_text(re.compile(r"^(?!.*Not verified).*Verified", re.DOTALL))
    await one.get_by_role("button", name="Remove").click()
    await page.get_by_role("button", name="Remove it").click()
    await expect(page.get_by_text("home is removed.")).to_be_visible()
    await expect(one).to_have_count(0)


async def test_a_webhook_shows_its_secret_once_and_the_fate_of_its_tests(home: Home, visit: Visiting) -> None:
    found = await visit(home, "me?tab=contacts&add=webhook", size="phone")
    found.expected = ["422", "429", "console: Failed to load"]
    page = found.page
    await page.get_by_role("textbox", name="URL").fill("ftp://example.com/hook")
    await page.get_by_role("button", name="Add it").click()
    await expect(page.get_by_role("dialog")).to_contain_text("must be an absolute http or https URL")
    await page.get_by_role("textbox", name="URL").fill("https://hooks.example.com/page")
    await page.get_by_role("textbox", name="Label").fill("gateway")
    await page.get_by_role("button", name="Add it").click()
    await expect(page.get_by_label("signing secret", exact=True)).to_contain_text("whsec_")
    await page.get_by_role("button", name="I have copied it").click()
    await expect(page.get_by_text("whsec_")).to_have_count(0)
    one = row(page, "gateway")
    await one.get_by_role("button", name="Verify it by a test page").click()
    await expect(one).to_contain_text("The test page is on its way")
    end_test(home, "failed", "answered 500")
    await expect(one).to_contain_text("The test page failed: answered 500.")
    await one.get_by_role("button", name="Verify it by a test page").click()
    await expect(one).to_contain_text("The test page is on its way")
    home.database.rows("update contact_method set verified_at = now() where label = 'gateway' returning id")
    end_test(home, "sent", None)
    await expect(one).to_contain_text("The test page was handed over")
    await expect(one.get_by_text("Verified", exact=True)).to_be_visible()
    await one.get_by_role("button", name="Switch off").click()
    await page.get_by_role("button", name="Switch it off").click()
    await expect(one).to_contain_text("Switched off")
    await expect(one.get_by_role("button", name="Send a test page")).to_have_count(0)


async def test_rules_are_written_put_in_order_copied_and_ended(home: Home, visit: Visiting) -> None:
    found = await visit(home, "me?tab=rules")
    page = found.page
    high, low = page.get_by_role("region", name="High urgency"), page.get_by_role("region", name="Low urgency")
    await expect(high).to_contain_text("After 5 min")
    await high.get_by_role("button", name="Change").click()
    told = high.get_by_role("status").last
    await expect(told).to_have_text("At once: mail to work. After 5 min: Slack on-call channel.")
    await high.get_by_role("textbox", name="Delay of rule 2", exact=True).fill("2")
    await high.get_by_role("button", name="Move rule 2").focus()
    said = page.get_by_role("status").filter(has_text="rule 2")
    for key, heard in (("Space", "was taken up"), ("ArrowUp", "at place 1"), ("Space", "put down at place 1")):
        await page.keyboard.press(key)
        await expect(said).to_contain_text(heard)
    await expect(told).to_have_text("At once: Slack on-call channel. After 2 min: mail to work.")
    await page.reload()
    await expect(told).to_have_text("At once: Slack on-call channel. After 2 min: mail to work.")
    await high.get_by_role("button", name="Save").click()
    await expect(high).to_contain_text("Version 3")
    await low.get_by_role("button", name="Copy from high urgency").click()
    await low.get_by_role("textbox", name="Delay of rule 1", exact=True).fill("30")
    await low.get_by_role("combobox", name="Unit of Delay of rule 1").select_option("hours")
    await low.get_by_role("button", name="Save").click()
    await expect(low.get_by_text("At most 24 hours")).to_be_visible()
    await low.get_by_role("textbox", name="Delay of rule 1", exact=True).fill("1")
    await low.get_by_role("button", name="Save").click()
    await expect(low).to_contain_text("After 1 h")
    await low.get_by_role("button", name="Change").click()
    await low.get_by_role("button", name="All at once").click()
    await page.get_by_role("button", name="End the rules").click()
    await expect(low).to_contain_text("There are no rules")


async def test_rules_that_somebody_else_saved_are_not_written_over(home: Home, visit: Visiting) -> None:
    one, other = await visit(home, "me?tab=rules"), await visit(home, "me?tab=rules")
    one.expected = ["412", "console: Failed to load"]
    for found, delay in ((other, "7"), (one, "9")):
        high = found.page.get_by_role("region", name="High urgency")
        if found is other:
            await one.page.get_by_role("region", name="High urgency").get_by_role("button", name="Change").click()
            await one.page.get_by_role("textbox", name="Delay of rule 2", exact=True).fill("9")
            await high.get_by_role("button", name="Change").click()
        await high.get_by_role("textbox", name="Delay of rule 2", exact=True).fill(delay)
        await high.get_by_role("button", name="Save").click()
        if found is other:
            await expect(high).to_contain_text("After 7 min")
    await expect(one.page.get_by_role("alert")).to_contain_text("Somebody else saved meanwhile")
    await one.page.get_by_role("button", name="Load what they saved").click()
    await expect(one.page.get_by_role("region", name="High urgency")).to_contain_text("After 7 min")


async def test_it_is_said_when_nothing_reaches_one(home: Home, visit: Visiting) -> None:
    ((user_id,),) = home.database.rows("select id from user_account where name = 'Maya Okafor'")
    home.database.rows(
        "update contact_method set disabled_at = now(), disabled_reason = 'answered 410 Gone'"
        " where user_id = %s and removed_at is null returning id",
        user_id,
    )
    found = await visit(home, "me?tab=rules", size="phone")
    page = found.page
    await expect(page.get_by_text("No page reaches you")).to_be_visible()
    await expect(page.get_by_role("region", name="High urgency")).to_contain_text("Nothing is sent")
    assert await violations(page) == []
    home.database.rows(
        "update contact_method set disabled_at = null, verified_at = null where user_id = %s and removed_at is null"
        " returning id",
        user_id,
    )
    await found.go("me?tab=contacts")
    await expect(page.get_by_text("None of your contact methods is verified")).to_be_visible()
    await row(page, "work").get_by_role("button", name="Verify it", exact=True).click()
    await expect(row(page, "work")).to_contain_text("A code was mailed to")
    assert await violations(page) == []
    home.database.rows("update contact_method set verified_at = now() where user_id = %s returning id", user_id)


async def test_one_is_renamed_and_the_last_owner_neither_leaves_nor_ends(home: Home, visit: Visiting) -> None:
    found = await visit(home, "me")
    found.expected = ["409", "console: Failed to load"]
    page = found.page
    await expect(page.get_by_role("region", name="My shifts")).to_be_visible()
    await page.get_by_role("textbox", name="Name").fill("Maya O.")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("button", name="Account: Maya O.")).to_be_visible()
    await page.get_by_role("textbox", name="Name").fill("Maya Okafor")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("button", name="Account: Maya Okafor")).to_be_visible()
    await page.get_by_role("button", name="Leave Northwind").click()
    await page.get_by_role("button", name="Leave it").click()
    await expect(page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
    await page.get_by_role("button", name="Cancel").click()
    await page.get_by_role("tab", name="Security").click()
    await page.get_by_role("button", name="Delete…").click()
    await page.get_by_role("textbox", name="Type your e-mail address").fill("maya@tocsin-demo.example")
    await page.get_by_role("button", name="Delete my account").click()
    await expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("last owner of Northwind")


async def test_a_viewer_is_told_why_nothing_can_be_changed(home: Home, visit: Visiting) -> None:
    found = await visit(home, "me?tab=contacts&add=email", role="viewer")
    page = found.page
    why = "You are a viewer here; to change this takes a responder."
    await expect(page.get_by_text(why)).to_be_visible()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    add = page.get_by_role("button", name="Add a contact method").first
    await expect(add).to_be_disabled()
    await expect(add).to_have_attribute("title", why)
    await page.get_by_role("tab", name="Rules").click()
    for button in await page.get_by_role("region").get_by_role("button").all():
        await expect(button).to_be_disabled()


async def test_an_admin_sets_up_how_others_are_reached(home: Home, visit: Visiting) -> None:
    found = await visit(home, "people", role="admin")
    page = found.page
    await page.get_by_role("link", name="Sam Carter").click()
    await expect(page.get_by_role("heading", name="Sam Carter")).to_be_visible()
    await page.get_by_role("button", name="Add a contact method").click()
    await page.get_by_role("menuitem", name="Slack").click()
    await page.get_by_role("textbox", name="URL").fill("https://hooks.slack.com/services/T0/B0/none")
    await page.get_by_role("textbox", name="Label").fill("Sam in Slack")
    await page.get_by_role("button", name="Add it").click()
    await row(page, "Sam in Slack").get_by_role("button", name="Remove").click()
    await page.get_by_role("button", name="Remove it").click()
    await expect(row(page, "Sam in Slack")).to_have_count(0)
    other = await visit(home, page.url.partition(home.site)[2], role="viewer")
    await expect(other.page).to_have_url(re.compile(r"/me\?tab=contacts"))


async def test_whoever_leaves_is_led_elsewhere(home: Home, visit: Visiting) -> None:
    found = await visit(home, "me", role="responder")
    found.expected = [
        "404",
        "console: Failed to load",
    ]  # a hint may come before the screen goes
    await found.page.get_by_role("button", name="Leave Northwind").click()
    await found.page.get_by_role("button", name="Leave it").click()
    await expect(found.page.get_by_role("heading", name="Welcome")).to_be_visible()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_labels_are_text_and_fit(home: Home, visit: Visiting, text: str) -> None:
    home.database.rows("update contact_method set label = left(%s, 200) returning id", text)
    found = await visit(home, "me?tab=contacts", size="small")
    await expect(found.page.get_by_role("list", name="Contact methods")).to_contain_text(text[:20].split("\u3000")[0])
    assert await overflow(found.page) == 0
    await found.go("me?tab=rules")
    await found.page.get_by_role("button", name="Change").first.click()
    await expect(found.page.get_by_role("combobox", name="Contact method of rule 1")).to_be_visible()
    assert await overflow(found.page) == 0
