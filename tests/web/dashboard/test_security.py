"""The sign-in of one's own account, for real: an authenticator app, the password, and the end of all sessions."""

import pytest
from playwright.async_api import expect

from tests.support.user_pool import PASSWORD, totp
from tests.web.dashboard import test_sign_in
from tests.web.dashboard.conftest import Visiting
from tests.web.dashboard.home import Home

pytestmark = [pytest.mark.xdist_group("dashboard: security"), pytest.mark.asyncio(loop_scope="session")]

pool, olga, fill = test_sign_in.pool, test_sign_in.olga, test_sign_in.fill


async def test_an_app_is_enrolled_and_let_go_and_the_password_changed(home: Home, visit: Visiting, olga: str) -> None:
    found = await visit(home, "me?tab=security", role=None)
    found.expected = ["400: ", "status of 400"]
    page = found.page
    await fill(page, olga, PASSWORD)
    await page.get_by_role("button", name="Turn on…").click()
    await expect(page.get_by_role("img", name="QR code of the secret")).to_be_visible()
    await page.get_by_text("Or type the secret").click()
    secret = (await page.get_by_label("secret", exact=True).inner_text()).replace(" ", "")
    await page.get_by_role("group", name="Code of the app").get_by_role("textbox").first.click()
    await page.keyboard.type(f"{(int(totp(secret)) + 1) % 1_000_000:06}")
    await expect(page.get_by_role("alert")).to_contain_text("That code is not right.")
    await page.keyboard.type(totp(secret))
    await expect(page.get_by_text("Every sign-in asks for a code from your phone.")).to_be_visible()
    await page.get_by_role("button", name="Turn off").click()
    await page.get_by_role("button", name="Turn it off").click()
    await expect(page.get_by_role("button", name="Turn on…")).to_be_visible()
    await page.get_by_role("button", name="Change…").click()
    await page.get_by_label("Password now").fill("not the password")
    await page.get_by_label("New password").fill(f"{PASSWORD} once more")
    await page.get_by_role("button", name="Change the password").click()
    await expect(page.get_by_text("That is not your password.")).to_be_visible()
    await page.get_by_label("Password now").fill(PASSWORD)
    await page.get_by_role("button", name="Change the password").click()
    await expect(page.get_by_text("Your password is changed.")).to_be_visible()


async def test_who_signs_out_everywhere_is_signed_out_here_too(home: Home, visit: Visiting, olga: str) -> None:
    found = await visit(home, "me?tab=security", role=None)
    found.expected = ["401", "status of 40", "400: "]
    await fill(found.page, olga, PASSWORD)
    await found.page.get_by_role("button", name="Sign out everywhere").click()
    await found.page.get_by_role("dialog").get_by_role("button", name="Sign out everywhere").click()
    await expect(found.page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert await found.page.evaluate("localStorage.getItem('tocsin.session')") is None
