"""Snapshots of pages: what is public of them, as of now, in a fixed number of statements."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from tests.support.monitors import insert_monitor
from tests.support.public_pages import Page, monitored
from tests.support.wire import Wire
from tests.support.world import World
from tocsin.contracts.page_snapshot import MAX_REPORTS, DayBar, PageSnapshot
from tocsin.domain.status_page import ComponentStatus, Impact
from tocsin.domain.uptime import bounds, last_days
from tocsin_data.db import Database
from tocsin_data.services import page_snapshots
from tocsin_data.services.page_site import Site
from tocsin_data.services.page_snapshots import PublicPage, Published, Reading

SITE = Site("https://status.example", {"own": "status.acme.example"}, "https://ingest.example")
HOUR = 3_600
SIZES = (1, 50)
FULL, AGAIN, BRIEF = 27, 23, 16
"""Statements of a snapshot, begin and commit among them: of the first one, of a later one with and without figures."""


@pytest.fixture
def worker(world: World) -> Database:
    return world.database.enter("worker")


@pytest.fixture
def page(world: World) -> Page:
    return Page(world)


def read(worker: Database, page: Page, before: Published | None = None) -> Reading:
    found = page_snapshots.read(worker, PublicPage(page.world.org_id, page.page_id, page.slug), SITE, before)
    assert found is not None
    return found


def snapshot(worker: Database, page: Page) -> PageSnapshot:
    return read(worker, page).snapshot


def bars(worker: Database, page: Page) -> list[DayBar]:
    (component,) = snapshot(worker, page).components
    return component.days


def span(world: World, monitor_id: UUID, status: str, since: datetime, until: datetime | None) -> None:
    world.database.rows(
        "insert into monitor_span (org_id, monitor_id, status, starts_at, ends_at) values (%s, %s, %s, %s, %s)"
        " returning id",
        *(world.org_id, monitor_id, status, since, until),
    )


class Counted:
    """Counts the statements of readings, by what they are called."""

    def __init__(self, worker: Database, world: World) -> None:
        self.worker = worker
        self.wire = Wire(world.database)
        self.found: dict[str, set[int]] = {}

    def read(self, name: str, page: Page, before: Published | None) -> Reading:
        self.wire.since()
        answer = read(self.worker, page, before)
        self.found.setdefault(name, set()).add(len(self.wire.since()))
        return answer


def test_a_page_takes_the_same_statements_whatever_its_size(worker: Database, world: World) -> None:
    counted = Counted(worker, world)
    for size in SIZES:
        page = Page(world)
        for n in range(size):
            monitor_id = insert_monitor(world)
            monitored(world, monitor_id, "up", timedelta(days=3))
            page.component(f"Component {n}", monitors=[monitor_id], services=[world.service_id], shows_latency=True)
            page.report(f"Report {n}", at=world.now - timedelta(days=n))
        full = counted.read("full", page, None)
        counted.read("again", page, Published("", full.snapshot.as_of, full.fingerprints))
        before = Published(full.substance, full.snapshot.as_of, full.fingerprints)
        assert not counted.read("brief", page, before).is_full
    assert {name: len(found) for name, found in counted.found.items()} == {"full": 1, "again": 1, "brief": 1}
    assert {name: max(found) for name, found in counted.found.items()} == {"full": FULL, "again": AGAIN, "brief": BRIEF}


def test_numbers_rise_and_a_page_that_is_not_public_has_none(worker: Database, page: Page, world: World) -> None:
    first, second = snapshot(worker, page).number, snapshot(worker, page).number
    assert second > first >= int(world.now.timestamp() * 1_000) - 60_000
    place = PublicPage(world.org_id, page.page_id, page.slug)
    assert page_snapshots.read(worker, PublicPage(world.org_id, page.page_id, "elsewhere"), SITE) is None
    other = World(world.database, name="Other")
    assert page_snapshots.read(worker, PublicPage(other.org_id, page.page_id, page.slug), SITE) is None
    page.set(visibility="private")
    assert page_snapshots.read(worker, place, SITE) is None
    assert page_snapshots.public(worker, [world.org_id])[0] == []


def test_only_what_has_changed_but_for_figures_is_another_substance(worker: Database, page: Page, world: World) -> None:
    component_id = page.component("Shop", monitors=[insert_monitor(world)])
    first = read(worker, page)
    world.database.advance(timedelta(minutes=4))
    before = Published(first.substance, first.snapshot.as_of, first.fingerprints)
    assert not read(worker, page, before).is_full
    page.change_component(component_id, override_status="degraded_performance")
    assert read(worker, page, before).is_full
    page.change_component(component_id, override_status=None)
    assert not read(worker, page, before).is_full
    world.database.advance(timedelta(minutes=1))
    assert read(worker, page, before).is_full, "its figures are five minutes old"


def test_where_a_page_is_and_where_subscribers_are_taken(worker: Database, world: World) -> None:
    page = Page(world, slug="own")
    assert snapshot(worker, page).subscribe_url is None
    page.set(subscribe_key="KEY")
    found = snapshot(worker, page)
    assert (found.url, found.key_prefix) == ("https://status.acme.example", "pages/own")
    assert found.subscribe_url is not None
    assert found.subscribe_url.startswith("https://ingest.example/s/KEY/subscribe")
    assert found.subscribe_channels == ["email"]
    assert snapshot(worker, Page(world, slug="shop")).url == "https://status.example/shop"


def test_statuses_and_the_indicator(worker: Database, page: Page, world: World) -> None:
    up, down = insert_monitor(world), insert_monitor(world)
    monitored(world, up, "up")
    monitored(world, down, "down")
    page.component("Both", monitors=[up, down])
    page.component("One", monitors=[down])
    page.component("By hand")
    page.component("Told", override_status="degraded_performance")
    found = snapshot(worker, page)
    statuses = {c.name: c.status for c in found.components}
    assert statuses == {
        "Both": ComponentStatus.PARTIAL_OUTAGE,
        "One": ComponentStatus.MAJOR_OUTAGE,
        "By hand": ComponentStatus.OPERATIONAL,
        "Told": ComponentStatus.DEGRADED,
    }
    assert found.indicator is Impact.MAJOR
    page.set(automatic="suggest")
    assert snapshot(worker, page).indicator is Impact.MINOR


@pytest.mark.parametrize(
    ("zone", "local", "hours"),
    [
        ("Europe/Berlin", datetime(2026, 10, 25), 25),  # noqa: DTZ001 - a day by the wall
        ("Asia/Kolkata", datetime(2026, 10, 25), 24),  # noqa: DTZ001 - a day
        ("Australia/Lord_Howe", datetime(2026, 10, 4), 23.5),  # noqa: DTZ001 - a day
    ],
    ids=["25 hours", "half-hour offset", "23.5 hours"],
)
def test_days_are_those_of_the_pages_zone(
    worker: Database, world: World, zone: str, local: datetime, hours: float
) -> None:
    page, monitor_id = Page(world, time_zone=zone), insert_monitor(world)
    page.component("Shop", monitors=[monitor_id])
    shift_to(world, datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("UTC")))
    begin, end = bounds(local.date(), ZoneInfo(zone))
    span(world, monitor_id, "up", begin - timedelta(days=2), end - timedelta(hours=3))
    span(world, monitor_id, "down", end - timedelta(hours=3), end + timedelta(hours=1))
    span(world, monitor_id, "up", end + timedelta(hours=1), None)
    days = bars(worker, page)
    assert [bar.day for bar in days] == last_days(90, ZoneInfo(zone), world.now)
    found = {bar.day: bar for bar in days}
    assert found[local.date()].down_seconds == 3 * HOUR
    assert found[local.date()].uptime == round((hours - 3) / hours, 6)
    assert found[local.date() + timedelta(days=1)].down_seconds == HOUR
    assert (found[local.date()].worst, found[local.date()].is_final) == (ComponentStatus.MAJOR_OUTAGE, True)


def shift_to(world: World, at: datetime) -> None:
    world.database.advance(at - world.now)


def test_a_day_stays_as_it_was_published(worker: Database, page: Page, world: World) -> None:
    monitor_id = insert_monitor(world)
    page.component("Shop", monitors=[monitor_id])
    midnight = world.now.replace(hour=0, minute=0, second=0, microsecond=0)
    span(world, monitor_id, "up", midnight - timedelta(days=5), midnight - timedelta(days=1, hours=22))
    span(world, monitor_id, "up", midnight - timedelta(days=1, hours=22), None)
    first = bars(worker, page)
    assert [bar.is_final for bar in first[-5:]] == [True, True, True, False, False]
    assert [bar.is_final for bar in first[:80]] == [False] * 80, "nothing was said of these days"
    span(world, monitor_id, "down", midnight - timedelta(days=3), midnight - timedelta(days=3) + timedelta(hours=2))
    span(world, monitor_id, "down", midnight - timedelta(hours=3), midnight - timedelta(hours=1))
    later = bars(worker, page)
    assert later[:-2] == first[:-2]
    assert later[-2].down_seconds == 2 * HOUR, "yesterday is still corrected"
    frozen = world.database.rows("select count(*) from uptime_day where monitor_id = %s", monitor_id)
    assert frozen == [(4,)]


def test_of_several_monitors_a_day_is_that_of_the_worst(worker: Database, page: Page, world: World) -> None:
    one, two = insert_monitor(world), insert_monitor(world)
    page.component("Shop", monitors=[one, two])
    noon = (world.now - timedelta(days=3)).replace(hour=12, minute=0, second=0, microsecond=0)
    for monitor_id, hours in ((one, 1), (two, 2)):
        span(world, monitor_id, "up", noon - timedelta(days=9), noon)
        span(world, monitor_id, "down", noon, noon + timedelta(hours=hours))
        span(world, monitor_id, "up", noon + timedelta(hours=hours), None)
    found = {bar.day: bar for bar in bars(worker, page)}[noon.date()]
    assert (found.down_seconds, found.worst) == (2 * HOUR, ComponentStatus.MAJOR_OUTAGE)


def test_bars_of_what_is_kept_by_hand_are_what_was_told(worker: Database, page: Page, world: World) -> None:
    component_id = page.component("Phone", created_at=world.now - timedelta(days=10))
    noon = (world.now - timedelta(days=3)).replace(hour=12, minute=0, second=0, microsecond=0)
    world.database.rows(
        "insert into component_span (org_id, component_id, status, starts_at, ends_at)"
        " values (%s, %s, 'partial_outage', %s, %s) returning id",
        *(world.org_id, component_id, noon, noon + timedelta(hours=2)),
    )
    (component,) = snapshot(worker, page).components
    found = {bar.day: bar for bar in component.days}
    assert (found[noon.date()].down_seconds, found[noon.date()].worst) == (2 * HOUR, ComponentStatus.PARTIAL_OUTAGE)
    assert found[noon.date() - timedelta(days=1)].uptime == 1
    assert found[noon.date() - timedelta(days=30)].uptime is None
    assert component.figures is None
    page.change_component(component_id, shows_uptime=False)
    assert bars(worker, page) == []


def hours(world: World, monitor_id: UUID, origin: str, bucket: int = 120) -> None:
    world.database.rows(
        "insert into check_rollup_hour"
        " select %s, %s, 'eu-west-1', %s, date_trunc('hour', app.clock()) - interval '1 hour', 60, 0, 0, 0, now(),"
        " now(), 1, array[%s]::smallint[], '{60}' returning region",
        *(world.org_id, monitor_id, origin, bucket),
    )
    world.database.rows(
        "insert into check_evidence values (%s, %s, %s, 600, app.clock() - interval '10 h', app.clock())"
        " returning origin",
        *(world.org_id, monitor_id, origin),
    )


def test_figures_are_of_live_checks_alone(worker: Database, page: Page, world: World) -> None:
    live, users = insert_monitor(world), insert_monitor(world, origin="live-user")
    for monitor_id, origin in ((live, "live"), (live, "live-user"), (users, "live-user")):
        hours(world, monitor_id, origin, bucket=120 if origin == "live" else 200)
    page.component("Both", monitors=[live, users], shows_latency=True)
    page.component("Of users", monitors=[users], shows_latency=True)
    both, of_users = snapshot(worker, page).components
    assert both.figures is not None
    assert (both.figures.origin, both.figures.checks) == ("live", 600)
    assert both.figures.latency_p50_ms == both.figures.latency_by_hour[-1] == pytest.approx(119, rel=0.03)
    assert both.figures.latency_by_hour[:-1] == [None] * 23
    assert of_users.figures is None
    assert all(bar.uptime in (None, 1) for bar in of_users.days)


def test_a_demo_says_so_and_shows_its_own_figures(worker: Database, page: Page, world: World) -> None:
    monitor_id = insert_monitor(world, origin="demo")
    hours(world, monitor_id, "demo")
    page.component("Shop", monitors=[monitor_id])
    assert not snapshot(worker, page).is_demo
    world.database.rows("update organization set is_demo = true where id = %s returning id", world.org_id)
    found = snapshot(worker, page)
    assert found.is_demo
    assert found.components[0].figures is not None
    assert found.components[0].figures.origin == "demo"


def test_reports_at_hand_are_the_open_ones_and_the_latest(worker: Database, page: Page, world: World) -> None:
    old_open = page.report("Still open", at=world.now - timedelta(days=300))
    gone = page.report("Old", at=world.now - timedelta(days=100), status="resolved")
    deleted = page.report("Deleted", deleted_at=world.now)
    draft = page.report("Draft", state="draft", published_at=None)
    world.database.rows(
        "insert into status_report (org_id, status_page_id, kind, state, title, status, impact, started_at, created_at,"
        " created_by, updated_at, published_at) select %s, %s, 'incident', 'published', 'n', 'resolved', 'minor',"
        " app.clock() - n * interval '1 minute', app.clock(), 'user:x', app.clock(), app.clock()"
        " from generate_series(1, %s) n returning id",
        *(world.org_id, page.page_id, MAX_REPORTS),
    )
    found = read(worker, page)
    ids = [report.id for report in found.snapshot.reports]
    assert (len(ids), ids[-1]) == (MAX_REPORTS, old_open)
    assert {gone, deleted, draft}.isdisjoint(ids)
    starts = [report.started_at for report in found.snapshot.reports]
    assert starts == sorted(starts, reverse=True)
    published = {report.id for reports in found.months.values() for report in reports}
    assert published == found.report_ids
    assert {old_open, gone} < published
    assert {deleted, draft}.isdisjoint(published)
    assert {m.month: m.reports for m in found.snapshot.months} == {m: len(r) for m, r in found.months.items() if r}


def test_a_component_that_is_gone_stays_in_what_was_said_of_it(worker: Database, page: Page, world: World) -> None:
    shop, kept = page.component("Shop"), page.component("Kept")
    page.report("Both fail", components=[shop, kept])
    page.change_component(shop, deleted_at=world.now)
    found = snapshot(worker, page)
    assert [c.name for c in found.components] == ["Kept"]
    (report,) = found.reports
    assert report.component_ids == [kept]
    assert {affected.name for affected in report.updates[0].affected} == {"Shop", "Kept"}


def test_of_many_months_some_are_read_and_the_rest_is_left(
    worker: Database, page: Page, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_snapshots, "MONTHS_AT_ONCE", 2)
    for days in (0, 40, 80, 120):
        page.report(f"{days} days ago", at=world.now - timedelta(days=days))
    first = read(worker, page)
    assert (len(first.months), len(first.left)) == (2, 2)
    done = {month: first.fingerprints[month] for month in first.months}
    second = read(worker, page, Published("", first.snapshot.as_of, done))
    assert set(second.months) == set(first.left)


def test_nothing_of_another_organization_is_read(worker: Database, page: Page, world: World) -> None:
    other = Page(World(world.database, name="Other"))
    monitor_id = insert_monitor(other.world)
    other.component("Theirs", monitors=[monitor_id])
    other.report("Theirs")
    page.component("Mine")
    found = read(worker, page)
    assert [c.name for c in found.snapshot.components] == ["Mine"]
    assert found.snapshot.reports == []
    mine, everything = (page_snapshots.public(worker, orgs)[0] for orgs in ([world.org_id], None))
    assert [p.id for p in mine] == [page.page_id]
    assert {page.page_id, other.page_id} <= {p.id for p in everything}


def test_today_is_a_date_of_the_pages_zone(worker: Database, world: World) -> None:
    page = Page(world, time_zone="Pacific/Kiritimati")
    page.component("Shop")
    shift_to(world, datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("UTC")))
    assert bars(worker, page)[-1].day == date(2026, 11, 21)
