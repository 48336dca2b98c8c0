"""What a page shows of a snapshot: which sections in which order, what is folded, which reports stand on which day."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from functions.publish.pages import view
from functions.publish.pages.words import Words
from tests.web import samples
from tests.web.samples import NOW
from tocsin.contracts.page_snapshot import PageSnapshot, SnapshotReport
from tocsin.domain.status_page import ComponentStatus, Impact, ReportStatus

WORDS = Words("en", ZoneInfo("Asia/Kolkata"))
OVER = [(ReportStatus.INVESTIGATING, "We look into it."), (ReportStatus.RESOLVED, "It is over.")]


def names(page: PageSnapshot) -> list[tuple[str | None, list[str]]]:
    """Each section's group and components."""
    return [
        (found.group.name if found.group else None, [part.name for part in found.components])
        for found in view.sections(page)
    ]


def test_groups_and_components_stand_by_their_positions() -> None:
    inner = samples.group(0, "Inner", position=2)
    parts = [
        samples.component(number, name, position=position, group_id=group)
        for number, (name, position, group) in enumerate(
            [("d", 9, None), ("b", 1, None), ("a", 1, None), ("y", 2, inner.id), ("x", 1, inner.id)]
        )
    ]
    found = samples.page(components=parts, groups=[inner, samples.group(1, "Empty", position=0)])
    assert names(found) == [(None, ["a", "b"]), ("Inner", ["x", "y"]), (None, ["d"])]


def test_a_component_of_a_group_that_is_gone_stands_alone() -> None:
    found = samples.page(components=[samples.component(1, "a", group_id=samples.an_id(400))], groups=[])
    assert names(found) == [(None, ["a"])]


def test_what_is_shown_only_in_trouble_is_hidden_until_then() -> None:
    quiet = samples.component(1, "quiet", only_if_degraded=True)
    stale = samples.component(2, "stale", only_if_degraded=True, is_stale=True)
    bad = samples.component(3, "bad", ComponentStatus.DEGRADED, only_if_degraded=True)
    assert names(samples.page(components=[quiet, stale, bad], groups=[])) == [(None, ["stale", "bad"])]


def test_trouble_is_never_folded_away() -> None:
    folded = samples.group(0, "Folded", is_collapsed=True)
    calm = samples.component(1, "a", group_id=folded.id)
    for part, is_open in [
        (calm, False),
        (calm.model_copy(update={"is_stale": True}), True),
        (calm.model_copy(update={"status": ComponentStatus.MAINTENANCE}), True),
    ]:
        [section] = view.sections(samples.page(components=[part], groups=[folded]))
        assert section.is_open == is_open


def test_a_section_is_as_bad_as_its_worst_component() -> None:
    parts = [samples.component(number, status, status) for number, status in enumerate(ComponentStatus)]
    [section] = view.sections(samples.page(components=parts, groups=[]))
    assert section.status is ComponentStatus.MAJOR_OUTAGE


def past(*reports: SnapshotReport) -> list[tuple[date, date, list[str], int]]:
    """The last days with the titles of what was told on them."""
    found = view.overview(samples.page(reports=list(reports)), WORDS).past
    return [(each.first, each.last, [report.title for report in each.reports], each.more) for each in found]


def test_days_are_those_of_the_pages_zone_and_quiet_ones_share_a_line() -> None:
    at_night = samples.report(1, "at night", OVER, started_at=NOW - timedelta(days=2, hours=2))
    assert past(at_night) == [
        (date(2026, 11, 20), date(2026, 11, 22), [], 0),
        (date(2026, 11, 19), date(2026, 11, 19), ["at night"], 0),
        (date(2026, 11, 8), date(2026, 11, 18), [], 0),
    ]


def test_what_began_long_ago_stands_on_the_day_on_which_it_ended() -> None:
    long = samples.report(1, "long", OVER, started_at=NOW - timedelta(days=40), resolved_at=NOW - timedelta(days=1))
    old = samples.report(2, "old", OVER, started_at=NOW - timedelta(days=40))
    going_on = samples.report(3, "going on", OVER[:1], started_at=NOW - timedelta(days=1))
    assert [titles for *_, titles, _ in past(long, old, going_on) if titles] == [["long"]]


def test_a_day_of_many_reports_shows_some_and_counts_the_rest() -> None:
    many = [samples.report(n, f"report {n}", OVER, started_at=NOW - timedelta(minutes=40 + n)) for n in range(80)]
    more = [samples.report(n, f"report {n}", OVER, started_at=NOW - timedelta(days=n)) for n in range(1, 14)]
    found = [(len(titles), left) for *_, titles, left in past(*many, *more)]
    assert found[0] == (10, 58)
    assert sum(count + left for count, left in found) == 93
    assert sum(count for count, _ in found) <= view.MOST_PAST


def test_no_more_reports_are_shown_than_a_page_can_bear() -> None:
    many = [
        samples.report(n, f"report {n}", OVER, started_at=NOW - timedelta(days=n % 10, minutes=n)) for n in range(200)
    ]
    found = [(len(titles), left) for *_, titles, left in past(*many)]
    assert sum(count for count, _ in found) == view.MOST_PAST
    assert sum(left for _, left in found) == 200 - view.MOST_PAST


def test_maintenance_that_is_planned_is_no_news_yet() -> None:
    found = view.overview(samples.in_maintenance(), WORDS)
    assert [report.title for report in found.current] == ["Moving to new storage"]
    assert [report.title for report in found.upcoming] == ["New certificates"]


def test_a_report_looks_like_what_it_tells_of_until_it_is_over() -> None:
    going_on = samples.report(1, "a", OVER[:1], impact=Impact.CRITICAL)
    assert (view.look(going_on), view.stripe(going_on)) == ("major_outage", "major_outage")
    ended = samples.report(1, "a", OVER, impact=Impact.CRITICAL)
    assert (view.look(ended), view.stripe(ended)) == ("operational", "major_outage")
    harmless = samples.report(1, "a", OVER[:1], impact=Impact.NONE)
    assert view.look(harmless) == "degraded_performance"
