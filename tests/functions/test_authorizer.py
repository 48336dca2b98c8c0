"""The authorizer: keys that were issued here, and everything else."""

import base64
import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import boto3
import pytest

from functions.auth.authorizer import handler
from tests.support.api_host import aws_in_process
from tests.support.http_api import http_event
from tests.support.sign_in import CLIENT, Pool, signing_in
from tests.support.world import MAC_KEYS
from tocsin.platform.access_tokens import BETWEEN_FETCHES_SECONDS, KEYS_LAST_SECONDS, BadToken, KeySet, KeysUnavailable
from tocsin.platform.tokens import MacKeys, Purpose, digest, issue

KEY = issue(Purpose.API, MAC_KEYS)


@pytest.fixture(scope="module", autouse=True)
def secret() -> Iterator[None]:
    keys = {name: base64.b64encode(value).decode() for name, value in MAC_KEYS.keys.items()}
    with aws_in_process(), pytest.MonkeyPatch.context() as environment:
        document = json.dumps({"current": MAC_KEYS.current, "keys": keys})
        made = boto3.client("secretsmanager").create_secret(Name=f"mac-{uuid4().hex}", SecretString=document)
        environment.setenv("MAC_KEYS_SECRET_ARN", made["ARN"])
        yield


def authorize(header: str | None) -> dict[str, Any]:
    headers = {} if header is None else {"authorization": header}
    return handler({**http_event("GET", "/v1/incidents", b"", headers), "type": "REQUEST"}, None)


LET_THROUGH: list[str] = [
    f"Bearer {KEY}",
    f"bearer  {KEY} ",
    f"Token token={KEY}",
    f'token token="{KEY}"',
    f"Bearer {KEY.lower()}",
]


def test_a_key_of_this_deployment_is_let_through_by_its_hash() -> None:
    for header in LET_THROUGH:
        assert authorize(header) == {
            "isAuthorized": True,
            "context": {"kind": "api_key", "key_hash": digest(KEY).hex()},
        }


def test_header_names_have_no_case() -> None:
    event = http_event("GET", "/v1/incidents")
    assert handler({**event, "headers": {"Authorization": f"Bearer {KEY}"}}, None)["isAuthorized"] is True


REFUSED: list[str | None] = [
    None,
    "",
    "Bearer",
    "Bearer ",
    KEY,
    f"Basic {KEY}",
    f"Token {KEY}",
    f"Bearer {KEY} {KEY}",
    f"Bearer {KEY[:-1]}",
    f"Bearer {KEY}0",
    f"Bearer {KEY[:-1]}{'1' if KEY[-1] == '0' else '0'}",
    f"Bearer {issue(Purpose.ROUTING, MAC_KEYS)}",
    f"Bearer {issue(Purpose.API, MacKeys({'A': b'another deployment'}, 'A'))}",
    "Bearer \x00\xff\u2603",
    "Bearer \ud800",
    "Bearer " + "A" * 100_000,
    "Bearer ßßßßßßßßßßßßßßßß",
]


def test_everything_else_is_not() -> None:
    for header in REFUSED:
        assert authorize(header) == {"isAuthorized": False}


def test_an_event_without_headers_is_not() -> None:
    event = http_event("GET", "/v1/incidents")
    assert handler({**event, "headers": None}, None) == {"isAuthorized": False}


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    with signing_in() as found:
        for name, value in found.environment.items():
            monkeypatch.setenv(name, value)
        yield found


def test_a_visit_to_the_demo_is_let_through_as_one() -> None:
    token = issue(Purpose.DEMO, MAC_KEYS)
    assert authorize(f"Bearer {token}")["context"] == {"kind": "demo", "key_hash": digest(token).hex()}


def test_an_access_token_is_let_through_with_its_claims_as_texts(pool: Pool) -> None:
    claims = pool.claims("s-1", "Ann@acme.example")
    token = pool.token("s-1", "Ann@acme.example", name="Ann", iat=claims["iat"], exp=claims["exp"])
    assert authorize(f"Bearer {token}") == {
        "isAuthorized": True,
        "context": {
            "kind": "user",
            "subject": "s-1",
            "email": "Ann@acme.example",
            "email_verified": "true",
            "name": "Ann",
            "issued_at": str(claims["iat"]),
            "expires_at": str(claims["exp"]),
        },
    }
    bare = authorize(f"Bearer {pool.token('s-2', client_id='cli-client')}")["context"]
    assert (bare["email"], bare["email_verified"], bare["name"]) == ("", "false", "")
    said = [pool.token("s", "a@b.example", email_verified=value) for value in (True, False, "false", "yes", 1.5)]
    assert [authorize(f"Bearer {t}")["context"]["email_verified"] for t in said] == ["true"] + ["false"] * 4
    assert pool.fetches == 1


def test_no_forgery_is_let_through(pool: Pool) -> None:
    forged = pool.forgeries("s-1", "ann@acme.example")
    assert [what for what, token in forged.items() if authorize(f"Bearer {token}")["isAuthorized"]] == []
    assert authorize(f"Bearer {pool.token('s-1')}")["isAuthorized"]
    assert pool.fetches == 1


def test_without_a_pool_no_token_is_taken(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("USER_POOL_ISSUER")
    assert authorize(f"Bearer {pool.token('s-1')}") == {"isAuthorized": False}
    monkeypatch.setenv("USER_POOL_ISSUER", pool.issuer)
    monkeypatch.setenv("USER_POOL_CLIENT_IDS", "")
    assert authorize(f"Bearer {pool.token('s-1', client_id=CLIENT)}") == {"isAuthorized": False}


def test_a_token_that_cannot_be_judged_is_no_refusal(pool: Pool) -> None:
    pool.status = 503
    with pytest.raises(KeysUnavailable):
        authorize(f"Bearer {pool.token('s-1')}")


def test_forged_key_ids_do_not_hammer_the_pool(pool: Pool) -> None:
    keys = KeySet(f"{pool.issuer}/.well-known/jwks.json")
    keys.key("first", 0)
    for n in range(100):
        with pytest.raises(BadToken):
            keys.key(f"made-up-{n}", 0.5 + n / 100)
    assert pool.fetches == 1
    pool.published.append("second")
    assert keys.key("second", BETWEEN_FETCHES_SECONDS).key_id == "second"
    assert pool.fetches == 2


def test_keys_go_on_while_the_pool_is_away_and_end_when_it_takes_them_back(pool: Pool) -> None:
    keys = KeySet(f"{pool.issuer}/.well-known/jwks.json")
    keys.key("first", 0)
    pool.status = 500
    later = KEYS_LAST_SECONDS + 1
    assert keys.key("first", later).key_id == "first"
    with pytest.raises(KeysUnavailable):
        keys.key("second", later + 1)
    pool.status, pool.published = 200, ["second"]
    with pytest.raises(BadToken):
        keys.key("first", later + BETWEEN_FETCHES_SECONDS)
    assert keys.key("second", later + BETWEEN_FETCHES_SECONDS).key_id == "second"
