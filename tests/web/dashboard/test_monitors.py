"""Watching: monitors found, made, tried, changed by two at once; heartbeats, groups and documents."""

import asyncio
import json
import re
from typing import Final

import pytest
from playwright.async_api import Page, WebSocketRoute, expect
from psycopg.types.json import Jsonb

from tests.support.monitors import REGIONS
from tests.web.conftest import PATIENCE_MS
from tests.web.dashboard.conftest import Visiting
from tests.web.dashboard.home import Home
from tests.web.dashboard.sorting import move
from tests.web.dashboard.test_screens import is_fine
from tests.web.test_hostile import TEXTS
from tests.web.test_reading import overflow
from tocsin.domain.demo import ORGANIZATION_ID

pytestmark = [pytest.mark.xdist_group("dashboard: monitors"), pytest.mark.asyncio(loop_scope="session")]

BY_NAME: Final = "select id, spec, secret_names from monitor where org_id = %s and name = %s and deleted_at is null"
DRAWN: Final = "() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
REFUSED: Final = ["422", "409", "412", "console: Failed to load"]


def found_monitor(home: Home, name: str) -> tuple[str, dict[str, object], list[str]]:
    """The id, spec and names of secrets of a monitor."""
    ((monitor_id, spec, secrets),) = home.database.rows(BY_NAME, ORGANIZATION_ID, name)
    return str(monitor_id), spec, secrets


async def choose(page: Page, label: str, option: str) -> None:
    """Choose an option of a field that opens a list."""
    await page.get_by_role("combobox", name=label, exact=True).click()
    await page.get_by_role("option", name=option, exact=True).click()


async def test_monitors_are_found_by_state_and_name_and_the_address_says_so(home: Home, visit: Visiting) -> None:
    found = await visit(home, "monitors")
    rows = found.page.get_by_role("main").get_by_role("listitem")
    checkout = rows.filter(has_text="Checkout API")
    await expect(rows.filter(has_text="Certificate of the shop")).to_contain_text("Degraded")
    await expect(rows.filter(has_text="Staging front page")).to_contain_text("Paused")
    await expect(checkout.get_by_role("img", name=re.compile("Uptime of 30 days"))).to_be_visible()
    await expect(checkout.get_by_role("img", name=re.compile("Latency of"))).to_be_visible()
    urgent = found.page.get_by_role("region", name="Needs attention").get_by_role("listitem")
    await expect(urgent.filter(has_text="Certificate of the shop")).to_have_count(1)
    await found.page.get_by_text("Degraded 1", exact=True).click()
    await expect(rows).to_have_count(1)
    await expect(urgent).to_have_count(0)
    await expect(found.page).to_have_url(re.compile("status="))
    await found.page.reload()
    await expect(rows).to_have_count(1)
    await found.go("monitors")
    await found.page.get_by_label("Find a monitor").fill("mail.tocsin")
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text("Mail relay")


async def test_what_goes_down_moves_up_at_once_and_keeps_the_focus(home: Home, visit: Visiting) -> None:
    monitor, *_ = found_monitor(home, "Search")
    found, sockets, has_asked = await visit(home, "me"), list[WebSocketRoute](), asyncio.Event()

    def accept(socket: WebSocketRoute) -> None:
        sockets.append(socket)
        socket.on_message(lambda _: has_asked.set())

    def hint(sequence: int, kind: str) -> None:
        change = {"topic": "monitors", "kind": kind, "id": monitor}
        told = {"type": "changed", "sequence": sequence, "follows": sequence - 1, "changes": [change]}
        sockets[-1].send(json.dumps(told))

    await found.page.route_web_socket(f"{home.socket}*", accept)
    await found.go("monitors")
    link = found.page.get_by_role("main").get_by_role("link", name="Search", exact=True)
    urgent = found.page.get_by_role("region", name="Needs attention").get_by_role("link")
    await expect(urgent.first).to_be_visible()
    await asyncio.wait_for(has_asked.wait(), PATIENCE_MS / 1_000)
    async with found.page.expect_response(re.compile(r"/v1/monitors\?")) as reading:  # all is read when a socket tells
        sockets[-1].send(json.dumps({"type": "welcome", "sequence": 1, "topics": []}))
    await (await reading.value).finished()
    await found.page.evaluate(DRAWN)
    await link.focus()
    for sequence, status in enumerate(("down", "up"), start=2):
        home.database.rows("update monitor_state set status = %s where monitor_id = %s returning 1", status, monitor)
        async with found.page.expect_response(re.compile(rf"monitors\?.*monitor_id={monitor}$")):
            hint(sequence, f"monitor_{status}")
        is_down = status == "down"
        await expect(urgent.filter(has_text="Search")).to_have_count(int(is_down))
        await expect(urgent.first).to_have_text("Search" if is_down else "Certificate of the shop")
        await expect(found.page.get_by_text("Down 1", exact=True)).to_have_count(int(is_down))
        await expect(link).to_be_focused()


async def test_a_monitor_is_made_with_a_secret_after_what_was_wrong_is_said(home: Home, visit: Visiting) -> None:
    found = await visit(home, "monitors/new")
    page = found.page
    found.expected = REFUSED
    await page.get_by_label("Name", exact=True).fill("Invoices")
    await page.get_by_label("URL", exact=True).fill("http://10.0.0.7/health?key={{key}}")
    await choose(page, "Service", "Checkout")
    await page.get_by_role("button", name="Add an assertion").click()
    await page.get_by_role("menuitem", name="JSON").click()
    await page.get_by_label("what", exact=True).fill("ok")
    await page.reload()
    await expect(page.get_by_label("URL", exact=True)).to_have_value("http://10.0.0.7/health?key={{key}}")
    await page.get_by_label("key", exact=True).fill("hunter2")
    await page.get_by_role("button", name="Start watching").click()
    await expect(page.get_by_text(re.compile("private|public", re.IGNORECASE)).first).to_be_visible()
    await page.get_by_label("URL", exact=True).fill("https://invoices.example.com/health?key={{key}}")
    await page.get_by_role("button", name="Start watching").click()
    await expect(page.locator("h1")).to_have_text("Invoices")
    _, spec, secrets = found_monitor(home, "Invoices")
    assert secrets == ["key"]
    assert [one["type"] for one in spec["assertions"]] == ["status", "json"]  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType, reportIndexIssue]
    await expect(page.get_by_text("hunter2")).to_have_count(0)


async def test_what_two_save_at_once_is_not_lost(home: Home, visit: Visiting) -> None:
    monitor, *_ = found_monitor(home, "Search")
    found = await visit(home, f"monitors/{monitor}/edit")
    page = found.page
    found.expected = REFUSED
    await expect(page.get_by_label("Name", exact=True)).to_have_value("Search")
    home.database.rows(
        "update monitor set version = version + 1, description = 'theirs' where id = %s returning id", monitor
    )
    everywhere = page.get_by_role("switch", name="From all regions of this deployment")
    await everywhere.click()
    await page.get_by_label("Name", exact=True).fill("Search, by me")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Somebody else saved meanwhile")).to_be_visible()
    await page.get_by_role("button", name="Load what they saved").click()
    await expect(page.get_by_label("Name", exact=True)).to_have_value("Search")
    await expect(page.get_by_label("Description")).to_have_value("theirs")
    await everywhere.click()
    await page.get_by_label("Name", exact=True).fill("Search, by both")
    await page.get_by_role("button", name="Save").click()
    await expect(page.locator("h1")).to_have_text("Search, by both")
    home.database.rows("update monitor set name = 'Search' where id = %s returning id", monitor)


async def test_a_check_at_once_shows_what_each_region_sees_as_it_comes(home: Home, visit: Visiting) -> None:
    monitor, *_ = found_monitor(home, "Checkout API")
    found = await visit(home, f"monitors/{monitor}", role="responder")
    page = found.page
    await page.get_by_role("button", name="Check now").click()
    await expect(page.get_by_text(re.compile("Waiting for ap-southeast-1, eu-central-1, us-east-1"))).to_be_visible()
    ((run,),) = home.database.rows("select id from monitor_run where monitor_id = %s", monitor)
    answer = {
        "checked_at": "2026-11-22T01:00:00Z",
        "status": "down",
        "reason": "unexpected_status",
        "detail": "The status is 503; 200 was expected.",
        "attempts": 2,
        "http_status": 503,
        "address": "192.0.2.10",
        "timings": {"dns": 3.1, "connect": 12.0, "tls": 25.5, "first_byte": 80.2, "total": 121.0},
    }
    for region in ("ap-southeast-1", "eu-central-1", "us-east-1"):
        home.database.rows(
            "insert into monitor_run_result (org_id, monitor_run_id, region, result) values (%s, %s, %s, %s)"
            " returning region",
            ORGANIZATION_ID,
            run,
            region,
            Jsonb(answer),
        )
    await expect(page.get_by_text("All 3 regions have answered.")).to_be_visible()
    await expect(page.get_by_text("The status is 503; 200 was expected.").first).to_be_visible()
    await expect(page.get_by_text("First byte 80 ms").first).to_be_visible()
    await is_fine(found)


async def test_a_heartbeat_shows_its_url_once_in_every_snippet(home: Home, visit: Visiting) -> None:
    found = await visit(home, "monitors/new?kind=heartbeat")
    page = found.page
    await page.get_by_label("Name", exact=True).fill("Nightly export")
    await choose(page, "Service", "Checkout")
    await page.get_by_text("By a cron expression").click()
    await page.get_by_role("textbox", name="Cron expression").fill("15 3 * * *")
    await page.get_by_role("button", name="Start watching").click()
    await expect(page.locator("h1")).to_have_text("Nightly export")
    url = await page.get_by_label("ping URL", exact=True).inner_text()
    await expect(page.get_by_label("crontab snippet", exact=True)).to_contain_text(url)
    await expect(page.get_by_text("Waiting for its first ping")).to_be_visible()
    await page.get_by_role("tab", name="Kubernetes").click()
    await expect(page.get_by_label("Kubernetes snippet", exact=True)).to_contain_text(url)
    await page.reload()
    await expect(page.get_by_text("Its URL ends in")).to_be_visible()
    await expect(page.get_by_text(url)).to_have_count(0)
    await page.get_by_role("button", name="New URL").click()
    await page.get_by_role("button", name="Make a new URL").click()
    await expect(page.get_by_label("ping URL", exact=True)).not_to_have_text(url)
    await is_fine(found)
    await page.get_by_role("tab", name="Pings").click()
    await expect(page.get_by_text("Nothing has reported yet")).to_be_visible()


async def test_viewers_look_and_are_told_why_they_change_nothing(home: Home, visit: Visiting) -> None:
    found = await visit(home, "monitors/{monitor}", role="viewer")
    reason = "You are a viewer"
    await expect(found.page.locator("a", has_text="Edit").first).to_have_attribute("title", re.compile(reason))
    await found.go("monitors/{monitor}?tab=settings")
    await expect(found.page.get_by_role("button", name="Delete", exact=True)).to_be_disabled()
    await found.go("monitors/{monitor}/edit")
    await expect(found.page.get_by_text(reason).first).to_be_visible()
    await expect(found.page.get_by_role("button", name="Save")).to_be_disabled()
    await expect(found.page.get_by_label("Name", exact=True)).to_be_disabled()


async def test_a_monitor_is_paused_copied_and_deleted(home: Home, visit: Visiting) -> None:
    monitor, *_ = found_monitor(home, "Mail relay")
    home.database.rows("update monitor set regions = %s where id = %s returning id", list(REGIONS), monitor)
    found = await visit(home, f"monitors/{monitor}")
    page = found.page
    for action, state in (("Pause", "Paused"), ("Resume", "Up")):
        await page.get_by_role("button", name="More").click()
        await page.get_by_role("menuitem", name=action).click()
        await expect(page.get_by_text(state, exact=True).first).to_be_visible()
    await page.get_by_role("button", name="More").click()
    await page.get_by_role("menuitem", name="Copy").click()
    await page.get_by_label("Name", exact=True).fill("Other relay")
    await page.get_by_role("button", name="Make the copy").click()
    await expect(page.locator("h1")).to_have_text("Other relay")
    await page.get_by_role("tab", name="Settings").click()
    await page.get_by_role("button", name="Delete", exact=True).click()
    await page.get_by_role("button", name="Delete the monitor").click()
    await expect(page.locator("h1")).to_have_text("Monitors")
    await expect(page.get_by_text("Other relay")).to_have_count(0)


async def test_groups_are_put_into_order_by_keyboard(home: Home, visit: Visiting) -> None:
    found = await visit(home, "monitors/groups")
    page = found.page
    await page.get_by_role("button", name="New group").click()
    await page.get_by_label("Name", exact=True).fill("Offices")
    await page.get_by_role("button", name="Make the group").click()
    await expect(page.get_by_role("button", name="New group")).to_be_focused()
    names = page.get_by_role("list", name="Groups in order").get_by_role("link")
    await expect(names).to_have_text(["Shop", "Platform", "Offices"])
    await move(page.get_by_role("button", name="Move Offices"), "ArrowUp", 2)
    await expect(names).to_have_text(["Shop", "Offices", "Platform"])
    await page.reload()
    await expect(names).to_have_text(["Shop", "Offices", "Platform"])
    row = page.get_by_role("listitem").filter(has_text="Offices")
    await row.get_by_role("button", name="Delete", exact=True).click()
    await page.get_by_role("button", name="Delete the group").click()
    await expect(names).to_have_text(["Shop", "Platform"])


async def test_a_document_is_told_what_it_would_do_before_it_does(home: Home, visit: Visiting) -> None:
    found = await visit(home, "monitors/document")
    page = found.page
    found.expected = REFUSED
    one = {
        "name": "From a document",
        "service": "Checkout",
        "spec": {"kind": "tcp", "host": "a.example.com", "port": 25},
    }
    box = page.get_by_label("Document")
    look = page.get_by_role("button", name="See what would change")
    await box.fill("monitors:")
    await look.click()
    await expect(page.get_by_text(re.compile("It is not JSON"))).to_be_visible()
    await box.fill(json.dumps({"monitors": [{**one, "service": "None such"}]}))
    await look.click()
    await expect(page.get_by_role("alert")).to_contain_text("service")
    await box.fill(json.dumps({"monitors": [one]}))
    await expect(page.get_by_role("button", name="Import", exact=True)).to_be_disabled()
    await look.click()
    await expect(page.get_by_text("1 new, 0 changed, 0 as they are.")).to_be_visible()
    assert home.database.rows(BY_NAME, ORGANIZATION_ID, "From a document") == []
    await page.get_by_role("button", name="Import", exact=True).click()
    await expect(page.get_by_text("It is done")).to_be_visible()
    assert found_monitor(home, "From a document")[1]["port"] == 25
    async with page.expect_download() as download:
        await page.get_by_role("button", name="Download monitors.json").click()
    file = await (await download.value).path()
    assert "From a document" in [monitor["name"] for monitor in json.loads(file.read_text())["monitors"]]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_what_somebody_wrote_is_text_and_fits(home: Home, visit: Visiting, text: str) -> None:
    monitor, *_ = found_monitor(home, "Names of the shop")
    home.database.rows(
        "update monitor set name = %s, description = %s, tags = %s where id = %s returning id",
        text[:200], text[:2_000], [text[:100]], monitor,
    )  # fmt: skip
    home.database.rows(
        "update monitor_span set evidence = %s where monitor_id = %s returning id",
        Jsonb({"reason": "timeout", "detail": text, "regions": {"eu-central-1": {"status": "down", "detail": text}}}),
        monitor,
    )
    home.database.rows("update monitor_span set status = 'down' where monitor_id = %s returning id", monitor)
    found = await visit(home, "monitors", size="small")
    assert await overflow(found.page) == 0
    for path in (f"monitors/{monitor}", f"monitors/{monitor}?tab=outages", f"monitors/{monitor}?tab=settings"):
        await found.go(path)
        await expect(found.page.locator("h1")).to_contain_text(text[:30].strip().split("\u3000")[0])
        assert await overflow(found.page) == 0
    home.database.rows("update monitor set name = 'Names of the shop' where id = %s returning id", monitor)
