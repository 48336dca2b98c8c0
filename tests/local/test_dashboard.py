"""The dashboard of the deployed whole: every address answered, by the deployed headers, told where the API is, and used
in a browser, which has nothing to complain of.
"""

import asyncio
import re
from time import monotonic
from typing import Final
from uuid import uuid4

import pytest
from playwright.async_api import expect

from local.dashboard import bring, build
from local.deploy import Deployment
from tests.support.newcomer import Newcomer
from tests.support.stack import Answer, Stack, eventually, http
from tests.support.user_pool import PASSWORD
from tests.support.windows import Opening
from tocsin import __version__

pytestmark = pytest.mark.xdist_group("stack")

ADDRESSES = ("", "sign-in", "demo", "o/acme/incidents", "o/acme/incidents/0199f7a8-0000-7000-8000-000000000001")
FIRST_PAGE_SECONDS: Final = 120
"""From the first look at the dashboard until a page was received and acknowledged."""
OF_TRANSPORT = {"connection", "date", "etag", "content-length", "x-cache", "vary", "content-type", "cache-control"}


def read(stack: Stack, path: str = "", method: str = "GET", **headers: str) -> Answer:
    """What a browser is answered, its headers by names in lower case."""
    found = http(method, f"{stack.machine.dashboard_url}/{path}", headers=headers)
    return Answer(found.status, found.body, {name.lower(): value for name, value in found.headers.items()})


def test_every_address_is_answered_with_the_one_document_and_what_it_names_is_there(stack: Stack) -> None:
    documents = {read(stack, path).body for path in ADDRESSES}
    (document,) = documents
    assert {read(stack, path).headers["content-type"] for path in ADDRESSES} == {"text/html"}
    named = re.findall(r'(?:src|href)="/([^"]+)"', document)
    assert {name.rpartition(".")[2] for name in named} >= {"js", "css", "webmanifest"}
    for name in named:
        found = read(stack, name, "HEAD")
        is_asset = name.startswith("assets/")
        assert found.status == 200, name
        assert found.headers["cache-control"] == ("public, max-age=31536000, immutable" if is_asset else "no-cache")
    kinds = {name.rpartition(".")[2]: read(stack, name, "HEAD").headers["content-type"] for name in named}
    assert (kinds["js"], kinds["css"], kinds["webmanifest"]) == (
        "text/javascript",
        "text/css",
        "application/manifest+json",
    )


def test_headers_are_those_of_the_distribution(stack: Stack) -> None:
    gateway = stack.machine.gateway_url
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        f"connect-src 'self' {gateway} {gateway.replace('http', 'ws')}; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'; manifest-src 'self'"
    )
    for path in ("", "o/acme/monitors", "config.json", "assets/none.js"):
        found = read(stack, path)
        told = {name: value for name, value in found.headers.items() if name not in OF_TRANSPORT}
        assert told.pop("permissions-policy").startswith("camera=()")
        assert told == {
            "content-security-policy": policy,
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
            "referrer-policy": "no-referrer",
            "server": "CloudFront",
            "strict-transport-security": "max-age=31536000",
            "x-content-type-options": "nosniff",
        }


def test_a_file_that_is_missing_is_missing(stack: Stack) -> None:
    assert [read(stack, path).status for path in ("assets/none.js", "robots.txt", "icons/none.png")] == [404, 404, 404]


def test_the_dashboard_is_told_where_the_api_is_and_the_api_who_people_are(stack: Stack) -> None:
    assert read(stack, "config.json").json == {"api": stack.api.app_url, "version": __version__}
    found = http("GET", f"{stack.api.app_url}/v1/sign-in", headers={"origin": stack.machine.dashboard_url})
    assert found.status == 200
    headers = {name.lower(): value for name, value in found.headers.items()}
    assert headers["access-control-allow-origin"] == stack.machine.dashboard_url


def test_what_is_never_kept_is_asked_for_anew_and_answered_shortly(stack: Stack) -> None:
    first = read(stack)
    again = read(stack, "sign-in", **{"if-none-match": first.headers["etag"]})
    assert (first.headers["cache-control"], again.status, again.body) == ("no-cache", 304, "")


def test_a_second_start_builds_and_changes_nothing(stack: Stack) -> None:
    before = read(stack).headers["etag"]
    folder = build(stack.machine)
    made = folder.stat().st_mtime_ns
    bring(Deployment(stack.machine, stack.run.postgres.host), build(stack.machine))
    assert folder.stat().st_mtime_ns == made
    assert read(stack).headers["etag"] == before


async def test_who_signs_up_has_answered_their_first_page_within_two_minutes(stack: Stack, opened: Opening) -> None:
    began, nora = monotonic(), Newcomer(stack, "Nora")
    window = await opened("desktop")
    page = window.page
    await page.goto(f"{stack.machine.dashboard_url}/")
    await page.get_by_role("link", name="Create an account").click()
    await page.get_by_label("Name").fill(nora.name)
    await page.get_by_label("E-mail").fill(nora.email)
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Create the account").click()
    await page.get_by_label("Code").fill(await asyncio.to_thread(nora.code))
    await page.get_by_role("button", name="Confirm").click()
    await expect(page.get_by_label("E-mail")).to_have_value(nora.email)
    await window.give(PASSWORD)
    await page.get_by_label("New organization").fill("Newcomers & Daughters")
    await page.get_by_role("button", name="Make it").click()

    await page.get_by_role("button", name="Set it up").click()
    await page.get_by_role("button", name="Send a test event").click()
    await expect(page.get_by_text(f"to {nora.email}: handed over")).to_be_visible()
    title = "Test of First integration"
    assert "?action=acknowledge" in (await asyncio.to_thread(nora.mail, title))["text"]
    await page.get_by_role("button", name="Acknowledge", exact=True).click()
    await expect(page.get_by_text("That was your first page")).to_be_visible()
    await window.follow("Incidents")
    row = page.get_by_role("listitem").filter(has_text=title)
    await expect(row).to_contain_text("Acknowledged")
    await expect(row).to_contain_text(nora.name)
    assert monotonic() - began < FIRST_PAGE_SECONDS
    assert len(window.loaded) == 1


async def test_an_event_shows_on_a_phone_without_a_reload_and_a_thumb_acknowledges_it(
    stack: Stack, opened: Opening
) -> None:
    title = f"browser-{uuid4().hex[:8]}"
    window = await opened("phone")
    await window.sign_in(stack.sign_in.email, stack.sign_in.password)
    await window.follow("Incidents")
    await window.hears("welcome")
    await asyncio.to_thread(stack.event, "trigger", title)
    row = window.page.get_by_role("listitem").filter(has_text=title)
    await expect(row).to_contain_text("Nobody yet")
    await window.hears("incidents")
    await row.get_by_role("button", name="Acknowledge").tap()
    await expect(row).to_contain_text("Alice")
    assert len(window.loaded) == 1

    def is_acknowledged() -> bool:
        return stack.rows("select status from incident where title = %s", title) == [("acknowledged",)]

    await asyncio.to_thread(eventually, is_acknowledged, "it is acknowledged")
    await window.page.reload()
    await expect(row).to_contain_text("Acknowledged")


async def test_a_visitor_of_the_demo_is_let_in_and_told_that_it_is_one(stack: Stack, opened: Opening) -> None:
    page = (await opened("phone")).page
    await page.goto(f"{stack.machine.dashboard_url}/demo")
    await page.wait_for_url("**/o/*/incidents")
    await page.get_by_role("heading", name="Incidents").wait_for()
    await page.get_by_text("This is the demo.").wait_for()
