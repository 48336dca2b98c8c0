"""Bad requests and things that are down: a precise answer, never a 5xx for what the caller did."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from functions.api.handler import handler
from functions.api.problems import STATUSES
from tests.support.api_host import ApiHost, api_host
from tests.support.http_api import http_event
from tests.support.world import World
from tocsin import errors

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


A_BODY_THAT_IS_NOT_JSON: list[tuple[str | bytes, str]] = [
    ("{", "The body is not JSON: Expecting property name"),
    ("{'name': 1}", "The body is not JSON"),
    ("{} {}", "The body is not JSON: Extra data at line 1, column 4."),
    ('{"name": NaN}', "The body is not JSON that can be read"),
    ('{"name": Infinity}', "The body is not JSON that can be read"),
    ('{"name": ' + "9" * 5000 + "}", "The body is not JSON that can be read"),
    ("[" * 200_000, "The body is nested too deep."),
    ('{"name":' * 50_000, "The body is nested too deep."),
    (b'{"name": "\xff"}', "The body is not UTF-8, from byte 10 on."),
    (b"\x00\x01\x02", "The body is not JSON"),
    ("\ufeff{}", "The body is not JSON"),
]


def test_a_body_that_is_not_json(api: ApiHost) -> None:
    for body, detail in A_BODY_THAT_IS_NOT_JSON:
        answer = api.call("POST", "/v1/services", body)
        assert (answer.status, answer.problem["code"]) == (400, "malformed_body")
        assert answer.problem["detail"].startswith(detail)


def test_a_body_that_came_in_no_known_encoding(api: ApiHost) -> None:
    event = http_event("POST", "/v1/services", b"{}", {"authorization": f"Bearer {api.key}"})
    answer = api.invoke({**event, "body": "{" * 3, "isBase64Encoded": True})
    assert (answer.status, answer.problem["code"]) == (400, "malformed_body")
    lone = {**event, "body": '{"name": "\ud800"}', "isBase64Encoded": False}
    assert api.invoke(lone).problem["code"] == "malformed_body"


def test_a_body_of_ten_megabytes(api: ApiHost) -> None:
    answer = api.call("POST", "/v1/services", {"name": "x" * 10_000_000})
    assert (answer.status, answer.problem["code"]) == (413, "body_too_large")


A_BODY_OF_ANOTHER_KIND: list[str] = [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/xml",
    "x",
]


def test_a_body_of_another_kind(api: ApiHost) -> None:
    for content_type in A_BODY_OF_ANOTHER_KIND:
        answer = api.call("POST", "/v1/services", b"name=x", headers={"content-type": content_type})
        assert (answer.status, answer.problem["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize("content_type", ["application/json", "Application/JSON; charset=utf-8", ""])
def test_a_body_of_the_right_kind(api: ApiHost, content_type: str) -> None:
    assert api.call("POST", "/v1/services", '{"name": "x"}', headers={"content-type": content_type}).status == 201


A_PATH_WITH_NOTHING_THERE: list[str] = [
    "/",
    "/v1",
    "/v1/",
    "/v1/nope",
    "/v2/incidents",
    "/v1/incidents/1/2/3",
    "/v1//x",
]


def test_a_path_with_nothing_there(api: ApiHost) -> None:
    for path in A_PATH_WITH_NOTHING_THERE:
        answer = api.call("GET", path)
        assert (answer.status, answer.problem["code"]) == (404, "no_such_route")


A_METHOD_A_PATH_DOES_NOT_TAKE: list[tuple[str, str, str]] = [
    ("PUT", "/v1/incidents", "GET"),
    ("DELETE", "/v1/services", "GET, POST"),
    ("POST", "/v1/services/x", "DELETE, GET, PATCH"),
    ("GET", "/v1/incidents/x/acknowledge", "POST"),
    ("OPTIONS", "/v1/services", "GET, POST"),
]


def test_a_method_a_path_does_not_take(api: ApiHost) -> None:
    for method, path, allow in A_METHOD_A_PATH_DOES_NOT_TAKE:
        answer = api.call(method, path)
        assert (answer.status, answer.problem["code"], answer.headers["Allow"]) == (405, "method_not_allowed", allow)


AN_ID_THAT_IS_NONE: list[str] = ["x", "0", "%00", "..", "null", "a b", "'; drop table incident; --", "é", "1" * 5000]


def test_an_id_that_is_none(api: ApiHost) -> None:
    for item in AN_ID_THAT_IS_NONE:
        answer = api.call("GET", f"/v1/incidents/{item}")
        assert answer.fields.keys() == {"path.incident_id"}


def test_ids_are_read_in_any_case(api: ApiHost, world: World) -> None:
    assert api.call("GET", f"/v1/services/{str(world.service_id).upper()}").status == 200


def test_the_stage_of_the_gateway_is_no_part_of_the_path(api: ApiHost) -> None:
    headers = {"authorization": f"Bearer {api.key}"}
    assert api.invoke(http_event("GET", "/v1/services", b"", headers, stage="prod")).status == 200
    assert api.invoke(http_event("GET", "/nope", b"", headers, stage="prod")).problem["code"] == "no_such_route"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=JSON, data=st.data())
def test_no_body_whatever_is_our_fault(api: ApiHost, world: World, body: Any, data: st.DataObject) -> None:
    path = data.draw(
        st.sampled_from(
            [
                "/v1/services",
                "/v1/integrations",
                "/v1/escalation-policies",
                f"/v1/users/{world.alice.user_id}/contact-methods",
                f"/v1/incidents/{world.org_id}/notes",
                f"/v1/incidents/{world.org_id}/reassign",
            ]
        )
    )
    answer = api.call("POST", path, json.dumps(body))
    assert answer.status < 500, answer.text


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=200), cursor=st.text(max_size=60))
def test_no_bytes_whatever_are_our_fault(api: ApiHost, raw: bytes, cursor: str) -> None:
    assert api.call("POST", "/v1/services", raw).status < 500
    query = {"cursor": cursor.encode("utf-8", "replace").decode()}
    assert api.call("GET", "/v1/services", query=query).status in {200, 422}
    assert api.call("GET", "/v1/incidents", query=query).status in {200, 422}


def test_a_database_that_is_down_is_said_with_when_to_come_back(api: ApiHost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DB_PORT", "1")
    answer = api.call("GET", "/v1/incidents")
    assert (answer.status, answer.problem["code"]) == (503, "database_unavailable")
    assert int(answer.headers["Retry-After"]) > 0


def test_rows_that_are_held_for_too_long(api: ApiHost, world: World) -> None:
    with world.database.admin() as conn:
        conn.execute("alter role app set lock_timeout = '50ms'")
        try:
            api.call("GET", "/v1/services")
            with conn.transaction():
                conn.execute("select from service where id = %s for update", (world.service_id,))
                path = f"/v1/services/{world.service_id}"
                answer = api.call("PATCH", path, {"name": "x"}, headers={"If-Match": '"1"'})
        finally:
            conn.execute("alter role app set lock_timeout = '5s'")
    assert (answer.status, answer.problem["code"]) == (503, "contention")
    assert "Retry-After" in answer.headers


def test_a_defect_says_nothing_of_what_is_inside(api: ApiHost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DELIVERIES_QUEUE_URL")
    answer = api.call("GET", "/v1/incidents")
    assert (answer.status, answer.problem["code"]) == (500, "internal")
    assert answer.problem["detail"] == "Something went wrong on our side."


def test_every_answer_is_kept_from_caches(api: ApiHost) -> None:
    for path in ("/v1/services", "/v1/nope", "/v1/services/x"):
        assert api.call("GET", path).headers["Cache-Control"] == "no-store"
    event = http_event("GET", "/v1/services")
    assert handler(event, None)["headers"]["Cache-Control"] == "no-store"


def subclasses(base: type[errors.TocsinError]) -> set[type[errors.TocsinError]]:
    return {found for direct in base.__subclasses__() for found in {direct, *subclasses(direct)}}


def test_every_error_that_can_come_here_has_a_status() -> None:
    elsewhere = {"malformed_key", "forbidden_address"}
    ours = {e.code for e in subclasses(errors.TocsinError) if e.__module__.startswith(("tocsin", "functions.api"))}
    assert ours - elsewhere <= set(STATUSES)
