"""openapi.json against the handlers on a real PostgreSQL: no 5xx, and every answer is as documented."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from requests import PreparedRequest
from requests.structures import CaseInsensitiveDict
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from functions.api import openapi
from tests.support.api_host import ApiHost, api_host
from tests.support.http_api import http_event
from tests.support.world import World
from tocsin_data.services.processing import process

SCHEMA = schemathesis.openapi.from_dict(openapi.document())
OPERATIONS = {found.ok().label: found.ok() for found in SCHEMA.get_all_operations()}
EXAMPLES = 2


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    monkeypatch.setenv("KEYS_PER_MINUTE", "1000000")
    process(world.database.enter("worker"), [world.request()], key_budget_per_minute=6000)
    with api_host(world, monkeypatch) as host:
        yield host


def test_no_answer_is_a_5xx_or_other_than_documented(api: ApiHost, world: World) -> None:
    ids = known_ids(world)

    @seed(20261121)
    @settings(
        max_examples=EXAMPLES * len(OPERATIONS),
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def run(data: st.DataObject) -> None:
        operation = OPERATIONS[data.draw(st.sampled_from(sorted(OPERATIONS)))]
        case = data.draw(operation.as_strategy())
        # with ids that are there half of the time, or nothing would be found
        if data.draw(st.booleans()):
            case.path_parameters = {name: ids.get(name, value) for name, value in (case.path_parameters or {}).items()}
        case.headers = CaseInsensitiveDict({n: v for n, v in (case.headers or {}).items() if n.lower() in USED})
        answered = send(api, case)
        assert answered.status_code < 500, answered.text
        case.validate_response(answered, checks=CHECKS)

    run()


USED = {"if-match", "idempotency-key"}
CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
]


def send(api: ApiHost, case: Any) -> schemathesis.Response:
    """A case as the gateway would hand it on."""
    made = PreparedRequest()
    sent = case.as_transport_kwargs(base_url="http://tocsin.example")
    made.prepare(
        method=sent["method"],
        url=sent["url"],
        headers={**dict(sent.get("headers") or {}), "authorization": f"Bearer {api.key}"},
        params=sent.get("params"),
        json=sent.get("json"),
        data=sent.get("data"),
    )
    url, body = urlsplit(str(made.url)), made.body or b""
    event = http_event(str(made.method), url.path, body, dict(made.headers), query=url.query)
    answered = api.invoke(event)
    return schemathesis.Response(
        status_code=answered.status,
        headers={name.lower(): [value] for name, value in answered.headers.items()},
        content=answered.text.encode(),
        request=made,
        elapsed=0.0,
        verify=False,
    )


def known_ids(world: World) -> dict[str, str]:
    """Ids that are there, by the names of path parameters."""
    rows, org = world.database.rows, world.org_id
    return {
        "incident_id": str(rows("select id from incident where org_id = %s", org)[0][0]),
        "service_id": str(world.service_id),
        "integration_id": str(world.integration_id),
        "policy_id": str(world.policy_id),
        "user_id": str(world.alice.user_id),
        "key_id": str(rows("select id from routing_key where org_id = %s", org)[0][0]),
    }
