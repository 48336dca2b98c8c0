"""The rules of schedules against a walk from minute to minute, through clock changes of every kind."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.schedules import making
from tests.unit.schedules.walk import MINUTE, clock, restrictions_hold, turns_seen, walked
from tocsin.domain import restriction, rotation, wall_clock
from tocsin.domain.restriction import Restriction
from tocsin.domain.rotation import Layer
from tocsin.domain.schedule import Schedule, Shift, gaps, next_change, next_on_call, on_call, shifts

SLOW = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
WINDOW = timedelta(days=5)


def minutes_of(found: tuple[Shift, ...]) -> dict[datetime, UUID | None]:
    """Who is on call in each minute that shifts cover."""
    told: dict[datetime, UUID | None] = {}
    for shift in found:
        for number in range((shift.ends_at - shift.starts_at) // MINUTE):
            told[shift.starts_at + number * MINUTE] = shift.user_id
    return told


@SLOW
@given(st.data(), making.changes)
def test_shifts_are_what_a_walk_sees(data: st.DataObject, change: tuple[str, datetime]) -> None:
    zone, around = change
    schedule = data.draw(making.schedules(zone, around))
    since = around - WINDOW / 2
    found = shifts(schedule, since, since + WINDOW)
    assert all(before.ends_at <= after.starts_at for before, after in pairwise(found))
    assert all(shift.starts_at < shift.ends_at for shift in found)
    assert len({shift.key for shift in found}) == len(found)
    told, idle = minutes_of(found), gaps(schedule, since, since + WINDOW)
    for at, user_id in walked(schedule, around):
        if since <= at < since + WINDOW:
            assert told.get(at) == user_id, at
            assert any(gap.starts_at <= at < gap.ends_at for gap in idle) == (user_id is None), at
    assert all(before.ends_at < after.starts_at for before, after in pairwise(idle))


@SLOW
@given(st.data(), making.changes)
def test_an_instants_shift_is_the_one_of_any_window(data: st.DataObject, change: tuple[str, datetime]) -> None:
    zone, around = change
    schedule = data.draw(making.schedules(zone, around))
    at = data.draw(making.instants(around))
    wide = shifts(schedule, at - timedelta(days=40), at + timedelta(days=40))
    expected = next((shift for shift in wide if shift.starts_at <= at < shift.ends_at), None)
    assert on_call(schedule, at) == expected
    narrow = shifts(schedule, at, at + MINUTE)
    assert [shift.key for shift in narrow[:1]] == ([] if expected is None else [expected.key])
    following = [shift for shift in wide if shift.starts_at > at and shift.user_id is not None]
    present = None if expected is None else expected.user_id
    other = next((shift for shift in following if shift.user_id != present), None)
    if other is not None and other.ends_at < at + timedelta(days=40):
        assert next_on_call(schedule, at) == other


@SLOW
@given(st.data(), making.changes)
def test_nobody_else_is_on_call_before_the_next_change(data: st.DataObject, change: tuple[str, datetime]) -> None:
    zone, around = change
    schedule = data.draw(making.schedules(zone, around))
    at = data.draw(making.instants(around))
    seen = [(minute, user_id) for minute, user_id in walked(schedule, around) if at <= minute]
    changed = next((minute for minute, user_id in seen if user_id != seen[0][1]), None)
    assert next_change(schedule, at, seen[-1][0] + MINUTE - at) == changed


@settings(SLOW, max_examples=100)
@given(st.data(), making.changes)
def test_a_turn_begins_when_the_clock_first_shows_its_time(data: st.DataObject, change: tuple[str, datetime]) -> None:
    zone, around = change
    layer: Layer = replace(data.draw(making.layers(around, "layer")), restrictions=())
    on_wall = clock(zone, around)
    seen = dict(zip(on_wall.minutes, turns_seen(layer, on_wall), strict=True))
    for number in range(-144, 144):
        at = around + number * timedelta(minutes=15)
        turn = rotation.turn_at(layer, ZoneInfo(zone), at)
        assert (None if turn is None else layer.participants[turn.position]) == seen[at], at
        assert turn is None or turn.starts_at <= at < turn.ends_at


@settings(SLOW, max_examples=100)
@given(making.changes, st.lists(making.hours, min_size=1, max_size=2))
def test_hours_hold_from_the_first_to_the_last_time_they_are_shown(
    change: tuple[str, datetime], hours: list[Restriction]
) -> None:
    zone, around = change
    on_wall = clock(zone, around)
    held = dict(zip(on_wall.minutes, restrictions_hold(hours, on_wall), strict=True))
    at = since = around - timedelta(days=1.5)
    found = restriction.windows(restriction.mask(tuple(hours)) or ((0, 10_080),), ZoneInfo(zone), since)
    window = next(found)
    while at < around + timedelta(days=1.5):
        if at >= window.ends_at:
            following = next(found)
            assert window.ends_at <= following.starts_at
            window = following
        assert (window.starts_at <= at) == held[at], at
        at += MINUTE


@SLOW
@given(making.changes, st.integers(-3 * 1440, 3 * 1440))
def test_a_time_on_the_wall_has_a_first_and_a_last_instant(change: tuple[str, datetime], minutes: int) -> None:
    zone, around = change
    on_wall = clock(zone, around)
    time = (around + minutes * MINUTE).replace(tzinfo=None)
    assert wall_clock.first(time, ZoneInfo(zone)) == on_wall.minutes[on_wall.first(time)]
    assert wall_clock.last(time, ZoneInfo(zone)) == on_wall.minutes[on_wall.last(time)]


def test_every_example_zone_exists() -> None:
    assert all(wall_clock.is_zone(zone) for zone, _ in making.CHANGES)


def test_a_schedule_without_versions_has_nobody() -> None:
    at = making.instant("2026-11-21")
    empty = Schedule(making.ROOT, ())
    assert (on_call(empty, at), next_on_call(empty, at), next_change(empty, at, WINDOW)) == (None, None, None)
    assert shifts(empty, at, at + WINDOW) == ()
