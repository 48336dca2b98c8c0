"""What incidents do to status pages by themselves: suggested, published, extended, resolved, on a real PostgreSQL."""

from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest

from tests.support.monitors import insert_monitor
from tests.support.report_rows import insert_component
from tests.support.report_site import Site
from tests.support.threads import at_once
from tests.support.world import World
from tocsin.contracts.api_event_rules import WindowInput
from tocsin.contracts.api_status_reports import (
    ComponentWord,
    PublishInput,
    ReportInput,
    ReportPatch,
    TemplateInput,
    UpdateInput,
)
from tocsin.domain.incident import Action, Severity
from tocsin.domain.monitor import CheckStatus
from tocsin.domain.status_page import ComponentStatus, ReportKind, ReportStatus
from tocsin.errors import StaleVersion
from tocsin_data.services import (
    maintenance,
    muting,
    report_templates,
    report_updates,
    responding,
    status_reports,
)
from tocsin_data.services.actors import Actor
from tocsin_data.services.processing import process

ALICE = Actor("user", "00000000-0000-4000-8000-00000000000a")


@pytest.fixture
def site(world: World) -> Site:
    return Site(world)


def test_an_incident_is_told_in_public_words_and_ends_by_itself(site: Site, world: World) -> None:
    done = site.trigger()
    assert done.leaving.pages == {world.org_id}
    (incident_id,) = site.incident_ids()
    assert site.reports("state", "title", "status", "impact", "incident_id", "suggested_by", "is_automatic") == [
        (
            "published",
            "Outage of Shop",
            "investigating",
            "critical",
            str(incident_id),
            f"incident:{incident_id}",
            True,
        )
    ]
    assert site.says() == {"Shop": "major_outage"}
    world.database.advance(timedelta(minutes=10))
    assert site.resolve().leaving.pages == {world.org_id}
    assert site.updates() == [
        ("investigating", "We see an outage of Shop, and are investigating."),
        ("resolved", "The trouble with Shop is over."),
    ]
    assert site.says() == {"Shop": "operational"}
    kinds = world.database.rows("select kind from timeline_entry where kind ~ '^status_report'")
    assert kinds == [("status_report_published",)]
    actors = world.database.rows("select distinct actor_kind, actor_id from audit_entry")
    assert actors == [("system", "status_reports")]
    assert world.database.rows("select status from component_span where ends_at is null") == []


def test_a_page_that_suggests_drafts_and_withdraws(world: World) -> None:
    site = Site(world, "suggest")
    assert site.trigger(severity=Severity.WARNING).leaving.pages == set()
    assert site.reports("state", "title") == [("draft", "Degraded performance of Shop")]
    site.resolve()
    assert site.reports("state") == [("discarded",)]
    site.trigger(severity=Severity.ERROR)
    assert site.reports("state", "title") == [("draft", "Partial outage of Shop")]
    draft = site.report_id()
    published = status_reports.publish_report(site.app, world.org_id, ALICE, draft, PublishInput(), version=3)
    assert (published.is_automatic, published.suggested_by is not None) == (False, True)
    site.resolve()
    assert site.reports("state", "status") == [("published", "investigating")]


@pytest.mark.parametrize("automatic", ["off", "private"])
def test_other_pages_do_nothing(world: World, automatic: str) -> None:
    site = Site(world, "off" if automatic == "off" else "publish")
    if automatic == "private":
        with world.database.admin() as conn:
            conn.execute("update status_page set visibility = 'private'")
    assert site.trigger().leaving.pages == set()
    assert site.reports("id") == []


def test_what_informs_is_muted_or_comes_late_is_not_told(site: Site, world: World) -> None:
    site.trigger("info", Severity.INFO)
    old = world.request(world.event(dedup_key="late"), at=world.now - timedelta(hours=2))
    process(site.worker, [old], key_budget_per_minute=1_000)
    window = WindowInput(name="quiet", everything=True, starts_at=world.now, ends_at=world.now + timedelta(hours=1))
    made = maintenance.create_window(site.app, world.org_id, ALICE, window)
    site.trigger("muted")
    assert (len(site.incident_ids()), site.reports("id")) == (3, [])
    maintenance.cancel_window(site.app, world.org_id, ALICE, made.id)
    ended = muting.end_mutes(site.worker, [(world.org_id, i) for i in site.incident_ids()], world.now)
    assert (ended.count, ended.leaving.pages) == (1, {world.org_id})
    assert site.reports("incident_id") == [(str(site.incident_ids()[2]),)]


def test_what_flaps_is_one_story(site: Site, world: World) -> None:
    for _ in range(3):
        site.trigger()
        world.database.advance(timedelta(minutes=5))
        site.resolve()
        world.database.advance(timedelta(minutes=5))
    assert site.reports("status") == [("resolved",)]
    assert [status for status, _ in site.updates()] == ["investigating", "resolved"] * 3
    assert site.updates()[2][1] == "The trouble with Shop is back, and we are investigating."
    world.database.advance(timedelta(minutes=30))
    site.trigger()
    assert site.reports("status") == [("resolved",), ("investigating",)]


def test_a_second_incident_of_a_component_is_told_in_the_report_there_is(site: Site, world: World) -> None:
    search = insert_component(world, site.page_id, "Search", services=[world.service_id])
    site.trigger("one", Severity.WARNING)
    assert site.says() == {"Shop": "degraded_performance", "Search": "degraded_performance"}
    site.trigger("two", Severity.ERROR)
    assert site.says() == {"Shop": "partial_outage", "Search": "partial_outage"}
    assert len(site.updates()) == 1
    world.database.advance(timedelta(minutes=6))
    site.trigger("three", Severity.CRITICAL)
    assert site.updates()[1:] == [("investigating", "This affects Search and Shop by now.")]
    assert site.reports("impact") == [("critical",)]
    site.resolve("one")
    incidents = site.incident_ids()
    assert site.reports("status", "incident_id") == [("investigating", str(incidents[1]))]
    site.resolve("three")
    assert site.reports("status") == [("investigating",)]
    site.resolve("two")
    assert site.reports("status") == [("resolved",)]
    assert search is not None


def test_monitors_are_told_by_how_many_are_down_and_never_by_name(world: World) -> None:
    site = Site(world)
    with world.database.admin() as conn:
        conn.execute("delete from component_source")
    first, second = insert_monitor(world, "db1.internal"), insert_monitor(world, "db2.internal")
    insert_component(world, site.page_id, "Checkout", monitors=[first, second])
    for one in (first, second):
        site.move(one, CheckStatus.UP)
    assert site.move(first, CheckStatus.DOWN).pages == {world.org_id}
    assert (site.reports("title"), site.says()) == ([("Partial outage of Checkout",)], {"Checkout": "partial_outage"})
    site.move(second, CheckStatus.DOWN)
    assert site.says() == {"Checkout": "major_outage"}
    site.move(first, CheckStatus.UP)
    assert site.reports("status") == [("investigating",)]
    site.move(second, CheckStatus.UP)
    assert site.reports("status") == [("resolved",)]
    said = str([site.reports("title"), site.updates()])
    assert "internal" not in said
    assert "10.0.0.7" not in said


def test_a_person_takes_over_by_a_single_word(site: Site, world: World) -> None:
    site.trigger()
    data = UpdateInput(body="We found it.", status=ReportStatus.IDENTIFIED)
    told = report_updates.add_update(site.app, world.org_id, ALICE, site.report_id(), data, version=1)
    assert not told.is_automatic
    site.resolve()
    site.trigger("other")
    assert site.reports("status") == [("identified",)]


def test_nobody_is_told_twice_of_what_a_person_tells(site: Site, world: World) -> None:
    word = ComponentWord(component_id=site.shop, status=ComponentStatus.DEGRADED)
    data = ReportInput(title="Slow", body="We know.", components=[word])
    status_reports.create_report(site.app, world.org_id, ALICE, site.page_id, data)
    site.trigger()
    assert site.reports("title") == [("Slow",)]


def test_a_suggestion_that_was_discarded_is_not_made_again_at_once(world: World) -> None:
    site = Site(world, "suggest")
    site.trigger()
    status_reports.discard_report(site.app, world.org_id, ALICE, site.report_id())
    site.resolve()
    site.trigger("again")
    assert site.reports("state") == [("discarded",)]
    world.database.advance(timedelta(hours=1))
    site.trigger("later")
    assert site.reports("state") == [("discarded",), ("draft",)]


def test_what_was_deleted_is_not_told_again(site: Site, world: World) -> None:
    site.trigger()
    status_reports.delete_report(site.app, world.org_id, ALICE, site.report_id())
    site.resolve()
    site.trigger()
    assert len(site.reports("id")) == 1
    world.database.advance(timedelta(hours=1))
    site.trigger("later")
    assert len(site.reports("id")) == 2


def test_pages_are_written_anew_where_people_have_the_report_in_hand(site: Site, world: World) -> None:
    site.trigger()
    data = UpdateInput(body="We found it.")
    report_updates.add_update(site.app, world.org_id, ALICE, site.report_id(), data, version=1)
    assert site.resolve().leaving.pages == {world.org_id}


def test_a_suggestion_grows_until_somebody_edits_it(world: World) -> None:
    site = Site(world, "suggest")
    insert_component(world, site.page_id, "Search", services=[world.service_id])
    site.trigger("one", Severity.WARNING)
    site.trigger("two", Severity.CRITICAL)
    assert site.reports("title", "impact") == [("Outage of Search and Shop", "critical")]
    assert len(site.updates()) == 1
    edited = status_reports.edit_report(
        site.app, world.org_id, ALICE, site.report_id(), ReportPatch(title="Ours"), version=2
    )
    assert not edited.is_automatic
    site.resolve("one")
    site.resolve("two")
    assert site.reports("state", "title") == [("draft", "Ours")]


def test_a_page_has_words_of_its_own(site: Site, world: World) -> None:
    for used_when, status, body in (
        ("opened", ReportStatus.IDENTIFIED, "Sorry, {components} at {page}."),
        ("resolved", ReportStatus.RESOLVED, "{components}: mended."),
    ):
        data = TemplateInput(
            name=used_when,
            kind=ReportKind.INCIDENT,
            title="Oh no, {components}",
            body=body,
            status=status,
            used_when=used_when,
        )
        report_templates.create_template(site.app, world.org_id, ALICE, site.page_id, data)
    site.trigger()
    site.resolve()
    assert site.reports("title") == [("Oh no, Shop",)]
    assert site.updates() == [("identified", "Sorry, Shop at Acme."), ("resolved", "Shop: mended.")]


def test_incidents_of_other_organizations_are_not_felt(site: Site, world: World) -> None:
    other = World(world.database, "Other")
    theirs = Site(other)
    both = [world.request(world.event()), other.request(other.event(dedup_key="x"))]
    done = process(site.worker, both, key_budget_per_minute=1_000)
    assert done.leaving.pages == {world.org_id, other.org_id}
    assert site.reports("title") == theirs.reports("title") == [("Partial outage of Shop",)]
    assert site.reports("incident_id") != theirs.reports("incident_id")


def test_resolving_and_reopening_by_hand_are_followed_too(site: Site, world: World) -> None:
    site.trigger()
    (incident_id,) = site.incident_ids()
    moved = responding.act(site.app, world.org_id, incident_id, Action.RESOLVE, "user:x")
    assert (moved.leaving.pages, site.reports("status")) == ({world.org_id}, [("resolved",)])
    responding.act(site.app, world.org_id, incident_id, Action.REOPEN, "user:x")
    assert site.reports("status") == [("investigating",)]
    assert site.says() == {"Shop": "major_outage"}


def test_the_end_by_hand_and_the_end_by_itself_make_one_end(site: Site, world: World) -> None:
    for number in range(4):
        key = f"k{number}"
        site.trigger(key)
        report_id, version = site.report_id(), site.reports("version")[-1][0]
        data = UpdateInput(body="Over.", status=ReportStatus.RESOLVED)

        def by_hand(report_id: UUID = report_id, version: int = version, data: UpdateInput = data) -> str:
            try:
                report_updates.add_update(site.app, world.org_id, ALICE, report_id, data, version=version)
            except StaleVersion:
                return "late"
            return "first"

        def by_itself(key: str = key) -> str:
            site.resolve(key)
            return "done"

        assert set(at_once([site.app, site.worker], [by_hand, by_itself])) <= {"first", "late", "done"}
        ends = world.database.rows(
            "select count(*) from status_update where status_report_id = %s and status = 'resolved'", report_id
        )
        assert ends == [(1,)]
        world.database.advance(timedelta(hours=1))


def test_two_incidents_at_once_make_one_report(site: Site) -> None:
    found = at_once([site.worker], [partial(site.trigger, key) for key in "abc"])
    assert not [one for one in found if isinstance(one, Exception)]
    assert (len(site.incident_ids()), len(site.reports("id"))) == (3, 1)


def test_a_storm_of_incidents_is_one_report(site: Site, world: World) -> None:
    site.send(*(world.event(dedup_key=f"k{n}", index=n) for n in range(50)))
    assert (len(site.incident_ids()), len(site.reports("id"))) == (50, 1)
