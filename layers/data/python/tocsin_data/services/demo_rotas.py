"""The schedules of the demo in the tables' own columns, and whom they put on call: incidents page by the same rota."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from tocsin.domain import schedule_document
from tocsin.domain.demo import PEOPLE, ROTAS, Rota, id_of
from tocsin.domain.restriction import Restriction
from tocsin.domain.rotation import Layer, Unit
from tocsin.domain.schedule import Schedule, Shift, Version, on_call
from tocsin_data.services.demo_tables import Rows

DAY: Final = timedelta(days=1)
HANDOFF: Final = time(9)
FIRST_TURN: Final = date(2024, 1, 1)
"""A Monday: turns are counted from it, so that whose they are is the same whenever the demo is made anew."""
OFFICE_HOURS: Final = tuple(Restriction(time(9), time(17), day, day) for day in range(5))
MOVES: Final = "Elena"
STANDS_IN: Final = "Maya"
OVERRIDE: Final = f"{MOVES} moves house"


@dataclass(frozen=True)
class Rotas:
    """The schedules as they have been since an instant."""

    since: datetime

    @cached_property
    def schedules(self) -> Mapping[str, Schedule]:
        """Each by the name of its rota."""
        return {
            rota.name: Schedule(
                id_of("schedule", rota.name), (Version(1, self.since, rota.time_zone, _layers(rota, self.since)),)
            )
            for rota in ROTAS
        }

    def shift(self, rota: str, at: datetime) -> Shift:
        """Whose turn it is; the rotas of the demo have no gap."""
        found = on_call(self.schedules[rota], at)
        if found is None:
            raise ValueError(f"nobody is on call in {rota} at {at}")
        return found

    def first(self, rota: str, at: datetime) -> str:
        """The first name of who is on call."""
        return FIRST_NAMES[self.shift(rota, at).user_id]

    def words(self, rota: str, at: datetime) -> str:
        """Why they are, as a timeline says it."""
        shift = self.shift(rota, at)
        until = f"until {shift.ends_at:%Y-%m-%d %H:%M} UTC"
        return f"on call in {rota}: {shift.reason.kind} {shift.reason.name}, version {shift.reason.version}, {until}"


FIRST_NAMES: Final[Mapping[UUID | None, str]] = {id_of("user", person.first): person.first for person in PEOPLE}


def tell(found: Rows, rotas: Rotas, now: datetime) -> None:
    """Add the schedules, and an override that lies ahead of now."""
    for rota in ROTAS:
        _schedule(found, rota, rotas.since)
    _override(found, rotas, now)


def _layers(rota: Rota, since: datetime) -> tuple[Layer, ...]:
    monday = since.date() - timedelta(days=since.weekday())
    days = (monday - FIRST_TURN).days
    return tuple(
        Layer(
            layer_id=id_of("layer", rota.name, name),
            name=name,
            unit=unit,
            length=1,
            handoff=HANDOFF,
            starts_on=monday,
            anchor_index=turns % len(people),
            participants=tuple(id_of("user", first) for first in people),
            restrictions=restrictions,
        )
        for name, unit, turns, people, restrictions in (
            ("around the clock", Unit.WEEKS, days // 7, rota.by_week, ()),
            ("office hours", Unit.DAYS, days, rota.by_day, OFFICE_HOURS),
        )
    )


def _schedule(found: Rows, rota: Rota, since: datetime) -> None:
    schedule_id = id_of("schedule", rota.name)
    found.add(
        "schedule",
        id=schedule_id,
        team_id=id_of("team", rota.team),
        name=rota.name,
        description="By the week, and in office hours by the day.",
        current_version=1,
        created_at=since,
    )
    found.add(
        "schedule_version",
        schedule_id=schedule_id,
        version=1,
        effective_at=since,
        time_zone=rota.time_zone,
        layers=schedule_document.written(_layers(rota, since)),
        created_at=since,
        created_by=f"user:{id_of('user', rota.by_week[0])}",
    )


def override_made_at(now: datetime) -> datetime:
    """When somebody asked to be stood in for."""
    return now - timedelta(days=3)


def _override(found: Rows, rotas: Rotas, now: datetime) -> None:
    """Somebody takes over a day of somebody else's, from one handoff to the next."""
    rota, made_at = ROTAS[0], override_made_at(now)
    zone = ZoneInfo(rota.time_zone)
    day = now.astimezone(zone).date() + DAY
    while rotas.first(rota.name, datetime.combine(day, time(12), zone)) != MOVES:
        day += DAY
    starts_at, ends_at = (datetime.combine(on, HANDOFF, zone).astimezone(UTC) for on in (day, day + DAY))
    found.add(
        "schedule_override",
        id=id_of("override"),
        schedule_id=id_of("schedule", rota.name),
        kind="override",
        user_id=id_of("user", STANDS_IN),
        name=OVERRIDE,
        starts_at=starts_at,
        ends_at=ends_at,
        version=1,
        created_at=made_at,
        updated_at=made_at,
        created_by=f"user:{id_of('user', MOVES)}",
    )
