"""What people do with monitors beside making them, once: for tests of what is sent to the database."""

from tests.support.api_host import ApiHost
from tests.support.monitors import REGIONS, insert_monitor
from tests.support.world import World
from tocsin_data.services import commanding
from tocsin_data.views import check_configs
from tocsin_data.views.check_configs import Layout


def live(world: World, api: ApiHost) -> None:
    """Group them, list and export them, have one checked at once, and publish what regions check."""
    made = api.call("POST", "/v1/monitor-groups", {"name": "Shop"})
    assert made.status == 201, made.text
    group, version = f"/v1/monitor-groups/{made.json['id']}", {"if-match": made.headers["ETag"]}
    changed = api.call("PUT", group, {"name": "Shops", "position": 2}, headers=version)
    assert changed.status == 200, changed.text
    for path in ("/v1/monitor-groups", group, "/v1/monitors", "/v1/monitors/export"):
        assert api.call("GET", path).status == 200, path
    assert api.call("DELETE", group, headers={"if-match": changed.headers["ETag"]}).status == 204
    monitor_id = insert_monitor(world, name="Looked at now")
    run = api.call("POST", f"/v1/monitors/{monitor_id}/run")
    assert run.status == 202, run.text
    assert api.call("GET", f"/v1/monitors/{monitor_id}/runs/{run.json['id']}").status == 200
    worker = world.database.enter("worker")
    commanding.asked(worker, list(commanding.waiting(worker).values()))
    commanding.forget(worker)
    check_configs.read(worker, Layout(REGIONS))
    worker.close()
