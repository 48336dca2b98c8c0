"""What lists are asked with: pages, filters and order as declared, anything else refused with what there is."""

from collections.abc import Iterator

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.world import World
from tocsin_data.services.processing import process


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


def test_a_parameter_that_is_not_declared_is_refused_with_what_there_is(api: ApiHost, world: World) -> None:
    answer = api.call("GET", "/v1/incidents", query={"statsu": "resolved"})
    known = "status, service_id, urgency, snoozed, muted, mine, sort, limit, cursor"
    assert answer.fields == {"query.statsu": f"is no parameter here; there is {known}"}
    one = api.call("GET", f"/v1/services/{world.service_id}", query={"expand": ""})
    assert one.fields == {"query.expand": "is no parameter here; this address takes none"}
    created = api.call("POST", "/v1/services", {"name": "x"}, query={"dry_run": "true"})
    assert created.fields == {"query.dry_run": "is no parameter here; this address takes none"}
    assert "x" not in {s["name"] for s in api.call("GET", "/v1/services").json["items"]}


def test_it_is_named_beside_everything_else_that_is_wrong(api: ApiHost) -> None:
    answer = api.call("GET", "/v1/incidents", query={"limit": "0", "sort": "title", "page": "2"})
    assert answer.fields.keys() == {"query.limit", "query.sort", "query.page"}
    assert "created_at" in answer.fields["query.sort"]


@pytest.mark.parametrize("sort", ["created_at", "-created_at"])
def test_incidents_come_in_the_order_that_is_asked_for_page_by_page(api: ApiHost, world: World, sort: str) -> None:
    requests = [world.request(world.event(dedup_key=f"k{n}")) for n in range(3)]
    process(world.database.enter("worker"), requests, key_budget_per_minute=6000)
    seen: list[int] = []
    query: dict[str, object] = {"sort": sort, "limit": 1}
    while len(seen) < 4:
        page = api.call("GET", "/v1/incidents", query=query).json
        seen += [incident["number"] for incident in page["items"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert seen == ([1, 2, 3] if sort == "created_at" else [3, 2, 1])
