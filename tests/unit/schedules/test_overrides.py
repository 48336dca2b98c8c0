"""What lies over a schedule for a while: who wins, what shows afterwards, and what the parts of a shift are called."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from tests.unit.schedules import making
from tests.unit.schedules.making import ALICE, BOB, CAROL, DAVE
from tests.unit.schedules.walk import instant
from tocsin.domain.schedule import (
    Gap,
    Override,
    OverrideKind,
    ReasonKind,
    Schedule,
    gaps,
    next_change,
    next_on_call,
    on_call,
    shifts,
)
from tocsin.domain.schedule_edit import LayerDraft, ScheduleDraft, fresh, reanchored

MADE = instant("2026-11-01")
DAILY = LayerDraft("Daily", "days", 1, time(0), date(2026, 11, 1), (ALICE, BOB))
DAY, TOMORROW = instant("2026-11-03"), instant("2026-11-04")  # Alice's, Bob's
HOLIDAY = UUID(int=77)


def hour(number: int) -> datetime:
    return DAY + timedelta(hours=number)


def override(number: int, user_id: UUID | None, since: int, until: int, made: datetime = MADE) -> Override:
    kind = OverrideKind.OVERRIDE
    return Override(UUID(int=number), kind, f"Override {number}", user_id, None, None, hour(since), hour(until), made)


def temporary(layers: tuple[LayerDraft, ...], since: int, until: int) -> Override:
    held = tuple(fresh(layer, UUID(int=70 + number)) for number, layer in enumerate(layers))
    kind = OverrideKind.TEMPORARY
    return Override(HOLIDAY, kind, "Holiday", None, held, None, hour(since), hour(until), MADE)


def made(*overrides: Override) -> Schedule:
    empty = Schedule(making.ROOT, (), overrides)
    return replace(empty, versions=(reanchored(empty, ScheduleDraft("UTC", (DAILY,)), MADE),))


def told(schedule: Schedule, since: datetime = DAY, until: datetime = TOMORROW) -> list[tuple[str, int]]:
    names = {ALICE: "Alice", BOB: "Bob", CAROL: "Carol", DAVE: "Dave", None: "nobody"}
    found = shifts(schedule, since, until)
    return [(names[shift.user_id], int((shift.ends_at - DAY) / timedelta(hours=1))) for shift in found]


def keys(schedule: Schedule, since: datetime = DAY, until: datetime = TOMORROW) -> list[str]:
    return [shift.key for shift in shifts(schedule, since, until)]


def test_of_overlapping_overrides_the_one_made_last_wins() -> None:
    early, late = override(8, CAROL, 8, 14), override(7, DAVE, 12, 16, MADE + timedelta(hours=1))
    assert told(made(early, late)) == told(made(late, early))
    assert told(made(early, late)) == [("Alice", 8), ("Carol", 12), ("Dave", 16), ("Alice", 24)]
    late = replace(late, starts_at=hour(9), ends_at=hour(10))
    assert told(made(late, early)) == [("Alice", 8), ("Carol", 9), ("Dave", 10), ("Carol", 14), ("Alice", 24)]


def test_an_override_of_nobody_is_really_nobody() -> None:
    schedule = made(override(8, None, 8, 12))
    assert told(schedule) == [("Alice", 8), ("nobody", 12), ("Alice", 24)]
    assert gaps(schedule, DAY, TOMORROW) == (Gap(hour(8), hour(12)),)
    now, following = on_call(schedule, hour(9)), next_on_call(schedule, hour(9))
    assert now is not None
    assert (now.user_id, now.reason.kind, now.reason.name) == (None, ReasonKind.OVERRIDE, "Override 8")
    assert following is not None
    assert (following.user_id, following.starts_at) == (ALICE, hour(12))
    assert next_change(schedule, DAY, timedelta(days=1)) == hour(8)
    assert next_change(schedule, hour(8), timedelta(days=1)) == hour(12)


def test_an_override_changes_nothing_before_it_was_made_or_after_it_was_cancelled() -> None:
    late = override(8, CAROL, 8, 16, made=hour(10))
    assert told(made(late)) == [("Alice", 10), ("Carol", 16), ("Alice", 24)]
    assert told(made(replace(late, cancelled_at=hour(12)))) == [("Alice", 10), ("Carol", 12), ("Alice", 24)]
    assert told(made(replace(late, cancelled_at=hour(10)))) == [("Alice", 24)]


def test_a_temporary_schedule_takes_the_place_of_the_layers_gaps_and_all() -> None:
    two = (replace(DAILY, unit="hours", length=2, handoff=time(8), starts_on=DAY.date(), participants=(DAVE, None)),)
    schedule = made(temporary(two, 6, 14), override(8, CAROL, 13, 15))
    assert told(schedule) == [("Alice", 6), ("Dave", 10), ("Dave", 13), ("Carol", 15), ("Alice", 24)]
    assert gaps(schedule, DAY, TOMORROW) == (Gap(hour(6), hour(8)), Gap(hour(10), hour(12)))
    held = on_call(schedule, hour(9))
    assert held is not None
    assert (held.reason.kind, held.reason.id, held.reason.name, held.reason.version) == (
        ReasonKind.TEMPORARY, HOLIDAY, "Holiday", None,
    )  # fmt: skip
    assert on_call(schedule, hour(7)) is None
    assert told(made(temporary((), 6, 14))) == [("Alice", 6), ("Alice", 24)]


@pytest.mark.parametrize("since", [DAY, hour(9), hour(13)])
def test_the_parts_of_a_shift_are_called_the_same_from_wherever_they_are_seen(since: datetime) -> None:
    schedule = made(override(8, CAROL, 8, 12), override(9, DAVE, 14, 15))
    whole = keys(schedule)
    assert len(set(whole)) == 5
    seen = keys(schedule, since)
    assert seen == whole[-len(seen) :]
    for number, key in enumerate(whole):
        now = on_call(schedule, shifts(schedule, DAY, TOMORROW)[number].starts_at)
        assert now is not None
        assert now.key == key


def test_a_shift_and_its_parts_keep_their_keys_when_an_override_moves() -> None:
    before, after = made(override(8, CAROL, 8, 12)), made(override(8, CAROL, 7, 15))
    assert keys(before) == keys(after)
    whole, cut = keys(made()), keys(made(override(8, CAROL, 0, 4)))
    assert cut[1:] == whole  # what is left of it is still the first part
    assert keys(before)[0] == whole[0]


def test_parts_with_a_gap_between_them_are_told_apart() -> None:
    twice = temporary((), 6, 8), replace(temporary((), 10, 12), override_id=UUID(int=78))
    assert told(made(*twice)) == [("Alice", 6), ("Alice", 10), ("Alice", 24)]
    assert len(set(keys(made(*twice)))) == 3
    assert keys(made(*twice), hour(9)) == keys(made(*twice))[1:]


def test_next_is_the_same_person_only_where_there_is_no_other() -> None:
    alone = replace(DAILY, participants=(ALICE,))
    empty = Schedule(making.ROOT, ())
    schedule = replace(empty, versions=(reanchored(empty, ScheduleDraft("UTC", (alone,)), MADE),))
    following = next_on_call(schedule, hour(9))
    assert following is not None
    assert (following.user_id, following.starts_at) == (ALICE, TOMORROW)
    assert next_change(schedule, hour(9), timedelta(days=60)) is None
    other = next_on_call(replace(schedule, overrides=(override(8, BOB, 100, 101),)), hour(9))
    assert other is not None
    assert (other.user_id, other.starts_at) == (BOB, hour(100))
    ended = replace(alone, ends_at=datetime(2026, 11, 3, 20, tzinfo=UTC))
    last = replace(empty, versions=(reanchored(empty, ScheduleDraft("UTC", (ended,)), MADE),))
    assert next_on_call(last, hour(9)) is None
    assert next_change(last, hour(9), timedelta(days=60)) == hour(20)
