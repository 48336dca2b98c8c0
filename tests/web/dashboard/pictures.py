"""Takes the pictures of the dashboard's screens for docs/screens anew: part of `make screens`."""

import asyncio
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from playwright.async_api import async_playwright, expect

from tests.web.browsing import launch
from tests.web.conftest import PATIENCE_MS
from tests.web.dashboard.arriving import own_home
from tests.web.dashboard.home import Home
from tests.web.dashboard.look import build, stored, take
from tests.web.dashboard.screens import OPEN, SIGNED_IN, address
from tests.web.screens import FONTS, SCREENS

PREFIX: Final = "dashboard-"
IN_FULL: Final = frozenset({"sign-in", "incidents", "incident"})
"""Of these desktop and phone, each light and dark; of all others the one in light and the other in dark."""
ASIDE: Final = frozenset({
    "home", "incidents-all", "incident-alerts", "service-events", "service-settings", "schedule-list", "schedule-new",
    "schedule-overrides", "schedule-subscribe", "schedule-history", "policy-history", "policy-new",
    "status-page-maintenance", "status-page-templates", "status-page-settings", "status-maintenance-new",
    "monitors-none", "monitor-results", "monitor-settings", "monitor-edit", "monitors-document", "monitor-groups",
    "maintenance-over", "people-invite", "person-rules", "me-contact-new", "api-keys-new", "analytics-none", "reset",
    "verify", "invited",
})  # fmt: skip
"""States of screens of which there is another picture."""
MOST_BYTES: Final = 250_000
TALLEST: Final = 860
"""As much as fits a screen of a desktop; a phone shows about the same."""


async def pictures(home: Home, fonts: Path, only: set[str]) -> None:
    """All of them, or only some. Raises ValueError for one too large to be kept."""
    signed_in = stored(home)
    async with async_playwright() as playwright:
        browser = await launch(playwright, {**os.environ, "FONTCONFIG_FILE": str(fonts)})
        for name, path in {**OPEN, **SIGNED_IN}.items():
            if name not in only if only else name in ASIDE:
                continue
            storage = signed_in if name in SIGNED_IN else ""
            quick = name not in IN_FULL
            where = address(home, path)
            await take(browser, PREFIX + name, where, storage, quick=quick, folder=SCREENS, tallest=TALLEST)
        await browser.close()
    for file in SCREENS.glob(f"{PREFIX}*.png"):
        if file.stat().st_size > MOST_BYTES:
            raise ValueError(f"{file.name} is too large to be kept")


def main() -> None:
    """Take those that are named on the command line, or all."""
    expect.set_options(timeout=PATIENCE_MS)
    with TemporaryDirectory() as folder, TemporaryDirectory() as built, own_home(build(built)) as home:
        fonts = Path(folder, "fonts.conf")
        fonts.write_text(FONTS)
        home.plant()
        asyncio.run(pictures(home, fonts, set(sys.argv[1:])))


if __name__ == "__main__":
    main()
