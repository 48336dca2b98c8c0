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
from tests.web.dashboard.states import ACTS, MORE, ONLY
from tests.web.screens import FONTS, SCREENS
from tocsin.domain.demo import ORGANIZATION_ID

PREFIX: Final = "dashboard-"
IN_FULL: Final = frozenset({"sign-in", "incidents", "incident"})
"""Of these desktop and phone, each light and dark; of all others the one in light and the other in dark."""
ASIDE: Final = frozenset({
    "home", "incidents-all", "service-events", "service-settings", "schedule-list", "schedule-new",
    "schedule-subscribe", "schedule-history", "policy-history", "policy-new", "status-page-settings",
    "status-maintenance-new", "monitors-none", "monitor-results", "monitor-settings", "monitor-edit", "monitor-groups",
    "destination-new", "maintenance-over", "people-invite", "person-rules", "me-contact-new", "me-contact-slack",
    "api-keys-new", "analytics-none", "invited",
})  # fmt: skip
"""States of screens of which there is another picture."""
MOST_BYTES: Final = 350_000
TALLEST: Final = 1_600
DEMO: Final = "demo"
"""What a visitor of the demo sees, for which the organization is made the demo again."""
AS_DEMO: Final = "update organization set is_demo = true where id = %s returning id"


async def pictures(home: Home, fonts: Path, only: set[str]) -> None:
    """All of them, or only some. Raises ValueError for one too large to be kept."""
    signed_in = stored(home)
    paths = {**OPEN, **SIGNED_IN, **MORE}
    wanted = only or {DEMO, *(paths.keys() - ASIDE)}
    async with async_playwright() as playwright:
        browser = await launch(playwright, {**os.environ, "FONTCONFIG_FILE": str(fonts)})
        for name in sorted(wanted - {DEMO}, key=lambda name: (not name.startswith("monitor"), name)):
            await take(
                browser,
                PREFIX + name,
                address(home, paths[name]),
                "" if name in OPEN else signed_in,
                quick=name not in IN_FULL,
                folder=SCREENS,
                tallest=TALLEST,
                only=ONLY.get(name, ""),
                act=ACTS.get(name),
            )
        if DEMO in wanted:
            home.database.rows(AS_DEMO, ORGANIZATION_ID)
            visit, where = stored(home, is_demo=True), address(home, "incidents")
            await take(browser, PREFIX + DEMO, where, visit, quick=True, folder=SCREENS, tallest=TALLEST)
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
