"""The demo, as anybody opens it: marked, and never changed, whatever is pressed on any screen."""

import re
from collections.abc import Mapping
from itertools import groupby
from typing import Any, Final

import pytest
from playwright.async_api import expect

from tests.web.dashboard.conftest import Visiting
from tests.web.dashboard.home import Home
from tests.web.dashboard.look import stored
from tests.web.dashboard.screens import SIGNED_IN, address

pytestmark = [pytest.mark.xdist_group("dashboard: demo"), pytest.mark.asyncio(loop_scope="session")]

OPENED: Final = {"POST /v1/demo/sessions", "POST /v1/live/tickets"}
"""What a visitor asks for that is no read."""
AREAS: Final[Mapping[str, list[str]]] = {
    area: list(paths)
    for area, paths in groupby(sorted(SIGNED_IN.values()), lambda path: re.split(r"[/?]", path.strip("/"))[0] or "home")
}
PRESS: Final = """async () => {
  const pressed = new Set(), untold = []
  const all = 'main button, main [type=checkbox], [role=dialog] button, [role=menuitem]'
  const main = () => document.querySelector('main')?.innerText
  const why = one => `${one.title} ${main()}`.includes('This is the demo: look at everything')
  for (let round = 0; round < 3; round++)
    for (const one of document.querySelectorAll(all)) {
      if (pressed.has(one) || !one.isConnected || !one.checkVisibility() || 'loading' in one.dataset) continue
      pressed.add(one)
      if (!one.disabled && one.role !== 'tab') one.click()
      else if (one.disabled && !why(one)) untold.push(one.ariaLabel || one.innerText)
      await new Promise(requestAnimationFrame)
    }
  return untold
}"""
"""Presses all that can be, and what is in menus and dialogs that open then; answers what is off and not told why."""


ASK: Final = """async api => {
  const { token } = JSON.parse(sessionStorage.getItem('tocsin.demo'))
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const calls = [['POST', 'services'], ['POST', 'teams'], ['PATCH', 'organization'], ['DELETE', 'organization']]
  return Promise.all(calls.map(async ([method, path]) => {
    const answer = await fetch(`${api}/v1/${path}`, { method, headers, body: '{"name": "mine"}' })
    return (await answer.json()).code
  }))
}"""


def changing(home: Home) -> list[str]:
    """What was asked of the API that is no read."""
    return [asked for asked in home.asked if not asked.startswith("GET ") and asked not in OPENED]


async def test_the_demo_is_marked_kept_over_a_reload_and_left(demo_home: Home, visit: Visiting) -> None:
    demo_home.asked.clear()
    found = await visit(demo_home, "/demo", role=None)
    await expect(found.page.get_by_text("This is the demo.")).to_be_visible()
    await expect(found.page.get_by_role("button", name="Acknowledge incident 52")).to_be_disabled()
    await found.page.keyboard.press("j")
    await found.page.keyboard.press("a")
    await found.page.reload()
    await expect(found.page.get_by_text("This is the demo.")).to_be_visible()
    await found.page.get_by_role("button", name="Account: Visitor").click()
    await found.page.get_by_role("menuitem", name="Leave the demo").click()
    await expect(found.page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert changing(demo_home) == []


@pytest.fixture(scope="module")
def visitor(demo_home: Home) -> str:
    """A script that puts one visit to the demo into the browser."""
    return stored(demo_home, is_demo=True)


@pytest.mark.parametrize("area", AREAS)
async def test_whatever_is_pressed_changes_nothing(demo_home: Home, visit: Visiting, visitor: str, area: str) -> None:
    first, *others = AREAS[area]
    found = await visit(demo_home, first, role=None, before=visitor)
    demo_home.asked.clear()
    untold: dict[str, Any] = {}
    for path in (None, *others):
        if path is not None:
            href = address(demo_home, path).removeprefix(demo_home.site)
            await found.page.evaluate("href => __TSR_ROUTER__.navigate({ href })", href)
            await found.settled()
        await expect(found.page.locator(".mantine-Skeleton-root")).to_have_count(0)
        if missing := await found.page.evaluate(PRESS):
            untold[path or first] = missing
    assert (untold, changing(demo_home)) == ({}, [])


async def test_the_api_refuses_what_a_browser_would_let_through(demo_home: Home, visit: Visiting, visitor: str) -> None:
    found = await visit(demo_home, "incidents", role=None, before=visitor)
    found.expected = ["403", "status of 403"]
    assert await found.page.evaluate(ASK, demo_home.api) == ["demo_read_only"] * 4
