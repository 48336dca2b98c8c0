"""Drafts of schedules that may not be: each problem with its field and what would be right. And what is warned of."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.schedules import making
from tests.unit.schedules.making import ALICE, BOB, CAROL
from tests.unit.schedules.walk import instant
from tocsin.domain import restriction, rotation, schedule_document, wall_clock
from tocsin.domain.restriction import Restriction
from tocsin.domain.rotation import Carried
from tocsin.domain.schedule import Override, OverrideKind, Schedule
from tocsin.domain.schedule_check import Known, OverrideDraft, check, check_override, referred, warnings
from tocsin.domain.schedule_edit import LayerDraft, ScheduleDraft, reanchored

NOW = instant("2026-11-21 12:00")
LAYER = LayerDraft("Primary", "weeks", 1, time(9), date(2026, 11, 2), (ALICE, BOB, None))
HELD = uuid5(making.ROOT, "held")
KNOWN = Known(users=frozenset({ALICE, BOB}), layers=frozenset({HELD}))
SAME = "is the same as the start; leave the restriction out if the layer always holds"
CLOCK = "must be hours and minutes, like 09:00, in the schedule's time zone"
NO_DAY = "is no day; monday, tuesday, wednesday, thursday, friday, saturday, sunday are possible"
BOTH = "is missing; give both days for hours of the week, or neither"
NINE_TO_FIVE = Restriction(time(9), time(17))


def problems(*layers: LayerDraft, zone: str = "Europe/Berlin") -> dict[str, str]:
    return {problem.field: problem.reason for problem in check(ScheduleDraft(zone, layers), KNOWN)}


def test_what_may_be_has_no_problems() -> None:
    held = replace(LAYER, layer_id=HELD, restrictions=(NINE_TO_FIVE, Restriction(time(17), time(9))), ends_at=NOW)
    weekend = Restriction(time(17), time(8), 4, 0)
    assert problems(held, replace(LAYER, participants=(None,), restrictions=(weekend,))) == {}
    assert problems() == {}
    assert referred((LAYER, held)) == {ALICE, BOB}


@pytest.mark.parametrize(
    "zone",
    ["", "Mars/Phobos", "Europe", "../etc/passwd", "/etc/localtime", "europe/ber lin", "right/UTC", "x" * 5000, "a\0b"],
)
def test_a_zone_must_exist(zone: str) -> None:
    assert problems(zone=zone) == {
        "time_zone": "is no time zone of the IANA database; write it like Europe/Berlin or UTC"
    }


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"length": 0}, "length", "is 0; 1 to 52 weeks are possible"),
        ({"length": -1, "unit": "hours"}, "length", "is -1; 1 to 744 hours are possible"),
        ({"length": 367, "unit": "days"}, "length", "is 367; 1 to 366 days are possible"),
        ({"unit": "months"}, "unit", "is not known; hours, days, weeks are possible"),
        ({"name": "  "}, "name", "must have 1 to 200 characters, not only spaces"),
        ({"name": "x" * 201}, "name", "must have 1 to 200 characters, not only spaces"),
        ({"handoff": time(9, 0, 30)}, "handoff", CLOCK),
        ({"handoff": time(9, tzinfo=UTC)}, "handoff", CLOCK),
        ({"starts_on": date(1999, 12, 31)}, "starts_on", "is 1999-12-31; 2000-01-01 to 2199-12-31 are possible"),
        ({"participants": ()}, "participants", "are 0; 1 to 100 are possible, null among them is nobody"),
        ({"participants": (ALICE,) * 101}, "participants", "are 101; 1 to 100 are possible, null among them is nobody"),
        ({"participants": (ALICE, CAROL)}, "participants.1", "is not the id of a member of this organization"),
        ({"ends_at": datetime(2026, 12, 1)}, "ends_at", "needs an offset from UTC, like 2026-12-24T18:00:00Z"),  # noqa: DTZ001 - that is the mistake
        ({"layer_id": ALICE}, "layer_id", "names no layer of this schedule; leave it out for a new layer"),
        ({"restrictions": (NINE_TO_FIVE,) * 51}, "restrictions", "are 51; up to 50 are possible"),
    ],
)
def test_a_layer_must_be_possible(fields: dict[str, object], field: str, reason: str) -> None:
    assert problems(LAYER, replace(LAYER, **fields)) == {f"layers.1.{field}": reason}


@pytest.mark.parametrize(
    ("found", "field", "reason"),
    [
        (Restriction(time(9), time(9)), "end", SAME),
        (Restriction(time(9), time(9), 2, 2), "end", SAME),
        (Restriction(time(9), time(10), 2), "end_day", BOTH),
        (Restriction(time(9), time(10), None, 2), "start_day", BOTH),
        (Restriction(time(9), time(10), 0, 7), "end_day", NO_DAY),
        (Restriction(time(9, 0, 1), time(10)), "start", CLOCK),
    ],
)
def test_hours_must_be_possible(found: Restriction, field: str, reason: str) -> None:
    assert problems(replace(LAYER, restrictions=(found,))) == {f"layers.0.restrictions.0.{field}": reason}


@pytest.mark.parametrize(
    "other",
    [
        Restriction(time(16), time(18)),
        Restriction(time(22), time(10)),  # over midnight
        Restriction(time(0), time(9, 1), 6, 0),  # over the week's end
        Restriction(time(12), time(12, 1), 3, 3),
    ],
)
def test_hours_must_not_overlap(other: Restriction) -> None:
    found = problems(replace(LAYER, restrictions=(NINE_TO_FIVE, other)))
    assert found == {"layers.0.restrictions.1": "overlaps restrictions.0; write them as one, or apart"}


def test_a_layer_may_be_named_once_and_there_are_not_endlessly_many() -> None:
    held = replace(LAYER, layer_id=HELD)
    assert problems(held, held) == {"layers.1.layer_id": "is used by an earlier layer; leave it out for a new layer"}
    assert problems(*[LAYER] * 21) == {"layers": "are 21; up to 20 are possible"}


def override(**fields: object) -> dict[str, str]:
    draft = OverrideDraft("override", NOW - timedelta(hours=1), NOW + timedelta(hours=8), user_id=ALICE)
    return {problem.field: problem.reason for problem in check_override(replace(draft, **fields), KNOWN, NOW)}


def test_an_override_may_be_of_a_person_of_nobody_or_of_layers() -> None:
    assert override() == override(user_id=None, name="Nobody") == {}
    assert override(kind="temporary", user_id=None, layers=(LAYER,), zone="UTC") == {}
    assert override(kind="temporary", user_id=None, layers=()) == {}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ends_at": NOW - timedelta(hours=1)}, "ends_at"),
        ({"ends_at": NOW}, "ends_at"),
        ({"ends_at": NOW + timedelta(days=366)}, "ends_at"),
        ({"starts_at": NOW.replace(tzinfo=None)}, "starts_at"),
        ({"user_id": CAROL}, "user_id"),
        ({"layers": (LAYER,)}, "layers"),
        ({"name": ""}, "name"),
        ({"kind": "holiday"}, "kind"),
        ({"kind": "temporary", "layers": (LAYER,)}, "user_id"),
        ({"kind": "temporary", "user_id": None}, "layers"),
        ({"kind": "temporary", "user_id": None, "layers": (), "zone": "Nowhere"}, "time_zone"),
        ({"kind": "temporary", "user_id": None, "layers": (replace(LAYER, length=0),)}, "layers.0.length"),
    ],
)
def test_an_override_must_be_possible(fields: dict[str, object], field: str) -> None:
    assert list(override(**fields)) == [field]


def made(*layers: LayerDraft) -> Schedule:
    empty = Schedule(making.ROOT, ())
    return replace(
        empty, versions=(reanchored(empty, ScheduleDraft("Europe/Berlin", layers), NOW - timedelta(days=30)),)
    )


def test_gaps_are_warned_of() -> None:
    assert warnings(made(replace(LAYER, participants=(ALICE,))), NOW) == ()
    nights = Restriction(time(17), time(9))
    days = warnings(made(replace(LAYER, participants=(ALICE,), restrictions=(nights,))), NOW)
    assert [warning.code for warning in days] == ["gap"] * 10
    assert days[1].text == "Nobody is on call from 2026-11-22 09:00 to 2026-11-22 17:00 (Europe/Berlin)."
    assert days[1].starts_at == instant("2026-11-22 08:00")
    ended = warnings(made(replace(LAYER, participants=(ALICE,), ends_at=NOW + timedelta(days=20))), NOW)
    assert [(warning.code, warning.text) for warning in ended] == [
        ("gap", "Nobody is on call from 2026-12-11 13:00 (Europe/Berlin) for the rest of the next 28 days.")
    ]


def test_nobody_next_week_is_warned_of() -> None:
    later = made(replace(LAYER, participants=(ALICE,), starts_on=date(2026, 12, 1)))
    assert [(warning.code, warning.text) for warning in warnings(later, NOW)] == [
        ("nobody_next_week", "Nobody is on call until 2026-12-01 09:00 (Europe/Berlin).")
    ]
    assert [warning.code for warning in warnings(made(), NOW)] == ["nobody_next_week"]
    assert [warning.code for warning in warnings(Schedule(making.ROOT, ()), NOW)] == ["nobody_next_week"]
    away = Override(
        UUID(int=9), OverrideKind.OVERRIDE, None, None, None, None, NOW, NOW + timedelta(days=8), NOW - timedelta(1)
    )
    off = replace(made(replace(LAYER, participants=(ALICE,))), overrides=(away,))
    assert [warning.code for warning in warnings(off, NOW)] == ["nobody_next_week"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_layers_are_stored_as_they_are(data: st.DataObject) -> None:
    layers = data.draw(making.layered(NOW, "layer"))
    carried = tuple(replace(layer, carried=Carried(0, "1 weeks 2026-11-02", NOW, NOW)) for layer in layers)
    assert schedule_document.read(schedule_document.written(layers + carried)) == layers + carried


def test_hours_that_cover_the_week_are_no_restriction() -> None:
    assert restriction.mask(()) is None
    assert restriction.mask((NINE_TO_FIVE, Restriction(time(17), time(9)))) is None
    assert restriction.mask((Restriction(time(9), time(9)),)) is None
    assert restriction.covers((), ZoneInfo("UTC"), NOW)
    assert restriction.mask((Restriction(time(22), time(0)), Restriction(time(0), time(2), 0, 0))) == (
        *((day * 1440 + 22 * 60, 120) for day in range(6)),
        (6 * 1440 + 22 * 60, 240),
    )


def test_the_wall_clock_knows_zones_and_leap_days() -> None:
    assert wall_clock.is_zone("America/Argentina/Buenos_Aires")
    layer = making.Layer(HELD, "", rotation.Unit.DAYS, 1, time(9), date(2028, 2, 28), 0, (ALICE, BOB, CAROL))
    turns = rotation.turns(layer, ZoneInfo("UTC"), instant("2028-02-28 09:00"))
    found = [next(turns).starts_at for _ in range(3)]
    assert found == [instant("2028-02-28 09:00"), instant("2028-02-29 09:00"), instant("2028-03-01 09:00")]
