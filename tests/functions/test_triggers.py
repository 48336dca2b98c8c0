"""The user pool's triggers over a real PostgreSQL: who is let in, what is mailed, and the account that follows."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from functions.auth.triggers import KNOWN_SUBJECT, NEW_SUBJECT, Refused, handler
from tests.support.api_host import ApiHost, api_host
from tests.support.signed_in import SignedIn, member
from tests.support.world import World
from tocsin_data.db import database

CAROL = "carol@acme.example"
CODE = "{####}"
BEFORE = {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False}


@pytest.fixture(autouse=True)
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    """The environment of triggers, and an API to invite by."""
    monkeypatch.setenv("SIGN_UP", "open")
    with api_host(world, monkeypatch) as host:
        yield host


@pytest.fixture
def away(api: ApiHost, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No database is where it should be."""
    monkeypatch.setenv("DB_NAME", "elsewhere")
    yield
    settings = api.world.database.settings("app").model_copy(update={"db_name": "elsewhere"})
    database(settings).close()


def call(source: str, attributes: dict[str, str], response: Any = None, **request: Any) -> dict[str, Any]:
    """What Cognito calls a trigger with, and what it makes of it."""
    event = {
        "version": "1",
        "triggerSource": source,
        "region": "eu-west-1",
        "userPoolId": "eu-west-1_AbCdEfGhI",
        "userName": attributes.pop("userName", None) or str(uuid4()),
        "callerContext": {"awsSdkVersion": "aws-sdk-js-3.940.0", "clientId": "4f8a2b1c9d3e5f6a7b8c9d0e1f"},
        "request": {"userAttributes": attributes, **request},
        "response": {} if response is None else response,
    }
    return handler(event, None)


def sign_up(email: str | None = CAROL, name: str = "", source: str = "PreSignUp_SignUp") -> dict[str, Any]:
    attributes = {} if email is None else {"email": email}
    return call(source, {**attributes, "userName": name}, dict(BEFORE), validationData=None)


def confirm(email: str = CAROL, subject: str | None = None, verified: str = "true") -> dict[str, Any]:
    attributes = {
        "sub": subject or str(uuid4()),
        "email_verified": verified,
        "cognito:user_status": "CONFIRMED",
        "cognito:email_alias": email,
        "name": "Carol",
        "email": email,
    }
    return call("PostConfirmation_ConfirmSignUp", attributes)


def mail(email: str, source: str = "CustomMessage_SignUp") -> dict[str, Any]:
    attributes = {"sub": str(uuid4()), "cognito:user_status": "UNCONFIRMED", "email": email, "email_verified": "false"}
    empty = {"smsMessage": None, "emailMessage": None, "emailSubject": None}
    found = call(
        source, attributes, empty, codeParameter=CODE, linkParameter="{##Click Here##}", usernameParameter=None
    )
    return found["response"]


def accounts(world: World, email: str = CAROL) -> list[tuple[Any, ...]]:
    return world.database.rows("select subject, name from user_account where email = %s", email)


def roles(world: World, email: str = CAROL) -> list[tuple[Any, ...]]:
    query = "select m.role from membership m join user_account u on u.id = m.user_id where u.email = %s"
    return world.database.rows(query, email)


def invite(api: ApiHost, email: str = CAROL) -> str:
    made = api.call("POST", "/v1/invitations", {"email": email, "role": "admin"})
    assert made.status == 201, made.text
    return made.json["id"]


def test_where_sign_up_is_open_anybody_is_let_in_but_confirmed_by_nothing() -> None:
    assert sign_up("a@anywhere.example")["response"] == BEFORE


@pytest.mark.parametrize(
    "name", ["carol", CAROL, "00000000-0000-1000-8000-000000000000", "{7ad531bd-2bb7-4666-810d-143b61b32dff}"]
)
def test_a_user_name_that_tells_something_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="must be a random UUID"):
        sign_up(name=name)


def test_a_provider_names_its_people_as_it_likes() -> None:
    assert sign_up(name="sso_00u1abcd", source="PreSignUp_ExternalProvider")["response"] == BEFORE


@pytest.mark.parametrize("email", [None, "", "carol", "carol@", "a@b@c", "carol @acme.example"])
def test_what_is_no_address_is_refused(email: str | None) -> None:
    with pytest.raises(Refused, match="no e-mail address"):
        sign_up(email)


@pytest.mark.parametrize("source", ["PreSignUp_SignUp", "PreSignUp_ExternalProvider"])
def test_by_domain_others_are_refused_whatever_invites_them(
    api: ApiHost, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    monkeypatch.setenv("SIGN_UP", "domains:acme.example")
    invite(api, "carol@evil.example")
    assert sign_up("Carol@ACME.example", source=source)["response"] == BEFORE
    for email in ("carol@evil.example", "carol@sub.acme.example", "carol@acme.example.evil.example"):
        with pytest.raises(Refused, match="of certain organizations"):
            sign_up(email, source=source)


@pytest.mark.parametrize("source", ["PreSignUp_SignUp", "PreSignUp_ExternalProvider"])
def test_by_invitation_only_who_has_one_that_can_still_be_accepted(
    api: ApiHost, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    monkeypatch.setenv("SIGN_UP", "invitation")
    invitation = invite(api)
    assert sign_up("CAROL@acme.example", source=source)["response"] == BEFORE
    for email in ("dave@acme.example", "alice@acme.example"):
        with pytest.raises(Refused, match="by invitation only"):
            sign_up(email, source=source)
    api.call("POST", f"/v1/invitations/{invitation}/revoke")
    with pytest.raises(Refused, match="by invitation only"):
        sign_up(source=source)


@pytest.mark.usefixtures("away")
def test_by_invitation_nobody_is_let_in_while_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGN_UP", "invitation")
    with pytest.raises(Refused, match="not possible at the moment"):
        sign_up()


@pytest.mark.usefixtures("away")
def test_who_may_sign_up_at_all_does_so_without_a_database() -> None:
    assert sign_up()["response"] == BEFORE


def test_who_confirms_has_an_account_and_what_they_were_invited_to(api: ApiHost, world: World) -> None:
    invite(api)
    subject = str(uuid4())
    assert confirm("Carol@ACME.example", subject)["response"] == {}
    assert (accounts(world), roles(world)) == ([(subject, "Carol")], [("admin",)])


def test_cognito_may_call_again(api: ApiHost, world: World) -> None:
    invite(api)
    subject = str(uuid4())
    for _ in range(3):
        confirm(subject=subject)
    assert (accounts(world), roles(world)) == ([(subject, "Carol")], [("admin",)])
    joined = world.database.rows("select count(*) from audit_entry where action = 'membership.created'")
    assert joined == world.database.rows("select count(*) from invitation where accepted_at is not null") == [(1,)]


def test_an_address_that_is_not_verified_makes_no_account(world: World) -> None:
    assert confirm(verified="false")["response"] == {}
    assert accounts(world) == []


def test_somebody_elses_address_stays_theirs(api: ApiHost, world: World) -> None:
    alice = member(api, world.alice)
    assert confirm(world.alice.email)["response"] == {}
    assert accounts(world, world.alice.email) == [(alice.subject, "Alice")]


def test_away_the_database_keeps_nobody_out_and_the_first_call_makes_up_for_it(
    api: ApiHost, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    invite(api)
    subject = str(uuid4())
    with monkeypatch.context() as gone:
        gone.setenv("DB_NAME", "elsewhere")
        assert confirm(subject=subject)["response"] == {}
        settings = world.database.settings("app").model_copy(update={"db_name": "elsewhere"})
        database(settings).close()
    assert accounts(world) == []
    me = SignedIn(api, CAROL, subject=subject).call("GET", "/v1/me").json
    assert [found["role"] for found in me["organizations"]] == ["admin"]


@pytest.mark.parametrize("source", ["CustomMessage_SignUp", "CustomMessage_ResendCode"])
def test_the_mail_has_the_code_and_tells_an_owner_what_others_are_not_told(
    api: ApiHost, world: World, source: str
) -> None:
    member(api, world.alice)
    new, known = mail(CAROL, source), mail(world.alice.email.upper(), source)
    assert new["emailSubject"] == NEW_SUBJECT
    assert known["emailSubject"] == KNOWN_SUBJECT
    assert f"<strong>{CODE}</strong>" in new["emailMessage"]
    assert CODE in known["emailMessage"]


def test_an_invited_address_without_an_account_is_a_new_one(api: ApiHost, world: World) -> None:
    """Bob is a member by hand, and has never signed in."""
    invite(api)
    assert mail(CAROL)["emailSubject"] == mail(world.bob.email)["emailSubject"] == NEW_SUBJECT


@pytest.mark.usefixtures("away")
def test_without_a_database_the_code_is_mailed_all_the_same() -> None:
    assert mail(CAROL)["emailSubject"] == NEW_SUBJECT


@pytest.mark.parametrize("source", ["CustomMessage_ForgotPassword", "CustomMessage_VerifyUserAttribute"])
def test_other_mails_are_left_to_the_pool(source: str) -> None:
    assert mail(CAROL, source) == {"smsMessage": None, "emailMessage": None, "emailSubject": None}


def test_a_new_password_changes_no_account(world: World) -> None:
    attributes = {"sub": str(uuid4()), "email": CAROL, "email_verified": "true"}
    assert call("PostConfirmation_ConfirmForgotPassword", attributes)["response"] == {}
    assert accounts(world) == []
