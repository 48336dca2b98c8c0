"""Signing in for real: a user pool that checks passwords by SRP and codes of apps, asked by the page itself."""

import re
from collections.abc import Generator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Page, expect

from functions.notify.mails import compose
from tests.support.emulator import emulator
from tests.support.signed_in import mailed
from tests.support.user_pool import PASSWORD, RESET_CODE, SIGN_UP_CODE, UserPool, totp, user_pool
from tests.web.dashboard.conftest import Visiting
from tests.web.dashboard.home import Home
from tocsin.contracts.mail import MailMessage
from tocsin.domain.demo import ORGANIZATION_ID

pytestmark = [pytest.mark.xdist_group("dashboard: sign in"), pytest.mark.asyncio(loop_scope="session")]


@pytest.fixture(scope="module")
def pool(home: Home) -> Generator[UserPool]:
    """A pool that the home's people sign in to."""
    with TemporaryDirectory() as folder, emulator(Path(folder)) as running:
        found = user_pool(running.endpoint)
        home.pools.append(running.endpoint)
        for name, value in {
            "SIGN_IN_ISSUER": f"https://cognito-idp.eu-west-1.amazonaws.com/{found.pool_id}",
            "SIGN_IN_CLIENT_ID": found.client_id,
            "SIGN_IN_ENDPOINT": found.endpoint,
        }.items():
            home.host.monkeypatch.setenv(name, value)
        yield found


@pytest.fixture
def olga(home: Home, pool: UserPool) -> str:
    """The address of somebody in the pool who owns the organization."""
    email = f"olga-{uuid4().hex[:8]}@example.com"
    subject = pool.person(email)
    home.database.rows(
        "update user_account set subject = %s, email = %s"
        " where id = (select user_id from membership where role = 'owner' order by user_id limit 1) returning id",
        subject,
        email,
    )
    return email


async def fill(page: Page, email: str, password: str) -> None:
    """Give address and password."""
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_label("Password", exact=True).fill(password)
    await page.get_by_role("button", name="Sign in").click()


def link(home: Home) -> str:
    """The path that the one mail which waits leads to."""
    (invitation,) = mailed(home.host)
    message = MailMessage(org_id=ORGANIZATION_ID, mail_id=uuid4(), kind="invitation", sealed="")
    mail = compose(message, invitation, "Tocsin <page@tocsin.example>", home.host.world.now, home.site)
    body = mail.get_body(("html",))
    assert body
    found = re.search(rf'href="{home.site}(/invitations/[^"]+)"', body.get_content())
    assert found
    return found[1]


async def test_a_person_signs_in_stays_so_and_signs_out(home: Home, visit: Visiting, olga: str) -> None:
    found = await visit(home, "incidents", role=None)
    found.expected = ["400: ", "status of 400"]
    page = found.page
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    await fill(page, olga, "not the password")
    await expect(page.get_by_role("alert")).to_contain_text("Wrong e-mail address or password.")
    await fill(page, olga, PASSWORD)
    await expect(page.get_by_role("heading", name="Incidents")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("heading", name="Incidents")).to_be_visible()
    kept: dict[str, Any] = await page.evaluate("({ ...localStorage, ...sessionStorage })")
    assert PASSWORD not in str(kept)
    await page.get_by_role("button", name="Account:").click()
    await page.get_by_role("menuitem", name="Sign out").click()
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert await page.evaluate("localStorage.getItem('tocsin.session')") is None
    await page.go_back()
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


async def test_who_signs_out_in_one_tab_is_signed_out_in_all_and_leaves_nothing_typed(
    home: Home, visit: Visiting
) -> None:
    found = await visit(home, "services?create=true")
    page = found.page
    await page.get_by_role("textbox", name="Name").fill("Half typed")
    await page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    assert "Half typed" in str(await page.evaluate("({ ...sessionStorage })"))
    other = await page.context.new_page()
    await other.goto(page.url.partition("?")[0])
    await other.get_by_role("button", name="Account:").click()
    await other.get_by_role("menuitem", name="Sign out").click()
    await expect(other.get_by_role("heading", name="Sign in")).to_be_visible()
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert "Half typed" not in str(await page.evaluate("({ ...sessionStorage })"))


def other_than(code: str) -> str:
    """A code that is not right, now or half a minute from now."""
    return f"{(int(code) + 1) % 1_000_000:06}"


async def test_an_authenticator_app_is_asked_for_its_code_until_it_is_right(
    home: Home, visit: Visiting, pool: UserPool, olga: str
) -> None:
    secret = pool.authenticator(pool.access_token(olga))
    found = await visit(home, "/sign-in", role=None)
    found.expected = ["400: ", "status of 400"]
    page = found.page
    await fill(page, olga, PASSWORD)
    await expect(page.get_by_role("heading", name="Your code")).to_be_visible()
    for _ in range(2):
        await page.keyboard.type(other_than(totp(secret)))
        await expect(page.get_by_role("alert")).to_contain_text("That code is not right.")
        await expect(page.get_by_role("textbox").first).to_be_focused()
        await expect(page.get_by_role("textbox").first).to_have_value("")
    await page.keyboard.type(totp(secret))
    await expect(page.get_by_role("heading", name="Incidents")).to_be_visible()


async def test_who_takes_too_long_for_the_code_signs_in_again(
    home: Home, visit: Visiting, pool: UserPool, olga: str
) -> None:
    pool.authenticator(pool.access_token(olga))
    found = await visit(home, "/sign-in", role=None)
    found.expected = ["400: ", "status of 400"]
    page = found.page
    await fill(page, olga, PASSWORD)
    await expect(page.get_by_role("heading", name="Your code")).to_be_visible()
    await page.get_by_role("button", name="Start again").click()
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("heading", name="Your code")).to_be_visible()
    over = {"__type": "NotAuthorizedException", "message": "Invalid session for the user, session is expired."}
    await page.route(f"{pool.endpoint}/**", lambda route: route.fulfill(status=400, json=over))
    await page.keyboard.type("123456")
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    await expect(page.get_by_role("alert")).to_contain_text("That took too long: sign in again.")
    await expect(page.get_by_label("E-mail")).to_have_value(olga)


async def test_who_is_invited_opens_the_link_signs_up_and_is_in(home: Home, visit: Visiting, pool: UserPool) -> None:
    email = f"nora-{uuid4().hex[:8]}@example.com"
    owner = await visit(home, "people?tab=invitations")
    await owner.page.get_by_role("button", name="Invite").click()
    await owner.page.get_by_role("textbox", name="E-mail addresses").fill(email)
    await owner.page.get_by_role("radio", name="Admin").check()
    await owner.page.get_by_role("button", name="Send the invitations").click()
    row = owner.page.get_by_role("listitem").filter(has_text=email)
    await expect(row).to_contain_text("Waiting")
    path = link(home)
    other = await visit(home, path, role="viewer")
    other.expected = ["403", "status of 403"]
    await other.page.get_by_role("button", name="Accept the invitation").click()
    await expect(other.page.get_by_role("alert")).to_contain_text("for another e-mail address")
    await expect(other.page.get_by_role("button", name="Sign in as somebody else")).to_be_visible()

    found = await visit(home, path, role=None, size="phone")
    page = found.page
    await page.get_by_role("link", name="Create an account").click()
    await page.get_by_label("Name").fill("Nora Lind")
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Create the account").click()
    await page.get_by_label("Code").fill(SIGN_UP_CODE)
    home.addresses[pool.verify(email)] = email
    await page.get_by_role("button", name="Confirm").click()
    await expect(page.get_by_label("E-mail")).to_have_value(email)
    await fill(page, email, PASSWORD)
    await page.get_by_role("button", name="Accept the invitation").click()
    await expect(page.get_by_role("heading", name="Incidents")).to_be_visible()
    await expect(page.get_by_role("button", name="Acknowledge incident 52")).to_be_enabled()
    await owner.page.reload()
    await expect(row).to_contain_text("Accepted")
    rows = home.database.rows(
        "select m.role from membership m join user_account u on u.id = m.user_id where m.org_id = %s and u.email = %s",
        ORGANIZATION_ID,
        email,
    )
    assert rows == [("admin",)]


async def test_a_password_that_was_forgotten_is_replaced_by_a_code(home: Home, visit: Visiting, olga: str) -> None:
    found = await visit(home, "/sign-in", role=None)
    page = found.page
    await page.get_by_label("E-mail").fill(olga)
    await page.get_by_role("link", name="Forgot your password?").click()
    await expect(page.get_by_label("E-mail")).to_have_value(olga)
    await page.get_by_role("button", name="Mail me a code").click()
    await page.get_by_label("Code").fill(RESET_CODE)
    await page.get_by_label("New password", exact=True).fill(f"{PASSWORD} once more")
    await page.get_by_role("button", name="Change the password").click()
    await expect(page.get_by_text("Your password is changed.")).to_be_visible()
    await fill(page, olga, f"{PASSWORD} once more")
    await expect(page.get_by_role("heading", name="Incidents")).to_be_visible()
