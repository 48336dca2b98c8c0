"""Setting paging up: a schedule with its preview, an override by dragging, a policy put into order and simulated."""

import asyncio
import re
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Final

import pytest
from playwright.async_api import Locator, Page, expect

from tests.support.world import MAC_KEYS
from tests.web.dashboard.conftest import Visit, Visiting
from tests.web.dashboard.home import Home
from tests.web.dashboard.sorting import move
from tests.web.dashboard.test_screens import is_fine
from tests.web.test_hostile import TEXTS
from tests.web.test_reading import overflow
from tocsin.domain.demo import ORGANIZATION_ID
from tocsin.platform.tokens import Purpose, digest, hint, issue
from tocsin_data.db import Database
from tocsin_data.services import escalating
from tocsin_data.services.processing import process

pytestmark = [pytest.mark.xdist_group("dashboard: on call"), pytest.mark.asyncio(loop_scope="session")]

RENAMED: Final = "update {} set name = %s where org_id = %s and id = %s returning id"
OVERRIDES: Final = "select name, user_id from schedule_override where org_id = %s and name = any(%s)"
POLICY: Final = "select id, current_version from escalation_policy where org_id = %s and name = %s"
STEPS: Final = """select delay_seconds, targets->0->>'kind' from escalation_policy_step
                   where org_id = %s and policy_id = %s and version = %s order by position"""
KEYED: Final = """insert into routing_key (org_id, integration_id, key_hash, hint, created_at)
    select i.org_id, i.id, %s, %s, now() from integration i join service s on s.id = i.service_id
    where i.org_id = %s and s.name = 'Certificates and backups'
    returning (select service_id from integration i where i.id = integration_id)"""
OPENED: Final = """select i.id, e.id from incident i join escalation e on e.incident_id = i.id
    where i.org_id = %s and i.title = %s"""
FIRST: Final = "select id from {} where org_id = %s order by created_at, id limit 1"


def first(home: Home, table: str) -> str:
    """The oldest row's id: no test has made that one."""
    ((found,),) = home.database.rows(FIRST.format(table), ORGANIZATION_ID)
    return str(found)


def field(page: Page, name: str) -> Locator:
    """An input by the whole of its label, which a star may follow."""
    return page.locator("input").and_(page.get_by_label(re.compile(rf"^{name}( \*)?$")))


async def choose(page: Page, label: str, option: str | re.Pattern[str]) -> None:
    """Choose by typing and clicking, as one does in a long list."""
    found = field(page, label)
    await found.click()
    if isinstance(option, str):
        await found.fill(option)
    await page.get_by_role("option", name=option).first.click()


async def drag(page: Page, what: Locator, to: Locator) -> None:
    """Take something up, and put it down where another one is."""
    begin, end = await what.bounding_box(), await to.bounding_box()
    assert begin is not None
    assert end is not None
    await page.mouse.move(begin["x"] + begin["width"] / 2, begin["y"] + begin["height"] / 2)
    await page.mouse.down()
    await page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2 + 8, steps=8)
    await page.mouse.up()


async def test_a_schedule_is_made_with_its_shifts_in_sight(home: Home, visit: Visiting) -> None:
    found = await visit(home, "on-call", role="admin")
    page = found.page
    await page.get_by_role("link", name="New schedule").click()
    await field(page, "Name").first.fill("Nights")
    preview = page.get_by_role("complementary", name="Preview")
    await expect(preview.get_by_role("img", name=re.compile("Preview of the week")).first).to_be_visible()
    await choose(page, "Add somebody", "Priya")
    await expect(preview.locator("[data-hue]").nth(1)).to_be_visible()
    await page.reload()
    await expect(field(page, "Name").first).to_have_value("Nights")
    await page.get_by_role("button", name="Make the schedule").click()
    await expect(page.locator("h1")).to_have_text("Nights")
    await expect(page.get_by_role("button", name=re.compile("^Priya Nair, .* Layer “Weekly”$")).first).to_be_visible()


async def test_a_time_is_overridden_by_dragging_over_it(home: Home, visit: Visiting) -> None:
    found = await visit(home, f"schedules/{first(home, 'schedule')}?view=week", role="responder")
    page = found.page
    await page.get_by_role("button", name="Later").click()
    row = page.get_by_role("group", name=re.compile("On call in the week of"))
    await expect(row.get_by_role("button").first).to_be_visible()
    box = await row.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    await page.mouse.move(box["x"] + box["width"] * 2.5 / 7, middle)
    await page.mouse.down()
    await page.mouse.move(box["x"] + box["width"] * 3.5 / 7, middle, steps=6)
    await page.mouse.up()
    dialog = page.get_by_role("dialog", name="Put somebody else on call")
    await expect(dialog.get_by_label("From")).to_have_value(re.compile("T12:00$"))
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog.get_by_text("Choose who is on call then")).to_be_visible()
    await choose(page, "Who is on call", "Nobody")
    await dialog.get_by_label("Why").fill("the office is closed")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_have_count(0)
    await expect(row.get_by_role("button", name=re.compile("^Nobody,.*the office is closed"))).to_be_visible()
    assert home.database.rows(OVERRIDES, ORGANIZATION_ID, ["the office is closed"]) == [("the office is closed", None)]
    await page.get_by_role("tab", name="Overrides").click()
    line = page.get_by_role("listitem").filter(has_text="the office is closed")
    await line.get_by_role("button", name="Cancel").click()
    await page.get_by_role("dialog").get_by_role("button", name="Cancel it").click()
    await expect(line).to_have_count(0)


async def test_layers_are_put_into_order_by_keyboard_and_saved_as_a_version(home: Home, visit: Visiting) -> None:
    found = await visit(home, f"schedules/{first(home, 'schedule')}?tab=rotation")
    page = found.page
    layers = page.get_by_role("list", name="Layers, the uppermost first").get_by_role("button", expanded=True)
    await expect(layers).to_have_count(2)
    before = [await one.locator("strong").inner_text() for one in await layers.all()]
    await move(page.get_by_role("button", name=f"Move {before[0]}"), "ArrowDown", 2)
    await expect(layers.first.locator("strong")).to_have_text(before[1])
    await page.get_by_role("button", name="Save as version 2").click()
    await expect(page.get_by_text("Version 2 is in effect.")).to_be_visible()
    await page.get_by_role("tab", name="History").click()
    await expect(page.get_by_role("listitem").filter(has_text="Version 2")).to_contain_text("in effect")


async def test_a_calendar_address_is_shown_once(home: Home, visit: Visiting) -> None:
    found = await visit(home, "schedules/{schedule}?tab=subscribe")
    page = found.page
    await page.get_by_role("button", name="New calendar").click()
    await page.get_by_role("button", name="Make it").click()
    await expect(page.get_by_label("calendar address", exact=True)).to_contain_text(".ics")
    await expect(page.get_by_role("listitem").filter(has_text="Shifts of everybody")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("listitem").filter(has_text="Shifts of everybody")).to_be_visible()
    await expect(page.get_by_label("calendar address", exact=True)).to_have_count(0)


async def test_a_policy_is_made_put_into_order_and_simulated(home: Home, visit: Visiting) -> None:
    found = await visit(home, "policies/new", role="admin")
    page = found.page
    await page.get_by_role("button", name="Make the policy").click()
    await expect(page.get_by_text("Choose whom it pages")).to_be_visible()
    await field(page, "Name").fill("Careful")
    await choose(page, "Pages", re.compile("^On call in"))
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Add a step").click()
    second = page.get_by_role("list", name="Steps").get_by_role("listitem").filter(has_text="5 min later")
    await second.locator("input").and_(page.get_by_label("Pages", exact=True)).fill("ops@example.com")
    await page.get_by_role("option", name="ops@example.com").click()
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Make the policy").click()
    await expect(page.locator("h1")).to_have_text("Careful")
    ((policy, version),) = home.database.rows(POLICY, ORGANIZATION_ID, "Careful")
    assert home.database.rows(STEPS, ORGANIZATION_ID, policy, version) == [(0, "schedule"), (300, "email")]
    handles = [page.get_by_role("button", name=f"Move step {number}") for number in (1, 2)]
    save = page.get_by_role("button", name="Save as version 2")
    for _ in range(3):
        # on a busy machine the first may be let go before it has been taken up
        await drag(page, handles[0], handles[1])
        if await save.is_visible():
            break
    await save.click()
    await expect(page.get_by_text("Version 2 is in effect")).to_be_visible()
    assert home.database.rows(STEPS, ORGANIZATION_ID, policy, 2) == [(0, "email"), (300, "schedule")]
    home.database.rows("update service set policy_id = %s where org_id = %s returning id", policy, ORGANIZATION_ID)
    await found.go(f"policies/{policy}?tab=simulate")
    await page.get_by_role("button", name="Simulate").click()
    await expect(page.get_by_role("heading", name=re.compile("by version 2"))).to_be_visible()
    await expect(page.get_by_text("ops@example.com · E-mail").first).to_be_visible()


async def at_work(home: Home, work: Callable[[Database], object]) -> None:
    """Let a function inside do its work."""

    def carry() -> None:
        db = home.database.enter("worker")
        work(db)
        db.close()  # a connection is its thread's

    await asyncio.to_thread(carry)


async def test_who_is_on_call_is_paged_in_the_order_simulated(home: Home, visit: Visiting) -> None:
    key, says = issue(Purpose.ROUTING, MAC_KEYS), "The pump of cellar 4 stands still"
    ((service,),) = home.database.rows(KEYED, digest(key), hint(key), ORGANIZATION_ID)
    found = await visit(home, "schedules/new", role="admin")
    page = found.page
    await field(page, "Name").first.fill("Cellars")
    await page.get_by_role("button", name="Make the schedule").click()
    await expect(page.locator("h1")).to_have_text("Cellars")
    await found.go("policies/new")
    await field(page, "Name").fill("Pumps")
    await choose(page, "Pages", re.compile("^On call in Cellars$"))
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Add a step").click()
    second = page.get_by_role("list", name="Steps").get_by_role("listitem").filter(has_text="5 min later")
    await second.locator("input").and_(page.get_by_label("Pages", exact=True)).fill("Priya")
    await page.get_by_role("option", name="Priya Nair").click()
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Make the policy").click()
    await expect(page.locator("h1")).to_have_text("Pumps")
    ((policy, _),) = home.database.rows(POLICY, ORGANIZATION_ID, "Pumps")
    home.database.rows("update service set policy_id = %s where id = %s returning id", policy, service)

    await found.go(f"policies/{policy}?tab=simulate&service={service}")
    await page.get_by_label("Event summary").fill(says)
    await page.get_by_role("button", name="Simulate").click()
    pages = page.locator("li[data-tone=page]")
    await expect(pages.nth(1)).to_be_visible()
    lines = [pages.filter(has_text=f"step {number}").first for number in (1, 2)]
    simulated = [(await line.inner_text()).partition(" · ")[0] for line in lines]
    assert simulated == ["Jonas Berg", "Priya Nair"]

    message = home.host.world.request(home.host.world.event(summary=says), key=key)
    await at_work(home, lambda db: process(db, [message], key_budget_per_minute=6000))
    ((incident, escalation),) = home.database.rows(OPENED, ORGANIZATION_ID, says)
    await found.go(f"incidents/{incident}?tab=pages")
    told = [page.get_by_role("listitem").filter(has_text=f"step {number}, round 1") for number in (1, 2)]
    await expect(told[0].first).to_contain_text(simulated[0])
    await expect(told[1]).to_have_count(0)
    home.database.advance(timedelta(minutes=5))
    due = home.host.world.now
    await at_work(home, lambda db: escalating.take_overdue(db, [(ORGANIZATION_ID, escalation)], due))
    await page.reload()
    await expect(told[1].first).to_contain_text(simulated[1])
    await expect(told[0].first).to_contain_text(simulated[0])


async def test_what_somebody_else_saved_meanwhile_is_said(home: Home, visit: Visiting) -> None:
    policy = first(home, "escalation_policy")
    found = await visit(home, f"policies/{policy}")
    page = found.page
    found.expected = ["412", "console: Failed to load"]
    await field(page, "Name").fill("Renamed here")
    other = await visit(home, f"policies/{policy}")
    await field(other.page, "Name").fill("Renamed there")
    await other.page.get_by_role("button", name="Save as version").click()
    await expect(other.page.get_by_text("is in effect for new incidents")).to_be_visible()
    await page.get_by_role("button", name="Save as version").click()
    await expect(page.get_by_role("alert").filter(has_text="Somebody else saved meanwhile")).to_be_visible()
    await page.get_by_role("button", name="Load what they saved").click()
    await expect(field(page, "Name")).to_have_value("Renamed there")


async def test_what_is_in_use_is_not_deleted_and_the_reason_is_said(home: Home, visit: Visiting) -> None:
    ((policy,),) = home.database.rows(
        "select policy_id from service where org_id = %s and policy_id is not null order by id limit 1", ORGANIZATION_ID
    )
    found = await visit(home, f"policies/{policy}")
    found.expected = [str(HTTPStatus.CONFLICT.value), "console: Failed to load"]
    await found.page.get_by_role("button", name="Delete").click()
    dialog = found.page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Delete it").click()
    await expect(dialog.get_by_role("alert")).to_be_visible()


async def test_a_viewer_sees_all_and_changes_nothing(home: Home, visit: Visiting) -> None:
    found = await visit(home, "schedules/{schedule}", role="viewer")
    page = found.page
    await expect(page.get_by_text("You are a viewer here")).to_be_visible()
    await expect(page.get_by_role("button", name="Override", exact=True)).to_be_disabled()
    await found.go("policies/{policy}")
    await expect(field(page, "Name")).to_be_disabled()
    await expect(page.get_by_role("button", name="Add a step")).to_have_count(0)
    await expect(page.get_by_role("button", name=re.compile("^Move step"))).to_have_count(0)


async def dialogs(found: Visit, name: str) -> None:
    """Open a dialog by its button, and see that it breaks no rule."""
    await found.page.get_by_role("button", name=name, exact=True).click()
    await expect(found.page.get_by_role("dialog")).to_be_visible()
    await is_fine(found)
    await found.page.keyboard.press("Escape")


async def test_dialogs_break_no_rule(home: Home, visit: Visiting) -> None:
    found = await visit(home, "schedules/{schedule}?tab=overrides")
    await dialogs(found, "Temporary schedule")
    await dialogs(found, "Override")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_names_are_text_and_fit(home: Home, visit: Visiting, text: str) -> None:
    name = text[:200]
    ids = {table: first(home, table) for table in ("schedule", "escalation_policy")}
    for table, found_id in ids.items():
        home.database.rows(RENAMED.format(table), name, ORGANIZATION_ID, found_id)
    home.database.rows(
        "update user_account set name = %s where id in (select user_id from membership where org_id = %s) returning id",
        name,
        ORGANIZATION_ID,
    )
    found = await visit(home, "on-call", size="small")
    for path in ("on-call", f"schedules/{ids['schedule']}", f"schedules/{ids['schedule']}?tab=rotation", "policies"):
        await found.go(path)
        assert await overflow(found.page) == 0, path
    await found.go(f"policies/{ids['escalation_policy']}")
    assert await overflow(found.page) == 0
