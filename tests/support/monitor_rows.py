"""One row of each table of monitors, for what looks at every table."""

from tests.support.monitors import check_monitor, insert_monitor
from tests.support.world import World


def insert(world: World) -> None:
    """A monitor in a group, and a run of it with its result."""
    rows, org = world.database.rows, world.org_id
    grouped = "insert into monitor_group (org_id, name, created_at) values (%s, 'front', now()) returning id"
    monitor_id = insert_monitor(world, monitor_group_id=rows(grouped, org)[0][0])
    rows(
        "with asked as ("
        " insert into monitor_run (org_id, monitor_id, asked_at, asked_by, regions, monitor)"
        " values (%s, %s, now(), 'test', '{eu-west-1}', %s) returning org_id, id"
        ") insert into monitor_run_result select org_id, id, 'eu-west-1', '{}' from asked returning region",
        org,
        monitor_id,
        check_monitor(world, monitor_id).to_json(),
    )
