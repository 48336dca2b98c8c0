"""API keys, shown once and ended at once; and the audit log, in sentences, filtered, endless, and as a file."""

import asyncio
import csv
import json
import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.support.http_api import http_event
from tests.web.dashboard.conftest import Visiting
from tests.web.dashboard.home import Home
from tests.web.test_hostile import TEXTS
from tests.web.test_reading import overflow
from tocsin.domain.demo import ORGANIZATION_ID

pytestmark = [pytest.mark.xdist_group("dashboard: access"), pytest.mark.asyncio(loop_scope="session")]

KEY = re.compile("[A-Z0-9]{32}")


async def answers(home: Home, key: str, method: str = "GET", path: str = "/v1/incidents") -> int:
    """The status that the API answers a call with a key."""
    event = http_event(method, path, headers={"authorization": f"Bearer {key}"})
    return (await asyncio.wrap_future(home.worker.submit(home.host.invoke, event))).status


async def copied(page: Page) -> str:
    """The key that is shown this once."""
    dialog = page.get_by_role("dialog", name="Copy the key now")
    key = await dialog.get_by_label("key", exact=True).inner_text()
    await page.keyboard.press("Escape")
    await dialog.get_by_role("button", name="I have copied it").click()
    await expect(dialog).to_have_count(0)
    assert KEY.fullmatch(key)
    return key


async def test_a_key_is_made_shown_once_replaced_and_ended(home: Home, visit: Visiting) -> None:
    found = await visit(home, "api-keys")
    page = found.page
    await page.get_by_role("button", name="New key").click()
    await page.get_by_role("button", name="Make the key").click()
    await expect(page.get_by_text("say what it is for")).to_be_visible()
    await page.get_by_role("textbox", name="Name").fill("Nightly report")
    await page.get_by_role("radio", name="Responder").check()
    await page.get_by_text("Reads only", exact=True).click()
    await page.reload()
    await found.settled()
    await expect(page.get_by_role("textbox", name="Name")).to_have_value("Nightly report")
    await page.get_by_role("radio", name="Only some of it").check()
    await page.get_by_role("checkbox", name="Incidents").check()
    await page.get_by_role("combobox", name="It ends").click()
    await page.get_by_role("option", name="In 30 days").click()
    await page.get_by_role("button", name="Make the key").click()
    key = await copied(page)
    row = page.get_by_role("listitem").filter(has_text="Nightly report")
    await expect(row).to_contain_text("Reads only")
    await expect(row).to_contain_text("only for incidents")
    await expect(row).to_contain_text("ends in 29 d")
    assert key not in await page.content()
    assert (await answers(home, key), await answers(home, key, path="/v1/services")) == (200, 403)

    await row.get_by_role("button", name="Replace Nightly report").click()
    await page.get_by_role("button", name="Make the new key").click()
    other = await copied(page)
    await expect(row).to_have_count(2)
    assert (await answers(home, key), await answers(home, other)) == (200, 200)
    await row.first.get_by_role("button", name="Revoke").click()
    await page.get_by_role("button", name="Revoke the key").click()
    await page.get_by_text("Ended (1)").click()
    await expect(row).to_have_count(1)
    await expect(row).to_contain_text("revoked")
    assert page.url.endswith("?show=ended")
    assert await answers(home, other) == 401


async def test_who_may_less_makes_keys_of_their_own_or_none(home: Home, visit: Visiting) -> None:
    page = (await visit(home, "api-keys", role="responder", size="phone")).page
    await expect(page.get_by_role("heading", name="No keys yet")).to_be_visible()
    await page.get_by_role("button", name="New key").last.click()
    await page.get_by_role("textbox", name="Name").fill("Shell")
    await expect(page.get_by_text("Whose it is")).to_have_count(0)
    await expect(page.get_by_role("radio", name="Admin")).to_have_count(0)
    await page.get_by_role("button", name="Make the key").click()
    await copied(page)
    await expect(page.get_by_role("listitem").filter(has_text="Shell")).to_contain_text("Yours")
    home.database.rows(
        "update api_key set role = 'owner' where org_id = %s and name = 'Deploy script' returning id", ORGANIZATION_ID
    )
    admins = (await visit(home, "api-keys", role="admin")).page
    deploy = admins.get_by_role("listitem").filter(has_text="Deploy script")
    for name in ("Replace Deploy script", "Revoke"):
        button = deploy.get_by_role("button", name=name)
        await expect(button).to_be_disabled()
        await expect(button).to_have_attribute("title", "This key may do more than you. Ask an owner.")
    for path, title in (("api-keys", "Viewers have no keys"), ("audit", "Admins read the audit log")):
        viewer = await visit(home, path, role="viewer")
        await expect(viewer.page.get_by_role("heading", name=title)).to_be_visible()


async def test_an_entry_is_a_sentence_with_what_differs_and_leads_to_the_thing(home: Home, visit: Visiting) -> None:
    found = await visit(home, "audit", role="admin")
    page = found.page
    entry = page.get_by_role("listitem").filter(has_text="Platform, day and night")
    await expect(entry).to_contain_text("Jonas Berg changed the escalation policy Platform, day and night")
    await entry.get_by_role("button", name="Details").click()
    rounds = entry.locator("dl > div").filter(has_text="Rounds")
    await expect(rounds.locator("del")).to_contain_text("1")
    await expect(rounds.locator("ins")).to_contain_text("2")
    await expect(entry).to_contain_text("203.0.113.40")
    await entry.get_by_role("link", name="All of this request").click()
    await expect(page.get_by_role("listitem").filter(has_text="Jonas Berg")).to_have_count(1)
    await page.get_by_role("button", name="Show all requests").click()
    await page.get_by_role("combobox", name="What", exact=True).click()
    await page.get_by_role("option", name="API key", exact=True).click()
    await page.get_by_role("combobox", name="What was done").click()
    await page.get_by_role("option", name="Made the API key").click()
    await expect(page.get_by_text("Platform, day and night")).to_have_count(0)
    assert "subject_kind=api_key&action=api_key.created" in page.url
    await page.reload()
    await found.settled()
    await expect(page.get_by_role("combobox", name="What was done")).to_have_value("Made the API key")
    await page.get_by_role("link", name="Deploy script").click()
    await expect(page.locator("h1")).to_have_text("API keys")
    await page.get_by_role("listitem").filter(has_text="Deploy script").get_by_role("link").click()
    await expect(page.get_by_role("heading", name="Nothing like that happened")).to_be_visible()
    await found.go("audit?to=2020-01-01")
    await expect(page.get_by_label("Until")).to_have_value("2020-01-01")
    await page.get_by_role("link", name="Show everything").click()
    await expect(entry).to_be_visible()


@pytest.fixture
def many(home: Home) -> None:
    """More entries than a page has, about a thing with every hostile name."""
    for number, text in enumerate([*TEXTS.values()] * 30):
        seen = json.dumps({"name": f"{number} {text}", "labels": {text[:200]: text}})
        home.database.rows(
            "insert into audit_entry (org_id, at, actor_kind, actor_id, action, subject_kind, subject_id, after) "
            "values (%s, now() - make_interval(mins => %s), 'api_key', 'x', 'rabbit.painted_over', 'rabbit', %s, %s) "
            "returning id",
            ORGANIZATION_ID,
            number,
            str(number),
            seen,
        )


@pytest.mark.usefixtures("many")
async def test_the_log_goes_on_as_one_scrolls_and_is_a_file(home: Home, visit: Visiting, tmp_path: Path) -> None:
    found = await visit(home, "audit?subject_kind=rabbit", size="small")
    page = found.page
    entries = page.get_by_role("listitem").filter(has_text="painted over the rabbit")
    await expect(entries.first).to_be_visible()
    for number in range(len(TEXTS)):
        await entries.nth(number).get_by_role("button", name="Details").click()
    await expect(page.locator("dl")).to_have_count(len(TEXTS))
    assert await overflow(page) == 0
    for number in (49, 99, 149):
        await entries.nth(number).scroll_into_view_if_needed()
    await expect(entries).to_have_count(150)
    async with page.expect_download() as waiting:
        await page.get_by_role("button", name="Export").click()
        await page.get_by_role("menuitem", name="For a spreadsheet (CSV)").click()
    file = await waiting.value
    assert re.fullmatch(r"audit-log-\d{4}-\d\d-\d\d\.csv", file.suggested_filename)
    await file.save_as(tmp_path / "log.csv")
    csv.field_size_limit(1_000_000)
    with (tmp_path / "log.csv").open(newline="") as lines:
        assert [row["subject_kind"] for row in csv.DictReader(lines)] == ["rabbit"] * 150
