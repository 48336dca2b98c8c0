"""The rules of WCAG 2.2 AA that a program can check, and what it can't: the keyboard, and readers' own colours."""

import json
from functools import cache
from typing import Any, Final

import pytest
from playwright.async_api import Page, expect

from tests.repository.tree import ROOT
from tests.web import samples
from tests.web.conftest import Visiting
from tests.web.test_reading import PATHS, REPORT

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.asyncio(loop_scope="session")]

STANDARDS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STATES: Final = {"operational": samples.page, "outage": samples.outage, "maintenance": samples.in_maintenance}
LOOKS: Final = [("desktop", "light"), ("desktop", "dark"), ("small", "light"), ("small", "dark")]


@cache
def axe() -> str:
    """The program that checks; it runs in the page, as a debugger would, so the page's policy is not in its way."""
    return (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


async def violations(page: Page) -> list[str]:
    """What axe finds: the rule, and where."""
    if await page.evaluate("typeof axe === 'undefined'"):
        await page.evaluate(axe())
    options = {"runOnly": {"type": "tag", "values": STANDARDS}, "resultTypes": ["violations"]}
    found: dict[str, Any] = await page.evaluate(f"axe.run(document, {json.dumps(options)})")
    return [f"{rule['id']}: {node['target']}" for rule in found["violations"] for node in rule["nodes"]]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("size", "scheme"), LOOKS, ids=["-".join(look) for look in LOOKS])
async def test_the_page_breaks_no_rule(visit: Visiting, state: str, size: str, scheme: str) -> None:
    found = await visit(STATES[state](), size=size, scheme=scheme)
    for summary in await found.page.locator("summary").all():
        await summary.evaluate("summary => { summary.parentElement.open = true; }")
    assert await violations(found.page) == []


@pytest.mark.parametrize("path", PATHS[1:], ids=[path.replace(REPORT, "report") for path in PATHS[1:]])
@pytest.mark.parametrize(("size", "scheme"), [("desktop", "light"), ("small", "dark")], ids=["light", "dark"])
async def test_no_other_document_breaks_a_rule(visit: Visiting, path: str, size: str, scheme: str) -> None:
    found = await visit(samples.outage(), path, size=size, scheme=scheme)
    for summary in await found.page.locator("summary").all():
        await summary.evaluate("summary => { summary.parentElement.open = true; }")
    assert await violations(found.page) == []


async def test_the_keyboard_reaches_everything_and_shows_where_it_is(visit: Visiting) -> None:
    found = await visit(samples.outage())
    page = found.page
    await page.keyboard.press("Tab")
    await expect(page.locator(".skip")).to_be_focused()
    await expect(page.locator(".skip")).to_be_in_viewport()
    await page.keyboard.press("Enter")
    await expect(page.locator("main")).to_be_focused()
    reached = set[str]()
    for _ in range(await page.locator("main a, main summary").count()):
        await page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert await focused.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
        reached.add(await focused.evaluate("e => e.tagName + (e.getAttribute('href') ?? '') + e.textContent"))
    assert len(reached) >= len(await page.locator("main .component summary").all())
    await expect(page.locator("main a").last).to_be_focused()


async def test_everything_that_is_pressed_is_large_enough(visit: Visiting) -> None:
    found = await visit(samples.outage(), size="small")
    small = await found.page.locator("nav a, summary, footer a, button, input").evaluate_all(
        "all => all.filter(e => e.offsetParent && e.getBoundingClientRect().height < 24).map(e => e.outerHTML)"
    )
    assert small == []


async def test_bars_can_be_told_apart_in_the_readers_own_colours(visit: Visiting) -> None:
    found = await visit(samples.outage(), forced_colors="active", reduced_motion="reduce")
    from_short_to_tall = ["unknown", "operational", "degraded_performance", "partial_outage", "major_outage"]
    heights = [
        await found.page.locator(f".b-{state}").first.evaluate("path => parseFloat(getComputedStyle(path).strokeWidth)")
        for state in from_short_to_tall
    ]
    assert heights == sorted(set(heights))
