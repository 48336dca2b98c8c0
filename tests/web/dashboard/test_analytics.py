"""Analytics: filtered by the address, exported as the API gives it; where there is nothing, failures, hostile names."""

import json
import re
from http import HTTPStatus
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.web.dashboard.conftest import Visiting
from tests.web.dashboard.home import Home, Reply, carried_out
from tests.web.test_hostile import TEXTS
from tests.web.test_reading import overflow
from tocsin.domain.demo import ORGANIZATION_ID

pytestmark = [pytest.mark.xdist_group("dashboard: analytics"), pytest.mark.asyncio(loop_scope="session")]


async def test_figures_are_filtered_by_the_address_and_exported(home: Home, visit: Visiting) -> None:
    page = (await visit(home, "analytics", role="viewer")).page
    noise = page.get_by_role("region", name="Noise", exact=True)
    rows = noise.get_by_role("row")
    await expect(rows.nth(2)).to_be_visible()
    await expect(page.locator(".recharts-surface").first).to_be_visible()
    people = page.get_by_role("region", name="Pages per person").get_by_role("row")
    assert await people.count() > 1
    times = page.get_by_role("region", name="How fast you answer")
    await times.get_by_text("The figures as a table").click()
    await expect(times.get_by_role("row", name=re.compile("All of it"))).to_be_visible()
    await page.get_by_role("combobox", name="Service").click()
    await page.get_by_role("option", name="Payments API").click()
    await expect(page).to_have_url(re.compile("service_id="))
    await expect(rows).to_have_count(2)
    await page.get_by_text("90 days", exact=True).click()
    await page.reload()
    await expect(rows).to_have_count(2)
    await expect(page.get_by_role("radio", name="90 days")).to_be_checked()
    await page.get_by_role("button", name="Export noise by service").click()
    async with page.expect_download() as downloading:
        await page.get_by_role("menuitem", name="CSV").click()
    file = await downloading.value
    assert re.fullmatch(r"services-\d{4}-\d\d-\d\d\.csv", file.suggested_filename)
    lines = Path(await file.path()).read_text().splitlines()
    assert lines[0].startswith("service_id,service_name")
    assert len(lines) == 2


async def test_the_night_is_the_readers_to_say(home: Home, visit: Visiting) -> None:
    page = (await visit(home, "analytics?night_from=0&night_until=0")).page
    await page.get_by_role("button", name=re.compile("Night 00:00.00:00")).click()
    await page.get_by_role("combobox", name="until").click()
    await page.get_by_role("option", name="23:00").click()
    await expect(page.get_by_role("button", name=re.compile("Night 00:00.23:00"))).to_be_visible()
    await expect(page).to_have_url(re.compile("night_until=23"))


async def test_where_nothing_was_there_is_a_way_back(home: Home, visit: Visiting) -> None:
    page = (await visit(home, "analytics?span=dates&from=2020-01-01&to=2020-01-31", size="phone")).page
    await expect(page.get_by_label("From", exact=True)).to_have_value("2020-01-01")
    await page.get_by_role("link", name="Show the last 30 days").click()
    await expect(page.get_by_role("heading", name="How fast you answer")).to_be_visible()


async def test_a_report_that_fails_is_asked_for_again(home: Home, visit: Visiting) -> None:
    told = {"code": "invalid", "status": 422, "detail": "The year is too long."}
    home.fail = lambda _, path: (
        Reply(HTTPStatus.UNPROCESSABLE_ENTITY, {"Content-Type": "application/problem+json"}, json.dumps(told).encode())
        if "/analytics/pages" in path
        else None
    )
    try:
        found = await visit(home, "analytics")
        found.expected = ["422: ", "console: Failed to load"]
        await expect(found.page.get_by_role("alert")).to_contain_text("The year is too long.")
    finally:
        home.fail = carried_out
    await found.page.get_by_role("button", name="Try again").click()
    await expect(found.page.get_by_role("heading", name="Noise")).to_be_visible()


async def test_names_are_text_and_fit(home: Home, visit: Visiting) -> None:
    for text in TEXTS.values():
        home.database.rows(
            "update service set name = left(%s, 200) where org_id = %s and name <> 'Payments API' and id ="
            " (select id from service where org_id = %s order by created_at limit 1) returning id",
            text,
            ORGANIZATION_ID,
            ORGANIZATION_ID,
        )
        found = await visit(home, "analytics", size="small")
        await expect(found.page.get_by_role("heading", name="Noise")).to_be_visible()
        assert await overflow(found.page) == 0
