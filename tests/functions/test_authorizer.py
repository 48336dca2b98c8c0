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
from tests.support.world import MAC_KEYS
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
        assert authorize(header) == {"isAuthorized": True, "context": {"key_hash": digest(KEY).hex()}}


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
