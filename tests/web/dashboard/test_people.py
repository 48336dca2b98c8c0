"""People and the organization: invitations, roles, teams, the stop of paging, the export, and the end."""

import json
import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.web.conftest import PATIENCE_MS
from tests.web.dashboard.conftest import Visiting
from tests.web.dashboard.home import Home
from tests.web.test_hostile import TEXTS
from tests.web.test_reading import overflow
from tocsin.domain.demo import ORGANIZATION_ID

pytestmark = [pytest.mark.xdist_group("dashboard: people"), pytest.mark.asyncio(loop_scope="session")]


def role(home: Home, name: str) -> str:
    """What somebody is in the database."""
    ((found,),) = home.database.rows(
        """
        select m.role from membership m join user_account u on u.id = m.user_id
        where m.org_id = %s and u.name = %s
        """,
        ORGANIZATION_ID,
        name,
    )
    return found


async def test_people_are_invited_and_those_refused_are_named(home: Home, visit: Visiting) -> None:
    found = await visit(home, "people?invite=true", role="admin")
    found.expected = ["422", "409", "console: Failed to load"]
    page = found.page
    await expect(page.get_by_role("radio", name="Owner")).to_have_count(0)
    typed = page.get_by_role("textbox", name="E-mail addresses")
    await typed.fill("new@example.com, broken@@example")
    await page.reload()
    await expect(typed).to_have_value("new@example.com, broken@@example")
    await page.get_by_role("radio", name="Viewer").check()
    await page.get_by_role("button", name="Send the invitations").click()
    await expect(page.get_by_role("alert", name="Not invited")).to_contain_text("broken@@example")
    await expect(typed).to_have_value("broken@@example")
    await page.get_by_role("button", name="Cancel").click()
    await page.get_by_role("tab", name="Invitations").click()
    row = page.get_by_role("listitem").filter(has_text="new@example.com")
    await expect(row).to_contain_text("Viewer")
    await row.get_by_role("button", name="Revoke").click()
    await page.get_by_role("button", name="Revoke it").click()
    await expect(row).to_contain_text("Revoked")


async def test_a_role_is_changed_and_who_stands_higher_can_not_be(home: Home, visit: Visiting) -> None:
    found = await visit(home, "people?q=sam", role="admin")
    page = found.page
    await page.get_by_role("combobox", name="Role of Sam Carter").select_option("responder")
    await expect(page.get_by_text("Sam Carter is responder from now on.")).to_be_visible()
    assert role(home, "Sam Carter") == "responder"
    await page.get_by_role("textbox", name="Find somebody").fill("Maya")
    await expect(page.get_by_text("Maya Okafor")).to_be_visible()
    await expect(page.get_by_role("combobox", name="Role of Maya Okafor")).to_have_count(0)
    home.database.rows(
        "update membership set role = 'viewer' where org_id = %s and role = 'responder' and user_id = "
        "(select id from user_account where name = 'Sam Carter') returning user_id",
        ORGANIZATION_ID,
    )


async def test_the_last_owner_stays_one(home: Home, visit: Visiting) -> None:
    found = await visit(home, "people")
    found.expected = ["409", "console: Failed to load"]
    choice = found.page.get_by_role("combobox", name="Role of Maya Okafor")
    await choice.select_option("admin")
    await expect(found.page.get_by_role("alert")).to_contain_text("make another member owner first")
    await expect(choice).to_have_value("owner")


async def test_a_team_is_made_and_filled(home: Home, visit: Visiting) -> None:
    found = await visit(home, "people?tab=teams")
    page = found.page
    await page.get_by_role("button", name="New team").click()
    await page.get_by_role("textbox", name="Name").fill("Night shift")
    await page.get_by_role("button", name="Create the team").click()
    await page.get_by_role("combobox", name="Add a member to Night shift").click()
    await page.get_by_role("option", name="Elena Rossi").click()
    await page.get_by_role("combobox", name="What Elena Rossi is in Night shift").select_option("lead")
    await expect(page.get_by_role("combobox", name="What Elena Rossi is in Night shift")).to_have_value("lead")
    rows = home.database.rows(
        "select m.role from team t join team_member m on m.org_id = t.org_id and m.team_id = t.id "
        "where t.org_id = %s and t.name = 'Night shift'",
        ORGANIZATION_ID,
    )
    assert rows == [("lead",)]


async def test_a_team_that_owns_something_is_not_deleted(home: Home, visit: Visiting) -> None:
    found = await visit(home, "people?tab=teams")
    found.expected = ["409", "console: Failed to load"]
    page = found.page
    card = page.get_by_role("heading", name="Platform").locator("..")
    await card.get_by_role("button", name="Delete").click()
    await page.get_by_role("button", name="Delete the team").click()
    await expect(page.get_by_role("dialog").get_by_role("alert")).to_be_visible()


async def test_paging_is_stopped_for_all_to_see_and_goes_on(home: Home, visit: Visiting) -> None:
    found = await visit(home, "settings", role="admin")
    page = found.page
    await page.get_by_role("button", name="Stop all paging…").click()
    await page.get_by_role("textbox", name="Why").fill("We move the data centre.")
    await page.get_by_role("button", name="Stop all paging", exact=True).click()
    await expect(page.get_by_role("alert", name="Nobody is paged")).to_contain_text("We move the data centre.")
    other = await visit(home, "incidents", role="viewer")
    await expect(other.page.get_by_role("alert")).to_contain_text("Nobody is paged in this organization")
    await page.get_by_role("button", name="Let paging go on").click()
    await expect(page.get_by_text("We move the data centre.")).to_have_count(0)
    await expect(page.get_by_role("button", name="Stop all paging…")).to_be_visible()


async def test_all_of_it_is_exported_as_a_file(home: Home, visit: Visiting, tmp_path: Path) -> None:
    found = await visit(home, "settings")
    async with found.page.expect_download(timeout=3 * PATIENCE_MS) as waiting:  # it is read in many parts
        await found.page.get_by_role("button", name="Export everything").click()
    file = await waiting.value
    assert re.fullmatch(r"northwind-\d{4}-\d\d-\d\d\.jsonl", file.suggested_filename)
    await file.save_as(tmp_path / "export")
    records = [json.loads(line) for line in (tmp_path / "export").read_text().splitlines()]
    assert {"membership", "team", "escalation_policy"} <= {one["resource"] for one in records}
    await expect(found.page.get_by_text(f"{len(records)} records were exported.")).to_be_visible()


async def test_the_organization_ends_only_by_its_name_and_comes_back(home: Home, visit: Visiting) -> None:
    found = await visit(home, "settings")
    page = found.page
    await page.get_by_role("button", name="Delete…").click()
    button = page.get_by_role("button", name="Delete it in 30 days")
    await expect(button).to_be_disabled()
    await page.get_by_role("textbox", name="Type its name").fill("Northwind")
    await button.click()
    await expect(page.get_by_text("This organization is to be deleted")).to_be_visible()
    await page.get_by_role("button", name="Keep the organization").click()
    await expect(page.get_by_text("This organization is to be deleted")).to_have_count(0)


async def test_an_admin_is_told_what_only_an_owner_may(home: Home, visit: Visiting) -> None:
    found = await visit(home, "settings", role="admin")
    for name in ("Export everything", "Choose an owner…", "Delete…"):
        button = found.page.get_by_role("button", name=name)
        await expect(button).to_be_disabled()
        await expect(button).to_have_attribute("title", "You are an admin here; to change this takes an owner.")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_names_of_people_and_teams_are_text_and_fit(home: Home, visit: Visiting, text: str) -> None:
    home.database.rows(
        "update user_account set name = left(%s, 200) where name not in ('Maya Okafor') returning id", text
    )
    home.database.rows(
        "update team set name = left(%s, 190) || left(id::text, 4) where org_id = %s returning id",
        text,
        ORGANIZATION_ID,
    )
    found = await visit(home, "people", size="small")
    assert await overflow(found.page) == 0
    await expect(found.page.locator("main")).to_contain_text(text[:20].strip().split("\u3000")[0])
    await found.go("people?tab=teams")
    assert await overflow(found.page) == 0
    await found.go("settings")
    assert await overflow(found.page) == 0
