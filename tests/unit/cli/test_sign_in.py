"""Signing in to a real user pool: by SRP, with an authenticator app, again by refresh, and out."""

import time
from collections.abc import Generator
from uuid import uuid4

import pytest

from cli import sign_in
from cli.failures import NotSignedIn, Refused, Unavailable, Usage
from cli.sign_in import Pool
from tests.support.emulator import emulator
from tests.support.user_pool import PASSWORD, UserPool, totp, user_pool

pytestmark = pytest.mark.xdist_group("user pool")


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Generator[UserPool]:
    with emulator(tmp_path_factory.mktemp("ministack")) as running:
        yield user_pool(running.endpoint)


@pytest.fixture
def pool(people: UserPool) -> Pool:
    return Pool(people.pool_id, people.client_id, people.endpoint)


@pytest.fixture
def email(people: UserPool) -> str:
    address = f"alice-{uuid4().hex}@acme.example"
    people.person(address)
    return address


def no_code(source: str) -> str:
    raise AssertionError(f"asked for a code from the {source}")


def test_a_password_gives_tokens_that_can_be_renewed(pool: Pool, email: str) -> None:
    tokens = sign_in.sign_in(pool, email, PASSWORD, no_code)
    assert tokens.access_token.count(".") == 2
    assert tokens.expires_at > time.time() + 60
    assert tokens.refresh_token
    again = sign_in.renew(pool, tokens.refresh_token)
    assert again.access_token != tokens.access_token
    assert again.expires_at >= tokens.expires_at


def test_nobody_is_told_who_exists(pool: Pool, email: str) -> None:
    for address in (email, "nobody@acme.example"):
        with pytest.raises(NotSignedIn) as told:
            sign_in.sign_in(pool, address, "wrong horse 4 battery!", no_code)
        assert str(told.value) == "Wrong e-mail address or password."


def test_an_authenticator_app_is_asked_for(people: UserPool, pool: Pool, email: str) -> None:
    secret = people.authenticator(sign_in.sign_in(pool, email, PASSWORD, no_code).access_token)
    asked: list[str] = []

    def code(source: str) -> str:
        asked.append(source)
        return f" {totp(secret)}\n"

    assert sign_in.sign_in(pool, email, PASSWORD, code).refresh_token
    assert asked == ["authenticator app"]
    with pytest.raises(NotSignedIn, match="That code is not right"):
        sign_in.sign_in(pool, email, PASSWORD, lambda _: totp(secret, time.time() - 86_400))


def test_after_signing_out_nothing_is_renewed(pool: Pool, email: str) -> None:
    refresh_token = sign_in.sign_in(pool, email, PASSWORD, no_code).refresh_token or ""
    sign_in.sign_out(pool, refresh_token)
    with pytest.raises(NotSignedIn, match="tocsin login"):
        sign_in.renew(pool, refresh_token)
    with pytest.raises(NotSignedIn):
        sign_in.renew(pool, "nonsense")


def test_who_must_choose_a_password_is_sent_to_a_browser(people: UserPool, pool: Pool) -> None:
    address = f"new-{uuid4().hex}@acme.example"
    people.person(address, confirmed=False)
    people.client.admin_set_user_password(
        UserPoolId=people.pool_id, Username=address, Password=PASSWORD, Permanent=False
    )
    with pytest.raises(Refused, match="choose a new password"):
        sign_in.sign_in(pool, address, PASSWORD, no_code)


def test_a_pool_that_is_none(pool: Pool) -> None:
    with pytest.raises(Usage, match="no such user pool or client"):
        sign_in.sign_in(Pool(pool.pool_id, "nonsense", pool.endpoint), "a@acme.example", PASSWORD, no_code)
    with pytest.raises(Usage, match="no id of a user pool"):
        sign_in.sign_in(Pool("nonsense", pool.client_id, pool.endpoint), "a@acme.example", PASSWORD, no_code)
    with pytest.raises(Unavailable):
        sign_in.sign_in(Pool(pool.pool_id, pool.client_id, "http://127.0.0.1:1"), "a@acme.example", "x", no_code)
