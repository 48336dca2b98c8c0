"""Signing in with the account of one's organization: there, back, and each way that it fails."""

import json
import re
from collections.abc import Generator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.async_api import Page, expect

from tests.web.dashboard.conftest import Visiting
from tests.web.dashboard.home import Home
from tests.web.dashboard.hosted_sign_in import CLIENT, HostedSignIn, hosted_sign_in

pytestmark = [pytest.mark.xdist_group("dashboard: single sign on"), pytest.mark.asyncio(loop_scope="session")]


@pytest.fixture(scope="module")
def hosted(home: Home) -> Generator[HostedSignIn]:
    """A hosted sign-in that the home's API tells of."""
    with hosted_sign_in(home.site) as found:
        home.pools.append(found.url)
        home.host.monkeypatch.setenv("SIGN_IN_CLIENT_ID", CLIENT)
        home.host.monkeypatch.setenv("SIGN_IN_ENDPOINT", f"{home.api}/pool")
        home.host.monkeypatch.setenv("SINGLE_SIGN_ON_URL", found.url)
        yield found


async def leave(page: Page) -> None:
    """Go to the hosted sign-in."""
    await page.get_by_role("button", name="Sign in with your organization").click()


async def test_a_person_of_the_provider_signs_in_and_is_where_they_wanted(
    home: Home, visit: Visiting, hosted: HostedSignIn
) -> None:
    hosted.person = home.person("owner")
    found = await visit(home, "services", role=None)
    page = found.page
    await leave(page)
    await expect(page.get_by_role("heading", name="Services", exact=True)).to_be_visible()
    assert "code=" not in page.url
    assert hosted.refused == []
    await page.reload()
    await expect(page.get_by_role("heading", name="Services", exact=True)).to_be_visible()
    kept: dict[str, Any] = await page.evaluate("({ ...sessionStorage })")
    assert "verifier" not in str(kept)
    await found.go("me?tab=security")
    await expect(page.get_by_text(re.compile("^You sign in with your organization"))).to_be_visible()
    await expect(page.get_by_text("Authenticator app")).to_have_count(0)
    await page.get_by_role("button", name="Account:").click()
    await page.get_by_role("menuitem", name="Sign out").click()
    await expect(page.get_by_role("button", name="Sign in with your organization")).to_be_visible()


async def test_what_goes_wrong_is_said_with_a_way_out(home: Home, visit: Visiting, hosted: HostedSignIn) -> None:
    hosted.person = home.person("owner")
    found = await visit(home, "services", role=None, size="phone")
    found.expected = ["400: ", "status of 400"]
    page, alert = found.page, found.page.get_by_role("alert")
    hosted.error = {"error": "access_denied", "error_description": "User is not assigned to the client application."}
    await leave(page)
    await expect(alert).to_contain_text("Your organization did not let you in")
    hosted.error = {"error": "invalid_request", "error_description": "PreSignUp failed with error Only acme.example. "}
    await leave(page)
    await expect(alert).to_contain_text("sign-in refused: Only acme.example.")
    hosted.error = {}
    for refusal, words in (
        ("invalid_grant", "That took too long"),
        ("invalid_client", "is not set up for this address"),
    ):
        hosted.refuses = refusal
        await leave(page)
        await expect(alert).to_contain_text(words)
        await expect(page).to_have_url(re.compile(r"/sign-in\?next=[^&]+services$"))
    hosted.refuses = ""
    await leave(page)
    await expect(page.get_by_role("heading", name="Services", exact=True)).to_be_visible()


async def test_an_answer_that_this_tab_has_not_asked_for_signs_nobody_in(
    home: Home, visit: Visiting, hosted: HostedSignIn
) -> None:
    before = list(hosted.refused)
    for sent in ({"code": "c-1", "state": "theirs"}, {"error": "x", "error_description": "Call 555-0100 to unlock"}):
        found = await visit(home, f"/sign-in?{urlencode(sent)}", role=None)
        await expect(found.page.get_by_role("alert")).to_contain_text("This tab has not begun that sign-in")
        await expect(found.page.get_by_text("555")).to_have_count(0)
        await expect(found.page).to_have_url(f"{home.site}/sign-in")
        assert await found.page.evaluate("localStorage.getItem('tocsin.session')") is None
    assert hosted.refused == before


async def test_without_a_provider_there_is_the_password_alone(
    home: Home, visit: Visiting, hosted: HostedSignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hosted.url
    monkeypatch.delenv("SINGLE_SIGN_ON_URL")
    found = await visit(home, "/sign-in", role=None)
    await expect(found.page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    await expect(found.page.get_by_role("button", name="organization")).to_have_count(0)


def location(hosted: HostedSignIn, **changed: str) -> str:
    """Where who asks for a code is sent, with the challenge of RFC 7636's own example; nowhere if that may not be."""
    asked = {
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": hosted.callback_url,
        "identity_provider": "sso",
        "scope": "openid",
        "state": "s",
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "code_challenge_method": "S256",
    }
    answer = hosted.respond("GET", f"/oauth2/authorize?{urlencode({**asked, **changed})}", {}, b"")
    return answer.headers.get("Location", "")


def redeemed(hosted: HostedSignIn, code: str, **changed: str) -> str | None:
    """What a code is refused for, sent with the verifier of that example."""
    asked = {
        "grant_type": "authorization_code",
        "client_id": CLIENT,
        "code": code,
        "redirect_uri": hosted.callback_url,
        "code_verifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    }
    form = {"content-type": "application/x-www-form-urlencoded"}
    answer = hosted.respond("POST", "/oauth2/token", form, urlencode({**asked, **changed}).encode())
    return json.loads(answer.body).get("error")


async def test_the_hosted_sign_in_of_these_tests_refuses_what_cognito_refuses() -> None:
    hosted = HostedSignIn("https://tocsin.example.com/sign-in")
    for wrong in ({"redirect_uri": f"{hosted.callback_url}/"}, {"client_id": "another"}):
        assert location(hosted, **wrong) == ""
    for wrong in ({"code_challenge": ""}, {"code_challenge_method": "plain"}, {"scope": "openid phone"}):
        assert "error=" in location(hosted, **wrong)

    def code() -> str:
        return parse_qs(urlsplit(location(hosted)).query)["code"][0]

    once = code()
    assert redeemed(hosted, once) is None
    assert redeemed(hosted, once) == "invalid_grant"
    assert redeemed(hosted, code(), code_verifier="x" * 43) == "invalid_grant"
    assert redeemed(hosted, code(), redirect_uri=f"{hosted.callback_url}/") == "invalid_grant"
    assert redeemed(hosted, code(), client_id="another") == "invalid_client"
