"""On a bad connection: what takes seconds says so, what fails says what to do, and nothing that was typed is lost."""

import asyncio
import json
import re
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Final

import pytest
from playwright.async_api import Page, expect

from tests.web.dashboard.conftest import Visit, Visiting
from tests.web.dashboard.home import Home, Reply, carried_out
from tests.web.test_reading import overflow
from tocsin.domain.demo import ORGANIZATION_ID

pytestmark = [pytest.mark.xdist_group("dashboard: bad connection"), pytest.mark.asyncio(loop_scope="session")]

BROKEN: Final = {"code": "internal", "status": 500, "detail": "An error we did not expect.", "request_id": "r-4711"}
FAILS: Final = ["500: ", "console: Failed to load"]
CUT: Final = ["ERR_INTERNET_DISCONNECTED", "Failed to fetch", "WebSocket"]
NO_SOCKET: Final = ["WebSocket"]
SHIFTED: Final = """{
    const Real = Date, by = %d * 3600e3;
    Date = class extends Real {
        constructor(...given) { given.length ? super(...given) : super(Real.now() + by); }
        static now() { return Real.now() + by; }
    };
}"""
TIMES: Final = "[...document.querySelectorAll('main time')].map(one => one.innerText)"
WITH_TIMES: Final = ("incidents/{incident}", "on-call")


@contextmanager
def failing(home: Home, method: str, path: str, times: int = 1_000) -> Generator[list[str]]:
    """Let so many calls fail; gives those that did."""
    failed: list[str] = []

    def fail(asked: str, address: str) -> Reply | None:
        if asked != method or not re.search(path, address) or len(failed) >= times:
            return None
        failed.append(address)
        return Reply(
            HTTPStatus.INTERNAL_SERVER_ERROR, {"Content-Type": "application/problem+json"}, json.dumps(BROKEN).encode()
        )

    home.fail = fail
    try:
        yield failed
    finally:
        home.fail = carried_out


@contextmanager
def slow(home: Home, method: str, path: str) -> Generator[threading.Event]:
    """Answer some calls only once the event is set; none waits longer than the test."""
    answered = threading.Event()

    def wait(asked: str, address: str) -> Reply | None:
        if asked == method and re.search(path, address):
            answered.wait(20)
        return None

    home.fail = wait
    try:
        yield answered
    finally:
        answered.set()
        home.fail = carried_out


def status(home: Home, number: int) -> str:
    """Where an incident stands."""
    ((found,),) = home.database.rows(
        "select status from incident where org_id = %s and number = %s", ORGANIZATION_ID, number
    )
    return found


async def follow(page: Page, name: str) -> None:
    """Go to another screen by the navigation."""
    await page.get_by_role("navigation").get_by_role("link", name=name, exact=True).first.click()


async def test_what_takes_seconds_shows_that_it_goes_on(home: Home, visit: Visiting) -> None:
    found = await visit(home, "services")
    page = found.page
    with slow(home, "GET", r"/v1/monitors\?") as answered:
        await follow(page, "Monitors")
        await expect(page.locator("h1")).to_have_text("Monitors")
        await expect(page.get_by_role("status").filter(has_text="Loading")).to_have_count(1)
        await follow(page, "Services")
        await expect(page.locator("h1")).to_have_text("Services")
        await follow(page, "Monitors")
        answered.set()
        await expect(page.get_by_text("Loading", exact=True)).to_have_count(0)
    await found.go("services?create=true")
    await page.get_by_role("textbox", name="Name").fill("Slow one")
    button = page.get_by_role("button", name="Create the service")
    with slow(home, "POST", "/v1/services$") as answered:
        await button.click()
        await expect(button).to_have_attribute("data-loading", "true")
        await expect(button).to_be_disabled()
        await page.keyboard.press("Enter")
        answered.set()
        await expect(page.locator("h1")).to_have_text("Slow one")
    assert len(home.database.rows("select 1 from service where name = 'Slow one'")) == 1


async def test_an_error_that_passes_is_asked_again_without_a_word(home: Home, visit: Visiting) -> None:
    found = await visit(home, "monitors")
    found.expected = FAILS
    page = found.page
    with failing(home, "GET", "/v1/services", times=2) as failed:
        await follow(page, "Services")
        await expect(page.locator("h1")).to_have_text("Services")
        await expect(page.get_by_role("listitem").filter(has_text="Primary database")).to_be_visible()
        assert len(failed) == 2
        await expect(page.get_by_role("alert")).to_have_count(0)
    with failing(home, "POST", "/v1/services$", times=2) as failed:
        await page.get_by_role("button", name="New service").click()
        await page.get_by_role("textbox", name="Name").fill("Sent thrice")
        await page.get_by_role("button", name="Create the service").click()
        await expect(page.locator("h1")).to_have_text("Sent thrice")
        assert len(failed) == 2
    assert len(home.database.rows("select 1 from service where name = 'Sent thrice'")) == 1


async def test_an_error_that_stays_is_said_with_a_way_out(home: Home, visit: Visiting) -> None:
    found = await visit(home, "incidents", size="small")
    found.expected = FAILS
    page = found.page
    with failing(home, "GET", "/v1/services"):
        await found.go("services")
        alert = page.get_by_role("alert")
        await expect(alert).to_contain_text("Something broke on our side")
        await expect(alert).to_contain_text("r-4711")
        await expect(page.get_by_role("link", name="Incidents")).to_be_visible()
        assert await overflow(page) == 0
    await alert.get_by_role("button", name="Try again").click()
    await expect(alert).to_have_count(0)
    await expect(page.get_by_role("listitem").filter(has_text="Primary database")).to_be_visible()


async def test_an_api_that_is_away_for_a_while_takes_no_screen_away(home: Home, visit: Visiting) -> None:
    found = await visit(home, "services?create=true", size="small")
    found.expected = [*FAILS, *NO_SOCKET]
    page = found.page
    await page.clock.install()
    await page.reload()
    name = page.get_by_role("textbox", name="Name")
    await name.fill("Half typed")
    banner = page.get_by_role("status").filter(has_text="Something broke on our side.")
    with failing(home, "GET", "/v1/me$") as failed:
        await page.clock.fast_forward(61_000)
        await page.evaluate("window.dispatchEvent(new Event('visibilitychange'))")
        await expect(banner).to_be_attached()
        assert len(failed) == 4
        await expect(name).to_have_value("Half typed")
        await expect(name).to_be_editable()
    await expect(banner).to_have_count(0)
    await expect(name).to_have_value("Half typed")


async def test_an_incident_goes_back_to_what_it_was_when_an_action_fails(home: Home, visit: Visiting) -> None:
    found = await visit(home, "incidents")
    found.expected = FAILS
    page = found.page
    await page.get_by_role("link", name=re.compile("The certificate of staging")).first.click()
    await expect(page.locator("h1")).to_contain_text("The certificate of staging")
    with failing(home, "POST", "/acknowledge$") as failed:
        await page.get_by_role("button", name="Acknowledge", exact=True).first.click()
        await expect(page.get_by_role("button", name="Acknowledge", exact=True)).to_have_count(0)
        await expect(page.get_by_role("alert")).to_contain_text("Something broke on our side")
        await expect(page.get_by_role("button", name="Acknowledge", exact=True).first).to_be_visible()
        assert len(failed) == 3
    assert status(home, 50) == "triggered"


async def test_a_form_that_could_not_be_sent_keeps_what_was_typed(home: Home, visit: Visiting) -> None:
    found = await visit(home, "services?create=true", size="phone")
    found.expected = CUT
    page = found.page
    await page.get_by_role("textbox", name="Name").fill("Typed in a tunnel")
    await page.context.set_offline(True)
    await expect(page.get_by_text("You are offline.")).to_be_attached()
    await page.get_by_role("button", name="Create the service").click()
    await expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("No connection")
    await expect(page.get_by_role("textbox", name="Name")).to_have_value("Typed in a tunnel")
    await page.context.set_offline(False)
    await expect(page.get_by_text("You are offline.")).to_have_count(0)
    await page.reload()
    await expect(page.get_by_role("textbox", name="Name")).to_have_value("Typed in a tunnel")
    await page.get_by_role("button", name="Create the service").click()
    await expect(page.locator("h1")).to_have_text("Typed in a tunnel")


async def test_a_screen_that_is_not_here_yet_opens_once_there_is_a_connection(home: Home, visit: Visiting) -> None:
    found = await visit(home, "incidents")
    found.expected = [*CUT, "Not fetched"]
    page = found.page
    await page.context.set_offline(True)
    await expect(page.get_by_text("You are offline.")).to_be_visible()
    await follow(page, "Audit log")
    await expect(page.locator("h1")).to_have_text("No connection")
    await expect(page.get_by_role("alert")).to_contain_text("Check your connection")
    await page.context.set_offline(False)
    await expect(page.locator("h1")).to_have_text("Audit log")


async def test_without_sockets_changes_come_by_asking(home: Home, visit: Visiting) -> None:
    assert home.gateway is not None
    home.gateway.is_down = True
    try:
        found = await visit(home, "incidents")
        found.expected = NO_SOCKET
        page = found.page
        await page.clock.install()
        await page.reload()
        row = page.get_by_role("listitem").filter(has_text="Webhooks to merchants fail")
        await expect(row).to_contain_text("Acknowledged")
        home.database.rows(
            "update incident set title = 'Webhooks to nobody fail' where org_id = %s and number = 54 returning id",
            ORGANIZATION_ID,
        )
        await expect(page.get_by_text("Changes show within 30 s")).to_have_count(0)
        await page.clock.fast_forward(31_000)
        await expect(page.get_by_text("Changes show within 30 s")).to_be_visible()
        await expect(page.get_by_role("listitem").filter(has_text="Webhooks to nobody fail")).to_be_visible()
    finally:
        home.gateway.is_down = False


async def times(found: Visit, path: str) -> list[str]:
    """What a screen says of instants."""
    await found.go(path)
    await expect(found.page.locator("main time").first).to_be_visible()
    await found.page.wait_for_load_state("networkidle")
    await expect(found.page.locator(".mantine-Skeleton-root")).to_have_count(0)
    return await found.page.evaluate(TIMES)


@pytest.mark.parametrize("hours", [7, -7])
async def test_a_wrong_clock_changes_no_time_that_is_shown(home: Home, visit: Visiting, hours: int) -> None:
    right, wrong = await visit(home, WITH_TIMES[0]), await visit(home, WITH_TIMES[0], before=SHIFTED % hours)
    for path in WITH_TIMES:
        said = await asyncio.gather(times(right, path), times(wrong, path))
        assert len(said[0]) == len(said[1]), path
        for one, other in zip(*said, strict=True):
            assert re.sub(r"\d+", "", one) == re.sub(r"\d+", "", other), (path, one, other)
            first, second = (int((re.findall(r"\d+", text) or ["0"])[0]) for text in (one, other))
            assert abs(first - second) <= 1, (path, one, other)
