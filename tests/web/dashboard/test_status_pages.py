"""Status pages: made and published, put in order by keyboard, reported on, and edited by two at once."""

import io
import re
import struct
import zlib
from typing import Final

import pytest
from playwright.async_api import Page, expect

from tests.web.dashboard.conftest import Visiting
from tests.web.dashboard.home import Home
from tests.web.dashboard.sorting import move
from tests.web.test_hostile import TEXTS
from tests.web.test_reading import overflow
from tocsin.domain.demo import ORGANIZATION_ID

pytestmark = [pytest.mark.xdist_group("dashboard: status pages"), pytest.mark.asyncio(loop_scope="session")]

ORDER: Final = """
    select c.name from component c left join component_group g on g.org_id = c.org_id and g.id = c.component_group_id
    where c.org_id = %s and c.status_page_id = %s and c.deleted_at is null
    order by coalesce(g.position, c.position), c.position
"""
DEMO_PAGE: Final = """
    update status_page set slug = 'northwind' where org_id = %s and slug in ('demo', 'northwind') returning id
"""
"""Its own address is kept for the demo: nobody else can save a page with it."""
TOLD = """
    select i.id from incident i join component_source s on s.service_id = i.service_id
    where i.org_id = %s order by i.status = 'resolved', i.number limit 1
"""


def demo_page(home: Home) -> str:
    """The page that was there before these tests."""
    ((page,),) = home.database.rows(DEMO_PAGE, ORGANIZATION_ID)
    return str(page)


def names(home: Home, page: str) -> list[str]:
    """The components of a page as the public sees them."""
    return [name for (name,) in home.database.rows(ORDER, ORGANIZATION_ID, page)]


def png(width: int, height: int) -> bytes:
    """A picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x2a\x4f\xd0" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    made = io.BytesIO(b"\x89PNG\r\n\x1a\n")
    made.seek(0, io.SEEK_END)
    for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")):
        made.write(chunk(kind, data))
    return made.getvalue()


async def choose(page: Page, label: str, option: str) -> None:
    """Choose of a list that opens."""
    await page.get_by_role("combobox", name=label, exact=True).click()
    await page.get_by_role("option", name=option, exact=True).click()


async def test_a_page_is_made_and_published(home: Home, visit: Visiting) -> None:
    found = await visit(home, "status-pages")
    page = found.page
    await page.get_by_role("button", name="New status page").click()
    await page.get_by_role("textbox", name="Name").fill("Käse & Co")
    await expect(page.get_by_role("textbox", name="Address")).to_have_value("kase-co")
    await page.get_by_role("button", name="Create the page").click()
    await expect(page.get_by_text("What do people use of yours?")).to_be_visible()
    await page.get_by_role("button", name="Add a component").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("textbox", name="Name").fill("Shop")
    await choose(page, "Monitors", "Checkout API")
    await page.keyboard.press("Escape")
    await dialog.get_by_role("button", name="Add it").click()
    await expect(page.get_by_role("listitem").filter(has_text="Shop")).to_contain_text("1 monitor")
    await page.get_by_role("button", name="Publish the page").click()
    await expect(page.get_by_text("Public", exact=True)).to_be_visible()
    rows = home.database.rows(
        "select visibility from status_page where org_id = %s and slug = 'kase-co'", ORGANIZATION_ID
    )
    assert rows == [("public",)]


async def test_components_are_put_in_order_by_keyboard(home: Home, visit: Visiting) -> None:
    page_id = demo_page(home)
    before = names(home, page_id)
    assert before[:2] == ["Storefront", "Checkout"]
    found = await visit(home, f"status-pages/{page_id}")
    page = found.page
    await move(page.get_by_role("button", name="Move Storefront"), "ArrowDown", 2)
    await expect(page.get_by_role("list", name="Components of Shop").get_by_role("listitem").first).to_contain_text(
        "Checkout"
    )
    await page.get_by_role("button", name="Actions for Phone support").click()
    async with page.expect_response(re.compile("/order$")):
        await page.get_by_role("menuitem", name="Move into Platform").click()
    assert names(home, page_id)[:2] == ["Checkout", "Storefront"]
    assert names(home, page_id)[-1] == "Phone support"
    ((group,),) = home.database.rows(
        """
        select g.name from component c join component_group g on g.org_id = c.org_id and g.id = c.component_group_id
        where c.org_id = %s and c.name = 'Phone support'
        """,
        ORGANIZATION_ID,
    )
    assert group == "Platform"


async def test_a_status_is_set_by_hand_and_taken_back(home: Home, visit: Visiting) -> None:
    found = await visit(home, f"status-pages/{demo_page(home)}", role="responder")
    page = found.page
    row = page.get_by_role("listitem").filter(has_text="Phone support").last
    await page.get_by_role("button", name="Actions for Phone support").click()
    await page.get_by_role("menuitem", name="Set its status…").click()
    await page.get_by_role("radio", name="Partial outage").check()
    await page.get_by_role("button", name="Set the status").click()
    await expect(row).to_contain_text("Partial outage")
    await expect(row).to_contain_text("set by hand")
    await page.get_by_role("button", name="Actions for Phone support").click()
    await page.get_by_role("menuitem", name="Set its status…").click()
    await page.get_by_role("button", name="Take it back").click()
    await expect(row).to_contain_text("Operational")
    await expect(page.get_by_role("button", name="Add a component")).to_be_disabled()


async def test_a_report_is_drafted_published_updated_and_resolved(home: Home, visit: Visiting) -> None:
    found = await visit(home, f"status-pages/{demo_page(home)}?tab=reports", role="responder")
    page = found.page
    await page.get_by_role("link", name="Write a report").click()
    await page.get_by_role("textbox", name="Title").fill("Slow search")
    await page.get_by_role("textbox", name="Text").fill("Searching takes long. We look into it.")
    await choose(page, "Affected components", "Search")
    await page.get_by_role("combobox", name="How Search is").select_option("partial_outage")
    await page.reload()
    await expect(page.get_by_role("textbox", name="Title")).to_have_value("Slow search")
    await page.get_by_role("button", name="Keep as a draft").click()
    await expect(page.get_by_role("heading", name="Slow search")).to_be_visible()
    await expect(page.get_by_text("Draft", exact=True)).to_be_visible()
    await page.get_by_role("textbox", name="Title").fill("Slow and empty search")
    await page.get_by_role("button", name="Publish", exact=True).click()
    await expect(page.get_by_role("heading", name="Slow and empty search")).to_be_visible()
    await expect(page.get_by_role("heading", name="Post an update")).to_be_visible()
    await choose(page, "Status", "Resolved")
    await page.get_by_role("textbox", name="Text").fill("It is as fast as ever.")
    await page.get_by_role("button", name="Publish the update").click()
    updates = page.get_by_role("list", name="Updates").get_by_role("listitem")
    await expect(updates).to_have_count(2)
    await expect(updates.first).to_contain_text("partial outage → operational")
    rows = home.database.rows(
        "select state, status from status_report where org_id = %s and title = 'Slow and empty search'", ORGANIZATION_ID
    )
    assert rows == [("published", "resolved")]


async def test_maintenance_is_announced(home: Home, visit: Visiting) -> None:
    found = await visit(home, f"status-pages/{demo_page(home)}?tab=maintenance", role="responder", size="phone")
    page = found.page
    await page.get_by_role("link", name="Announce maintenance").click()
    await page.get_by_role("textbox", name="Title").fill("New switches")
    await page.get_by_role("textbox", name="Text").fill("Names may not resolve for minutes.")
    await choose(page, "Affected components", "Domain")
    before = await page.get_by_label("From", exact=True).input_value()
    await page.get_by_label("Until", exact=True).fill(before)
    found.expected = ["422", "console: Failed to load"]
    await page.get_by_role("button", name="Publish").click()
    await expect(page.get_by_label("Until", exact=True)).to_have_attribute("aria-invalid", "true")
    year = str(int(before[:4]) + 1)
    await page.get_by_label("From", exact=True).fill(year + before[4:])
    await page.get_by_label("Until", exact=True).fill(year + before[4:11] + "23:59")
    await page.get_by_role("button", name="Publish").click()
    await expect(page.get_by_role("heading", name="New switches")).to_be_visible()
    await expect(page.get_by_text("Scheduled").first).to_be_visible()


async def test_of_two_who_edit_a_page_the_second_is_told(home: Home, visit: Visiting) -> None:
    page_id = demo_page(home)
    found = await visit(home, f"status-pages/{page_id}?tab=settings")
    found.expected = ["412", "console: Failed to load"]
    page = found.page
    await page.get_by_role("textbox", name="Description").fill("Mine")
    home.database.rows(
        "update status_page set version = version + 1, description = 'Theirs' where id = %s returning id", page_id
    )
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("alert")).to_contain_text("Somebody else saved meanwhile")
    await page.get_by_role("button", name="Load what they saved").click()
    await expect(page.get_by_role("textbox", name="Description")).to_have_value("Theirs")
    await page.get_by_role("textbox", name="Description").fill("Ours")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Saved.")).to_be_visible()


async def test_a_colour_that_can_not_be_read_is_refused_with_one_that_can(home: Home, visit: Visiting) -> None:
    found = await visit(home, f"status-pages/{demo_page(home)}?tab=look")
    found.expected = ["422", "console: Failed to load"]
    page = found.page
    colour = page.get_by_role("textbox", name="Colour on light grounds", exact=True)
    await colour.fill("#ffe000")
    await page.get_by_role("button", name="Save").click()
    await page.get_by_role("button", name=re.compile("^Use #")).click()
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Saved.")).to_be_visible()
    await expect(colour).not_to_have_value("#ffe000")


async def test_a_logo_is_put_on_the_page(home: Home, visit: Visiting) -> None:
    found = await visit(home, f"status-pages/{demo_page(home)}?tab=look")
    page = found.page
    files = page.locator("input[type=file]").first
    await files.set_input_files({"name": "logo.png", "mimeType": "image/png", "buffer": png(160, 40)})
    await expect(page.get_by_text(re.compile("160 . 40 px"))).to_be_visible()
    await expect(page.get_by_role("region", name="Preview").get_by_role("img")).to_be_visible()


async def test_a_subscriber_is_asked_and_taken_off(home: Home, visit: Visiting) -> None:
    found = await visit(home, f"status-pages/{demo_page(home)}?tab=subscribers")
    page = found.page
    await page.get_by_role("button", name="Invite a subscriber").click()
    await page.get_by_role("textbox", name="E-mail address").fill("ops@customer.example")
    await page.get_by_role("button", name="Ask them").click()
    row = page.get_by_role("listitem").filter(has_text="customer.example")
    await expect(row).to_contain_text("Pending")
    await row.get_by_role("button", name="Remove").click()
    await page.get_by_role("button", name="Take them off").click()
    await expect(row.get_by_role("button", name="Remove")).to_have_count(0)


async def test_a_template_is_made_and_used(home: Home, visit: Visiting) -> None:
    page_id = demo_page(home)
    found = await visit(home, f"status-pages/{page_id}?tab=templates", role="responder")
    page = found.page
    await page.get_by_role("button", name="New template").click()
    await page.get_by_role("textbox", name="Name").fill("Outage")
    await page.get_by_role("textbox", name="Title").fill("Trouble with {components}")
    await page.get_by_role("textbox", name="Text").fill("We are sorry.")
    await page.get_by_role("button", name="Make it", exact=True).click()
    await expect(page.get_by_role("link", name="Outage")).to_be_visible()
    await found.go(f"status-pages/{page_id}/write")
    await choose(page, "Begin with a template", "Outage")
    await choose(page, "Affected components", "E-mail")
    await page.get_by_role("button", name="Publish").click()
    await expect(page.get_by_role("heading", name="Trouble with E-mail")).to_be_visible()


async def test_an_incident_drafts_what_the_public_is_told(home: Home, visit: Visiting) -> None:
    ((incident,),) = home.database.rows(TOLD, ORGANIZATION_ID)
    found = await visit(home, f"incidents/{incident}", role="responder")
    page = found.page
    await page.get_by_role("button", name="More").click()
    await page.get_by_role("menuitem", name="Tell the public").click()
    await page.get_by_role("button", name="Draft the report").click()
    await expect(page).to_have_url(re.compile("/status-reports/"))
    await expect(page.get_by_role("link", name="What happened inside")).to_be_visible()


async def test_a_viewer_is_told_why_nothing_can_be_changed(home: Home, visit: Visiting) -> None:
    found = await visit(home, f"status-pages/{demo_page(home)}", role="viewer")
    page = found.page
    await expect(page.get_by_text("You are a viewer here; to change this takes an admin.")).to_be_visible()
    await expect(page.get_by_role("button", name="Make it private")).to_be_disabled()
    await expect(page.get_by_role("button", name=re.compile("^Move "))).to_have_count(0)


WRITTEN = (
    """
    update component set name = left(%s, 110) || left(id::text, 4), description = %s
    where status_page_id = %s returning id
    """,
    """
    update component_group set name = left(%s, 110) || left(id::text, 4), description = %s
    where status_page_id = %s returning id
    """,
    "update status_page set name = left(%s, 120), description = left(%s, 2000) where id = %s returning id",
    "update status_report set title = left(%s, 190) || left(%s, 1) where status_page_id = %s returning id",
)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_what_people_wrote_is_text_and_fits(home: Home, visit: Visiting, text: str) -> None:
    page_id = demo_page(home)
    for statement in WRITTEN:
        home.database.rows(statement, text, text[:2000], page_id)
    home.database.rows("update status_update set body = %s where org_id = %s returning id", text, ORGANIZATION_ID)
    ((report,),) = home.database.rows(
        "select id from status_report where status_page_id = %s and state = 'published' order by id limit 1",
        page_id,
    )
    found = await visit(home, "status-pages", size="small")
    assert await overflow(found.page) == 0
    for path in (f"status-pages/{page_id}", f"status-pages/{page_id}?tab=reports", f"status-pages/{page_id}?tab=look"):
        await found.go(path)
        await expect(found.page.locator("h1")).to_contain_text(text[:30].strip().split("\u3000")[0])
        assert await overflow(found.page) == 0, path
    await found.go(f"status-reports/{report}")
    await expect(found.page.get_by_role("list", name="Updates")).to_contain_text(text[:20].strip().split("\u3000")[0])
    assert await overflow(found.page) == 0
