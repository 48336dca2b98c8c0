"""What readers see: without script, on a phone, on paper, and where there is nothing."""

import re

import pytest
from playwright.async_api import Page, Route, expect

from tests.web import samples
from tests.web.conftest import Visiting
from tests.web.samples import ZONE
from tocsin.domain.status_page import Impact

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.asyncio(loop_scope="session")]

REPORT = f"reports/{samples.outage().reports[0].id}/"
PATHS = ["", "history/", "history/2026-11/", REPORT, "uptime/", "subscribe/", "subscribe/done/", "404.html"]


async def overflow(page: Page) -> int:
    """How many pixels of the page lie beyond the screen's right edge."""
    return await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("path", PATHS, ids=[path.replace(REPORT, "report") or "index" for path in PATHS])
async def test_every_document_fits_the_smallest_phone_without_script(visit: Visiting, path: str) -> None:
    found = await visit(samples.outage(), path, size="small", script=False)
    assert await overflow(found.page) == 0
    assert await found.page.locator("h1").count() == 1
    assert await found.page.locator("main").count() == 1


async def test_without_script_everything_is_told(visit: Visiting) -> None:
    found = await visit(samples.outage(), script=False)
    page = found.page
    await expect(page.locator("h1")).to_have_text("Partial system outage")
    await expect(page.locator("[data-as-of]")).to_have_text("21 Nov 2026, 21:17 CET")
    await expect(page.locator(".zone")).to_contain_text(ZONE)
    api = page.locator(".component", has_text="Orders, stock and prices")
    await expect(api.locator(".name .state")).to_have_text("Major outage")
    await expect(api.locator("summary")).to_contain_text("uptime")
    await expect(api.locator(".days li").first).not_to_be_visible()
    await api.locator("summary").focus()
    await page.keyboard.press("Enter")
    await expect(api.locator(".days li").first).to_be_visible()
    await expect(api.locator(".days li").first).to_contain_text("21 Nov 2026 Major outage 36 min")
    await expect(page.locator(".report").first).to_contain_text("servers that are gone")


@pytest.mark.parametrize(("size", "days"), [("small", 30), ("phone", 30), ("tablet", 60), ("desktop", 90)])
async def test_a_phone_shows_fewer_days(visit: Visiting, size: str, days: int) -> None:
    found = await visit(samples.page(), size=size, script=False)
    await expect(found.page.locator(".scale").first.locator(f".d{days}")).to_be_visible()
    shown = await found.page.locator(".bars").first.evaluate(
        "bars => 90 * bars.clientWidth / bars.firstElementChild.getBoundingClientRect().width"
    )
    assert shown == pytest.approx(days, abs=0.5)


@pytest.mark.parametrize("size", ["small", "phone"])
async def test_on_a_phone_uptime_is_told_below_the_days_and_of_how_many(visit: Visiting, size: str) -> None:
    found = await visit(samples.page(), size=size, script=False)
    scale = await found.page.locator(".scale").first.bounding_box()
    told = found.page.locator(".more > summary").first
    await expect(told).to_contain_text("99.92% uptime over 90 days")
    box = await told.bounding_box()
    assert scale is not None
    assert box is not None
    assert box["y"] >= scale["y"] + scale["height"] - 1


async def test_what_the_colours_mean_and_how_fast_it_answered_is_told(visit: Visiting) -> None:
    found = await visit(samples.page(), script=False)
    await expect(found.page.locator(".legend li")).to_have_text(
        [
            "Operational",
            "Degraded performance",
            "Partial outage",
            "Major outage",
            "Under maintenance",
            "No data",
        ]
    )
    await found.page.locator(".more > summary").first.click()
    await expect(found.page.locator(".spark .scale").first).to_have_text("24 h ago 100 ms to 280 ms Now")


async def test_a_folded_group_opens_by_itself_when_something_is_wrong(visit: Visiting) -> None:
    quiet = await visit(samples.page(), script=False)
    await expect(quiet.page.get_by_text("Frankfurt and Dublin")).not_to_be_visible()
    loud = await visit(samples.outage(), script=False)
    await expect(loud.page.get_by_text("Frankfurt and Dublin")).to_be_visible()


async def test_a_demonstration_says_so_on_every_page(visit: Visiting) -> None:
    for path in ("", "history/"):
        found = await visit(samples.page(is_demo=True), path, script=False)
        await expect(found.page.locator(".demo")).to_contain_text("demonstration")
        assert await found.page.locator('meta[name="robots"]').get_attribute("content") == "noindex"


async def test_times_are_told_in_the_readers_zone(visit: Visiting) -> None:
    found = await visit(samples.in_maintenance(), f"reports/{samples.in_maintenance().reports[0].id}/")
    await expect(found.page.locator(".facts time").first).to_have_text(
        re.compile("^25 Nov 2026, 22:17 CET . 26 Nov 2026, 00:17 CET$")
    )
    await expect(found.page.locator(".zone")).to_have_text("Times are in Europe/Berlin.")


async def test_a_day_is_told_under_the_pointer(visit: Visiting) -> None:
    found = await visit(samples.outage())
    api = found.page.locator(".component", has_text="Orders, stock and prices")
    box = await api.locator(".bars").bounding_box()
    assert box is not None
    await api.locator(".bars").hover(position={"x": box["width"] * (81.3 / 89.7), "y": 20})
    await expect(api.locator(".tip")).to_contain_text("13 Nov 2026")
    await expect(api.locator(".tip")).to_contain_text("Major outage: 35 min")
    await found.page.keyboard.press("Escape")
    await expect(api.locator(".tip")).to_have_count(0)
    last = "21 Nov 2026Major outage: 36 min down, 97.14% uptime"
    for place, text in [(80, "12 Nov 2026Operational"), (0, "24 Aug 2026Operational"), (89, last)]:
        await api.locator(".bars").hover(position={"x": box["width"] * ((place + 0.3) / 89.7), "y": 20})
        await expect(api.locator(".tip")).to_have_text(text)
    search = found.page.locator(".component", has_text="Search")
    await search.locator(".bars").hover(position={"x": 5, "y": 20})
    await expect(search.locator(".tip")).to_contain_text("No data")


@pytest.mark.parametrize(
    ("scheme", "colour", "file"),
    [("light", "rgb(109, 40, 217)", "logo.svg"), ("dark", "rgb(196, 167, 255)", "logo-dark.svg")],
    ids=["light", "dark"],
)
async def test_the_organizations_colour_and_logo_are_shown(
    visit: Visiting, scheme: str, colour: str, file: str
) -> None:
    found = await visit(samples.branded(samples.page()), "history/", scheme=scheme, beside=samples.LOGOS)
    assert await found.page.evaluate("getComputedStyle(document.body).borderTopColor") == colour
    logo = found.page.get_by_role("img", name="Acme")
    await expect(logo).to_have_js_property("complete", value=True)
    assert str(await logo.evaluate("image => image.currentSrc")).endswith(f"/{file}")
    assert await logo.evaluate("image => image.naturalWidth") > 0


async def test_the_form_is_sent_without_script_and_leads_back(visit: Visiting) -> None:
    found = await visit(samples.page(), "subscribe/", script=False)
    page, sent = found.page, list[str]()

    async def lead_back(route: Route) -> None:
        sent.append(route.request.post_data or "")
        await route.fulfill(status=303, headers={"Location": f"{found.address}subscribe/done/"})

    await page.route(f"{samples.INGEST}/**", lead_back)
    await page.get_by_label("E-mail address").fill("someone@example.com")
    await page.get_by_label("Maintenance", exact=True).first.uncheck()
    await page.get_by_role("button", name="Subscribe").first.click()
    await expect(page.locator("h1")).to_have_text("Thank you")
    assert sent == ["channel=email&website=&address=someone%40example.com&kinds=incident"]
    assert [wrong for wrong in found.wrong if not wrong.startswith(f"asked: {samples.INGEST}/")] == []
    found.wrong.clear()


async def test_a_page_without_components_or_reports_says_so(visit: Visiting) -> None:
    empty = samples.page(components=[], groups=[], reports=[], months=[], subscribe_url=None, indicator=Impact.NONE)
    found = await visit(empty, script=False)
    await expect(found.page.get_by_text("Nothing is shown here yet.")).to_be_visible()
    await expect(found.page.get_by_text("Nothing was reported on these days.")).to_be_visible()
    found = await visit(empty, "subscribe/", script=False)
    await expect(found.page.get_by_text("takes no subscribers")).to_be_visible()
    assert await found.page.locator("form").count() == 0
