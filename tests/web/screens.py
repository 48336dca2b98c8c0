"""Takes the pictures of docs/screens anew: `make screens`.

They look as on a machine with the Inter typeface (Debian's fonts-inter), which is asked for as the system's own one.
"""

import asyncio
import os
import sys
from collections.abc import Mapping
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from playwright.async_api import Browser, async_playwright

from tests.repository.tree import ROOT
from tests.web import samples
from tests.web.browsing import launch
from tests.web.serving import Site, documents, serving
from tocsin.contracts.page_snapshot import PageSnapshot

SCREENS: Final = ROOT / "docs" / "screens"
MOST_BYTES: Final = 220_000
WIDTHS: Final = {"desktop": (1120, 900), "phone": (390, 844)}
TALLEST: Final = 1_700
SINCE: Final = timedelta(seconds=4)
"""How old the pages are."""
FONTS: Final = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<match><test name="family"><string>sans-serif</string></test>
<edit name="family" mode="prepend" binding="strong"><string>Inter</string></edit></match>
</fontconfig>"""


QUICK: Final = frozenset({"demo", "month", "subscribed", "missing"})
"""Of these the one in light and the other in dark."""


def pages() -> Mapping[str, tuple[PageSnapshot, str]]:
    """What is shown, by the name of its picture: a page, and the path in it."""
    outage = samples.outage()
    return {
        "operational": (samples.page(), ""),
        "outage": (outage, ""),
        "maintenance": (samples.in_maintenance(), ""),
        "demo": (samples.page(is_demo=True), ""),
        "report": (outage, f"reports/{outage.reports[0].id}/"),
        "history": (samples.page(reports=[*samples.past(), *samples.older()]), "history/"),
        "uptime": (samples.page(), "uptime/"),
        "month": (samples.page(), "history/2026-11/"),
        "subscribe": (samples.page(), "subscribe/"),
        "subscribed": (samples.page(), "subscribe/done/"),
        "missing": (samples.page(), "404.html"),
    }


async def take(site: Site, browser: Browser, only: set[str]) -> None:
    """All pictures, or only some, into SCREENS; prints the size of each. Raises ValueError for one too large."""
    site.now = format_datetime(samples.NOW + SINCE, usegmt=True)
    for name, (page, path) in pages().items():
        if only and name not in only:
            continue
        address = site.put(name, documents(samples.branded(page)) | samples.LOGOS)
        for device, (width, height) in WIDTHS.items():
            for scheme in ("light", "dark"):
                if name in QUICK and (device == "desktop") != (scheme == "light"):
                    continue
                context = await browser.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme=scheme,
                    timezone_id=samples.ZONE,
                    locale="en-GB",
                )
                shown = await context.new_page()
                await shown.clock.set_fixed_time(samples.NOW + SINCE)
                await shown.goto(address + path, wait_until="networkidle")
                tall = min(TALLEST, await shown.evaluate("document.documentElement.scrollHeight"))
                await shown.set_viewport_size({"width": width, "height": max(tall, 600)})
                file = SCREENS / f"status-{name}-{device}-{scheme}.png"
                await shown.screenshot(path=file)
                sys.stdout.write(f"{file.name}: {file.stat().st_size // 1024} kB\n")
                if file.stat().st_size > MOST_BYTES:
                    raise ValueError(f"{file.name} is too large to be kept; lower TALLEST")
                await context.close()


async def main() -> None:
    """Take those that are named on the command line, or all."""
    with TemporaryDirectory() as folder, serving() as site:
        fonts = Path(folder, "fonts.conf")
        fonts.write_text(FONTS)
        async with async_playwright() as playwright:
            browser = await launch(playwright, {**os.environ, "FONTCONFIG_FILE": str(fonts)})
            await take(site, browser, set(sys.argv[1:]))
            await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
