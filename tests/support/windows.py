"""Windows of a browser on the deployed whole, each somebody's own, and all that went wrong in them."""

import asyncio
import re
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from playwright.async_api import BrowserContext, Page, WebSocket, async_playwright, expect

from tests.support.stack import PATIENCE_SECONDS, Stack, eventually
from tests.web.browsing import launch
from tests.web.conftest import SIZES
from tests.web.dashboard.conftest import VIOLATED

HERE: Final = re.compile(r"(?:http|ws)://127\.0\.0\.1:\d+/|data:|blob:")


@dataclass
class Window:
    """A page of a browser. `loaded` are the documents it has asked for: a reload would be one more."""

    page: Page
    stack: Stack
    wrong: list[str]
    loaded: list[str] = field(default_factory=list[str])
    heard: list[str] = field(default_factory=list[str])
    """What has come over sockets."""

    def __post_init__(self) -> None:
        """Note errors, warnings, violations of the policy, dialogs, answers that are errors, and other hosts."""
        note, page = self.wrong.append, self.page
        page.set_default_timeout(PATIENCE_SECONDS * 1000)
        page.on("console", lambda said: note(f"console: {said.text}") if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: note(f"script: {error}"))
        page.on("dialog", lambda dialog: note(f"dialog: {dialog.message}"))
        page.on("response", lambda answer: note(f"{answer.status}: {answer.url}") if answer.status >= 400 else None)
        page.on("request", lambda asked: None if HERE.match(asked.url) else note(f"asked: {asked.url}"))
        page.on("request", lambda asked: self.loaded.append(asked.url) if asked.is_navigation_request() else None)
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self.heard.append(str(frame)))

    async def beside(self, address: str) -> "Window":
        """Another window of the same person, at an address."""
        found = Window(await self.page.context.new_page(), self.stack, self.wrong)
        await found.page.goto(address)
        return found

    async def sign_in(self, email: str, password: str) -> None:
        """Open the dashboard, and sign in at the user pool."""
        await self.page.goto(f"{self.stack.machine.dashboard_url}/")
        await self.page.get_by_label("E-mail").fill(email)
        await self.give(password)
        await expect(self.page).to_have_url(re.compile("/o/[^/]+/[a-z]"))

    async def give(self, password: str) -> None:
        """Complete the form of the sign-in, whose address is there already."""
        await self.page.get_by_label("Password", exact=True).fill(password)
        await self.page.get_by_role("button", name="Sign in", exact=True).click()

    async def follow(self, name: str) -> None:
        """Go where a link of the navigation leads, whatever it counts."""
        await self.page.get_by_role("navigation").get_by_role("link", name=re.compile(rf"^{name}\b")).click()
        await expect(self.page.get_by_role("heading", name=name, exact=True, level=1)).to_be_visible()

    async def hears(self, word: str) -> None:
        """Wait until a frame with this word has come over a socket."""
        said = f'"{word}"'
        await asyncio.to_thread(eventually, lambda: any(said in frame for frame in list(self.heard)), said)


type Opening = Callable[[str], Awaitable[Window]]
"""Open a window of a size in which nobody has signed in."""


@asynccontextmanager
async def windows(stack: Stack) -> AsyncGenerator[Opening]:
    """Open windows as they are asked for; in the end nothing may have gone wrong in any."""
    contexts: list[tuple[BrowserContext, Window]] = []
    async with async_playwright() as playwright:
        browser = await launch(playwright)

        async def go(size: str) -> Window:
            width, height = SIZES[size]
            context = await browser.new_context(
                viewport={"width": width, "height": height}, has_touch=size == "phone", locale="en-GB"
            )
            await context.add_init_script(VIOLATED)
            window = Window(await context.new_page(), stack, [])
            contexts.append((context, window))
            return window

        expect.set_options(timeout=PATIENCE_SECONDS * 1000)
        try:
            yield go
        finally:
            for context, _ in contexts:
                await context.close()
            await browser.close()
    assert [wrong for _, window in contexts for wrong in window.wrong] == []
