"""Everything that publishing pages asks of the database, once: for tests of what is sent to it."""

from datetime import timedelta

from tests.support.monitors import insert_monitor
from tests.support.public_pages import Page, monitored
from tests.support.world import World
from tocsin_data.services import page_snapshots
from tocsin_data.services.page_site import Site
from tocsin_data.services.page_snapshots import PublicPage


def live(world: World) -> None:
    """A page with all that it can show is read, and its folder emptied once it is deleted."""
    worker = world.database.enter("worker")
    page, monitor_id = Page(world), insert_monitor(world)
    monitored(world, monitor_id, "up", timedelta(days=5))
    page.component("Shop", monitors=[monitor_id], services=[world.service_id], shows_latency=True)
    page.report("Payments fail")
    world.database.rows(
        "insert into status_page_logo"
        " (org_id, status_page_id, variant, content_type, content, sha256, width, height, created_at)"
        " values (%s, %s, 'light', 'image/png', '', '0123456789abcdef', 1, 1, now()) returning variant",
        *(world.org_id, page.page_id),
    )
    pages, _, _ = page_snapshots.public(worker, [world.org_id])
    assert pages == [PublicPage(world.org_id, page.page_id, page.slug)]
    assert page_snapshots.read(worker, pages[0], Site("https://status.example")) is not None
    page.set(deleted_at=world.now)
    assert page.slug in page_snapshots.public(worker)[1]
    page_snapshots.emptied(worker, page.slug)
    worker.close()
