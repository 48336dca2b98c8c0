"""Edits of schedules: the past stays, whoever has a turn keeps it, and the order goes on from there."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice, pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.schedules import making
from tests.unit.schedules.making import ALICE, BOB, CAROL, DAVE
from tests.unit.schedules.walk import instant
from tocsin.domain import rotation
from tocsin.domain.restriction import Restriction
from tocsin.domain.rotation import Layer, Turn
from tocsin.domain.schedule import Schedule, on_call, shifts
from tocsin.domain.schedule_edit import LayerDraft, ScheduleDraft, drafted, reanchored, without

ZONE = "Europe/Berlin"
MONDAY = instant("2026-11-02 08:00")  # 09:00 in Berlin
WEDNESDAY = instant("2026-11-04 11:00")
WEEK = timedelta(weeks=1)
WEEKLY = LayerDraft("Weekly", "weeks", 1, time(9), date(2026, 11, 2), (ALICE, BOB, CAROL))


def made(*layers: LayerDraft, zone: str = ZONE, at: datetime = MONDAY - WEEK) -> Schedule:
    empty = Schedule(making.ROOT, ())
    return replace(empty, versions=(reanchored(empty, ScheduleDraft(zone, layers), at),))


def edited(schedule: Schedule, at: datetime, *, zone: str | None = None, **fields: object) -> Schedule:
    """The schedule with fields of its first layer changed at an instant."""
    draft = drafted(schedule.versions[-1])
    changed = replace(draft, zone=zone or draft.zone, layers=(replace(draft.layers[0], **fields), *draft.layers[1:]))
    return replace(schedule, versions=(*schedule.versions, reanchored(schedule, changed, at)))


def told(schedule: Schedule, since: datetime, until: datetime) -> list[tuple[str, str]]:
    """Shifts as a reader would jot them down: who, and until when in UTC."""
    names = {ALICE: "Alice", BOB: "Bob", CAROL: "Carol", DAVE: "Dave", None: "nobody"}
    return [(names[s.user_id], f"{s.ends_at:%a %d %H:%M}") for s in shifts(schedule, since, until)]


def next_four_weeks(schedule: Schedule) -> list[tuple[str, str]]:
    return told(schedule, MONDAY, MONDAY + 4 * WEEK)


ALICES = ("Alice", "Mon 09 08:00")
UNTOUCHED = [("Alice", "Mon 09 08:00"), ("Bob", "Mon 16 08:00"), ("Carol", "Mon 23 08:00"), ("Alice", "Mon 30 08:00")]


def test_an_edit_that_changes_nothing_changes_nothing() -> None:
    schedule = made(WEEKLY)
    assert next_four_weeks(schedule) == UNTOUCHED
    assert next_four_weeks(edited(schedule, WEDNESDAY)) == UNTOUCHED
    assert edited(schedule, WEDNESDAY).versions[1].layers == schedule.versions[0].layers


@pytest.mark.parametrize(
    ("people", "then"),
    [
        ((ALICE, BOB, CAROL, DAVE), ["Alice", "Bob", "Carol", "Dave"]),
        ((DAVE, ALICE, BOB, CAROL), ["Alice", "Bob", "Carol", "Dave"]),
        ((ALICE, DAVE, BOB, CAROL), ["Alice", "Dave", "Bob", "Carol"]),
        ((CAROL, BOB, ALICE), ["Alice", "Carol", "Bob", "Alice"]),
        ((ALICE, CAROL), ["Alice", "Carol", "Alice", "Carol"]),
        ((ALICE,), ["Alice", "Alice", "Alice", "Alice"]),
        ((ALICE, BOB, ALICE, CAROL), ["Alice", "Bob", "Alice", "Carol"]),
    ],
)
def test_whoever_is_on_shift_stays_and_the_new_order_goes_on_from_them(
    people: tuple[UUID, ...], then: list[str]
) -> None:
    after = edited(made(WEEKLY), WEDNESDAY, participants=people)
    assert next_four_weeks(after) == [(name, until) for name, (_, until) in zip(then, UNTOUCHED, strict=True)]


@pytest.mark.parametrize(
    ("people", "then"),
    [
        ((BOB, CAROL), ["Bob", "Carol", "Bob", "Carol"]),  # removed: the next one takes over the rest of the turn
        ((DAVE, BOB, CAROL), ["Dave", "Bob", "Carol", "Dave"]),  # replaced: whoever is in their place
        ((CAROL, None), ["Carol", "nobody", "Carol", "nobody"]),
        ((None, CAROL), ["Carol", "nobody", "Carol", "nobody"]),  # a person takes over, not nobody
        ((DAVE,), ["Dave", "Dave", "Dave", "Dave"]),
    ],
)
def test_who_is_removed_in_mid_shift_ends_there(people: tuple[UUID | None, ...], then: list[str]) -> None:
    after = edited(made(WEEKLY), WEDNESDAY, participants=people)
    ends = [until for _, until in UNTOUCHED]
    expected = [("Alice", "Wed 04 11:00"), *zip(then, ends, strict=True)]
    assert next_four_weeks(after) == [(name, until) for name, until in expected if name != "nobody"]


def test_one_person_with_several_turns_is_told_by_who_comes_next() -> None:
    schedule = made(replace(WEEKLY, participants=(ALICE, BOB, ALICE, CAROL)))
    at = MONDAY + 2 * WEEK + timedelta(days=1)  # Alice's second turn, which Carol follows
    after = edited(schedule, at, participants=(DAVE, ALICE, BOB, ALICE, CAROL))
    assert [name for name, _ in told(after, at, at + 4 * WEEK)][:3] == ["Alice", "Carol", "Dave"]


@pytest.mark.parametrize("late", [timedelta(0), timedelta(microseconds=-1)])
def test_an_edit_at_the_instant_of_handoff_finds_the_new_one_on_shift(late: timedelta) -> None:
    handoff = MONDAY + WEEK
    after = edited(made(WEEKLY), handoff + late, participants=(ALICE, CAROL))
    expected = ["Alice", "Carol", "Alice"]  # Bob ends with no time served: at the instant he has begun, or before
    assert [name for name, _ in told(after, MONDAY, MONDAY + 3 * WEEK)] == expected


def test_two_edits_in_one_instant_leave_the_later_one() -> None:
    once = edited(made(WEEKLY), WEDNESDAY, participants=(BOB, CAROL))
    twice = edited(once, WEDNESDAY, participants=(ALICE, DAVE))
    assert [name for name, _ in told(twice, WEDNESDAY, WEDNESDAY + WEEK)] == ["Alice", "Dave"]  # in Bob's place
    assert told(twice, MONDAY, WEDNESDAY) == [("Alice", "Wed 04 11:00")]


@pytest.mark.parametrize(
    ("fields", "then"),
    [
        ({"unit": "days"}, [ALICES, ("Bob", "Tue 10 08:00"), ("Carol", "Wed 11 08:00")]),
        ({"handoff": time(10)}, [ALICES, ("Bob", "Mon 16 09:00"), ("Carol", "Mon 23 09:00")]),
        ({"handoff": time(8)}, [ALICES, ("Bob", "Mon 16 07:00"), ("Carol", "Mon 23 07:00")]),
        ({"starts_on": date(2026, 11, 6)}, [ALICES, ("Bob", "Fri 13 08:00"), ("Carol", "Fri 20 08:00")]),
        ({"starts_on": date(2026, 11, 5)}, [ALICES, ("Bob", "Thu 19 08:00"), ("Carol", "Thu 26 08:00")]),
        ({"starts_on": date(2027, 1, 4)}, UNTOUCHED[:3]),  # another Monday: the rhythm is the same
        ({"zone": "Europe/London"}, [ALICES, ("Bob", "Mon 16 09:00"), ("Carol", "Mon 23 09:00")]),
        ({"unit": "hours", "length": 84}, [ALICES, ("Bob", "Thu 12 20:00"), ("Carol", "Mon 16 08:00")]),
    ],
)  # fmt: skip
def test_a_new_rhythm_begins_where_the_turn_that_runs_ends(
    fields: dict[str, object], then: list[tuple[str, str]]
) -> None:
    zone = str(fields.pop("zone")) if "zone" in fields else None
    after = edited(made(WEEKLY), WEDNESDAY, zone=zone, **fields)
    assert next_four_weeks(after)[:3] == then
    again = edited(edited(after, WEDNESDAY + timedelta(hours=1)), MONDAY + WEEK + timedelta(minutes=20))
    assert next_four_weeks(again)[:3] == then
    assert [s.key for s in shifts(again, MONDAY, MONDAY + 2 * WEEK)] == [
        s.key for s in shifts(after, MONDAY, MONDAY + 2 * WEEK)
    ]


def test_restrictions_end_and_name_hold_from_the_edit_on() -> None:
    hours = (Restriction(time(9), time(17)),)
    after = edited(made(WEEKLY), WEDNESDAY, restrictions=hours, ends_at=instant("2026-11-06 12:00"))
    assert told(after, MONDAY, MONDAY + 4 * WEEK) == [
        ("Alice", "Wed 04 11:00"),
        ("Alice", "Wed 04 16:00"),
        ("Alice", "Thu 05 16:00"),
        ("Alice", "Fri 06 12:00"),
    ]


def test_a_layer_that_has_not_begun_is_taken_as_it_is_written() -> None:
    schedule = made(replace(WEEKLY, starts_on=date(2026, 11, 9)))
    after = edited(schedule, WEDNESDAY, participants=(CAROL, BOB), unit="days")
    assert told(after, MONDAY, MONDAY + timedelta(days=9)) == [("Carol", "Tue 10 08:00"), ("Bob", "Wed 11 08:00")]


def test_a_layer_taken_out_ends_at_once_and_a_new_one_starts_as_written() -> None:
    schedule = made(WEEKLY)
    other = replace(WEEKLY, participants=(DAVE, BOB), starts_on=date(2026, 10, 26))
    version = reanchored(schedule, ScheduleDraft(ZONE, (other,)), WEDNESDAY)
    after = replace(schedule, versions=(*schedule.versions, version))
    assert told(after, MONDAY, MONDAY + 2 * WEEK)[:2] == [("Alice", "Wed 04 11:00"), ("Bob", "Mon 09 08:00")]
    assert version.layers[0].layer_id != schedule.versions[0].layers[0].layer_id


def test_someone_taken_out_of_every_layer_leaves_nobody_where_there_was_nobody_else() -> None:
    schedule = made(replace(WEEKLY, participants=(BOB,)), replace(WEEKLY, participants=(ALICE,)))
    version = reanchored(schedule, without(drafted(schedule.versions[0]), ALICE), WEDNESDAY)
    after = replace(schedule, versions=(*schedule.versions, version))
    assert told(after, MONDAY, MONDAY + WEEK) == [("Alice", "Wed 04 11:00"), ("Bob", "Mon 09 08:00")]
    nobody = replace(schedule, versions=(reanchored(after, ScheduleDraft(ZONE, ()), WEDNESDAY),))
    assert on_call(nobody, WEDNESDAY) is None


def test_a_key_stays_while_hours_move_and_is_of_one_shift_only() -> None:
    schedule = made(replace(WEEKLY, unit="days", handoff=time(0), restrictions=(Restriction(time(9), time(17)),)))
    moved = edited(schedule, WEDNESDAY, restrictions=(Restriction(time(8), time(19)),))
    before, after = (shifts(s, MONDAY, MONDAY + timedelta(days=6.5)) for s in (schedule, moved))
    assert [shift.key for shift in before] == [shift.key for shift in after]
    assert before != after
    assert len({shift.key for shift in after}) == 7


rhythms = making.lengths.map(lambda found: {"unit": found[0].value, "length": found[1]})
orders = st.lists(st.sampled_from([ALICE, BOB, CAROL, DAVE, None]), min_size=1, max_size=5).map(tuple)
days = st.dates(date(2026, 10, 1), date(2026, 12, 1))
edits = st.fixed_dictionaries({"participants": orders}, optional={"handoff": making.times, "starts_on": days})


def turns_of(layer: Layer, zone: str, since: datetime, number: int) -> list[Turn]:
    return list(islice(rotation.turns(layer, ZoneInfo(zone), since), number))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), rhythms, orders, st.lists(st.tuples(edits, st.booleans(), st.booleans()), max_size=4))
def test_any_edits_keep_the_past_the_turn_that_runs_and_the_order(
    data: st.DataObject,
    rhythm: dict[str, object],
    people: tuple[UUID | None, ...],
    steps: list[tuple[dict[str, object], bool, bool]],
) -> None:
    schedule = made(replace(WEEKLY, participants=people, **rhythm))
    now = MONDAY
    for fields, another_rhythm, at_handoff in steps:
        layer = schedule.versions[-1].layers[0]
        running = rotation.turn_at(layer, ZoneInfo(ZONE), now)
        assert running is not None
        now = running.ends_at if at_handoff else now + timedelta(minutes=data.draw(st.integers(0, 30_000)))
        fields = fields | (data.draw(rhythms) if another_rhythm else {})
        after = edited(schedule, now, **fields)
        since = now - timedelta(days=5)
        assert shifts(after, since, now) == shifts(schedule, since, now)
        turn = rotation.turn_at(layer, ZoneInfo(ZONE), now)
        new = after.versions[-1].layers[0]
        held, *following = turns_of(new, ZONE, now, 2 * len(new.participants) + 1)
        assert turn is not None
        assert (held.ends_at, held.starts_at <= now) == (turn.ends_at, True)
        holder = layer.participants[turn.position]
        assert holder not in new.participants or new.participants[held.position] == holder
        assert (
            holder in new.participants
            or new.participants[held.position] is not None
            or not any(entry in new.participants for entry in layer.participants if entry is not None)
        )
        for before, then in pairwise([held, *following]):
            assert before.ends_at == then.starts_at
            assert then.position == (before.position + 1) % len(new.participants)
        first, length = following[0], rotation.step(new)
        assert length / 2 <= first.ends_at - first.starts_at + timedelta(hours=1)
        assert first.ends_at - first.starts_at - timedelta(hours=1) <= length * 1.5
        schedule = after


def test_a_shift_whose_hours_are_edited_while_it_runs_is_one_shift() -> None:
    schedule = made(replace(WEEKLY, handoff=time(0), restrictions=(Restriction(time(9), time(17)),)))
    after = edited(schedule, WEDNESDAY, restrictions=(Restriction(time(8), time(19)),))
    whole = (instant("2026-11-04 08:00"), instant("2026-11-04 18:00"))
    for at in (WEDNESDAY - timedelta(hours=1), WEDNESDAY, WEDNESDAY + timedelta(hours=6)):
        shift = on_call(after, at)
        assert shift is not None
        assert (shift.starts_at, shift.ends_at, shift.reason.version) == (*whole, 1)
