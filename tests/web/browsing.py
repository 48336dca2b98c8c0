"""The system's chromium, as tests start it: without its own services, without a profile, on no other host."""

import shutil
from collections.abc import Mapping
from typing import Final

from playwright.async_api import Browser, Playwright

ARGUMENTS: Final = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--no-sandbox",  # as root it has none
)


async def launch(playwright: Playwright, environment: Mapping[str, str] | None = None) -> Browser:
    """Start it. Raises FileNotFoundError where it is not installed."""
    program = shutil.which("chromium")
    if program is None:
        raise FileNotFoundError("chromium is not installed; .ci/run installs it")
    return await playwright.chromium.launch(
        executable_path=program, args=list(ARGUMENTS), env=dict(environment) if environment else None
    )
