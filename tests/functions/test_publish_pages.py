"""Pages in their bucket: what is written when, what is deleted, and that one page never stops another."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from botocore.awsrequest import AWSPreparedRequest
from urllib3 import HTTPResponse

from functions.publish import page_writing, pages
from functions.publish.handler import handler as publish
from tests.support.aws import Answer, intercepted
from tests.support.inside import failures, sqs_event
from tests.support.monitors import insert_monitor
from tests.support.public_pages import Page, Press, monitored, press
from tests.support.world import World
from tocsin.contracts.edge import PAGES, PublishRequest
from tocsin.contracts.page_snapshot import PageSnapshot
from tocsin_data.services import page_snapshots

MINUTE = timedelta(minutes=1)
EVERY_MINUTE = {"status.json"}


@pytest.fixture
def publisher(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Press]:
    with press(world, monkeypatch) as found:
        yield found


@pytest.fixture
def page(world: World) -> Page:
    return Page(world)


def test_a_public_page_is_published(publisher: Press, page: Page, world: World) -> None:
    monitor_id = insert_monitor(world)
    page.component("Shop", monitors=[monitor_id])
    monitored(world, monitor_id, "down")
    report_id = page.report("Payments fail")
    Page(World(world.database, name="Other")).set(visibility="private")
    publisher.run()
    assert {"index.html", "status.json", f"reports/{report_id}/index.html"} <= publisher.paths(page)
    assert {key.split("/")[1] for key in publisher.keys("") if key.startswith("pages/")} == {page.slug}
    status = json.loads(publisher.text(page, "status.json"))
    assert (status["page"]["url"], status["indicator"]) == (f"https://status.example/{page.slug}", "critical")
    assert [(c["name"], c["status"]) for c in status["components"]] == [("Shop", "major_outage")]
    html = publisher.object(f"pages/{page.slug}/index.html")
    assert html["ContentType"] == "text/html; charset=utf-8"
    assert html["CacheControl"] == "public, max-age=10, s-maxage=5, stale-while-revalidate=60, stale-if-error=86400"
    assert "Payments fail" in html["Body"].read().decode()
    for name, document in pages.assets().items():
        stored = publisher.object(f"assets/{name}")
        assert stored["Body"].read() == document.content
        assert (stored["CacheControl"] == "public, max-age=31536000, immutable") == (not name.startswith("missing"))


def test_each_minute_only_the_status_is_written_until_something_changes(publisher: Press, page: Page) -> None:
    component_id = page.component("Shop")
    publisher.run()
    first = publisher.numbers(page)
    for _ in range(4):
        page.world.database.advance(MINUTE)
        publisher.run()
    later = publisher.numbers(page)
    assert {path for path in first if later[path] != first[path]} == EVERY_MINUTE
    page.world.database.advance(MINUTE)
    publisher.run()
    refreshed = {path for path, number in publisher.numbers(page).items() if number != later[path]}
    assert {"index.html", "status.json"} <= refreshed
    assert not {path for path in refreshed if path.startswith(("badges/", "subscribe/", "robots"))}
    page.change_component(component_id, override_status="major_outage")
    publisher.of(page.world)
    assert "major_outage" in publisher.text(page, "status.json")
    assert publisher.number(page, "badges/status.svg") > first["badges/status.svg"]


def test_of_reports_only_the_month_that_changed_is_written(publisher: Press, page: Page, world: World) -> None:
    old = page.report("Long ago", at=world.now - timedelta(days=200), status="resolved")
    new = page.report("Just now")
    publisher.run()
    first = publisher.numbers(page)
    world.database.advance(MINUTE)
    page.update(new, "We know more.")
    page.change_report(new, status="identified")
    publisher.run()
    later = publisher.numbers(page)
    assert later[f"reports/{new}/index.html"] > first[f"reports/{new}/index.html"]
    assert later[f"reports/{old}/index.html"] == first[f"reports/{old}/index.html"]
    assert "We know more." in publisher.text(page, f"reports/{new}/index.html")
    world.database.advance(MINUTE)
    page.set(name="Acme renamed")
    publisher.run()
    assert "Acme renamed" in publisher.text(page, f"reports/{old}/index.html")


def test_a_month_leads_to_the_months_beside_it_as_they_come_and_go(publisher: Press, page: Page, world: World) -> None:
    ago = {name: world.now - timedelta(days=days) for name, days in (("old", 300), ("between", 200), ("new", 1))}
    months = {name: f"{at:%Y-%m}" for name, at in ago.items()}
    for name in ("old", "new"):
        page.report(name, at=ago[name], status="resolved")
    publisher.run()
    world.database.advance(MINUTE)
    between = page.report("between", at=ago["between"], status="resolved")
    publisher.run()
    for name in ("old", "new"):
        assert months["between"] in publisher.text(page, f"history/{months[name]}/index.html")
    world.database.advance(MINUTE)
    page.change_report(between, deleted_at=world.now)
    publisher.run()
    for name, other in (("old", "new"), ("new", "old")):
        text = publisher.text(page, f"history/{months[name]}/index.html")
        assert months["between"] not in text
        assert months[other] in text


def test_what_is_taken_back_goes(publisher: Press, page: Page, world: World) -> None:
    report_id = page.report("A mistake", at=world.now - timedelta(days=200), status="resolved")
    publisher.run()
    path = f"reports/{report_id}/index.html"
    assert path in publisher.paths(page)
    page.change_report(report_id, deleted_at=world.now)
    publisher.run()
    assert not {path for path in publisher.paths(page) if str(report_id) in path}
    assert not {path for path in publisher.paths(page) if path.startswith("history/20")}
    # a publisher that was overtaken puts it back: it is deleted again
    publisher.surroundings.s3.put_object(Bucket="tocsin-pages", Key=f"pages/{page.slug}/{path}", Body=b"late")
    world.database.advance(timedelta(minutes=6))
    publisher.run()
    assert path not in publisher.paths(page)


def test_a_report_that_moves_to_another_month_stays(publisher: Press, page: Page, world: World) -> None:
    report_id = page.report("When was it?", at=world.now - timedelta(days=200), status="resolved")
    publisher.run()
    world.database.advance(MINUTE)
    page.change_report(report_id, started_at=world.now - timedelta(days=300))
    publisher.run()
    assert f"reports/{report_id}/index.html" in publisher.paths(page)
    months = {path for path in publisher.paths(page) if path.startswith("history/20")}
    assert months == {f"history/{world.now - timedelta(days=300):%Y-%m}/index.html"}


@pytest.mark.parametrize("how", ["private", "deleted", "organization"])
def test_a_page_that_is_public_no_more_vanishes(publisher: Press, page: Page, world: World, how: str) -> None:
    page.report("Something")
    other = Page(World(world.database, name="Other"))
    publisher.run()
    kept = publisher.paths(other)
    if how == "private":
        page.set(visibility="private")
    elif how == "deleted":
        page.set(deleted_at=world.now)
    else:
        world.database.rows("update organization set deletes_at = app.clock() where id = %s returning id", world.org_id)
    publisher.of(world)
    assert publisher.paths(page) == set()
    assert publisher.keys(f"manifests/{page.slug}/") == set()
    assert publisher.paths(other) == kept
    # who was overtaken puts something there: for a while that is deleted again
    publisher.surroundings.s3.put_object(Bucket="tocsin-pages", Key=f"pages/{page.slug}/index.html", Body=b"late")
    world.database.advance(MINUTE)
    publisher.run()
    assert publisher.paths(page) == set()
    assert world.database.rows("select slug from page_folder where slug = %s", page.slug) == [(page.slug,)]
    world.database.advance(timedelta(minutes=16))
    publisher.run()
    assert world.database.rows("select slug from page_folder where slug = %s", page.slug) == []


def test_a_folder_whose_page_has_another_name_is_emptied_and_may_be_anothers(
    publisher: Press, page: Page, world: World
) -> None:
    slug = page.slug
    publisher.run()
    page.set(slug=f"{slug}-new")
    page.slug = f"{slug}-new"
    publisher.of(world)
    assert publisher.keys(f"pages/{slug}/") == set()
    assert "index.html" in publisher.paths(page)
    other = Page(World(world.database, name="Other"), slug=slug)
    publisher.of(other.world)
    assert json.loads(publisher.text(other, "status.json"))["page"]["id"] == str(other.page_id)
    assert world.database.rows("select emptied_at from page_folder where slug = %s", slug) == [(None,)]


def test_a_page_takes_over_the_folder_of_one_that_was_deleted(publisher: Press, page: Page, world: World) -> None:
    page.report("Theirs")
    publisher.run()
    page.set(deleted_at=world.now)
    world.database.advance(timedelta(seconds=1))
    other = Page(World(world.database, name="Other"), slug=page.slug)
    publisher.run()
    assert not {path for path in publisher.paths(other) if path.startswith("reports/")}
    assert json.loads(publisher.text(other, "status.json"))["page"]["id"] == str(other.page_id)
    assert "Theirs" not in publisher.text(other, "index.html")


def test_a_page_that_cannot_be_rendered_stops_no_other(
    publisher: Press, page: Page, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Page(World(world.database, name="Other"))
    page.set(name="Cursed")

    def render(snapshot: PageSnapshot) -> dict[str, pages.Document]:
        if snapshot.name == "Cursed":
            raise ValueError(snapshot.name)
        return {}

    monkeypatch.setattr(pages, "OF_PAGES", (*pages.OF_PAGES, render))
    publisher.run()
    assert publisher.paths(page) == set()
    assert "index.html" in publisher.paths(other)


def test_what_there_is_no_time_for_is_asked_for_anew(
    publisher: Press, page: Page, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = [page, *(Page(World(world.database, name=f"Other {n}")) for n in range(3))]
    every.sort(key=lambda p: p.world.org_id)
    monkeypatch.setenv("PAGES_SECONDS", "0")
    publisher.surroundings.sent("publications")
    publisher.run()
    again = publisher.surroundings.messages("publications", PublishRequest)
    first = every[0].world.org_id
    assert again == [PublishRequest(document=PAGES, after_org_id=first)], "of one page at least all is written"
    monkeypatch.setenv("PAGES_SECONDS", "60")
    publisher.run(*again)
    assert all("index.html" in publisher.paths(one) for one in every)
    assert publisher.surroundings.sent("publications") == []


def test_only_the_organization_that_is_asked_for_is_written(publisher: Press, page: Page, world: World) -> None:
    other = Page(World(world.database, name="Other"))
    publisher.of(world)
    assert "index.html" in publisher.paths(page)
    assert publisher.paths(other) == set()
    after = min(world.org_id, other.world.org_id)
    publisher.surroundings.s3.delete_object(Bucket="tocsin-pages", Key=f"pages/{page.slug}/status.json")
    publisher.run(PublishRequest(document=PAGES, after_org_id=after))
    assert ("status.json" in publisher.paths(page)) == (world.org_id > after)
    assert ("status.json" in publisher.paths(other)) == (other.world.org_id > after)


def test_of_many_reports_the_page_comes_first_and_the_rest_in_time(
    publisher: Press, page: Page, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_writing, "WAITED_FOR", 1)
    monkeypatch.setattr(page_snapshots, "MONTHS_AT_ONCE", 1)
    reports = [page.report(f"{n}", at=world.now - timedelta(days=40 * n), status="resolved") for n in range(3)]
    publisher.run()
    assert "index.html" in publisher.paths(page)
    rounds = 1
    while again := publisher.surroundings.messages("publications", PublishRequest):
        assert again == [PublishRequest(document=PAGES, org_id=world.org_id)]
        publisher.run(*again)
        rounds += 1
    assert rounds == 3
    assert {f"reports/{report_id}/index.html" for report_id in reports} <= publisher.paths(page)
    first = publisher.numbers(page)
    world.database.advance(MINUTE)
    publisher.run()
    assert {path for path, number in publisher.numbers(page).items() if number != first[path]} == EVERY_MINUTE


def test_while_the_database_is_away_the_request_waits(publisher: Press, page: Page, tmp_path: Path) -> None:
    publisher.surroundings.lose_the_database(tmp_path)
    event = sqs_event(PublishRequest(document=PAGES), queue="publications")
    assert failures(publish(event, None)) == ["m0"]
    publisher.surroundings.find_the_database()
    publisher.run()
    assert "index.html" in publisher.paths(page)


def test_while_the_bucket_refuses_nothing_else_is_kept_waiting(publisher: Press, page: Page) -> None:
    publisher.run()
    page.set(name="Acme renamed")

    def refuse(request: AWSPreparedRequest, send: Callable[[], Answer]) -> Answer:
        is_page = request.method != "GET" and "pages/" in request.url
        return HTTPResponse(b"", status=403) if is_page else send()

    with intercepted(refuse):
        publisher.run()
    assert "Acme renamed" not in publisher.text(page, "index.html")
    publisher.run()
    assert "Acme renamed" in publisher.text(page, "index.html")


def test_pages_that_somebody_waits_for_are_written_before_folders_are_emptied(
    publisher: Press, page: Page, world: World
) -> None:
    gone = Page(world)
    publisher.run()
    gone.set(visibility="private")
    page.set(name="Acme renamed")
    touched: list[str] = []

    def note(request: AWSPreparedRequest, send: Callable[[], Answer]) -> HTTPResponse:
        touched.extend(one.slug for one in (gone, page) if request.method != "GET" and one.slug in request.url)
        return send()

    with intercepted(note):
        publisher.of(world)
    assert publisher.paths(gone) == set()
    assert (touched[0], touched.index(gone.slug)) == (page.slug, touched.count(page.slug))
