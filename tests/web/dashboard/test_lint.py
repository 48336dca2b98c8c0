"""What would keep a page from somebody: listed, counted, and shown on the thing until it is mended."""

import re

import pytest
from playwright.async_api import expect

from tests.web.dashboard.conftest import Visiting
from tests.web.dashboard.home import Home
from tests.web.test_hostile import TEXTS
from tests.web.test_reading import overflow
from tocsin.domain.demo import ORGANIZATION_ID

pytestmark = [pytest.mark.xdist_group("dashboard: lint"), pytest.mark.asyncio(loop_scope="session")]

WITHOUT_POLICY = "update service set policy_id = null where org_id = %s and name = 'Checkout' returning id"


def put(home: Home, statement: str) -> str:
    """Change the organization; answers the first id."""
    return str(home.database.rows(statement, ORGANIZATION_ID)[0][0])


async def test_nothing_is_wrong_until_something_is_and_then_it_is_mended(home: Home, visit: Visiting) -> None:
    viewer = await visit(home, "findings", role="viewer")
    await expect(viewer.page.get_by_role("heading", name="Nothing is wrong")).to_be_visible()
    service = put(home, WITHOUT_POLICY)
    found = await visit(home, "incidents")
    page = found.page
    count = page.get_by_role("navigation", name="Main").get_by_role("link", name="Findings")
    await expect(count).to_contain_text("to look at")
    await count.click()
    errors = page.get_by_role("region", name="Pages will be lost")
    await expect(errors).to_contain_text("To mend it: give it an escalation policy.")
    await page.get_by_text("Warnings (").click()
    await expect(errors).to_have_count(0)
    assert page.url.endswith("/findings?level=warning")
    await page.get_by_text("Errors (").click()
    await errors.get_by_role("link", name="Checkout", exact=True).first.click()
    await expect(page).to_have_url(re.compile(rf"/services/{service}\?tab=settings$"))
    told = page.get_by_role("alert").filter(has_text="Pages will be lost")
    await expect(told).to_contain_text("Give it an escalation policy")
    await page.get_by_role("combobox", name="Escalation policy").click()
    await page.get_by_role("option", name="Payments, day and night").click()
    await page.get_by_role("button", name="Save").click()
    await expect(told).to_have_count(0)
    await expect(count).not_to_contain_text("to look at")


async def test_it_is_told_on_the_thing_that_it_is_about(home: Home, visit: Visiting) -> None:
    monitor = put(
        home,
        "update monitor set regions = regions[1:1], quorum = null where id = (select id from monitor where org_id = %s "
        "and kind = 'http' and deleted_at is null order by id limit 1) returning id",
    )
    found = await visit(home, f"monitors/{monitor}")
    page = found.page
    alert = page.get_by_role("alert").filter(has_text="Pages may be lost")
    await alert.get_by_role("link", name="Check it from three regions or more").click()
    await expect(page).to_have_url(re.compile(f"/monitors/{monitor}/edit$"))
    put(home, "update organization set fallback_email = null where id = %s returning id")
    policy = put(home, "select id from escalation_policy where org_id = %s and name = 'Payments, day and night'")
    await found.go(f"policies/{policy}")
    await expect(page.get_by_role("alert").filter(has_text="when its rounds are over nobody is paged")).to_be_visible()
    key = put(
        home,
        "update routing_key set last_used_at = null, created_at = now() - interval '30 days' where id = (select id "
        "from routing_key where org_id = %s and revoked_at is null and expires_at is null order by id limit 1) "
        "returning integration_id",
    )
    await found.go(f"integrations/{key}")
    await expect(page.get_by_role("alert").filter(has_text="Worth knowing")).to_contain_text("no event has come by it")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_names_in_findings_are_text_and_fit(home: Home, visit: Visiting, text: str) -> None:
    home.database.rows(
        "update service set policy_id = null, name = left(%s, 190) || left(id::text, 8) where org_id = %s returning id",
        text,
        ORGANIZATION_ID,
    )
    found = await visit(home, "findings", size="small")
    await expect(found.page.get_by_role("region", name="Pages will be lost")).to_be_visible()
    assert await overflow(found.page) == 0
    await found.go("services/{service}")
    await expect(found.page.get_by_role("alert").first).to_be_visible()
    assert await overflow(found.page) == 0
