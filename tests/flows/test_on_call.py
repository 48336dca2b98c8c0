"""Who is paged from a schedule that follows the sun: the example of docs/on-call.md, as clocks go back."""

from calendar import MONDAY, SUNDAY
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.support.flow import Flow, step
from tests.support.world import Person
from tocsin.contracts.api_schedules import LayerInput, RestrictionInput, ScheduleInput
from tocsin.domain.permission import Role
from tocsin.domain.rotation import Unit
from tocsin_data.services import schedules
from tocsin_data.services.actors import Actor
from tocsin_data.services.memberships import By

BERLIN = ZoneInfo("Europe/Berlin")
ADMIN = By(Actor("system", None), Role.ADMIN, None)


class Sun:
    """Sydney by the week, and over it Berlin by the day in its hours; `sunday` is when clocks next go back there."""

    def __init__(self, flow: Flow) -> None:
        self.flow, world = flow, flow.world
        self.sunday = next_change(flow.now.date() + timedelta(days=14))
        self.alice, self.bob = world.alice, world.bob
        self.mia, self.noah = world.person("Mia"), world.person("Noah")
        friday, monday = self.sunday - timedelta(days=2), self.sunday - timedelta(days=6)
        assert monday.weekday() == MONDAY
        layers = [
            layer("Sydney", Unit.WEEKS, monday, self.mia, self.noah),
            layer("Berlin", Unit.DAYS, friday, self.alice, self.bob, hours=("09:00", "21:00")),
        ]
        data = ScheduleInput(name="Around the clock", time_zone="Europe/Berlin", layers=layers)
        made = schedules.create_schedule(flow.database.enter("app"), world.org_id, ADMIN, data)
        self.target = {"kind": "schedule", "value": str(made.id), "who": "now"}

    def at(self, days: int, clock: str, fold: int = 0) -> None:
        """Let it be so many days after the Sunday, at a local time."""
        local = datetime.combine(self.sunday + timedelta(days=days), time.fromisoformat(clock), BERLIN)
        wanted = local.replace(fold=fold).astimezone(UTC) - self.flow.now
        assert wanted > timedelta(0)
        self.flow.database.advance(wanted)


def layer(name: str, unit: Unit, starts_on: date, *people: Person, hours: tuple[str, str] | None = None) -> LayerInput:
    restrictions = [] if hours is None else [RestrictionInput(start=hours[0], end=hours[1])]
    participants = [person.user_id for person in people]
    return LayerInput(name=name, unit=unit, starts_on=starts_on, participants=participants, restrictions=restrictions)


def next_change(after: date) -> date:
    """The last Sunday of October that comes next."""
    for year in (after.year, after.year + 1):
        last = date(year, 10, 31)
        last -= timedelta(days=(last.weekday() - SUNDAY) % 7)
        if last > after:
            break
    return last


@pytest.fixture
def sun(flow: Flow) -> Sun:
    return Sun(flow)


def test_whoever_has_the_night_has_the_extra_hour(flow: Flow, sun: Sun) -> None:
    flow.given(policy=[step(sun.target)])
    expected = [
        (-1, "20:59:50", 0, sun.bob),
        (-1, "21:00:00", 0, sun.mia),
        (0, "02:30:00", 0, sun.mia),
        (0, "02:30:00", 1, sun.mia),
        (0, "08:59:50", 0, sun.mia),
        (0, "09:00:00", 0, sun.alice),
        (0, "20:59:50", 0, sun.alice),
        (0, "21:00:00", 0, sun.mia),
        (1, "09:00:00", 0, sun.bob),
        (1, "21:00:00", 0, sun.noah),
    ]
    for days, clock, fold, person in expected:
        sun.at(days, clock, fold)
        title = f"disk full {days} {clock} {fold}."
        key = flow.trigger(title)
        flow.expect_page(person, title)
        flow.resolve(key)
    flow.expect_no_page()


def test_a_handoff_between_two_steps_pages_who_has_taken_over_and_who_comes_next(flow: Flow, sun: Sun) -> None:
    flow.given(policy=[step(sun.target), step(sun.target, after="5m"), step({**sun.target, "who": "next"}, after="5m")])
    sun.at(-1, "20:57:00")
    flow.trigger("disk full")
    flow.expect_page(sun.bob, "disk full")
    flow.advance("5m")
    flow.expect_page(sun.mia, "disk full")
    flow.advance("5m")
    flow.expect_page(sun.alice, "disk full")
