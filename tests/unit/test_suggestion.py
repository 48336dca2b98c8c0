"""What incidents do to pages by themselves, as pure decisions; and the words for the public."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.domain.incident import Severity
from tocsin.domain.public_text import plain, problem, shortened
from tocsin.domain.report_words import OPENED, Words, filled, listed, opened, unknown_places
from tocsin.domain.status_page import Automatic, ComponentStatus
from tocsin.domain.status_report import MAX_BODY, MAX_TITLE, State
from tocsin.domain.suggestion import (
    REUSED_FOR,
    Draft,
    Extend,
    GoOn,
    Nothing,
    Publish,
    Resolve,
    Resume,
    Told,
    Trouble,
    Withdraw,
    at_end,
    at_opening,
    felt_by_monitors,
)

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SHOP, SEARCH = UUID(int=1), UUID(int=2)
ONE, TWO = UUID(int=11), UUID(int=12)
IDS = st.sampled_from([SHOP, SEARCH])
SETS = st.frozensets(IDS)
TROUBLES = st.builds(
    Trouble,
    incident_id=st.just(ONE),
    severity=st.sampled_from(list(Severity)),
    is_muted=st.booleans(),
    is_late=st.booleans(),
    component_ids=SETS,
)
REPORTS = st.builds(
    Told,
    report_id=st.uuids(),
    state=st.sampled_from(list(State)),
    is_over=st.booleans(),
    is_automatic=st.booleans(),
    incident_id=st.sampled_from([None, ONE, TWO]),
    component_ids=SETS,
    ended_at=st.none() | st.integers(0, 90).map(lambda minutes: NOW - timedelta(minutes=minutes)),
)


def trouble(**changes: object) -> Trouble:
    base = {"incident_id": ONE, "severity": Severity.ERROR, "is_muted": False, "is_late": False}
    return Trouble(**{**base, "component_ids": frozenset({SHOP}), **changes})  # pyright: ignore[reportArgumentType] - by name


def told(**changes: object) -> Told:
    base = {
        "report_id": UUID(int=99),
        "state": State.PUBLISHED,
        "is_over": False,
        "is_automatic": True,
        "incident_id": TWO,
        "component_ids": frozenset({SHOP}),
        "ended_at": None,
    }
    return Told(**{**base, **changes})  # pyright: ignore[reportArgumentType] - by name


@given(st.sampled_from(list(Automatic)), TROUBLES, st.lists(REPORTS, max_size=4))
def test_what_may_not_be_told_never_is(automatic: Automatic, case: Trouble, reports: list[Told]) -> None:
    decision = at_opening(automatic, case, reports, NOW)
    silent = case.is_muted or case.is_late or case.severity is Severity.INFO or not case.component_ids
    if automatic is Automatic.OFF or silent:
        assert isinstance(decision, Nothing)
    if automatic is Automatic.SUGGEST:
        assert not isinstance(decision, Publish)
    if isinstance(decision, Nothing):
        assert decision.reason
    if isinstance(decision, Extend | Resume):
        chosen = next(one for one in reports if one.report_id == decision.report_id)
        assert chosen.is_automatic
        assert chosen.is_open == isinstance(decision, Extend)
        assert chosen.incident_id == ONE or chosen.component_ids & case.component_ids
    if isinstance(decision, Draft | Publish):
        assert not any(one.incident_id == ONE for one in reports)
        assert not any(one.is_open and one.component_ids & case.component_ids for one in reports)


@given(REPORTS, st.sets(st.sampled_from([ONE, TWO])))
def test_what_people_have_in_hand_never_ends_by_itself(report: Told, felt: set[UUID]) -> None:
    decision = at_end(report, felt)
    if not report.is_automatic or not report.is_open:
        assert isinstance(decision, Nothing)
    elif felt:
        assert decision == GoOn(report.incident_id if report.incident_id in felt else min(felt))
    else:
        assert decision == (Withdraw() if report.state is State.DRAFT else Resolve())


def test_one_report_an_incident_and_page() -> None:
    assert at_opening(Automatic.PUBLISH, trouble(), [], NOW) == Publish()
    assert at_opening(Automatic.SUGGEST, trouble(), [], NOW) == Draft()
    assert at_opening(Automatic.PUBLISH, trouble(), [told()], NOW) == Extend(UUID(int=99))
    other = told(component_ids=frozenset({SEARCH}))
    assert at_opening(Automatic.PUBLISH, trouble(), [other], NOW) == Publish()
    assert at_opening(Automatic.PUBLISH, trouble(), [told(is_automatic=False)], NOW) == Nothing(
        "people tell of it already"
    )
    own = told(incident_id=ONE, is_automatic=False, is_over=True)
    assert at_opening(Automatic.PUBLISH, trouble(), [own], NOW) == Nothing("people have its report in hand")


@pytest.mark.parametrize(
    ("ended", "state", "decision"),
    [
        (REUSED_FOR - timedelta(seconds=1), State.PUBLISHED, Resume(UUID(int=99))),
        (REUSED_FOR, State.PUBLISHED, Publish()),
        (timedelta(0), State.DISCARDED, Publish()),
    ],
    ids=["soon", "late", "withdrawn"],
)
def test_what_flaps_is_taken_up_again_for_a_while(ended: timedelta, state: State, decision: object) -> None:
    over = told(is_over=state is State.PUBLISHED, state=state, ended_at=NOW - ended)
    assert at_opening(Automatic.PUBLISH, trouble(), [over], NOW) == decision


def test_a_component_is_as_bad_as_its_monitors() -> None:
    assert felt_by_monitors(0, 3) is ComponentStatus.OPERATIONAL
    assert felt_by_monitors(1, 3) is ComponentStatus.PARTIAL_OUTAGE
    assert felt_by_monitors(3, 3) is ComponentStatus.MAJOR_OUTAGE


@given(st.lists(st.text(max_size=200), max_size=9), st.text(max_size=200), st.sampled_from(list(ComponentStatus)))
def test_words_are_as_long_as_they_may_be(names: list[str], page: str, status: ComponentStatus) -> None:
    words = opened(OPENED[status], names, page)
    assert len(words.title) <= MAX_TITLE
    assert len(words.body) <= MAX_BODY


def test_places_are_filled_in_once_and_nothing_else_is() -> None:
    assert filled("{components} at {page}, {monitor}", ["{page}"], "Acme") == "{page} at Acme, {monitor}"
    assert filled("{components}", [], "Acme") == "Acme"
    assert unknown_places("{components} {host} { } {Page}") == ["host"]
    assert opened(Words("{components}", "x"), ["y" * 300], "Acme").title.endswith("…")


def test_names_are_listed_as_a_sentence_has_them() -> None:
    assert [listed(list("abcdef"[:n])) for n in (0, 1, 2, 3, 5, 6)] == [
        "",
        "a",
        "a and b",
        "a, b and c",
        "a, b, c, d and e",
        "a, b, c, d and 2 more",
    ]


@given(st.text(max_size=60))
def test_a_text_for_the_public_is_plain(text: str) -> None:
    found = plain(text)
    assert "\r" not in found
    reason = problem(found, is_line=False)
    if reason is None:
        assert "\u202e" not in found
        assert "\x00" not in found
    assert len(shortened(text, 10)) <= 10


def test_right_to_left_letters_and_their_marks_are_fine() -> None:
    assert problem("\u05e9\u05dc\u05dd \u0639\u0637\u0644 \u200f\u200d", is_line=True) is None
    assert problem("a\u2066b", is_line=True) == "holds U+2066 at 1, which turns text round; leave it out"
    assert problem("a\tb", is_line=False) is None
    assert problem("a\tb", is_line=True) == "must be one line: U+0009 at 1"
    assert problem("a\x1bb", is_line=False) == "must hold no control characters: U+001B at 1"
