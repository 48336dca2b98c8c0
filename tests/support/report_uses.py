"""What is done with status reports: every use case once, over the API and by incidents, the clock and windows."""

from datetime import timedelta
from typing import Any

from tests.support.api_host import ApiHost
from tests.support.report_rows import insert_component, insert_page
from tests.support.world import World
from tocsin.domain.dedup import EventAction
from tocsin_data.db import Database
from tocsin_data.services import sweeping
from tocsin_data.services.processing import process


def live(world: World, worker: Database, api: ApiHost) -> None:
    """Do all of it for an organization of its own."""
    world = World(world.database, "Reports")
    key = world.api_key()
    page_id = insert_page(world, automatic="publish")
    component_id = insert_component(world, page_id, "Shop", services=[world.service_id])
    pages, words = f"/v1/status-pages/{page_id}", {"title": "Slow", "body": "We look.", "status": "investigating"}
    said = [{"component_id": str(component_id), "status": "degraded_performance"}]

    def call(method: str, path: str, body: Any = None, version: int = 1) -> Any:
        answer = api.call(method, path, body, key=key, headers={"if-match": str(version)})
        assert answer.status < 300, answer.text
        return answer.json if answer.text else {}

    _follow(world, worker, call)  # while nobody has discarded anything
    template = call("POST", f"{pages}/templates", {"name": "slow", "used_when": "opened", **words})
    where = f"/v1/status-report-templates/{template['id']}"
    call("GET", where)
    call("PUT", where, {"name": "slow", **words})
    draft = call("POST", f"{pages}/reports", {**words, "state": "draft", "components": said})
    path = f"/v1/status-reports/{draft['id']}"
    call("PATCH", path, {"body": "We look into it."})
    call("POST", f"{path}/publish", {}, 2)
    told = call("POST", f"{path}/updates", {"body": "Over.", "status": "resolved"}, 3)
    assert api.call("PATCH", path, {"title": "x"}, key=key, headers={"if-match": "1"}).status == 412
    last = told["updates"][0]["id"]
    call("PATCH", f"{path}/updates/{last}", {"body": "It is over."}, 4)
    call("DELETE", f"{path}/updates/{last}", None, 5)
    call("GET", path)
    call("GET", f"{pages}/reports")
    call("DELETE", path)
    _plan(world, worker, call, pages, str(component_id))
    call("DELETE", where)


def _plan(world: World, worker: Database, call: Any, pages: str, component_id: str) -> None:
    """Maintenance that mutes, and that the sweep begins."""
    now = world.now
    plan = {
        "title": "Upgrade",
        "body": "Short.",
        "scheduled_for": (now - timedelta(minutes=1)).isoformat(),
        "scheduled_until": (now + timedelta(hours=1)).isoformat(),
        "component_ids": [component_id],
        "mutes": True,
    }
    made = call("POST", f"{pages}/maintenance", plan)
    sweeping.sweep(worker, lambda _: None)
    call("DELETE", f"/v1/status-reports/{made['id']}")


def _follow(world: World, worker: Database, call: Any) -> None:
    """Incidents that a page tells of by itself, and one that a person drafts a report of."""

    def send(action: EventAction, key: str) -> None:
        process(worker, [world.request(world.event(action, key))], key_budget_per_minute=6_000)

    for action in (EventAction.TRIGGER, EventAction.RESOLVE, EventAction.TRIGGER):
        send(action, "told by itself")
    rows = world.database.rows("select incident_id from status_report where org_id = %s and is_automatic", world.org_id)
    call("POST", f"/v1/incidents/{rows[0][0]}/resolve")
    insert_page(world, automatic="off")
    call("POST", f"/v1/incidents/{rows[0][0]}/status-report", {})
