"""Days as strokes and as words: what is drawn is what was, for every state, gap and change of the clocks."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.publish.pages import bars
from functions.publish.pages.words import Words, catalogue
from tocsin.contracts.page_snapshot import DayBar
from tocsin.domain.monitor import Origin
from tocsin.domain.status_page import ComponentStatus, Impact, ReportKind, ReportStatus

WORDS = Words("en", ZoneInfo("Asia/Kolkata"))
DASH = "\u2009\N{EN DASH}\u2009"
TODAY = date(2026, 11, 21)
STATES = [*ComponentStatus, None]


def days_of(states: list[ComponentStatus | None]) -> list[DayBar]:
    """The last days, today last."""
    first = TODAY - timedelta(days=len(states) - 1)
    return [DayBar(day=first + timedelta(days=place), worst=state) for place, state in enumerate(states)]


@given(st.lists(st.sampled_from(STATES), max_size=100))
def test_every_day_is_drawn_once_and_as_what_it_was(states: list[ComponentStatus | None]) -> None:
    drawn: dict[int, str] = {}
    for stroke in bars.draw(days_of(states), WORDS).strokes:
        for start, length in re.findall(r"M(\d+) \.5h(\d+)", stroke.path):
            for place in range(int(start), int(start) + int(length)):
                assert place not in drawn
                drawn[place] = stroke.state
    last = [state or "unknown" for state in states][-bars.DAYS :]
    assert [drawn[place] for place in range(bars.DAYS)] == ["unknown"] * (bars.DAYS - len(last)) + last


@given(st.lists(st.sampled_from(STATES), min_size=1, max_size=90))
def test_runs_hold_every_day_once(states: list[ComponentStatus | None]) -> None:
    told = [
        (run.first + timedelta(days=place), run.state)
        for run in reversed(bars.draw(days_of(states), WORDS).runs)
        for place in range((run.last - run.first).days + 1)
    ]
    assert told == [(day.day, bars.state_of(day)) for day in days_of(states)]


def test_a_day_that_is_missing_in_between_is_unknown() -> None:
    found = days_of([ComponentStatus.OPERATIONAL] * 3)
    drawn = bars.draw([found[0], found[2]], WORDS)
    assert [stroke.path for stroke in drawn.strokes] == ["M87 .5h1M89 .5h1", "M0 .5h87M88 .5h1"]
    assert len(drawn.runs) == 2


def test_maintenance_is_told_but_an_outage_beside_it_comes_first() -> None:
    calm = DayBar(day=TODAY, worst=ComponentStatus.OPERATIONAL, uptime=1, maintenance_seconds=5_400)
    both = calm.model_copy(update={"worst": ComponentStatus.MAJOR_OUTAGE, "down_seconds": 61, "uptime": 0.9993})
    assert bars.state_of(calm) == "under_maintenance"
    assert bars.state_of(both) == "major_outage"
    assert [run.details for run in bars.draw([both], WORDS).notable] == ["1 min 1 s down, 1 h 30 min of maintenance"]


def test_only_what_is_worth_it_is_told() -> None:
    days = days_of([ComponentStatus.OPERATIONAL] * 3)
    assert bars.draw(days, WORDS).notable == []
    silent = [*days[:2], days[2].model_copy(update={"unknown_seconds": 7_200})]
    assert [run.details for run in bars.draw(silent, WORDS).notable] == ["no data for 2 h"]


def test_a_bar_says_what_it_shows() -> None:
    days = days_of([ComponentStatus.OPERATIONAL] * 88 + [ComponentStatus.MAJOR_OUTAGE, None])
    said = "The last 90 days: 88 days operational, 1 day with a major outage, 1 day without data."
    assert bars.draw(days, WORDS).summary == said


@pytest.mark.parametrize(
    ("share", "text"),
    [(1, "100%"), (0.99999, "99.99%"), (0.9998, "99.98%"), (0.5, "50.00%"), (0, "0.00%"), (0.57, "57.00%")],
    ids=["all", "nearly all", "exact", "half", "none", "inexact"],
)
def test_uptime_is_never_rounded_up(share: float, text: str) -> None:
    assert WORDS.percent(share) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (3_661, "1 h 1 min"),
        (86_400, "1 d"),
        (90_061, "1 d 1 h"),
    ],
    ids=["nothing", "seconds", "a minute", "an hour", "a day", "a day and an hour"],
)
def test_lengths_of_time_have_two_units(seconds: int, text: str) -> None:
    assert WORDS.duration(seconds) == text


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Asia/Kolkata", "22 Nov 2026, 01:47 IST"),
        ("Asia/Kathmandu", "22 Nov 2026, 02:02 UTC+05:45"),
        ("America/Sao_Paulo", "21 Nov 2026, 17:17 UTC-03"),
        ("UTC", "21 Nov 2026, 20:17 UTC"),
    ],
    ids=["letters", "no letters", "hours alone", "utc"],
)
def test_instants_are_told_with_their_zone(zone: str, text: str) -> None:
    assert Words("en", ZoneInfo(zone)).instant(datetime(2026, 11, 21, 20, 17, 42, tzinfo=UTC)) == text


@pytest.mark.parametrize(
    ("begins", "hours", "text"),
    [
        ("2026-11-21T19:37Z", 2, "21 Nov 2026, 20:37 to 22:37 CET"),
        ("2026-11-21T19:37Z", 5, "21 Nov 2026, 20:37 CET to 22 Nov 2026, 01:37 CET"),
        ("2026-10-25T00:30Z", 2, "25 Oct 2026, 02:30 CEST to 25 Oct 2026, 03:30 CET"),
    ],
    ids=["within a day", "over midnight", "while clocks change"],
)
def test_a_time_from_one_instant_to_another_names_its_day_once(begins: str, hours: int, text: str) -> None:
    first = datetime.fromisoformat(begins)
    assert Words("en", ZoneInfo("Europe/Berlin")).span(first, first + timedelta(hours=hours)) == text.replace(
        " to ", DASH
    )


def test_a_language_has_a_word_for_everything_that_a_page_can_say() -> None:
    wanted = {
        "status": [*ComponentStatus, "unknown"],
        "headline": Impact,
        "impact": Impact,
        "kind": ReportKind,
        "report": ReportStatus,
        "origin": Origin,
        "component.bars": bars.STATES,
    }
    known = catalogue("en")
    assert [
        f"{key}.{value}" for key, values in wanted.items() for value in values if f"{key}.{value}" not in known
    ] == []
