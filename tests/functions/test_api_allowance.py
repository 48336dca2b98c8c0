"""Request ids and rate limits: on every answer of a known caller, whatever it is."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from functions.api.allowance import Allowance
from functions.api.settings import ApiSettings
from tests.support.api_host import ApiHost, api_host
from tests.support.http_api import http_event
from tests.support.world import MAC_KEYS, World
from tocsin.platform.settings import load
from tocsin.platform.tokens import Purpose, issue
from tocsin_data.services.actors import Actor
from tocsin_data.services.calling import Caller


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


def test_every_answer_names_its_request(api: ApiHost) -> None:
    for path, key in (("/v1/services", api.key), ("/v1/nope", api.key), ("/v1/services", issue(Purpose.API, MAC_KEYS))):
        event = http_event("GET", path, headers={"authorization": f"Bearer {key}"})
        answer = api.invoke(event)
        request_id = event["requestContext"]["requestId"]
        assert answer.headers["X-Request-Id"] == request_id
        assert answer.status == 200 or answer.problem["request_id"] == request_id


def test_a_caller_hears_what_is_left_and_then_when_to_come_back(
    api: ApiHost, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEYS_PER_MINUTE", "2")
    # to the beginning of a minute, so that all requests are in one
    world.database.advance(timedelta(seconds=60 - world.now.second))
    answers = [api.call("GET", path) for path in ("/v1/services", "/v1/nope", "/v1/services", "/v1/services")]
    assert [a.status for a in answers] == [200, 404, 429, 429]
    assert [a.headers["RateLimit"].split(";")[1] for a in answers] == ["r=1", "r=0", "r=0", "r=0"]
    assert {a.headers["RateLimit-Policy"] for a in answers} == {'"keys";q=2;w=60'}
    assert answers[2].problem["code"] == "rate_limited"
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 60
    assert api.call("GET", "/v1/services", key=world.api_key("viewer")).status == 200


@pytest.mark.parametrize(
    ("kind", "policy", "quota"), [("user", "people", 600), ("api_key", "keys", 600), ("demo", "visitors", 300)]
)
@pytest.mark.usefixtures("api")
def test_each_kind_of_caller_has_its_own_limit(world: World, kind: str, policy: str, quota: int) -> None:
    caller = Caller(actor=Actor(kind, "x"), now=world.now.replace(second=45), requests=10)
    assert Allowance.of(caller, load(ApiSettings)).headers() == {
        "RateLimit-Policy": f'"{policy}";q={quota};w=60',
        "RateLimit": f'"{policy}";r={quota - 10};t=15',
    }
