"""What programs read of a page, as the publisher leaves it in the bucket."""

import json
from collections.abc import Iterator
from datetime import timedelta

import feedparser
import pytest
from icalendar import Calendar

from tests.support.public_pages import Page, Press, press
from tests.support.statuspage import SCHEMAS
from tests.support.world import World
from tocsin.contracts.page_snapshot import NEWEST_REPORTS

KINDS = {
    "history.atom": "application/atom+xml; charset=utf-8",
    "history.rss": "application/rss+xml; charset=utf-8",
    "maintenance.ics": "text/calendar; charset=utf-8",
    "badges/status.json": "application/json",
    "sitemap.xml": "application/xml",
    "robots.txt": "text/plain; charset=utf-8",
    **{f"api/v2/{name}.json": "application/json" for name in SCHEMAS},
}


@pytest.fixture
def publisher(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Press]:
    with press(world, monkeypatch) as found:
        yield found


@pytest.fixture
def page(world: World) -> Page:
    return Page(world)


def test_what_programs_read_is_published_and_readable(publisher: Press, page: Page, world: World) -> None:
    component_id = page.component("Shop")
    report_id = page.report("Payments fail", components=[component_id])
    planned_id = page.report("New certificates")
    world.database.rows(
        "update status_report set kind = 'maintenance', status = 'scheduled', scheduled_for = %s, scheduled_until = %s"
        " where id = %s returning id",
        *(world.now + timedelta(days=1), world.now + timedelta(days=1, hours=1), planned_id),
    )
    publisher.run()
    for path, kind in KINDS.items():
        assert publisher.object(f"pages/{page.slug}/{path}")["ContentType"] == kind
    for name, schema in SCHEMAS.items():
        schema.model_validate_json(publisher.text(page, f"api/v2/{name}.json"))
    (incident,) = json.loads(publisher.text(page, "api/v2/summary.json"))["incidents"]
    assert (incident["id"], incident["components"][0]["id"]) == (str(report_id), str(component_id))
    assert incident["shortlink"] == f"https://status.example/{page.slug}/incidents/{report_id}"
    for path in ("history.atom", "history.rss"):
        found = feedparser.parse(publisher.text(page, path), response_headers={"content-type": KINDS[path]})
        assert not found.bozo
        assert {entry.title for entry in found.entries} == {"Payments fail", "New certificates"}
    (event,) = Calendar.from_ical(publisher.text(page, "maintenance.ics")).walk("VEVENT")
    assert str(event["UID"]) == str(planned_id)


def test_what_says_nothing_new_is_not_written_anew(publisher: Press, page: Page, world: World) -> None:
    page.report("Payments fail")
    publisher.run()
    first = publisher.numbers(page)
    world.database.advance(timedelta(minutes=6))
    publisher.run()
    later = publisher.numbers(page)
    assert later["index.html"] > first["index.html"]
    assert {path: later[path] for path in KINDS} == {path: first[path] for path in KINDS}


def test_reports_of_long_ago_are_told_where_there_are_no_others(publisher: Press, page: Page, world: World) -> None:
    for number in range(NEWEST_REPORTS + 2):
        page.report(f"Number {number}", at=world.now - timedelta(days=200 + number), status="resolved")
    publisher.run()
    told = [each["name"] for each in json.loads(publisher.text(page, "api/v2/incidents.json"))["incidents"]]
    assert told == [f"Number {number}" for number in range(NEWEST_REPORTS)]
    feed = feedparser.parse(publisher.text(page, "history.atom"))
    assert [entry.title for entry in feed.entries] == told[:25]
    page.report("Just now")
    publisher.of(world)
    told = [each["name"] for each in json.loads(publisher.text(page, "api/v2/incidents.json"))["incidents"]]
    assert (told[0], told[-1], len(told)) == ("Just now", f"Number {NEWEST_REPORTS - 2}", NEWEST_REPORTS)


def test_a_page_of_five_thousand_reports_tells_programs_of_the_newest(
    publisher: Press, page: Page, world: World
) -> None:
    world.database.rows(
        "insert into status_report (org_id, status_page_id, kind, state, title, status, impact, started_at, created_at,"
        " created_by, updated_at, published_at, resolved_at) select %s, %s, 'incident', 'published', 'Number ' || n,"
        " 'resolved', 'minor', at, at, 'user:x', at, at, at from generate_series(0, 4999) n,"
        " lateral (select %s::timestamptz - make_interval(hours => n) as at) t returning id",
        *(world.org_id, page.page_id, world.now),
    )
    publisher.run()
    for path in KINDS:
        assert len(publisher.text(page, path)) < 100_000
    told = json.loads(publisher.text(page, "api/v2/incidents.json"))["incidents"]
    assert [each["name"] for each in told] == [f"Number {number}" for number in range(50)]
