"""The tables of docs/on-call.md are what the rules say."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from tests.unit.schedules import making
from tests.unit.schedules.walk import instant
from tocsin.domain.restriction import Restriction
from tocsin.domain.schedule import Schedule, Shift, shifts
from tocsin.domain.schedule_edit import LayerDraft, ScheduleDraft, drafted, reanchored

MANUAL = Path(__file__).resolve().parents[3] / "docs/on-call.md"
BERLIN = ZoneInfo("Europe/Berlin")
NAMES = {UUID(int=number): name for number, name in enumerate(("Alice", "Bob", "Carol", "Dave", "Mia", "Noah"), 1)}
ALICE, BOB, CAROL, DAVE, MIA, NOAH = NAMES
WEEKLY = LayerDraft("Weekly", "weeks", 1, time(9), date(2026, 11, 2), (ALICE, BOB, CAROL))
DAY_BEFORE = {"March": datetime(2026, 3, 28, 11, tzinfo=UTC), "October": datetime(2026, 10, 24, 10, tzinfo=UTC)}


def made(*layers: LayerDraft) -> Schedule:
    empty = Schedule(making.ROOT, ())
    return replace(empty, versions=(reanchored(empty, ScheduleDraft("Europe/Berlin", layers), instant("2026-01-01")),))


def rows(heading: str) -> list[list[str]]:
    """The first table after some words of the manual, without its head."""
    table = MANUAL.read_text().split(heading, 1)[1].split("\n|", 3)[3].split("\n\n", 1)[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.split("\n")]


def told(shift: Shift) -> list[str]:
    times = [at.astimezone(BERLIN).strftime("%a %d %b %H:%M %Z") for at in (shift.starts_at, shift.ends_at)]
    hours = (shift.ends_at - shift.starts_at) // timedelta(hours=1)
    return [*times, NAMES[shift.user_id or making.ROOT], shift.reason.name or "", str(hours)]


def test_following_the_sun() -> None:
    sydney = LayerDraft("Sydney", "weeks", 1, time(9), date(2026, 10, 19), (MIA, NOAH))
    hours = (Restriction(time(9), time(21)),)
    berlin = LayerDraft("Berlin", "days", 1, time(9), date(2026, 10, 19), (ALICE, BOB), hours)
    found = shifts(made(sydney, berlin), instant("2026-10-24 07:00"), instant("2026-10-27 08:00"))
    assert [told(shift) for shift in found] == rows("### Example: following the sun")


@pytest.mark.parametrize(
    ("row", "people"),
    [
        (0, (ALICE, BOB, CAROL)),
        (1, (DAVE, ALICE, BOB, CAROL)),
        (2, (ALICE, DAVE, BOB, CAROL)),
        (3, (CAROL, BOB, ALICE)),
        (4, (ALICE, CAROL)),
        (5, (BOB, CAROL)),
        (6, (DAVE, BOB, CAROL)),
    ],
)
def test_edits_of_people(row: int, people: tuple[UUID, ...]) -> None:
    schedule, noon = made(WEEKLY), instant("2026-11-04 11:00")
    draft = drafted(schedule.versions[0])
    version = reanchored(schedule, replace(draft, layers=(replace(draft.layers[0], participants=people),)), noon)
    edited = replace(schedule, versions=(*schedule.versions, version))
    found = shifts(edited, instant("2026-11-02 08:00"), instant("2026-11-30 08:00"))
    names = [NAMES[shift.user_id or making.ROOT] for shift in found]
    if len(names) == 5:
        assert found[0].ends_at == noon
        names[:2] = [f"{names[0]} until Wednesday noon, then {names[1]}"]
    assert names == rows("somebody edits:")[row][1:]


def nights(month: str, **fields: object) -> list[list[str]]:
    daily = LayerDraft("Daily", "days", 1, time(22), date(2026, 3, 1), (ALICE, BOB))
    since = DAY_BEFORE[month]
    return [told(shift) for shift in shifts(made(replace(daily, **fields)), since, since + timedelta(hours=30))]


def test_clock_changes() -> None:
    hours = (Restriction(time(22), time(2, 30)),)
    assert nights("March", restrictions=hours) == [
        ["Sat 28 Mar 22:00 CET", "Sun 29 Mar 03:00 CEST", "Bob", "Daily", "4"]
    ]
    assert nights("October", restrictions=hours) == [
        ["Sat 24 Oct 22:00 CEST", "Sun 25 Oct 02:30 CET", "Bob", "Daily", "5"]
    ]
    assert nights("March", handoff=time(2, 30))[1][0] == "Sun 29 Mar 03:00 CEST"
    assert nights("October", handoff=time(2, 30))[1][0] == "Sun 25 Oct 02:30 CEST"
    by_hour = {"unit": "hours", "handoff": time(0), "participants": (ALICE, BOB, CAROL)}
    spring = [shift for shift in nights("March", **by_hour) if shift[0].startswith("Sun 29 Mar 0")]
    assert [shift[2] for shift in spring[:3]] == ["Alice", "Bob", "Alice"]
    autumn = [shift for shift in nights("October", **by_hour) if shift[0].startswith("Sun 25 Oct 02")]
    assert autumn == [["Sun 25 Oct 02:00 CEST", "Sun 25 Oct 03:00 CET", "Carol", "Daily", "2"]]
