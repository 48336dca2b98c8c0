"""One browser and one host for all tests of a process; each visit has a context of its own and must leave it clean."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime
from typing import Any, Final, Literal

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from functions.publish.pages.document import Document
from tests.web import samples
from tests.web.browsing import launch
from tests.web.serving import Site, documents, serving
from tocsin.contracts.page_snapshot import PageSnapshot

SIZES: Final = {"desktop": (1280, 900), "tablet": (640, 900), "phone": (390, 844), "small": (320, 568)}
PATIENCE_MS: Final = 30_000
"""How long what is expected may take: a machine may have much else to do."""


@dataclass
class Visit:
    """A page in a browser's context of its own, and all that went wrong in it."""

    page: Page
    folder: str
    address: str
    wrong: list[str] = field(default_factory=list[str])


type Visiting = Callable[..., Awaitable[Visit]]


@pytest.fixture(scope="session")
def site() -> Generator[Site]:
    """The host; its clock stands where the samples' does."""
    with serving() as found:
        found.now = format_datetime(samples.NOW, usegmt=True)
        yield found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncGenerator[Browser]:
    """The system's chromium."""
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        found = await launch(playwright)
        yield found
        await found.close()


@pytest_asyncio.fixture(loop_scope="session")
async def visit(site: Site, browser: Browser) -> AsyncGenerator[Visiting]:
    """Publish a snapshot and look at one of its documents; in the end nothing may have gone wrong in any visit."""
    visits: list[tuple[BrowserContext, Visit]] = []

    async def go(
        snapshot: PageSnapshot,
        path: str = "",
        *,
        size: str = "desktop",
        scheme: Literal["light", "dark"] = "light",
        script: bool = True,
        beside: Mapping[str, Document] | None = None,
        **options: Any,
    ) -> Visit:
        width, height = SIZES[size]
        context = await browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=script,
            locale="en-GB",
            timezone_id=samples.ZONE,
            **options,
        )
        folder = f"page{len(site.folders)}"
        address = site.put(folder, {**documents(snapshot), **(beside or {})})
        found = Visit(await context.new_page(), folder, address)
        visits.append((context, found))
        found.page.set_default_timeout(PATIENCE_MS)
        _watch(found, site.address)
        if script:
            await found.page.clock.install(time=samples.NOW)
        await found.page.goto(address + path, wait_until="load")
        return found

    yield go
    for context, found in visits:
        found.wrong += [f"cookie: {cookie}" for cookie in await context.cookies()]
        await context.close()
    assert [wrong for _, found in visits for wrong in found.wrong] == []


def _watch(found: Visit, host: str) -> None:
    """Note errors, warnings, dialogs, answers that are errors, and whatever is asked of another host."""
    note = found.wrong.append
    found.page.on("console", lambda said: note(f"console: {said.text}") if said.type in {"error", "warning"} else None)
    found.page.on("pageerror", lambda error: note(f"script: {error}"))
    found.page.on("dialog", lambda dialog: note(f"dialog: {dialog.message}"))
    found.page.on("request", lambda asked: None if _is_own(asked.url, host) else note(f"asked: {asked.url}"))
    found.page.on("response", lambda answer: note(f"{answer.status}: {answer.url}") if answer.status >= 400 else None)


def _is_own(address: str, host: str) -> bool:
    return address.startswith((f"{host}/", "data:"))
