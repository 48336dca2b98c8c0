"""Every screen: opened by its address and loaded again, on desktop and phone, light and dark, breaking no rule."""

from typing import Final, Literal

import pytest
from playwright.async_api import Page, expect

from tests.web.conftest import SIZES
from tests.web.dashboard.conftest import Visit, Visiting
from tests.web.dashboard.home import Home
from tests.web.dashboard.screens import OPEN, SIGNED_IN
from tests.web.test_accessibility import violations
from tests.web.test_reading import overflow

pytestmark = [pytest.mark.xdist_group("dashboard: screens"), pytest.mark.asyncio(loop_scope="session")]

SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
SIZE_NAMES: Final = ("small", "phone", "desktop")
FADED: Final = """Promise.all(
    document.getAnimations()
        .filter(one => one.timeline === document.timeline && one.effect?.getComputedTiming().endTime !== Infinity)
        .map(one => one.finished.catch(() => 0))
)"""


async def is_fine(found: Visit) -> None:
    """It breaks no rule that a program can check, and nothing is wider than the screen."""
    page = found.page
    for size in SIZE_NAMES:
        width, height = SIZES[size]
        await page.set_viewport_size({"width": width, "height": height})
        assert await overflow(page) == 0, size
        for scheme in SCHEMES if size != "small" else ():
            await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            await expect(page.locator(f"html[data-mantine-color-scheme={scheme}]")).to_have_count(1)
            await still(page)
            assert await violations(page) == [], (size, scheme)


async def still(page: Page) -> None:
    """Wait until no colour fades any more; what turns while one waits, or goes with scrolling, never ends."""
    await page.evaluate(FADED)


@pytest.mark.parametrize("name", SIGNED_IN)
async def test_a_screen_breaks_no_rule(home: Home, visit: Visiting, name: str) -> None:
    found = await visit(home, SIGNED_IN[name])
    title = await found.page.locator("h1").first.inner_text()
    await is_fine(found)
    await found.page.reload()
    await found.settled()
    assert await found.page.locator("h1").first.inner_text() == title
    assert "Tocsin" in await found.page.title()


@pytest.mark.parametrize("name", OPEN)
async def test_a_screen_of_who_is_not_signed_in_breaks_no_rule(home: Home, visit: Visiting, name: str) -> None:
    await is_fine(await visit(home, OPEN[name], role=None))


async def test_no_style_is_put_into_the_page(home: Home, visit: Visiting) -> None:
    found = await visit(home, "incidents")
    page = found.page
    await page.get_by_role("button", name="Organization: Northwind").click()
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Keyboard").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Account: Maya Okafor").click()
    await page.get_by_text("Dark", exact=True).click()
    await expect(page.locator("html[data-mantine-color-scheme=dark]")).to_have_count(1)
    assert await page.locator("style").count() == 0
