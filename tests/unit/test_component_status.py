"""What the public is told of a component: one answer whatever there is, and never better than the worst that counts."""

import itertools
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.domain.component_status import (
    OF_SEVERITY,
    Because,
    Evidence,
    MonitorWord,
    Override,
    ReportWord,
    ServiceWord,
    badness,
    holds,
    is_open,
    is_shown,
    spans_ahead,
    status_by_reports,
    told,
    worst_status,
)
from tocsin.domain.incident import Severity
from tocsin.domain.monitor import CheckStatus
from tocsin.domain.status_page import (
    OVER,
    Automatic,
    ComponentStatus,
    ReportKind,
    ReportStatus,
    statuses_of,
)

NOW = datetime(2026, 10, 25, 12, tzinfo=UTC)
MADE = NOW - timedelta(days=30)
EARLIER = NOW - timedelta(minutes=20)
instants = st.integers(-20_000, 20_000).map(lambda minutes: NOW + timedelta(minutes=minutes))
ids = st.integers(1, 9).map(lambda number: UUID(int=number))
overrides = st.builds(Override, st.sampled_from(ComponentStatus), st.none() | instants)
reports = st.sampled_from(ReportKind).flatmap(
    lambda kind: st.builds(
        ReportWord, ids, st.just(kind), st.sampled_from(statuses_of(kind)), st.sampled_from(ComponentStatus)
    )
)
monitors = st.builds(
    MonitorWord,
    ids,
    st.sampled_from(CheckStatus),
    instants,
    st.none() | st.sampled_from([CheckStatus.UP, CheckStatus.DEGRADED, CheckStatus.DOWN]),
    st.none() | instants,
    st.booleans(),
    st.none() | instants,
)
services = st.builds(
    ServiceWord,
    ids,
    st.lists(st.tuples(st.sampled_from(Severity), instants), max_size=2).map(tuple),
    st.none() | instants,
)
evidence = st.builds(
    Evidence,
    instants,
    st.none() | overrides,
    st.lists(reports, max_size=3).map(tuple),
    st.lists(monitors, max_size=3).map(tuple),
    st.lists(services, max_size=2).map(tuple),
)


def monitor(status: CheckStatus, **changes: object) -> MonitorWord:
    return MonitorWord(uuid4(), status, EARLIER, **changes)  # pyright: ignore[reportArgumentType] - fields by name


def report(status: ComponentStatus, stage: ReportStatus = ReportStatus.INVESTIGATING) -> ReportWord:
    kind = ReportKind.INCIDENT if stage in statuses_of(ReportKind.INCIDENT) else ReportKind.MAINTENANCE
    return ReportWord(uuid4(), kind, stage, status)


@given(evidence, st.sampled_from(Automatic))
def test_there_is_always_an_answer_and_it_has_its_reason(found: Evidence, automatic: Automatic) -> None:
    said = told(automatic, found, NOW)
    names: set[UUID | None] = {None, *(r.report_id for r in found.reports)}
    if automatic is Automatic.PUBLISH:
        names |= {m.monitor_id for m in found.monitors} | {s.service_id for s in found.services}
    assert said.by in names
    assert (said.because is Because.NOTHING) <= (said.status is ComponentStatus.OPERATIONAL)
    reported = status_by_reports(found.reports)
    match said.because:
        case Because.OVERRIDE:
            assert found.override is not None
            assert said.status is found.override.status
        case Because.REPORT:
            assert said.status is reported
        case Because.NOTHING:
            assert reported is None
        case Because.MONITOR | Because.SERVICE | Because.MAINTENANCE_WINDOW:
            assert automatic is Automatic.PUBLISH


@given(evidence, st.sampled_from(Automatic))
def test_somebodys_word_stands_until_it_ends(found: Evidence, automatic: Automatic) -> None:
    assert (told(automatic, found, NOW).because is Because.OVERRIDE) == holds(found.override, NOW)


@given(evidence, st.sampled_from(Automatic))
def test_it_is_never_better_than_a_report_says(found: Evidence, automatic: Automatic) -> None:
    reported = status_by_reports(found.reports)
    if not holds(found.override, NOW) and reported is not None:
        assert badness(told(automatic, found, NOW).status) >= badness(reported)


@given(evidence, st.sampled_from([Automatic.OFF, Automatic.SUGGEST]))
def test_what_it_is_made_of_moves_only_pages_that_publish_by_themselves(found: Evidence, automatic: Automatic) -> None:
    said = told(automatic, found, NOW)
    without = Evidence(found.told_since, found.override, found.reports)
    assert said == told(Automatic.PUBLISH, without, NOW)
    assert not said.is_stale


def test_a_monitor_says_partial_outage_until_all_are_down() -> None:
    up, down, degraded = (monitor(s) for s in (CheckStatus.UP, CheckStatus.DOWN, CheckStatus.DEGRADED))
    for words, status in (
        ([up], ComponentStatus.OPERATIONAL),
        ([up, degraded], ComponentStatus.DEGRADED),
        ([up, down, degraded], ComponentStatus.PARTIAL_OUTAGE),
        ([down], ComponentStatus.MAJOR_OUTAGE),
        ([down, monitor(CheckStatus.DOWN)], ComponentStatus.MAJOR_OUTAGE),
        ([down, monitor(CheckStatus.UP, is_paused=True)], ComponentStatus.MAJOR_OUTAGE),
        ([down, monitor(CheckStatus.DOWN, maintained_since=NOW)], ComponentStatus.PARTIAL_OUTAGE),
        ([monitor(CheckStatus.DOWN, maintained_since=NOW)], ComponentStatus.MAINTENANCE),
        ([monitor(CheckStatus.DOWN, is_paused=True)], ComponentStatus.OPERATIONAL),
    ):
        said = told(Automatic.PUBLISH, Evidence(MADE, monitors=tuple(words)), NOW)
        assert said.status is status, words
    said = told(Automatic.PUBLISH, Evidence(MADE, monitors=(down,)), NOW)
    assert (said.because, said.by, said.since, said.is_stale) == (Because.MONITOR, down.monitor_id, EARLIER, False)


def test_what_is_not_heard_of_is_what_was_known_last_and_says_so() -> None:
    silent = monitor(CheckStatus.UNKNOWN, known=CheckStatus.DOWN, known_since=MADE)
    said = told(Automatic.PUBLISH, Evidence(MADE, monitors=(silent,)), NOW)
    assert (said.status, said.since, said.is_stale) == (ComponentStatus.MAJOR_OUTAGE, MADE, True)
    for word in (monitor(CheckStatus.UNKNOWN), monitor(CheckStatus.UNKNOWN, is_paused=True)):
        said = told(Automatic.PUBLISH, Evidence(MADE, monitors=(word,)), NOW)
        assert (said.status, said.because, said.is_stale) == (ComponentStatus.OPERATIONAL, Because.NOTHING, True)


def test_a_service_is_as_bad_as_its_worst_open_incident() -> None:
    for severity in Severity:
        word = ServiceWord(uuid4(), ((Severity.INFO, MADE), (severity, EARLIER)))
        said = told(Automatic.PUBLISH, Evidence(MADE, services=(word,)), NOW)
        assert said.status is OF_SEVERITY[severity]
        assert (said.because is Because.SERVICE) == (severity is not Severity.INFO)
    muted = ServiceWord(uuid4(), ((Severity.CRITICAL, MADE),), maintained_since=EARLIER)
    said = told(Automatic.PUBLISH, Evidence(MADE, services=(muted,)), NOW)
    assert (said.status, said.because) == (ComponentStatus.MAINTENANCE, Because.MAINTENANCE_WINDOW)


def test_announced_work_explains_what_fails_and_no_worse_word_of_a_report() -> None:
    work = report(ComponentStatus.OPERATIONAL, ReportStatus.IN_PROGRESS)
    down = monitor(CheckStatus.DOWN)
    at_work = told(Automatic.PUBLISH, Evidence(MADE, reports=(work,), monitors=(down,)), NOW)
    assert (at_work.status, at_work.because, at_work.by) == (
        ComponentStatus.MAINTENANCE,
        Because.REPORT,
        work.report_id,
    )
    worse = Evidence(MADE, reports=(work, report(ComponentStatus.MAJOR_OUTAGE)), monitors=(down,))
    assert told(Automatic.PUBLISH, worse, NOW).status is ComponentStatus.MAJOR_OUTAGE
    ahead = report(ComponentStatus.MAINTENANCE, ReportStatus.SCHEDULED)
    assert told(Automatic.OFF, Evidence(MADE, reports=(ahead,)), NOW).status is ComponentStatus.OPERATIONAL


def test_a_report_holds_while_it_is_open() -> None:
    for kind in ReportKind:
        for stage in statuses_of(kind):
            assert is_open(kind, stage) == (stage not in OVER and stage is not ReportStatus.SCHEDULED)


@given(st.none() | overrides, st.lists(reports, max_size=3), instants)
def test_spans_say_at_every_instant_what_people_and_reports_say(
    override: Override | None, words: list[ReportWord], at: datetime
) -> None:
    found = spans_ahead(override, words, at)
    for before, after in itertools.pairwise(found):
        assert before.ends_at == after.starts_at
        assert before.status is not after.status
    assert all(span.ends_at is None or span.ends_at > span.starts_at for span in found)
    for later in (at, at + timedelta(seconds=1), at + timedelta(days=40)):
        covering = [s.status for s in found if s.starts_at <= later and (s.ends_at is None or s.ends_at > later)]
        said = told(Automatic.OFF, Evidence(at, override, tuple(words)), later)
        is_said = said.because is not Because.NOTHING
        assert covering == ([said.status] if is_said else [])


@given(st.lists(st.sampled_from(ComponentStatus)))
def test_a_group_is_as_its_worst_component(statuses: list[ComponentStatus]) -> None:
    assert all(badness(worst_status(statuses)) >= badness(status) for status in statuses)
    assert (worst_status(statuses) in statuses) == bool(statuses)


@pytest.mark.parametrize("only_if_degraded", [False, True])
@pytest.mark.parametrize("is_stale", [False, True])
def test_a_component_that_hides_while_all_is_well_is_shown_otherwise(only_if_degraded: bool, is_stale: bool) -> None:
    shown = {
        status for status in ComponentStatus if is_shown(status, only_if_degraded=only_if_degraded, is_stale=is_stale)
    }
    hidden = set(ComponentStatus) - shown
    assert hidden == ({ComponentStatus.OPERATIONAL} if only_if_degraded and not is_stale else set())
