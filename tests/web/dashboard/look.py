"""Takes a picture of screens while they are being built: `python -m tests.web.dashboard.look NAME=PATH …`.

A path is below the organization's, as `incidents?status=triggered`, or begins with `/`; {service} and the like stand
for the id of the newest row of that table. Pictures of desktop and phone, light and dark, go to .build/look, and what
the browser complained of is printed; `--demo` looks as a visitor of the demo, `--quick` takes two instead of four. With
`--serve` none are taken, and a browser of one's own can look.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from playwright.async_api import Browser, Page, async_playwright, expect

from functions.api.gateway import DEMO_SESSIONS
from tests.repository.tree import ROOT
from tests.support.http_api import http_event
from tests.web.browsing import launch
from tests.web.dashboard.arriving import own_home
from tests.web.dashboard.home import Home
from tests.web.dashboard.screens import address
from tests.web.dashboard.states import Act
from tests.web.screens import FONTS

LOOKS: Final = ROOT / ".build" / "look"
SIZES: Final = {"desktop": (1280, 860), "phone": (390, 844)}
TALLEST: Final = 2400


def build(folder: str) -> Path:
    """Build the dashboard as it is now into a folder."""
    command = ["node_modules/.bin/vite", "build", "--logLevel", "error", "--outDir", folder, "web/dashboard"]
    subprocess.run(command, cwd=ROOT, check=True)
    return Path(folder)


def watch(name: str, page: Page) -> None:
    """Print what goes wrong in a page."""

    def say(*words: object) -> None:
        sys.stdout.write(" ".join(map(str, (name, *words))) + "\n")

    page.on("console", lambda one: say(one.type, one.text) if one.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: say("script", error))
    page.on("response", lambda one: say(one.status, one.url) if one.status >= 400 else None)


def stored(home: Home, *, is_demo: bool = False) -> str:
    """A script that puts what a sign-in, or a visit to the demo, leaves in the browser."""
    if is_demo:
        visit = home.worker.submit(home.host.invoke, http_event("POST", DEMO_SESSIONS)).result().text
        return f"sessionStorage.setItem('tocsin.demo', {json.dumps(visit)})"
    return f"localStorage.setItem('tocsin.session', {json.dumps(json.dumps(home.session(home.person())))})"


async def settled(page: Page) -> None:
    """Wait until all that was asked for is shown."""
    await expect(page.locator("h1").first).to_be_visible()
    await expect(page.get_by_text("Loading", exact=True)).to_have_count(0)
    await expect(page.locator(".mantine-Skeleton-root, button[data-loading=true]")).to_have_count(0)


async def grow(page: Page, width: int, tallest: int) -> None:
    """Make the window as tall as what is in it, twice: what scrolls by itself grows with the window."""
    for _ in range(2):
        tall = await page.evaluate("document.documentElement.scrollHeight")
        await page.set_viewport_size({"width": width, "height": min(tallest, tall)})
        await page.wait_for_timeout(100)


async def take(
    browser: Browser,
    name: str,
    address: str,
    storage: str,
    *,
    quick: bool = False,
    folder: Path = LOOKS,
    tallest: int = TALLEST,
    only: str = "",
    act: Act | None = None,
) -> None:
    """The pictures of one address, of all devices or `only` one; `act` is done in the page before each."""
    for device, (width, height) in SIZES.items():
        if only not in {"", device}:
            continue
        for scheme in ("light", "dark"):
            if quick and (device == "desktop") != (scheme == "light"):
                continue
            context = await browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                locale="en-GB",
                timezone_id="Europe/Berlin",
                has_touch=device == "phone",
                is_mobile=device == "phone",
            )
            await context.add_init_script(storage)
            page = await context.new_page()
            watch(f"{name}-{device}-{scheme}", page)
            await page.goto(address, wait_until="networkidle")
            await settled(page)
            if act:
                await act(page)
                await page.wait_for_timeout(500)
                await settled(page)
            if not await page.get_by_role("dialog").count():
                await grow(page, width, tallest)
            await page.wait_for_timeout(300)
            await page.screenshot(path=folder / f"{name}-{device}-{scheme}.png")
            await context.close()


async def main() -> None:
    """Take all that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("screens", nargs="*")
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--serve", action="store_true")
    parser.add_argument("--quick", action="store_true", help="only desktop in light and phone in dark")
    given = parser.parse_args()
    LOOKS.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, own_home(build(folder)) as home:
        home.plant(is_demo=given.demo)
        storage = stored(home, is_demo=given.demo)
        if given.serve:
            sys.stdout.write(f"{home.site} — in its console: {storage}\n")
            await asyncio.to_thread(time.sleep, 3600)
        expect.set_options(timeout=30_000)
        async with async_playwright() as playwright:
            fonts = LOOKS / "fonts.conf"
            fonts.write_text(FONTS)
            browser = await launch(playwright, {**os.environ, "FONTCONFIG_FILE": str(fonts)})
            for screen in given.screens:
                name, _, path = screen.partition("=")
                await take(browser, name, address(home, path), storage, quick=given.quick)
            await browser.close()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
