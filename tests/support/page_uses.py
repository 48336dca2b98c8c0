"""What people do with status pages, once: for tests of what is sent to the database."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.support.api_host import Answered, ApiHost
from tests.support.audited_pages import png
from tests.support.monitors import insert_monitor
from tests.support.world import World

PAGES = "/v1/status-pages"


def live(world: World, api: ApiHost) -> None:
    """Make a page, put everything on it, change it, say what a component is and take it back, delete it."""
    body = {"slug": f"uses-{uuid4().hex[:12]}", "name": "Uses", "automatic": "publish"}
    page = f"{PAGES}/{done(api, 'POST', PAGES, body).json['id']}"
    done(api, "PUT", page, {**body, "visibility": "public"}, version=1)
    done(api, "PUT", f"{page}/logos/light", png())
    done(api, "DELETE", f"{page}/logos/light")
    group_id = done(api, "POST", f"{page}/component-groups", {"name": "Web"}).json["id"]
    group = f"{page}/component-groups/{group_id}"
    done(api, "PUT", group, {"name": "Sites"}, version=1)
    sources = {"monitor_ids": [str(insert_monitor(world, name="Uses"))], "service_ids": [str(world.service_id)]}
    made = done(api, "POST", f"{page}/components", {"name": "Shop", "group_id": group_id, **sources}).json
    component = f"{page}/components/{made['id']}"
    done(api, "PUT", component, {"name": "Store", "group_id": group_id}, version=1)
    order = {"items": [{"group_id": group_id, "component_ids": [made["id"]]}]}
    done(api, "PUT", f"{page}/order", order, version=4)
    until = (world.now + timedelta(hours=1)).isoformat()
    for word in ({"status": "major_outage", "until": until}, {"status": "partial_outage"}):
        done(api, "PUT", f"{component}/override", word)
    for path in (PAGES, page, f"{page}/status", f"{page}/component-groups", group, f"{page}/components", component):
        done(api, "GET", path)
    done(api, "DELETE", f"{component}/override")
    for path in (component, group, page):
        done(api, "DELETE", path)


def done(api: ApiHost, method: str, path: str, body: Any = None, *, version: int | None = None) -> Answered:
    """One request, which must go well."""
    answer = api.call(method, path, body, headers={} if version is None else {"if-match": str(version)})
    assert answer.status in {200, 201, 204}, (method, path, answer.text)
    return answer
