"""Visits to the dashboard: each in a context of the browser of its own, which nothing may have gone wrong in."""

import json
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page

from tests.support.postgres import TestServer
from tests.web.conftest import PATIENCE_MS, SIZES
from tests.web.dashboard.arriving import hosted
from tests.web.dashboard.home import Home
from tests.web.dashboard.screens import address

VIOLATED: Final = (
    "window.addEventListener('securitypolicyviolation', e => console.error(`policy: ${e.violatedDirective}`))"
)


@dataclass
class Visit:
    """A page, and all that went wrong in it but what a test expects: a pattern for each."""

    page: Page
    home: Home
    wrong: list[str] = field(default_factory=list[str])
    expected: list[str] = field(default_factory=list[str])
    asked: list[str] = field(default_factory=list[str])
    """The addresses that it has asked for."""

    async def go(self, path: str) -> None:
        """Open a path by its address, as a link from elsewhere does."""
        await self.page.goto(address(self.home, path), wait_until="load")
        await self.settled()

    async def settled(self) -> None:
        """Wait until all that was asked for is shown; looked for at every frame, and not more and more seldom."""
        await self.page.locator("h1").first.wait_for(state="visible")
        await self.page.get_by_text("Loading", exact=True).first.wait_for(state="detached")


type Visiting = Callable[..., Awaitable[Visit]]


@pytest.fixture(scope="module")
def home(postgres_server: TestServer) -> Generator[Home]:
    """An organization as after some weeks of use, that can be changed."""
    with hosted(postgres_server) as found:
        found.plant()
        yield found


@pytest.fixture(scope="module")
def demo_home(postgres_server: TestServer) -> Generator[Home]:
    """The same as the demo; no module has both, since functions of one process share an environment."""
    with hosted(postgres_server) as found:
        found.plant(is_demo=True)
        yield found


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Browser) -> AsyncGenerator[Visiting]:
    """Open a path of a home, signed in as somebody with a role, or as nobody."""
    visits: list[tuple[BrowserContext, Visit]] = []

    async def go(
        home: Home,
        path: str,
        *,
        role: str | None = "owner",
        size: str = "desktop",
        scheme: Literal["light", "dark"] = "light",
        before: str = "",
        **options: Any,
    ) -> Visit:
        width, height = SIZES[size]
        is_phone = size in {"phone", "small"}
        context = await browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            locale="en-GB",
            timezone_id="Europe/Berlin",
            has_touch=is_phone,
            **options,
        )
        await context.add_init_script(VIOLATED + ";" + before)
        if role is not None:
            kept = json.dumps(json.dumps(home.session(home.person(role))))
            script = f"if (!localStorage.getItem('tocsin.session')) localStorage.setItem('tocsin.session', {kept})"
            await context.add_init_script(script)
        found = Visit(await context.new_page(), home)
        visits.append((context, found))
        found.page.set_default_timeout(PATIENCE_MS)
        watch(found)
        await found.go(path)
        return found

    yield go
    for context, found in visits:
        found.wrong += [f"cookie: {cookie}" for cookie in await context.cookies()]
        await context.close()
    assert [one for _, found in visits for one in found.wrong if not _is_expected(one, found)] == []


def watch(found: Visit) -> None:
    """Note errors, warnings, dialogs, answers that are errors, and whatever is asked of another host."""
    note, home = found.wrong.append, found.home

    def asks(url: str) -> None:
        found.asked.append(url)
        if not url.startswith((f"{home.site}/", f"{home.api}/", home.socket, "data:", "blob:", *home.pools)):
            note(f"asked: {url}")

    found.page.on("console", lambda said: note(f"console: {said.text}") if said.type in {"error", "warning"} else None)
    found.page.on("pageerror", lambda error: note(f"script: {error}"))
    found.page.on("dialog", lambda dialog: note(f"dialog: {dialog.message}"))
    found.page.on("request", lambda asked: asks(asked.url))
    found.page.on("response", lambda answer: note(f"{answer.status}: {answer.url}") if answer.status >= 400 else None)


def _is_expected(wrong: str, found: Visit) -> bool:
    return any(re.search(pattern, wrong) for pattern in found.expected)
