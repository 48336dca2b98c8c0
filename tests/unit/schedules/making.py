"""Schedules to try the rules on: odd zones around the days their clocks changed, and anything that may be drafted."""

from datetime import datetime, time, timedelta
from uuid import UUID, uuid5

from hypothesis import strategies as st

from tests.unit.schedules.walk import instant
from tocsin.domain.restriction import Restriction
from tocsin.domain.rotation import Layer, Unit
from tocsin.domain.schedule import Override, OverrideKind, Schedule, Version

ROOT = UUID(int=0)
ALICE, BOB, CAROL, DAVE = (UUID(int=number) for number in range(1, 5))
CHANGES = [
    ("Europe/Berlin", "2026-03-29"),
    ("Europe/Berlin", "2026-10-25"),
    ("America/New_York", "2026-11-01"),
    ("Australia/Lord_Howe", "2026-04-04"),  # by half an hour
    ("Australia/Lord_Howe", "2026-10-03"),
    ("Asia/Kathmandu", "1985-12-31"),  # by a quarter of an hour, once
    ("Africa/Casablanca", "2026-02-15"),  # for Ramadan
    ("Africa/Casablanca", "2026-03-22"),
    ("America/Santiago", "2026-04-05"),  # at midnight
    ("America/Santiago", "2026-09-06"),
    ("Pacific/Apia", "2011-12-30"),  # a day left out
    ("Pacific/Kwajalein", "1993-08-21"),  # another
    ("Antarctica/Troll", "2026-10-25"),  # by two hours
    ("Asia/Pyongyang", "2018-05-04"),  # changed its rules
    ("Europe/Volgograd", "2020-12-27"),
    ("UTC", "2028-02-29"),
    ("Asia/Tokyo", "2026-12-31"),
]

changes = st.sampled_from(CHANGES).map(lambda change: (change[0], instant(change[1])))
times = st.one_of(
    st.sampled_from([time(0), time(0, 30), time(1), time(1, 30), time(2), time(2, 15), time(3), time(9), time(23, 30)]),
    st.builds(time, st.integers(0, 23), st.integers(0, 59)),
)
people = st.sampled_from([ALICE, BOB, CAROL, None])
lengths = st.one_of(
    st.tuples(st.just(Unit.HOURS), st.integers(1, 60)),
    st.tuples(st.just(Unit.DAYS), st.integers(1, 5)),
    st.tuples(st.just(Unit.WEEKS), st.integers(1, 2)),
)
of_day = st.builds(Restriction, times, times)
of_week = st.builds(Restriction, times, times, st.integers(0, 6), st.integers(0, 6))
hours = st.one_of(of_day, of_week)
restrictions = st.lists(hours, max_size=3).map(tuple)


@st.composite
def instants(draw: st.DrawFn, around: datetime) -> datetime:
    """A whole minute not far from an instant."""
    return around + timedelta(minutes=draw(st.integers(-2 * 1440, 3 * 1440)))


@st.composite
def layers(draw: st.DrawFn, around: datetime, name: str) -> Layer:
    """A layer that began up to nine days before an instant, or begins soon after."""
    unit, length = draw(lengths)
    return Layer(
        uuid5(ROOT, name),
        name,
        unit,
        length,
        draw(times),
        (around - timedelta(days=draw(st.integers(-2, 9)))).date(),
        draw(st.integers(0, 5)),
        tuple(draw(st.lists(people, min_size=1, max_size=4))),
        draw(restrictions),
        draw(st.none() | instants(around)),
    )


@st.composite
def layered(draw: st.DrawFn, around: datetime, name: str) -> tuple[Layer, ...]:
    """Up to three layers."""
    return tuple(draw(layers(around, f"{name}.{number}")) for number in range(draw(st.integers(0, 3))))


@st.composite
def overrides(draw: st.DrawFn, around: datetime, number: int) -> Override:
    """An override or a temporary schedule, perhaps cancelled, perhaps over before it was made."""
    temporary = draw(st.booleans())
    starts_at = draw(instants(around))
    return Override(
        UUID(int=100 + number),
        OverrideKind.TEMPORARY if temporary else OverrideKind.OVERRIDE,
        f"override {number}",
        None if temporary else draw(people),
        draw(layered(around, f"temporary {number}")) if temporary else None,
        draw(st.none() | st.sampled_from(["America/New_York", "Pacific/Apia"])) if temporary else None,
        starts_at,
        starts_at + timedelta(minutes=draw(st.integers(1, 3000))),
        draw(st.just(around - timedelta(days=9)) | instants(around)),
        draw(st.none() | instants(around)),
    )


@st.composite
def schedules(draw: st.DrawFn, zone: str, around: datetime) -> Schedule:
    """A schedule in up to three versions, with up to three overrides."""
    versions = [Version(1, around - timedelta(days=30), zone, draw(layered(around, "layer")))]
    for number in range(draw(st.integers(0, 2))):
        held = max(draw(instants(around)), versions[-1].effective_at)
        other = draw(st.sampled_from([zone, "America/New_York"]))
        versions.append(Version(number + 2, held, other, draw(layered(around, "layer"))))
    laid = [draw(overrides(around, number)) for number in range(draw(st.integers(0, 3)))]
    return Schedule(ROOT, tuple(versions), tuple(laid))
