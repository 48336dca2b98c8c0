"""Maintenance that mutes: who may tell the public of it may not yet move its windows."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.support.api_host import Answered, ApiHost, api_host
from tests.support.report_rows import insert_component, insert_page
from tests.support.world import World


class Works:
    """Maintenance of a component, and a key that may report and not make windows."""

    def __init__(self, api: ApiHost) -> None:
        self.api, self.world = api, api.world
        page_id = insert_page(api.world)
        self.page = f"/v1/status-pages/{page_id}"
        self.shop = str(insert_component(api.world, page_id, "Shop", services=[api.world.service_id]))
        key = {"name": "narrow", "role": "responder", "groups": ["status_pages"]}
        self.narrow = api.call("POST", "/v1/api-keys", key).json["key"]

    def plan(self, **changes: Any) -> dict[str, Any]:
        now = self.world.now
        body = {
            "title": "Upgrade",
            "body": "Nothing will be lost.",
            "scheduled_for": (now + timedelta(hours=1)).isoformat(),
            "scheduled_until": (now + timedelta(hours=2)).isoformat(),
            "component_ids": [self.shop],
            "mutes": True,
            **changes,
        }
        return self.api.call("POST", f"{self.page}/maintenance", body).json

    def ask(self, method: str, report: dict[str, Any], path: str = "", body: Any = None) -> Answered:
        here = f"/v1/status-reports/{report['id']}{path}"
        return self.api.call(method, here, body, key=self.narrow, headers={"if-match": str(report["version"])})

    def windows(self) -> list[tuple[Any, ...]]:
        query = "select starts_at, ends_at, cancelled_at from maintenance_window where org_id = %s order by id"
        return self.world.database.rows(query, self.world.org_id)


@pytest.fixture
def works(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Works]:
    with api_host(world, monkeypatch) as host:
        yield Works(host)


def test_whoever_may_make_no_windows_moves_none(works: Works) -> None:
    plan, draft = works.plan(), works.plan(state="draft")
    before = works.windows()
    later = (works.world.now + timedelta(hours=9)).isoformat()
    last = f"/updates/{plan['updates'][0]['id']}"
    for method, report, path, body in (
        ("PATCH", plan, "", {"scheduled_until": later}),
        ("PATCH", plan, "", {"components": []}),
        ("PATCH", plan, "", {"mutes": False}),
        ("POST", plan, "/updates", {"body": "Now.", "status": "in_progress"}),
        ("POST", plan, "/updates", {"body": "Off.", "status": "completed"}),
        ("POST", plan, "/updates", {"body": "More.", "components": []}),
        ("DELETE", plan, last, None),
        ("DELETE", plan, "", None),
        ("POST", draft, "/publish", {}),
    ):
        refused = works.ask(method, report, path, body)
        assert refused.problem["detail"] == "The scope of this API key does not allow maintenance:write."
    assert (works.windows(), len(before)) == (before, 1)


def test_whoever_may_report_words_it_and_moves_what_mutes_nobody(works: Works) -> None:
    plan, loud = works.plan(), works.plan(mutes=False)
    assert works.ask("PATCH", plan, "", {"title": "Big upgrade"}).status == 200
    assert works.ask("POST", {**plan, "version": 2}, "/updates", {"body": "All is ready."}).status == 201
    assert works.ask("PATCH", loud, "", {"mutes": True}).status == 403
    assert works.ask("POST", loud, "/updates", {"body": "Now.", "status": "in_progress"}).status == 201
    assert works.ask("DELETE", loud).status == 204
