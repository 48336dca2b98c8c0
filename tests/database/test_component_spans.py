"""For how long the public was told what: spans without gaps or overlaps, whoever changes what is said."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from tests.support import page_rows
from tests.support.world import World
from tocsin.contracts.api_status_pages import OverrideInput
from tocsin.domain.status_page import ComponentStatus
from tocsin_data.services import component_spans, components
from tocsin_data.services.actors import Actor

MAYA = Actor("user", "maya")
HOUR = timedelta(hours=1)


def arranged(world: World) -> tuple[UUID, UUID]:
    """A page and a component that nobody has said anything of."""
    with world.database.admin() as conn:
        found = page_rows.insert(conn, world)
        conn.execute("delete from status_report where org_id = %s", (world.org_id,))
        conn.execute("delete from component_span where org_id = %s", (world.org_id,))
    return found["page_id"], found["component_id"]


def spans(world: World, component_id: UUID) -> list[tuple[str, datetime, datetime | None]]:
    return world.database.rows(
        "select status, starts_at, ends_at from component_span where component_id = %s order by starts_at", component_id
    )


def report(world: World, page_id: UUID, component_id: UUID) -> None:
    with world.database.admin() as conn:
        conn.execute(
            "with made as (insert into status_report (org_id, status_page_id, kind, state, title, status, impact,"
            " started_at, created_at, created_by, updated_at) values (%(org)s, %(page)s, 'incident', 'published',"
            " 'Slow', 'investigating', 'minor', now(), now(), 'x', now()) returning id)"
            " insert into status_report_component select %(org)s, id, %(component)s, 'degraded_performance' from made",
            {"org": world.org_id, "page": page_id, "component": component_id},
        )


def test_spans_follow_each_other_whoever_says_what(world: World) -> None:
    page_id, component_id = arranged(world)
    app = world.database.enter("app")

    def say(status: ComponentStatus, until: datetime | None = None) -> None:
        word = OverrideInput(status=status, until=until)
        components.override_component(app, world.org_id, MAYA, page_id, component_id, word)

    def keep() -> None:
        with world.database.enter("worker").many([world.org_id]) as tx:
            component_spans.keep(tx, [component_id])

    def at(change: Callable[[], object], later: timedelta) -> None:
        world.database.advance(later)
        change()

    say(ComponentStatus.MAJOR_OUTAGE, world.now + HOUR)
    report(world, page_id, component_id)
    at(keep, HOUR / 2)
    ((_, _, over_at), (status, starts_at, ends_at)) = spans(world, component_id)
    assert (over_at, status, ends_at) == (starts_at, "degraded_performance", None)
    at(lambda: say(ComponentStatus.PARTIAL_OUTAGE), 2 * HOUR)
    at(lambda: components.end_override(app, world.org_id, MAYA, page_id, component_id), HOUR)
    world.database.rows("update status_report set status = 'resolved' where org_id = %s returning 1", world.org_id)
    at(keep, HOUR)
    found = spans(world, component_id)
    assert [span[0] for span in found] == [
        "major_outage",
        "degraded_performance",
        "partial_outage",
        "degraded_performance",
    ]
    assert [before[2] for before in found[:-1]] == [after[1] for after in found[1:]]
    assert found[-1][2] is not None
    assert all(ends_at is not None and ends_at > starts_at for _, starts_at, ends_at in found)
    keep()
    assert spans(world, component_id) == found


def test_a_worker_keeps_those_of_its_organizations_alone(world: World) -> None:
    other, third = World(world.database, name="Other"), World(world.database, name="Third")
    ids: dict[UUID, UUID] = {}
    for one in (world, other, third):
        page_id, ids[one.org_id] = arranged(one)
        report(one, page_id, ids[one.org_id])
    with world.database.enter("worker").many([world.org_id, other.org_id]) as tx:
        component_spans.keep(tx, list(ids.values()))
    assert [len(spans(world, ids[one.org_id])) for one in (world, other, third)] == [1, 1, 0]
    rows = world.database.rows("select org_id from component_span where component_id = %s", ids[other.org_id])
    assert rows == [(other.org_id,)]
